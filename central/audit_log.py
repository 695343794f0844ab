"""The record as it is read: by a superior, page by page, and for one requester who asks who saw what.

Reading is an act of its own, on record before anything is sent. What is about a case that the reader is kept from is
not there for them. Names and numbers of citizens are in none of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Ticket, decode_row
from desktop.models.domain.oversight import AuditEntry, AuditPage, Chain, RequesterAccess
from desktop.models.domain.privacy import Viewer, is_confidential, is_superior
from desktop.models.domain.profile import RuleProfile

from .audit import EMPTY, Act, BrokenChain, Head, append_audit, audit_head, check_chain
from .audit_detail import detail_of, detail_values
from .database import Database
from .problems import ProblemError, not_found
from .scope_sql import visible
from .tables import account, audit, contact, entity
from .tokens import Session

_WHOLE_S = 3600.0
_MOST_ACCESSES = 5000


@dataclass(frozen=True)
class Wanted:
    """What a superior looks for; "" and None take everything. ``day`` is one of the office's calendar."""

    person: str = ""
    actions: tuple[str, ...] = ()
    ticket: str = ""
    day: date | None = None
    before: int | None = None
    limit: int = 100


@dataclass
class _Checked:
    """What the last check of the chain found."""

    head: Head = EMPTY
    whole_at: float | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class AuditLog:
    """Reads the record of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._checked = _Checked()

    def page(self, session: Session, wanted: Wanted, profile: RuleProfile) -> AuditPage:
        """One page, newest first, and what the check of the chain says now. Raises 403 for whoever is no superior."""
        viewer = _superior(session)
        asked = detail_of(
            person=wanted.person,
            actions=",".join(wanted.actions),
            ticket=wanted.ticket,
            day=wanted.day.isoformat() if wanted.day else "",
            before=wanted.before or "",
        )
        self._note(session, "audit.read", "audit", "", asked)
        with self._database.read() as connection:
            query = select(audit).where(_seen_by(viewer)).order_by(audit.c.seq.desc())
            for condition in _conditions(wanted, profile):
                query = query.where(condition)
            rows = connection.execute(query.limit(wanted.limit + 1)).all()
            more, rows = len(rows) > wanted.limit, rows[: wanted.limit]
            entries = _entries(connection, viewer, rows)
            people = _people(connection)
            chain = self._chain(connection)
        return AuditPage(
            entries=entries, next_before=rows[-1].seq if more else None, chain=chain, people=people
        )

    def access(self, session: Session, requester_id: str) -> RequesterAccess:
        """Who saw what of a requester, named by their contact's id or by a case of theirs. Raises 403, 404."""
        viewer = _superior(session)
        with self._database.read() as connection:
            contact_id = _contact_of(connection, viewer, requester_id)
        self._note(session, "access.read", "requester", contact_id, "")
        with self._database.read() as connection:
            return access_of(connection, contact_id, viewer)

    def _note(self, session: Session, action: str, object_type: str, object_id: str, detail: str) -> None:
        with self._database.write() as tx:
            act = Act(session.account.person_id, session.device_id, action, object_type, object_id, detail)
            append_audit(tx, act, self._clock.now())

    def _chain(self, connection: Connection) -> Chain:
        """Check what was written since the last check, once an hour everything."""
        checked, now = self._checked, self._clock.monotonic()
        with checked.lock:
            whole = checked.whole_at is None or now - checked.whole_at >= _WHOLE_S
            end = audit_head(connection)
            if checked.head.seq > end.seq and not whole:
                # another reader's transaction is newer than ours: what it found holds for our rows too
                return Chain(checked_at=self._clock.now(), rows=end.seq, head=str(end))
            kept = checked.head if checked.head.seq <= end.seq else EMPTY
            try:
                head = check_chain(connection, EMPTY if whole else kept, kept=kept)
            except BrokenChain as broken:
                return Chain(
                    checked_at=self._clock.now(), rows=broken.seq - 1, head=str(end), broken_at=broken.seq
                )
            checked.head, checked.whole_at = head, now if whole else checked.whole_at
        return Chain(checked_at=self._clock.now(), rows=head.seq, head=str(head))


def access_of(connection: Connection, contact_id: str, viewer: Viewer | None = None) -> RequesterAccess:
    """Who saw what of this requester: of all cases for None, who works at the server; else of those a viewer may see.

    Cases that are confidential, and reports, are left out for a viewer without the clearance: that they are this
    person's is what may not be told.
    """
    found = _cases_of(connection, contact_id, viewer)
    tickets = {
        ticket.id: ticket
        for ticket in found
        if viewer is None or viewer.cleared or not is_confidential(ticket)
    }
    ids = sorted(tickets)
    children = select(entity.c.id).where(entity.c.ticket_id.in_(ids), entity.c.type != "ticket")
    about = [audit.c.object_id.in_(ids), audit.c.object_id.in_(children)]
    if viewer is None or viewer.cleared:
        about.append(audit.c.object_id.in_(_calls_to(contact_id)))
    query = select(audit).where(or_(*about), audit.c.object_type != "audit").order_by(audit.c.seq)
    rows = connection.execute(query.limit(_MOST_ACCESSES)).all()
    return RequesterAccess(
        requester_id=contact_id,
        tickets=tuple(sorted(ticket.number for ticket in tickets.values())),
        entries=_entries(connection, viewer, rows),
        complete=viewer is None or viewer.cleared,
    )


