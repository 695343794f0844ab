"""The contradiction board as an officer works it: by keyboard alone, and nothing is filed by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Answers, Row, Ticket, TimelineEntry, Visit
from desktop.models.domain.wire import Me
from desktop.services.background.desk import Desk
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.finding_drafts import FindingDraft, draft_key
from desktop.services.queries.finding_filter import FindingFilter
from desktop.services.queries.findings import finding_ids
from desktop.views.board import queues
from desktop.views.board.page import BoardPage
from desktop.views.inspections.form_start import start_new
from tests.support.builders import (
    NOW,
    OFFICER,
    make_finding,
    make_ticket,
    make_timeline_entry,
    make_visit,
    reference_rows,
)
from tests.support.desks import open_desk, pull
from tests.support.stores import DeskStore, open_desk_store

WAIT_MS = 60_000
HOSTILE = '<a href="file:///etc">点此</a>已处理完毕'


class Board:
    """The page on a desk on a store."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot, self.store, self.desk = qtbot, store, desk
        self.opened: list[str] = []
        self.drafted: list[str] = []
        self.page = BoardPage(desk)
        self.page.ticket_requested.connect(self.opened.append)
        self.page.finding_requested.connect(self.drafted.append)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)
        with qtbot.waitExposed(self.page):
            self.page.show()

    def listed(self, *tickets: Ticket) -> None:
        """Wait for exactly these, in any order, and for the chosen one to be laid out."""
        wanted = {ticket.id for ticket in tickets}
        self.qtbot.waitUntil(lambda: set(self.page.model.ids()) == wanted, timeout=WAIT_MS)
        self.qtbot.waitUntil(self._laid_out, timeout=WAIT_MS)

    def _laid_out(self) -> bool:
        sides = self.page.sides.sides()
        return (sides.case.ticket_id if sides else "") == self.page.table.current_id()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def counts(self) -> dict[str, int]:
        return self.store.ask(queues.counts)


@contextmanager
def open_board(qtbot: QtBot, folder: Path, *rows: Row, me: Me = OFFICER) -> Iterator[Board]:
    """A board over these rows; closed with everything on it."""
    with open_desk_store(folder, me=me) as store:
        store.pull(*reference_rows(), *rows)
        with open_desk(store, language="en") as desk:
            board = Board(qtbot, store, desk)
            try:
                yield board
            finally:
                board.page.release()


def contradicted(**fields: Any) -> tuple[Ticket, TimelineEntry, Visit]:
    """A case that the unit calls done and whose citizen says that nobody came."""
    done = NOW - timedelta(days=1)
    ticket = make_ticket(state="to_visit", completed_at=done, unit_answer=HOSTILE, **fields)
    entry = make_timeline_entry(ticket, kind="completed", at=done, text="报办结", unit_id=ticket.unit_id)
    said = Answers(
        identity_confirmed=True,
        contacted="no",
        resolved="not_resolved",
        satisfied_result="dissatisfied",
        still_missing="没有人来过",
    )
    at = done + timedelta(hours=3)
    return ticket, entry, make_visit(ticket, state="completed", answers=said, valid=True, completed_at=at)


def test_a_case_is_put_aside_and_taken_up_again_by_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    """An officer goes through the board with a hand on the keys; each number is that of the list behind it."""
    (first, *more), (second, *others) = contradicted(), contradicted()
    with open_board(qtbot, tmp_path, first, *more, second, *others) as board:
        board.listed(first, second)
        chosen = board.page.table.current_id()
        left = second if chosen == first.id else first
        board.press(Qt.Key.Key_X)
        board.listed(left)
        assert board.counts() == {"open": 1, "aside": 1, "found": 0}
        board.page.show_queue("aside")
        board.listed(first if left is second else second)
        board.press(Qt.Key.Key_F8)
        board.listed()
        board.page.show_queue("open")
        board.listed(first, second)
        board.press(Qt.Key.Key_End)
        last = board.page.model.ids()[-1]
        assert board.page.table.current_id() == last
        board.press(Qt.Key.Key_Return)
        assert board.opened == [last]


def test_one_key_drafts_a_finding_with_its_citations_and_files_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    """The form must hold the three sides and what proves them; what a person began before must not be overwritten."""
    ticket, entry, visit = contradicted()
    with open_board(qtbot, tmp_path, ticket, entry, visit) as board:
        board.listed(ticket)
        file, citizen = board.page.sides.file.words(), board.page.sides.citizen.words()
        assert HOSTILE in file, "painted as it is written"
        assert "没有人来过" in citizen
        board.press(Qt.Key.Key_F)
        qtbot.waitUntil(lambda: board.drafted == [ticket.id], timeout=WAIT_MS)
        start = board.store.ask(lambda r: start_new(r, ticket.id))
        assert start is not None
        assert start.restored
        assert (start.form.code, start.form.unit_id) == ("F01", ticket.unit_id)
        assert set(start.form.evidence_ids) == {entry.id, visit.id}
        assert HOSTILE in start.form.facts
        assert "没有人来过" in start.form.facts
        assert board.store.ask(lambda r: finding_ids(r, FindingFilter())).counts["open"] == 0
        kept = replace(start.form, facts="自己写的")
        board.store.run(
            lambda w: save_draft(w, draft_key(ticket.id), FindingDraft(form=kept, seen=start.seen), ticket.id)
        )
        board.press(Qt.Key.Key_F9)
        qtbot.waitUntil(lambda: board.drafted == [ticket.id] * 2, timeout=WAIT_MS)
        again = board.store.ask(lambda r: start_new(r, ticket.id))
        assert again is not None
        assert again.form.facts == "自己写的"


def test_what_a_colleague_registers_leaves_the_queue_while_one_looks(qtbot: QtBot, tmp_path: Path) -> None:
    """Two officers would otherwise write the same finding."""
    (first, *more), (second, *others) = contradicted(), contradicted()
    with open_board(qtbot, tmp_path, first, *more, second, *others) as board:
        board.listed(first, second)
        pull(board.desk, board.store, make_finding(first, code="F01", state="filed"))
        board.listed(second)
        third, *rest = contradicted()
        pull(board.desk, board.store, third, *rest)
        board.listed(second, third)
        assert board.counts() == {"open": 2, "aside": 0, "found": 1}


def test_who_may_not_write_findings_sees_the_board_without_the_key(qtbot: QtBot, tmp_path: Path) -> None:
    """A deputy director reads; a draft that nobody may file would be work for nothing."""
    ticket, *more = contradicted()
    deputy = replace(OFFICER, roles=("deputy_director",))
    with open_board(qtbot, tmp_path, ticket, *more, me=deputy) as board:
        board.listed(ticket)
        assert board.page.sides.finding.isHidden()
        board.press(Qt.Key.Key_F)
        assert board.drafted == []
