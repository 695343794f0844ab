"""The register of findings asked by every column and taken out as a file; a review decided by somebody apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.queries.base import Reader
from desktop.services.queries.finding_filter import FindingFilter
from desktop.services.queries.findings import (
    FindingRow,
    finding_ids,
    finding_rows,
)
from desktop.views.common import theme
from desktop.views.common.text import PlainLabel
from desktop.views.inspections.finding_sheets import ReviewSheet
from tests.support.builders import (
    NOW,
    make_finding,
    make_finding_reply,
    make_ticket,
)
from tests.support.inspections_stage import Theatre, write
from tests.support.widgets import children, press


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        yield Theatre(qtbot, tmp_path, stack)


def test_the_register_is_asked_by_every_column_and_goes_out_as_it_is_listed(
    theatre: Theatre, qtbot: QtBot
) -> None:
    """A table for the deputy mayor that counts otherwise than the screen is worse than none."""
    ticket = make_ticket()
    late = {
        "state": "rectifying",
        "rectify_due_at": NOW - timedelta(days=2),
        "filed_at": NOW - timedelta(days=40),
    }
    overdue = make_finding(ticket, severity="serious", facts="联系张女士13900001234后仍未处理", **late)
    resting = make_finding(ticket, state="replied", rectify_due_at=NOW - timedelta(days=1))
    good = make_finding(ticket, state="confirmed", code="F90", good=True, rectify_due_at=None)
    again = make_finding(ticket, state="filed", filed_at=NOW - timedelta(days=10))
    stage = theatre.open(ticket, overdue, resting, good, again)
    asked = {
        "overdue": FindingFilter(standing="overdue"),
        "resting": FindingFilter(standing="resting"),
        "old": FindingFilter(older_than=30),
        "serious": FindingFilter(severities=("serious",)),
        "state": FindingFilter(states=("replied", "confirmed")),
        "closed": FindingFilter(group="closed"),
        "open": FindingFilter(group="open"),
    }
    found = {
        name: {row.finding_id for row in stage.store.ask(partial(_rows_of, wanted))}
        for name, wanted in asked.items()
    }
    assert found == {
        "overdue": {overdue.id},
        "resting": {resting.id},
        "old": {overdue.id},
        "serious": {overdue.id},
        "state": {resting.id, good.id},
        "closed": {good.id},
        "open": {overdue.id, again.id},
    }
    counts = stage.store.ask(lambda r: finding_ids(r, FindingFilter()).counts)
    assert (counts["all"], counts["open"], counts["closed"]) == (4, 2, 1)
    stage.page.show_finding(again.id)
    pane = stage.page.pane
    qtbot.waitUntil(lambda: pane.sheet() is not None and pane.sheet().detail.finding.id == again.id)  # type: ignore[union-attr]
    assert {row.finding_id for row in pane.sheet().course.repeats} == {overdue.id, resting.id}  # type: ignore[union-attr]
    register = stage.page.register
    register.ask(FindingFilter(standing="overdue"))
    qtbot.waitUntil(lambda: len(register.model.rids()) == 1)
    file = register.file
    path = theatre.folder / "台账.xlsx"
    with qtbot.waitSignal(file.finished) as ended:
        file.write(tuple(register.model.rids()), str(path))
    assert ended.args == [True]
    lines = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    (row,) = [line for line in lines if line[2] == "Serious"]
    assert row[6] == 40
    assert "13900001234" not in str(lines)


def _rows_of(wanted: FindingFilter, r: Reader) -> tuple[FindingRow, ...]:
    return finding_rows(r, finding_ids(r, wanted).rids)


def test_whoever_wrote_a_finding_does_not_decide_its_review(theatre: Theatre) -> None:
    """The button says why; a colleague who took no part gets the unit's words and three ways."""
    ticket = make_ticket()
    asked = {"state": "review_requested", "review_from": "confirmed", "review_at": NOW, "confirmed_at": NOW}
    mine = make_finding(ticket, **asked)
    theirs = make_finding(ticket, code="F03", author_id="p-colleague", **asked)
    said = make_finding_reply(theirs, stance="review", text="照片系他处")
    stage = theatre.open(ticket, mine, theirs, said)
    stage.page.show_finding(mine.id)
    stage.shown("review_requested")
    pane = stage.page.pane
    stage.qtbot.waitUntil(lambda: pane.buttons["decide"].reason().startswith("You had a hand in it"))
    stage.page.show_finding(theirs.id)
    stage.qtbot.waitUntil(lambda: pane.buttons["decide"].reason() == "")
    pane.press_decide()
    sheet = pane.open_sheet()
    assert isinstance(sheet, ReviewSheet)
    assert "照片系他处" in [label.text() for label in children(sheet, PlainLabel)]
    sheet.outcome.set_value("changed")
    sheet.outcome.changed.emit()
    sheet.severity.set_value("notice")
    write(sheet.reason, "按提示处理")
    press(sheet, "Decide")
    stage.qtbot.waitUntil(lambda: stage.state() == "confirmed")
    assert stage.kinds() == ["finding.decide"]
