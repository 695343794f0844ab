"""Inspections: what a plan lacks, who may not inspect, which tickets are its population, what was inspected already.

Pure functions for both ends; nothing here knows the life of the row (``inspection_fold``) nor how a sample is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from .entities import Category, Inspection, InspectionState, Person, RequestType, Sample, Ticket
from .inspection_rules import InspectionRules
from .profile import RuleProfile
from .sampling import Criteria, FrameLine, read_leaf
from .sampling_protocol import Leaf, Protocol

RUNNING: Final[tuple[InspectionState, ...]] = ("issued", "frozen", "fixed", "drawn")
"""States in which an inspection holds its matter."""


def missing_of(plan: Inspection, rules: InspectionRules, today: date) -> str:
    """The first field that stands against issuing the plan, "" where none does."""
    mandate = rules.citation(plan.mandate)
    for field, holds in (
        ("title", bool(plan.title.strip())),
        ("mandate", mandate is not None and mandate.in_force(today)),
        ("purpose", bool(plan.purpose.strip())),
        ("unit_ids", bool(plan.unit_ids)),
        ("to_day", plan.from_day <= plan.to_day),
        ("checklist", rules.checklist(plan.checklist) is not None),
        ("inspector_ids", bool(acting_inspectors(plan))),
    ):
        if not holds:
            return field
    return ""


def acting_inspectors(inspection: Inspection) -> tuple[str, ...]:
    """The inspectors who were not recused."""
    recused = recused_ids(inspection)
    return tuple(person for person in inspection.inspector_ids if person not in recused)


def recused_ids(inspection: Inspection) -> frozenset[str]:
    """Whoever shall have no part in it."""
    return frozenset(recusal.person_id for recusal in inspection.recusals)


def takes_part(inspection: Inspection, person_id: str) -> bool:
    """Whether this person may carry it on: whoever wrote the plan, and its inspectors, unless recused."""
    return person_id in {inspection.author_id, *inspection.inspector_ids} and person_id not in recused_ids(
        inspection
    )


def unfit(inspection: Inspection, persons: Mapping[str, Person]) -> str:
    """The first inspector who is no officer, or answers for a unit that is inspected; "" where all are fit."""
    for person_id in acting_inspectors(inspection):
        person = persons.get(person_id)
        if person is None or "officer" not in person.roles or set(person.unit_ids) & set(inspection.unit_ids):
            return person_id
    return ""


def may_check_reports(inspection: Inspection, persons: Mapping[str, Person]) -> bool:
    """Whether one of those who inspect is cleared for reports: without one, reports drawn are left to others."""
    found = (persons.get(person_id) for person_id in acting_inspectors(inspection))
    return any(person is not None and "cleared" in person.roles for person in found)


def same_matter(new: Inspection, others: Iterable[Inspection]) -> Inspection | None:
    """An inspection that already looks, or has looked, at what ``new`` would: same units, days and kinds of tickets.

    While one runs, no second one of any kind; when it is closed, none of the same kind. A look-back after a spot check
    is not the same.
    """
    for other in others:
        if other.id == new.id:
            continue
        held = other.state in RUNNING or (other.state == "closed" and other.kind == new.kind)
        if held and _overlap(new, other):
            return other
    return None


def _overlap(one: Inspection, other: Inspection) -> bool:
    return (
        bool(set(one.unit_ids) & set(other.unit_ids))
        and one.from_day <= other.to_day
        and other.from_day <= one.to_day
        and _meet(one.request_types, other.request_types)
        and _meet(one.category_ids, other.category_ids)
    )


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists have something in common; an empty one holds everything."""
    return not one or not other or bool(set(one) & set(other))


class Listed(Struct, frozen=True, kw_only=True):
    """As much of a ticket as a frame asks for: a city's tickets are read for it, and most of each is text."""

    number: str
    request_type: RequestType
    received_at: datetime
    completed_at: datetime | None = None
    unit_id: str = ""
    category_id: str = ""
    against_unit_id: str = ""
    against_person_ids: tuple[str, ...] = ()
    recused_person_ids: tuple[str, ...] = ()
    noted_by_leader: bool = False
    rework: int = 0


def in_population(
    inspection: Inspection, ticket: Ticket | Listed, profile: RuleProfile, categories: Mapping[str, Category]
) -> bool:
    """Whether a ticket belongs into the frame.

    A case about the handling unit or its people, or from which somebody was recused, never does: its number would tell.
    """
    if ticket.unit_id not in inspection.unit_ids:
        return False
    if ticket.against_unit_id or ticket.against_person_ids or ticket.recused_person_ids:
        return False
    if inspection.request_types and ticket.request_type not in inspection.request_types:
        return False
    moment = ticket.completed_at if inspection.by_date == "completed" else ticket.received_at
    if moment is None or not inspection.from_day <= profile.local(moment).date() <= inspection.to_day:
        return False
    return not inspection.category_ids or _within(ticket.category_id, inspection.category_ids, categories)


def _within(category_id: str, wanted: Sequence[str], categories: Mapping[str, Category]) -> bool:
    for _ in range(8):  # the tree has five levels; a ring in it is no reason to hang
        if category_id in wanted:
            return True
        node = categories.get(category_id)
        if node is None:
            return False
        category_id = node.parent_id
    return False


def frame_line(ticket: Ticket | Listed) -> FrameLine:
    """A ticket as the frame freezes it."""
    number = "".join(" " if c in "\t\r\n" else c for c in ticket.number)
    return FrameLine(number, ticket.unit_id, ticket.request_type, ticket.noted_by_leader, ticket.rework)


def criteria_of(inspection: Inspection) -> Criteria | None:
    """The criteria, None before they are fixed."""
    if inspection.method is None:
        return None
    return Criteria(
        method=inspection.method,
        size=inspection.size,
        musts=inspection.musts,
        rework_from=inspection.rework_from,
    )


def protocol_of(inspection: Inspection, samples: Iterable[Sample], part: str = "") -> Protocol | None:
    """The protocol of a drawn inspection from the samples at hand, None before it is drawn.

    With ``part`` it is that unit's own, which needs no other unit's sample. Raises ``BadFrame`` for a damaged frame.
    """
    criteria = criteria_of(inspection)
    if criteria is None or inspection.drawn_at is None:
        return None
    mine = [s for s in samples if s.inspection_id == inspection.id and part in ("", s.unit_id)]
    return Protocol(
        inspection=inspection.number or inspection.id,
        frame=inspection.frame,
        criteria=criteria,
        seed_source=inspection.seed_source,
        seed=inspection.seed,
        drawn=tuple(sorted(number for s in mine for number in (*s.musts, *s.lots))),
        lines=tuple(line for s in sorted(mine, key=lambda s: s.unit_id) for line in read_leaf(s.frame)),
        part=part,
        leaves=tuple(
            Leaf(unit_id=p.unit_id, size=p.size, digest=p.digest, left=p.left) for p in inspection.parts
        )
        if part
        else (),
        last_lot=inspection.last_lot if part else "",
    )
