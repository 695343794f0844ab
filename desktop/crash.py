"""Logs and crash reports, both without personal data. No dialog is ever shown from here.

A report holds where the program failed and what kind of error it was; texts of errors are redacted, values of
variables are never written. The shell is told on the GUI thread and shows a bar.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

_log = logging.getLogger(__name__)

_KEPT_REPORTS = 20
_SECRETS = re.compile(r"(?i)(bearer|token|key|passphrase|password)([\"'=:\s]+)\S+")
_NUMBERS = re.compile(r"\d{5,}")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_MAILS = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_HOMES = re.compile(r"(/(?:home|Users)/|\\Users\\)[^/\\\s]+")

Told = Callable[[Path], None]


def redact(text: str) -> str:
    """``text`` without what may be a person's: Chinese words, also as an address spells them, long numbers, mail
    addresses, secrets, names of home folders."""
    text = _SECRETS.sub(r"\1\2…", text)
    text = _HOMES.sub(r"\1…", text)
    text = _MAILS.sub("…", text)
    text = _PERCENT.sub("…", text)
    text = _CHINESE.sub("…", text)
    return _NUMBERS.sub("…", text)


class RedactingFormatter(logging.Formatter):
    """Redacts whatever reached the log in spite of the rules."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


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
    """Catches what nobody caught, in any thread, and writes a report each."""

    def __init__(self, folder: Path, version: str, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._version = version
        self._now = now
        self._told: Told | None = None
        self._faults: TextIO | None = None
        self._writing = threading.Lock()

    def install(self) -> None:
        """Take over the hooks of Python and Qt, and dump stacks of a hard crash beside the reports."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_unraisable
        qInstallMessageHandler(_qt_message)
        self._faults = (self._folder / "hard-crash.txt").open("w", encoding="utf-8")
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

    def write(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> Path | None:
        """A report of one error; None when even that failed."""
        with self._writing:
            moment = self._now()
            path = self._folder / f"report-{moment:%Y%m%d-%H%M%S}.txt"
            try:
                path.write_text(self._words(kind, error, trace, moment), encoding="utf-8")
                self._tidy()
            except OSError:
                return None
            return path

    def _words(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
        moment: datetime,
    ) -> str:
        lines = [
            f"Supervision Desk {self._version}",
            f"{moment:%Y-%m-%d %H:%M:%S%z}  Python {platform.python_version()}  Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            f"thread: {threading.current_thread().name}",
            "",
            f"{kind.__module__}.{kind.__qualname__}: {redact(str(error))[:300]}",
        ]
        for frame in traceback.extract_tb(trace):
            place = Path(frame.filename)
            lines.append(f"  {'/'.join(place.parts[-3:])}:{frame.lineno} in {frame.name}")
        return "\n".join(lines) + "\n"

    def _tidy(self) -> None:
        reports = sorted(self._folder.glob("report-*.txt"))
        for old in reports[:-_KEPT_REPORTS]:
            old.unlink(missing_ok=True)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("uncaught error", exc_info=(kind, error, trace))
        report = self.write(kind, error, trace)
        if report is not None and self._told is not None:
            self._told(report)

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
