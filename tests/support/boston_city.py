"""The Boston city as the import command makes it, made once for all the processes of a test run.

Whoever needs it gets a copy of their own: the import takes half a minute of one core, a copy less than a second.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QLockFile

from tests.support.boston import BostonFile

ROOT = Path(__file__).resolve().parents[2]
AS_OF = datetime(2012, 1, 1)
"""The office's time of the import, by the clock on the wall in Boston."""


@dataclass(frozen=True)
class BostonCity:
    """A server's database after the import. ``said`` and ``erred`` is what the command printed.

    ``began`` and ``ended``: the real time of the import, in UTC. ``refused``: whether it wrote a file of refused rows.
    """

    said: str
    erred: str
    refused: bool
    began: datetime
    ended: datetime


def boston_city(file: BostonFile, factory: pytest.TempPathFactory, to: Path) -> BostonCity:
    """Copies the imported database to ``to``, after importing the file where no other process has."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "boston-city"
    folder.mkdir(exist_ok=True)
    database, story = folder / "city.db", folder / "story.json"
    lock = QLockFile(str(folder / "lock"))
    # However long an import takes, nobody takes its lock; a process that has died is noticed all the same.
    lock.setStaleLockTime(0)
    if not lock.lock():
        raise OSError(f"no lock in {folder}: {lock.error()}")
    try:
        if not story.is_file():
            database.unlink(missing_ok=True)
            story.write_bytes(msgspec.json.encode(_import(file, database, folder)))
        shutil.copyfile(database, to)
        return msgspec.json.decode(story.read_bytes(), type=BostonCity)
    finally:
        lock.unlock()


def _import(file: BostonFile, database: Path, folder: Path) -> BostonCity:
    rejects = folder / "rejects.csv"
    began = datetime.now(UTC)
    done = subprocess.run(
        [
            sys.executable, "-m", "central", "import", file.path, "--mapping", "boston311",
            "--as-of", f"{AS_OF:%Y-%m-%d %H:%M}", "--database", database, "--rejects", rejects,
        ],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return BostonCity(done.stdout, done.stderr, rejects.exists(), began, datetime.now(UTC))
