"""Which ways are open for an entry of the outbox: a pure judgement over its standing and the rows as they are now.

Offers only what the rules still permit here; the server judges again. Settles nothing.
"""

from __future__ import annotations

from typing import Literal

from desktop.models.domain.entities import Row, Ticket
from desktop.models.domain.fold import Actor, FoldContext, Refused, fold
from desktop.models.domain.operations import CATALOGUE, BadOperation, Operation, own_words, touches
from desktop.models.domain.settling import is_edit, unit_of_note
from desktop.models.store.projection import get_row

from .base import Reader
from .outbox import OutboxRow

Way = Literal["send", "send_note", "hand_over", "leave", "retry", "open_behind", "put_back", "discard"]
"""What can be done. ``send``: the same deed with what stands on the page; ``leave``: what stands on the server stays;
``open_behind``: settle first what it waits for."""


def ways_of(
    r: Reader, row: OutboxRow, op: Operation, now: Row | None, ticket: Row | None, *, waits: bool
) -> tuple[Way, ...]:
    """What can be done, the recommended first: one at least for all that needs the person; none loses their words.

    ``now`` is the row as it is here, ``ticket`` its case; ``waits``: another entry stands before it.
    """
    if row.standing == "settled":
        return ()
    if row.standing == "discarded":
        return ("put_back",)
    if row.standing in ("waiting", "sending"):
        return ("send", "discard") if row.standing == "waiting" and not row.attempts else ()
    if row.standing == "suspended":
        return "retry", "discard"
    ways: list[Way] = []
    possible = _is_possible(r, op, now)
    words = own_words(op)
    if row.standing == "blocked":
        ways.append("open_behind" if waits else "retry")
    elif row.standing == "conflict":
        if possible:
            ways.append("send")
        if is_edit(op):
            ways.append("leave")
    elif row.standing == "refused":
        if possible:
            ways.append("send")
    elif possible:  # out of scope, and the case has come back
        ways.append("send")
    if words and isinstance(ticket, Ticket) and unit_of_note(r.me, ticket) is not None:
        ways.append("send_note")
    elif words and row.quarantine_id and row.ticket_id:
        ways.append("hand_over")
    return (*ways, "discard")


def _is_possible(r: Reader, op: Operation, now: Row | None) -> bool:
    """Whether the same deed would have an effect on the rows as they are now."""
    if not CATALOGUE[op.kind].roles.intersection(r.me.roles):
        return False
    try:
        rows = {key: row for key in touches(op) if (row := get_row(r.connection, key)) is not None}
        actor = Actor(id=r.me.person_id, name=r.me.name)
        fold(op, rows, FoldContext(actor=actor, at=r.now, profile=r.profile))
    except (Refused, BadOperation):
        return False
    ticket_id = str(op.payload.get("ticket_id", "")) or str(getattr(now, "ticket_id", ""))
    return not ticket_id or get_row(r.connection, ("ticket", ticket_id)) is not None
