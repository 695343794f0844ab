"""TLS as the desktop takes it, against a real central server: whose word counts, which keys, and what is refused."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.models.domain.clock import SystemClock
from desktop.services.api.client import Api
from desktop.services.api.errors import ApiError, Offline
from desktop.services.api.tls import pin_of
from desktop.services.api.transport import Transport
from tests.journeys.processes import Office
from tests.support.certificates import Authority, Shown, new_key
from tests.support.tls_front import Front, tls_front

PAST = datetime(2021, 1, 1, tzinfo=UTC)
FUTURE = datetime(2089, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def city(folder: Path) -> Authority:
    return Authority(folder)


@pytest.fixture(scope="module")
def shown(city: Authority) -> Shown:
    return city.issue()


@pytest.fixture(scope="module")
def office(folder: Path, shown: Shown) -> Iterator[Office]:
    """A central server in a process of its own, which speaks TLS itself."""
    served = Office(folder / "tls.db", folder, "--tls-cert", str(shown.chain), "--tls-key", str(shown.key))
    yield served
    served.stop()


@pytest.fixture(scope="module")
def plain(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The same server without TLS: it stands behind something that speaks it."""
    own = tmp_path_factory.mktemp("plain")
    served = Office(folder / "tls.db", own)
    yield served
    served.stop()


def client(url: str, **options: object) -> Api:
    transport = Transport(url, monotonic=SystemClock().monotonic, **options)  # type: ignore[arg-type]  # passed on
    return Api(transport, device_id="d", client_version="0", new_id=lambda: "r")


def refusal(url: str, **options: object) -> str:
    """Why the server at ``url`` is not spoken to."""
    api = client(url, **options)
    try:
        with pytest.raises(ApiError) as caught:
            api.meta()
    finally:
        api.transport.close()
    assert isinstance(caught.value, Offline)
    return caught.value.code


def answers(url: str, **options: object) -> bool:
    api = client(url, **options)
    try:
        return bool(api.meta().server_epoch)
    finally:
        api.transport.close()


def test_the_citys_own_authority_is_believed_where_it_is_named(office: Office, city: Authority) -> None:
    """A city without a bought certificate; everybody else on the network is still a stranger."""
    assert answers(office.url, city_ca=city.path)
    assert refusal(office.url) == "untrusted_certificate"


def test_another_authority_is_a_stranger(plain: Office, city: Authority, folder: Path) -> None:
    """Somebody between us and the office, with a certificate that says the right name; no request reaches him."""
    foreign = Authority(folder, "foreign").issue()
    with tls_front(foreign.context(), plain.port) as front:
        assert refusal(f"https://127.0.0.1:{front.port}", city_ca=city.path) == "untrusted_certificate"
        assert front.served == 0


def test_the_right_name_at_the_right_time(plain: Office, city: Authority) -> None:
    """An expired certificate is the office's to renew, another name a wrong address: neither is spoken to."""
    for shown, code in (
        (city.issue("expired", end=PAST), "certificate_out_of_date"),
        (city.issue("early", begin=FUTURE), "certificate_out_of_date"),
        (city.issue("other", hosts=("other.city.example",)), "certificate_other_name"),
    ):
        with tls_front(shown.context(), plain.port) as front:
            assert refusal(f"https://127.0.0.1:{front.port}", city_ca=city.path) == code
            assert front.served == 0


def test_a_pin_narrows_and_its_backup_holds(plain: Office, city: Authority) -> None:
    """The office changes its key to the one it kept for that day: desktops go on, without anybody touching them.

    Afterwards the old key is no longer named, and whoever stole it is refused.
    """
    first, second, third = new_key(), new_key(), new_key()
    old, new = city.issue("old", key=first), city.issue("new", key=second)
    pins = pin_of(old.certificate), pin_of(new.certificate)
    later = pin_of(new.certificate), pin_of(city.issue("third", key=third).certificate)
    renewed = city.issue("renewed", key=first)
    with tls_front(old.context(), plain.port) as front:
        url = f"https://127.0.0.1:{front.port}"
        assert answers(url, city_ca=city.path, pins=pins)
        front.context = renewed.context()
        assert answers(url, city_ca=city.path, pins=pins), "a renewed certificate of the same key"
        front.context = new.context()
        assert answers(url, city_ca=city.path, pins=pins), "the key kept for the day the first one goes"
        front.context = old.context()
        assert refusal(url, city_ca=city.path, pins=later) == "certificate_not_pinned"


