"""A proxy between a desktop and its server that does to one exchange what networks do to all of them, sooner or later.

    with FaultProxy(server_port) as proxy:
        proxy.arm(Strike("truncation", "/sync/operations"), rng)
        ...                     # the desktop speaks to proxy.url
        proxy.lift()
        assert proxy.struck

Real sockets on loopback, one asyncio loop in a thread. It understands no more of HTTP than where a message ends, and
nothing of the contract.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType

_HEAD_END = b"\r\n\r\n"
_MOST_BYTES = 64 * 1024 * 1024
_DRIP_EVERY_S = 0.05
_BOMB = gzip.compress(b"\0" * (48 * 1024 * 1024))


@dataclass(frozen=True)
class Strike:
    """One fault: what ``kind`` does, to which requests, how often.

    ``path`` is a part of the request's target; ``skip`` matching requests pass unharmed before ``times`` are struck.
    """

    kind: str
    path: str
    skip: int = 0
    times: int = 1


@dataclass(frozen=True)
class Message:
    """A request or reply as it travels: head with its empty line, and body."""

    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body

    @property
    def target(self) -> str:
        """What a request asks for."""
        return self.head.split(b" ", 2)[1].decode("latin-1")

    def header(self, name: str) -> str:
        """The value of a header, "" where there is none."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.encode():
                return value.strip().decode("latin-1")
        return ""


