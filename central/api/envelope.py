"""What every request and reply passes through: limits and decompression on the way in, headers and compression out.

Wraps the whole application, so that an unknown path is answered like any other. Reads no meaning out of a body.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import zstandard
from litestar.concurrency import sync_to_thread
from litestar.types import ASGIApp, HTTPResponseStartEvent, Receive, Send

from central.config import LIMITS, RATIO
from central.problems import ProblemError, encode_problem
from desktop.models.domain.body_digest import HEADER, content_digest, is_other
from desktop.models.domain.clock import Clock

_DIGEST = HEADER.lower().encode()
_COMPRESS_FROM = 1024
_IN_A_THREAD_FROM = 64 * 1024
_RATIO_FROM = 64 * 1024
"""Bodies that inflate to less than this are never a bomb."""


class Envelope:
    """ASGI middleware around the application. ``clock`` is real time."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {bytes(name).lower(): bytes(value) for name, value in scope["headers"]}
        reply = _Reply(send, self._clock, _accepted(headers.get(b"accept-encoding", b"")), scope["method"])
        try:
            body = await _read_body(headers, receive)
        except ProblemError as error:
            await reply.problem(error)
            return
        await self._app(scope, _replay(body, receive), reply.send)


async def _read_body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """The inflated body. Raises :class:`ProblemError` for one too large, damaged, or in an unknown encoding."""
    encoding = headers.get(b"content-encoding", b"identity").strip().lower()
    if encoding not in (b"identity", b"gzip", b""):
        raise ProblemError(415, "unknown_encoding")
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        event: Any = await receive()
        if event["type"] == "http.disconnect":
            raise ProblemError(400, "disconnected")
        part = event.get("body", b"")
        size += len(part)
        if size > LIMITS.body_bytes:
            raise ProblemError(413, "body_too_large")
        parts.append(part)
        more = event.get("more_body", False)
    body = b"".join(parts)
    digest = headers.get(_DIGEST)
    if digest is not None and is_other(digest.decode("latin-1"), hashlib.sha256(body).digest()):
        raise ProblemError(400, "body_damaged", retry="backoff")
    return inflate(body) if encoding == b"gzip" else body


def inflate(body: bytes) -> bytes:
    """A gzip body inflated, within the limits. Raises :class:`ProblemError`."""
    limit = min(LIMITS.body_bytes, max(_RATIO_FROM, RATIO * len(body)))
    inflater = zlib.decompressobj(wbits=31)
    try:
        inflated = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise ProblemError(400, "bad_gzip") from error
    if len(inflated) > limit:
        raise ProblemError(413, "body_too_large")
    if not inflater.eof or inflater.unused_data:
        raise ProblemError(400, "bad_gzip")
    return inflated


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive that hands over the body once and then waits for the disconnect."""
    pending = [body]

    async def replay() -> Any:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replay


class _Reply:
    """Holds the start of a reply until its first body shows whether it is worth compressing."""

    def __init__(self, send: Send, clock: Clock, accepted: frozenset[str], method: str) -> None:
        self._send = send
        self._clock = clock
        self._accepted = accepted
        self._method = method
        self._start: HTTPResponseStartEvent | None = None

    async def send(self, event: Any) -> None:
        if event["type"] == "http.response.start":
            self._start = event
            return
        if event["type"] == "http.response.body" and self._start is not None:
            start, self._start = self._start, None
            headers = [(bytes(name).lower(), bytes(value)) for name, value in start["headers"]]
            names = {name for name, _ in headers}
            headers.append((b"x-server-time", self._clock.now().isoformat(timespec="milliseconds").encode()))
            if b"cache-control" not in names:
                headers.append((b"cache-control", b"no-store"))
            headers.append((b"x-content-type-options", b"nosniff"))
            if self._worth_compressing(event, headers):
                coding = "zstd" if "zstd" in self._accepted else "gzip"
                event = {**event, "body": await _compressed(coding, event["body"])}
                size = str(len(event["body"])).encode()
                headers = [h for h in headers if h[0] != b"content-length"]
                headers += [(b"content-length", size), (b"content-encoding", coding.encode())]
            if not event.get("more_body", False) and self._method != "HEAD":
                headers.append((_DIGEST, content_digest(event.get("body", b"")).encode()))
            headers.append((b"vary", b"accept-encoding"))
            await self._send({**start, "headers": headers})
        await self._send(event)

    async def problem(self, error: ProblemError) -> None:
        """Answer before the application has seen the request."""
        body = encode_problem(error.problem())
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
        ]
        headers += [(name.lower().encode(), value.encode()) for name, value in error.headers.items()]
        await self.send({"type": "http.response.start", "status": error.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})

    def _worth_compressing(self, event: Any, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        found = dict(headers)
        return (
            bool(self._accepted)
            and self._method != "HEAD"
            and not event.get("more_body", False)
            and len(event.get("body", b"")) >= _COMPRESS_FROM
            and b"content-encoding" not in found
            and found.get(b"content-type", b"").startswith((b"application/json", b"text/"))
        )


def _accepted(header: bytes) -> frozenset[str]:
    """Which of our codings a client takes."""
    found = set()
    for part in header.decode("latin-1").lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() in ("zstd", "gzip") and quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00"):
            found.add(name.strip())
    return frozenset(found)


def accepts_zstd(header: str) -> bool:
    """Whether an Accept-Encoding header takes zstd."""
    return "zstd" in _accepted(header.encode("latin-1", "replace"))


def inflate_zstd(body: bytes) -> bytes:
    """One of our own frames, which state their size."""
    return zstandard.ZstdDecompressor().decompress(body)


async def _compressed(coding: str, body: bytes) -> bytes:
    if len(body) >= _IN_A_THREAD_FROM:
        return await sync_to_thread(compress, coding, body)
    return compress(coding, body)


def compress(coding: str, body: bytes) -> bytes:
    """``body`` in the coding "zstd" or "gzip"."""
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=3).compress(body)
    packer = zlib.compressobj(level=5, wbits=31)
    return packer.compress(body) + packer.flush()
