"""A morning at the supervision desk without a mouse: the real pages in their frame, a real server, and keys alone.

Which queues and keys there are is taken from the program itself: one that is added and cannot be reached, or is not
tried here, fails. What was done is looked for at the server.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Notice, Ticket, Urge, View
from desktop.views.common.ticket_list.queues import FACES
from tests.support.builders import NOW, make_notice, make_ticket
from tests.support.keyboard import Keyboard, keyboard_of, office_and_session

ELSEWHERE = frozenset({"Ctrl+P", "V", "O", "Ctrl+A", "M", "Ctrl+T", "Ctrl+E"})
"""The system's own print dialog is tried in test_list_outputs, menus and deeds on many cases in the tests of keys
beside this one."""
_MEANS = ("phone", "sms", "letter")


def test_every_queue_and_every_key_of_the_supervision_desk(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """Whoever cannot or will not use a mouse works the whole day: every queue, every act, looked for at the server."""
    cases = [make_ticket(due_at=NOW - timedelta(days=n + 1), number=f"YZ-{n}") for n in range(6)]
    others = {"state": "submitted", "author_id": "p-officer", "author_name": "王敏", "submitted_at": NOW}
    signed, returned = (make_notice(ticket, **others) for ticket in cases[4:])
    view = View(
        id="view-1", name="我的视图", author_id="p-chief", author_name="赵立", shortcut=1, created_at=NOW
    )
    rows = (*cases, signed, returned, view)
    with (
        office_and_session(tmp_path, "chief", *rows) as (office, session),
        keyboard_of(qtbot, qapp, office, session) as keyboard,
    ):
        _every_queue(keyboard)
        _acts(keyboard, cases)
        _elsewhere(keyboard, cases)
        assert keyboard.untried("supervision", ELSEWHERE) == []


def _every_queue(keyboard: Keyboard) -> None:
    for face in FACES:
        keyboard.to(face.key)
    keyboard.to("overdue")
    keyboard.until(lambda: keyboard.page.list.model.rowCount() == 6)


def _acts(keyboard: Keyboard, cases: list[Ticket]) -> None:
    page = keyboard.page
    for place, (means, ticket) in enumerate(zip(_MEANS, cases, strict=False)):
        keyboard.stand_on(ticket)
        keyboard.press("U")
        keyboard.until(page.case.open_form)
        form = page.case.urge_form
        keyboard.tab_to(form.means)
        keyboard.press(str(place + 1))
        assert form.means.value() == means
        if means == "phone":
            keyboard.fill(form.person, "刘科长")
        keyboard.press("Ctrl+Return")
        keyboard.until(lambda: page.case.open_form() is None)
        keyboard.until(partial(_urged, keyboard, ticket, means))
    keyboard.stand_on(cases[3])
    keyboard.press("S")
    keyboard.until(page.case.open_form)
    notice = page.case.notice_form
    for field, words in ((notice.ground, "逾期未办结"), (notice.requirement, "三日内书面报告")):
        if not field.value():
            keyboard.fill(field, words)
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
    keyboard.until(lambda: keyboard.stands_in(page.case.approval.reason))
    keyboard.write("依据不足")
    keyboard.press("F11")
    keyboard.until(lambda: [n.state for n in keyboard.at_server(Notice, cases[5])] == ["returned"])


def _urged(keyboard: Keyboard, ticket: Ticket, means: str) -> bool:
    return [urge.means for urge in keyboard.at_server(Urge, ticket)] == [means]


def _elsewhere(keyboard: Keyboard, cases: list[Ticket]) -> None:
    """Ways through the desk, and out of it into other pages' forms."""
    page = keyboard.page
    keyboard.to("overdue")
    keyboard.stand_on(cases[0])
    keyboard.press("K")
    keyboard.press("J")
    keyboard.until(lambda: page.list.table.current_id() == cases[0].id)
    keyboard.press("F6", "F6", "F6")
    assert page.list.table.hasFocus()
    keyboard.press("Return")
    assert page.case.case.timeline.hasFocus()
    for keys in ("L", "Ctrl+I"):
        keyboard.press(keys)
        keyboard.until(QApplication.activePopupWidget)
        keyboard.press("Escape")
        keyboard.until(lambda: QApplication.activePopupWidget() is None)
    keyboard.press("Alt+1")
    keyboard.until(lambda: page.list.title().startswith("我的视图"))
    keyboard.to("overdue")
    for keys, page_key in (("F", "inspections"), ("Z", "upward")):
        keyboard.stand_on(cases[1])
        keyboard.press(keys)
        keyboard.until(partial(keyboard.stands_at, page_key))
        keyboard.to("overdue")
