"""Whom the latest commits may concern: the scopes of what changed, each with the position of its last change.

By this a held poll is woken for what its viewer may see and left alone otherwise, without a query of its own. Reads the
log's scope columns and nothing of the rows; what a woken poll receives is decided by its own query (``pull``). It may
say too much, never too little.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from desktop.models.domain.privacy import Scope, Viewer, may_see

from .dialects import Ready
from .tables import change, unit_set

_MOST_SCOPES = 4096


class News:
    """What happened after ``since`` and up to ``until``, both heads of the log. Not thread-safe."""

    def __init__(self) -> None:
        self.since = self.until = 0
        self._last: dict[Scope, int] = {}  # in the order of the positions

    def begin(self, head: int) -> None:
        """Forget everything: nothing is known of what happened before ``head``."""
        self.since = self.until = head
        self._last.clear()

    def add(self, scopes: Iterable[tuple[Scope, int]], until: int) -> None:
        """What happened since ``self.until``: scopes and the position of the last change of each, in that order."""
        for scope, position in scopes:
            self._last.pop(scope, None)
            self._last[scope] = position
        self.until = until
        while len(self._last) > _MOST_SCOPES:
            oldest = next(iter(self._last))
            self.since = self._last.pop(oldest)

    def concern(self, viewer: Viewer, position: int) -> bool:
        """Whether anything after ``position`` may concern the viewer; True where that is no longer known."""
        if position < self.since:
            return True
        for scope, last in reversed(self._last.items()):
            if last <= position:
                return False
            if may_see(viewer, scope):
                return True
        return False


def scopes_after(connection: Connection, position: int) -> list[tuple[Scope, int]]:
    """The scopes of the changes after ``position`` with the last position of each, in the order of the positions."""
    return [
        (
            Scope(
                row.audience,
                row.unit_id,
                members_of(connection, row.assist_set),
                "normal",
                row.recused,
                row.author_id,
                members_of(connection, row.barred_set),
            ),
            row.last,
        )
        for row in _SCOPES.execute(connection, {"position": position})
    ]


def members_of(connection: Connection, set_id: str) -> tuple[str, ...]:
    """The units or persons of a named set."""
    return tuple(sorted(_MEMBERS.execute(connection, {"set_id": set_id}).scalars())) if set_id else ()


_last = func.max(change.c.position).label("last")
_KINDS = (
    change.c.audience,
    change.c.unit_id,
    change.c.assist_set,
    change.c.recused,
    change.c.author_id,
    change.c.barred_set,
)
_SCOPES = Ready(
    select(*_KINDS, _last).where(change.c.position > bindparam("position")).group_by(*_KINDS).order_by(_last)
)
_MEMBERS = Ready(select(unit_set.c.unit_id).where(unit_set.c.set_id == bindparam("set_id")))
