"""The computed light of a ticket: what every list shows in colour, and what "overdue" counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.models.domain.entities import OPEN_STATES, PAUSED_STATES, Ticket, TicketState, literals
from desktop.models.domain.profile import EscalationRule
from desktop.models.domain.tickets import due_order, is_escalated, is_overdue, light

NOW = datetime(2012, 1, 1, 5, 0, tzinfo=UTC)


def ticket(**fields: object) -> Ticket:
    plain: dict[str, object] = {
        "id": "t",
        "number": "1",
        "title": "Pothole",
        "request_type": "help",
        "channel": "phone",
        "state": "handling",
        "received_at": NOW - timedelta(days=9),
        "due_at": NOW,
    }
    return Ticket(**(plain | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("state", literals(TicketState))
def test_only_an_open_ticket_whose_clock_runs_is_overdue(state: TicketState) -> None:
    late = ticket(state=state, due_at=NOW - timedelta(seconds=1))
    runs = state in OPEN_STATES and state not in PAUSED_STATES
    assert is_overdue(late, NOW) is runs
    expected = "overdue" if runs else "paused" if state in PAUSED_STATES else "none"
    assert light(late, NOW, 24) == expected


@pytest.mark.parametrize(
    ("due", "provisional", "shown"),
    [
        (timedelta(0), False, "due_soon"),  # due this very moment is not overdue
        (timedelta(microseconds=-1), False, "overdue"),
        (timedelta(hours=24), False, "due_soon"),
        (timedelta(hours=24, seconds=1), False, "normal"),
        (timedelta(hours=25), True, "provisional"),
        (timedelta(hours=1), True, "due_soon"),
        (None, False, "none"),
    ],
)
def test_the_edges_of_the_light(due: timedelta | None, provisional: bool, shown: str) -> None:
    row = ticket(due_at=None if due is None else NOW + due, due_provisional=provisional)
    assert light(row, NOW, 24) == shown


@pytest.mark.parametrize(
    ("fields", "escalated"),
    [
        ({}, False),
        ({"rework": 1, "repeats": 2, "returns": 9}, False),
        ({"rework": 2}, True),
        ({"repeats": 3}, True),
        ({"supervised": True}, True),
        ({"carded": True}, True),
        ({"noted_by_leader": True}, True),
    ],
)
def test_what_makes_a_ticket_escalated(fields: dict[str, object], escalated: bool) -> None:
    assert is_escalated(ticket(**fields), EscalationRule(rework=2, repeats=3)) is escalated


def test_work_lists_are_by_due_time_then_number_with_undated_last() -> None:
    rows = [
        ticket(id="d", number="1", due_at=None),
        ticket(id="c", number="9", due_at=NOW),
        ticket(id="b", number="2", due_at=NOW),
        ticket(id="a", number="7", due_at=NOW - timedelta(days=1)),
    ]
    ordered = sorted((r for r in rows if r.due_at), key=due_order) + [r for r in rows if not r.due_at]
    assert [r.id for r in ordered] == ["a", "b", "c", "d"]
