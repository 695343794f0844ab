"""Signing out and being wiped: what was not sent is told of first; afterwards neither key nor plain text is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from central.__main__ import main as central
from central.profile_store import current_profile, store_profile
from desktop.models.domain.absence import LIMIT, Absence
from desktop.models.domain.clock import SystemClock
from desktop.real_mode import RealMode
from desktop.services.account.keys import key_name
from desktop.services.account.wiping import WipeOrder, note, pending
from desktop.services.commands.absence import keep_absence
from desktop.services.commands.notes import add_note
from desktop.session import Session
from desktop.views.common.text import PlainLabel
from desktop.views.shell.sign_in import SignInPage
from desktop.views.shell.wiped_page import WipedPage
from tests.support.account_stage import WORDS, Account, Stage, Vault, account_stage
from tests.support.builders import NOW
from tests.support.private_bus import Keyring, needed


@pytest.fixture
def stage(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    with account_stage(tmp_path, qapp, qtbot, monkeypatch) as made:
        yield made


def leaving(stage: Stage) -> Any:
    mode: Any = stage.app.mode
    return mode._leaving


def signed_out(stage: Stage) -> bool:
    return stage.app.session is None and isinstance(stage.app.window.centralWidget(), SignInPage)


def all_sent(session: Session) -> bool:
    """After a round that ended well; before the first one nothing is known of what waits."""
    connection = session.desk.connection
    return connection.online and connection.waiting == 0


def account_files(stage: Stage) -> list[Path]:
    return [path for path in stage.app.paths.accounts.rglob("*") if path.is_file()]


def test_a_sign_out_with_nothing_unsent_leaves_nothing(stage: Stage) -> None:
    """The next person at this machine finds no key, no token and no store (I18)."""
    vault = Vault()
    stage.sign_in(vault, Account())
    assert vault.kept
    stage.frame.sign_out_asked.emit()
    stage.qtbot.waitUntil(lambda: signed_out(stage))
    assert vault.kept == {}
    assert account_files(stage) == []
    assert stage.app.settings.account == ""


def test_unsent_work_is_told_of_and_kept_or_sent_as_the_person_says(stage: Stage) -> None:
    """Somebody who signs out on a Friday without a network must not lose Thursday's work, nor be held by a dialog."""
    vault = Vault()
    stage.sign_in(vault, Account())
    session = stage.app.session
    assert session is not None
    session.set_cut(True)
    stage.qtbot.waitUntil(lambda: session.desk.connection.state == "offline")
    session.desk.run_command(session, lambda w: add_note(w, stage.ticket.id, WORDS))
    stage.frame.sign_out_asked.emit()
    stage.qtbot.waitUntil(lambda: leaving(stage).panel is not None)
    panel = leaving(stage).panel
    assert "1" in panel.what.text()
    assert not panel.send.isEnabled(), "it cannot be sent now, and the button says why"
    ticked: list[int] = []
    QTimer.singleShot(0, lambda: ticked.append(1))
    stage.qtbot.waitUntil(lambda: bool(ticked))
    assert stage.frame.open_page("outbox") is not None, "the desk behind the question goes on"
    panel.cancel.click()
    assert stage.app.session is session
    stage.frame.sign_out_asked.emit()
    stage.qtbot.waitUntil(lambda: leaving(stage).panel is not None)
    leaving(stage).panel.seal.click()
    stage.qtbot.waitUntil(lambda: signed_out(stage))
    assert vault.kept == {}, "neither a token nor the key of the work that stays (I18)"
    assert not [p for p in account_files(stage) if WORDS.encode() in p.read_bytes()]
    stage.sign_in(vault, Account())
    again = stage.app.session
    assert again is not None
    stage.qtbot.waitUntil(lambda: all_sent(again))
    noted = [r for r in stage.office.hand("officer", "looking").rows().values() if WORDS in str(r)]
    assert noted, "what was kept has not gone out after the next sign-in"


