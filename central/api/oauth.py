"""OAuth 2 for a native application (RFC 8252): metadata, sign-in page, token and revocation endpoints.

Authorization code with PKCE S256 over a loopback redirect, refresh, the exchange of an ID token of the office's own
provider (RFC 8693) and, in a sample city, its own grant. A request that is not ours is never redirected anywhere.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromQuery, QueryParameter
from msgspec import Meta, Struct

from central.config import CLIENT_ID
from central.problems import ProblemError
from central.services import Services
from central.tokens import GrantError
from desktop.models.domain.wire import TokenReply

from .requests import PUBLIC, AnyRequest, Calls
from .responses import json_reply, page
from .sign_in_page import HEADERS, language_of, problem_page, sign_in_page

_log = logging.getLogger(__name__)
EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
_PROVIDER_RETRY_S = 30
SAMPLE_GRANT = "urn:supervision-desk:sample"
FORM = "form"
_PORT = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
CARRIED: Mapping[str, str] = {
    "response_type": "^code$",
    "client_id": f"^{CLIENT_ID}$",
    "redirect_uri": rf"^http://(?:127\.0\.0\.1|\[::1\]):{_PORT}(?:/[A-Za-z0-9._~/-]{{0,200}})?$",
    "code_challenge": "^[A-Za-z0-9_-]{43}$",
    "code_challenge_method": "^S256$",
    "state": "^[A-Za-z0-9._~-]{1,500}$",
}
"""What an authorization request consists of, each with all that it may be."""

_PATTERNS = {name: re.compile(pattern) for name, pattern in CARRIED.items()}
FormText = Annotated[str, Meta(max_length=2000)]


class SignInProvider(Struct, frozen=True, kw_only=True):
    """The OpenID provider where this office's people sign in; its ID tokens are exchanged here."""

    issuer: str
    client_id: str
    scope: str


