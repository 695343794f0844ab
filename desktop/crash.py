"""Logs and crash reports, both without personal data. No dialog is ever shown from here.

A report is made of what cannot be a person's: where the program failed, which kinds of error led to one another, codes
of our own. No text of an error is in it, whatever it says, and no value. It is kept in memory until the person
has read it and saves it; the shell is told and shows a bar.
"""

from __future__ import annotations

import copy
import faulthandler
import logging
import logging.handlers
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from msgspec import Struct
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

_log = logging.getLogger(__name__)

_KEPT_REPORTS = 20
_SECRETS = re.compile(r"(?i)(bearer|token|key|passphrase|password)([\"'=:\s]+)\S+")
_NUMBERS = re.compile(r"\d{5,}")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_MAILS = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_HOMES = re.compile(r"(/(?:home|Users)/|\\Users\\)[^/\\\s]+")

_HARD = "hard-crash.txt"
_PLACE = re.compile(r'^(\s+)File "([^"]*)", (line \d+ in [\w<>….]+)')
_ESCAPED = re.compile(r"(?:\\(?:u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2}))+")
_HEADING = re.compile(r"^(Fatal Python error|Windows fatal exception|Current thread|Thread)[ A-Za-z:()]*")
_CODE = re.compile(r"[a-z][a-z_]{1,40}")
_MOST_ERRORS = 8
_MOST_FRAMES = 60


class Report(Struct, frozen=True):
    """A report that nobody has saved yet: the name of its file, and every word that would be in it."""

    name: str
    text: str


Told = Callable[[Report], None]


def redact(text: str) -> str:
    """``text`` without what may be a person's: Chinese words, also as an address spells them, long numbers, mail
    addresses, secrets, names of home folders."""
    text = _SECRETS.sub(r"\1\2…", text)
    text = _HOMES.sub(r"\1…", text)
    text = _MAILS.sub("…", text)
    text = _PERCENT.sub("…", text)
    text = _CHINESE.sub("…", text)
    return _NUMBERS.sub("…", text)


