"""Nothing entered is lost and nobody is called twice: crashes, lost holds, cut networks, colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Visit
from desktop.services.queries.visits import visit_queue
from desktop.views.return_visits.page import ReturnVisitsPage
from tests.support.builders import VISITOR
from tests.support.call_office import CTRL, Key, Office, show_page
from tests.support.desks import OFFLINE, pull
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
    bars = [page.notices.itemAt(place).widget() for place in range(page.notices.count())]
    assert [bar.isVisible() for bar in bars] == [True, False], "nothing else is said meanwhile"
    assert pane.visit.outcomes.reason() != ""
    assert pane.visit.card.dial.reason() != ""
    assert pane.visit.questions.given() == {"identity_confirmed": "yes", "contacted": "yes"}
    assert pane.visit.card.again.isVisible()
    office.key(Key.Key_R)
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


def test_what_follows_a_call_is_shown_however_fast_the_queue_answers(office: Office) -> None:
    """The queue read anew chose the next row, and its visit covered what the citizen's answers propose: nobody saw that
    a case was to be sent back. Found by the shift of two callers."""
    page, pane = office.page, office.page.pane

    def read_anew(_: object) -> None:
        """An answer that was on its way already comes before what follows."""
        office.desk.run_query(page, visit_queue, page._queue_loaded)

    pane.finished.connect(read_anew)
    office.take_next()
    office.call()
    shown: list[tuple[object, str]] = []
    pane.currentChanged.connect(lambda _: shown.append((pane.currentWidget(), pane.session.state)))
    office.answer("111122")
    office.key(Key.Key_Return, CTRL)
    office.until(lambda: page.waiting.table.current_id() == "v-late" and pane.session.state == "free")
    office.until(office.finished)
    office.take_next()
    assert (pane.visit, "free") not in shown
