"""The bodies of the REST contract that are not rows: requests and replies of every endpoint.

The server serialises these and the desktop decodes with the same classes; the OpenAPI document is made of them.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import blake2b
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from .entities import Counter, EntityType, Id, ShortText, Text
from .operations import Operation

PROTOCOL = 1

ResultStatus = Literal["applied", "duplicate", "conflict", "rejected", "out_of_scope", "blocked", "retry"]
Retry = Literal["never", "after_refresh", "after_pull", "backoff"]
ChangeOp = Literal["put", "evict", "delete"]


class FieldProblem(Struct, frozen=True):
    pointer: str
    code: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457 with a stable ``code`` and what a retry is worth; never personal data in ``detail``."""

    type: str = "about:blank"
    title: str = ""
    status: int
    code: str
    retry: Retry = "never"
    detail: str = ""
    errors: tuple[FieldProblem, ...] = ()


class Limits(Struct, frozen=True, kw_only=True):
    """``backup_horizon_days``: how old a backup may be that this server is ever restored from."""

    body_bytes: int
    operations: int
    operation_bytes: int
    page_rows: int
    wait_s: int
    chunk_bytes: int
    backup_horizon_days: int = 30


class ServerMeta(Struct, frozen=True, kw_only=True):
    """GET /meta. ``server_time`` is real time; ``office_time`` differs from it in a sample or a replayed import."""

    protocol_min: int
    protocol_max: int
    client_min: str
    client_recommended: str
    server_epoch: str
    city: str
    sample: bool
    sample_clock: bool
    capabilities: tuple[str, ...]
    limits: Limits
    server_time: datetime
    office_time: datetime


class Device(Struct, frozen=True, kw_only=True):
    id: Id
    name: ShortText = ""
    state: Literal["active", "locked", "wipe"] = "active"


class NewDevice(Struct, frozen=True, kw_only=True):
    id: Id
    name: ShortText = ""


class Me(Struct, frozen=True, kw_only=True):
    """GET /me. ``lock_after_s`` soft lock; ``scope_rev`` rises when roles or units change."""

    person_id: str
    name: str
    title: str
    roles: tuple[str, ...]
    unit_ids: tuple[str, ...]
    scope_rev: Counter
    lock_after_s: Counter
    hard_lock_after_s: Counter
    keep_key: str = ""
    """The server's public key (X25519, base64): whoever signs out with unsent work locks the store's key with it."""


class KeptContent(Struct, frozen=True, kw_only=True):
    """What is in a box that keeps a store's key while nobody is signed in; ``key`` is base64."""

    person_id: str
    device_id: str
    key: str


class KeptBox(Struct, frozen=True, kw_only=True):
    """POST /kept-keys/open: a box as it lies beside the store."""

    box: Annotated[str, Meta(max_length=4096)]


class KeptKey(Struct, frozen=True, kw_only=True):
    """The store's key, in base64."""

    key: str


class TokenReply(Struct, frozen=True, kw_only=True):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int
    refresh_token: str
    scope: str = ""


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of a pull. ``data`` is the full row for put and absent otherwise."""

    type: EntityType
    id: Id
    op: ChangeOp
    version: Counter
    caused_by: str = ""
    data: msgspec.Raw = msgspec.Raw()


class Present(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A colleague who has a case open now; ``writing``: in a form on it."""

    person_id: Id
    ticket_id: Id
    writing: bool = False


