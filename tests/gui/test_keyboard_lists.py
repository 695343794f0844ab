"""The pages around the cases without a mouse: many cases at once, groups and views, the morning sheet, the board.

Beside test_keyboard_alone and test_keyboard_acts, with the same office behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Answers, Guidance, Person, Ticket, Urge, View, Visit
from tests.support.builders import NOW, make_ticket, make_visit
from tests.support.keyboard import Keyboard, keyboard_of, office_and_session


def test_many_cases_lists_and_sheets_are_worked_by_keys(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """Bulk deeds with their undo, groups, a saved view, columns, the morning's pass, the board, guidance, my units."""
    late = [
        make_ticket(number=f"YZ-{n}", due_at=NOW - timedelta(days=n + 1), unit_id=unit)
        for n, unit in enumerate(("u-roads", "u-roads", "u-water"))
    ]
    visits = [make_visit(ticket) for ticket in late]
    soon = make_ticket(number="YZ-soon", due_at=NOW + timedelta(hours=1))
    done = make_ticket(number="YZ-done", state="to_visit", completed_at=NOW - timedelta(days=1))
    said = Answers(
        identity_confirmed=True, contacted="no", resolved="not_resolved", satisfied_result="dissatisfied"
    )
    denied = make_visit(
        done, state="completed", answers=said, valid=True, completed_at=NOW - timedelta(hours=3)
    )
    with (
        office_and_session(tmp_path, "chief", *late, *visits, soon, done, denied) as (office, session),
        keyboard_of(qtbot, qapp, office, session) as keyboard,
    ):
        _at_once(keyboard, late)
        _groups_and_views(keyboard)
        _morning(keyboard, soon)
        _board(keyboard, done)
        _guidance(keyboard)
        _units(keyboard)


def _all_chosen(keyboard: Keyboard, count: int) -> None:
    page = keyboard.page
    keyboard.to("overdue")
    keyboard.until(lambda: page.list.model.rowCount() == count and page.list.table.row_id(0))
    keyboard.to_list(page.list.table)
    keyboard.press("Home", "Ctrl+A")
    keyboard.until(lambda: len(page.list.chosen(count)) == count)


def _at_once(keyboard: Keyboard, late: Sequence[Ticket]) -> None:
    """An urge to all is recorded and taken back within its seconds; visits and cases are given to a colleague."""
    page = keyboard.page
    _all_chosen(keyboard, len(late))
    keyboard.press("U")
    panel = page.bulk
    keyboard.until(lambda: len(panel.ticked()) == len(late))
    keyboard.press("Space")
    assert len(panel.ticked()) == len(late) - 1
    keyboard.press("Space")
    keyboard.tab_to(panel.text)
    keyboard.press("Ctrl+Return")
    keyboard.until(panel.undo.isVisible)
    keyboard.until(lambda: keyboard.stands_in(panel))
    keyboard.press("Ctrl+Z")
    keyboard.until(lambda: not panel.undo.isVisible())
    keyboard.press("Escape")
    keyboard.until(page.case.isVisible)
    assert keyboard.at_server(Urge) == []
    for keys, field, name in (("V", panel.person, "李强"), ("O", panel.officer, "王敏")):
        _all_chosen(keyboard, len(late))
        keyboard.press(keys)
        keyboard.until(lambda: panel.isVisible() and len(panel.ticked()) == len(late))
        keyboard.fill(field, name)
        keyboard.press("Return")  # takes the name that is suggested
        keyboard.press("Ctrl+Return")
        keyboard.until(panel.undo.isVisible)
        keyboard.press("Escape")
        keyboard.until(page.case.isVisible)
    ids = {ticket.id for ticket in late}
    keyboard.until(lambda: {t.officer_id for t in keyboard.at_server(Ticket) if t.id in ids} == {"p-officer"})
    waiting = (v for v in keyboard.at_server(Visit) if v.state != "completed")
    assert {visit.assigned_to for visit in waiting} == {"p-visitor"}


def _groups_and_views(keyboard: Keyboard) -> None:
    page = keyboard.page
    keyboard.to("overdue")
    keyboard.press("Ctrl+I")
    keyboard.choose("Groups", "By unit")
    groups = page.groups
    keyboard.until(lambda: set(groups.model.ids()) == {"*", "u-roads", "u-water"})
    keyboard.to_list(groups.table)
    keyboard.down_to(groups.table, "u-water")
    keyboard.until(lambda: page.list.model.rowCount() == 1)
    keyboard.press("Ctrl+T")
    keyboard.choose("Sort by", "Number")
    keyboard.until(lambda: page.list.wanted().sort == "number")
    keyboard.press("Ctrl+E")
    assert keyboard.entries_of_menu()
    keyboard.press("Escape")
    keyboard.come_back()
    keyboard.press("Ctrl+I")
    keyboard.choose("Save this list as a view…")
    keyboard.write("按单位")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: [view.name for view in keyboard.at_server(View)] == ["按单位"])
    keyboard.come_back()
    keyboard.to("all")
    keyboard.press("Ctrl+I")
    keyboard.choose("Groups", "None")
    keyboard.to_list(page.list.table)
    keyboard.press("Alt+1")
    keyboard.until(lambda: page.list.title().startswith("按单位") and groups.by() == "unit")


