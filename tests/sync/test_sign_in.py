"""Signing in through a browser, staying signed in, and being signed out; on the real server."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from desktop.models.domain.wire import TokenReply
from desktop.services.account.oauth import LoopbackSignIn
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.errors import Offline, SignedOut
from desktop.services.api.transport import Transport
from tests.support.central_office import Office
from tests.support.engine import Network


class Desktop:
    """A client of the office without a store."""

    def __init__(self, office: Office) -> None:
        self.network = Network(office.server.adapter())
        clock = office.clock
        transport = Transport(office.server.base_url, monotonic=clock.monotonic, adapter=self.network)
        self.api = Api(transport, device_id="d-1", client_version="1.0.0", new_id=office.new_id)
        self.keeper = MemoryKeeper()
        self.sign_in = SignIn(self.api, self.keeper, monotonic=clock.monotonic)
        self.api.use_tokens(self.sign_in)


def browser(office: Office, url: str, password: str) -> str:
    """Fills in the sign-in page as a person would; the address the browser is sent to."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    page = office.server.session().get(url)
    assert "code_challenge" in page.text
    form = {**asked, "login": "officer", "password": password}
    reply = office.server.session().post(url.partition("?")[0], data=form, allow_redirects=False)
    assert reply.status_code == 303, reply.text
    return reply.headers["Location"]


def through_a_browser(
    office: Office, desktop: Desktop, visit: Callable[[LoopbackSignIn], None]
) -> TokenReply:
    """One attempt; ``visit`` plays the browser in another thread."""
    cancel = threading.Event()
    with LoopbackSignIn(
        desktop.api, random_bytes=random.Random(3).randbytes, monotonic=office.clock.monotonic
    ) as attempt:
        thread = threading.Thread(target=visit, args=(attempt,))
        thread.start()
        try:
            return attempt.wait(cancel)
        finally:
            thread.join()


def test_a_person_signs_in_through_the_browser(office: Office) -> None:
    """The road every real office takes; a foreign request to the waiting port is not taken for the answer."""
    office.services.accounts.set_password("officer", "correct horse battery")
    desktop = Desktop(office)

    def visit(attempt: LoopbackSignIn) -> None:
        target = browser(office, attempt.url, "correct horse battery")
        port = urlsplit(target).port
        with requests.Session() as session:
            session.trust_env = False
            foreign = session.get(f"http://127.0.0.1:{port}/callback?code=stolen&state=guessed", timeout=60)
            assert foreign.status_code == 400
            assert session.get(target, timeout=60).status_code == 200

    desktop.sign_in.begin(through_a_browser(office, desktop, visit))
    assert desktop.api.me().person_id == "p-officer"


def test_a_person_who_changes_their_mind_waits_for_nothing(office: Office) -> None:
    """Cancel works while the browser is open."""
    desktop = Desktop(office)
    cancel = threading.Event()
    with LoopbackSignIn(
        desktop.api, random_bytes=random.Random(3).randbytes, monotonic=office.clock.monotonic
    ) as attempt:
        cancel.set()
        with pytest.raises(SignedOut) as caught:
            attempt.wait(cancel)
    assert caught.value.code == "sign_in_cancelled"


def test_tokens_are_renewed_before_and_after_they_are_refused(office: Office) -> None:
    """Ten minutes of token are nobody's business but ours."""
    desktop = Desktop(office)
    desktop.sign_in.begin(desktop.api.sign_in_sample("officer"))
    first = desktop.keeper.load()
    desktop.api.me()
    assert desktop.keeper.load() == first
    office.clock.advance(590)
    desktop.api.me()
    second = desktop.keeper.load()
    assert second != first
    desktop.sign_in._good_until += 10_000  # our clock stood still while the server's went on
    office.clock.advance(700)
    assert desktop.api.me().person_id == "p-officer"
    assert desktop.keeper.load() != second


def test_a_lost_reply_to_a_refresh_signs_nobody_out(office: Office) -> None:
    """The server rotated and we never heard: the same successor is handed out again."""
    desktop = Desktop(office)
    desktop.sign_in.begin(desktop.api.sign_in_sample("officer"))
    office.clock.advance(600)
    desktop.network.lose_reply_to = "/oauth/token"
    with pytest.raises(Offline):
        desktop.api.me()
    assert desktop.api.me().person_id == "p-officer"


def test_a_sign_in_that_is_over_says_so_once_and_keeps_asking_nobody(office: Office) -> None:
    """An account was closed: the next answer is "sign in", not a loop of refreshes."""
    desktop = Desktop(office)
    desktop.sign_in.begin(desktop.api.sign_in_sample("officer"))
    office.services.accounts.set_active("officer", active=False)
    with pytest.raises(SignedOut) as caught:
        desktop.api.me()
    assert caught.value.code == "sign_in_expired"
    sent = len(desktop.network.seen)
    with pytest.raises(SignedOut) as caught:
        desktop.api.me()
    assert caught.value.code == "signed_out"
    assert len(desktop.network.seen) == sent


def test_signing_out_ends_the_sign_in_on_both_ends(office: Office, tmp_path: Path) -> None:
    """A laptop that is handed on must not be able to go on as its former owner."""
    desktop = Desktop(office)
    desktop.sign_in.begin(desktop.api.sign_in_sample("officer"))
    token = desktop.keeper.load()
    assert token is not None
    desktop.sign_in.end()
    assert not desktop.sign_in.known()
    with pytest.raises(SignedOut):
        desktop.api.refresh(token)
