"""One call on one screen: by keyboard alone, kept as entered, never led, never called twice.

The server's side of the lease is the in-memory counter of tests/support/return_visits.py, because losing a lease,
being refused one and a line that ends in a given way cannot be brought about at a real server on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Attempt, DraftTicket, Row, Visit, decode_row
from desktop.models.store.tables import projection
from desktop.services.background.desk import Desk
from desktop.services.queries.visits import VisitInHand, visit_in_hand
from desktop.views.return_visits.outcome_bar import OUTCOME_KEYS
from desktop.views.return_visits.page import ReturnVisitsPage
from tests.support.builders import VISITOR
from tests.support.desks import OFFLINE, pull
from tests.support.return_visits import PHONE, LeaseCounter, ManualLine, open_call_desk, queue_rows
from tests.support.stores import DeskStore, open_desk_store

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Office(NamedTuple):
    """What a test of a call needs at hand."""

    bot: QtBot
    store: DeskStore
    desk: Desk
    counter: LeaseCounter
    line: ManualLine
    page: ReturnVisitsPage

    def key(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=10_000)

    def type(self, words: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.page, words)

    def take_next(self) -> None:
        self.page.waiting.table.setFocus()
        self.key(Key.Key_Space)
        self.until(self.asking)

    def asking(self) -> bool:
        """Somebody is in hand and the questions are open."""
        pane = self.page.pane
        return pane.session.state == "held" and not pane.visit.outcomes.reason() and pane.visit.visit_id != ""

    def call(self) -> None:
        """D, and the citizen answers."""
        self.key(Key.Key_D)
        self.until(lambda: self.line.state == "dialling")
        self.line.ring()
        self.line.answer()
        assert self.page.pane.session.state == "talking"

    def answer(self, digits: str) -> None:
        for digit in digits:
            self.key(Key(int(Key.Key_0) + int(digit)))

    def finished(self) -> bool:
        return self.page.pane.currentWidget() is self.page.pane.aftermath

    def in_hand(self, visit_id: str) -> VisitInHand:
        found = self.store.ask(lambda r: visit_in_hand(r, visit_id))
        assert found is not None
        return found

    def rows(self, entity_type: str) -> list[Row]:
        with self.store.store.read() as connection:
            found = connection.execute(projection.select().where(projection.c.type == entity_type)).all()
        return [decode_row(entity_type, row.data) for row in found]

    def texts(self) -> str:
        """Every word on the page, tooltips included."""
        inside: Iterable[QWidget] = self.page.findChildren(QWidget)
        found: list[str] = []
        for widget in inside:
            found += [widget.toolTip(), widget.accessibleName()]
            if isinstance(widget, QLabel):
                found.append(widget.text())
            elif isinstance(widget, QPlainTextEdit):
                found.append(widget.toPlainText())
        return "\n".join(found)


def show_page(bot: QtBot, desk: Desk) -> ReturnVisitsPage:
    page = ReturnVisitsPage(desk, settle_ms=20)
    bot.addWidget(page, before_close_func=ReturnVisitsPage.release)
    page.resize(1166, 704)
    with bot.waitExposed(page):
        page.show()
    page.activateWindow()
    bot.waitUntil(
        lambda: page.waiting.model.rowCount() > 0 and page.pane.visit.visit_id != "", timeout=10_000
    )
    return page


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path, me=VISITOR) as opened:
        opened.pull(*queue_rows())
        yield opened


@pytest.fixture
def office(store: DeskStore, qtbot: QtBot) -> Iterator[Office]:
    with open_call_desk(store) as (desk, counter, line):
        yield Office(qtbot, store, desk, counter, line, show_page(qtbot, desk))


def test_a_satisfied_citizen_takes_nine_keys(office: Office) -> None:
    """Hundreds of calls a day: taking, ringing, asking and recording must stay within twelve keys, without a mouse;
    the number is dialled and nowhere to be read; the next person is chosen and this one given back."""
    page, pane = office.page, office.page.pane
    page.waiting.table.setFocus()
    office.key(Key.Key_Space)  # 1: take the next
    office.until(office.asking)
    assert pane.visit.visit_id == "v-booked"
    office.key(Key.Key_D)  # 2: call
    office.until(lambda: office.line.state == "dialling")
    office.line.ring()
    office.line.answer()
    office.store.clock.advance(95)
    office.line.talked_s = 95
    assert PHONE not in office.texts()
    office.answer("111122")  # 3 to 8, each going on to the next question
    office.key(Key.Key_Return, CTRL)  # 9: complete
    office.until(office.finished)

    done = office.in_hand("v-booked")
    assert (done.visit.state, done.visit.valid, done.visit.proposal) == ("completed", True, "")
    answers = done.visit.answers
    assert answers is not None
    assert (answers.contacted, answers.resolved) == ("yes", "resolved")
    assert (answers.satisfied_result, answers.satisfied_attitude) == ("very_satisfied", "satisfied")
    assert answers.pressed_for_rating is False
    (attempt,) = done.attempts
    assert (attempt.outcome, attempt.duration_s, attempt.practice) == ("answered", 95, True)
    assert (attempt.lease_id, attempt.lease_epoch) == ("lease-1", 1)
    assert office.line.numbers == [PHONE]
    assert office.line.state == "idle"
    office.until(lambda: office.counter.said == ["claim_next", "dialling", "release"])
    assert office.desk.online.lease is None
    office.until(lambda: page.waiting.table.current_id() == "v-late")
    assert PHONE not in office.texts()


@pytest.mark.parametrize(("outcome", "key"), [pair for pair in OUTCOME_KEYS if pair[0] != "call_later"])
def test_one_key_for_each_outcome(office: Office, outcome: str, key: str) -> None:
    """Whatever happens on the line has its key; a key that recorded another outcome would falsify the attempt."""
    office.take_next()
    office.key(Key.Key_D)
    office.until(lambda: office.line.state == "dialling")
    office.line.ring()
    office.key(getattr(Key, f"Key_{key}"))
    office.until(office.finished)
    (attempt,) = office.in_hand("v-booked").attempts
    assert (attempt.outcome, attempt.lease_id) == (outcome, "lease-1")
    assert office.line.state == "idle", "the telephone is hung up"
    assert office.page.pane.aftermath.sentences() != ()
    office.until(lambda: "release" in office.counter.said)


def test_what_the_line_saw_is_proposed_and_confirmed(office: Office) -> None:
    """The line knows "busy" before the caller does; a person confirms it with one key."""
    office.take_next()
    office.key(Key.Key_D)
    office.until(lambda: office.line.state == "dialling")
    office.line.end("busy")
    assert office.page.pane.visit.outcomes.proposed() == "busy"
    assert office.in_hand("v-booked").attempts == ()
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    assert [a.outcome for a in office.in_hand("v-booked").attempts] == ["busy"]


def test_call_later_outside_the_hours_is_refused_in_words(office: Office) -> None:
    """A promise for 21:30 could not be kept: it is refused while it is entered, and 20:30 is taken."""
    later = office.page.pane.visit.later
    office.take_next()
    office.call()
    office.key(Key.Key_F6)
    office.until(later.isVisible)
    zone = office.store.profile.zone()
    for late in (datetime(2024, 5, 15, 21, 30), datetime(2024, 5, 15, 7, 59), datetime(2024, 5, 14, 9, 0)):
        later.at.set_value(late)
        later.at.changed.emit()
        assert later.agree.reason() != ""
        office.key(Key.Key_Return, CTRL)
    assert "21:00" in later.refusal() or "past" in later.refusal().lower()
    assert not office.page.pane.recorder.busy
    later.at.set_value(datetime(2024, 5, 15, 20, 30))
    later.at.changed.emit()
    assert later.refusal() == ""
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (attempt,) = office.in_hand("v-booked").attempts
    assert attempt.call_later_at == datetime(2024, 5, 15, 20, 30, tzinfo=zone)


def test_a_suggested_time_is_one_key(office: Office) -> None:
    """ "Tomorrow morning" is what people say; it must not take a calendar."""
    office.take_next()
    office.call()
    office.key(Key.Key_F6)
    office.until(office.page.pane.visit.later.isVisible)
    office.answer("2")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (attempt,) = office.in_hand("v-booked").attempts
    later = attempt.call_later_at
    assert later is not None
    assert office.store.profile.local(later).strftime("%d %H:%M") == "14 14:00"


def test_a_gap_is_named_and_gone_to(office: Office) -> None:
    """A visit without its key answers does not count; the caller is led to the gap instead of losing the call."""
    visit = office.page.pane.visit
    office.take_next()
    office.call()
    office.answer("11")
    office.key(Key.Key_Return, CTRL)
    assert [field for field, _ in visit.gaps()] == ["resolved", "satisfied_result"]
    row = visit.questions.row("resolved")
    assert row is not None
    assert row.is_current()
    assert office.in_hand("v-booked").visit.state == "booked"
    office.answer("1")
    office.answer("1")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)


def test_nothing_is_told_to_somebody_else(office: Office) -> None:
    """Where the identity is denied the visit cannot be completed, and the screen says what to do instead."""
    office.take_next()
    office.call()
    office.answer("2111")
    office.key(Key.Key_Return, CTRL)
    assert [field for field, _ in office.page.pane.visit.gaps()] == ["identity_confirmed"]
    office.key(Key.Key_F7)
    office.until(office.finished)
    assert [a.outcome for a in office.in_hand("v-booked").attempts] == ["wrong_number"]


def test_three_matters_are_one_call(office: Office) -> None:
    """A citizen with three matters is rung once: each matter has its own answers, the rest share the outcome."""
    page, pane = office.page, office.page.pane
    page.waiting.table.select_id("v-three-2")
    page.waiting.table.setFocus()
    office.key(Key.Key_Return)
    office.until(office.asking)
    assert pane.visit.visit_id == "v-three-2"
    assert pane.visit.tabs.tabs.count() == 3
    office.call()
    office.answer("1111")
    office.key(Key.Key_Return, CTRL)
    office.until(lambda: pane.visit.visit_id == "v-three-1")
    assert office.line.state == "talking", "the call goes on for the next matter"
    office.answer("13")
    office.key(Key.Key_PageDown, CTRL)
    assert pane.visit.visit_id == "v-three-3"
    assert pane.visit.questions.given() == {}, "answers of one matter never stand in another"
    office.key(Key.Key_PageUp, CTRL)
    assert pane.visit.questions.given() == {"identity_confirmed": "yes", "contacted": "cannot_remember"}
    office.key(Key.Key_F8)
    office.until(office.finished)
    assert office.line.numbers == [PHONE]
    outcomes = {i: [a.outcome for a in office.in_hand(f"v-three-{i}").attempts] for i in (1, 2, 3)}
    assert outcomes == {1: ["refused"], 2: ["answered"], 3: ["refused"]}


def test_a_new_matter_becomes_a_draft_ticket(office: Office) -> None:
    """What a citizen raises besides must reach the hotline without a second call, and the visit goes on."""
    visit = office.page.pane.visit
    office.take_next()
    office.call()
    office.answer("1111")
    visit.questions.go_to("new_matter")
    office.type("Street lamp broken <b>again</b>")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (draft,) = office.rows("draft_ticket")
    assert isinstance(draft, DraftTicket)
    assert (draft.text, draft.visit_id) == ("Street lamp broken <b>again</b>", "v-booked")


def test_everything_entered_outlives_the_page(office: Office) -> None:
    """Another language in the middle of a call builds the page anew: call, answers and words must go on."""
    office.take_next()
    office.call()
    office.answer("112")
    visit = office.page.pane.visit
    visit.questions.go_to("still_missing")
    office.type("still noisy")
    office.page.release()
    office.page.hide()

    page = ReturnVisitsPage(office.desk, settle_ms=20)
    office.bot.addWidget(page, before_close_func=ReturnVisitsPage.release)
    with office.bot.waitExposed(page):
        page.show()
    office.until(lambda: page.pane.session.state == "talking" and page.pane.visit.visit_id == "v-booked")
    given = page.pane.visit.questions.given()
    assert given["resolved"] == "partly"
    assert given["still_missing"] == "still noisy"
    page.pane.visit.questions.go_to("satisfied_result")
    office.key(Key.Key_1)
    office.key(Key.Key_Return, CTRL)
    office.until(lambda: page.pane.currentWidget() is page.pane.aftermath)
    answers = office.in_hand("v-booked").visit.answers
    assert answers is not None
    assert answers.still_missing == "still noisy"


def test_a_crash_in_mid_call_loses_no_answer(store: DeskStore, qtbot: QtBot) -> None:
    """After a kill the answers and the call itself are there, and the call that was made can be recorded."""
    with open_call_desk(store) as (desk, counter, line):
        office = Office(qtbot, store, desk, counter, line, show_page(qtbot, desk))
        office.take_next()
        office.call()
        office.answer("1111")
        office.until(lambda: office.page.pane.visit.outcomes.kept_words() != "")
        office.page.release()
        office.page.hide()
    with open_call_desk(store) as (desk, counter, line):
        office = Office(qtbot, store, desk, counter, line, show_page(qtbot, desk))
        assert office.page.pane.visit.visit_id == "v-booked"
        assert not office.page.pane.visit.outcomes.reason(), "a call that was made may be recorded"
        office.key(Key.Key_Return, CTRL)
        office.until(office.finished)
        (attempt,) = office.in_hand("v-booked").attempts
        assert attempt.lease_id == "lease-1", "the record names the lease the call was made under"


def test_a_lost_hold_keeps_the_answers(office: Office) -> None:
    """A lease that ends before the call must not be dialled on; answers stay, and one button takes the person again."""
    page, pane = office.page, office.page.pane
    office.take_next()
    office.answer("11")
    office.store.clock.advance(400)
    office.desk.online._check_expiry()
    office.until(lambda: pane.session.lease_lost)
    assert page.notices.count() == 1
    bar = page.notices.itemAt(0).widget()
    assert bar.isVisible()
    assert pane.visit.outcomes.reason() != ""
    assert pane.visit.card.dial.reason() != ""
    assert pane.visit.questions.given() == {"identity_confirmed": "yes", "contacted": "yes"}
    pane.take_again()
    office.until(lambda: not pane.session.lease_lost)
    assert pane.visit.outcomes.reason() == ""
    assert pane.visit.questions.given() == {"identity_confirmed": "yes", "contacted": "yes"}
    office.answer("11")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (attempt,) = office.in_hand("v-booked").attempts
    assert attempt.lease_id == "lease-2"


def test_a_call_already_made_can_be_recorded_after_the_hold(office: Office) -> None:
    """A conversation that took place must not be lost with the lease: it is recorded and the server marks it."""
    pane = office.page.pane
    office.take_next()
    office.call()
    office.answer("1111")
    office.store.clock.advance(400)
    office.desk.online._check_expiry()
    office.until(lambda: pane.session.lease_lost)
    assert pane.visit.outcomes.reason() == ""
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (attempt,) = office.in_hand("v-booked").attempts
    assert (attempt.outcome, attempt.lease_id) == ("answered", "lease-1")


def test_the_number_survives_a_renewal(office: Office) -> None:
    """The server sends the number with the grant alone; a call after a minute of reading must not go to nobody."""
    office.take_next()
    office.counter.renews = True
    office.desk.online._renew()
    office.until(lambda: "renew" in office.counter.said)
    office.call()
    assert office.line.numbers == [PHONE]


def test_nobody_else_is_taken_before_the_call_is_recorded(office: Office) -> None:
    """Going on without a record would leave a citizen called and the attempt unknown, to be called again."""
    page, pane = office.page, office.page.pane
    office.take_next()
    office.call()
    office.line.end("answered", 12)
    page.take_next()
    page.waiting.table.select_id("v-due")
    page.waiting.table.activated_row.emit("v-due")
    assert pane.visit.visit_id == "v-booked"
    assert office.counter.said == ["claim_next", "dialling"]


def test_a_person_not_yet_called_is_given_back(office: Office) -> None:
    """Taking another before calling must free the first for colleagues."""
    pane = office.page.pane
    office.take_next()
    office.key(Key.Key_G)
    office.until(lambda: office.counter.said == ["claim_next", "release"])
    assert pane.session.state == "free"
    assert pane.visit.outcomes.reason() != ""


def test_a_colleague_who_calls_is_named_as_the_reason(office: Office) -> None:
    """Two desks after one citizen: the second is told in words and stays where it was."""
    office.counter.refuse["claim"] = "held"
    office.page.waiting.table.select_id("v-due")
    office.until(lambda: office.page.pane.visit.visit_id == "v-due")
    office.page.pane.take_shown()
    bar = office.page.notices.itemAt(0).widget()
    office.until(bar.isVisible)
    assert bar.accessibleName() != ""
    assert "held" not in bar.accessibleName()
    assert office.page.pane.session.state == "free"


def test_offline_one_records_what_is_assigned_by_name(office: Office) -> None:
    """Without a network nobody may take or ring anybody; a visit given to me by name is recorded and sent later."""
    page, pane = office.page, office.page.pane
    office.desk.set_connection(OFFLINE)
    office.until(lambda: pane.visit.card.dial.reason() != "")
    assert not page.waiting.take_next.isEnabled()
    assert pane.visit.visit_id == "v-booked"
    assert pane.visit.outcomes.reason() == "", "assigned to me"
    pane.visit.questions.go_to_first_open()
    office.answer("1111")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (attempt,) = office.in_hand("v-booked").attempts
    assert (attempt.outcome, attempt.lease_id) == ("answered", "")
    assert attempt.version == 0
    assert office.counter.said == []
    page.waiting.table.select_id("v-due")
    office.until(lambda: pane.visit.visit_id == "v-due" and pane.currentWidget() is pane.visit)
    assert pane.visit.outcomes.reason() != "", "assigned to nobody: only a lease would do"


def test_a_cut_in_mid_call_changes_nothing(office: Office) -> None:
    """The network goes while the citizen speaks: the call is finished and recorded as if it had not."""
    office.take_next()
    office.call()
    office.answer("11")
    office.desk.set_connection(OFFLINE)
    office.until(lambda: not office.desk.connection.online)
    office.answer("11")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    assert office.in_hand("v-booked").visit.state == "completed"


def test_a_visit_closed_elsewhere_keeps_the_answers(office: Office) -> None:
    """A colleague's record arrives while I am asking: mine cannot be recorded any more, but is not wiped."""
    pane = office.page.pane
    office.take_next()
    office.answer("11")
    visit = office.in_hand("v-booked").visit
    assert isinstance(visit, Visit)
    closed = Visit(
        id=visit.id, version=2, ticket_id=visit.ticket_id, contact_id=visit.contact_id,
        opened_at=visit.opened_at, state="cancelled",
    )  # fmt: skip
    pull(office.desk, office.store, closed)
    office.until(lambda: pane.visit.outcomes.reason() != "")
    assert pane.visit.questions.given()["contacted"] == "yes"


def test_the_next_call_is_told(office: Office) -> None:
    """After a miss the caller learns when the next try may be, in the words of the policy."""
    office.take_next()
    office.key(Key.Key_D)
    office.until(lambda: office.line.state == "dialling")
    office.line.end("no_answer")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    (sentence,) = office.page.pane.aftermath.sentences()
    assert "14:00" in sentence
    assert "2" in sentence
    attempts = [row for row in office.rows("attempt") if isinstance(row, Attempt) and row.version == 0]
    assert len(attempts) == 1
    assert attempts[0].at == office.store.now()
