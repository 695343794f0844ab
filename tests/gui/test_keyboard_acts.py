"""Every act about a case without a mouse: the ladder, the menu of the case, what goes upward, what is reviewed.

Beside test_keyboard_alone, with the same office behind it; what was done is looked for at the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import (
    Application,
    Instruction,
    Note,
    Notice,
    Row,
    Rung,
    Ticket,
    UrgentReport,
)
from tests.support.builders import (
    NOW,
    make_application,
    make_instruction,
    make_notice,
    make_ticket,
    make_urgent_report,
    make_visit,
)
from tests.support.keyboard import Keyboard, keyboard_of, office_and_session

_ABOVE: tuple[Rung, ...] = ("yellow_card", "red_card", "bulletin", "interview", "referral")
"""What may follow a notice that was issued."""
_THEIRS: dict[str, Any] = {"author_id": "p-officer", "author_name": "王敏"}
_NAMELESS = frozenset({"Urgent report…", "Letters", "Print the case…"})
"""Entries of a case's menu that are tried by their own keys: Z, L, Ctrl+P."""


def late(number: str, **fields: Any) -> Ticket:
    return make_ticket(number=number, due_at=NOW - timedelta(days=2), **fields)


def test_each_step_of_the_ladder_is_written_signed_and_taken_back(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """And whatever else the menu of a case offers, found there by its name."""
    cases = {rung: late(f"YZ-{rung}") for rung in _ABOVE}
    stand = [
        make_notice(t, state="issued", number=f"云督{n}号", **_THEIRS) for n, t in enumerate(cases.values())
    ]
    carded, told = late("YZ-signed"), late("YZ-told", state="to_visit", level="confidential")
    card = make_notice(carded, rung="yellow_card", state="submitted", submitted_at=NOW, **_THEIRS)
    rows = (*cases.values(), *stand, carded, card, told, make_visit(told))
    with (
        office_and_session(tmp_path, "chief", *rows) as (office, session),
        keyboard_of(qtbot, qapp, office, session) as keyboard,
    ):
        keyboard.to("all")
        for rung, ticket in cases.items():
            _climb(keyboard, ticket, rung)
        _take_back(keyboard, cases["yellow_card"])
        keyboard.to("approval")
        keyboard.stand_on(carded)
        keyboard.until(keyboard.page.case.approval.approve.isEnabled)
        keyboard.press("A")
        keyboard.until(lambda: _states(keyboard, carded) == {"yellow_card": "issued"})
        keyboard.to("all")
        _menu_of_a_case(keyboard, told)


def _states(keyboard: Keyboard, ticket: Ticket) -> dict[str, str]:
    return {notice.rung: notice.state for notice in keyboard.at_server(Notice, ticket)}


def _climb(keyboard: Keyboard, ticket: Ticket, rung: Rung) -> None:
    """Above the notice that stands the next steps may be written: the form opens on the notice, Down chooses."""
    keyboard.stand_on(ticket)
    keyboard.press("S")
    page = keyboard.page
    keyboard.until(page.case.open_form)
    form = page.case.notice_form
    keyboard.tab_to(form.step)
    for _ in _ABOVE:
        if form.step.value() == rung:
            break
        keyboard.press("Down")
    assert form.step.value() == rung
    keyboard.fill(form.ground, "督办后仍未办结")
    keyboard.fill(form.requirement, "五日内书面说明")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: page.case.open_form() is None)
    keyboard.until(lambda: _states(keyboard, ticket) == {"notice": "issued", rung: "submitted"})


def _take_back(keyboard: Keyboard, ticket: Ticket) -> None:
    """The highest act, with its reason; Ctrl+Return of a form without a blue button does nothing."""
    keyboard.stand_on(ticket)
    keyboard.press("S")
    page = keyboard.page
    keyboard.until(page.case.open_form)
    form = page.case.notice_form
    keyboard.press("Ctrl+Return")
    keyboard.fill(form.reason, "重新核实")
    keyboard.push(form.withdraw)
    keyboard.until(lambda: page.case.open_form() is None)
    keyboard.until(lambda: _states(keyboard, ticket) == {"notice": "issued", "yellow_card": "withdrawn"})


