"""Inspections for the authority matrix: one at each stage of its life, where only authority can refuse a step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from desktop.models.domain.entities import Check, FramePart, Inspection, Row, Sample, Ticket
from desktop.models.domain.inspections import frame_line
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.sampling import frame_hash, leaf_hash, leaf_text

from .authority_stage import Case
from .builders import NOW, make_ticket

_SECOND = "p-second"
_STATE_BEFORE: dict[str, Any] = {
    "inspection.edit": "draft",
    "inspection.issue": "draft",
    "inspection.recuse": "issued",
    "inspection.freeze": "issued",
    "inspection.fix": "frozen",
    "inspection.draw": "fixed",
    "inspection.close": "drawn",
    "inspection.withdraw": "issued",
}


def standing_inspection(kind: str, author: str, inspection_id: str, place: int) -> tuple[Row, ...]:
    """An inspection before the step, and what lies beside it; ``place`` gives each a day of its own."""
    done = NOW - timedelta(days=10 + place)
    row = Inspection(
        id=inspection_id,
        title="抽查",
        kind="spot_check",
        state=_STATE_BEFORE[kind],
        mandate="zfdc-2021",
        purpose="核实办结",
        unit_ids=("u-roads",),
        from_day=done.date(),
        to_day=done.date(),
        checklist="handling",
        inspector_ids=(author, _SECOND) if kind == "inspection.recuse" else (author,),
        author_id=author,
        created_at=NOW,
        method="simple" if kind == "inspection.draw" else None,
        seed_source="福彩3D",
    )
    beside = make_ticket(state="archived", completed_at=done) if kind == "inspection.freeze" else None
    return (row,) if beside is None else (row, beside)


def payload_of_step(kind: str) -> tuple[dict[str, Any], tuple[FieldChange, ...]]:
    """What the step carries."""
    match kind:
        case "inspection.create":
            return {
                "title": "抽查",
                "kind": "spot_check",
                "from_day": "2024-03-01",
                "to_day": "2024-03-31",
            }, ()
        case "inspection.edit":
            return {}, (FieldChange("purpose", "核实办结", "核实办结是否属实"),)
        case "inspection.recuse":
            return {"person_id": _SECOND, "reason": "近亲属在该单位"}, ()
        case "inspection.fix":
            return {"method": "simple", "size": 3, "seed_source": "福彩3D"}, ()
        case "inspection.draw":
            return {"seed": "835"}, ()
        case "inspection.close":
            return {"text": "未发现问题"}, ()
        case "inspection.withdraw":
            return {"reason": "重新安排"}, ()
    return {}, ()


def inspected(case: Case, inspector: str) -> None:
    """Draw the case into the sample of an inspection of this person's."""
    line = frame_line(case.ticket)
    leaf = leaf_hash([line])
    inspection = Inspection(
        id=_inspection_id(case.ticket),
        title="抽查",
        kind="spot_check",
        state="drawn",
        drawn_at=NOW,
        unit_ids=(line.unit_id,),
        from_day=NOW.date(),
        to_day=NOW.date(),
        checklist="handling",
        inspector_ids=(inspector,),
        author_id=inspector,
        created_at=NOW,
        frame=frame_hash({line.unit_id: (1, leaf)}),
        parts=(FramePart(unit_id=line.unit_id, size=1, digest=leaf, musts=1),),
    )
    sample = Sample(
        id=f"{case.ticket.id}-sample",
        inspection_id=inspection.id,
        unit_id=line.unit_id,
        frame=leaf_text([line]),
        musts=(line.number,),
    )
    case.rows["inspection"], case.rows["sample"] = inspection, sample


def payload_of_check(kind: str, case: Case) -> tuple[dict[str, Any], tuple[FieldChange, ...]]:
    """A check of the case in that inspection, or another word in it."""
    if kind == "check.edit":
        return {}, (FieldChange("note", "现场未见修复", "现场已修复"),)
    return {
        "ticket_id": case.ticket.id,
        "inspection_id": _inspection_id(case.ticket),
        "checklist": "handling",
        "results": {"real": "not_met"},
        "note": "现场未见修复",
    }, ()


def checked(ticket: Ticket, unit: str, author: str) -> Row:
    """The case checked already."""
    return Check(
        id=f"{ticket.id}-check",
        ticket_id=ticket.id,
        inspection_id=_inspection_id(ticket),
        checklist="handling",
        note="现场未见修复",
        by_id=author,
        at=NOW,
    )


def _inspection_id(ticket: Ticket) -> str:
    return f"{ticket.id}-inspection"
