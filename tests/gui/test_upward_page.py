"""Leaders' instructions and urgent reports, from the keyboard: registered, reported back, drafted, signed, sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Instruction, Row, UrgentReport
from desktop.models.domain.operations import Operation
from desktop.models.domain.wire import Me
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.services.queries.upward import IN_HAND, upward_counts
from desktop.views.common import theme
from desktop.views.upward.page import UpwardPage
from tests.support.builders import (
    CHIEF,
    NOW,
    OFFICER,
    make_instruction,
    make_ticket,
    make_urge,
    make_urgent_report,
    reference_rows,
)
from tests.support.desks import ONLINE, open_desk
from tests.support.stores import DeskStore, open_desk_store

CTRL = Qt.KeyboardModifier.ControlModifier


class Stage:
    """The page on a desk on a store."""

    def __init__(self, qtbot: QtBot, stack: ExitStack, folder: Path, me: Me, *rows: Row) -> None:
        self.qtbot = qtbot
        self.store = stack.enter_context(open_desk_store(folder, me=me))
        self.store.pull(*reference_rows(), *rows)
        desk = stack.enter_context(open_desk(self.store, language="en", connection=ONLINE))
        page = self.page = UpwardPage(desk)
        stack.callback(page.release)
        qtbot.addWidget(page)
        page.resize(1166, 720)
        with qtbot.waitExposed(page):
            page.show()

    def ops(self) -> list[Operation]:
        with self.store.store.read() as connection:
            return [entry.op for entry in outbox.in_states(connection, outbox.UNSENT)]

    def shown(self) -> str:
        """The report on the card."""
        row = self.page.report.row()
        return row.id if row is not None else ""

    def kinds(self, *wanted: str) -> list[Operation]:
        self.qtbot.waitUntil(lambda: [op.kind for op in self.ops()] == list(wanted))
        return self.ops()


@pytest.fixture
def stack(qtbot: QtBot) -> Iterator[ExitStack]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as opened:
        yield opened


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """On whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def type_in(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def recount(store: DeskStore, rows: list[Row]) -> None:
    """What stands in each queue, counted by hand."""
    states: Counter[str] = Counter(row.state for row in rows if isinstance(row, Instruction))
    reports: Counter[str] = Counter(row.state for row in rows if isinstance(row, UrgentReport))
    assert store.ask(upward_counts) == {
        "instructions": states["open"],
        "answered": states["answered"],
        "reports": sum(reports[state] for state in IN_HAND),
        "sent": reports["sent"],
    }


def test_an_instruction_is_registered_alone_and_reported_back(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """The one due first stands first under its own light; N registers another; the feedback takes one out."""
    ticket = make_ticket()
    rows: list[Row] = [
        ticket,
        make_instruction(ticket, id="i-late", due_at=NOW - timedelta(hours=2)),
        make_instruction(None, id="i-alone", due_at=NOW + timedelta(days=9)),
        make_instruction(ticket, state="answered", feedback="done", feedback_at=NOW),
        make_instruction(ticket, state="withdrawn"),
    ]
    stage = Stage(qtbot, stack, tmp_path, OFFICER, *rows)
    recount(stage.store, rows)
    page = stage.page
    qtbot.waitUntil(lambda: page.model.ids() == ("instruction:i-late", "instruction:i-alone"))
    assert [page.model.cell(n, 0, roles.LIGHT) for n in (0, 1)] == ["overdue", "normal"]
    qtbot.waitUntil(page.instruction.isVisible)
    page.table.setFocus()
    press(Qt.Key.Key_N)
    qtbot.waitUntil(page.writer.leader.input.hasFocus)
    type_in("Vice mayor He")
    press(Qt.Key.Key_Tab)
    type_in("Look into it at once")
    press(Qt.Key.Key_Return, CTRL)
    (registered,) = stage.kinds("instruction.register")
    assert registered.payload["given_by"] == "Vice mayor He"
    assert "ticket_id" not in registered.payload
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    page.table.select_id("instruction:i-late")
    qtbot.waitUntil(lambda: page.case.isVisible() and page.instruction.isVisible())
    page.table.setFocus()
    press(Qt.Key.Key_F6)
    type_in("Done and told")
    press(Qt.Key.Key_Return, CTRL)
    stage.kinds("instruction.register", "instruction.feed_back")
    qtbot.waitUntil(lambda: "instruction:i-late" not in page.model.ids())
    assert stage.store.ask(upward_counts)["answered"] == 2


def test_a_report_is_drafted_from_a_case_masked_and_submitted(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """The file gives what is known; nothing of who called gets onto the page; a gap keeps it from being submitted."""
    ticket = make_ticket(
        urgency="emergency",
        request_text="漏气，家住青年路8号院3单元402室，电话13812345678",
        address="青年路8号院",
    )
    stage = Stage(qtbot, stack, tmp_path, OFFICER, ticket, make_urge(ticket, answer="已到场"))
    page = stage.page
    page.begin("report", ticket.id)
    qtbot.waitUntil(page.report.people.input.hasFocus)
    assert "13812345678" not in page.report.what.value()
    assert "402" not in page.report.what.value()
    assert "已到场" in page.report.done.value()
    press(Qt.Key.Key_Return, CTRL)
    assert stage.ops() == [], "not while a part is missing"
    type_in("40 households")
    page.report.proposed.setFocus()
    type_in("Close the main")
    press(Qt.Key.Key_Return, CTRL)
    created, submitted = stage.kinds("urgent_report.create", "urgent_report.submit")
    assert created.payload["people"] == "40 households"
    assert submitted.entity_id == created.entity_id
    qtbot.waitUntil(lambda: page.queue() == "reports" and page.model.rowCount() == 1)


def test_a_chief_signs_and_what_was_sent_brings_its_instruction(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """A signs the colleague's, S records the sending, N the instruction coming back; nobody signs their own."""
    ticket = make_ticket()
    rows: list[Row] = [
        ticket,
        make_urgent_report(ticket, id="w-theirs", state="submitted"),
        make_urgent_report(ticket, id="w-own", state="submitted", author_id=CHIEF.person_id, created_at=NOW),
        make_urgent_report(ticket, id="w-ready", state="approved", created_at=NOW + timedelta(minutes=1)),
        make_urgent_report(ticket, id="w-sent", state="sent", sent_at=NOW, number="云要情〔2024〕1号"),
    ]
    stage = Stage(qtbot, stack, tmp_path, CHIEF, *rows)
    recount(stage.store, rows)
    page = stage.page
    page.show_queue("reports")
    qtbot.waitUntil(lambda: page.model.ids()[:1] == ("urgent_report:w-theirs",))
    qtbot.waitUntil(lambda: stage.shown() == "w-theirs" and page.report.approve.isEnabled())
    page.table.setFocus()
    press(Qt.Key.Key_A)
    stage.kinds("urgent_report.approve")
    page.table.select_id("urgent_report:w-own")
    qtbot.waitUntil(lambda: stage.shown() == "w-own" and page.report.approve.isVisible())
    assert not page.report.approve.isEnabled()
    page.table.select_id("urgent_report:w-ready")
    qtbot.waitUntil(lambda: stage.shown() == "w-ready" and page.report.sent.isVisible())
    page.table.setFocus()
    press(Qt.Key.Key_S)
    sent = stage.kinds("urgent_report.approve", "urgent_report.send")[-1]
    assert sent.payload["recipients"] == "市委办公室"
    page.show_queue("sent")
    qtbot.waitUntil(lambda: page.table.select_id("urgent_report:w-sent"))
    qtbot.waitUntil(lambda: stage.shown() == "w-sent" and page.report.answer.isVisible())
    page.table.setFocus()
    press(Qt.Key.Key_N)
    qtbot.waitUntil(page.writer.leader.input.hasFocus)
    type_in("Mayor")
    press(Qt.Key.Key_Tab)
    type_in("Agreed")
    press(Qt.Key.Key_Return, CTRL)
    back = stage.kinds("urgent_report.approve", "urgent_report.send", "instruction.register")[-1]
    assert back.payload["report_id"] == "w-sent"
    assert back.payload["ticket_id"] == ticket.id
