"""The office that benchmarks run against: a real server process with the Boston cases, and a person signed in to it.

Where the Boston file is not on this machine, its seeded stand-in is imported instead, and says so. Measures nothing.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import msgspec
import requests

from benchmarks.city import fill_city
from benchmarks.place import ROOT
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.models.store.engine import Store
from desktop.services.account.oauth import LoopbackSignIn
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.transport import Transport
from desktop.services.sync.context import SyncContext
from tests.support import boston

AS_OF = "2012-01-01"
_LOGIN, _PASSWORD = "bench", "a long word for a bench"
_START_S = 60.0
_SMALL_CITY = 1_500


@dataclass(frozen=True)
class Office:
    """A server that listens at ``url``; ``source`` says in words which cases it holds, ``folder`` has its database."""

    url: str
    source: str
    folder: Path

    def client(self, device: str, transport: Transport | None = None) -> Api:
        """A signed-in client of a device of its own."""
        clock, rng = SystemClock(), random.SystemRandom()
        transport = transport or Transport(self.url, monotonic=clock.monotonic)
        api = Api(transport, device_id=device, client_version="1.0.0", new_id=IdSource(clock, rng))
        tokens = SignIn(api, MemoryKeeper(), monotonic=clock.monotonic)
        with LoopbackSignIn(api, random_bytes=rng.randbytes, monotonic=clock.monotonic) as attempt:
            browser = threading.Thread(target=_browse, args=(attempt.url,))
            browser.start()
            tokens.begin(attempt.wait(threading.Event(), 30))
            browser.join()
        api.use_tokens(tokens)
        return api


def engine_of(api: Api, store: Store) -> SyncContext:
    """The sync engine of a desktop on ``store``."""
    return SyncContext(store, api, SystemClock(), random.SystemRandom(), device_name="bench")


@contextmanager
def open_office(folder: Path, *, small: bool) -> Iterator[Office]:
    """Import, add an officer, serve. Takes about a minute for the whole file."""
    folder.mkdir(parents=True)
    database = folder / "central.db"
    file, source = _cases(folder, small=small)
    _central("import", str(file), "--mapping", "boston311", "--as-of", AS_OF,
             "--database", str(database), "--rejects", str(folder / "rejects.csv"))  # fmt: skip
    with _served(folder, source) as office:
        yield office


@contextmanager
def open_city(folder: Path, *, tickets: int) -> Iterator[Office]:
    """Fill a server with a made-up city of any size, add an officer, serve."""
    folder.mkdir(parents=True)
    fill_city(folder / "central.db", tickets=tickets, now=datetime.now(UTC).replace(microsecond=0))
    with _served(folder, f"made-up city of {tickets:,} cases") as office:
        yield office


@contextmanager
def _served(folder: Path, source: str) -> Iterator[Office]:
    database = folder / "central.db"
    _central("users", "--database", str(database), "add", _LOGIN, "--name", "Bench", "--roles", "officer",
             "--password-stdin", typed=_PASSWORD)  # fmt: skip
    ready = folder / "ready.json"
    command = [sys.executable, "-m", "central", "serve", "--database", str(database), "--port", "0",
               "--ready-file", str(ready), "--parent-pid", str(os.getpid())]  # fmt: skip
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        yield Office(_wait_ready(process, ready), source, folder)
    finally:
        process.terminate()
        process.wait(30)


def _cases(folder: Path, *, small: bool) -> tuple[Path, str]:
    real = boston.real_file()
    if real is not None and not small:
        return real, f"Boston 311 of July to December 2011, as of {AS_OF}"
    rows = _SMALL_CITY if small else 58_251
    made = boston.write_stand_in(folder / "stand-in.zip", rows=rows)
    why = "--small" if small else "the Boston file is not on this machine"
    return made.path, f"seeded stand-in of the Boston file, {rows:,} cases ({why}), as of {AS_OF}"


def _central(*words: str, typed: str = "") -> None:
    command = [sys.executable, "-m", "central", *words]
    done = subprocess.run(command, cwd=ROOT, input=f"{typed}\n", capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"central {words[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def _wait_ready(process: subprocess.Popen[bytes], ready: Path) -> str:
    left = _START_S
    while not ready.exists():
        if process.poll() is not None or left <= 0:
            raise RuntimeError("the server did not start")
        system_wait(0.05)
        left -= 0.05
    return str(msgspec.json.decode(ready.read_bytes())["url"])


def _browse(address: str) -> None:
    """What a browser does: fill in the form and follow it back to the listener."""
    form = dict(parse_qsl(urlsplit(address).query)) | {"login": _LOGIN, "password": _PASSWORD}
    page = address.partition("?")[0]
    with requests.Session() as session:
        session.trust_env = False
        session.post(page, data=form, timeout=30).raise_for_status()
