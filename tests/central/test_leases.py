"""Leases: nobody is called twice, whatever the tickets, the desktops and the network do."""

from __future__ import annotations

import threading
from datetime import timedelta

import msgspec
import pytest

from central.audit import verify_audit
from central.loader import Contact
from central.tables import audit
from desktop.models.domain.entities import Attempt, Ticket, Visit
from desktop.models.domain.wire import Lease
from tests.support.builders import NOW, make_attempt, make_ticket, make_visit
from tests.support.central_office import Hand, Office

PHONE = "138-0013 8000"


@pytest.fixture
def waiting(office: Office) -> list[Visit]:
    """Two tickets of one citizen, whose number is written in two ways, and one of another."""
    tickets = [make_ticket(state="to_visit", due_at=None) for _ in range(3)]
    visits = [make_visit(ticket, due_at=NOW + timedelta(hours=i)) for i, ticket in enumerate(tickets)]
    phones = (PHONE, "+86 13800138000", "13900139000")
    contacts = tuple(
        Contact(ticket.contact_id, "张三", phone, True) for ticket, phone in zip(tickets, phones, strict=True)
    )
    office.load(*tickets, *visits, contacts=contacts)
    return visits


def lease_of(hand: Hand, visit: Visit) -> Lease:
    reply = hand.post(f"/visits/{visit.id}/lease")
    assert reply.status_code == 201, reply.text
    return msgspec.json.decode(reply.content, type=Lease)


def test_one_lease_holds_everything_that_waits_for_one_person(office: Office, waiting: list[Visit]) -> None:
    first, second = office.hand("visitor"), office.hand("visitor2")
    lease = lease_of(first, waiting[0])
    assert [v.visit_id for v in lease.visits] == [waiting[0].id, waiting[1].id]
    assert lease.phone == PHONE
    other_ticket = second.post(f"/visits/{waiting[1].id}/lease")
    assert (other_ticket.status_code, other_ticket.json()["code"]) == (409, "held")
    assert lease_of(second, waiting[2]).phone == "13900139000"


def test_of_twenty_who_claim_at_once_one_wins(office: Office, waiting: list[Visit]) -> None:
    hands = [office.hand("visitor" if i % 2 else "visitor2", f"desk-{i}") for i in range(20)]
    gate = threading.Barrier(len(hands))
    statuses: list[int] = []

    def claim(hand: Hand, visit: Visit) -> None:
        gate.wait()
        statuses.append(hand.post(f"/visits/{visit.id}/lease").status_code)

    threads = [threading.Thread(target=claim, args=(hand, waiting[i % 2])) for i, hand in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] + [409] * 19


def test_a_lease_expires_is_never_renewed_then_and_its_epoch_rises(
    office: Office, waiting: list[Visit]
) -> None:
    first, second = office.hand("visitor"), office.hand("visitor2")
    lease = lease_of(first, waiting[0])
    office.clock.advance(170)
    renewed = first.call("PUT", f"/visit-leases/{lease.lease_id}", data=b'{"epoch": %d}' % lease.epoch)
    assert (renewed.json()["ttl_s"], renewed.json()["phone"]) == (180, "")
    office.clock.advance(181)
    late = first.call("PUT", f"/visit-leases/{lease.lease_id}", data=b'{"epoch": %d}' % lease.epoch)
    assert (late.status_code, late.json()["code"]) == (410, "lease_expired")
    assert lease_of(second, waiting[1]).epoch > lease.epoch


def test_dialling_holds_for_the_length_of_a_call(office: Office, waiting: list[Visit]) -> None:
    first, second = office.hand("visitor"), office.hand("visitor2")
    lease = lease_of(first, waiting[0])
    assert first.post(f"/visit-leases/{lease.lease_id}/dialling", {"epoch": lease.epoch}).status_code == 200
    office.clock.advance(590)  # the access token lasts ten minutes
    assert second.post(f"/visits/{waiting[1].id}/lease").status_code == 409
    assert second.call("DELETE", f"/visit-leases/{lease.lease_id}").status_code == 404, "not hers"


