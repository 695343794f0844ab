"""The columns of lists that depend on other rows: a case's urges, notices, findings and visits, a visit's attempts; and
the answers of units in the text that it is found by.

Recomputed from their children and the outbox for the tickets and visits that a writer touched, before it commits.
Writes no row of its own and decides nothing: what a column says stands in the statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection

from desktop.models.domain.entities import Attempt

from .projection import Touched, driver_cursor
from .replies import write_replies
from .ticket_log import note_tickets

_BATCH = 500
_decode_attempt = msgspec.json.Decoder(Attempt).decode

# What was said before a rework contradicts nothing that the unit did after it.
_TICKETS = """
UPDATE ticket_list SET
  urges = (SELECT count(*) FROM urge_list u WHERE u.ticket_id = ticket_list.id),
  promised_at = CASE WHEN open THEN (
    SELECT u.promised_at FROM urge_list u
    WHERE u.ticket_id = ticket_list.id AND u.promised_at IS NOT NULL ORDER BY u.at DESC, u.id DESC LIMIT 1) END,
  notice_state = coalesce((
    SELECT n.state FROM notice_list n
    WHERE n.ticket_id = ticket_list.id AND n.state <> 'withdrawn'
    ORDER BY n.created_at DESC, n.id DESC LIMIT 1), ''),
  findings = (SELECT count(*) FROM finding_list f WHERE f.ticket_id = ticket_list.id AND f.state <> 'withdrawn'),
  answered_at = (
    SELECT max(a.at) FROM (
      SELECT coalesce(n.replied_at, 0) AS at FROM notice_list n
      WHERE n.ticket_id = ticket_list.id AND n.state = 'replied'
      UNION ALL SELECT coalesce(f.replied_at, 0) FROM finding_list f
      WHERE f.ticket_id = ticket_list.id AND f.state = 'replied'
      UNION ALL SELECT u.acknowledged_at FROM urge_list u
      WHERE ticket_list.open AND u.ticket_id = ticket_list.id AND u.acknowledged_at IS NOT NULL) a),
  contradicted = EXISTS (
    SELECT 1 FROM visit_list v CROSS JOIN projection p
    WHERE v.ticket_id = ticket_list.id AND v.valid AND p.type = 'visit' AND p.id = v.id
      AND v.completed_at >= ticket_list.completed_at
      AND (CAST(p.data AS TEXT) ->> '$.answers.contacted' = 'no'
           OR CAST(p.data AS TEXT) ->> '$.answers.resolved' = 'not_resolved')),
  pending = (
    SELECT count(*) FROM outbox o
    WHERE o.ticket_id = ticket_list.id AND o.state IN ('queued', 'in_flight', 'suspended')),
  asked_at = (
    SELECT min(a.at) FROM (
      SELECT coalesce(n.issued_at, n.created_at) AS at FROM notice_list n
      WHERE n.ticket_id = ticket_list.id AND n.state = 'issued'
      UNION ALL SELECT coalesce(f.filed_at, f.created_at) FROM finding_list f
      WHERE f.ticket_id = ticket_list.id AND f.state IN ('filed', 'acknowledged')
      UNION ALL SELECT u.at FROM urge_list u
      WHERE ticket_list.open AND u.ticket_id = ticket_list.id AND NOT u.answered) a),
  rung = (SELECT coalesce(max(n.rung), 0) FROM notice_list n
    WHERE n.ticket_id = ticket_list.id AND n.state IN ('issued', 'replied')),
  acting = EXISTS (SELECT 1 FROM notice_list n
    WHERE n.ticket_id = ticket_list.id AND n.state IN ('draft', 'submitted', 'returned')),
  unanswered = CASE WHEN open THEN (
    SELECT count(*) FROM urge_list u
    WHERE u.ticket_id = ticket_list.id AND NOT u.answered AND u.at > (
      SELECT coalesce(max(n.issued_at), -1) FROM notice_list n
      WHERE n.ticket_id = ticket_list.id AND n.state IN ('issued', 'replied'))) ELSE 0 END,
  dissatisfied = CASE WHEN state <> 'archived' AND completed_at IS NOT NULL THEN coalesce((
    SELECT v.completed_at > (
        SELECT coalesce(max(n.issued_at), -1) FROM notice_list n
        WHERE n.ticket_id = ticket_list.id AND n.state IN ('issued', 'replied'))
      AND (coalesce(CAST(p.data AS TEXT) ->> '$.answers.resolved', '') = 'not_resolved'
        OR coalesce(CAST(p.data AS TEXT) ->> '$.answers.satisfied_result', '')
          IN ('dissatisfied', 'very_dissatisfied'))
    FROM visit_list v CROSS JOIN projection p
    WHERE v.ticket_id = ticket_list.id AND v.valid AND v.completed_at >= ticket_list.completed_at
      AND p.type = 'visit' AND p.id = v.id
    ORDER BY v.completed_at DESC, v.id DESC LIMIT 1), 0) ELSE 0 END
