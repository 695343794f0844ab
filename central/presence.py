"""Who of the office has which case open, now: kept in the memory of each server process and nowhere else.

A desktop says so once when it opens a case; its polls renew it, and what is not renewed for a minute is gone. Processes
that share a database tell each other by its announcements, so nothing of it is ever written: not in a table, not in the
change log, not in the audit. Never persons beside their ids, and never to anybody outside the office: a unit must not
learn who looks at its cases. Knows no HTTP and wakes nobody by itself (``signals`` does, when ``changed`` is called).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.privacy import Scope, Viewer, may_see
from desktop.models.domain.wire import Presence, PresenceClaim, Present

from .database import Database
from .dialects import Ready
from .news import members_of
from .problems import ProblemError, not_found
from .tables import entity
from .tokens import Session

LIFETIME_S = 60.0
"""A desktop that has lost its network is seen for so long; a held poll comes back at least every half of it."""
RENEWED_S = 20.0
"""A renewal is looked at, and told to other processes, at most so often."""
_MOST = 5_000
"""Desktops that have a case open; beyond it the newest are not shown, and nothing else changes."""

_Key = tuple[str, str]


@dataclass(frozen=True)
class _Here:
    """One desktop at one case. ``until`` and ``renewed_at`` are monotonic seconds of this process."""

    claim: PresenceClaim
    scope: Scope
    until: float
    renewed_at: float


class _Told(msgspec.Struct, frozen=True, array_like=True):
    """What one process tells the others."""

    origin: str
    person_id: str
    device_id: str
    ticket_id: str
    writing: bool


class Looked(NamedTuple):
    """What one viewer sees, and the revision of the board it was read at."""

    revision: int
    presence: Presence


class PresenceBoard:
    """Thread-safe. ``origin`` names this process among those that share the database."""

    def __init__(self, database: Database, clock: Clock, origin: str) -> None:
        self._database = database
        self._clock = clock
        self._origin = origin
        self._lock = threading.Lock()
        self._here: dict[_Key, _Here] = {}
        self._common: tuple[int, Presence] | None = None
        self.revision = 0
        """Rises with each change of what anybody may see."""
        self.changed: Callable[[], None] = lambda: None
        """Called after a change, outside of every lock, in any thread."""
        database.subscribe_presence(self._heard)

    # -- what desktops say -----------------------------------------------------------------------------------------

    def claim(self, session: Session, claim: PresenceClaim) -> None:
        """This desktop has that case open now, or none. Raises :class:`ProblemError`: 403, or 404 as for any row."""
        viewer = session.account.viewer
        if not viewer.office:
            raise ProblemError(403, "not_permitted")
        scope = None
        if claim.ticket_id:
            with self._database.read() as connection:
                scope = _scope_of(connection, claim.ticket_id)
            if scope is None or not may_see(viewer, scope):
                raise not_found()
        self._put((viewer.person_id, session.device_id), claim, scope)
        self._tell((viewer.person_id, session.device_id), claim)

    def renew(self, connection: Connection, session: Session) -> PresenceClaim | None:
        """A poll of this desktop: what it had open it has open still.

        Returns what other processes are to be told (:meth:`tell_renewed`, once ``connection`` is free), None for
        nothing. A case that has left the person's sight meanwhile is left.
        """
        key = (session.account.person_id, session.device_id)
        now = self._clock.monotonic()
        with self._lock:
            here = self._here.get(key)
        if here is None or now - here.renewed_at < RENEWED_S:
            return None
        scope = _scope_of(connection, here.claim.ticket_id)
        if scope is None or not may_see(session.account.viewer, scope):
            self._put(key, PresenceClaim(), None)
            return PresenceClaim()
        self._put(key, here.claim, scope)
        return here.claim

    def tell_renewed(self, session: Session, claim: PresenceClaim) -> None:
        """Tell other processes of a renewal."""
        self._tell((session.account.person_id, session.device_id), claim)

    # -- what desktops see -----------------------------------------------------------------------------------------

    def seen_by(self, viewer: Viewer) -> Looked:
        """Everybody at a case that the viewer may see, themselves included; nothing outside the office."""
        self.expire()
        with self._lock:
            revision, here = self.revision, list(self._here.items())
            common = self._common
        if not viewer.office:
            return Looked(revision, Presence())
        if common is not None and common[0] == revision:
            return Looked(revision, common[1])
        shown = [entry for entry in here if may_see(viewer, entry[1].scope)]
        presence = _presence(shown)
        # Almost always everybody of the office sees the same, and it is put together once.
        if all(_for_the_whole_office(entry.scope) for _, entry in here):
            with self._lock:
                self._common = (revision, presence)
        return Looked(revision, presence)

    def expire(self) -> None:
        """Forget those who have not been heard of for a minute."""
        now = self._clock.monotonic()
        with self._lock:
            gone = [key for key, here in self._here.items() if here.until <= now]
            for key in gone:
                del self._here[key]
            self.revision += bool(gone)
        if gone:
            self.changed()

    def next_end(self) -> float | None:
        """When the next of them is forgotten, in monotonic seconds; None for never."""
        with self._lock:
            return min((here.until for here in self._here.values()), default=None)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _put(self, key: _Key, claim: PresenceClaim, scope: Scope | None) -> None:
        now = self._clock.monotonic()
        with self._lock:
            before = self._here.get(key)
            if scope is None:
                after = None
                self._here.pop(key, None)
            elif before is None and len(self._here) >= _MOST:
                return
            else:
                after = _Here(claim, scope, until=now + LIFETIME_S, renewed_at=now)
                self._here[key] = after
            seen = (
                before is None or after is None or replace(before, until=after.until, renewed_at=now) != after
            )
            changed = seen and before is not after
            self.revision += changed
        if changed:
            self.changed()

    def _tell(self, key: _Key, claim: PresenceClaim) -> None:
        if self._database.shared:
            told = _Told(self._origin, *key, claim.ticket_id, claim.writing)
            self._database.tell_presence(msgspec.json.encode(told).decode())

    def _heard(self, words: str) -> None:
        """Another process, perhaps of another version, tells of one desktop."""
        try:
            told = msgspec.json.decode(words, type=_Told)
        except msgspec.DecodeError:
            return
        if told.origin == self._origin:
            return
        scope = None
        if told.ticket_id:
            with self._database.read() as connection:
                scope = _scope_of(connection, told.ticket_id)
        claim = PresenceClaim(ticket_id=told.ticket_id, writing=told.writing)
        self._put((told.person_id, told.device_id), claim, scope)


def _presence(shown: list[tuple[_Key, _Here]]) -> Presence:
    """One line a person and case: two screens of one person are one person."""
    writing: dict[_Key, bool] = {}
    for (person_id, _), here in shown:
        line = (person_id, here.claim.ticket_id)
        writing[line] = writing.get(line, False) or here.claim.writing
    people = tuple(Present(person_id=p, ticket_id=t, writing=writing[p, t]) for p, t in sorted(writing))
    if not people:
        return Presence()
    rev = blake2b(msgspec.json.encode(people), digest_size=8).hexdigest()
    return Presence(rev=rev, people=people)


def _for_the_whole_office(scope: Scope) -> bool:
    return scope.audience in ("unit", "office") and not scope.recused and not scope.barred


def _scope_of(connection: Connection, ticket_id: str) -> Scope | None:
    row = _SCOPE.execute(connection, {"ticket": ticket_id}).first()
    if row is None:
        return None
    return Scope(
        row.audience,
        row.unit_id,
        members_of(connection, row.assist_set),
        row.level,
        row.recused,
        row.author_id,
        members_of(connection, row.barred_set),
    )


_SCOPE = Ready(
    select(
        entity.c.audience,
        entity.c.unit_id,
        entity.c.assist_set,
        entity.c.level,
        entity.c.recused,
        entity.c.author_id,
        entity.c.barred_set,
    ).where(entity.c.type == "ticket", entity.c.id == bindparam("ticket"))
)
