"""The queue on screen and the booking panel: order and reasons are the rules' own, and foreign text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.models.domain.return_visits import Permission, Refusal, standing
from desktop.models.items import roles
from desktop.services.background.desk import Desk
from desktop.services.queries.visits import visit_in_hand, visit_queue
from desktop.views.common.resources import resource
from desktop.views.return_visits import visit_words
from desktop.views.return_visits.page import ReturnVisitsPage
from tests.support.builders import NOW, OFFICER, VISITOR, make_attempt, make_ticket, make_visit
from tests.support.call_office import show_page
from tests.support.desks import OFFLINE, ONLINE, pull
from tests.support.return_visits import open_call_desk, queue_rows, waiting
from tests.support.stores import DeskStore, open_desk_store, profile

HOSTILE = '<img src=x onerror=alert(1)><b>甲</b> & "乙" \u202eevil\u202c'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path, me=VISITOR) as opened:
        opened.pull(*queue_rows())
        yield opened


@pytest.fixture
def desk(store: DeskStore) -> Iterator[Desk]:
    with open_call_desk(store) as (opened, _, _):
        yield opened


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(resource("translations", "desk_zh_CN.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def cells(page: ReturnVisitsPage, column: int) -> list[str]:
    model = page.waiting.model
    return [str(model.cell(row, column, roles.DISPLAY)) for row in range(model.rowCount())]


def open_booking(bot: QtBot, page: ReturnVisitsPage, visit_id: str) -> None:
    page.waiting.table.select_id(visit_id)
    bot.waitUntil(lambda: page.pane.visit.visit_id == visit_id)
    page.pane.visit.card.book.click()
    assert page.pane.currentWidget() is page.pane.booking


def test_the_list_is_the_queue_and_says_why(
    store: DeskStore, desk: Desk, qtbot: QtBot, chinese: None
) -> None:
    """A caller trusts that the first row is the one to call: order and reason on screen are the rules' own."""
    page = show_page(qtbot, desk)
    rows = store.ask(visit_queue)
    assert page.waiting.shown_ids() == tuple(row.visit_id for row in rows)
    assert cells(page, 2) == [
        "预约 09:28", "已超期（昨天）", "将超期 15:30", "上午未拨打", "最早，05-11 起", "最早，05-13 起",
        "最早，05-13 起", "最早，05-13 起", "最早，05-13 起", "预约 14:00", "休息中，14:00 后可拨",
    ]  # fmt: skip
    assert cells(page, 1)[0] == "张女士"
    assert cells(page, 3)[0] == VISITOR.name
    assert [page.waiting.model.cell(r, 0, roles.LIGHT) for r in (0, 1, 2, 9, 10)] == [
        "due_soon", "overdue", "due_soon", "provisional", "paused",
    ]  # fmt: skip


def test_filters_show_what_they_say(store: DeskStore, desk: Desk, qtbot: QtBot) -> None:
    """ "Mine" and "booked" are how a caller plans the day; a filter that hid somebody would leave them uncalled."""
    page = show_page(qtbot, desk)
    heard: list[str] = []
    page.queue_changed.connect(heard.append)
    for key, expected in (
        ("mine", ("v-booked",)),
        ("booked", ("v-booked", "v-later")),
        ("due", ("v-late", "v-due")),
    ):
        page.show_queue(key)
        assert page.waiting.shown_ids() == expected
        assert page.queue() == key
    page.show_queue("all")
    assert page.queue() == ""
    assert heard == ["mine", "booked", "due", ""]
    texts = dict(page.waiting._offered)
    assert texts["mine"].endswith(" 1")


def test_new_rows_move_nothing_under_the_hand(store: DeskStore, desk: Desk, qtbot: QtBot) -> None:
    """A sync while somebody reads must not put another person on screen."""
    page = show_page(qtbot, desk)
    page.waiting.table.select_id("v-due")
    qtbot.waitUntil(lambda: page.pane.visit.visit_id == "v-due")
    pull(desk, store, *waiting("井盖松动", "钱女士", "3001", id="v-new", due_at=NOW - timedelta(days=2)))
    qtbot.waitUntil(lambda: "v-new" in page.waiting.shown_ids())
    assert page.waiting.shown_ids().index("v-new") < page.waiting.shown_ids().index("v-due")
    assert page.waiting.table.current_id() == "v-due"
    assert page.pane.visit.visit_id == "v-due"


def test_a_visit_of_a_colleagues_is_not_taken(store: DeskStore, desk: Desk, qtbot: QtBot) -> None:
    """A visit given to a colleague by name is theirs; the reason stands at the button."""
    page = show_page(qtbot, desk)
    page.waiting.table.select_id("v-later")
    qtbot.waitUntil(lambda: page.pane.visit.visit_id == "v-later")
    assert OFFICER.name in page.pane.visit.card.dial.reason()
    assert OFFICER.name in page.pane.visit.card.take.reason()


def test_resting_people_are_not_rung(store: DeskStore, desk: Desk, qtbot: QtBot) -> None:
    """Half an hour after a miss nobody may be rung again; the button says until when."""
    page = show_page(qtbot, desk)
    page.waiting.table.select_id("v-rest")
    qtbot.waitUntil(lambda: page.pane.visit.visit_id == "v-rest")
    assert "14:00" in page.pane.visit.card.dial.reason()


