"""Bytes to the server and back: one session, its certificates, its limits. Knows no endpoint.

``trust_env`` is off (a ``.netrc`` entry would replace our token), proxies are explicit, redirects are not followed, a
reply is inflated while it streams and never past 16 MiB. The network's libraries are imported here and below, by the
first exchange of a ``Transport``; nothing else may import this module before.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
import zlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Protocol

import requests
import urllib3
import zstandard
from requests.adapters import BaseAdapter, HTTPAdapter

from desktop.models.domain.body_digest import HEADER, is_other

from .deadline import TIMED_POOLS, Exchange, exchange_limit
from .diagnosis import code_of
from .errors import BadReply, CaptivePortal, Interrupted, Offline
from .transport import Reply

MAX_REPLY_BYTES = 16 * 1024 * 1024
CONNECT_S = 5.0
_CHUNK = 65_536
_PROXY_WANTS_SIGN_IN = 407
_ZSTD_SLICE = 512  # a slice of zstd inflates to 16 MiB at the very most


class Line:
    """What a ``Transport`` sends by, and says what each method means."""

    def __init__(
        self,
        base_url: str,
        *,
        monotonic: Callable[[], float],
        adapter: BaseAdapter | None,
    ) -> None:
        self.base_url = base_url
        self.unplugged = False
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._running: set[Exchange] = set()
        self._held: set[Exchange] = set()
        self._may_hold = True
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()
        self._adapter = adapter

    def go_by(self, proxies: Mapping[str, str], city_ca: Path | None, pins: Collection[str]) -> None:
        self._session.close()
        self._session.proxies = dict(proxies)
        self._session.mount("http://", self._adapter or TimedAdapter(None))
        self._session.mount("https://", self._adapter or TimedAdapter(city_ca, pins))

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        body: bytes | None,
        limit_s: float,
        held: bool,
        repeatable: bool,
    ) -> Reply:
        exchange = Exchange(self._monotonic() + limit_s, self._monotonic)
        with self._lock:
            if held and not self._may_hold:
                raise Interrupted
            self._running.add(exchange)
            if held:
                self._held.add(exchange)
        try:
            with exchange_limit(exchange):
                try:
                    return self._exchange(exchange, method, path, headers, params, body, limit_s)
                except requests.ConnectionError as error:
                    if not (repeatable and _was_stale(exchange, error)):
                        raise
                self.forget_connections()  # what else is kept is as old
                return self._exchange(exchange, method, path, headers, params, body, limit_s)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise self._ended_by_us(exchange) or Offline(code_of(error)) from error
        except BadReply as error:  # a body that we cut off ourselves looks truncated
            ended = self._ended_by_us(exchange)
            if ended is None:
                raise
            raise ended from error
        finally:
            with self._lock:
                self._running.discard(exchange)
                self._held.discard(exchange)

    def _ended_by_us(self, exchange: Exchange) -> Offline | None:
        if not exchange.aborted:
            return None
        return Offline("cut") if self.unplugged else Interrupted()

    def abort(self) -> None:
        with self._lock:
            running = tuple(self._running)
        for exchange in running:
            exchange.abort()

    def interrupt(self) -> None:
        with self._lock:
            self._may_hold = False
            held = tuple(self._held)
        for exchange in held:
            exchange.abort()

    def allow_holding(self) -> None:
        with self._lock:
            self._may_hold = True

    def forget_connections(self) -> None:
        self._session.close()

    def close(self) -> None:
        self.abort()
        self._session.close()

    def _exchange(
        self,
        exchange: Exchange,
        method: str,
        path: str,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        body: bytes | None,
        limit_s: float,
    ) -> Reply:
        response = self._session.request(
            method,
            self.base_url + path,
            headers=dict(headers),
            params=params,
            data=body,
            stream=True,
            allow_redirects=False,
            timeout=(min(CONNECT_S, limit_s), limit_s),
        )
        try:
            if response.status_code == _PROXY_WANTS_SIGN_IN:
                raise Offline("proxy_sign_in")
            content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if _is_foreign(response.status_code, content_type):
                raise CaptivePortal
            inflated = _inflate(response, exchange)
        finally:
            response.close()
        return Reply(response.status_code, content_type, response.headers, inflated)


class TimedAdapter(HTTPAdapter):
    """Real HTTP: the system's trust store with the city's own CA beside it, TLS 1.2 and later, and pins."""

    def __init__(self, city_ca: Path | None, pins: Collection[str] = ()) -> None:
        self._city_ca = city_ca
        self._pins = frozenset(pins)
        self._context: ssl.SSLContext | None = None
        super().__init__(pool_connections=2, pool_maxsize=4, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = TIMED_POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = TIMED_POOLS
        return manager

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": self._tls()} if host["scheme"] == "https" else dict(pool)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing to add: the context of the pool verifies, and no bundled list of authorities joins it."""

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            from .tls import client_context  # costs start-up time that a city on plain loopback need not pay

            self._context = client_context(self._city_ca, self._pins)
        return self._context


