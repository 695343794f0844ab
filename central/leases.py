"""Leases: nobody is called twice. A lease holds every waiting visit of one person, and the person's number.

The number is held by its fingerprint, so that two tickets of one citizen collide too. Each key has one row, granted by
one guarded upsert, and its epoch only rises. Whoever claims first holds the person's key fast: what is then read of
rests, visits and leases is the latest, also where several processes grant. Real time counts here; only the rest after a
conversation and the hours of calling are office time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Visit, decode_row
from desktop.models.domain.ids import NewId
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact
from desktop.models.domain.return_visits import standing
from desktop.models.domain.wire import Lease, LeaseVisit

from . import dialects
from .audit import Act, append_audit
from .database import Database, Transaction
from .problems import ProblemError, field_error, not_found
from .rechecks import kept_from
from .scope_sql import visible
from .tables import contact, entity, lease, lease_key, phone_rest
from .tokens import Session
from .visit_policy import EARLY, attempts_of, may_call

_CANDIDATES = 2000
_TRIES = 50
_CALLERS = frozenset({"return_visit", "officer"})
_OVERRIDERS = frozenset({"approve", "deputy_director"})


@dataclass(frozen=True)
class _Number:
    key: str
    phone: str
    sample: bool


class Leases:
    """The leases of one database. ``clock`` is real time, ``office`` the office's."""

    def __init__(self, database: Database, *, clock: Clock, office: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._office = office
        self._new_id = new_id

    def claim(
        self, session: Session, visit_id: str, profile: RuleProfile, override_reason: str = ""
    ) -> Lease:
        """Lease a visit and all others waiting for the same person. A supervisor may override the rest after a
        conversation with a reason.

        Raises 404 outside scope, 409 held | resting | assigned_to_other | visit_closed | no_number |
        attempt_not_permitted.
        """
        _check_caller(session.account.viewer)
        if override_reason and not session.account.viewer.roles & _OVERRIDERS:
            raise ProblemError(403, "override_not_permitted")
        return self._database.run(lambda tx: self._grant(tx, session, visit_id, profile, override_reason))

    def claim_next(self, session: Session, profile: RuleProfile) -> Lease | None:
        """Lease the visit that stands first in the queue for this person; None when none may be called now."""
        _check_caller(session.account.viewer)
        with self._database.read() as connection:
            queue = self._queue(connection, session.account.viewer, profile)
        for visit in queue[:_TRIES]:
            try:
                return self._grant_one(session, visit.id, profile)
            except ProblemError as error:
                if error.status not in (404, 409):
                    raise
        return None

    def _grant_one(self, session: Session, visit_id: str, profile: RuleProfile) -> Lease:
        return self._database.run(lambda tx: self._grant(tx, session, visit_id, profile, ""))

    def renew(self, session: Session, lease_id: str, epoch: int, profile: RuleProfile) -> Lease:
        """Hold on for another ``ttl_s``. Raises 404 for somebody else's, 410 once it has expired."""
        return self._extend(session, lease_id, epoch, profile.lease.ttl_s, dialling=False)

    def dialling(self, session: Session, lease_id: str, epoch: int, profile: RuleProfile) -> Lease:
        """The call begins: hold on for the length of a call. Raises 404, 410."""
        return self._extend(session, lease_id, epoch, profile.lease.dialling_s, dialling=True)

    def release(self, session: Session, lease_id: str) -> None:
        """Give the lease back; one that has expired is given back already. Raises 404 for somebody else's.

        Whoever was dialled and has no outcome here yet stays held as long as a call may last: the record may still be
        on its way from a desk that lost its network, and nobody else is to call meanwhile.
        """
        self._database.run(lambda tx: self._release(tx, session, lease_id))

    def _release(self, tx: Transaction, session: Session, lease_id: str) -> None:
        _own_epoch(tx.connection, session, lease_id)
        held = _held_keys(tx, lease_id)
        now = self._clock.now()
        free = {key.key for key in held if key.expires_at > now} - _awaited(tx.connection, lease_id)
        tx.connection.execute(update(lease_key).where(lease_key.c.key.in_(free)).values(expires_at=now))

    def _queue(self, connection: Connection, viewer: Viewer, profile: RuleProfile) -> list[Visit]:
        """The visits that may be called now, in the order of the queue."""
        now = self._office.now()
        held = set(
            connection.execute(
                select(lease_key.c.key).where(lease_key.c.expires_at > self._clock.now())
            ).scalars()
        )
        own = kept_from(connection, viewer.person_id)
        query = (
            select(entity.c.data)
            .where(
                entity.c.type == "visit", entity.c.state.in_(("booked", "waiting")), visible(viewer, entity)
            )
            .order_by(entity.c.state, entity.c.due_at, entity.c.id)
            .limit(_CANDIDATES)
        )
        visits = [
            visit
            for (data,) in connection.execute(query)
            if isinstance(visit := decode_row("visit", data), Visit)
            and visit.mode == "phone"
            and visit.assigned_to in ("", viewer.person_id)
            and f"v:{visit.id}" not in held
            and visit.id not in own
        ]
        attempts = attempts_of(connection, visits)
        places = [(standing(profile, visit, attempts[visit.id], now), visit) for visit in visits]
        ready = [
            (place.rank, visit)
            for place, visit in places
            if place.next_at is not None
            and place.next_at - (EARLY if place.why == "booked" else timedelta(0)) <= now
        ]
        return [visit for _, visit in sorted(ready, key=lambda pair: pair[0])]

    def _grant(
        self, tx: Transaction, session: Session, visit_id: str, profile: RuleProfile, override_reason: str
    ) -> Lease:
        viewer = session.account.viewer
        visit = _visit(tx.connection, viewer, visit_id)
        number = _number(tx.connection, visit)
        # From here on nobody frees this person's number before we have decided: what a call left behind is seen.
        tx.connection.execute(select(lease_key).where(lease_key.c.key == f"p:{number.key}").with_for_update())
        visit = _visit(tx.connection, viewer, visit_id)
        if visit.state not in ("waiting", "booked"):
            raise ProblemError(409, "visit_closed", retry="after_pull")
        own = kept_from(tx.connection, viewer.person_id)
        if visit.assigned_to not in ("", viewer.person_id) or visit.id in own:
            raise ProblemError(409, "assigned_to_other", retry="after_pull")
        if not override_reason and self._rests(tx.connection, number.key):
            raise ProblemError(409, "resting", retry="backoff")
        allowed = may_call(profile, visit, attempts_of(tx.connection, [visit])[visit.id], self._office.now())
        if not allowed.allowed:
            raise field_error(409, "attempt_not_permitted", "/visit", allowed.reason or "", retry="backoff")
        waiting = _waiting_of(tx.connection, viewer, visit, number.key)
        visits = [each for each in waiting if each.id not in own]
        keys = [f"p:{number.key}", *(f"v:{each.id}" for each in visits)]
        lease_id = self._new_id()
        epoch = self._take(tx.connection, session, lease_id, keys, timedelta(seconds=profile.lease.ttl_s))
        now = self._clock.now()
        tx.connection.execute(
            insert(lease).values(
                id=lease_id,
                person_id=viewer.person_id,
                device_id=session.device_id,
                epoch=epoch,
                granted_at=now,
                visit_ids=msgspec.json.encode([each.id for each in visits]).decode(),
                dialled=False,
            )
        )
        detail = f"visits={len(visits)}"
        if override_reason:
            detail += f" override={redact(override_reason)}"
        act = Act(viewer.person_id, session.device_id, "lease", "visit", visit.id, detail)
        append_audit(tx, act, now)
        return Lease(
            lease_id=lease_id,
            epoch=epoch,
            ttl_s=profile.lease.ttl_s,
            visits=tuple(LeaseVisit(visit_id=each.id, ticket_id=each.ticket_id) for each in visits),
            phone=number.phone,
            sample=number.sample,
        )

    def _rests(self, connection: Connection, key: str) -> bool:
        until = connection.execute(select(phone_rest.c.until).where(phone_rest.c.phone_key == key)).scalar()
        return until is not None and until > self._office.now()

    def _take(
        self, connection: Connection, session: Session, lease_id: str, keys: list[str], ttl: timedelta
    ) -> int:
        """Take every key, or none: the guard of the upsert lets a key pass only if nobody else holds it."""
        person_id = session.account.person_id
        epochs = connection.execute(select(lease_key.c.epoch).where(lease_key.c.key.in_(keys))).scalars()
        epoch = max(epochs, default=0) + 1
        now = self._clock.now()
        for key in keys:
            statement = dialects.insert(connection, lease_key).values(
                key=key,
                lease_id=lease_id,
                person_id=person_id,
                device_id=session.device_id,
                epoch=epoch,
                expires_at=now + ttl,
            )
            free = or_(
                lease_key.c.expires_at <= now,
                (lease_key.c.person_id == person_id) & (lease_key.c.device_id == session.device_id),
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

    def _extend(self, session: Session, lease_id: str, epoch: int, seconds: int, *, dialling: bool) -> Lease:
        return self._database.run(
            lambda tx: self._hold(tx, session, lease_id, epoch, seconds, dialling=dialling)
        )

    def _hold(
        self, tx: Transaction, session: Session, lease_id: str, epoch: int, seconds: int, *, dialling: bool
    ) -> Lease:
        current = _own_epoch(tx.connection, session, lease_id)
        held = _held_keys(tx, lease_id)
        now = self._clock.now()  # once the keys are ours to change: waiting for them takes time
        keys = [key for key in held if key.expires_at > now]
        if current != epoch or not any(key.key.startswith("p:") for key in keys):
            raise ProblemError(410, "lease_expired")
        until = max(now + timedelta(seconds=seconds), *(key.expires_at for key in keys))
        tx.connection.execute(
            update(lease_key).where(lease_key.c.key.in_([key.key for key in keys])).values(expires_at=until)
        )
        if dialling:
            tx.connection.execute(update(lease).where(lease.c.id == lease_id).values(dialled=True))
        visits = _lease_visits(tx.connection, [key.key[2:] for key in keys if key.key.startswith("v:")])
        return Lease(
            lease_id=lease_id,
            epoch=epoch,
            ttl_s=int((until - now).total_seconds()),
            visits=visits,
            phone="",
        )


def lease_stands(connection: Connection, visit_id: str, *, lease_id: str, epoch: int, person_id: str) -> bool:
    """Whether an outcome was made under the latest lease of the visit, even if that has expired meanwhile."""
    found = connection.execute(select(lease_key).where(lease_key.c.key == f"v:{visit_id}")).first()
    return (
        found is not None
        and found.lease_id == lease_id
        and found.epoch == epoch
        and found.person_id == person_id
    )


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


def _check_caller(viewer: Viewer) -> None:
    if not viewer.roles & _CALLERS:
        raise ProblemError(403, "role_not_allowed")


def _handled_by(viewer: Viewer) -> ColumnElement[bool]:
    """In scope; behind a report only for cleared callers: an officer sees that number by two persons or not at all."""
    if viewer.cleared and "return_visit" in viewer.roles:
        return visible(viewer, entity)
    return visible(viewer, entity) & (entity.c.level != "report")


def _visit(connection: Connection, viewer: Viewer, visit_id: str) -> Visit:
    data = connection.execute(
        select(entity.c.data).where(entity.c.type == "visit", entity.c.id == visit_id, _handled_by(viewer))
    ).scalar()
    visit = None if data is None else decode_row("visit", data)
    if not isinstance(visit, Visit):
        raise not_found()
    return visit


def _number(connection: Connection, visit: Visit) -> _Number:
    found = connection.execute(select(contact).where(contact.c.id == visit.contact_id)).first()
    if found is None or not found.phone_key:
        raise ProblemError(409, "no_number")
    return _Number(found.phone_key, found.phone, found.sample)


def _waiting_of(connection: Connection, viewer: Viewer, first: Visit, phone_key: str) -> list[Visit]:
    """Every visit waiting for the person behind the number, the claimed one first."""
    people = select(contact.c.id).where(contact.c.phone_key == phone_key)
    query = select(entity.c.data).where(
        entity.c.type == "visit",
        entity.c.contact_id.in_(people),
        entity.c.state.in_(("waiting", "booked")),
        entity.c.id != first.id,
        _handled_by(viewer),
    )
    others = [
        visit
        for (data,) in connection.execute(query.order_by(entity.c.due_at, entity.c.id))
        if isinstance(visit := decode_row("visit", data), Visit)
        and visit.assigned_to in ("", viewer.person_id)
    ]
    return [first, *others]


def _own_epoch(connection: Connection, session: Session, lease_id: str) -> int:
    """The epoch of one of the caller's own leases. Raises 404 for any other."""
    mine = (lease.c.person_id == session.account.person_id) & (lease.c.device_id == session.device_id)
    epoch = connection.execute(select(lease.c.epoch).where(lease.c.id == lease_id, mine)).scalar()
    if epoch is None:
        raise not_found()
    return int(epoch)


def _awaited(connection: Connection, lease_id: str) -> set[str]:
    """The keys that must wait for an outcome: of the visits of a dialled lease that have none, and of their person."""
    found = connection.execute(select(lease).where(lease.c.id == lease_id)).one()
    if not found.dialled:
        return set()
    visit_ids = msgspec.json.decode(found.visit_ids, type=list[str])
    query = select(entity.c.data).where(entity.c.type == "visit", entity.c.id.in_(visit_ids))
    visits = [v for (data,) in connection.execute(query) if isinstance(v := decode_row("visit", data), Visit)]
    attempts = attempts_of(connection, visits)
    owed = {
        f"v:{visit.id}"
        for visit in visits
        if visit.state in ("waiting", "booked") and all(a.lease_id != lease_id for a in attempts[visit.id])
    }
    if owed:
        keys = select(lease_key.c.key).where(lease_key.c.lease_id == lease_id, lease_key.c.key.like("p:%"))
        owed.update(connection.execute(keys).scalars())
    return owed


def _held_keys(tx: Transaction, lease_id: str) -> Sequence[Any]:
    """The keys that still name this lease, theirs until the commit: nobody else takes or frees them meanwhile."""
    query = select(lease_key).where(lease_key.c.lease_id == lease_id).order_by(lease_key.c.key)
    return tx.connection.execute(query.with_for_update()).all()


def _lease_visits(connection: Connection, visit_ids: Sequence[str]) -> tuple[LeaseVisit, ...]:
    query = select(entity.c.id, entity.c.ticket_id).where(
        entity.c.type == "visit", entity.c.id.in_(visit_ids)
    )
    tickets = {row.id: row.ticket_id for row in connection.execute(query)}
    return tuple(LeaseVisit(visit_id=each, ticket_id=tickets[each]) for each in visit_ids if each in tickets)
