"""The reason of a due time as an officer has it before them, and as they read it out to a unit on the telephone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import ClockPause, Extension, Ticket
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common import due_words
from desktop.views.common.why_due import WhyDue
from tests.support.builders import ZONE, make_ticket, reference_rows
from tests.support.stores import open_desk_store


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def moved() -> Ticket:
    """Over the First of May, with a suspension and an extension; today is the day before it is due."""
    extension = Extension(
        at("2024-05-09T17:30"),
        at("2024-05-15T17:30"),
        granted_at=at("2024-05-09T16:00"),
        granted_by="李强",
        asked_at=at("2024-05-09T10:00"),
    )
    return make_ticket(
        request_type="complaint",
        title="路面坑洼，张伟反映",
        dispatched_at=at("2024-04-28T10:00"),
        due_at=extension.new_due_at,
        due_rule="投诉 5个工作日",
        due_profile=1,
        extensions=(extension,),
        pauses=(ClockPause(at("2024-05-07T10:00"), at("2024-05-07T16:00"), "suspended", "李强"),),
        state="handling",
        requester_label="张先生",
        phone_tail="5521",
    )


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Shown:
    return Shown(qtbot, tmp_path)


class Shown:
    """A panel on its own, and what it was given."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot, self._folder = qtbot, folder
        self.widget = WhyDue()
        qtbot.addWidget(self.widget)

    def panel(self, ticket: Ticket) -> TicketPanel:
        with open_desk_store(self._folder) as store:
            store.pull(*reference_rows(), ticket)
            panel = store.ask(lambda r: ticket_panel(r, ticket.id))
        assert panel is not None
        self.widget.set_panel(panel)
        self.widget.resize(400, 400)
        if not self.widget.isVisible():
            with self._qtbot.waitExposed(self.widget):
                self.widget.show()
        return panel


def test_every_day_says_what_it_was_by_keyboard_alone(shown: Shown) -> None:
    """A unit disputes a due time day by day; so must the officer be able to, without a mouse and without colours."""
    shown.panel(moved())
    widget = shown.widget
    told: list[str] = []
    widget.strip.told.connect(told.append)
    widget.strip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget.strip, Qt.Key.Key_Home)
    for _ in range(len(widget.strip.days()) - 1):
        QTest.keyClick(widget.strip, Qt.Key.Key_Right)
    days = dict(said.split(" ", 1) for said in told)
    assert days["04-28"] == "the start day does not count"
    assert days["05-01"] == "劳动节, not counted"
    assert days["05-07"] == "paused, not counted, agreed by 李强"
    assert days["05-09"] == "working day 5, due before it was extended"
    assert days["05-11"] == "working day 7, made up for 劳动节, extended by 李强"
    assert days["05-15"] == "working day 10, extended by 李强, due"
    assert widget.strip.accessibleName().endswith(told[-1]), "what a screen reader says is the day it is on"


def test_what_is_left_and_what_an_extension_would_give_is_told_in_working_time(shown: Shown) -> None:
    """ "How long have we got?" is asked by a unit that does not work through lunch or the weekend."""
    panel = shown.panel(moved())
    widget = shown.widget
    assert panel.due is not None
    assert panel.due.left == 12 * 60 + 30, "half past nine to half past five, and a whole day, without lunch"
    assert widget.left.text() == "Working time left: 12 h 30 min, which is 1 working day 6 hours."
    assert "due 05-22 17:30, Wednesday" in widget.what_if.text()
    widget.days.setValue(1)
    assert "due 05-16 17:30, Thursday" in widget.what_if.text()
    assert widget.days.accessibleDescription() == widget.what_if.text()


def test_a_server_that_disagrees_is_shown_beside_our_own_reckoning(shown: Shown) -> None:
    """An officer who reads one of the two out as certain is contradicted by the other."""
    ticket = make_ticket(
        request_type="complaint",
        dispatched_at=at("2024-05-07T10:00"),
        due_at=at("2024-05-16T17:30"),
        due_rule="投诉 5个工作日",
        due_profile=1,
    )
    panel = shown.panel(ticket)
    assert shown.widget.disagreement.text() == (
        "The server says 05-16 17:30, the rule gives 05-13 17:30. The server's time decides."
    )
    strip = {day.figure: (day.kind, day.due) for day in shown.widget.strip.days()}
    assert (strip["13"], strip["16"], strip["14"]) == (
        ("otherwise", False),
        ("counted", True),
        ("plain", False),
    )
    assert panel.due is not None
    assert shown.widget.disagreement.text() in due_words.spoken(panel, panel.due)


def test_the_text_for_the_telephone_tells_the_whole_reason_and_nobodys_name(shown: Shown) -> None:
    """Whoever is called writes it down: a citizen's name, number or words in it would have left the office."""
    panel = shown.panel(moved())
    QGuiApplication.clipboard().clear()
    shown.widget.copy.click()
    text = QGuiApplication.clipboard().text()
    for told in (
        panel.ticket.number,
        "rules version 1",
        "Counted, 5: 04-29–04-30, 05-06, 05-08–05-09.",
        "Not counted: 劳动节 05-01–05-05; paused (李强) 05-07; weekend 05-12.",
        "Added by extension, 5: 05-10–05-11, 05-13–05-15.",
        "1 working day 6 hours left",
    ):
        assert told in text
    for hidden in ("张", "5521", panel.ticket.title, panel.ticket.request_text):
        assert hidden not in text


def test_rules_that_are_not_here_are_named_and_contradict_nothing(shown: Shown) -> None:
    """The desktop must not call a due time wrong by rules that it was not made with."""
    ticket = make_ticket(
        dispatched_at=at("2024-05-09T10:00"),
        due_at=at("2024-05-17T17:30"),
        due_rule="投诉 5个工作日",
        due_profile=3,
    )
    shown.panel(ticket)
    assert "computed by version 3 of the rules, which this computer does not have" in shown.widget.rule.text()
    assert shown.widget.disagreement.isHidden()
    assert "working days in between" in shown.widget.summary.text().lower()
