"""How long what stands in the outbox is kept, and when it is sent again. Rows only; inside the caller's transaction.

A body that the server took is kept for as long as a backup may be old that the server is restored from; what the
server said of a case's rows is kept for as long as the case is here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from desktop.models.domain.wire import OperationResult

from .outbox import KEEP_APPLIED_S, KEEP_DISCARDED_S, Entry, fold_in, in_states, set_state
from .tables import outbox, outbox_row

_answers_of = select(outbox.c.seq, outbox.c.answer).where(
    outbox.c.ticket_id == bindparam("t"), outbox.c.answer.is_not(None)
)
_put_answer = update(outbox).where(outbox.c.seq == bindparam("seq_")).values(answer=bindparam("a"))
_read_result = msgspec.json.Decoder(OperationResult).decode


def prune(connection: Connection, now: datetime, horizon: timedelta) -> int:
    """Forgets applied bodies after 30 days, or the server's backup horizon if that is longer, discarded ones after 90.

    How many went. ``now`` is the office's time by the server's word. A person discards by this machine's clock, which
    may be 400 days off: those days count from the first time we look, and ``next_try_at`` says when they are over.
    """
    now_s = int(now.timestamp())
    keep_applied = max(KEEP_APPLIED_S, int(horizon.total_seconds()))
    connection.execute(
        update(outbox)
        .where(outbox.c.state == "discarded", outbox.c.next_try_at.is_(None))
        .values(next_try_at=now_s + KEEP_DISCARDED_S)
    )
    gone = 0
    for done in (
        (outbox.c.state == "applied") & (outbox.c.settled_at < now_s - keep_applied),
        (outbox.c.state == "discarded") & (outbox.c.next_try_at < now_s),
    ):
        unfolded = outbox.c.seq.not_in(select(outbox_row.c.seq))
        gone += connection.execute(delete(outbox).where(done, unfolded)).rowcount
    return gone


def requeue_applied(connection: Connection) -> list[Entry]:
    """After a server was restored: what it took may be lost, so it is sent again under the same ids, in order.

    All of it that is still kept, which is the server's backup horizon at least: what it has not lost is a duplicate.
    """
    entries = in_states(connection, ("applied",))
    for entry in entries:
        set_state(connection, entry.op_id, "queued")
        fold_in(connection, entry.op)
    return entries


def forget_answers(connection: Connection, ticket_id: str) -> None:
    """The case has left: what the server said of its rows goes with it, and only how it judged stays."""
    found = connection.execute(_answers_of, {"t": ticket_id}).all()
    for seq, answer in found:
        full = _read_result(answer)
        bare = OperationResult(op_id=full.op_id, status=full.status, version=full.version)
        connection.execute(_put_answer, {"seq_": seq, "a": msgspec.json.encode(bare)})
