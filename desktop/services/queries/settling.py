"""One entry of the outbox laid out for settling: what was there, what the person wrote, what is there now, what to do.

Field by field for edits and bookings, with the differences of long texts; for steps what happened meanwhile. Codes,
values and times only: the sentences are the page's. Nothing here settles anything, and nothing is merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from desktop.models.domain.differences import Piece, differences
from desktop.models.domain.entities import Finding, Notice, Row, Ticket, Urge
from desktop.models.domain.fold import field_value
from desktop.models.domain.operations import (
    CATALOGUE,
    Operation,
    decode_operation,
    own_words,
)
from desktop.models.domain.settling import (
    MOMENTS,
    SCHEDULED,
    SettlingForm,
    absorbed,
    follows,
    form_key,
)
from desktop.models.domain.wire import Conflict, OperationResult, Step
from desktop.models.store import outbox as store
from desktop.models.store.outbox import PARKED, UNSENT, Entry
from desktop.models.store.projection import get_row
from desktop.models.store.tables import outbox, quarantine

from .base import Reader
from .drafts import draft_form
from .outbox import OutboxRow, outbox_row, read_answer
from .settling_ways import Way, ways_of
from .ticket_panel import TicketPanel, ticket_panel

LONG_TEXTS = frozenset({"facts", "requirement", "ground", "text", "answer", "reason", "note", "new_matter"})
"""Fields decided on by reading two texts side by side; every other field by choosing one of two values."""


class FieldCase(Struct, frozen=True, kw_only=True):
    """One field to decide on, as plain JSON values: before, the person's, the server's now.

    ``open``: both changed it, differently. ``same``: the server has the person's value already. Marks are there for
    long texts alone: how each differs from the text before.
    """

    field: str
    long: bool
    before: Any
    mine: Any
    theirs: Any
    open: bool
    same: bool
    known_before: bool = True
    my_marks: tuple[Piece, ...] = ()
    their_marks: tuple[Piece, ...] = ()

    @property
    def proposed(self) -> Literal["mine", "theirs", ""]:
        """Whose value stands where only one of them changed it; "" where the person has to say."""
        if self.open:
            return ""
        return "theirs" if self.known_before and self.mine == self.before else "mine"


class Other(Struct, frozen=True, kw_only=True):
    """Another entry that this one waits for, or that waits for this one."""

    key: str
    kind: str
    standing: str


class Version(Struct, frozen=True, kw_only=True):
    """What the person wrote about the same thing at another time; ``made_at`` is office time."""

    key: str
    kind: str
    standing: str
    made_at: datetime
    texts: tuple[tuple[str, str], ...]


class Matter(Struct, frozen=True, kw_only=True):
    """See the module. ``ways``: the one to recommend first. ``since``: from when on others' doings are news.

    ``extended_to``: until when the office has extended the case meanwhile. ``meanwhile`` is the case with only what
    happened since, None where there is no such case here. ``version`` and ``theirs`` are what a settlement answers to.
    """

    row: OutboxRow
    op: Operation | None
    fields: tuple[FieldCase, ...]
    texts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    state: str
    version: int | None
    theirs: dict[str, Any]
    since: datetime
    extended_to: datetime | None
    meanwhile: TicketPanel | None
    behind: Other | None
    followers: tuple[Other, ...]
    earlier: tuple[Version, ...]
    ways: tuple[Way, ...]
    form: SettlingForm
    said: dict[str, str] = {}
    """Kind of a step → what its author said with it: why a notice was withdrawn, what a unit answered."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Why it was refused, more closely: (field, "" for none; code)."""


_EARLIER = (
    select(outbox)
    .where(outbox.c.entity_type == bindparam("t"), outbox.c.entity_id == bindparam("i"))
    .order_by(outbox.c.seq.desc())
    .limit(50)
)
_KEPT = (
    select(quarantine.c.op_id, quarantine.c.body, quarantine.c.at)
    .where(
        quarantine.c.type == bindparam("t"),
        quarantine.c.entity_id == bindparam("i"),
        quarantine.c.op_id.not_in(select(outbox.c.op_id)),
    )
    .order_by(quarantine.c.at.desc())
    .limit(50)
)


