"""What was slow in this session: questions and commands past 50 ms, moments in which the window did not answer.

A bounded record in memory, of names of our own functions, milliseconds and places in the program; no value that anybody
typed or that stands in a case can get in. ``StallWatch`` is its eye on the GUI thread: a thread of its own that asks it
for a sign of life while somebody is at work, and sleeps without a single wake-up while nobody is.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import FrameType
from typing import Any, Final, Literal

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot

from desktop.models.domain.clock import Clock
from desktop.services.background.touches import Touches

SLOW_S: Final = 0.050
STALL_S: Final = 0.100
_KEPT: Final = 100
_FRAMES: Final = 24
_BETWEEN_S: Final = 0.1
_CALM_ROUNDS: Final = 30
"""So many times it is asked after the last sign of work; then the thread sleeps until the next one."""
_LONGEST_S: Final = 60.0
_CLOSE_S: Final = 5.0
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.Resize,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Slow(Struct, frozen=True):
    """A question or command: ``waited_ms`` for its lane, ``ran_ms`` in it."""

    at: datetime
    kind: Literal["query", "command"]
    name: str
    waited_ms: int
    ran_ms: int


class Stall(Struct, frozen=True):
    """The window did not answer for about ``ms``; ``stack`` is where it was then, innermost last."""

    at: datetime
    ms: int
    stack: tuple[str, ...]


class SpeedLog:
    """The latest hundred of each kind. Thread-safe. Times are this machine's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._slow: deque[Slow] = deque(maxlen=_KEPT)
        self._stalls: deque[Stall] = deque(maxlen=_KEPT)

    def now_s(self) -> float:
        """A moment to reckon from: monotonic seconds."""
        return self._clock.monotonic()

    def note(
        self, kind: Literal["query", "command"], work: Callable[..., Any], asked_s: float, began_s: float
    ) -> None:
        """``work`` has just ended; it is kept only if it took long."""
        ran = self.now_s() - began_s
        if ran > SLOW_S:
            waited = round((began_s - asked_s) * 1000)
            self._slow.append(Slow(self._clock.now(), kind, name_of(work), waited, round(ran * 1000)))

    def note_stall(self, seconds: float, stack: tuple[str, ...]) -> None:
        """The GUI thread was away."""
        self._stalls.append(Stall(self._clock.now(), round(seconds * 1000), stack))

    def slow(self) -> tuple[Slow, ...]:
        """Oldest first."""
        return tuple(self._slow)

    def stalls(self) -> tuple[Stall, ...]:
        """Oldest first."""
        return tuple(self._stalls)


def name_of(work: Callable[..., Any]) -> str:
    """Where a function of ours is written; nothing of what it was called with."""
    while isinstance(work, partial):
        work = work.func
    module = getattr(work, "__module__", "") or ""
    name = getattr(work, "__qualname__", type(work).__qualname__)
    return f"{module.removeprefix('desktop.')}.{name.replace('.<locals>', '')}"


class StallWatch(QObject):
    """Made on the GUI thread, which it watches from then on until ``close``."""

    _asked = Signal()

    def __init__(
        self, log: SpeedLog, parent: QObject | None = None, *, calmed: Callable[[], None] | None = None
    ) -> None:
        """``calmed`` is called in the watch's thread each time before it goes to sleep."""
        super().__init__(parent)
        self._log = log
        self._calmed = calmed
        self._gui = threading.get_ident()
        self._answered = threading.Event()
        self._work = threading.Event()
        self._closing = threading.Event()
        self._stirred = False
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._touches = Touches(_INPUT, self.stir, self)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def stir(self) -> None:
        """From any thread: the GUI thread is about to have something to do."""
        self._stirred = True
        if not self._work.is_set():
            self._work.set()
            with self._starting:
                if self._thread is None and not self._closing.is_set():
                    self._thread = threading.Thread(target=self._run, name="stalls", daemon=True)
                    self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._answered.set()
        self._work.set()
        self._touches.end()
        with self._starting:
            thread = self._thread
        if thread is not None:
            thread.join(_CLOSE_S)

    @Slot()
    def _answer(self) -> None:
        self._answered.set()

    # -- in its own thread -------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing.is_set():
            self._work.wait()
            calm = 0
            while calm < _CALM_ROUNDS and not self._closing.is_set():
                calm = 0 if self._stirred else calm + 1
                self._stirred = False
                self._ask()
                self._closing.wait(_BETWEEN_S)
            if self._calmed is not None and not self._closing.is_set():
                self._calmed()
            self._work.clear()
            if self._stirred:
                self._work.set()

    def _ask(self) -> None:
        self._answered.clear()
        if self._closing.is_set():
            return
        began = self._log.now_s()
        self._asked.emit()
        if self._answered.wait(STALL_S) or self._closing.is_set():
            return
        stack = stack_of(sys._current_frames().get(self._gui))
        self._answered.wait(_LONGEST_S)
        if not self._closing.is_set():
            self._log.note_stall(self._log.now_s() - began, stack)


def stack_of(frame: FrameType | None) -> tuple[str, ...]:
    """Where a thread stands: the innermost frames, as file, line and function; no value of any variable."""
    lines: list[str] = []
    while frame is not None and len(lines) < _FRAMES:
        code = frame.f_code
        place = "/".join(code.co_filename.replace("\\", "/").split("/")[-3:])
        lines.append(f"{place}:{frame.f_lineno} {code.co_qualname}")
        frame = frame.f_back
    return tuple(reversed(lines))
