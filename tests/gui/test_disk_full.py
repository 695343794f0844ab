"""A disk that fills up, for real: a small file system of its own, a whole desktop on it, a server on another disk.

Needs the right to mount one and is skipped where a machine does not give it; the campaign of I/O faults tries the
same without.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.entities import Note
from desktop.models.domain.ids import IdSource
from desktop.models.store import space
from desktop.models.store.space import MIB, NoRoom, Space
from desktop.services.account.tokens import MemoryKeeper
from desktop.services.background.errors import DeskError
from desktop.services.commands.notes import add_note
from desktop.session import Session, open_session, reach
from desktop.views.common.words import error_words
from desktop.views.supervision.page import SupervisionPage
from desktop.world import World
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office
from tests.support.served import served
from tests.support.stores import KEY, DeskStore, open_desk_store

WORLD = World(SystemClock(), IdSource(SystemClock(), random.Random(5)), random.Random(6), system_wait)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MiB in memory; skipped where this account may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this account may not mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def fill(folder: Path, leave: int) -> Path:
    """Something else takes the room, but for ``leave`` bytes."""
    ballast = folder / "ballast"
    free = space.free_bytes(folder)
    with ballast.open("wb") as out:
        out.write(b"\x00" * max(0, free - leave))
    return ballast


def notes(desk: DeskStore) -> list[str]:
    with desk.reader() as reader:
        return [
            str(row[0])
            for row in reader.all(text("SELECT id FROM projection WHERE type = 'note' ORDER BY id"))
        ]


def test_a_write_that_finds_no_room_leaves_nothing_half_done(small_disk: Path) -> None:
    """The disk fills up under a command: it is undone whole, what was there stays, and when room returns the same
    connection goes on."""
    with open_desk_store(small_disk) as desk:
        desk.pull(ticket := make_ticket())
        desk.run(lambda w: add_note(w, ticket.id, "先前的话"))
        before = notes(desk)
        told: list[str] = []
        desk.store.on_trouble = told.append
        ballast = fill(small_disk, 40_000)
        with pytest.raises(DBAPIError):
            desk.run(
                lambda w: add_note(w, ticket.id, "很长的话" * 4_000) | add_note(w, ticket.id, "又" * 19_000)
            )
        assert told == ["disk_full"]
        assert desk.store.space.room == "none"
        assert notes(desk) == before
        with desk.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 1
        ballast.unlink()
        desk.run(lambda w: add_note(w, ticket.id, "很长的话" * 4_000))
        assert len(notes(desk)) == 2
    with open_desk_store(small_disk) as desk:
        assert desk.store.check() is True
        assert len(notes(desk)) == 2


class Ear(QObject):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[DeskError] = []
        self.done = 0

    def hear(self, changes: Changes) -> None:
        self.done += 1

    def fail(self, error: DeskError) -> None:
        self.errors.append(error)


@pytest.fixture
def session(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Session, Office]]:
    """A desktop whose store lies on the small disk, with thresholds of its size."""
    monkeypatch.setattr(space, "WORK_NEEDS", 2 * MIB)
    monkeypatch.setattr(space, "FETCH_NEEDS", 6 * MIB)
    monkeypatch.setattr(space, "_KEPT_S", 0.0)
    monkeypatch.setattr(space, "_FULL_FOR_S", 0.0)
    with open_office(tmp_path) as office:
        office.load(make_ticket(id="t-1"))
        with served(office.app) as url:
            folder = small_disk / "desk"
            folder.mkdir()
            server = reach(url, "desk", MemoryKeeper(), version="1.0", world=WORLD)
            server.sign_in.begin(server.online.sign_in_sample("officer"))
            opened = Session(
                open_session(folder, KEY, server, device_name="", world=WORLD),
                language="zh",
                practice=True,
                world=WORLD,
            )
            try:
                yield opened, office
            finally:
                opened.close()
                opened.deleteLater()
                QCoreApplication.sendPostedEvents(opened, QEvent.Type.DeferredDelete)


@pytest.fixture
def shown_page(session: tuple[Session, Office], qtbot: QtBot) -> Iterator[SupervisionPage]:
    """The officer's page on that desktop."""
    page = SupervisionPage(session[0].desk)
    qtbot.addWidget(page)
    page.show()
    yield page
    page.hide()
    page.release()


