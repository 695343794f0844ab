"""What stands between us and the server may lie, stall or bomb; a reply counts only if it is the contract's.

Every case is a real socket that answers real bytes.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
import zstandard

from desktop.models.domain.wire import Problem
from desktop.services.api.client import Api
from desktop.services.api.errors import (
    ApiError,
    BadReply,
    Busy,
    CaptivePortal,
    ClientTooOld,
    Offline,
    RefusedByServer,
    ServerFault,
    StartOver,
)
from desktop.services.api.transport import Transport
from tests.support.certificates import self_signed, server_context

Answer = Callable[[socket.socket], None]


class _Token:
    def access(self) -> str:
        return "token"

    def renew(self, refused: str) -> str:
        return "another"


@contextmanager
def answering(
    answer: Answer, tls: ssl.SSLContext | None = None, city_ca: Path | None = None
) -> Iterator[Api]:
    """A client of a server that reads one request a connection and then lets ``answer`` do as it likes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(10)
            try:
                with tls.wrap_socket(connection, server_side=True) if tls else connection as speaking:
                    request = b""
                    while b"\r\n\r\n" not in request:
                        request += speaking.recv(65536)
                    answer(speaking)
            except OSError:
                continue

    thread = threading.Thread(target=serve)
    thread.start()
    address = f"{'https' if tls else 'http'}://127.0.0.1:{listener.getsockname()[1]}"
    transport = Transport(address, monotonic=time.monotonic, city_ca=city_ca)
    try:
        yield Api(transport, device_id="d", client_version="0", new_id=lambda: "r", tokens=_Token())
    finally:
        transport.close()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def reply(status: str, content_type: str, body: bytes, *headers: str) -> Answer:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return lambda connection: connection.sendall("\r\n".join([*head, "", ""]).encode() + body)


def problem(status: int, code: str) -> bytes:
    return msgspec.json.encode(Problem(status=status, code=code))


ME = (
    b'{"person_id":"p","name":"n","title":"","roles":[],"unit_ids":[],'
    b'"scope_rev":1,"lock_after_s":1,"hard_lock_after_s":2}'
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply("200 OK", "text/html; charset=utf-8", b"<html>Log in to the hotel</html>"), CaptivePortal),
        (reply("302 Found", "text/html", b"", "Location: http://127.0.0.1/login"), CaptivePortal),
        (reply("307 Temporary Redirect", "application/json", b"{}", "Location: /me"), CaptivePortal),
        (reply("200 OK", "application/json", b'{"person_id": 5}'), BadReply),
        (reply("200 OK", "application/json", ME[:40]), BadReply),
        (reply("200 OK", "text/plain", ME), BadReply),
        (reply("201 Created", "application/json", ME), BadReply),
        (reply("404 Not Found", "application/json", b"{}"), BadReply),
        (reply("502 Bad Gateway", "text/html", b"<h1>nginx</h1>"), ServerFault),
        (reply("500 Internal Server Error", "application/problem+json", problem(500, "x")), ServerFault),
        (reply("426 Upgrade Required", "application/problem+json", problem(426, "x")), ClientTooOld),
        (reply("503 Service Unavailable", "text/html", b"", "Retry-After: 7"), Busy),
        (reply("403 Forbidden", "application/problem+json", problem(403, "forbidden")), RefusedByServer),
        (
            reply("200 OK", "application/json", gzip.compress(b" " * (17 << 20)), "Content-Encoding: gzip"),
            BadReply,
        ),
        (
            reply(
                "200 OK", "application/json", zstandard.compress(b" " * (300 << 20)), "Content-Encoding: zstd"
            ),
            BadReply,
        ),
        (reply("200 OK", "application/json", gzip.compress(ME)[:-6], "Content-Encoding: gzip"), BadReply),
        (
            reply("200 OK", "application/json", zstandard.compress(ME)[:-6], "Content-Encoding: zstd"),
            BadReply,
        ),
        (reply("200 OK", "application/json", b"not gzip at all", "Content-Encoding: gzip"), BadReply),
        (reply("200 OK", "application/json", ME, "Content-Encoding: br"), BadReply),
        (
            lambda c: c.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n" + ME
            ),
            Offline,
        ),
        (lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty"), BadReply),
        (lambda c: None, Offline),
    ],
)
def test_only_the_contracts_reply_counts(answer: Answer, expected: type[ApiError]) -> None:
    """A colleague on a hotel's network would otherwise be signed out, or see rows that nobody sent."""
    with answering(answer) as api, pytest.raises(ApiError) as caught:
        api.me()
    assert type(caught.value) is expected


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
def test_a_good_reply_is_read_in_every_encoding(encoding: str) -> None:
    """The server chooses; a client that reads one only would be offline for ever."""
    body = {"identity": ME, "gzip": gzip.compress(ME), "zstd": zstandard.compress(ME)}[encoding]
    with answering(reply("200 OK", "application/json", body, f"Content-Encoding: {encoding}")) as api:
        assert api.me().person_id == "p"


def test_a_lost_place_in_the_log_is_told_apart_from_a_refusal() -> None:
    """The engine takes a new snapshot on the one and parks the work on the other."""
    with answering(reply("410 Gone", "application/problem+json", problem(410, "scope_changed"))) as api:
        with pytest.raises(StartOver) as caught:
            api.changes("c")
        assert caught.value.code == "scope_changed"
        with pytest.raises(RefusedByServer):
            api.renew_lease("l", 1)


