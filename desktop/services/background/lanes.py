"""The lanes: one thread each, running jobs one after another, with a bounded end.

A lane knows nothing of stores or networks; it runs what it is given. One lane reads, one writes (commands and sync
pages), one speaks with the network.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")
Job = Callable[[], None]

_log = logging.getLogger(__name__)

_TURN_S = 0.001


def take_short_turns() -> None:
    """From now on, process-wide: a thread that computes gives Python's lock to another after a millisecond.

    Python's own five are two turns before the window's where two lanes work beside it: most of a frame.
    """
    sys.setswitchinterval(_TURN_S)


class LaneClosed(RuntimeError):
    """The program is ending; the work was not begun."""

    code = "closing"


class Lane:
    """A worker thread with a queue. Jobs must not raise; one that does is logged and the lane goes on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._jobs: deque[tuple[Job, Job | None]] = deque()
        self._wake = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(self, job: Job, dropped: Job | None = None) -> bool:
        """Queue ``job``; False when the lane is closed and the job will never run. Any thread.

        ``dropped`` is called instead when a queued job is thrown away at the end.
        """
        with self._wake:
            if self._closed:
                return False
            self._jobs.append((job, dropped))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._thread.start()
            self._wake.notify()
            return True

    def call(self, work: Callable[[], T]) -> T:
        """Run ``work`` in the lane and wait for its value or exception. From worker threads, never the GUI's.

        Raises :class:`LaneClosed` when the lane is closed. Called from the lane itself it runs at once.
        """
        if threading.current_thread() is self._thread:
            return work()
        future: Future[T] = Future()

        def job() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001  the caller's thread raises it again
                future.set_exception(error)

        if not self.submit(job, lambda: future.set_exception(LaneClosed(self.name))):
            raise LaneClosed(self.name)
        return future.result()

    def close(self, *, drain: bool, timeout_s: float) -> bool:
        """Take no more jobs; with ``drain`` run those queued, else drop them. True when the thread has ended.

        The thread is a daemon: one that hangs past ``timeout_s`` cannot keep the process alive.
        """
        with self._wake:
            self._closed = True
            thrown_away = [] if drain else [dropped for _, dropped in self._jobs if dropped is not None]
            if not drain:
                self._jobs.clear()
            self._wake.notify()
        for dropped in thrown_away:
            dropped()
        thread = self._thread
        if thread is None:
            return True
        thread.join(timeout_s)
        if thread.is_alive():
            _log.warning("lane %s did not end within %.1f s", self.name, timeout_s)
        return not thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._jobs and not self._closed:
                    self._wake.wait()
                if not self._jobs:
                    return
                job, _ = self._jobs.popleft()
            try:
                job()
            except Exception:  # noqa: BLE001  one bad job must not stop those behind it
                _log.exception("a job of lane %s raised", self.name)
            del job
