"""The search line of the ticket list: a search field that proposes how to go on, while a term is being written.

Proposals are asked for in the reading lane and taken with the arrow keys and Enter, or the pointer. Must not search.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.services.background.desk import Desk
from desktop.services.queries.search.completion import Completion, completions
from desktop.views.common import theme
from desktop.views.common.filters import SearchField
from desktop.views.common.text import set_plain_tooltip

_WIDTH = 260


class SearchLine(SearchField):
    """See the module's docstring."""

    def __init__(self, desk: Desk, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._desk = desk
        self._offered: tuple[Completion, ...] = ()
        self._names = QStringListModel(self)
        self._popup = QCompleter(self._names, self)
        self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.setWidget(self)
        self._popup.activated[QModelIndex].connect(self._taken)  # type: ignore[index]  # the stubs know no overloads
        popup = self._popup.popup()
        popup.setProperty("kind", "popup")
        popup.setAccessibleName(self.tr("Proposals"))
        self.textEdited.connect(self._edited)
        help_words = self.tr(
            "Every word must be found.\n“two words” as a phrase, -word to leave out\n"
            "unit: type: light: due< category: place: person:\norder:title puts hits in the title first"
        )
        set_plain_tooltip(self, help_words)

    def offered(self) -> tuple[str, ...]:
        """What is proposed at the moment."""
        return tuple(each.shown for each in self._offered) if self._popup.popup().isVisible() else ()

    def take(self, place: int) -> None:
        """Take one of the proposals, as a person would."""
        self._put(self._offered[place])

    def _edited(self, text: str) -> None:
        before = text[: self.cursorPosition()]
        self._desk.run_query(self, lambda r: (before, completions(r, before)), self._offer, slot="complete")

    def _offer(self, answer: tuple[str, Sequence[Completion]]) -> None:
        before, found = answer
        if before != self.text()[: self.cursorPosition()] or not self.hasFocus():
            return
        self._offered = tuple(found)
        if not found:
            self._popup.popup().hide()
            return
        self._names.setStringList([each.shown for each in found])
        now = theme.current()
        rect = self.cursorRect()
        rect.setWidth(now.px(_WIDTH))
        rect.setBottom(self.height() + now.px(2))
        self._popup.complete(rect)

    def _taken(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self._put(self._offered[index.row()])

    def _put(self, chosen: Completion) -> None:
        """Put the proposal in the place of the term; a field goes on to its values, a value is finished."""
        after = self.text()[self.cursorPosition() :]
        begin = self.text()[: chosen.start] + chosen.text
        opened = chosen.text.endswith(":")
        text = begin if opened else f"{begin} "
        self.setText(text + after.lstrip())
        self.setCursorPosition(len(text))
        self._popup.popup().hide()
        if opened:
            self._edited(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup.popup()
        if popup.isVisible() and event.key() == Qt.Key.Key_Escape:
            popup.hide()
            return
        if popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if popup.currentIndex().isValid():
                event.ignore()  # the popup takes it
                return
            popup.hide()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.popup().hide()
