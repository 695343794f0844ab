"""The processes of a journey: a real server, real desktops, and the wire between them, which can be cut."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 300.0


class Died(AssertionError):
    """A process ended, or did not answer."""


def central(*arguments: str, stdin: str = "") -> str:
    """Run the server's command line to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "central", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Died(f"central {arguments[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


class Office:
    """The central server as a process."""

    def __init__(self, database: Path, folder: Path, *options: str) -> None:
        ready = folder / "ready.json"
        ready.unlink(missing_ok=True)
        self._log = (folder / "central.log").open("ab")
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "central", "serve", "--database", str(database), "--port", "0",
                "--ready-file", str(ready), "--parent-pid", str(os.getpid()), *options,
            ],
            cwd=ROOT, stdout=self._log, stderr=self._log,
        )  # fmt: skip
        _wait("the server", lambda: ready.is_file() and ready.stat().st_size > 0, self.process)
        self.url: str = json.loads(ready.read_text("utf-8"))["url"]
        self.port = int(self.url.rpartition(":")[2])

    def stop(self) -> None:
        """End the server as an operator does."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()


def _unwatched(data: bytes) -> None:
    """Nobody looks."""


class Wire:
    """A TCP wire to the server that can be cut and mended; what is cut is refused, as with no network.

    ``on_request`` and ``on_reply`` see what goes each way, in a thread of the wire and before it is passed on.
    """

    def __init__(self, port: int) -> None:
        self.on_request: Callable[[bytes], None] = _unwatched
        self.on_reply: Callable[[bytes], None] = _unwatched
        self._to = port
        self._cut = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, name="wire", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """No connection lives and none is made."""
        self._cut.set()
        for end in list(self._open):
            _shut(end)

    def mend(self) -> None:
        """The network is back."""
        self._cut.clear()

    def close(self) -> None:
        """Take the wire away."""
        self.cut()
        _shut(self._listener)
        for thread in (self._thread, *self._threads):
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._cut.is_set():
                _shut(near)
                continue
            far = socket.create_connection(("127.0.0.1", self._to))
            self._open |= {near, far}
            for source, target in ((near, far), (far, near)):
                carrier = threading.Thread(
                    target=self._carry, args=(source, target, source is near), name="wire", daemon=True
                )
                self._threads.append(carrier)
                carrier.start()

    def _carry(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                (self.on_request if asks else self.on_reply)(data)
                target.sendall(data)
        for end in (source, target):
            _shut(end)
            self._open.discard(end)


class Desktop:
    """One desktop as a process. ``do`` carries out a deed of ``driven_desktop`` and answers with its result."""

    def __init__(self, name: str, folder: Path, port: int) -> None:
        self.name = name
        self.folder = folder / name
        self.folder.mkdir(exist_ok=True)
        self.wire = Wire(port)
        self._start()

    def _start(self) -> None:
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8",
            "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        self._log = (self.folder / "log.txt").open("ab")
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "tests.journeys.driven_desktop",
                "--profile", str(self.folder / "profile"), "--server", self.wire.url, "--language", "zh",
            ],
            cwd=ROOT, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip

    def do(self, deed: str, **values: Any) -> Any:
        """Carry out a deed. Raises Died with the program's last words where it could not."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"deed": deed, **values}) + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            raise Died(f"{self.name} did not answer to {deed}: {self.last_words()}")
        answer = json.loads(line)
        if "error" in answer:
            raise Died(f"{self.name} could not {deed}: {answer['error']}\n{self.last_words()}")
        return answer["ok"]

    def last_words(self) -> str:
        """The end of what the program wrote to its log."""
        self._log.flush()
        return (self.folder / "log.txt").read_text("utf-8", errors="replace")[-3000:]

    def kill(self) -> None:
        """kill -9: no goodbye, no flush."""
        self.process.kill()
        self._reap()

    def start_again(self) -> None:
        """The same profile, a new process."""
        self._start()

    def close(self) -> None:
        """Close the window and wait for the end."""
        if self.process.poll() is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._reap()
        self.wire.close()

    def _reap(self) -> None:
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None and not stream.closed:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._log.close()


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def _wait(what: str, condition: Any, process: subprocess.Popen[Any]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not condition():
        if process.poll() is not None or time.monotonic() > until:
            raise Died(f"{what} did not come up")
        threading.Event().wait(0.05)
