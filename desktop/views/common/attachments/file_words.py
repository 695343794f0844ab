"""The words of a file: its size, how it stands, what it belongs to. Codes and numbers in, translated texts out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.attachments import KINDS
from desktop.services.background.connection import Connection
from desktop.services.queries.attachments import CaseFile
from desktop.views.common.words import code_words

_KIB = 1024
_MIB = 1024 * 1024


def size_words(size: int) -> str:
    """ "620 B", "48 KB", "3.1 MB"."""
    if size < _KIB:
        return f"{size} B"
    if size < _MIB:
        return f"{round(size / _KIB):,} KB"
    return f"{size / _MIB:.1f} MB"


def part_words(done: int, size: int) -> str:
    """ "3.1 of 12.0 MB": both in the unit of the whole."""
    of = QCoreApplication.translate("FileWords", "{done} of {size}")
    shown = f"{done / _MIB:.1f}" if size >= _MIB else f"{round(done / _KIB):,}"
    return of.format(done=shown, size=size_words(size))


def standing_words(file: CaseFile, connection: Connection) -> tuple[str, str]:
    """How a file stands in a few words, and a sentence about what is wrong with it, "" for nothing."""
    if file.standing in ("sending", "fetching"):
        return _moving(file, connection), ""
    if file.standing == "failed":
        not_sent = QCoreApplication.translate("FileWords", "not sent")
        not_fetched = QCoreApplication.translate("FileWords", "not fetched")
        why = code_words(file.code) if file.code else ""
        return (not_fetched if file.direction == "down" else not_sent), why
    if not file.linked:
        return QCoreApplication.translate("FileWords", "kept with the draft"), ""
    return {
        "paused": QCoreApplication.translate("FileWords", "paused"),
        "waiting": QCoreApplication.translate("FileWords", "waiting to be sent"),
        "here": QCoreApplication.translate("FileWords", "on this computer"),
        "server": QCoreApplication.translate("FileWords", "at the server"),
    }[file.standing], ""


def _moving(file: CaseFile, connection: Connection) -> str:
    if not connection.online:
        return QCoreApplication.translate("FileWords", "waits for the network")
    part = part_words(file.done_bytes, file.size)
    if file.standing == "sending":
        return QCoreApplication.translate("FileWords", "on its way, {part}").format(part=part)
    return QCoreApplication.translate("FileWords", "being fetched, {part}").format(part=part)


def about_words(about_type: str) -> str:
    """What a file belongs to, "" for the case itself."""
    return {
        "note": QCoreApplication.translate("FileWords", "to a note"),
        "finding": QCoreApplication.translate("FileWords", "evidence of a finding"),
        "finding_reply": QCoreApplication.translate("FileWords", "to a unit's answer"),
        "notice": QCoreApplication.translate("FileWords", "to a notice's reply"),
        "urge": QCoreApplication.translate("FileWords", "to an urge"),
        "attempt": QCoreApplication.translate("FileWords", "recording of a call"),
    }.get(about_type, "")


def kinds_filter() -> str:
    """What a file dialog offers: the kinds that are taken."""
    kinds = QCoreApplication.translate("FileWords", "Pictures, documents, texts, recordings")
    patterns = " ".join(f"*.{extension}" for extension in KINDS)
    return f"{kinds} ({patterns})"
