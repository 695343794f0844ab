"""Which columns of a list table show which fields of a row. Pure: no connection, no derived columns.

No value is a bool: the driver asks all adapters about a type it does not know by heart, which took longer than the
insert itself. Derived columns (urges, attempts, pending, …) are filled by ``derive``; here they only get their first
value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any
from zlib import crc32

import msgspec
from sqlalchemy import Table

from desktop.models.domain.entities import (
    OPEN_STATES,
    PAUSED_STATES,
    Application,
    Finding,
    Inquiry,
    Instruction,
    Notice,
    Row,
    Ticket,
    TicketState,
    Urge,
    UrgentReport,
    Visit,
    literals,
)
from desktop.models.domain.ladder import is_answered
from desktop.models.domain.ladder_rules import height
from desktop.models.domain.profile import EscalationRule
from desktop.models.domain.related import same_address
from desktop.models.domain.tickets import is_escalated

from .many import Many
from .tables import (
    application_list,
    finding_list,
    inquiry_list,
    instruction_list,
    notice_list,
    ticket_list,
    urge_list,
    urgent_report_list,
    visit_list,
)

Values = tuple[Any, ...]

_STATE_FLAGS = {
    state: (int(state in OPEN_STATES), int(state in PAUSED_STATES)) for state in literals(TicketState)
}
"""(open, paused) of each state."""


class Shadow:
    """A list table with its held statements: ``kept`` columns come from the row, ``first`` are values of a new row.

    ``put`` writes all of a row. Where it is there already and its indexed columns are what they were, ``put_same``
    leaves them alone: named in an update they are written anew in each index, ten pages for a change of one field.
    """

    def __init__(self, table: Table, kept: tuple[str, ...], first: dict[str, Any]) -> None:
        names = ", ".join(("id", *kept, *first))
        marks = ", ".join(
            ["?"] * (1 + len(kept)) + [repr(v) if v is not None else "NULL" for v in first.values()]
        )
        indexed = {column.name for index in table.indexes for column in index.columns}
        head = f"INSERT INTO {table.name} ({names}) VALUES"
        self.put = Many(head, f"({marks})", _on_conflict(kept))
        self.put_same = Many(head, f"({marks})", _on_conflict([c for c in kept if c not in indexed]))
        looked_at = [c for c in kept if c in indexed]
        self._look = f"SELECT id, {', '.join(looked_at)} FROM {table.name} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - names of our own tables
        self._indexed = itemgetter(0, *(1 + kept.index(c) for c in looked_at))

    def write(self, cursor: Any, rows: list[Values]) -> None:
        """Writes rows of which many may be there already."""
        there = cursor.execute(
            self._look, (msgspec.json.encode([row[0] for row in rows]).decode(),)
        ).fetchall()
        before = {row[0]: row for row in there}
        same: list[Values] = []
        other: list[Values] = []
        for row in rows:
            found = before.get(row[0])
            (same if found is None or found == self._indexed(row) else other).append(row)
        self.put_same.run(cursor, same)
        self.put.run(cursor, other)


def _on_conflict(columns: Iterable[str]) -> str:
    return f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in columns)}"


def seconds(moment: datetime | None) -> int | None:
    """Whole seconds since 1970, None for None."""
    return None if moment is None else int(moment.timestamp())


def contact_key(contact_id: str) -> int | None:
    """What tickets of one requester have in common; others may have it too, so whoever asks compares the ids."""
    return crc32(contact_id.encode()) if contact_id else None


def address_key(address: str) -> int | None:
    """What tickets of one address have in common, however it is spaced; to be compared as well."""
    said = same_address(address)
    return crc32(said.encode()) if said else None


def ticket_values(row: Ticket, rule: EscalationRule) -> Values:
    """:func:`values_of` a ticket."""
    is_open, is_paused = _STATE_FLAGS[row.state]
    return (
        row.id,
        row.number,
        row.title,
        row.state,
        is_open,
        is_paused,
        seconds(row.due_at),
        int(row.due_provisional),
        row.request_type,
        row.channel,
        row.urgency,
        row.level,
        row.category_id,
        row.unit_id,
        row.place_id,
        int(row.enterprise),
        int(is_escalated(row, rule)),
        row.rework,
        row.repeats,
        row.requester_label,
        seconds(row.received_at),
        seconds(row.completed_at),
        row.merged_into,
        contact_key(row.contact_id),
        address_key(row.address),
        row.officer_id,
    )


def _visit(row: Visit, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        row.contact_id,
        row.state,
        seconds(row.due_at),
        seconds(row.opened_at),
        seconds(row.booked_at),
        row.assigned_to,
        seconds(row.completed_at),
        row.completed_by_id,
        int(row.valid),
        row.proposal,
        row.mode,
        row.challenges[-1].state if row.challenges else "",
        row.exception.state if row.exception is not None else "",
    )


def _urge(row: Urge, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        seconds(row.at),
        seconds(row.promised_at),
        seconds(row.acknowledged_at),
        row.by_id,
        int(is_answered(row)),
    )


def _notice(row: Notice, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        row.state,
        row.number,
        row.author_id,
        seconds(row.created_at),
        seconds(row.submitted_at),
        seconds(row.issued_at),
        seconds(row.reply_due_at),
        seconds(row.replied_at),
        height(row.rung),
    )


def _finding(row: Finding, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        row.state,
        row.number,
        row.code,
        row.severity,
        row.author_id,
        seconds(row.created_at),
        seconds(row.filed_at),
        seconds(row.rectify_due_at),
        seconds(row.replied_at),
    )


def _application(row: Application, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        row.matter,
        row.state,
        seconds(row.asked_at),
        seconds(row.old_due_at),
        seconds(row.decided_at),
        row.by_id,
    )


def _instruction(row: Instruction, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        row.state,
        seconds(row.given_at),
        seconds(row.due_at),
        seconds(row.feedback_at),
        row.report_id,
    )


def _inquiry(row: Inquiry, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.unit_id,
        row.visit_id,
        row.state,
        seconds(row.at),
        seconds(row.due_at),
        seconds(row.answered_at),
    )


def _urgent_report(row: UrgentReport, rule: EscalationRule) -> Values:
    return (
        row.id,
        row.ticket_id,
        row.state,
        row.number,
        row.author_id,
        seconds(row.created_at),
        seconds(row.submitted_at),
        seconds(row.sent_at),
    )


_DERIVED: dict[str, dict[str, Any]] = {
    "ticket": {
        "urges": 0,
        "promised_at": None,
        "notice_state": "",
        "findings": 0,
        "answered_at": None,
        "contradicted": 0,
        "pending": 0,
        "asked_at": None,
        "unanswered": 0,
        "dissatisfied": 0,
        "rung": 0,
        "acting": 0,
    },
    "visit": {"attempts": 0, "last_outcome": "", "pending": 0},
    "urge": {"pending": 0},
    "notice": {"pending": 0},
    "finding": {"pending": 0},
    "application": {"pending": 0},
    "instruction": {"pending": 0},
    "urgent_report": {"pending": 0},
    "inquiry": {"pending": 0},
}


def _shadow(entity_type: str, table: Table) -> Shadow:
    derived = _DERIVED[entity_type]
    kept = tuple(c for c in table.c.keys() if c not in derived and c not in ("id", "rid"))  # noqa: SIM118
    return Shadow(table, kept, derived)


SHADOWS: dict[str, Shadow] = {
    "ticket": _shadow("ticket", ticket_list),
    "visit": _shadow("visit", visit_list),
    "urge": _shadow("urge", urge_list),
    "notice": _shadow("notice", notice_list),
    "finding": _shadow("finding", finding_list),
    "application": _shadow("application", application_list),
    "instruction": _shadow("instruction", instruction_list),
    "urgent_report": _shadow("urgent_report", urgent_report_list),
    "inquiry": _shadow("inquiry", inquiry_list),
}

_VALUES: dict[str, Callable[[Any, EscalationRule], Values]] = {
    "ticket": ticket_values,
    "visit": _visit,
    "urge": _urge,
    "notice": _notice,
    "finding": _finding,
    "application": _application,
    "instruction": _instruction,
    "urgent_report": _urgent_report,
    "inquiry": _inquiry,
}


def values_of(entity_type: str, row: Row, rule: EscalationRule) -> Values:
    """The parameters of the type's upsert, in its order; only for the types in :data:`SHADOWS`."""
    return _VALUES[entity_type](row, rule)
