"""The self-check of an installation: every part once, without a screen, a line for each, 0 when all is well.

It uses the real parts: the shipped resources, an encrypted store, the window, the bundled server as a process of its
own. It leaves nothing behind.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.options import Options

_LIMIT_MS = 120_000
_SIZE = 300


class CheckFailed(Exception):
    """A part that does not work; the text says which."""


def self_check(options: Options) -> int:
    """Runs every check; the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    checks: tuple[tuple[str, Callable[[Path], str]], ...] = (
        ("resources", _resources),
        ("encrypted store", _store),
        ("documents", _documents),
        ("window and sample city", _window),
    )
    with tempfile.TemporaryDirectory(prefix="supervision-desk-check-") as folder:
        for name, check in checks:
            try:
                told = check(Path(folder))
            except Exception as error:  # noqa: BLE001  whatever it is, the person wants to read which part failed
                _say(f"FAILED  {name}: {type(error).__name__}: {error}")
                return 1
            _say(f"ok      {name}: {told}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _resources(folder: Path) -> str:
    """Every icon draws, the styles fill in, both languages load."""
    from desktop.app import make_qt
    from desktop.languages import Languages
    from desktop.views.common import theme
    from desktop.views.common.icons import pixmap
    from desktop.views.common.resources import resource

    qt = make_qt(sys.argv[:1])
    icons = sorted(resource("icons").glob("*.svg"))
    if not icons or any(pixmap(icon.stem).isNull() for icon in icons):
        raise CheckFailed("icons are missing")
    for scheme in ("light", "dark", "contrast"):
        theme.apply_theme(qt, scheme)
    languages = Languages(qt, resource("translations"))
    for language in ("en", "zh"):
        languages.speak(language)
    if qt.translate("MainWindow", "Supervision Desk") == "Supervision Desk":
        raise CheckFailed("the Chinese translation is missing")
    return f"{len(icons)} icons, three colour schemes, two languages"


def _store(folder: Path) -> str:
    """A store is made, upgraded to the newest schema, written, closed, opened again, and no plain text is in it."""
    from desktop.models.store import settings
    from desktop.models.store.engine import SCHEMA_VERSION, WrongKey, open_store

    path = folder / "check.db"
    mark = "plain text to be found"
    store = open_store(path, bytes(range(32)))
    with store.write() as connection:
        settings.put(connection, "check", mark)
    store.close()
    store = open_store(path, bytes(range(32)))
    with store.read() as connection:
        if settings.get(connection, "check", str) != mark:
            raise CheckFailed("what was written is not there")
    store.close()
    if mark.encode() in path.read_bytes():
        raise CheckFailed("the store is not encrypted")
    try:
        open_store(path, bytes(32)).close()
    except WrongKey:
        return f"schema {SCHEMA_VERSION}"
    raise CheckFailed("another key opens it")


def _documents(folder: Path) -> str:
    """Each letter is filled into its template and painted, and a list becomes a spreadsheet."""
    from desktop.models.domain.letters import KINDS
    from desktop.services.documents.letters.filling import save
    from desktop.services.documents.letters.painting import letter_pdf, paint
    from desktop.services.documents.letters.paper import paper_of
    from desktop.services.documents.letters.template import opened, template_of
    from desktop.services.documents.spreadsheet import ListSheet
    from desktop.services.documents.values import SheetColumn
    from desktop.views.common.resources import resource

    for kind in KINDS:
        document = opened(template_of(kind, resource("letters"), None), kind)
        save(document, folder / f"{kind}.docx")
        paper = paper_of(document)
        if not paint(paper, letter_pdf(str(folder / f"{kind}.pdf"), kind, paper)):
            raise CheckFailed(f"the letter {kind} has no page")
    sheet = ListSheet(folder / "list.xlsx", "list", [SheetColumn("number", 12)])
    sheet.add([["1"]])
    sheet.finish()
    return f"{len(KINDS)} letters, a spreadsheet"


def _window(folder: Path) -> str:
    """The main window is built on the bundled sample city, every page of every person is opened once.

    What goes wrong away from the window is told by the log alone: a page shows its words for it and goes on.
    """
    from desktop.tools.visit import visit_all

    with _errors_logged() as wrong:
        counts = visit_all(folder / "profile", size=_SIZE, limit_ms=_LIMIT_MS)
    if wrong:
        raise CheckFailed(f"{len(wrong)} errors on the way, the first: {_told(wrong[0])}")
    pages = sum(len(seen) for seen in counts.values())
    return f"{len(counts)} people synced, {pages} pages opened"


class _Errors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _errors_logged() -> Iterator[list[logging.LogRecord]]:
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    try:
        yield errors.records
    finally:
        logging.getLogger().removeHandler(errors)


def _told(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return record.getMessage() + (f" ({type(error).__name__})" if error is not None else "")
