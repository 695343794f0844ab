"""One file in one line: name, size, who, when, how it stands, with its buttons. Enter opens it, Delete takes it back.

Shows a `CaseFile`; must not do anything by itself: what is wanted goes out by `acted`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.domain.profile import RuleProfile
from desktop.services.background.connection import Connection
from desktop.services.queries.attachments import CaseFile
from desktop.views.common import case_words, theme, tokens
from desktop.views.common.attachments.file_words import about_words, size_words, standing_words
from desktop.views.common.bars import IconLabel
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.text import PlainLabel, plain

Act = Literal["open", "save", "pause", "resume", "cancel"]
_TONES: Final = {"failed": "overdue", "sending": "pending", "waiting": "pending", "fetching": "accent"}
_BAR: Final = 2


class FileLine(QWidget):
    """See the module's docstring."""

    #: What the person wants of this file: an Act.
    acted = Signal(str)

    def __init__(self, profile: RuleProfile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._connection = Connection()
        self._file: CaseFile | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = PlainLabel()
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._standing = PlainLabel(kind="small", tone="secondary")
        self._about = PlainLabel(kind="small", tone="secondary")
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._why = PlainLabel(kind="small", tone="overdue", wrap=True)
        self._why.hide()
        self.main = Button("", kind="link", on=self._press_main)
        self.more = IconButton("ellipsis", self.tr("More"), on=self._press_more)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self._standing)
        second.addWidget(self._about, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addLayout(second)
        words.addWidget(self._why)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(6, 4, 0, 4)
        whole.setSpacing(8)
        whole.addWidget(IconLabel("paperclip"))
        whole.addLayout(words, 1)
        whole.addWidget(self.main)
        whole.addWidget(self.more)

    def file(self) -> CaseFile | None:
        """The file shown."""
        return self._file

    def show_file(self, file: CaseFile, connection: Connection, about: str) -> None:
        """Show a file; ``about`` are quiet words behind how it stands ("1.2 MB · 王敏 · 11-18 09:31")."""
        self._file, self._connection = file, connection
        self._name.setText(file.name or self.tr("(hidden)"))
        standing, why = standing_words(file, connection)
        self._standing.setText(f"{standing} ·" if about else standing)
        self._standing.set_tone(_TONES.get(file.standing, "secondary"))
        self._about.setText(about)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.main.setText(self._verb(file))
        self.main.setVisible(bool(file.name) or file.standing == "failed")
        parts = (self._name.text(), standing, about, why)
        self.setAccessibleName(plain(", ".join(part for part in parts if part), single_line=True))
        self.update()

    def _verb(self, file: CaseFile) -> str:
        if file.standing == "paused":
            return self.tr("Go on")
        if file.standing == "failed" and not file.here:
            return self.tr("Try again")
        return self.tr("Open")

    # -- what the person does ----------------------------------------------------------------------------------

    def _press_main(self) -> None:
        file = self._file
        if file is not None:
            again = file.standing == "paused" or (file.standing == "failed" and not file.here)
            self.acted.emit("resume" if again else "open")

    def _press_more(self) -> None:
        self.open_menu(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def open_menu(self, place: QPoint) -> QMenu | None:
        """Everything that can be done with the file."""
        file = self._file
        if file is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act, words in self.acts(file):
            menu.addAction(words).triggered.connect(_Emits(self, act))
        menu.popup(place)
        return menu

    def acts(self, file: CaseFile) -> list[tuple[Act, str]]:
        """What can be done with a file as it stands, in words."""
        acts: list[tuple[Act, str]] = []
        if file.name:
            acts.append(("open", self.tr("Open")))
        if file.here:
            acts.append(("save", self.tr("Save as…")))
        if file.standing in ("sending", "fetching"):
            acts.append(("pause", self.tr("Pause")))
        if file.standing in ("paused", "failed"):
            acts.append(("resume", self.tr("Go on") if file.standing == "paused" else self.tr("Try again")))
        if file.standing in ("sending", "fetching", "paused", "failed") or not file.linked:
            acts.append(("cancel", self.tr("Remove") if not file.linked else self.tr("Cancel")))
        return acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._press_main()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._file is not None:
            if any(act == "cancel" for act, _ in self.acts(self._file)):
                self.acted.emit("cancel")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press_main()

    # -- painting ----------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(now.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
        file = self._file
        if file is None or file.standing not in ("sending", "fetching", "paused") or not file.size:
            return
        left, right, y = 6 + now.px(24), self.width() - 6, self.height() - _BAR - 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("skeleton"))
        painter.drawRoundedRect(left, y, right - left, _BAR, 1, 1)
        painter.setBrush(now.color("paused" if file.standing == "paused" else "accent"))
        painter.drawRoundedRect(
            left, y, round((right - left) * min(1.0, file.done_bytes / file.size)), _BAR, 1, 1
        )


class _Emits:
    """An entry of the menu."""

    def __init__(self, line: FileLine, act: Act) -> None:
        self._line, self._act = line, act

    def __call__(self) -> None:
        self._line.acted.emit(self._act)


def about_file(file: CaseFile, profile: RuleProfile, now: datetime, *, with_about: bool) -> str:
    """Size, who, when, and what it belongs to where that is not plain from the place."""
    moving = file.standing in ("sending", "fetching")  # how much of how much stands in front already
    parts = ["" if moving else size_words(file.size)]
    if with_about:
        parts.append(about_words(file.about_type))
    parts.append(file.by_name)
    if file.at is not None:
        parts.append(case_words.moment(profile, file.at, now))
    return " · ".join(part for part in parts if part)
