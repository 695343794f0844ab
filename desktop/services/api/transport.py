"""The way to one server, as everybody holds it: where it is, how it is gone, and what ends an exchange.

The network itself (``line``: requests, certificates, pins) is imported by the first exchange and not before: a start
shows a desk without it. Plain HTTP goes to this machine alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from .errors import Offline

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

    from .line import Line

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


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
        self._monotonic = monotonic
        self._adapter = adapter
        self._open = adapter is None and is_open(self.base_url)
        self._lock = threading.Lock()
        self._line: Line | None = None
        self._unplugged = False
        self._may_hold = True
        self._proxies: Mapping[str, str] = dict(proxies or {})
        self._city_ca = city_ca
        self._pins = pins

    @property
    def unplugged(self) -> bool:
        return self._unplugged

    @unplugged.setter
    def unplugged(self, unplugged: bool) -> None:
        with self._lock:
            self._unplugged = unplugged
            if self._line is not None:
                self._line.unplugged = unplugged

    def go_by(self, proxies: Mapping[str, str], city_ca: Path | None, pins: Collection[str] = ()) -> None:
        """Another way to the same server, from the next exchange on: proxies by scheme, a city's own authority, and
        the keys that the server may have, () for any."""
        with self._lock:
            self._proxies, self._city_ca, self._pins = dict(proxies), city_ca, pins
            if self._line is not None:
                self._line.go_by(proxies, city_ca, pins)

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
        if self._unplugged:
            raise Offline("cut")
        if self._open:
            raise Offline("plain_http")
        return self._ready().send(
            method,
            path,
            headers=headers,
            params=params,
            body=body,
            limit_s=limit_s,
            held=held,
            repeatable=repeatable,
        )

    def abort(self) -> None:
        """Ends every running exchange; each raises Interrupted in its own thread."""
        with self._lock:
            if self._line is not None:
                self._line.abort()

    def interrupt(self) -> None:
        """Ends what is being waited for, and lets nothing be waited for until :meth:`allow_holding`."""
        with self._lock:
            self._may_hold = False
            if self._line is not None:
                self._line.interrupt()

    def allow_holding(self) -> None:
        """Waiting is in order again: whoever calls this looks afterwards for what there is to do."""
        with self._lock:
            self._may_hold = True
            if self._line is not None:
                self._line.allow_holding()

    def forget_connections(self) -> None:
        """Closes what is kept open for the next exchange: it may have died with another network, unheard."""
        with self._lock:
            if self._line is not None:
                self._line.forget_connections()

    def close(self) -> None:
        """Ends what runs and closes the connections."""
        with self._lock:
            if self._line is not None:
                self._line.close()

    def _ready(self) -> Line:
        from .line import (
            Line,
        )  # outside the lock: it takes a moment, and the GUI thread may want to end something

        with self._lock:
            if self._line is None:
                self._line = Line(self.base_url, monotonic=self._monotonic, adapter=self._adapter)
                self._line.go_by(self._proxies, self._city_ca, self._pins)
                self._line.unplugged = self._unplugged
                if not self._may_hold:
                    self._line.interrupt()
            return self._line


def is_open(address: str) -> bool:
    """Whether anybody on the way could read what goes to ``address``: not HTTPS, and not this very machine."""
    parts = urlsplit(address)
    return parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)
