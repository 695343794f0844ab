"""The way between one device and the server: passes on, loses, breaks, delays and repeats what a fault says.

A fault is a small frozen value, so that a step's network can be told in one line of the story. What is held back is
handed to whoever delivers it later. Knows no meaning of any request but its path.
"""

from __future__ import annotations

import gzip
import io
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
import requests
from requests.adapters import BaseAdapter

from desktop.models.domain.wire import Problem

from .faults import Died, Fuse

Kind = Literal[
    "cut",
    "lost_request",
    "lost_reply",
    "duplicate",
    "late_copy",
    "late_request",
    "500",
    "502",
    "503",
    "429",
    "413",
    "426",
    "html_200",
    "redirect",
    "truncated",
    "damaged",
    "slow",
    "too_slow",
    "poison",
    "token_refused",
    "server_dies",
]
ANSWERS: dict[str, tuple[int, str]] = {
    "500": (500, "server_error"),
    "502": (502, "bad_gateway"),
    "503": (503, "maintenance"),
    "429": (429, "too_many_requests"),
    "413": (413, "body_too_large"),
    "426": (426, "client_too_old"),
    "token_refused": (401, "token_expired"),
}
PAGE = b"<!doctype html><title>Welcome</title><p>Please accept our terms."
SLOW_S = 700.0
"""Longer than an access token lives."""


@dataclass(frozen=True)
class Fault:
    """``kind`` happens to the requests whose path holds ``path``, from the ``first`` such on, ``times`` in all.

    ``retry_after_s`` goes with 503 and 429; ``op_id`` with poison; ``commit`` with server_dies.
    """

    kind: Kind
    path: str = ""
    first: int = 1
    times: int = 10**6
    retry_after_s: int | None = None
    op_id: str = ""
    commit: int = 1

    def __str__(self) -> str:
        where = f" on {self.path}" if self.path else ""
        when = "" if self.times > 10**5 and self.first == 1 else f" from request {self.first}, {self.times}×"
        return self.kind + where + when + (f" of {self.op_id}" if self.op_id else "")


@dataclass
class Late:
    """A request that is still under way when its sender has given up."""

    request: requests.PreparedRequest


@dataclass
class Link(BaseAdapter):
    """``seen`` counts the requests that left the device, ``met`` the faults that really happened, by kind.

    ``late`` takes what arrives later; ``pass_time`` lets the world's time go by; ``fuse`` is the device's own.
    ``busy_until`` is the server's time before which this device was asked not to come back; ``surprises`` are answers
    that the server's own code should never give.
    """

    way: BaseAdapter
    pass_time: Callable[[float], None]
    now: Callable[[], float]
    tell: Callable[[str], None]
    server_fuse: Callable[[], Fuse]
    fuse: Fuse = field(default_factory=Fuse)
    faults: tuple[Fault, ...] = ()
    late: list[Late] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    busy_until: float = 0.0
    surprises: list[str] = field(default_factory=list)
    _hits: Counter[Fault] = field(default_factory=Counter)

    def begin(self, *faults: Fault) -> None:
        """From now on these faults, each counted from one."""
        self.faults = faults
        self._hits = Counter()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self.fuse.pass_by("before a request")
        self.seen += 1
        line = f"{request.method} {(request.url or '').partition('/api/v1')[2].partition('?')[0] or request.path_url}"
        for fault in self.faults:
            if fault.path in (request.url or "") and self._strikes(fault, request):
                self.met[fault.kind] += 1
                self.tell(f"{line} … {fault.kind}")
                return self._strike(fault, request)
        response = self._pass(request)
        self.tell(f"{line} → {response.status_code}")
        return response

    def close(self) -> None:
        """Nothing of its own."""

    def deliver(self, late: Late) -> None:
        """A request that was held up reaches the server now; nobody waits for the answer."""
        with suppress(Died):
            self.way.send(late.request)

    def _strikes(self, fault: Fault, request: requests.PreparedRequest) -> bool:
        if fault.kind == "poison" and f'"op_id":"{fault.op_id}"'.encode() not in body_of(request):
            return False  # one that only names it, as new work in its place does, is another operation
        if fault.kind == "413" and body_of(request).count(b'"op_id"') < 2:
            return False
        self._hits[fault] += 1
        return fault.first <= self._hits[fault] < fault.first + fault.times

    def _strike(self, fault: Fault, request: requests.PreparedRequest) -> requests.Response:
        kind = fault.kind
        if kind in ANSWERS:
            status, code = ANSWERS[kind]
            headers = {"Retry-After": str(fault.retry_after_s)} if fault.retry_after_s is not None else {}
            if fault.retry_after_s is not None:
                self.busy_until = self.now() + fault.retry_after_s
            return problem(request, status, code, **headers)
        if kind == "poison":
            return problem(request, 500, "server_error")
        if kind == "html_200":
            return reply(request, 200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
        if kind == "redirect":
            return reply(request, 302, b"", {"Location": "http://login.hotel.test/"})
        if kind in ("cut", "lost_request"):
            raise requests.ConnectionError
        if kind == "late_request":
            self.late.append(Late(request))
            raise requests.ConnectionError
        return self._strike_behind(fault, request)

    def _strike_behind(self, fault: Fault, request: requests.PreparedRequest) -> requests.Response:
        """Faults of a request that does reach the server."""
        if fault.kind == "slow":
            self.pass_time(SLOW_S)
            return self._pass(request)
        if fault.kind == "server_dies":
            self.server_fuse().left = fault.commit
            try:
                return self._pass(request)
            finally:
                self.server_fuse().left = None
        response = self._pass(request)
        if fault.kind == "duplicate":
            return self._pass(request)
        if fault.kind in ("truncated", "damaged"):
            return broken(response, fault.kind)
        if fault.kind == "late_copy":
            self.late.append(Late(request))
        if fault.kind == "too_slow":
            self.pass_time(SLOW_S)
        raise requests.ConnectionError

    def _pass(self, request: requests.PreparedRequest) -> requests.Response:
        try:
            response = self.way.send(request)
        except Died as death:
            self.met["server_died"] += 1
            self.tell(f"the server dies {death}")
            raise requests.ConnectionError from None
        if response.status_code >= 500:
            self.surprises.append(f"{request.method} {request.path_url} → {response.status_code}")
        self.fuse.pass_by("after a reply")
        return response


def body_of(request: requests.PreparedRequest) -> bytes:
    """What a request says, inflated."""
    body = request.body or b""
    plain = body.encode() if isinstance(body, str) else bytes(body)
    return gzip.decompress(plain) if request.headers.get("Content-Encoding") == "gzip" else plain


def problem(request: requests.PreparedRequest, status: int, code: str, **headers: str) -> requests.Response:
    """A problem of the contract, as something between us and the server would send it."""
    body = msgspec.json.encode(Problem(status=status, code=code))
    return reply(request, status, body, {"Content-Type": "application/problem+json", **headers})


def reply(
    request: requests.PreparedRequest, status: int, body: bytes, headers: dict[str, str]
) -> requests.Response:
    """Any answer at all."""
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(body)
    response.headers.update(headers)
    response.request = request
    response.url = request.url or ""
    return response


def broken(response: requests.Response, kind: str) -> requests.Response:
    """The same answer with its second half missing, or with other bytes in its middle."""
    whole = response.raw.read()
    middle = len(whole) // 2
    part = whole[:middle] if kind == "truncated" else whole[:middle] + b"\xff\x00" + whole[middle + 2 :]
    response.raw = io.BytesIO(part)
    return response
