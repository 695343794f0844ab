"""What the person wrote about the same thing before: every wording, folded away until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.background.desk import Desk
from desktop.services.queries.settling import Version
from desktop.views.common import case_words
from desktop.views.common.bars import Section
from desktop.views.common.buttons import Button
from desktop.views.common.layouts import discard, row
from desktop.views.common.text import PlainLabel
from desktop.views.outbox.sentences import deed, state_words
from desktop.views.outbox.value_words import field_name


class EarlierVersions(QWidget):
    """`show_versions` shows them, the latest first; `wanted` carries the texts of one to take up again."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._versions: tuple[Version, ...] = ()
        self._head = Section(self.tr("Earlier versions"))
        self.toggle = Button("", kind="link", on=self._toggle)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self._head)
        whole.addWidget(self.toggle)
        whole.addWidget(self._list)
        self._list.hide()

    def show_versions(self, versions: tuple[Version, ...]) -> None:
        """Show these; none hides the whole."""
        self.setVisible(bool(versions))
        if versions == self._versions:
            return
        self._versions = versions
        while self._column.count():
            discard(self._column.takeAt(0).widget())
        for place, version in enumerate(versions):
            self._column.addWidget(self._card(place, version))
        self._tell()

    def versions(self) -> tuple[Version, ...]:
        """What is shown."""
        return self._versions

    def _card(self, place: int, version: Version) -> QWidget:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        made = case_words.moment(self._desk.profile, version.made_at, self._desk.now())
        head = " · ".join((made, deed(version.kind), state_words(version.standing)))
        take = Button(self.tr("Take up again"), kind="link", on=self._take)
        take.setProperty("place", place)
        line = row(PlainLabel(head, kind="small", tone="secondary"))
        line.addStretch(1)
        line.addWidget(take)
        column.addLayout(line)
        for field, text in version.texts:
            named = f"{field_name(field) or field}: {text}" if len(version.texts) > 1 else text
            column.addWidget(PlainLabel(named, wrap=True, selectable=True, limit=20_000))
        return card

    def _take(self) -> None:
        place = self.sender().property("place")
        if isinstance(place, int) and place < len(self._versions):
            self.wanted.emit(self._versions[place].texts)

    def _toggle(self) -> None:
        self._list.setVisible(not self._list.isVisibleTo(self))
        self._tell()

    def _tell(self) -> None:
        if self._list.isVisibleTo(self):
            self.toggle.setText(self.tr("Hide them"))
        else:
            self.toggle.setText(
                self.tr("Show %n earlier version(s) of what you wrote", "", len(self._versions))
            )
