"""Mistakes of the desktop's engine and store."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from desktop.models.domain.operations import body_of
from desktop.models.domain.wire import PushRequest
from desktop.models.store import outbox, settings
from desktop.models.store.projection import NOTHING_TOUCHED
from desktop.services.api.errors import Offline, ServerFault
from desktop.services.sync import push as pushing

from .mutants import Mutant, nothing


def _sends_under_new_ids(original: Any) -> Any:
    def recall(connection: Any) -> int:
        for entry in outbox.in_states(connection, ("in_flight",)):
            _rename(connection, entry)
        return int(original(connection))

    return recall


def _requeues_under_new_ids(original: Any) -> Any:
    def requeue(connection: Any) -> Any:
        entries = original(connection)
        for entry in entries:
            _rename(connection, entry)
        return entries

    return requeue


def _rename(connection: Any, entry: Any) -> None:
    new = f"{entry.op_id[:-4]}{int(entry.op_id[-4:], 16) ^ 1:04x}"
    connection.exec_driver_sql(
        "UPDATE outbox SET op_id = ?, body = ? WHERE seq = ?",
        (new, body_of(replace(entry.op, op_id=new)), entry.seq),
    )


def _unfolds_at_once(original: Any) -> Any:
    def set_state(connection: Any, op_id: str, state: str, **rest: Any) -> None:
        original(connection, op_id, state, **rest)
        if state == "applied" and (entry := outbox.get(connection, op_id)) is not None:
            outbox.unfold(connection, entry.seq)

    return set_state


def _cursor_first(original: Any) -> Any:
    def apply_pages(ctx: Any, pages: Any, taken: Any) -> Any:
        if any(page.changes for page in pages):
            with ctx.store.write() as connection:
                settings.put(connection, settings.CURSOR, pages[-1].next_cursor)
        return original(ctx, pages, taken)

    return apply_pages


def _ticket_alone(original: Any) -> Any:
    def let_go(connection: Any, gone: Any, at: Any, *, unfinished: bool = False) -> Any:
        for entity_type, entity_id in gone:
            if entity_type == "ticket":
                run = connection.exec_driver_sql
                run("DELETE FROM projection WHERE type = 'ticket' AND id = ?", (entity_id,))
                run("DELETE FROM base WHERE type = 'ticket' AND id = ?", (entity_id,))
                run("DELETE FROM ticket_list WHERE id = ?", (entity_id,))
        return NOTHING_TOUCHED

    return let_go


def _lost_is_refused(original: Any) -> Any:
    def send(run: Any, batch: Any) -> None:
        try:
            original(run, batch)
        except Offline as error:
            with run.ctx.store.write() as connection:
                for entry in batch:
                    outbox.set_state(connection, entry.op_id, "rejected", code=error.code)
                    outbox.unfold(connection, entry.seq)
            raise

    return send


def _own_fold_as_base(original: Any) -> Any:
    def set_aside(connection: Any, key: Any) -> None:
        original(connection, key)
        connection.exec_driver_sql(
            "UPDATE base SET data = (SELECT p.data FROM projection p WHERE p.type = base.type AND p.id = base.id) "
            "WHERE type = ? AND id = ?",
            key,
        )

    return set_aside


def _clears_the_outbox(original: Any) -> Any:
    def finish(load: Any) -> Any:
        with load.ctx.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM outbox_row")
            connection.exec_driver_sql("DELETE FROM outbox WHERE state <> 'discarded'")
        return original(load)

    return finish


def _gives_up_the_batch(original: Any) -> Any:
    def send(run: Any, batch: Any) -> None:
        ctx = run.ctx
        request = PushRequest(device_id=ctx.api.device_id, ops=tuple(entry.op for entry in batch))
        with suppress(ServerFault):
            pushing._settle(run, ctx.api.push(request))

    return send


def _drops_drafts(original: Any) -> Any:
    def evict(connection: Any, ticket_id: str) -> Any:
        connection.exec_driver_sql("DELETE FROM draft WHERE ticket_id = ?", (ticket_id,))
        return original(connection, ticket_id)

    return evict


def _forgets_to_refold(original: Any) -> Any:
    def refold(connection: Any, keys: Any, folder: Any) -> Any:
        return original(connection, [], folder)

    return refold


def _in_any_order(original: Any) -> Any:
    def in_states(connection: Any, states: Any) -> Any:
        found = original(connection, states)
        return found[::-1] if set(states) == {"queued", "suspended"} else found

    return in_states


def _only_what_it_named(original: Any) -> Any:
    """The wait is a second, whatever the server asked for."""

    def wait_after(error: Any, failures: int, rng: Any) -> float:
        original(error, failures, rng)
        return 1.0

    return wait_after


def _forgets_early(original: Any) -> Any:
    def prune(connection: Any, now: Any, horizon: Any) -> int:
        return int(connection.exec_driver_sql("DELETE FROM outbox WHERE state = 'applied'").rowcount)

    return prune


CLIENT: tuple[Mutant, ...] = (
    Mutant(
        "in flight is not written down before sending",
        "what was sent counts as never sent and can be taken back though the server has it",
        "desktop.models.store.outbox",
        "mark_in_flight",
        nothing,
    ),
    Mutant(
        "a new id when sent again",
        "the same work is applied twice",
        "desktop.models.store.outbox",
        "recall_in_flight",
        _sends_under_new_ids,
        first=1,
    ),
    Mutant(
        "new ids after a restore",
        "what the server has not lost is applied twice",
        "desktop.models.store.keeping",
        "requeue_applied",
        _requeues_under_new_ids,
        first=7,
    ),
    Mutant(
        "no requeue after a restore",
        "what the server lost stays lost",
        "desktop.models.store.keeping",
        "requeue_applied",
        lambda original: lambda connection: [],
        first=7,
    ),
    Mutant(
        "settled before its row has come",
        "one's own work vanishes from the screen until the pull",
        "desktop.models.store.outbox",
        "set_state",
        _unfolds_at_once,
    ),
    Mutant(
        "the cursor before the rows",
        "a crash between the two loses rows for good",
        "desktop.services.sync.pull",
        "_apply_pages",
        _cursor_first,
        first=24,
    ),
    Mutant(
        "an eviction forgets the children",
        "parts of a case stay on a machine that lost the right to it",
        "desktop.services.sync.apply",
        "let_go",
        _ticket_alone,
        first=2,
    ),
    Mutant(
        "a lost reply counts as a refusal",
        "the person is told that it failed, and it was done",
        "desktop.services.sync.push",
        "_send",
        _lost_is_refused,
        first=1,
    ),
    Mutant(
        "the base is one's own fold",
        "what the server said is lost under what was typed",
        "desktop.models.store.folding",
        "_set_base_aside",
        _own_fold_as_base,
        first=1,
    ),
    Mutant(
        "a snapshot clears the outbox",
        "unsent work is gone",
        "desktop.services.sync.snapshot",
        "_finish",
        _clears_the_outbox,
        first=1,
    ),
    Mutant(
        "rows that a snapshot did not bring are kept",
        "cases that left the scope stay",
        "desktop.services.sync.snapshot",
        "_remove_unseen",
        nothing,
        first=1,
    ),
    Mutant(
        "Retry-After is not kept",
        "a server that asked for patience is asked again at once",
        "desktop.services.sync.pacing",
        "wait_after",
        _only_what_it_named,
        first=14,
    ),
    Mutant(
        "one poisoned operation stops the batch",
        "everybody's work waits for one that cannot be digested",
        "desktop.services.sync.push",
        "_send",
        _gives_up_the_batch,
    ),
    Mutant(
        "no quarantine",
        "the words of a refused operation have no copy",
        "desktop.models.store.quarantine",
        "keep_operation",
        nothing,
    ),
    Mutant(
        "an eviction takes half-written forms along",
        "what was typed about a lost case is gone",
        "desktop.services.sync.leaving",
        "evict_ticket",
        _drops_drafts,
        first=6,
    ),
    Mutant(
        "a pulled row is not folded anew",
        "the screen shows neither the server's row nor one's own",
        "desktop.services.sync.apply",
        "refold",
        _forgets_to_refold,
    ),
    Mutant(
        "the outbox is sent backwards",
        "a later step is judged before the one it stands on",
        "desktop.models.store.outbox",
        "in_states",
        _in_any_order,
    ),
    Mutant(
        "applied bodies are forgotten at once",
        "a restored server cannot get back what it lost",
        "desktop.models.store.keeping",
        "prune",
        _forgets_early,
    ),
    Mutant(
        "hidden rows are never destroyed",
        "cases stay on a machine that lost the right to them",
        "desktop.models.store.parting",
        "destroy",
        lambda original: lambda connection: 0,
        first=6,
    ),
)
