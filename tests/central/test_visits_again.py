"""What comes after a visit: overturned by a second person, a unit asked for its contacts, results of other channels."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from central.importing.rejects import Rejects
from central.importing.visit_results import Taken, VisitResults
from central.loader import Contact
from desktop.models.domain.entities import Answers, Inquiry, Row, Ticket, TimelineEntry, Visit
from tests.support.builders import NOW, make_attempt, make_ticket, make_visit
from tests.support.central_office import Hand, Office

GOOD = Answers(identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="satisfied")


def ticket_to_visit(office: Office, number: str, *visits: dict[str, Any], **fields: Any) -> Ticket:
    """A case that its unit says is done, with visits; its requester has a number."""
    done = {"state": "to_visit", "completed_at": NOW - timedelta(days=2)} | fields
    ticket = make_ticket(number=number, contact_id=f"k-{number}", **done)
    rows: list[Row] = [make_visit(ticket, id=f"v-{number}-{i}", **each) for i, each in enumerate(visits)]
    person = Contact(ticket.contact_id, "张三", f"1380013{number[-4:]}", True)
    office.load(ticket, *rows, contacts=(person,))
    return ticket


def visits_of(hand: Hand, ticket: Ticket) -> dict[str, Visit]:
    """The visits of a case as this person has them, by ground."""
    rows = hand.rows().values()
    return {v.ground: v for v in rows if isinstance(v, Visit) and v.ticket_id == ticket.id}


def state_of(hand: Hand, ticket: Ticket) -> str:
    row = hand.rows()["ticket", ticket.id]
    assert isinstance(row, Ticket)
    return row.state


def sent(
    hand: Hand, kind: str, payload: dict[str, Any], entity_id: str = "", base: int = 1
) -> tuple[str, str]:
    """(status, code) of one operation."""
    op = hand.op(kind, payload, entity_id=entity_id, base=base) if entity_id else hand.op(kind, payload)
    (result,) = hand.push(op)
    return result.status, result.problem.code if result.problem is not None else ""


def test_a_valid_visit_is_overturned_by_two_and_the_citizen_is_called_again(office: Office) -> None:
    """One person could else take an answer out of the rates; the old answer must stay readable, to the office alone
    with the reason, and the citizen is called once more only if that was asked for."""
    made = {"state": "completed", "answers": GOOD, "valid": True, "completed_by_id": "p-visitor"}
    ticket = ticket_to_visit(office, "20240000001", made, state="archived")
    visitor, officer, chief = office.hand("visitor"), office.hand("officer"), office.hand("chief")
    visit_id = "v-20240000001-0"
    asked = {"reason": "录音里应答的不是本人", "again": True}
    assert sent(officer, "visit.challenge", asked, visit_id) == ("applied", "")
    verdict = {"agreed": True, "reason": "录音属实"}
    for hand in (officer, visitor):
        assert sent(hand, "visit.decide_challenge", verdict, visit_id, 2) == ("rejected", "role_not_allowed")
    assert sent(chief, "visit.decide_challenge", verdict, visit_id, 1)[0] == "conflict", "not what they read"
    assert sent(chief, "visit.decide_challenge", verdict, visit_id, 2) == ("applied", "")

    visits = visits_of(visitor, ticket)
    old, again = visits[""], visits["overturned"]
    assert (old.valid, old.answers, old.challenges[0].decided_by) == (False, GOOD, "赵立")
    assert (again.state, again.follows, again.assigned_to) == ("waiting", visit_id, "")
    assert state_of(visitor, ticket) == "to_visit"
    unit = office.hand("liaison").rows()["visit", visit_id]
    assert isinstance(unit, Visit)
    assert not unit.challenges, "who doubts whom is the office's own"
    assert visitor.post(f"/visits/{again.id}/lease").status_code == 201


def test_one_call_serves_the_case_and_a_rectification(office: Office) -> None:
    """A call about a rectification waits already: a second one would trouble the citizen twice, and that one alone,
    which counts in no rate, would leave the case without a valid visit."""
    made = {"state": "completed", "answers": GOOD, "valid": True, "completed_by_id": "p-visitor"}
    ticket = ticket_to_visit(office, "20240000031", made, state="archived")
    about = make_visit(ticket, state="waiting", ground="rectification")
    office.load(about)
    officer, chief = office.hand("officer"), office.hand("chief")
    asked = {"reason": "录音里应答的不是本人", "again": True}
    assert sent(officer, "visit.challenge", asked, "v-20240000031-0") == ("applied", "")
    verdict = {"agreed": True, "reason": "录音属实"}
    assert sent(chief, "visit.decide_challenge", verdict, "v-20240000031-0", 2) == ("applied", "")
    waiting = [row for row in officer.rows().values() if isinstance(row, Visit) and row.state == "waiting"]
    assert [(row.id, row.ground) for row in waiting] == [(about.id, "overturned")]
    assert state_of(officer, ticket) == "to_visit"


def test_a_case_sent_back_is_its_units_again_with_a_limit_of_its_own(office: Office) -> None:
    """A dissatisfied citizen's case would else lie in review; the unit must read what is missing and no number."""
    bad = replace(GOOD, resolved="not_resolved", satisfied_result="dissatisfied")
    made = {"state": "completed", "answers": bad, "valid": True, "proposal": "rework"}
    due = {"due_at": NOW - timedelta(days=9), "due_rule": "help", "due_profile": 1}
    ticket = ticket_to_visit(office, "20240000004", made, state="in_review", **due)
    visitor, liaison = office.hand("visitor"), office.hand("liaison")
    words = {"text": "水还在漏，请先联系我 13800138000"}
    assert sent(visitor, "visit.send_back", words, "v-20240000004-0") == ("applied", "")
    rows = liaison.rows()
    now = rows["ticket", ticket.id]
    assert isinstance(now, Ticket)
    assert (now.state, now.rework, now.completed_at, now.dispatched_at) == ("dispatched", 1, None, NOW)
    assert now.due_at == datetime(2024, 5, 17, 17, 30, tzinfo=NOW.tzinfo), (
        "three working days from the Tuesday"
    )
    (told,) = [r for r in rows.values() if isinstance(r, TimelineEntry) and r.ticket_id == ticket.id]
    assert (told.kind, "水还在漏" in told.text, "13800138000" in told.text) == ("rework", True, False)
    unit = rows["visit", "v-20240000004-0"]
    assert isinstance(unit, Visit)
    assert unit.sent_back is None, "who of the office sent it is the office's own"
    officer = office.hand("officer")
    assert sent(officer, "visit.send_back", words, "v-20240000004-0", 2) == ("conflict", "already_sent_back")
    content = made | {"answers": GOOD, "proposal": ""}
    ticket_to_visit(office, "20240000005", content, state="archived")
    assert sent(officer, "visit.send_back", words, "v-20240000005-0") == ("conflict", "nothing_proposed")