def _morning(keyboard: Keyboard, soon: Ticket) -> None:
    page = keyboard.to_page("morning")
    keyboard.until(lambda: page.sheet() is not None and page.model.rowCount() > 0)
    keyboard.until(lambda: keyboard.stands_in(page.table))
    for _ in range(page.model.rowCount()):
        keyboard.press("Space")
    keyboard.until(lambda: all(item.done for item in page.sheet().items()))
    keyboard.to_list(page.table)
    keyboard.down_to(page.table, next(item for item in page.model.ids() if soon.id in item))
    keyboard.until(lambda: page.case.panel() is not None and page.case.panel().ticket.id == soon.id)
    keyboard.press("U")
    keyboard.until(lambda: page.case.open_form() is not None)
    form = page.case.urge_form
    keyboard.fill(form.person, "值班员")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: [u.ticket_id for u in keyboard.at_server(Urge)] == [soon.id])
    keyboard.until(lambda: page.case.open_form() is None)
    keyboard.to_list(page.table)
    keyboard.press("S")
    keyboard.until(lambda: page.case.open_form() is not None)
    keyboard.press("Escape")
    keyboard.until(lambda: page.case.open_form() is None)


def _board(keyboard: Keyboard, done: Ticket) -> None:
    page = keyboard.to_page("board", "open")
    keyboard.until(lambda: page.table.current_id() == done.id and page.sides.sides() is not None)
    keyboard.press("X")
    keyboard.until(lambda: page.model.rowCount() == 0)
    keyboard.to_page("board", "aside")
    keyboard.until(lambda: page.table.current_id() == done.id and page.sides.sides() is not None)
    keyboard.press("F")
    keyboard.until(partial(keyboard.stands_at, "inspections"))
    form = keyboard.frame.page("inspections").form
    keyboard.until(lambda: form.about() == ("ticket", done.id))
    keyboard.come_back()
    keyboard.until(lambda: keyboard.stands_in(form))


def _guidance(keyboard: Keyboard) -> None:
    page = keyboard.to_page("guidance")
    keyboard.press("Ctrl+N")
    keyboard.until(lambda: keyboard.stands_in(page.compose.title))
    keyboard.write("汛期提醒")
    keyboard.fill(page.compose.text, "请提前排查。")
    keyboard.tab_to(page.compose.units)
    keyboard.press("Space")
    keyboard.until(QApplication.activePopupWidget)
    keyboard.press("Space", "Down", "Space", "Return")
    keyboard.come_back()
    keyboard.press("Ctrl+Return")
    keyboard.until(
        lambda: [set(g.unit_ids) for g in keyboard.at_server(Guidance)] == [{"u-roads", "u-water"}]
    )
    keyboard.until(lambda: page.table.current_id() and page.view.withdraw.isVisible())
    keyboard.to_list(page.table)
    keyboard.press("W")
    keyboard.until(lambda: page.view._sheet is not None and keyboard.stands_in(page.view._sheet))
    keyboard.write("发错单位")
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: [bool(g.withdrawn_at) for g in keyboard.at_server(Guidance)] == [True])
    keyboard.come_back()


def _units(keyboard: Keyboard) -> None:
    """A chief gives a unit to an officer; one key turns the lists from one's own units to the city."""
    page = keyboard.to_page("units")
    keyboard.until(lambda: keyboard.stands_in(page.table))
    keyboard.down_to(page.table, "u-water")
    keyboard.until(lambda: page.pane.unit_id() == "u-water")
    keyboard.fill(page.pane.duty_phone, "0571-12345")
    keyboard.push(page.pane._people["p-chief"].input)
    keyboard.press("Ctrl+Return")
    keyboard.until(
        lambda: (
            [p.assigned_unit_ids for p in keyboard.at_server(Person) if p.id == "p-chief"] == [("u-water",)]
        )
    )
    area = keyboard.session.desk.area
    keyboard.until(lambda: area.assigned)
    before = area.whole_city
    keyboard.press("Ctrl+M")
    assert area.whole_city != before
