"""Where lives begin: a process that has imported everything and forks one child for each life.

Importing the engine or the server costs 1.5 s, a fork 10 ms; a campaign of hundreds of kills is made of lives that
differ from real ones in nothing but this. The nursery itself opens no store, no socket but its own, and no thread.
Run as ``python -m tests.support.crashes.nursery FD``; it ends, with all its children, when that socket closes.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
_PATIENCE_S = 60.0
_MESSAGE = 65_536


class Died(AssertionError):
    """A process ended that should not have, or did not answer."""


class Life:
    """One child, seen from the test: orders go in as JSON lines, news come out as JSON lines."""

    def __init__(self, nursery: Nursery, pid: int, orders: int, news: int, log: Path) -> None:
        self.pid = pid
        self.log = log
        self.ended: int | None = None
        """The exit status as ``os.waitpid`` gives it, None while it lives."""
        self._nursery = nursery
        self._orders = orders
        self._news = news
        self._rest = b""

    def order(self, **order: Any) -> None:
        """Tell it to do something; a dead one does not hear."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._orders, json.dumps(order).encode() + b"\n")

    def hear(self, patience_s: float = _PATIENCE_S) -> dict[str, Any] | None:
        """The next thing it says; None when it is dead and everything has been heard.

        Raises TimeoutError where it says nothing for so long.
        """
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self._news], [], [], patience_s)
            if not ready:
                raise TimeoutError
            data = os.read(self._news, _MESSAGE)
            if not data:
                self._bury()
                return None
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def wait(self, seconds: float) -> bool:
        """Whether there is something to hear, or an end to notice, within ``seconds``."""
        return b"\n" in self._rest or bool(select.select([self._news], [], [], seconds)[0])

    def kill(self) -> None:
        """kill -9, from outside."""
        if self.ended is None:
            os.kill(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        if self.ended is None:
            os.kill(self.pid, signal.SIGTERM)

    def close_orders(self) -> None:
        """No more orders: it ends by itself."""
        if self._orders >= 0:
            os.close(self._orders)
            self._orders = -1

    def close(self) -> list[dict[str, Any]]:
        """Let it end by itself, and wait for that. What it said meanwhile."""
        self.close_orders()
        last: list[dict[str, Any]] = []
        while self.ended is None and (heard := self.hear()) is not None:
            last.append(heard)
        return last

    def last_words(self) -> str:
        """The end of its standard error stream."""
        return self.log.read_text("utf-8", errors="replace")[-4000:] if self.log.exists() else ""

    def _bury(self) -> None:
        if self.ended is None:
            self.ended = self._nursery.bury(self.pid)
            os.close(self._news)
            self.close_orders()


class Nursery:
    """The test's end of a nursery process. A context manager; every life is dead behind it."""

    def __init__(self, preload: Path | None = None) -> None:
        """``preload``: a shared library that the nursery and with it every life is loaded with."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = dict(os.environ)
        if preload is not None:
            environment["LD_PRELOAD"] = str(preload)
        command = [sys.executable, "-m", "tests.support.crashes.nursery", str(theirs.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()
        self._socket = ours
        self.pid = self._process.pid

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.wait(_PATIENCE_S)

    def bear(self, kind: str, log: Path, **settings: Any) -> Life:
        """A new life: ``kind`` is "desk" or "office", ``settings`` are its module's."""
        their_orders, orders = os.pipe()
        news, their_news = os.pipe()
        with log.open("ab") as words:
            request = json.dumps({"kind": kind, **settings}).encode()
            socket.send_fds(self._socket, [request], [their_orders, their_news, words.fileno()])
        os.close(their_orders)
        os.close(their_news)
        return Life(self, int(self._answer()), orders, news, log)

    def bury(self, pid: int) -> int:
        """Wait for the end of a life; its status."""
        self._socket.send(json.dumps({"bury": pid}).encode())
        return int(self._answer())

    def _answer(self) -> bytes:
        ready, _, _ = select.select([self._socket], [], [], _PATIENCE_S)
        answer = self._socket.recv(_MESSAGE) if ready else b""
        if not answer:
            raise Died("the nursery does not answer")
        return answer


# -- in the nursery's process ------------------------------------------------------------------------------------------


def main() -> int:
    """Fork on demand until nobody is there to ask."""
    from tests.support.crashes import desk_life, office_life

    kinds: dict[str, Callable[[dict[str, Any]], None]] = {"desk": desk_life.live, "office": office_life.live}
    own = socket.socket(fileno=int(sys.argv[1]))
    alive: set[int] = set()
    while True:
        request, fds = _receive(own)
        if not request:
            break
        asked: dict[str, Any] = json.loads(request)
        if "bury" in asked:
            _, status = os.waitpid(asked["bury"], 0)
            alive.discard(asked["bury"])
            own.send(str(status).encode())
            continue
        pid = os.fork()
        if pid == 0:
            own.close()
            _live(kinds[asked.pop("kind")], asked, fds)
        for fd in fds:
            os.close(fd)
        alive.add(pid)
        own.send(str(pid).encode())
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return 0


def _receive(own: socket.socket) -> tuple[bytes, list[int]]:
    request, fds, _, _ = socket.recv_fds(own, _MESSAGE, 3)
    return request, list(array.array("i", fds))


def _live(life: Callable[[dict[str, Any]], None], settings: dict[str, Any], fds: list[int]) -> None:
    """Never returns: a life ends with its process."""
    code = 1
    try:
        for target, fd in enumerate(fds):
            os.dup2(fd, target)
            os.close(fd)
        life(settings)
        code = 0
    except BaseException:  # noqa: BLE001  the test reads it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
