"""What stands before a server and speaks TLS in its place, as a city's balancer does: with any certificate."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Front:
    """``context`` may be replaced while it runs; ``served`` counts the requests that came through to the server."""

    def __init__(self, context: ssl.SSLContext, upstream: int) -> None:
        self.context = context
        self.served = 0
        self._upstream = upstream
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(None)
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="front")]
        self._threads[0].start()

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def close(self) -> None:
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(60)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(connection,), name="front-connection")
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with suppress(OSError), self.context.wrap_socket(connection, server_side=True) as speaking:
            self._open.append(speaking)
            while request := speaking.recv(65536):  # bodiless requests alone: one read is one request
                self.served += 1
                with socket.create_connection(("127.0.0.1", self._upstream), timeout=60) as server:
                    server.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
                    while part := server.recv(65536):
                        speaking.sendall(part)
                return


class Relay(Front):
    """A front that only carries, both ways and as long as either speaks; ``served`` counts connections let in."""

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with suppress(OSError), self.context.wrap_socket(connection, server_side=True) as speaking:
            self.served += 1
            with socket.create_connection(("127.0.0.1", self._upstream), timeout=60) as server:
                self._open += [speaking, server]
                speaking.settimeout(None)
                server.settimeout(None)
                back = threading.Thread(target=_carry, args=(server, speaking), name="relay-back")
                back.start()
                _carry(speaking, server)
                back.join(60)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def tls_front(context: ssl.SSLContext, upstream: int) -> Iterator[Front]:
    """A front before the server that listens on loopback at the port ``upstream``."""
    front = Front(context, upstream)
    try:
        yield front
    finally:
        front.close()
