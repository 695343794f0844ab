"""Leases: nobody is called twice. A lease holds every waiting visit of one person, and the person's number.

The number is held by its fingerprint, so that two tickets of one citizen collide too. Each key has one row, granted by
one guarded upsert, and its epoch only rises. Whoever claims first holds the person's key fast: what is then read of
rests, visits and leases is the latest, also where several processes grant. Real time counts here; only the rest after a
conversation and the hours of calling are office time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Visit, decode_row
from desktop.models.domain.ids import NewId
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact
from desktop.models.domain.return_visits import standing
from desktop.models.domain.wire import Lease, LeaseClaim, LeaseVisit

from .audit import Act, append_audit
from .database import Database, Transaction
from .lease_keys import (
    BLOCK,
    CALL,
    Holding,
    held_keys,
    holders_of,
    lease_visits,
    number_of,
    rests,
    take,
    visit_of,
    waiting_of,
)
from .problems import ProblemError, field_error, not_found
from .rechecks import kept_from
from .scope_sql import visible
from .tables import entity, lease, lease_key
from .tokens import Session
from .visit_policy import EARLY, attempts_of, may_call

_CANDIDATES = 2000
_TRIES = 50
CALLERS = frozenset({"return_visit", "officer"})
_OVERRIDERS = frozenset({"approve", "deputy_director"})
_PLAINLY = LeaseClaim()


class Leases:
    """The leases of one database. ``clock`` is real time, ``office`` the office's."""

    def __init__(self, database: Database, *, clock: Clock, office: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._office = office
        self._new_id = new_id

    def claim(
        self, session: Session, visit_id: str, profile: RuleProfile, asked: LeaseClaim = _PLAINLY
    ) -> Lease:
        """Lease a visit and all others waiting for the same person. A supervisor may, with a reason, override the rest
        after a conversation, and take a person over from a colleague who has not dialled.

        Raises 404 outside scope, 409 held | on_the_telephone | in_field_block | resting | assigned_to_other |
        visit_closed | other_channel | no_number | attempt_not_permitted.
        """
        check_caller(session.account.viewer)
        if (
            asked.override_reason or asked.takeover_reason
        ) and not session.account.viewer.roles & _OVERRIDERS:
            raise ProblemError(403, "override_not_permitted")
        return self._database.run(lambda tx: self._grant(tx, session, visit_id, profile, asked))

    def claim_next(self, session: Session, profile: RuleProfile) -> Lease | None:
        """Lease the visit that stands first in the queue for this person; None when none may be called now."""
        check_caller(session.account.viewer)
        with self._database.read() as connection:
            queue = callable_visits(
                connection, session.account.viewer, profile, now=self._clock.now(), office=self._office.now()
            )
        for visit in queue[:_TRIES]:
            try:
                return self._grant_one(session, visit.id, profile)
            except ProblemError as error:
                if error.status not in (404, 409):
                    raise
        return None

    def _grant_one(self, session: Session, visit_id: str, profile: RuleProfile) -> Lease:
        return self._database.run(lambda tx: self._grant(tx, session, visit_id, profile, _PLAINLY))

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
        held = held_keys(tx, lease_id)
        now = self._clock.now()
        free = {key.key for key in held if key.expires_at > now} - _awaited(tx.connection, lease_id)
        tx.connection.execute(update(lease_key).where(lease_key.c.key.in_(free)).values(expires_at=now))

    def _grant(
        self, tx: Transaction, session: Session, visit_id: str, profile: RuleProfile, asked: LeaseClaim
    ) -> Lease:
        viewer = session.account.viewer
        visit = visit_of(tx.connection, viewer, visit_id)
        number = number_of(tx.connection, visit)
        # From here on nobody frees this person's number before we have decided: what a call left behind is seen.
        tx.connection.execute(select(lease_key).where(lease_key.c.key == f"p:{number.key}").with_for_update())
        visit = visit_of(tx.connection, viewer, visit_id)
        if visit.state not in ("waiting", "booked"):
            raise ProblemError(409, "visit_closed", retry="after_pull")
        if visit.mode != "phone":
            raise ProblemError(409, "other_channel", retry="never")
        own = kept_from(tx.connection, viewer.person_id)
        if visit.assigned_to not in ("", viewer.person_id) or visit.id in own:
            raise ProblemError(409, "assigned_to_other", retry="after_pull")
        if not asked.override_reason and rests(tx.connection, number.key, self._office.now()):
            raise ProblemError(409, "resting", retry="backoff")
        allowed = may_call(profile, visit, attempts_of(tx.connection, [visit])[visit.id], self._office.now())
        if not allowed.allowed:
            raise field_error(409, "attempt_not_permitted", "/visit", allowed.reason or "", retry="backoff")
        waiting = waiting_of(tx.connection, viewer, visit, number.key)
        visits = [each for each in waiting if each.id not in own]
        keys = [f"p:{number.key}", *(f"v:{each.id}" for each in visits)]
        now = self._clock.now()
        former = self._stand_aside(tx, session, keys, asked)
        lease_id = self._new_id()
        until = now + timedelta(seconds=profile.lease.ttl_s)
        epoch = take(tx.connection, Holding(lease_id, viewer.person_id, session.device_id, until), keys, now)
        reason = redact(asked.takeover_reason) if former else ""
        tx.connection.execute(
            insert(lease).values(
                id=lease_id,
                person_id=viewer.person_id,
                device_id=session.device_id,
                epoch=epoch,
                granted_at=now,
                visit_ids=msgspec.json.encode([each.id for each in visits]).decode(),
                dialled=False,
                kind=CALL,
                taken_from=former,
                reason=reason,
            )
        )
        detail = f"visits={len(visits)}"
        if asked.override_reason:
            detail += f" override={redact(asked.override_reason)}"
        if former:
            detail += f" takeover={reason}"
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

    def _stand_aside(self, tx: Transaction, session: Session, keys: list[str], asked: LeaseClaim) -> str:
        """What holds these keys makes way for a takeover; the lease that did, "" = none.

        Nobody is taken over who may be ringing this person: a caller who has dialled, or one without a network.
        """
        mine = (session.account.person_id, session.device_id)
        now = self._clock.now()
        former = ""
        for held in holders_of(tx.connection, keys, now):
            own = (held.person_id, held.device_id) == mine
            if held.kind == BLOCK:
                raise ProblemError(409, "in_field_block", retry="backoff")
            if own or not asked.takeover_reason:
                continue  # what a colleague holds the guard refuses
            if held.dialled:
                raise ProblemError(409, "on_the_telephone", retry="backoff")
            former = held.id
            freed = update(lease_key).where(lease_key.c.lease_id == held.id, lease_key.c.expires_at > now)
            tx.connection.execute(freed.values(expires_at=now))
        return former

    def _extend(self, session: Session, lease_id: str, epoch: int, seconds: int, *, dialling: bool) -> Lease:
        return self._database.run(
            lambda tx: self._hold(tx, session, lease_id, epoch, seconds, dialling=dialling)
        )

    def _hold(
        self, tx: Transaction, session: Session, lease_id: str, epoch: int, seconds: int, *, dialling: bool
    ) -> Lease:
        current = _own_epoch(tx.connection, session, lease_id)
        held = held_keys(tx, lease_id)
        now = self._clock.now()  # once the keys are ours to change: waiting for them takes time
        keys = [key for key in held if key.expires_at > now]
        if current != epoch or not any(key.key.startswith("p:") for key in keys):
            taken = select(lease.c.id).where(lease.c.taken_from == lease_id)
            over = tx.connection.execute(taken.limit(1)).first() is not None
            raise ProblemError(410, "lease_taken_over" if over else "lease_expired")
        until = max(now + timedelta(seconds=seconds), *(key.expires_at for key in keys))
        tx.connection.execute(
            update(lease_key).where(lease_key.c.key.in_([key.key for key in keys])).values(expires_at=until)
        )
        if dialling:
            tx.connection.execute(update(lease).where(lease.c.id == lease_id).values(dialled=True))
        visits = lease_visits(tx.connection, [key.key[2:] for key in keys if key.key.startswith("v:")])
        return Lease(
            lease_id=lease_id,
            epoch=epoch,
            ttl_s=int((until - now).total_seconds()),
            visits=visits,
            phone="",
        )


def callable_visits(
    connection: Connection,
    viewer: Viewer,
    profile: RuleProfile,
    *,
    now: datetime,
    office: datetime,
    within: timedelta = timedelta(0),
) -> list[Visit]:
    """The visits that may be called now, or begin to be ``within`` a time, in the order of the queue.

    ``now`` is real time, ``office`` the office's.
    """
    held = set(connection.execute(select(lease_key.c.key).where(lease_key.c.expires_at > now)).scalars())
    own = kept_from(connection, viewer.person_id)
    query = (
        select(entity.c.data)
        .where(entity.c.type == "visit", entity.c.state.in_(("booked", "waiting")), visible(viewer, entity))
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
    places = [(standing(profile, visit, attempts[visit.id], office), visit) for visit in visits]
    ready = [
        (place.rank, visit)
        for place, visit in places
        if place.next_at is not None
        and place.next_at - (EARLY if place.why == "booked" else timedelta(0)) <= office + within
    ]
    return [visit for _, visit in sorted(ready, key=lambda pair: pair[0])]


def check_caller(viewer: Viewer) -> None:
    """Raises 403 for everybody who calls nobody."""
    if not viewer.roles & CALLERS:
        raise ProblemError(403, "role_not_allowed")


def _own_epoch(connection: Connection, session: Session, lease_id: str) -> int:
    """The epoch of one of the caller's own leases for a call. Raises 404 for any other."""
    mine = (lease.c.person_id == session.account.person_id) & (lease.c.device_id == session.device_id)
    query = select(lease.c.epoch).where(lease.c.id == lease_id, mine, lease.c.kind == CALL)
    epoch = connection.execute(query).scalar()
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
