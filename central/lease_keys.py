"""What a lease holds, in one place for calls and field blocks: a person's number and the visits that wait for it.

Each key has one row and its epoch only rises: see ``leases``. Knows neither session nor answer of an endpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Visit, decode_row
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.wire import LeaseVisit

from . import dialects
from .database import Transaction
from .problems import ProblemError, not_found
from .scope_sql import visible
from .tables import contact, entity, lease, lease_key, phone_rest

CALL, BLOCK = "call", "block"
"""What ``lease.kind`` says: one person to be called now; several, for somebody who goes without a network."""


@dataclass(frozen=True)
class Number:
    """A citizen's number: its fingerprint, and as it is dialled."""

    key: str
    phone: str
    sample: bool


def lease_stands(connection: Connection, visit_id: str, *, lease_id: str, epoch: int, person_id: str) -> bool:
    """Whether an outcome was made under the latest lease of the visit, even if that has expired meanwhile."""
    found = connection.execute(select(lease_key).where(lease_key.c.key == f"v:{visit_id}")).first()
    return (
        found is not None
        and found.lease_id == lease_id
        and found.epoch == epoch
        and found.person_id == person_id
    )


def is_held(connection: Connection, visit_id: str, now: datetime) -> bool:
    """Whether somebody holds the visit at this (real) moment, for a call or in a field block."""
    key = lease_key.c.key == f"v:{visit_id}"
    until = connection.execute(select(lease_key.c.expires_at).where(key)).scalar()
    return until is not None and until > now


def rest_number(connection: Connection, contact_id: str, until: datetime) -> None:
    """After a conversation the person's number rests until then (office time); an earlier rest is only prolonged."""
    key = connection.execute(select(contact.c.phone_key).where(contact.c.id == contact_id)).scalar()
    if key:
        statement = dialects.insert(connection, phone_rest).values(phone_key=key, until=until)
        later = {"until": statement.excluded.until}
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["phone_key"], set_=later, where=phone_rest.c.until < statement.excluded.until
            )
        )


def handled_by(viewer: Viewer) -> ColumnElement[bool]:
    """In scope; behind a report only for cleared callers: an officer sees that number by two persons or not at all."""
    if viewer.cleared and "return_visit" in viewer.roles:
        return visible(viewer, entity)
    return visible(viewer, entity) & (entity.c.level != "report")


def visit_of(connection: Connection, viewer: Viewer, visit_id: str) -> Visit:
    data = connection.execute(
        select(entity.c.data).where(entity.c.type == "visit", entity.c.id == visit_id, handled_by(viewer))
    ).scalar()
    visit = None if data is None else decode_row("visit", data)
    if not isinstance(visit, Visit):
        raise not_found()
    return visit


def number_of(connection: Connection, visit: Visit) -> Number:
    found = connection.execute(select(contact).where(contact.c.id == visit.contact_id)).first()
    if found is None or not found.phone_key:
        raise ProblemError(409, "no_number")
    return Number(found.phone_key, found.phone, found.sample)


def waiting_of(connection: Connection, viewer: Viewer, first: Visit, phone_key: str) -> list[Visit]:
    """Every visit waiting for the person behind the number, the claimed one first."""
    people = select(contact.c.id).where(contact.c.phone_key == phone_key)
    query = select(entity.c.data).where(
        entity.c.type == "visit",
        entity.c.contact_id.in_(people),
        entity.c.state.in_(("waiting", "booked")),
        entity.c.id != first.id,
        handled_by(viewer),
    )
    others = [
        visit
        for (data,) in connection.execute(query.order_by(entity.c.due_at, entity.c.id))
        if isinstance(visit := decode_row("visit", data), Visit)
        and visit.mode == "phone"
        and visit.assigned_to in ("", viewer.person_id)
    ]
    return [first, *others]


def held_keys(tx: Transaction, lease_id: str) -> Sequence[Any]:
    """The keys that still name this lease, theirs until the commit: nobody else takes or frees them meanwhile."""
    query = select(lease_key).where(lease_key.c.lease_id == lease_id).order_by(lease_key.c.key)
    return tx.connection.execute(query.with_for_update()).all()


def rests(connection: Connection, key: str, now: datetime) -> bool:
    """Whether a number rests after a conversation; ``now`` is office time."""
    until = connection.execute(select(phone_rest.c.until).where(phone_rest.c.phone_key == key)).scalar()
    return until is not None and until > now


@dataclass(frozen=True)
class Holding:
    """Whose keys are taken, under which lease and until when (real time)."""

    lease_id: str
    person_id: str
    device_id: str
    until: datetime


def take(connection: Connection, holding: Holding, keys: Sequence[str], now: datetime) -> int:
    """Take every key, or none: the guard of the upsert lets a key pass only if nobody else holds it; the epoch.

    Raises 409 held, and with it the caller's transaction ends.
    """
    epochs = connection.execute(select(lease_key.c.epoch).where(lease_key.c.key.in_(keys))).scalars()
    epoch = max(epochs, default=0) + 1
    for key in keys:
        statement = dialects.insert(connection, lease_key).values(
            key=key,
            lease_id=holding.lease_id,
            person_id=holding.person_id,
            device_id=holding.device_id,
            epoch=epoch,
            expires_at=holding.until,
        )
        free = or_(
            lease_key.c.expires_at <= now,
            (lease_key.c.person_id == holding.person_id) & (lease_key.c.device_id == holding.device_id),
        )
        names = ("lease_id", "person_id", "device_id", "epoch", "expires_at")
        taken = connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"],
                set_={name: statement.excluded[name] for name in names},
                where=free & (lease_key.c.epoch < epoch),
            ).returning(lease_key.c.key)
        )
        if taken.first() is None:
            raise ProblemError(409, "held", retry="backoff")
    return epoch


def holders_of(connection: Connection, keys: Iterable[str], now: datetime) -> Sequence[Any]:
    """The leases that hold any of these keys now."""
    query = (
        select(lease)
        .where(
            lease.c.id.in_(
                select(lease_key.c.lease_id).where(
                    lease_key.c.key.in_(list(keys)), lease_key.c.expires_at > now
                )
            )
        )
        .order_by(lease.c.id)
    )
    return connection.execute(query).all()


def lease_visits(connection: Connection, visit_ids: Sequence[str]) -> tuple[LeaseVisit, ...]:
    query = select(entity.c.id, entity.c.ticket_id).where(
        entity.c.type == "visit", entity.c.id.in_(visit_ids)
    )
    tickets = {row.id: row.ticket_id for row in connection.execute(query)}
    return tuple(LeaseVisit(visit_id=each, ticket_id=tickets[each]) for each in visit_ids if each in tickets)
