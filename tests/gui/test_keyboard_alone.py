"""A morning at the supervision desk without a mouse: the real pages in their frame, a real server, and keys alone.

Which queues and keys there are is taken from the program itself: one that is added and cannot be reached, or is not
tried here, fails. What was done is looked for at the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Notice, Row, Ticket, Urge, View
from desktop.pages import page_specs
from desktop.session import Session
from desktop.views.common import theme
from desktop.views.common.ticket_list.queues import FACES
from desktop.views.shell.frame import Frame
from desktop.views.supervision.page import SupervisionPage
from tests.support.builders import NOW, make_notice, make_ticket
from tests.support.central_office import Office, open_office
from tests.support.served import served
from tests.support.sessions import desktop

R = TypeVar("R", bound=Row)
PATIENCE_MS = 60_000
ELSEWHERE = frozenset({"Ctrl+P", "V", "O", "Ctrl+A"})
"""The system's own print dialog is tried in test_list_outputs, deeds on many cases by keyboard in test_bulk."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def session(office: Office, tmp_path: Path) -> Iterator[Session]:
    """The chief's desktop, which outlives the window on it."""
    with served(office.app) as url:
        with desktop(url, "chief", tmp_path / "a") as opened:
            yield opened
        shiboken6.delete(opened)  # as the program does when it leaves a desk


class NoMouse(QObject):
    """Fails whoever uses one."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        assert event.type() not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        return False


class Keyboard:
    """The keys of one person in one window; ``pressed`` is what has been tried."""

    def __init__(self, qtbot: QtBot, session: Session, office: Office) -> None:
        self.qtbot, self.session, self.office = qtbot, session, office
        self.pressed: set[str] = set()
        self.frame = Frame(session.desk, page_specs(), parent=None)
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        with qtbot.waitExposed(self.frame):
            self.frame.show()
        self.frame.activateWindow()
        page = self.frame.open_first_page() or self.frame.page("supervision")
        assert page is not None
        self.page: Any = self.frame.open_page("supervision")
        assert isinstance(self.page, SupervisionPage)

    def until(self, what: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()), timeout=PATIENCE_MS)

    def press(self, keys: str) -> None:
        """One key or chord, wherever the keyboard is."""
        self.pressed.add(keys)
        menu = QApplication.activePopupWidget()
        inside: QWidget | None = self.frame.focusWidget()
        focused = QApplication.focusWidget() or inside or self.frame
        target: QWidget = menu if isinstance(menu, QMenu) else focused
        chord: Any = QKeySequence(keys)[0]  # type: ignore[index]  # the stub leaves it out
        QTest.keyClick(target, chord.key(), chord.keyboardModifiers())

    def write(self, text: str) -> None:
        """As an input method puts words in."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        focused = QApplication.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, event)

    def go(self, title: str) -> None:
        """To a place by its name in the palette."""
        self.press("Ctrl+K")
        palette = self.frame._palette
        self.until(palette.isVisible)
        QTest.keyClicks(palette._field, title.replace("·", "").casefold())
        self.until(lambda: title in palette.titles())
        for _ in range(palette.titles().index(title)):
            self.press("Down")
        self.press("Return")
        self.until(lambda: not palette.isVisible())
        self.frame.activateWindow()
        self.until(self.frame.isActiveWindow)

    def to(self, queue: str) -> None:
        """To a queue of cases, and wait for its list."""
        spec = next(spec for spec in page_specs() if spec.key == "supervision")
        face = next(face for face in FACES if face.key == queue)
        with self.qtbot.waitSignal(self.page.list.listed, timeout=PATIENCE_MS):
            self.go(f"{spec.title()} · {face.title()}")
        assert self.page.queue() == queue

    def stand_on(self, ticket: Ticket) -> None:
        """Down the list until this case is shown."""
        self.until(lambda: self.page.list.model.rowCount() > 0 and self.page.list.table.row_id(0))
        self.page.list.focus_list()
        self.until(self.page.list.table.hasFocus)
        self.press("Home")
        for _ in range(self.page.list.model.rowCount()):
            if self.page.list.table.current_id() == ticket.id:
                break
            self.press("Down")
        assert self.page.list.table.current_id() == ticket.id
        self.until(lambda: (panel := self.page.case.panel()) is not None and panel.ticket.id == ticket.id)

    def urged(self, ticket: Ticket, means: str) -> bool:
        """Whether the server has this one urge of the case."""
        return [urge.means for urge in self.at_server(Urge, ticket)] == [means]

    def stands_at(self, page_key: str) -> bool:
        """Whether this page is on the screen."""
        return self.frame.current_page == page_key

    def at_server(self, kind: type[R], ticket: Ticket) -> list[R]:
        """The rows of a case at the server."""
        rows = self.office.hand("chief", "looking").rows().values()
        return [
            row for row in rows if isinstance(row, kind) and getattr(row, "ticket_id", row.id) == ticket.id
        ]


