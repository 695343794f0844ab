"""The ladder of a damaged store: read what can be read, make a new store beside it, set the old files aside, move in.

Nothing is deleted and nothing is in the place of the old store before the new one is complete; whichever step the
power goes at, the next start finds the old store or goes on to the new one. The key stays the same. Rows of the server
are not carried over: the next sync takes a snapshot. Never to be called for a wrong key or a locked keyring.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Table, insert

from desktop.models.domain.operations import BadOperation, decode_operation

from . import mark, outbox, settings
from .driver import SIDE_FILES, UnusablePlace, WrongKey, side_file
from .engine import open_store
from .inspection import inspect_store
from .outbox import UNSENT
from .salvage import Salvage, salvage
from .setting_keys import RECOVERY
from .shapes import Lost, Row
from .space import WORK_NEEDS, free_bytes
from .tables import data_act as data_act_table
from .tables import draft as draft_table
from .tables import outbox as outbox_table
from .tables import quarantine as quarantine_table
from .tables import setting as setting_table
from .tables import transfer as transfer_table

Step = Literal["reading", "making", "moving"]
Told = Callable[[Step, float], None]
"""Hears which step it is at and how far it has come with it, 0.0–1.0."""

BLOBS_NAME = "blobs.db"
"""The second encrypted file beside the store; it stays where it is unless it is damaged itself."""

_PLAN = ".recovery"
_NEW = ".new"
_WORKSHOP = ".workshop"
_ASIDE = "set-aside"
_SETTINGS_KEPT = frozenset(
    (
        settings.ME,
        settings.PROFILE,
        settings.PROFILE_TAG,
        settings.CLOCK_OFFSET_S,
        settings.DEVICE_ID,
        settings.SERVER_EPOCH,  # without it a server restored meanwhile would look like the one we knew
    )
)
_SETTLED = ("applied", "discarded")
"""Entries that nobody waits for any more: the server has them, or the person took them back."""

_STATES = frozenset((*outbox.UNSENT, *outbox.PARKED, "applied", "discarded"))


class LostWork(Struct, frozen=True, kw_only=True):
    """An entry that could not be read; what an index still says of it."""

    seq: int
    state: str = ""
    entity_type: str = ""
    entity_id: str = ""


class Recovered(Struct, frozen=True, kw_only=True):
    """What came over. ``place`` is the folder of the set-aside files; counts are of rows.

    ``unread`` rows were found and say nothing that makes sense; their bytes are in the set-aside files.
    """

    at: datetime
    place: str
    waiting: int = 0
    parked: int = 0
    confirmed: int = 0
    withdrawn: int = 0
    drafts: int = 0
    texts: int = 0
    files: int = 0
    files_lost: int = 0
    unread: int = 0
    lost: tuple[LostWork, ...] = ()
    bad_pages: int = 0
    pages: int = 0
    log_damaged: bool = False
    indexed: bool = True
    """Whether an index could say which entries there had been; without one ``lost`` knows nothing."""

    @property
    def operations(self) -> int:
        """Every entry of the outbox that came over."""
        return self.waiting + self.parked + self.confirmed + self.withdrawn

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be missing."""
        return self.indexed and not (self.lost or self.unread or self.files_lost or self.log_damaged)


class _Plan(Struct, frozen=True):
    """What is being moved, on disk before the first file moves."""

    aside: str
    blobs: bool


def is_recovering(path: Path) -> bool:
    """Whether a recovery of the store at ``path`` was interrupted between its two moves."""
    return side_file(path, _PLAN).exists()


def recover(path: Path, key: bytes, *, at: datetime, told: Told = lambda step, share: None) -> Recovered:
    """Climbs the ladder for the store at ``path``, which nobody has open; ``at`` is real time, aware.

    Raises ``WrongKey`` (nothing was touched), ``UnusablePlace`` for want of room (nothing was touched), OSError.
    """
    if is_recovering(path):
        finish(path)
    inspect_store(path, key)  # raises for a key that is not this store's
    known = mark.read_mark(path)
    salt = known.salt_bytes if known is not None else b""
    _require_room(path)
    workshop = side_file(path, _WORKSHOP)
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(mode=0o700)
    try:
        told("reading", 0.0)
        saved = salvage(path, key, workshop, salt=salt, told=lambda share: told("reading", share))
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    blobs = path.with_name(BLOBS_NAME)
    blobs_lost = _is_damaged(blobs, key)
    aside = _free_name(path.parent / _ASIDE, f"{at:%Y-%m-%d-%H%M%S}")
    told("making", 0.0)
    recovered = _make_new(path, key, saved, at=at, place=aside, blobs_lost=blobs_lost)
    told("moving", 0.0)
    aside.mkdir(parents=True, mode=0o700)
    plan = _Plan(aside=str(aside.relative_to(path.parent)), blobs=blobs_lost)
    side_file(path, _PLAN).write_bytes(msgspec.json.encode(plan))
    finish(path)
    return recovered


def finish(path: Path) -> None:
    """The two moves: the old files aside, the new store into their place. Done again after a power cut, it goes on."""
    plan_file = side_file(path, _PLAN)
    plan = msgspec.json.decode(plan_file.read_bytes(), type=_Plan)
    aside = path.parent / plan.aside
    new = side_file(path, _NEW)
    if new.exists():  # else it has moved already, and what lies at ``path`` is the new store
        for old in _old_files(path, with_blobs=plan.blobs):
            old.rename(aside / old.name)
        if mark.mark_path(new).exists():  # else the mark at ``path`` is the new one's
            if mark.mark_path(path).exists():
                mark.mark_path(path).rename(aside / mark.mark_path(path).name)
            mark.mark_path(new).replace(mark.mark_path(path))
        new.replace(path)
    plan_file.unlink()


