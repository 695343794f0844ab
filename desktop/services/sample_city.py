"""The one launcher of the sample city: the reference server in its own process, on loopback, in a throw-away folder.

The desktop never imports the server; it starts it, waits for the file in which it says where it listens, and ends it.
The server watches the desktop's process and ends by itself when that dies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Literal

import msgspec
from msgspec import Struct

from desktop.models.domain.clock import Wait

SIZE = 3000
SEED = 12345

_LOOK_EVERY_S = 0.05
_END_S = 3.0

_BUILT = re.compile(r"([\d,]+) of ([\d,]+) tickets")

Step = Literal["starting", "building", "ready"]


class SampleCityFailed(Exception):
    """The server did not start; ``log`` is where it wrote why."""

    code = "sample_city_failed"

    def __init__(self, log: Path) -> None:
        super().__init__(str(log.name))
        self.log = log


class Ready(Struct, frozen=True):
    """What the server writes into its ready file once it listens."""

    url: str


class Progress(Struct, frozen=True):
    """How far the city has been built: ``done`` of ``total`` cases."""

    step: Step
    done: int = 0
    total: int = 0


class SampleCity:
    """One run of the server. ``start`` at once, ``wait_ready`` in a worker thread, ``stop`` at the end."""

    def __init__(self, *, size: int = SIZE, seed: int = SEED, port: int = 0) -> None:
        """A folder of its own is made below the system's folder for temporary files, for its owner alone."""
        self.size = size
        self.seed = seed
        self.folder = Path(tempfile.mkdtemp(prefix="supervision-desk-sample-"))
        self.log = self.folder / "central.log"
        self.url = ""
        self._port = port
        self._ready = self.folder / "ready.json"
        self._process: subprocess.Popen[bytes] | None = None
        self._given_up = Event()

    def start(self) -> None:
        """Start the process; returns at once. OSError when it cannot be started at all."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=_environment(),
                cwd=None if _frozen() else Path(__file__).resolve().parents[2],
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def wait_ready(
        self, *, limit_s: float, wait: Wait, told: Callable[[Progress], None] | None = None
    ) -> str:
        """The address once the server listens. Blocks; ``told`` hears of progress in the calling thread.

        Raises :class:`SampleCityFailed` when the process ends, the limit passes or :meth:`stop` is called.
        """
        left = limit_s
        last: Progress | None = None
        while left > 0 and not self._given_up.is_set():
            if self._ready.exists():
                self.url = msgspec.json.decode(self._ready.read_bytes(), type=Ready).url
                return self.url
            if self._process is None or self._process.poll() is not None:
                break
            now = self._progress()
            if told is not None and now != last:
                told(now)
                last = now
            wait(_LOOK_EVERY_S, self._given_up)
            left -= _LOOK_EVERY_S
        raise SampleCityFailed(self.log)

    def stop(self) -> None:
        """End the process within a few seconds and throw its folder away."""
        self._given_up.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(_END_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _progress(self) -> Progress:
        """From the last line of the log that says "1,200 of 3,000 tickets"."""
        try:
            found = _BUILT.findall(self.log.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            found = []
        if not found:
            return Progress("starting")
        done, total = (int(number.replace(",", "")) for number in found[-1])
        return Progress("building", done, total)

    def _command(self) -> list[str]:
        program = [sys.executable, "--central"] if _frozen() else [sys.executable, "-m", "central"]
        return [
            *program,
            "serve",
            "--port",
            str(self._port),
            "--database",
            str(self.folder / "city.db"),
            "--sample-city",
            str(self.size),
            "--seed",
            str(self.seed),
            "--sample-clock",
            "--ready-file",
            str(self._ready),
            "--parent-pid",
            str(os.getpid()),
        ]


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _environment() -> dict[str, str]:
    """Ours, with UTF-8 and without what the frozen program set for itself alone."""
    environment = dict(os.environ)
    environment["PYTHONUTF8"] = "1"
    environment["PYTHONUNBUFFERED"] = "1"
    return environment