def test_whoever_was_dialled_stays_held_until_the_outcome_is_known(
    office: Office, waiting: list[Visit]
) -> None:
    """A desk gives back and its record does not get through: the next caller would ring the same citizen again."""
    first, second = office.hand("visitor"), office.hand("visitor2")
    lease = lease_of(first, waiting[0])
    assert first.post(f"/visit-leases/{lease.lease_id}/dialling", {"epoch": lease.epoch}).status_code == 200
    path = f"/visit-leases/{lease.lease_id}"
    assert first.call("DELETE", path).status_code == 204
    for visit in waiting[:2]:  # of one person
        assert second.post(f"/visits/{visit.id}/lease").json()["code"] == "held"
    for visit in waiting[:2]:
        assert first.call("DELETE", path).status_code == 204
        assert second.post(f"/visits/{visit.id}/lease").json()["code"] == "held"
        op = first.op("visit.attempt", record(first, visit, "line_fault", **_of(lease)))
        assert first.push(op)[0].status == "applied"
        row = first.rows()["attempt", op.entity_id]
        assert isinstance(row, Attempt)
        assert not row.outside_lease
    assert first.call("DELETE", path).status_code == 204
    assert lease_of(second, waiting[1]).epoch == lease.epoch + 1


def test_a_lost_reply_does_not_lock_the_caller_out(office: Office, waiting: list[Visit]) -> None:
    hand = office.hand("visitor")
    lost = lease_of(hand, waiting[0])
    assert lease_of(hand, waiting[0]).epoch == lost.epoch + 1
    assert office.hand("visitor", "other-desk").post(f"/visits/{waiting[0].id}/lease").status_code == 409


def test_the_queue_hands_out_the_next_person(office: Office, waiting: list[Visit]) -> None:
    first, second, third = office.hand("visitor"), office.hand("visitor2"), office.hand("officer")
    leases = [
        msgspec.json.decode(hand.post("/visit-leases/claim-next").content, type=Lease)
        for hand in (first, second)
    ]
    assert [lease.visits[0].visit_id for lease in leases] == [waiting[0].id, waiting[2].id]
    assert third.post("/visit-leases/claim-next").status_code == 204
    assert office.hand("liaison").post("/visit-leases/claim-next").status_code == 403


def test_outside_the_hours_nobody_is_called(office: Office, waiting: list[Visit]) -> None:
    hand = office.hand("visitor")
    office.services.office.advance(NOW.replace(hour=12, minute=30))
    refused = hand.post(f"/visits/{waiting[0].id}/lease")
    assert refused.status_code == 409
    assert refused.json()["errors"] == [{"pointer": "/visit", "code": "outside_hours"}]
    assert hand.post("/visit-leases/claim-next").status_code == 204


def test_after_a_conversation_the_number_rests_whichever_ticket_asks(
    office: Office, waiting: list[Visit]
) -> None:
    """The other ticket of the same citizen is not called the same day, but for a supervisor's reason."""
    ticket = make_ticket(state="to_visit")
    office.load(
        ticket, later := make_visit(ticket), contacts=(Contact(ticket.contact_id, "张三", PHONE, True),)
    )
    hand, chief = office.hand("visitor"), office.hand("chief")
    lease = lease_of(hand, waiting[0])
    attempt = {
        "ticket_id": waiting[0].ticket_id,
        "visit_id": waiting[0].id,
        "outcome": "refused",
        "at": office.now,
        "lease_id": lease.lease_id,
        "lease_epoch": lease.epoch,
    }
    assert hand.does("visit.attempt", attempt).status == "applied"
    hand.call("DELETE", f"/visit-leases/{lease.lease_id}")
    resting = hand.post(f"/visits/{later.id}/lease")
    assert (resting.status_code, resting.json()["code"]) == (409, "resting")
    reason = {"override_reason": "诉求人来电 13800138000 要求今日回访"}
    assert hand.post(f"/visits/{later.id}/lease", reason).status_code == 403
    assert chief.post(f"/visits/{later.id}/lease", reason).status_code == 201
    with office.database.read() as connection:
        told = [row.detail for row in connection.execute(audit.select()) if "override" in row.detail]
        assert len(told) == 1
        assert "13800138000" not in told[0]


