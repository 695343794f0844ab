"""Which tickets are one matter, as far as this desktop has them: merged by the hotline (并单). Reads only."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from desktop.models.domain.entities import Notice, decode_row

_MERGED = """
WITH RECURSIVE matter (id) AS (
  SELECT ?
  UNION SELECT t.matter_id FROM matter m JOIN ticket_list t ON t.id = m.id WHERE t.matter_id <> ''
  UNION SELECT t.id FROM matter m JOIN ticket_list t INDEXED BY ticket_matter ON t.matter_id = m.id
    WHERE t.matter_id <> ''
)
SELECT id FROM matter WHERE id <> ?
"""
_ACTS = """
SELECT p.data FROM notice_list n CROSS JOIN projection p ON p.type = 'notice' AND p.id = n.id
WHERE n.ticket_id IN (SELECT value FROM json_each(?)) ORDER BY n.created_at, n.id
"""


def merged_with(connection: Connection, ticket_id: str) -> tuple[str, ...]:
    """The ids of the other tickets of the same matter, also of those that are not in this desktop's scope."""
    found = connection.exec_driver_sql(_MERGED, (ticket_id, ticket_id)).scalars()
    return tuple(sorted(str(each) for each in found))


def acts_of_matter(connection: Connection, ticket_id: str) -> list[Notice]:
    """Every act of supervision of the ticket's matter, whatever its state, oldest first."""
    ids = msgspec.json.encode([ticket_id, *merged_with(connection, ticket_id)]).decode()
    rows = (decode_row("notice", data) for (data,) in connection.exec_driver_sql(_ACTS, (ids,)))
    return [row for row in rows if isinstance(row, Notice)]
