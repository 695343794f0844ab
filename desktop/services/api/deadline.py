"""A total time limit for one exchange, down to the socket, and a way to end it from another thread.

A server that sends one byte just before each read times out would otherwise hold us for ever. Knows urllib3's
connection classes and nothing of the contract.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_LEAST_S = 0.001


class Exchange:
    """One running request: when it must be over, and the sockets it reads from."""

    def __init__(self, until: float, monotonic: Callable[[], float]) -> None:
        self._until = until
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.aborted = False
        self.reused = False
        """The connection had carried an earlier exchange."""
        self.heard = False
        """At least one byte of a reply has come."""

    def remaining(self) -> float:
        """Seconds left. Raises ``TimeoutError`` when there are none."""
        left = self._until - self._monotonic()
        if left <= 0 or self.aborted:
            raise TimeoutError("the exchange took longer than it may")
        return max(left, _LEAST_S)

    def reads_from(self, sock: socket.socket) -> None:
        with self._lock:
            self._socket = sock

    def abort(self) -> None:
        """Ends a read that blocks in another thread."""
        with self._lock:
            self.aborted = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)


_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


@contextmanager
def exchange_limit(exchange: Exchange) -> Iterator[None]:
    """Every response read by this thread inside the block counts against ``exchange``."""
    token = _current.set(exchange)
    try:
        yield
    finally:
        _current.reset(token)


class _TimedReader(io.RawIOBase):
    """A socket's bytes; each read may only take what is left of the exchange."""

    def __init__(self, sock: socket.socket, exchange: Exchange) -> None:
        self._raw: Any = sock.makefile("rb", buffering=0)
        self._sock = sock
        self._exchange = exchange
        exchange.reads_from(sock)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._exchange.remaining()
        before = self._sock.gettimeout()
        self._sock.settimeout(left if before is None else min(left, before))
        try:
            count: int | None = self._raw.readinto(buffer)
            self._exchange.heard |= bool(count)
            return count
        finally:
            with suppress(OSError):
                self._sock.settimeout(before)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedSocket:
    """All that ``http.client`` asks of a socket to read a response."""

    def __init__(self, sock: socket.socket, exchange: Exchange) -> None:
        self._sock = sock
        self._exchange = exchange

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._exchange))


class _TimedResponse(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        exchange = _current.get()
        source: Any = sock if exchange is None else _TimedSocket(sock, exchange)
        super().__init__(source, *args, **kwargs)


class _TimedHTTPConnection(HTTPConnection):
    response_class = _TimedResponse
    _asked = False

    def connect(self) -> None:
        self._asked = False
        super().connect()

    def request(self, *args: Any, **options: Any) -> None:
        _note_reuse(self.sock is not None and self._asked)
        super().request(*args, **options)
        self._asked = True


class _TimedHTTPSConnection(HTTPSConnection):
    response_class = _TimedResponse
    _asked = False

    def connect(self) -> None:
        self._asked = False
        super().connect()

    def request(self, *args: Any, **options: Any) -> None:
        _note_reuse(self.sock is not None and self._asked)
        super().request(*args, **options)
        self._asked = True


def _note_reuse(reused: bool) -> None:
    exchange = _current.get()
    if exchange is not None:
        exchange.reused = reused


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _TimedHTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _TimedHTTPSConnection


TIMED_POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _HTTPPool, "https": _HTTPSPool}
"""Connection pools whose responses keep to the exchange's limit; for ``PoolManager.pool_classes_by_scheme``."""