def test_a_grant_is_on_record_before_the_number_is_sent(office: Office, waiting: list[Visit]) -> None:
    lease_of(office.hand("visitor"), waiting[0])
    with office.database.read() as connection:
        rows = list(connection.execute(audit.select()))
        assert [(row.action, row.object_id) for row in rows] == [("lease", waiting[0].id)]
        assert verify_audit(connection) == 1


def record(hand: Hand, visit: Visit, outcome: str, **more: object) -> dict[str, object]:
    return {
        "ticket_id": visit.ticket_id,
        "visit_id": visit.id,
        "outcome": outcome,
        "at": hand.office.now,
        **more,
    }


def test_a_call_from_the_future_was_made_now(office: Office, waiting: list[Visit]) -> None:
    """A desktop whose clock is a year ahead has still called: the record is kept, by the server's time."""
    hand = office.hand("visitor")
    lease = lease_of(hand, waiting[0])
    ahead = {"at": office.now + timedelta(days=400), "lease_id": lease.lease_id, "lease_epoch": lease.epoch}
    op = hand.op("visit.attempt", record(hand, waiting[0], "busy", **ahead))
    assert hand.push(op)[0].status == "applied"
    (attempt,) = [row for key, row in hand.rows().items() if key == ("attempt", op.entity_id)]
    assert isinstance(attempt, Attempt)
    assert attempt.at == office.now


def test_an_outcome_without_the_lease_is_kept_and_marked(office: Office, waiting: list[Visit]) -> None:
    """Somebody else claimed the visit meanwhile: the call that was made must not vanish from the file."""
    first, second = office.hand("visitor"), office.hand("visitor2")
    stale = lease_of(first, waiting[0])
    office.clock.advance(200)
    fresh = lease_of(second, waiting[0])
    held = {"lease_id": stale.lease_id, "lease_epoch": stale.epoch}
    for hand, lease, outside in ((first, held, True), (second, _of(fresh), False)):
        op = hand.op("visit.attempt", record(hand, waiting[0], "line_fault", **lease))
        assert hand.push(op)[0].status == "applied"
        row = hand.rows()["attempt", op.entity_id]
        assert isinstance(row, Attempt)
        assert row.outside_lease is outside
        assert row.contact_id == waiting[0].contact_id


def _of(lease: Lease) -> dict[str, object]:
    return {"lease_id": lease.lease_id, "lease_epoch": lease.epoch}


def test_a_visit_assigned_by_name_is_recorded_offline_without_a_lease(
    office: Office, waiting: list[Visit]
) -> None:
    office.load(msgspec.structs.replace(waiting[2], assigned_to="p-visitor", assigned_name="李强"))
    hand = office.hand("visitor")
    op = hand.op("visit.attempt", record(hand, waiting[2], "no_answer"))
    assert hand.push(op)[0].status == "applied"
    row = hand.rows()["attempt", op.entity_id]
    assert isinstance(row, Attempt)
    assert not row.outside_lease
    other = office.hand("visitor2").post(f"/visits/{waiting[2].id}/lease")
    assert other.json()["code"] == "assigned_to_other"


