"""One life of the central server: ``python -m central serve`` from its first line, in a forked process.

It says when it listens, may be told to die at a moment or in the midst of a write, and ends on SIGTERM.
"""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

import msgspec

import central.commands.serve  # noqa: F401  loaded before the fork
from central.__main__ import main
from central.database import Database

from . import shim
from .desk_life import say
from .moments import Moment, Moments


class _News(io.TextIOBase):
    """Standard output of the server: its one line is news."""

    def write(self, text: str) -> int:
        if text.startswith("listening on "):
            say({"listening": text.removeprefix("listening on ").strip()})
        return len(text)


def live(asked: dict[str, Any]) -> None:
    """Serve until told to end."""
    database = Path(asked["database"])
    moments = Moments(say)
    moments.watch_writes(Database)
    moments.watch_statements()
    _arm(moments, database.parent, asked)
    threading.Thread(target=_obey, args=(moments, database.parent), name="orders", daemon=True).start()
    sys.stdout = _News()
    arguments = ["serve", "--database", str(database), "--port", str(asked["port"]), "--sample-city", "1"]
    with moments.during("start"):
        code = main([*arguments, *asked.get("options", ())])
    say({"ended": code})


def _obey(moments: Moments, folder: Path) -> None:
    orders: TextIO = sys.stdin
    for line in orders:
        _arm(moments, folder, msgspec.json.decode(line))
        say({"armed": True})


def _arm(moments: Moments, folder: Path, order: dict[str, Any]) -> None:
    moment, fault = order.get("moment"), order.get("fault")
    moments.arm(Moment(**moment) if moment else None)
    if fault:
        shim.arm(folder, shim.Fault(**fault))
    else:
        shim.disarm()
