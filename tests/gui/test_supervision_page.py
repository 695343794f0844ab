"""The officer's list and case: what is listed, moved by the clock, kept through a refresh, found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Person
from desktop.models.domain.wire import Presence, PresenceClaim, Present
from desktop.models.items import roles
from desktop.services.queries.filters import TicketFilter
from desktop.views.common.text import PlainLabel
from tests.support.builders import (
    CHIEF,
    NOW,
    make_finding,
    make_notice,
    make_ticket,
    make_timeline_entry,
    make_urge,
)
from tests.support.desks import ONLINE, pull
from tests.support.supervision_stage import LATE, Theatre, open_theatre
from tests.support.ticket_rows import reference, tickets


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def test_overdue_is_listed_oldest_first_and_the_first_case_is_shown(theatre: Theatre) -> None:
    newer, older = make_ticket(due_at=LATE), make_ticket(due_at=LATE - timedelta(days=1))
    stage = theatre.open(newer, older, make_ticket(), make_ticket(state="completed", due_at=LATE))
    stage.listed(2)
    stage.case(older)
    assert [stage.page.list.table.row_id(i) for i in range(2)] == [older.id, newer.id]


def test_the_clock_alone_brings_a_ticket_into_the_queue(theatre: Theatre) -> None:
    """A desk left open over lunch must not show a list of before lunch."""
    late, soon = make_ticket(due_at=LATE), make_ticket(due_at=NOW + timedelta(minutes=10))
    stage = theatre.open(late, soon)
    stage.listed(1)
    stage.qtbot.waitUntil(stage.page._timer.isActive)
    stage.store.clock.advance(601)
    stage.page._timer.start(1)  # what the timer would do ten minutes later
    stage.listed(2)


def test_an_advance_of_the_offices_clock_brings_the_list_up_to_date(theatre: Theatre) -> None:
    """In a sample city or a replayed import the clock is moved by hand, and nothing else may change with it."""
    late, soon = make_ticket(due_at=LATE), make_ticket(due_at=NOW + timedelta(hours=3))
    stage = theatre.open(late, soon)
    stage.listed(1)
    stage.desk.set_offset(timedelta(hours=4))
    with stage.qtbot.waitSignal(stage.page.counts_stale):
        stage.desk.set_connection(ONLINE)
    stage.listed(2)


def test_a_refresh_keeps_the_ticket_chosen_and_takes_up_what_came(theatre: Theatre) -> None:
    first, second = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    stage = theatre.open(first, second)
    stage.listed(2)
    stage.choose(second)
    sooner = make_ticket(due_at=LATE - timedelta(days=1))
    pull(stage.desk, stage.store, sooner)
    stage.listed(3)
    assert stage.page.list.table.current_id() == second.id
    assert stage.shown() == second.id
    pull(stage.desk, stage.store, replace(second, title="改了", version=2))
    stage.qtbot.waitUntil(lambda: stage.cell(second, "title") == "改了")


def test_thousands_of_tickets_are_counted_but_not_fetched(theatre: Theatre) -> None:
    """Only screens of rows are read, even when a person jumps to the end."""
    rows = [make_ticket(state="archived", due_at=None) for _ in range(3_000)]
    stage = theatre.open(*rows)
    stage.page.show_queue("all")
    stage.listed(3_000)
    stage.page.list.table.select_row(2_999)
    stage.qtbot.waitUntil(lambda: bool(stage.page.list.table.row_id(2_999)))
    assert len(stage.page.list.model._rows) <= 6 * 64


def test_a_long_list_goes_over_to_memory_and_follows_what_comes(theatre: Theatre) -> None:
    """Nobody sees the change from SQL to memory, and what is committed afterwards is in the list all the same."""
    rows = [make_ticket(due_at=LATE + timedelta(seconds=n)) for n in range(5_100)]
    stage = theatre.open(*rows)
    stage.listed(5_100)
    hot = stage.desk._hot

    def loaded() -> bool:
        stage.page.list.refresh()
        return hot._hot is not None

    stage.qtbot.waitUntil(loaded)
    sooner = make_ticket(due_at=LATE - timedelta(days=1))
    pull(stage.desk, stage.store, sooner, replace(rows[7], version=2, state="archived"))
    stage.qtbot.waitUntil(lambda: stage.page.list.table.row_id(0) == sooner.id)
    assert stage.page.list.model.rowCount() == 5_100
    assert hot._hot is not None, "two tickets are followed, not read anew"


def test_a_refresh_that_moves_nothing_moves_nothing(theatre: Theatre) -> None:
    """A list that jumps back to its top, or loses its row, whenever a colleague records something cannot be read."""
    rows = [make_ticket(due_at=LATE + timedelta(seconds=n)) for n in range(300)]
    stage = theatre.open(*rows)
    stage.listed(300)
    table = stage.page.list.table
    table.select_row(150)
    stage.qtbot.waitUntil(lambda: table.current_id() == rows[150].id)
    table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 7)
    before = table.verticalScrollBar().value()
    with stage.qtbot.assertNotEmitted(stage.page.list.model.modelReset):
        pull(stage.desk, stage.store, replace(rows[149], title="改了", version=2))
        stage.qtbot.waitUntil(lambda: stage.cell(rows[149], "title") == "改了")
    pull(stage.desk, stage.store, replace(rows[3], state="archived", version=2))
    stage.listed(299)
    row = table.verticalHeader().defaultSectionSize()
    assert (table.current_id(), table.verticalScrollBar().value()) == (rows[150].id, before - row)
    with stage.qtbot.waitSignal(stage.page.list.model.dataChanged):  # what was skeleton above the view
        table.select_row(0)


def test_outside_text_is_text_everywhere_in_the_case(theatre: Theatre) -> None:
    """A citizen's markup, a link and a right-to-left override are shown, not obeyed."""
    evil = "<img src='file:///etc/passwd'><b>粗</b>\u202egnp.exe"
    ticket = make_ticket(
        due_at=LATE, title=evil, request_text=evil * 20, unit_answer=evil, requester_label=evil
    )
    stage = theatre.open(
        ticket,
        make_timeline_entry(ticket, text=evil, actor=evil),
        make_urge(ticket, answer=evil),
        make_finding(ticket, facts=evil),
        make_notice(ticket, state="issued", ground=evil, number=evil),
    )
    stage.listed(1)
    stage.case(ticket)
    labels: list[PlainLabel] = list(stage.page.findChildren(PlainLabel))
    assert any(evil[:20] in label.text() for label in labels)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert all("\u202e" not in entry.body + entry.title for entry in stage.page.case.case.timeline.entries())
    assert any("<img src=" in entry.body for entry in stage.page.case.case.timeline.entries())
    stage.page.grab()


