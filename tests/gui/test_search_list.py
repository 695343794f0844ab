"""Searching in the list of tickets: what is typed, proposed, marked and said of the number. Real desk, real index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Unit
from desktop.models.items import roles
from desktop.models.store.search_fill import index_of, prepare, step
from desktop.services.background.search_worker import IndexState
from desktop.services.queries.search import finding
from desktop.views.common import theme
from desktop.views.common.marked_label import MarkedLabel
from desktop.views.shell.connection_words import ConnectionWords
from desktop.views.shell.status_bar import StatusBar
from tests.support.builders import NOW, make_ticket
from tests.support.stores import KEY
from tests.support.supervision_stage import Stage, Theatre, open_theatre

_PATIENCE_MS = 60_000
WATER = Unit(id="u-water", version=1, name="云州水务集团有限公司", short_name="水务集团")


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def listed(stage: Stage, count: int) -> None:
    stage.qtbot.waitUntil(lambda: stage.page.list.model.rowCount() == count, timeout=_PATIENCE_MS)
    if count:
        stage.qtbot.waitUntil(lambda: bool(stage.page.list.table.row_id(0)), timeout=_PATIENCE_MS)


def search(stage: Stage, text: str) -> None:
    """Type into the search line, as a person who knows what they want."""
    field = stage.page.list.search
    field.setFocus()
    stage.qtbot.waitUntil(field.hasFocus, timeout=_PATIENCE_MS)
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_hit_is_marked_and_counted_and_the_list_is_cleared_by_escape(
    theatre: Theatre, qtbot: QtBot
) -> None:
    """An officer must see why a case is in the list, and get back to the whole queue with one key."""
    hit = make_ticket(title="幸福路12号路灯不亮", request_text="夜里看不清", unit_id=WATER.id)
    stage = theatre.open(WATER, hit, make_ticket(title="井盖破损", unit_id=""))
    pane = stage.page.list
    pane.ask(pane.wanted().__class__(queue="all"))
    listed(stage, 2)
    search(stage, "路灯")
    listed(stage, 1)
    assert stage.cell(hit, "title", roles.HITS) == ((6, 8),)
    assert pane.search.accessibleDescription() == "1 found"
    qtbot.waitUntil(lambda: stage.shown() == hit.id, timeout=_PATIENCE_MS)
    labels = cast("list[MarkedLabel]", stage.page.findChildren(MarkedLabel))
    title = next(label for label in labels if label.text() == hit.title)
    qtbot.waitUntil(lambda: bool(title.hit_places()), timeout=_PATIENCE_MS)
    title.grab()
    assert theme.current().color("due_soon").alpha() == 255, "whatever is due today would hardly be seen"
    qtbot.waitUntil(lambda: len(stage.page.case.case.header._title.hit_places()) == 1, timeout=_PATIENCE_MS)
    pane.refresh()
    qtbot.waitUntil(lambda: not pane.model.waiting(), timeout=_PATIENCE_MS)
    assert pane.search.accessibleDescription() == "1 found", "a refresh that moved nothing forgets no search"
    search(stage, "水务")
    qtbot.waitUntil(lambda: stage.cell(hit, "unit", roles.HITS) == ((0, 2),), timeout=_PATIENCE_MS)
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    listed(stage, 2)
    assert stage.cell(hit, "title", roles.HITS) is None


def test_fields_and_values_are_proposed_and_taken_by_keyboard(theatre: Theatre, qtbot: QtBot) -> None:
    """Nobody knows a query language by heart; initials are enough to name a unit."""
    mine = make_ticket(unit_id=WATER.id)
    stage = theatre.open(WATER, mine, make_ticket(unit_id=""))
    field = stage.page.list.search
    stage.page.list.ask(stage.page.list.wanted().__class__(queue="all"))
    listed(stage, 2)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=_PATIENCE_MS)
    QTest.keyClicks(field, "uni")
    qtbot.waitUntil(lambda: field.offered() == ("unit:",), timeout=_PATIENCE_MS)
    QTest.keyClicks(field, "t:sw")
    qtbot.waitUntil(lambda: field.offered() == ("unit:水务集团",), timeout=_PATIENCE_MS)
    field.take(0)
    assert field.text() == "unit:水务集团 "
    assert field.offered() == ()
    listed(stage, 1)
    search(stage, "unit:nobody")
    listed(stage, 0)
    assert stage.page.list.note() == "No unit is called “nobody”."


def test_a_number_that_is_not_known_yet_is_called_about_and_becomes_exact(
    theatre: Theatre, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With very many hits the first page is right at once; the rest is looked at while the list is in use, and no false
    row is painted meanwhile."""
    monkeypatch.setattr(finding, "CHECKED_AT_ONCE", 10)
    monkeypatch.setattr(finding, "_FIRST_PAGE", 5)
    monkeypatch.setattr(finding, "_CHUNK", 10)
    real = [make_ticket(title=f"夜间施工扰民{n}") for n in range(40)]
    false = [make_ticket(title=f"施工在夜间，间施扰民{n}") for n in range(40)]
    stage = theatre.open(*[row for pair in zip(real, false, strict=True) for row in pair])
    pane, said = stage.page.list, set[str]()
    with closing(index_of(stage.store.store, KEY)) as index:
        prepare(stage.store.store, index)
        while step(stage.store.store, index).more:
            pass
        stage.desk.search = index
        pane.listed.connect(lambda: said.add(pane.search.accessibleDescription()))
        pane.ask(pane.wanted().__class__(queue="all", text="夜间施工"))
        qtbot.waitUntil(lambda: "40 found" in said, timeout=_PATIENCE_MS)
        assert pane.settled()
        assert pane.model.rowCount() == 40
        assert any(words.startswith("about ") for words in said)
        assert pane.note() == ""
        stage.desk.search = None


def test_another_queue_does_not_bring_back_the_words_before(theatre: Theatre) -> None:
    """Whoever clears the line and goes on at once, or types and then narrows, means what stands in the line now."""
    stage = theatre.open(
        WATER, make_ticket(title="路灯不亮", unit_id=WATER.id), make_ticket(title="井盖破损")
    )
    pane = stage.page.list
    pane.ask(pane.wanted().__class__(queue="all"))
    listed(stage, 2)
    search(stage, "路灯")
    listed(stage, 1)
    pane.search.clear()
    stage.page.show_queue("all")
    assert (pane.search.text(), pane.wanted().text) == ("", "")
    listed(stage, 2)
    pane.search.setText("井盖")
    stage.page.show_queue("open")
    assert (pane.search.text(), pane.wanted().text) == ("井盖", "井盖")


def test_the_status_bar_says_how_far_the_index_is(qtbot: QtBot) -> None:
    """Searches take longer until it is built; whoever wonders why reads it where everything in progress stands."""
    bar = StatusBar("en", ConnectionWords(lambda at: at), lambda: NOW)
    qtbot.addWidget(bar)
    said = []
    for state in (
        IndexState(),
        IndexState(state="building", missing=999, total=1000),
        IndexState(state="building", missing=1, total=1000),
        IndexState(state="level"),
        IndexState(state="off"),
    ):
        bar.show_index(state)
        said.append("" if bar.index.isHidden() else bar.index.text())
    bar.release()
    assert said == ["", "Search index 0 %", "Search index 99 %", "", "No search index: a search takes longer"]
