"""How a person settles what the server did not take: send it as it now should read, send it as a note, or let it be.

Settling is always new work: a new operation that names the refused one (``resolves``). The refused one is set aside
with its copy kept for 90 days, later edits that built on it are settled with it, and what else waited behind it is made
anew in its order, after the settlement. It works offline, and may be refused again like any other work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Ticket
from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import CATALOGUE, BadOperation, FieldChange, Operation, payload_of
from desktop.models.domain.payloads import NotePayload
from desktop.models.domain.settling import SETTLED, absorbed, follows, form_key, unit_of_note
from desktop.models.store import outbox
from desktop.models.store.outbox import PARKED, Entry, is_untried

from .base import Writer
from .drafts import forget_draft
from .outbox import refolded


class Seen(Struct, frozen=True, kw_only=True):
    """What the person had before them when they decided: the row's version, and its values of the fields decided on."""

    version: int | None = None
    values: dict[str, Any] = {}


def settle_by_sending(w: Writer, op_id: str, values: Mapping[str, Any], seen: Seen) -> Changes:
    """Sends the same deed again with ``values`` (field → value) in it, on the row as the person saw it.

    Of an edit only what differs from ``seen`` travels; nothing does where the person took the server's values. Raises
    what ``Writer.submit`` raises, Refused("not_parked"), and Refused("bad_value") for a field the deed does not have.
    """
    entry = _entry(w, op_id)
    op = entry.op
    resolves = None if is_untried(entry) else op_id
    behind = _waiting_behind(w, entry)
    if op.changes:
        unknown = set(values) - set(CATALOGUE[op.kind].editable)
        if unknown:
            raise Refused("bad_value", f"/changes/{min(unknown)}")
        changes = [
            FieldChange(field, seen.values.get(field), value)
            for field, value in values.items()
            if value != seen.values.get(field)
        ]
        if not changes:
            return settle_by_leaving(w, op_id)
        gone = _retire(w, [entry, *absorbed(entry, behind)])
        made = w.submit(op.kind, op.entity_id, changes=changes, base_version=seen.version, resolves=resolves)
    else:
        payload = payload_with(op, values)
        gone = _retire(w, [entry, *absorbed(entry, behind)])
        made = w.submit(
            op.kind,
            op.entity_id,
            payload,
            base_version=seen.version,
            depends_on=op.depends_on,
            resolves=resolves,
        )
    return gone | made | _remake(w, entry, behind, outbox.newest(w.connection)) | _forget(w, op_id)


def settle_as_note(w: Writer, op_id: str, text: str) -> Changes:
    """Sends the person's words as a note on the case, in the place of the deed that is no longer possible.

    What cannot be without the deed goes with it. Raises Refused("incomplete") for an empty text, Refused("not_found")
    where the case is not here, Refused("not_your_unit") where the person may not write on it.
    """
    entry = _entry(w, op_id)
    if not text.strip():
        raise Refused("incomplete", "/payload/text")
    ticket = w.row("ticket", entry.ticket_id)
    if not isinstance(ticket, Ticket):
        raise Refused("not_found", "/payload/ticket_id")
    unit_id = unit_of_note(w.me, ticket)
    if unit_id is None:
        raise Refused("not_your_unit", "/payload/unit_id")
    behind = _waiting_behind(w, entry)
    gone = _let_be(w, entry, behind)
    payload = NotePayload(ticket_id=ticket.id, text=text.strip(), unit_id=unit_id)
    made = w.submit("note.add", w.new_id(), payload, resolves=op_id)
    return gone | made | _remake(w, entry, behind, "") | _forget(w, op_id)


def settle_by_leaving(w: Writer, op_id: str) -> Changes:
    """The person has seen what stands on the server and leaves it so; their own words stay readable for 90 days."""
    entry = _entry(w, op_id)
    behind = _waiting_behind(w, entry)
    return _let_be(w, entry, behind) | _remake(w, entry, behind, "") | _forget(w, op_id)


def put_back(w: Writer, op_id: str) -> Changes:
    """Takes a discarded entry back to where it stood, with what it stands on; returns nothing changed if it is there.

    Raises Refused("not_found") once its copy is gone, Refused("settled") where another operation has taken its place.
    """
    entry = outbox.get(w.connection, op_id)
    if entry is None:
        raise Refused("not_found", "/op_id")
    if entry.state != "discarded":
        return NO_CHANGES
    if entry.code == SETTLED:
        raise Refused("settled")
    back = [*_grounds(w, entry), entry]
    for each in back:
        stood = outbox.stood(w.connection, each.op_id)
        if stood is None:
            outbox.set_state(w.connection, each.op_id, "queued")
            outbox.fold_in(w.connection, each.op)
        else:
            outbox.park_again(w.connection, each.op_id, stood)
    return refolded(w, back)


