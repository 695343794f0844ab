"""How long a window's event loop stands still while other threads of its process work. Measures; judges nothing.

The loop turns on the main thread with a timer of :data:`TICK_S`, as a window that is being scrolled does; each gap is
the time from one tick to the next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from desktop.services.background.lanes import take_short_turns

T = TypeVar("T")

TICK_S: Final = 0.004


def beside(work: Callable[[], T]) -> tuple[T, list[float]]:
    """Runs ``work`` in a thread of its own while the loop turns here: its value, and the gaps in seconds.

    Raises what ``work`` raises.
    """
    application = QCoreApplication.instance() or QCoreApplication([])
    take_short_turns()  # as a desk does
    loop, timer = QEventLoop(), QTimer()
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now
        if not thread.is_alive():
            loop.quit()

    answer: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(work())
        except BaseException as error:  # noqa: BLE001  it is raised below, where the caller hears it
            failed.append(error)

    thread = threading.Thread(target=run, name="beside the loop")
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    thread.start()
    last = time.perf_counter()
    timer.start(int(TICK_S * 1000))
    loop.exec()
    timer.stop()
    thread.join()
    del application
    if failed:
        raise failed[0]
    return answer[0], gaps


def at_rest(seconds: float) -> list[float]:
    """The gaps of a loop beside which nothing works: what the machine itself takes."""
    return beside(lambda: threading.Event().wait(seconds))[1]


def slowest(gaps: list[float], share: float) -> float:
    """What ``share`` of the gaps stay within, 0.99 for 99 of 100."""
    ordered = sorted(gaps)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
