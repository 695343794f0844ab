"""First loads, and loads after our place in the server's log is gone: the outbox stays as it is, work goes on."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from requests import PreparedRequest, Response

from central.installation import installation_of, renew_epoch
from desktop.models.domain.clock import system_wait
from desktop.models.domain.entities import Ticket
from desktop.models.store import late_indexes, settings
from desktop.models.store.late_indexes import missing
from desktop.services.api.errors import StartOver
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.services.sync import snapshot
from desktop.services.sync.context import NotReady, SnapshotProgress, Stopped
from desktop.services.sync.identity import AGAIN_S, folder_of
from desktop.services.sync.pull import pull
from tests.support.builders import make_ticket, make_timeline_entry
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, answer, open_engine
from tests.support.stores import open_desk_store


def urge(desk: EngineDesk, ticket: Ticket) -> str:
    """Urges; the urge's id."""
    form = UrgeForm(
        ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", person_reached="刘", answer="好"
    )
    changes = desk.do(lambda w: urge_ticket(w, form))
    return next(row_id for entity_type, row_id in changes.keys if entity_type == "urge")


@pytest.fixture
def city(office: Office) -> list[Ticket]:
    """Enough rows for a dozen pages of a hundred."""
    tickets = [make_ticket(state="handling" if i % 4 == 0 else "archived") for i in range(400)]
    office.load(*tickets, *(make_timeline_entry(t) for t in tickets for _ in range(2)))
    return tickets


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PAGE_ROWS", 100)
    monkeypatch.setattr(snapshot, "COMMIT_ROWS", 300)


