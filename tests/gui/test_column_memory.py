"""Columns as a person left them, across a restart, in the real settings file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.items.windowed import WindowedModel
from desktop.settings import Settings
from desktop.views.common import column_memory, theme
from desktop.views.common.tables import ListTable
from desktop.views.common.ticket_list.columns import ticket_columns
from desktop.views.common.ticket_list.order_memory import OrderMemory


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "settings.ini"
    column_memory.remove()


def opened(qtbot: QtBot, file: Path) -> ListTable:
    """The list as after a start of the program."""
    settings = Settings(file)
    column_memory.install(settings.widths, settings.set_widths)
    columns = ticket_columns()
    table = ListTable(columns, memory_key="tickets")
    qtbot.addWidget(table)
    table.setModel(WindowedModel(len(columns), table))
    return table


def test_a_restart_finds_the_columns_as_they_were_left(qtbot: QtBot, qapp: QApplication, file: Path) -> None:
    """Arranging eight columns anew each morning is what makes people give up on a list."""
    theme.apply_theme(qapp, "light")
    table = opened(qtbot, file)
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.layout_edited):
        header.resizeSection(3, 171)
        header.moveSection(header.visualIndex(4), 1)
    again = opened(qtbot, file)
    assert again.columnWidth(3) == 171
    assert [c.key for c in again.visible_columns()] == ["light", "due", "number", "title", "unit"]


def test_a_settings_file_that_makes_no_sense_gives_the_default(
    qtbot: QtBot, qapp: QApplication, file: Path
) -> None:
    """Somebody edited the file: the list must open all the same."""
    theme.apply_theme(qapp, "light")
    for nonsense in ("[", "7", "[1]", '{"order": 3}'):
        Settings(file).set_widths("tickets", nonsense)
        shown = [c.key for c in opened(qtbot, file).visible_columns()]
        assert shown == ["light", "number", "title", "unit", "due"]


def test_a_queue_is_found_in_the_order_last_chosen_for_it(file: Path) -> None:
    """Who sorts the open cases by unit wants to find them so tomorrow, and the other queues as they were."""
    settings = Settings(file)
    column_memory.install(settings.widths, settings.set_widths)
    assert OrderMemory().of("open") == (None, False)
    assert OrderMemory().choose("open", "unit", True) == ("unit", True)
    assert OrderMemory().of("open") == ("unit", True)
    assert OrderMemory().of("overdue") == (None, False)
    assert OrderMemory().choose("open", "due", False) == (None, False), "its own order is no choice"
    assert OrderMemory().of("open") == (None, False)
    for nonsense in ("[", '{"open": 3}', '{"open": ["nothing", true]}'):
        settings.set_widths("tickets-order", nonsense)
        assert OrderMemory().of("open") == (None, False)
