"""Inspections as questions: all of them, one with its sample and checks, and whether its sample comes out again.

An office has some hundred inspections at the most: they are read whole. Nothing here knows a word of the interface.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import (
    Check,
    Finding,
    Inspection,
    InspectionState,
    Row,
    Sample,
    decode_row,
)
from desktop.models.domain.inspections import protocol_of, same_matter
from desktop.models.domain.privacy import viewer_of
from desktop.models.domain.sampling import BadFrame
from desktop.models.domain.sampling_protocol import Protocol, Verdict, redraw
from desktop.models.store.tables import projection, ticket_list

from .base import Reader

InspectionGroup = Literal["all", "planned", "running", "over"]
GROUPS: tuple[InspectionGroup, ...] = get_args(InspectionGroup)
STATES_OF: dict[InspectionGroup, tuple[InspectionState, ...]] = {
    "planned": ("draft", "issued", "frozen", "fixed"),
    "running": ("drawn",),
    "over": ("closed", "withdrawn"),
}

_OF_TYPE = select(projection.c.data, projection.c.pending).where(projection.c.type == bindparam("type"))
_ONE = _OF_TYPE.where(projection.c.id == bindparam("id"))
_TICKETS = select(ticket_list.c.id, ticket_list.c.number, ticket_list.c.title, ticket_list.c.level).where(
    ticket_list.c.number.in_(bindparam("numbers", expanding=True))
)


class InspectionRow(Struct, frozen=True, kw_only=True):
    """One line of the list. ``drawn`` counts the tickets of the sample, ``checked`` those checked; None = not told."""

    id: str
    number: str
    title: str
    kind: str
    state: str
    unit_names: tuple[str, ...]
    from_day: str
    to_day: str
    drawn: int
    checked: int | None
    latest_at: datetime
    pending: bool


class DrawnTicket(Struct, frozen=True, kw_only=True):
    """One ticket of a sample. ``ticket_id`` "" = it is not on this desktop. ``must`` = inspected in any case."""

    number: str
    unit_id: str
    unit_name: str
    ticket_id: str
    title: str
    must: bool
    level: str
    check: Check | None


class InspectionSheet(Struct, frozen=True, kw_only=True):
    """One inspection as its pane shows it. ``clash`` = another that looks at the same matter."""

    inspection: Inspection
    tickets: tuple[DrawnTicket, ...]
    findings: tuple[Finding, ...]
    clash: Inspection | None
    pending: int


class Redrawn(Struct, frozen=True, kw_only=True):
    """The protocol that this desktop can make, and what drawing it again showed; None = there is nothing to draw."""

    protocol: Protocol
    verdict: Verdict


def inspection_rows(r: Reader, group: InspectionGroup = "all") -> tuple[InspectionRow, ...]:
    """The inspections of a group, those that run first, then the latest first."""
    states = STATES_OF.get(group)
    office = viewer_of(r.me).office
    checks = [row for row, _ in _rows(r, "check") if isinstance(row, Check) and row.complete]
    lines = []
    for row, pending in _rows(r, "inspection"):
        if not isinstance(row, Inspection) or (states is not None and row.state not in states):
            continue
        lines.append(
            InspectionRow(
                id=row.id,
                number=row.number,
                title=row.title,
                kind=row.kind,
                state=row.state,
                unit_names=tuple(r.reference.unit_name(unit) for unit in row.unit_ids),
                from_day=row.from_day.isoformat(),
                to_day=row.to_day.isoformat(),
                drawn=sum(part.musts + part.lots for part in row.parts) if row.drawn_at else 0,
                checked=sum(check.inspection_id == row.id for check in checks) if office else None,
                latest_at=_latest(row),
                pending=bool(pending),
            )
        )
    over = STATES_OF["over"]
    return tuple(sorted(lines, key=lambda line: (line.state in over, -line.latest_at.timestamp(), line.id)))


def inspection_counts(r: Reader) -> dict[InspectionGroup, int]:
    """How many each group lists."""
    states = [row.state for row, _ in _rows(r, "inspection") if isinstance(row, Inspection)]
    return {
        group: len(states) if group == "all" else sum(state in STATES_OF[group] for state in states)
        for group in GROUPS
    }


def inspections_running(r: Reader) -> int:
    """How many inspections run: the number on the rail."""
    return inspection_counts(r)["running"]


def inspection_sheet(r: Reader, inspection_id: str) -> InspectionSheet | None:
    """One inspection with all that belongs to it, None where it is not in the store."""
    found = r.connection.execute(_ONE, {"type": "inspection", "id": inspection_id}).first()
    if found is None:
        return None
    inspection = decode_row("inspection", found.data)
    if not isinstance(inspection, Inspection):
        return None
    findings = [
        x for x, _ in _rows(r, "finding") if isinstance(x, Finding) and x.inspection_id == inspection_id
    ]
    others = (row for row, _ in _rows(r, "inspection") if isinstance(row, Inspection))
    return InspectionSheet(
        inspection=inspection,
        tickets=_tickets(r, inspection),
        findings=tuple(sorted(findings, key=lambda x: (x.created_at, x.id))),
        clash=same_matter(inspection, others) if inspection.state == "draft" else None,
        pending=found.pending,
    )


def samples_here(r: Reader, inspection_id: str) -> tuple[Sample, ...]:
    """The parts of its frame that this desktop has: all of them in the office, the own ones at a unit."""
    found = [x for x, _ in _rows(r, "sample") if isinstance(x, Sample) and x.inspection_id == inspection_id]
    return tuple(sorted(found, key=lambda sample: sample.unit_id))


def redrawn(r: Reader, inspection_id: str) -> tuple[Redrawn, ...]:
    """Its sample drawn again from what is here: whole in the office, by units for a liaison; () before the draw."""
    found = r.connection.execute(_ONE, {"type": "inspection", "id": inspection_id}).first()
    inspection = decode_row("inspection", found.data) if found is not None else None
    if not isinstance(inspection, Inspection):
        return ()
    samples = samples_here(r, inspection_id)
    parts = ("",) if viewer_of(r.me).office else tuple(sample.unit_id for sample in samples)
    return tuple(x for part in parts if (x := _redrawn(inspection, samples, part)) is not None)


def _redrawn(inspection: Inspection, samples: Iterable[Sample], part: str) -> Redrawn | None:
    try:
        protocol = protocol_of(inspection, samples, part)
    except BadFrame:
        protocol = protocol_of(inspection, (), part)  # nothing comes out of a damaged frame, and that is said
    if protocol is None:
        return None
    return Redrawn(protocol=protocol, verdict=redraw(protocol))


def _tickets(r: Reader, inspection: Inspection) -> tuple[DrawnTicket, ...]:
    drawn = [
        (sample.unit_id, number, number in sample.musts)
        for sample in samples_here(r, inspection.id)
        if inspection.drawn_at is not None
        for number in sorted((*sample.musts, *sample.lots))
    ]
    numbers = [number for _, number, _ in drawn]
    known = {}
    for start in range(0, len(numbers), 500):
        for row in r.all(_TICKETS, {"numbers": numbers[start : start + 500]}):
            known[row.number] = row
    checks = {
        check.ticket_id: check
        for check, _ in _rows(r, "check")
        if isinstance(check, Check) and check.inspection_id == inspection.id
    }
    return tuple(
        DrawnTicket(
            number=number,
            unit_id=unit_id,
            unit_name=r.reference.unit_name(unit_id),
            ticket_id=known[number].id if number in known else "",
            title=known[number].title if number in known else "",
            level=known[number].level if number in known else "normal",
            must=must,
            check=checks.get(known[number].id) if number in known else None,
        )
        for unit_id, number, must in drawn
    )


def _rows(r: Reader, entity_type: str) -> list[tuple[Row, int]]:
    return [
        (decode_row(entity_type, row.data), row.pending) for row in r.all(_OF_TYPE, {"type": entity_type})
    ]


def _latest(row: Inspection) -> datetime:
    moments = (row.closed_at, row.drawn_at, row.fixed_at, row.frozen_at, row.issued_at)
    return next((at for at in moments if at is not None), row.created_at)
