"""Stores as released versions of the program left them: their own tables, rows written out by hand.

The tables are made by the revisions as they were released, the rows are literals: nothing here follows the program of
today, so that an upgrade is tried on what really lies on people's machines.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from desktop.models.store.driver import connect
from desktop.models.store.engine import writing_engine
from desktop.models.store.migrate import run_to

from .stores import KEY

RELEASED = (1, 2, 3, 4, 5, 6, 7, 8)
"""The numbers of the schemas that lie on people's machines."""

_OPERATIONS = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3}
"""The schema of the operations that the program of each wrote."""

STATES = (
    "queued", "in_flight", "applied", "conflict", "rejected", "out_of_scope", "blocked", "suspended", "discarded",
)  # fmt: skip
"""Every state an entry of the outbox may be in."""

_OP = "019df200-5000-7000-8000-0000000000{:02d}"
_ROW = "019df200-5000-7000-8000-1000000000{:02d}"
TICKET, NOTICE = "t-1", _ROW.format(4)
_AT = "2024-05-14T09:30:00+08:00"
_AT_S = 1_715_650_200

_TICKET_ROW = {
    "id": TICKET, "version": 1, "number": "20240000001", "title": "路面坑洼", "request_type": "complaint",
    "channel": "phone", "state": "handling", "request_text": "门前道路坑洼，雨天积水，请尽快修复。",
    "category_id": "c-roads", "unit_id": "u-roads", "place_id": "d-east", "requester_label": "张女士",
    "phone_tail": "1234", "contact_id": "k-1", "received_at": "2024-05-12T09:30:00+08:00",
    "dispatched_at": "2024-05-12T09:30:00+08:00", "due_at": "2024-05-15T09:30:00+08:00",
}  # fmt: skip
_ME = {
    "person_id": "p-officer", "name": "王敏", "title": "", "roles": ["officer"], "unit_ids": [], "scope_rev": 1,
    "lock_after_s": 300, "hard_lock_after_s": 900,
}  # fmt: skip
_DRAFT = {"ticket_id": TICKET, "unit_id": "u-roads", "ground": "写了一半的依据", "requirement": ""}


class Entry(NamedTuple):
    """One entry: ``state`` says where it was, ``text`` what the person wrote, ``base`` the version they saw."""

    seq: int
    state: str
    kind: str
    entity: tuple[str, str]
    payload: dict[str, Any]
    text: str
    base: int | None = None
    after: int | None = None
    code: str = ""

    @property
    def op_id(self) -> str:
        return _OP.format(self.seq)

    def body(self, schema: int) -> bytes:
        """The operation as the program of that schema wrote it: the first one named no schema."""
        op: dict[str, Any] = {"op_id": self.op_id, "seq": self.seq}
        if _OPERATIONS[schema] > 1:
            op["schema"] = _OPERATIONS[schema]
        op |= {"kind": self.kind, "entity_id": self.entity[1]}
        if self.base is not None:
            op["base_version"] = self.base
        if self.after is not None:
            op["after"] = _OP.format(self.after)
        if self.payload:
            op["payload"] = dict(sorted(self.payload.items()))
        return _json(op | {"client_time": _AT})


def _note(seq: int, state: str, text: str, **more: Any) -> Entry:
    return Entry(
        seq, state, "note.add", ("note", _ROW.format(seq)), {"text": text, "ticket_id": TICKET}, text, **more
    )


def _notice(seq: int, state: str, kind: str, payload: dict[str, Any], text: str, **more: Any) -> Entry:
    return Entry(seq, state, kind, ("notice", NOTICE), payload, text, **more)