def describe(error: BaseException | None, trace: TracebackType | None = None) -> list[str]:
    """An error and what it came from, a line each: kinds, codes of our own and places; not a word of their texts."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen and len(seen) < _MOST_ERRORS:
        seen.add(id(error))
        kind = type(error)
        lines.append(("after " if lines else "") + f"{kind.__module__}.{kind.__qualname__}{_code_of(error)}")
        for frame in traceback.extract_tb(trace or error.__traceback__)[-_MOST_FRAMES:]:
            place = Path(frame.filename)
            lines.append(f"  {'/'.join(place.parts[-3:])}:{frame.lineno} in {frame.name}")
        error, trace = error.__cause__ or error.__context__, None
    return lines


def _code_of(error: BaseException) -> str:
    """What an error says in a code: ours, the system's number, the database's name."""
    found = [getattr(error, "code", None), getattr(error, "sqlite_errorname", None)]
    said = [str(code) for code in found if isinstance(code, str) and _CODE.fullmatch(code.lower())]
    if isinstance(error, OSError) and error.errno is not None:
        said.append(f"errno {error.errno}")
    return f" ({', '.join(said)})" if said else ""


def hard_crash(dump: str) -> list[str]:
    """What faulthandler wrote, a line each: what happened, and the last parts of the places. What is neither is left
    out, whatever it says."""
    lines = ["the program was ended by the system, the run before this one"]
    for told in dump.splitlines()[: _MOST_ERRORS * _MOST_FRAMES]:
        line = _ESCAPED.sub("…", told)
        place = _PLACE.match(line)
        heading = _HEADING.match(line)
        if place is not None:
            parts = place[2].replace("\\", "/").split("/")
            lines.append(f"{place[1]}{'/'.join(parts[-2:])}, {place[3]}")
        elif heading is not None:
            lines.append(heading[0].rstrip())
    return lines


class RedactingFormatter(logging.Formatter):
    """Redacts whatever reached the log in spite of the rules; of an error it writes what a report would."""

    def formatException(self, ei: Any) -> str:
        return "\n".join(describe(ei[1], ei[2]))

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # what another handler made of the error, with its text
        return redact(super().format(own))


def start_logging(folder: Path, *, to_console: bool = False) -> None:
    """Write the log into ``folder`` (1 MB, three older ones kept)."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    pattern = "%(asctime)s %(levelname).1s %(threadName)s %(name)s: %(message)s"
    kept = logging.handlers.RotatingFileHandler(
        folder / "desk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    kept.setFormatter(RedactingFormatter(pattern))
    root.addHandler(kept)
    if to_console:
        shown = logging.StreamHandler()
        shown.setLevel(logging.WARNING)
        shown.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
        root.addHandler(shown)
    for chatty in ("urllib3", "alembic", "keyring", "sqlalchemy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def stop_logging() -> None:
    """Close the files; for a program that lives on, as a test run does."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, RedactingFormatter):
            root.removeHandler(handler)
            handler.close()


class CrashReports:
    """Catches what nobody caught, in any thread, and makes a report of each."""

    def __init__(self, folder: Path, version: str, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._version = version
        self._now = now
        self._told: Told | None = None
        self._before: Report | None = None
        """Of the run before, which ended so hard that nobody could be told."""
        self._faults: TextIO | None = None
        self._writing = threading.Lock()

    def install(self) -> None:
        """Take over the hooks of Python and Qt, and dump stacks of a hard crash beside the reports.

        What such a dump says of the run before becomes a report like any other, and the dump goes: it is written by a
        dying process, in raw paths.
        """
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_unraisable
        qInstallMessageHandler(_qt_message)
        dump = self._folder / _HARD
        with suppress(OSError):
            said = dump.read_text("utf-8", errors="replace") if dump.exists() else ""
            self._before = self._report(hard_crash(said)) if said.strip() else None
        self._faults = dump.open("w", encoding="utf-8")
        faulthandler.enable(self._faults)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        faulthandler.disable()
        if self._faults is not None:
            self._faults.close()

    def tell(self, told: Told | None) -> None:
        """``told`` hears of each report, in whatever thread failed: it must only post."""
        self._told = told

    def tell_before(self, *_: object) -> None:
        """Tell of the run before, once, now that somebody can be told."""
        before, self._before = self._before, None
        if before is not None and self._told is not None:
            self._told(before)

    def make(self, error: BaseException | None, trace: TracebackType | None) -> Report:
        """A report of one error; nothing is written."""
        return self._report(describe(error, trace))

    def _report(self, lines: list[str]) -> Report:
        moment = self._now()
        text = "\n".join(
            [
                f"Supervision Desk {self._version}",
                f"{moment:%Y-%m-%d %H:%M:%S%z}  Python {platform.python_version()}  Qt {qVersion()}",
                f"{platform.system()} {platform.release()} {platform.machine()}",
                "",
                *lines,
            ]
        )
        return Report(f"report-{moment:%Y%m%d-%H%M%S}.txt", redact(text) + "\n")

    def save(self, report: Report) -> Path | None:
        """Write what the person has read, and nothing else; None when that failed."""
        with self._writing:
            path = self._folder / report.name
            try:
                path.write_text(report.text, encoding="utf-8")
                self._tidy()
            except OSError:
                return None
            return path

    def _tidy(self) -> None:
        reports = sorted(self._folder.glob("report-*.txt"))
        for old in reports[:-_KEPT_REPORTS]:
            old.unlink(missing_ok=True)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("uncaught error", exc_info=(kind, error, trace))
        if self._told is not None:
            self._told(self.make(error, trace))

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _caught_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _qt_message(level: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    logging.getLogger("qt").log(_LEVELS.get(level, logging.WARNING), "%s", message)
