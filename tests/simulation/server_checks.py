"""The invariants that the server's tables alone can break, looked at after every step in which it committed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from central.tables import to_micros
from desktop.models.domain.entities import Attempt, Key, Row, Visit
from desktop.models.domain.operations import CATALOGUE

from .truth import ServerRow
from .world import World

_OWN_TIMES = (
    "created_at",
    "submitted_at",
    "issued_at",
    "replied_at",
    "filed_at",
    "acknowledged_at",
    "rectified_at",
    "verified_at",
    "completed_at",
)
"""Times that the server gives, whatever a desktop's clock says."""


def i01_one_effect(w: World) -> Iterator[str]:
    """An operation's id has at most one effect: no row got two versions from it, and it stands on record."""
    for line in w.truth.fresh:
        if not line.caused_by or line.op != "put":
            continue
        made = w.truth.history.effects.get((line.caused_by, line.key), set()) | {line.version}
        if len(made) > 1:
            yield f"{line.caused_by} made the versions {sorted(made)} of {line.key}"
        if line.caused_by not in w.truth.applied:
            yield f"{line.caused_by} changed {line.key} and is not on record as applied"
    fresh = {(line.caused_by, line.key) for line in w.truth.fresh}
    for op_id in w.truth.applied:
        applied = w.made.get(op_id)
        if applied is None:
            yield f"{op_id} was applied and nobody made it"
        elif (op_id, applied.key) not in fresh and (op_id, applied.key) not in w.truth.history.effects:
            yield f"{op_id} is on record as applied and did nothing to {applied.key}"


def i09_nothing_overwritten(w: World) -> Iterator[str]:
    """An edit is applied only over the values its author saw: nobody's words vanish under somebody else's."""
    for line in w.truth.fresh:
        made = w.made.get(line.caused_by)
        if line.op != "put" or made is None or made.key != line.key or not made.op.changes:
            continue
        base = made.op.base_version or 0
        authors = [w.made.get(_author(w, line.key, version)) for version in range(base + 1, line.version)]
        if all(author is not None and author.desk == made.desk for author in authors):
            continue
        with w.city.database.read() as connection:
            data = connection.exec_driver_sql(
                "SELECT data FROM revision WHERE type = ? AND id = ? AND version = ?",
                (*line.key, line.version - 1),
            ).scalar()
        if data is None:
            continue
        before = msgspec.json.decode(data)
        for change in made.op.changes:
            was = before.get(change.field, "")
            if change.field in before and was not in (change.before, change.after):
                yield f"{line.caused_by} set {change.field} of {line.key} over {was!r}, which its author had not seen"


def _author(w: World, key: Key, version: int) -> str:
    found = w.truth.history.authors.get((key, version))
    if found is not None:
        return found
    return next((x.caused_by for x in w.truth.fresh if x.key == key and x.version == version), "")


def i08_in_order(w: World) -> Iterator[str]:
    """One device's operations on one entity were applied in the order they were made."""
    last: dict[tuple[str, str], int] = {}
    for op_id, (device, seq, entity, _, _) in w.truth.applied.items():
        made = w.made.get(op_id)
        if made is None or made.again:
            continue
        before = last.get((device, entity), 0)
        if seq < before:
            yield f"{device} made {seq} on {entity} before {before}, and it was applied after it"
        last[device, entity] = max(before, seq)


def i10_versions_and_log(w: World) -> Iterator[str]:
    """Each change raises its row's version by one and stands in the log; an append leaves its parent alone."""
    logged: dict[Key, list[int]] = {}
    for line in w.truth.fresh:
        if line.op == "put":
            logged.setdefault(line.key, []).append(line.version)
    for key, now in w.truth.rows.items():
        before = w.truth.before.get(key)
        if before is not None and before.data == now.data and before.version == now.version:
            continue
        yield from _one_row(w, key, before, now, logged.get(key, []))
    for key in w.truth.before.keys() - w.truth.rows.keys():
        yield f"{key} is gone from the server without a word"


