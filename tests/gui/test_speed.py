"""What the program tells of its own slowness: enough to find the cause, and nothing of a case."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.models.domain.clock import SystemClock
from desktop.services.background.speed import SpeedLog, Stall, StallWatch, name_of
from desktop.services.queries.base import Reader
from desktop.views.shell.speed_sheet import SpeedSheet
from tests.support.builders import make_ticket
from tests.support.supervision_stage import LATE, Theatre, open_theatre

SECRET = "13800001234 张女士"


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def hold_up(seconds: float) -> None:
    """Work that does not give the thread back."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass


def stalls_in(log: SpeedLog, function: str) -> list[Stall]:
    """Those that were found in a function."""
    return [stall for stall in log.stalls() if any(function in line for line in stall.stack)]


def test_a_window_that_does_not_answer_is_found_with_the_place_where_it_stood(qtbot: QtBot) -> None:
    """ "It hangs sometimes" cannot be mended without the place."""
    log = SpeedLog(SystemClock())
    watch = StallWatch(log)
    hangs = QTimer(watch)
    hangs.timeout.connect(lambda: hold_up(0.5))
    try:
        watch.stir()
        hangs.start(0)
        # On a busy machine there may be other stalls, and the look at one of ours may come too late.
        qtbot.waitUntil(lambda: bool(stalls_in(log, "hold_up")))
        assert stalls_in(log, "hold_up")[0].ms > 100
    finally:
        hangs.stop()
        watch.close()


def test_nobody_is_woken_while_nothing_happens(qtbot: QtBot) -> None:
    """A laptop on battery: the watch sleeps until there is work, and its thread is not even there before the first."""
    log = SpeedLog(SystemClock())
    watch = StallWatch(log)
    asked: list[int] = []
    watch._asked.connect(lambda: asked.append(1))
    try:
        assert watch._thread is None
        watch.stir()
        qtbot.waitUntil(lambda: not watch._work.is_set())
        before = len(asked)
        watch.stir()
        qtbot.waitUntil(lambda: len(asked) > before)
    finally:
        watch.close()
    assert not any(thread.name == "stalls" for thread in threading.enumerate())


def test_a_slow_question_is_told_by_name_and_without_what_it_asked(theatre: Theatre) -> None:
    """The record is shown to colleagues and handed on; a telephone number in it would be a leak."""
    stage = theatre.open(make_ticket(due_at=LATE, title=SECRET))
    stage.listed(1)
    asked_for = SECRET
    answers: list[str] = []

    def slow_question(r: Reader) -> str:
        reader_s = stage.desk.speed.now_s()
        stage.store.clock.advance(1)  # the desk's own clock says that a second went by
        return f"{asked_for}{reader_s}"

    class Home(QTimer):
        def take(self, answer: str) -> None:
            answers.append(answer)

    home = Home(stage.page)
    stage.desk.run_query(home, slow_question, home.take)
    stage.qtbot.waitUntil(lambda: bool(answers))
    stage.qtbot.waitUntil(lambda: bool(stage.desk.speed.slow()))
    slow = stage.desk.speed.slow()[-1]
    assert slow.ran_ms >= 1_000
    assert slow.name == name_of(slow_question)
    assert slow.name.endswith("test_a_slow_question_is_told_by_name_and_without_what_it_asked.slow_question")
    sheet = SpeedSheet(stage.desk, stage.page)
    shown = sheet.record.toPlainText()
    assert "slow_question" in shown
    assert "1380" not in shown
    assert "张" not in shown
    sheet.close()


def test_the_record_is_bounded() -> None:
    """A program left open for weeks must not grow by its own diary."""
    log = SpeedLog(SystemClock())
    for _ in range(500):
        log.note("query", hold_up, 0.0, log.now_s() - 1)
        log.note_stall(1.0, ())
    assert (len(log.slow()), len(log.stalls())) == (100, 100)
