"""What a failed exchange was, told from the chain of exceptions of the HTTP library: one word for the person.

Pure. Reads types, error numbers and certificate verdicts, never messages, with one exception named below.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Final

import requests
import urllib3.exceptions as low

from .errors import OfflineCode

_NO_WAY: Final = frozenset(
    number
    for name in ("ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EHOSTDOWN", "EADDRNOTAVAIL")
    if (number := getattr(errno, name, None)) is not None
)
_EXPIRED, _NOT_YET, _OTHER_NAME, _OTHER_ADDRESS = 10, 9, 62, 64
"""OpenSSL's verdicts; the stores of other systems give none and count as not trusted."""
_PROXY_WANTS_SIGN_IN: Final = "407"


class PinMismatch(ssl.SSLError):
    """The server proved a key that is none of those the office has named; nothing was sent to it."""


def code_of(error: BaseException) -> OfflineCode:
    """Why no answer came."""
    chain = tuple(_chain(error))
    if any(isinstance(e, requests.exceptions.ProxyError | low.ProxyError) for e in chain):
        # http.client says the status of a refused tunnel in the message alone.
        refused = any(_PROXY_WANTS_SIGN_IN in str(e) for e in chain if type(e) is OSError)
        return "proxy_sign_in" if refused else "proxy_failed"
    connecting = any(isinstance(e, low.ConnectTimeoutError | low.NewConnectionError) for e in chain)
    for link in reversed(chain):  # the deepest knows best
        code = _code_of_one(link)
        if code is not None:
            return "no_answer" if code == "too_slow" and connecting else code
    return "offline"


def _code_of_one(error: BaseException) -> OfflineCode | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(getattr(error, "verify_code", 0))
    if isinstance(error, PinMismatch):
        return "certificate_not_pinned"
    if isinstance(error, ssl.SSLError):
        return "tls_failed"
    if isinstance(error, socket.gaierror | low.NameResolutionError):
        return "unknown_name"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionError | low.ProtocolError | low.IncompleteRead):
        return "connection_lost"
    if isinstance(error, requests.exceptions.InvalidURL | low.LocationParseError):
        return "bad_address"
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return "no_network"
    return "too_slow" if isinstance(error, TimeoutError | low.TimeoutError) else None


def _certificate(verdict: object) -> OfflineCode:
    if verdict in (_EXPIRED, _NOT_YET):
        return "certificate_out_of_date"
    return "certificate_other_name" if verdict in (_OTHER_NAME, _OTHER_ADDRESS) else "untrusted_certificate"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of, outermost first; requests and urllib3 hide causes in arguments."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        hidden = (link.__cause__, link.__context__, getattr(link, "reason", None), *link.args)
        waiting += [e for e in hidden if isinstance(e, BaseException)]