def _one_row(
    w: World, key: Key, before: ServerRow | None, now: ServerRow, logged: list[int]
) -> Iterator[str]:
    if not w.truth.before:
        return  # the first look, or the first after a restore
    at = before.version if before is not None else 0
    if now.version not in logged:
        yield f"{key} stands at version {now.version} and the log says nothing of it"
    for version in logged:
        if version not in (at, at + 1):
            yield f"{key} went from version {at} to {version}"
        at = max(at, version)
    if before is None:
        return
    if now.version == before.version:
        yield f"{key} changed without a new version"
    author, one_up = w.made.get(_author(w, key, now.version)), now.version == before.version + 1
    if author is not None and author.key != key and one_up and _same_but_version(before.row, now.row):
        yield f"{key} rose to {now.version} and says what it said before"


def _same_but_version(before: Row, now: Row) -> bool:
    neutral = {"version": 0, "last_edit": ""}
    return msgspec.structs.replace(before, **neutral) == msgspec.structs.replace(now, **neutral)


def i11_one_lease(w: World) -> Iterator[str]:
    """One valid lease a visit and a contact; a key's epoch rises with each new holder."""
    now = to_micros(w.clock.now())
    for key, lease in w.truth.leases.items():
        before = w.truth.leases_before.get(key)
        if before is not None and before.lease_id != lease.lease_id:
            if lease.epoch <= before.epoch:
                yield f"{key} changed hands at epoch {lease.epoch} after {before.epoch}"
            same_hands = (before.person_id, before.device_id) == (lease.person_id, lease.device_id)
            if before.expires_at > now and not same_hands:
                yield f"{key} was taken from {before.person_id} before their lease had run out"
        if before is not None and lease.epoch < before.epoch:
            yield f"the epoch of {key} fell from {before.epoch} to {lease.epoch}"
    for key, lease in w.truth.leases.items():
        if not key.startswith("v:") or lease.expires_at <= now:
            continue
        visit = w.truth.rows.get(("visit", key[2:]))
        if visit is None or not isinstance(visit.row, Visit):
            continue
        number = w.truth.leases.get(f"p:{w.truth.phone_keys.get(visit.row.contact_id, '')}")
        if number is not None and number.expires_at > now and number.lease_id != lease.lease_id:
            yield f"{key} and its citizen's number are held under different leases"


def i12_one_call(w: World) -> Iterator[str]:
    """No citizen is rung by two people at one time."""
    calls = w.dialled[-6:]
    for i, (contact, who, start, end) in enumerate(calls):
        for other_contact, other, other_start, other_end in calls[i + 1 :]:
            overlap = other_start < end and start < other_end
            if contact == other_contact and who != other and overlap:
                yield f"{who} and {other} rang {contact} at one time"


def i13_audited(w: World) -> Iterator[str]:
    """Nobody holds a revealed value or a leased number that the audit does not know of."""
    for (person, action), count in w.revealed.items():
        if w.truth.audited[person, action] < count:
            yield f"{person} was given {count} values ({action}), the audit has {w.truth.audited[person, action]}"


def i20_servers_time(w: World) -> Iterator[str]:
    """The server's own times and authors stand in its rows, whatever the desktops' clocks say."""
    fresh = {line.key: line for line in w.truth.fresh if line.op == "put" and line.caused_by}
    now = w.city.now
    for key, line in fresh.items():
        found, made = w.truth.rows.get(key), w.made.get(line.caused_by)
        if found is None or made is None or made.key != key:
            continue
        before = w.truth.before.get(key)
        for name in (*_OWN_TIMES, *(() if isinstance(found.row, Attempt) else ("at",))):
            said: Any = getattr(found.row, name, None)
            told_before = getattr(before.row, name, None) if before is not None else None
            if isinstance(said, datetime) and said != told_before and not w.step_began <= said <= now:
                yield f"{key} has {name} {said:%Y-%m-%d %H:%M} at {now:%Y-%m-%d %H:%M}"
        author = getattr(found.row, "by_id", "")
        creates = CATALOGUE[made.op.kind].mode == "append"
        if creates and author and author != made.person_id:
            yield f"{key} was made by {made.person_id} and bears the name of {author}"
