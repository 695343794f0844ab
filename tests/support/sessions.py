"""A whole signed-in desktop without its window: store, engine, lanes and Desk over real HTTP.

with desktop(url, "officer", tmp_path / "a") as session:
    session.start()
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.services.account.tokens import MemoryKeeper
from desktop.session import Session, open_session, reach
from desktop.world import World

from .stores import KEY

WORLD = World(SystemClock(), IdSource(SystemClock(), random.Random(5)), random.Random(6), system_wait)


@contextmanager
def desktop(
    url: str, login: str, folder: Path, device: str = "", *, version: str = "1.0"
) -> Iterator[Session]:
    """A signed-in desktop whose sync has not begun; ``login`` is a person of a sample city."""
    folder.mkdir(exist_ok=True)
    server = reach(url, device or f"desk-{login}", MemoryKeeper(), version=version, world=WORLD)
    server.sign_in.begin(server.online.sign_in_sample(login))
    opened = open_session(folder, KEY, server, device_name="", world=WORLD)
    session = Session(opened, language="zh", practice=True, world=WORLD)
    try:
        yield session
    finally:
        session.close()
