"""Everything that can go wrong between us and the server: a closed set, split by who has to act.

``code`` is stable and has words in the interface; no error carries personal data, URLs or bodies. A code that this
room makes itself stands in ``OWN_CODES``; the others are those of the server's problems and of the keyring.
"""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from desktop.models.domain.wire import Problem, Retry

Act = Literal["wait", "sign_in", "update", "start_over", "caller"]
"""Who acts: nobody but time; the person signs in; somebody updates the program; the engine takes a new snapshot; the
code or person that asked, because the question was refused."""

OfflineCode = Literal[
    "offline",
    "cut",
    "interrupted",
    "captive_portal",
    "no_network",
    "unknown_name",
    "refused",
    "no_answer",
    "too_slow",
    "connection_lost",
    "untrusted_certificate",
    "certificate_other_name",
    "certificate_out_of_date",
    "certificate_not_pinned",
    "tls_failed",
    "plain_http",
    "proxy_failed",
    "proxy_sign_in",
    "provider_away",
    "bad_address",
]
"""Why no answer came, as far as this machine can tell."""

BadReplyCode = Literal[
    "bad_reply", "unknown_encoding", "reply_too_large", "reply_truncated", "reply_damaged", "bad_row"
]
SignInCode = Literal[
    "signed_out",
    "sign_in_expired",
    "sign_in_refused",
    "sign_in_cancelled",
    "sign_in_timeout",
    "sign_in_not_ours",
    "unknown_person",
    "provider_refused",
]
PlaceCode = Literal[
    "no_cursor", "bad_cursor", "cursor_expired", "epoch_changed", "scope_changed", "snapshot_expired"
]
OtherCode = Literal["server_fault", "client_too_old", "maintenance", "too_many_requests"]

OWN_CODES: frozenset[str] = frozenset(
    code
    for codes in (OfflineCode, BadReplyCode, SignInCode, PlaceCode, OtherCode)
    for code in get_args(codes)
)


class ApiError(Exception):
    """The base of the set; never raised itself.

    ``request_id`` names the exchange in the server's log, ``answered`` is the HTTP status; "" and 0 where there was no
    exchange or no answer.
    """

    act: ClassVar[Act]

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.request_id = ""
        self.answered = 0


class Offline(ApiError):
    """No answer: refused, reset, unknown name, too slow, cut off, or a certificate we do not trust."""

    act = "wait"

    def __init__(self, code: OfflineCode = "offline") -> None:
        super().__init__(code)


class Interrupted(Offline):
    """We ended the exchange ourselves, because there is something better to do."""

    def __init__(self) -> None:
        super().__init__("interrupted")


class CaptivePortal(Offline):
    """Somebody between us and the server answered with a page of their own."""

    def __init__(self) -> None:
        super().__init__("captive_portal")


class Busy(ApiError):
    """429 or 503: the server asks for patience; ``retry_after_s`` is None where it did not say for how long."""

    act = "wait"

    def __init__(self, code: str, retry_after_s: float | None) -> None:
        super().__init__(code)
        self.retry_after_s = retry_after_s


class ServerFault(ApiError):
    """5xx: the server failed on this very request."""

    act = "wait"

    def __init__(self, status: int) -> None:
        super().__init__("server_fault")
        self.status = status


class BadReply(ApiError):
    """An answer that is not of the contract: unexpected status or content type, broken or oversized body."""

    act = "wait"

    def __init__(self, code: BadReplyCode = "bad_reply") -> None:
        super().__init__(code)


class SignedOut(ApiError):
    """There is no sign-in, the server no longer takes it, or the keyring does not give it: a SignInCode or its code."""

    act = "sign_in"


class ClientTooOld(ApiError):
    """426: this version may no longer pull; it may still push."""

    act = "update"

    def __init__(self) -> None:
        super().__init__("client_too_old")


class StartOver(ApiError):
    """The place we stood at is gone: one of PlaceCode."""

    act = "start_over"


class RefusedByServer(ApiError):
    """4xx with a problem of the contract; ``code`` is the problem's."""

    act = "caller"

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem

    @property
    def status(self) -> int:
        return self.problem.status

    @property
    def retry(self) -> Retry:
        return self.problem.retry
