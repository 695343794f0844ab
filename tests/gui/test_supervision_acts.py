"""What an officer and a chief do with a case: urge, supervise, approve; by keyboard, offline, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Notice, Urge
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.services.queries.drafts import drafts
from desktop.views.common import tokens
from desktop.views.common.text import PlainLabel
from desktop.views.supervision.case_pane import CasePane
from tests.support.builders import (
    CHIEF,
    NOW,
    make_notice,
    make_ticket,
    make_urge,
    make_urgent_report,
)
from tests.support.desks import OFFLINE, ONLINE
from tests.support.supervision_stage import LATE, Theatre, open_theatre, write
from tests.support.widgets import children, cut_texts


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def test_an_urge_by_keyboard_alone_is_queued_and_the_next_row_comes(theatre: Theatre) -> None:
    first, second = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    stage = theatre.open(first, second)
    stage.listed(2)
    stage.case(first)
    form = stage.page.case.urge_form
    stage.press(Qt.Key.Key_U)
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is form)
    assert not form.form.submit(), "nobody is said to have been reached yet"
    write(form.person, "刘科长")
    write(form.answer, "今天 <b>下班前</b> 办完")
    form.promised.set_value((NOW + timedelta(hours=8)).replace(tzinfo=None))
    assert form.form.submit()
    stage.case(second)
    (urge,) = stage.rows("Urge", first)
    assert isinstance(urge, Urge)
    assert (urge.person_reached, urge.answer) == ("刘科长", "今天 <b>下班前</b> 办完")
    assert urge.promised_at == NOW + timedelta(hours=8)
    stage.qtbot.waitUntil(lambda: stage.cell(first, "title", roles.PENDING) is True)
    with stage.store.store.read() as connection:
        assert [e.op.kind for e in outbox.in_states(connection, outbox.UNSENT)] == ["ticket.urge"]


def test_an_unsent_urge_stands_in_the_timeline_as_waiting(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    write(form.person, "刘科长")
    assert form.form.submit()
    timeline = stage.page.case.case.timeline
    stage.qtbot.waitUntil(lambda: any(e.pending for e in timeline.entries()))


def test_a_second_urge_on_the_same_day_warns_first(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, make_urge(ticket, answer="明天办"))
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    warning = stage.page.case.urge_form.warning
    assert warning.isVisible()
    assert "明天办" in warning.text()


def test_a_text_message_is_copied_and_recorded_but_never_called_sent(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE, phone_tail="8807")
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    assert form.means.press("2")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: bool(stage.rows("Urge", ticket)))
    (urge,) = stage.rows("Urge", ticket)
    assert isinstance(urge, Urge)
    assert urge.means == "sms"
    assert QGuiApplication.clipboard().text() == urge.text
    assert ticket.number in urge.text
    assert ticket.requester_label not in urge.text
    assert ticket.phone_tail not in urge.text


def test_a_promise_in_the_past_is_not_taken(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    write(form.person, "刘科长")
    form.promised.set_value((NOW - timedelta(hours=1)).replace(tzinfo=None))
    assert not form.form.submit()
    assert form.promised.value() is not None
    assert form.form_value(stage.page.case.panel()).promised_at == NOW - timedelta(hours=1)  # type: ignore[arg-type]


def test_no_promise_is_recorded_when_none_was_given(theatre: Theatre) -> None:
    """The date field must not offer today as if somebody had promised it."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    write(form.person, "刘科长")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: bool(stage.rows("Urge", ticket)))
    assert stage.rows("Urge", ticket)[0].promised_at is None  # type: ignore[attr-defined]


