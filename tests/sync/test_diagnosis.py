"""Why no answer came: each way a network fails has its own word, because each has somebody else who can mend it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.models.domain.clock import ManualClock
from desktop.services.api.errors import ApiError, Interrupted, Offline
from desktop.services.api.server_time import ServerTime
from desktop.services.api.transport import Transport
from tests.support.certificates import self_signed, server_context


def transport(url: str, **options: object) -> Transport:
    return Transport(url, monotonic=time.monotonic, **options)  # type: ignore[arg-type]  # passed through


def failure(way: Transport, limit_s: float = 5.0) -> ApiError:
    """What one exchange comes to."""
    with pytest.raises(ApiError) as caught:
        way.send("GET", "/api/v1/meta", headers={}, limit_s=limit_s)
    way.close()
    return caught.value


@contextmanager
def speaking(say: Callable[[socket.socket], object]) -> Iterator[int]:
    """A port where each connection is heard once and then treated by ``say``."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.settimeout(10)
                    connection.recv(65536)
                    say(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, name="speaking")
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@contextmanager
def full_port() -> Iterator[int]:
    """A port that takes no more connections and refuses none: packets to it are dropped, as by a firewall."""
    with ExitStack() as open_:
        listener = open_.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        for _ in range(4):
            client = open_.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
        yield port


def test_a_name_nobody_knows() -> None:
    """A mistyped address, or no way to the city's name service: the person looks at the address, not at the server."""
    assert failure(transport("https://desk.invalid")).code == "unknown_name"


def test_a_port_where_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert failure(transport(f"http://127.0.0.1:{port}")).code == "refused"


def test_a_server_that_never_takes_the_connection() -> None:
    """A firewall drops what it does not like; the person learns that nothing answers, within the limit."""
    with full_port() as port:
        assert failure(transport(f"http://127.0.0.1:{port}"), 0.4).code == "no_answer"


def test_a_server_that_takes_the_question_and_is_silent() -> None:
    over = threading.Event()
    with speaking(lambda _: over.wait(60)) as port:
        assert failure(transport(f"http://127.0.0.1:{port}"), 0.4).code == "too_slow"
        over.set()


def test_a_connection_that_ends_in_the_middle() -> None:
    with speaking(lambda _: None) as port:
        assert failure(transport(f"http://127.0.0.1:{port}")).code == "connection_lost"


def test_certificates_are_told_apart(tmp_path: Path) -> None:
    """A foreign authority may be an attacker, another name is a wrong address: the technician needs to know which."""
    certificate, key = self_signed(tmp_path)
    tls = server_context(certificate, key)

    def shake(connection: socket.socket) -> None:
        with tls.wrap_socket(connection, server_side=True):
            return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve() -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                with connection:
                    try:
                        shake(connection)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, name="tls")
        thread.start()
        assert failure(transport(f"https://127.0.0.1:{port}")).code == "untrusted_certificate"
        named = failure(transport(f"https://localhost:{port}", city_ca=certificate))
        assert named.code == "certificate_other_name"
        thread.join(60)


def test_a_server_without_tls_where_tls_is_wanted() -> None:
    with speaking(lambda c: c.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        assert failure(transport(f"https://127.0.0.1:{port}")).code == "tls_failed"


def test_a_proxy_that_is_away_or_wants_a_sign_in() -> None:
    """The server is well; whoever runs the proxy has to be asked."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        away = f"http://127.0.0.1:{taken.getsockname()[1]}"
    assert failure(transport("https://10.255.255.1", proxies={"https": away})).code == "proxy_failed"
    asks = (
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
    )
    with speaking(lambda c: c.sendall(asks)) as port:
        proxies = dict.fromkeys(("http", "https"), f"http://127.0.0.1:{port}")
        assert failure(transport("https://10.255.255.1", proxies=proxies)).code == "proxy_sign_in"


def test_what_we_end_ourselves_is_no_failure_of_the_network() -> None:
    """A recorded urge ends the long poll; the status bar must not say "offline" for it."""
    asked, over = threading.Event(), threading.Event()

    def hold(_: socket.socket) -> None:
        asked.set()
        over.wait(60)

    with speaking(hold) as port:
        way = transport(f"http://127.0.0.1:{port}")
        ended: list[ApiError] = []

        def wait() -> None:
            try:
                way.send("GET", "/", headers={}, limit_s=10, held=True)
            except ApiError as error:
                ended.append(error)

        thread = threading.Thread(target=wait, name="waiting")
        thread.start()
        assert asked.wait(60)
        way.interrupt()
        thread.join(60)
        assert [type(e) for e in ended] == [Interrupted]
        over.set()


def test_an_interruption_between_two_exchanges_is_not_lost() -> None:
    """Something was recorded after the outbox was read and before the poll began: the poll must not begin at all."""
    nothing = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
    with speaking(lambda c: c.sendall(nothing)) as port:
        way = transport(f"http://127.0.0.1:{port}")
        way.interrupt()
        with pytest.raises(Interrupted):
            way.send("GET", "/", headers={}, limit_s=10, held=True)
        assert way.send("GET", "/", headers={}, limit_s=10).status == 204, "only waiting is put off"
        way.allow_holding()
        assert way.send("GET", "/", headers={}, limit_s=10, held=True).status == 204
        way.close()


def test_a_cut_network_says_who_cut_it() -> None:
    way = transport("http://127.0.0.1:1")
    way.unplugged = True
    assert failure(way).code == "cut"
    assert isinstance(failure(way), Offline)


def test_the_skew_is_the_middle_of_a_round_trip_and_a_long_poll_spoils_nothing() -> None:
    """The banner names minutes: an answer that was held for 25 seconds must not move it by twelve."""
    start = datetime(2026, 5, 4, 8, tzinfo=UTC)
    clock = ManualClock(start)
    server = ServerTime(clock)
    ahead = timedelta(minutes=17)

    def exchange(before_s: float, after_s: float, ahead: timedelta) -> None:
        sent = server.begin()
        clock.advance(before_s)
        stated = clock.now() + ahead
        clock.advance(after_s)
        server.observe(stated.isoformat(timespec="milliseconds"), sent)

    exchange(0.1, 0.1, ahead)
    assert server.skew == ahead
    exchange(25, 0.1, ahead)
    assert server.skew == ahead
    exchange(0.3, 0.1, ahead)
    assert server.skew is not None
    assert abs(server.skew - ahead) <= timedelta(seconds=0.2)
    clock.jump(ahead)  # somebody mends the clock
    exchange(25, 0.1, timedelta(0))
    assert abs(server.skew) < timedelta(seconds=26)
    exchange(0.1, 0.1, timedelta(0))
    assert abs(server.skew) <= timedelta(seconds=0.1)


def test_a_machine_that_slept_during_an_answer_learns_no_skew_from_it() -> None:
    """The lid was closed for a night in the middle of a poll: that is not a clock eight hours wrong."""
    clock = ManualClock(datetime(2026, 5, 4, 8, tzinfo=UTC))
    server = ServerTime(clock)
    sent = server.begin()
    stated = clock.now()
    clock.jump(timedelta(hours=8))  # the monotonic clock stood still
    server.observe(stated.isoformat(), sent)
    assert server.skew is None
    for nonsense in ("", "yesterday", "2026-05-04T08:00:00"):
        server.observe(nonsense, server.begin())
    assert server.skew is None
