"""Several server processes behind one listening socket, and the process that starts, watches and ends them.

The watching process answers nothing itself. A worker that ends by itself is started again; one that cannot live takes
everything down with a word rather than being started for ever. POSIX only: the socket is inherited.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from desktop.models.domain.clock import Clock, Wait

_LOOK_S = 0.2
_START_S = 120
_END_S = 15
_LIVES, _WITHIN_S = 5, 60.0


class WorkersFailed(Exception):
    """The workers do not run; the text is for the administrator."""


class Workers:
    """``count`` processes of ``command``, which is told its ready file as the last argument. Used once.

    ``every_look`` is called a few times a second while they run and says False when it is time to end.
    """

    def __init__(
        self,
        count: int,
        command: Sequence[str],
        listener: socket.socket,
        *,
        clock: Clock,
        wait: Wait,
        err: TextIO,
    ) -> None:
        self._command = command
        self._listener = listener
        self._clock = clock
        self._wait = wait
        self._err = err
        self._stop = threading.Event()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._count = count
        self._started: deque[float] = deque(maxlen=_LIVES + count)

    def run(self, ready: Callable[[], None], every_look: Callable[[], bool]) -> None:
        """Until a signal or ``every_look`` ends it. ``ready`` is called once all of them listen.

        Raises :class:`WorkersFailed`.
        """
        with TemporaryDirectory(prefix="central-") as folder, self._stopped_by_signals():
            try:
                for number in range(self._count):
                    self._start(number, Path(folder))
                self._await_ready(Path(folder))
                if not self._stop.is_set():
                    ready()
                while not self._wait(_LOOK_S, self._stop) and every_look():
                    self._replace_the_dead(Path(folder))
            finally:
                self._end()

    def _start(self, number: int, folder: Path) -> None:
        self._started.append(self._clock.monotonic())
        self._running[number] = subprocess.Popen(
            [sys.executable, "-m", "central", *self._command, "--ready-file", str(folder / str(number))],
            pass_fds=[self._listener.fileno()],
            stdout=subprocess.DEVNULL,
        )

    def _await_ready(self, folder: Path) -> None:
        until = self._clock.monotonic() + _START_S
        while not all((folder / str(number)).exists() for number in self._running):
            if any(process.poll() is not None for process in self._running.values()):
                raise WorkersFailed("a worker ended while it started; its reason stands above")
            if self._clock.monotonic() > until:
                raise WorkersFailed("the workers do not start")
            if self._wait(_LOOK_S, self._stop):
                return

    def _replace_the_dead(self, folder: Path) -> None:
        for number, process in list(self._running.items()):
            if process.poll() is None:
                continue
            if self._lives_are_used_up():
                raise WorkersFailed(f"workers end again and again, the last with status {process.returncode}")
            print(
                f"worker {process.pid} ended with status {process.returncode}; starting another",
                file=self._err,
                flush=True,
            )
            self._start(number, folder)

    def _lives_are_used_up(self) -> bool:
        full = len(self._started) == self._started.maxlen
        return full and self._clock.monotonic() - self._started[0] < _WITHIN_S

    def _end(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @contextmanager
    def _stopped_by_signals(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, lambda *_: self._stop.set()) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