ENTRIES = (
    _note(1, "applied", "早已送达"),
    _note(2, "in_flight", "送出了，没有等到回音"),
    Entry(
        3, "queued", "ticket.urge", ("urge", _ROW.format(3)),
        {"answer": "明日到场", "means": "phone", "person_reached": "刘科长", "ticket_id": TICKET, "unit_id": "u-roads"},
        "明日到场",
    ),
    _notice(
        4, "rejected", "notice.create",
        {"ground": "逾期两日", "requirement": "书面报告", "ticket_id": TICKET, "unit_id": "u-roads"},
        "逾期两日", code="incomplete",
    ),
    _notice(5, "blocked", "notice.submit", {}, "", base=0, after=4, code="blocked"),
    Entry(
        6, "conflict", "visit.schedule", ("visit", "v-1"),
        {"booked_at": "2024-05-16T10:00:00+08:00", "named_by_citizen": True, "note": "约了周四"},
        "约了周四", base=1, code="field_changed",
    ),
    Entry(
        7, "out_of_scope", "note.add", ("note", _ROW.format(7)), {"text": "案件已转走", "ticket_id": "t-gone"},
        "案件已转走", code="out_of_scope",
    ),
    _note(8, "suspended", "服务器五次出错", code="server_error"),
    _note(9, "discarded", "收回的话"),
    _note(10, "queued", "离线写下的长文" * 2_000),
)  # fmt: skip
"""A day's work in every state, one entry depending on another, one of them longer than a page."""

WAITING = tuple(e for e in ENTRIES if e.state in ("queued", "in_flight", "suspended"))
REFUSED = tuple(e for e in ENTRIES if e.state in ("conflict", "rejected", "out_of_scope"))
"""Those whose text lies in quarantine as well."""


def write_old_store(path: Path, schema: int, profile: bytes) -> None:
    """A store of ``schema`` at ``path`` with :data:`ENTRIES`, a draft and a quarantined text, cut off in mid-work.

    ``profile`` is the city's rules as JSON, as the server sent them. The last rows are in the log alone.
    """
    work = path.with_name("being-written.db")
    engine = writing_engine(work, KEY)
    run_to(engine, f"{schema:04d}")
    engine.dispose()
    connection = connect(work, KEY)
    run = connection.execute
    run("BEGIN")
    for key, value in (
        ("me", _json(_ME)),
        ("profile", profile),
        ("clock_offset_s", b"0.0"),
        ("server_epoch", b'"e"'),
    ):
        run("INSERT INTO setting (key, value) VALUES (?, ?)", (key, value))
    run(
        "INSERT INTO projection (type, id, ticket_id, version, pending, data) VALUES ('ticket', ?, ?, 1, 0, ?)",
        (TICKET, TICKET, _json(_TICKET_ROW)),
    )
    run(
        "INSERT INTO draft (key, ticket_id, body, updated_at) VALUES (?, ?, ?, ?)",
        (f"notice:{TICKET}", TICKET, _json(_DRAFT), _AT_S),
    )
    run("COMMIT")
    run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for entry in ENTRIES:
        run("BEGIN")
        _write_entry(run, entry, schema)
        run("COMMIT")
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{work}{suffix}", f"{path}{suffix}")
    connection.close()
    for suffix in ("", "-wal", "-shm", ".mark"):
        if os.path.exists(f"{work}{suffix}"):  # noqa: PTH110  a name with something behind it
            os.unlink(f"{work}{suffix}")  # noqa: PTH108


def _write_entry(run: Any, entry: Entry, schema: int) -> None:
    settled = None if entry in WAITING else _AT_S
    tried = 0 if entry.state == "queued" else 1
    body = entry.body(schema)
    run(
        "INSERT INTO outbox (seq, op_id, kind, entity_type, entity_id, ticket_id, state, body, attempts, faults, "
        "next_try_at, code, answer, created_at, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)"
        if schema == 1
        else "INSERT INTO outbox (seq, op_id, kind, entity_type, entity_id, ticket_id, state, body, attempts, faults, "
        "next_try_at, code, answer, created_at, settled_at, resolves) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, '')",
        (
            entry.seq, entry.op_id, entry.kind, *entry.entity, entry.payload.get("ticket_id", TICKET), entry.state,
            body, tried, 5 if entry.state == "suspended" else 0,
            1.0 if entry.state == "suspended" else None, entry.code, _AT_S, settled,
        ),
    )  # fmt: skip
    if entry in WAITING:
        run("INSERT INTO outbox_row (seq, type, id) VALUES (?, ?, ?)", (entry.seq, *entry.entity))
    if entry in REFUSED:
        columns, values = (
            "op_id, type, entity_id, reason, body, at",
            [entry.op_id, *entry.entity, entry.state, body, _AT_S],
        )
        if schema > 1:
            columns, values = f"{columns}, ticket_id", [*values, entry.payload.get("ticket_id", TICKET)]
        marks = ", ".join("?" * len(values))
        run(f"INSERT INTO quarantine ({columns}) VALUES ({marks})", values)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
