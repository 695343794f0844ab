"""Pages, bars, filters, timeline: what holds a screen together without knowing what is on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.common import theme
from desktop.views.common.bars import NoticeBar, ProgressStrip, UndoBar
from desktop.views.common.choice_popup import ChoicePopup
from desktop.views.common.daystrip import Day, DayStrip
from desktop.views.common.filters import FilterChips, SearchField
from desktop.views.common.layouts import scrolled
from desktop.views.common.page import Page, PageState
from desktop.views.common.panels import Splitter
from desktop.views.common.timeline import Entry, Timeline
from tests.support.widgets import children, focus_by_keyboard, press


class Bus(QObject):
    moved = Signal()


class Counting(Page):
    """Counts its refreshes."""

    def __init__(self) -> None:
        super().__init__("Overdue")
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


def test_a_hidden_page_only_notes_that_it_is_stale(qtbot: QtBot) -> None:
    """Ten pages that all query at every sync make the one in front stutter."""
    page = Counting()
    qtbot.addWidget(page)
    bus = Bus()
    page.listen(bus.moved, page.set_stale)
    bus.moved.emit()
    assert page.refreshed == 0
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: page.refreshed == 1)
    for _ in range(20):
        bus.moved.emit()
    qtbot.waitUntil(lambda: page.refreshed == 2)
    page.hide()
    bus.moved.emit()
    page.show()
    qtbot.waitUntil(lambda: page.refreshed == 3)
    page.release()
    bus.moved.emit()
    assert not page.is_stale()


@pytest.mark.parametrize("state", ["empty", "error", "offline", "denied"])
def test_every_state_has_words_and_its_button(qtbot: QtBot, state: PageState) -> None:
    """A blank page tells nobody whether to wait, to ask for a right, or to call the help desk."""
    page = Page("Overdue")
    qtbot.addWidget(page)
    page.show_state(state, sentence="Try again in a moment.", action="Try again")
    with qtbot.waitExposed(page):
        page.show()
    with qtbot.waitSignal(page.state_acted) as acted:
        press(page, "Try again")
    assert acted.args == [state]
    page.show_state("ready")
    assert page.state() == "ready"
    assert not any(b.isVisible() for b in children(page, QPushButton) if b.text() == "Try again")


def test_a_notice_says_why_acts_and_goes(qtbot: QtBot) -> None:
    """Trouble the person did not cause comes as a bar, not as a dialog over the work."""
    notice = NoticeBar("Refused: <b>archived</b>", "error")
    qtbot.addWidget(notice)
    done: list[str] = []
    notice.add_action("Show why", lambda: done.append("why")).click()
    assert done == ["why"]
    assert notice.accessibleName() == "Refused: <b>archived</b>"
    notice.show()
    with qtbot.waitSignal(notice.dismissed):
        press(notice, "Dismiss")
    assert notice.isHidden()


def test_undo_counts_down_and_can_be_taken(qtbot: QtBot) -> None:
    """The hold is only worth something while one sees that it runs."""
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 300)
    with qtbot.waitExposed(over):
        over.show()
    bar = UndoBar(over)
    bar.offer("Urged 118803", 10)
    assert bar.isVisible()
    assert over.rect().contains(bar.geometry())
    with qtbot.waitSignal(bar.undone):
        press(bar, "Undo")
    bar.offer("Urged 118803", 10)
    over.activateWindow()
    qtbot.waitUntil(over.isActiveWindow)
    with qtbot.waitSignal(bar.undone):
        QTest.keyClick(over, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bar.offer("Urged 118803", 1)
    with qtbot.waitSignal(bar.expired):
        pass
    assert bar.isHidden()


def test_progress_of_unknown_and_known_length(qtbot: QtBot) -> None:
    """The first sync can always be cancelled, and ends without a trace."""
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.set_progress("First sync", 0, 0)
    strip.set_progress("First sync", 40_000, 58_251, "12 s left")
    with qtbot.waitSignal(strip.cancelled):
        press(strip, "Cancel")
    strip.finish()
    assert strip.isHidden()


def test_chips_tell_what_was_chosen_and_clear(qtbot: QtBot) -> None:
    """A filter nobody sees is taken for missing cases."""
    chips = FilterChips()
    qtbot.addWidget(chips)
    unit = chips.add_chip("unit", "Unit", [("u1", "Water"), ("u2", "Heat"), ("u3", "Bus")])
    chips.set_values({"unit": ["u1", "u3"]})
    assert unit.text() == "Unit: Water +1"
    assert chips.values() == {"unit": ["u1", "u3"]}
    chips.set_options("unit", [("u3", "Bus")])
    assert chips.values() == {"unit": ["u3"]}
    with qtbot.waitSignal(chips.changed):
        chips.clear()
    assert chips.values() == {}


def test_the_choices_of_a_chip_are_ticked_by_keyboard_and_narrowed(qtbot: QtBot) -> None:
    """Forty units: type, Down, Space, Escape."""
    parent = QWidget()
    qtbot.addWidget(parent)
    options = [(f"u{i}", f"单位{i}") for i in range(12)]
    popup = ChoicePopup("Unit", options, ["u3"], multi=True, parent=parent)
    qtbot.addWidget(popup)
    popup.show()
    view = children(popup, QListView)[0]
    model = view.model()
    popup._narrow("单位1")
    shown = [model.index(row, 0).data() for row in range(model.rowCount()) if not view.isRowHidden(row)]
    assert shown == ["单位1", "单位10", "单位11"]
    view.setCurrentIndex(model.index(10, 0))
    with qtbot.waitSignal(popup.picked):
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert popup.chosen() == ["u3", "u10"]
    view.clicked.emit(model.index(3, 0))
    assert popup.chosen() == ["u10"]


def test_search_waits_for_a_pause_and_escape_clears(qtbot: QtBot) -> None:
    """A query for every keystroke of 噪音扰民 is three queries too many."""
    field = SearchField("Filter")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    told: list[str] = []
    field.searched.connect(told.append)
    with qtbot.waitSignal(field.searched):
        QTest.keyClicks(field, "noise")
    assert told == ["noise"]
    field.show_matches("46 matches")
    with qtbot.waitSignal(field.searched):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["noise", ""]
    with qtbot.waitSignal(field.left_down):
        QTest.keyClick(field, Qt.Key.Key_Down)


def entries(count: int) -> list[Entry]:
    body = "已电话联系承办单位，答复今晚派人到场处理。" * 3
    return [
        Entry(
            str(i), f"11-{i % 28 + 1:02d} 09:31", f"催办 {i}", "王敏", body if i % 2 else "", pending=i == 0
        )
        for i in range(count)
    ]


def test_a_long_timeline_paints_only_what_is_seen(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case of five hundred events must scroll like one of five."""
    theme.apply_theme(qapp, "light")
    timeline = Timeline("Timeline")
    inner = QWidget()
    QVBoxLayout(inner).addWidget(timeline)
    area = scrolled(inner)
    qtbot.addWidget(area)
    area.resize(420, 500)
    timeline.set_entries(entries(500))
    painted: list[int] = []
    paint = timeline._paint_entry

    def noted(painter: QPainter, row: int) -> None:
        painted.append(row)
        paint(painter, row)

    monkeypatch.setattr(timeline, "_paint_entry", noted)
    with qtbot.waitExposed(area):
        area.show()
    assert timeline.height() > 10_000
    painted.clear()
    area.verticalScrollBar().setValue(timeline.height() // 2)
    qtbot.waitUntil(lambda: bool(painted))
    assert len(set(painted)) < 30


def test_the_timeline_is_walked_copied_and_opened_by_keyboard(qtbot: QtBot, qapp: QApplication) -> None:
    """It is painted, so that nothing but this makes it reachable without a mouse or with a reader."""
    timeline = Timeline("Timeline")
    qtbot.addWidget(timeline)
    shown = [
        Entry("1", "09:31", "Urge", "Wang", "<b>tonight</b>", pending=True),
        Entry("2", "08:00", "Sent", openable=True),
    ]
    timeline.set_entries(shown)
    timeline.resize(400, timeline.heightForWidth(400))
    with qtbot.waitExposed(timeline):
        timeline.show()
    focus_by_keyboard(qtbot, timeline)
    assert "Urge" in timeline.accessibleName()
    QTest.keyClick(timeline, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "09:31" in copied
    assert "<b>tonight</b>" in copied
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    with qtbot.waitSignal(timeline.opened) as opened:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args == ["2"]


def test_unsent_entries_stand_out_in_colour_and_words(qtbot: QtBot, qapp: QApplication) -> None:
    """An urge that waits on this machine must never look like one the unit has."""
    theme.apply_theme(qapp, "light")
    pictures = []
    for pending in (True, False):
        timeline = Timeline("Timeline")
        qtbot.addWidget(timeline)
        timeline.set_entries([Entry("1", "09:31", "Urge", pending=pending)])
        timeline.resize(400, timeline.heightForWidth(400))
        pictures.append(
            (_uses(timeline, "pending"), "waiting to be sent" in timeline.accessibleDescription())
        )
    assert pictures == [(True, True), (False, False)]


def _uses(widget: QWidget, token: str) -> bool:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    wanted = theme.current().color(token).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_the_strip_of_days_says_each_day_in_words(qtbot: QtBot) -> None:
    """Colours alone would leave a reader, and a red-green blind officer, without the reason of a due time."""
    strip = DayStrip("Time limit")
    qtbot.addWidget(strip)
    days = [Day(str(i), "counted") for i in range(1, 20)]
    strip.set_days(
        [
            *days,
            Day("20", "holiday", "New Year", why="statutory holiday"),
            Day("21", due=True, light="overdue"),
        ]
    )
    assert "20: statutory holiday" in strip.accessibleDescription()
    assert strip.heightForWidth(2_000) < strip.heightForWidth(300)


def test_panes_cannot_be_dragged_away(qtbot: QtBot) -> None:
    """A detail pane dragged to nothing looks like a broken program."""
    panes = Splitter()
    qtbot.addWidget(panes)
    for _ in range(2):
        inner = QWidget()
        inner.setMinimumWidth(120)
        panes.addWidget(inner)
    panes.resize(600, 200)
    with qtbot.waitExposed(panes):
        panes.show()
    panes.setSizes([600, 0])
    assert min(panes.sizes()) >= 120