class Presence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everybody of the office who has a case open that the caller may see; ``rev`` names this state, "" for nobody."""

    rev: Annotated[str, Meta(pattern="^[0-9a-f]{0,16}$")] = ""
    people: tuple[Present, ...] = ()


class PresenceClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """PUT /presence: the case that this desktop has open, "" for none. Never stored."""

    ticket_id: Annotated[str, Meta(max_length=64)] = ""
    writing: bool = False


class ChangesPage(Struct, frozen=True, kw_only=True):
    """``presence`` only where it was asked for and is another than the one the caller named."""

    server_epoch: str
    scope_rev: Counter
    server_time: datetime
    office_time: datetime
    next_cursor: str
    has_more: bool
    changes: tuple[Change, ...]
    presence: Presence | None = None


class NewSnapshot(Struct, frozen=True, kw_only=True):
    """``page_rows`` is a wish between 100 and 2,000."""

    page_rows: Annotated[int, Meta(ge=100, le=2000)] = 1000


class Snapshot(Struct, frozen=True, kw_only=True):
    """POST /sync/snapshots. ``cursor`` was taken before the first row is read."""

    snapshot_id: Id
    server_epoch: str
    scope_rev: Counter
    cursor: str
    total_rows: Counter
    first_page: str
    expires_at: datetime


class SnapshotPage(Struct, frozen=True, kw_only=True):
    """Rows in the order most useful first; ``next_page`` None at the end."""

    snapshot_id: Id
    rows_before: Counter
    next_page: str | None
    changes: tuple[Change, ...]


class PushRequest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``server_epoch`` is the epoch of the server that this device last agreed with, "" where it knows none."""

    device_id: Id
    server_epoch: ShortText = ""
    ops: Annotated[tuple[Operation, ...], Meta(max_length=100)]


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change of a row since the version a person saw: who made it when (office time), by which kind of operation.

    ``by_name`` and ``kind`` are "" where no operation made it (an import). ``state`` is the row's after it, ``fields``
    the fields it changed, as far as the person may see both states.
    """

    version: Counter
    at: datetime
    by_name: ShortText = ""
    kind: ShortText = ""
    state: str = ""
    fields: tuple[ShortText, ...] = ()


class Conflict(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a conflict is about, as far as its author may see it.

    ``fields`` are the server's present values of the fields in question and ``seen`` their values at the version the
    operation was based on (a field is left out where that state was not the author's to see). ``version`` and
    ``state`` are the row's now; ``steps`` what happened to it since, oldest first, the latest twenty. ``by_name`` and
    ``at`` (office time) name the last of them.
    """

    code: str
    version: Counter = 0
    fields: dict[str, Any] = {}
    seen: dict[str, Any] = {}
    state: str = ""
    by_name: str = ""
    at: datetime | None = None
    steps: tuple[Step, ...] = ()


class OperationResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    op_id: Id
    status: ResultStatus
    version: Counter = 0
    merged: bool = False
    late: bool = False
    conflict: Conflict | None = None
    problem: Problem | None = None


class PushReply(Struct, frozen=True, kw_only=True):
    """``server_epoch`` is of the server that took them: a later restore may lose what it took."""

    server_epoch: ShortText
    results: tuple[OperationResult, ...]
    server_time: datetime
    office_time: datetime


class DigestEntry(Struct, frozen=True, kw_only=True):
    count: Counter
    sum: Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]


class Digest(Struct, frozen=True, kw_only=True):
    """GET /sync/digest: per type a count and the sum mod 2^64 of row hashes, true at ``cursor``."""

    cursor: str
    types: dict[str, DigestEntry]


class LeaseVisit(Struct, frozen=True, kw_only=True):
    visit_id: Id
    ticket_id: Id


class Lease(Struct, frozen=True, kw_only=True):
    """A granted lease: all waiting visits of one person. ``phone`` leaves memory with the lease."""

    lease_id: Id
    epoch: Counter
    ttl_s: Counter
    visits: tuple[LeaseVisit, ...]
    phone: str
    sample: bool = False


class LeaseClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """POST /visits/{id}/lease, may be left out. A supervisor's reason overrides the rest after a conversation, or takes
    the person over from a colleague who has not dialled."""

    override_reason: Annotated[str, Meta(max_length=500)] = ""
    takeover_reason: Annotated[str, Meta(max_length=500)] = ""


class LeaseRenewal(Struct, frozen=True, kw_only=True):
    epoch: Counter


