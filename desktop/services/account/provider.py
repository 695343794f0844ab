"""An office's own sign-in service, an OpenID provider, as the desktop speaks with it.

Asks it for tokens and checks that an ID token answers the question asked; whether its signature is good is for the
central server, to which the token goes. Each of its hosts is reached the way the central server is (proxy, trust), but
with no pins: those are of the central server's key. Keeps nothing.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

from desktop.services.api.client import SignInProvider
from desktop.services.api.errors import ApiError, BadReply, Offline, ServerFault, SignedOut
from desktop.services.api.transport import Reply, Transport

_LIMIT_S: Final = 20.0
_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_ITS_OWN: Final = frozenset(
    {
        "untrusted_certificate",
        "certificate_other_name",
        "certificate_out_of_date",
        "tls_failed",
        "plain_http",
        "captive_portal",
        "interrupted",
        "cut",
    }
)
"""Failures whose words say more than that the provider is away."""

T = TypeVar("T")
Beside = Callable[[str], Transport]
"""Reaches another host by the same way: ``Transport.beside``."""


class Discovery(Struct, frozen=True):
    """What a provider says of itself; absolute addresses."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str = ""
    authorization_response_iss_parameter_supported: bool = False


class ProviderTokens(Struct, frozen=True):
    """What the provider hands out. The access token is for its own doors and is not kept."""

    id_token: str = ""
    refresh_token: str = ""


class _Said(Struct, frozen=True):
    """Claims of an ID token that we look at ourselves."""

    iss: str
    aud: str | list[str]
    azp: str = ""
    nonce: str = ""


class _Refusal(Struct, frozen=True):
    error: str


class Provider:
    """One provider for one client. Every method blocks and raises one of ``errors``."""

    def __init__(self, said: SignInProvider, beside: Beside) -> None:
        self.said = said
        self._beside = beside
        self._discovery: Discovery | None = None

    def discovery(self) -> Discovery:
        """Where its doors are; asked once. Raises SignedOut("sign_in_not_ours") where it is another than was named."""
        if self._discovery is None:
            url = self.said.issuer.rstrip("/") + "/.well-known/openid-configuration"
            found = _decoded(self._send("GET", url), Discovery)
            doors = (found.authorization_endpoint, found.token_endpoint, found.revocation_endpoint)
            plain = any(urlsplit(door).scheme == "http" for door in doors)
            if found.issuer != self.said.issuer or (plain and not self.said.issuer.startswith("http://")):
                raise SignedOut("sign_in_not_ours")
            self._discovery = found
        return self._discovery

    def question(self, *, redirect: str, state: str, nonce: str, challenge: str, language: str) -> str:
        """The address for the browser. Somebody else may have sat at this computer: the provider asks who it is."""
        offline = "offline_access" in self.said.scope.split()
        asked = {
            "response_type": "code",
            "client_id": self.said.client_id,
            "redirect_uri": redirect,
            "scope": self.said.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "prompt": "login consent" if offline else "login",
            "ui_locales": language,
        }
        address = self.discovery().authorization_endpoint
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"

    def is_answer(self, answer: Mapping[str, str]) -> bool:
        """Whether an answer of the browser comes from this provider (RFC 9207)."""
        found = self.discovery()
        told = answer.get("iss", "")
        return told == found.issuer or not (told or found.authorization_response_iss_parameter_supported)

    def exchange(self, code: str, *, verifier: str, redirect: str, nonce: str) -> ProviderTokens:
        """Tokens for the code that the browser brought. Raises SignedOut where they do not answer our question."""
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        tokens = self._tokens(form | {"redirect_uri": redirect})
        if not hmac.compare_digest(self._said_in(tokens.id_token).nonce.encode(), nonce.encode()):
            raise SignedOut("sign_in_not_ours")
        return tokens

    def refresh(self, refresh_token: str) -> ProviderTokens:
        """A fresh ID token, and the next refresh token. Raises SignedOut("sign_in_expired") where it is over."""
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "scope": self.said.scope}
        tokens = self._tokens(form)
        self._said_in(tokens.id_token)
        return (
            tokens if tokens.refresh_token else msgspec.structs.replace(tokens, refresh_token=refresh_token)
        )

    def revoke(self, refresh_token: str) -> None:
        """End the sign-in there, where the provider offers that and can be reached."""
        with suppress(ApiError):
            door = self.discovery().revocation_endpoint
            if door:
                form = {"token": refresh_token, "token_type_hint": "refresh_token"}
                self._send("POST", door, form | {"client_id": self.said.client_id})

    def _tokens(self, form: Mapping[str, str]) -> ProviderTokens:
        door = self.discovery().token_endpoint
        return _decoded(self._send("POST", door, {**form, "client_id": self.said.client_id}), ProviderTokens)

    def _said_in(self, id_token: str) -> _Said:
        """The claims, where they are for us. It came from the provider itself over TLS: OpenID Core 3.1.3.7, 6."""
        try:
            part = id_token.split(".")[1]
            said = msgspec.json.decode(urlsafe_b64decode(part + "=" * (-len(part) % 4)), type=_Said)
        except (IndexError, ValueError, msgspec.DecodeError) as error:
            raise SignedOut("sign_in_not_ours") from error
        audience = (said.aud,) if isinstance(said.aud, str) else said.aud
        if (
            said.iss != self.said.issuer
            or self.said.client_id not in audience
            or said.azp not in ("", self.said.client_id)
        ):
            raise SignedOut("sign_in_not_ours")
        return said

    def _send(self, method: str, url: str, form: Mapping[str, str] | None = None) -> Reply:
        parts = urlsplit(url)
        transport = self._beside(f"{parts.scheme}://{parts.netloc}")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": _JSON} | ({"Content-Type": _FORM} if form is not None else {})
        body = urlencode(form).encode() if form is not None else None
        try:
            reply = transport.send(method, path, headers=headers, body=body, limit_s=_LIMIT_S)
        except Offline as error:
            if error.code in _ITS_OWN:
                raise
            raise Offline("provider_away") from error
        finally:
            transport.close()
        if reply.status >= 500 or reply.status == 429:
            raise Offline("provider_away") from ServerFault(reply.status)
        if reply.status in (400, 401, 403):
            raise SignedOut("sign_in_expired" if _refusal(reply) == "invalid_grant" else "provider_refused")
        if reply.status != 200:
            raise BadReply
        return reply


def _decoded(reply: Reply, kind: type[T]) -> T:
    if reply.content_type != _JSON:
        raise BadReply
    try:
        return msgspec.json.decode(reply.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadReply from error


def _refusal(reply: Reply) -> str:
    try:
        return msgspec.json.decode(reply.body, type=_Refusal).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
