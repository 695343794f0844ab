"""What handlers ask of a request: the session behind its token, and its body as the struct the contract names.

Bodies are decoded strictly by msgspec: what the document forbids is refused.
"""

from __future__ import annotations

import math
import re
from typing import Any, TypeAlias, TypeVar

import msgspec
from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.params import SkipValidation
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy.engine import Connection

from central.config import LIMITS
from central.database import Database
from central.problems import ProblemError
from central.services import Services
from central.tokens import Claims, Session, session_of
from desktop.models.domain.wire import FieldProblem

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")
Calls: TypeAlias = NamedDependency[SkipValidation[Services]]
Caller: TypeAlias = NamedDependency[SkipValidation[Session]]
Payload: TypeAlias = NamedDependency[SkipValidation[T]]

PUBLIC = "public"
BODY = "body"
BODY_OPTIONAL = "body_optional"
MOST_BYTES = "most_bytes"
ANY_DEVICE = "any_device"
PULL = "pull"
CHECKS_ITSELF = "checks_itself"
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def services_of(scope: Scope) -> Services:
    """The services of the application that handles this request."""
    services = scope["litestar_app"].state.services
    assert isinstance(services, Services)  # set once by create_app
    return services


async def provide_services(request: AnyRequest) -> Services:
    """Dependency ``services``."""
    return services_of(request.scope)


async def provide_session(request: AnyRequest) -> Session:
    """Dependency ``session``; only for handlers that are not public."""
    session = request.scope["auth"]
    assert isinstance(session, Session)  # Authentication ran before the handler
    return session


def claims_of(scope: Scope) -> Claims:
    """What the token of a request says; only for handlers that check themselves what stands behind it."""
    claims = scope["auth"]
    assert isinstance(claims, Claims)  # Authentication ran before the handler
    return claims


async def provide_body(request: AnyRequest) -> Any:
    """Dependency ``payload``: the struct in the handler's opt. Raises :class:`ProblemError`."""
    opt = request.route_handler.opt
    body = await request.body()
    if not body and opt.get(BODY_OPTIONAL):
        return opt[BODY]()
    if request.content_type[0] not in ("application/json", ""):
        raise ProblemError(415, "not_json")
    if len(body) > opt.get(MOST_BYTES, LIMITS.body_bytes):
        raise ProblemError(413, "body_too_large")
    return decode_body(body, opt[BODY])


def decode_body(body: bytes, wanted: Any) -> Any:
    """The body as ``wanted``. 400 where it is not JSON, 422 where it is another shape."""
    decoder = _decoders.get(wanted)
    if decoder is None:
        decoder = _decoders[wanted] = msgspec.json.Decoder(wanted)
    try:
        try:
            return decoder.decode(body)
        except msgspec.ValidationError:
            # JSON knows one kind of number: 1.0 is an integer there, and only msgspec tells the two apart
            return msgspec.convert(_whole_numbers(msgspec.json.decode(body)), wanted)
    except msgspec.ValidationError as error:
        raise ProblemError(422, "bad_shape", errors=(FieldProblem(_pointer(error), "bad_value"),)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(400, "bad_json") from error


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _pointer(error: msgspec.ValidationError) -> str:
    """ "… - at `$.ops[0].kind`" → "/ops/0/kind"."""
    path = str(error).rpartition("`$")[2].partition("`")[0] if "`$" in str(error) else ""
    return path.replace("[", "/").replace("]", "").replace(".", "/")


class Authentication(ASGIMiddleware):
    """Lets a handler run only for a live session, unless its opt says ``public``.

    A handler that ``checks_itself`` is given the claims of a token and admits them in its own transaction.
    """

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        opt = scope["route_handler"].opt
        request: AnyRequest = Request(scope)
        if not opt.get(PUBLIC) and request.method != "OPTIONS":
            claims = _claims(request)
            _check_rate(services_of(scope), claims)
            if not opt.get(CHECKS_ITSELF):
                database = services_of(scope).database
                scope["auth"] = await sync_to_thread(_session, database, claims, bool(opt.get(ANY_DEVICE)))
            else:
                scope["auth"] = claims
            if opt.get(PULL):
                _check_version(request)
        await next_app(scope, receive, send)


def admit(connection: Connection, claims: Claims, *, any_device: bool = False) -> Session:
    """The session behind a token, as this transaction sees it. Raises :class:`ProblemError` where it has ended."""
    session = session_of(connection, claims)
    if session is None:
        raise _unauthorized("token_expired")
    if session.device_state != "active" and not any_device:
        raise ProblemError(403, f"device_{session.device_state}")
    return session


def _session(database: Database, claims: Claims, any_device: bool) -> Session:
    with database.read() as connection:
        return admit(connection, claims, any_device=any_device)


def _claims(request: AnyRequest) -> Claims:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unauthorized("not_signed_in")
    claims = services_of(request.scope).tokens.claims(token.strip())
    if claims is None:
        raise _unauthorized("token_expired")
    named = request.headers.get("X-Device-Id")
    if named is not None and named != claims.device_id:
        raise _unauthorized("device_mismatch")
    return claims


def _check_rate(services: Services, claims: Claims) -> None:
    wait = services.requests.take((claims.person_id, claims.device_id))
    if wait:
        raise ProblemError(429, "too_many_requests", retry="backoff", retry_after=math.ceil(wait))


def _unauthorized(code: str) -> ProblemError:
    return ProblemError(
        401, code, retry="after_refresh", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}
    )


def _check_version(request: AnyRequest) -> None:
    """An outdated desktop may not pull; it may always push."""
    told = request.headers.get("X-Client-Version")
    least = services_of(request.scope).config.client_min
    if told is not None and _version(told) < _version(least):
        raise ProblemError(426, "client_too_old", detail=f"at least version {least}")


def _version(text: str) -> tuple[int, ...]:
    numbers = re.match(r"\d{1,6}(?:\.\d{1,6}){0,3}", text)
    return tuple(int(part) for part in numbers[0].split(".")) if numbers else ()
