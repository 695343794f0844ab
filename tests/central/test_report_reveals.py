"""Seeing behind a report: asked by one, agreed to by another, seen once; every step is on record first."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from sqlalchemy import event, select

from central.audit import verify_audit
from central.audit_detail import detail_values
from central.loader import Contact
from central.tables import audit
from desktop.models.domain.entities import Person, Ticket
from tests.support.builders import make_ticket
from tests.support.central_office import Hand, Office

PHONE, NAME = "13800138000", "欧阳小敏"


@pytest.fixture
def report(office: Office) -> Ticket:
    """A report, and a second cleared officer beside "cleared"."""
    second = Person(id="p-second", name="钱峰", roles=("officer", "cleared"))
    office.services.accounts.add(second, "second")
    made = make_ticket(level="report", request_type="report")
    office.load(made, contacts=(Contact(made.contact_id, NAME, PHONE, True),), texts=((made.id, "全文"),))
    return made


def ask(hand: Hand, report: Ticket, **more: str) -> requests.Response:
    body = {"id": hand.office.new_id(), "ticket_id": report.id, "field": "phone"}
    body |= {"purpose": "complaint_check", "reason": "核查线索，电话 13912345678"} | more
    return hand.post("/report-reveals", body)


def decide(hand: Hand, request_id: str, agree: bool = True, reason: str = "") -> tuple[int, Any]:
    reply = hand.post(f"/report-reveals/{request_id}/decision", {"agree": agree, "reason": reason})
    return reply.status_code, reply.json()


def see(hand: Hand, request_id: str) -> tuple[int, Any]:
    reply = hand.call("POST", f"/report-reveals/{request_id}/reveal")
    return reply.status_code, reply.json()


def queue(hand: Hand) -> list[Any]:
    found: list[Any] = hand.get("/report-reveals").json()["requests"]
    return found


def test_two_persons_see_what_one_may_not(office: Office, report: Ticket) -> None:
    first, second = office.hand("cleared"), office.hand("second")
    asked = ask(first, report)
    assert asked.status_code == 201
    made = asked.json()
    assert (made["state"], made["may_decide"]) == ("asked", ["钱峰"])
    assert see(first, made["id"])[1]["code"] == "not_agreed_yet"
    assert decide(first, made["id"])[1]["code"] == "own_request"
    (waiting,) = queue(second)
    assert (waiting["asked_by"], waiting["mine"], waiting["ticket_number"]) == ("孙洁", False, report.number)
    assert "13912345678" not in waiting["reason"]
    assert decide(second, made["id"])[1]["state"] == "agreed"
    assert see(second, made["id"])[0] == 404, "who agreed sees nothing"
    assert see(first, made["id"]) == (
        200,
        {"field": "phone", "value": PHONE, "seconds": 60, "sample": True},
    )
    assert see(first, made["id"])[1]["code"] == "revealed_already"
    assert [row["state"] for row in queue(first)] == ["revealed"]
    with office.database.read() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.seq)).all()
        assert verify_audit(connection) == 3
    assert [(row.action, row.person_id, row.object_id) for row in rows] == [
        ("report.asked", "p-cleared", report.id),
        ("report.agreed", "p-second", report.id),
        ("reveal", "p-cleared", report.id),
    ]
    assert {detail_values(row.detail)["request"] for row in rows} == {made["id"]}
    assert detail_values(rows[2].detail)["second"] == "p-second"
    assert all(PHONE not in row.detail and "13912345678" not in row.detail for row in rows)


def test_each_step_is_on_record_before_it_is_answered(office: Office, report: Ticket) -> None:
    """The value is read only once the third row can be seen by everybody."""
    first, second = office.hand("cleared"), office.hand("second")
    request_id = ask(first, report).json()["id"]
    decide(second, request_id)
    seen: list[list[str]] = []

    def look(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if "FROM contact" in statement:
            with office.database.read() as other:
                seen.append(list(other.execute(select(audit.c.action).order_by(audit.c.seq)).scalars()))

    event.listen(office.database.reading, "before_cursor_execute", look)
    assert see(first, request_id)[0] == 200
    event.remove(office.database.reading, "before_cursor_execute", look)
    assert seen == [["report.asked", "report.agreed", "reveal"]]


def test_who_may_not_take_part_is_refused(office: Office, report: Ticket) -> None:
    """No clearance, no officer, a case that is no report, the same machine, a person who was recused."""
    assert ask(office.hand("officer"), report).json()["code"] == "cleared_only"
    assert ask(office.hand("visitor2"), report).json()["code"] == "not_permitted"
    assert ask(office.hand("liaison"), report).json()["code"] == "not_permitted"
    assert ask(office.hand("water"), report).status_code == 404
    first = office.hand("cleared")
    office.load(plain := make_ticket())
    assert ask(first, plain).json()["code"] == "not_a_report"
    assert ask(first, report, purpose="curiosity").status_code == 422
    request_id = ask(first, report).json()["id"]
    assert queue(office.hand("officer")) == queue(office.hand("visitor2")) == []
    assert decide(office.hand("officer"), request_id)[0] == 404
    same = office.hand("second", device=first.device)
    assert decide(same, request_id)[1]["code"] == "same_device"
    chief = office.hand("chief")
    recusal = {"person_id": "p-second", "reason": "被举报人亲属"}
    assert chief.post(f"/tickets/{report.id}/recusals", recusal).status_code == 204
    assert queue(office.hand("second")) == []
    assert decide(office.hand("second"), request_id)[0] == 404
    assert queue(first)[0]["may_decide"] == []


def test_whoever_loses_the_clearance_meanwhile_loses_the_agreement_too(
    office: Office, report: Ticket
) -> None:
    """Two persons are needed at the moment of seeing, not two who once were allowed to."""
    first, second = office.hand("cleared"), office.hand("second")
    request_id = ask(first, report).json()["id"]
    decide(second, request_id)
    office.services.accounts.set_clearance("second", False, "调离岗位")
    assert see(first, request_id)[1]["code"] == "second_person_gone"
    office.services.accounts.set_clearance("second", True, "重新授权")
    office.services.accounts.set_clearance("cleared", False, "调离岗位")
    assert see(first, request_id)[0] == 404


def test_declining_withdrawing_and_time_end_a_request(office: Office, report: Ticket) -> None:
    first, second = office.hand("cleared"), office.hand("second")
    declined, withdrawn, late, unused = (ask(first, report).json()["id"] for _ in range(4))
    assert decide(second, declined, False)[0] == 422, "a reason is needed"
    assert decide(second, declined, False, "线索已核实，无需联系")[1]["state"] == "declined"
    assert see(first, declined)[1]["code"] == "request_declined"
    assert decide(second, declined)[1]["code"] == "request_declined"
    assert first.call("DELETE", f"/report-reveals/{withdrawn}").status_code == 204
    assert decide(second, withdrawn)[1]["code"] == "request_withdrawn"
    assert decide(second, unused)[0] == 200
    office.clock.advance(10 * 60)
    assert see(office.hand("cleared"), unused)[1]["code"] == "request_expired"
    office.clock.advance(50 * 60)
    assert decide(office.hand("second"), late)[1]["code"] == "request_expired"
    states = {row["id"]: row["state"] for row in queue(office.hand("cleared"))}
    assert states == {declined: "declined", withdrawn: "withdrawn", unused: "expired", late: "expired"}


def test_asking_twice_under_one_id_is_once_and_only_so_often(office: Office, report: Ticket) -> None:
    first = office.hand("cleared")
    known = office.new_id()
    assert [ask(first, report, id=known).status_code for _ in range(2)] == [201, 200]
    assert ask(first, report, id=known, field="name").json()["code"] == "id_reused"
    assert [ask(first, report).status_code for _ in range(20)] == [201] * 19 + [429]


def test_a_recused_person_loses_the_case_at_once_and_gets_it_back(office: Office, report: Ticket) -> None:
    """Their desktop drops the rows with its next pull, and nothing of the case reaches them until it is taken back."""
    cleared, chief = office.hand("cleared"), office.hand("chief")
    cleared.snapshot()
    recusal = {"person_id": "p-cleared", "reason": "与被举报人有利害关系"}
    assert office.hand("visitor").post(f"/tickets/{report.id}/recusals", recusal).status_code == 403
    assert cleared.post(f"/tickets/{report.id}/recusals", recusal).status_code == 204, "oneself at any time"
    assert [(change.op, change.id) for change in cleared.pull()] == [("evict", report.id)]
    assert cleared.get(f"/tickets/{report.id}").status_code == 404
    assert ("ticket", report.id) not in cleared.rows()
    assert chief.call("DELETE", f"/tickets/{report.id}/recusals/p-cleared").status_code == 204
    assert [(change.op, change.id) for change in cleared.pull()] == [("put", report.id)]
    with office.database.read() as connection:
        acts = connection.execute(select(audit.c.action, audit.c.person_id).order_by(audit.c.seq)).all()
    assert [tuple(act) for act in acts] == [("recusal", "p-cleared"), ("recusal.lifted", "p-chief")]
