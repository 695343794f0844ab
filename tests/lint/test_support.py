"""The tests' own tools: a guard that lets leftovers pass, or a stand-in unlike the real file, would hide faults."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support import boston
from tests.support.leaks import LeakGuard


def test_the_guard_names_a_thread_that_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = LeakGuard(monkeypatch)
    monkeypatch.setattr("tests.support.leaks._GRACE", 0.01)
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="forgotten")
    thread.start()
    assert guard.leftovers() == ["thread still runs: forgotten"]
    release.set()
    thread.join()
    assert guard.leftovers() == []


@pytest.mark.usefixtures("qapp")
def test_the_guard_names_a_timer_and_a_widget_that_were_left(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = LeakGuard(monkeypatch)
    timer = QTimer()
    timer.start(60_000)
    window = QWidget()
    kinds = [line.split(":")[0] for line in guard.leftovers()]
    assert kinds == ["QTimer still runs", "top-level widget left"]
    timer.stop()
    del window
    assert guard.leftovers() == []


def test_the_guard_is_content_with_what_qtbot_cleans_up(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()


def test_the_stand_in_has_the_real_files_edge_cases(tmp_path: Path) -> None:
    made = boston.write_stand_in(tmp_path / "made.zip")
    again = boston.write_stand_in(tmp_path / "again.zip")
    assert made.path.read_bytes() == again.path.read_bytes()

    rows = list(made.read())
    assert len(rows) == boston.STAND_IN_ROWS
    assert len({row["case_enquiry_id"] for row in rows}) == len(rows)
    assert len({row["type"] for row in rows}) == 141
    opened = Counter(row["open_dt"] for row in rows)
    share_of = {
        "no target": sum(row["target_dt"] == "" for row in rows),
        "a target that means never": sum(row["target_dt"].startswith("2059-12-31") for row in rows),
        "a target before opening": sum("" < row["target_dt"] <= row["open_dt"] for row in rows),
        "never closed": sum(row["closed_dt"] == "" for row in rows),
        "closed in later years": sum(row["closed_dt"] > "2013" for row in rows),
        "closed as it was opened": sum(row["closed_dt"] == row["open_dt"] for row in rows),
        "no place": sum(row["location"] == " " for row in rows),
        "text that is not ASCII": sum(not row["closure_reason"].isascii() for row in rows),
        "quotes": sum('"' in row["closure_reason"] for row in rows),
        "commas": sum("," in row["closure_reason"] for row in rows),
        "opened in one second": sum(count - 1 for count in opened.values() if count > 1),
        "one target for many": max(Counter(row["target_dt"] for row in rows if row["target_dt"]).values())
        - 1,
    }
    assert [name for name, count in share_of.items() if count == 0] == []
    real = boston.real_file()
    if real:
        assert set(next(boston.BostonFile(real, real=True).read())) == set(boston.COLUMNS)
