"""Turns every error of the application into ``application/problem+json``, those of the framework too.

An unexpected error is logged with its request id and told to nobody.
"""

from __future__ import annotations

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from central import dialects
from central.database import Outrun
from central.problems import ProblemError, encode_problem
from desktop.models.domain.wire import FieldProblem

PROBLEM_TYPE = "application/problem+json"
_CODES = {401: "not_signed_in", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
_log = logging.getLogger(__name__)


def on_problem(request: Request[Any, Any, Any], error: ProblemError) -> Response[bytes]:
    """Our own errors."""
    return Response(
        encode_problem(error.problem()),
        status_code=error.status,
        media_type=PROBLEM_TYPE,
        headers=error.headers,
    )


def on_framework_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Errors of routing and of parameters that do not fit."""
    status = error.status_code
    if status >= 500:
        return on_unexpected(request, error)
    extra = error.extra if isinstance(error.extra, list) else []
    errors = tuple(FieldProblem(f"/{_source(item)}/{item.get('key', '')}", "bad_value") for item in extra)
    problem = ProblemError(
        status, _CODES.get(status, "bad_request"), errors=errors, headers=_kept(error.headers)
    )
    return on_problem(request, problem)


def on_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What should not happen. A database that is merely busy or away says so."""
    if isinstance(error, Outrun) or dialects.is_busy(error):
        return on_problem(request, ProblemError(503, "busy", retry="backoff", retry_after=1))
    if dialects.is_unstorable(error):
        return on_problem(request, ProblemError(400, "bad_value"))
    request_id = request.headers.get("X-Request-Id", "")[:64]
    _log.error("request %r failed: %s", request_id, type(error).__name__, exc_info=error)
    return on_problem(request, ProblemError(500, "server_error", retry="backoff"))


def _source(item: dict[str, Any]) -> str:
    """Where a parameter stood: "query", "path", "header"."""
    source = item.get("source", "query")
    return str(getattr(source, "value", source))


def _kept(headers: dict[str, str] | None) -> dict[str, str]:
    return {name: value for name, value in (headers or {}).items() if name.lower() == "allow"}
