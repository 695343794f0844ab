"""Start: from the process's begin to the window, and to the first painted rows of the overdue list.

Every run is a process of its own, ours and the bare window in turn. The store, the settings and the sign-in are as a
person left them; the keyring answers from memory, and nothing listens at the server's address: rows come from the disk.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figures import Line, Samples, Section
from benchmarks.first_sync import KEY
from benchmarks.office import ROOT
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.ids import IdSource
from desktop.models.store import settings
from desktop.models.store.engine import open_store
from desktop.paths import ProfilePaths
from desktop.services.account.keys import find_key
from desktop.paths import STORE_NAME
from desktop.settings import Settings

_NOWHERE = "http://127.0.0.1:9"  # discard: nobody listens there
_PATIENCE_S = 60
_BARE = "floor: bare PySide6 window, table painted"
_BARE_CPU = "floor: the same, processor time"
_LINES = {  # the line → what it is held against
    _BARE: "",
    _BARE_CPU: "",
    "our window painted, rows as a skeleton": _BARE,
    "the same, processor time of ours": _BARE_CPU,
    "first rows of the overdue list painted": _BARE,
    "the same with rows, processor time of ours": _BARE_CPU,
}


class _Memory:
    """A vault whose secrets are handed to the child."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


def measure(store: Path, folder: Path, *, runs: int) -> Section:
    """The section; ``store`` is an encrypted store as a first sync left it."""
    profile = folder / "profile"
    secrets = _prepare(profile, store)
    seen: dict[str, Samples] = {name: Samples() for name in _LINES}
    child = [sys.executable, "-m", "benchmarks.start_child", "--profile", str(profile), "--language", "zh"]
    bare = [sys.executable, "-m", "benchmarks.bare_window"]
    for number in range(runs + 1):
        floor = _run(bare, {})["rows"]
        ours = _run(child, {"BENCH_SECRETS": json.dumps(secrets)})
        if number:  # the first pair reads everything from the disk
            for name, value in zip(_LINES, (*floor, *ours["window"], *ours["rows"]), strict=True):
                seen[name].add(value)
    lines = tuple(Line(name, seen[name], of=held) for name, held in _LINES.items())
    note = (
        "From the process's begin. Python and files in the system's cache, the store closed cleanly, "
        "keyring in memory, no server."
    )
    return Section("Start to first painted list", lines, note)


def _prepare(profile: Path, store: Path) -> dict[str, str]:
    """A profile as a person left it; the secrets its keyring holds."""
    paths = ProfilePaths(profile)
    paths.prepare()
    person = _person(store)
    account = paths.account(_NOWHERE, person)
    account.mkdir()
    vault = _Memory()
    # The key of the prepared store where chance would make another; the store comes after, as at a first start.
    find_key(
        account / STORE_NAME, vault, name=f"store:{account.name}", random_bytes=lambda count: KEY[:count]
    )
    shutil.copyfile(store, account / STORE_NAME)
    kept = Settings(paths.settings)
    kept.server, kept.account = _NOWHERE, account.name
    kept.device_id(IdSource(SystemClock(), random.Random(1)))
    return vault.secrets


def _person(path: Path) -> str:
    store = open_store(path, KEY)
    try:
        with store.read() as connection:
            me = settings.me(connection)
    finally:
        store.close()
    if me is None:
        raise RuntimeError("the store belongs to nobody: no first sync ran")
    return me.person_id


def _run(command: list[str], extra: dict[str, str]) -> dict[str, tuple[float, float]]:
    """By event that the process told: seconds since its begin, and seconds of processor time it had used."""
    env = {**os.environ, **extra}
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    told = [line.split() for line in done.stdout.splitlines() if line.startswith("painted ")]
    if done.returncode != 0 or not any(name == "rows" for _, name, *_ in told):
        raise RuntimeError(f"{command[2]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return {name: (float(at) - began, float(used)) for _, name, at, used in told}
