"""The queues of tickets as the rail shows them: key, title, shape; and their counts.

The keys are those of `services.queries.filters`. Must not know the rail, and must be importable without SQLAlchemy: the
first rows of a start have a title.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.base import Reader

if TYPE_CHECKING:
    from desktop.services.queries.filters import Queue


@dataclass(frozen=True)
class QueueFace:
    """How one queue looks. ``shape`` names a light or "" for none; ``empty`` is said when nothing is in it."""

    key: Queue
    title: Callable[[], str]
    empty: Callable[[], str]
    shape: str = ""


def counts(r: Reader) -> dict[str, int]:
    """Queue key → exact count, for the queues this person has."""
    from desktop.services.queries.counts import queue_counts

    return {str(key): count for key, count in queue_counts(r).counts.items()}


def overdue_count(r: Reader) -> int:
    """The number beside the page itself."""
    from desktop.services.queries.counts import queue_count

    return queue_count(r, "overdue")


def title_of(key: Queue) -> str:
    """The queue's name in the language in force."""
    return {
        "overdue": QCoreApplication.translate("Queues", "Overdue"),
        "due_today": QCoreApplication.translate("Queues", "Due today"),
        "due_soon": QCoreApplication.translate("Queues", "Due soon"),
        "emergency": QCoreApplication.translate("Queues", "Emergencies"),
        "escalated": QCoreApplication.translate("Queues", "Escalated"),
        "rework": QCoreApplication.translate("Queues", "Rework"),
        "repeated": QCoreApplication.translate("Queues", "Repeated"),
        "supervised": QCoreApplication.translate("Queues", "Supervised"),
        "approval": QCoreApplication.translate("Queues", "To approve"),
        "proposed": QCoreApplication.translate("Queues", "Next step proposed"),
        "waiting_unit": QCoreApplication.translate("Queues", "With the unit"),
        "answered": QCoreApplication.translate("Queues", "Answered"),
        "promise_late": QCoreApplication.translate("Queues", "Promise overdue"),
        "provisional": QCoreApplication.translate("Queues", "Provisional"),
        "open": QCoreApplication.translate("Queues", "All open"),
        "all": QCoreApplication.translate("Queues", "All tickets"),
    }[key]


def order_of(key: Queue) -> tuple[str, bool]:
    """(column, descending) of the arrow that a queue's own order has."""
    return {"all": ("received", True), "promise_late": ("promised", False)}.get(key, ("due", False))


def empty_words(key: Queue) -> str:
    """What an empty queue means."""
    return {
        "overdue": QCoreApplication.translate("Queues", "No open ticket is past its time limit."),
        "due_today": QCoreApplication.translate("Queues", "Nothing more is due today."),
        "due_soon": QCoreApplication.translate("Queues", "No time limit ends within the next hours."),
        "emergency": QCoreApplication.translate("Queues", "No open ticket is an emergency."),
        "escalated": QCoreApplication.translate("Queues", "No open ticket is escalated."),
        "rework": QCoreApplication.translate("Queues", "No open ticket was sent back."),
        "repeated": QCoreApplication.translate("Queues", "No open ticket was told again."),
        "supervised": QCoreApplication.translate("Queues", "No supervision notice is being worked on."),
        "approval": QCoreApplication.translate("Queues", "Nobody waits for your signature."),
        "proposed": QCoreApplication.translate("Queues", "No case suggests a further step of supervision."),
        "waiting_unit": QCoreApplication.translate("Queues", "No unit owes you an answer."),
        "answered": QCoreApplication.translate("Queues", "No unit has answered yet."),
        "promise_late": QCoreApplication.translate("Queues", "Every unit has kept its promise so far."),
        "provisional": QCoreApplication.translate("Queues", "Every time limit is definite."),
        "open": QCoreApplication.translate("Queues", "Every ticket has been completed."),
        "all": QCoreApplication.translate("Queues", "Tickets appear here after the first synchronisation."),
    }[key]


def _face(key: Queue, shape: str = "") -> QueueFace:
    return QueueFace(key, lambda: title_of(key), lambda: empty_words(key), shape)


FACES: tuple[QueueFace, ...] = (
    _face("overdue", "overdue"),
    _face("due_today", "due_soon"),
    _face("due_soon", "due_soon"),
    _face("emergency"),
    _face("escalated"),
    _face("rework"),
    _face("repeated"),
    _face("supervised"),
    _face("approval"),
    _face("proposed"),
    _face("waiting_unit"),
    _face("answered"),
    _face("promise_late"),
    _face("provisional", "provisional"),
    _face("open"),
    _face("all"),
)
