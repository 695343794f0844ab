"""One call on one screen: by keyboard alone, each outcome by its key, never led."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Attempt, DraftTicket
from desktop.views.return_visits.outcome_bar import OUTCOME_KEYS
from tests.support.builders import VISITOR
from tests.support.call_office import CTRL, Key, Office, show_page
from tests.support.return_visits import PHONE, open_call_desk, queue_rows
from tests.support.stores import DeskStore, open_desk_store


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


def test_a_case_is_sent_back_by_key_in_the_citizens_words(office: Office) -> None:
    """What the citizen says is missing would else wait until somebody else reads the answers."""
    office.take_next()
    office.call()
    office.answer("113")
    office.type("The lamp is dark")
    office.page.pane.visit.questions.go_to("satisfied_result")
    office.answer("4")
    office.key(Key.Key_Return, CTRL)
    office.until(office.finished)
    after = office.page.pane.aftermath
    office.until(lambda: "send the case back for rework" in " ".join(after.sentences()))
    office.key(Key.Key_S)
    office.until(after.back.isVisible)
    assert "The lamp is dark" in after.back.words.value()
    office.type(" Lamp 12.")
    office.key(Key.Key_Escape)
    assert office.finished(), "the first Escape leaves the words, not what was recorded"
    office.key(Key.Key_S)
    office.key(Key.Key_Return, CTRL)
    office.until(lambda: "Sent back for rework" in " ".join(after.sentences()))
    back = office.in_hand("v-booked").visit.sent_back
    assert back is not None
    assert "The lamp is dark" in back.text
    office.key(Key.Key_S)
    assert after.back.isHidden(), "once is enough"


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
