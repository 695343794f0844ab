"""Start: from the process's begin to the window, to the first painted rows of the queue last open, and to all of it.

Every run is a process of its own, ours and the bare window in turn. The store, the settings and the sign-in are as a
person left them, and nothing listens at the server's address: rows come from the disk. The keyring answers from memory,
and, where this machine has one, from a real gnome-keyring on a bus of its own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Line, Samples, Section
from benchmarks.first_sync import KEY
from benchmarks.place import ROOT
from desktop.models.domain.absence import Absence
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.ids import IdSource
from desktop.models.store import settings
from desktop.models.store.engine import open_store
from desktop.paths import STORE_NAME, ProfilePaths
from desktop.services.account.keys import find_key, key_name
from desktop.settings import Settings
from tests.support.private_bus import Keyring

_NOWHERE = "http://127.0.0.1:9"  # discard: nobody listens there
_OUTLINE = "1366 768 200 116 740 600 216 18 60 20 284 12 60 30"
"""The window as it was closed: the first rows are shown where they stood."""
_PATIENCE_S = 120
_BARE = "floor: bare PySide6 window, table painted"
_BARE_CPU = "floor: the same, processor time"
_EVENTS = {  # what the child tells → what it is called
    "window": "our window painted, rows as a skeleton",
    "rows": "first rows of the queue last open painted",
    "ready": "everything ready: the desk, its rows, the case beside them",
}
_FROM_KEY = "of it: from the key's arrival to the first rows"


class _Vault:
    """A vault whose secrets are handed to the child."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


class _Told(NamedTuple):
    """Seconds since the process's begin, and of processor time it had used."""

    wall: float
    processor: float


def measure(
    store: Path,
    folder: Path,
    *,
    runs: int,
    key: bytes = KEY,
    now: datetime | None = None,
    title: str = "",
    real_keyring: bool = True,
) -> Section:
    """The section; ``store`` is an encrypted store as a first sync left it. ``now``: the office's time in it.

    ``real_keyring``: ask a real one too, where this machine has any.
    """
    profile = folder / "profile"
    secrets = _prepare(profile, store, key, now)
    child = [sys.executable, "-m", "benchmarks.start_child", "--profile", str(profile), "--language", "zh"]
    bare = [sys.executable, "-m", "benchmarks.bare_window"]
    seen: dict[str, Samples] = {}
    with _secret_service(folder, secrets, wanted=real_keyring) as bus:
        for number in range(0 if runs > 1 else 1, runs + 1):
            told = {"": _run(bare, {}), "memory": _run(child, {"BENCH_SECRETS": json.dumps(secrets)})}
            if bus:
                told["Secret Service"] = _run(child, {"DBUS_SESSION_BUS_ADDRESS": bus})
            if number:  # the first of several reads everything from the disk
                _keep(seen, told)
    lines = tuple(Line(name, samples, of=_held_against(name)) for name, samples in seen.items())
    note = (
        "From the process's begin. Python and files in the system's cache, the store closed cleanly, no server; the "
        "key from a keyring in memory unless said."
    )
    return Section(title or "Start to first painted list", lines, note)


def _keep(seen: dict[str, Samples], told: dict[str, dict[str, _Told]]) -> None:
    def add(name: str, took: _Told) -> None:
        seen.setdefault(name, Samples()).add(took.wall)
        seen.setdefault(f"{name}, processor time" if name != _BARE else _BARE_CPU, Samples()).add(
            took.processor
        )

    add(_BARE, told[""]["rows"])
    for keyring, events in told.items():
        for event, name in _EVENTS.items() if keyring else ():
            if keyring == "memory":
                add(name, events[event])
            elif event != "window":
                add(f"{name}, key from the {keyring}", events[event])
        if keyring == "memory":
            rows, key = events["rows"], events["key"]
            add(_FROM_KEY, _Told(rows.wall - key.wall, rows.processor - key.processor))


def _held_against(name: str) -> str:
    if name in (_BARE, _BARE_CPU) or name.startswith(_FROM_KEY):
        return ""
    return _BARE_CPU if name.endswith("processor time") else _BARE


@contextmanager
def _secret_service(folder: Path, secrets: dict[str, str], *, wanted: bool) -> Iterator[str]:
    """The address of a bus on which a real keyring holds the secrets; "" where this machine has none."""
    if not wanted or any(
        shutil.which(program) is None for program in ("dbus-daemon", "gnome-keyring-daemon")
    ):
        yield ""
        return
    place = folder / "login"
    place.mkdir()
    keyring = Keyring(place)
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = keyring.bus.address
    try:
        vault = keyring.vault()
        for name, secret in secrets.items():
            vault.set(name, secret)
        yield keyring.bus.address
    finally:
        if before is None:
            del os.environ["DBUS_SESSION_BUS_ADDRESS"]
        else:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
        keyring.close()


def _prepare(profile: Path, store: Path, key: bytes, now: datetime | None) -> dict[str, str]:
    """A profile as a person left it; the secrets its keyring holds."""
    paths = ProfilePaths(profile)
    paths.prepare()
    account = paths.account(_NOWHERE, _person(store, key))
    account.mkdir()
    vault = _Vault()
    # The key of the prepared store where chance would make another; the store comes after, as at a first start.
    find_key(account / STORE_NAME, vault, name=key_name(account.name), random_bytes=lambda count: key[:count])
    shutil.copyfile(store, account / STORE_NAME)
    _leave(account / STORE_NAME, key, now)
    kept = Settings(paths.settings)
    kept.server, kept.account = _NOWHERE, account.name
    kept.place, kept.outline = ("supervision", "overdue"), _OUTLINE
    kept.device_id(IdSource(SystemClock(), random.Random(1)))
    return vault.secrets


def _person(path: Path, key: bytes) -> str:
    """Whose store it is."""
    store = open_store(path, key)
    try:
        with store.read() as connection:
            me = settings.me(connection)
    finally:
        store.close()
    if me is None:
        raise RuntimeError("the store belongs to nobody: no first sync ran")
    return me.person_id


def _leave(path: Path, key: bytes, now: datetime | None) -> None:
    """What a session writes and a first load does not; closed in order."""
    real_now = SystemClock().now()
    store = open_store(path, key)
    try:
        with store.write() as connection:
            settings.put(connection, settings.ABSENCE, Absence(wall=real_now))
            if now is not None:
                settings.put(connection, settings.CLOCK_OFFSET_S, (now - real_now).total_seconds())
    finally:
        store.close()


def _run(command: list[str], extra: dict[str, str]) -> dict[str, _Told]:
    """By event that the process told."""
    env = {**os.environ, **extra}
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    told = [line.split() for line in done.stdout.splitlines() if line.startswith("painted ")]
    if done.returncode != 0 or not any(name == "rows" for _, name, *_ in told):
        raise RuntimeError(f"{command[2]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return {name: _Told(float(at) - began, float(used)) for _, name, at, used in told}
