"""The filters of the queue as the rail shows them: key, title, shape; and their counts.

The keys are those of `services.queries.visits`. Must not know the rail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class QueueFace:
    """How one filter looks. ``shape`` names a light or "" for none."""

    key: str
    title: Callable[[], str]
    shape: str = ""


FACES: tuple[QueueFace, ...] = (
    QueueFace("mine", lambda: QCoreApplication.translate("VisitQueues", "Assigned to me")),
    QueueFace("booked", lambda: QCoreApplication.translate("VisitQueues", "Booked")),
    QueueFace("due", lambda: QCoreApplication.translate("VisitQueues", "Near the deadline"), "due_soon"),
)
