"""Which tickets each commit touched: for whoever keeps a copy of ``ticket_list`` in memory and must follow it.

Whatever writes the table notes here what it touched, inside its transaction; the store publishes the notes after the
commit and drops them after a rollback. A follower takes them *before* it begins to read: then its reading shows
everything it has taken. Holds ids only, and a bounded number of them. Must not read nor write a table.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_NAMED = 50_000
"""Past so many tickets a follower does better to read everything anew."""

_KEY = "ticket_log"


@dataclass
class Notes:
    """Tickets that were put or whose columns changed, by id; row ids that went; or ``everything``."""

    ticket_ids: set[str] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.ticket_ids or self.gone or self.everything)

    def add(self, other: Notes) -> None:
        """Take over what ``other`` says; too much of it becomes "everything"."""
        self.everything = self.everything or other.everything
        if not self.everything:
            self.ticket_ids |= other.ticket_ids
            self.gone |= other.gone
            self.everything = len(self.ticket_ids) + len(self.gone) > MOST_NAMED
        if self.everything:
            self.ticket_ids.clear()
            self.gone.clear()


class Follower:
    """One reader's place in the log. Thread-safe."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self.waiting = Notes()

    def take(self) -> Notes:
        """What was committed since the last call; call it before the transaction that reads it has read anything."""
        with self._lock:
            taken, self.waiting = self.waiting, Notes()
        return taken

    def give_back(self, notes: Notes) -> None:
        """What was taken and could not be read: it comes again."""
        with self._lock:
            self.waiting.add(notes)


class TicketLog:
    """The store's. The writing connection is used by one thread at a time; followers by any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._followers: list[Follower] = []
        self._written = Notes()

    def follow(self) -> Follower:
        """From the next commit on; one that is being made right now counts as next."""
        follower = Follower(self._lock)
        with self._lock:
            self._followers.append(follower)
        return follower

    def leave(self, follower: Follower) -> None:
        """Nothing is kept for it any more. Safe to call twice."""
        with self._lock:
            if follower in self._followers:
                self._followers.remove(follower)

    def begin(self, connection: Connection) -> None:
        """A writing transaction begins; what an abandoned one noted is forgotten."""
        self._written = Notes()
        connection.info[_KEY] = self._written

    def publish(self) -> None:
        """It was committed."""
        written, self._written = self._written, Notes()
        if written:
            with self._lock:
                for follower in self._followers:
                    follower.waiting.add(written)


def note_tickets(connection: Connection, ticket_ids: Iterable[str]) -> None:
    """These tickets' rows in ``ticket_list``, or their notices, are others now or new."""
    notes = _notes(connection)
    if notes is not None:
        notes.ticket_ids.update(ticket_ids)


def note_gone(connection: Connection, rids: Iterable[int]) -> None:
    """These rows of ``ticket_list`` are deleted."""
    notes = _notes(connection)
    if notes is not None:
        notes.gone.update(rids)


def note_everything(connection: Connection) -> None:
    """Too much to be named."""
    notes = _notes(connection)
    if notes is not None:
        notes.everything = True


def _notes(connection: Connection) -> Notes | None:
    """None for a connection that no store handed out: a migration, a recovery."""
    notes: Notes | None = connection.info.get(_KEY)
    return notes