def test_the_last_miss_makes_a_visit_unreachable_and_ends_the_case(office: Office) -> None:
    ticket = make_ticket(state="to_visit")
    visit = make_visit(ticket, assigned_to="p-visitor", opened_at=NOW - timedelta(days=3))
    misses = [
        make_attempt(visit, at=NOW - timedelta(days=2)),
        make_attempt(visit, at=NOW.replace(hour=15) - timedelta(days=1)),
    ]
    office.load(ticket, visit, *misses)
    hand = office.hand("visitor")
    assert hand.does("visit.attempt", record(hand, visit, "busy")).status == "applied"
    rows = hand.rows()
    closed, archived = rows["visit", visit.id], rows["ticket", ticket.id]
    assert isinstance(closed, Visit)
    assert isinstance(archived, Ticket)
    assert (closed.state, closed.version) == ("unreachable", 2)
    assert (archived.state, archived.archived_at) == ("archived", hand.office.now)


def test_a_booking_is_used_up_by_its_call_and_a_named_time_becomes_the_next(office: Office) -> None:
    ticket = make_ticket(state="to_visit")
    visit = make_visit(ticket, state="booked", booked_at=NOW, assigned_to="p-visitor")
    office.load(ticket, visit)
    hand = office.hand("visitor")
    hand.does("visit.attempt", record(hand, visit, "no_answer"))
    row = hand.rows()["visit", visit.id]
    assert isinstance(row, Visit)
    assert (row.state, row.booked_at, row.assigned_to) == ("waiting", None, "p-visitor")
    named = NOW.replace(hour=20, minute=30)
    again = hand.does("visit.attempt", record(hand, visit, "call_later", call_later_at=named))
    assert again.problem is not None
    assert again.problem.errors[0].code == "too_soon"
    office.services.office.advance(NOW + timedelta(hours=5))
    hand.does("visit.attempt", record(hand, visit, "call_later", call_later_at=named))
    row = hand.rows()["visit", visit.id]
    assert isinstance(row, Visit)
    assert (row.state, row.booked_at) == ("booked", named)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        (NOW.replace(hour=13), "outside_hours"),
        (NOW - timedelta(hours=1), "past"),
        (NOW.replace(month=6, day=10, hour=10), "holiday"),
    ],
)
def test_a_booking_the_rules_forbid_is_refused_with_the_reason(
    office: Office, waiting: list[Visit], when: object, reason: str
) -> None:
    hand = office.hand("visitor")
    refused = hand.does("visit.schedule", {"booked_at": when}, entity_id=waiting[0].id, base=1)
    assert refused.problem is not None
    assert (refused.problem.code, refused.problem.errors[0].code) == ("booking_not_permitted", reason)


def test_completing_a_visit_moves_the_case_on(office: Office, waiting: list[Visit]) -> None:
    """Satisfied: filed away. Not resolved: back to the office, with a proposal and no decision."""
    hand = office.hand("visitor")
    good = {
        "identity_confirmed": True,
        "contacted": "yes",
        "resolved": "resolved",
        "satisfied_result": "satisfied",
    }
    bad = good | {"resolved": "not_resolved", "satisfied_result": "dissatisfied"}
    lease = lease_of(hand, waiting[0])
    expected = (("archived", ""), ("in_review", "rework"))
    for visit, answers, (state, proposal) in zip(waiting[:2], (good, bad), expected, strict=True):
        attempt = hand.op("visit.attempt", record(hand, visit, "answered", **_of(lease)))
        payload = {"answers": answers, "questionnaire": "1", "attempt_id": attempt.entity_id, **_of(lease)}
        complete = hand.op("visit.complete", payload, entity_id=visit.id, base=1)
        assert [r.status for r in hand.push(attempt, complete)] == ["applied", "applied"]
        rows = hand.rows()
        done, ticket = rows["visit", visit.id], rows["ticket", visit.ticket_id]
        assert isinstance(done, Visit)
        assert isinstance(ticket, Ticket)
        assert (done.valid, done.proposal, done.outside_lease) == (True, proposal, False)
        assert ticket.state == state
        told = [r for r in rows.values() if getattr(r, "ticket_id", "") == ticket.id]
        assert [r.kind for r in told if hasattr(r, "kind")] == [state]
