"""What stands beside one finding: its counters day by day, what may verify it, who may review it, what it repeats.

The rules are the domain's (``finding_rules``); nothing here knows a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Integer, bindparam, literal_column, select

from desktop.models.domain import finding_rules as rules
from desktop.models.domain.deadlines import Due, working_span
from desktop.models.domain.entities import Check, Finding, Inspection, VerifyMeans, Visit, decode_row
from desktop.models.domain.privacy import viewer_of
from desktop.models.domain.profile import DeadlineRule, LimitUnit
from desktop.models.domain.tickets import Light
from desktop.models.store.tables import finding_list, projection, ticket_list

from .base import Reader
from .findings import FindingRow, finding_rows
from .why_due import DueReason

CounterKind = Literal["receipt", "rectification", "review_ask", "review_decide"]


class Counter(Struct, frozen=True, kw_only=True):
    """One time that runs. ``light`` "paused" = it rests; ``span`` = working (days, hours) past it, or left."""

    kind: CounterKind
    reason: DueReason
    light: Light
    span: tuple[int, int]
    was_late: bool = False
    """It rests, and had run out before that."""


class Proof(Struct, frozen=True, kw_only=True):
    """A visit or a look-back that shows, or may come to show, how a rectification turned out.

    ``name`` is the ticket's number, or the inspection's with its title; ``at`` when it was made, booked or drawn.
    """

    means: VerifyMeans
    ref_id: str
    name: str
    state: str
    at: datetime | None
    ready: bool


class FindingCourse(Struct, frozen=True, kw_only=True):
    """``repeats`` are findings of the same unit and code within the city's days before it, and after it, oldest first.

    ``apart`` = this person had no hand in it and may decide on its review.
    """

    counters: tuple[Counter, ...] = ()
    proofs: tuple[Proof, ...] = ()
    repeats: tuple[FindingRow, ...] = ()
    apart: bool = False
    visit_waits: bool = False
    """A return visit of its case waits already: no second one is opened."""


_OF_TYPE = select(projection.c.data).where(projection.c.type == bindparam("type"))
_ONE = _OF_TYPE.where(projection.c.id == bindparam("id"))
_VISITS = (
    select(projection.c.data, ticket_list.c.number)
    .select_from(projection.join(ticket_list, ticket_list.c.id == projection.c.ticket_id))
    .where(
        projection.c.type == "visit",
        projection.c.ticket_id.in_(bindparam("tickets", expanding=True)),
    )
)
_NUMBERS = select(ticket_list.c.id, ticket_list.c.number).where(
    ticket_list.c.id.in_(bindparam("tickets", expanding=True))
)
_CHECKS = select(projection.c.data).where(
    projection.c.type == "check", projection.c.ticket_id.in_(bindparam("tickets", expanding=True))
)


class _Drawn(Struct, frozen=True):
    """As much of a sample as says which tickets were drawn."""

    inspection_id: str
    musts: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()


_numbers_of = msgspec.json.Decoder(_Drawn).decode
_REPEATS = (
    select(literal_column("finding_list.rowid", Integer))
    .select_from(finding_list)
    .where(
        finding_list.c.unit_id == bindparam("unit_id"),
        finding_list.c.code == bindparam("code"),
        finding_list.c.id != bindparam("but"),
        finding_list.c.state.not_in(("draft", "withdrawn")),
        finding_list.c.filed_at.between(bindparam("first"), bindparam("last")),
    )
    .order_by(finding_list.c.filed_at, finding_list.c.id)
)


def finding_course(r: Reader, finding: Finding) -> FindingCourse:
    """All of it for one finding."""
    visits = _visits(r, finding)
    return FindingCourse(
        counters=tuple(counters_of(r, finding)),
        proofs=tuple(_proofs(r, finding, visits)) if finding.state == "rectified" else (),
        repeats=() if finding.good else repeats_of(r, finding),
        apart=_apart(r, finding),
        visit_waits=any(
            visit.state in ("waiting", "booked") and visit.ticket_id == finding.ticket_id
            for visit, _ in visits
        ),
    )


def counters_of(r: Reader, finding: Finding) -> Iterator[Counter]:
    """The times that run at this stage of its life, the most urgent kind first."""
    profile, at = r.profile, r.profile.inspections
    if finding.good:
        return
    if finding.state == "review_requested":
        yield from _counter(
            r, "review_decide", rules.review_decided_until(profile, finding), finding.review_at,
            limit=at.review_decide_days, unit="natural_day",
        )  # fmt: skip
    if finding.state in (*rules.RUNNING, *rules.RESTING):
        limit = _counter(
            r, "rectification", rules.rectification(profile, finding), finding.filed_at,
            limit=finding.rectify_days, stored=finding.rectify_due_at, rests=finding.state in rules.RESTING,
        )  # fmt: skip
        yield from (replace(each, was_late=rules.was_late(finding)) for each in limit)
    if finding.state == "filed":
        yield from _counter(
            r, "receipt", rules.receipt_until(profile, finding), finding.filed_at, limit=at.receipt_days
        )
    if finding.state in rules.MOVES["finding.review"] and finding.review_at is None:
        yield from _counter(
            r, "review_ask", rules.review_asked_until(profile, finding), finding.confirmed_at,
            limit=at.review_request_days, unit="natural_day",
        )  # fmt: skip


def repeats_of(r: Reader, finding: Finding) -> tuple[FindingRow, ...]:
    """Findings of the same unit and code that lie within the city's days of this one."""
    if not (finding.unit_id and finding.code):
        return ()
    near = timedelta(days=r.profile.inspections.repeat_days)
    filed = finding.filed_at or r.now
    asked = {
        "unit_id": finding.unit_id,
        "code": finding.code,
        "but": finding.id,
        "first": int((filed - near).timestamp()),
        "last": int((filed + near).timestamp()),
    }
    rids = [row[0] for row in r.all(_REPEATS, asked)]
    return tuple(sorted(finding_rows(r, rids), key=lambda row: rids.index(row.rid)))


