"""A store that cannot be opened, on the screen: words instead of tracebacks, and the way back to work."""

from __future__ import annotations

import random
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.models.store.driver import side_file
from desktop.models.store.engine import open_store
from desktop.options import Options
from desktop.paths import STORE_NAME, ProfilePaths
from desktop.real_mode import RealMode
from desktop.services.account.vault import KeyringVault
from desktop.services.commands.notes import add_note
from desktop.settings import Settings
from desktop.views.common.text import PlainLabel
from desktop.views.shell.store_page import StorePage
from desktop.world import World
from tests.support.builders import make_ticket
from tests.support.stores import KEY, open_desk_store

ACCOUNT = "a-person"


class Keyring:
    """A keyring backend that keeps its secrets in memory: a test machine has none."""

    def __init__(self, **secrets: str) -> None:
        self.secrets = secrets

    def get_password(self, service: str, name: str) -> str | None:
        return self.secrets.get(name)

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def delete_password(self, service: str, name: str) -> None:
        del self.secrets[name]


URL = "http://127.0.0.1:9"  # nobody listens there: a machine without a network


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A person's store with a day's work in it, whose last session was cut off."""
    made = ProfilePaths(tmp_path / "profile").accounts / ACCOUNT
    made.mkdir(parents=True)
    work = tmp_path / "work"
    work.mkdir()
    with open_desk_store(work) as desk:
        desk.pull(*(ticket := make_ticket(), make_ticket()))
        for number in range(30):
            desk.run(lambda w, number=number: add_note(w, ticket.id, f"第{number}句" * 100))  # type: ignore[misc]
        for file in work.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, made / file.name)
    return made


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, folder: Path) -> Iterator[App]:
    paths = ProfilePaths(tmp_path / "profile")
    paths.prepare()
    world = World(SystemClock(), IdSource(SystemClock(), random.Random(3)), random.Random(4), system_wait)
    settings = Settings(paths.settings)
    settings.server, settings.account = URL, ACCOUNT
    made = App(qapp, Options(language="en", scheme="light"), paths, settings, world)
    yield made
    made.end()
    made.languages.be_silent()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def begin(app: App) -> None:
    vault = KeyringVault(Keyring(**{f"store:{ACCOUNT}": b64encode(KEY).decode()}))
    app.take_mode(RealMode(app, find_vault=lambda: vault))


def page_of(app: App, qtbot: QtBot, face: str) -> StorePage:
    """The store's page, once it shows this face."""

    def shown() -> bool:
        page = app.window.centralWidget()
        return isinstance(page, StorePage) and page.face == face

    qtbot.waitUntil(shown)
    page = app.window.centralWidget()
    assert isinstance(page, StorePage)
    return page


def words_on(page: StorePage) -> str:
    labels: Iterable[PlainLabel] = page.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels)


def hurt(folder: Path) -> None:
    """Some pages of the file; and no mark says that the last session ended in order."""
    store = folder / STORE_NAME
    side_file(store, ".mark").unlink()
    for page in (9, 20, 30):
        with store.open("r+b") as file:
            file.seek(page * 8192 + 500)
            file.write(b"\x00" * 64)


def fold_in(folder: Path) -> None:
    """The log into the file, as a clean end does."""
    open_store(folder / STORE_NAME, KEY).close()


def test_damage_leads_to_the_ladder_and_back_to_work(
    app: App, folder: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No network, a damaged store: the person is told, says yes, reads what came over, keeps a copy, and works on."""
    fold_in(folder)
    hurt(folder)
    begin(app)
    page = page_of(app, qtbot, "trouble")
    assert "damaged" in words_on(page)
    assert str(folder) in words_on(page)
    page.recover_asked.emit()
    report = page_of(app, qtbot, "report")
    assert "waiting to be sent" in words_on(report)
    copy = tmp_path / "copy.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(copy), ""))
    report._ask_for_copy()
    qtbot.waitUntil(lambda: copy.exists() and "句" in copy.read_text("utf-8"))
    assert copy.stat().st_mode & 0o077 == 0
    report.go_on_asked.emit()
    qtbot.waitUntil(lambda: app.frame is not None)
    assert list((folder / "set-aside").iterdir())
    app.leave_session()
    begin(app)
    qtbot.waitUntil(lambda: app.frame is not None)  # read once, not shown again


def newer(folder: Path) -> None:
    store = open_store(folder / STORE_NAME, KEY)
    with store.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    store.close()


def another_key(folder: Path) -> None:
    for suffix in ("", "-wal", ".mark"):
        side_file(folder / STORE_NAME, suffix).unlink()
    open_store(folder / STORE_NAME, bytes(reversed(KEY))).close()


def a_folder(folder: Path) -> None:
    for suffix in ("-wal", ".mark", ""):
        side_file(folder / STORE_NAME, suffix).unlink()
    (folder / STORE_NAME).mkdir()


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


TROUBLES: dict[Callable[[Path], None], str] = {
    newer: "newer than this program",
    another_key: "does not open the store",
    a_folder: "Something else lies",
    gone: "is not there",
}


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_each_trouble_has_its_words_and_changes_nothing(
    app: App, folder: Path, qtbot: QtBot, trouble: Callable[[Path], None]
) -> None:
    """What nobody but a person can mend is said in words; the files stay as they are; no new store is made."""
    trouble(folder)
    before = {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    begin(app)
    page = page_of(app, qtbot, "trouble")
    assert TROUBLES[trouble] in words_on(page)
    assert {f.name: f.read_bytes() for f in folder.rglob("*") if f.is_file()} == before
    if trouble is gone:
        folder.with_name("elsewhere").rename(folder)
        page.retry_asked.emit()
        qtbot.waitUntil(lambda: app.frame is not None)


def test_damage_met_in_mid_work_ends_the_session_and_is_told(app: App, folder: Path, qtbot: QtBot) -> None:
    """Pages go bad while the program runs: the daily look finds it and brings the person to the page of words."""
    fold_in(folder)
    begin(app)
    qtbot.waitUntil(lambda: app.session is not None)
    session = app.session
    assert session is not None
    hurt_all_but_the_head(folder)
    session.care._see_to_check()
    page = page_of(app, qtbot, "trouble")
    assert page.code == "store_damaged"
    assert app.session is None


def hurt_all_but_the_head(folder: Path) -> None:
    store = folder / STORE_NAME
    with store.open("r+b") as file:
        for page in range(2, store.stat().st_size // 8192):
            file.seek(page * 8192 + 100)
            file.write(b"\x00" * 32)
