"""The list of every page: selection by id, keyboard, columns kept, states. The model is a real one of forty rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.items import roles
from desktop.views.common import theme
from desktop.views.common.columns import Column
from desktop.views.common.list_pane import ListPane
from desktop.views.common.tables import ListTable
from tests.support.widgets import focus_by_keyboard

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    Column("tick", "", "check", 32, required=True, sortable=False),
    Column("title", "Title", "rich", 200, stretch=True, min_width=120),
    Column("unit", "Unit", "text", 110),
    Column("times", "Times", "number", 70),
    Column("due", "Due", "due", 180),
    Column("extra", "Extra", "secondary", 90, hidden=True),
)


class Cases(QAbstractTableModel):
    """Rows by id; an id that starts with "?" is still being fetched."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__()
        self.ids = list(ids)

    def show(self, ids: Sequence[str]) -> None:
        self.beginResetModel()
        self.ids = list(ids)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def data(self, index: Index, role: int = roles.DISPLAY) -> object:
        row_id = self.ids[index.row()]
        if row_id.startswith("?"):
            return None
        if role == roles.ROW_ID:
            return row_id
        if role == roles.LIGHT:
            return "overdue"
        return f"{row_id} {COLUMNS[index.column()].key}" if role == roles.DISPLAY else None


def ids(first: int, last: int) -> list[str]:
    return [f"c{number}" for number in range(first, last)]


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> ListTable:
    theme.apply_theme(qapp, "light")
    made = ListTable(COLUMNS, name="Cases")
    qtbot.addWidget(made)
    model = Cases(ids(0, 40))
    model.setParent(made)
    made.setModel(model)
    made.resize(900, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def cases(table: ListTable) -> Cases:
    model = table.model()
    assert isinstance(model, Cases)
    return model


def test_a_refresh_keeps_the_case_and_its_place(table: ListTable) -> None:
    """Every sync resets the list; were the selection lost or moved, the officer would urge the wrong case."""
    table.select_id("c20")
    seen = table.visualRect(table.currentIndex()).top()
    told: list[str] = []
    table.current_id_changed.connect(told.append)
    cases(table).show(["new1", "new2", *ids(0, 40)])
    assert table.current_id() == "c20"
    assert table.currentIndex().row() == 22
    assert table.visualRect(table.currentIndex()).top() == seen
    assert table.selected_ids() == ["c20"]
    assert told == []


def test_when_the_case_is_gone_its_successor_takes_over(table: ListTable) -> None:
    """After an act the case leaves the queue, and the next one has to be under the keys."""
    table.select_id("c5")
    told: list[str] = []
    table.current_id_changed.connect(told.append)
    cases(table).show([row for row in ids(0, 40) if row != "c5"])
    assert table.current_id() == "c6"
    cases(table).show([])
    assert table.current_id() == ""
    assert told == ["c6", ""]


def test_several_selected_cases_survive_a_refresh(qtbot: QtBot, qapp: QApplication) -> None:
    """A bulk urge prepared over minutes must not shrink to one case because a sync came in between."""
    theme.apply_theme(qapp, "light")
    table = ListTable(COLUMNS, name="Cases", multi=True)
    qtbot.addWidget(table)
    model = Cases(ids(0, 40))
    model.setParent(table)
    table.setModel(model)
    table.select_id("c3")
    flags = table.selectionModel().SelectionFlag
    table.selectionModel().select(model.index(7, 0), flags.Select | flags.Rows)
    model.show(["new", *ids(0, 40)])
    assert table.selected_ids() == ["c3", "c7"]


def test_keys_move_and_letters_stay_commands(qtbot: QtBot, table: ListTable) -> None:
    """A list that searches for rows by typed letters swallows U for urge."""
    pressed: list[str] = []
    shortcut = QShortcut(QKeySequence("U"), table)
    shortcut.activated.connect(lambda: pressed.append("U"))
    focus_by_keyboard(qtbot, table)
    assert table.current_id() == "c0"
    for key, expected in (
        (Qt.Key.Key_Down, "c1"),
        (Qt.Key.Key_End, "c39"),
        (Qt.Key.Key_Home, "c0"),
        (Qt.Key.Key_Down, "c1"),
        (Qt.Key.Key_Up, "c0"),
    ):
        QTest.keyClick(table, key)
        assert table.current_id() == expected
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    assert table.currentIndex().row() > 5
    before = table.current_id()
    QTest.keyClick(table, Qt.Key.Key_U)
    assert pressed == ["U"]
    QTest.keyClick(table, Qt.Key.Key_C)
    assert table.current_id() == before


def test_enter_and_double_click_open_space_ticks(qtbot: QtBot, table: ListTable) -> None:
    """The three ways to act on a row without a menu."""
    table.select_id("c2")
    with qtbot.waitSignal(table.activated_row) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["c2"]
    with qtbot.waitSignal(table.check_toggled) as ticked:
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert ticked.args == ["c2"]


def test_rows_on_their_way_are_skeletons_and_have_no_id(qtbot: QtBot, table: ListTable) -> None:
    """A command on a row that is not here would hit whatever comes to stand there."""
    cases(table).show(["?a", "c1"])
    table.select_row(0)
    assert table.current_id() == ""
    with qtbot.waitSignal(table.current_id_changed) as arrived:
        cases(table).ids[0] = "a"
        cases(table).dataChanged.emit(cases(table).index(0, 0), cases(table).index(0, 5))
    assert arrived.args == ["a"]


def test_a_skeleton_row_is_drawn_where_data_is_missing(table: ListTable) -> None:
    """An empty white row looks like a case without a title; bars say that it is coming."""
    cases(table).show(["?a"])
    image = table.viewport().grab().toImage()
    assert _has_colour(image, "skeleton")
    table.set_loading(True)
    cases(table).show([])
    assert not table.empty.isVisible()
    assert _has_colour(table.viewport().grab().toImage(), "skeleton")


def _has_colour(image: QImage, token: str) -> bool:
    wanted = theme.current().color(token).rgb()
    return any(
        image.pixel(x, y) == wanted for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    )


def test_an_empty_list_says_what_to_do(qtbot: QtBot, table: ListTable) -> None:
    """A blank area leaves open whether it is loading, broken or done."""
    table.set_empty("Nothing matches", "Clear the filter.", "Clear the filter")
    cases(table).show([])
    assert table.empty.isVisible()
    assert table.empty.accessibleName() == "Nothing matches. Clear the filter."
    with qtbot.waitSignal(table.empty.acted):
        table.empty.button.click()
    cases(table).show(ids(0, 2))
    assert not table.empty.isVisible()


def test_columns_come_back_as_they_were_left(qtbot: QtBot, table: ListTable) -> None:
    """Widths and order are a person's own; losing them at every start is a daily annoyance."""
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.layout_edited):
        header.resizeSection(2, 150)
    header.moveSection(header.visualIndex(4), 1)
    table.set_sort("due", True)
    kept = table.layout_state()
    table.restore_layout({})
    assert [column.key for column in table.visible_columns()] == ["tick", "title", "unit", "times", "due"]
    table.restore_layout(kept)
    assert table.layout_state() == kept
    assert [column.key for column in table.visible_columns()] == ["tick", "due", "title", "unit", "times"]
    assert header.sectionSize(2) == 150