"""
_SOME_TICKETS = f"{_TICKETS} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own text
# What the first values of a new row do not say already: a case with anything below it, or with work that waits here.
_LOADED_TICKETS = f"""{_TICKETS} WHERE id IN (
  SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM visit_list WHERE ticket_id = value)
    OR EXISTS (SELECT 1 FROM urge_list WHERE ticket_id = value)
    OR EXISTS (SELECT 1 FROM notice_list WHERE ticket_id = value)
    OR EXISTS (SELECT 1 FROM finding_list WHERE ticket_id = value)
    OR EXISTS (SELECT 1 FROM outbox WHERE ticket_id = value))
"""  # noqa: S608 - our own text
# CROSS JOIN and INDEXED BY pin the plans: left to itself the planner walks all rows of a type for each ticket.
_ATTEMPTS = """
SELECT p.data FROM visit_list v CROSS JOIN projection p INDEXED BY projection_ticket
WHERE v.id IN (SELECT value FROM json_each(?)) AND p.ticket_id = v.ticket_id AND p.type = 'attempt'
"""


def derive(connection: Connection, touched: Touched) -> None:
    """Recomputes the derived columns of the tickets and visits named, from their children and the outbox."""
    cursor = driver_cursor(connection)
    try:
        for part in _batches(touched.ticket_ids):
            cursor.execute(_SOME_TICKETS, (_json_array(part),))
            write_replies(cursor, part, touched.answered.intersection(part))
        for part in _batches(touched.visit_ids):
            found = cursor.execute(_ATTEMPTS, (_json_array(part),)).fetchall()
            _write_attempts(cursor, _summaries(found), part)
    finally:
        cursor.close()
    note_tickets(connection, touched.ticket_ids)


def derive_loaded(connection: Connection, touched: Touched) -> None:
    """:func:`derive` after rows of a load: what none of their children ever changed has its first values already."""
    cursor = driver_cursor(connection)
    try:
        for part in _batches(touched.ticket_ids):
            cursor.execute(_LOADED_TICKETS, (_json_array(part),))
            write_replies(cursor, part, ())
        for part in _batches(touched.visit_ids):
            found = cursor.execute(_ATTEMPTS, (_json_array(part),)).fetchall()
            if found:
                seen = _summaries(found)
                _write_attempts(cursor, seen, seen)
    finally:
        cursor.close()


def with_waiting_work(connection: Connection) -> frozenset[str]:
    """The tickets that entries of the outbox are about, here or not."""
    found = connection.exec_driver_sql("SELECT DISTINCT ticket_id FROM outbox WHERE ticket_id <> ''")
    return frozenset(found.scalars())


def not_here(connection: Connection, ticket_ids: Iterable[str]) -> set[str]:
    """Those of ``ticket_ids`` that are not in the list."""
    missing = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM ticket_list)"
    cursor = driver_cursor(connection)
    try:
        return {
            found[0]
            for part in _batches(ticket_ids)
            for found in cursor.execute(missing, (_json_array(part),))
        }
    finally:
        cursor.close()


def _summaries(found: Iterable[tuple[bytes]]) -> dict[str, tuple[int, str]]:
    """(number of attempts, outcome of the last one) by visit id."""
    counts: dict[str, int] = defaultdict(int)
    last: dict[str, Attempt] = {}
    for (data,) in found:
        attempt = _decode_attempt(data)
        counts[attempt.visit_id] += 1
        before = last.get(attempt.visit_id)
        if before is None or (before.at, before.id) <= (attempt.at, attempt.id):
            last[attempt.visit_id] = attempt
    return {visit_id: (counts[visit_id], last[visit_id].outcome) for visit_id in counts}


def _write_attempts(cursor: Any, seen: dict[str, tuple[int, str]], visit_ids: Iterable[str]) -> None:
    values = [(*seen.get(visit_id, (0, "")), visit_id) for visit_id in visit_ids]
    cursor.executemany(
        "UPDATE visit_list SET attempts = ?, last_outcome = ? WHERE id = ?",
        values,
    )


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    """Never all of them sorted at once: for twenty thousand that is ten milliseconds in which no other thread runs."""
    rest = iter(ids)
    while batch := sorted(islice(rest, _BATCH)):
        yield batch


def _json_array(ids: list[str]) -> str:
    return msgspec.json.encode(ids).decode()
