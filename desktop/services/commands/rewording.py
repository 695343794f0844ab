"""Saying unsent or refused work in other words: the same act on the same case, as a new operation.

Only texts change. What was sent keeps its own record; see ``commands/outbox.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.models.domain.changes import Changes
from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import CATALOGUE, TEXT_FIELDS, Operation
from desktop.models.store import outbox
from desktop.services.commands.base import Writer
from desktop.services.commands.outbox import replace_operation


def reword_operation(w: Writer, op_id: str, texts: Mapping[str, str]) -> Changes:
    """Sends the operation again with ``texts`` (field → text) in the place of its own; other fields stay.

    Raises Refused("not_found"), Refused("bad_value") for a field that is no text of this operation, and what
    ``replace_operation`` raises: ("already_sent") where it is on its way.
    """
    entry = outbox.get(w.connection, op_id)
    if entry is None:
        raise Refused("not_found", "/op_id")
    op = entry.op
    if unknown := set(texts) - set(TEXT_FIELDS):
        raise Refused("bad_value", f"/payload/{min(unknown)}")
    changed = {change.field for change in op.changes}
    payload = _payload(op, {field: text for field, text in texts.items() if field not in changed})
    changes = tuple(
        msgspec.structs.replace(change, after=texts[change.field].strip())
        if change.field in texts
        else change
        for change in op.changes
    )
    return replace_operation(w, op_id, payload, changes)


def _payload(op: Operation, texts: Mapping[str, str]) -> msgspec.Struct | None:
    """The operation's payload with other texts, typed; None where it has none."""
    if not op.payload and not texts:
        return None
    plain: dict[str, Any] = dict(op.payload)
    for field, text in texts.items():
        if not isinstance(plain.get(field), str):
            raise Refused("bad_value", f"/payload/{field}")
        plain[field] = text.strip()
    try:
        return msgspec.convert(plain, CATALOGUE[op.kind].payload, strict=False)
    except msgspec.ValidationError as error:
        raise Refused("bad_value", "/payload") from error
