"""What the server checks of inspections beyond authority and the fold: who inspects, no matter twice, what is whole.

Each rule refuses or says nothing; none writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Check, Inspection, Person, Row, Sample, Unit, decode_row
from desktop.models.domain.inspection_payloads import CheckPayload, InspectionPayload, RecusePayload
from desktop.models.domain.inspections import may_check_reports, recused_ids, same_matter, takes_part, unfit
from desktop.models.domain.privacy import is_superior
from desktop.models.domain.sampling import read_leaf

from .situation import Situation, rejected
from .tables import entity


def rows_of_type(connection: Connection, entity_type: str) -> list[Row]:
    """All rows of a type of which an office has few: inspections, persons, units, categories."""
    query = select(entity.c.data).where(entity.c.type == entity_type)
    return [decode_row(entity_type, data) for data in connection.execute(query).scalars()]


def samples_of(connection: Connection, inspection: Inspection) -> list[Sample]:
    """The parts of an inspection's frame, by unit."""
    query = select(entity.c.data).where(
        entity.c.type == "sample", entity.c.unit_id.in_([part.unit_id for part in inspection.parts])
    )
    found = [decode_row("sample", data) for data in connection.execute(query).scalars()]
    mine = [row for row in found if isinstance(row, Sample) and row.inspection_id == inspection.id]
    return sorted(mine, key=lambda sample: sample.unit_id)


def _create(s: Situation, payload: InspectionPayload) -> None:
    _units(s, payload.unit_ids, "/payload/unit_ids")


def _edit(s: Situation, payload: object) -> None:
    for change in s.op.changes:
        if change.field == "unit_ids" and isinstance(change.after, list):
            _units(s, tuple(map(str, change.after)), "/changes/unit_ids")


def _units(s: Situation, unit_ids: tuple[str, ...], pointer: str) -> None:
    for unit_id in unit_ids:
        if not isinstance(s.writer.row("unit", unit_id), Unit):
            raise rejected("unknown_unit", pointer)


def _issue(s: Situation, payload: object) -> None:
    row = _mine(s, payload)
    if unfit(row, _inspectors(s, row)):
        raise rejected("unfit_inspector", "/inspector_ids")
    others = [found for found in rows_of_type(s.connection, "inspection") if isinstance(found, Inspection)]
    if same_matter(row, others) is not None:
        raise rejected("already_inspected", "/unit_ids")


def _inspectors(s: Situation, row: Inspection) -> dict[str, Person]:
    found = (s.writer.row("person", person_id) for person_id in row.inspector_ids)
    return {person.id: person for person in found if isinstance(person, Person)}


def _recuse(s: Situation, payload: RecusePayload) -> None:
    """An inspector recuses themself or another of the same inspection; a superior anybody."""
    row = s.row
    assert isinstance(row, Inspection)  # the catalogue names the type
    if not takes_part(row, s.viewer.person_id) and not is_superior(s.viewer):
        raise rejected("not_your_inspection", "/entity_id")


def _mine(s: Situation, payload: object) -> Inspection:
    row = s.row
    assert isinstance(row, Inspection)  # the catalogue names the type
    if not takes_part(row, s.viewer.person_id):
        raise rejected("not_your_inspection", "/entity_id")
    return row


def _step(s: Situation, payload: object) -> None:
    _mine(s, payload)


def _close(s: Situation, payload: object) -> None:
    """What was drawn is looked at: an inspection with a ticket that could be checked and was not is not over."""
    row = _mine(s, payload)
    if row.state != "drawn":
        return  # the fold says that, as a conflict
    reports = may_check_reports(row, _inspectors(s, row))
    wanted = {
        line.number
        for sample in samples_of(s.connection, row)
        for line in read_leaf(sample.frame)
        if line.number in {*sample.musts, *sample.lots} and (reports or line.request_type != "report")
    }
    whole = [s.writer.ticket(check.ticket_id) for check in checks_of(s.connection, row.id) if check.complete]
    if wanted - {ticket.number for ticket in whole if ticket is not None}:
        raise rejected("checks_missing", "/entity_id")


def checks_of(connection: Connection, inspection_id: str) -> list[Check]:
    """All checks of an inspection, whatever case they are of."""
    found = [row for row in rows_of_type(connection, "check") if isinstance(row, Check)]
    return [check for check in found if check.inspection_id == inspection_id]


def _record(s: Situation, payload: CheckPayload) -> None:
    inspection = open_inspection(s, payload.inspection_id)
    if payload.checklist != inspection.checklist:
        raise rejected("bad_value", "/payload/checklist")
    drawn = {
        number for sample in samples_of(s.connection, inspection) for number in (*sample.musts, *sample.lots)
    }
    if s.ticket.number not in drawn:
        raise rejected("not_in_the_sample", "/payload/ticket_id")
    for other in s.writer.children(s.ticket.id, "check"):
        if isinstance(other, Check) and other.inspection_id == inspection.id and other.id != s.op.entity_id:
            raise rejected("already_checked", "/payload/ticket_id")


def _edit_check(s: Situation, payload: object) -> None:
    assert isinstance(s.row, Check)  # the catalogue names the type
    open_inspection(s, s.row.inspection_id)


def open_inspection(s: Situation, inspection_id: str) -> Inspection:
    """The inspection of a check or a finding, which is drawn and not closed, and in which its author has a part."""
    found = s.writer.row("inspection", inspection_id)
    if not isinstance(found, Inspection) or s.viewer.person_id in recused_ids(found):
        raise rejected("unknown_inspection", "/payload/inspection_id")
    if not takes_part(found, s.viewer.person_id):
        raise rejected("not_your_inspection", "/payload/inspection_id")
    if found.state != "drawn":
        raise rejected("inspection_not_open", "/payload/inspection_id")
    return found


RULES: dict[str, Callable[[Situation, Any], None]] = {
    "inspection.create": _create,
    "inspection.edit": _edit,
    "inspection.issue": _issue,
    "inspection.recuse": _recuse,
    "inspection.freeze": _step,
    "inspection.fix": _step,
    "inspection.draw": _step,
    "inspection.close": _close,
    "inspection.withdraw": _step,
    "check.record": _record,
    "check.edit": _edit_check,
}
"""By kind; every kind of this page has its line."""
