"""Fields of a search as conditions on ``ticket_list``, in SQL: ``unit:``, ``type:``, ``light:``, ``due<`` and so on.

Everything a person typed has become ids, codes and seconds before it comes here. Must not read a text.
"""

from __future__ import annotations

from array import array

import msgspec
from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, union_all

from desktop.models.store.tables import finding_list, notice_list, ticket_list, urge_list, visit_list
from desktop.services.queries.base import Reader
from desktop.services.queries.filters import light_condition

from .meaning import Condition, Due, Meaning

_t = ticket_list.c
_COLUMNS = {"unit": _t.unit_id, "type": _t.request_type, "category": _t.category_id, "place": _t.place_id}
_BY = (
    urge_list.c.by_id,
    notice_list.c.author_id,
    finding_list.c.author_id,
    visit_list.c.assigned_to,
    visit_list.c.completed_by_id,
)
_ids = msgspec.json.Decoder(list[int])


def narrowed(r: Reader, meaning: Meaning, among: array[int] | None) -> array[int]:
    """Those of the row ids (None: of all) that every field lets through, ascending."""
    rows = select(_t.rid).where(*field_conditions(r, meaning)).order_by(_t.rid)
    if among is not None:
        listed = func.json_each(msgspec.json.encode(list(among)).decode()).table_valued("value")
        rows = rows.where(_t.rid.in_(select(listed.c.value)))
    inner = rows.subquery()
    body = r.connection.execute(select(func.json_group_array(inner.c.rid))).scalar_one()
    return array("q", _ids.decode(body))


def field_conditions(r: Reader, meaning: Meaning) -> list[ColumnElement[bool]]:
    """Every field as a condition on ``ticket_list``."""
    return [
        *(_column(r, condition) for condition in meaning.conditions),
        *(_due(due) for due in meaning.dues),
    ]


def _column(r: Reader, condition: Condition) -> ColumnElement[bool]:
    is_so: ColumnElement[bool]
    if not condition.values:
        is_so = false()
    elif condition.kind == "light":
        is_so = or_(*(light_condition(r, light) for light in condition.values))  # type: ignore[arg-type]  # codes of Light
    elif condition.kind == "person":
        theirs = [select(column.table.c.ticket_id).where(column.in_(condition.values)) for column in _BY]
        is_so = _t.id.in_(union_all(*theirs))
    else:
        is_so = _COLUMNS[condition.kind].in_(condition.values)
    return not_(is_so) if condition.negative else is_so


def _due(due: Due) -> ColumnElement[bool]:
    """A ticket without a due time is due at no time: it is let through only where it is asked to be not due then."""
    parts: list[ColumnElement[bool]] = [_t.due_at.is_not(None)]
    if due.start is not None:
        parts.append(_t.due_at >= due.start)
    if due.end is not None:
        parts.append(_t.due_at < due.end)
    is_so = and_(*parts)
    return not_(is_so) if due.negative else is_so
