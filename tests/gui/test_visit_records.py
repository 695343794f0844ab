"""Records of return visits from the keyboard: overturned by another person, units asked, channels counted apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import pages
from desktop.models.domain.entities import Answers, CallException, Challenge, Row, VisitMode
from desktop.models.domain.operations import Operation
from desktop.models.domain.wire import Me
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.services.queries.my_cases import asked_count
from desktop.services.queries.visit_records import by_mode, record_case, record_counts, to_decide
from desktop.services.queries.visits import visit_queue
from desktop.views.common import theme
from desktop.views.common.page import Page
from desktop.views.my_cases.page import MyCasesPage
from desktop.views.return_visits.records_page import RecordsPage
from tests.support.builders import (
    CHIEF,
    LIAISON,
    NOW,
    VISITOR,
    make_attempt,
    make_inquiry,
    make_ticket,
    make_visit,
    reference_rows,
)
from tests.support.desks import OFFLINE, ONLINE, open_desk
from tests.support.stores import DeskStore, open_desk_store

_LONG = 60_000
"""How long a loaded machine may take, in milliseconds."""
CTRL = Qt.KeyboardModifier.ControlModifier
GOOD = Answers(identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="satisfied")


@pytest.fixture
def stack(qtbot: QtBot) -> Iterator[ExitStack]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as opened:
        yield opened


def open_store(stack: ExitStack, folder: Path, me: Me, *rows: Row) -> DeskStore:
    folder.mkdir(exist_ok=True)
    store = stack.enter_context(open_desk_store(folder, me=me))
    store.pull(*reference_rows(), *rows)
    return store


def show(qtbot: QtBot, stack: ExitStack, page: Page) -> None:
    stack.callback(page.release)
    qtbot.addWidget(page)
    page.resize(1166, 720)
    with qtbot.waitExposed(page):
        page.show()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def type_in(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def unsent(store: DeskStore) -> list[Operation]:
    with store.store.read() as connection:
        return [entry.op for entry in outbox.in_states(connection, outbox.UNSENT)]


def test_a_chief_overturns_what_a_colleague_doubts_and_not_what_they_doubt_themselves(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """A visit would be overturned by whoever asked for it, or by nobody for want of a place to say so."""
    ticket = make_ticket()
    made = {"state": "completed", "answers": GOOD, "valid": True, "completed_at": NOW - timedelta(hours=3)}
    doubted = Challenge(
        reason="应答的不是本人", by_id="p-officer", by_name="王敏", at=NOW - timedelta(hours=2)
    )
    own = Challenge(reason="我听错了", by_id=CHIEF.person_id, at=NOW - timedelta(hours=1))
    first = make_visit(ticket, **made, challenges=(doubted,))
    second = make_visit(ticket, **made | {"completed_at": NOW - timedelta(hours=2)}, challenges=(own,))
    store = open_store(stack, tmp_path, CHIEF, ticket, first, second)
    assert store.ask(record_counts)["challenged"] == 2
    page = RecordsPage(stack.enter_context(open_desk(store, language="en", connection=ONLINE)))
    show(qtbot, stack, page)
    qtbot.waitUntil(page.card.verdict.isVisible, timeout=_LONG)
    assert page.table.current_id() == f"visit:{first.id}"
    page.table.setFocus()
    press(Qt.Key.Key_A)
    type_in("not the requester")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [op.kind for op in unsent(store)] == ["visit.decide_challenge"], timeout=_LONG)
    assert unsent(store)[0].payload == {"agreed": True, "reason": "not the requester"}
    qtbot.waitUntil(lambda: page.card.shown() == f"visit:{second.id}", timeout=_LONG)
    page.card.choose(first=True)
    type_in("my own")
    assert not page.card.send.isEnabled(), "nobody decides what they asked for themselves"


def test_whoever_signs_without_calling_sees_what_is_asked_outside_the_rules_and_decides_by_key(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """A deputy director has no page of calls: what a caller asks at noon would wait unseen until evening."""
    deputy = replace(CHIEF, person_id="p-deputy", roles=("deputy_director",))
    ticket = make_ticket()
    asked = CallException(reason="只有中午有空", asked_by_id="p-visitor", asked_by="李强", asked_at=NOW)
    own = replace(asked, asked_by_id="p-deputy", asked_at=NOW + timedelta(minutes=1))
    agreed = replace(asked, state="agreed")
    wanted, mine = make_visit(ticket, exception=asked), make_visit(ticket, exception=own)
    missed = make_attempt(wanted, outcome="busy", at=NOW - timedelta(minutes=25))
    others = (make_visit(ticket, exception=agreed), make_visit(ticket, state="unreachable", exception=asked))
    store = open_store(stack, tmp_path, deputy, ticket, wanted, mine, missed, *others)
    shown = {spec.key: spec for spec in pages.page_specs() if spec.roles & set(deputy.roles)}
    assert "return_visits" not in shown
    assert shown["visit_records"].rail_count is not None
    assert store.ask(to_decide) == store.ask(record_counts)["exceptions"] == 2
    desk = stack.enter_context(open_desk(store, language="en", connection=ONLINE))
    page = RecordsPage(desk)
    page.show_queue("exceptions")
    show(qtbot, stack, page)
    qtbot.waitUntil(page.card.agreed.isVisible, timeout=_LONG)
    assert page.card.shown() == f"visit:{wanted.id}"
    told = next(text for text in page.card.facts() if "只有中午有空" in text)
    assert "at least 3 hours between two calls; the last one was 09:05, Busy" in told, (
        "what would be set aside"
    )
    page.table.setFocus()
    press(Qt.Key.Key_R)
    assert not page.card.send.isEnabled(), "who is refused is told why"
    press(Qt.Key.Key_Escape)
    page.table.setFocus()
    press(Qt.Key.Key_A)
    assert page.card.send.isEnabled()
    page.table.select_id(f"visit:{mine.id}")
    qtbot.waitUntil(lambda: page.card.shown() == f"visit:{mine.id}", timeout=_LONG)
    page.card.choose(first=True)
    assert not page.card.send.isEnabled(), "nobody agrees to what they asked for themselves"
    page.table.select_id(f"visit:{wanted.id}")
    qtbot.waitUntil(lambda: page.card.shown() == f"visit:{wanted.id}", timeout=_LONG)
    page.card.choose(first=True)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: store.ask(to_decide) == 1, timeout=_LONG)
    case = store.ask(lambda r: record_case(r, "visit", wanted.id))
    assert case is not None
    assert case.visit.exception is not None
    assert (case.visit.exception.state, case.visit.exception.decided_by_id) == ("agreed", "p-deputy")


def test_a_caller_asks_the_unit_and_the_liaison_answers_without_a_network(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """A wrong number would end a visit; the unit's answer must be possible in the field, and stay in its list until it
    is sent."""
    ticket = make_ticket(state="in_review")
    missed = make_visit(ticket, state="unreachable")
    caller = open_store(stack, tmp_path / "caller", VISITOR, ticket, missed)
    page = RecordsPage(stack.enter_context(open_desk(caller, language="en", connection=ONLINE)))
    page.show_queue("unreached")
    show(qtbot, stack, page)
    qtbot.waitUntil(page.card.to_unit.isVisible, timeout=_LONG)
    page.card.record()
    qtbot.waitUntil(lambda: [op.kind for op in unsent(caller)] == ["inquiry.ask"], timeout=_LONG)
    asked = unsent(caller)[0].payload
    assert (asked["visit_id"], asked["unit_id"], bool(asked["text"])) == (missed.id, ticket.unit_id, True)
    assert caller.ask(record_counts) == {
        "challenged": 0,
        "exceptions": 0,
        "inquiries": 1,
        "unreached": 0,
        "done": 0,
        "channels": 0,
    }

    inquiry = make_inquiry(missed)
    unit = open_store(stack, tmp_path / "unit", LIAISON, ticket, inquiry)
    assert unit.ask(asked_count) == 1
    cases = MyCasesPage(stack.enter_context(open_desk(unit, language="en", connection=OFFLINE)))
    show(qtbot, stack, cases)
    answer = cases.asked.answer
    qtbot.waitUntil(answer.text.isVisible, timeout=_LONG)
    answer.take_focus()
    type_in("called on 9 May")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [op.kind for op in unsent(unit)] == ["inquiry.answer"], timeout=_LONG)
    assert unit.ask(asked_count) == 0
    assert cases.asked.table.current_id() == f"inquiry:{inquiry.id}", "answered, and waiting to be sent"


def test_other_channels_are_marked_counted_apart_and_never_called(
    qtbot: QtBot, stack: ExitStack, tmp_path: Path
) -> None:
    """A robot's answers would count as a caller's, or a waiting message be rung like a person."""
    ticket = make_ticket(state="to_visit")
    modes: tuple[VisitMode, ...] = ("phone", "phone", "sms", "robot")
    made = {"state": "completed", "answers": GOOD}
    done = [
        make_visit(ticket, **made, mode=mode, valid=i != 1, completed_at=NOW - timedelta(days=i))
        for i, mode in enumerate(modes)
    ]
    sent = make_visit(ticket, mode="sms")
    again = make_visit(ticket, ground="dissatisfied", follows=done[3].id)
    store = open_store(stack, tmp_path, VISITOR, ticket, *done, sent, again)
    assert {m.mode: (m.made, m.valid) for m in store.ask(by_mode)} == {
        "phone": (2, 1),
        "sms": (1, 1),
        "robot": (1, 1),
    }
    (row,) = store.ask(visit_queue)
    assert (row.visit_id, row.ground) == (again.id, "dissatisfied")
    page = RecordsPage(stack.enter_context(open_desk(store, language="en", connection=ONLINE)))
    page.show_queue("channels")
    show(qtbot, stack, page)
    qtbot.waitUntil(page.modes.isVisible, timeout=_LONG)
    assert "Text message 1" in page.modes.text()
    assert page.model.rowCount() == 3
    shown = {page.model.index(i, 3).data(roles.DISPLAY) for i in range(3)}
    assert shown == {"Text message", "Robot call"}
