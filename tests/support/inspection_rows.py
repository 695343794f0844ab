"""Inspections as rows, for tests that need one beside what they are about."""

from __future__ import annotations

from desktop.models.domain.entities import Inspection, InspectionKind, InspectionState

from .builders import NOW


def make_inspection(
    inspection_id: str,
    *,
    kind: InspectionKind = "spot_check",
    state: InspectionState = "drawn",
    checklist: str = "handling",
) -> Inspection:
    """One of the unit whose cases the tests' tickets are."""
    return Inspection(
        id=inspection_id,
        version=1,
        title=f"办理质量抽查 {inspection_id}",
        kind=kind,
        state=state,
        unit_ids=("u-roads",),
        from_day=NOW.date(),
        to_day=NOW.date(),
        checklist=checklist,
        created_at=NOW,
    )