def _menu_of_a_case(keyboard: Keyboard, ticket: Ticket) -> None:
    page = keyboard.page
    keyboard.stand_on(ticket)
    keyboard.press("M")
    offered = keyboard.entries_of_menu()
    tried: set[str] = set(_NAMELESS)

    def pick(*titles: str) -> None:
        if QApplication.activePopupWidget() is None:
            keyboard.stand_on(ticket)
            keyboard.press("F4")
        keyboard.choose(*titles)
        tried.add(titles[0])

    pick("Add a note…")
    keyboard.until(page.case.open_form)
    keyboard.fill(page.case.note_form.text, "已向来电人说明")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: [note.text for note in keyboard.at_server(Note, ticket)] == ["已向来电人说明"])
    pick("Copy the number")
    assert QApplication.clipboard().text() == ticket.number
    for title, page_key in (
        ("Who has seen this requester…", "record"),
        ("Go to the return visit", "return_visits"),
        ("Leader's instruction…", "upward"),
    ):
        pick(title)
        keyboard.until(partial(keyboard.stands_at, page_key))
        if page_key == "upward":
            _register(keyboard, keyboard.frame.page("upward"), ticket)
        keyboard.to("all")
    pick("Recusals…")
    keyboard.until(lambda: keyboard.stands_in(page.case.recusals))
    keyboard.write("吴芳")
    keyboard.fill(page.case.recusals.reason, "与诉求人是亲属")
    keyboard.press("Ctrl+Return")
    keyboard.until(
        lambda: [t.recused_person_ids for t in keyboard.at_server(Ticket, ticket)] == [("p-visitor2",)]
    )
    assert offered - tried == set(), "an entry that nobody has tried by keys"


def _register(keyboard: Keyboard, upward: Any, ticket: Ticket | None) -> None:
    keyboard.until(lambda: keyboard.stands_in(upward.writer.leader))
    keyboard.write("张市长")
    keyboard.fill(upward.writer.text, "请限期办结")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: "请限期办结" in [i.text for i in keyboard.at_server(Instruction, ticket)])


def test_what_goes_upward_and_what_is_reviewed_is_done_by_keys(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """Instructions with their feedback, urgent reports from the draft to the sending, extensions and returns."""
    cases = [make_ticket(number=f"YZ-{n}", due_at=NOW + timedelta(days=1)) for n in range(10)]
    mine = make_instruction(cases[0], id="i-feedback")
    wrong = make_instruction(None, id="i-withdrawn")
    theirs = {"submitted_at": NOW, "state": "submitted"}
    signed = make_urgent_report(cases[1], id="w-signed", recipients="", **theirs)
    returned = make_urgent_report(cases[2], id="w-returned", **theirs)
    asked = [
        make_application(t, id=f"x-{matter}-{verdict}", matter=matter, days=3 if matter == "extension" else 0)
        for t, (matter, verdict) in zip(cases[4:8], _DECISIONS, strict=True)
    ]
    rows: tuple[Row, ...] = (*cases, mine, wrong, signed, returned, *asked)
    with (
        office_and_session(tmp_path, "chief", *rows) as (office, session),
        keyboard_of(qtbot, qapp, office, session) as keyboard,
    ):
        _instructions(keyboard)
        _reports(keyboard, cases[3])
        assert keyboard.untried("upward", {"D"}) == [], "the document is tried in test_letters_page"
        _reviews(keyboard, asked)
        assert keyboard.untried("reviews") == []


_DECISIONS = (("extension", "agree"), ("extension", "refuse"), ("return", "agree"), ("return", "refuse"))


def _state(keyboard: Keyboard, kind: type[Row], row_id: str) -> str:
    return next((str(getattr(row, "state", "")) for row in keyboard.at_server(kind) if row.id == row_id), "")


def _line(keyboard: Keyboard, page: Any, key: str) -> None:
    """Down to a line of a page, until its card is there."""
    keyboard.to_list(page.table)
    keyboard.down_to(page.table, key)
    keyboard.until(lambda: page.shown() == key)


def _instructions(keyboard: Keyboard) -> None:
    page = keyboard.to_page("upward", "instructions")
    keyboard.until(lambda: page.model.rowCount() == 2)
    _line(keyboard, page, "instruction:i-feedback")
    keyboard.press("F6")
    keyboard.until(lambda: keyboard.stands_in(page.instruction.feedback))
    keyboard.write("已连夜修复")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: _state(keyboard, Instruction, "i-feedback") == "answered")
    _line(keyboard, page, "instruction:i-withdrawn")
    keyboard.press("W")
    keyboard.until(lambda: keyboard.stands_in(page.instruction.reason))
    keyboard.write("登记有误")
    keyboard.press("F4")
    keyboard.until(lambda: _state(keyboard, Instruction, "i-withdrawn") == "withdrawn")
    keyboard.to_list(page.table)
    keyboard.press("N")
    _register(keyboard, page, None)
    keyboard.until(lambda: page.model.rowCount() == 1)
    keyboard.press("J", "K")