def payload_with(op: Operation, values: Mapping[str, Any]) -> Struct | None:
    """The operation's payload with these values in it ("answers.note" stands for a field within one), typed.

    None for an operation without a payload. Raises Refused("bad_value").
    """
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(op.payload))
    names = CATALOGUE[op.kind].payload.__struct_fields__
    for field, value in values.items():
        outer, _, inner = field.partition(".")
        target = plain.get(outer) if inner else plain
        if outer not in names or not isinstance(target, dict):
            raise Refused("bad_value", f"/payload/{field}")
        target[inner or outer] = value.strip() if isinstance(value, str) else value
    if not plain:
        return None
    try:
        return msgspec.convert(plain, CATALOGUE[op.kind].payload, strict=False)
    except msgspec.ValidationError as error:
        raise Refused("bad_value", "/payload") from error


def _entry(w: Writer, op_id: str) -> Entry:
    entry = outbox.get(w.connection, op_id)
    if entry is None:
        raise Refused("not_found", "/op_id")
    if entry.state not in PARKED and not is_untried(entry):
        raise Refused(
            "not_parked"
        )  # a server that failed on it may have taken it: only the same id can be sent again
    return entry


def _waiting_behind(w: Writer, entry: Entry) -> list[Entry]:
    return follows(entry, outbox.waiting(w.connection, untried=is_untried(entry)))


def _retire(w: Writer, entries: Iterable[Entry]) -> Changes:
    """Sets entries aside as settled: their effect goes, their copies stay."""
    gone = list(entries)
    for each in gone:
        outbox.set_state(w.connection, each.op_id, "discarded", code=SETTLED, settled_at=w.now)
        outbox.unfold(w.connection, each.seq)
    return refolded(w, gone)


def _let_be(w: Writer, entry: Entry, behind: list[Entry]) -> Changes:
    """The deed does not happen: it, later versions of it, and what cannot be without it, are set aside."""
    needing = outbox.dependents(w.connection, entry.op_id)
    gone = {each.op_id: each for each in (entry, *absorbed(entry, behind), *needing)}
    return _retire(w, gone.values())


def _remake(w: Writer, settled: Entry, behind: list[Entry], by: str) -> Changes:
    """What waited behind ``settled`` goes out after its settlement ``by``, in its order, as new operations.

    What the row no longer permits is queued as it was: the server says why, and it comes back with words.
    """
    changes = NO_CHANGES
    renamed = {settled.op_id: by} if by else {}
    for each in behind:
        now = outbox.get(w.connection, each.op_id)
        if now is None or now.state == "discarded":
            continue  # it was settled together with what it built on
        op = each.op
        changes |= _retire(w, [each])
        depends_on = tuple(renamed.get(name, name) for name in op.depends_on)
        try:
            changes |= w.submit(
                op.kind,
                op.entity_id,
                payload_of(op) if op.payload else None,
                op.changes,
                depends_on=depends_on,
                resolves=None if is_untried(each) else each.op_id,
            )
        except (Refused, BadOperation):
            outbox.set_state(w.connection, each.op_id, "queued")
            outbox.fold_in(w.connection, op)
            changes |= refolded(w, [each])
        else:
            renamed[each.op_id] = outbox.newest(w.connection)
    return changes


def _grounds(w: Writer, entry: Entry) -> list[Entry]:
    """Discarded entries that ``entry`` cannot be without: those it names, and the one that makes its row."""
    discarded = {e.op_id: e for e in outbox.in_states(w.connection, ("discarded",)) if e.code != SETTLED}
    needed: dict[str, Entry] = {}
    waiting = [entry]
    while waiting:
        each = waiting.pop()
        for other in discarded.values():
            makes = other.entity == each.entity and other.op.kind.endswith(".create") and other.seq < each.seq
            if other.op_id not in needed and (makes or other.op_id in each.op.depends_on):
                needed[other.op_id] = other
                waiting.append(other)
    return sorted(needed.values(), key=lambda e: e.seq)


def _forget(w: Writer, op_id: str) -> Changes:
    return forget_draft(w, form_key(op_id))