def test_a_kept_layout_that_no_longer_fits_does_no_harm(table: ListTable) -> None:
    """The file is years old, or somebody edited it."""
    table.restore_layout(
        {"order": ["gone", 7], "widths": {"unit": -5, "due": "x"}, "hidden": ["tick"], "sort": [1]}
    )
    assert "tick" in [column.key for column in table.visible_columns()]
    assert table.columnWidth(2) == 110


def test_the_stretching_column_takes_what_is_left(table: ListTable) -> None:
    """The title should use a wide window and never vanish in a narrow one."""
    table.resize(1_400, 400)
    wide = table.columnWidth(1)
    table.resize(500, 400)
    assert wide > 900
    assert table.columnWidth(1) == 120


def test_the_chooser_shows_hides_and_sorts(qtbot: QtBot, table: ListTable) -> None:
    """Whoever works by keyboard has no header to click on."""
    menu = table.column_menu()
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert "Extra" in actions
    actions["Extra"].trigger()
    assert not table.isColumnHidden(5)
    sorting = actions["Sort by"].menu()
    by_due = next(action for action in sorting.actions() if action.text() == "Due")  # type: ignore[attr-defined]
    with qtbot.waitSignal(table.sort_changed) as asked:
        by_due.trigger()
    assert asked.args == ["due", False]
    with qtbot.waitSignal(table.sort_changed) as again:
        by_due.trigger()
    assert again.args == ["due", True]
    menu.close()


def test_the_footer_tells_where_one_is(qtbot: QtBot, qapp: QApplication) -> None:
    """Of 300,000 rows, which ones are these?"""
    theme.apply_theme(qapp, "light")
    holder = QWidget()
    qtbot.addWidget(holder)
    table = ListTable(COLUMNS, name="Cases")
    pane = ListPane(table)
    QVBoxLayout(holder).addWidget(pane)
    model = Cases(ids(0, 1_000))
    model.setParent(table)
    table.setModel(model)
    holder.resize(800, 400)
    with qtbot.waitExposed(holder):
        holder.show()
    assert pane.range_text().startswith("1–")
    assert pane.range_text().endswith("/ 1,000")
    table.select_row(999)
    qtbot.waitUntil(lambda: "–1,000 /" in pane.range_text())
    model.show([])
    assert "–" not in pane.range_text()


def test_a_list_that_could_not_be_read_does_not_say_that_it_is_empty(table: ListTable) -> None:
    """“No overdue case” over a broken disk sends an officer home."""
    table.set_empty("Nothing overdue")
    table.set_failed()
    assert table.empty.accessibleName().startswith("The list could not be read")
    table.set_loading(False)  # the next answer
    assert table.empty.accessibleName().startswith("Nothing overdue")
