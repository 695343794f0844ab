"""Who sees what: the one scope predicate of the project, and which of a row's fields go to whom.

The server renders :class:`Scope` into SQL for every query and passes every row through :func:`present`;
the desktop uses the same masks for exports and clipboard. What a role may not see is never sent.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from .entities import (
    Application,
    Attachment,
    Attempt,
    Check,
    DraftTicket,
    Finding,
    FindingReply,
    Guidance,
    GuidanceReceipt,
    Inquiry,
    Inspection,
    Instruction,
    Level,
    Note,
    Notice,
    Row,
    Sample,
    Ticket,
    TimelineEntry,
    Urge,
    UrgentReport,
    View,
    Visit,
)
from .upward_payloads import REPORT_TEXTS
from .wire import Me

Audience = Literal["everyone", "unit", "office", "author"]
"""Who a row is for: reference data; the addressed unit and the office; the office alone; its author alone."""

REPORT_TITLE = "举报件（内容保密）"
_OFFICE_ROLES = frozenset({"officer", "approve", "deputy_director", "return_visit"})
"""Roles that work on cases. Whoever only publishes rule profiles (``rule_admin``) needs none and is sent none."""


REVEALERS = frozenset({"officer", "approve", "deputy_director"})
"""Roles that may see a requester whom they have not on the telephone."""
SUPERIORS = frozenset({"approve", "deputy_director"})
LISTENERS = SUPERIORS | {"officer"}
BEFORE_FIRST_CONTACT = ("dispatched", "signed")
"""States of a case in which the unit has yet to contact its requester."""


class Viewer(Struct, frozen=True, kw_only=True):
    """The person a row is shown to. ``unit_ids`` are the units a liaison answers for."""

    person_id: str
    name: str
    roles: frozenset[str]
    unit_ids: frozenset[str] = frozenset()

    @property
    def office(self) -> bool:
        """True for staff of the Municipal Government Office."""
        return bool(self.roles & _OFFICE_ROLES)

    @property
    def cleared(self) -> bool:
        """True for staff cleared to handle reports (举报)."""
        return "cleared" in self.roles


def viewer_of(me: Me) -> Viewer:
    """Whoever is signed in, as the rules see them."""
    return Viewer(
        person_id=me.person_id, name=me.name, roles=frozenset(me.roles), unit_ids=frozenset(me.unit_ids)
    )


class Scope(Struct, frozen=True):
    """What decides visibility of a row; the server keeps these as columns.

    ``recused`` is the unit complained of: its people never receive the row. ``barred`` are the persons who do not,
    whatever their roles: those complained of by name, and those who were recused.
    """

    audience: Audience
    unit_id: str = ""
    assist_unit_ids: tuple[str, ...] = ()
    level: Level = "normal"
    recused: str = ""
    author_id: str = ""
    barred: tuple[str, ...] = ()

    @property
    def confidential(self) -> bool:
        """Whether who asked is kept from everybody without the clearance."""
        return self.level != "normal" or bool(self.recused or self.barred)


def scope_of(row: Row, ticket: Ticket | None) -> Scope:
    """The scope of ``row``. A child takes level and recusals from its ``ticket``.

    A row whose ticket is missing is for the office alone.
    """
    if isinstance(row, Ticket):
        return _of_case(row, "unit", row.unit_id, row.assist_unit_ids)
    if not hasattr(row, "ticket_id"):
        return _scope_without_case(row)
    if ticket is None:
        return Scope("office")
    if isinstance(row, TimelineEntry):
        if row.office_only:
            return _of_case(ticket, "office", ticket.unit_id)
        return _of_case(ticket, "unit", ticket.unit_id, ticket.assist_unit_ids)
    if isinstance(row, Notice):
        issued = row.state in ("issued", "replied") or row.issued_at is not None
        return _of_case(ticket, _addressed(row.unit_id, ticket) if issued else "office", row.unit_id)
    if isinstance(row, Finding) and row.filed_at is None and row.state in ("draft", "withdrawn"):
        return _of_case(ticket, "author", row.unit_id, author_id=row.author_id)
    if isinstance(row, (Urge, Finding, FindingReply, Application, Instruction, Inquiry)) or (
        isinstance(row, Note) and row.unit_id
    ):
        return _of_case(ticket, _addressed(row.unit_id, ticket), row.unit_id)
    if isinstance(row, Visit):
        return _of_case(ticket, "unit" if row.state == "completed" else "office", ticket.unit_id)
    if isinstance(row, (Attempt, Check, DraftTicket, Note, UrgentReport)):
        return _of_case(ticket, "office", ticket.unit_id)
    if isinstance(row, Attachment):
        return _scope_of_file(row, ticket)
    return _of_case(ticket, "unit", ticket.unit_id, ticket.assist_unit_ids)


def _scope_without_case(row: Row) -> Scope:
    """The scope of a row of no case: reference rows are everybody's, the office's own work is not."""
    if isinstance(row, View):
        shared = row.shared and not row.removed
        return Scope("office") if shared else Scope("author", author_id=row.author_id)
    if isinstance(row, Guidance):
        return Scope("unit", row.unit_ids[0] if row.unit_ids else "", row.unit_ids[1:])
    if isinstance(row, GuidanceReceipt):
        return Scope("unit", row.unit_id)
    if isinstance(row, Inspection):
        barred = tuple(sorted({recusal.person_id for recusal in row.recusals}))
        return Scope("unit" if is_opened(row) else "office", "", row.unit_ids, barred=barred)
    if isinstance(row, Sample):
        return Scope("unit" if row.opened else "office", row.unit_id, barred=row.barred_ids)
    return Scope("everyone")


def is_opened(row: Inspection) -> bool:
    """Whether the inspected units may have it: once drawn; a covert check once it is closed."""
    covert = row.kind == "covert_check"
    return row.state == "closed" or (row.drawn_at is not None and not covert)


def _of_case(
    ticket: Ticket,
    audience: Audience,
    unit_id: str,
    assist_unit_ids: tuple[str, ...] = (),
    author_id: str = "",
) -> Scope:
    """A scope within a case: what its ticket says of everybody holds for each of its rows."""
    against = ticket.against_unit_id
    return Scope(audience, unit_id, assist_unit_ids, ticket.level, against, author_id, barred_from(ticket))


def barred_from(ticket: Ticket) -> tuple[str, ...]:
    """The persons who never receive the case: complained of by name, or recused."""
    if not (ticket.against_person_ids or ticket.recused_person_ids):
        return ()
    return tuple(sorted({*ticket.against_person_ids, *ticket.recused_person_ids}))


def _scope_of_file(row: Attachment, ticket: Ticket) -> Scope:
    """A file is for whoever may see the row it belongs to, as the server noted it; else for whoever sees the case."""
    if row.audience == "author":
        return _of_case(ticket, "author", ticket.unit_id, author_id=row.by_id)
    if row.audience == "office":
        return _of_case(ticket, "office", ticket.unit_id)
    if row.unit_id:
        return _of_case(ticket, _addressed(row.unit_id, ticket), row.unit_id)
    return _of_case(ticket, "unit", ticket.unit_id, ticket.assist_unit_ids)


def _addressed(unit_id: str, ticket: Ticket) -> Audience:
    """What was asked of a unit is the unit's only while the ticket is: children leave scope with their ticket."""
    return "unit" if unit_id == ticket.unit_id or unit_id in ticket.assist_unit_ids else "office"


