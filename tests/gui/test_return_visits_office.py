"""Two callers at the real central server over real HTTP: nobody is called twice, and what is recorded arrives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from central.loader import Contact
from desktop.models.domain.clock import system_wait
from desktop.models.domain.entities import Attempt, Visit
from desktop.models.domain.ids import IdSource
from desktop.services.account.tokens import MemoryKeeper
from desktop.session import Session, open_session, reach
from desktop.views.return_visits.page import ReturnVisitsPage
from desktop.world import World
from tests.support.builders import NOW, make_ticket, make_visit
from tests.support.central_office import Office, open_office
from tests.support.return_visits import ManualLine
from tests.support.served import served

KEY = bytes(range(32))
CTRL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def caller(
    bot: QtBot, office: Office, url: str, login: str, folder: Path
) -> Iterator[tuple[ReturnVisitsPage, ManualLine]]:
    """A signed-in caller's desk with its page on screen and the first load done; its clock is the server's."""
    new_id = IdSource(office.clock, random.Random(login))
    world = World(office.clock, new_id, random.Random(6), system_wait)
    folder.mkdir()
    server = reach(url, f"desk-{login}", MemoryKeeper(), version="1.0", world=world)
    server.sign_in.begin(server.online.sign_in_sample(login))
    opened = open_session(folder, KEY, server, device_name="", world=world)
    session = Session(opened, language="zh", practice=False, world=world)
    line = ManualLine()
    session.desk.line = line
    page = ReturnVisitsPage(session.desk)
    bot.addWidget(page, before_close_func=ReturnVisitsPage.release)
    try:
        session.start()
        with bot.waitExposed(page):
            page.show()
        bot.waitUntil(lambda: page.pane.visit.visit_id != "")
        yield page, line
    finally:
        page.release()
        session.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


def visits(office: Office) -> dict[str, Visit]:
    rows = office.hand("officer", "looking").rows().values()
    return {row.id: row for row in rows if isinstance(row, Visit)}


def attempts(office: Office) -> list[Attempt]:
    rows = office.hand("officer", "looking").rows().values()
    return [row for row in rows if isinstance(row, Attempt)]


def test_a_citizen_is_called_by_one_caller_and_the_record_arrives(
    office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    """Two callers want the same citizen: the second is told that a colleague is calling; what the first records is
    under the lease, marked as practice, and the citizen then rests for both."""
    numbers = ("13900005521", "13900008830")
    contacts = tuple(Contact(f"k-{n}", "张建国", phone, sample=True) for n, phone in enumerate(numbers))
    tickets = [
        make_ticket(state="to_visit", contact_id=contact.id, completed_at=NOW - timedelta(days=1))
        for contact in contacts
    ]
    first, second = (
        make_visit(ticket, opened_at=NOW - timedelta(days=3 - place)) for place, ticket in enumerate(tickets)
    )
    office.load(*tickets, first, second, contacts=contacts)
    with (
        served(office.app) as url,
        caller(qtbot, office, url, "visitor", tmp_path / "one") as (mine, line),
        caller(qtbot, office, url, "visitor2", tmp_path / "two") as (other, _),
    ):
        mine.take_next()
        qtbot.waitUntil(lambda: mine.pane.session.state == "held")
        assert mine.pane.visit.visit_id == first.id
        other.pane.take(first.id)
        bar = other.notices.itemAt(0).widget()
        qtbot.waitUntil(bar.isVisible)
        assert other.pane.session.state == "free"
        other.take_next()
        qtbot.waitUntil(lambda: other.pane.session.state == "held")
        assert other.pane.visit.visit_id == second.id

        mine.activateWindow()
        mine.pane.dial()
        qtbot.waitUntil(lambda: line.state == "dialling")
        assert line.numbers == [numbers[0]]
        line.ring()
        line.answer()
        mine.pane.visit.start_asking()
        for digit in "1111":
            QTest.keyClick(QApplication.focusWidget() or mine, Qt.Key(int(Qt.Key.Key_0) + int(digit)))
        QTest.keyClick(QApplication.focusWidget() or mine, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: mine.pane.currentWidget() is mine.pane.aftermath)
        qtbot.waitUntil(lambda: visits(office)[first.id].state == "completed")
        qtbot.waitUntil(lambda: mine.pane.session.state == "free")

        done = visits(office)[first.id]
        assert (done.valid, done.outside_lease, done.completed_by) == (True, False, "李强")
        (attempt,) = attempts(office)
        assert (attempt.outcome, attempt.outside_lease, attempt.practice) == ("answered", False, True)
        qtbot.waitUntil(lambda: other.waiting.shown_ids() == (second.id,))
