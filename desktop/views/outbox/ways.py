"""The ways of a settling page: what each is called for this very entry, and the command it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.changes import Changes
from desktop.services.commands.base import Writer
from desktop.services.commands.outbox import discard_operation, retry_operation
from desktop.services.commands.quarantine import discard_quarantined, hand_over
from desktop.services.commands.settling import (
    Seen,
    put_back,
    settle_as_note,
    settle_by_leaving,
    settle_by_sending,
)
from desktop.services.queries.settling import Matter
from desktop.services.queries.settling_ways import Way

Command = Callable[[Writer], Changes]


def command_of(way: Way, matter: Matter, values: Mapping[str, Any], words: str) -> Command | None:
    """What going this way does, with what stands on the page; None where it only leads to another entry."""
    op_id, lost = matter.row.op_id, matter.row.quarantine_id
    seen = Seen(version=matter.version, values=matter.theirs)
    commands: dict[Way, Command] = {
        "send": lambda w: settle_by_sending(w, op_id, values, seen),
        "send_note": lambda w: settle_as_note(w, op_id, words),
        "hand_over": lambda w: hand_over(w, lost, words),
        "leave": lambda w: settle_by_leaving(w, op_id),
        "retry": lambda w: retry_operation(w, op_id),
        "put_back": lambda w: put_back(w, op_id),
        "discard": lambda w: discard_operation(w, op_id),
    }
    if way == "discard" and matter.row.standing == "lost":
        return lambda w: discard_quarantined(w, lost)
    return commands.get(way)


def way_words(way: Way, matter: Matter) -> tuple[str, str]:
    """(the verb, its icon)"""
    if way == "send":
        return _send_words(matter), "send"
    return {
        "send_note": (QCoreApplication.translate("OutboxWords", "Send as a note"), "message-square"),
        "hand_over": (QCoreApplication.translate("OutboxWords", "Hand over as a note"), "message-square"),
        "leave": (QCoreApplication.translate("OutboxWords", "Leave it as it is there"), "check"),
        "retry": (QCoreApplication.translate("OutboxWords", "Try now"), "refresh-cw"),
        "open_behind": (QCoreApplication.translate("OutboxWords", "Settle that first"), "chevron-right"),
        "put_back": (QCoreApplication.translate("OutboxWords", "Put back"), "undo-2"),
        "discard": (QCoreApplication.translate("OutboxWords", "Discard"), "trash-2"),
    }[way]


def done_words(way: Way) -> str:
    """What was done, for the bar that offers to undo it or to see what waits."""
    return {
        "send": QCoreApplication.translate("OutboxWords", "Settled: it goes out as new work"),
        "send_note": QCoreApplication.translate("OutboxWords", "Settled: your words go out as a note"),
        "hand_over": QCoreApplication.translate("OutboxWords", "Handed over: your words go to the office"),
        "leave": QCoreApplication.translate("OutboxWords", "Settled: what stands on the server stays"),
        "retry": QCoreApplication.translate("OutboxWords", "It is tried again"),
        "put_back": QCoreApplication.translate("OutboxWords", "Put back where it was"),
        "discard": QCoreApplication.translate("OutboxWords", "Discarded"),
    }.get(way, "")


def _send_words(matter: Matter) -> str:
    standing = matter.row.standing
    if standing == "waiting":
        return QCoreApplication.translate("OutboxWords", "Keep these words")
    if standing == "refused":
        return QCoreApplication.translate("OutboxWords", "Send corrected")
    if matter.fields:
        return QCoreApplication.translate("OutboxWords", "Send this version")
    if standing == "conflict":
        return QCoreApplication.translate("OutboxWords", "Do it as it stands now")
    return QCoreApplication.translate("OutboxWords", "Send it again")
