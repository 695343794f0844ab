"""What every command is given: a writing transaction, the office's now, and the one way to record an action.

A command is an imperative verb, takes a Writer first and returns Changes. It never calls the network, and it writes
rows of the contract through :meth:`Writer.submit` alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Key, Row
from desktop.models.domain.fold import Actor, Refused
from desktop.models.domain.ids import NewId
from desktop.models.domain.operations import (
    CATALOGUE,
    SCHEMA,
    BadOperation,
    FieldChange,
    Operation,
    payload_dict,
    touches,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me
from desktop.models.store import outbox
from desktop.models.store.deriving import derive
from desktop.models.store.folding import Folder, submit_fold
from desktop.models.store.projection import get_row


class Writer(Struct, frozen=True, kw_only=True):
    """The writing side's context; ``now`` is office time, aware. One Writer is one transaction."""

    connection: Connection
    now: datetime
    new_id: NewId
    me: Me
    profile: RuleProfile

    @property
    def folder(self) -> Folder:
        """Who folds by which rules, for the store."""
        return Folder(actor=Actor(id=self.me.person_id, name=self.me.name), profile=self.profile)

    def row(self, entity_type: str, entity_id: str) -> Row | None:
        """The row as the screen shows it now, None when it is not in the store."""
        return get_row(self.connection, (entity_type, entity_id))

    def submit(
        self,
        kind: str,
        entity_id: str,
        payload: Struct | None = None,
        changes: Iterable[FieldChange] = (),
        base_version: int | None = None,
        depends_on: Iterable[str] = (),
        resolves: str | None = None,
    ) -> Changes:
        """Records one operation and shows its effect at once, in the running transaction.

        ``base_version`` is the version the user saw; None takes the one on the screen now. ``resolves`` names the
        refused operation that a person settles by this one. Raises ``Refused`` with
        nothing recorded (the transaction is to be rolled back).
        """
        line = CATALOGUE.get(kind)
        if line is None:
            raise BadOperation("unknown_kind", "/kind")
        if not line.roles.intersection(self.me.roles):
            raise Refused("forbidden")
        op = Operation(
            op_id=self.new_id(),
            seq=outbox.next_seq(self.connection),
            schema=SCHEMA,
            kind=kind,
            entity_id=entity_id,
            base_version=self._base_version(kind, entity_id, base_version),
            after=self._previous_edit(kind, entity_id),
            resolves=resolves,
            payload=payload_dict(payload) if payload is not None else {},
            changes=tuple(changes),
            depends_on=tuple(depends_on),
            client_time=self.now,
        )
        touched = submit_fold(self.connection, op, self.folder)
        derive(self.connection, touched)
        return Changes.of(named_rows(touches(op), touched.ticket_ids), touched.ticket_ids, outbox=True)

    def _base_version(self, kind: str, entity_id: str, seen: int | None) -> int | None:
        if _makes_its_row(kind):
            return None
        if seen is not None:
            return seen
        row = get_row(self.connection, (CATALOGUE[kind].entity_type, entity_id))
        return row.version if row is not None else None

    def _previous_edit(self, kind: str, entity_id: str) -> str | None:
        if _makes_its_row(kind):
            return None
        before = outbox.folded_into(self.connection, (CATALOGUE[kind].entity_type, entity_id))
        return before[-1].op_id if before else None


def _makes_its_row(kind: str) -> bool:
    return CATALOGUE[kind].mode == "append" or kind.endswith(".create")


def named_rows(keys: Iterable[Key], ticket_ids: Iterable[str]) -> list[Key]:
    """Rows with the tickets whose line in a list shows them: what a command says has changed."""
    return [*keys, *(("ticket", ticket_id) for ticket_id in ticket_ids)]
