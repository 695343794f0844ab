"""Errors that reach a client: RFC 9457 problems with a stable code and what a retry is worth.

Never personal data in ``detail``. Pure; the HTTP side turns them into replies.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desktop.models.domain.wire import FieldProblem, Problem, Retry

TITLES: Mapping[int, str] = {
    400: "Bad request",
    401: "Sign in again",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Gone",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Unsupported media type",
    416: "Range not satisfiable",
    422: "Not acceptable as it stands",
    426: "Upgrade needed",
    429: "Too many requests",
    500: "Server error",
    503: "Busy",
}


class ProblemError(Exception):
    """Ends a request with a problem. ``retry_after`` in whole seconds goes into the header of that name."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        retry: Retry = "never",
        detail: str = "",
        errors: tuple[FieldProblem, ...] = (),
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry = retry
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(max(1, retry_after))

    def problem(self) -> Problem:
        """The problem as a struct, as it also stands in the result of an operation."""
        return Problem(
            title=TITLES.get(self.status, "Error"),
            status=self.status,
            code=self.code,
            retry=self.retry,
            detail=self.detail,
            errors=self.errors,
        )


def not_found() -> ProblemError:
    """What is not there, and what this viewer may not see, answer alike."""
    return ProblemError(404, "not_found")


def field_error(status: int, code: str, pointer: str, reason: str, *, retry: Retry = "never") -> ProblemError:
    """A problem with one field of the request; ``pointer`` is a JSON pointer."""
    return ProblemError(status, code, retry=retry, errors=(FieldProblem(pointer, reason),))


def encode_problem(problem: Problem) -> bytes:
    """The body of a reply; ``retry`` and ``errors`` are always written out."""
    return msgspec.json.encode(
        msgspec.to_builtins(problem) | {"retry": problem.retry, "errors": problem.errors}
    )
