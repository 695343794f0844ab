"""Who watches the pages while hostile texts are on them: a trap nobody may touch, and a look at every widget.

A widget may not render, may show nothing that hides or reorders letters, and paints in time. The figure of 200 ms is
the office's: it is measured as the GUI thread's own processor time, so that a busy machine does not count.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.models.domain.harmless import harmless
from desktop.services.background.desk import Desk
from desktop.services.queries.base import Reader
from desktop.views.common.tables import ListTable
from desktop.views.shell.frame import Frame

MOST_S = 0.2
"""To paint a page."""

_IN_OPEN = 0x20
"""inotify's word for a file that was opened."""


@dataclass
class Trap:
    """A file and a port that nobody may touch."""

    file: Path
    port: int
    _opened: Callable[[], int]
    _asked: Callable[[], int]

    def touched(self) -> int:
        """How often since last time."""
        return self._opened() + self._asked()


@contextmanager
def set_trap(folder: Path) -> Iterator[Trap]:
    file = folder / "canary.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    with socket.socket() as listening, ExitStack() as stack:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)

        def asked() -> int:
            try:
                listening.accept()[0].close()
            except BlockingIOError:
                return 0
            return 1

        opened: Callable[[], int] = lambda: 0  # noqa: E731  a system that cannot watch
        if sys.platform.startswith("linux"):
            libc = ctypes.CDLL(None, use_errno=True)
            watch = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            stack.callback(os.close, watch)
            assert libc.inotify_add_watch(watch, os.fsencode(folder), _IN_OPEN) >= 0

            def opened() -> int:
                try:
                    return len(os.read(watch, 4096)) > 0
                except BlockingIOError:
                    return 0

        yield Trap(file, listening.getsockname()[1], opened, asked)


@dataclass
class Seen:
    """What was found on the pages of one person."""

    slow: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    painted: int = 0


class Watcher(QObject):
    """Shows pages and looks at every widget on them."""

    def __init__(self, qtbot: QtBot, desk: Desk, frame: Frame) -> None:
        super().__init__(frame)
        self.qtbot, self.desk, self.frame = qtbot, desk, frame
        self.seen = Seen()
        self._answers = 0

    def settle(self) -> None:
        """Until the answers to all that was asked are on the screen: questions are answered in order."""
        for _ in range(3):
            before = self._answers
            self.desk.run_query(self, _nothing, self._answered)
            self.qtbot.waitUntil(partial(self._has_more_than, before))

    def _has_more_than(self, before: int) -> bool:
        return self._answers > before

    def _answered(self, _: object) -> None:
        self._answers += 1

    def look(self, name: str, shown: QWidget) -> None:
        """Paint it whole, and look at what each widget says."""
        took = min(self._painted(shown), self._painted(shown)) if self._painted(shown) > MOST_S else 0.0
        self.seen.painted += 1
        if took > MOST_S:  # three times: what else the machine did is not the text's doing
            self.seen.slow.append(f"{name}: {took * 1000:.0f} ms")
        self.seen.bare += [f"{name}: {fault}" for fault in faults_of(shown)]

    def show(self, key: str, queue: str = "") -> int:
        """Open a page with one of its queues, and look at it; how many rows its list has."""
        name = f"{key} {queue}".strip()
        self.act(name, lambda: self.frame.open_page(key, queue))
        self.look(name, self.frame)
        return sum(table.model().rowCount() for table in self.tables(key)[:1])

    def walk(self, key: str, most: int) -> None:
        """Choose the first rows of the page's list."""
        table = self.tables(key)[0]
        for row in range(min(most, table.model().rowCount())):
            self.act(f"{key} row {row}", partial(table.select_row, row))
            self.look(f"{key} row {row}", self.frame.page(key))

    def tables(self, key: str) -> list[ListTable]:
        """The lists in sight on a page."""
        found: list[ListTable] = self.frame.page(key).findChildren(ListTable)
        return [table for table in found if table.isVisible()]

    def _painted(self, shown: QWidget) -> float:
        began = time.thread_time()
        shown.grab()
        return time.thread_time() - began

    def act(self, name: str, do: Callable[[], object]) -> None:
        """A click, and everything that follows from it."""
        do()
        self.settle()


def faults_of(root: QWidget) -> list[str]:
    """Widgets that may render, and texts that hide or reorder something."""
    found = []
    widgets: list[QWidget] = [root, *root.findChildren(QWidget)]
    for widget in widgets:
        name = type(widget).__name__
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"{name} guesses")
        if isinstance(widget, QTextEdit):
            found.append(f"{name} renders")
        tip = widget.toolTip()
        if not tip.startswith('<div style="white-space: pre-wrap">') and "<" in tip:
            found.append(f"{name} has a rich tooltip")
        hidden = [text for text in _texts(widget) if harmless(text) != text]
        found += [f"{name} shows {text[:60]!a}" for text in hidden]
    return found


def _texts(widget: QWidget) -> list[str]:
    texts = [widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
    if isinstance(widget, (QLabel, QAbstractButton)):
        texts.append(widget.text().replace("\u200b", ""))  # where a long word may be broken
    if isinstance(widget, QLineEdit):
        texts += [widget.text(), widget.placeholderText()]
    if isinstance(widget, QComboBox):
        texts += [widget.itemText(row) for row in range(widget.count())]
    if isinstance(widget, QPlainTextEdit):
        texts.append(widget.toPlainText().replace("\u200b\n", "\n"))
    return texts


def _nothing(r: Reader) -> None:
    return None