def test_no_request_reaches_a_server_whose_key_is_not_named(
    plain: Office, city: Authority, shown: Shown
) -> None:
    """An authority that was tricked vouches for a stranger: the pin is what is left. It never widens, either."""
    own = [pin_of(shown.certificate), pin_of(city.issue("backup").certificate)]
    with tls_front(city.issue("tricked").context(), plain.port) as front:
        url = f"https://127.0.0.1:{front.port}"
        assert refusal(url, city_ca=city.path, pins=own) == "certificate_not_pinned"
        assert front.served == 0
    with tls_front(shown.context(), plain.port) as front:
        assert refusal(f"https://127.0.0.1:{front.port}", pins=own) == "untrusted_certificate"


def test_a_new_way_takes_its_pins_along(plain: Office, city: Authority, shown: Shown) -> None:
    """What an administrator sets while the program runs holds for the next question, not for the next start."""
    with tls_front(shown.context(), plain.port) as front:
        api = client(f"https://127.0.0.1:{front.port}", city_ca=city.path)
        assert api.meta().server_epoch
        api.transport.go_by({}, city.path, ("sha256/" + "A" * 43 + "=",))
        with pytest.raises(Offline) as caught:
            api.meta()
        assert caught.value.code == "certificate_not_pinned"
        api.transport.close()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_refused_by_the_desktop(
    plain: Office, city: Authority, shown: Shown, version: ssl.TLSVersion
) -> None:
    """What a middlebox of 2010 still speaks can be read by whoever records it."""
    context = _old(shown.context(), version)
    with tls_front(context, plain.port) as front:
        assert refusal(f"https://127.0.0.1:{front.port}", city_ca=city.path) == "tls_failed"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_refused_by_the_server(office: Office, city: Authority, version: ssl.TLSVersion) -> None:
    """The other end: a client that was talked down gets no session."""
    context = _old(ssl.create_default_context(cafile=str(city.path)), version)
    with (
        socket.create_connection(("127.0.0.1", office.port), timeout=60) as connection,
        pytest.raises(OSError, match=r"(?i)alert|reset|protocol|eof"),
    ):
        context.wrap_socket(connection, server_hostname="127.0.0.1")


def test_plain_http_goes_to_this_machine_alone(plain: Office) -> None:
    """A setting that lost its "s" would send tokens in the clear; a server on loopback has no network to be read on."""
    assert answers(plain.url)
    assert answers(plain.url.replace("127.0.0.1", "localhost"))
    for open_way in ("http://desk.city.example", "http://127.0.0.1.city.example", "ftp://127.0.0.1"):
        assert refusal(open_way) == "plain_http"


def test_a_foreign_server_learns_nothing_from_the_environment(
    plain: Office, shown: Shown, city: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A proxy or an authority named in the environment would lead every token past whoever set it."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    with socket.create_server(("127.0.0.1", 0)) as proxy, tls_front(shown.context(), plain.port) as front:
        away = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, away)
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.setenv(name, str(city.path))
        monkeypatch.setenv("HOME", str(tmp_path))
        url = f"https://127.0.0.1:{front.port}"
        assert refusal(url) == "untrusted_certificate"
        assert answers(url, city_ca=city.path)
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_a_connection_that_was_looked_at_is_the_one_that_is_used(
    plain: Office, city: Authority, shown: Shown
) -> None:
    """Pins hold for every connection of a pool, also for those made at the same time by several lanes."""
    front: Front
    with tls_front(shown.context(), plain.port) as front:
        pins = (pin_of(shown.certificate), pin_of(city.issue("next").certificate))
        api = client(f"https://127.0.0.1:{front.port}", city_ca=city.path, pins=pins)
        found: list[bool] = []
        lanes = [
            threading.Thread(target=lambda: found.append(bool(api.meta().server_epoch))) for _ in range(4)
        ]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join(60)
        api.transport.close()
        assert found == [True] * 4


def _old(context: ssl.SSLContext, version: ssl.TLSVersion) -> ssl.SSLContext:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old on purpose
        context.minimum_version = version
        context.maximum_version = version
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context