def matter(r: Reader, key: str) -> Matter | None:
    """The entry with this key, laid out; None when it is gone."""
    row = outbox_row(r, key)
    if row is None:
        return None
    entry = store.get(r.connection, row.op_id) if row.op_id else None
    form = draft_form(r, form_key(key), SettlingForm) or SettlingForm()
    if entry is None or row.standing == "lost":
        return _lost(row, form, r.now)
    answer = _answer(r, entry)
    conflict = answer.conflict if answer and answer.conflict else Conflict(code=entry.code)
    waiting = _waiting_behind(r, entry)
    later = absorbed(entry, waiting)
    before = _behind(r, entry) if row.standing == "blocked" else None
    now = get_row(r.connection, entry.entity)
    ticket = get_row(r.connection, ("ticket", entry.ticket_id)) if entry.ticket_id else None
    fields = tuple(_fields(entry, later, now, conflict))
    since = min([entry.op.client_time, *(step.at for step in conflict.steps)])
    return Matter(
        row=row,
        op=entry.op,
        fields=fields,
        texts=own_words((later[-1] if later else entry).op),
        steps=conflict.steps,
        state=str(getattr(now, "state", "")) or conflict.state,
        version=now.version if now is not None else None,
        theirs={case.field: case.theirs for case in fields},
        since=since,
        extended_to=_extended(ticket, now, conflict, since),
        meanwhile=_meanwhile(r, entry, since, has_steps=bool(conflict.steps)),
        behind=before,
        followers=tuple(_other(each) for each in waiting if each not in later),
        earlier=tuple(_earlier(r, entry)),
        ways=ways_of(r, row, entry.op, now, ticket, waits=before is not None),
        form=form,
        said=_said(now),
        reasons=tuple(_reasons(answer)),
    )


def _lost(row: OutboxRow, form: SettlingForm, now: datetime) -> Matter:
    return Matter(
        row=row,
        op=None,
        fields=(),
        texts=row.texts,
        steps=(),
        state="",
        version=None,
        theirs={},
        since=now,
        extended_to=None,
        meanwhile=None,
        behind=None,
        followers=(),
        earlier=(),
        ways=("hand_over", "discard"),
        form=form,
    )


def _answer(r: Reader, entry: Entry) -> OperationResult | None:
    data = r.connection.execute(select(outbox.c.answer).where(outbox.c.op_id == entry.op_id)).scalar()
    return read_answer(data)


def _reasons(answer: OperationResult | None) -> Iterable[tuple[str, str]]:
    for error in answer.problem.errors if answer and answer.problem else ():
        yield error.pointer.rpartition("/")[2], error.code


# -- fields ----------------------------------------------------------------------------------------------------------


def _fields(entry: Entry, later: list[Entry], now: Row | None, conflict: Conflict) -> Iterable[FieldCase]:
    """Of an edit each field it sets; of a booking what it books; of a new row what it says, for correcting."""
    op = entry.op
    if op.changes:
        before = {change.field: change.before for change in op.changes}
        mine: dict[str, Any] = {change.field: change.after for change in op.changes}
        for each in later:
            for change in each.op.changes:
                before.setdefault(change.field, change.before)
                mine[change.field] = change.after
        for field, value in mine.items():
            yield _case(field, before[field], value, _theirs(now, conflict, field, before[field]))
    elif op.kind == "visit.schedule":
        booking = (later[-1] if later else entry).op.payload
        for field in SCHEDULED:
            known = field in conflict.seen
            before_value = conflict.seen.get(field)
            theirs = _theirs(now, conflict, field, before_value)
            value = booking.get(field, _EMPTY.get(field))
            if (known and not value == before_value == theirs) or (not known and value != theirs):
                yield _case(field, before_value, value, theirs, known=known)
    elif op.kind.endswith(".create"):
        editable = CATALOGUE[op.kind.replace(".create", ".edit")].editable
        for field in editable:
            if field in op.payload:
                yield _case(field, None, op.payload[field], None, known=False)


_EMPTY: dict[str, Any] = {"booked_at": None, "booked_until": None, "assigned_to": "", "note": ""}


def _theirs(now: Row | None, conflict: Conflict, field: str, before: Any) -> Any:
    if now is not None and hasattr(now, field):
        return field_value(now, field)
    return conflict.fields.get(field, before)