def test_a_unit_is_asked_for_its_contacts_and_the_citizen_is_visited_again(office: Office) -> None:
    """After a wrong number a visit would end with nobody asking how the unit reached the citizen; the answer must carry
    no telephone number into a row, and two visits of one case must not wait at once."""
    ticket = ticket_to_visit(office, "20240000002", {"state": "unreachable"}, state="in_review")
    visitor, liaison, water = office.hand("visitor"), office.hand("liaison"), office.hand("water")
    ask = {
        "ticket_id": ticket.id,
        "unit_id": ticket.unit_id,
        "visit_id": "v-20240000002-0",
        "text": "请提供联系记录",
    }
    assert sent(visitor, "inquiry.ask", ask | {"unit_id": "u-water"}) == ("rejected", "unit_not_of_ticket")
    assert sent(visitor, "inquiry.ask", ask) == ("applied", "")
    assert sent(visitor, "inquiry.ask", ask) == ("rejected", "already_asked")
    (inquiry,) = [row for row in liaison.rows().values() if isinstance(row, Inquiry)]
    assert inquiry.due_at is not None
    assert not [row for row in water.rows().values() if isinstance(row, Inquiry)]
    settle = {"again": True, "text": "换号再访"}
    log = {"text": "5月9日电话联系，号码13912345678，本人接听"}
    assert sent(water, "inquiry.answer", log, inquiry.id)[0] == "out_of_scope"
    assert sent(liaison, "inquiry.answer", log, inquiry.id) == ("applied", "")
    assert sent(visitor, "inquiry.settle", settle, inquiry.id)[0] == "conflict", "before the answer was read"
    assert sent(visitor, "inquiry.settle", settle, inquiry.id, 2) == ("applied", "")
    told = office.hand("visitor", "other").rows()["inquiry", inquiry.id]
    assert isinstance(told, Inquiry)
    assert ("13912345678" in told.answer, told.state, told.settled) == (False, "settled", "换号再访")
    kept = office.hand("liaison", "other").rows()["inquiry", inquiry.id]
    assert isinstance(kept, Inquiry)
    assert (kept.settled, kept.settled_by) == ("", "")
    again = visits_of(visitor, ticket)["contact_log"]
    assert (again.state, state_of(visitor, ticket)) == ("waiting", "to_visit")
    more = ask | {"visit_id": again.id}
    assert sent(visitor, "inquiry.ask", more) == ("applied", "")
    (second,) = [r for r in visitor.rows().values() if isinstance(r, Inquiry) and r.visit_id == again.id]
    assert sent(visitor, "inquiry.settle", settle, second.id) == ("rejected", "visit_waits")


HEADING = "流水号,工单编号,回访方式,时间,结果,是否联系,是否解决,结果满意度,留言"


def read_in(office: Office, path: Path, *lines: str) -> tuple[Taken, int]:
    """Read a file of results; what became of it, and how many rows were refused."""
    path.write_text("\n".join((HEADING, *lines)), encoding="utf-8-sig")
    rejects = Rejects(path.with_suffix(".rejects.csv"))
    taken = VisitResults(office.database, clock=office.clock, office=office.services.office).run(
        path, rejects
    )
    rejects.close()
    return taken, rejects.count