def _was_stale(exchange: Exchange, error: BaseException) -> bool:
    """Whether a kept connection was found closed before a byte of a reply came; never where we ended it ourselves."""
    closed = code_of(error) == "connection_lost"
    return closed and exchange.reused and not exchange.heard and not exchange.aborted


def _is_foreign(status: int, content_type: str) -> bool:
    """A page where the contract has none, or a redirect: a hotel's network answering in the server's place."""
    return (
        (300 <= status < 400 and status != 304)
        or status == 511
        or (status < 500 and content_type == "text/html")
    )


def _inflate(response: requests.Response, exchange: Exchange) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    inflater = _INFLATERS.get(encoding)
    if inflater is None:
        raise BadReply("unknown_encoding")
    inflate = inflater()
    parts: list[bytes] = []
    size = 0
    digest = hashlib.sha256()
    while chunk := response.raw.read1(_CHUNK):
        exchange.remaining()
        digest.update(chunk)
        for part in inflate.feed(chunk):
            size += len(part)
            if size > MAX_REPLY_BYTES:
                raise BadReply("reply_too_large")
            parts.append(part)
    if size and not inflate.finished():
        raise BadReply("reply_truncated")
    if is_other(response.headers.get(HEADER, ""), digest.digest()):
        raise BadReply("reply_damaged")
    return b"".join(parts)


class _Inflater(Protocol):
    def feed(self, chunk: bytes) -> Any: ...

    def finished(self) -> bool: ...


class _Identity:
    def feed(self, chunk: bytes) -> tuple[bytes, ...]:
        return (chunk,)

    def finished(self) -> bool:
        return True


class _Gzip:
    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=31)

    def feed(self, chunk: bytes) -> Any:
        while chunk:
            try:
                yield self._inflate.decompress(chunk, _CHUNK)
            except zlib.error as error:
                raise BadReply("reply_damaged") from error
            chunk = self._inflate.unconsumed_tail

    def finished(self) -> bool:
        return self._inflate.eof and not self._inflate.unused_data


class _Zstd:
    def __init__(self) -> None:
        self._inflate = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()

    def feed(self, chunk: bytes) -> Any:
        for start in range(0, len(chunk), _ZSTD_SLICE):
            if self._inflate.eof:
                raise BadReply("reply_damaged")
            try:
                yield self._inflate.decompress(chunk[start : start + _ZSTD_SLICE])
            except zstandard.ZstdError as error:
                raise BadReply("reply_damaged") from error

    def finished(self) -> bool:
        return self._inflate.eof and not self._inflate.unused_data


_INFLATERS: dict[str, Callable[[], _Inflater]] = {
    "identity": _Identity,
    "": _Identity,
    "gzip": _Gzip,
    "zstd": _Zstd,
}
