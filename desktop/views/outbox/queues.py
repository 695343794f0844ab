"""The queues below "Outbox" in the rail: what needs the person, what goes out by itself, what was discarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast, get_args

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.base import Reader
from desktop.services.queries.outbox import View, outbox_counts

Shown = Literal["needs", "waiting", "discarded"]
KEYS: tuple[Shown, ...] = get_args(Shown)


def faces() -> tuple[tuple[str, Callable[[], str], str], ...]:
    """(key, title, shape of a light or "") in the order of the rail."""
    return (
        ("needs", needs_title, "due_soon"),
        ("waiting", waiting_title, "pending"),
        ("discarded", discarded_title, "provisional"),
    )


def counts(r: Reader) -> dict[str, int]:
    """Queue key → as many as its list has rows."""
    counted = outbox_counts(r)
    return {"needs": counted.to_settle, "waiting": counted.waiting, "discarded": counted.discarded}


def unsettled_count(r: Reader) -> int:
    """The number beside the page: what is not on the server yet, or waits for the person."""
    counted = outbox_counts(r)
    return counted.waiting + counted.to_settle


def view_of(key: str) -> View | None:
    """The list of a queue; None for a key that is none."""
    return cast(View, key) if key in KEYS else None


def title_of(key: str) -> str:
    """What a queue is called."""
    return next((title() for known, title, _ in faces() if known == key), "")


def needs_title() -> str:
    """需要您处理."""
    return QCoreApplication.translate("OutboxQueues", "Needs you")


def waiting_title() -> str:
    """待发送."""
    return QCoreApplication.translate("OutboxQueues", "Waiting to be sent")


def discarded_title() -> str:
    """已丢弃与已处理."""
    return QCoreApplication.translate("OutboxQueues", "Discarded and settled")
