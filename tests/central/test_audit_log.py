"""The record as it is read: by superiors, for one requester, and by whoever checks that nobody has touched it."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from central.__main__ import main
from central.audit import BrokenChain, Head, audit_head, check_chain
from central.loader import Contact
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Ticket
from tests.support.builders import make_ticket, make_visit
from tests.support.central_office import REAL, Hand, Office, open_office, reopen_office

PHONE = "13800138000"


def load(office: Office, **fields: Any) -> Ticket:
    made = make_ticket(**({"state": "dispatched"} | fields))
    office.load(made, contacts=(Contact(made.contact_id, "欧阳小敏", PHONE, True),))
    return made


def look(hand: Hand, ticket: Ticket, reason: str = "核实诉求地点") -> None:
    body = {"purpose": "verify", "reason": reason, "ticket_id": ticket.id, "field": "phone"}
    assert hand.post(f"/contacts/{ticket.id}/reveal", body).status_code == 200


def tell(hand: Hand, action: str, ticket: Ticket | None = None) -> None:
    act = {
        "id": hand.office.new_id(),
        "action": action,
        "object_type": "ticket",
        "rows": 7,
        "detail": "overdue",
    }
    act |= {"object_id": ticket.id if ticket else "", "at": hand.office.clock.now().isoformat()}
    assert hand.post("/audit/acts", {"acts": [act]}).status_code == 200


def read(hand: Hand, **filters: Any) -> Any:
    reply = hand.get("/audit", **filters)
    assert reply.status_code == 200, reply.text
    return reply.json()


def acts(page: Any) -> list[tuple[str, str]]:
    return [(entry["person_id"], entry["action"]) for entry in page["entries"]]


def test_a_superior_reads_who_saw_what_and_is_on_record_for_it(office: Office) -> None:
    ticket, other = load(office), load(office)
    look(office.hand("officer"), ticket)
    tell(office.hand("cleared"), "export")
    look(office.hand("cleared"), other)
    chief = office.hand("chief")
    whole = read(chief)
    assert acts(whole) == [
        ("p-chief", "audit.read"),
        ("p-cleared", "reveal"),
        ("p-cleared", "export"),
        ("p-officer", "reveal"),
    ]
    entry = whole["entries"][3]
    shown = {name: entry[name] for name in ("person", "ticket_number", "field", "purpose", "reason")}
    assert shown == {
        "person": "王敏",
        "ticket_number": ticket.number,
        "field": "phone",
        "purpose": "verify",
        "reason": "核实诉求地点",
    }
    assert (whole["entries"][2]["rows"], whole["entries"][2]["code"]) == (7, "overdue")
    assert whole["chain"]["rows"] == 4
    assert PHONE not in str(whole)
    assert acts(read(chief, person="p-cleared", actions="reveal,export")) == [
        ("p-cleared", "reveal"),
        ("p-cleared", "export"),
    ]
    assert acts(read(chief, ticket=ticket.id)) == [("p-officer", "reveal")]
    today = office.services.profile().local(office.clock.now()).date().isoformat()
    assert len(read(chief, day=today, actions="reveal")["entries"]) == 2
    assert read(chief, day="2024-02-31")["entries"] == []
    first = read(chief, actions="reveal", limit=1)
    second = read(chief, actions="reveal", limit=1, before=first["next_before"])
    assert (acts(first), acts(second)) == ([("p-cleared", "reveal")], [("p-officer", "reveal")])
    assert second["next_before"] is None
    for who in ("officer", "cleared", "visitor", "liaison"):
        assert office.hand(who).get("/audit").status_code == 403


def test_what_is_about_a_case_one_is_kept_from_is_not_there(office: Office) -> None:
    """A chief who is complained of must not learn from the record that somebody looked into it."""
    about_chief = load(office, level="confidential", against_person_ids=("p-chief",))
    report = load(office, level="report", request_type="report")
    office.load(visit := make_visit(about_chief))
    look(office.hand("cleared"), about_chief, "核查对科长的投诉")
    assert office.hand("visitor").post(f"/visits/{visit.id}/lease").status_code == 201
    body = {"id": office.new_id(), "ticket_id": report.id, "field": "phone", "purpose": "verify"}
    office.hand("cleared").post("/report-reveals", body | {"reason": "核查举报线索"})
    mine, all_of_it = read(office.hand("chief")), read(office.hand("deputy"))
    assert acts(mine) == [("p-chief", "audit.read"), ("p-cleared", "report.asked")]
    assert about_chief.id not in str(mine)
    assert ("p-visitor", "lease") in acts(all_of_it)
    assert "核查对科长的投诉" in str(all_of_it)
    assert "核查举报线索" not in str(all_of_it), "words about a report are read by cleared staff alone"
    assert read(office.hand("chief"), ticket=about_chief.id)["entries"] == []


def test_one_requester_may_know_who_saw_what_and_when(office: Office) -> None:
    """Reveals, prints, calls and the steps of two persons, of all their cases and of nobody else's."""
    ticket = load(office)
    others = make_ticket(state="dispatched")
    office.load(others, contacts=(Contact(others.contact_id, "李四", "13900139000", True),))
    report = make_ticket(level="report", request_type="report", contact_id=ticket.contact_id)
    office.load(report, visit := make_visit(ticket))
    look(office.hand("officer"), ticket)
    look(office.hand("officer"), others)
    tell(office.hand("cleared"), "print", ticket)
    assert office.hand("visitor").post(f"/visits/{visit.id}/lease").status_code == 201
    body = {"id": office.new_id(), "ticket_id": report.id, "field": "name", "purpose": "verify"}
    assert (
        office.hand("cleared").post("/report-reveals", body | {"reason": "核查举报线索"}).status_code == 201
    )
    chief = office.hand("chief")
    told = chief.get(f"/requesters/{ticket.contact_id}/access").json()
    assert acts(told) == [("p-officer", "reveal"), ("p-cleared", "print"), ("p-visitor", "lease")]
    assert told["complete"] is False, "that the report is theirs is what may not be told"
    assert report.number not in told["tickets"]
    office.services.accounts.set_clearance("chief", True, "负责举报件")
    chief = office.hand("chief")
    whole = chief.get(f"/requesters/{ticket.id}/access").json()
    assert acts(whole) == [
        ("p-officer", "reveal"),
        ("p-cleared", "print"),
        ("p-visitor", "lease"),
        ("p-cleared", "report.asked"),
    ]
    assert whole["complete"] is True
    assert whole["tickets"] == sorted((ticket.number, report.number))
    assert PHONE not in str(whole)
    assert chief.get("/requesters/k-nobody/access").status_code == 404
    assert office.hand("officer").get(f"/requesters/{ticket.contact_id}/access").status_code == 403
    asked = read(chief, actions="access.read")["entries"]
    assert [entry["object_id"] for entry in asked] == [ticket.contact_id] * 2


