"""A real account in the real window at a real server: signed in, with a clock to push and a machine's password.

with account_stage(tmp_path, qapp, qtbot, monkeypatch) as stage:
    stage.sign_in(Vault(), Account())
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.entities import Ticket
from desktop.models.domain.ids import IdSource
from desktop.options import Options
from desktop.paths import ProfilePaths
from desktop.real_mode import RealMode
from desktop.services.account.owner import Owned
from desktop.services.account.vault import KeyringVault
from desktop.services.background.system_locks import SystemLocks
from desktop.settings import Settings
from desktop.views.shell.lock_page import LockPage
from desktop.views.shell.sign_in import SignInPage
from desktop.world import World
from tests.gui.test_shell_app import PASSPHRASE, PASSWORD, use_browser
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office
from tests.support.served import served

WORDS = "半截的话，还没写完"


class Clock(SystemClock):
    """The machine's clock with hands that a test may push forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead


class Account:
    """The password of this machine's account, without the machine."""

    available = True

    def __init__(self) -> None:
        self.asked = 0

    def proves(self, password: str) -> Owned:
        self.asked += 1
        return "yes" if password == "os-password" else "no"


class Vault:
    """A keyring that is open."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class Stage:
    """One officer at a city's real server, signed in through the window."""

    def __init__(self, app: App, clock: Clock, office: Office, url: str, qtbot: QtBot) -> None:
        self.app, self.clock, self.office, self.url, self.qtbot = app, clock, office, url, qtbot
        self.visits: list[threading.Thread] = []
        self.ticket: Ticket = make_ticket(title="东门路灯不亮，夜间出行不便")
        office.load(self.ticket, make_ticket())
        office.services.accounts.set_password("officer", PASSWORD)

    def browse(self, url: QUrl) -> bool:
        self.visits.append(threading.Thread(target=use_browser, args=(url.toString(),)))
        self.visits[-1].start()
        return True

    def sign_in(self, vault: Vault | KeyringVault | None = None, owner: Account | None = None) -> None:
        self.app.take_mode(RealMode(self.app, find_vault=lambda: vault, find_owner=lambda: owner))
        page = self.app.window.centralWidget()
        assert isinstance(page, SignInPage)
        page.sign_in_asked.emit(self.url)
        if vault is None:
            self.qtbot.waitUntil(lambda: page.face() == "new_passphrase")
            page.passphrase_given.emit(PASSPHRASE)
        self.settled()

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: self.app.session is not None)
        session = self.app.session
        assert session is not None
        self.qtbot.waitUntil(lambda: session.worker.progress.state == "done")

    def show_case(self) -> Any:
        page = self.frame.open_page("supervision", "all")
        self.frame.find_ticket(self.ticket.number)
        self.qtbot.waitUntil(
            lambda: page.case.panel() is not None and page.case.panel().ticket.id == self.ticket.id,
            timeout=60_000,
        )
        return page

    def begin_note(self) -> Any:
        page = self.show_case()
        page.case.open_note()
        form = page.case.open_form()
        form.text.set_value(WORDS)
        form.text._touched()
        return page

    @property
    def frame(self) -> Any:
        return self.app.frame

    def standing(self) -> str:
        return str(self.app.locks.standing)

    @property
    def page(self) -> LockPage:
        page = self.app.locks.page
        assert page is not None
        return page

    def seen(self) -> QImage:
        return self.app.window.grab().toImage()

    def close(self) -> None:
        for visit in self.visits:
            visit.join(60)


def deaf() -> SystemLocks:
    """No machine's real bus may lock a test."""
    return SystemLocks(system="unix:path=/nowhere", session="unix:path=/nowhere")


@contextmanager
def account_stage(
    folder: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """An office, its server over HTTP, and a window before which nobody has signed in."""
    monkeypatch.setattr("desktop.locks.SystemLocks", deaf)
    paths = ProfilePaths(folder / "profile")
    paths.prepare()
    clock = Clock()
    world = World(clock, IdSource(clock, random.Random(3)), random.Random(4), system_wait)
    app = App(qapp, Options(language="zh", scheme="light"), paths, Settings(paths.settings), world)
    app.window.resize(1366, 768)
    app.window.show()
    try:
        with open_office(folder) as office, served(office.app) as url:
            made = Stage(app, clock, office, url, qtbot)
            monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(made.browse))
            try:
                yield made
            finally:
                app.end()
                made.close()
    finally:
        app.end()
        app.languages.be_silent()
        app.window.close()
        app.window.deleteLater()
        app.deleteLater()
