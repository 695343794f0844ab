"""What a person chose for rows, type and colours: worn at once, and found again after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.models.items.windowed import WindowedModel
from desktop.settings import Settings
from desktop.views.common import theme, tokens
from desktop.views.common.tables import ListTable
from desktop.views.common.ticket_list.columns import ticket_columns
from desktop.views.shell.look_sheet import LookSheet
from desktop.wardrobe import Wardrobe


@pytest.fixture
def wardrobe(qapp: QApplication, tmp_path: Path) -> Iterator[Wardrobe]:
    owner = QObject()
    made = Wardrobe(partial(theme.apply_theme, qapp), Settings(tmp_path / "settings.ini"), "light", owner)
    yield made
    made.release()
    theme.apply_theme(qapp, "light")


def list_of(qtbot: QtBot) -> ListTable:
    columns = ticket_columns()
    table = ListTable(columns)
    qtbot.addWidget(table)
    table.setModel(WindowedModel(len(columns), table))
    return table


def test_compact_rows_are_one_click_in_the_menu_of_a_list_and_stay(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, wardrobe: Wardrobe
) -> None:
    """An officer with 300 cases wants them on two screens, today and tomorrow."""
    table = list_of(qtbot)
    assert table.verticalHeader().defaultSectionSize() == tokens.ROW_COMFORTABLE
    menu = table.column_menu()
    next(action for action in menu.actions() if action.text() == "Compact rows").trigger()
    assert table.verticalHeader().defaultSectionSize() == tokens.ROW_COMPACT
    assert Settings(tmp_path / "settings.ini").density == "compact"
    theme.toggle_density()  # the key
    assert Settings(tmp_path / "settings.ini").density == "comfortable"


def test_the_sheet_offers_what_is_in_force_and_keeps_what_is_chosen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, wardrobe: Wardrobe
) -> None:
    """Large type and high contrast are for people who could not read the list without them."""
    sheet = LookSheet()
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.scheme.value() == "light"
    assert sheet.size_of_type.value() == "100"
    for field, text in ((sheet.scheme, "High contrast"), (sheet.density, "Compact")):
        buttons = cast("list[QPushButton]", field.findChildren(QPushButton))
        next(button for button in buttons if button.text() == text).click()
    with qtbot.waitSignal(wardrobe.resized):
        assert sheet.size_of_type.press("1") is False  # digits are for typing elsewhere
        sheet.size_of_type.set_value("150")
        sheet.size_of_type.changed.emit()
    kept = Settings(tmp_path / "settings.ini")
    assert (kept.scheme, kept.density, kept.scale) == ("contrast", "compact", 1.5)
    now = theme.current()
    assert (now.scheme, now.density, now.scale) == ("contrast", "compact", 1.5)
