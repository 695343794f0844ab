"""An ASGI application behind a `requests` session, without sockets: for tests that drive the real server in process.

    with InProcessServer(app) as server:
        session.mount("http://", server.adapter())

One event loop in one thread serves every adapter, so long polls and their wake-ups work as they do behind a socket.
"""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

Asgi = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]


class InProcessServer:
    """Runs an application until closed. Thread-safe."""

    def __init__(self, app: Any, *, base_url: str = "http://central.test") -> None:
        self.base_url = base_url
        self._app: Asgi = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="in-process-server", daemon=True)
        self._thread.start()

    def __enter__(self) -> InProcessServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def adapter(self) -> BaseAdapter:
        """What to mount on a session; closing the session does not stop the server."""
        return InProcessAdapter(self)

    def session(self) -> requests.Session:
        """A session that reaches this server and nothing else."""
        session = requests.Session()
        session.trust_env = False
        session.mount("http://", self.adapter())
        session.mount("https://", self.adapter())
        return session

    def handle(self, scope: dict[str, Any], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """One exchange: status, headers, body."""
        return asyncio.run_coroutine_threadsafe(exchange(self._app, scope, body), self._loop).result()

    def close(self) -> None:
        """End the loop and its threads; requests still running are cancelled."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        running = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._loop.shutdown_default_executor()


async def exchange(app: Asgi, scope: dict[str, Any], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    """One exchange with an application: status, headers, body."""
    started: dict[str, Any] = {}
    parts: list[bytes] = []
    pending = [{"type": "http.request", "body": body, "more_body": False}]
    answered = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if pending:
            return pending.pop()
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(event: Mapping[str, Any]) -> None:
        if event["type"] == "http.response.start":
            started.update(event)
        elif event["type"] == "http.response.body":
            parts.append(event.get("body", b""))
            if not event.get("more_body", False):
                answered.set()

    await app(scope, receive, send)
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in started["headers"]]
    return started["status"], headers, b"".join(parts)


class Handler(Protocol):
    """Whatever answers one exchange."""

    def handle(self, scope: dict[str, Any], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]: ...


class InProcessAdapter(BaseAdapter):
    """Takes a request to a handler, and its answer back."""

    def __init__(self, server: Handler) -> None:
        super().__init__()
        self._server = server

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        body: Any = request.body or b""
        whole = body.encode() if isinstance(body, str) else bytes(body)
        status, headers, content = self._server.handle(_scope(request), whole)
        raw = HTTPResponse(
            body=io.BytesIO(b"" if request.method == "HEAD" else content),  # as a socket's server does
            headers=HTTPHeaderDict(headers),
            status=status,
            preload_content=False,
            request_method=request.method,
        )
        response = requests.Response()
        response.status_code = status
        response.headers.update(raw.headers)
        response.raw = raw
        response.url = request.url or ""
        response.request = request
        response.encoding = "utf-8"
        return response

    def close(self) -> None:
        """Nothing of its own: the server is closed by its owner."""


def _scope(request: requests.PreparedRequest) -> dict[str, Any]:
    parts = urlsplit(request.url or "")
    headers = [
        (name.lower().encode("latin-1"), str(value).encode("latin-1"))
        for name, value in request.headers.items()
    ]
    headers.append((b"host", parts.netloc.encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path) or "/",
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": (parts.hostname, parts.port or 80),
        "extensions": {},
    }
