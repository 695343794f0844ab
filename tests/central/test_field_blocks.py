"""Visits taken along without a network, who has whom in hand, and a person taken over by a supervisor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from central.loader import Contact
from central.tables import audit
from desktop.models.domain.entities import Attempt, Visit
from desktop.models.domain.wire import FieldBlock, LeaseHolders
from tests.support.builders import NOW, make_ticket, make_visit
from tests.support.central_office import Hand, Office

PHONES = ("13800138000", "+86 138-0013-8000", "13900139000", "13700137000")


@pytest.fixture
def waiting(office: Office) -> list[Visit]:
    """Four visits of three people, the first two of one, and a report."""
    tickets = [make_ticket(state="to_visit", due_at=None) for _ in PHONES]
    visits = [make_visit(ticket, due_at=NOW + timedelta(hours=i)) for i, ticket in enumerate(tickets)]
    report = make_ticket(state="to_visit", due_at=None, level="report", request_type="report")
    behind = Contact(report.contact_id, "王五", "13600136000", True)
    people = [Contact(t.contact_id, "张三", p, True) for t, p in zip(tickets, PHONES, strict=True)]
    office.load(*tickets, report, *visits, make_visit(report), contacts=(*people, behind))
    return visits


def block_of(hand: Hand, visits: int = 3, minutes: int = 60) -> FieldBlock:
    reply = hand.post("/visit-blocks", {"visits": visits, "minutes": minutes})
    assert reply.status_code == 201, reply.text
    return msgspec.json.decode(reply.content, type=FieldBlock)


def holders(hand: Hand) -> LeaseHolders:
    return msgspec.json.decode(hand.call("GET", "/visit-leases").content, type=LeaseHolders)


def claim(hand: Hand, visit: Visit, **asked: str) -> tuple[int, Any]:
    reply = hand.post(f"/visits/{visit.id}/lease", asked or None)
    return reply.status_code, reply.json()


def test_nobody_else_calls_whoever_was_taken_along(office: Office, waiting: list[Visit]) -> None:
    """Whoever is on the way hears of nothing: for the time stated, and for one call beyond, the others keep off."""
    first, second, chief = (office.hand(who) for who in ("visitor", "visitor2", "chief"))
    block = block_of(first)
    assert [[v.visit_id for v in call.visits] for call in block.calls] == [
        [waiting[0].id, waiting[1].id],
        [waiting[2].id],
    ]
    assert (block.calls[0].phone, block.seconds) == (PHONES[0], 3600)
    for visit in waiting[:3]:
        assert claim(second, visit)[1]["code"] == "in_field_block"
        assert claim(chief, visit, takeover_reason="接到投诉")[1]["code"] == "in_field_block"
        assert claim(first, visit)[1]["code"] == "in_field_block", "the desk has the number already"
    assert claim(second, waiting[3])[0] == 201
    shown = {held.visit_id: held for held in holders(second).holders}
    assert {shown[v.id].name for v in waiting[:3]} == {first_name(office)}
    assert shown[waiting[0].id].block
    assert shown[waiting[0].id].until == office.clock.now() + timedelta(hours=1)
    office.clock.advance(3600 + 1799)
    second, first = office.hand("visitor2", "later"), office.hand("visitor", "desk")
    assert claim(second, waiting[2])[1]["code"] == "in_field_block", "a call begun at the last minute goes on"
    office.clock.advance(2)
    assert claim(second, waiting[2])[0] == 201


def first_name(office: Office) -> str:
    return str(office.hand("visitor").call("GET", "/me").json()["name"])


def test_records_of_the_road_count_and_the_rest_is_given_back(office: Office, waiting: list[Visit]) -> None:
    first, second = office.hand("visitor"), office.hand("visitor2")
    block = block_of(first)
    made = {"lease_id": block.block_id, "lease_epoch": block.epoch, "at": office.now, "outcome": "busy"}
    op = first.op("visit.attempt", {"ticket_id": waiting[2].ticket_id, "visit_id": waiting[2].id, **made})
    assert first.push(op)[0].status == "applied"
    row = first.rows()["attempt", op.entity_id]
    assert isinstance(row, Attempt)
    assert not row.outside_lease
    assert holders(first).block_id == block.block_id
    assert second.call("DELETE", f"/visit-blocks/{block.block_id}").status_code == 404, "not hers"
    assert first.call("DELETE", f"/visit-blocks/{block.block_id}").status_code == 204
    assert first.call("DELETE", f"/visit-blocks/{block.block_id}").status_code == 204
    assert holders(first) == LeaseHolders(holders=())
    assert claim(second, waiting[0])[0] == 201
    assert first.call("PUT", f"/visit-leases/{block.block_id}", data=b'{"epoch": 1}').status_code == 404
    with office.database.read() as connection:
        told = [(r.action, r.object_type) for r in connection.execute(audit.select().order_by(audit.c.seq))]
    assert told[:4] == [("block", "lease"), *[("lease", "visit")] * 3], "each number sent is on record"
    assert ("block_back", "lease") in told


def test_the_citys_bounds_of_a_block_hold(office: Office, waiting: list[Visit]) -> None:
    hand = office.hand("visitor")
    for asked, code in (
        ({"visits": 21, "minutes": 60}, "block_too_large"),
        ({"visits": 5, "minutes": 481}, "block_too_long"),
    ):
        refused = hand.post("/visit-blocks", asked)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert len(block_of(hand, visits=20).calls) == 3, "a report is never taken along"
    assert len(block_of(hand, visits=20).calls) == 3, "a second block takes the first one's place"
    assert len(holders(hand).holders) == 4
    assert office.hand("liaison").call("GET", "/visit-leases").status_code == 403


def test_a_supervisor_takes_over_whoever_has_not_dialled_and_the_former_caller_is_told(
    office: Office, waiting: list[Visit]
) -> None:
    """Two people must not ring one citizen because a third one was in a hurry."""
    first, second, chief = (office.hand(who) for who in ("visitor", "visitor2", "chief"))
    lease = claim(first, waiting[0])[1]
    (held, _) = holders(second).holders
    assert (held.name, held.since, held.dialled) == (first_name(office), office.clock.now(), False)
    assert claim(chief, waiting[0])[1]["code"] == "held"
    reason = {"takeover_reason": "赵丽娜临时离岗，13800138000 等回电"}
    assert claim(second, waiting[0], **reason)[0] == 403
    status, taken = claim(chief, waiting[1], **reason)
    assert (status, taken["epoch"]) == (201, lease["epoch"] + 1)
    late = first.post(f"/visit-leases/{lease['lease_id']}/dialling", {"epoch": lease["epoch"]})
    assert (late.status_code, late.json()["code"]) == (410, "lease_taken_over")
    told = holders(first).taken_over
    assert {each.visit_id for each in told} == {waiting[0].id, waiting[1].id}
    assert told[0].reason.startswith("赵丽娜临时离岗")
    assert PHONES[0] not in told[0].reason
    assert holders(second).taken_over == ()
    assert (
        chief.post(f"/visit-leases/{taken['lease_id']}/dialling", {"epoch": taken["epoch"]}).status_code
        == 200
    )
    with office.database.read() as connection:
        details = [row.detail for row in connection.execute(audit.select())]
    assert any("takeover=赵丽娜临时离岗" in detail for detail in details)
    ringing = claim(first, waiting[2])[1]
    path = f"/visit-leases/{ringing['lease_id']}/dialling"
    assert first.post(path, {"epoch": ringing["epoch"]}).status_code == 200
    assert claim(chief, waiting[2], **reason)[1]["code"] == "on_the_telephone"


def test_a_call_outside_the_policy_takes_two_and_is_marked_for_good(
    office: Office, waiting: list[Visit]
) -> None:
    """At half past twelve nobody is rung, but for a reason that a second person signed, and then once."""
    first, chief = office.hand("visitor"), office.hand("chief")
    office.services.office.advance(NOW.replace(hour=12, minute=30))
    visit = waiting[2]
    assert claim(first, visit)[1]["errors"][0]["code"] == "outside_hours"
    ask = {"reason": "诉求人上夜班，只有午间能接电话"}
    assert first.does("visit.ask_exception", ask, entity_id=visit.id, base=1).status == "applied"
    assert claim(first, visit)[1]["code"] == "attempt_not_permitted", "asked is not agreed"
    for hand, code in ((first, "role_not_allowed"), (chief, "")):
        told = hand.does("visit.decide_exception", {"agreed": True}, entity_id=visit.id, base=2)
        assert (told.problem.code if told.problem else "") == code
    status, lease = claim(first, visit)
    assert status == 201
    made = {"ticket_id": visit.ticket_id, "visit_id": visit.id, "outcome": "no_answer", "at": office.now}
    held = {"lease_id": lease["lease_id"], "lease_epoch": lease["epoch"]}
    op = first.op("visit.attempt", made | held)
    assert first.push(op)[0].status == "applied"
    row = first.rows()["attempt", op.entity_id]
    assert isinstance(row, Attempt)
    assert row.exception_by == chief.call("GET", "/me").json()["name"]
    office.services.office.advance(office.now + timedelta(minutes=1))
    again = first.push(first.op("visit.attempt", made | held | {"at": office.now}))[0]
    assert again.problem is not None
    assert again.problem.code == "attempt_not_permitted", "it was for one call"


def test_who_leads_the_visits_says_who_calls(office: Office, waiting: list[Visit]) -> None:
    chief, caller = office.hand("chief"), office.hand("visitor")
    visit = waiting[3]
    named = {"person_id": "p-visitor2"}
    assert caller.does("visit.assign", named, entity_id=visit.id, base=1).problem is not None
    assert chief.does("visit.assign", named, entity_id=visit.id, base=1).status == "applied"
    row = caller.rows()["visit", visit.id]
    assert isinstance(row, Visit)
    assert (row.assigned_to, bool(row.assigned_name)) == ("p-visitor2", True)
    assert claim(caller, visit)[1]["code"] == "assigned_to_other"
    assert chief.does("visit.assign", {}, entity_id=visit.id, base=2).status == "applied"
    assert claim(caller, visit)[0] == 201
    unknown = chief.does("visit.assign", {"person_id": "p-liaison"}, entity_id=visit.id, base=3)
    assert unknown.problem is not None
