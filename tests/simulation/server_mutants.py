"""Mistakes of the central server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from central import operations
from central.cursors import Place
from central.problems import ProblemError
from central.situation import Refusal

from .mutants import Mutant, nothing


def _remembers_elsewhere(original: Any) -> Any:
    """The record is written by a transaction of its own, after the effect's."""

    def apply(self: Any, session: Any, op: Any, profile: Any) -> Any:
        late: list[Callable[[Any], None]] = []
        remember = operations._remember
        operations._remember = lambda connection, *rest: late.append(
            lambda tx: remember(tx.connection, *rest)
        )
        try:
            result = original(self, session, op, profile)
        finally:
            operations._remember = remember
        for write in late:
            self.database.run(write)
        return result

    return apply


def _remembers_refusals(original: Any) -> Any:
    def apply_once(self: Any, tx: Any, session: Any, op: Any, profile: Any) -> Any:
        try:
            return original(self, tx, session, op, profile)
        except Refusal as refusal:
            operations._remember(tx.connection, session, op, 0, False, False, self.clock.now())
            return refusal.result(op.op_id)

    return apply_once


def _only_the_seen_version(original: Any) -> Any:
    return lambda connection, op, kind, row, device_id: op.base_version == row.version


def _follows_whatever(original: Any) -> Any:
    def follows(connection: Any, op: Any, kind: Any, row: Any, device_id: str) -> bool:
        return op.after is not None or bool(original(connection, op, kind, row, device_id))

    return follows


def _merges_everything(original: Any) -> Any:
    def check_seen(s: Any, scope: Any) -> bool:
        return bool(s.op.changes) or bool(original(s, scope))

    return check_seen


def _raises_the_parent(original: Any) -> Any:
    def write_effects(s: Any, folded: Any) -> None:
        original(s, folded)
        if s.kind.mode == "append":
            s.writer.put(s.writer.ticket(s.ticket.id))

    return write_effects


def _does_not_log_urges(original: Any) -> Any:
    def log_change(self: Any, op: str, scope: Any, columns: Any) -> None:
        if columns["type"] != "urge":
            original(self, op, scope, columns)

    return log_change


def _gives_what_is_held(original: Any) -> Any:
    def take(connection: Any, holding: Any, keys: Any, now: Any) -> int:
        connection.exec_driver_sql("UPDATE lease_key SET expires_at = 0")
        return int(original(connection, holding, keys, now))

    return take


def _starts_epochs_anew(original: Any) -> Any:
    def take(connection: Any, holding: Any, keys: Any, now: Any) -> int:
        for key in keys:
            connection.exec_driver_sql(
                "DELETE FROM lease_key WHERE key = ? AND expires_at <= ?",
                (key, int(now.timestamp() * 1e6)),
            )
        return int(original(connection, holding, keys, now))

    return take


def _one_sum_for_all(original: Any) -> Any:
    def read_digest(connection: Any, viewer: Any) -> Any:
        found = original(connection, viewer)
        count = sum(entry.count for entry in found.values())
        return {name: replace(entry, count=count) for name, entry in found.items()}

    return read_digest


def _any_epoch(original: Any) -> Any:
    def decode_cursor(key: bytes, cursor: str, here: Place) -> int:
        try:
            return int(original(key, cursor, here))
        except ProblemError as error:
            if error.code != "epoch_changed":
                raise
            return here.position

    return decode_cursor


def _any_scope(original: Any) -> Any:
    def decode_cursor(key: bytes, cursor: str, here: Place) -> int:
        try:
            return int(original(key, cursor, here))
        except ProblemError as error:
            if error.code != "scope_changed":
                raise
            return here.position

    return decode_cursor


def _shows_everything(original: Any) -> Any:
    return lambda self, entity_type, level, *, against: False


def _counts_one_too_far(original: Any) -> Any:
    def read_changes(connection: Any, viewer: Any, position: int, limit: int) -> Any:
        return original(connection, viewer, position + 1, limit)

    return read_changes


