"""A person's own desk as they left it: a profile with an encrypted store, its key in a keyring, no server in reach.

with desk_program(tmp_path, qapp) as program:
    program.leave(*rows)            # the store, as a first sync left it
    app, look = program.begin()     # a start, as begin.py makes it
"""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app import App
from desktop.first_look import FirstLook
from desktop.models.domain.absence import Absence
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.entities import Row
from desktop.models.domain.ids import IdSource
from desktop.models.domain.wire import Me
from desktop.models.store import settings as kept
from desktop.options import Options
from desktop.paths import STORE_NAME, ProfilePaths
from desktop.services.account.keys import key_name
from desktop.services.account.vault import Vault, VaultError
from desktop.settings import Settings
from desktop.world import World
from tests.support.builders import NOW, OFFICER
from tests.support.stores import KEY, open_desk_store

NOWHERE = "http://127.0.0.1:9"
"""Discard: nobody listens there."""


class Keyring:
    """A keyring that is open, and counts what it is asked for. ``refuses``: somebody would not unlock it."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.asked: list[str] = []
        self.refuses = False

    def get(self, name: str) -> str | None:
        self.asked.append(name)
        if self.refuses:
            raise VaultError("keyring_refused")
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class Program:
    """One profile, and the program started on it as often as wanted; each start ends the one before."""

    def __init__(self, folder: Path, qapp: QApplication) -> None:
        self.paths = ProfilePaths(folder / "profile")
        self.paths.prepare()
        self.keyring = Keyring()
        self.store = self.paths.account(NOWHERE, OFFICER.person_id) / STORE_NAME
        self.real_now = SystemClock().now()
        self._qapp = qapp
        self._running: tuple[App, FirstLook] | None = None

    def leave(self, *rows: Row, me: Me = OFFICER) -> None:
        """A store as a first sync and an hour's work left it, a settings file that knows it, its key in the keyring."""
        self.store.parent.mkdir()
        with open_desk_store(self.store.parent, me=me, name=STORE_NAME) as desk:
            desk.pull(*rows)
            with desk.store.write() as connection:
                kept.put(connection, kept.CURSOR, "c1")
                kept.put(connection, kept.ABSENCE, Absence(wall=self.real_now))
                kept.put(connection, kept.CLOCK_OFFSET_S, (NOW - self.real_now).total_seconds())
        self.keyring.kept[key_name(self.store.parent.name)] = b64encode(KEY).decode()
        settings = self.settings()
        settings.server, settings.account = NOWHERE, self.store.parent.name

    def settings(self) -> Settings:
        """What the profile remembers."""
        return Settings(self.paths.settings)

    def begin(self, *, link: str = "", width: int = 1366) -> tuple[App, FirstLook]:
        """A start up to its first look; what it leads to comes when the event loop runs."""
        self.end()
        world = World(SystemClock(), IdSource(SystemClock(), random.Random(3)), random.Random(4), system_wait)
        options = Options(language="en", scheme="light", link=link)
        app = App(self._qapp, options, self.paths, self.settings(), world)
        look = FirstLook(app, self.find_vault)
        self._running = app, look
        app.window.setGeometry(0, 0, width, 768)
        app.window.show()
        look.begin()
        return app, look

    def find_vault(self) -> Vault | None:
        return self.keyring

    def now_s(self) -> float:
        """Seconds that only go forward."""
        return SystemClock().monotonic()

    def end(self) -> None:
        """The window is closed."""
        if self._running is None:
            return
        (app, look), self._running = self._running, None
        look.close()
        app.end()
        app.languages.be_silent()
        app.window.close()
        app.window.deleteLater()
        app.deleteLater()


@contextmanager
def desk_program(folder: Path, qapp: QApplication) -> Iterator[Program]:
    program = Program(folder, qapp)
    try:
        yield program
    finally:
        program.end()
