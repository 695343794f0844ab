"""Blind second calls: made by somebody else who is not told so, and of no weight for case or rates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from central.loader import Contact
from central.profile_store import store_profile
from central.profiles import default_profile
from central.tables import recheck
from desktop.models.domain.entities import Ticket, Visit
from tests.support.builders import make_ticket, make_visit
from tests.support.central_office import Office
from tests.support.visits_made import BAD, GOOD, complete


@pytest.fixture
def case(office: Office) -> tuple[Ticket, Visit]:
    """A case to be called back, in an office that has every valid visit made once more."""
    rules = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
    every = replace(rules, version=2, visits=replace(rules.visits, recheck_percent=100.0))
    with office.database.write() as tx:
        store_profile(tx, every, at=office.clock.now())
    office.clock.advance(5)
    ticket = make_ticket(state="to_visit")
    visit = make_visit(ticket)
    office.load(ticket, visit, contacts=(Contact(ticket.contact_id, "张三", "13800138000", True),))
    return ticket, visit


def test_a_second_call_is_made_by_another_who_is_not_told(office: Office, case: tuple[Ticket, Visit]) -> None:
    """Whoever knew that a colleague had asked before would hear what they expect; and whoever asked before would hear
    their own answers. The citizen is left in peace for a day, the case stays where the first visit put it, and the
    second visit counts in no rate."""
    ticket, first = case
    caller, other = office.hand("visitor"), office.hand("visitor2")
    complete(caller, first, GOOD)
    (again,) = [v for v in other.rows().values() if isinstance(v, Visit) and v.id != first.id]
    assert (again.state, again.recheck_of, again.assigned_to) == ("waiting", "", "")
    assert again.opened_at >= office.now + timedelta(hours=24)

    office.clock.advance(25 * 3600)
    caller, other = office.hand("visitor", "next-day"), office.hand("visitor2", "next-day-2")
    refused = caller.post(f"/visits/{again.id}/lease")
    assert (refused.status_code, refused.json()["code"]) == (409, "assigned_to_other")
    assert caller.post("/visit-leases/claim-next").status_code == 204
    complete(other, again, BAD)
    rows = other.rows()
    second, after = rows["visit", again.id], rows["ticket", ticket.id]
    assert isinstance(second, Visit)
    assert isinstance(after, Ticket)
    assert (second.state, second.recheck_of, second.valid, second.proposal) == (
        "completed",
        first.id,
        False,
        "",
    )
    assert after.state == "archived"
    with office.database.read() as connection:
        assert len(connection.execute(select(recheck)).all()) == 1  # a second call is not made a third time


def test_what_is_no_valid_visit_is_not_made_once_more(office: Office, case: tuple[Ticket, Visit]) -> None:
    """Nobody is troubled twice who gave no rating."""
    _, visit = case
    caller = office.hand("visitor")
    complete(caller, visit, GOOD | {"satisfied_result": "no_rating"})
    assert [v.id for v in caller.rows().values() if isinstance(v, Visit)] == [visit.id]
