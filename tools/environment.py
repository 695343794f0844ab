"""The project's own Python environment: `.venv`, filled from the hash-pinned locks and from nothing else.

Works with a bare Debian Python that has pip but neither ensurepip nor the venv package. Idempotent: a stamp in `.venv`
holds what was installed, and a second call does nothing. Must not import anything that it is about to install.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from tools.console import ROOT, Stop, must, say

Level = Literal["run", "dev"]

VENV = ROOT / ".venv"
STAMP = VENV / "desk-stamp.json"
_BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = _BIN / ("python.exe" if sys.platform == "win32" else "python")
PEERS = ROOT / ".venv-peers"
"""What benchmarks hold us against, out of the program's and the tests' sight."""


def program(name: str) -> Path:
    """Path of a command that a package put into the environment."""
    return _BIN / (f"{name}.exe" if sys.platform == "win32" else name)


def keep_compiled() -> None:
    """Let every Python that is started from here keep what it compiles, also on a machine told to keep nothing.

    Many container images set PYTHONDONTWRITEBYTECODE. Then each of the hundreds of processes of a test run compiles all
    its libraries anew: four of its five seconds until the server's command line answers. What that setting is for still
    holds: the folders of sources stay clean, what was compiled lies in `.venv`.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "compiled"))
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"]
        sys.dont_write_bytecode = False


def ensure(level: Level) -> None:
    """Bring `.venv` to `run` (client and server) or `dev` (that and all tools). Raises Stop in words."""
    with alone():
        if _current(level):
            return
        started = time.perf_counter()
        if importlib.util.find_spec("pip") is None:
            raise Stop("This Python has no pip. On Debian: apt-get install python3-pip, then try again.")
        if not _usable():
            say("creating .venv")
            shutil.rmtree(VENV, ignore_errors=True)
            must(
                [sys.executable, "-m", "venv", "--without-pip", VENV], "The environment could not be created."
            )
        STAMP.unlink(missing_ok=True)
        say(f"installing lock/{level}.txt (once; less than a minute)")
        # Everything is pinned with hashes, so there is nothing to resolve; wheels only, because building a source
        # archive would fetch build tools that no hash covers. Python compiles what it imports by itself, so compiling
        # everything now would only make the first start wait: 63 s instead of 42 s.
        _pip("--require-hashes", "--no-deps", "--no-compile", "--only-binary", ":all:", "-r", _lock(level))
        # The project itself, from the checkout: puts `supervision-desk` and `supervision-central` into .venv.
        _pip("--no-deps", "--no-build-isolation", "-e", ROOT)
        STAMP.write_text(json.dumps({"level": level, **_facts(level)}, indent=1), encoding="utf-8")
        say(f"environment ready in {time.perf_counter() - started:.0f} s")


def ensure_peers() -> Path:
    """Bring `.venv-peers` to lock/peers.txt; its Python. Raises Stop in words."""
    lock = ROOT / "lock" / "peers.txt"
    python = PEERS / _BIN.name / PYTHON.name
    stamp = PEERS / STAMP.name
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with alone():
        if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return python
        say("installing lock/peers.txt into .venv-peers (once)")
        shutil.rmtree(PEERS, ignore_errors=True)
        must([sys.executable, "-m", "venv", "--without-pip", PEERS], "The environment could not be created.")
        hashed = ("--require-hashes", "--no-deps", "--no-compile", "--only-binary", ":all:", "-r", lock)
        _pip(*hashed, python=python)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def _pip(*arguments: str | Path, python: Path = PYTHON) -> None:
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    must([*pip, "install", "-qq", *arguments], "The packages could not be installed.", env=env)


def _lock(level: Level) -> Path:
    return ROOT / "lock" / f"{level}.txt"


def _facts(level: Level) -> dict[str, str]:
    """What an installation depends on.

    A package dropped from a lock stays installed until `.venv` is deleted; CI starts fresh and would miss it.
    """
    project = (ROOT / "pyproject.toml").read_bytes()
    return {
        "lock": hashlib.sha256(_lock(level).read_bytes()).hexdigest(),
        "scripts": hashlib.sha256(
            project.partition(b"[project.scripts]")[2].partition(b"[tool.")[0]
        ).hexdigest(),
        "root": str(ROOT),
        # Follows the links to the interpreter itself: it changes when the system's Python does, not with who calls.
        "python": str(PYTHON.resolve()),
    }


def _stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _current(level: Level) -> bool:
    stamp = _stamp()
    installed = stamp.pop("level", None)
    if installed == "dev":
        return stamp == _facts("dev")
    return installed == level and stamp == _facts(level)


def _usable() -> bool:
    """Whether `.venv` can be filled in place: made in this folder, and its Python is the one it was made with."""
    stamp = _stamp()
    facts = _facts("run")
    same = all(stamp.get(key, facts[key]) == facts[key] for key in ("root", "python"))
    return same and PYTHON.exists()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time change `.venv` or what is built; a second one waits instead of breaking the first."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (ROOT / ".venv.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
