"""What the office keeps of units and of its own people: the directory's lines, and who looks after which unit."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import fields

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Unit, UnitContact
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.operations import FieldChange
from desktop.services.commands.base import Writer


class UnitForm(Struct, frozen=True, kw_only=True):
    """The lines of one unit as their form holds them: by name the fields of :class:`Unit` that may be changed."""

    leader: str = ""
    leader_phone: str = ""
    liaison: str = ""
    liaison_phone: str = ""
    office_phone: str = ""
    duty_phone: str = ""
    substitutes: tuple[UnitContact, ...] = ()


def edit_unit(w: Writer, unit_id: str, form: UnitForm) -> Changes:
    """Write what is another line now than on the screen; two people's different lines are merged by the server."""
    row = w.row("unit", unit_id)
    if not isinstance(row, Unit):
        raise Refused("not_found", "/entity_id")
    wanted = {field.name: field_value(form, field.name) for field in fields(form)}
    changes = tuple(
        FieldChange(name, before, after)
        for name, after in wanted.items()
        if (before := field_value(row, name)) != after
    )
    return w.submit("unit.edit", unit_id, changes=changes) if changes else NO_CHANGES


def assign_units(w: Writer, person_id: str, unit_ids: Iterable[str]) -> Changes:
    """Say which units a colleague looks after; a superior's to say. Takes nobody's rights and gives none."""
    row = w.row("person", person_id)
    if row is None:
        raise Refused("not_found", "/entity_id")
    before, after = field_value(row, "assigned_unit_ids"), sorted(set(unit_ids))
    if before == after:
        return NO_CHANGES
    change = FieldChange("assigned_unit_ids", before, after)
    return w.submit("person.assign", person_id, changes=(change,))
