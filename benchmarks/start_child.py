"""The program as `python -m desktop` starts it, told to say when it painted what, and to end then.

Changes nothing on the way to the first rows but where the keyring's answers come from.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.options import Options
from desktop.paths import ProfilePaths
from desktop.services.account import vault
from desktop.settings import Settings
from desktop.world import World

if TYPE_CHECKING:  # nothing here may import what the program itself imports only after its first paint
    from desktop.views.common.ticket_list.ticket_pane import TicketPane
    from desktop.views.shell.frame import Frame


def _say(name: str) -> None:
    print(f"painted {name} {time.monotonic()} {time.process_time()}", flush=True)


class _Timed(app.App):
    """The program, and a watch on its window."""

    def __init__(
        self, qt: QApplication, options: Options, paths: ProfilePaths, settings: Settings, world: World
    ) -> None:
        super().__init__(qt, options, paths, settings, world)
        self._pane: TicketPane | None = None
        self.window.painted.connect(self._window_painted)
        self.shown.connect(self._frame_shown)

    def _window_painted(self) -> None:
        _say("window")

    def _frame_shown(self, frame: Frame) -> None:
        from desktop.views.common.ticket_list.ticket_pane import TicketPane

        self._pane = cast(TicketPane, frame.findChild(TicketPane))  # an officer's first page
        self._pane.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._pane is not None:
            model = self._pane.model
            if model.rowCount() and model.cell(0, 0, int(Qt.ItemDataRole.DisplayRole)) is not None:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, self._rows_painted)
        return False

    def _rows_painted(self) -> None:
        _say("rows")
        self.window.close()


def main() -> int:
    from desktop.__main__ import main as start

    vault.ALLOWED[sys.platform] = ("benchmarks.memory_keyring.Keyring",)
    app.App = _Timed  # type: ignore[misc]  # the program makes one, by this name
    return start()


if __name__ == "__main__":
    sys.exit(main())
