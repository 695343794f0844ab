"""Reveals: who may, why, how often; and that the reason is on record before the value leaves."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from central.audit import append_audit, verify_audit
from central.loader import Contact
from central.tables import audit
from desktop.models.domain.entities import Ticket
from tests.support.builders import make_ticket, make_visit
from tests.support.central_office import Hand, Office

PHONE, NAME = "13800138000", "欧阳小敏"


@pytest.fixture
def ticket(office: Office) -> Ticket:
    made = make_ticket(state="dispatched", request_text="门前〔电话〕")
    office.load(
        made,
        contacts=(Contact(made.contact_id, NAME, PHONE, True),),
        texts=((made.id, "门前 13800138000"),),
    )
    return made


def ask(hand: Hand, ticket: Ticket, **more: str) -> tuple[int, dict[str, object]]:
    body = {"purpose": "verify", "reason": "核实诉求地点", "ticket_id": ticket.id, "field": "phone"} | more
    reply = hand.post(f"/contacts/{more.get('contact', ticket.contact_id)}/reveal", body)
    return reply.status_code, reply.json()


def test_an_officer_sees_the_value_for_a_minute_with_a_purpose(office: Office, ticket: Ticket) -> None:
    officer = office.hand("officer")
    assert ask(officer, ticket) == (
        200,
        {"field": "phone", "value": PHONE, "seconds": 60, "sample": True},
    )
    assert ask(officer, ticket, field="name")[1]["value"] == NAME
    assert ask(officer, ticket, field="request_text")[1]["value"] == "门前 13800138000"
    assert ask(officer, ticket, purpose="curiosity")[0] == 422
    assert ask(officer, ticket, reason="x")[0] == 422
    assert ask(officer, ticket, contact="k-other")[0] == 404


def test_the_record_is_committed_before_the_value_is_read(
    office: Office, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that fails must mean no value; and no value without a record, even after a crash between the two."""
    seen: list[int] = []

    def look(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if "FROM contact" in statement:
            with office.database.read() as other:
                seen.append(other.execute(audit.select()).all().__len__())

    event.listen(office.database.reading, "before_cursor_execute", look)
    assert ask(office.hand("officer"), ticket)[0] == 200
    event.remove(office.database.reading, "before_cursor_execute", look)
    assert seen == [1]

    def fail(*args: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("central.reveal.append_audit", fail)
    status, body = ask(office.hand("officer"), ticket)
    assert status == 500
    assert PHONE not in str(body)
    monkeypatch.setattr("central.reveal.append_audit", append_audit)


def test_twenty_an_hour(office: Office, ticket: Ticket) -> None:
    officer = office.hand("officer")
    assert [ask(officer, ticket)[0] for _ in range(21)] == [200] * 20 + [429]
    assert ask(office.hand("chief"), ticket)[0] == 200, "each counts alone"
    office.clock.advance(3601)
    assert ask(office.hand("officer"), ticket)[0] == 200


def test_a_report_is_revealed_by_nobody_alone(office: Office) -> None:
    report = make_ticket(level="report")
    office.load(report, contacts=(Contact(report.contact_id, NAME, PHONE, True),))
    for who in ("officer", "cleared", "chief"):
        status, body = ask(office.hand(who), report, contact=report.id)
        assert (status, body["code"]) == (403, "second_person_needed")


def test_trying_ids_tells_nobody_whose_case_it_is(office: Office) -> None:
    """Else an officer who knows a caller from one case could find the report they made, and leave no trace of it."""
    known = make_ticket()
    secret = [make_ticket(level=level, contact_id=known.contact_id) for level in ("report", "confidential")]
    office.load(known, *secret, contacts=(Contact(known.contact_id, NAME, PHONE, True),))
    officer = office.hand("officer")
    for case in secret:
        answers = [ask(officer, case, contact=tried) for tried in (known.contact_id, "k-other")]
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


def test_visit_staff_see_only_the_call_in_hand(office: Office, ticket: Ticket) -> None:
    visitor = office.hand("visitor")
    assert ask(visitor, ticket)[0] == 403
    office.load(visit := make_visit(ticket))
    assert visitor.post(f"/visits/{visit.id}/lease").status_code == 201
    assert ask(visitor, ticket)[0] == 200


def test_a_unit_sees_the_number_only_while_first_contact_is_its_duty(office: Office, ticket: Ticket) -> None:
    """The contact's id is never sent to a unit, so it asks by the ticket's."""
    liaison = office.hand("liaison")
    assert ask(liaison, ticket, contact=ticket.id)[0] == 200
    later = make_ticket(state="handling")
    confidential = make_ticket(state="dispatched", level="confidential")
    foreign = make_ticket(state="dispatched", unit_id="u-water")
    for other in (later, confidential, foreign):
        office.load(other, contacts=(Contact(other.contact_id, NAME, PHONE, True),))
    assert [ask(liaison, t, contact=t.id)[0] for t in (later, confidential, foreign)] == [403, 403, 404]


def test_the_record_names_codes_and_no_citizen_and_cannot_be_changed(office: Office, ticket: Ticket) -> None:
    ask(office.hand("officer"), ticket, reason="诉求人 13800138000 来电")
    with office.database.read() as connection:
        (row,) = connection.execute(audit.select())
        assert (row.action, row.object_id, row.person_id) == ("reveal", ticket.id, "p-officer")
        assert PHONE not in row.detail
        assert verify_audit(connection) == 1
    refused = (
        r"append-only|permission denied for table audit"  # by the trigger, or before it by the role's rights
    )
    for forbidden in (audit.update().values(detail=""), audit.delete()):
        with pytest.raises(Exception, match=refused), office.database.write() as tx:
            tx.connection.execute(forbidden)
