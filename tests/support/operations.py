"""One operation of every kind of the catalogue, with every text a person could have typed into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, get_args, get_origin

import msgspec

from desktop.models.domain.entities import Answers, Finding, Notice, Ticket, Visit
from desktop.models.domain.operations import CATALOGUE, FieldChange, Operation, payload_of

from .builders import NOW

_GIVEN: dict[str, Any] = {
    "means": "phone",
    "outcome": "no_answer",
    "at": NOW,
    "questionnaire": "2024",
    "code": "F02",
    "name": "现场.jpg",
    "size": 1,
    "sha256": "0" * 64,
    "stance": "explains",
    "severity": "ordinary",
    "unit_ids": ("u-roads",),
    "days": 3,
    "agreed": True,
    "given_at": NOW,
    "sent_at": NOW,
    "kind": "spot_check",
    "from_day": date(2024, 4, 1),
    "to_day": date(2024, 4, 30),
    "method": "simple",
}

_OF_KIND: dict[str, dict[str, str]] = {
    "finding.arrange": {"means": "return_visit"},
    "finding.decide": {"outcome": "upheld"},
}
"""Where a kind knows other words under a name that another kind has too."""


def every_operation(
    ticket: Ticket, notice: Notice, finding: Finding, visit: Visit, *, new_id: Callable[[], str]
) -> list[Operation]:
    """The catalogue's kinds in its order; ``seq`` is 0 and the caller's to set."""
    there = {"notice": notice.id, "finding": finding.id, "visit": visit.id}
    ops = []
    for kind in CATALOGUE.values():
        creates = kind.mode == "append" or kind.name.endswith(".create")
        payload = {
            field.encode_name: _value(field, ticket, visit, new_id)
            for field in msgspec.structs.fields(kind.payload)
            if field.required or field.type is str or _is_text(field.type)
        }
        payload |= {name: word for name, word in _OF_KIND.get(kind.name, {}).items() if name in payload}
        if kind.name == "visit.complete":
            payload["answers"] = msgspec.to_builtins(Answers(note="备注一句", still_missing="还差一处"))
        edited: tuple[FieldChange, ...] = ()
        if kind.editable:
            edited = (FieldChange("requirement", "旧", f"改为{kind.name}"),)
        op = Operation(
            op_id=new_id(),
            seq=0,
            schema=2,
            kind=kind.name,
            entity_id=new_id() if creates else there.get(kind.entity_type, new_id()),
            base_version=None if creates else 1,
            payload=msgspec.to_builtins(payload),
            changes=edited,
            client_time=NOW,
        )
        payload_of(op)  # the catalogue takes it
        ops.append(op)
    return ops


def _value(field: Any, ticket: Ticket, visit: Visit, new_id: Callable[[], str]) -> Any:
    name = field.name
    if name in _GIVEN:
        return _GIVEN[name]
    if name == "answers":
        return {}
    if name.endswith("_id"):
        known = {"ticket_id": ticket.id, "unit_id": ticket.unit_id, "visit_id": visit.id}
        return known.get(name, new_id() if field.required else "")
    return f"写下的{name}" if _is_text(field.type) else ""


def _is_text(kind: Any) -> bool:
    return kind is str or (get_origin(kind) is not None and get_args(kind)[:1] == (str,))
