"""Signing in as a desktop does, over a real socket; and what ends a sign-in."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from central.tokens import GrantError
from desktop.models.domain.entities import Person
from tests.support.central_office import Office, open_office
from tests.support.live_server import live_server

PASSWORD = "一个够长的密码 123"
VERIFIER = "v" * 64
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REDIRECT = "http://127.0.0.1:49152/callback"
ASKED = {
    "response_type": "code",
    "client_id": "supervision-desk",
    "redirect_uri": REDIRECT,
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
    "state": "s-1",
}


class Browser:
    """The server's address, and a browser without a memory."""

    def __init__(self, office: Office, url: str) -> None:
        self.office = office
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False

    def code(self, password: str = PASSWORD, **asked: str) -> requests.Response:
        form = ASKED | asked | {"login": "fang", "password": password}
        return self.session.post(f"{self.url}/oauth/authorize", data=form, allow_redirects=False)

    def token(self, **form: str) -> requests.Response:
        return self.session.post(f"{self.url}/oauth/token", data={"device_id": "d-1"} | form)

    def exchange(self, code: str, **form: str) -> requests.Response:
        asked = {"grant_type": "authorization_code", "code": code, "client_id": "supervision-desk"}
        return self.token(**(asked | {"redirect_uri": REDIRECT, "code_verifier": VERIFIER} | form))

    def refresh(self, token: str, **form: str) -> requests.Response:
        return self.token(**({"grant_type": "refresh_token", "refresh_token": token} | form))

    def me(self, access: str, **headers: str) -> requests.Response:
        return self.session.get(
            f"{self.url}/api/v1/me", headers={"Authorization": f"Bearer {access}"} | headers
        )


@pytest.fixture
def browser(tmp_path: Path, fresh_database: str) -> Iterator[Browser]:
    opening = open_office(tmp_path, database_url=fresh_database, sample_city=False)
    with opening as office, live_server(office.app) as url:
        person = Person(id="p-fang", name="方圆", roles=("officer",))
        office.services.accounts.add(person, "fang", PASSWORD)
        opened = Browser(office, url)
        yield opened
        opened.session.close()


def code_in(reply: requests.Response) -> str:
    assert reply.status_code == 303, reply.text
    query = parse_qs(urlsplit(reply.headers["Location"]).query)
    assert query["state"] == ["s-1"]
    return query["code"][0]


def test_a_person_signs_in_through_the_page(browser: Browser) -> None:
    metadata = browser.session.get(f"{browser.url}/.well-known/oauth-authorization-server").json()
    assert metadata["issuer"] == browser.url
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    assert "urn:supervision-desk:sample" not in metadata["grant_types_supported"]
    page = browser.session.get(
        metadata["authorization_endpoint"], params=ASKED, headers={"Accept-Language": "zh-CN,en;q=0.5"}
    )
    assert page.status_code == 200
    assert "登录" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    form = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', page.text))
    assert ASKED.items() <= form.items(), "the page carries the request along as it came"
    english = browser.session.get(metadata["authorization_endpoint"], params=ASKED | {"ui_locales": "en"})
    assert "Sign in" in english.text
    tokens = browser.exchange(code_in(browser.code())).json()
    assert tokens["expires_in"] == 600
    assert browser.me(tokens["access_token"]).json()["name"] == "方圆"


def test_a_request_that_is_not_ours_is_redirected_nowhere(browser: Browser) -> None:
    """An open redirect would hand codes to whoever asks."""
    for wrong in (
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "http://127.0.0.1.evil.example:80/"},
        {"redirect_uri": "http://127.0.0.1:99999/"},
        {"client_id": "another"},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
    ):
        for reply in (
            browser.code(**wrong),
            browser.session.get(
                f"{browser.url}/oauth/authorize", params=ASKED | wrong, allow_redirects=False
            ),
        ):
            assert reply.status_code == 400
            assert "Location" not in reply.headers


def test_a_hostile_parameter_is_shown_as_text(browser: Browser) -> None:
    reply = browser.code(password="x" * 12, ui_locales='"><script>alert(1)</script>')
    assert reply.status_code == 403
    assert "<script>" not in reply.text


@pytest.mark.parametrize(
    "change",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": "short"},
        {"redirect_uri": "http://127.0.0.1:49153/callback"},
        {"client_id": "another"},
    ],
)
def test_a_code_is_worth_nothing_without_what_it_was_asked_with(
    browser: Browser, change: dict[str, str]
) -> None:
    code = code_in(browser.code())
    assert browser.exchange(code, **change).status_code == 400
    assert browser.exchange(code).status_code == 200