class AuthorizationServer(Struct, frozen=True, kw_only=True):
    """RFC 8414, and where else to sign in."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str
    response_types_supported: tuple[str, ...]
    grant_types_supported: tuple[str, ...]
    code_challenge_methods_supported: tuple[str, ...]
    token_endpoint_auth_methods_supported: tuple[str, ...]
    ui_locales_supported: tuple[str, ...]
    sign_in_provider: SignInProvider | None = None


class OAuthError(Struct, frozen=True, kw_only=True):
    """RFC 6749 §5.2."""

    error: Literal["invalid_request", "invalid_grant", "invalid_client", "unsupported_grant_type"]
    error_description: str = ""


class TokenForm(Struct, frozen=True, kw_only=True):
    """The form of the token endpoint. ``device_id`` may come in the header X-Device-Id instead.

    A sample city's sign-in names a ``person`` by id or by login. An exchange with a ``refresh_token`` goes on with that
    sign-in, one without opens another.
    """

    grant_type: FormText
    client_id: FormText = ""
    code: FormText = ""
    redirect_uri: FormText = ""
    code_verifier: FormText = ""
    refresh_token: FormText = ""
    device_id: FormText = ""
    person: FormText = ""
    subject_token: Annotated[str, Meta(max_length=16_384)] = ""
    subject_token_type: FormText = ""


class RevocationForm(Struct, frozen=True, kw_only=True):
    token: FormText
    token_type_hint: FormText = ""


class SignInForm(Struct, frozen=True, kw_only=True):
    """What the sign-in page sends: the authorization request as it came, with account and password."""

    login: Annotated[str, Meta(max_length=64)]
    password: Annotated[str, Meta(max_length=200)]
    response_type: Annotated[str, Meta(pattern=CARRIED["response_type"])]
    client_id: Annotated[str, Meta(pattern=CARRIED["client_id"])]
    redirect_uri: Annotated[str, Meta(pattern=CARRIED["redirect_uri"])]
    code_challenge: Annotated[str, Meta(pattern=CARRIED["code_challenge"])]
    code_challenge_method: Annotated[str, Meta(pattern=CARRIED["code_challenge_method"])]
    state: Annotated[str, Meta(pattern=CARRIED["state"])]
    ui_locales: FormText = ""


@get("/.well-known/oauth-authorization-server", opt={PUBLIC: True}, sync_to_thread=False)
def metadata(request: AnyRequest, services: Calls) -> AuthorizationServer:
    """Where to sign in, and how."""
    base = (services.config.public_url or str(request.base_url)).rstrip("/")
    grants = ["authorization_code", "refresh_token"]
    provider = services.config.provider
    return AuthorizationServer(
        issuer=base,
        authorization_endpoint=f"{base}/oauth/authorize",
        token_endpoint=f"{base}/oauth/token",
        revocation_endpoint=f"{base}/oauth/revoke",
        response_types_supported=("code",),
        grant_types_supported=(*grants, *_further_grants(services)),
        code_challenge_methods_supported=("S256",),
        token_endpoint_auth_methods_supported=("none",),
        ui_locales_supported=("zh-CN", "en"),
        sign_in_provider=None
        if provider is None
        else SignInProvider(issuer=provider.issuer, client_id=provider.client_id, scope=provider.scope),
    )


def _further_grants(services: Services) -> tuple[str, ...]:
    exchange = (EXCHANGE_GRANT,) if services.openid is not None else ()
    return (*exchange, SAMPLE_GRANT) if services.config.sample_city else exchange


@get("/oauth/authorize", opt={PUBLIC: True}, sync_to_thread=False)
def authorize_page(
    request: AnyRequest,
    response_type: FromQuery[str] = "",
    client_id: FromQuery[str] = "",
    redirect_uri: FromQuery[str] = "",
    code_challenge: FromQuery[str] = "",
    code_challenge_method: FromQuery[str] = "",
    carried_state: Annotated[str, QueryParameter(name="state")] = "",
    ui_locales: FromQuery[str] = "",
) -> Response[str]:
    """The sign-in page, or a page that says that the request is not valid."""
    values = (response_type, client_id, redirect_uri, code_challenge, code_challenge_method, carried_state)
    asked = dict(zip(CARRIED, values, strict=True))
    language = language_of(request.headers.get("Accept-Language", ""), ui_locales)
    if not all(_PATTERNS[name].fullmatch(value) for name, value in asked.items()):
        return page(problem_page(language, "bad_request"), 400, HEADERS)
    return page(sign_in_page(language, asked | {"ui_locales": ui_locales}), 200, HEADERS)


@post("/oauth/authorize", opt={PUBLIC: True, FORM: SignInForm}, status_code=303)
async def sign_in(request: AnyRequest, services: Calls) -> Response[str]:
    """Check account and password and send the browser back to the waiting desktop with a code."""
    try:
        form: SignInForm = await _form(request, SignInForm)
    except GrantError:
        language = language_of(request.headers.get("Accept-Language", ""))
        return page(problem_page(language, "bad_request"), 400, HEADERS)
    asked = {name: str(getattr(form, name)) for name in (*CARRIED, "ui_locales")}
    language = language_of(request.headers.get("Accept-Language", ""), form.ui_locales)
    wait = await sync_to_thread(services.sign_ins.admit, form.login)
    if wait > 0:
        headers = HEADERS | {"Retry-After": str(int(wait) + 1)}
        return page(sign_in_page(language, asked, form.login, "too_many"), 429, headers)
    account = await sync_to_thread(services.accounts.verify, form.login, form.password)
    if account is None:
        return page(sign_in_page(language, asked, form.login, "wrong"), 403, HEADERS)
    await sync_to_thread(services.sign_ins.clear, form.login)
    code = await sync_to_thread(
        services.tokens.authorize,
        account.person_id,
        client_id=form.client_id,
        redirect_uri=form.redirect_uri,
        challenge=form.code_challenge,
    )
    target = f"{form.redirect_uri}?{urlencode({'code': code, 'state': form.state})}"
    return page("", 303, HEADERS | {"Location": target})


@post("/oauth/token", opt={PUBLIC: True, FORM: TokenForm}, status_code=200)
async def token(request: AnyRequest, services: Calls) -> Response[bytes]:
    """Exchange a code, rotate a refresh token, or sign in to a sample city."""
    form: TokenForm = await _form(request, TokenForm)
    try:
        reply = await sync_to_thread(_grant, services, form, _device_of(request, form))
    except GrantError as error:
        return _oauth_error(error)
    body = msgspec.to_builtins(reply)
    if form.grant_type == EXCHANGE_GRANT:
        body["issued_token_type"] = ACCESS_TOKEN
    return json_reply(msgspec.json.encode(body), headers={"Pragma": "no-cache"})


@post("/oauth/revoke", opt={PUBLIC: True, FORM: RevocationForm}, status_code=200)
async def revoke(request: AnyRequest, services: Calls) -> Response[bytes]:
    """End a sign-in; an unknown token is no error (RFC 7009)."""
    form: RevocationForm = await _form(request, RevocationForm)
    await sync_to_thread(services.tokens.revoke, form.token)
    return json_reply(b"{}")


def _grant(services: Services, form: TokenForm, device_id: str) -> TokenReply:
    if form.grant_type == SAMPLE_GRANT and services.config.sample_city:
        return services.tokens.open(_sample_person(services, form.person), device_id)
    if form.grant_type == EXCHANGE_GRANT and services.openid is not None:
        return _exchanged(services, form, device_id)
    if form.grant_type not in ("authorization_code", "refresh_token"):
        raise GrantError("unsupported_grant_type")
    if form.client_id not in ("", CLIENT_ID):
        raise GrantError("invalid_client")
    if form.grant_type == "refresh_token":
        return services.tokens.refresh(form.refresh_token, device_id)
    return services.tokens.exchange(
        form.code,
        verifier=form.code_verifier,
        client_id=form.client_id,
        redirect_uri=form.redirect_uri,
        device_id=device_id,
    )


def _exchanged(services: Services, form: TokenForm, device_id: str) -> TokenReply:
    """Our tokens for an ID token of the office's provider. Raises GrantError, and ProblemError where it is away."""
    from central.openid import BadToken, ProviderAway  # loaded where there is a provider, and nowhere else

    if form.subject_token_type != ID_TOKEN:
        raise GrantError("invalid_request")
    assert services.openid is not None  # the caller looked
    try:
        login = services.openid.login_of(form.subject_token)
    except ProviderAway as error:
        _log.warning("the sign-in provider does not answer: %s", error)
        raise ProblemError(503, "provider_away", retry="backoff", retry_after=_PROVIDER_RETRY_S) from error
    except BadToken as error:
        _log.info("an ID token was refused: %s", error)
        raise GrantError("invalid_grant", "provider_refused") from error
    account = services.accounts.vouched(login)
    if account is None:
        raise GrantError("invalid_grant", "unknown_person")
    if form.refresh_token:
        return services.tokens.refresh(form.refresh_token, device_id, vouched_for=account.person_id)
    return services.tokens.open(account.person_id, device_id, vouched=True)


