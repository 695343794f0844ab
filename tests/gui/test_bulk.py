"""Many cases at once, by keyboard: who is left out and why, what became of each, and ten seconds to undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Person, Ticket, Urge
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.models.store.projection import get_row
from desktop.services.commands.bulk import BulkDone, undo_many
from desktop.services.queries.filters import ME, NOBODY, TicketFilter
from desktop.services.sync.push import due_entries
from desktop.views.supervision.bulk_panel import HOLD_S, BulkPanel
from tests.support.builders import NOW, OFFICER, make_ticket, make_urge, make_visit
from tests.support.supervision_stage import LATE, Stage, Theatre, open_theatre
from tests.support.widgets import cut_texts


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def late(count: int, **more: object) -> list[Ticket]:
    return [make_ticket(due_at=LATE + timedelta(hours=n), **more) for n in range(count)]


def choose_all(stage: Stage, count: int) -> None:
    """The whole list, by keyboard."""
    stage.listed(count)
    stage.page.list.focus_list()
    QTest.keyClick(stage.page.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.page.list.chosen(1_000)) == count


def states(panel: BulkPanel) -> dict[str, str]:
    """The words in the last column, by ticket."""
    return {
        row_id: str(panel.model.cell(row, 3, roles.DISPLAY)) for row, row_id in enumerate(panel.model.ids())
    }


def shown(stage: Stage, count: int) -> BulkPanel:
    stage.qtbot.waitUntil(lambda: len(stage.page.bulk.model.ids()) == count)
    return stage.page.bulk


def entries(stage: Stage) -> list[outbox.Entry]:
    with stage.store.store.read() as connection:
        return outbox.in_states(connection, outbox.UNSENT)


def test_the_days_overdue_cases_are_urged_by_keyboard_with_what_is_left_out_said_first(
    theatre: Theatre,
) -> None:
    plain = late(3)
    accused = make_ticket(due_at=LATE + timedelta(hours=5), against_unit_id="u-roads")
    secret = make_ticket(due_at=LATE + timedelta(hours=6), level="report")
    today = make_ticket(due_at=LATE + timedelta(hours=7))
    urged = make_urge(today, at=NOW - timedelta(hours=1))
    stage = theatre.open(*plain, accused, secret, today, urged)
    choose_all(stage, 6)
    stage.press(Qt.Key.Key_U)
    panel = shown(stage, 6)
    assert {row.ticket_id for row in panel.ticked()} == {t.id for t in plain}
    said = states(panel)
    assert said[accused.id] == "About the unit itself"
    assert said[secret.id] == "Report: needs clearance"
    assert said[today.id] == "Urged today"
    panel.table.select_id(today.id)
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert today.id in {row.ticket_id for row in panel.ticked()}, "a second urge is a person's own choice"
    panel.table.select_id(secret.id)
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert secret.id not in {row.ticket_id for row in panel.ticked()}
    QTest.keyClick(panel.text.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: len(entries(stage)) == 4)
    stage.qtbot.waitUntil(lambda: states(panel)[plain[0].id] == "Can be undone")
    texts = {e.op.payload["ticket_id"]: e.op.payload["text"] for e in entries(stage)}
    assert plain[1].number in texts[plain[1].id]
    assert plain[1].requester_label not in texts[plain[1].id]
    assert not cut_texts(panel.form)


def test_nothing_is_sent_for_ten_seconds_and_all_of_it_can_be_undone(theatre: Theatre) -> None:
    """A hundred urges to the wrong units cannot be called back from the units."""
    stage = theatre.open(*(tickets := late(3)))
    choose_all(stage, 3)
    stage.press(Qt.Key.Key_U)
    panel = shown(stage, 3)
    assert panel.form.submit()
    stage.qtbot.waitUntil(lambda: len(entries(stage)) == 3)
    now = stage.desk.real_now().timestamp()
    assert due_entries(entries(stage), now) == []
    with stage.store.store.write() as connection:
        assert outbox.hurry(connection) == 0, "another network must not cut the second thought short"
    assert len(due_entries(entries(stage), now + HOLD_S + 1)) == 3, "also where the program ended meanwhile"
    stage.qtbot.waitUntil(panel.undo.isVisible)
    QTest.keyClick(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: entries(stage) == [])
    stage.qtbot.waitUntil(lambda: set(states(panel).values()) == {"Undone"})
    assert all(stage.rows("Urge", ticket) == [] for ticket in tickets)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert stage.page.case.isVisible()
    assert not panel.isVisible()


def test_after_the_time_it_goes_out_and_what_went_is_not_undone(theatre: Theatre) -> None:
    stage = theatre.open(*(tickets := late(2)))
    choose_all(stage, 2)
    stage.press(Qt.Key.Key_U)
    panel = shown(stage, 2)
    assert panel.form.submit()
    stage.qtbot.waitUntil(lambda: len(entries(stage)) == 2)
    panel._release()  # the ten seconds are over
    stage.qtbot.waitUntil(lambda: all(e.next_try_at is None and e.code == "" for e in entries(stage)))
    first, second = entries(stage)
    with stage.store.store.write() as connection:
        outbox.mark_in_flight(connection, [first.op_id])
    done = BulkDone()
    by_ticket = {e.op.payload["ticket_id"]: e.op_id for e in (first, second)}
    stage.store.run(lambda w: undo_many(w, by_ticket, done))
    assert set(done.refused.values()) == {"already_sent"}
    assert list(done.op_ids.values()) == [second.op_id]
    urges = [row for ticket in tickets for row in stage.rows("Urge", ticket)]
    assert len([u for u in urges if isinstance(u, Urge)]) == 1


def test_return_visits_are_given_to_one_colleague_and_bookings_to_come_stay(theatre: Theatre) -> None:
    plain, booked, none = (make_ticket(due_at=LATE + timedelta(hours=n)) for n in range(3))
    visit = make_visit(plain)
    later = make_visit(booked, state="booked", booked_at=NOW + timedelta(hours=5))
    caller = Person(id="p-caller", version=1, name="李强", roles=("return_visit",))
    stage = theatre.open(caller, plain, booked, none, visit, later)
    choose_all(stage, 3)
    stage.press(Qt.Key.Key_V)
    panel = shown(stage, 3)
    assert states(panel)[none.id] == "No visit waits"
    assert not panel.form.submit(), "nobody is named yet"
    panel.person.set_value(caller.id)
    panel.person.set_error("")
    assert panel.form.submit()
    stage.qtbot.waitUntil(lambda: len(entries(stage)) == 2)
    with stage.store.store.read() as connection:
        after = [get_row(connection, ("visit", each.id)) for each in (visit, later)]
    assert after == [replace(each, assigned_to=caller.id) for each in (visit, later)]


def test_cases_are_given_to_an_officer_and_found_under_mine(theatre: Theatre) -> None:
    """Who looks after a case is said for many at once, can be taken back, and is a column and a chip of the list."""
    whose = enumerate(("", OFFICER.person_id, "p-li"))
    free, mine, theirs = (make_ticket(due_at=LATE + timedelta(hours=n), officer_id=who) for n, who in whose)
    secret = make_ticket(due_at=LATE + timedelta(hours=4), level="report")
    li = Person(id="p-li", version=1, name="李强", roles=("officer",))
    stage = theatre.open(li, free, mine, theirs, secret)
    choose_all(stage, 4)
    stage.press(Qt.Key.Key_O)
    panel = shown(stage, 4)
    said = states(panel)
    assert said[theirs.id] == "Not yours to give", "a colleague's is a superior's to give"
    assert said[secret.id] == "Report: needs clearance"
    assert {row.ticket_id for row in panel.ticked()} == {free.id, mine.id}
    assert not panel.form.submit(), "nobody is named yet"
    panel.officer.set_value(OFFICER.person_id)
    panel.officer.set_error("")
    assert panel.form.submit()
    stage.qtbot.waitUntil(lambda: states(panel)[free.id] == "Can be undone")
    assert states(panel)[mine.id] == "They look after it already."
    assert [entry.op.kind for entry in entries(stage)] == ["ticket.assign"]
    QTest.keyClick(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: states(panel)[free.id] == "Undone")
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    stage.page.list.ask(TicketFilter(queue="all", officer_ids=(ME,)))
    stage.listed(1)
    stage.case(mine)
    assert stage.page.list.table.row_id(0) == mine.id
    stage.page.list.ask(TicketFilter(queue="all", officer_ids=(NOBODY,), sort="officer"))
    stage.listed(2)
