"""The reference rows (units, categories, places, persons) as one frozen value, and who the store belongs to.

Small tables: a city has hundreds of units and a few thousand categories; read once, replaced as a whole.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, select

from desktop.models.domain.entities import Category, Person, Place, Row, Unit
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me
from desktop.models.store import settings
from desktop.models.store.tables import projection

from .base import Reference

R = TypeVar("R", bound=Row)

_of_type = select(projection.c.data).where(projection.c.type == bindparam("t"))


def load_reference(connection: Connection) -> Reference:
    """All reference rows by id; empty dictionaries before the first sync."""
    return Reference(
        units=_rows(connection, "unit", Unit),
        categories=_rows(connection, "category", Category),
        places=_rows(connection, "place", Place),
        persons=_rows(connection, "person", Person),
    )


def identity(connection: Connection) -> tuple[Me, RuleProfile] | None:
    """Who works here and by which rules; None before the first sign-in told."""
    me, profile = settings.me(connection), settings.profile(connection)
    return None if me is None or profile is None else (me, profile)


def _rows(connection: Connection, entity_type: str, kind: type[R]) -> dict[str, R]:
    decode = msgspec.json.Decoder(kind).decode
    rows = (decode(data) for data in connection.execute(_of_type, {"t": entity_type}).scalars())
    return {row.id: row for row in rows}