def test_work_goes_out_fetching_stops_and_all_goes_on_by_itself(
    session: tuple[Session, Office], shown_page: SupervisionPage, small_disk: Path, qtbot: QtBot
) -> None:
    """Little room: nothing more is fetched, what was done here still goes out. No room: new work is refused with its
    text still there. Room again: everything goes on without anybody's help."""
    desktop, office = session
    desk, ear = desktop.desk, Ear()
    with qtbot.waitSignal(desktop.worker.settled):
        desktop.start()
    page = shown_page
    fill(small_disk, 4 * MIB)
    desk.run_command(ear, lambda w: add_note(w, "t-1", "盘快满时写的"), ear.hear, ear.fail)
    qtbot.waitUntil(lambda: said(office) == ["盘快满时写的"])
    qtbot.waitUntil(lambda: desk.connection.reason == "disk_low")
    assert desktop.care.room == "low"
    office.load(make_ticket(id="t-2"))
    desk.run_command(ear, lambda w: add_note(w, "t-1", "还能送出"), ear.hear, ear.fail)
    qtbot.waitUntil(lambda: "还能送出" in said(office))
    assert not has_row(desktop, "t-2")
    (small_disk / "ballast").unlink()
    ballast = fill(small_disk, 1 * MIB)
    qtbot.waitUntil(lambda: looked(desktop) == "none")
    page.open_ticket("t-1")
    qtbot.waitUntil(lambda: page.case.panel() is not None)
    page.case.open_note()
    form = page.case.note_form
    qtbot.waitUntil(lambda: page.case.open_form() is form)
    form.text.set_value("一段不能丢的话")
    assert form.form.submit()
    qtbot.waitUntil(lambda: form.trouble.isVisibleTo(page))
    assert form.trouble.text() == error_words(DeskError("disk_low"))
    assert form.text.value() == "一段不能丢的话"
    ballast.unlink()
    qtbot.waitUntil(lambda: looked(desktop) == "enough")
    assert form.form.submit()
    desktop.worker.sync_now()
    qtbot.waitUntil(lambda: has_row(desktop, "t-2") and len(said(office)) == 3)


def looked(desktop: Session) -> str:
    desktop.care._see_to_room()
    return desktop.care.room


def has_row(desktop: Session, ticket_id: str) -> bool:
    with desktop._store.read() as connection:
        return (
            connection.exec_driver_sql("SELECT 1 FROM projection WHERE id = ?", (ticket_id,)).first()
            is not None
        )


def said(office: Office) -> list[str]:
    rows = office.hand("officer", "looking").rows().values()
    return sorted(row.text for row in rows if isinstance(row, Note))


def test_the_measure_is_asked_rarely_and_does_not_flutter(tmp_path: Path) -> None:
    """A measure at every key would cost; a threshold without play would stop and go with every page."""
    free, now = [400 * MIB], [0.0]
    asked: list[Path] = []

    def measure(folder: Path) -> int:
        asked.append(folder)
        return free[0]

    told: list[str] = []
    gauge = Space(tmp_path, measure=measure, monotonic=lambda: now[0])
    gauge.on_change = told.append
    for _ in range(100):
        gauge.require()
    assert len(asked) == 1

    def after(mib: int) -> str:
        free[0] = mib * MIB
        now[0] += 60
        return gauge.look()

    assert [after(m) for m in (191, 200, 239, 241, 31, 39, 41, 241)] == [
        "low", "low", "low", "enough", "none", "none", "low", "enough",
    ]  # fmt: skip
    after(10)
    with pytest.raises(NoRoom):
        gauge.require()
    after(300)
    gauge.ran_out()
    now[0] += 5
    assert gauge.look() == "none", "a quota that no measure knows"
    assert after(300) == "enough"
    assert told == ["low", "enough", "none", "low", "enough", "none", "enough", "none", "enough"]