def _sample_person(services: Services, person: str) -> str:
    account = services.accounts.named(person)
    if account is None:
        raise GrantError("invalid_grant")
    return account.person_id


def _device_of(request: AnyRequest, form: TokenForm) -> str:
    device_id = form.device_id or request.headers.get("X-Device-Id", "")
    if not 1 <= len(device_id) <= 64:
        raise GrantError("invalid_request")
    return device_id


async def _form(request: AnyRequest, wanted: type[Any]) -> Any:
    """The body as a form. Raises :class:`GrantError` where a field is missing, twice there, or too long."""
    if request.content_type[0] != "application/x-www-form-urlencoded":
        raise ProblemError(415, "not_a_form")
    try:
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=100)
        names = [name for name, _ in pairs if name in wanted.__struct_fields__]
        if len(set(names)) < len(names):
            raise GrantError("invalid_request")
        return msgspec.convert(dict(pairs), wanted)
    except ValueError as error:
        raise GrantError("invalid_request") from error


def on_grant_error(request: AnyRequest, error: GrantError) -> Response[bytes]:
    """RFC 6749's own form of an error."""
    return _oauth_error(error)


def _oauth_error(error: GrantError) -> Response[bytes]:
    return json_reply(msgspec.json.encode({"error": str(error), "error_description": error.reason}), 400)


HANDLERS = (metadata, authorize_page, sign_in, token, revoke)
