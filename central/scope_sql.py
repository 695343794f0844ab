"""The one scope predicate as SQL: what ``privacy.may_see`` says of a row, for ``entity`` and for ``change``.

Every query that reads rows for somebody goes through here; a property test holds it against ``may_see``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, bindparam, false, not_, or_, select

from desktop.models.domain.privacy import Viewer

from .tables import unit_set

_PERSON, _UNIT = "viewer_person", "viewer_unit_"


class Shape(NamedTuple):
    """All of a viewer that the text of a query depends on; who it is, is told by :func:`values_of`."""

    office: bool
    units: int


def shape_of(viewer: Viewer) -> Shape:
    """The shape of a viewer: a few of them serve a whole city."""
    return Shape(viewer.office, sum(1 for unit in viewer.unit_ids if unit))


def values_of(viewer: Viewer) -> dict[str, Any]:
    """The values for the parameters of :func:`visible_to`."""
    units = sorted(unit for unit in viewer.unit_ids if unit)
    return {_PERSON: viewer.person_id} | {f"{_UNIT}{i}": unit for i, unit in enumerate(units)}


def visible(viewer: Viewer, rows: FromClause) -> ColumnElement[bool]:
    """True for the rows of ``rows`` (a table with the scope columns) that ``viewer`` may have."""
    return _visible(rows, viewer.office, sorted(viewer.unit_ids), viewer.person_id)


def visible_to(shape: Shape, rows: FromClause) -> ColumnElement[bool]:
    """:func:`visible` for every viewer of a shape, with parameters in the place of their person and units."""
    units: list[BindParameter[str]] = [bindparam(f"{_UNIT}{i}", required=True) for i in range(shape.units)]
    return _visible(rows, shape.office, units, bindparam(_PERSON, required=True))


def _visible(
    rows: FromClause,
    office: bool,
    units: Sequence[str] | Sequence[BindParameter[str]],
    person: str | BindParameter[str],
) -> ColumnElement[bool]:
    columns = rows.c
    if office:
        mine: ColumnElement[bool] = or_(
            columns.audience == "unit",
            columns.audience == "office",
            and_(columns.audience == "author", columns.author_id == person),
        )
    elif units:
        assisting = select(unit_set.c.set_id).where(unit_set.c.unit_id.in_(units))
        mine = and_(
            columns.audience == "unit",
            or_(columns.unit_id.in_(units), columns.assist_set.in_(assisting)),
        )
    else:
        mine = false()
    recused = [unit for unit in units if not isinstance(unit, str) or unit]
    if recused:
        mine = and_(mine, not_(columns.recused.in_(recused)))
    barring = select(unit_set.c.set_id).where(unit_set.c.unit_id == person)
    mine = and_(mine, columns.barred_set.not_in(barring))
    return or_(columns.audience == "everyone", mine)
