"""Seeing behind a report (举报) takes two persons: one asks and says why, another agrees, the first sees it once.

Each step is a row of the audit log, committed before anything is answered. Both must be cleared officers who may see
the case, at every step anew; both act on machines of their own; a step that is not taken in time lapses.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, bindparam, insert, or_, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Ticket, decode_row
from desktop.models.domain.oversight import AskState, ReportAsk, ReportDecision, ReportReveal, ReportReveals
from desktop.models.domain.privacy import REVEALERS, Viewer, may_see, scope_of
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact
from desktop.models.domain.wire import Revealed

from .accounts import account_from, account_of
from .audit import Act, append_audit
from .audit_detail import detail_of
from .database import Database, Transaction
from .problems import ProblemError, field_error, not_found
from .reveal import check_limit, check_purpose, find_ticket, read_value
from .scope_sql import visible
from .tables import account, entity, report_reveal
from .tokens import Session

_SHOWN_FOR = timedelta(days=1)
_MOST = 200
_REASON_AT_LEAST = 4
_Step = Literal["asked", "agreed", "declined", "withdrawn"]


class ReportRevealDesk:
    """The requests of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ask(self, session: Session, asked: ReportAsk, profile: RuleProfile) -> tuple[ReportReveal, bool]:
        """Ask; True where the request is new. The same request asked again is answered as it stands.

        Raises 404 outside scope, 403 for whoever may not, 409 for a case that is no report or an id that stands for
        another request, 422 for an unknown purpose, 429 past the hourly limit.
        """
        viewer = session.account.viewer
        check_purpose(profile, asked.purpose)
        now = self._clock.now()
        with self._database.write() as tx:
            tx.lock(f"reveals:{viewer.person_id}")
            ticket = find_ticket(tx.connection, viewer, asked.ticket_id)
            _check_party(viewer)
            if ticket.level != "report":
                raise ProblemError(409, "not_a_report")
            if not ticket.contact_id and asked.field != "request_text":
                raise not_found()  # an anonymous report: there is nobody behind it
            found = tx.connection.execute(_BY_ID, {"id": asked.id}).first()
            if found is not None:
                if (found.asked_by, found.ticket_id, found.field) != (
                    viewer.person_id,
                    ticket.id,
                    asked.field,
                ):
                    raise ProblemError(409, "id_reused")
                return self._shown(tx.connection, viewer, found, ticket, profile), False
            check_limit(tx.connection, viewer.person_id, "report.asked", now, profile)
            reason = redact(asked.reason)
            tx.connection.execute(
                insert(report_reveal).values(
                    id=asked.id,
                    ticket_id=ticket.id,
                    field=asked.field,
                    purpose=asked.purpose,
                    reason=reason,
                    asked_by=viewer.person_id,
                    asked_device=session.device_id,
                    asked_at=now,
                    state="asked",
                    decided_by="",
                    decided_at=None,
                    decision_reason="",
                )
            )
            detail = detail_of(field=asked.field, purpose=asked.purpose, request=asked.id, reason=reason)
            self._note(tx, session, "asked", ticket.id, detail)
            made = tx.connection.execute(_BY_ID, {"id": asked.id}).one()
            return self._shown(tx.connection, viewer, made, ticket, profile), True

    def requests(self, session: Session, profile: RuleProfile) -> ReportReveals:
        """What the viewer asked in the last day, and what waits for a second person like them."""
        viewer, now = session.account.viewer, self._clock.now()
        if not _is_party(viewer):
            return ReportReveals(requests=(), server_time=now)
        since = now - max(_SHOWN_FOR, timedelta(minutes=profile.report_ask_minutes))
        mine = and_(report_reveal.c.asked_by == viewer.person_id, report_reveal.c.asked_at > since)
        waiting = and_(
            report_reveal.c.state == "asked",
            report_reveal.c.asked_at > now - timedelta(minutes=profile.report_ask_minutes),
        )
        query = (
            select(report_reveal).where(or_(mine, waiting)).order_by(report_reveal.c.asked_at).limit(_MOST)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            tickets = _tickets(connection, viewer, {row.ticket_id for row in rows})
            shown = [
                self._shown(connection, viewer, row, tickets[row.ticket_id], profile)
                for row in rows
                if row.ticket_id in tickets
            ]
        return ReportReveals(requests=tuple(shown), server_time=now)

    def decide(
        self, session: Session, request_id: str, decision: ReportDecision, profile: RuleProfile
    ) -> ReportReveal:
        """A second person agrees or declines. Raises 404, 403 for one's own or from the machine it was asked at, 409
        where it was decided already, 410 where it came too late, 422 for declining without a reason."""
        viewer = session.account.viewer
        reason = redact(decision.reason.strip())
        if not decision.agree and len(reason) < _REASON_AT_LEAST:
            raise field_error(422, "reason_needed", "/reason", "too_short")
        state: _Step = "agreed" if decision.agree else "declined"
        with self._database.write() as tx:
            found, ticket = _in_hand(tx.connection, viewer, request_id)
            if found.asked_by == viewer.person_id:
                raise ProblemError(403, "own_request")
            if found.asked_device == session.device_id:
                raise ProblemError(403, "same_device")
            now = self._clock.now()
            standing = _standing(found, now, profile)
            if standing != "asked":
                raise _too_late(standing)
            values = {"decided_by": viewer.person_id, "decided_at": now, "decision_reason": reason}
            _move(tx.connection, request_id, state, **values)
            self._note(tx, session, state, ticket.id, detail_of(request=request_id, reason=reason))
            now_found = tx.connection.execute(_BY_ID, {"id": request_id}).one()
            return self._shown(tx.connection, viewer, now_found, ticket, profile)

    def withdraw(self, session: Session, request_id: str, profile: RuleProfile) -> None:
        """The one who asked no longer wants it. Raises 404, 409 and 410 as :meth:`decide`."""
        with self._database.write() as tx:
            found, ticket = _in_hand(tx.connection, session.account.viewer, request_id, own=True)
            standing = _standing(found, self._clock.now(), profile)
            if standing not in ("asked", "agreed"):
                raise _too_late(standing)
            _move(tx.connection, request_id, "withdrawn")
            self._note(tx, session, "withdrawn", ticket.id, detail_of(request=request_id))

    def reveal(self, session: Session, request_id: str, profile: RuleProfile) -> Revealed:
        """The value, once, after the second person agreed. Raises 404 for anybody else's request, 409 where it was not
        agreed to, was used, or the second person may no longer see the case, 410 too late, 429."""
        viewer = session.account.viewer
        with self._database.write() as tx:
            tx.lock(f"reveals:{viewer.person_id}")
            found, ticket = _in_hand(tx.connection, viewer, request_id, own=True)
            now = self._clock.now()
            standing = _standing(found, now, profile)
            if standing != "agreed":
                raise ProblemError(409, "not_agreed_yet") if standing == "asked" else _too_late(standing)
            second = account_of(tx.connection, found.decided_by)
            if second is None or not second.active or not _may_be_party(second.viewer, ticket):
                raise ProblemError(409, "second_person_gone")
            check_limit(tx.connection, viewer.person_id, "reveal", now, profile)
            _move(tx.connection, request_id, "revealed")
            detail = detail_of(
                field=found.field,
                purpose=found.purpose,
                request=request_id,
                second=found.decided_by,
                reason=found.reason,
            )
            act = Act(viewer.person_id, session.device_id, "reveal", "ticket", ticket.id, detail)
            append_audit(tx, act, now)
        with self._database.read() as connection:  # only now: what comes before is on record
            value, sample = read_value(connection, ticket, found.field)
        return Revealed(field=found.field, value=value, seconds=profile.reveal_seconds, sample=sample)

    def _note(self, tx: Transaction, session: Session, step: _Step, ticket_id: str, detail: str) -> None:
        person_id = session.account.person_id
        act = Act(person_id, session.device_id, f"report.{step}", "ticket", ticket_id, detail)
        append_audit(tx, act, self._clock.now())

    def _shown(
        self, connection: Connection, viewer: Viewer, found: Any, ticket: Ticket, profile: RuleProfile
    ) -> ReportReveal:
        mine = found.asked_by == viewer.person_id
        state = _standing(found, self._clock.now(), profile)
        names = _names(connection, {found.asked_by, found.decided_by})
        deciders = _deciders(connection, ticket, found.asked_by) if mine and state == "asked" else ()
        return ReportReveal(
            id=found.id,
            ticket_id=ticket.id,
            ticket_number=ticket.number,
            field=found.field,
            purpose=found.purpose,
            reason=found.reason,
            state=state,
            mine=mine,
            asked_by=names.get(found.asked_by, ""),
            asked_at=found.asked_at,
            expires_at=_expiry(found, profile),
            decided_by=names.get(found.decided_by, ""),
            decided_at=found.decided_at,
            decision_reason=found.decision_reason,
            may_decide=deciders,
        )


def _is_party(viewer: Viewer) -> bool:
    return viewer.cleared and bool(viewer.roles & REVEALERS)


def _may_be_party(viewer: Viewer, ticket: Ticket) -> bool:
    """Cleared, an officer, and not kept from the case."""
    return _is_party(viewer) and may_see(viewer, scope_of(ticket, None))


def _check_party(viewer: Viewer) -> None:
    if not viewer.roles & REVEALERS:
        raise ProblemError(403, "not_permitted")
    if not viewer.cleared:
        raise ProblemError(403, "cleared_only")


def _in_hand(
    connection: Connection, viewer: Viewer, request_id: str, *, own: bool = False
) -> tuple[Any, Ticket]:
    """The request, ours until the commit, and its case. What a person has no part in is not there for them: 404."""
    found = connection.execute(_BY_ID.with_for_update(), {"id": request_id}).first()
    if found is None or not _is_party(viewer) or (own and found.asked_by != viewer.person_id):
        raise not_found()
    return found, find_ticket(connection, viewer, found.ticket_id)


def _standing(found: Any, now: datetime, profile: RuleProfile) -> AskState:
    """The state of a request now: a step that was not taken in time has lapsed."""
    state: AskState = found.state
    return "expired" if state in ("asked", "agreed") and now >= _expiry(found, profile) else state


def _expiry(found: Any, profile: RuleProfile) -> datetime:
    asked_at: datetime = found.asked_at
    if found.decided_at is None:
        return asked_at + timedelta(minutes=profile.report_ask_minutes)
    decided_at: datetime = found.decided_at
    return decided_at + timedelta(minutes=profile.report_agreed_minutes)


def _too_late(standing: AskState) -> ProblemError:
    if standing == "expired":
        return ProblemError(410, "request_expired")
    return ProblemError(409, "revealed_already" if standing == "revealed" else f"request_{standing}")


def _move(connection: Connection, request_id: str, state: AskState, **values: Any) -> None:
    statement = update(report_reveal).where(report_reveal.c.id == request_id)
    connection.execute(statement.values(state=state, **values))


def _tickets(connection: Connection, viewer: Viewer, ids: set[str]) -> dict[str, Ticket]:
    query = select(entity.c.data).where(
        entity.c.type == "ticket", entity.c.id.in_(sorted(ids)), visible(viewer, entity)
    )
    rows = (decode_row("ticket", data) for data in connection.execute(query).scalars())
    return {row.id: row for row in rows if isinstance(row, Ticket)}


def _names(connection: Connection, ids: set[str]) -> dict[str, str]:
    query = select(account.c.person_id, account.c.name).where(account.c.person_id.in_(sorted(ids)))
    return {row.person_id: row.name for row in connection.execute(query)}


def _deciders(connection: Connection, ticket: Ticket, asked_by: str) -> tuple[str, ...]:
    """The names of those who could agree."""
    active = select(account).where(account.c.active.is_(True), account.c.roles.contains('"cleared"'))
    others = (account_from(row) for row in connection.execute(active.order_by(account.c.login)))
    return tuple(
        each.viewer.name
        for each in others
        if each.person_id != asked_by and _may_be_party(each.viewer, ticket)
    )


_BY_ID = select(report_reveal).where(report_reveal.c.id == bindparam("id"))
