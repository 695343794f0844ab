"""Signing in through the person's own browser: RFC 8252, a code with PKCE over a loopback redirect.

Where the central server names the office's own OpenID provider, the person signs in there, and its word is exchanged
for the server's tokens. Opens no browser by itself: it names the address and waits. A sample city signs its people in
without one.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from desktop.models.domain.wire import TokenReply
from desktop.services.api.client import CLIENT_ID, Api
from desktop.services.api.errors import BadReply, SignedOut

from .provider import Provider
from .tokens import Granted, Vouched

RandomBytes = Callable[[int], bytes]
"""Good random bytes: ``random.SystemRandom().randbytes`` in production."""

WAIT_S = 600.0
_POLL_S = 0.2
_PATH = "/callback"
_PAGE = """<!doctype html><meta charset="utf-8"><title>·</title>
<body style="font-family:sans-serif;margin:15vh auto;max-width:30em;text-align:center">
<p>{zh}</p><p lang="en">{en}</p>"""
_DONE = _PAGE.format(zh="已收到登录，可以关闭此页。", en="Sign-in received. You can close this page.")
_FOREIGN = _PAGE.format(zh="这不是本次登录的答复。", en="This is not the answer to the present sign-in.")


class LoopbackSignIn:
    """One attempt to sign in; a context manager that closes its listener.

    with LoopbackSignIn(api, random_bytes=…, language="zh", monotonic=…) as attempt:
        open_in_browser(attempt.url)
        sign_in.begin(attempt.wait(cancel))
    """

    def __init__(
        self,
        api: Api,
        *,
        random_bytes: RandomBytes,
        monotonic: Callable[[], float],
        language: str = "zh",
        own_page: bool = False,
    ) -> None:
        """Asks the server where to sign in; ``own_page``: at the server itself, whatever else it names.

        Raises what ``Api.authorization_server`` raises, and the failures of a provider.
        """
        self._api = api
        self._monotonic = monotonic
        self._verifier = _text(random_bytes(48))
        self._state = _text(random_bytes(24))
        self._answer: dict[str, str] | None = None
        self._nonce = _text(random_bytes(24))
        server = api.authorization_server()
        if urlsplit(server.authorization_endpoint).scheme not in ("http", "https"):
            raise BadReply
        named = None if own_page else server.sign_in_provider
        self._provider = Provider(named, api.transport.beside) if named is not None else None
        if self._provider is not None:
            self._provider.discovery()  # before there is a listener to close
        self._listener = _Listener(self._receive)
        self._redirect = f"http://127.0.0.1:{self._listener.server_port}{_PATH}"
        self.url = self._question(
            server.authorization_endpoint, "zh-CN" if language.startswith("zh") else "en"
        )

    @property
    def at_provider(self) -> bool:
        """Whether the person signs in at the office's own provider."""
        return self._provider is not None

    def _question(self, address: str, language: str) -> str:
        challenge = _text(sha256(self._verifier.encode()).digest())
        if self._provider is not None:
            return self._provider.question(
                redirect=self._redirect,
                state=self._state,
                nonce=self._nonce,
                challenge=challenge,
                language=language,
            )
        question = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": self._redirect,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "state": self._state,
            "ui_locales": language,
        }
        return f"{address}?{urlencode(question)}"

    def __enter__(self) -> LoopbackSignIn:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.server_close()

    def wait(self, cancel: Event, limit_s: float = WAIT_S) -> Granted:
        """Waits for the browser to come back and exchanges the code.

        Raises SignedOut("sign_in_cancelled" | "sign_in_timeout" | "sign_in_refused"), and what the exchange raises.
        """
        until = self._monotonic() + limit_s
        while self._answer is None:
            if cancel.is_set():
                raise SignedOut("sign_in_cancelled")
            if self._monotonic() >= until:
                raise SignedOut("sign_in_timeout")
            self._listener.handle_request()
        code = self._answer.get("code")
        if not code:
            raise SignedOut("sign_in_refused")
        if self._provider is None:
            return _granted(self._api.exchange_code(code, self._verifier, self._redirect))
        if not self._provider.is_answer(self._answer):
            raise SignedOut("sign_in_not_ours")
        told = self._provider.exchange(
            code, verifier=self._verifier, redirect=self._redirect, nonce=self._nonce
        )
        vouched = Vouched(provider=self._provider.said, refresh_token=told.refresh_token)
        return _granted(self._api.exchange_id_token(told.id_token), vouched)

    def _receive(self, path: str) -> bool:
        """True where the request is the answer to ours; anything else on this port is somebody else's."""
        parts = urlsplit(path)
        answer = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path != _PATH or not hmac.compare_digest(
            answer.get("state", "").encode(), self._state.encode()
        ):
            return False
        self._answer = answer
        return True


class _Listener(HTTPServer):
    timeout = _POLL_S
    allow_reuse_address = False

    def __init__(self, receive: Callable[[str], bool]) -> None:
        self.receive = receive
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    timeout = 5  # a browser may open a connection ahead and say nothing
    server: _Listener

    def do_GET(self) -> None:
        ours = self.server.receive(self.path)
        body = (_DONE if ours else _FOREIGN).encode()
        self.send_response(200 if ours else 400)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the path holds the code."""


def _granted(reply: TokenReply, vouched: Vouched | None = None) -> Granted:
    return Granted(**msgspec.structs.asdict(reply), vouched=vouched)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
