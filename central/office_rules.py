"""What the server checks of operations on rows that belong to no case: the directory, views, guidance.

Nobody's authority follows from a case here, so each rule says whose the row is. Each refuses or says nothing; none
writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from desktop.models.domain import payloads as p
from desktop.models.domain.entities import Guidance, Person, Unit, View
from desktop.models.domain.privacy import is_superior

from .situation import Situation, rejected

_MOST_SUBSTITUTES = 20
_LOOKS_AFTER = frozenset({"officer", "approve", "deputy_director"})


def _assign(s: Situation, payload: object) -> None:
    """Only somebody who supervises has units to look after."""
    assert isinstance(s.row, Person)  # the catalogue names the type
    if not _LOOKS_AFTER & set(s.row.roles):
        raise rejected("unknown_person", "/entity_id")
    for edit in s.op.changes:
        _known_units(s, edit.after, f"/changes/{edit.field}")


def _unit_edit(s: Situation, payload: object) -> None:
    """The office keeps the whole directory, a liaison the lines of their own units."""
    assert isinstance(s.row, Unit)  # the catalogue names the type
    if not s.viewer.office and s.row.id not in s.viewer.unit_ids:
        raise rejected("not_your_unit", "/entity_id")
    for edit in s.op.changes:
        said = edit.after
        if edit.field == "substitutes" and (not isinstance(said, list) or len(said) > _MOST_SUBSTITUTES):
            raise rejected("bad_value", f"/changes/{edit.field}")


def _view_edit(s: Situation, payload: object) -> None:
    """A view is its author's; what is shared a superior may mend too."""
    assert isinstance(s.row, View)  # the catalogue names the type
    own = s.row.author_id == s.viewer.person_id
    if not own and not (s.row.shared and is_superior(s.viewer)):
        raise rejected("not_your_draft", "/entity_id")


def _send(s: Situation, payload: p.GuidancePayload) -> None:
    _known_units(s, payload.unit_ids, "/payload/unit_ids")
    if len(set(payload.unit_ids)) != len(payload.unit_ids):
        raise rejected("bad_value", "/payload/unit_ids")


def _confirm(s: Situation, payload: p.ReceiptPayload) -> None:
    """For one of one's own units, to which it was sent; what is not there and what is not ours answer alike."""
    guidance = s.writer.row("guidance", payload.guidance_id)
    if payload.unit_id not in s.viewer.unit_ids:
        raise rejected("not_your_unit", "/payload/unit_id")
    if not isinstance(guidance, Guidance) or payload.unit_id not in guidance.unit_ids:
        raise rejected("unknown_guidance", "/payload/guidance_id")


def _withdraw(s: Situation, payload: object) -> None:
    assert isinstance(s.row, Guidance)  # the catalogue names the type
    if s.row.by_id != s.viewer.person_id and not is_superior(s.viewer):
        raise rejected("not_your_draft", "/entity_id")


def _known_units(s: Situation, unit_ids: object, pointer: str) -> None:
    if not isinstance(unit_ids, Iterable):
        raise rejected("bad_value", pointer)
    for unit_id in unit_ids:
        if not isinstance(unit_id, str) or s.writer.row("unit", unit_id) is None:
            raise rejected("unknown_unit", pointer)


OFFICE_RULES: dict[str, Callable[[Situation, Any], None]] = {
    "person.assign": _assign,
    "unit.edit": _unit_edit,
    "view.edit": _view_edit,
    "view.remove": _view_edit,
    "guidance.send": _send,
    "guidance.confirm": _confirm,
    "guidance.withdraw": _withdraw,
}