def test_every_queue_and_every_key_of_the_supervision_desk(
    office: Office, session: Session, qtbot: QtBot, qapp: QApplication
) -> None:
    """Whoever cannot or will not use a mouse works the whole day: every queue, every act, looked for at the server."""
    theme.apply_theme(qapp, "light")
    cases = [make_ticket(due_at=NOW - timedelta(days=n + 1), number=f"YZ-{n}") for n in range(6)]
    others = {"state": "submitted", "author_id": "p-officer", "author_name": "王敏", "submitted_at": NOW}
    signed, returned = (make_notice(ticket, **others) for ticket in cases[4:])
    view = View(
        id="view-1", name="我的视图", author_id="p-chief", author_name="赵立", shortcut=1, created_at=NOW
    )
    office.load(*cases, signed, returned, view)
    no_mouse = NoMouse()
    qapp.installEventFilter(no_mouse)
    try:
        with qtbot.waitSignal(session.worker.settled, timeout=PATIENCE_MS):
            session.start()
        keyboard = Keyboard(qtbot, session, office)
        try:
            _every_queue(keyboard)
            _acts(keyboard, cases)
            _elsewhere(keyboard, cases)
            _nothing_forgotten(keyboard)
        finally:
            keyboard.frame.release()
    finally:
        qapp.removeEventFilter(no_mouse)


def _every_queue(keyboard: Keyboard) -> None:
    for face in FACES:
        keyboard.to(face.key)
    keyboard.to("overdue")
    keyboard.until(lambda: keyboard.page.list.model.rowCount() == 6)


def _acts(keyboard: Keyboard, cases: list[Ticket]) -> None:
    page = keyboard.page
    for means, ticket in zip(("phone", "sms", "letter"), cases, strict=False):
        keyboard.stand_on(ticket)
        keyboard.press("U")
        keyboard.until(page.case.open_form)
        form = page.case.urge_form
        form.means.setFocus(Qt.FocusReason.TabFocusReason)
        keyboard.press(str(("phone", "sms", "letter").index(means) + 1))
        assert form.means.value() == means
        form.person.setFocus(Qt.FocusReason.TabFocusReason)
        if means == "phone":
            keyboard.write("刘科长")
        keyboard.press("Ctrl+Return")
        keyboard.until(lambda: page.case.open_form() is None)
        keyboard.until(partial(keyboard.urged, ticket, means))
    keyboard.stand_on(cases[3])
    keyboard.press("S")
    keyboard.until(page.case.open_form)
    notice = page.case.notice_form
    for field, words in ((notice.ground, "逾期未办结"), (notice.requirement, "三日内书面报告")):
        if not field.value():
            field.setFocus(Qt.FocusReason.TabFocusReason)
            keyboard.write(words)
    keyboard.press("Ctrl+Return")
    keyboard.until(lambda: page.case.open_form() is None)
    keyboard.until(lambda: [n.state for n in keyboard.at_server(Notice, cases[3])] == ["submitted"])
    keyboard.to("approval")
    keyboard.stand_on(cases[4])
    keyboard.until(page.case.approval.approve.isEnabled)
    keyboard.press("A")
    keyboard.until(lambda: [n.state for n in keyboard.at_server(Notice, cases[4])] == ["issued"])
    keyboard.until(lambda: page.list.model.rowCount() == 1)
    keyboard.stand_on(cases[5])
    keyboard.press("R")
    keyboard.until(
        lambda: isinstance(QApplication.focusWidget(), QWidget) and page.case.approval.reason.isVisible()
    )
    keyboard.write("依据不足")
    keyboard.press("F11")
    keyboard.until(lambda: [n.state for n in keyboard.at_server(Notice, cases[5])] == ["returned"])


def _elsewhere(keyboard: Keyboard, cases: list[Ticket]) -> None:
    """Ways through the desk, and out of it into other pages' forms."""
    page = keyboard.page
    keyboard.to("overdue")
    keyboard.stand_on(cases[0])
    keyboard.press("K")
    keyboard.press("J")
    keyboard.until(lambda: page.list.table.current_id() == cases[0].id)
    for _ in range(3):
        keyboard.press("F6")
    assert page.list.table.hasFocus()
    keyboard.press("Return")
    keyboard.pressed.add("Enter")
    assert page.case.case.timeline.hasFocus()
    page.list.focus_list()
    for keys in ("L", "Ctrl+I"):
        keyboard.press(keys)
        keyboard.until(QApplication.activePopupWidget)
        keyboard.press("Escape")
        keyboard.until(lambda: QApplication.activePopupWidget() is None)
    page.list.focus_list()
    keyboard.press("Alt+1")
    keyboard.until(lambda: page.list.title().startswith("我的视图"))
    keyboard.to("overdue")
    for keys, page_key in (("F", "inspections"), ("Z", "upward")):
        keyboard.stand_on(cases[1])
        keyboard.press(keys)
        keyboard.until(partial(keyboard.stands_at, page_key))
        keyboard.to("overdue")


def _nothing_forgotten(keyboard: Keyboard) -> None:
    """Every key that the help names was used above."""
    for keys, what in keyboard.page.help_keys():
        named = {key.partition("…")[0] for key in keys.split()}
        assert named & (keyboard.pressed | ELSEWHERE), f"not tried: {keys} ({what})"