@needed("dbus-daemon", "gnome-keyring-daemon")
def test_a_real_keyring_holds_no_key_of_the_work_that_is_kept(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens the desk's login keyring over the weekend opens no store; its person does on Monday."""
    folder = tmp_path / "login"
    folder.mkdir()
    keyring = Keyring(folder)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", keyring.bus.address)
    try:
        stage.sign_in(keyring.vault(), Account())
        session, account = stage.app.session, stage.app.settings.account
        assert session is not None
        assert keyring.vault().get(key_name(account)) is not None
        session.set_cut(True)
        stage.qtbot.waitUntil(lambda: session.desk.connection.state == "offline")
        session.desk.run_command(session, lambda w: add_note(w, stage.ticket.id, WORDS))
        stage.frame.sign_out_asked.emit()
        stage.qtbot.waitUntil(lambda: leaving(stage).panel is not None)
        leaving(stage).panel.seal.click()
        stage.qtbot.waitUntil(lambda: signed_out(stage))
        assert keyring.vault().get(key_name(account)) is None
        assert (stage.app.paths.accounts / account / "desk.db.kept").exists()
        stage.sign_in(keyring.vault(), Account())
        assert stage.app.settings.account == account
        assert keyring.vault().get(key_name(account)) is not None
        assert not (stage.app.paths.accounts / account / "desk.db.kept").exists()
        again = stage.app.session
        assert again is not None
        stage.qtbot.waitUntil(lambda: all_sent(again))
        assert [r for r in stage.office.hand("officer", "looking").rows().values() if WORDS in str(r)]
    finally:
        stage.app.leave_session()
        keyring.close()


def test_a_device_that_the_office_withdraws_wipes_itself(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stolen machine: the order reaches it at its next contact, and nothing can be read on it afterwards."""
    vault = Vault()
    stage.sign_in(vault, Account())
    session = stage.app.session
    assert session is not None
    stage.begin_note()
    device = stage.app.settings.device_id(lambda: "none")
    database = str(next(stage.app.paths.root.parent.glob("*.db")))
    assert central(["devices", "--database", database, "list"]) == 0
    assert device in capsys.readouterr().out
    assert central(["devices", "--database", database, "wipe", device]) == 0
    assert central(["devices", "--database", database, "wipe", "nobody's"]) == 1
    session.worker.sync_now()
    stage.qtbot.waitUntil(lambda: isinstance(stage.app.window.centralWidget(), WipedPage))
    assert vault.kept == {}
    assert account_files(stage) == []
    assert stage.app.settings.device_id(lambda: "another") == "another"
    assert central(["devices", "--database", database, "allow", device]) == 0


def test_what_a_wiped_desk_had_not_sent_is_for_the_city_alone(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three days of field work on a machine that is wiped: the page names a file, and the city's key opens it."""
    assert central(["recovery", "new-key", str(tmp_path / "recovery.key")]) == 0
    public = capsys.readouterr().out.strip()
    with stage.office.database.write() as tx:
        rules = current_profile(tx.connection)
        store_profile(tx, replace(rules, version=rules.version + 1, recovery_key=public), at=NOW)
    stage.office.services.reread()
    vault = Vault()
    stage.sign_in(vault, Account())
    session = stage.app.session
    assert session is not None
    stage.qtbot.waitUntil(lambda: session.desk.profile.recovery_key == public)
    stage.begin_note()
    device = stage.app.settings.device_id(lambda: "none")
    database = str(next(stage.app.paths.root.parent.glob("*.db")))
    assert central(["devices", "--database", database, "wipe", device]) == 0
    session.worker.sync_now()
    stage.qtbot.waitUntil(lambda: isinstance(stage.app.window.centralWidget(), WipedPage))
    assert vault.kept == {}
    (box,) = account_files(stage)
    page = stage.app.window.centralWidget()
    assert page is not None
    labels: Any = page.findChildren(PlainLabel)  # the stub answers for Qt classes alone
    assert str(box) in [label.text() for label in labels], "the page says where it lies"
    assert WORDS.encode() not in box.read_bytes()
    capsys.readouterr()
    assert central(["recovery", "open", str(box), "--key", str(tmp_path / "recovery.key")]) == 0
    assert WORDS in capsys.readouterr().out


def test_a_wipe_cut_off_goes_on_at_the_next_start_before_anything_is_shown(stage: Stage) -> None:
    """Pulling the plug at the right moment must not keep the store."""
    vault = Vault()
    stage.sign_in(vault, Account())
    account = stage.app.settings.account
    stage.app.leave_session()
    note(stage.app.paths.accounts, WipeOrder(account=account, server=stage.url))
    stage.app.take_mode(RealMode(stage.app, find_vault=lambda: vault, find_owner=Account))
    stage.qtbot.waitUntil(lambda: isinstance(stage.app.window.centralWidget(), WipedPage))
    assert vault.kept == {}
    assert account_files(stage) == []
    assert pending(stage.app.paths.accounts) is None


def test_two_weeks_without_the_server_lock_the_desk_until_somebody_signs_in(stage: Stage) -> None:
    """A machine that vanished opens for nobody who cannot sign in; its unsent work stays in its locked store."""
    vault = Vault()
    stage.sign_in(vault, Account())
    session = stage.app.session
    assert session is not None
    alone = Absence(wall=SystemClock().now(), away_s=LIMIT.total_seconds(), over=True)
    session.desk.run_command(session, lambda w: keep_absence(w, alone))
    mode: Any = stage.app.mode
    mode._absence._absence = alone
    mode._absence.look()
    assert stage.standing() == "hard"
    assert stage.page.reason == "absent"
    assert stage.page.way == "sign_in"
    files = sorted(p.name for p in account_files(stage))
    assert "desk.db" in files
    before = stage.page
    stage.app.take_mode(RealMode(stage.app, find_vault=lambda: vault, find_owner=Account))
    stage.qtbot.waitUntil(lambda: stage.page is not before and stage.page.reason == "absent")
    assert stage.app.session is None, "a token that still works is not a person"
    stage.page.browser_asked.emit()
    stage.settled()
    stage.qtbot.waitUntil(lambda: stage.standing() == "open")
