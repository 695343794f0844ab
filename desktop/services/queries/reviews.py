"""What units apply for and nobody has decided yet: the two queues of reviews, and all that a decision rests on.

An application waits while its case is open; what came after the case had left, or was decided, is in no queue.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from msgspec import Struct
from sqlalchemy import and_, bindparam, func, literal_column, select

from desktop.models.domain.clocks import explain_handling, may_extend
from desktop.models.domain.entities import Application, Ticket, UnitKind, decode_row
from desktop.models.domain.reviews import Named, in_time, named_unit
from desktop.models.store.tables import application_list, projection, ticket_list

from .attachments import CaseFile, case_files
from .base import Reader
from .ticket_panel import TicketPanel, ticket_panel
from .why_due import rules_of_case

ReviewQueue = Literal["extension", "return"]
REVIEW_QUEUES: tuple[ReviewQueue, ...] = get_args(ReviewQueue)

_a, _t = application_list.c, ticket_list.c
_WAITS = and_(_a.state == literal_column("'asked'"), _t.open == literal_column("1"))
"""Said in so many letters, so that the index of those that wait is seen to fit."""
_JOINED = application_list.join(ticket_list, _t.id == _a.ticket_id)
_COUNTS = select(_a.matter, func.count()).select_from(_JOINED).where(_WAITS).group_by(_a.matter)
_LIST = (
    select(projection.c.data, projection.c.pending, _t.number, _t.title)
    .select_from(_JOINED.join(projection, and_(projection.c.type == "application", projection.c.id == _a.id)))
    .where(_WAITS, _a.matter == bindparam("matter"))
    .order_by(_a.asked_at, _a.id)
)
_OF_CASE = (
    select(projection.c.data, projection.c.pending)
    .where(projection.c.ticket_id == bindparam("ticket_id"), projection.c.type == "application")
    .order_by(projection.c.id)
)


class Review(Struct, frozen=True, kw_only=True):
    """One application that waits. ``in_time`` = asked for before the limit had run out."""

    application: Application
    number: str
    title: str
    unit: str
    in_time: bool
    pending: bool


class ReviewCase(Struct, frozen=True, kw_only=True):
    """All that a decision rests on. ``earlier`` are those decided on the case before, oldest first.

    ``named`` is the dispatch catalogue's line, None where it has none. ``refusal`` says why the rule of the case allows
    no such extension: "too_often", "too_long", "" = it does.
    """

    review: Review
    earlier: tuple[Application, ...]
    files: tuple[CaseFile, ...]
    named: Named | None
    named_unit: str
    suggested_unit: str
    refusal: str
    own: str
    """Why this person may not decide: "own_unit", "own_act", "" = they may."""
    panel: TicketPanel


class OwnApplications(Struct, frozen=True, kw_only=True):
    """What a unit applied for on one of its cases, oldest first; ``waits`` = one is not decided."""

    ticket_id: str
    rows: tuple[tuple[Application, bool], ...]
    waits: bool


def review_counts(r: Reader) -> dict[str, int]:
    """Exactly how many wait in each queue."""
    counted = dict.fromkeys(REVIEW_QUEUES, 0)
    for matter, count in r.all(_COUNTS):
        counted[matter] = count
    return {str(queue): count for queue, count in counted.items()}


def reviews(r: Reader, queue: ReviewQueue) -> tuple[Review, ...]:
    """What waits in a queue, the longest first."""
    return tuple(_review(r, *row) for row in r.all(_LIST, {"matter": queue}))


def review_case(r: Reader, application_id: str) -> ReviewCase | None:
    """One application with its case; None where it is not (or no longer) here."""
    row = _row(r, application_id)
    if row is None:
        return None
    application, pending = row
    panel = ticket_panel(r, application.ticket_id)
    if panel is None:
        return None
    ticket = panel.ticket
    named = named_unit(r.profile, r.reference.categories, r.reference.places, r.reference.units, ticket)
    return ReviewCase(
        review=_of(r, application, pending, ticket.number, ticket.title),
        earlier=tuple(each for each, _ in _of_case(r, ticket.id) if each.id != application.id),
        files=tuple(f for f in case_files(r, ticket.id) if f.about_id == application.id),
        named=named,
        named_unit=r.reference.unit_name(named.unit_id) if named is not None else "",
        suggested_unit=r.reference.unit_name(application.to_unit_id),
        refusal=_refusal(r, ticket, application.days) if application.matter == "extension" else "",
        own=_own(r, application),
        panel=panel,
    )


def applications_of(r: Reader, ticket_id: str) -> OwnApplications:
    """What was applied for on a case."""
    rows = tuple(_of_case(r, ticket_id))
    return OwnApplications(ticket_id=ticket_id, rows=rows, waits=any(a.state == "asked" for a, _ in rows))


def _refusal(r: Reader, ticket: Ticket, days: int) -> str:
    rules = rules_of_case(r, ticket) or r.profile
    unit = r.reference.units.get(ticket.unit_id)
    kind: UnitKind = unit.kind if unit is not None else "department"
    found = explain_handling(rules, ticket, kind)
    return may_extend(found.rule, len(ticket.extensions), days) if found is not None else ""


def _own(r: Reader, application: Application) -> str:
    if application.unit_id in r.me.unit_ids:
        return "own_unit"
    return "own_act" if application.by_id == r.me.person_id else ""


def _row(r: Reader, application_id: str) -> tuple[Application, bool] | None:
    one = select(projection.c.data, projection.c.pending).where(
        projection.c.type == "application", projection.c.id == application_id
    )
    found = r.connection.execute(one).first()
    return None if found is None else (_decoded(found.data), found.pending > 0)


def _of_case(r: Reader, ticket_id: str) -> list[tuple[Application, bool]]:
    found = [(_decoded(data), pending > 0) for data, pending in r.all(_OF_CASE, {"ticket_id": ticket_id})]
    return sorted(found, key=lambda pair: (pair[0].asked_at, pair[0].id))


def _review(r: Reader, data: bytes, pending: int, number: str, title: str) -> Review:
    return _of(r, _decoded(data), pending > 0, number, title)


def _of(r: Reader, application: Application, pending: bool, number: str, title: str) -> Review:
    return Review(
        application=application,
        number=number,
        title=title,
        unit=r.reference.unit_name(application.unit_id),
        in_time=in_time(application),
        pending=pending,
    )


def _decoded(data: Any) -> Application:
    row = decode_row("application", data)
    if not isinstance(row, Application):
        raise TypeError("an application row holds something else")
    return row
