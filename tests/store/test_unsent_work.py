"""What a person may do with unsent work, and what rules and evictions do to rows; on an encrypted store."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import text

from desktop.models.domain.entities import Notice, Ticket
from desktop.models.domain.fold import Actor, Refused
from desktop.models.domain.profile import EscalationRule
from desktop.models.domain.wire import Change
from desktop.models.store import outbox
from desktop.models.store.folding import Folder
from desktop.models.store.projection import get_row, reescalate
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import discard_operation
from desktop.services.commands.settling import Seen, settle_by_sending
from desktop.services.commands.supervision import NoticeForm, write_notice
from desktop.services.queries.drafts import draft_form, drafts
from desktop.services.sync.apply import apply_changes
from tests.support.builders import make_attempt, make_notice, make_ticket, make_urge, make_visit
from tests.support.stores import DeskStore, open_desk_store, profile


def operations(desk: DeskStore) -> list[tuple[str, str]]:
    with desk.store.read() as connection:
        states: tuple[outbox.State, ...] = ("queued", "in_flight", "discarded")
        return [(e.op.kind, e.state) for e in outbox.in_states(connection, states)]


def count(desk: DeskStore, table: str) -> int:
    with desk.store.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_withdrawing_a_notice_that_was_never_sent_takes_its_later_steps_with_it(tmp_path: Path) -> None:
    """ "Submit" cannot stand on a notice that will never exist; the case looks as if nothing had been done."""
    with open_desk_store(tmp_path) as desk:
        desk.pull(ticket := make_ticket())
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="逾期", requirement="报告")
        desk.run(lambda w: write_notice(w, form, submit_now=True))
        desk.run(lambda w: add_note(w, ticket.id, "别的"))
        with desk.store.read() as connection:
            first = outbox.in_states(connection, ("queued",))[0].op_id
            assert [e.op.kind for e in outbox.dependents(connection, first)] == ["notice.submit"]
        changes = desk.run(lambda w: discard_operation(w, first))
        assert changes.outbox
        assert changes.concerns("notice")
        assert operations(desk) == [
            ("notice.create", "discarded"),
            ("notice.submit", "discarded"),
            ("note.add", "queued"),
        ]
        with desk.reader() as reader:
            line = reader.all(text("SELECT notice_state, pending FROM ticket_list"))[0]
            assert tuple(line) == ("", 1)


def test_withdrawing_an_edit_shows_the_servers_row_again(tmp_path: Path) -> None:
    """What was never sent leaves no trace on the screen."""
    with open_desk_store(tmp_path) as desk:
        ticket = make_ticket()
        desk.pull(ticket, notice := make_notice(ticket, ground="原文"))
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="改文", requirement="报告")
        desk.run(lambda w: write_notice(w, form, submit_now=False, notice_id=notice.id))
        with desk.store.read() as connection:
            shown = get_row(connection, ("notice", notice.id))
            assert isinstance(shown, Notice)
            assert shown.ground == "改文"
            (op,) = outbox.in_states(connection, ("queued",))
        desk.run(lambda w: discard_operation(w, op.op_id))
        with desk.store.read() as connection:
            assert get_row(connection, ("notice", notice.id)) == notice
        assert count(desk, "base") == 0


def test_what_is_under_way_cannot_be_withdrawn(tmp_path: Path) -> None:
    """The server may have it already: saying "discarded" would be a lie."""
    with open_desk_store(tmp_path) as desk:
        desk.pull(ticket := make_ticket())
        desk.run(lambda w: add_note(w, ticket.id, "话"))
        with desk.store.write() as connection:
            (op,) = outbox.in_states(connection, ("queued",))
            outbox.mark_in_flight(connection, [op.op_id])
            outbox.recall_in_flight(connection)
        with pytest.raises(Refused, match="already_sent"):
            desk.run(lambda w: discard_operation(w, op.op_id))


def test_saying_it_differently_makes_a_new_operation(tmp_path: Path) -> None:
    """An id means one wording for ever; the row on the screen has the new one."""
    with open_desk_store(tmp_path) as desk:
        desk.pull(ticket := make_ticket())
        desk.run(lambda w: add_note(w, ticket.id, "旧话"))
        with desk.store.read() as connection:
            (op,) = outbox.in_states(connection, ("queued",))
        desk.run(lambda w: settle_by_sending(w, op.op_id, {"text": "新话"}, Seen()))
        with desk.store.read() as connection:
            (new,) = outbox.in_states(connection, ("queued",))
            assert new.op_id != op.op_id
            assert new.entity == op.entity
            assert getattr(get_row(connection, op.entity), "text", "") == "新话"


def test_a_case_leaves_with_its_children_and_finds_unsent_work_when_it_returns(tmp_path: Path) -> None:
    """Nothing of a case that went elsewhere stays readable; what was done for it waits unseen, and is not lost."""
    folder = Folder(actor=Actor(id="p-officer", name="王敏"), profile=profile())
    with open_desk_store(tmp_path) as desk:
        ticket = make_ticket()
        visit = make_visit(ticket)
        desk.pull(ticket, visit, make_attempt(visit), make_urge(ticket), make_notice(ticket))
        desk.run(lambda w: add_note(w, ticket.id, "未送出的话"))
        gone = Change(type="ticket", id=ticket.id, op="evict", version=1)
        back = Change(
            type="ticket",
            id=ticket.id,
            op="put",
            version=2,
            data=msgspec.Raw(msgspec.json.encode(replace(ticket, version=2))),
        )
        with desk.store.write() as connection:
            apply_changes(connection, [gone], folder, desk.now())
        for table in ("projection", "ticket_list", "visit_list", "urge_list", "notice_list", "base"):
            assert count(desk, table) == 0, table
        assert operations(desk) == [("note.add", "queued")]
        with desk.store.write() as connection:
            apply_changes(connection, [back], folder, desk.now())
        with desk.reader() as reader:
            assert reader.all(text("SELECT type FROM projection ORDER BY 1")) == [("note",), ("ticket",)]
            assert reader.all(text("SELECT pending FROM ticket_list")) == [(1,)]


def test_new_thresholds_mark_the_cases_anew(tmp_path: Path) -> None:
    """The city lowers a threshold: the list of escalated cases follows without a new load."""
    with open_desk_store(tmp_path) as desk:
        desk.pull(make_ticket(id="t-1", rework=1), make_ticket(id="t-2"))
        escalated = text("SELECT id FROM ticket_list WHERE escalated")
        with desk.reader() as reader:
            assert reader.all(escalated) == []
        with desk.store.write() as connection:
            reescalate(connection, EscalationRule(rework=1, repeats=9))
        with desk.reader() as reader:
            assert reader.all(escalated) == [("t-1",)]


class _Form(Struct, frozen=True):
    ground: str
    added_later: str = ""


class _OtherForm(Struct, frozen=True):
    ground: int


def test_a_half_written_form_is_there_after_a_restart(tmp_path: Path) -> None:
    """A form of an older version fills what it can; one that no longer fits is not shown wrongly."""
    with open_desk_store(tmp_path) as desk:
        desk.run(lambda w: save_draft(w, "notice:t-1", _Form("逾期"), "t-1"))
        desk.run(lambda w: save_draft(w, "notice:t-1", _Form("逾期两日"), "t-1"))
    with open_desk_store(tmp_path) as desk:
        assert desk.ask(lambda r: draft_form(r, "notice:t-1", _Form)) == _Form("逾期两日")
        assert desk.ask(lambda r: draft_form(r, "notice:t-1", _OtherForm)) is None
        assert [d.key for d in desk.ask(lambda r: drafts(r, "t-1"))] == ["notice:t-1"]
        assert desk.run(lambda w: forget_draft(w, "notice:t-1"))
        assert not desk.run(lambda w: forget_draft(w, "notice:t-1"))


def test_a_row_number_is_never_given_twice(tmp_path: Path) -> None:
    """Item models hold row numbers: a case that leaves must not lend its number to another."""
    folder = Folder(actor=Actor(id="p-officer", name="王敏"), profile=profile())
    with open_desk_store(tmp_path) as desk:
        first = make_ticket()
        desk.pull(first)
        with desk.reader() as reader:
            (number,) = reader.all(text("SELECT rid FROM ticket_list"))[0]
        desk.pull(replace(first, version=2, title="改了标题"))
        with desk.reader() as reader:
            assert reader.all(text("SELECT rid FROM ticket_list")) == [(number,)]
        with desk.store.write() as connection:
            gone = Change(type="ticket", id=first.id, op="evict", version=2)
            apply_changes(connection, [gone], folder, desk.now())
        second: Ticket = make_ticket()
        desk.pull(second)
        with desk.reader() as reader:
            assert reader.all(text("SELECT rid FROM ticket_list"))[0][0] > number
