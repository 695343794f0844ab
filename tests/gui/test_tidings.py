"""What the tray tells: once for many, nothing of anybody, nothing in the quiet hours but all of it after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.tidings import QuietHours, Tidings, Watched, tidings_between
from desktop.services.background.tidings_watch import TidingsPlace, TidingsWatch
from desktop.settings import Settings
from desktop.views.common.tray import Tray
from desktop.views.shell.tidings_sheet import TidingsSheet
from tests.support.builders import NOW, OFFICER, make_notice, make_ticket, make_urge, reference_rows
from tests.support.desks import open_desk, pull
from tests.support.stores import DeskStore, open_desk_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        opened.pull(*reference_rows())
        yield opened


def test_only_what_is_new_is_told_and_a_single_case_by_its_number() -> None:
    before = Watched(escalated={"a": "1", "b": "2"}, due={"c": "3"})
    assert not tidings_between(before, before)
    assert not tidings_between(before, Watched()), "what went is no news"
    one = tidings_between(before, replace(before, due={"c": "3", "d": "4"}))
    assert one == Tidings(due=1, number="4")
    many = tidings_between(Watched(), replace(before, answered={"a": "1"}))
    assert (many.escalated, many.answered, many.due, many.number) == (2, 1, 1, "")
    assert (many.queue, one.queue, Tidings(answered=1).queue) == ("escalated", "due_today", "answered")


def test_quiet_hours_may_pass_midnight() -> None:
    night, noon = QuietHours(time(18), time(8, 30)), QuietHours(time(12), time(14))
    for hour, quiet in ((7, True), (9, False), (17, False), (18, True), (23, True)):
        assert night.hold(NOW.replace(hour=hour, minute=0)) is quiet, hour
    assert noon.hold(NOW.replace(hour=13))
    assert not noon.hold(NOW.replace(hour=14))
    assert not QuietHours(time(9), time(9)).hold(NOW), "the same time twice: never"


def test_what_comes_is_told_in_one_breath_and_names_nobody(qtbot: QtBot, store: DeskStore) -> None:
    """An escalated case, an answer to my urge, a limit within the hour: one notice; an answer to a colleague, none."""
    mine, theirs = make_ticket(), make_ticket()
    asked, act = (
        make_urge(mine, by_id=OFFICER.person_id),
        make_notice(theirs, author_id="p-colleague", state="issued"),
    )
    later = make_ticket(due_at=NOW + timedelta(hours=3))
    store.pull(mine, theirs, asked, act, later)
    with open_desk(store, language="en") as desk:
        place, tray = TidingsPlace(quiet=QuietHours(time(0), time(0))), Tray()
        watch = TidingsWatch(desk, place)
        told: list[Tidings] = []
        watch.told.connect(told.append)
        watch.look()
        qtbot.waitUntil(lambda: watch._before is not None)
        assert not told, "what a person finds when they come is no news"
        answered = replace(
            asked, version=2, acknowledged_at=NOW + timedelta(minutes=1), acknowledgement="在办"
        )
        replied = replace(
            act, version=2, state="replied", reply_text="已办", replied_at=NOW + timedelta(minutes=1)
        )
        soon = replace(later, version=2, due_at=NOW + timedelta(minutes=30))
        pull(desk, store, answered, replied, soon, replace(theirs, version=2, supervised=True))
        place.quiet = QuietHours(time(0), time(23, 59))
        held = watch._before
        with qtbot.assertNotEmitted(watch.told, wait=300):
            watch.look()
        assert watch._before is held, "what comes in the quiet hours is told after them"
        place.quiet = QuietHours(time(0), time(0))
        with qtbot.waitSignal(watch.told):
            watch.look()
        assert told == [Tidings(escalated=1, answered=1, due=1)]
        words = tray.words_of(told[0])
        assert (
            words
            == "1 case(s) newly escalated · 1 answer(s) to your supervision · 1 case(s) due within the hour"
        )
        assert tray.words_of(Tidings(due=1, number=later.number)).startswith(later.number)
        watch.close()
        tray.close()


def test_what_is_chosen_is_there_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    over = QWidget()
    qtbot.addWidget(over)
    sheet = TidingsSheet(settings.tidings_place(), over)
    sheet.wanted.set_value("no")
    sheet.begins.set_value("20:30")
    sheet.save.click()
    kept = Settings(tmp_path / "settings.ini").tidings_place()
    assert (kept.wanted, kept.quiet) == (False, QuietHours(time(20, 30), time(8, 30)))
