"""A device that asks too often is told to wait, alone, and loses nothing by it."""

from __future__ import annotations

from pathlib import Path

from central.request_limit import RequestLimit
from desktop.services.api.errors import Busy
from tests.support.builders import make_ticket
from tests.support.central_office import open_office
from tests.support.engine import open_engine


def test_a_device_that_asks_too_often_waits_and_no_other_does(tmp_path: Path) -> None:
    """One program gone wild must not make the whole office wait."""
    with open_office(tmp_path, request_rate=2, request_burst=5) as office:
        wild, other = office.hand("officer", "wild"), office.hand("officer", "other")
        asked = [wild.get("/me").status_code for _ in range(6)]
        assert asked == [200] * 5 + [429]
        refused = wild.get("/me")
        assert refused.headers["Retry-After"] == "1"
        assert (refused.json()["code"], refused.json()["retry"]) == ("too_many_requests", "backoff")
        assert other.get("/me").status_code == 200
        office.clock.advance(1)
        assert [wild.get("/me").status_code for _ in range(3)] == [200, 200, 429]


def test_a_desktop_that_is_told_to_wait_comes_to_the_end(tmp_path: Path) -> None:
    """A first load that runs into the limit waits as it is told, goes on where it was, and has every row."""
    with open_office(tmp_path, request_rate=1, request_burst=3) as office:
        tickets = [make_ticket() for _ in range(40)]
        office.load(*tickets)
        waits = 0
        with open_engine(tmp_path, office, "officer") as desk:
            for _ in range(40):
                try:
                    desk.sync()
                except Busy as busy:
                    waits += 1
                    office.clock.advance(busy.retry_after_s or 0.0)  # where it did not say, this never ends
                else:
                    break
            assert waits > 0
            assert {ticket.id for ticket in tickets} <= {key for kind, key in desk.rows() if kind == "ticket"}


def test_the_buckets_of_devices_that_rest_are_forgotten() -> None:
    """A server that runs for a year must not keep a number for each device that ever asked."""
    now = [0.0]
    limit = RequestLimit(10, 2, lambda: now[0])
    for n in range(10_000):
        limit.take(("p", str(n)))
    now[0] = 60.0
    assert limit.take(("p", "one more")) == 0.0
    assert len(limit._buckets) == 1
    now[0] = 1.0  # a clock that stands or goes back gives nothing away, and locks nobody out
    assert [limit.take(("p", "one more")) == 0.0 for _ in range(2)] == [True, False]