def _reports(keyboard: Keyboard, ticket: Ticket) -> None:
    """From the case by Z; what colleagues submitted is signed or goes back; what was signed is sent and answered."""
    keyboard.to("all")
    keyboard.stand_on(ticket)
    keyboard.press("Z")
    keyboard.until(partial(keyboard.stands_at, "upward"))
    page = keyboard.frame.page("upward")
    keyboard.until(lambda: keyboard.stands_in(page.report.people))
    keyboard.write("两户无人受伤")
    keyboard.fill(page.report.proposed, "请住建局今日回填")
    keyboard.press("Ctrl+S")
    keyboard.until(lambda: [r.state for r in keyboard.at_server(UrgentReport, ticket)] == ["draft"])
    (draft,) = keyboard.at_server(UrgentReport, ticket)
    _line(keyboard, page, f"urgent_report:{draft.id}")
    keyboard.press("Return")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: _state(keyboard, UrgentReport, draft.id) == "submitted")
    _line(keyboard, page, f"urgent_report:{draft.id}")
    keyboard.press("W")
    keyboard.until(lambda: keyboard.stands_in(page.report.reason))
    keyboard.write("并入另一专报")
    keyboard.press("F4")
    keyboard.until(lambda: _state(keyboard, UrgentReport, draft.id) == "withdrawn")
    _line(keyboard, page, "urgent_report:w-returned")
    keyboard.press("R")
    keyboard.until(lambda: keyboard.stands_in(page.report.reason))
    keyboard.write("写明人数")
    keyboard.press("F9")
    keyboard.until(lambda: _state(keyboard, UrgentReport, "w-returned") == "returned")
    _line(keyboard, page, "urgent_report:w-signed")
    keyboard.until(page.report.approve.isEnabled)
    keyboard.press("A")
    keyboard.until(lambda: _state(keyboard, UrgentReport, "w-signed") == "approved")
    _line(keyboard, page, "urgent_report:w-signed")
    keyboard.until(page.report.sent.isVisible)
    keyboard.press("S")
    keyboard.until(lambda: keyboard.stands_in(page.report.recipients))
    keyboard.write("市委办公室")
    keyboard.press("F10")
    keyboard.until(lambda: _state(keyboard, UrgentReport, "w-signed") == "sent")
    keyboard.to_page("upward", "sent")
    _line(keyboard, page, "urgent_report:w-signed")
    keyboard.until(page.report.answer.isVisible)
    keyboard.press("N")
    keyboard.until(lambda: keyboard.stands_in(page.writer.leader))
    keyboard.press("Escape")
    keyboard.to_list(page.table)
    keyboard.press("O")
    keyboard.until(partial(keyboard.stands_at, "supervision"))


def _reviews(keyboard: Keyboard, asked: Sequence[Application]) -> None:
    page = keyboard.to_page("reviews", "extension")
    _line(keyboard, page, asked[0].id)
    keyboard.press("J", "K", "F6", "F6", "O")
    keyboard.until(partial(keyboard.stands_at, "supervision"))
    for row, (matter, verdict) in zip(asked, _DECISIONS, strict=True):
        _decide(keyboard, keyboard.to_page("reviews", matter), row.id, verdict)


def _decide(keyboard: Keyboard, page: Any, row_id: str, verdict: str) -> None:
    """A or R takes the verdict and leads to its reason; the words for the citizen are proposed."""
    _line(keyboard, page, row_id)
    keyboard.press("A" if verdict == "agree" else "R")
    keyboard.until(lambda: keyboard.stands_in(page.card.reason))
    keyboard.write("理由充分" if verdict == "agree" else "理由不足")
    assert page.card.verdict.value() == verdict
    assert page.card.citizen.value()
    keyboard.press("Ctrl+Return")
    decided = "agreed" if verdict == "agree" else "refused"
    keyboard.until(lambda: _state(keyboard, Application, row_id) == decided)