def test_patience_is_measured_by_the_servers_own_clock() -> None:
    """A desktop whose clock is a day off must not wait for a day."""
    later = reply(
        "503 Service Unavailable",
        "text/plain",
        b"",
        "Date: Tue, 14 May 2024 01:30:00 GMT",
        "Retry-After: Tue, 14 May 2024 01:31:30 GMT",
    )
    with answering(later) as api, pytest.raises(Busy) as caught:
        api.me()
    assert caught.value.retry_after_s == 90


@pytest.mark.parametrize("drip_headers", [True, False])
def test_a_dripping_server_is_left_at_the_deadline(drip_headers: bool) -> None:
    """A byte now and then restarts every read's own timeout; only a total limit gets the user out."""
    start = (
        b"HTTP/1.1 200 OK\r\n"
        if drip_headers
        else b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    )
    gone = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        while not gone.wait(0.05):
            connection.sendall(b"x")

    with answering(drip) as api:
        began = time.monotonic()
        with pytest.raises(Offline):
            api.transport.send("GET", "/", headers={}, limit_s=0.5)
        assert time.monotonic() - began < 20
        gone.set()


def test_a_certificate_counts_only_if_the_city_vouches_for_it(tmp_path: Path) -> None:
    """A foreign certificate is a foreign server; the city's own authority is trusted where it is named."""
    certificate, key = self_signed(tmp_path)
    context = server_context(certificate, key)
    good = reply("200 OK", "application/json", ME)
    with answering(good, context) as api, pytest.raises(Offline) as caught:
        api.me()
    assert caught.value.code == "untrusted_certificate"
    with answering(good, context, city_ca=certificate) as api:
        assert api.me().person_id == "p"


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\n",
    ],
    ids=["body", "header", "headers"],
)
def test_what_never_ends_is_cut_off_by_its_size(tmp_path: Path, head: bytes, secure: bool) -> None:
    """A server that sends as fast as it can fills no memory: a body ends at 16 MiB, headers long before that."""
    certificate, key = self_signed(tmp_path)
    sent = [0]
    more = b"X-More: 1\r\n" * 6000 if head.endswith(b"OK\r\n") else b"x" * 65536

    def flood(connection: socket.socket) -> None:
        connection.sendall(head)
        while sent[0] < 64 << 20:
            connection.sendall(more)
            sent[0] += len(more)

    tls = server_context(certificate, key) if secure else None
    with answering(flood, tls, city_ca=certificate if secure else None) as api, pytest.raises(ApiError):
        api.me()
    assert sent[0] < 32 << 20


def test_a_redirect_is_not_followed() -> None:
    """A token, or a telephone number, would go to whoever the redirect names."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        away = f"Location: http://127.0.0.1:{elsewhere.getsockname()[1]}/api/v1/me"
        for status in ("301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent"):
            moved = reply(status, "application/json", b"{}", away)
            with answering(moved) as api, pytest.raises(CaptivePortal):
                api.me()
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_closing_the_program_ends_a_long_poll() -> None:
    """Somebody who closes the window does not wait for 25 seconds of poll."""
    asked, over = threading.Event(), threading.Event()

    def hold(connection: socket.socket) -> None:
        asked.set()
        over.wait(60)

    with answering(hold) as api:
        raised: list[BaseException] = []

        def poll() -> None:
            try:
                api.changes("c", wait_s=25)
            except Offline as error:
                raised.append(error)

        thread = threading.Thread(target=poll)
        thread.start()
        assert asked.wait(60)
        began = time.monotonic()
        api.transport.abort()
        thread.join(60)
        assert raised
        assert time.monotonic() - began < 20
        over.set()


@contextmanager
def forgetful() -> Iterator[tuple[Api, list[bytes]]]:
    """A server that answers each connection once and closes it at the next question; what it was asked, by line."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(10)
            with connection:
                asked.append(connection.recv(65536).partition(b"\r\n")[0])
                reply("200 OK", "application/json", ME)(connection)
                asked.append(connection.recv(65536).partition(b"\r\n")[0])

    thread = threading.Thread(target=serve)
    thread.start()
    transport = Transport(f"http://127.0.0.1:{listener.getsockname()[1]}", monotonic=time.monotonic)
    try:
        yield Api(transport, device_id="d", client_version="0", new_id=lambda: "r", tokens=_Token()), asked
    finally:
        transport.close()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def test_a_connection_closed_while_it_rested_is_not_offline() -> None:
    """The server, or a proxy on the way, closes what has been idle just as it is used: nobody is offline for that."""
    with forgetful() as (api, asked):
        for _ in range(3):
            assert api.me().person_id == "p"
    line = b"GET /api/v1/me HTTP/1.1"
    assert [each for each in asked if each] == [line] * 5, "asked again each time the connection was gone"


def test_what_must_not_happen_twice_is_not_asked_twice() -> None:
    """Whether a claim arrived before the connection closed nobody knows: a second one might dial a second citizen."""
    with forgetful() as (api, asked):
        api.me()
        with pytest.raises(Offline):
            api.claim_next()
    assert [each for each in asked if b"claim-next" in each] == [
        b"POST /api/v1/visit-leases/claim-next HTTP/1.1"
    ]
