"""The promised calls of a week on one page: read, opened and moved by keyboard, and remembered in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Visit
from desktop.models.domain.tidings import Tidings
from desktop.services.background.tidings_watch import TidingsPlace, TidingsWatch
from desktop.services.queries.booked_calls import booked_days
from desktop.views.common.tray import Tray
from tests.support.builders import NOW, VISITOR
from tests.support.call_office import Key, Office, show_page
from tests.support.desks import pull
from tests.support.return_visits import open_call_desk, queue_rows, waiting
from tests.support.stores import open_desk_store

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    with open_desk_store(tmp_path, me=VISITOR) as store:
        store.pull(*queue_rows())
        with open_call_desk(store, language="en") as (desk, counter, line):
            opened = Office(qtbot, store, desk, counter, line, show_page(qtbot, desk))
            opened.key(Key.Key_B)
            opened.until(lambda: opened.page.calendar._in_hand is not None)
            yield opened


def booking(office: Office, visit_id: str) -> Visit:
    return next(row for row in office.rows("visit") if isinstance(row, Visit) and row.id == visit_id)


def test_a_booking_is_moved_by_keyboard_within_the_rules_and_confirmed(office: Office) -> None:
    """The citizen rings back and asks for an hour later; at noon nobody is rung, and the calendar says so."""
    view = office.page.calendar
    grid = view.grid
    assert grid.hasFocus()
    office.key(Key.Key_Up)
    assert grid.call() is not None
    office.key(Key.Key_Down)
    office.until(lambda: view._in_hand is not None and view._in_hand.visit.id == "v-later")
    office.key(Key.Key_Up, SHIFT)
    assert view.refusal(), "13:45 is in the lunch hours"
    office.key(Key.Key_Return)
    assert view.move_there.isVisible(), "nothing is recorded against the rules"
    for _ in range(5):
        office.key(Key.Key_Down)
    assert not view.refusal()
    before = booking(office, "v-later")
    office.key(Key.Key_Return)
    office.until(lambda: booking(office, "v-later").booked_at != before.booked_at)
    after = booking(office, "v-later")
    assert after.booked_at is not None
    assert after.booked_at == NOW.replace(hour=15, minute=0)
    assert after.assigned_to == before.assigned_to
    office.until(lambda: (c := grid.call()) is not None and c.at.hour == 15)
    office.key(Key.Key_Right, SHIFT)
    office.key(Key.Key_Escape)
    assert not view.move_there.isVisible()
    assert booking(office, "v-later").booked_at == after.booked_at
    office.key(Key.Key_Return)
    office.until(lambda: office.page.pane.visit.visit_id == "v-later")


def test_days_that_are_not_shown_are_counted_and_calls_at_one_time_stand_side_by_side(office: Office) -> None:
    """Two promises at two o'clock must both be seen; one of next week must not be forgotten."""
    at = NOW.replace(hour=14, minute=10)
    pull(
        office.desk,
        office.store,
        *waiting("同时", "钱女士", "3001", id="v-same", state="booked", booked_at=at),
    )
    week = at + timedelta(days=7)
    pull(
        office.desk,
        office.store,
        *waiting("下周", "周女士", "3002", id="v-next", state="booked", booked_at=week),
    )
    shown = office.store.ask(lambda r: booked_days(r, NOW.date(), 1))
    lanes = {call.visit_id: (call.lane, call.lanes) for call in shown.calls}
    assert (lanes["v-later"], lanes["v-same"], lanes["v-booked"]) == ((0, 2), (1, 2), (0, 1))
    assert (shown.earlier, shown.later) == (0, 1)
    office.key(Key.Key_PageDown)
    office.until(lambda: (c := office.page.calendar.grid.call()) is not None and c.visit_id == "v-next")


def test_whoever_promised_a_call_is_reminded_once_and_the_notice_names_nobody(office: Office) -> None:
    """A citizen who was told "half past nine" waits by the telephone, whatever the caller is doing."""
    page = office.page
    office.until(page._reminder.isVisible)
    assert "张女士" in page._reminder.text()
    page._reminder.hide()
    page.refresh()
    soon = NOW + timedelta(minutes=5)
    rows = waiting("井盖", "钱女士", "3001", id="v-soon", state="booked", booked_at=soon)
    watch = TidingsWatch(office.desk, TidingsPlace(wanted=False))
    counts: list[int] = []
    watch.promised.connect(counts.append)
    watch.look()
    office.until(lambda: watch._before is not None)
    pull(office.desk, office.store, *rows)
    watch.look()
    office.until(lambda: counts == [1])
    office.until(lambda: "v-soon" in page.waiting.shown_ids())
    assert sum("v-booked" in key for key in page._reminded) == 1
    tray = Tray()
    words = tray.words_of(Tidings(booked=1))
    assert "promised" in words
    assert Tidings(booked=1, escalated=3).queue == "booked"
    tray.close()
    watch.close()
