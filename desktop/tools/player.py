"""Plays a script in the running event loop: a generator that yields what it waits for.

    def script():
        page = app.frame.open_page("supervision")
        yield lambda: page.list.table.model().rowCount() > 0
        ...

It never turns the event loop itself; a condition that does not come true in time ends the script with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

Condition = Callable[[], Any]
Script = Generator[Condition | float, None, None]

LOOK_MS = 20
LIMIT_MS = 60_000


class ScriptStuck(Exception):
    """What the script waited for did not happen."""


class Player(QObject):
    """Plays one script. ``ended`` carries None, or the exception that ended it early.

    A script yields a condition (go on once it is true) or seconds as a float (let the window settle: painting).
    """

    ended = Signal(object)

    def __init__(self, script: Script, parent: QObject | None = None, *, limit_ms: int = LIMIT_MS) -> None:
        super().__init__(parent)
        self._script = script
        self._limit_ms = limit_ms
        self._waited = 0
        self._wanted: Condition | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def play(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start(0)

    def give_up(self, why: str) -> None:
        """End the script early for a reason from outside."""
        self._timer.stop()
        self.ended.emit(ScriptStuck(f"{self._place()}: {why}"))

    def _look(self) -> None:
        try:
            if self._wanted is not None and not self._wanted():
                self._waited += LOOK_MS
                if self._waited > self._limit_ms:
                    raise ScriptStuck(self._place())
                self._timer.start(LOOK_MS)
                return
            step = next(self._script)
        except StopIteration:
            self.ended.emit(None)
        except Exception as error:  # noqa: BLE001  whatever it was, whoever started the script decides
            self.ended.emit(error)
        else:
            self._waited = 0
            self._wanted = None if isinstance(step, float) else step
            self._timer.start(round(step * 1000) if isinstance(step, float) else 0)

    def _place(self) -> str:
        frame: Any = self._script
        lines = []
        while frame is not None and getattr(frame, "gi_frame", None) is not None:
            lines.append(f"{frame.gi_code.co_name}:{frame.gi_frame.f_lineno}")
            frame = frame.gi_yieldfrom
        return " → ".join(lines)