def test_a_code_is_good_once_for_a_minute_and_shown_twice_ends_the_sign_in(browser: Browser) -> None:
    """Whoever shows it second stole it, or was robbed of it."""
    code = code_in(browser.code())
    tokens = browser.exchange(code).json()
    assert browser.exchange(code).json()["error"] == "invalid_grant"
    assert browser.me(tokens["access_token"]).status_code == 401
    late = code_in(browser.code())
    browser.office.clock.advance(61)
    assert browser.exchange(late).status_code == 400


def test_refresh_tokens_rotate_and_a_lost_reply_costs_nothing(browser: Browser) -> None:
    first = browser.exchange(code_in(browser.code())).json()
    second = browser.refresh(first["refresh_token"]).json()
    again = browser.refresh(first["refresh_token"]).json()
    assert again["refresh_token"] == second["refresh_token"] != first["refresh_token"]
    browser.office.clock.advance(61)
    assert browser.refresh(first["refresh_token"]).status_code == 400, "an old one ends the sign-in"
    assert browser.refresh(second["refresh_token"]).status_code == 400


def test_tokens_hold_for_their_device_alone(browser: Browser) -> None:
    tokens = browser.exchange(code_in(browser.code())).json()
    assert browser.refresh(tokens["refresh_token"], device_id="d-2").status_code == 400
    other = browser.me(tokens["access_token"], **{"X-Device-Id": "d-2"})
    assert (other.status_code, other.json()["code"]) == (401, "device_mismatch")
    assert browser.me(tokens["access_token"], **{"X-Device-Id": "d-1"}).status_code == 200


def test_what_ends_a_sign_in(browser: Browser) -> None:
    accounts, clock = browser.office.services.accounts, browser.office.clock

    def fresh() -> Any:
        return browser.exchange(code_in(browser.code())).json()

    tokens = fresh()
    clock.advance(601)
    expired = browser.me(tokens["access_token"])
    assert (expired.status_code, expired.json()["retry"]) == (401, "after_refresh")
    assert "invalid_token" in expired.headers["WWW-Authenticate"]
    tokens = browser.refresh(tokens["refresh_token"]).json()
    browser.session.post(f"{browser.url}/oauth/revoke", data={"token": tokens["refresh_token"]})
    assert browser.me(tokens["access_token"]).status_code == 401
    tokens = fresh()
    accounts.set_active("fang", False)
    assert browser.me(tokens["access_token"]).status_code == 401
    assert browser.code().status_code == 403
    accounts.set_active("fang", True)
    assert browser.refresh(tokens["refresh_token"]).status_code == 400
    tokens = fresh()
    clock.jump(timedelta(days=31))
    assert browser.refresh(tokens["refresh_token"]).status_code == 400


def test_guessing_is_slowed_down(browser: Browser) -> None:
    assert [browser.code("falsch falsch").status_code for _ in range(5)] == [403] * 5
    slowed = browser.code()
    assert (slowed.status_code, slowed.headers["Retry-After"].isdigit()) == (429, True)
    browser.office.clock.advance(301)
    assert browser.code().status_code == 303


def test_without_a_sample_city_nobody_signs_in_without_a_password(browser: Browser) -> None:
    """The sample's door must not stand open on a real office."""
    reply = browser.token(grant_type="urn:supervision-desk:sample", person="fang")
    assert reply.json()["error"] == "unsupported_grant_type"
    assert browser.session.get(f"{browser.url}/api/v1/sample/people").status_code == 404
    with pytest.raises(GrantError):
        browser.office.services.tokens.refresh("r.x.y", "d-1")


def test_a_device_to_be_wiped_learns_it_and_can_do_nothing_else(office: Office) -> None:
    lost, other = office.hand("officer", "d-lost"), office.hand("officer", "d-other")
    assert other.call("DELETE", "/devices/d-lost").status_code == 204
    assert lost.get("/devices/self").json()["state"] == "wipe"
    assert lost.get("/me").json()["code"] == "device_wipe"
    assert lost.post("/devices/self/wipe-ack").status_code == 204
    assert lost.get("/devices/self").status_code == 401
    assert other.get("/me").status_code == 200
    assert other.call("DELETE", "/devices/d-unknown").status_code == 404
