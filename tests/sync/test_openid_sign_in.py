"""Signing in where the office signs in anyway: a real desktop, a real server and a provider that is not ours."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests

from central.accounts import Accounts
from central.installation import open_database
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import Person
from desktop.services.account.oauth import LoopbackSignIn
from desktop.services.account.tokens import Granted, MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.errors import Offline, SignedOut
from desktop.services.api.transport import Transport
from tests.journeys.processes import Office
from tests.support.openid import CLIENT_ID, Browser, RunningProvider, openid_provider, signing_key

CLOCK = SystemClock()
KEYS = [signing_key("first"), signing_key("second")]


class Desktop:
    """A client of the office without a store."""

    def __init__(self, office: Office, device: str = "d-1") -> None:
        self.transport = Transport(office.url, monotonic=CLOCK.monotonic)
        self.api = Api(self.transport, device_id=device, client_version="1.0.0", new_id=lambda: "r")
        self.keeper = MemoryKeeper()
        self.sign_in = SignIn(self.api, self.keeper, monotonic=CLOCK.monotonic)
        self.api.use_tokens(self.sign_in)

    def go(self, name: str, *, alter: dict[str, str] | None = None) -> Granted:
        """Sign in through the browser as ``name``; ``alter`` changes what the browser brings back."""
        browser, cancel = Browser(), threading.Event()
        seed = iter(range(1000))
        attempt = LoopbackSignIn(
            self.api,
            random_bytes=lambda size: bytes((next(seed) * 37 + each) % 256 for each in range(size)),
            monotonic=CLOCK.monotonic,
        )
        failed: list[BaseException] = []

        def visit() -> None:
            try:
                target = browser.sign_in(attempt.url, name)
                parts = urlsplit(target)
                query = urlencode(dict(parse_qsl(parts.query)) | (alter or {}))
                with requests.Session() as session:
                    session.trust_env = False
                    session.get(parts._replace(query=query).geturl(), timeout=30)
            except BaseException as error:  # noqa: BLE001  told in the test's own thread
                failed.append(error)
                cancel.set()

        thread = threading.Thread(target=visit, name="browser")
        with attempt:
            thread.start()
            try:
                return attempt.wait(cancel, limit_s=90)
            finally:
                cancel.set()
                thread.join()
                browser.close()
                assert not failed, failed

    def expire(self) -> None:
        """The access token is over, as after ten minutes."""
        self.sign_in._good_until = 0.0


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    with openid_provider(keys=KEYS[:1]) as running:
        yield running


def serving(folder: Path, issuer: str, *further: str) -> Office:
    """A server in a process of its own, with two people who have no password there."""
    rng = random.Random(1)
    database = open_database(str(folder / "office.db"), rng)
    accounts = Accounts(database, clock=CLOCK, rng=rng)
    for login in ("wangmin", "chenjing"):
        accounts.add(Person(id=f"p-{login}", name="王敏", roles=("officer",)), login)
    database.close()
    named = ["--oidc-issuer", issuer, "--oidc-client-id", CLIENT_ID, *further]
    return Office(folder / "office.db", folder, *named)


@pytest.fixture(scope="module")
def office(provider: RunningProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    claim = ("--oidc-claim", "preferred_username", "--oidc-scope", "openid profile offline_access")
    served = serving(tmp_path_factory.mktemp("office"), provider.issuer, *claim)
    yield served
    served.stop()


def test_a_person_signs_in_where_the_office_does(office: Office) -> None:
    """One account, one password, one place to close it; the tokens that the server then takes are its own."""
    desktop = Desktop(office)
    desktop.sign_in.begin(desktop.go("wangmin"))
    assert desktop.api.me().name == "王敏"
    first = desktop.keeper.load()
    desktop.expire()
    assert desktop.api.me().name == "王敏"
    assert desktop.keeper.load() != first, "both refresh tokens have moved on"


def test_a_person_without_an_account_is_told_so(office: Office) -> None:
    """The provider knows thousands of people; that is no reason to let them in, nor to leave them guessing."""
    desktop = Desktop(office)
    with pytest.raises(SignedOut) as caught:
        desktop.go("zhaoliu")
    assert caught.value.code == "unknown_person"


@pytest.mark.parametrize("alter", [{"iss": "https://another.example"}, {"code": "made-up"}])
def test_an_answer_that_is_not_the_providers_is_not_taken(office: Office, alter: dict[str, str]) -> None:
    """A page that leads the browser to the waiting port with somebody else's code signs nobody in."""
    with pytest.raises(SignedOut) as caught:
        Desktop(office).go("wangmin", alter=alter)
    assert caught.value.code in ("sign_in_not_ours", "sign_in_expired")


def test_the_servers_token_alone_goes_no_further(office: Office) -> None:
    """Whoever steals it, or whose account the provider has closed, is out when the access token ends."""
    desktop = Desktop(office)
    granted = desktop.go("wangmin")
    with pytest.raises(SignedOut):
        desktop.api.refresh(granted.refresh_token)
    other = Desktop(office).go("chenjing")
    assert other.vouched is not None
    assert granted.vouched is not None
    mixed = Granted(access_token="", expires_in=0, refresh_token=granted.refresh_token, vouched=other.vouched)
    desktop.sign_in.begin(mixed)
    with pytest.raises(SignedOut):
        desktop.api.me()


def test_signing_out_ends_it_at_both(office: Office) -> None:
    """A laptop that is handed on goes on as nobody, neither here nor at the provider."""
    desktop = Desktop(office)
    granted = desktop.go("wangmin")
    desktop.sign_in.begin(granted)
    assert desktop.api.me().name == "王敏"
    desktop.sign_in.end()
    assert desktop.keeper.load() is None
    desktop.sign_in.begin(granted)
    desktop.expire()
    with pytest.raises(SignedOut):
        desktop.api.me()


def test_a_changed_key_is_followed_and_a_provider_that_is_away_signs_nobody_out(tmp_path: Path) -> None:
    """The provider rotates its keys when it likes; while it is down, work goes on and the sign-in is kept."""
    with ExitStack() as life:
        with openid_provider(keys=KEYS[:1]) as before:
            port = before.port
            office = serving(tmp_path, before.issuer)
            life.callback(office.stop)
            desktop = Desktop(office)
            with pytest.raises(SignedOut) as caught:
                desktop.go("nobody-here")
            assert caught.value.code == "unknown_person", "the first key was looked up"
            granted = desktop.go("wangmin")
        desktop.sign_in.begin(granted)
        kept = desktop.keeper.load()
        desktop.expire()
        with pytest.raises(Offline) as away:
            desktop.api.me()
        assert away.value.code == "provider_away"
        assert desktop.keeper.load() == kept
        with openid_provider(keys=[KEYS[1], KEYS[0]], port=port):
            desktop.sign_in.begin(desktop.go("wangmin"))
            assert desktop.api.me().name == "王敏"


def test_passwords_of_the_server_go_on_beside_it(office: Office) -> None:
    """The provider is down on the day it matters: the office's own account of the administrator still opens."""
    desktop = Desktop(office)
    attempt = LoopbackSignIn(desktop.api, random_bytes=bytes, monotonic=CLOCK.monotonic, own_page=True)
    with attempt:
        assert attempt.url.startswith(f"{office.url}/oauth/authorize?")
