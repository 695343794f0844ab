"""The shim of ``faulty_io.c``: compiled once a run, preloaded into the nursery, armed by the process that shall suffer.

Knows calls, error numbers and folders; why and when is the campaigns' business.
"""

from __future__ import annotations

import ctypes
import errno
import shutil
import subprocess
from enum import IntEnum, IntFlag
from pathlib import Path

from msgspec import Struct

_SOURCE = Path(__file__).with_name("faulty_io.c")


class Call(IntFlag):
    """What SQLite asks of a disk."""

    WRITE = 1
    SYNC = 2
    TRUNCATE = 4
    READ = 8


class Action(IntEnum):
    """FAIL refuses the call; SHORT does half of it and refuses the rest; KILL ends the process before, TEAR amid it."""

    COUNT = 0
    FAIL = 1
    SHORT = 2
    KILL = 3
    TEAR = 4


class Fault(Struct, frozen=True, kw_only=True):
    """``action`` at the ``nth`` of ``calls``, once or, with ``lasting``, from then on.

    ``error`` is a name of errno; "" for a write that is cut short and may go on.
    """

    calls: int
    nth: int
    action: int
    error: str = "EIO"
    lasting: bool = False

    def __str__(self) -> str:
        calls = "|".join(call.name or "" for call in Call if call & self.calls).lower()
        how = Action(self.action).name.lower()
        why = f" with {self.error}" if self.error and self.action in (Action.FAIL, Action.SHORT) else ""
        return f"{how} {calls} no. {self.nth}{why}{' from then on' if self.lasting else ''}"


COUNTING = Fault(calls=0, nth=0, action=Action.COUNT)


class NoCompiler(AssertionError):
    """There is no C compiler, so disks cannot be made to fail."""


def compile_shim(folder: Path) -> Path:
    """The library to preload. Raises :class:`NoCompiler` with what to do about it."""
    library = folder / "faulty_io.so"
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NoCompiler(
            "The campaigns of killed processes and failing disks need a C compiler, and there is none. "
            "`python3 dev.py setup` installs it as root; else: sudo apt-get install gcc libc6-dev"
        )
    command = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-o", str(library), str(_SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoCompiler(
            "The shim of the campaigns did not compile; are the headers of libc there (libc6-dev)?\n"
            + done.stderr
        )
    return library


def arm(folder: Path, fault: Fault) -> None:
    """From now on this process meets ``fault`` on files below ``folder``; counts begin anew."""
    number = getattr(errno, fault.error) if fault.error else 0
    _library().fault_arm(
        f"{folder}/".encode(), fault.calls, ctypes.c_long(fault.nth), fault.action, number, int(fault.lasting)
    )


def disarm() -> None:
    """The disk is well again."""
    _library().fault_disarm()


def seen() -> dict[str, int]:
    """Calls of each kind since the process was armed."""
    return {call.name or "": int(_library().fault_seen(int(call))) for call in Call}


def struck() -> int:
    """Calls that failed since the process was armed."""
    return int(_library().fault_struck())


def _library() -> ctypes.CDLL:
    """This very process: the shim was preloaded, or this raises AttributeError."""
    library = ctypes.CDLL(None)
    for name in ("fault_seen", "fault_struck"):
        getattr(library, name).restype = ctypes.c_long
    return library
