"""What units answered, in the text that a case is found by: to urges, to notices, to findings.

Those are rows of their own, so they come behind a mark at the end of the case's folded text (``search_text.REPLIES``):
a case that is written anew keeps what stands there, and ``derive`` writes it anew where a row of an answer came or
went. Every function works inside the caller's transaction; the index hears of it by the triggers of ``ticket_text``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from desktop.models.domain.search_text import REPLIES, replies_text

REPLY_TYPES: Final = frozenset({"finding_reply", "notice", "urge"})
"""The types whose rows hold a unit's answer."""

KEPT_REPLIES: Final = (
    f"CASE instr(ticket_text.text, char({ord(REPLIES)})) WHEN 0 THEN '' "
    f"ELSE substr(ticket_text.text, instr(ticket_text.text, char({ord(REPLIES)}))) END"
)
"""SQL: the part of a row of ``ticket_text`` that whoever writes its case anew keeps."""

_TYPES = ", ".join(f"'{name}'" for name in sorted(REPLY_TYPES))
# Most cases were never urged, and their own columns say so; the other tables are asked of those alone.
_MAY_HAVE = """
SELECT l.id FROM ticket_list l WHERE l.id IN (SELECT value FROM json_each(?)) AND (l.urges > 0 OR l.findings > 0
  OR l.notice_state <> '' OR EXISTS (SELECT 1 FROM notice_list n WHERE n.ticket_id = l.id)
  OR EXISTS (SELECT 1 FROM finding_list f WHERE f.ticket_id = l.id))
"""
# CROSS JOIN and INDEXED BY pin the plan: left to itself the planner walks all rows of a type for each ticket.
_CHILDREN = f"""
SELECT p.ticket_id, p.data FROM json_each(?) j CROSS JOIN projection p INDEXED BY projection_ticket
WHERE p.ticket_id = j.value AND p.type IN ({_TYPES}) ORDER BY p.ticket_id, p.type, p.id
"""  # noqa: S608 - our own text
_HEAD = f"substr(text, 1, instr(text || char({ord(REPLIES)}), char({ord(REPLIES)})) - 1)"
_WRITE = f"""
UPDATE ticket_text SET text = {_HEAD} || ?1
WHERE rid = (SELECT rid FROM ticket_list WHERE id = ?2) AND text <> {_HEAD} || ?1
"""  # noqa: S608 - our own text
_NEXT = f"""
SELECT type, id, ticket_id FROM projection WHERE type IN ({_TYPES}) AND (type, id) > (?, ?) ORDER BY type, id LIMIT ?
"""  # noqa: S608 - our own text
_COUNT = f"SELECT count(*) FROM projection WHERE type IN ({_TYPES}) AND (type, id) > (?, ?)"  # noqa: S608 - our own text


class _Said(Struct):
    """Of a row of :data:`REPLY_TYPES`, the unit's words; each type has some of these fields."""

    answer: str = ""
    acknowledgement: str = ""
    reply_text: str = ""


class _Reply(_Said):
    """A finding's reply calls its words ``text``, as an urge calls what the office said."""

    text: str = ""
    finding_id: str = ""


_decode = msgspec.json.Decoder(_Reply).decode


def write_replies(cursor: Any, ticket_ids: Sequence[str], answered: Iterable[str]) -> None:
    """Brings the answers in the texts of these tickets up to date.

    ``answered``: those of them of which a row of :data:`REPLY_TYPES` was put or taken away.
    """
    found = cursor.execute(_MAY_HAVE, (_json(ticket_ids),)).fetchall()
    wanted = {ticket_id for (ticket_id,) in found}.union(answered)
    if not wanted:
        return
    said: dict[str, list[str]] = defaultdict(list)
    for ticket_id, data in cursor.execute(_CHILDREN, (_json(sorted(wanted)),)):
        said[ticket_id] += words_of(data)
    cursor.executemany(_WRITE, [(replies_text(said[ticket_id]), ticket_id) for ticket_id in sorted(wanted)])


def words_of(data: bytes) -> list[str]:
    """The unit's words in a row of :data:`REPLY_TYPES`, as it is stored."""
    row = _decode(data)
    texts = (row.answer, row.acknowledgement, row.reply_text, row.text if row.finding_id else "")
    return [text for text in texts if text]


def tickets_after(
    cursor: Any, at: tuple[str, str], most: int
) -> tuple[list[str], tuple[str, str] | None, int]:
    """The tickets of the next rows with answers behind the key ``at``, where to go on (None: nowhere), how many rows
    are left then."""
    rows = cursor.execute(_NEXT, (*at, most)).fetchall()
    if len(rows) < most:
        return sorted({ticket_id for _, _, ticket_id in rows}), None, 0
    last = (rows[-1][0], rows[-1][1])
    left = cursor.execute(_COUNT, last).fetchone()[0]
    return sorted({ticket_id for _, _, ticket_id in rows}), last, int(left)


def _json(ids: Iterable[str]) -> str:
    return msgspec.json.encode(list(ids)).decode()