def test_results_of_other_channels_settle_the_content_and_send_the_rest_to_people(
    office: Office, tmp_path: Path
) -> None:
    """A citizen who answered a message would be rung all the same, one who was not content by nobody; and what a
    colleague has begun must not be closed by a robot's report. The same file twice changes nothing."""
    content = ticket_to_visit(office, "20240000011", {})
    unhappy = ticket_to_visit(office, "20240000012", {})
    silent = ticket_to_visit(office, "20240000013", state="completed")
    begun = ticket_to_visit(office, "20240000014", {})
    office.load(
        make_attempt(
            make_visit(begun, id="v-20240000014-0"), outcome="no_answer", at=NOW - timedelta(hours=4)
        )
    )
    done = ticket_to_visit(
        office, "20240000015", {"state": "completed", "answers": GOOD, "valid": True, "completed_at": NOW}
    )
    at = "2024-05-14 08:30"
    lines = (
        f"S1,20240000011,短信,{at},已答复,是,已解决,满意,",
        f"S2,20240000012,智能回访,{at},已答复,是,未解决,不满意,一直没人来，电话13912345678",
        f"S3,20240000013,web,{at},no_reply,,,,",
        f"S4,20240000014,短信,{at},已答复,是,已解决,满意,",
        f"S5,20240000015,短信,{at},已答复,否,未解决,非常不满意,",
        f"S6,20249999999,短信,{at},已答复,是,已解决,满意,",
        f"S7,20240000011,信鸽,{at},已答复,是,已解决,满意,",
        "S8,20240000011,短信,2024-05-15 08:30,已答复,是,已解决,满意,",
    )
    taken, refused = read_in(office, tmp_path / "results.csv", *lines)
    assert (taken.records, taken.settled, taken.to_people, taken.after_people, refused) == (8, 1, 2, 2, 3)
    assert dict(taken.by_mode) == {"sms": 3, "robot": 1, "web": 1}

    hand = office.hand("visitor")
    rows = [v for v in hand.rows().values() if isinstance(v, Visit)]
    by_case = {t.id: sorted((v.mode, v.state, v.valid, v.ground) for v in rows if v.ticket_id == t.id)
               for t in (content, unhappy, silent, begun, done)}  # fmt: skip
    assert by_case == {
        content.id: [("phone", "cancelled", False, ""), ("sms", "completed", True, "")],
        unhappy.id: [("phone", "waiting", False, "dissatisfied"), ("robot", "completed", False, "")],
        silent.id: [("phone", "waiting", False, "no_reply"), ("web", "unreachable", False, "")],
        begun.id: [("phone", "waiting", False, ""), ("sms", "completed", False, "")],
        done.id: [("phone", "completed", True, ""), ("sms", "completed", False, "")],
    }
    assert [state_of(hand, t) for t in (content, unhappy, silent, begun)] == [
        "archived",
        "to_visit",
        "to_visit",
        "to_visit",
    ]
    notes = [v.answers.note for v in rows if v.answers is not None and v.answers.note]
    assert notes == ["一直没人来，电话〔电话〕"], "a number in a message is hidden like any other"
    robot = next(v for v in rows if v.mode == "robot")
    assert hand.post(f"/visits/{robot.id}/lease").status_code == 409

    again, refused = read_in(office, tmp_path / "again.csv", *lines)
    assert (again.unchanged, again.settled, again.to_people, refused) == (5, 0, 0, 3)
    assert [astuple(taken)[0]] == [8]
    told = tmp_path / "told.jsonl"
    told.write_bytes(
        msgspec.json.encode(
            {"ref": "S1", "ticket": "20240000011", "mode": "sms", "at": at, "result": "no_reply"}
        )
    )
    rejects = Rejects(tmp_path / "r.csv")
    VisitResults(office.database, clock=office.clock, office=office.services.office).run(told, rejects)
    rejects.close()
    assert rejects.count == 1, "what was told once is not told otherwise"


def test_a_message_counts_beside_a_call_about_a_rectification(office: Office, tmp_path: Path) -> None:
    """That call counts in no rate: were it taken for the case's own, a content citizen would stand in none, and one who
    was silent would be called without anybody's answer counting."""
    content = ticket_to_visit(office, "20240000041", state="completed")
    silent = ticket_to_visit(office, "20240000042", state="completed")
    calls = [make_visit(ticket, ground="rectification") for ticket in (content, silent)]
    office.load(*calls)
    at = "2024-05-14 08:30"
    lines = (f"S1,20240000041,短信,{at},已答复,是,已解决,满意,", f"S2,20240000042,web,{at},no_reply,,,,")
    taken, refused = read_in(office, tmp_path / "results.csv", *lines)
    assert (taken.settled, taken.to_people, refused) == (1, 1, 0)
    rows = office.hand("visitor").rows()
    found = {
        (v.ticket_id, v.mode): (v.state, v.valid, v.ground) for v in rows.values() if isinstance(v, Visit)
    }
    assert found == {
        (content.id, "sms"): ("completed", True, ""),
        (content.id, "phone"): ("waiting", False, "rectification"),
        (silent.id, "web"): ("unreachable", False, ""),
        (silent.id, "phone"): ("waiting", False, "no_reply"),
    }, "one call then serves the silent citizen's case and the rectification"
