"""The page for a store that cannot be opened: why, what is safe, what to do; the work of saving it; what came over.

One card with one of three faces. Asks by signals; touches no file and decides nothing. Paths are painted as plain text.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.views.common.bars import ProgressStrip
from desktop.views.common.buttons import Button
from desktop.views.common.text import PlainLabel

from .card_page import CardPage, buttons
from .store_words import Saved, StoreWords

Face = Literal["trouble", "saving", "report"]


class StorePage(CardPage):
    """``retry_asked``: try to open it again. ``recover_asked``: save what can be read and begin anew.
    ``copy_asked`` carries the file into which to write what came over. ``go_on_asked``: to the desk."""

    retry_asked = Signal()
    recover_asked = Signal()
    copy_asked = Signal(str)
    go_on_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face: Face = "trouble"
        self.code = ""
        self._words = PlainLabel(tone="secondary", wrap=True)
        self.progress = ProgressStrip()

    @property
    def face(self) -> Face:
        """Which face is shown."""
        return self._face

    def show_trouble(self, code: str, place: str, why: str = "") -> None:
        """Why the store at ``place`` cannot be opened; ``why`` is what went wrong with the last attempt."""
        self.code = code
        title, words = StoreWords().trouble(code)
        column = self._new_face("trouble", "circle-alert", "overdue", title)
        for line in words:
            column.addWidget(PlainLabel(line, wrap=True))
        if why:
            column.addWidget(PlainLabel(why, tone="overdue", wrap=True))
        _add_place(column, self.tr("The files lie here:"), place)
        again = Button(self.tr("Try again"), on=self.retry_asked.emit)
        if code == "store_damaged":
            save = Button(
                self.tr("Save what can be read and begin anew"), kind="primary", on=self.recover_asked.emit
            )
            column.addLayout(buttons(save, again))
        else:
            again.set_kind("primary")
            column.addLayout(buttons(again))

    def show_saving(self, step: str, share: float) -> None:
        """How far the saving has come; ``step`` is "reading", "making" or "moving"."""
        if self._face != "saving":
            column = self._new_face("saving", "refresh-cw", "accent", self.tr("Your work is being saved"))
            keep = self.tr("Please leave the computer on. Nothing is deleted, whatever happens.")
            column.addWidget(PlainLabel(keep, tone="secondary", wrap=True))
            self._words = PlainLabel(wrap=True)
            column.addWidget(self._words)
            self.progress = ProgressStrip()
            column.addWidget(self.progress)
        self._words.setText(StoreWords().step(step))
        self.progress.set_progress(
            "", round(share * 100) if step == "reading" else 100, 100, cancellable=False
        )

    def show_report(self, saved: Saved) -> None:
        """What came over and what did not."""
        title = (
            self.tr("Your work has been saved")
            if saved.whole
            else self.tr("Part of your work has been saved")
        )
        icon, role = ("circle-check", "normal") if saved.whole else ("circle-alert", "due_soon")
        column = self._new_face("report", icon, role, title)
        column.addWidget(PlainLabel(StoreWords().came_over(saved), wrap=True))
        for line in StoreWords().missing(saved):
            column.addWidget(PlainLabel(line, tone="overdue", wrap=True))
        if saved.lost:
            column.addWidget(PlainLabel("\n".join(saved.lost), kind="small", wrap=True, selectable=True))
        cases = self.tr(
            "The cases themselves are with the server and are fetched anew as soon as it can be reached."
        )
        column.addWidget(PlainLabel(cases, tone="secondary", wrap=True))
        _add_place(
            column,
            self.tr("The damaged files were set aside, locked as before. Ask your administrator:"),
            saved.place,
        )
        go_on = Button(self.tr("Go on working"), kind="primary", on=self.go_on_asked.emit)
        copy = Button(self.tr("Save a readable copy…"), on=self._ask_for_copy)
        column.addLayout(buttons(go_on, copy))
        warning = self.tr(
            "A readable copy is not locked: it holds citizens' matters. Keep it where only you can read."
        )
        column.addWidget(PlainLabel(warning, kind="small", tone="secondary", wrap=True))

    def _ask_for_copy(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save a readable copy"), "", "*.txt")
        if name:
            self.copy_asked.emit(name)

    def _new_face(self, face: Face, icon: str, role: str, title: str) -> QVBoxLayout:
        self._face = face
        return self.turn(icon, role, title)


def _add_place(column: QVBoxLayout, words: str, place: str) -> None:
    if place:
        column.addWidget(PlainLabel(words, kind="small", tone="secondary", wrap=True))
        column.addWidget(PlainLabel(place, kind="small", wrap=True, selectable=True))
