"""Bulk loading for imports and generated cities: idempotent upserts of whole rows with their identities.

Loading the same rows twice changes nothing. What the office has made of a row since is not undone by its source. Into a
database that no desktop has ever signed in to, rows go straight and without a log; later loads are logged in commits of
about 500 rows, an entity and its children never split.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.schema import Table

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import (
    Key,
    Person,
    Row,
    Ticket,
    Unit,
    decode_row,
    key_of,
    ticket_id_of,
)
from desktop.models.domain.operations import DIRECTORY_FIELDS

from . import dialects
from .database import ROWS, Database, Transaction
from .installation import installation_of
from .row_columns import columns_of, sets_of, source_hash_of, told_anew
from .tables import contact, device, entity, secret_text
from .writer import Stored, Writer, read_stored, store_unit_set

T = TypeVar("T")
_STRAIGHT_ROWS = 20_000
_IN_ONE_QUERY = 500


@dataclass(frozen=True)
class Contact:
    """The identity behind a ``contact_id``. ``sample`` marks a generated person."""

    id: str
    name: str
    phone: str
    sample: bool


@dataclass(frozen=True)
class LoadCount:
    """What a load did to rows; contacts and texts are not counted."""

    inserted: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: LoadCount) -> LoadCount:
        return LoadCount(
            self.inserted + other.inserted, self.changed + other.changed, self.unchanged + other.unchanged
        )


class Loader:
    """Loads rows into a database opened by ``installation.open_database``. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock, batch_rows: int = 500) -> None:
        self._database = database
        self._clock = clock
        self._batch_rows = batch_rows
        self._named_sets: set[tuple[str, ...]] = set()
        with database.read() as connection:
            self._installation = installation_of(connection)

    def load(
        self, rows: Iterable[Row], contacts: Iterable[Contact] = (), texts: Iterable[tuple[str, str]] = ()
    ) -> LoadCount:
        """Upsert rows by (type, id), identities and unredacted texts ((ticket id, text)).

        A child's ticket is in the same call or already stored. One call is held in memory: stream large sources
        in calls of some thousand rows.
        """
        self._load_identities(contacts, texts)
        count = LoadCount()
        for part in _batches(_families(rows), _STRAIGHT_ROWS):
            straight = self._load_straight(part)
            if straight is not None:
                count += straight
                continue
            for batch in _batches(_families(part), self._batch_rows):
                count += self._load_logged(batch)
        return count

    def _load_identities(self, contacts: Iterable[Contact], texts: Iterable[tuple[str, str]]) -> None:
        people = (
            {
                "id": c.id,
                "name": c.name,
                "phone": c.phone,
                "phone_key": self._installation.phone_key(c.phone),
                "sample": c.sample,
            }
            for c in contacts
        )
        secrets = ({"ticket_id": ticket_id, "text": text} for ticket_id, text in texts)
        self._upsert(contact, people)
        self._upsert(secret_text, secrets)

    def _upsert(self, table: Table, values: Iterable[dict[str, Any]]) -> None:
        keys = [column.name for column in table.primary_key]
        for part in _parts(values, _STRAIGHT_ROWS):
            with self._database.write() as tx:
                statement = dialects.insert(tx.connection, table)
                others = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
                tx.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), part)

    def _load_straight(self, batch: list[Row]) -> LoadCount | None:
        """Write rows without a log, while no desktop can hold a cursor and miss it; None where one may.

        A sign-in waits for the end of it.
        """
        with self._database.write() as tx:
            tx.lock(ROWS)
            if tx.connection.execute(select(device.c.id).limit(1)).first() is not None:
                return None
            known = _stored(tx.connection, [key_of(row) for row in batch])
            fresh = list({key: row for row in batch if (key := key_of(row)) not in known}.values())
            tickets = self._tickets_of(tx.connection, fresh)
            values = [self._first_state(row, tickets) for row in fresh]
            self._name_sets(tx.connection, [*tickets.values(), *fresh])
            if values:
                dialects.insert_many(tx.connection, entity, values)
            again = self._write_changed(tx, [row for row in batch if key_of(row) in known], known)
        return again + LoadCount(inserted=len(fresh))

    def _first_state(self, row: Row, tickets: dict[str, Ticket]) -> dict[str, Any]:
        source = source_hash_of(row)
        ticket = None if isinstance(row, Ticket) else tickets.get(ticket_id_of(row))
        return columns_of(replace(row, version=1, last_edit=""), ticket, source)

    def _tickets_of(self, connection: Connection, rows: list[Row]) -> dict[str, Ticket]:
        tickets = {row.id: row for row in rows if isinstance(row, Ticket)}
        wanted = {ticket_id_of(row) for row in rows} - tickets.keys() - {""}
        for stored in _stored(connection, [("ticket", ticket_id) for ticket_id in wanted]).values():
            ticket = decode_row("ticket", stored.data)
            assert isinstance(ticket, Ticket)  # the key named the type
            tickets[ticket.id] = ticket
        return tickets

    def _name_sets(self, connection: Connection, rows: Iterable[Row]) -> None:
        for row in rows:
            for members in sets_of(row):
                if members not in self._named_sets:
                    self._named_sets.add(members)
                    store_unit_set(connection, members)

    def _load_logged(self, batch: list[Row]) -> LoadCount:
        with self._database.write() as tx:
            tx.lock(ROWS)
            known = _stored(tx.connection, [key_of(row) for row in batch])
            return self._write_changed(tx, batch, known)

    def _write_changed(self, tx: Transaction, rows: list[Row], known: dict[Key, Stored]) -> LoadCount:
        inserted = changed = 0
        writer = Writer(tx, at=self._clock.now())
        for row in rows:
            stored, source = known.get(key_of(row)), source_hash_of(row)
            if stored is None:
                writer.put(row, source_hash=source)
                inserted += 1
            elif stored.source_hash != source and (merged := _merge(row, stored)) is not None:
                writer.put(merged, source_hash=source)
                changed += 1
        return LoadCount(inserted, changed, len(rows) - inserted - changed)


