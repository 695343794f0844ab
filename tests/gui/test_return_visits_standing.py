"""What stands between a caller and a citizen: a colleague who has them in hand, the rules, and no network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Attempt, CallException, Visit
from desktop.models.domain.wire import LeaseHolder, LeaseHolders, TakenOver
from desktop.models.items import roles
from desktop.services.background.field_desk import FieldDesk
from desktop.services.queries.carrying import kept_block
from tests.support.builders import CHIEF, NOW, VISITOR
from tests.support.call_office import Key, Office, show_page
from tests.support.desks import OFFLINE, ONLINE, pull
from tests.support.return_visits import open_call_desk, queue_rows
from tests.support.stores import DeskStore, open_desk_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path, me=VISITOR) as opened:
        opened.pull(*queue_rows())
        yield opened


@pytest.fixture
def office(store: DeskStore, qtbot: QtBot) -> Iterator[Office]:
    with open_call_desk(store, language="en") as (desk, counter, line):
        yield Office(qtbot, store, desk, counter, line, show_page(qtbot, desk))


@pytest.fixture
def chiefs(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    (tmp_path / "chief").mkdir()
    with open_desk_store(tmp_path / "chief", me=CHIEF) as opened:
        opened.pull(*queue_rows())
        with open_call_desk(opened, language="en") as (desk, counter, line):
            yield Office(qtbot, opened, desk, counter, line, show_page(qtbot, desk))


def held(office: Office, visit_id: str, **fields: object) -> LeaseHolder:
    since = office.store.clock.now() - timedelta(minutes=3)
    made = LeaseHolder(
        visit_id=visit_id, person_id="p-x", name="孙倩", since=since, until=since + timedelta(hours=1)
    )
    return replace(made, **fields)


def look(office: Office, visit_id: str) -> None:
    office.page.waiting.table.select_id(visit_id)
    office.until(lambda: office.page.pane.visit.visit_id == visit_id)


def caller_of(office: Office, visit_id: str) -> str:
    model = office.page.waiting.model
    return str(model.cell(model.ids().index(visit_id), 3, roles.DISPLAY))


def test_the_row_says_who_has_the_person_in_hand_and_a_chief_takes_over(chiefs: Office) -> None:
    """Without it two people reach for one citizen; with it a chief may step in, and says why."""
    office = chiefs
    box = office.page.pane.visit.standing
    office.counter.holders = LeaseHolders(holders=(held(office, "v-due"),))
    box.holders.ask()
    office.until(lambda: "孙 ·" in caller_of(office, "v-due"))
    assert caller_of(office, "v-due").split()[-1] == "09:27"
    look(office, "v-due")
    assert "孙倩" in box.bar.text()
    office.key(Key.Key_X)
    assert box.line.isVisible()
    office.type("ab")
    office.key(Key.Key_Return)
    assert box.line.isVisible(), "two letters are no reason"
    office.type("sence of the caller")
    office.key(Key.Key_Return)
    office.until(lambda: office.page.pane.session.state == "held")
    assert office.counter.reasons == ["absence of the caller"]
    office.counter.holders = LeaseHolders(holders=())
    box.holders.ask()
    office.until(lambda: "孙 ·" not in caller_of(office, "v-due"))


def test_whoever_was_taken_over_reads_by_whom_and_why(office: Office) -> None:
    box = office.page.pane.visit.standing
    box.holders.ask()
    told = TakenOver(visit_id="v-due", by_name="陈立新", at=office.store.clock.now(), reason="临时离岗")
    office.until(lambda: not box.holders._first)
    office.counter.holders = LeaseHolders(holders=(held(office, "v-due", name="陈立新"),), taken_over=(told,))
    box.holders.ask()
    office.until(lambda: "临时离岗" in office.page._bar.text())
    look(office, "v-due")
    assert not box._actions, "a caller takes nobody over"


def test_a_call_outside_the_rules_is_asked_for_by_keyboard(office: Office) -> None:
    """The citizen is at work until noon and asks to be rung then: two people may decide that, not one."""
    look(office, "v-rest")
    box = office.page.pane.visit.standing
    assert office.page.pane.visit.card.dial.reason()
    office.key(Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    office.type("only at noon")
    office.key(Key.Key_Return)
    office.until(lambda: "only at noon" in box.bar.text())
    assert "at least 3 hours between two calls" in box.bar.text(), "which rule is to be set aside"
    assert not box._actions, "nobody agrees to their own"


def test_a_second_person_agrees_to_it_and_the_call_may_be_made(chiefs: Office) -> None:
    asked = CallException(reason="only at noon", asked_by_id="p-x", asked_by="赵丽娜", asked_at=NOW)
    chiefs.page.show_queue("asked")
    assert chiefs.page.waiting.shown_ids() == (), "the rail leads here also while nobody asks"
    chiefs.page.show_queue("all")
    look(chiefs, "v-rest")
    visit = chiefs.in_hand("v-rest").visit
    pull(chiefs.desk, chiefs.store, replace(visit, exception=asked, version=visit.version + 1))
    signing = chiefs.page.pane.visit.standing
    chiefs.until(lambda: len(signing._actions) == 2)
    chiefs.page.show_queue("asked")
    chiefs.until(lambda: chiefs.page.waiting.shown_ids() == ("v-rest",))
    chiefs.page.show_queue("all")
    chiefs.key(Key.Key_X)
    chiefs.until(lambda: chiefs.page.pane.visit.card.dial.reason() == "")
    (decided,) = [r for r in chiefs.rows("visit") if isinstance(r, Visit) and r.id == "v-rest"]
    assert decided.exception is not None
    assert (decided.exception.state, decided.exception.decided_by) == ("agreed", CHIEF.name)
    chiefs.until(lambda: chiefs.page.waiting.shown_ids()[0] == "v-rest" or "v-rest" in _ready(chiefs))


def _ready(office: Office) -> list[str]:
    return [row.visit_id for row in office.page.waiting.rows() if row.standing.why == "exception"]


def test_visits_taken_along_are_called_and_recorded_without_a_network(office: Office) -> None:
    """In the village hall there is no network: whoever was taken along is called, nobody else, and nothing is lost."""
    page, desk = office.page, office.desk
    field = FieldDesk(desk, office.store.clock, desk)
    office.key(Key.Key_L)
    assert page.pane.currentWidget() is page.pane.field
    page.pane.field.form.submitted.emit()
    office.until(lambda: desk.online.carried is not None and page.pane.currentWidget() is not page.pane.field)
    desk.set_connection(OFFLINE)
    look(office, "v-report")
    assert page.pane.visit.card.dial.reason(), "nobody else may be called"
    office.counter.said.clear()
    office.take_next()
    assert page.pane.visit.visit_id == "v-booked"
    office.call()
    assert office.line.numbers == ["13900005521"]
    office.key(Key.Key_F2)
    office.until(office.finished)
    assert office.counter.said == [], "the server was asked for nothing"
    attempt = next(r for r in office.rows("attempt") if isinstance(r, Attempt) and r.visit_id == "v-booked")
    assert (attempt.lease_id, attempt.lease_epoch) == ("block-1", 1)
    kept = office.store.ask(kept_block)
    assert kept is not None
    assert kept.block.calls[0].phone, "a restart on the road goes on with it"
    desk.online.drop_numbers()
    office.until(lambda: _kept_numbers(office) == {""})
    look(office, "v-due")
    assert page.pane.visit.card.dial.reason(), "a lock takes the numbers"
    desk.set_connection(ONLINE)
    office.key(Key.Key_L)
    assert "taken along" not in page.pane.field._standing.text()
    field.deleteLater()


def _kept_numbers(office: Office) -> set[str]:
    kept = office.store.ask(kept_block)
    return {call.phone for call in kept.block.calls} if kept is not None else {""}


def test_the_time_on_the_road_runs_out_whatever_the_wall_clock_says(office: Office) -> None:
    page, desk = office.page, office.desk
    office.key(Key.Key_L)
    page.pane.field.form.submitted.emit()
    office.until(lambda: desk.online.carried is not None)
    carried = desk.online.carried
    assert carried is not None
    kept = carried.kept()
    assert carried.of_kept(replace(kept, at=kept.at + timedelta(days=400)), office.store.clock).left_s == 0
    assert carried.of_kept(replace(kept, seconds=60.0), office.store.clock).left_s <= 60
    office.store.clock.advance(3601)
    assert not carried.callable
    assert carried.lease("v-booked") is None
