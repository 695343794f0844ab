"""Saved views and groups as an officer uses them: made, opened by a key, shared, narrowed group by group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import ListQuestion, View
from desktop.models.items import roles
from desktop.services.queries.filters import TicketFilter
from desktop.views.supervision.view_sheet import ViewSheet
from tests.support.builders import CHIEF, NOW, make_ticket
from tests.support.desks import pull
from tests.support.supervision_stage import LATE, Stage, Theatre, open_theatre, write
from tests.support.ticket_rows import reference


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def office(theatre: Theatre) -> Stage:
    """Three overdue cases of two units, one that is not."""
    tickets = [
        make_ticket(unit_id="u-heat", place_id="d-yundong", due_at=LATE - timedelta(days=n)) for n in (1, 2)
    ]
    tickets += [make_ticket(unit_id="u-edu", place_id="d-yunxi", due_at=LATE), make_ticket(unit_id="u-edu")]
    stage = theatre.open(*reference(), *tickets)
    stage.listed(3)
    return stage


def entries(stage: Stage) -> list[str]:
    menu = stage.page.views.menu()
    found = [action.text() for action in menu.actions() if action.text()]
    menu.deleteLater()
    return found


def test_a_list_becomes_a_view_and_a_key_brings_it_back(theatre: Theatre) -> None:
    """Filter, order, columns and groups come back together, without the mouse and without a network."""
    stage = office(theatre)
    page, views = stage.page, stage.page.views
    page.list.ask(TicketFilter(queue="open", unit_ids=("u-heat",), sort="number", descending=True))
    page.list.table.layout_of_columns.restore({"hidden": ["unit"]})
    page.groups.group("place")
    stage.listed(2)
    views.ask_new()
    sheet: Any = page.window().findChild(ViewSheet)
    write(sheet.name, "供暖")
    QTest.keyClick(sheet.name.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: [each.view.name for each in views.views] == ["供暖"])
    page.groups.group("")
    page.list.ask(TicketFilter())
    page.list.table.restore_layout({})
    stage.listed(3)
    page.window().activateWindow()  # the sheet had the keyboard
    stage.qtbot.waitUntil(page.window().isActiveWindow)
    page.list.focus_list()
    QTest.keyClick(page.list.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    stage.listed(2)
    assert page.list.title() == "供暖"
    wanted = page.list.wanted()
    assert (wanted.queue, wanted.unit_ids, wanted.sort, wanted.descending) == (
        "open",
        ("u-heat",),
        "number",
        True,
    )
    assert page.groups.by() == "place"
    hidden: Any = page.list.table.layout_state()["hidden"]
    assert "unit" in hidden
    views.remove_shown()
    stage.qtbot.waitUntil(lambda: views.views == ())


def test_a_colleagues_shared_view_is_offered_by_name_and_cannot_be_changed(theatre: Theatre) -> None:
    """What the chief shares is everybody's to open; a digit two views ask for is one's own view's."""
    stage = office(theatre)
    mine = View(id="v-1", version=1, name="我的", author_id="p-officer", shortcut=1, created_at=NOW)
    question = ListQuestion(queue="overdue", unit_ids=("u-edu",))
    theirs = View(
        id="v-2",
        version=1,
        name="教育",
        author_id=CHIEF.person_id,
        author_name=CHIEF.name,
        shared=True,
        shortcut=1,
        question=question,
        created_at=NOW,
    )
    mine = View(
        id="v-1", version=1, name="我的", author_id=stage.desk.me.person_id, shortcut=1, created_at=NOW
    )
    pull(stage.desk, stage.store, mine, theirs)
    views = stage.page.views
    stage.qtbot.waitUntil(lambda: len(views.views) == 2)
    assert [(each.view.id, each.shortcut, each.may_change) for each in views.views] == [
        ("v-1", 1, True),
        ("v-2", 0, False),
    ]
    views.show_view("v-2")
    stage.listed(1)
    assert f"教育 · shared by {CHIEF.name}" in entries(stage)
    assert "Remove this view" not in entries(stage)


def test_a_group_narrows_the_list_and_all_brings_it_back(theatre: Theatre) -> None:
    """Subtotals beside the list: choosing a unit shows its cases, the numbers beside it stay those of the whole."""
    stage = office(theatre)
    page = stage.page
    page.groups.group("unit")
    model = page.groups.model
    stage.qtbot.waitUntil(lambda: model.ids() == ("*", "u-heat", "u-edu"))
    assert [model.cell(row, 1, roles.DISPLAY) for row in range(3)] == ["3", "2", "1"]
    page.groups.table.setFocus()
    QTest.keyClick(page.groups.table, Qt.Key.Key_Down)
    stage.listed(2)
    assert page.list.wanted().unit_ids == ("u-heat",)
    assert model.ids() == ("*", "u-heat", "u-edu")
    page.groups.table.select_row(0)
    stage.listed(3)
    page.list.ask(TicketFilter(queue="open"))
    stage.qtbot.waitUntil(lambda: model.cell(0, 1, roles.DISPLAY) == "4")
    page.groups.group("")
    assert page.groups.isHidden()
