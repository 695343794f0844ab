"""The page of inspections over real stores and the real server: from the plan to the redraw at the unit's desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Inspection
from desktop.models.domain.sampling_protocol import read_protocol, redraw
from desktop.models.store.tables import draft
from desktop.services.api.errors import Offline
from desktop.services.background.desk import Desk
from desktop.services.commands.finding_drafts import FindingDraft, draft_key
from desktop.views.sampling.page import SamplingPage
from desktop.views.sampling.step_sheets import CheckSheet, CriteriaSheet, SeedSheet
from tests.support.builders import NOW, make_ticket
from tests.support.central_office import Office, open_office
from tests.support.conflicts import desks
from tests.support.desks import OFFLINE
from tests.support.engine import EngineDesk
from tests.support.outbox_stage import desk_on

COUNT = 12


class Stage:
    """The page on one person's desk."""

    def __init__(self, qtbot: QtBot, engine: EngineDesk, desk: Desk) -> None:
        self.qtbot, self.engine, self.desk = qtbot, engine, desk
        self.page = SamplingPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def sync(self) -> None:
        """One round, and the page hears of it."""
        with suppress(Offline):
            self.engine.sync()
        self.desk.committed(Changes(everything=True, outbox=True))

    def inspection(self) -> Inspection | None:
        """The one on screen."""
        sheet = self.page.pane.sheet()
        return sheet.inspection if sheet is not None else None

    def stands(self, state: str, version: int) -> None:
        """Wait for the server's word on it to be on screen."""
        self.sync()
        self.qtbot.waitUntil(
            lambda: (row := self.inspection()) is not None and row.state == state and row.version >= version
        )

    def key(self, key: Qt.Key) -> None:
        """Press a letter on the list."""
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        self.page.table.setFocus()
        self.qtbot.waitUntil(self.page.table.hasFocus)
        QTest.keyClick(self.page.table, key)


@contextmanager
def stage_of(qtbot: QtBot, engine: EngineDesk, *, online: bool = True) -> Iterator[Stage]:
    """The page of this person."""
    with desk_on(engine, connection=OFFLINE) if not online else desk_on(engine) as desk:
        stage = Stage(qtbot, engine, desk)
        try:
            yield stage
        finally:
            stage.page.release()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """With tickets of the roads unit that were completed lately."""
    done = NOW - timedelta(days=2)
    with open_office(tmp_path) as opened:
        opened.load(
            *(make_ticket(unit_id="u-roads", state="archived", completed_at=done) for _ in range(COUNT))
        )
        yield opened


def plan_it(stage: Stage) -> None:
    """Fill the sheet of a plan and keep it."""
    page, qtbot = stage.page, stage.qtbot
    page.begin_plan()
    qtbot.waitUntil(lambda: page.plan() is not None)
    sheet = page.plan()
    assert sheet is not None
    assert sheet.form.refresh_missing(), "a plan without title, mandate, purpose and units is not kept"
    sheet.named.set_value("五月抽查")
    sheet.mandate.set_value("zfdc-2021")
    sheet.purpose.set_value("核实办结")
    sheet.units.set_value(("u-roads",))
    sheet.from_day.set_value(datetime(2024, 5, 1))
    sheet.to_day.set_value(datetime(2024, 5, 13))
    assert sheet.form.submit()
    qtbot.waitUntil(lambda: page.plan() is None and stage.inspection() is not None)


def draw_it(stage: Stage) -> None:
    """From a plan to its sample."""
    page = stage.page
    stage.stands("draft", 1)
    stage.key(Qt.Key.Key_I)
    stage.qtbot.waitUntil(lambda: (row := stage.inspection()) is not None and row.state == "issued")
    stage.stands("issued", 2)
    stage.key(Qt.Key.Key_Z)
    stage.qtbot.waitUntil(lambda: (row := stage.inspection()) is not None and row.state == "frozen")
    waits = page.pane.buttons["fix"].reason()
    assert waits.startswith("The server is still listing"), (
        "no size can be chosen of a frame that nobody knows yet"
    )
    stage.stands("frozen", 3)
    stage.key(Qt.Key.Key_X)
    criteria = page.pane.open_sheet()
    assert isinstance(criteria, CriteriaSheet)
    assert criteria.count.value() == COUNT, "of twelve tickets five points of error leave none out"
    criteria.count.set_value(4)
    criteria.source.set_value("福彩3D 第2024126期")
    assert criteria.form.submit()
    stage.qtbot.waitUntil(lambda: (row := stage.inspection()) is not None and row.state == "fixed")
    stage.stands("fixed", 4)
    stage.key(Qt.Key.Key_D)
    seed = page.pane.open_sheet()
    assert isinstance(seed, SeedSheet)
    seed.seed.set_value("835")
    assert seed.form.submit()
    stage.qtbot.waitUntil(lambda: (row := stage.inspection()) is not None and row.state == "drawn")
    stage.stands("drawn", 5)
    stage.qtbot.waitUntil(lambda: page.pane.view.model.rowCount() == 4)