def test_the_end_of_the_log_cannot_be_cut_off_unseen(office: Office) -> None:
    """The chain alone proves what is left of a log; a head kept elsewhere proves what was there."""
    ticket = load(office)
    for _ in range(3):
        look(office.hand("officer"), ticket)
    with office.database.read() as connection:
        head = audit_head(connection)
        assert check_chain(connection, kept=head) == head
        later = Head(head.seq + 2, "0" * 64)
        with pytest.raises(BrokenChain, match="cut off") as broken:
            check_chain(connection, kept=later)
        assert broken.value.seq == head.seq + 1
        with pytest.raises(BrokenChain, match="rewritten"):
            check_chain(connection, kept=Head(2, "f" * 64))


def test_the_page_says_that_the_log_was_touched(tmp_path: Path) -> None:
    """Whoever has the file itself can drop the triggers; the superior's page and the command tell on them."""
    with open_office(tmp_path) as office:
        ticket = load(office)
        for reason in ("第一次查看", "第二次查看", "第三次查看"):
            look(office.hand("officer"), ticket, reason)
        deputy = office.hand("deputy")
        assert read(deputy)["chain"]["rows"] == 4
        command = ["audit", "--database", str(tmp_path / "central.db")]
        with sqlite3.connect(tmp_path / "central.db") as connection:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("UPDATE audit SET detail = 'purpose=other' WHERE seq = 2")
        connection.close()
        assert main([*command, "verify"]) == 1
        office.clock.advance(3700)  # everything is checked anew once an hour
        assert read(office.hand("deputy"))["chain"]["broken_at"] == 2


def test_the_command_verifies_keeps_a_head_and_tells_a_requesters_story(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(tmp_path) as office:
        ticket = load(office)
        look(office.hand("officer"), ticket)
        contact = ticket.contact_id
    command = ["audit", "--database", str(tmp_path / "central.db")]
    assert main([*command, "head"]) == 0
    kept = capsys.readouterr().out.strip()
    assert kept.startswith("1:")
    assert main([*command, "verify", "--head", kept]) == 0
    assert "1 rows, all as they were written" in capsys.readouterr().out
    assert main([*command, "requester", contact]) == 0
    told = capsys.readouterr().out
    assert "王敏" in told
    assert ticket.number in told
    assert PHONE not in told
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PHONE}\n"))
    assert main([*command, "requester", "--phone-stdin"]) == 0
    assert contact in capsys.readouterr().out
    assert main([*command, "requester", "k-nobody"]) == 1
    with sqlite3.connect(tmp_path / "central.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM audit")
    connection.close()
    assert main([*command, "verify"]) == 0, "what is left is in order"
    assert main([*command, "verify", "--head", kept]) == 1
    assert "broken at row 1" in capsys.readouterr().err
    assert main([*command, "verify", "--head", "nonsense"]) == 1


def test_the_clearance_is_granted_by_name_and_on_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_office(tmp_path):
        pass
    command = ["users", "--database", str(tmp_path / "central.db")]
    assert main([*command, "roles", "officer", "--roles", "officer,cleared"]) == 1
    assert "is no role" in capsys.readouterr().err
    assert main([*command, "clear", "officer", "--reason", "专办举报件"]) == 0
    assert main([*command, "clear", "officer", "--reason", "专办举报件"]) == 1
    assert main([*command, "clear", "liaison", "--reason", "专办举报件"]) == 1
    assert main([*command, "roles", "officer", "--roles", "officer,approve"]) == 0
    capsys.readouterr()
    assert main([*command, "list"]) == 0
    assert "officer\t王敏\tapprove,cleared,officer" in capsys.readouterr().out, "a change of roles keeps it"
    assert main([*command, "unclear", "officer", "--reason", "调离岗位"]) == 0
    with reopen_office(str(tmp_path / "central.db"), ManualClock(REAL)) as office:
        granted = read(office.hand("chief"), actions="clearance.granted,clearance.withdrawn")["entries"]
    assert [(entry["action"], entry["reason"]) for entry in granted] == [
        ("clearance.withdrawn", "调离岗位"),
        ("clearance.granted", "专办举报件"),
    ]
