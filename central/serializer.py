"""The one way a row leaves the server: masked for its viewer. Rows that no mask touches pass as the bytes they are.

Knows no query; ``privacy.present`` says what a mask is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from desktop.models.domain.entities import REFERENCE_TYPES, decode_row, encode_row
from desktop.models.domain.privacy import LISTENERS, Scope, Viewer, present
from desktop.models.domain.wire import Change

from .tables import entity


class StoredRow(Protocol):
    """A row as it lies in the table: what a query over :data:`ROW_COLUMNS` gives."""

    @property
    def type(self) -> Any: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def level(self) -> Any: ...
    @property
    def audience(self) -> Any: ...
    @property
    def unit_id(self) -> str: ...
    @property
    def recused(self) -> str: ...
    @property
    def author_id(self) -> str: ...
    @property
    def barred_set(self) -> str: ...
    @property
    def data(self) -> bytes: ...


ROW_COLUMNS = tuple(
    entity.c[name]
    for name in (
        "type",
        "id",
        "version",
        "level",
        "audience",
        "unit_id",
        "recused",
        "author_id",
        "barred_set",
        "data",
    )
)


_NAMES_REQUESTERS = frozenset({"ticket", "visit", "attempt"})
"""Rows that tell one requester from another."""


class Presenter:
    """Presents rows to one viewer."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._sees_all = viewer.office and viewer.cleared
        self._office = viewer.office
        self._listens = bool(viewer.roles & LISTENERS)

    def may_need_mask(self, entity_type: str, level: str, *, against: bool) -> bool:
        """False only where ``present`` is certain to leave the row as it is. ``against``: somebody is kept from it."""
        if entity_type == "attachment" and not self._listens:
            return True  # it may be the recording of a colleague's call
        if self._sees_all or entity_type in REFERENCE_TYPES:
            return False
        if not self._office or level == "report":
            return True
        return entity_type in _NAMES_REQUESTERS and (level != "normal" or against)

    def data(self, row: StoredRow) -> bytes:
        """The row as the viewer may have it, as JSON."""
        against = bool(row.recused or row.barred_set)
        if not self.may_need_mask(row.type, row.level, against=against):
            return row.data
        decoded = decode_row(row.type, row.data)
        # no mask asks for the assisting units, nor who is barred: only whether anybody is
        barred = (row.barred_set,) if row.barred_set else ()
        scope = Scope(row.audience, row.unit_id, (), row.level, row.recused, row.author_id, barred)
        shown = present(decoded, scope, self._viewer)
        return row.data if shown is decoded else encode_row(shown)

    def put(self, row: StoredRow, caused_by: str = "") -> Change:
        """A change that carries the row."""
        return Change(
            type=row.type,
            id=row.id,
            op="put",
            version=row.version,
            caused_by=caused_by,
            data=msgspec.Raw(self.data(row)),
        )

    def puts(self, rows: Iterable[StoredRow]) -> tuple[Change, ...]:
        """Changes that carry these rows, in order."""
        return tuple([self.put(row) for row in rows])
