"""The morning sheet as an officer goes through it: keys alone, exact numbers, paper on record, days of work kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Row
from desktop.models.store import data_acts
from desktop.services.background.desk import Desk
from desktop.services.background.work_watch import WorkWatch
from desktop.services.queries.morning import morning_sheet
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.views.common import theme
from desktop.views.supervision.morning_page import MorningPage
from tests.support.builders import NOW, make_ticket, make_urge, reference_rows
from tests.support.desks import open_desk, pull
from tests.support.pdf_text import text_of
from tests.support.stores import DeskStore, open_desk_store
from tests.support.supervision_stage import write

WAIT_MS = 60_000
HOUR = timedelta(hours=1)


class Sheet:
    """The page on a desk on a store."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot, self.store, self.desk = qtbot, store, desk
        self.page = MorningPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)
        with qtbot.waitExposed(self.page):
            self.page.show()

    def until(self, condition: object) -> None:
        assert callable(condition)
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def on(self, key: str) -> None:
        """Wait for this line to be chosen and its case to be there."""
        self.until(lambda: self.page.table.current_id() == key)
        self.until(lambda: (p := self.page.case.panel()) is not None and p.ticket.id == key.partition(":")[2])

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)


@contextmanager
def open_sheet(qtbot: QtBot, folder: Path, *rows: Row) -> Iterator[Sheet]:
    """A sheet over these rows; closed with everything on it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with open_desk_store(folder) as store:
        store.pull(*reference_rows(), *rows)
        with open_desk(store, language="en") as desk:
            sheet = Sheet(qtbot, store, desk)
            try:
                yield sheet
            finally:
                sheet.page.release()


def test_one_pass_by_keyboard_looks_urges_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    """The day's first half-hour: nobody should need the mouse, leave the page, or lose their place."""
    fell, noon, evening = (
        make_ticket(due_at=NOW - HOUR),
        make_ticket(due_at=NOW + HOUR),
        make_ticket(due_at=NOW + 7 * HOUR),
    )
    told = make_ticket(due_at=NOW + timedelta(days=3))
    answered = make_urge(told, acknowledged_at=NOW - HOUR)
    old = make_ticket(due_at=NOW - timedelta(days=9))
    with open_sheet(qtbot, tmp_path, fell, noon, evening, told, answered, old) as sheet:
        sheet.on(f"fell:{fell.id}")
        page = sheet.page
        assert page.counts() == {"fell": 1, "due1200": 1, "due1730": 1, "contradicted": 0, "answered": 1}
        sheet.press(Qt.Key.Key_Space)
        sheet.on(f"due:{noon.id}")
        sheet.until(lambda: any(item.done for item in page.sheet().items()))  # type: ignore[union-attr]
        sheet.press(Qt.Key.Key_U)
        sheet.until(lambda: page.case.open_form() is not None)
        form = page.case.urge_form
        write(form.person, "刘科长")
        QTest.keyClick(form.means, Qt.Key.Key_1)  # a digit in a form chooses in the form
        assert form.form.submit()
        sheet.on(f"due:{evening.id}")
        panel = sheet.store.ask(lambda r: ticket_panel(r, noon.id))
        assert panel is not None
        assert [type(h.row).__name__ for h in panel.happenings].count("Urge") == 1
        page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        sheet.press(Qt.Key.Key_D)
        sheet.on(f"answered:{told.id}")
        sheet.press(Qt.Key.Key_1)
        sheet.on(f"fell:{fell.id}")
        assert page.model.ids() == (f"fell:{fell.id}",)
        looked_at = {fell.id, noon.id, evening.id}
        sheet.until(
            lambda: {i.ticket.id for i in sheet.store.ask(morning_sheet).items() if i.done} == looked_at
        )


def test_the_sheet_on_paper_is_masked_marked_and_on_record(qtbot: QtBot, tmp_path: Path) -> None:
    """What is carried into the meeting says whose it is, and the record knows that it left."""
    late = make_ticket(due_at=NOW - HOUR, title="幸福路12号3单元402室漏水 电话13812345678")
    with open_sheet(qtbot, tmp_path, late) as sheet:
        sheet.on(f"fell:{late.id}")
        target = tmp_path / "sheet.pdf"
        with qtbot.waitSignal(sheet.page.outputs.finished, timeout=WAIT_MS) as done:
            sheet.page.outputs.save(str(target))
        assert done.args == [True]
        said = text_of(target)
        assert "漏" in said
        assert "王" in said, "whose it is"
        assert "402" not in said
        acts = sheet.store.ask(lambda r: data_acts.waiting(r.connection, 100))
        assert [(a.action, a.object_type, a.rows, a.detail) for a in acts] == [
            ("export", "morning_sheet", 1, "pdf")
        ]


def test_a_sheet_that_cannot_be_written_down_does_not_leave(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row of the record, no paper."""
    with open_sheet(qtbot, tmp_path, make_ticket(due_at=NOW - HOUR)) as sheet:
        monkeypatch.setattr(data_acts, "put", _refuse)
        target = tmp_path / "sheet.pdf"
        with qtbot.waitSignal(sheet.page.outputs.finished, timeout=WAIT_MS) as done:
            sheet.page.outputs.save(str(target))
        assert done.args == [False]
        assert not target.exists()


def _refuse(*_: object) -> None:
    raise OSError("no room")


def test_work_is_noted_at_touches_and_a_sheet_begins_where_it_ended(qtbot: QtBot, tmp_path: Path) -> None:
    """ "Since I left" must be when this person last touched the program, whatever ran on without them."""
    late = make_ticket(due_at=NOW + 5 * HOUR)
    with open_sheet(qtbot, tmp_path, late) as sheet:
        watch = WorkWatch(sheet.desk)
        watch.touch()
        sheet.store.clock.advance(7_200)
        watch.touch()
        left = sheet.desk.now()
        sheet.store.clock.advance(16 * 3_600)
        watch.finish()
        sheet.until(lambda: sheet.store.ask(morning_sheet).since == left)
        pull(sheet.desk, sheet.store, make_ticket())
        sheet.until(lambda: sheet.page.counts().get("fell") == 1)