def _superior(session: Session) -> Viewer:
    viewer = session.account.viewer
    if not is_superior(viewer):
        raise ProblemError(403, "role_not_allowed")
    return viewer


def _seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """Everything but what was done to a row that the reader may not see."""
    hidden = select(entity.c.id).where(
        entity.c.type == audit.c.object_type, entity.c.id == audit.c.object_id, ~visible(viewer, entity)
    )
    return ~exists(hidden)


def _conditions(wanted: Wanted, profile: RuleProfile) -> Iterable[ColumnElement[bool]]:
    if wanted.person:
        yield audit.c.person_id == wanted.person
    if wanted.actions:
        yield audit.c.action.in_(wanted.actions)
    if wanted.ticket:
        children = select(entity.c.id).where(entity.c.ticket_id == wanted.ticket, entity.c.type != "ticket")
        yield or_(audit.c.object_id == wanted.ticket, audit.c.object_id.in_(children))
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time(), profile.zone())
        yield audit.c.at >= start
        yield audit.c.at < datetime.combine(wanted.day + timedelta(days=1), time(), profile.zone())
    if wanted.before is not None:
        yield audit.c.seq < wanted.before


def _entries(connection: Connection, viewer: Viewer | None, rows: Sequence[Any]) -> tuple[AuditEntry, ...]:
    tickets = _tickets_behind(connection, {(row.object_type, row.object_id) for row in rows})
    names = _people(connection)
    return tuple(_entry(row, tickets.get(row.object_id), names, viewer) for row in rows)


def _entry(row: Any, ticket: Ticket | None, names: Mapping[str, str], viewer: Viewer | None) -> AuditEntry:
    told = detail_values(row.detail)
    secret = ticket is not None and ticket.level == "report" and viewer is not None and not viewer.cleared
    second = told.get("second", told.get("person", ""))
    return AuditEntry(
        seq=row.seq,
        at=row.at,
        action=row.action,
        person_id=row.person_id,
        person=names.get(row.person_id, row.person_id),
        device_id=row.device_id,
        object_type=row.object_type,
        object_id=row.object_id,
        ticket_id=ticket.id if ticket else "",
        ticket_number=ticket.number if ticket else "",
        field=told.get("field", ""),
        purpose=told.get("purpose", ""),
        reason="" if secret else told.get("reason", told.get("override", "")),
        second=names.get(second, second),
        code=told.get("code", ""),
        rows=int(told["rows"]) if told.get("rows", "").isdecimal() else 0,
        told_at=told.get("told_at", ""),
    )


def _people(connection: Connection) -> dict[str, str]:
    """The colleagues' names by their ids."""
    query = select(account.c.person_id, account.c.name).order_by(account.c.name)
    return {row.person_id: row.name for row in connection.execute(query)}


def _tickets_behind(connection: Connection, objects: set[tuple[str, str]]) -> dict[str, Ticket]:
    """The case of each object, by the object's id; nothing for objects of no case."""
    ids = sorted({object_id for _, object_id in objects if object_id})
    query = select(entity.c.type, entity.c.id, entity.c.ticket_id).where(_in(entity.c.id, ids))
    behind = {
        row.id: row.ticket_id or row.id
        for row in connection.execute(query)
        if (row.type, row.id) in objects and (row.ticket_id or row.type == "ticket")
    }
    wanted = select(entity.c.data).where(
        entity.c.type == "ticket", _in(entity.c.id, sorted(set(behind.values())))
    )
    tickets = _decoded(connection, wanted)
    return {object_id: tickets[t] for object_id, t in behind.items() if t in tickets}


def _cases_of(connection: Connection, contact_id: str, viewer: Viewer | None) -> Iterable[Ticket]:
    query = select(entity.c.data).where(entity.c.type == "ticket", entity.c.contact_id == contact_id)
    return _decoded(connection, query if viewer is None else query.where(visible(viewer, entity))).values()


def _decoded(connection: Connection, query: Select[Any]) -> dict[str, Ticket]:
    rows = (decode_row("ticket", data) for data in connection.execute(query).scalars())
    return {row.id: row for row in rows if isinstance(row, Ticket)}


def _calls_to(contact_id: str) -> Select[Any]:
    """The visits under which this person's number was given out: it is leased with all who share it."""
    key = select(contact.c.phone_key).where(contact.c.id == contact_id, contact.c.phone_key != "")
    same = select(contact.c.id).where(contact.c.phone_key.in_(key))
    return select(entity.c.id).where(entity.c.type == "visit", entity.c.contact_id.in_(same))


def _contact_of(connection: Connection, viewer: Viewer, requester_id: str) -> str:
    """The contact named by its own id or by a case. Raises 404, also where all their cases are out of sight."""
    case = select(entity.c.data).where(
        entity.c.type == "ticket", entity.c.id == requester_id, visible(viewer, entity)
    )
    named = _decoded(connection, case).get(requester_id)
    contact_id = named.contact_id if named is not None else requester_id
    if not contact_id:
        raise not_found()
    if not any(viewer.cleared or not is_confidential(t) for t in _cases_of(connection, contact_id, viewer)):
        raise not_found()
    return contact_id


def _in(column: Any, ids: Sequence[str]) -> ColumnElement[bool]:
    return column.in_(ids) if ids else false()
