"""What a refused operation takes along when a person settles it, and who may say it as a note. Pure.

Shared by the command that settles and the query that shows what settling will do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from .entities import Key, Ticket
from .operations import CATALOGUE, Operation
from .privacy import Viewer
from .wire import Me

SETTLED = "settled"
"""The code of an entry that was set aside because another operation, or the server's state, has taken its place."""

SCHEDULED = ("booked_at", "booked_until", "assigned_to", "note")
"""What a booking sets on a visit: decided field by field like an edit."""


MOMENTS = frozenset({"booked_at", "booked_until", "given_at", "due_at"})
"""Fields that hold a moment, which travels as text and may be written in more than one way."""


class SettlingForm(Struct, frozen=True, kw_only=True):
    """A settling page as it was left, kept as a draft.

    ``choices``: field → "mine", "theirs" or "other"; ``values``: field → the value of "other", and every text as it
    stands.
    """

    choices: dict[str, str] = {}
    values: dict[str, Any] = {}


def form_key(entry_key: str) -> str:
    """Where the draft of a settling page lies; ``entry_key`` as in the outbox's list."""
    return f"settle:{entry_key}"


class Queued(Protocol):
    """An entry of the outbox, as far as this module looks at it."""

    @property
    def seq(self) -> int: ...

    @property
    def op_id(self) -> str: ...

    @property
    def entity(self) -> Key: ...

    @property
    def op(self) -> Operation: ...


E = TypeVar("E", bound=Queued)


def is_edit(op: Operation) -> bool:
    """Whether an operation sets fields of a row that was there: later ones are versions of the same words."""
    return bool(op.changes) or op.kind == "visit.schedule"


def absorbed(refused: E, others: Iterable[E]) -> list[E]:
    """Later edits of the same row by the same person, up to the first other step: one decision settles them all."""
    if not is_edit(refused.op):
        return []
    found: list[E] = []
    for other in sorted(others, key=lambda e: e.seq):
        if other.seq <= refused.seq or other.entity != refused.entity:
            continue
        if other.op.kind != refused.op.kind:
            break
        found.append(other)
    return found


def follows(settled: E, blocked: Iterable[E]) -> list[E]:
    """What waits behind ``settled``, in order: later steps on the same row, and those that name it or one of these."""
    ids, entities = {settled.op_id}, {settled.entity}
    found: list[E] = []
    for other in sorted(blocked, key=lambda e: e.seq):
        if other.seq > settled.seq and (other.entity in entities or ids.intersection(other.op.depends_on)):
            ids.add(other.op_id)
            entities.add(other.entity)
            found.append(other)
    return found


def unit_of_note(me: Me, ticket: Ticket) -> str | None:
    """For whom a person writes a note on a case: "" for the office, a unit's id, None where they may not."""
    viewer = Viewer(person_id=me.person_id, name=me.name, roles=frozenset(me.roles))
    if not CATALOGUE["note.add"].roles & viewer.roles:
        return None
    if viewer.office:
        return ""
    units = (ticket.unit_id, *ticket.assist_unit_ids)
    return next((unit for unit in units if unit in me.unit_ids and unit != ticket.against_unit_id), None)