def _merge(row: Row, stored: Stored) -> Row | None:
    """A row as its source now tells it, without undoing what the office did; None where the office's word stands.

    Of a ticket only those fields change that the source tells otherwise than at the last load, and no supervision,
    card, note of a leader or recusal is taken back. What the office keeps of units and colleagues stays.
    """
    present = decode_row(key_of(row)[0], stored.data)
    if isinstance(row, Ticket) and isinstance(present, Ticket):
        merged = replace(present, **told_anew(row, stored.source_hash))
        return replace(
            merged,
            version=present.version,
            last_edit=present.last_edit,
            supervised=merged.supervised or present.supervised,
            carded=merged.carded or present.carded,
            noted_by_leader=merged.noted_by_leader or present.noted_by_leader,
            recused_person_ids=present.recused_person_ids,
        )
    if not stored.last_edit:
        return row
    if isinstance(row, Unit) and isinstance(present, Unit):
        return replace(row, **{name: getattr(present, name) for name in DIRECTORY_FIELDS})
    if isinstance(row, Person) and isinstance(present, Person):
        return replace(row, assigned_unit_ids=present.assigned_unit_ids)
    return None


def _families(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the ticket they belong to, tickets before their children; reference rows stand alone, first."""
    families: dict[str, list[Row]] = {}
    reference: list[Row] = []
    for row in rows:
        ticket_id = ticket_id_of(row)
        if not ticket_id:
            reference.append(row)
        elif isinstance(row, Ticket):
            families.setdefault(ticket_id, []).insert(0, row)
        else:
            families.setdefault(ticket_id, []).append(row)
    return {f"\0{i}": [row] for i, row in enumerate(reference)} | families


def _batches(families: dict[str, list[Row]], size: int) -> Iterator[list[Row]]:
    """Whole families joined until ``size`` rows are reached."""
    batch: list[Row] = []
    for family in families.values():
        if batch and len(batch) + len(family) > size:
            yield batch
            batch = []
        batch.extend(family)
    if batch:
        yield batch


def _stored(connection: Connection, keys: list[Key]) -> dict[Key, Stored]:
    found: dict[Key, Stored] = {}
    for part in _parts(keys, _IN_ONE_QUERY):
        found |= read_stored(connection, part)
    return found


def _parts(values: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(values)
    while part := list(islice(iterator, size)):
        yield part
