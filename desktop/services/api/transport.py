"""Bytes to the server and back: one session, its certificates, its limits. Knows no endpoint.

``trust_env`` is off (a ``.netrc`` entry would replace our token), proxies are explicit, redirects are not followed, a
reply is inflated while it streams and never past 16 MiB. Plain HTTP goes to this machine alone.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
import zlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlsplit

import requests
import urllib3
import zstandard
from requests.adapters import BaseAdapter, HTTPAdapter

from desktop.models.domain.body_digest import HEADER, is_other

from .deadline import TIMED_POOLS, Exchange, exchange_limit
from .diagnosis import code_of
from .errors import BadReply, CaptivePortal, Interrupted, Offline

MAX_REPLY_BYTES = 16 * 1024 * 1024
CONNECT_S = 5.0
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_CHUNK = 65_536
_PROXY_WANTS_SIGN_IN = 407
_ZSTD_SLICE = 512  # a slice of zstd inflates to 16 MiB at the very most


class Reply(NamedTuple):
    """A whole reply, inflated. ``content_type`` without parameters, lower case."""

    status: int
    content_type: str
    headers: Mapping[str, str]
    body: bytes
    request_id: str = ""


class Transport:
    """Sends requests to one server. Thread-safe; ``unplugged`` plays a cut network.

    ``abort`` ends what is running. ``interrupt`` ends only what is held open for waiting, and keeps anything from being
    held until ``allow_holding``: what happens between two exchanges is not lost.
    """

    def __init__(
        self,
        base_url: str,
        *,
        monotonic: Callable[[], float],
        adapter: BaseAdapter | None = None,
        proxies: Mapping[str, str] | None = None,
        city_ca: Path | None = None,
        pins: Collection[str] = (),
    ) -> None:
        """``base_url`` has scheme and host only. ``adapter`` replaces the network, as tests do."""
        self.base_url = base_url.rstrip("/")
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
        self._open = adapter is None and is_open(self.base_url)
        self.go_by(proxies or {}, city_ca, pins)

    def go_by(self, proxies: Mapping[str, str], city_ca: Path | None, pins: Collection[str] = ()) -> None:
        """Another way to the same server, from the next exchange on: proxies by scheme, a city's own authority, and
        the keys that the server may have, () for any."""
        self._session.close()
        self._proxies, self._city_ca = dict(proxies), city_ca
        self._session.proxies = dict(proxies)
        self._session.mount("http://", self._adapter or TimedAdapter(None))
        self._session.mount("https://", self._adapter or TimedAdapter(city_ca, pins))

    def beside(self, base_url: str) -> Transport:
        """The same way to another host: proxies and trust, but not the pins, which are of this one's key."""
        return Transport(
            base_url,
            monotonic=self._monotonic,
            adapter=self._adapter,
            proxies=self._proxies,
            city_ca=self._city_ca,
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limit_s: float,
        held: bool = False,
        repeatable: bool = False,
    ) -> Reply:
        """One exchange within ``limit_s`` seconds; ``held``: the server may make us wait, and we may end the waiting.

        ``repeatable``: asked twice, it has the effect of once. Then a kept connection that turns out to have been
        closed at the other end is no failure: the question is asked again, once, on a new one.
        Raises Offline, Interrupted, CaptivePortal, BadReply.
        """
        if self.unplugged:
            raise Offline("cut")
        if self._open:
            raise Offline("plain_http")
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
        """Ends every running exchange; each raises Interrupted in its own thread."""
        with self._lock:
            running = tuple(self._running)
        for exchange in running:
            exchange.abort()

    def interrupt(self) -> None:
        """Ends what is being waited for, and lets nothing be waited for until :meth:`allow_holding`."""
        with self._lock:
            self._may_hold = False
            held = tuple(self._held)
        for exchange in held:
            exchange.abort()

    def allow_holding(self) -> None:
        """Waiting is in order again: whoever calls this looks afterwards for what there is to do."""
        with self._lock:
            self._may_hold = True

    def forget_connections(self) -> None:
        """Closes what is kept open for the next exchange: it may have died with another network, unheard."""
        self._session.close()

    def close(self) -> None:
        """Ends what runs and closes the connections."""
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


def is_open(address: str) -> bool:
    """Whether anybody on the way could read what goes to ``address``: not HTTPS, and not this very machine."""
    parts = urlsplit(address)
    return parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)


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
