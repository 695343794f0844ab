"""The tokens of an office's own sign-in service: an OpenID provider that this server trusts for saying who somebody is.

Discovery and keys are fetched and kept for an hour; a key that is not among them has them fetched anew, five times in
five minutes at most. A token counts if it is an ID token of that issuer for our client, signed with an algorithm of the
list, and fresh. Knows no accounts: which of them a person has is for whoever asks.
"""

from __future__ import annotations

import ssl
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import truststore
import urllib3
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from desktop.models.domain.clock import Clock

from .config import Provider

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "ES384", "Ed25519")
"""What a token may be signed with: public keys alone. "none" and shared secrets are not among them."""

SKEW_S: Final = 60
FRESH_S: Final = 600
"""An ID token older than this was made for another occasion."""

KEPT_S: Final = 3600.0
LOOKUPS: Final = 5
LOOKUPS_IN_S: Final = 300.0
"""How often tokens of made-up keys can send us to the provider."""

_REST_S: Final = 5.0
"""After a try that failed, nobody waits for another one."""

_LONGEST_TOKEN: Final = 16 * 1024
_MOST_BYTES: Final = 1024 * 1024
_TRY_S: Final = 10.0


class BadToken(Exception):
    """A token that says nothing to us; the text is a word for the log and names nobody."""


class ProviderAway(Exception):
    """The provider does not answer as one: nothing can be said about any token now."""


class _Discovery(Struct, frozen=True):
    issuer: str
    jwks_uri: str


class OpenId:
    """Checks tokens of one provider. Blocks where keys have to be fetched; thread-safe."""

    def __init__(self, provider: Provider, clock: Clock) -> None:
        provider.check()
        self.provider = provider
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._fetched_at = 0.0
        self._failed_at = float("-inf")
        self._lookups: deque[float] = deque(maxlen=LOOKUPS)

    def login_of(self, token: str) -> str:
        """Which login the ID token vouches for. Raises :class:`BadToken` and :class:`ProviderAway`."""
        claims = self._claims(token)
        value = claims.get(self.provider.claim)
        if not isinstance(value, str) or not 0 < len(value) <= 256:
            raise BadToken("no_such_claim")
        if self.provider.claim == "email" and claims.get("email_verified") is not True:
            raise BadToken("address_not_verified")
        return value

    def _claims(self, token: str) -> Mapping[str, Any]:
        if len(token) > _LONGEST_TOKEN or not token.isascii() or token.count(".") != 2:
            raise BadToken("no_token")
        try:
            header = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError, TypeError) as error:
            raise BadToken("no_token") from error
        if header.get("alg") not in ALGORITHMS or header.get("typ", "JWT") != "JWT" or "crit" in header:
            raise BadToken("bad_header")
        key = self._key(header.get("kid"))
        if key.get("use", "sig") != "sig" or key.get("alg", header["alg"]) != header["alg"]:
            raise BadToken("key_for_something_else")
        try:
            claims = jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
            self._registry().validate(claims)
        except (JoseError, ValueError, TypeError, OverflowError) as error:
            raise BadToken(getattr(error, "error", "") or "bad_token") from error
        self._check_party(claims)
        return claims

    def _registry(self) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(self._clock.now().timestamp()),
            leeway=SKEW_S,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    def _check_party(self, claims: Mapping[str, Any]) -> None:
        """For whom, and when: what the registry leaves to us."""
        audience, party = claims["aud"], claims.get("azp")
        if isinstance(audience, list) and len(audience) > 1 and party is None:
            raise BadToken("for_several")
        if party is not None and party != self.provider.client_id:
            raise BadToken("for_another")
        if claims["iat"] < self._clock.now().timestamp() - FRESH_S - SKEW_S:
            raise BadToken("not_fresh")

    def _key(self, kid: object) -> Any:
        """The provider's key of this name. Without a name there has to be exactly one."""
        with self._lock:
            now = self._clock.monotonic()
            if self._keys is None or now - self._fetched_at > KEPT_S:
                self._fetch(now)
            found = self._named(kid)
            if found is None and (len(self._lookups) < LOOKUPS or now - self._lookups[0] > LOOKUPS_IN_S):
                self._lookups.append(now)
                self._fetch(now)
                found = self._named(kid)
        if found is None:
            raise BadToken("unknown_key")
        return found

    def _named(self, kid: object) -> Any:
        keys = [] if self._keys is None else self._keys.keys
        named = [key for key in keys if kid is None or key.kid == kid]
        return named[0] if len(named) == 1 else None

    def _fetch(self, now: float) -> None:
        if now - self._failed_at <= _REST_S:
            raise ProviderAway("asked_just_now")
        self._failed_at = now  # until it has gone well
        issuer = self.provider.issuer
        try:
            with _pool(self.provider) as pool:
                told = self._get(pool, issuer.rstrip("/") + "/.well-known/openid-configuration")
                discovery = msgspec.json.decode(told, type=_Discovery)
                if discovery.issuer != issuer or _is_open(discovery.jwks_uri, issuer):
                    raise ProviderAway("says_another_name")
                listed = msgspec.json.decode(self._get(pool, discovery.jwks_uri), type=dict[str, Any])
            usable = [key for key in listed["keys"] if key.get("kty") in ("RSA", "EC", "OKP")]
            self._keys = KeySet.import_key_set({"keys": usable})
        except (urllib3.exceptions.HTTPError, msgspec.DecodeError, JoseError, OSError) as error:
            raise ProviderAway(type(error).__name__) from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ProviderAway("no_keys") from error
        self._fetched_at, self._failed_at = now, float("-inf")

    def _get(self, pool: urllib3.PoolManager | urllib3.ProxyManager, url: str) -> bytes:
        """A JSON document. Not redirected, at most a mebibyte and ten seconds."""
        until = self._clock.monotonic() + _TRY_S
        with pool.request("GET", url, redirect=False, retries=False, preload_content=False) as reply:
            if reply.status != 200:
                raise ProviderAway(f"status_{reply.status}")
            body = b""
            while part := reply.read1(65_536, decode_content=False):
                body += part
                if len(body) > _MOST_BYTES or self._clock.monotonic() > until:
                    raise ProviderAway("too_much")
            return body


def _pool(provider: Provider) -> urllib3.PoolManager | urllib3.ProxyManager:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if provider.authority is not None:
        context.load_verify_locations(cafile=str(provider.authority))
    wait = urllib3.Timeout(connect=5.0, read=_TRY_S)
    if provider.proxy:
        return urllib3.ProxyManager(provider.proxy, ssl_context=context, timeout=wait)
    return urllib3.PoolManager(ssl_context=context, timeout=wait)


def _is_open(address: str, issuer: str) -> bool:
    """Whether an address is less protected than the issuer's own."""
    return urlsplit(address).scheme not in ("https", urlsplit(issuer).scheme)
