"""A desk that nobody touches lets the machine rest: no quick timers, and nothing written while nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from tests.support.builders import NOW
from tests.support.left_desk import desk_program
from tests.support.ticket_rows import reference, tickets

_PATIENCE_MS = 60_000
_SELDOM_MS = 5_000
_MINUTE_MS = 60_000
_REST_S = 2.0


def _ticking(app: App) -> list[QTimer]:
    """The timers that come again and again, of everything that lives in the window and behind it."""
    roots: list[QObject] = [app, *QApplication.topLevelWidgets()]
    found: dict[int, QTimer] = {}
    for root in roots:
        timers: Any = root.findChildren(QTimer)  # the stub answers for some of Qt's classes alone
        found |= {id(timer): timer for timer in timers}
    return [timer for timer in found.values() if timer.isActive() and not timer.isSingleShot()]


def _owner(timer: QTimer) -> str:
    parent: QObject | None = timer.parent()
    name = type(parent).__name__ if parent is not None else "nobody"
    seen = " (hidden)" if isinstance(parent, QWidget) and not parent.isVisible() else ""
    return f"{name}{seen} each {timer.interval()} ms"


def test_a_desk_at_rest_wakes_seldom_and_writes_nothing(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a laptop's battery and a disk's blocks pay for a window in which nothing happens."""
    monkeypatch.setattr("desktop.real_mode.find_owner", lambda: None)
    with desk_program(tmp_path, qapp) as program:
        program.leave(*reference(), *tickets(60, seed=5))
        app, look = program.begin()
        with qtbot.waitSignal(look.over, timeout=_PATIENCE_MS):
            pass
        app.begin_real(look)
        qtbot.waitUntil(lambda: app.session is not None and app.frame is not None, timeout=_PATIENCE_MS)
        session = app.session
        assert session is not None
        desk = session.desk
        page: Any = app.frame.page("supervision") if app.frame is not None else None
        qtbot.waitUntil(lambda: page.case.panel() is not None, timeout=_PATIENCE_MS)
        # Nobody answers there: the worker has tried, and rests.
        qtbot.waitUntil(lambda: desk.connection.next_try_at is not None, timeout=_PATIENCE_MS)
        told = NOW - program.real_now
        assert abs(desk.offset - told) < timedelta(minutes=1), (
            "a server out of reach took the office's time away"
        )
        session.worker.set_cut(True)

        quick = [_owner(timer) for timer in _ticking(app) if timer.interval() < _SELDOM_MS]
        assert quick == []

        def settled() -> bool:
            """Whatever was begun before is done: both lanes answer."""
            answers: list[int] = []
            desk.reading_lane.call(lambda: answers.append(1))
            desk.writing_lane.call(lambda: answers.append(2))
            return len(answers) == 2

        # What the start had to do (a failed round's pace, files tidied, the search looked to) is written.
        qtbot.waitUntil(_Rest(program.store.parent, program.now_s).lasts, timeout=_PATIENCE_MS)
        assert settled()
        before = _written(program.store.parent)
        for timer in _ticking(app):
            if timer.interval() <= _MINUTE_MS:  # not the daily look through the store, which is noted
                timer.timeout.emit()
        qtbot.waitUntil(settled, timeout=_PATIENCE_MS)
        assert _written(program.store.parent) == before


class _Rest:
    """Whether nothing has been written for a while."""

    def __init__(self, folder: Path, now_s: Callable[[], float]) -> None:
        self._folder, self._now_s = folder, now_s
        self._seen, self._since = _written(folder), now_s()

    def lasts(self) -> bool:
        seen = _written(self._folder)
        if seen != self._seen:
            self._seen, self._since = seen, self._now_s()
        return self._now_s() - self._since > _REST_S


def _written(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.name: (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.is_file()
    }