def begin_finding(stage: Stage) -> None:
    """F on the ticket whose check failed: the form has the check's words, the inspection and its mandate."""
    pane = stage.page.pane
    sheet = pane.sheet()
    assert sheet is not None
    (ticket,) = [each for each in sheet.tickets if each.check is not None]
    pane.view.tickets.select_id(ticket.number)
    stage.qtbot.waitUntil(pane.finding.isEnabled)
    with stage.qtbot.waitSignal(stage.page.finding_requested) as begun:
        pane.press_finding()
    assert begun.args == [ticket.ticket_id]
    with stage.engine.store.read() as connection:
        body = connection.execute(
            select(draft.c.body).where(draft.c.key == draft_key(ticket.ticket_id))
        ).scalar_one()
    form = msgspec.json.decode(body, type=FindingDraft).form
    assert (form.code, form.inspection_id, form.basis) == ("F07", sheet.inspection.id, ("zfdc-2021",))
    assert "逾期两日签收" in form.facts


def test_from_the_plan_by_keys_to_a_sample_that_the_unit_draws_again(
    qtbot: QtBot, tmp_path: Path, office: Office
) -> None:
    """The office's whole way, and the liaison's one button: the same four tickets, from what their own desk holds."""
    with desks(tmp_path, office, "officer", "liaison") as (mine, theirs):
        with stage_of(qtbot, mine) as stage:
            plan_it(stage)
            draw_it(stage)
            stage.key(Qt.Key.Key_R)
            qtbot.waitUntil(lambda: not stage.page.pane.verdict.isHidden())
            assert "the same 4 tickets" in stage.page.pane.verdict.text()
            stage.key(Qt.Key.Key_C)
            check = stage.page.pane.open_sheet()
            assert isinstance(check, CheckSheet)
            first, *others = check.lines()
            first.set_value("not_met")
            for line in others:
                line.set_value("met")
            check.note.set_value("逾期两日签收")
            assert check.form.submit()
            stage.sync()
            checked = "1 / 4"
            qtbot.waitUntil(lambda: stage.page.model.cell(0, 3, 0) == checked)
            begin_finding(stage)
        theirs.sync()
        with stage_of(qtbot, theirs) as unit:
            qtbot.waitUntil(lambda: unit.page.pane.view.model.rowCount() == 4)
            assert not any(button.isVisible() for button in unit.page.pane.buttons.values())
            unit.key(Qt.Key.Key_R)
            qtbot.waitUntil(lambda: not unit.page.pane.verdict.isHidden())
            assert "the same 4 tickets" in unit.page.pane.verdict.text()
            path = tmp_path / "protocol.txt"
            told: list[str] = []
            unit.page.pane.protocol.told.connect(told.append)
            row = unit.inspection()
            assert row is not None
            unit.page.pane.protocol.save_of(row.id, str(path))
            qtbot.waitUntil(lambda: bool(told))
            assert redraw(read_protocol(path.read_text("utf-8"))).holds, told


def test_without_the_network_a_plan_is_kept_and_the_frame_waits_for_the_server(
    qtbot: QtBot, tmp_path: Path, office: Office
) -> None:
    """A frame frozen on one desk alone would be that desk's word; a plan may be written anywhere."""
    with desks(tmp_path, office, "officer") as (mine,), stage_of(qtbot, mine, online=False) as stage:
        plan_it(stage)
        stage.key(Qt.Key.Key_I)
        qtbot.waitUntil(lambda: (row := stage.inspection()) is not None and row.state == "issued")
        freeze = stage.page.pane.buttons["freeze"]
        qtbot.waitUntil(lambda: freeze.isVisible() and not freeze.isEnabled())
        assert freeze.reason()
