"""What the shell knows of a page: how it is called, who may see it, how to build it and what to count for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.services.queries.base import Reader

if TYPE_CHECKING:
    from desktop.services.background.desk import Desk


PAGES_WITH_KEYS = 10
Parent = QWidget
"""Where a page is made: for those who build none themselves."""


@dataclass(frozen=True)
class QueueSpec:
    """A queue shown below its page in the rail. ``shape`` names a light or "" for none."""

    key: str
    title: Callable[[], str]
    shape: str = ""


class Place(NamedTuple):
    """A page, its queue, and where on it: ids and codes alone."""

    page: str
    queue: str
    inner: dict[str, str]


@dataclass(frozen=True)
class DeedSpec:
    """What a page offers in the command palette beside itself: its method, called with one value."""

    title: Callable[[], str]
    method: str
    value: str
    icon: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageSpec:
    """One page of the rail. ``roles`` empty = everybody; where ``also`` names any, one of these too. ``rail_count``
    runs in the reading lane. ``factory`` makes the page in the place it is given.

    ``queue_counts`` answers key → count for ``queues`` (a queue it leaves out is not shown). ``routes`` says where a
    signal of the page leads: its name → (page key, method called with the signal's values), "" standing for the
    frame itself. ``lands``: a desk may begin on it. ``opens_tickets``: it has ``open_ticket(ticket_id)`` and is a place
    where cases are read.
    """

    key: str
    title: Callable[[], str]
    icon: str
    factory: Callable[[Desk, Parent], QWidget]
    order: int
    roles: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    rail_count: Callable[[Reader], int] | None = None
    queues: tuple[QueueSpec, ...] = ()
    queue_counts: Callable[[Reader], dict[str, int]] | None = None
    keywords: tuple[str, ...] = ()
    opens_tickets: bool = False
    lands: bool = True
    routes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    deeds: tuple[DeedSpec, ...] = ()

    def for_roles(self, roles: Iterable[str]) -> bool:
        """Whether somebody with ``roles`` has this page."""
        held = frozenset(roles)
        return all(not wanted or bool(wanted & held) for wanted in (self.roles, self.also))


def pages_of(specs: Iterable[PageSpec], roles: Iterable[str]) -> tuple[PageSpec, ...]:
    """The pages of somebody with ``roles``, in the rail's order."""
    held = tuple(roles)
    return tuple(sorted((s for s in specs if s.for_roles(held)), key=lambda s: s.order))


def key_of_page(number: int) -> str:
    """The key of the page that stands so high in the rail, "" below the tenth: those are in the palette."""
    return f"Ctrl+{number % 10}" if number <= PAGES_WITH_KEYS else ""


def count_all(specs: tuple[PageSpec, ...]) -> Callable[[Reader], dict[str, dict[str, int]]]:
    """A query for every count of the rail at once: page key → {"": the page's, queue key: the queue's}."""

    def rail_counts(reader: Reader) -> dict[str, dict[str, int]]:
        counted: dict[str, dict[str, int]] = {}
        for spec in specs:
            counts = dict(spec.queue_counts(reader)) if spec.queue_counts is not None else {}
            if spec.rail_count is not None:
                counts[""] = spec.rail_count(reader)
            counted[spec.key] = counts
        return counted

    return rail_counts
