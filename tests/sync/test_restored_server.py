"""A server restored from yesterday's backup gets back what it had taken since, from whatever state a desktop is in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace
from requests import PreparedRequest, Response

from central.installation import installation_of, renew_epoch
from central.writer import Writer
from desktop.models.domain.entities import Note, Notice, Ticket
from desktop.services.commands.notes import add_note
from desktop.services.commands.supervision import NoticeForm, withdraw_notice, write_notice
from tests.support.builders import make_notice, make_ticket
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, answer, open_engine

_EPOCHS = random.Random(5)


def note(desk: EngineDesk, ticket: Ticket, text: str) -> None:
    desk.do(lambda w: add_note(w, ticket.id, text))


def notes(office: Office) -> list[str]:
    return sorted(r.text for r in office.hand("officer").rows().values() if isinstance(r, Note))


def forget_since(office: Office, *op_ids: str) -> None:
    """What a restore does: the operations, their rows and their log are gone, and the epoch is another."""
    with office.database.write() as tx:
        for op_id in op_ids:
            (made,) = tx.connection.exec_driver_sql(
                "SELECT entity_id FROM operation WHERE op_id = ?", (op_id,)
            ).one()
            tx.connection.exec_driver_sql("DELETE FROM operation WHERE op_id = ?", (op_id,))
            tx.connection.exec_driver_sql("DELETE FROM change WHERE caused_by = ?", (op_id,))
            tx.connection.exec_driver_sql("DELETE FROM entity WHERE id = ?", (made,))
    renew_epoch(office.database, _EPOCHS)
    with office.database.read() as connection:
        office.services.installation = installation_of(connection)


def test_a_restore_during_a_load_costs_nothing(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """A desktop that is loading has no place in the log that could be too new; it must still notice the restore."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "昨天写的")
        desk.sync()
        (entry,) = desk.entries()

        def gone(request: PreparedRequest) -> Response | None:
            if "/sync/changes" in request.path_url:
                return answer(request, 410, "cursor_expired")
            return answer(request, 503, "maintenance") if "/sync/snapshots/" in request.path_url else None

        desk.network.fault = gone
        with pytest.raises(Exception, match="maintenance"):
            desk.sync()
        forget_since(office, entry.op_id)
        desk.network.fault = None
        desk.sync()
        assert notes(office) == ["昨天写的"]
        assert [e.state for e in desk.entries()] == ["applied"]
        assert desk.rows() == office.hand("officer").rows()


def test_a_crash_between_the_restore_and_the_load_loses_nothing(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Queued again and place forgotten are one commit: whoever pulls the plug finds the work waiting."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        for n in range(3):
            note(desk, ticket, f"第{n}条")
        desk.sync()
        forget_since(office, *(e.op_id for e in desk.entries()))
        before = [e.op_id for e in desk.entries()]

        def dies(request: PreparedRequest) -> Response | None:
            return answer(request, 503, "maintenance") if "/operations" in request.path_url else None

        desk.network.fault = dies
        with pytest.raises(Exception, match="maintenance"):
            desk.sync()
        desk.open_after_power_cut(desk.disk_now())
        assert [(e.op_id, e.state) for e in desk.entries()] == [(op_id, "queued") for op_id in before]
        desk.network.fault = None
        desk.sync()
        assert notes(office) == ["第0条", "第1条", "第2条"]
        assert {e.state for e in desk.entries()} == {"applied"}


def test_a_second_restore_before_the_load_is_noticed(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """I7, seed 1222: whoever died while starting over sent their work to a server that they then knew no epoch of.

    When that one was restored as well, the work counted as taken and was nowhere.
    """
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        forget_since(office)
        note(desk, ticket, "写在两次恢复之间")

        def no_load(request: PreparedRequest) -> Response | None:
            return answer(request, 503, "maintenance") if "/snapshots" in request.path_url else None

        def dies(request: PreparedRequest) -> Response | None:
            return answer(request, 503, "maintenance") if "/me" in request.path_url else None

        for fault in (dies, no_load):
            desk.network.fault = fault
            with pytest.raises(Exception, match="maintenance"):
                desk.sync()
            desk.open_after_power_cut(desk.disk_now())
        (entry,) = desk.entries()
        assert entry.state == "applied"
        forget_since(office, entry.op_id)
        desk.network.fault = None
        desk.sync()
        assert notes(office) == ["写在两次恢复之间"]
        assert desk.rows() == office.hand("officer").rows()


def test_what_was_refused_before_a_restore_still_waits_for_its_person(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """A conflict and what is parked behind it are the person's to settle; a restore answers for nobody."""
    notice = make_notice(ticket, state="draft", author_id="p-officer", ground="逾期", requirement="报告")
    office.load(notice)
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="我的", requirement="报告")
        desk.do(lambda w: write_notice(w, form, submit_now=False, notice_id=notice.id))
        desk.do(lambda w: withdraw_notice(w, notice.id, "不再需要"))
        with office.database.write() as tx:
            writer = Writer(tx, at=office.clock.now())
            there = writer.row("notice", notice.id)
            assert isinstance(there, Notice)
            writer.put(replace(there, ground="他人的"))
        desk.sync()
        parked = [(e.op_id, e.state) for e in desk.entries()]
        assert [state for _, state in parked] == ["conflict", "blocked"]
        forget_since(office)
        desk.sync()
        assert [(e.op_id, e.state) for e in desk.entries()] == parked
        assert desk.rows() == office.hand("officer").rows()


def test_a_scope_that_changes_during_a_load_shows_nothing_of_the_old_one(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Half a load of the old unit's cases lies on the disk when the person changes posts: none of them stays."""
    elsewhere = make_ticket(unit_id="u-water")
    office.load(elsewhere, *(make_ticket() for _ in range(3)))
    with open_engine(tmp_path, office, "liaison") as desk:
        pages: list[str] = []

        def stop_after_first(request: PreparedRequest) -> Response | None:
            if "/sync/snapshots/" in request.path_url or "/sync/changes" in request.path_url:
                pages.append(request.path_url)
                return answer(request, 503, "maintenance") if len(pages) > 1 else None
            return None

        desk.network.fault = stop_after_first
        with pytest.raises(Exception, match="maintenance"):
            desk.sync()
        assert desk.row("ticket", ticket.id) is not None
        office.services.accounts.set_roles("liaison", ("liaison",), ("u-water",))
        desk.network.fault = None
        desk.sync()
        assert desk.row("ticket", ticket.id) is None
        assert desk.rows() == office.hand("liaison").rows()


@pytest.mark.parametrize("lose", ["reply", "everything"])
def test_an_answer_that_was_lost_comes_home_by_pull(
    tmp_path: Path, office: Office, ticket: Ticket, lose: str
) -> None:
    """Whoever sees their own row in a page knows that it was taken, whatever became of the answer."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "一")
        desk.network.lose_reply_to = "/operations"
        with pytest.raises(Exception, match="offline"):
            desk.sync()
        desk.network.fault = _only_reading if lose == "everything" else None
        desk.sync()
        assert [e.state for e in desk.entries()] == ["applied"]
        assert notes(office) == ["一"]


def _only_reading(request: PreparedRequest) -> Response | None:
    return answer(request, 500, "server_error") if "/operations" in request.path_url else None
