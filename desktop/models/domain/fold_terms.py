"""The terms of every fold: who acts and when, how it refuses, how an edit is set. Knows no kind of the catalogue."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from .entities import Row
from .operations import FieldChange
from .profile import RuleProfile


class Refused(Exception):
    """The operation has no effect on these rows. ``code`` is stable and has words in the interface."""

    def __init__(self, code: str, pointer: str = "", *, conflict: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.pointer = pointer
        self.conflict = conflict


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts, for the fields that name a colleague."""

    id: str
    name: str


class FoldContext(Struct, frozen=True, kw_only=True):
    """What a fold may know beside rows: the actor, the office's time of the effect, the rules.

    On the desktop ``at`` is the time the operation was made; on the server the time it is applied.
    """

    actor: Actor
    at: datetime
    profile: RuleProfile
    ticket_rework: int = 0


def require_state(state: str, *allowed: str) -> None:
    """Raises :class:`Refused`, as a conflict, unless the row stands in one of the states a step may leave."""
    if state not in allowed:
        raise Refused("transition_not_legal", "/state", conflict=True)


def apply_changes(row: Row, changes: tuple[FieldChange, ...], editable: tuple[str, ...]) -> Row:
    """``row`` with the named fields set. Raises :class:`Refused` for a field that is not editable or ill-typed."""
    plain = msgspec.to_builtins(row)
    for change in changes:
        if change.field not in editable:
            raise Refused("field_not_editable", f"/changes/{change.field}")
        plain[change.field] = change.after
    try:
        return msgspec.convert(plain, type(row), strict=False)
    except msgspec.ValidationError as error:
        raise Refused("bad_value", "/changes") from error
