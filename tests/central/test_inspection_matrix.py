"""Every step of an inspection by every role in every state, on the server.

Which steps a state permits the hand-written table of the folds tells, who may take them the catalogue; only those who
have a part in an inspection carry it on. What a step asks for beside that has tests of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desktop.models.domain.entities import Inspection, InspectionState, Row, literals
from desktop.models.domain.operations import CATALOGUE, Operation
from tests.support.builders import NOW, make_ticket
from tests.support.central_office import PEOPLE, Hand, Office
from tests.support.fold_tables import TRANSITIONS

STEPS = [name for name in TRANSITIONS if name.startswith("inspection.")]
INSPECT = ("officer", "cleared")
"""Who wrote the plan, and who inspects with them."""
SUPERIOR = ("chief", "deputy")
"""Who may recuse anybody without having a part in it."""
ROLES = {login: set(roles) for login, _, roles, _ in PEOPLE}


@dataclass(frozen=True)
class Cell:
    """One step tried at one inspection by one person."""

    login: str
    step: str
    inspection: Inspection
    operation: Operation

    @property
    def may(self) -> bool:
        """What the tables say."""
        concerned = self.login in INSPECT or (self.step == "inspection.recuse" and self.login in SUPERIOR)
        if self.step == "inspection.edit":
            concerned = self.login == "officer"
        legal = self.inspection.state in TRANSITIONS[self.step][2]
        return legal and concerned and bool(CATALOGUE[self.step].roles & ROLES[self.login])


def an_inspection(office: Office, state: InspectionState, day: date) -> Inspection:
    """One of a day that no other looks at, as far as its state says."""
    fixed = state in ("fixed", "drawn", "closed")
    return Inspection(
        id=office.new_id(),
        title="抽查",
        kind="spot_check",
        state=state,
        mandate="zfdc-2021",
        purpose="核实办结是否属实",
        unit_ids=("u-roads",),
        from_day=day,
        to_day=day,
        checklist="handling",
        inspector_ids=tuple(f"p-{login}" for login in INSPECT),
        author_id="p-officer",
        created_at=NOW,
        method="simple" if fixed else None,
        size=9 if fixed else 0,
    )


def cells(office: Office, hands: dict[str, Hand]) -> Iterator[Cell]:
    day = date(2022, 1, 1)
    for login, hand in hands.items():
        for step in STEPS:
            for state in literals(InspectionState):
                found = an_inspection(office, state, day)  # type: ignore[arg-type]  # one of its states
                day += timedelta(days=1)
                payload, changes, _ = TRANSITIONS[step]
                if step == "inspection.recuse":
                    payload = {**payload, "person_id": "p-cleared"}
                made = hand.op(step, payload, entity_id=found.id, base=1, changes=changes)
                yield Cell(login, step, found, made)


def rows_of(cell: Cell) -> Iterator[Row]:
    yield cell.inspection
    if cell.step == "inspection.freeze":
        noon = datetime.combine(cell.inspection.from_day, time(4), tzinfo=UTC)
        yield make_ticket(state="archived", completed_at=noon)


def test_every_step_by_every_role_in_every_state(office: Office) -> None:
    """Whoever could draw twice, fix the criteria after the seed or close what is not theirs would make the lot
    worthless; whatever was refused leaves no trace."""
    hands = {login: office.hand(login) for login in ROLES}
    tried = list(cells(office, hands))
    office.load(*(row for cell in tried for row in rows_of(cell)))
    wrong: list[str] = []
    applied: set[str] = set()
    for login, hand in hands.items():
        mine = [cell for cell in tried if cell.login == login]
        for cell, result in zip(mine, hand.push(*(c.operation for c in mine)), strict=True):
            if (result.status == "applied") != cell.may:
                said = result.conflict or result.problem
                told = said.code if said is not None else result.status
                wrong.append(f"{login} {cell.step} at {cell.inspection.state}: {told}")
            if result.status == "applied":
                applied.add(cell.inspection.id)
    assert not wrong, "\n".join(wrong)
    there = hands["officer"].rows().values()
    assert {row.id for row in there if isinstance(row, Inspection) and row.version > 1} == applied
    assert {cell.step for cell in tried if cell.may} == set(STEPS)
