"""The queues below "My cases" in the rail: what is asked of the unit, then the unit's tickets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.base import Reader
from desktop.services.queries.counts import queue_counts
from desktop.services.queries.filters import Queue
from desktop.services.queries.my_cases import asked_count
from desktop.views.common.ticket_list import queues

ASKED = "asked"
TicketQueue = Literal["overdue", "due_today", "open", "all"]
TICKETS: tuple[Queue, ...] = get_args(TicketQueue)


def faces() -> tuple[tuple[str, Callable[[], str], str], ...]:
    """(key, title, shape of a light or "") in the order of the rail."""
    asked = (ASKED, asked_title, "")
    return (asked, *((f.key, f.title, f.shape) for f in queues.FACES if f.key in TICKETS))


def counts(r: Reader) -> dict[str, int]:
    """Queue key → exact count."""
    counted = queue_counts(r).counts
    return {ASKED: asked_count(r), **{str(key): counted[key] for key in TICKETS}}


def asked_title() -> str:
    """待我办理."""
    return QCoreApplication.translate("MyCasesQueues", "For us to answer")
