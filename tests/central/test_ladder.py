"""The ladder on the real server: who may take which step, one matter once, and what a step does to its ticket."""

from __future__ import annotations

from typing import Any

from desktop.models.domain.entities import Notice, Row, Rung, Ticket
from desktop.models.domain.wire import OperationResult
from tests.support.builders import make_notice, make_ticket
from tests.support.central_office import Hand, Office


def row(hand: Hand, entity_type: str, entity_id: str) -> Row:
    return hand.rows()[entity_type, entity_id]


def code(result: OperationResult) -> str:
    assert result.problem is not None, result
    return result.problem.code


def written(hand: Hand, ticket: Ticket, rung: Rung) -> str:
    """An act of this rung, submitted; its id."""
    payload = {
        "ticket_id": ticket.id,
        "unit_id": "u-roads",
        "ground": "两次催办未复",
        "requirement": "说明",
        "rung": rung,
    }
    create = hand.op("notice.create", payload)
    submit = hand.op("notice.submit", entity_id=create.entity_id, base=0, after=create.op_id)
    assert [r.status for r in hand.push(create, submit)] == ["applied", "applied"]
    return create.entity_id


def refused(hand: Hand, kind: str, act: str, **more: Any) -> str:
    return code(hand.does(kind, entity_id=act, base=2, **more))


def test_a_card_is_signed_by_whom_the_city_names_numbered_and_explained(office: Office) -> None:
    """A red card from a chief's hand would not stand; the unit must be able to answer it; each rung has its numbers."""
    ticket = make_ticket()
    office.load(ticket)
    officer, chief, deputy, liaison = (office.hand(n) for n in ("officer", "chief", "deputy", "liaison"))
    red = written(officer, ticket, "red_card")
    assert refused(chief, "notice.approve", red) == "rung_not_permitted"
    assert (
        code(chief.does("notice.return", {"reason": "再查"}, entity_id=red, base=2)) == "rung_not_permitted"
    )
    assert deputy.does("notice.approve", entity_id=red, base=2).status == "applied"
    card = row(liaison, "notice", red)
    assert isinstance(card, Notice)
    assert (card.rung, card.number, card.state) == ("red_card", "云热红〔2024〕1号", "issued")
    marked = row(officer, "ticket", ticket.id)
    assert isinstance(marked, Ticket)
    assert (marked.supervised, marked.carded) == (True, True)
    assert liaison.does("notice.reply", {"text": "已连夜修复"}, entity_id=red, base=3).status == "applied"
    reason = {"reason": "说明成立"}
    assert code(officer.does("notice.withdraw", reason, entity_id=red, base=4)) == "rung_not_permitted"
    assert deputy.does("notice.withdraw", reason, entity_id=red, base=4).status == "applied"
    cleared = row(officer, "ticket", ticket.id)
    assert isinstance(cleared, Ticket)
    assert (cleared.supervised, cleared.carded) == (False, False)


def test_a_matter_climbs_and_is_never_supervised_twice(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    officer, chief = office.hand("officer"), office.hand("chief")
    notice = written(officer, ticket, "notice")
    again = {
        "ticket_id": ticket.id,
        "unit_id": "u-roads",
        "ground": "又",
        "requirement": "又",
        "rung": "yellow_card",
    }
    assert code(officer.does("notice.create", again)) == "already_supervised", "one is on its way"
    assert chief.does("notice.approve", entity_id=notice, base=2).status == "applied"
    assert code(officer.does("notice.create", again | {"rung": "notice"})) == "already_supervised"
    yellow = written(officer, ticket, "yellow_card")
    assert chief.does("notice.approve", entity_id=yellow, base=2).status == "applied"
    assert chief.does("notice.withdraw", {"reason": "已改"}, entity_id=notice, base=3).status == "applied"
    left = row(officer, "ticket", ticket.id)
    assert isinstance(left, Ticket)
    assert (left.supervised, left.carded) == (True, True), "the card stands without the notice"
    assert code(chief.does("notice.create", again | {"rung": "sing"})) == "bad_payload"


def test_merged_tickets_are_one_matter(office: Office) -> None:
    """Two officers, each with another ticket of the same trouble, must not card one unit twice for it."""
    lead = make_ticket()
    second = make_ticket(merged_into=lead.id)
    third = make_ticket(merged_into=second.id)
    round_about = (
        make_ticket(id="t-round", merged_into="t-about"),
        make_ticket(id="t-about", merged_into="t-round"),
    )
    alone = make_ticket()
    office.load(
        lead, second, third, alone, *round_about, make_notice(second, state="issued", number="云督1号")
    )
    officer = office.hand("officer")
    for ticket in (lead, second, third):
        payload = {"ticket_id": ticket.id, "unit_id": "u-roads", "ground": "逾期", "requirement": "说明"}
        assert code(officer.does("notice.create", payload)) == "already_supervised", ticket.id
    for ticket in (alone, *round_about[:1]):
        written(officer, ticket, "notice")
    payload = {"ticket_id": "t-about", "unit_id": "u-roads", "ground": "逾期", "requirement": "说明"}
    assert code(officer.does("notice.create", payload)) == "already_supervised"


def test_a_mark_that_came_with_an_import_is_not_taken_by_an_acts_withdrawal(office: Office) -> None:
    """The hotline may have carded the unit itself; withdrawing our notice does not undo that."""
    ticket = make_ticket(carded=True)
    office.load(ticket)
    officer, chief = office.hand("officer"), office.hand("chief")
    notice = written(officer, ticket, "notice")
    chief.does("notice.approve", entity_id=notice, base=2)
    chief.does("notice.withdraw", {"reason": "已办"}, entity_id=notice, base=3)
    left = row(officer, "ticket", ticket.id)
    assert isinstance(left, Ticket)
    assert (left.supervised, left.carded) == (False, True)
