"""The page of letter templates: where a city's own lie, whether each can be used, and copies to begin with.

Shows what it is told and says what the person wants; must not read or write a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services.documents.letters.folder import Standing
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import Button
from desktop.views.common.dialogs import Sheet
from desktop.views.common.layouts import row
from desktop.views.common.letters import words
from desktop.views.common.text import PlainLabel


class LetterSheet(Sheet):
    """See the module's docstring. ``laid_down``: the folder is an administrator's to change."""

    #: The folder with the city's templates, "" for none.
    folder_chosen = Signal(str)
    #: Copies of the program's templates are wanted in this folder.
    copies_wanted = Signal(str)

    def __init__(self, folder: str, *, laid_down: bool, parent: QWidget) -> None:
        super().__init__(self.tr("Letter templates"), parent, width=560)
        about = self.tr(
            "Letters are made from Word templates. Take copies of the program's, change them in a word processor, "
            "keep their names, and choose their folder here. A mark such as {{字号}} says where something goes."
        )
        self.body.addWidget(PlainLabel(about, tone="secondary", wrap=True))
        self.trouble = NoticeBar(kind="warn", dismissible=False)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._folder = PlainLabel(wrap=True, selectable=True)
        self.body.addWidget(self._folder)
        self.lines: list[PlainLabel] = []
        self.choose = Button(self.tr("Choose the folder…"), self, on=self._ask_folder)
        self.forget = Button(self.tr("Use the program's own"), self, on=self._forget)
        self.copies = Button(self.tr("Copy the program's to…"), self, icon="copy", on=self._ask_copies)
        buttons = row(self.choose, self.forget, self.copies)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._laid_down = laid_down
        if laid_down:
            for button in (self.choose, self.forget):
                button.set_reason(self.tr("Laid down by your administrator."))
        self.add_button(self.tr("Close"), self.accept, kind="primary")
        self.show_folder(folder)

    def show_folder(self, folder: str) -> None:
        """The folder in force, "" for none."""
        said = self.tr("The city's templates: {folder}")
        none = self.tr("The program's own templates are used.")
        self._folder.setText(said.format(folder=folder) if folder else none)
        self.forget.setVisible(bool(folder) and not self._laid_down)

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """How each letter stands."""
        while len(self.lines) < len(standings):
            line = PlainLabel(wrap=True)
            self.body.insertWidget(self.body.indexOf(self._folder) + 1 + len(self.lines), line)
            self.lines.append(line)
        for line, each in zip(self.lines, standings, strict=True):
            letter = words.name(each.kind)
            if each.trouble is not None:
                line.setText(f"{letter} · {words.trouble(each.trouble)}")
                line.set_tone("overdue")
            else:
                whose = self.tr("the city's own") if each.own else self.tr("the program's")
                line.setText(f"{letter} · {whose}")
                line.set_tone("text" if each.own else "secondary")
        self._fit()

    def say(self, sentence: str) -> None:
        """What became of what was asked."""
        self.trouble.set_notice(sentence, "info")
        self.trouble.show()
        self._fit()

    def _fit(self) -> None:
        """As high as the wrapped lines need: a sheet does not grow by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _ask_folder(self) -> None:
        self._ask(self.tr("The folder with the city's templates"), self.folder_chosen.emit)

    def _ask_copies(self) -> None:
        self._ask(self.tr("Where the copies shall go"), self.copies_wanted.emit)

    def _ask(self, title: str, chosen: Callable[[str], object]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self) -> None:
        self.folder_chosen.emit("")
