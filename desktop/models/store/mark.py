"""The mark beside a store: whether it was closed in order, which key is its own, when it was last checked.

One small file, written in place and flushed, so that a killed process leaves "running" behind. It stands apart from
the store because it must be readable when the store is not: it keeps the file's salt, without which one lost page
would be all of them. Holds no key, no person and no case.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from .driver import side_file

State = Literal["making", "running", "closing", "clean"]
Ending = Literal["none", "clean", "unclean", "unknown"]
"""How a store's last session ended: ``none`` = there was none, ``unknown`` = no mark tells."""

_BYTES = 512  # one sector: it is written whole or not at all
_CONTEXT = b"supervision-desk store mark"


class Mark(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``proof`` tells this store's key from others without helping anybody to find it."""

    state: State
    salt: str = ""
    proof: str = ""
    checked_at: datetime | None = None

    @property
    def salt_bytes(self) -> bytes:
        return bytes.fromhex(self.salt)

    def proves(self, key: bytes) -> bool | None:
        """Whether ``key`` is this store's; None where the mark does not know."""
        return hmac.compare_digest(self.proof, proof_of(key, self.salt)) if self.proof else None


def mark_path(store: Path) -> Path:
    """Where the mark of a store lies."""
    return side_file(store, ".mark")


def proof_of(key: bytes, salt: str) -> str:
    """What only this key makes of this salt."""
    return hmac.new(key, _CONTEXT + salt.encode(), hashlib.sha256).hexdigest()


def read_mark(store: Path) -> Mark | None:
    """The mark of a store; None where there is none or it says nothing that makes sense."""
    try:
        content = mark_path(store).read_bytes()
        return msgspec.json.decode(content, type=Mark)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def write_mark(store: Path, mark: Mark) -> None:
    """Puts the mark on disk; it is there when this returns. Raises OSError."""
    content = msgspec.json.encode(mark).ljust(_BYTES)
    with mark_path(store).open("r+b" if mark_path(store).exists() else "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def set_state(store: Path, state: State) -> None:
    """Moves the mark of a store; a store without one is left without."""
    mark = read_mark(store)
    if mark is not None and mark.state != state:
        write_mark(store, replace(mark, state=state))


def note_checked(store: Path, at: datetime) -> None:
    """The store was looked through from end to end at ``at`` (real time, aware) and is whole."""
    mark = read_mark(store)
    if mark is not None:
        write_mark(store, replace(mark, checked_at=at))


def last_ending(store: Path) -> Ending:
    """How the last session of this store ended; to be asked before it is opened."""
    mark = read_mark(store)
    if mark is None:
        return "unknown" if store.exists() and store.stat().st_size else "none"
    if mark.state == "making":
        return "none"
    return "clean" if mark.state == "clean" else "unclean"


def log_is_missing(store: Path) -> bool:
    """Whether a session was cut off while the store was open, and the log of its last changes is not there."""
    mark = read_mark(store)
    return mark is not None and mark.state == "running" and not side_file(store, "-wal").exists()
