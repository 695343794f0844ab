"""Saved views of the list of cases: written, changed, put in order, removed; rows of the contract like others."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import asdict, fields

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import GroupBy, ListQuestion, View
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.payloads import ViewPayload
from desktop.services.commands.base import Writer


class ViewForm(Struct, frozen=True, kw_only=True):
    """A view as a person wants it; ``shortcut`` 1–9, 0 for none."""

    name: str
    shared: bool = False
    question: ListQuestion = ListQuestion()
    whole_city: bool = False
    group_by: GroupBy = ""
    columns: str = ""
    place: int = 0
    shortcut: int = 0


def save_view(w: Writer, form: ViewForm, view_id: str = "") -> Changes:
    """Make a view, or change the one with ``view_id``. Raises Refused("incomplete") without a name."""
    if not form.name.strip():
        raise Refused("incomplete", "/payload/name")
    if not view_id:
        return w.submit("view.create", w.new_id(), ViewPayload(**asdict(form)))
    row = w.row("view", view_id)
    if not isinstance(row, View):
        raise Refused("not_found", "/entity_id")
    wanted = {field.name: field_value(form, field.name) for field in fields(form)}
    changes = tuple(
        FieldChange(name, before, after)
        for name, after in wanted.items()
        if (before := field_value(row, name)) != after
    )
    return w.submit("view.edit", view_id, changes=changes) if changes else NO_CHANGES


def remove_view(w: Writer, view_id: str) -> Changes:
    """Take a view out of everybody's list."""
    return w.submit("view.remove", view_id)
