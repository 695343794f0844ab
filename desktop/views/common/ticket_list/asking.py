"""Asking where something shall go: a file, a printer. Dialogs that do not stop the event loop; they write nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def ask_file(window: QWidget, title: str, kind: str, name: str, chosen: Callable[[str], None]) -> None:
    """Ask for a file to write; `kind` is its line in the dialog, `name` what is proposed."""
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(name.rsplit(".", 1)[-1])
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_file_of(
    window: QWidget, title: str, kinds: Mapping[str, str], name: str, chosen: Callable[[str], None]
) -> None:
    """Ask for a file of one of several kinds: line in the dialog → ending. The first is proposed."""
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.setDefaultSuffix(next(iter(kinds.values())))
    dialog.filterSelected.connect(_Ending(dialog, kinds))
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_printer(window: QWidget, chosen: Callable[[QPrinter], None]) -> None:
    """Ask for a printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, window)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.accepted.connect(Bound(chosen, printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def has_printers() -> bool:
    """Whether this machine knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


class _Ending:
    """The ending a name gets, by the line chosen in the dialog; a name with another line's is given this one."""

    def __init__(self, dialog: QFileDialog, kinds: Mapping[str, str]) -> None:
        self._dialog, self._kinds = dialog, kinds

    def __call__(self, line: str) -> None:
        ending = self._kinds.get(line, "")
        self._dialog.setDefaultSuffix(ending)
        named = self._dialog.selectedFiles()
        stem, _, had = Path(named[0]).name.rpartition(".") if named else ("", "", "")
        if stem and had in self._kinds.values():
            self._dialog.selectFile(f"{stem}.{ending}")


class Bound:
    """A callback with its first argument; called on the GUI thread by a dialog."""

    def __init__(self, to: Callable[..., None], argument: object) -> None:
        self._to = to
        self._argument = argument

    def __call__(self, *rest: object) -> None:
        self._to(self._argument, *rest)
