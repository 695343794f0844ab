"""Which word of an office's provider counts: every way in which an ID token can be wrong, and what is fetched when."""

from __future__ import annotations

import hmac
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from central.config import Provider
from central.openid import LOOKUPS, BadToken, OpenId, ProviderAway
from desktop.models.domain.clock import ManualClock
from tests.support.central_office import REAL
from tests.support.openid import signing_key

CLIENT = "desk"
KEY, NEXT, FOREIGN = signing_key("a"), signing_key("b"), signing_key("a")
CURVE = ECKey.generate_key("P-256", {"kid": "c", "use": "sig"}, private=True)
FOR_SECRETS = RSAKey.generate_key(2048, {"kid": "enc", "use": "enc"}, private=True)


class Stub(ThreadingHTTPServer):
    """Discovery and keys, as a provider publishes them; ``asked`` counts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pages)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.says = self.issuer
        self.keys: list[Any] = [KEY, CURVE, FOR_SECRETS]
        self.status = 200
        self.asked = 0


class _Pages(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        self.server.asked += 1
        found: dict[str, Any] = {"issuer": self.server.says, "jwks_uri": f"{self.server.issuer}/keys"}
        if self.path == "/keys":
            found = {"keys": [key.as_dict(private=False) for key in self.server.keys]}
            found["keys"].append(OctKey.import_key("a shared secret of thirty-two b", {"kid": "s"}).as_dict())
        body = msgspec.json.encode(found)
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="stub")
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(REAL)


def claims(stub: Stub, **other: Any) -> dict[str, Any]:
    now = int(REAL.timestamp())
    good = {"iss": stub.issuer, "aud": CLIENT, "sub": "wangmin", "iat": now, "exp": now + 600}
    return {name: value for name, value in (good | other).items() if value is not None}


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(said: dict[str, Any], key: Any = KEY, alg: str = "RS256", **header: Any) -> str:
    head = {"alg": alg, "kid": key.kid} | header
    kept = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(kept, said, key, algorithms=[alg])


def checker(stub: Stub, clock: ManualClock, **options: Any) -> OpenId:
    return OpenId(Provider(stub.issuer, CLIENT, **options), clock)


def test_a_good_token_names_a_login(stub: Stub, clock: ManualClock) -> None:
    """Of an RSA key and of a curve; the keys are fetched once."""
    openid = checker(stub, clock)
    assert openid.login_of(signed(claims(stub))) == "wangmin"
    assert (
        openid.login_of(signed(claims(stub, aud=[CLIENT, "other"], azp=CLIENT), CURVE, "ES256")) == "wangmin"
    )
    assert openid.login_of(signed(claims(stub, exp=int(REAL.timestamp()) - 30))) == "wangmin", (
        "within the skew"
    )
    assert stub.asked == 2


NOW = int(REAL.timestamp())


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "somebody else"},
        {"aud": None},
        {"aud": []},
        {"aud": [CLIENT, "other"]},
        {"azp": "somebody else"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": NOW - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"nbf": NOW + 61},
        {"iat": NOW + 61},
        {"iat": NOW - 661},
        {"iat": None},
        {"iat": 10**400},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_now_is_refused(
    stub: Stub, clock: ManualClock, other: dict[str, Any]
) -> None:
    """A token of another office, another program or another day opens nothing."""
    with pytest.raises(BadToken):
        checker(stub, clock).login_of(signed(claims(stub, **other)))


def test_a_token_that_is_not_the_providers_is_refused(stub: Stub, clock: ManualClock) -> None:
    """No signature, a shared secret, a foreign key under a known name, a key for something else, an access token."""
    openid, said = checker(stub, clock), claims(stub)
    good = signed(said)
    head, body, seal = good.split(".")
    none = _text(b'{"alg":"none","kid":"a"}')
    as_secret = _text(b'{"alg":"HS256","kid":"a"}') + "." + body
    mixed_up = hmac.digest(KEY.as_pem(private=False), as_secret.encode(), sha256)
    unlabelled = RSAKey.import_key(FOR_SECRETS.as_pem(private=True), {"kid": "enc"})
    shared = OctKey.import_key("a shared secret of thirty-two b", {"kid": "s"})
    wrong = [
        "",
        "a.b.c",
        "é.é.é",
        f"{none}.{body}.",
        f"{none}.{body}.{seal}",
        f"{head}.{body}.",
        f"{head}.{body[:-4]}AAAA.{seal}",
        f"{head}.{body}.{'A' * len(seal)}",
        good + "." + good,
        "a" * 20_000,
        f"{as_secret}.{_text(mixed_up)}",
        jws.serialize_compact({"alg": "HS256", "kid": "s"}, msgspec.json.encode(said), shared),
        jws.serialize_compact({"alg": "RS256", "kid": "a"}, b"[1]", KEY),
        jws.serialize_compact({"alg": "RS256", "kid": "a"}, b"\xff", KEY),
        signed(said, FOREIGN),
        signed(said, unlabelled),
        signed(said, KEY, kid="c"),
        signed(said, KEY, kid=None),
        signed(said, KEY, kid="never heard of"),
        signed(said, RSAKey.import_key(KEY.as_pem(private=True), {"kid": "a"}), alg="RS512"),
        signed(said, KEY, typ="at+jwt"),
        signed(said, KEY, typ="logout+jwt"),
    ]
    for number, token in enumerate(wrong):
        with pytest.raises(BadToken):
            pytest.fail(f"{number}: {openid.login_of(token)}")


def test_an_address_counts_when_the_provider_has_verified_it(stub: Stub, clock: ManualClock) -> None:
    """Where people type their own address into the provider, one would otherwise sign in as the director."""
    openid = checker(stub, clock, claim="email")
    assert openid.login_of(signed(claims(stub, email="w@x", email_verified=True))) == "w@x"
    for unsure in ({"email": "w@x"}, {"email": "w@x", "email_verified": "true"}, {"email_verified": True}):
        with pytest.raises(BadToken):
            openid.login_of(signed(claims(stub, **unsure)))


def test_keys_are_followed_but_not_fetched_at_everybodys_bidding(stub: Stub, clock: ManualClock) -> None:
    """A withdrawn key is out within an hour; made-up key names do not make us hammer the provider."""
    openid = checker(stub, clock)
    assert openid.login_of(signed(claims(stub))) == "wangmin"
    stub.keys = [NEXT]
    assert openid.login_of(signed(claims(stub), NEXT)) == "wangmin"
    with pytest.raises(BadToken):
        openid.login_of(signed(claims(stub), KEY))
    for number in range(LOOKUPS * 3):
        with pytest.raises(BadToken):
            openid.login_of(signed(claims(stub), NEXT, kid=f"k{number}"))
    assert stub.asked == 2 * (1 + LOOKUPS)
    stub.keys = [KEY]
    clock.advance(3601)
    later = int(REAL.timestamp()) + 3601
    fresh = claims(stub, iat=later, exp=later + 600)
    with pytest.raises(BadToken):
        openid.login_of(signed(fresh, NEXT))
    assert openid.login_of(signed(fresh, KEY)) == "wangmin"


def test_a_provider_that_is_away_is_told_apart_from_a_bad_token(stub: Stub, clock: ManualClock) -> None:
    """Nobody is signed out because a service is being restarted, and nobody waits for it twice in a row."""
    openid = checker(stub, clock)
    for status, says in ((503, stub.issuer), (302, stub.issuer), (200, "http://127.0.0.1:1")):
        stub.status, stub.says = status, says
        with pytest.raises(ProviderAway):
            openid.login_of(signed(claims(stub)))
        asked = stub.asked
        with pytest.raises(ProviderAway):
            openid.login_of(signed(claims(stub)))
        assert stub.asked == asked
        clock.advance(6)
    stub.status, stub.says = 200, stub.issuer
    assert openid.login_of(signed(claims(stub))) == "wangmin"


@pytest.mark.parametrize(
    "named",
    [
        {"issuer": "http://sign-in.city.example"},
        {"issuer": "https://"},
        {"issuer": "https://a.example?x=1"},
        {"client_id": ""},
        {"scope": "profile"},
    ],
    ids=str,
)
def test_a_provider_that_cannot_be_trusted_is_refused_at_the_start(named: dict[str, Any]) -> None:
    """The administrator reads it when the server starts, not a colleague on Monday."""
    with pytest.raises(ValueError, match="oidc"):
        Provider(**({"issuer": "https://a.example", "client_id": "x"} | named)).check()


def test_time_is_the_servers(stub: Stub, clock: ManualClock) -> None:
    """Ten minutes after it was made a token opens nothing more, whatever its own end says."""
    openid = checker(stub, clock)
    token = signed(claims(stub, exp=NOW + 86_400))
    clock.advance(timedelta(minutes=12).total_seconds())
    with pytest.raises(BadToken):
        openid.login_of(token)
