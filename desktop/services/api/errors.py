"""Everything that can go wrong between us and the server: a closed set, split by who has to act.

``code`` is stable and has words in the interface; no error carries personal data, URLs or bodies.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from desktop.models.domain.wire import Problem, Retry

Act = Literal["wait", "sign_in", "update", "start_over", "caller"]
"""Who acts: nobody but time; the person signs in; somebody updates the program; the engine takes a new snapshot; the
code or person that asked, because the question was refused."""


class ApiError(Exception):
    """The base of the set; never raised itself."""

    act: ClassVar[Act]

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Offline(ApiError):
    """No answer: refused, reset, unknown name, too slow, cut off, or a certificate we do not trust."""

    act = "wait"

    def __init__(self, code: str = "offline") -> None:
        super().__init__(code)


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

    def __init__(self, code: str = "bad_reply") -> None:
        super().__init__(code)


class SignedOut(ApiError):
    """There is no sign-in, or the server no longer takes it: "signed_out", "sign_in_expired"."""

    act = "sign_in"


class ClientTooOld(ApiError):
    """426: this version may no longer pull; it may still push."""

    act = "update"

    def __init__(self) -> None:
        super().__init__("client_too_old")


class StartOver(ApiError):
    """The place we stood at is gone: "cursor_expired", "epoch_changed", "scope_changed", "snapshot_expired"."""

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
