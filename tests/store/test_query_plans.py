"""The plans of the queries that a person waits for: through an index, whatever a store holds.

Nothing is measured: a plan is what makes the difference between five milliseconds and a second, and a store keeps no
statistics, so that it is the same on the first day and with a million cases.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from desktop.models.store import deriving, projection
from desktop.models.store.late_indexes import drop_late, missing
from desktop.pages import page_specs
from desktop.services.queries import counts, related, tickets, visit_records
from desktop.services.queries.base import Reader
from desktop.services.queries.filters import QUEUES, Queue, TicketFilter
from desktop.services.queries.tidings import watched
from tests.support.stores import DeskStore, open_desk_store

_OF_LITTLE: tuple[Queue, ...] = (
    "overdue",
    "due_today",
    "due_soon",
    "repeated",
    "provisional",
    "escalated",
    "rework",
    "emergency",
    "answered",
    "promise_late",
    "proposed",
    "waiting_unit",
    "open",
)
"""Queues that stand in an index of their own, which holds no more than open cases."""

_IN_ORDER: tuple[Queue, ...] = ("overdue", "due_today", "due_soon", "answered", "promise_late")
"""Those whose index has their order, so that the first page is there before the last id."""


def _plans(desk: DeskStore, query: Callable[[Reader], object]) -> list[str]:
    """What the database means to do for every statement of ``query``, a line a step."""
    asked: list[tuple[str, Any]] = []
    with desk.reader() as reader:

        @event.listens_for(reader.connection, "before_cursor_execute")
        def note(c: object, cursor: object, statement: str, values: object, x: object, many: bool) -> None:
            asked.append((statement, values))

        query(reader)
        return [
            line
            for statement, values in list(asked)
            for line in _explain(reader.connection, statement, values)
        ]


def _explain(connection: Any, statement: str, values: Any) -> list[str]:
    cursor = projection.driver_cursor(connection)
    return [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()]


def _walks_the_table(plan: list[str]) -> bool:
    return any(line.startswith("SCAN ticket_list") and "INDEX" not in line for line in plan)


@pytest.mark.parametrize("loading", [False, True], ids=["loaded", "in a first load"])
def test_a_queue_is_read_from_an_index_of_open_cases(tmp_path: Path, loading: bool) -> None:
    """From the first page of a first load on: what is over, by far the most, is not even looked at."""
    with open_desk_store(tmp_path) as desk:
        if loading:
            with desk.store.write() as connection:
                drop_late(connection)
                assert missing(connection) == (
                    "ticket_contact",
                    "ticket_address",
                    "ticket_number",
                    "ticket_received",
                    "ticket_unit",
                )
        for queue in _OF_LITTLE:
            ids = _plans(desk, lambda r, q=queue: tickets.ticket_ids(r, TicketFilter(queue=q)))  # type: ignore[misc]
            count = _plans(desk, lambda r, q=queue: counts.queue_count(r, q))  # type: ignore[misc]
            own = (
                "ticket_overdue",
                "ticket_escalated",
                "ticket_rework",
                "ticket_repeated",
                "ticket_provisional",
                "ticket_emergency",
                "ticket_answered",
                "ticket_promised",
                "ticket_ground",
                "ticket_asked",
            )
            for plan in (ids, count):
                assert any(f"INDEX {name}" in line for line in plan for name in own), (queue, plan)
                assert not _walks_the_table(plan), (queue, plan)
            if queue in _IN_ORDER:
                assert not any("TEMP B-TREE" in line for line in ids), (queue, ids)
        moment = _plans(desk, counts.next_change_at)
        assert not any(line.startswith("SCAN ticket_list") for line in moment), moment


def test_no_list_walks_the_table(tmp_path: Path) -> None:
    """A million cases lie in it a page apart: 850 ms against 5 through an index that covers the question."""
    with open_desk_store(tmp_path) as desk:
        for queue in QUEUES:
            ids = _plans(desk, lambda r, q=queue: tickets.ticket_ids(r, TicketFilter(queue=q)))  # type: ignore[misc]
            assert not _walks_the_table(ids), (queue, ids)
        everything = _plans(desk, lambda r: tickets.ticket_ids(r, TicketFilter(queue="all")))
        assert not any("TEMP B-TREE" in line for line in everything), everything
        for sought in (
            _plans(desk, lambda r: tickets.ticket_of_number(r, "1")),
            _plans(desk, lambda r: tickets.rid_of(r, "a")),
            _plans(desk, lambda r: tickets.ticket_rows(r, (1, 2))),
        ):
            assert any(line.startswith("SEARCH ticket_list") for line in sought), sought


def test_no_number_of_the_rail_and_no_list_of_records_reads_every_visit(tmp_path: Path) -> None:
    """Counted at every start and every change: a walk over the visits of a million cases held rows for seconds."""
    asked: list[Callable[[Reader], object]] = [
        count for spec in page_specs() for count in (spec.queue_counts, spec.rail_count) if count is not None
    ]
    asked += [lambda r, q=queue: visit_records.records(r, q) for queue in visit_records.RECORD_QUEUES]  # type: ignore[misc]
    asked.append(lambda r: watched(r, r.now))
    with open_desk_store(tmp_path) as desk:
        for query in asked:
            for line in _plans(desk, query):
                walked = line.startswith(("SCAN ticket_list", "SCAN visit_list", "SCAN projection"))
                assert not walked or "INDEX" in line, line


def test_what_stands_beside_a_case_is_found_by_its_keys(tmp_path: Path) -> None:
    """Asked with every case that is opened: the same requester, address or class among hundreds of thousands."""
    near = {"first": 0, "at": 1, "last": 2, "category": "c", "some": 5, "most": 5}
    wanted: tuple[tuple[str, Any, str], ...] = (
        (related._OF_CONTACT, (1, "a"), "ticket_contact"),
        (related._OF_ADDRESS, (1, "a"), "ticket_address"),
        (related._NEAR, near, "ticket_received"),
    )
    with open_desk_store(tmp_path) as desk, desk.reader() as reader:
        for statement, values, index in wanted:
            plan = _explain(reader.connection, statement, values)
            assert any(f"INDEX {index}" in line for line in plan), plan
            assert not _walks_the_table(plan), plan


def test_a_commit_costs_what_it_touches(tmp_path: Path) -> None:
    """Ten changes in a store of a million must not walk it: each statement behind them goes by keys."""
    statements = (
        deriving._SOME_TICKETS,  # the texts themselves are what is pinned
        deriving._LOADED_TICKETS,
        deriving._ATTEMPTS,
    )
    with open_desk_store(tmp_path) as desk, desk.store.read() as connection:
        for statement in statements:
            plan = _explain(connection, statement, ("[]",))
            walked = [line for line in plan if line.startswith("SCAN") and "json_each" not in line]
            assert all("VIRTUAL TABLE" in line or line == "SCAN a" for line in walked), plan
