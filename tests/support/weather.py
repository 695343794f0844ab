"""Bad weather over a real server: an ASGI application in front of it that answers in its place, as a test says.

    weather = Weather(office.app)
    with served(weather) as url:
        weather.turns(maintenance(retry_after=600))
        ...
        weather.clears()

What it plays are whole replies. For what happens to the bytes of one, see ``fault_proxy``.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.models.domain.wire import Problem


@dataclass(frozen=True)
class Answer:
    """A whole reply in the server's place, to requests whose path holds ``to`` and not ``but``."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    to: str = ""
    but: str = "\0"


class Weather:
    """Thread-safe. ``seen`` are the paths asked for since it last turned."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._answer: Answer | None = None
        self._seen: list[str] = []

    @property
    def seen(self) -> list[str]:
        with self._lock:
            return list(self._seen)

    def turns(self, answer: Answer) -> None:
        """From now on it answers."""
        with self._lock:
            self._answer = answer
            self._seen = []

    def clears(self) -> None:
        """The server is seen again."""
        with self._lock:
            self._answer = None
            self._seen = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        answer = None
        if scope["type"] == "http":
            with self._lock:
                self._seen.append(scope["path"])
                answer = self._answer
        if answer is None or answer.to not in scope["path"] or answer.but in scope["path"]:
            await self._app(scope, receive, send)
            return
        headers = [("content-type", answer.content_type), *answer.headers]
        raw = [(name.lower().encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": answer.body})


def refusal(
    status: int, code: str, *, retry_after: int | None = None, to: str = "", but: str = "\0"
) -> Answer:
    """A problem of the contract."""
    headers = (("Retry-After", str(retry_after)),) if retry_after is not None else ()
    body = msgspec.json.encode(Problem(status=status, code=code))
    return Answer(status, "application/problem+json", body, headers, to, but)


def maintenance(retry_after: int | None = None) -> Answer:
    """What a balancer says while the server is away."""
    headers = (("Retry-After", str(retry_after)),) if retry_after is not None else ()
    return Answer(503, "text/html", b"<h1>Back soon</h1>", headers)


def portal() -> Answer:
    """A hotel's page, with a good status."""
    return Answer(200, "text/html; charset=utf-8", b"<html>Room number, please</html>")
