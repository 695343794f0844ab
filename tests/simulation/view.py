"""One look at a device's store: every table the invariants speak of, read in one transaction without the product."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row as Row_

from desktop.models.domain.entities import Key, Row, Ticket, ticket_id_of
from desktop.models.domain.fold import Actor, FoldContext, Refused, fold
from desktop.models.domain.operations import BadOperation, Operation, decode_operation, touches
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me, OperationResult

from .desk import SimDesk
from .truth import decoded

_operations: dict[bytes, Operation] = {}
_profiles: dict[bytes, RuleProfile] = {}
_MANY = 20_000


class Line(NamedTuple):
    """One line of the outbox."""

    seq: int
    op_id: str
    state: str
    code: str
    attempts: int
    next_try_at: float | None
    settled_at: int | None
    answer: OperationResult | None
    op: Operation


class View(NamedTuple):
    """The store's tables. ``shown`` has version and bytes; ``folded`` the rows of each operation, by its number."""

    shown: dict[Key, tuple[int, bytes]]
    base: dict[Key, tuple[int, bytes]]
    parted: frozenset[Key]
    outbox: dict[str, Line]
    folded: dict[int, list[Key]]
    quarantine: list[bytes]
    quarantined: frozenset[str]
    drafts: dict[str, bytes]
    settings: dict[str, bytes]

    @property
    def me(self) -> Me | None:
        """Whose store it is."""
        raw = self.settings.get("me")
        return None if raw is None else msgspec.json.decode(raw, type=Me)

    @property
    def profile(self) -> RuleProfile | None:
        """By which rules it folds."""
        raw = self.settings.get("profile")
        if raw is None:
            return None
        if raw not in _profiles:
            _profiles[raw] = msgspec.json.decode(raw, type=RuleProfile)
        return _profiles[raw]

    @property
    def cursor(self) -> str:
        """Where it stands in the server's log, "" where it has no place."""
        raw = self.settings.get("cursor")
        return msgspec.json.decode(raw, type=str) if raw else ""

    @property
    def loading(self) -> bool:
        """A first load was begun and is not finished."""
        return "snapshot" in self.settings

    def server_versions(self) -> dict[Key, int]:
        """The server's rows it holds, whatever is folded on top, by version; what was made here is not among them."""
        versions = {key: version for key, (version, _) in self.shown.items() if version > 0}
        return versions | {key: version for key, (version, _) in self.base.items()}

    def server_rows(self) -> dict[Key, Row]:
        """The same as rows."""
        rows = {key: decoded(key[0], data) for key, (version, data) in self.shown.items() if version > 0}
        return rows | {key: decoded(key[0], data) for key, (_, data) in self.base.items()}

    def rows(self) -> dict[Key, Row]:
        """What the screen shows."""
        return {key: decoded(key[0], data) for key, (_, data) in self.shown.items()}

    def expected(self) -> dict[Key, Row]:
        """fold(the server's rows, operations still folded in), computed from nothing but these tables."""
        rows = self.server_rows()
        me, profile = self.me, self.profile
        if me is None or profile is None or not self.folded:
            return rows
        actor = Actor(id=me.person_id, name=me.name)
        here = {i: row for (t, i), row in rows.items() if isinstance(row, Ticket)}
        server_keys = set(rows)
        ops = {line.seq: line.op for line in self.outbox.values()}
        for seq in sorted(self.folded):
            op = ops[seq]
            mine = {key: rows[key] for key in touches(op) if key in rows}
            ticket = next((here[t] for row in mine.values() if (t := ticket_id_of(row)) in here), None)
            rework = ticket.rework if ticket is not None else 0
            context = FoldContext(actor=actor, at=op.client_time, profile=profile, ticket_rework=rework)
            try:
                rows |= fold(op, mine, context)
            except (Refused, BadOperation):
                continue
        return {
            key: row
            for key, row in rows.items()
            if key in server_keys or not (ticket_id := ticket_id_of(row)) or ticket_id in here
        }


def look(desk: SimDesk) -> View:
    """The store as the last commit left it."""
    with desk.store.read() as connection:
        run = connection.exec_driver_sql
        lines = run(
            "SELECT seq, op_id, state, code, attempts, next_try_at, settled_at, answer, body FROM outbox ORDER BY seq"
        ).all()
        folded: dict[int, list[Key]] = {}
        for seq, t, i in run("SELECT seq, type, id FROM outbox_row"):
            folded.setdefault(seq, []).append((t, i))
        kept = run("SELECT op_id, body FROM quarantine").all()
        return View(
            shown={
                (t, i): (v, bytes(d)) for t, i, v, d in run("SELECT type, id, version, data FROM projection")
            },
            base={(t, i): (v, bytes(d)) for t, i, v, d in run("SELECT type, id, version, data FROM base")},
            parted=frozenset((t, i) for t, i in run("SELECT type, id FROM parted")),
            outbox={line[1]: _line(line) for line in lines},
            folded=folded,
            quarantine=[bytes(body) for _, body in kept],
            quarantined=frozenset(op_id for op_id, _ in kept),
            drafts={k: bytes(b) for k, b in run("SELECT key, body FROM draft")},
            settings={k: bytes(v) for k, v in run("SELECT key, value FROM setting")},
        )


def _line(found: Row_[*tuple[Any, ...]]) -> Line:
    seq, op_id, state, code, attempts, next_try_at, settled_at, answer, body = found
    result = None if answer is None else msgspec.json.decode(answer, type=OperationResult)
    return Line(seq, op_id, state, code, attempts, next_try_at, settled_at, result, operation(bytes(body)))


def operation(body: bytes) -> Operation:
    """An operation, decoded once a process."""
    op = _operations.get(body)
    if op is None:
        if len(_operations) > _MANY:
            _operations.clear()
        op = _operations[body] = decode_operation(body)
    return op
