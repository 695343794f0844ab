"""What a person made, as plain text for their own eyes: entries, half-written forms, texts kept aside.

Only ever written where a person says so: the text is not locked. Texts stand as they were typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from .tables import draft, outbox, quarantine

Deed = Callable[[str], str]
"""What a kind of work is called."""

_RULE = "-" * 40


def readable_text(connection: Connection, deed: Deed) -> str:
    """Everything of the person's in the store, oldest first."""
    blocks: list[str] = []
    for row in connection.execute(select(outbox).order_by(outbox.c.seq)):
        head = f"{row.seq}  {_moment(row.created_at)}  {deed(row.kind)}  [{row.state}]  {row.ticket_id}"
        blocks.append("\n".join([head, *_texts(row.body)]))
    for row in connection.execute(select(draft).order_by(draft.c.updated_at)):
        head = f"{_moment(row.updated_at)}  {deed('draft')}  {row.ticket_id}"
        blocks.append("\n".join([head, *_texts(row.body)]))
    for row in connection.execute(select(quarantine).order_by(quarantine.c.id)):
        head = f"{_moment(row.at)}  [{row.reason}]  {row.ticket_id}"
        blocks.append("\n".join([head, *_texts(row.body)]))
    return f"\n{_RULE}\n".join(blocks) + "\n"


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _texts(body: bytes) -> list[str]:
    """Each text of an operation or a form behind its field's name; ids and empty fields are left out."""
    try:
        whole: Any = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return []
    said = whole.get("payload", {}) if isinstance(whole, dict) and "op_id" in whole else whole
    changed = whole.get("changes", []) if isinstance(whole, dict) else []
    lines = [f"{name}: {text}" for name, text in _strings("", said)]
    lines += [f"{change.get('field')}: {change.get('to')}" for change in _edits(changed)]
    return lines


def _edits(changes: Any) -> list[dict[str, Any]]:
    return [change for change in changes if isinstance(change, dict)] if isinstance(changes, list) else []


def _strings(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(str(key), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(name, inner)
    elif isinstance(value, str) and value and not name.endswith("_id"):
        yield name, value
