"""What the papers of an inspection are made of: the row, whom it names, and what drawing its sample again showed.

Rows as they are in the store: a unit's desktop makes its record from its own part alone. Nothing here knows a word of
a paper.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.models.domain.entities import Inspection
from desktop.models.domain.inspection_rules import Checklist
from desktop.models.domain.letters import LetterKind, NoLetter, no_paper
from desktop.models.domain.privacy import viewer_of

from .base import Reader
from .inspections import Redrawn, inspection_sheet, redrawn


class InspectionFacts(Struct, frozen=True, kw_only=True):
    """What one paper may say. ``unit_names`` by id, whole; ``inspectors`` without the recused, ``recused`` (who, why).

    ``redrawn`` is empty for a plan; in the office it is one whole draw, at a unit one for each of its parts. ``at`` is
    the moment it speaks of, in office time: when it was issued or drawn, else now.
    """

    kind: LetterKind
    inspection: Inspection
    unit_names: dict[str, str]
    categories: tuple[str, ...]
    inspectors: tuple[str, ...]
    recused: tuple[tuple[str, str], ...]
    mandate: str
    checklist: Checklist | None
    redrawn: tuple[Redrawn, ...]
    draft: bool
    at: datetime

    @property
    def object_type(self) -> str:
        """For the audit."""
        return "inspection"

    @property
    def object_id(self) -> str:
        """For the audit."""
        return self.inspection.id


def inspection_facts(r: Reader, kind: LetterKind, inspection_id: str) -> InspectionFacts | NoLetter | None:
    """The makings of a paper about an inspection; or why there is none. None where it is not in the store."""
    sheet = inspection_sheet(r, inspection_id)
    if sheet is None:
        return None
    inspection = sheet.inspection
    refused = no_paper(kind, inspection, office=viewer_of(r.me).office)
    if refused is not None:
        return refused
    plan = kind == "inspection_plan"
    rules = r.profile.inspections
    citation = rules.citation(inspection.mandate)
    words = citation.words("zh") if citation is not None else inspection.mandate
    gone = {each.person_id for each in inspection.recusals}
    moment = inspection.issued_at if plan else inspection.drawn_at
    units = {*inspection.unit_ids, *(part.unit_id for part in inspection.parts)}
    return InspectionFacts(
        kind=kind,
        inspection=inspection,
        unit_names={unit_id: _full_name(r, unit_id) for unit_id in units},
        categories=tuple(r.reference.category_path(category) for category in inspection.category_ids),
        inspectors=tuple(_person(r, each) for each in inspection.inspector_ids if each not in gone),
        recused=tuple((_person(r, each.person_id), each.reason) for each in inspection.recusals),
        mandate=inspection.mandate_words or words,
        checklist=rules.checklist(inspection.checklist),
        redrawn=() if plan else redrawn(r, inspection_id),
        draft=plan and inspection.issued_at is None,
        at=r.profile.local(moment or r.now),
    )


def _full_name(r: Reader, unit_id: str) -> str:
    unit = r.reference.units.get(unit_id)
    return unit.name if unit is not None else unit_id


def _person(r: Reader, person_id: str) -> str:
    person = r.reference.persons.get(person_id)
    return person.name if person is not None else ""
