"""Applications from both sides: the unit's form offline, and the office's two queues decided by the keyboard alone."""

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

from desktop.models.domain.entities import OPEN_STATES, Application, Row, Ticket
from desktop.models.domain.operations import Operation
from desktop.models.store import outbox
from desktop.services.queries.reviews import review_case, review_counts, reviews
from desktop.views.common import theme
from desktop.views.common.text import PlainLabel
from desktop.views.my_cases.page import MyCasesPage
from desktop.views.upward.reviews_page import ReviewsPage
from tests.support.builders import (
    LIAISON,
    NOW,
    OFFICER,
    make_application,
    make_ticket,
    make_unit,
    reference_rows,
)
from tests.support.desks import OFFLINE, ONLINE, open_desk
from tests.support.stores import DeskStore, open_desk_store
from tests.support.widgets import children

LATE = NOW - timedelta(days=3)


@pytest.fixture
def stack(qtbot: QtBot) -> Iterator[ExitStack]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as opened:
        yield opened


def rows() -> list[Row]:
    """Two extensions, one asked for too late; a return; what is decided, moot or another's waits in no queue."""
    tickets = [make_ticket(unit_id="u-roads") for _ in range(6)]
    done = make_ticket(state="completed")
    return [
        *reference_rows(),
        make_unit("u-water", "供水集团"),
        *tickets,
        done,
        make_application(tickets[0], id="x-early", asked_at=NOW - timedelta(hours=5)),
        make_application(tickets[0], state="refused", decision="先行处置", asked_at=NOW - timedelta(days=1)),
        make_application(tickets[1], id="x-late", old_due_at=LATE, asked_at=NOW - timedelta(hours=2)),
        make_application(
            tickets[2], id="x-away", matter="return", days=0, old_due_at=None, to_unit_id="u-water"
        ),
        make_application(tickets[3], state="agreed", asked_at=NOW - timedelta(days=2)),
        make_application(tickets[4], state="lapsed", late=True),
        make_application(done),
    ]


def recount(all_rows: list[Row]) -> Counter[str]:
    """What waits in each queue, counted by hand."""
    states = {row.id: row.state for row in all_rows if isinstance(row, Ticket)}
    waiting = (row for row in all_rows if isinstance(row, Application) and row.state == "asked")
    return Counter(row.matter for row in waiting if states[row.ticket_id] in OPEN_STATES)


def sent(store: DeskStore) -> list[Operation]:
    with store.store.read() as connection:
        return [entry.op for entry in outbox.in_states(connection, outbox.UNSENT)]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """On whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def type_in(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def test_an_officer_decides_one_after_the_other_without_the_mouse(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """R, the reason, Ctrl+Enter; the next one comes by itself. What was asked for too late says so."""
    made = rows()
    store = stack.enter_context(open_desk_store(tmp_path, me=OFFICER))
    store.pull(*made)
    assert store.ask(review_counts) == recount(made) == {"extension": 2, "return": 1}
    desk = stack.enter_context(open_desk(store, language="en", connection=ONLINE))
    page = ReviewsPage(desk)
    stack.callback(page.release)
    qtbot.addWidget(page)
    page.resize(1166, 720)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(page.card.verdict.isVisible)
    assert page.model.ids() == ("x-early", "x-late"), "the longest waiting first"
    words = " ".join(label.text() for label in children(page.card, PlainLabel))
    assert "先行处置" in words, "what was decided before is shown"
    page.table.setFocus()
    press(Qt.Key.Key_R)
    qtbot.waitUntil(page.card.reason.input.hasFocus)
    type_in("Parts are sold in town")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.ids() == ("x-late",))
    qtbot.waitUntil(lambda: "does not cure" in page.card._when.text())
    qtbot.waitUntil(page.table.hasFocus)
    press(Qt.Key.Key_A)
    qtbot.waitUntil(page.card.reason.input.hasFocus)
    type_in("Granted, though late")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.ids() == ())
    page.show_queue("return")
    qtbot.waitUntil(lambda: page.model.ids() == ("x-away",) and page.card.to_unit.isVisible())
    assert page.card.to_unit.value() == "u-water", "the unit's own proposal to start from"
    page.table.setFocus()
    press(Qt.Key.Key_A)
    type_in("It is the water company's")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(sent(store)) == 3)
    refused, granted, returned = sent(store)
    assert [op.kind for op in (refused, granted, returned)] == [
        "extension.decide",
        "extension.decide",
        "objection.decide",
    ]
    assert [op.payload["agreed"] for op in (refused, granted, returned)] == [False, True, True]
    assert granted.payload["citizen_words"].startswith("Your matter needs 3 more working days")
    assert returned.payload["to_unit_id"] == "u-water"
    assert store.ask(review_counts) == {"extension": 0, "return": 0}


def test_a_unit_applies_offline_and_reads_what_became_of_it(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """Y on the case, days and reason, Ctrl+Enter; a second one is not possible while the first waits."""
    ticket = make_ticket()
    store = stack.enter_context(open_desk_store(tmp_path, me=LIAISON))
    store.pull(*reference_rows(), ticket)
    desk = stack.enter_context(open_desk(store, language="en", connection=OFFLINE))
    page = MyCasesPage(desk)
    stack.callback(page.release)
    qtbot.addWidget(page)
    page.resize(1166, 720)
    with qtbot.waitExposed(page):
        page.show()
    page.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: page.tickets.case.panel() is not None)
    page.tickets.list.focus_list()
    press(Qt.Key.Key_Y)
    box = page.tickets.apply
    qtbot.waitUntil(lambda: not box.form.isHidden())
    box.days.set_value(2)
    box.reason.setFocus()
    type_in("Waiting for a part")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [op.kind for op in sent(store)] == ["extension.request"])
    (op,) = sent(store)
    assert (op.payload["days"], op.payload["reason"]) == (2, "Waiting for a part")
    qtbot.waitUntil(lambda: "waiting to be sent" in " ".join(w.text() for w in children(box, PlainLabel)))
    page.tickets.list.focus_list()
    press(Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: not box.form.isHidden() and not box.record.isEnabled())
    assert "still waits" in box.bar.reasons()


def test_a_review_names_the_catalogue_and_whoever_may_not_decide(stack: ExitStack, tmp_path: Path) -> None:
    """The unit's own people and whoever asked are told why; the catalogue's line is that of the nearest category."""
    made = rows()
    store = stack.enter_context(open_desk_store(tmp_path, me=LIAISON))
    store.pull(*made)
    case = store.ask(lambda r: review_case(r, "x-away"))
    assert case is not None
    assert (case.own, case.suggested_unit, case.named) == ("own_unit", "供水集团", None)
    assert [each.application.id for each in store.ask(lambda r: reviews(r, "return"))] == ["x-away"]