class LeaseHolder(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which colleague has a visit in hand, since when and until when at the latest (real time).

    ``block`` = taken along to be called without a network.
    """

    visit_id: Id
    person_id: str
    name: ShortText
    since: datetime
    until: datetime
    dialled: bool = False
    block: bool = False
    mine: bool = False
    """Held by this person on this device."""


class TakenOver(Struct, frozen=True, kw_only=True):
    """A person whom this device held, and whom a supervisor took over lately."""

    visit_id: Id
    by_name: ShortText
    at: datetime
    reason: ShortText


class LeaseHolders(Struct, frozen=True, kw_only=True):
    """GET /visit-leases: who has whom in hand, of the visits that the reader sees."""

    holders: tuple[LeaseHolder, ...]
    taken_over: tuple[TakenOver, ...] = ()
    block_id: str = ""
    """The field block that stands in this person's name on this device."""


class NewFieldBlock(Struct, frozen=True, kw_only=True):
    """POST /visit-blocks: up to ``visits`` visits for ``minutes``; the profile bounds both."""

    visits: Annotated[int, Meta(ge=1, le=1000)]
    minutes: Annotated[int, Meta(ge=15, le=24 * 60)]


class BlockCall(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person of a field block: the number and every visit that waits for them."""

    visits: tuple[LeaseVisit, ...]
    phone: str
    sample: bool = False


class FieldBlock(Struct, frozen=True, kw_only=True):
    """People who are called without a network. No call may begin once ``seconds`` have passed since it was asked for.

    ``until`` (real time) says so to a person.
    """

    block_id: Id
    epoch: Counter
    until: datetime
    seconds: Counter
    calls: tuple[BlockCall, ...]


class DiallingRequest(Struct, frozen=True, kw_only=True):
    epoch: Counter


class RevealRequest(Struct, frozen=True, kw_only=True):
    purpose: ShortText
    reason: Annotated[str, Meta(min_length=4, max_length=500)]
    ticket_id: Id
    field: Literal["phone", "name", "request_text"] = "phone"


class Revealed(Struct, frozen=True, kw_only=True):
    field: str
    value: Text
    seconds: Counter
    sample: bool = False


DataAction = Literal["export", "print", "copy", "save", "listen", "undone"]
"""How data left a desktop: as a list in a file, on paper (or as the PDF of it), by the clipboard, as a saved file, as
the recording of a call that was listened to.
"undone": what was written down just before came to nothing; ``detail`` says which of these it was."""

_Code = Annotated[str, Meta(pattern="^[a-z0-9_]{0,64}$")]


class DataAct(Struct, frozen=True, kw_only=True):
    """One time that something left a desktop. Never what left, nor where to: what it was about, and how much.

    ``object_type`` and ``detail`` are codes; ``object_id`` is "" for a list. ``at`` is evidence: a desktop's own word.
    """

    id: Id
    action: DataAction
    object_type: Annotated[str, Meta(pattern="^[a-z0-9_]{1,64}$")]
    object_id: Annotated[str, Meta(pattern="^[A-Za-z0-9._:-]{0,64}$")] = ""
    rows: Counter = 1
    detail: _Code = ""
    at: Annotated[datetime, Meta(tz=True)]


class DataActs(Struct, frozen=True, kw_only=True):
    """POST /audit/acts: each is written down once, however often it is told."""

    acts: Annotated[tuple[DataAct, ...], Meta(min_length=1, max_length=100)]


class DataActsTaken(Struct, frozen=True, kw_only=True):
    """The ids that stand in the audit now, also those that stood there before."""

    taken: tuple[Id, ...]


class NewUpload(Struct, frozen=True, kw_only=True):
    id: Id
    ticket_id: Id
    name: ShortText
    size: Annotated[int, Meta(ge=0, le=200 * 1024 * 1024)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Upload(Struct, frozen=True, kw_only=True):
    id: Id
    offset: Counter
    size: Counter
    complete: bool


class AdvanceClock(Struct, frozen=True, kw_only=True):
    """POST /sample/clock: the office time to move forward to; refused when it lies before now."""

    to: Annotated[datetime, Meta(tz=True)]


class RulesVersion(Struct, frozen=True):
    """A version of the city's rules: in force from an office date, published at a moment of real time."""

    version: Counter
    effective_from: date
    published_at: datetime


class RulesVersions(Struct, frozen=True):
    """GET /profile/versions: the oldest first."""

    versions: tuple[RulesVersion, ...]


class SamplePerson(Struct, frozen=True, kw_only=True):
    """GET /sample/people: somebody of the sample city whom anybody may sign in as."""

    person_id: Id
    login: ShortText
    name: ShortText
    title: ShortText
    roles: tuple[str, ...]
    unit_ids: tuple[str, ...]


def row_hash(entity_id: str, version: int) -> int:
    """64-bit hash of (id, version): the first eight bytes of BLAKE2b, as digests sum it."""

    return int.from_bytes(blake2b(f"{entity_id}:{version}".encode(), digest_size=8).digest(), "big")


def sum_hashes(rows: list[tuple[str, int]]) -> DigestEntry:
    """The digest of (id, version) pairs."""
    total = sum(row_hash(i, v) for i, v in rows) & (2**64 - 1)
    return DigestEntry(count=len(rows), sum=f"{total:016x}")
