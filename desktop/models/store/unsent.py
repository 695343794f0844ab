"""Everything of the person's own that the server does not have, as one document: for a box sealed before a wipe.

Reads only. The texts stand as they were typed; whoever writes this anywhere seals it first.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from .outbox import PARKED, UNSENT
from .tables import data_act, draft, outbox, quarantine


class UnsentWork(Struct, frozen=True, kw_only=True):
    """``operations``, ``drafts``, ``texts`` (kept aside) and ``acts`` (not written down yet), a table's row each."""

    person_id: str
    operations: tuple[dict[str, Any], ...] = ()
    drafts: tuple[dict[str, Any], ...] = ()
    texts: tuple[dict[str, Any], ...] = ()
    acts: tuple[dict[str, Any], ...] = ()

    @property
    def count(self) -> int:
        """How many entries and drafts a person would say these are."""
        return len(self.operations) + len(self.drafts) + len(self.texts)


def unsent_work(connection: Connection, person_id: str) -> UnsentWork:
    """All of it, oldest first."""

    def rows(statement: Any) -> tuple[dict[str, Any], ...]:
        return tuple(_plain(dict(row)) for row in connection.execute(statement).mappings())

    return UnsentWork(
        person_id=person_id,
        operations=rows(select(outbox).where(outbox.c.state.in_((*UNSENT, *PARKED))).order_by(outbox.c.seq)),
        drafts=rows(select(draft).order_by(draft.c.updated_at)),
        texts=rows(select(quarantine).where(quarantine.c.state == "kept").order_by(quarantine.c.id)),
        acts=rows(select(data_act).order_by(data_act.c.at)),
    )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """JSON bodies as JSON."""
    body = row.get("body")
    if isinstance(body, bytes):
        try:
            row["body"] = msgspec.json.decode(body)
        except msgspec.DecodeError:
            row["body"] = body.hex()
    return row
