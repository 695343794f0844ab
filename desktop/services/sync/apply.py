"""Rows of the server into the store: base, projection, lists and outbox marks, inside the caller's transaction.

A replayed page changes nothing; a lower version than ours is ignored; the outbox's bodies and drafts are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, text

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Key, decode_row, ticket_id_of
from desktop.models.domain.wire import Change
from desktop.models.store import outbox
from desktop.models.store.deriving import derive, derive_loaded, not_here, with_waiting_work
from desktop.models.store.folding import Folder, put_base, refold, server_row
from desktop.models.store.outbox import Entry
from desktop.models.store.parting import came_back
from desktop.models.store.projection import Ready, Stored, Touched, make_ready, put_ready, put_rows
from desktop.services.api.errors import BadReply

from .leaving import let_go

_LET_GO = 500

_versions = text(
    "SELECT id, version FROM projection WHERE type = :t AND id IN (SELECT value FROM json_each(:ids))"
)


def read_rows(changes: Iterable[Change]) -> tuple[dict[Key, Stored], list[Key]]:
    """What a page leaves behind: the rows it puts, and the keys it takes away and does not give back.

    Raises BadReply for a row that is not of its type, or of another id or version than it says.
    """
    put: dict[Key, Stored] = {}
    gone: dict[Key, None] = {}
    for change in changes:
        key: Key = (change.type, change.id)
        put.pop(key, None)
        if change.op == "put":
            put[key] = _stored(change)
            gone.pop(key, None)
            continue
        gone[key] = None
        if change.type == "ticket":
            for child in [k for k, s in put.items() if ticket_id_of(s.row) == change.id]:
                del put[child]
    return put, list(gone)


def apply_changes(
    connection: Connection,
    changes: Sequence[Change],
    folder: Folder,
    settled_at: datetime,
    taken: Iterable[str] = (),
    *,
    unfinished: bool = False,
) -> Changes:
    """One page of the change log; with ``unfinished`` there are more.

    ``taken`` are operations whose effects this page completes; ``settled_at`` is the office time at which operations
    count as confirmed.
    """
    put, gone = read_rows(changes)
    put = _not_older(connection, put)
    folded = set(outbox.folded_keys(connection))
    caused = outbox.known(connection, {c.caused_by for c in changes} - {""})
    confirmed = _confirm(connection, dict.fromkeys((*caused, *taken)), settled_at)
    touched = let_go(connection, gone, settled_at, unfinished=unfinished)
    came_back(connection, put)
    stale = set(outbox.touched_keys(confirmed))
    plain: list[Stored] = []
    for key, stored in put.items():
        if key in folded:
            put_base(connection, key, stored.data, stored.version)
            stale.add(key)
        else:
            plain.append(stored)
    touched |= put_rows(connection, plain, folder.profile.escalation)
    if folded:
        for entity_type, entity_id in put:
            if (
                entity_type == "ticket"
            ):  # it came back, or its rework rose: what is folded below it may read otherwise
                stale.update(outbox.folded_keys(connection, entity_id))
    if stale:
        touched |= refold(connection, stale, folder)
    derive(connection, touched)
    keys = {*put, *gone, *stale, *(("ticket", ticket_id) for ticket_id in touched.ticket_ids)}
    return Changes.of(keys, touched.ticket_ids, outbox=bool(confirmed))


class Load(NamedTuple):
    """Rows of a snapshot, by key, and the same rows ready to be written."""

    put: dict[Key, Stored]
    ready: Ready

    @classmethod
    def of(cls, put: dict[Key, Stored], folder: Folder) -> Load:
        """Made in any thread: it takes as long as the writing, and no transaction waits for it."""
        return cls(put, make_ready(put.values(), folder.profile.escalation, loading=True))

    def let_go(self) -> None:
        """Forget the rows, a few at a time: twenty thousand at once take Python's lock for longer than a frame."""
        for rows in (self.ready.main, self.ready.texts, *self.ready.shadows.values()):
            while rows:
                del rows[-_LET_GO:]
        while self.put:
            self.put.popitem()


def put_load(connection: Connection, load: Load, folder: Folder, early: set[str] | None = None) -> None:
    """Rows of a snapshot, taken as they are: a restored server may hold lower versions than we do.

    ``early`` is for a load that fills an empty store: the cases whose children have come and they themselves have not,
    kept from transaction to transaction. Any other case that comes alone has nothing below it and is not looked at.
    """
    came_back(connection, load.put)
    folded = {key for key in outbox.folded_keys(connection) if key in load.put}
    for key in folded:
        put_base(connection, key, load.put[key].data, load.put[key].version)
    if folded:
        load = Load.of({key: stored for key, stored in load.put.items() if key not in folded}, folder)
    touched = put_ready(connection, load.ready)
    if early is not None:
        parents = load.ready.parents
        came = early & touched.ticket_ids
        touched = Touched(parents | came | with_waiting_work(connection), touched.visit_ids, touched.answered)
        early -= came
        early |= not_here(connection, parents)
    derive_loaded(connection, touched)


def _confirm(connection: Connection, op_ids: Iterable[str], settled_at: datetime) -> list[Entry]:
    """The server's rows hold these operations now: they count as applied and are folded in no longer."""
    entries = [entry for op_id in op_ids if (entry := outbox.get(connection, op_id)) is not None]
    for entry in entries:
        if entry.state != "applied":
            outbox.set_state(connection, entry.op_id, "applied", settled_at=settled_at)
        outbox.unfold(connection, entry.seq)
    return entries


def _not_older(connection: Connection, put: dict[Key, Stored]) -> dict[Key, Stored]:
    kept = dict(put)
    by_type: dict[str, list[str]] = {}
    for entity_type, entity_id in put:
        by_type.setdefault(entity_type, []).append(entity_id)
    for entity_type, ids in by_type.items():
        parameters = {"t": entity_type, "ids": msgspec.json.encode(ids).decode()}
        for entity_id, version in connection.execute(_versions, parameters):
            key = (entity_type, entity_id)
            if (
                version > put[key].version
                and (ours := server_row(connection, key))
                and ours[1] > put[key].version
            ):
                del kept[key]
    return kept


def _stored(change: Change) -> Stored:
    try:
        row = decode_row(change.type, change.data)
    except (msgspec.DecodeError, KeyError) as error:
        raise BadReply("bad_row") from error
    if row.id != change.id or row.version != change.version or row.version < 1:
        raise BadReply("bad_row")
    return Stored((change.type, change.id), row, bytes(change.data), change.version)
