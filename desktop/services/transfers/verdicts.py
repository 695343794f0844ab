"""How an exchange can end for one file alone, while the server as a whole is well."""

from __future__ import annotations

from desktop.models.domain.wire import ResultStatus


class Refused(Exception):
    """The file will not arrive. ``status`` is what becomes of the operation that links it."""

    def __init__(self, code: str, status: ResultStatus = "rejected") -> None:
        super().__init__(code)
        self.code = code
        self.status = status


class Later(Exception):
    """Not now: the other end is not as it should be, and may be in a while."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
