"""Exports, prints and copies that desktops tell of: each on record once, under the name of whoever did it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from central.audit import verify_audit
from central.audit_detail import detail_of, detail_values
from central.tables import audit
from tests.support.central_office import Hand, Office


def act(office: Office, **fields: Any) -> dict[str, Any]:
    at = (office.clock.now() - timedelta(hours=3)).isoformat()
    made = {"id": office.new_id(), "action": "export", "object_type": "ticket", "object_id": "", "rows": 40}
    return made | {"detail": "overdue", "at": at} | fields


def tell(hand: Hand, *acts: dict[str, Any]) -> tuple[int, Any]:
    reply = hand.post("/audit/acts", {"acts": list(acts)})
    return reply.status_code, reply.json()


def test_an_act_is_on_record_once_however_often_it_is_told(office: Office) -> None:
    """A desktop whose answer was lost tells again; a superior who counts prints must not count that twice."""
    officer = office.hand("officer")
    first, second = act(office), act(office, action="print", object_id="t-1", rows=1, detail="")
    assert tell(officer, first) == (200, {"taken": [first["id"]]})
    assert tell(officer, first, second, second) == (200, {"taken": [first["id"], second["id"]]})
    assert tell(office.hand("chief"), first)[0] == 200, "another person's act of that id is another act"
    with office.database.read() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.seq)).all()
        assert verify_audit(connection) == 3
    assert [(row.person_id, row.action) for row in rows] == [
        ("p-officer", "export"),
        ("p-officer", "print"),
        ("p-chief", "export"),
    ]
    told = detail_values(rows[0].detail)
    assert (told["rows"], told["code"], told["act"]) == ("40", "overdue", first["id"])
    assert rows[0].at - office.clock.now() == timedelta(0), "the server's own time is the row's"
    assert told["told_at"].startswith("2026-05-04T05:00:00")


def test_only_codes_are_taken(office: Office) -> None:
    """The log must not become the place where numbers and texts of citizens are collected."""
    officer = office.hand("officer")
    for wrong in (
        {"detail": "诉求人 13800138000"},
        {"object_id": "张三"},
        {"object_type": "Ticket 1"},
        {"action": "reveal"},
        {"rows": -1},
        {"at": "2026-05-04T05:00:00"},
    ):
        assert tell(officer, act(office, **wrong))[0] == 422, wrong
    assert tell(officer, *(act(office) for _ in range(101)))[0] == 422
    with office.database.read() as connection:
        assert verify_audit(connection) == 0


def test_a_detail_is_read_as_it_was_written() -> None:
    """A reason is free text: it must not be able to pose as another field."""
    detail = detail_of(field="phone", purpose="verify", rows=0, reason="核实 purpose=other field=name")
    assert detail_values(detail) == {
        "field": "phone",
        "purpose": "verify",
        "rows": "0",
        "reason": "核实 purpose=other field=name",
    }
    assert detail_values('{"roles": ["officer"]}') == {}
