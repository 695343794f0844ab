"""How one call of the contract is made: headers, tokens, compression, and what counts as an answer.

A reply counts only if status, content type and schema are right; everything else becomes one of ``errors``. Knows no
endpoint.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from desktop.models.domain.body_digest import HEADER, content_digest
from desktop.models.domain.ids import NewId
from desktop.models.domain.wire import Problem

from .errors import (
    ApiError,
    BadReply,
    Busy,
    ClientTooOld,
    RefusedByServer,
    ServerFault,
    SignedOut,
    SignInCode,
    StartOver,
)
from .server_time import ServerTime
from .transport import Reply, Transport

PREFIX = "/api/v1"
CALL_S = 20.0
PAGE_S = 90.0
"""Limits of an exchange in seconds: for ordinary calls, and for pages and pushes."""

_GZIP_FROM_BYTES = 2048
_LONGEST_WAIT_S = 7 * 86_400.0
"""A server that asks for longer is not taken at its word: somebody has to look at it."""
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_FORM = "application/x-www-form-urlencoded"

_REASONS: Mapping[str, SignInCode] = {
    "unknown_person": "unknown_person",
    "provider_refused": "provider_refused",
}
"""What our server says beside RFC 6749's own words."""

T = TypeVar("T")


class Tokens(Protocol):
    """Where access tokens come from; the account room implements it."""

    def access(self) -> str:
        """A token to send. Raises SignedOut, or what a refresh raises."""
        ...

    def renew(self, refused: str) -> str:
        """A token other than ``refused``, which the server did not take. Raises SignedOut."""
        ...


class Ask(NamedTuple):
    """One question: ``path`` below the prefix unless it is told otherwise, ``expect`` the statuses that answer it.

    ``held``: the server may hold the answer back, and we may end the waiting (:meth:`Transport.interrupt`).
    ``repeatable``: asked twice it has the effect of once, though its method does not say so.
    ``data`` are bytes sent as they are, in the place of a ``body``; their content type stands in ``headers``.
    """

    method: str
    path: str
    body: Struct | None = None
    expect: tuple[int, ...] = (200,)
    params: Mapping[str, str] | None = None
    headers: Mapping[str, str] = {}
    limit_s: float = CALL_S
    signed: bool = True
    prefix: str = PREFIX
    held: bool = False
    data: bytes | None = None
    repeatable: bool = False


class OAuthError(Struct, frozen=True, kw_only=True):
    """RFC 6749, section 5.2."""

    error: str
    error_description: str = ""