def _case(field: str, before: Any, mine: Any, theirs: Any, *, known: bool = True) -> FieldCase:
    long = field in LONG_TEXTS
    texts = [value if isinstance(value, str) else "" for value in (before, mine, theirs)]
    created = not known and theirs is None and before is None
    was, wanted, stands = (_comparable(field, value) for value in (before, mine, theirs))
    if known and wanted == was:
        mine = before  # one moment may be written in two ways
    return FieldCase(
        field=field,
        long=long,
        before=before,
        mine=mine,
        theirs=theirs,
        open=not created and wanted != stands and (not known or was not in (wanted, stands)),
        same=wanted == stands,
        known_before=known,
        my_marks=differences(texts[0], texts[1]) if long and known else (),
        their_marks=differences(texts[0], texts[2]) if long and known else (),
    )


def _comparable(field: str, value: Any) -> Any:
    return msgspec.convert(value, datetime, strict=False) if field in MOMENTS and value else value


# -- what happened ---------------------------------------------------------------------------------------------------


def _meanwhile(r: Reader, entry: Entry, since: datetime, *, has_steps: bool) -> TicketPanel | None:
    """What others did on the case; the row itself is told by its steps, which know who and when."""
    panel = ticket_panel(r, entry.ticket_id) if entry.ticket_id else None
    if panel is None:
        return None
    news = [
        happening
        for happening in panel.happenings
        if happening.at >= since
        and not happening.pending
        and not (has_steps and happening.row.id == entry.entity[1])
    ]
    return replace(panel, happenings=tuple(news))


def _said(now: Row | None) -> dict[str, str]:
    if isinstance(now, Notice):
        return {
            "notice.withdraw": now.withdraw_reason,
            "notice.return": now.return_reason,
            "notice.reply": now.reply_text,
        }
    if isinstance(now, Finding):
        return {"finding.withdraw": now.withdraw_reason, "finding.return": now.return_reason}
    return {"urge.acknowledge": now.acknowledgement} if isinstance(now, Urge) else {}


def _extended(ticket: Row | None, now: Row | None, conflict: Conflict, since: datetime) -> datetime | None:
    """Until when the limit was moved since: of the finding itself, else of the case's handling."""
    seen = conflict.seen.get("rectify_due_at")
    if isinstance(now, Finding) and now.rectify_due_at is not None and seen:
        return now.rectify_due_at if now.rectify_due_at > msgspec.convert(seen, datetime) else None
    if isinstance(ticket, Ticket):
        granted = [e for e in ticket.extensions if e.granted_at is not None and e.granted_at >= since]
        return granted[-1].new_due_at if granted else None
    return None


# -- others ----------------------------------------------------------------------------------------------------------


def _behind(r: Reader, entry: Entry) -> Other | None:
    """The first open entry that this one has to wait for."""
    for other in store.in_states(r.connection, (*PARKED, *UNSENT)):
        if other.seq >= entry.seq:
            return None
        if other.entity == entry.entity or other.op_id in entry.op.depends_on:
            return _other(other)
    return None


def _waiting_behind(r: Reader, entry: Entry) -> list[Entry]:
    return follows(entry, store.waiting(r.connection, untried=store.is_untried(entry)))


def _other(entry: Entry) -> Other:
    return Other(key=entry.op_id, kind=entry.op.kind, standing=entry.state)


def _earlier(r: Reader, entry: Entry) -> Iterable[Version]:
    """Every other wording of this person on this row, the latest first, each once."""
    told = {own_words(entry.op)}
    key = {"t": entry.entity[0], "i": entry.entity[1]}
    zone = r.profile.zone()
    for row in r.connection.execute(_EARLIER, key).mappings():
        words = own_words(decode_operation(row["body"]))
        if row["op_id"] == entry.op_id or not words or words in told:
            continue
        told.add(words)
        made = datetime.fromtimestamp(row["created_at"], zone)
        yield Version(key=row["op_id"], kind=row["kind"], standing=row["state"], made_at=made, texts=words)
    for row in r.connection.execute(_KEPT, key).mappings():
        op = decode_operation(row["body"])
        words = own_words(op)
        if words and words not in told:
            told.add(words)
            made = datetime.fromtimestamp(row["at"], zone)
            yield Version(key=op.op_id, kind=op.kind, standing="kept", made_at=made, texts=words)
