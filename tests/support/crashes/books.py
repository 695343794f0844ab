"""The books of a campaign: what the desks were told is safe, and whether it is.

Kept by the test, in no process that is killed. Accounts come from the desks while they are quiet, the other side is
read from the server's own database.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Set
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

_ON_ITS_WAY = ("queued", "in_flight")


class Made(Struct, frozen=True):
    """An acknowledged operation: who made it, and the word it carries ("" for none)."""

    device: str
    word: str


class Books:
    """Acknowledgements in, violations out."""

    def __init__(self) -> None:
        self.made: dict[str, Made] = {}
        self.drafts: dict[tuple[str, str], str] = {}
        self.retried: set[str] = set()
        """Operations that a person sent again: they come when the person says so, no longer in order."""
        self.accounts: dict[str, dict[str, Any]] = {}

    def enter(self, device: str, news: dict[str, Any]) -> None:
        """A desk has said something; what it says is done must never be undone."""
        self.retried.add(news.get("about", ""))
        for op_id in news.get("done", ()):
            self.made[op_id] = Made(device, news["word"])
        if "draft" in news:
            self.drafts[device, news["draft"]] = news["word"]

    def check(self, database: Path) -> list[str]:
        """Everything that must hold while all desks are quiet and their accounts are fresh."""
        uri = f"file:{database}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            server = _Server(connection, self.retried)
        return [*server.violations, *self._operations(server), *self._words(server), *self._drafts()]

    def _operations(self, server: _Server) -> Iterable[str]:
        known: set[str] = set()
        for device, account in self.accounts.items():
            known |= account["ops"].keys()
            for op_id, op in account["ops"].items():
                if op["state"] in _ON_ITS_WAY:
                    yield f"I2: {device} still has {op_id} {op['state']} while quiet"
                elif op["state"] == "applied" and op_id not in server.operations:
                    yield f"I2: {device} calls {op_id} applied and the server does not know it"
                elif op["state"] != "applied" and op_id in server.operations:
                    yield f"I1: the server has {op_id}, {device} calls it {op['state']}"
        for op_id, made in self.made.items():
            local = self.accounts.get(made.device, {"ops": {}})["ops"].get(op_id)
            if op_id not in server.operations and local is None:
                yield f"LOST: {op_id} of {made.device}, acknowledged with {made.word!r}, is nowhere"
        for op_id in server.operations.keys() - known:
            yield f"I1: nobody made {op_id}, which the server has applied"

    def _words(self, server: _Server) -> Iterable[str]:
        for op_id, made in self.made.items():
            if op_id not in server.operations or not made.word:
                continue
            op = self.accounts[made.device]["ops"].get(op_id)
            if op is not None and made.word in op["body"] and made.word not in server.texts:
                yield f"I9: {made.word!r} of {op_id} is in no row and no revision of the server"

    def _drafts(self) -> Iterable[str]:
        for (device, key), word in self.drafts.items():
            kept = self.accounts[device]["drafts"].get(key, {}).get("text", "")
            if not kept or _age(kept) < _age(word):
                yield f"I9: draft {key} of {device} says {kept!r} and was acknowledged as {word!r}"


class _Server:
    """What the server's database says, and whether it agrees with itself."""

    def __init__(self, connection: sqlite3.Connection, retried: Set[str]) -> None:
        run = connection.execute
        self._retried = retried
        self.violations: list[str] = []
        self.operations: dict[str, tuple[str, int]] = {
            op_id: (device, seq) for op_id, device, seq in run("SELECT op_id, device_id, seq FROM operation")
        }
        data = [*run("SELECT data FROM entity"), *run("SELECT data FROM revision")]
        self.texts = "\n".join(bytes(row[0]).decode() for row in data)
        if (sound := run("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            self.violations.append(f"the server's file: {sound[:3]}")
        versions: dict[tuple[str, str], int] = {
            (t, i): v for t, i, v in run("SELECT type, id, version FROM entity")
        }
        self._check_log(
            run(
                "SELECT type, id, version, caused_by FROM change WHERE op = 'put' ORDER BY position"
            ).fetchall(),
            versions,
        )

    def _check_log(self, log: list[tuple[str, str, int, str]], versions: dict[tuple[str, str], int]) -> None:
        """I1, I8, I10: each effect once, in its device's order, one version each, none without a row of the log."""
        last: dict[tuple[str, str], int] = {}
        effects: dict[str, list[tuple[str, str]]] = defaultdict(list)
        order: dict[tuple[str, str, str], int] = {}
        for entity_type, entity_id, version, op_id in log:
            key = (entity_type, entity_id)
            if key in last and version != last[key] + 1:
                self.violations.append(
                    f"I10: {key} went from version {last[key]} to {version} by {op_id or 'nobody'}"
                )
            last[key] = version
            if not op_id:
                continue
            if key in effects[op_id]:
                self.violations.append(f"I1: {op_id} wrote {key} twice")
            effects[op_id].append(key)
            if op_id not in self.operations:
                self.violations.append(f"I10: {op_id} has effects and no record")
                continue
            device, seq = self.operations[op_id]
            if order.get((device, *key), 0) >= seq and op_id not in self._retried:
                self.violations.append(f"I8: {op_id} of {device} came to {key} out of order")
            order[device, *key] = seq
        self.violations += [
            f"I10: {key} is at {versions.get(key)} and its log at {v}"
            for key, v in last.items()
            if versions.get(key) != v
        ]
        self.violations += [
            f"I10: {op_id} is recorded and has no effect" for op_id in self.operations.keys() - effects.keys()
        ]


def _age(word: str) -> tuple[int, int]:
    """When a word was typed: the life of its desk and the step in it."""
    _, life, step = word.rstrip("；").split("·")
    return int(life), int(step)
