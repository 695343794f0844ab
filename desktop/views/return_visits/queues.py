"""The filters of the queue and the queues of the records, as the rail shows them: key, title, shape; and their counts.

The keys are those of `services.queries.visits` and `visit_records`. Must not know the rail, nor import SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.base import Reader


@dataclass(frozen=True)
class QueueFace:
    """How one filter looks. ``shape`` names a light or "" for none."""

    key: str
    title: Callable[[], str]
    shape: str = ""


FACES: tuple[QueueFace, ...] = (
    QueueFace("mine", lambda: QCoreApplication.translate("VisitQueues", "Assigned to me")),
    QueueFace("booked", lambda: QCoreApplication.translate("VisitQueues", "Booked")),
    QueueFace("asked", lambda: QCoreApplication.translate("VisitQueues", "Exceptions asked for")),
    QueueFace("due", lambda: QCoreApplication.translate("VisitQueues", "Near the deadline"), "due_soon"),
)

RECORDS = ("challenged", "exceptions", "inquiries", "unreached", "done", "channels")


def record_counts(r: Reader) -> dict[str, int]:
    """Queue of the records → exact count."""
    from desktop.services.queries.visit_records import record_counts

    return record_counts(r)


def to_decide(r: Reader) -> int:
    """The number beside the page of records: what waits for a second person."""
    from desktop.services.queries.visit_records import to_decide

    return to_decide(r)


def record_title(key: str) -> str:
    """The queue's name in the language in force."""
    return {
        "challenged": QCoreApplication.translate("VisitQueues", "To be overturned?"),
        "exceptions": QCoreApplication.translate("VisitQueues", "Exceptions asked for"),
        "inquiries": QCoreApplication.translate("VisitQueues", "Contact logs asked for"),
        "unreached": QCoreApplication.translate("VisitQueues", "Not reached"),
        "done": QCoreApplication.translate("VisitQueues", "Completed"),
        "channels": QCoreApplication.translate("VisitQueues", "Other channels"),
    }[key]


def record_empty(key: str) -> str:
    """What an empty queue means."""
    return {
        "challenged": QCoreApplication.translate(
            "VisitQueues", "Nobody asks for a return visit to be overturned."
        ),
        "exceptions": QCoreApplication.translate("VisitQueues", "Nobody asks for a call outside the rules."),
        "inquiries": QCoreApplication.translate("VisitQueues", "No unit is asked for its contact log."),
        "unreached": QCoreApplication.translate(
            "VisitQueues", "Everybody called in the last month was reached."
        ),
        "done": QCoreApplication.translate("VisitQueues", "No return visit was completed in the last month."),
        "channels": QCoreApplication.translate(
            "VisitQueues", "No result of another channel in the last month."
        ),
    }[key]