def may_see(viewer: Viewer, scope: Scope) -> bool:
    """The scope predicate. The SQL of the server is held against this function by a test."""
    if scope.audience == "everyone":
        return True
    if (scope.recused and scope.recused in viewer.unit_ids) or viewer.person_id in scope.barred:
        return False
    if scope.audience == "author":
        return viewer.office and scope.author_id == viewer.person_id
    if viewer.office:
        return True
    if scope.audience != "unit":
        return False
    return scope.unit_id in viewer.unit_ids or bool(viewer.unit_ids.intersection(scope.assist_unit_ids))


def may_see_text(viewer: Viewer, level: Level) -> bool:
    """Whether texts of a ticket of this level may be sent: the text of a report counts as identity."""
    return level != "report" or viewer.cleared


def is_confidential(ticket: Ticket) -> bool:
    """Marked so, or to be treated so: a complaint about a unit or its staff is confidential towards everybody."""
    return ticket.level != "normal" or bool(ticket.against_unit_id or barred_from(ticket))


def is_superior(viewer: Viewer) -> bool:
    """Who answers for what officers do: they read the record and decide about recusals."""
    return bool(viewer.roles & SUPERIORS)


def may_recuse(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether recusals of this case are this person's to see: a superior's for anybody, an officer's for themselves."""
    return is_confidential(ticket) and viewer.office


def may_see_requester(viewer: Viewer, *, confidential: bool) -> bool:
    """Whether what tells one requester from another may be sent: of a confidential case only to cleared staff.

    This stands above every role: whoever needs to know the requester of such a case asks for it and is written down.
    """
    return viewer.office and (viewer.cleared or not confidential)


def may_ask_requester(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether this person may ask who is behind a case, as they were sent it; the server decides when they do."""
    if not viewer.office:
        duty = ticket.unit_id in viewer.unit_ids and ticket.state in BEFORE_FIRST_CONTACT
        return duty and not is_confidential(ticket)
    if ticket.level == "report":
        return viewer.cleared and bool(viewer.roles & REVEALERS and ticket.contact_id)
    return bool(ticket.contact_id) or not may_see_requester(viewer, confidential=is_confidential(ticket))


def may_listen(viewer: Viewer, row: Attachment) -> bool:
    """Whether the recording of a call may be sent: to officers and superiors, and to whoever put it there.

    A voice tells who speaks: a caller has the recordings of their own calls, not those of all colleagues.
    """
    return bool(viewer.roles & LISTENERS) or row.by_id == viewer.person_id


def may_see_file(viewer: Viewer, row: Attachment, level: Level) -> bool:
    """Whether name and bytes of a file in scope may be sent: a photograph tells as much as a text.

    What the office and a unit sent each other is read by that unit, and one's own file by oneself.
    """
    if row.about_type == "attempt" and not may_listen(viewer, row):
        return False
    addressed = not viewer.office and bool(row.unit_id)
    return may_see_text(viewer, level) or addressed or row.by_id == viewer.person_id


def present(row: Row, scope: Scope, viewer: Viewer) -> Row:
    """``row`` as ``viewer`` may have it: masked by default, whatever the row's kind."""
    if isinstance(row, Ticket):
        return _present_ticket(row, viewer)
    hidden = not may_see_text(viewer, scope.level)
    if isinstance(row, TimelineEntry):
        return msgspec.structs.replace(row, text="") if hidden and row.text else row
    if isinstance(row, Visit):
        return _present_visit(row, scope, viewer)
    if isinstance(row, Inspection):
        return row if viewer.office else msgspec.structs.replace(row, plan="", recusals=())
    if isinstance(row, Attempt):
        return _present_attempt(row, scope, viewer)
    if isinstance(row, (DraftTicket, Note)):
        own = isinstance(row, Note) and row.unit_id and not viewer.office  # the unit reads what it wrote
        return msgspec.structs.replace(row, text="") if hidden and not own else row
    if isinstance(row, Attachment):
        return row if may_see_file(viewer, row, scope.level) else msgspec.structs.replace(row, name="")
    if isinstance(row, Instruction) and not viewer.office:
        row = msgspec.structs.replace(row, **dict.fromkeys(_TOLD_TO_THE_LEADER, ""))
    if isinstance(row, Inquiry) and not viewer.office:
        row = msgspec.structs.replace(row, settled="", settled_by="")
    texts = _ADDRESSED_TEXTS.get(type(row), ())
    if hidden and viewer.office and texts:
        # Written for the unit it is addressed to, which must be able to read it; colleagues need the clearance.
        return msgspec.structs.replace(row, **dict.fromkeys(texts, ""))
    return row


_ADDRESSED_TEXTS: dict[type[Row], tuple[str, ...]] = {
    Urge: ("answer", "text", "acknowledgement"),
    Notice: ("ground", "requirement", "return_reason", "reply_text", "withdraw_reason"),
    Finding: ("facts", "requirement", "return_reason", "withdraw_reason"),
    FindingReply: ("text",),
    Application: ("reason", "decision", "citizen_words"),
    Instruction: ("text", "feedback", "withdraw_reason"),
    UrgentReport: (
        *REPORT_TEXTS,
        "recipients",
        "return_reason",
        "withdraw_reason",
    ),
    Check: ("note",),
    Inquiry: ("text", "answer", "settled"),
}
"""What the office and a unit wrote to each other, by the row that holds it."""
_TOLD_TO_THE_LEADER = ("feedback", "feedback_by", "withdraw_reason", "by_name", "by_id")
"""Of an instruction, what its unit is not told: what the office reported upward, and who of it did."""


def _present_ticket(ticket: Ticket, viewer: Viewer) -> Ticket:
    changes: dict[str, object] = {}
    confidential = is_confidential(ticket)
    if not may_see_text(viewer, ticket.level):
        changes = {
            "title": REPORT_TITLE,
            "request_text": "",
            "unit_answer": "",
            "sent_answer": "",
            "address": "",
            "requester_label": "",
        }
    if not may_see_requester(viewer, confidential=confidential):
        changes |= {"phone_tail": "", "contact_id": "", "care_flags": ()}
        if confidential or ticket.real_name != "real_name":
            changes["requester_label"] = ""
    if not viewer.office:
        changes |= {"recused_person_ids": (), "officer_id": ""}
    return msgspec.structs.replace(ticket, **changes) if changes else ticket


def _present_visit(visit: Visit, scope: Scope, viewer: Viewer) -> Visit:
    changes: dict[str, object] = {}
    if not viewer.office:
        changes = {
            "note": "",
            "completed_by": "",
            "completed_by_id": "",
            "assigned_name": "",
            "exception": None,
            "challenges": (),
            "sent_back": None,
        }
        if visit.answers is not None:
            changes["answers"] = msgspec.structs.replace(
                visit.answers, note="", still_missing="", pressed_for_rating=None
            )
    if not may_see_text(viewer, scope.level):
        changes["note"] = ""
        if visit.exception is not None and viewer.office:
            changes["exception"] = msgspec.structs.replace(visit.exception, reason="", decision="")
        if visit.challenges and viewer.office:
            said = [msgspec.structs.replace(each, reason="", decision="") for each in visit.challenges]
            changes["challenges"] = tuple(said)
        if visit.sent_back is not None and viewer.office:
            changes["sent_back"] = msgspec.structs.replace(visit.sent_back, text="")
        if visit.answers is not None:
            changes["answers"] = msgspec.structs.replace(visit.answers, note="", still_missing="")
    if not may_see_requester(viewer, confidential=scope.confidential):
        changes["contact_id"] = ""
    return msgspec.structs.replace(visit, **changes) if changes else visit


def _present_attempt(attempt: Attempt, scope: Scope, viewer: Viewer) -> Attempt:
    if not may_see_text(viewer, scope.level):
        return msgspec.structs.replace(attempt, note="", contact_id="")
    if not may_see_requester(viewer, confidential=scope.confidential):
        return msgspec.structs.replace(attempt, contact_id="")
    return attempt