class Caller:
    """Makes calls for one device."""

    def __init__(
        self,
        transport: Transport,
        *,
        device_id: str,
        client_version: str,
        new_id: NewId,
        tokens: Tokens | None,
        server_time: ServerTime | None = None,
    ) -> None:
        self.transport = transport
        self.device_id = device_id
        self.tokens = tokens
        self._client_version = client_version
        self._new_id = new_id
        self._server_time = server_time

    def fetch(self, ask: Ask, kind: type[T]) -> T:
        """The answer as a ``kind``."""
        return decode(self.call(ask), kind)

    def call(self, ask: Ask) -> Reply:
        """The reply, with one of the expected statuses; tried once more with a new token where ours was refused."""
        headers = dict(ask.headers)
        data = ask.data
        if ask.body is not None:
            headers["Content-Type"] = _JSON
            data = msgspec.json.encode(ask.body)
            if len(data) > _GZIP_FROM_BYTES:
                data = gzip.compress(data, compresslevel=5, mtime=0)
                headers["Content-Encoding"] = "gzip"
        if not ask.signed:
            reply = self._send(ask, headers, data)
        elif self.tokens is None:
            raise SignedOut("signed_out")
        else:
            token = self.tokens.access()
            reply = self._send(ask, headers | {"Authorization": f"Bearer {token}"}, data)
            if reply.status == 401:
                token = self.tokens.renew(token)
                reply = self._send(ask, headers | {"Authorization": f"Bearer {token}"}, data)
        if reply.status not in ask.expect:
            raise _error(reply, ask.path)
        return reply

    def submit_form(self, path: str, form: Mapping[str, str]) -> Reply:
        """A form of the OAuth endpoints. Raises SignedOut where the server does not take what was sent."""
        ask = Ask("POST", path, prefix="", signed=False)
        reply = self._send(ask, {"Content-Type": _FORM}, urlencode(form).encode())
        if reply.status in (400, 401) and reply.content_type == _JSON:
            refusal = decode(reply, OAuthError)
            code: SignInCode = "sign_in_expired" if refusal.error == "invalid_grant" else "sign_in_refused"
            code = _REASONS.get(refusal.error_description, code)
            raise _about(reply, SignedOut(code))
        if reply.status != 200:
            raise _error(reply, path)
        return reply

    def _send(self, ask: Ask, headers: Mapping[str, str], body: bytes | None) -> Reply:
        request_id = self._new_id()
        # A file's bytes have their own hash, whose breach the person is told of.
        digest = {HEADER: content_digest(body)} if body and ask.data is None else {}
        sent = self._server_time.begin() if self._server_time is not None else None
        try:
            reply = self.transport.send(
                ask.method,
                ask.prefix + ask.path,
                headers={
                    "Accept": f"{_JSON}, {_PROBLEM}",
                    "Accept-Encoding": "zstd, gzip",
                    "X-Request-Id": request_id,
                    "X-Device-Id": self.device_id,
                    "X-Client-Version": self._client_version,
                    **digest,
                    **headers,
                },
                params=ask.params,
                body=body,
                limit_s=ask.limit_s,
                held=ask.held,
                repeatable=ask.repeatable or ask.method in _IDEMPOTENT,
            )
        except ApiError as error:
            error.request_id = request_id
            raise
        if self._server_time is not None and sent is not None:
            self._server_time.observe(reply.headers.get("X-Server-Time", ""), sent)
        return reply._replace(request_id=request_id)


def decode(reply: Reply, kind: type[T]) -> T:
    """The body as a ``kind``. Raises BadReply."""
    if reply.content_type != _JSON:
        raise _about(reply, BadReply())
    try:
        return msgspec.json.decode(reply.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _about(reply, BadReply()) from error


def _about(reply: Reply, error: ApiError) -> ApiError:
    """The error, knowing which exchange it tells of."""
    error.request_id = reply.request_id
    error.answered = reply.status
    return error


def _error(reply: Reply, path: str) -> ApiError:
    """The error of an unexpected status; only a problem of the contract is taken at its word."""
    return _about(reply, _judged(reply, path))


def _judged(reply: Reply, path: str) -> ApiError:
    status = reply.status
    problem = _problem(reply)
    if status == 426:
        return ClientTooOld()
    if status in (429, 503):
        code = "too_many_requests" if status == 429 else "maintenance"
        return Busy(problem.code if problem else code, _retry_after(reply))
    if status >= 500:
        return ServerFault(status)
    if problem is None or not 400 <= status < 500:
        return BadReply()
    if problem.code == "body_damaged":  # what we sent did not arrive as it was sent
        return BadReply("reply_damaged")
    if status == 401:
        return SignedOut("sign_in_expired")
    if path.startswith("/sync/") and (status == 410 or problem.code == "bad_cursor"):
        return StartOver(problem.code)
    return RefusedByServer(problem)


def _problem(reply: Reply) -> Problem | None:
    if reply.content_type != _PROBLEM:
        return None
    try:
        return msgspec.json.decode(reply.body, type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _retry_after(reply: Reply) -> float | None:
    """Seconds, a week at most; a date counts from the reply's own date, never from this machine's clock."""
    value = reply.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():  # other scripts' digits, and raised ones, are no numbers
        return min(_LONGEST_WAIT_S, float(value))
    try:
        later, sent = parsedate_to_datetime(value), parsedate_to_datetime(reply.headers.get("Date", ""))
        return min(_LONGEST_WAIT_S, max(0.0, (later - sent).total_seconds()))
    except (ValueError, TypeError, OverflowError):
        return None