def test_nothing_matches_offers_to_clear_the_filter(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.page.list.search.setText("不存在的")
    stage.listed(0)
    assert stage.page.list.table.empty.isVisible()
    stage.page.list.table.empty.button.click()
    stage.listed(1)
    assert stage.page.list.search.text() == ""


def test_a_ticket_asked_for_from_elsewhere_is_found_outside_the_queue(theatre: Theatre) -> None:
    late, closed = make_ticket(due_at=LATE), make_ticket(state="archived", due_at=None)
    stage = theatre.open(late, closed)
    stage.listed(1)
    stage.page.open_ticket(closed.id)
    stage.case(closed)
    assert stage.page.list.wanted() == TicketFilter(queue="all")
    stage.page.open_ticket("t-nowhere")
    stage.qtbot.waitUntil(stage.page.list._trouble.isVisible)


def test_a_finding_is_asked_of_the_shell_for_the_case_on_screen(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    with stage.qtbot.waitSignal(stage.page.finding_requested) as asked:
        stage.press(Qt.Key.Key_F)
    assert asked.args == [ticket.id]


def test_a_store_of_everything_is_painted_without_a_complaint(theatre: Theatre, qtbot: QtBot) -> None:
    """Every state a ticket can be in, in one list and, one after the other, as a case: no warning, no exception."""
    stage = theatre.open(*reference(), *tickets(120, seed=11), me=CHIEF)
    stage.page.show_queue("all")
    stage.listed(120)
    table = stage.page.list.table
    for row in range(0, 120, 4):
        table.select_row(row)
        qtbot.waitUntil(lambda: stage.shown() == table.row_id(table.currentIndex().row()) != "")
        stage.page.grab()


def test_who_has_a_case_open_stands_in_its_row_and_above_it(theatre: Theatre) -> None:
    """Two officers must not telephone one unit about one case; and a list is not asked for again to say so."""
    free, taken = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    colleague = Person(id="p-li", version=1, name="李强", roles=("officer",))
    stage = theatre.open(colleague, free, taken)
    stage.listed(2)
    stage.case(free)
    colleagues, me = stage.desk.colleagues, stage.desk.me
    assert colleagues.claim == PresenceClaim(ticket_id=free.id)
    here = Present(person_id=me.person_id, ticket_id=free.id)
    there = Present(person_id="p-li", ticket_id=taken.id)
    with (
        stage.qtbot.assertNotEmitted(stage.page.list.listed),
        stage.qtbot.assertNotEmitted(stage.page.list.asked),
    ):
        colleagues.take(Presence(rev="1", people=(here, there)))
    assert stage.cell(taken, "title", roles.BESIDE) == "李强"
    assert stage.cell(free, "title", roles.BESIDE) is None, "oneself is no news"
    assert "李强 has it open" in str(stage.cell(taken, "title", roles.ACCESSIBLE))
    stage.choose(taken)
    line = stage.page.case.case.header.colleagues.words
    assert line.isVisible()
    assert line.text() == "李强 has it open"
    colleagues.take(Presence(rev="2", people=(replace(there, writing=True),)))
    assert line.text() == "李强 is working on it"
    stage.page.open_urge()
    assert colleagues.claim == PresenceClaim(ticket_id=taken.id, writing=True)
    colleagues.take(Presence())
    assert not line.isVisible()
    assert stage.cell(taken, "title", roles.BESIDE) is None
    stage.page.hide()
    assert colleagues.claim == PresenceClaim(), "another page, or a locked desk: nobody reads it here"


def test_a_letter_says_what_was_drafted_what_went_out_and_whether_it_was_published(theatre: Theatre) -> None:
    """An officer who answers for the mayor's mailbox must not take a unit's draft for what the citizen was sent."""
    drafted = make_ticket(channel="mailbox", due_at=LATE, unit_answer="拟答复：已修复。")
    sent = make_ticket(
        channel="letter",
        due_at=LATE + timedelta(hours=1),
        unit_answer="已修复。",
        sent_answer="您好！来信收悉。已修复。",
        answer_sent_at=NOW - timedelta(days=2),
        published_at=NOW - timedelta(days=1),
    )
    called = make_ticket(due_at=LATE + timedelta(hours=2), unit_answer="已修复。")
    stage = theatre.open(drafted, sent, called)
    stage.listed(3)
    view = stage.page.case.case
    stage.case(drafted)
    assert view._answered.accessibleName() == "Draft answer of the unit, not sent yet"
    assert not view._sent.isVisible()
    stage.choose(sent)
    assert view._answered.accessibleName() == "Draft answer of the unit"
    assert view._sent.title.accessibleName() == "Answer sent 05-12"
    assert view._sent.text.text() == "您好！来信收悉。已修复。"
    assert view._sent.published.text() == "Published 05-13"
    stage.choose(called)
    assert view._answered.accessibleName() == "Answer of the unit"
    assert not view._sent.isVisible()
