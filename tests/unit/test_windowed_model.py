"""The windowed list: only what is looked at is fetched, and a refresh neither blinks nor loses the place."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.models.items import roles
from desktop.models.items.windowed import PAGE, Prepared, WindowedModel


class Feeder:
    """Keeps what the model asks for; answers when told to."""

    def __init__(self, qtbot: QtBot, count: int) -> None:
        self.qtbot = qtbot
        self.model = WindowedModel(2)
        self.asked: list[tuple[int, ...]] = []
        self.model.rows_wanted.connect(self.asked.append)
        self.model.set_rids(array("q", range(1, count + 1)))

    def look_at(self, first: int, last: int) -> list[object]:
        """Paint these rows."""
        return [self.model.cell(row, 1, roles.DISPLAY) for row in range(first, last + 1)]

    def next_wish(self) -> tuple[int, ...]:
        before = len(self.asked)
        self.qtbot.waitUntil(lambda: len(self.asked) > before)
        return self.asked[-1]

    def answer(self, rids: Sequence[int], word: str = "row") -> None:
        self.model.put(Prepared(rid, f"t-{rid}", ({}, {roles.DISPLAY: f"{word} {rid}"})) for rid in rids)


@pytest.fixture
def feeder(qtbot: QtBot) -> Iterator[Feeder]:
    made = Feeder(qtbot, 58_251)
    yield made
    made.model.deleteLater()
    QCoreApplication.sendPostedEvents(made.model)


def test_the_count_is_exact_and_nothing_is_fetched_before_it_is_painted(feeder: Feeder) -> None:
    assert feeder.model.rowCount() == 58_251
    QCoreApplication.sendPostedEvents()
    assert feeder.asked == []
    assert feeder.look_at(0, 20) == [None] * 21
    assert feeder.next_wish() == tuple(range(1, PAGE + 1))
    feeder.answer(feeder.asked[-1])
    assert feeder.look_at(0, 1) == ["row 1", "row 2"]


def test_a_jump_to_the_end_fetches_the_last_pages_and_none_between(feeder: Feeder) -> None:
    """Dragging the scrollbar over 58,000 rows must not read 58,000 rows."""
    for place in range(0, 58_251, 2_000):
        feeder.look_at(place, place + 20)
    feeder.look_at(58_230, 58_250)
    wanted = feeder.next_wish()
    assert 58_251 in wanted
    assert len(wanted) <= 4 * PAGE


def test_pages_asked_for_are_not_asked_for_again_while_they_are_on_their_way(feeder: Feeder) -> None:
    feeder.look_at(0, 20)
    first = feeder.next_wish()
    feeder.look_at(0, 20)
    QCoreApplication.sendPostedEvents()
    assert feeder.asked == [first]
    feeder.look_at(60, 80)
    assert set(feeder.next_wish()) == set(range(1, 2 * PAGE + 1)), "a later wish carries what is still open"


def test_a_refresh_shows_the_old_rows_until_the_new_ones_are_here(feeder: Feeder) -> None:
    feeder.look_at(0, 20)
    feeder.answer(feeder.next_wish())
    feeder.model.set_rids(array("q", range(2, 58_252)))  # the first ticket was closed
    assert feeder.look_at(0, 1) == ["row 2", "row 3"], "nothing blinks"
    assert feeder.model.row_of("t-3") == 1, "the selection finds its row again"
    assert feeder.model.row_of("t-1") == -1
    feeder.answer(feeder.next_wish(), "fresh")
    assert feeder.look_at(0, 0) == ["fresh 2"]


def test_the_same_ids_again_do_not_reset_the_view_but_fetch_fresh_rows(feeder: Feeder, qtbot: QtBot) -> None:
    feeder.look_at(0, 20)
    feeder.answer(feeder.next_wish())
    with qtbot.assertNotEmitted(feeder.model.modelReset):
        feeder.model.set_rids(array("q", range(1, 58_252)))
    feeder.look_at(0, 0)
    assert feeder.next_wish()[0] == 1


def test_a_refresh_repaints_the_rows_that_changed_and_no_others(feeder: Feeder) -> None:
    """A commit somewhere in the office must not repaint the list of everybody who looks at one."""
    feeder.model.look_at(0, 30)
    feeder.look_at(0, 30)
    feeder.answer(feeder.next_wish())
    told: list[tuple[int, int]] = []
    feeder.model.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    feeder.model.set_rids(array("q", range(1, 58_252)))
    wanted = feeder.next_wish()  # without a paint: what is on the screen is known
    feeder.model.put(
        Prepared(rid, f"t-{rid}", ({}, {roles.DISPLAY: f"{'other' if rid in (5, 6, 9) else 'row'} {rid}"}))
        for rid in wanted
    )
    assert told == [(4, 5), (8, 8)]


def test_rows_that_a_refresh_overtook_are_shown_all_the_same(feeder: Feeder) -> None:
    """The rows were on their way when the refresh came; kept in silence, they would stay grey for ever."""
    feeder.model.look_at(0, 30)
    feeder.look_at(0, 30)
    on_their_way = feeder.next_wish()
    feeder.model.set_rids(array("q", range(1, 58_252)))
    told: list[tuple[int, int]] = []
    feeder.model.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    feeder.answer(on_their_way)
    assert told == [(0, PAGE - 1)]
    assert feeder.next_wish() == on_their_way, (
        "and asked for again, because they may be older than the refresh"
    )


def test_an_answer_with_its_first_rows_is_painted_at_once(feeder: Feeder) -> None:
    """A queue that is switched to shows rows, not grey bars that become rows a moment later."""
    rids = array("q", range(1_000, 2_000))
    rows = [Prepared(rid, f"t-{rid}", ({}, {roles.DISPLAY: f"row {rid}"})) for rid in rids[PAGE : 2 * PAGE]]
    feeder.model.set_rids(rids, rows, PAGE, {1_500: 500, 7: -1})
    assert feeder.look_at(PAGE, PAGE) == [f"row {1_000 + PAGE}"]
    QCoreApplication.sendPostedEvents()
    assert feeder.asked == []
    feeder.model.know("t-1500", 1_500)
    feeder.model.know("t-7", 7)
    assert feeder.model.row_of("t-1500") == 500
    assert feeder.model.row_of("t-7") == -1


def test_memory_stays_bounded_however_long_a_person_scrolls(feeder: Feeder) -> None:
    for page in range(300):
        feeder.look_at(page * PAGE, page * PAGE)
        feeder.answer(feeder.next_wish())
    held = sum(feeder.model._rows.get(rid) is not None for rid in range(1, 300 * PAGE))
    assert held <= 2 * 24 * PAGE
    assert feeder.look_at(299 * PAGE, 299 * PAGE) == [f"row {299 * PAGE + 1}"]


def test_the_model_keeps_qts_own_rules(qtbot: QtBot) -> None:
    feeder = Feeder(qtbot, 200)
    tester = QAbstractItemModelTester(
        feeder.model, QAbstractItemModelTester.FailureReportingMode.Fatal, feeder.model
    )
    feeder.look_at(0, 10)
    feeder.answer(feeder.next_wish())
    feeder.model.set_rids(array("q", [5, 4, 3]))
    feeder.model.set_rids(array("q"))
    assert tester.model() is feeder.model
