"""Field blocks: visits that somebody takes along to call without a network; and who has whom in hand, for colleagues.

A block is a lease of several people for hours. Nobody else claims them and nobody takes them over, for whoever is on
the way hears of neither; their numbers are sent once, after the audit row. It ends by itself: no call begins after
``until``, and the keys are held for the length of one call beyond. Reports are never taken along.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Visit
from desktop.models.domain.ids import NewId
from desktop.models.domain.privacy import SUPERIORS
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import (
    BlockCall,
    FieldBlock,
    LeaseHolder,
    LeaseHolders,
    LeaseVisit,
    NewFieldBlock,
    TakenOver,
)

from .audit import Act, append_audit
from .database import Database, Transaction
from .lease_keys import BLOCK, Holding, Number, number_of, rests, take, waiting_of
from .leases import CALLERS, callable_visits, check_caller
from .problems import ProblemError, field_error, not_found
from .rechecks import kept_from
from .scope_sql import visible
from .tables import account, entity, lease, lease_key
from .tokens import Session

_VISIT = func.substr(lease_key.c.key, 3)
"""The visit that a key "v:…" is of."""
_TOLD_FOR = timedelta(minutes=30)
"""How long a device is told that somebody was taken over from it."""


class FieldBlocks:
    """The field blocks of one database. ``clock`` is real time, ``office`` the office's."""

    def __init__(self, database: Database, *, clock: Clock, office: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._office = office
        self._new_id = new_id

    # -- taken along -------------------------------------------------------------------------------------------

    def take(self, session: Session, asked: NewFieldBlock, profile: RuleProfile) -> FieldBlock:
        """The first of the queue who may be called within the time asked for, with their numbers.

        A block that stands in this person's name on this device is given back with it. Raises 403, 422 beyond the
        profile's bounds, 409 no_visit | held.
        """
        check_caller(session.account.viewer)
        if asked.visits > profile.lease.block_visits:
            raise field_error(422, "block_too_large", "/visits", str(profile.lease.block_visits))
        if asked.minutes > profile.lease.block_hours * 60:
            raise field_error(422, "block_too_long", "/minutes", str(profile.lease.block_hours))
        return self._database.run(lambda tx: self._take(tx, session, asked, profile))

    def _take(
        self, tx: Transaction, session: Session, asked: NewFieldBlock, profile: RuleProfile
    ) -> FieldBlock:
        viewer, connection = session.account.viewer, tx.connection
        self._free(tx, session)
        now, within = self._clock.now(), timedelta(minutes=asked.minutes)
        queue = callable_visits(
            connection, viewer, profile, now=now, office=self._office.now(), within=within
        )
        people = self._people(connection, session, queue, asked.visits)
        if not people:
            raise ProblemError(409, "no_visit", retry="backoff")
        keys = sorted(
            {f"p:{number.key}" for number, _ in people}
            | {f"v:{v.id}" for _, visits in people for v in visits}
        )
        # In one order, whoever asks: two blocks that wait for each other's people would wait for ever.
        connection.execute(
            select(lease_key).where(lease_key.c.key.in_(keys)).order_by(lease_key.c.key).with_for_update()
        )
        now = self._clock.now()
        block_id, until = self._new_id(), now + within
        holds = until + timedelta(seconds=profile.lease.dialling_s)
        epoch = take(connection, Holding(block_id, viewer.person_id, session.device_id, holds), keys, now)
        visit_ids = [visit.id for _, visits in people for visit in visits]
        connection.execute(
            insert(lease).values(
                id=block_id,
                person_id=viewer.person_id,
                device_id=session.device_id,
                epoch=epoch,
                granted_at=now,
                visit_ids=msgspec.json.encode(visit_ids).decode(),
                dialled=False,
                kind=BLOCK,
                until=until,
            )
        )
        detail = f"visits={len(visit_ids)} minutes={asked.minutes}"
        append_audit(tx, Act(viewer.person_id, session.device_id, "block", "lease", block_id, detail), now)
        for visit_id in visit_ids:
            act = Act(viewer.person_id, session.device_id, "lease", "visit", visit_id, "field_block=1")
            append_audit(tx, act, now)
        return FieldBlock(
            block_id=block_id,
            epoch=epoch,
            until=until,
            seconds=asked.minutes * 60,
            calls=tuple(
                BlockCall(
                    visits=tuple(LeaseVisit(visit_id=v.id, ticket_id=v.ticket_id) for v in visits),
                    phone=number.phone,
                    sample=number.sample,
                )
                for number, visits in people
            ),
        )

    def _people(
        self, connection: Connection, session: Session, queue: list[Visit], most: int
    ) -> list[tuple[Number, list[Visit]]]:
        """Whoever stands first in the queue with all that waits for them, as many as ``most`` visits are."""
        viewer, office, now = session.account.viewer, self._office.now(), self._clock.now()
        own = kept_from(connection, viewer.person_id)
        found: dict[str, tuple[Number, list[Visit]]] = {}
        left = most
        for visit in queue:
            if left <= 0:
                break
            if visit.level == "report":
                continue
            try:
                number = number_of(connection, visit)
            except ProblemError:
                continue  # whoever has no number is called by nobody
            if number.key in found or rests(connection, number.key, office):
                continue
            waiting = [
                each
                for each in waiting_of(connection, viewer, visit, number.key)
                if each.id not in own and each.level != "report"
            ]
            keys = [f"p:{number.key}", *(f"v:{each.id}" for each in waiting)]
            held = select(lease_key.c.key).where(lease_key.c.key.in_(keys), lease_key.c.expires_at > now)
            if len(waiting) > left or connection.execute(held.limit(1)).first() is not None:
                continue
            found[number.key] = (number, waiting)
            left -= len(waiting)
        return list(found.values())

    def give_back(self, session: Session, block_id: str) -> None:
        """Before its time, once every record made under it has been sent. Raises 404 for anybody else's."""
        self._database.run(lambda tx: self._give_back(tx, session, block_id))

    def _give_back(self, tx: Transaction, session: Session, block_id: str) -> None:
        if not self._free(tx, session, block_id):
            raise not_found()

    def _free(self, tx: Transaction, session: Session, block_id: str = "") -> bool:
        """End the block that stands on this device, or the one named; whether there was one."""
        now = self._clock.now()
        mine = (
            (lease.c.kind == BLOCK)
            & (lease.c.person_id == session.account.person_id)
            & (lease.c.device_id == session.device_id)
        )
        named = lease.c.id == block_id if block_id else lease.c.id.in_(_holding(now))
        ids = list(tx.connection.execute(select(lease.c.id).where(mine, named)).scalars())
        held = select(lease_key.c.key).where(lease_key.c.lease_id.in_(ids), lease_key.c.expires_at > now)
        keys = list(tx.connection.execute(held.order_by(lease_key.c.key).with_for_update()).scalars())
        tx.connection.execute(update(lease_key).where(lease_key.c.key.in_(keys)).values(expires_at=now))
        for each in ids if keys else ():
            act = Act(session.account.person_id, session.device_id, "block_back", "lease", each, "")
            append_audit(tx, act, now)
        return bool(ids)

    # -- who has whom in hand ----------------------------------------------------------------------------------

    def holders(self, session: Session) -> LeaseHolders:
        """Of the visits this person sees. Raises 403 for units."""
        viewer = session.account.viewer
        if not viewer.roles & (CALLERS | SUPERIORS):
            raise ProblemError(403, "role_not_allowed")
        now = self._clock.now()
        mine = (viewer.person_id, session.device_id)
        with self._database.read() as connection:
            held = (
                select(
                    entity.c.id.label("visit_id"),
                    lease.c.id,
                    lease.c.person_id,
                    lease.c.device_id,
                    lease.c.granted_at,
                    lease.c.kind,
                    lease.c.dialled,
                    lease.c.until,
                    lease_key.c.expires_at,
                    account.c.name,
                )
                .select_from(lease_key)
                .join(lease, lease.c.id == lease_key.c.lease_id)
                .join(account, account.c.person_id == lease.c.person_id)
                .join(entity, (entity.c.type == "visit") & (entity.c.id == _VISIT))
                .where(lease_key.c.expires_at > now, lease_key.c.key.like("v:%"), visible(viewer, entity))
                .order_by(entity.c.id)
            )
            rows = connection.execute(held).all()
            taken = self._taken_over(connection, mine)
        return LeaseHolders(
            holders=tuple(_holder(row, mine) for row in rows),
            taken_over=taken,
            block_id=next(
                (row.id for row in rows if row.kind == BLOCK and (row.person_id, row.device_id) == mine), ""
            ),
        )

    def _taken_over(self, connection: Connection, mine: tuple[str, str]) -> tuple[TakenOver, ...]:
        former = lease.alias("former")
        query = (
            select(lease.c.visit_ids, lease.c.granted_at, lease.c.reason, account.c.name)
            .select_from(lease)
            .join(former, former.c.id == lease.c.taken_from)
            .join(account, account.c.person_id == lease.c.person_id)
            .where(
                lease.c.taken_from != "",
                former.c.person_id == mine[0],
                former.c.device_id == mine[1],
                lease.c.granted_at > self._clock.now() - _TOLD_FOR,
            )
        )
        return tuple(
            TakenOver(visit_id=visit_id, by_name=row.name, at=row.granted_at, reason=row.reason[:200])
            for row in connection.execute(query)
            for visit_id in msgspec.json.decode(row.visit_ids, type=list[str])
        )


def _holding(now: Any) -> Any:
    """The leases that hold any key now."""
    return select(lease_key.c.lease_id).where(lease_key.c.expires_at > now)


def _holder(row: Any, mine: tuple[str, str]) -> LeaseHolder:
    return LeaseHolder(
        visit_id=row.visit_id,
        person_id=row.person_id,
        name=row.name,
        since=row.granted_at,
        until=row.until or row.expires_at,
        dialled=row.dialled,
        block=row.kind == BLOCK,
        mine=(row.person_id, row.device_id) == mine,
    )
