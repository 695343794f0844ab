"""The locks of a real account: nothing of a case on the screen, and the way back to the same page, row and words."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.real_mode import RealMode
from desktop.services.background.system_locks import SystemLocks
from tests.gui.test_shell_app import PASSPHRASE
from tests.support.account_stage import WORDS, Account, Stage, Vault, account_stage
from tests.support.private_bus import ROOT, PrivateBus, needed


@pytest.fixture
def stage(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    with account_stage(tmp_path, qapp, qtbot, monkeypatch) as made:
        yield made


class Painted(QObject):
    """Counts what is painted below a widget."""

    def __init__(self, below: QWidget) -> None:
        super().__init__()
        self.count = 0
        for widget in [below, *below.findChildren(QWidget)]:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_soft_lock_shows_nothing_and_loses_nothing(stage: Stage) -> None:
    """Whoever passes an empty desk reads no case; whoever comes back finds the words they left in the middle."""
    stage.sign_in(Vault(), Account())
    page = stage.begin_note()
    QGuiApplication.clipboard().setText(stage.ticket.number)
    menu = page.list.menu_button
    page._list_menu()
    title = stage.app.window.windowTitle()
    painted = Painted(stage.frame)
    QTest.keyClick(stage.app.window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    if stage.standing() == "open":  # offscreen hands shortcuts to the active window alone
        stage.frame.lock_asked.emit()
    assert stage.standing() == "soft"
    stage.qtbot.waitUntil(stage.page.isVisible)
    painted.count = 0
    covered = stage.seen()
    assert painted.count == 0, "something of the desk was painted"
    stage.frame.open_page("outbox")
    assert stage.seen() == covered, "what lies behind shows through"
    stage.frame.open_page("supervision")
    others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not stage.app.window]
    assert others == [], "a menu stayed open over the lock"
    assert QGuiApplication.clipboard().text() == ""
    assert stage.app.window.windowTitle() == title
    assert stage.ticket.number not in title
    stage.page.secret_given.emit("wrong")
    stage.qtbot.waitUntil(lambda: stage.page.trouble.isVisible() and bool(stage.page.trouble.text()))
    assert stage.standing() == "soft"
    stage.page.secret_given.emit("os-password")
    stage.qtbot.waitUntil(lambda: stage.standing() == "open")
    assert stage.frame.isVisible()
    assert page.case.open_form().text.value() == WORDS
    assert menu.isVisible()


def test_a_hard_lock_closes_the_store_and_leads_back_to_the_same_words(stage: Stage) -> None:
    """A stolen machine holds no open store after a quarter of an hour; its person goes on where they were."""
    vault = Vault()
    stage.sign_in(vault, Account())
    stage.begin_note()
    session = stage.app.session
    assert session is not None
    stage.clock.ahead += 290
    stage.app.locks.idle.look()
    assert stage.frame.notices.stands("lock-soon"), "nobody is locked out without a word"
    stage.clock.ahead += 20
    stage.app.locks.idle.look()
    assert stage.standing() == "soft"
    stage.clock.ahead += 600
    stage.app.locks.idle.look()
    assert stage.standing() == "hard"
    assert stage.app.session is None
    assert stage.app.frame is None
    mode: Any = stage.app.mode
    assert mode._saving.key == b""
    assert mode._account.server is None, "a token is still held"
    assert not [t for t in threading.enumerate() if t.name in ("sync", "reading", "writing", "files")]
    stage.page.secret_given.emit("os-password")
    stage.settled()
    stage.qtbot.waitUntil(lambda: stage.standing() == "open")
    page = stage.frame.page("supervision")
    stage.qtbot.waitUntil(lambda: page.case.open_form() is not None)
    assert page.case.ticket_id() == stage.ticket.id
    assert page.queue() == "all"
    stage.qtbot.waitUntil(lambda: page.case.open_form().text.value() == WORDS)


def test_starting_again_is_no_way_round_a_lock(stage: Stage) -> None:
    """With an open keyring the store opens by itself: closing and starting must not do what the password does."""
    vault, owner = Vault(), Account()
    stage.sign_in(vault, owner)
    stage.app.locks.lock_now()
    assert stage.app.settings.locked
    stage.app.take_mode(RealMode(stage.app, find_vault=lambda: vault, find_owner=lambda: owner))
    stage.settled()
    assert stage.standing() == "soft"
    assert not stage.frame.isVisible()
    stage.page.secret_given.emit("os-password")
    stage.qtbot.waitUntil(lambda: stage.standing() == "open")
    assert not stage.app.settings.locked


def test_a_store_behind_a_passphrase_opens_by_it_alone_after_a_hard_lock(stage: Stage) -> None:
    """Without a keyring the passphrase is the key: a wrong one costs time, the right one brings the page back."""
    stage.sign_in()
    stage.show_case()
    stage.app.locks.close_store("asked")
    assert stage.standing() == "hard"
    assert stage.page.way == "passphrase"
    for wrong in ("first", "second"):
        stage.page.secret_given.emit(wrong)
        stage.qtbot.waitUntil(lambda: bool(stage.page.trouble.text()))
        assert stage.app.session is None
        stage.page.trouble.setText("")
    stage.page.secret_given.emit(PASSPHRASE)
    stage.settled()
    page = stage.frame.page("supervision")
    stage.qtbot.waitUntil(lambda: page.case.ticket_id() == stage.ticket.id)


def test_the_citys_sign_in_opens_a_desk_whose_machine_cannot_be_asked(stage: Stage) -> None:
    """Somebody with a card in the place of a password must not be locked out of their own desk."""
    stage.sign_in(Vault(), None)
    stage.app.locks.lock_now()
    assert stage.page.way == "sign_in"
    stage.page.browser_asked.emit()
    stage.qtbot.waitUntil(lambda: stage.standing() == "open")
    stage.app.locks.close_store("asked")
    stage.page.browser_asked.emit()
    stage.settled()
    stage.qtbot.waitUntil(lambda: stage.standing() == "open")


def test_a_call_in_hand_is_warned_and_never_closed(stage: Stage) -> None:
    """Somebody listening to a citizen for a quarter of an hour touches nothing, and must not lose the line."""
    stage.sign_in(Vault(), Account())
    session = stage.app.session
    assert session is not None
    session.desk.online.lease = object()  # type: ignore[assignment]  # whatever is held, a citizen is in hand
    stage.clock.ahead += 400
    stage.app.locks.idle.look()
    assert stage.standing() == "open"
    stage.clock.ahead += 450
    stage.app.locks.idle.look()
    assert stage.frame.notices.stands("lock-soon")
    stage.app.locks.idle.touch()
    assert not stage.frame.notices.stands("lock-soon")
    stage.clock.ahead += 2_000
    stage.app.locks.idle.look()
    assert stage.standing() == "soft", "the window is covered, the line is not cut"
    assert stage.app.session is session
    session.desk.online.lease = None


@needed("dbus-daemon")
def test_the_machines_own_lock_and_sleep_are_heard(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    """logind and the screen saver speak over real buses, from a process of their own."""
    folder = tmp_path / "buses"
    folder.mkdir()
    system, session = PrivateBus(folder, "system"), PrivateBus(folder, "session")
    heard: list[str] = []
    locks = SystemLocks(system=system.address, session=session.address)
    locks.sleeping.connect(lambda: heard.append("sleep"))
    locks.locked.connect(lambda: heard.append("lock"))
    try:
        for address, word, expected in (
            (system.address, "sleep", ["sleep"]),
            (system.address, "wake", []),
            (system.address, "lock", ["lock"]),
            (session.address, "saver", ["lock"]),
            (session.address, "unsaved", []),
            (session.address, "kylin", ["lock"]),
        ):
            heard.clear()
            speaker = subprocess.Popen(
                [sys.executable, "-m", "tests.support.bus_speaker", address, word], cwd=ROOT
            )
            speaker.wait(60)
            qtbot.waitUntil(partial(_same, heard, expected))
    finally:
        locks.close()
        system.close()
        session.close()


def _same(heard: list[str], wanted: list[str]) -> bool:
    return heard == wanted