def test_a_cancelled_first_load_goes_on_where_it_was(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """Nobody fetches a city twice because the lunch break came; the first list is there after the first page."""
    with open_engine(tmp_path, office, "officer") as desk:
        seen: list[SnapshotProgress] = []

        def stop_half_way(progress: SnapshotProgress) -> None:
            seen.append(progress)
            if progress.pages == 1:
                assert {row.state for row in desk.rows().values() if isinstance(row, Ticket)} == {"handling"}
            if progress.pages >= 4:
                desk.ctx.stop.set()

        desk.ctx.on_progress = stop_half_way
        with pytest.raises(Stopped):
            desk.sync()
        kept = seen[-1].pages
        assert len(desk.rows()) >= kept * 100
        desk.crash()
        desk.open()
        desk.network.seen.clear()
        desk.ctx.on_progress = seen.append
        desk.sync()
        pages = [line for line in desk.network.seen if "/sync/snapshots" in line]
        assert all(line.startswith("GET") for line in pages)
        assert len(pages) == seen[-1].pages - kept
        assert seen[-1].done
        assert seen[-1].rows == seen[-1].total
        assert desk.rows() == office.hand("officer").rows()


def test_a_load_that_ends_before_its_indexes_makes_them_when_it_goes_on(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """All rows had come when the machine was switched off: no list may be slow for ever, and no row come twice."""
    with open_engine(tmp_path, office, "officer") as desk:

        def stop_at_the_last_row(progress: SnapshotProgress) -> None:
            if progress.rows == progress.total and not progress.done:
                desk.ctx.stop.set()

        desk.ctx.on_progress = stop_at_the_last_row
        with pytest.raises(Stopped):
            desk.sync()
        with desk.store.read() as connection:
            assert missing(connection)
            assert snapshot.is_loading(connection)
        desk.crash()
        desk.open()
        desk.network.seen.clear()
        desk.sync()
        assert not [line for line in desk.network.seen if "/sync/snapshots" in line]
        with desk.store.read() as connection:
            assert not missing(connection)
            assert not snapshot.is_loading(connection)
        assert desk.rows() == office.hand("officer").rows()


def test_a_command_goes_before_an_index_and_the_load_still_ends(
    tmp_path: Path, office: Office, city: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index of a million cases takes seconds: a person's urge must not wait for it, nor it for ever for urges."""
    monkeypatch.setattr(late_indexes, "_STEPS", 10)
    left: list[int] = []
    with open_engine(tmp_path, office, "officer") as desk:
        monkeypatch.setattr(desk.store, "is_wanted", lambda: True)  # somebody always waits
        desk.ctx.on_progress = lambda progress: left.append(progress.indexes_left)
        desk.sync()
        with desk.store.read() as connection:
            assert not missing(connection)
        assert desk.rows() == office.hand("officer").rows()
    told = [each for each in left if each]
    assert told == sorted(told, reverse=True)
    assert len(told) > len(set(told)) > 1, "each was begun more than once, and the strip counted them down"


def test_who_waits_to_write_is_seen(tmp_path: Path) -> None:
    """Long work that can be put off asks for it."""
    with open_desk_store(tmp_path) as desk, ThreadPoolExecutor(1) as other:
        store = desk.store

        def write_once() -> None:
            with store.write():
                pass

        assert not store.is_wanted()
        with store.write():
            waiting = other.submit(write_once)
            for _ in range(3_000):
                if not store.is_wanted():
                    system_wait(0.01)
            assert store.is_wanted()
        waiting.result(60)
        assert not store.is_wanted()


def test_a_dropped_snapshot_starts_anew(tmp_path: Path, office: Office, city: list[Ticket]) -> None:
    """The server keeps a first load for some hours; who comes later begins again and misses nothing."""
    with open_engine(tmp_path, office, "officer") as desk:
        dropped: list[PreparedRequest] = []

        def drop_once(request: PreparedRequest) -> Response | None:
            if "/snapshots/" in request.path_url and "page_token=4" in request.path_url and not dropped:
                dropped.append(request)
                return answer(request, 410, "snapshot_expired")
            return None

        desk.network.fault = drop_once
        desk.sync()
        assert dropped
        assert desk.rows() == office.hand("officer").rows()
        assert desk.table("snapshot_seen") == []
        with desk.store.read() as connection:
            assert not snapshot.is_loading(connection)


def test_a_snapshot_that_is_always_dropped_is_given_up_for_this_round(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """A server that keeps no snapshot must not be asked in a hot loop."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.network.fault = lambda r: (
            answer(r, 410, "snapshot_expired") if "page_token=1" in r.path_url else None
        )
        with pytest.raises(StartOver):
            desk.sync()
        assert len(desk.network.seen) < 20


def test_a_change_of_scope_loads_anew_and_keeps_the_outbox(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """A liaison is given another unit: the old unit's cases leave the disk, unsent words stay."""
    elsewhere = make_ticket(unit_id="u-water")
    office.load(elsewhere)
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        assert desk.row("ticket", city[0].id) is not None
        assert desk.row("ticket", elsewhere.id) is None
        with desk.store.write() as connection:
            settings.put(connection, "window", {"width": 800})
        office.services.accounts.set_roles("liaison", ("liaison",), ("u-water",))
        desk.sync()
        assert desk.row("ticket", city[0].id) is None
        assert desk.row("ticket", elsewhere.id) is not None
        assert desk.rows() == office.hand("liaison").rows()
        with desk.store.read() as connection:
            assert folder_of(connection).actor.id == "p-liaison"
            me = settings.me(connection)
            assert me is not None
            assert me.unit_ids == ("u-water",)


def test_a_restored_server_gets_back_what_it_lost(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """After a restore everything it once took is sent again under the same ids: lost work comes back, the rest once."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        kept = urge(desk, ticket)
        desk.sync()
        lost = urge(desk, ticket)
        desk.sync()
        waiting = urge(desk, ticket)
        with office.database.write() as tx:
            (op_id,) = (e.op_id for e in desk.entries() if e.op.entity_id == lost)
            tx.connection.exec_driver_sql("DELETE FROM operation WHERE op_id = ?", (op_id,))
            tx.connection.exec_driver_sql("DELETE FROM change WHERE caused_by = ?", (op_id,))
            tx.connection.exec_driver_sql("DELETE FROM entity WHERE id = ?", (lost,))
        renew_epoch(office.database, random.Random(5))
        with office.database.read() as connection:
            office.services.installation = installation_of(connection)
        desk.sync()
        assert {e.state for e in desk.entries()} == {"applied"}
        assert desk.rows() == office.hand("officer").rows()
        assert {kept, lost, waiting} <= {
            row_id for entity_type, row_id in desk.rows() if entity_type == "urge"
        }
        assert desk.table("outbox_row") == []


def test_a_replayed_page_changes_nothing(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """A cursor that was not written down means the same page again; an older page must not bring old rows back."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        with desk.store.read() as connection:
            before = settings.get(connection, settings.CURSOR, str)
        urge(desk, ticket)
        desk.sync()
        urge(desk, ticket)
        tables = ("projection", "base", "ticket_list", "urge_list", "outbox", "outbox_row")
        state = {name: desk.table(name) for name in tables}
        desk.ctx.memory.cursor = before
        pull(desk.ctx)
        assert {name: desk.table(name) for name in tables} == state


def test_quiet_rounds_write_nothing(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """An idle desktop leaves the disk in peace."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.sync()

        before = desk.disk_now().with_name(f"{desk.path.name}.after-wal").read_bytes()
        for _ in range(3):
            assert not desk.sync().changes
        assert desk.disk_now().with_name(f"{desk.path.name}.after-wal").read_bytes() == before


def test_a_store_belongs_to_one_person(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """Another person's sign-in on this store would send the first one's unsent work under a wrong name."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        urge(desk, ticket)
        desk.crash()
        desk.login = "chief"
        desk._keeper.forget()
        desk.open()
        with pytest.raises(NotReady) as caught:
            desk.sync()
        assert caught.value.code == "other_person"
        assert len(desk.entries("queued")) == 1


def test_an_outdated_program_still_drains(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """426 stops reading, never sending: what was done offline must not be locked in."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        made = urge(desk, ticket)
        desk.network.fault = lambda r: answer(r, 426, "client_too_old") if "/changes" in r.path_url else None
        report = desk.sync()
        assert not report.may_pull
        assert desk.row("urge", made) is not None  # taken by the server, not yet pulled: still on the screen
        assert report.unsent == 0
        assert [e.state for e in desk.entries()] == ["applied"]


def test_a_server_that_refuses_every_question_of_an_old_program_takes_its_work(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """A stricter server says 426 already when asked who works here; what was written offline still goes out."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        urge(desk, ticket)
        desk.network.fault = lambda r: (
            answer(r, 426, "client_too_old")
            if r.path_url.startswith("/api/") and "/operations" not in r.path_url
            else None
        )
        office.clock.advance(AGAIN_S)
        report = desk.sync()
        assert (report.may_pull, report.unsent) == (False, 0)
        assert [e.state for e in desk.entries()] == ["applied"]


def test_a_stop_between_pages_keeps_the_place(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """The rows of a page and the cursor behind it are one transaction."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        office.load(*(make_ticket() for _ in range(1200)))
        pages = []

        def cut_third(request: PreparedRequest) -> Response | None:
            if "/changes" in request.path_url:
                pages.append(request)
                if len(pages) == 3:
                    return answer(request, 503, "maintenance")
            return None

        desk.network.fault = cut_third
        with pytest.raises(Exception, match="maintenance"):
            desk.sync()
        there = len(desk.rows())
        assert there > 1000
        desk.crash()
        desk.open()
        desk.network.fault = None
        desk.network.seen.clear()
        desk.sync()
        assert desk.network.seen.count("GET /api/v1/sync/changes") == 1
        assert desk.rows() == office.hand("officer").rows()
