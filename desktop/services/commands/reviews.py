"""What a unit applies for on its case, and what the office decides: more time (延期), or that it goes elsewhere (退单).

All of it works without a network. What can be known here is refused here, so that nobody waits for the server to say;
what the decision does to the ticket is the server's to write.
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import WORKING_STATES, Application, ApplicationMatter, Ticket
from desktop.models.domain.fold import Refused
from desktop.models.domain.upward_payloads import DecisionPayload, ExtensionPayload, ObjectionPayload
from desktop.models.store.tables import application_list

from .attachments import About, attach_picked
from .base import Writer

_WAITING = select(application_list.c.id).where(
    application_list.c.ticket_id == bindparam("ticket_id"), application_list.c.state == "asked"
)


class ApplicationForm(Struct, frozen=True, kw_only=True):
    """An application as its form holds it. ``days`` are asked for by an extension, ``to_unit_id`` named by a return."""

    ticket_id: str
    matter: ApplicationMatter = "extension"
    reason: str = ""
    days: int = 0
    to_unit_id: str = ""


class DecisionForm(Struct, frozen=True, kw_only=True):
    """A decision as its form holds it. ``days`` 0 grants what was asked for."""

    reason: str = ""
    citizen_words: str = ""
    days: int = 0
    to_unit_id: str = ""


def apply_for(w: Writer, form: ApplicationForm, draft_key: str = "") -> Changes:
    """Apply for the unit that leads the case; files picked under ``draft_key`` go with it.

    Raises Refused: "not_your_unit", "case_not_in_hand", "already_asked", "no_due_time", "incomplete" with the field.
    """
    ticket = w.row("ticket", form.ticket_id)
    if not isinstance(ticket, Ticket):
        raise Refused("not_found", "/entity_id")
    _may_apply(w, ticket)
    if not form.reason.strip():
        raise Refused("incomplete", "/payload/reason")
    application_id = w.new_id()
    if form.matter == "extension":
        if ticket.due_at is None:
            raise Refused("no_due_time")
        if form.days < 1:
            raise Refused("incomplete", "/payload/days")
        asked: Struct = ExtensionPayload(
            ticket_id=ticket.id,
            unit_id=ticket.unit_id,
            days=form.days,
            reason=form.reason.strip(),
            old_due_at=ticket.due_at,
        )
        made = w.submit("extension.request", application_id, asked)
    else:
        asked = ObjectionPayload(
            ticket_id=ticket.id,
            unit_id=ticket.unit_id,
            reason=form.reason.strip(),
            to_unit_id=form.to_unit_id,
        )
        made = w.submit("objection.raise", application_id, asked)
    if not draft_key:
        return made
    return made | attach_picked(
        w, draft_key, About(ticket_id=ticket.id, type="application", id=application_id)
    )


def decide(w: Writer, application_id: str, form: DecisionForm, *, agreed: bool) -> Changes:
    """Agree to an application or refuse it; the reason goes to the unit.

    Raises Refused: "own_unit", "own_act", "incomplete", and as a conflict where somebody has decided it already.
    """
    row = w.row("application", application_id)
    if not isinstance(row, Application):
        raise Refused("not_found", "/entity_id")
    if row.unit_id in w.me.unit_ids:
        raise Refused("own_unit", "/entity_id")
    if not form.reason.strip():
        raise Refused("incomplete", "/payload/reason")
    extension = row.matter == "extension"
    decision = DecisionPayload(
        agreed=agreed,
        reason=form.reason.strip(),
        citizen_words=form.citizen_words.strip(),
        days=form.days if extension and agreed else 0,
        to_unit_id=form.to_unit_id if not extension and agreed else "",
    )
    return w.submit("extension.decide" if extension else "objection.decide", application_id, decision)


def _may_apply(w: Writer, ticket: Ticket) -> None:
    if ticket.unit_id not in w.me.unit_ids:
        raise Refused("not_your_unit", "/payload/unit_id")
    if w.connection.execute(_WAITING, {"ticket_id": ticket.id}).first() is not None:
        raise Refused("already_asked")
    if ticket.state not in WORKING_STATES:
        raise Refused("case_not_in_hand")
