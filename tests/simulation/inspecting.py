"""Inspections in the simulator: planned, changed by two, taken to their sample, given up, lost by recusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Inspection, Row
from desktop.models.domain.sampling import Criteria
from desktop.services.commands import inspections
from desktop.services.commands.base import Writer

from .desk import SimDesk
from .world import World

Act = Callable[[Writer], Changes]


def inspecting(w: World, desk: SimDesk, rows: list[Row], words: str) -> list[tuple[str, Act]]:
    """What this officer may do to the inspections on their screen; named for the story."""
    there = [row for row in rows if isinstance(row, Inspection) and row.state not in ("closed", "withdrawn")]
    plan = _form(w, desk, words)
    if not there:
        return [("plan an inspection", partial(inspections.plan_inspection, form=plan))]
    row = w.rng.choice(there)
    name = row.id[-6:]
    steps: dict[str, tuple[str, Act]] = {
        "draft": (f"issue {name}", partial(inspections.issue_inspection, inspection_id=row.id)),
        "issued": (f"freeze {name}", partial(inspections.freeze_frame, inspection_id=row.id)),
        "frozen": (
            f"fix {name}",
            partial(
                inspections.fix_criteria,
                inspection_id=row.id,
                criteria=Criteria(method="stratified", size=3),
                seed_source="福彩3D",
            ),
        ),
        "fixed": (f"draw {name}", partial(inspections.draw_sample, inspection_id=row.id, seed="835")),
        "drawn": (
            f"close {name}",
            partial(inspections.close_inspection, inspection_id=row.id, result=words),
        ),
    }
    found = [steps[row.state]]
    if row.state == "draft":
        found.append((f"edit {name}", partial(inspections.edit_plan, inspection_id=row.id, form=plan)))
    if w.rng.random() < 0.3:
        giving_up = partial(inspections.withdraw_inspection, inspection_id=row.id, reason=words)
        recuse = partial(
            inspections.recuse_inspector,
            inspection_id=row.id,
            person_id=w.rng.choice(row.inspector_ids),
            reason=words,
        )
        found += [(f"withdraw {name}", giving_up), (f"recuse in {name}", recuse)]
    return found


def _form(w: World, desk: SimDesk, words: str) -> inspections.InspectionForm:
    today = desk.now().date()
    return inspections.InspectionForm(
        title="抽查",
        kind="spot_check",
        mandate="zfdc-2021",
        purpose=words,
        plan=w.rng.choice(("", words)),
        unit_ids=w.rng.choice((("u-roads",), ("u-roads", "u-water"))),
        from_day=today - timedelta(days=300),
        to_day=today,
        by_date="received",
        checklist="handling",
        inspector_ids=("p-officer", "p-chief"),
    )
