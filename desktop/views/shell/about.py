"""About: what this is, which version, by whose work it stands, under which licences."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from desktop.views.common.resources import resource, resource_dir
from desktop.views.common.text import PlainLabel, PlainText

#: What the program stands on: (distribution, shown name).
_PARTS = (
    ("PySide6-Essentials", "Qt for Python, Qt"),
    ("SQLAlchemy", "SQLAlchemy"),
    ("alembic", "Alembic"),
    ("sqlcipher3", "SQLCipher, SQLite"),
    ("msgspec", "msgspec"),
    ("requests", "Requests"),
    ("truststore", "truststore"),
    ("keyring", "keyring"),
    ("platformdirs", "platformdirs"),
    ("zstandard", "zstandard, Zstandard"),
    ("argon2-cffi", "argon2-cffi, Argon2"),
    ("pypinyin", "pypinyin"),
    ("openpyxl", "openpyxl"),
    ("python-docx", "python-docx"),
    ("lxml", "lxml, libxml2"),
    ("numpy", "NumPy"),
)


class About(QDialog):
    """A window of its own, not modal."""

    def __init__(self, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Supervision Desk"))
        self.resize(640, 480)
        tabs = QTabWidget()
        tabs.addTab(_text(_licence()), self.tr("Licence"))
        tabs.addTab(_text(_parts()), self.tr("Built with"))
        icons = resource("icons", "LICENSE").read_text(encoding="utf-8")
        tabs.addTab(_text(icons), self.tr("Icons"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.tr("Supervision Desk"), kind="number"))
        words = self.tr("For the supervision office of a city's 12345 hotline.")
        column.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        machine = f"{version} · Qt {qVersion()} · Python {platform.python_version()} · {platform.system()}"
        column.addWidget(PlainLabel(machine, kind="small", tone="secondary", selectable=True))
        column.addWidget(tabs, 1)


def _text(words: str) -> PlainText:
    shown = PlainText(words)
    shown.document().setDocumentMargin(8)
    return shown


def _licence() -> str:
    beside = resource_dir().parent / "LICENSE"
    return beside.read_text(encoding="utf-8") if beside.exists() else "MIT"


def _parts() -> str:
    lines = []
    for distribution, name in _PARTS:
        try:
            told = metadata(distribution)
        except PackageNotFoundError:
            continue
        licence = next((told[key] for key in ("License-Expression", "License") if key in told), "")
        lines.append(f"{name} {told['Version']}  {licence.partition(chr(10))[0]}".rstrip())
    return "\n".join(lines)
