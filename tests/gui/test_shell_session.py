"""A session over real HTTP: first sync, work that goes out by itself, a cut network, a paused first load."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from desktop.models.domain.entities import Ticket, Urge
from desktop.models.domain.wire import Revealed, RevealRequest
from desktop.models.store.search_index import all_of
from desktop.models.store.tables import ticket_list
from desktop.services.background.errors import DeskError
from desktop.services.background.progress import FirstSync
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.services.queries.base import Reader
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office
from tests.support.served import served
from tests.support.sessions import desktop


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with served(office.app) as address:
        yield address


def in_list(reader: Reader) -> int:
    return int(reader.connection.execute(select(func.count()).select_from(ticket_list)).scalar_one())


class Ear(QObject):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.count = -1
        self.errors: list[DeskError] = []

    def hear(self, count: int) -> None:
        self.count = count

    def hear_value(self, value: Revealed) -> None:
        raise AssertionError("a value was shown without the server")

    def fail(self, error: DeskError) -> None:
        self.errors.append(error)


def urge_of(ticket: Ticket) -> UrgeForm:
    return UrgeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", person_reached="刘科长")


def urges(office: Office, ticket: Ticket) -> list[Urge]:
    rows = office.hand("officer", "looking").rows().values()
    return [row for row in rows if isinstance(row, Urge) and row.ticket_id == ticket.id]


def test_the_index_is_built_after_the_first_sync_and_follows_what_comes(
    office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """Nobody waits for the index; but it must come to be, hear of what a later page brings, and let go of its file."""
    office.load(make_ticket(title="路灯损坏"), make_ticket())
    with desktop(url, "officer", tmp_path / "a") as session:
        session.start()
        qtbot.waitUntil(lambda: session.search.state.state == "level")
        index = session.desk.search
        assert index is not None
        assert len(json.loads(index.matching(all_of(["路灯"]))[1])) == 1
        office.load(make_ticket(title="又一盏路灯"))
        session.worker.sync_now()
        qtbot.waitUntil(lambda: len(json.loads(index.matching(all_of(["路灯"]))[1])) == 2)
        assert index.path.parent == tmp_path / "a"
    assert not index.usable
    assert not list((tmp_path / "a").glob("search.db-*")), (
        "a file that is still open cannot be wiped everywhere"
    )


def test_a_desktop_syncs_and_its_work_goes_out_while_it_waits(
    office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """An urge must reach the server at once, not when a long poll of 25 s happens to end."""
    ticket = make_ticket()
    office.load(ticket, make_ticket())
    ear, form = Ear(), urge_of(ticket)
    with desktop(url, "officer", tmp_path / "a") as session:
        desk = session.desk
        with qtbot.waitSignal(session.worker.settled):
            session.start()
        assert desk.connection.online
        desk.run_query(ear, in_list, ear.hear)
        qtbot.waitUntil(lambda: ear.count == 2)
        desk.run_command(ear, lambda w: urge_ticket(w, form))
        qtbot.waitUntil(lambda: len(urges(office, ticket)) == 1)
        qtbot.waitUntil(lambda: desk.connection.waiting == 0)


def test_a_cut_network_holds_work_back_and_lets_it_go_again(
    office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """Offline, work waits and says so, what needs the server is refused in words; restored, it goes out by itself."""
    ticket = make_ticket()
    office.load(ticket)
    ear, form = Ear(), urge_of(ticket)
    with desktop(url, "officer", tmp_path / "a") as session:
        desk = session.desk
        with qtbot.waitSignal(session.worker.settled):
            session.start()
        session.set_cut(True)
        qtbot.waitUntil(lambda: desk.connection.state == "offline")
        assert desk.connection.reason == "cut"
        desk.run_command(ear, lambda w: urge_ticket(w, form))
        qtbot.waitUntil(lambda: desk.connection.waiting == 1)
        request = RevealRequest(purpose="supervise", reason="核实情况", ticket_id=ticket.id)
        desk.online.reveal(ear, request, ticket.contact_id, ear.hear_value, ear.fail)
        qtbot.waitUntil(lambda: [e.code for e in ear.errors] == ["cut"])
        assert urges(office, ticket) == []
        tried = "SELECT max(attempts), max(state) FROM outbox"
        with session.worker._ctx.store.read() as connection:
            assert connection.exec_driver_sql(tried).one() == (0, "queued"), (
                "it could not be taken back any more"
            )
        session.set_cut(False)
        qtbot.waitUntil(lambda: desk.connection.waiting == 0 and desk.connection.online)
        assert len(urges(office, ticket)) == 1


def test_a_first_load_can_be_paused_and_goes_on(
    office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """A person on a slow line must be able to stop the first load and lose nothing of what has come."""
    office.load(*[make_ticket() for _ in range(5_000)])
    ear = Ear()
    seen: list[FirstSync] = []
    with desktop(url, "officer", tmp_path / "a") as session:
        worker = session.worker
        worker.progressed.connect(seen.append)

        def pause_once(progress: FirstSync) -> None:
            if progress.rows and not any(p.state == "paused" for p in seen):
                worker.pause()

        worker.progressed.connect(pause_once)
        session.start()
        qtbot.waitUntil(lambda: bool(seen) and seen[-1].state == "paused")
        kept = seen[-1].rows
        assert kept > 0
        worker.sync_now()
        qtbot.waitUntil(lambda: seen[-1].state == "done")
        paused = next(i for i, p in enumerate(seen) if p.state == "paused")
        assert min(p.rows for p in seen[paused:-1]) >= kept, "the load began again from nothing"
        session.desk.run_query(ear, in_list, ear.hear)
        qtbot.waitUntil(lambda: ear.count == 5_000)


def test_what_a_closed_desktop_recorded_is_there_when_it_opens_again(
    office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """Closing the window right after recording, with no network, loses nothing: the next start sends it."""
    ticket = make_ticket()
    office.load(ticket)
    ear, form = Ear(), urge_of(ticket)
    with desktop(url, "officer", tmp_path / "a") as session:
        with qtbot.waitSignal(session.worker.settled):
            session.start()
        session.set_cut(True)
        session.desk.run_command(ear, lambda w: urge_ticket(w, form))
    assert urges(office, ticket) == []
    with desktop(url, "officer", tmp_path / "a") as session:
        session.start()
        qtbot.waitUntil(lambda: len(urges(office, ticket)) == 1)
