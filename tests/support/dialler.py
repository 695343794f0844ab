"""A city's dialler as docs/telephony.md describes it, on this machine: what a call does, the test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "dialler-token"
_HOLD_S = 30.0


class Dialler:
    """``asked`` is every request as (method, path), ``numbers`` who was to be rung; ``broken`` answers nonsense."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.numbers: list[str] = []
        self.broken = False
        self._calls: dict[str, dict[str, Any]] = {}
        self._news = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/dialler/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def say(self, state: str, **more: Any) -> None:
        """What becomes of the latest call."""
        with self._news:
            call = self._calls[str(len(self._calls))]
            call |= {"state": state, "step": call["step"] + 1, **more}
            self._news.notify_all()

    def close(self) -> None:
        """Answer everything that is held, and end."""
        with self._news:
            self.broken = True
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(_HOLD_S)

    def answer(self, method: str, target: str, token: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """One request; a question for news is held until there are some."""
        parts = urlsplit(target)
        path = parts.path.removeprefix("/dialler/v1")
        self.asked.append((method, path))
        if self.broken or token != f"Bearer {TOKEN}":
            return 401, {"message": "no"}
        if method == "POST" and path == "/calls":
            wanted = json.loads(body)
            assert wanted["seat"] == "8012"
            name = str(len(self._calls) + 1)
            self._calls[name] = {"id": name, "state": "dialling", "step": 0}
            begun = dict(self._calls[name])
            self.numbers.append(wanted["to"])  # last: whoever sees it may have something become of the call
            return 201, begun
        call = self._calls[path.removeprefix("/calls/")]
        if method == "DELETE":
            self.say("ended", cause="hung_up")
            return 204, {}
        after = int(parse_qs(parts.query)["after"][0])
        with self._news:
            self._news.wait_for(lambda: call["step"] > after or self.broken, _HOLD_S)
            return 200, dict(call)


def _handler(dialler: Dialler) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = self.headers.get("Authorization", "")
            status, told = dialler.answer(self.command, self.path, token, body)
            sent = json.dumps(told).encode() if told else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(sent)
            self.close_connection = True

        do_GET = do_POST = do_DELETE = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    return Handler


@contextmanager
def running_dialler() -> Iterator[Dialler]:
    """A dialler that ends with the block."""
    dialler = Dialler()
    try:
        yield dialler
    finally:
        dialler.close()
