"""What must hold of one desk's store, seen from within its process while it is quiet.

Each function returns violations in words; an empty list is good news.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import msgspec

from desktop.models.domain.entities import Key, Row, decode_row
from desktop.models.domain.wire import sum_hashes
from desktop.models.store import outbox, settings
from desktop.models.store.driver import side_file
from desktop.models.store.engine import Store
from desktop.models.store.log_file import inspect_log
from desktop.services.api.client import Api

_LISTS = {
    name: f"{name}_list"
    for name in (
        "ticket",
        "visit",
        "urge",
        "notice",
        "finding",
        "application",
        "instruction",
        "urgent_report",
        "inquiry",
    )
}


def account_of(store: Store, *, office_now: datetime) -> dict[str, Any]:
    """Every operation with its state and body, every draft, every text in quarantine."""
    with store.read() as connection:
        run = connection.exec_driver_sql
        ops = {
            op_id: {"state": state, "body": body.decode(), "code": code}
            for op_id, state, body, code in run("SELECT op_id, state, body, code FROM outbox")
        }
        drafts = {key: json.loads(body) for key, body in run("SELECT key, body FROM draft")}
        kept = [body.decode() for (body,) in run("SELECT body FROM quarantine")]
    return {"ops": ops, "drafts": drafts, "quarantine": kept, "now": office_now.isoformat()}


def soundness(store: Store) -> list[str]:
    """The file itself: pages, their authentication codes, indexes, references.

    A page whose seal is broken in the file does no harm as long as the log holds it whole: a write of the checkpoint
    that was cut short leaves one until the next checkpoint.
    """
    found: list[str] = []
    with store.read() as connection:
        for pragma in ("integrity_check", "foreign_key_check"):
            rows = [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
            if rows and rows != [("ok",)]:
                found.append(f"{pragma}: {rows[:3]}")
        torn = [str(line) for (line,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
        covered = inspect_log(side_file(store.path, "-wal")).covered
    found += [
        line for line in torn if not covered.intersection(int(n) for n in re.findall(r"page (\d+)", line))
    ]
    return found


def differences(store: Store, api: Api) -> list[str]:
    """I3, I4, I5: here are the server's rows in scope and nothing else, by version, content and digest."""
    found: list[str] = []
    digest = api.digest()
    with store.read() as connection:
        cursor = settings.get(connection, settings.CURSOR, str)
        if outbox.folded_keys(connection):
            found.append(f"folded in while quiet: {outbox.folded_keys(connection)[:3]}")
        if (base := connection.exec_driver_sql("SELECT count(*) FROM base").scalar_one()) != 0:
            found.append(f"I3: {base} base rows while quiet")
        shown = {
            (t, i): (v, data)
            for t, i, v, data in connection.exec_driver_sql("SELECT type, id, version, data FROM projection")
        }
        for entity_type, table in _LISTS.items():
            listed = set(connection.exec_driver_sql(f"SELECT id FROM {table}").scalars())
            if listed != {i for t, i in shown if t == entity_type}:
                found.append(f"I3: {table} is not the list of the {entity_type} rows")
    if cursor == digest.cursor:
        mine = {
            t: sum_hashes([(i, v) for (u, i), (v, _) in shown.items() if u == t])
            for t in {t for t, _ in shown}
        }
        theirs = {t: entry for t, entry in digest.types.items() if entry.count}
        found += [
            f"I4: the digest of {t} differs"
            for t in mine.keys() | theirs.keys()
            if mine.get(t) != theirs.get(t)
        ]
    rows = {key: (v, decode_row(key[0], data)) for key, (v, data) in shown.items()}
    server = _server_rows(api)
    found += [f"I3: {key} is here and not in scope" for key in sorted(rows.keys() - server.keys())[:3]]
    found += [f"I5: {key} is in scope and not here" for key in sorted(server.keys() - rows.keys())[:3]]
    found += [
        f"I4: {key} differs: here version {rows[key][0]}, there {server[key][0]}"
        for key in sorted(rows.keys() & server.keys())
        if rows[key] != server[key]
    ][:3]
    return found


def _server_rows(api: Api) -> dict[Key, tuple[int, Row]]:
    begun = api.begin_snapshot(2000)
    rows: dict[Key, tuple[int, Row]] = {}
    token: str | None = begun.first_page
    while token is not None:
        page = api.snapshot_page(begun.snapshot_id, token)
        for change in page.changes:
            rows[change.type, change.id] = (change.version, decode_row(change.type, msgspec.Raw(change.data)))
        token = page.next_page
    return rows