def test_foreign_text_stays_text(store: DeskStore, qtbot: QtBot) -> None:
    """A title with markup or a direction override must neither be rendered nor reorder what stands beside it."""
    rows = waiting(
        HOSTILE, HOSTILE[:60], "0001", id="v-evil", state="booked", booked_at=NOW - timedelta(minutes=9)
    )
    twin = waiting(HOSTILE, HOSTILE[:60], "0001", id="v-evil-2")
    store.pull(*rows, *twin)
    visit = rows[1]
    store.pull(make_attempt(make_visit(make_ticket(id=visit.ticket_id), id="v-evil"), note=HOSTILE))  # type: ignore[attr-defined]
    with open_call_desk(store) as (desk, _, _):
        page = show_page(qtbot, desk)
        page.pane.take("v-evil-2")
        qtbot.waitUntil(lambda: page.pane.session.state == "held")
        assert page.pane.visit.tabs.tabs.count() == 2
        assert page.pane.visit.tabs.tabs.tabText(0).startswith("<img src=x")
        labels: Iterable[QLabel] = page.findChildren(QLabel)
        shown = [label for label in labels if "<img" in label.text()]
        assert shown
        for label in shown:
            assert label.textFormat() == Qt.TextFormat.PlainText
            assert "\u202e" not in label.text()
        answer = page.pane.visit.questions.row("note")
        assert answer is not None
        answer.take_focus()
        QTest.keyClicks(QApplication.focusWidget() or page, "<i>x</i>")
        assert page.pane.visit.note() == "<i>x</i>"


@pytest.mark.parametrize("code", get_args(Refusal))
def test_every_refusal_has_its_words(code: Refusal, chinese: None) -> None:
    """A booking refused with a bare code could not be explained to a citizen on the telephone."""
    for named in (True, False):
        words = visit_words.refusal(profile(), Permission(False, code), named=named)
        assert words
        assert code not in words
        assert any("\u4e00" <= sign <= "\u9fff" for sign in words), words


def test_a_time_outside_the_bands_is_refused_and_a_permitted_one_booked(
    store: DeskStore, desk: Desk, qtbot: QtBot
) -> None:
    """Booking at lunch is refused while it is chosen; a suggestion is one key; the colleague is named by the citizen's
    wish; and the row says so at once."""
    page = show_page(qtbot, desk)
    booking = page.pane.booking
    open_booking(qtbot, page, "v-due")
    booking.at.set_value(datetime(2024, 5, 14, 13, 0))
    booking.at.changed.emit()
    assert "09:00–12:00" in booking.at.error()
    assert not booking.form.submit()
    booking.named.set_value(True)
    booking.named.changed.emit()
    assert booking.at.error() == "", "the citizen named it: only 08:00 to 21:00 counts"
    booking.named.set_value(False)
    booking.suggestions.setFocus()
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_2)
    assert booking.at.error() == ""
    booking.assigned.set_value(OFFICER.person_id)
    assert booking.form.submit()
    qtbot.waitUntil(lambda: page.pane.currentWidget() is page.pane.visit)
    found = store.ask(lambda r: visit_in_hand(r, "v-due"))
    assert found is not None
    assert (found.visit.state, found.visit.assigned_to) == ("booked", OFFICER.person_id)
    local = [store.profile.local(at) for at in (found.visit.booked_at, found.visit.booked_until) if at]
    assert [at.strftime("%d %H:%M") for at in local] == ["14 14:00", "14 17:30"]
    qtbot.waitUntil(lambda: cells(page, 3).count(OFFICER.name) == 2)


def test_a_booking_is_taken_back_offline(store: DeskStore, qtbot: QtBot) -> None:
    """Without a network a booking can be made and taken back; it is queued and the visit waits as before."""
    with open_call_desk(store, connection=OFFLINE) as (desk, counter, _):
        page = show_page(qtbot, desk)
        open_booking(qtbot, page, "v-later")
        assert page.pane.booking._take_back.isVisible()
        page.pane.booking.take_back()
        qtbot.waitUntil(lambda: page.pane.currentWidget() is page.pane.visit)
        found = store.ask(lambda r: visit_in_hand(r, "v-later"))
        assert found is not None
        assert (found.visit.state, found.visit.booked_at, found.pending) == ("waiting", None, 1)
        assert counter.said == []


def test_nobody_can_be_taken_without_a_network(store: DeskStore, desk: Desk, qtbot: QtBot) -> None:
    """Offline the buttons stay in place with their reason; the key tells it, too, and asks no server."""
    page = show_page(qtbot, desk)
    desk.set_connection(OFFLINE)
    qtbot.waitUntil(lambda: page.waiting.take_next.reason() != "")
    card = page.pane.visit.card
    assert card.dial.reason()
    assert card.take.reason()
    assert card.book.reason() == ""
    page.take_next()
    bar = page.notices.itemAt(0).widget()
    assert bar.isVisible()
    assert page.pane.session.state == "free"
    desk.set_connection(ONLINE)
    qtbot.waitUntil(lambda: page.waiting.take_next.reason() == "")


def test_the_row_says_when_the_next_call_may_be_and_because_of_what(chinese: None) -> None:
    """A caller who knows that both calls in vain were in the morning sees why the evening comes next, and trusts it."""
    rules, ticket = profile(), make_ticket(state="to_visit")
    visit = make_visit(ticket, opened_at=NOW - timedelta(days=3))
    morning = NOW.replace(hour=10, minute=0) - timedelta(days=1)
    misses = [make_attempt(visit, at=morning - timedelta(days=1)), make_attempt(visit, at=morning)]
    place = standing(rules, visit, misses, NOW)
    assert place.missed_bands == ("morning", "morning")
    assert visit_words.when_next(rules, place, NOW) == "14:00–17:30（几次未接通都在上午）"
    one = standing(rules, visit, misses[1:], NOW)
    assert visit_words.when_next(rules, one, NOW).endswith("（上一次未接通在上午）")
    assert visit_words.when_next(rules, standing(rules, visit, [], NOW), NOW) == ""
