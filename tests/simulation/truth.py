"""What the server holds, read past all its code but the tables: rows, who may see them, and the log as it was written.

The scope predicate and the masks are the domain's pure functions; the server's SQL is what they are held against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from desktop.models.domain.entities import Key, Row, Ticket, decode_row, ticket_id_of
from desktop.models.domain.privacy import Viewer, may_see, present, scope_of

from .server import City

_decoded: dict[tuple[str, bytes], Row] = {}
_MANY_DECODED = 50_000


def decoded(entity_type: str, data: bytes) -> Row:
    """The row, decoded once a process."""
    key = (entity_type, data)
    row = _decoded.get(key)
    if row is None:
        if len(_decoded) > _MANY_DECODED:
            _decoded.clear()
        row = _decoded[key] = decode_row(entity_type, data)
    return row


class Logged(NamedTuple):
    """One line of the server's log."""

    position: int
    key: Key
    version: int
    op: str
    caused_by: str


@dataclass
class History:
    """The server's log as it was read so far; it survives what the server forgets, and goes back where it goes back.

    ``last`` = the last position about a row; ``versions`` = its last version; ``authors`` = the operation that made
    each version ("" = nobody's); ``effects`` = the versions each operation made, by row.
    """

    position: int = 0
    last: dict[Key, int] = field(default_factory=dict)
    versions: dict[Key, int] = field(default_factory=dict)
    authors: dict[tuple[Key, int], str] = field(default_factory=dict)
    effects: dict[tuple[str, Key], set[int]] = field(default_factory=dict)

    def copy(self) -> History:
        """As it stands now."""
        effects = {key: set(versions) for key, versions in self.effects.items()}
        return History(self.position, dict(self.last), dict(self.versions), dict(self.authors), effects)

    def note(self, line: Logged) -> None:
        """The next line."""
        self.position = line.position
        self.last[line.key] = line.position
        if line.op == "put":
            self.versions[line.key] = line.version
            self.authors.setdefault((line.key, line.version), line.caused_by)
            if line.caused_by:
                self.effects.setdefault((line.caused_by, line.key), set()).add(line.version)


class LeaseKey(NamedTuple):
    """What holds one visit ("v:…") or one number ("p:…"); the end in microseconds since 1970."""

    lease_id: str
    person_id: str
    device_id: str
    epoch: int
    expires_at: int


class ServerRow(NamedTuple):
    """A row as the server stores it."""

    version: int
    data: bytes
    row: Row


@dataclass
class Truth:
    """Read anew whenever the server has committed.

    ``before``, ``leases_before`` and ``fresh`` (the log's lines) count from the last :meth:`note_log`.
    """

    city: City
    rows: dict[Key, ServerRow] = field(default_factory=dict)
    before: dict[Key, ServerRow] = field(default_factory=dict)
    history: History = field(default_factory=History)
    fresh: list[Logged] = field(default_factory=list)
    applied: dict[str, Any] = field(default_factory=dict)
    viewers: dict[str, tuple[Viewer, int, bool]] = field(default_factory=dict)
    leases: dict[str, LeaseKey] = field(default_factory=dict)
    leases_before: dict[str, LeaseKey] = field(default_factory=dict)
    phone_keys: dict[str, str] = field(default_factory=dict)
    audited: Counter[tuple[str, str]] = field(default_factory=Counter)
    _seen_commits: int = -1
    _unnoted: bool = False
    _visible: dict[str, dict[Key, Row]] = field(default_factory=dict)

    def read(self) -> bool:
        """Look again where the server has committed; True where that has not been noted yet."""
        if self._seen_commits == self.city.commits:
            return self._unnoted
        self._seen_commits, self._unnoted = self.city.commits, True
        self._visible = {}
        with self.city.database.read() as connection:
            run = connection.exec_driver_sql
            self.rows = {
                (t, i): ServerRow(v, bytes(d), decoded(t, bytes(d)))
                for t, i, v, d in run("SELECT type, id, version, data FROM entity")
            }
            self.fresh = [
                Logged(p, (t, i), v, op, by)
                for p, t, i, v, op, by in run(
                    "SELECT position, type, id, version, op, caused_by FROM change WHERE position > ? "
                    "ORDER BY position",
                    (self.history.position,),
                )
            ]
            self.applied = {
                op_id: (device, seq, entity, version, person)
                for op_id, device, seq, entity, version, person in run(
                    "SELECT op_id, device_id, seq, entity_id, version, person_id FROM operation ORDER BY rowid"
                )
            }
            self.viewers = {
                person: (
                    Viewer(
                        person_id=person,
                        name=name,
                        roles=frozenset(_list(roles)),
                        unit_ids=frozenset(_list(units)),
                    ),
                    scope_rev,
                    bool(active),
                )
                for person, name, roles, units, scope_rev, active in run(
                    "SELECT person_id, name, roles, unit_ids, scope_rev, active FROM account"
                )
            }
            self.leases = {
                key: LeaseKey(*rest)
                for key, *rest in run(
                    "SELECT key, lease_id, person_id, device_id, epoch, expires_at FROM lease_key"
                )
            }
            self.audited = Counter(
                (person, action) for person, action in run("SELECT person_id, action FROM audit")
            )
            if not self.phone_keys:
                self.phone_keys = {i: key for i, key in run("SELECT id, phone_key FROM contact")}  # noqa: C416
        return True

    def note_log(self) -> None:
        """The fresh lines have been looked at: they are history now."""
        for line in self.fresh:
            self.history.note(line)
        self.fresh = []
        self.before, self.leases_before = self.rows, self.leases
        self._unnoted = False

    def forget(self, history: History) -> None:
        """The server was restored to the state of ``history``."""
        self.history, self._seen_commits = history.copy(), -1
        self.before, self.leases_before = {}, {}

    def visible(self, person_id: str) -> dict[Key, Row]:
        """Every row this person may have, as they may have it."""
        found = self._visible.get(person_id)
        if found is None:
            found = self._visible[person_id] = dict(self._shown(self.viewers[person_id][0]))
        return found

    def _shown(self, viewer: Viewer) -> Iterable[tuple[Key, Row]]:
        for key, (_, _, row) in self.rows.items():
            ticket = None
            if not isinstance(row, Ticket) and ticket_id_of(row):
                found = self.rows.get(("ticket", ticket_id_of(row)))
                ticket = found.row if found is not None and isinstance(found.row, Ticket) else None
            scope = scope_of(row, ticket)
            if may_see(viewer, scope):
                yield key, present(row, scope, viewer)


def _list(text: str) -> list[str]:
    return msgspec.json.decode(text, type=list[str])