def _counter(
    r: Reader,
    kind: CounterKind,
    due: Due | None,
    start: datetime | None,
    *,
    limit: int,
    unit: LimitUnit = "working_day",
    stored: datetime | None = None,
    rests: bool = False,
) -> Iterator[Counter]:
    """One that runs, explained; the server's time decides where it is another than the one reckoned here."""
    if due is None or start is None:
        return
    at = r.profile.local(stored or due.at)
    late = at < r.now
    soon = (at - r.now).total_seconds() <= r.profile.due_soon_hours * 3600
    light: Light = "paused" if rests else "overdue" if late else "due_soon" if soon else "normal"
    reason = DueReason(
        rule="",
        terms=DeadlineRule(name="", limit=limit, unit=unit),
        start=r.profile.local(start),
        version=r.profile.version,
        calendar=0,
        held=True,
        profile=r.profile,
        due_at=at,
        computed_at=due.at,
        disagrees=at != due.at,
        provisional=due.provisional,
        paused=rests,
        missed_at=None,
        extensions=(),
        left=None,
        days=due.days,
    )
    yield Counter(
        kind=kind,
        reason=reason,
        light=light,
        span=working_span(r.profile, *((at, r.now) if late else (r.now, at))),
    )


def _visits(r: Reader, finding: Finding) -> list[tuple[Visit, str]]:
    tickets = list(rules.cited(finding))
    found = [(decode_row("visit", row.data), str(row.number)) for row in r.all(_VISITS, {"tickets": tickets})]
    return [(visit, number) for visit, number in found if isinstance(visit, Visit)]


def _proofs(r: Reader, finding: Finding, visits: list[tuple[Visit, str]]) -> Iterator[Proof]:
    """Those that show it first."""
    found = []
    for visit, number in visits:
        proves = rules.visit_proves(visit, finding)
        if proves or visit.state in ("waiting", "booked"):
            at = visit.completed_at or visit.booked_at or visit.due_at
            found.append(
                Proof(
                    means="return_visit", ref_id=visit.id, name=number, state=visit.state, at=at, ready=proves
                )
            )
    numbers, checks = _cited_numbers(r, finding), _checks(r, finding)
    for data in r.all(_OF_TYPE, {"type": "inspection"}):
        row = decode_row("inspection", data[0])
        if not isinstance(row, Inspection) or not rules.is_look_back(row, finding):
            continue
        proves = rules.look_back_proves(row, finding, checks)
        if proves or (row.state != "closed" and rules.look_back_holds(row, numbers, _drawn(r, row))):
            name = " ".join(part for part in (row.number, row.title) if part)
            at = row.drawn_at or row.issued_at or row.created_at
            found.append(
                Proof(means="look_back", ref_id=row.id, name=name, state=row.state, at=at, ready=proves)
            )
    yield from sorted(found, key=lambda proof: (not proof.ready, proof.ref_id != finding.verify_ref_id))


def _cited_numbers(r: Reader, finding: Finding) -> list[str]:
    """By ticket; "" for one that is not on this desktop, which no sample holds."""
    wanted = rules.cited(finding)
    known = {row.id: str(row.number) for row in r.all(_NUMBERS, {"tickets": list(wanted)})}
    return [known.get(ticket_id, "") for ticket_id in wanted]


def _checks(r: Reader, finding: Finding) -> list[Check]:
    rows = r.all(_CHECKS, {"tickets": list(rules.cited(finding))})
    return [row for each in rows if isinstance(row := decode_row("check", each.data), Check)]


def _drawn(r: Reader, inspection: Inspection) -> Iterator[str]:
    """The numbers drawn; the frame, which may be long, is not read for them."""
    if inspection.state not in rules.DRAWN:
        return
    for row in r.all(_OF_TYPE, {"type": "sample"}):
        sample = _numbers_of(row.data)
        if sample.inspection_id == inspection.id:
            yield from (*sample.musts, *sample.lots)


def _apart(r: Reader, finding: Finding) -> bool:
    inspection = None
    if finding.inspection_id:
        data = r.connection.execute(_ONE, {"type": "inspection", "id": finding.inspection_id}).scalar()
        found = decode_row("inspection", data) if data is not None else None
        inspection = found if isinstance(found, Inspection) else None
    return viewer_of(r.me).office and not rules.took_part(finding, r.me.person_id, inspection)