def report_of(connection: Connection) -> Recovered | None:
    """What the last recovery saved, until it is told to be forgotten."""
    return settings.get(connection, RECOVERY, Recovered)


def forget_report(connection: Connection) -> None:
    """The person has read it."""
    settings.forget(connection, RECOVERY)


# -- the new store ------------------------------------------------------------------------------------------------


def _make_new(
    path: Path, key: bytes, saved: Salvage, *, at: datetime, place: Path, blobs_lost: bool
) -> Recovered:
    new = side_file(path, _NEW)
    for suffix in ("", *SIDE_FILES, ".mark"):
        side_file(new, suffix).unlink(missing_ok=True)
    operations, unread = _readable(saved.rows["outbox"].values())
    transfers = list(saved.rows["transfer"].values())
    if blobs_lost:
        transfers = [row | _FILE_GONE if row["direction"] == "up" else row for row in transfers]
    states = Counter("queued" if row["state"] in UNSENT else row["state"] for row in operations)
    recovered = Recovered(
        at=at,
        place=str(place),
        waiting=states["queued"],
        parked=sum(states[state] for state in outbox.PARKED),
        confirmed=states["applied"],
        withdrawn=states["discarded"],
        drafts=len(saved.rows["draft"]),
        texts=len(saved.rows["quarantine"]),
        files=sum(row["direction"] == "up" for row in transfers),
        files_lost=sum(row["direction"] == "up" for row in transfers) if blobs_lost else 0,
        unread=unread,
        lost=tuple(_lost_work(entry) for entry in saved.lost if entry.state not in _SETTLED),
        bad_pages=len(saved.damaged),
        pages=saved.pages,
        log_damaged=saved.log.damaged,
        indexed=saved.indexed,
    )
    store = open_store(new, key)
    try:
        with store.write() as connection:
            _put(connection, outbox_table, operations)
            for row in operations:
                if row["state"] == "queued":
                    outbox.fold_in(connection, decode_operation(row["body"]))
            _keep_counting(connection, saved)
            _put(connection, draft_table, list(saved.rows["draft"].values()))
            _put(connection, quarantine_table, _numbered(saved.rows["quarantine"].values()))
            _put(connection, transfer_table, transfers)
            _put(connection, data_act_table, list(saved.rows["data_act"].values()))
            kept = [row for row in saved.rows["setting"].values() if row["key"] in _SETTINGS_KEPT]
            _put(connection, setting_table, kept)
            settings.put(connection, RECOVERY, recovered)
    finally:
        store.close()
    return recovered


_FILE_GONE = {"state": "failed", "code": "bytes_lost"}


def _readable(rows: Any) -> tuple[list[Row], int]:
    """The operations in order, those on their way queued anew under their own ids; and how many make no sense."""
    kept: list[Row] = []
    unread = 0
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: int(row["seq"])):
        try:
            op = decode_operation(row["body"])
        except (msgspec.MsgspecError, BadOperation, UnicodeDecodeError):
            unread += 1
            continue
        if op.op_id != row["op_id"] or row["state"] not in _STATES or op.op_id in seen:
            unread += 1
            continue
        seen.add(op.op_id)
        waits = row["state"] in UNSENT
        kept.append(row | {"state": "queued", "next_try_at": None, "faults": 0} if waits else row)
    return kept, unread


def _keep_counting(connection: Connection, saved: Salvage) -> None:
    """This device's numbers go on behind the highest that was ever given, also where its entry is lost."""
    seqs = [seq for (seq,) in saved.rows["outbox"]] + [entry.seq for entry in saved.lost]
    if not seqs:
        return
    run = connection.exec_driver_sql
    run("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
    run("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)", (max(seqs),))


def _numbered(rows: Any) -> list[Row]:
    """Quarantined texts from two readings may bear one number; they are told apart by their operation."""
    return [row | {"id": number} for number, row in enumerate(sorted(rows, key=lambda r: int(r["at"])), 1)]


def _put(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _lost_work(entry: Lost) -> LostWork:
    return LostWork(
        seq=entry.seq, state=entry.state, entity_type=entry.entity_type, entity_id=entry.entity_id
    )


# -- files --------------------------------------------------------------------------------------------------------


def _old_files(path: Path, *, with_blobs: bool) -> list[Path]:
    """All of the old store but its mark."""
    blobs = path.with_name(BLOBS_NAME)
    named = [side_file(path, suffix) for suffix in ("", *SIDE_FILES)]
    if with_blobs:
        named += [blobs, *(side_file(blobs, suffix) for suffix in SIDE_FILES), mark.mark_path(blobs)]
    return [file for file in named if file.exists()]


def _is_damaged(blobs: Path, key: bytes) -> bool:
    """Whether the second file does not hold; the key has been proven by the first."""
    try:
        return blobs.exists() and bool(inspect_store(blobs, key).damage)
    except WrongKey:
        return True


def _free_name(folder: Path, name: str) -> Path:
    tried = folder / name
    number = 1
    while tried.exists():
        number += 1
        tried = folder / f"{name}-{number}"
    return tried


def _require_room(path: Path) -> None:
    """Two encrypted copies at a time, and the new store."""
    log = side_file(path, "-wal")
    size = sum(file.stat().st_size for file in (path, log) if file.exists())
    if free_bytes(path.parent) < 2 * size + WORK_NEEDS:
        raise UnusablePlace("disk_full")
