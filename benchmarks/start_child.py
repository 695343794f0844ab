"""The program as `python -m desktop` starts it, told to say when it painted what, and to end then.

Changes nothing on the way to the first rows but where the keyring's answers come from.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.options import Options
from desktop.paths import ProfilePaths
from desktop.services.account import vault
from desktop.settings import Settings
from desktop.world import World

if TYPE_CHECKING:  # nothing here may import what the program itself imports only after its first paint
    from desktop.views.shell.frame import Frame
    from desktop.views.supervision.page import SupervisionPage


def _say(name: str) -> None:
    print(f"painted {name} {time.monotonic()} {time.process_time()}", flush=True)


class _Timed(app.App):
    """The program, and a watch on its window."""

    def __init__(
        self, qt: QApplication, options: Options, paths: ProfilePaths, settings: Settings, world: World
    ) -> None:
        super().__init__(qt, options, paths, settings, world)
        self._page: SupervisionPage | None = None
        self._looked = False
        self._poll = QTimer(self)
        self._poll.setInterval(2)
        self._poll.timeout.connect(self._look_whether_ready)
        self.window.painted.connect(self._window_painted)
        self.looked.connect(self._rows_painted)
        self.shown.connect(self._frame_shown)

    def _window_painted(self) -> None:
        _say("window")
        _say_when_the_key_is_here()

    def _rows_painted(self) -> None:
        if not self._looked:
            self._looked = True
            _say("rows")

    def _frame_shown(self, frame: Frame) -> None:
        self._page = frame.page(frame.current_page)  # an officer's first page
        assert self._page is not None
        self._page.list.table.viewport().installEventFilter(self)
        self._poll.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._page is not None:
            model = self._page.list.model
            if model.rowCount() and model.cell(0, 0, int(Qt.ItemDataRole.DisplayRole)) is not None:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, self._rows_painted)
        return False

    def _look_whether_ready(self) -> None:
        """Ready: the list's rows are the desk's own, none is under way, and the case beside it is here."""
        page = self._page
        if page is None or not self._looked or page.list.model.waiting():
            return
        if page.case.panel() is not None:
            self._poll.stop()
            QTimer.singleShot(0, self, self._ready)

    def _ready(self) -> None:
        _say("ready")
        self.window.close()


def _say_when_the_key_is_here() -> None:
    from desktop.services.account.early_keyring import EarlyKeyring

    look = EarlyKeyring.look

    def told(self: EarlyKeyring) -> bytes | None:
        key = look(self)
        _say("key")
        return key

    EarlyKeyring.look = told  # type: ignore[method-assign]  # the program's own, with a word after it


def main() -> int:
    from desktop.__main__ import main as start

    if "BENCH_SECRETS" in os.environ:  # else the keyring of the machine
        vault.ALLOWED[sys.platform] = ("benchmarks.memory_keyring.Keyring",)
    app.App = _Timed  # type: ignore[misc]  # the program makes one, by this name
    return start()


if __name__ == "__main__":
    sys.exit(main())