class FaultProxy:
    """One server's neighbourhood. Thread-safe; without an armed strike everything passes."""

    def __init__(self, server_port: int, *, tls: tuple[ssl.SSLContext, ssl.SSLContext] | None = None) -> None:
        """``tls``: the city's own certificate, and that of a stranger for the kind "foreign_certificate"."""
        self._server_port = server_port
        self._tls = tls
        self._lock = threading.Lock()
        self._strike: Strike | None = None
        self._rng = random.Random(0)
        self._seen = 0
        self._refusing = threading.Event()
        self._foreign = threading.Event()
        self._last_reply = b""
        self.struck = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy")
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._server: asyncio.Server
        self._busy: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where the desktop finds its server now."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> FaultProxy:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def arm(self, strike: Strike, rng: random.Random) -> None:
        """From now on requests are struck; ``rng`` chooses where a reply is cut and which bytes are turned."""
        with self._lock:
            self._strike, self._rng, self._seen, self.struck = strike, rng, 0, 0

    def lift(self) -> None:
        """The network is sound again."""
        with self._lock:
            self._strike = None
        self._foreign.clear()
        if self._refusing.is_set():
            self._refusing.clear()
            self._run(self._listen())

    # -- in the loop -------------------------------------------------------------------------------------------

    def _run(self, coroutine: Awaitable[None]) -> None:
        async def run() -> None:
            await coroutine

        asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    async def _listen(self) -> None:
        """A socket of our own port each time: a closed one refuses, as a server that is down does."""
        if self._listener.fileno() < 0:
            self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self._server = await asyncio.start_server(self._accept, sock=self._listener)

    async def _end(self) -> None:
        self._server.close()
        for task in list(self._busy):
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)
        self._listener.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        try:
            if self._tls is not None:
                stranger = self._foreign.is_set()
                await writer.start_tls(self._tls[1 if stranger else 0])
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # either end has gone: that is what we are here for
        except asyncio.CancelledError:
            pass
        finally:
            self._busy.discard(task)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await _read_request(reader)
            strike = self._next_strike(request)
            if strike is not None:
                await _KINDS[strike.kind](self, request, reader, writer)
                if strike.kind not in HARMLESS:
                    return
                continue
            await self._send(writer, (await self._forward(request)).whole)

    def _next_strike(self, request: Message) -> Strike | None:
        with self._lock:
            strike = self._strike
            if strike is None or strike.path not in request.target:
                return None
            self._seen += 1
            if not strike.skip < self._seen <= strike.skip + strike.times:
                return None
            self.struck += 1
            return strike

    async def _forward(self, request: Message) -> Message:
        """The server's reply, over a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._server_port, limit=_MOST_BYTES)
        try:
            writer.write(request.whole)
            await writer.drain()
            reply = await _read_reply(reader, request)
        finally:
            writer.transport.abort()
        self._last_reply = reply.whole
        return reply

    async def _send(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        writer.write(data)
        await writer.drain()

    async def _finish(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        """The last bytes of a connection, delivered before it closes."""
        await self._send(writer, data)
        writer.close()
        await writer.wait_closed()

    # -- the kinds ---------------------------------------------------------------------------------------------

    async def _refuse(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        self._refusing.set()
        self._server.close()
        self._listener.close()

    async def _reset(self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        sock = out.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def _lose(self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        await self._forward(request)

    async def _cut_short(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        whole = (await self._forward(request)).whole
        await self._finish(out, whole[: self._rng.randrange(1, len(whole))])

    async def _drip(self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        for byte in (await self._forward(request)).whole:
            await self._send(out, bytes((byte,)))
            await asyncio.sleep(_DRIP_EVERY_S)

    async def _swallow(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        if self._rng.random() < 0.5:
            await self._forward(request)
        await reader.read(1)  # until the desktop gives up

    async def _twice(self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        await self._forward(request)
        await self._send(out, (await self._forward(request)).whole)

    async def _garble(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        reply = await self._forward(request)
        body = bytearray(
            reply.body if reply.header("content-encoding") == "gzip" else gzip.compress(reply.body)
        )
        for _ in range(1 + len(body) // 64):
            body[self._rng.randrange(len(body))] ^= 1 << self._rng.randrange(8)
        await self._finish(out, _reply("200 OK", "application/json", bytes(body), "Content-Encoding: gzip"))

    async def _portal(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        await self._finish(out, _reply("200 OK", "text/html", b"<html><form action=/login></form></html>"))

    async def _gateway(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        if self._rng.random() < 0.5:
            await self._forward(request)  # the gateway lost the answer of a server that did its work
        await self._finish(out, _reply("502 Bad Gateway", "text/html", b"<h1>502</h1>"))

    async def _redirect(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        where = "Location: http://127.0.0.1:9/login"
        await self._finish(out, _reply(self._rng.choice(_REDIRECTS), "application/json", b"{}", where))

    async def _stranger(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        self._foreign.set()  # this connection ends unanswered; the next one meets the stranger

    async def _mix_up(
        self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter
    ) -> None:
        """A cache that answers with what somebody else asked for."""
        before = self._last_reply
        await self._forward(request)
        await self._finish(out, before or _reply("200 OK", "application/json", b"{}"))

    async def _bomb(self, request: Message, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        await self._finish(out, _reply("200 OK", "application/json", _BOMB, "Content-Encoding: gzip"))


_Kind = Callable[[FaultProxy, Message, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
_KINDS: dict[str, _Kind] = {
    "refuse": FaultProxy._refuse,
    "reset": FaultProxy._reset,
    "lost_reply": FaultProxy._lose,
    "truncation": FaultProxy._cut_short,
    "drip": FaultProxy._drip,
    "black_hole": FaultProxy._swallow,
    "duplicate": FaultProxy._twice,
    "corrupt_gzip": FaultProxy._garble,
    "html_200": FaultProxy._portal,
    "bad_gateway": FaultProxy._gateway,
    "redirect": FaultProxy._redirect,
    "foreign_certificate": FaultProxy._stranger,
    "mixed_up_reply": FaultProxy._mix_up,
    "bomb": FaultProxy._bomb,
}
KINDS = tuple(_KINDS)
"""All kinds of fault, by name."""

HARMLESS = frozenset({"duplicate"})
"""Kinds that an exchange survives: the desktop gets the answer it asked for."""

_REDIRECTS = ("301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect")


async def _read_request(reader: asyncio.StreamReader) -> Message:
    head = await reader.readuntil(_HEAD_END)
    length = Message(head, b"").header("content-length")
    return Message(head, await reader.readexactly(int(length or 0)))


async def _read_reply(reader: asyncio.StreamReader, request: Message) -> Message:
    head = await reader.readuntil(_HEAD_END)
    reply = Message(head, b"")
    status = int(head.split(b" ", 2)[1])
    if status in (204, 304) or request.head.startswith(b"HEAD "):
        return reply
    if reply.header("transfer-encoding") == "chunked":
        return Message(head, await _read_chunks(reader))
    return Message(head, await reader.readexactly(int(reply.header("content-length") or 0)))


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    """A chunked body as it travels, with its framing."""
    body = b""
    while True:
        line = await reader.readuntil(b"\r\n")
        body += line + await reader.readexactly(int(line, 16) + 2)
        if int(line, 16) == 0:
            return body


def _reply(status: str, content_type: str, body: bytes, *headers: str) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode() + body
