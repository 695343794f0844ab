"""One operation for every line of the matrix that belongs to no case: the directory, views, guidance.

Each at a fresh row, where nothing but authority can refuse it. What is expected stands in ``authority_table``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.models.domain.entities import Guidance, Person, Row, View
from desktop.models.domain.operations import CATALOGUE, SCHEMA, FieldChange, Operation

from .authority_inspections import payload_of_step, standing_inspection
from .authority_stage import People
from .builders import NOW

_AUTHOR = "p-author"
SECRET = "秘而不宣的一句"
"""Stands in every colleague's view and guidance: no refusal may show it."""


class OfficePushes:
    """Makes the operations. ``people`` say whose a row is."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._office = people.office
        self._seq = 100_000
        self._place = 0

    def operation(self, line: tuple[str, str], column: str) -> Operation:
        """The operation of a line by this person."""
        kind, which = line
        author = self._people.person_id(column) if which == "one's own" else _AUTHOR
        row = self._row(kind, which, author)
        if kind.startswith("inspection.") and not kind.endswith(".create"):
            self._place += 1
            row, *beside = standing_inspection(kind, author, self._office.new_id(), self._place)
            self._office.load(*beside)
        if row is not None:
            self._office.load(row)
        payload, changes = self._payload(kind, row)
        made_new = CATALOGUE[kind].mode == "append" or kind.endswith(".create")
        self._seq += 1
        return Operation(
            op_id=self._office.new_id(),
            seq=self._seq,
            schema=SCHEMA,
            kind=kind,
            entity_id=self._office.new_id() if made_new else row.id if row is not None else "u-roads",
            base_version=None if made_new else 1,
            payload=msgspec.to_builtins(payload),
            changes=changes,
            client_time=NOW,
        )

    def _row(self, kind: str, which: str, author: str) -> Row | None:
        new_id = self._office.new_id()
        if kind == "person.assign":
            role: Any = "liaison" if which == "a liaison's" else "officer"
            return Person(id=new_id, name="某人", roles=(role,))
        if kind in ("view.edit", "view.remove"):
            shared = which.endswith("shared")
            return View(id=new_id, name=SECRET, author_id=author, shared=shared, created_at=NOW)
        if kind in ("guidance.withdraw", "guidance.confirm"):
            return Guidance(id=new_id, title="提示", text=SECRET, unit_ids=("u-roads",), by_id=author, at=NOW)
        return None

    def _payload(self, kind: str, row: Row | None) -> tuple[dict[str, Any], tuple[FieldChange, ...]]:
        match kind:
            case "person.assign":
                return {}, (FieldChange("assigned_unit_ids", [], ["u-roads"]),)
            case "unit.edit":  # said again, it is said already: the second person's is merged
                return {}, (FieldChange("duty_phone", "", "66550000"),)
            case "view.create":
                return {"name": "我的视图"}, ()
            case "view.edit":
                return {}, (FieldChange("place", 0, 3),)
            case "guidance.send":
                return {"title": "提示", "text": "请注意时限", "unit_ids": ["u-roads"]}, ()
            case "guidance.confirm":
                assert row is not None
                return {"guidance_id": row.id, "unit_id": "u-roads"}, ()
            case "guidance.withdraw":
                return {"reason": "发错单位"}, ()
        if kind.startswith("inspection."):
            return payload_of_step(kind)
        return {}, ()
