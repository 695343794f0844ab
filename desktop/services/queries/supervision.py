"""How far up the ladder a matter stands, what may come next, and what its history proposes.

The acts are those of the ticket; what stands on tickets merged with it bars the way as well and is named. Decides
nothing: ``domain.ladder`` does.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import Notice, Rung, Ticket
from desktop.models.domain.ladder import (
    PENDING,
    STANDING,
    Course,
    NextStep,
    pending,
    proposed,
    standing,
    steps_above,
)
from desktop.models.domain.ladder_rules import may_write
from desktop.models.store.matters import acts_of_matter
from desktop.models.store.tables import ticket_list

from .base import Reader

_NUMBER = select(ticket_list.c.number).where(ticket_list.c.id == bindparam("id"))


class Elsewhere(Struct, frozen=True, kw_only=True):
    """An act on another ticket of the same matter; ``number`` is that ticket's, "" where it is not in the store."""

    act: Notice
    number: str


class Supervision(Struct, frozen=True, kw_only=True):
    """``acts`` are the ticket's own, oldest first, whatever their state. ``above``: the rungs that may be taken now.

    ``mine`` are those of ``above`` that this person may write; ``step`` is what is proposed, whoever may write it.
    """

    acts: tuple[Notice, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    above: tuple[Rung, ...] = ()
    mine: tuple[Rung, ...] = ()
    step: NextStep | None = None

    @property
    def current(self) -> Notice | None:
        """The act that is on its way, else the highest that stands; None where the matter is under no supervision."""
        return pending(self.acts) or standing(self.acts)


def supervision_of(r: Reader, ticket: Ticket, acts: Iterable[Notice], course: Course) -> Supervision:
    """The supervision of a matter, from the rows of its ticket."""
    own = tuple(sorted(acts, key=lambda act: (act.created_at, act.id)))
    others = [
        act
        for act in acts_of_matter(r.connection, ticket.id)
        if act.ticket_id != ticket.id and act.state in (*PENDING, *STANDING)
    ]
    rules = r.profile.ladder
    above = steps_above(rules, [*own, *others])
    return Supervision(
        acts=own,
        elsewhere=tuple(Elsewhere(act=act, number=_number_of(r, act.ticket_id)) for act in others),
        above=above,
        mine=tuple(rung for rung in above if may_write(rules, rung, r.me.roles)),
        step=proposed(rules, ticket, own, course),
    )


def _number_of(r: Reader, ticket_id: str) -> str:
    found = r.connection.execute(_NUMBER, {"id": ticket_id}).scalar_one_or_none()
    return str(found) if found is not None else ""