def test_letters_typed_into_a_form_are_text_and_function_keys_still_work(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.press(Qt.Key.Key_F7)
    form = stage.page.case.urge_form
    form.person.input.setFocus()
    QTest.keyClicks(form.person.input, "us")
    assert form.person.value() == "us"
    assert stage.page.case.open_form() is form
    stage.press(Qt.Key.Key_F8)
    assert stage.page.case.open_form() is stage.page.case.notice_form


def test_a_notice_is_drafted_by_itself_and_comes_back_after_leaving(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    write(form.requirement, "三个工作日内报告")
    stage.press(Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: bool(stage.store.ask(lambda r: drafts(r, ticket.id))))
    stage.page.case.open_notice()
    stage.qtbot.waitUntil(lambda: form.requirement.value() == "三个工作日内报告")
    assert stage.rows("Notice", ticket) == [], "a draft is not sent"


def test_a_notice_goes_to_the_chief_unnumbered_and_a_second_one_is_refused(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    assert form.ground.value(), "the facts are offered as a beginning"
    write(form.requirement, "三个工作日内书面报告")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: bool(stage.rows("Notice", ticket)))
    (notice,) = stage.rows("Notice", ticket)
    assert isinstance(notice, Notice)
    assert (notice.state, notice.number) == ("submitted", "")
    stage.qtbot.waitUntil(lambda: stage.store.ask(lambda r: drafts(r, ticket.id)) == ())
    panel = stage.page.case.panel
    stage.qtbot.waitUntil(lambda: (p := panel()) is not None and p.notice is not None)
    stage.page.case.open_notice()
    assert not form.primary.isVisible(), "one matter has one supervision"
    assert form.warning.isVisible()
    assert form.requirement.value() == "三个工作日内书面报告", "the first one is shown"


def test_a_returned_notice_says_why_and_may_be_submitted_again(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    notice = make_notice(ticket, state="returned", return_reason="依据不足", approver_name="赵立")
    stage = theatre.open(ticket, notice)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    assert "依据不足" in form.warning.text()
    write(form.ground, "逾期且承诺未兑现，见时间线")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: stage.rows("Notice", ticket)[0].state == "submitted")  # type: ignore[attr-defined]
    with stage.store.store.read() as connection:
        kinds = [e.op.kind for e in outbox.in_states(connection, outbox.UNSENT)]
    assert kinds == ["notice.edit", "notice.submit"]


def test_the_chief_signs_with_one_key_and_never_their_own_act(theatre: Theatre) -> None:
    theirs, mine = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    stage = theatre.open(
        theirs,
        mine,
        make_notice(theirs, state="submitted"),
        make_notice(mine, state="submitted", author_id=CHIEF.person_id),
        me=CHIEF,
        connection=ONLINE,
    )
    stage.listed(2)
    stage.choose(mine)
    assert "own act" in stage.page.case.approval.approve.reason()
    stage.page.show_queue("approval")
    stage.listed(1)
    stage.case(theirs)
    assert stage.page.case.approval.isVisible()
    stage.press(Qt.Key.Key_A)
    stage.qtbot.waitUntil(lambda: stage.rows("Notice", theirs)[0].state == "issued")  # type: ignore[attr-defined]
    stage.listed(0)


def test_an_urgent_report_waits_among_what_is_to_be_signed(theatre: Theatre) -> None:
    """A chief who looks in one place only would leave an emergency lying in another."""
    theirs, mine, back = (make_ticket(due_at=LATE + timedelta(hours=n)) for n in range(3))
    stage = theatre.open(
        theirs,
        mine,
        back,
        make_urgent_report(theirs, state="submitted", submitted_at=NOW),
        make_urgent_report(mine, state="submitted", author_id=CHIEF.person_id),
        make_urgent_report(back, state="submitted", submitted_at=NOW, what="水管爆裂"),
        me=CHIEF,
        connection=ONLINE,
    )
    stage.page.show_queue("approval")
    stage.listed(2)
    stage.case(theirs)
    approval = stage.page.case.approval
    assert {"路面塌陷，一辆电动车坠入", "请住建局连夜回填"} <= {
        label.text() for label in children(approval, PlainLabel) if label.isVisible()
    }
    stage.press(Qt.Key.Key_A)
    stage.listed(1)
    stage.qtbot.waitUntil(lambda: stage.rows("UrgentReport", theirs)[0].state == "approved")  # type: ignore[attr-defined]
    stage.case(back)
    write(approval.reason, "请补充人数")
    approval.reason.show()
    approval.press_return()
    stage.listed(0)
    assert stage.rows("UrgentReport", back)[0].state == "returned"  # type: ignore[attr-defined]


def test_returning_a_notice_needs_a_reason(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, make_notice(ticket, state="submitted"), me=CHIEF, connection=ONLINE)
    stage.listed(1)
    stage.case(ticket)
    approval = stage.page.case.approval
    stage.press(Qt.Key.Key_R)
    assert approval.reason.isVisible()
    approval.press_return()
    assert approval.reason.error()
    write(approval.reason, "依据不足")
    approval.press_return()
    stage.qtbot.waitUntil(lambda: stage.rows("Notice", ticket)[0].state == "returned")  # type: ignore[attr-defined]


def test_signing_and_revealing_without_a_network_say_why_not(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, make_notice(ticket, state="submitted"), me=CHIEF, connection=OFFLINE)
    stage.listed(1)
    stage.case(ticket)
    approval = stage.page.case.approval
    assert "connection" in approval.approve.reason()
    assert not approval.give_back.isEnabled()
    stage.page.case.case._ask_reveal()
    box = stage.page.case.case.reveal_box
    assert "connection" in box.send.reason()
    box.close_box()


def test_a_refused_reveal_tells_and_shows_nothing(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, connection=ONLINE)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.case._ask_reveal()
    box = stage.page.case.case.reveal_box
    box.purpose.set_value("verify")
    write(box.reason, "核实地址")
    box.send.click()
    stage.qtbot.waitUntil(box._trouble.isVisible)
    assert box.value_shown() == ""


def test_a_notice_proposed_by_a_visit_opens_on_its_ticket(theatre: Theatre) -> None:
    late, visited = make_ticket(due_at=LATE), make_ticket(state="in_review", due_at=None)
    stage = theatre.open(late, visited)
    stage.listed(1)
    stage.page.open_notice_on(visited.id)
    stage.case(visited)
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is stage.page.case.notice_form)
    assert stage.page.case.notice_form.panel is not None
    assert stage.page.case.notice_form.panel.ticket.id == visited.id


def test_no_line_of_an_act_to_sign_is_cut_in_a_narrow_pane(theatre: Theatre) -> None:
    """A chief signed what could not be read to its end: ground and requirement had one line, the buttons half a one."""
    said = "期间经多次催办，承办单位仍未办结，诉求人再次来电反映。" * 8
    ticket = make_ticket(due_at=LATE, request_text=said, unit_answer=said)
    act = make_notice(ticket, state="submitted", ground=said, requirement=said)
    stage = theatre.open(ticket, act, me=CHIEF, connection=ONLINE)
    pane = CasePane(stage.desk)
    stage.qtbot.addWidget(pane)
    pane.resize(tokens.DETAIL_MIN, 600)
    pane.show_ticket(ticket.id)
    stage.qtbot.waitUntil(lambda: pane.panel() is not None)
    with stage.qtbot.waitExposed(pane):
        pane.show()
    stage.qtbot.waitUntil(pane.approval.isVisible)
    bar = pane.approval.bar

    def whole() -> bool:
        return not cut_texts(pane) and bar.height() >= bar.heightForWidth(bar.width())

    for across in (tokens.DETAIL_MIN, 900, tokens.DETAIL_MIN + 10):
        pane.resize(across, 600)
        stage.qtbot.waitUntil(whole)
    pane.approval.press_return()
    stage.qtbot.waitUntil(whole)
