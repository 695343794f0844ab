"""What a page is told when something could not be done: a stable code and its parameters, never a sentence.

The words stand in ``desktop/views/common/words.py``. Must not carry personal data, paths or exception texts: a code
may end up in a log.
"""

from __future__ import annotations

import logging

from msgspec import Struct

from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import BadOperation

_log = logging.getLogger(__name__)

_STORE_SIGNS = (
    ("database or disk is full", "disk_full"),
    ("disk i/o error", "disk_error"),
    ("database is locked", "store_busy"),
    ("attempt to write a readonly database", "store_read_only"),
    ("file is not a database", "store_unreadable"),
    ("database disk image is malformed", "store_unreadable"),
)


class DeskError(Struct, frozen=True):
    """``code`` names the reason for the interface's words; ``params`` fill the gaps in them."""

    code: str
    params: dict[str, str | int] = {}


def desk_error(error: BaseException) -> DeskError:
    """The error as a page may see it. What nobody expected is logged with its traceback and becomes "internal"."""
    if isinstance(error, Refused | BadOperation):
        return DeskError(error.code, {"pointer": error.pointer} if error.pointer else {})
    code = getattr(error, "code", None)
    if isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum() and len(code) <= 60:
        params = getattr(error, "params", None)
        return DeskError(code, dict(params) if isinstance(params, dict) else {})
    text = str(getattr(error, "orig", None) or error).lower()
    for sign, named in _STORE_SIGNS:
        if sign in text:
            return DeskError(named)
    _log.error("unexpected error in a lane", exc_info=error)
    return DeskError("internal", {"kind": type(error).__name__})
