"""The one scope predicate as SQL: what ``privacy.may_see`` says of a row, for ``entity`` and for ``change``.

Every query that reads rows for somebody goes through here; a property test holds it against ``may_see``.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, false, not_, or_, select

from desktop.models.domain.privacy import Viewer

from .tables import unit_set


def visible(viewer: Viewer, rows: FromClause) -> ColumnElement[bool]:
    """True for the rows of ``rows`` (a table with the scope columns) that ``viewer`` may have."""
    columns = rows.c
    units = sorted(viewer.unit_ids)
    if viewer.office:
        mine: ColumnElement[bool] = or_(
            columns.audience.in_(("unit", "office")),
            and_(columns.audience == "author", columns.author_id == viewer.person_id),
        )
    elif units:
        assisting = select(unit_set.c.set_id).where(unit_set.c.unit_id.in_(units))
        mine = and_(
            columns.audience == "unit",
            or_(columns.unit_id.in_(units), columns.assist_set.in_(assisting)),
        )
    else:
        mine = false()
    recused = [unit for unit in units if unit]
    if recused:
        mine = and_(mine, not_(columns.recused.in_(recused)))
    return or_(columns.audience == "everyone", mine)
