"""Each widget for outside text against each of sixty payloads: painted as it was typed, in time, asking nobody.

The pages that are made of these widgets are walked in test_hostile_pages.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.common.text import PlainLabel, PlainText, menu_text, plain, set_plain_tooltip
from tests.support.hostile import beyond_the_wire, payloads
from tests.support.hostile_watch import MOST_S, Trap, faults_of, set_trap

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    folder = tmp_path / "trap"
    folder.mkdir()
    with set_trap(folder) as made:
        yield made


def test_the_trap_notices_a_widget_that_renders(qtbot: QtBot, trap: Trap) -> None:
    """A trap that catches nothing proves nothing: the bare widget opens the file."""
    bare = QLabel(f'<img src="{trap.file}">')
    qtbot.addWidget(bare)
    bare.grab()
    assert trap.touched() == (1 if sys.platform.startswith("linux") else 0)
    with socket.create_connection(("127.0.0.1", trap.port)):
        qtbot.waitUntil(lambda: trap.touched() == 1)


@pytest.mark.parametrize("name", [*payloads(), *beyond_the_wire()])
def test_each_widget_for_outside_text_holds_against_each_payload(qtbot: QtBot, trap: Trap, name: str) -> None:
    """What no server can send comes by a file or the clipboard: a megabyte, half a character."""
    payload = (payloads(str(trap.file), f"127.0.0.1:{trap.port}") | beyond_the_wire())[name]
    root = QWidget()
    qtbot.addWidget(root)
    root.resize(420, 600)
    root.show()
    makers: dict[str, Callable[[], QWidget]] = {
        "label": lambda: PlainLabel(payload, root),
        "wrapped": lambda: PlainLabel(payload, root, wrap=True, selectable=True, limit=20_000),
        "view": lambda: PlainText(payload, root),
        "tooltip": lambda: _with_tooltip(root, payload),
    }
    for which, make in makers.items():
        began = time.thread_time()
        made = make()
        made.resize(400, max(24, made.heightForWidth(400)) if which == "wrapped" else 300)
        made.show()
        made.grab()
        took = time.thread_time() - began
        assert took < MOST_S, (which, took)
        made.hide()
    assert faults_of(root) == []
    menu_text(payload).encode("utf-8")
    shown = plain(payload, 120, single_line=True)
    assert "\n" not in shown
    assert len(shown) <= 120
    assert trap.touched() == 0


def _with_tooltip(root: QWidget, payload: str) -> QWidget:
    made = QWidget(root)
    set_plain_tooltip(made, payload)
    return made