def _never_known(original: Any) -> Any:
    return lambda connection, session, op: None


def _stops_at_nothing(original: Any) -> Any:
    return lambda self, session, ops, profile: [self.apply(session, op, profile) for op in ops]


SERVER: tuple[Mutant, ...] = (
    Mutant(
        "the record outside the transaction",
        "a death between the two applies an operation that nobody remembers",
        "central.operations",
        "Push.apply",
        _remembers_elsewhere,
        first=26,
    ),
    Mutant(
        "a refusal is remembered",
        "what had no effect counts as done when it is sent again",
        "central.operations",
        "Push._apply_once",
        _remembers_refusals,
    ),
    Mutant(
        "what was applied is not looked up",
        "the same operation is judged twice, and refused for its own effect",
        "central.operations",
        "_known",
        _never_known,
        first=7,
    ),
    Mutant(
        "followers of a refused operation are judged",
        "a later step happens without the one it was made on",
        "central.operations",
        "Push.apply_all",
        _stops_at_nothing,
        first=82,
    ),
    Mutant(
        "no chain rule",
        "a person working alone quarrels with themselves",
        "central.staleness",
        "follows",
        _only_the_seen_version,
    ),
    Mutant(
        "`after` is believed unseen",
        "one device's edit overwrites what a colleague wrote meanwhile",
        "central.staleness",
        "follows",
        _follows_whatever,
        first=10,
    ),
    Mutant(
        "merged without looking at the values",
        "a stale edit overwrites what a colleague wrote meanwhile",
        "central.operations",
        "check_seen",
        _merges_everything,
        first=1,
    ),
    Mutant(
        "an eviction is not told to the old scope",
        "a case stays on the desks of the unit that lost it",
        "central.writer",
        "Writer._evict_if_moved",
        nothing,
        first=2,
    ),
    Mutant(
        "children stay in their old scope",
        "the new unit gets a case without its history",
        "central.writer",
        "Writer._rescope_children",
        nothing,
        first=2,
    ),
    Mutant(
        "an append raises its case's version",
        "an urge makes a conflict for everybody who edits the case",
        "central.operations",
        "write_effects",
        _raises_the_parent,
    ),
    Mutant(
        "no log row for urges",
        "an urge reaches nobody but by a first load",
        "central.writer",
        "Writer._log_change",
        _does_not_log_urges,
        first=3,
    ),
    Mutant(
        "a lease that is held is given away",
        "two people ring one citizen",
        "central.leases",
        "take",
        _gives_what_is_held,
        first=8,
    ),
    Mutant(
        "a lease's epochs begin anew",
        "an old lease passes for the latest",
        "central.leases",
        "take",
        _starts_epochs_anew,
        first=18,
    ),
    Mutant(
        "a digest that ignores the type",
        "every desk believes that it has other rows",
        "central.api.sync",
        "read_digest",
        _one_sum_for_all,
    ),
    Mutant(
        "a cursor of another epoch is taken",
        "after a restore desks go on from a place that no longer is",
        "central.api.sync",
        "decode_cursor",
        _any_epoch,
        first=14,
    ),
    Mutant(
        "a cursor of another scope is taken",
        "who lost a unit keeps its cases",
        "central.api.sync",
        "decode_cursor",
        _any_scope,
        first=12,
    ),
    Mutant(
        "rows leave unmasked",
        "units see what only the office may",
        "central.serializer",
        "Presenter.may_need_mask",
        _shows_everything,
        first=1,
    ),
    Mutant(
        "a page begins one change too late",
        "a change is skipped by everybody who asks at that place",
        "central.api.sync",
        "read_changes",
        _counts_one_too_far,
        first=30,
    ),
    Mutant(
        "a value is revealed without a record",
        "nobody can say who looked",
        "central.reveal",
        "Reveals._record",
        nothing,
        first=4,
    ),
    Mutant(
        "a lease is granted without a record",
        "a number was given out and nobody can say to whom",
        "central.leases",
        "append_audit",
        nothing,
        first=3,
    ),
)
