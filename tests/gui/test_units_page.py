"""The unit directory as an officer uses it: three letters, a number to call, a line kept, a unit given to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Unit, UnitContact
from desktop.models.domain.wire import Me
from desktop.models.store.projection import get_row
from desktop.services.background.desk import Desk
from desktop.services.queries.directory import directory, fits
from desktop.views.common.text import PlainLabel
from desktop.views.common.unit_words import contacts_of, contacts_text
from desktop.views.units.page import UnitsPage
from tests.support.builders import (
    CHIEF,
    LIAISON,
    NOW,
    OFFICER,
    make_ticket,
    make_unit,
    make_urge,
    reference_rows,
)
from tests.support.desks import open_desk
from tests.support.stores import DeskStore, open_desk_store
from tests.support.supervision_stage import open_theatre, write

WATER = make_unit(
    "u-water",
    "云州水务集团有限公司",
    short_name="水务集团",
    pinyin="yunzhoushuiwujituan yzswjt shuiwujituan swjt",
    liaison="何平",
    liaison_phone="0399-8123456",
    duty_phone="0399-8120000",
)


def texts_in(widget: QWidget) -> list[str]:
    labels: Any = widget.findChildren(PlainLabel)  # the stub answers for Qt classes alone
    return [label.text() for label in labels]


class Stage:
    """A directory page of one person."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot, self.store, self.desk = qtbot, store, desk
        self.page = UnitsPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)
        with qtbot.waitExposed(self.page):
            self.page.show()

    def unit(self, unit_id: str = "u-water") -> Unit:
        with self.store.store.read() as connection:
            row = get_row(connection, ("unit", unit_id))
        assert isinstance(row, Unit)
        return row

    def save(self) -> None:
        QTest.keyClick(self.page.pane.liaison.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


def opened(stack: ExitStack, qtbot: QtBot, folder: Path, me: Me) -> Stage:
    store = stack.enter_context(open_desk_store(folder, me=me))
    ticket = make_ticket(unit_id="u-water", due_at=NOW - timedelta(days=1))
    urge = make_urge(
        ticket, unit_id="u-water", person_reached="刘科长", by_name="王敏", at=NOW - timedelta(hours=2)
    )
    store.pull(*reference_rows(), WATER, ticket, make_ticket(unit_id="u-water", state="archived"), urge)
    desk = stack.enter_context(open_desk(store, language="en"))
    stage = Stage(qtbot, store, desk)
    stack.callback(stage.page.release)
    qtbot.waitUntil(lambda: stage.page.model.rowCount() == 2)
    return stage


def test_three_letters_find_a_unit_and_a_line_is_kept_without_the_mouse(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """The number changed hands on the telephone: it is written down before the call is over, offline too."""
    stage = opened(stack, qtbot, tmp_path, OFFICER)
    page = stage.page
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.search, "swjt")
    qtbot.waitUntil(lambda: page.model.ids() == ("u-water",))
    labels = texts_in(page.pane)
    assert "1 open case(s) · 1 overdue" in labels
    assert any("reached 刘科长" in text for text in labels)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.pane.liaison.isAncestorOf(page.focusWidget())
    write(page.pane.duty_phone, "0399-8129999")
    page.pane.substitutes.input.setPlainText("马芳 0399-8121111\n老周")
    page.show_unit("u-roads")
    page.show_unit("u-water")
    assert page.pane.duty_phone.value() == "0399-8129999", "what was typed stays with its unit"
    stage.save()
    qtbot.waitUntil(lambda: stage.unit().duty_phone == "0399-8129999")
    assert stage.unit().substitutes == (UnitContact("马芳", "0399-8121111"), UnitContact("老周"))
    assert stage.unit().liaison == "何平"
    assert all(field.isHidden() for field in page.pane._people.values()), "no superior: nothing to assign"


def test_a_chief_gives_a_unit_to_an_officer(qtbot: QtBot, stack: ExitStack, tmp_path: Path) -> None:
    """Whose lists begin with it is said here and nowhere else."""
    stage = opened(stack, qtbot, tmp_path, CHIEF)
    stage.page.show_unit("u-water")
    box = stage.page.pane._people[OFFICER.person_id]
    qtbot.waitUntil(box.isVisible)
    box.input.click()
    stage.save()
    assert stage.desk.area.in_force == ()

    def given() -> bool:
        return stage.desk.reference.persons[OFFICER.person_id].assigned_unit_ids == ("u-water",)

    qtbot.waitUntil(given)
    line = next(line for line in stage.store.ask(directory) if line.unit.id == "u-water")
    assert (line.looked_after_by, line.open, line.overdue) == ((OFFICER.name,), 1, 1)


def test_a_liaison_keeps_their_own_unit_and_reads_the_others(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """A unit's lines are its own to mend, a neighbour's are not."""
    stage = opened(stack, qtbot, tmp_path, LIAISON)
    stage.page.show_unit("u-water")
    qtbot.waitUntil(lambda: stage.page.pane.unit_id() == "u-water")
    assert stage.page.pane.liaison.input.isReadOnly()
    assert stage.page.pane.primary.isHidden()
    stage.page.show_unit("u-roads")
    qtbot.waitUntil(lambda: stage.page.pane.unit_id() == "u-roads")
    assert not stage.page.pane.liaison.input.isReadOnly()


def test_a_case_says_whom_to_call_and_leads_to_the_directory(qtbot: QtBot, tmp_path: Path) -> None:
    """Beside the button that urges stands the number to call."""
    with open_theatre(qtbot, tmp_path) as theatre:
        ticket = make_ticket(unit_id="u-water", due_at=NOW - timedelta(days=1))
        stage = theatre.open(WATER, ticket)
        stage.case(ticket)
        texts = texts_in(stage.page.case)
        assert any("何平\u00a00399-8123456" in text and "0399-8120000" in text for text in texts)
        with qtbot.waitSignal(stage.page.unit_requested) as asked:
            stage.page.case.case._directory.click()
        assert asked.args == ["u-water"]


def test_substitutes_are_read_as_they_are_written() -> None:
    """A name with a blank in it is no number."""
    people = (UnitContact("马芳", "0399-8121111"), UnitContact("A B"), UnitContact("欧阳 春", "138 0000"[:3]))
    assert contacts_of(contacts_text(people)) == people
    assert fits(replace(WATER, liaison="何平"), "何平")
    assert not fits(WATER, "热力")
