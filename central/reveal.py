"""Revealing one value of one citizen: the reason is on record before the value leaves, and only so many an hour.

Office staff see what their role needs; a unit only while the first contact is its duty.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Ticket, decode_row
from desktop.models.domain.privacy import (
    BEFORE_FIRST_CONTACT,
    REVEALERS,
    Viewer,
    is_confidential,
    present,
    scope_of,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact
from desktop.models.domain.wire import Revealed, RevealRequest

from .audit import Act, append_audit, count_acts
from .audit_detail import detail_of
from .database import Database
from .problems import ProblemError, field_error, not_found
from .scope_sql import visible
from .tables import contact, entity, lease_key, secret_text
from .tokens import Session

_HOUR = timedelta(hours=1)


class Reveals:
    """The reveals of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def reveal(
        self, session: Session, contact_id: str, request: RevealRequest, profile: RuleProfile
    ) -> Revealed:
        """One value. ``contact_id`` is the ticket's, or the ticket's own id for a viewer who was not sent it.

        Raises 404 outside scope, 403 where the role may not, 422 for an unknown purpose, 429 past the hourly limit.
        """
        viewer = session.account.viewer
        check_purpose(profile, request.purpose)
        with self._database.read() as connection:
            ticket = find_ticket(connection, viewer, request.ticket_id)
            if contact_id not in (ticket.id, _sent_contact(ticket, viewer)) or not ticket.contact_id:
                raise not_found()
            self._check(connection, viewer, ticket, request)
        self._record(session, ticket, request, profile)
        with self._database.read() as connection:
            value, sample = read_value(connection, ticket, request.field)
        return Revealed(field=request.field, value=value, seconds=profile.reveal_seconds, sample=sample)

    def _check(self, connection: Connection, viewer: Viewer, ticket: Ticket, request: RevealRequest) -> None:
        if ticket.level == "report":  # two persons are needed; nobody reveals it alone
            raise ProblemError(403, "second_person_needed")
        if viewer.roles & REVEALERS:
            return
        if viewer.office:
            if request.field == "request_text" or self._in_hand(connection, viewer, ticket.contact_id):
                return
            raise ProblemError(403, "call_not_in_hand")
        duty = ticket.unit_id in viewer.unit_ids and ticket.state in BEFORE_FIRST_CONTACT
        if not duty or is_confidential(ticket) or request.field == "request_text":
            raise ProblemError(403, "not_permitted")

    def _in_hand(self, connection: Connection, viewer: Viewer, contact_id: str) -> bool:
        """Whether the viewer holds the lease of this person's number."""
        query = (
            select(lease_key.c.key)
            .join(contact, lease_key.c.key == "p:" + contact.c.phone_key)
            .where(
                contact.c.id == contact_id,
                lease_key.c.person_id == viewer.person_id,
                lease_key.c.expires_at > self._clock.now(),
            )
        )
        return connection.execute(query).first() is not None

    def _record(self, session: Session, ticket: Ticket, request: RevealRequest, profile: RuleProfile) -> None:
        """Write down who reveals what and why, in a commit of its own. Raises 429."""
        now, person_id = self._clock.now(), session.account.person_id
        with self._database.write() as tx:
            tx.lock(f"reveals:{person_id}")  # two desks of one person count together
            check_limit(tx.connection, person_id, "reveal", now, profile)
            detail = detail_of(field=request.field, purpose=request.purpose, reason=redact(request.reason))
            act = Act(person_id, session.device_id, "reveal", "ticket", ticket.id, detail)
            append_audit(tx, act, now)


def check_purpose(profile: RuleProfile, purpose: str) -> None:
    """Raises 422 for a purpose that is not on the city's list."""
    if purpose not in {choice.code for choice in profile.reveal_purposes}:
        raise field_error(422, "unknown_purpose", "/purpose", "unknown_code")


def check_limit(
    connection: Connection, person_id: str, action: str, now: datetime, profile: RuleProfile
) -> None:
    """Raises 429 where a person did this as often within the hour as the profile lets them."""
    count, first = count_acts(connection, person_id, action, now - _HOUR)
    if count >= profile.reveals_per_hour and first is not None:
        wait = int((first + _HOUR - now).total_seconds()) + 1
        raise ProblemError(429, "too_many_reveals", retry="backoff", retry_after=wait)


def _sent_contact(ticket: Ticket, viewer: Viewer) -> str:
    """The contact's id as the viewer was sent it: any other is refused alike, or trying ids would tell whose it is."""
    shown = present(ticket, scope_of(ticket, None), viewer)
    return shown.contact_id if isinstance(shown, Ticket) and shown.contact_id else ticket.id


def find_ticket(connection: Connection, viewer: Viewer, ticket_id: str) -> Ticket:
    """A case in the viewer's sight. Raises 404."""
    query = select(entity.c.data).where(
        entity.c.type == "ticket", entity.c.id == ticket_id, visible(viewer, entity)
    )
    data = connection.execute(query).scalar()
    ticket = None if data is None else decode_row("ticket", data)
    if not isinstance(ticket, Ticket):
        raise not_found()
    return ticket


def read_value(connection: Connection, ticket: Ticket, field: str) -> tuple[str, bool]:
    """What is asked for, and whether it is a made-up person's. Only after the act is on record. Raises 404."""
    if field == "request_text":
        full = connection.execute(
            select(secret_text.c.text).where(secret_text.c.ticket_id == ticket.id)
        ).scalar()
        return full or ticket.request_text, False
    person = connection.execute(select(contact).where(contact.c.id == ticket.contact_id)).first()
    if person is None:
        raise not_found()
    return (person.phone if field == "phone" else person.name), person.sample
