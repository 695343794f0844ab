"""What a page is told when something could not be done: a stable code and its parameters, never a sentence.

The words stand in ``desktop/views/common/words.py``. Must not carry personal data, paths or exception texts: a code
may end up in a log.
"""

from __future__ import annotations

import errno
import logging

from msgspec import Struct

from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import BadOperation

_log = logging.getLogger(__name__)

_STORE_SIGNS = (
    ("database or disk is full", "disk_full"),
    ("disk i/o error", "disk_error"),
    ("unable to open database file", "store_not_opened"),
    ("database is locked", "store_busy"),
    ("attempt to write a readonly database", "store_read_only"),
    ("file is not a database", "store_damaged"),
    ("database disk image is malformed", "store_damaged"),
)
_SYSTEM_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EIO: "disk_error",
    errno.EROFS: "store_read_only",
    errno.EACCES: "store_read_only",
}


class DeskError(Struct, frozen=True):
    """``code`` names the reason for the interface's words; ``params`` fill the gaps in them."""

    code: str
    params: dict[str, str | int] = {}


def desk_error(error: BaseException) -> DeskError:
    """The error as a page may see it. What nobody expected is logged with its traceback and becomes "internal"."""
    if isinstance(error, Refused | BadOperation):
        return DeskError(error.code, {"pointer": error.pointer} if error.pointer else {})
    code = _store_code(error) or _own_code(error)
    if code is not None:
        params = getattr(error, "params", None)
        return DeskError(code, dict(params) if isinstance(params, dict) else {})
    _log.error("unexpected error in a lane", exc_info=error)
    return DeskError("internal", {"kind": type(error).__name__})


def _store_code(error: BaseException) -> str | None:
    """What a disk, or the database on it, complained of; None for everything else."""
    if isinstance(error, OSError):
        return _SYSTEM_CODES.get(error.errno or 0)
    text = str(getattr(error, "orig", None) or error).lower()
    return next((named for sign, named in _STORE_SIGNS if sign in text), None)


def _own_code(error: BaseException) -> str | None:
    """The code of an error of ours. SQLAlchemy's have one too: it names a page of its manual."""
    code = getattr(error, "code", None)
    if not isinstance(code, str) or type(error).__module__.startswith("sqlalchemy."):
        return None
    return code if code.isascii() and code.replace("_", "").isalnum() and len(code) <= 60 else None
