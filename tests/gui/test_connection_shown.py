"""What a person reads about the connection: status bar, the panel behind it, the bars, the first sync's page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.languages import Languages
from desktop.services.api.errors import OWN_CODES
from desktop.services.background.connection import STATES, Connection, Failure, State
from desktop.services.background.desk import Desk
from desktop.services.background.progress import FirstSync
from desktop.views.common.resources import resource
from desktop.views.common.words import code_words, connection_words, why_not_online
from desktop.views.shell.frame import Frame
from desktop.views.shell.pages import PageSpec
from desktop.views.shell.why_panel import ConnectionFacts, shown_address
from tests.support.builders import NOW
from tests.support.desks import open_desk
from tests.support.stores import DeskStore, open_desk_store
from tests.support.widgets import children, cut_texts, focus_by_keyboard, type_key

ROOT = Path(__file__).resolve().parents[2]
REQUEST = "0190f7c2-8e5b-7d1a-9b1e-2f63a0c4d511"
USUAL: dict[State, str] = {
    "signed_out": "signed_out",
    "offline": "refused",
    "connecting": "busy",
    "online": "",
    "sign_in_expired": "sign_in_expired",
    "maintenance": "maintenance",
    "client_too_old": "client_too_old",
    "captive_portal": "captive_portal",
}


def standing(state: State, code: str = "", *, next_s: int | None = 40, asked: bool = False) -> Connection:
    """How we stand, since ten minutes."""
    code = code or USUAL[state]
    at = NOW + timedelta(seconds=next_s) if next_s is not None else None
    failure = Failure(code=code, next_try_at=at, asked_until=asked, request_id=REQUEST, answered=503)
    return Connection(
        state=state,
        since=NOW - timedelta(minutes=10),
        failure=failure if code else None,
        last_sync_at=NOW - timedelta(minutes=2),
        waiting=3,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(store: DeskStore, qtbot: QtBot) -> Iterator[Desk]:
    with open_desk(store) as opened:
        yield opened


def page(desk: Desk, parent: QWidget) -> QAbstractButton:
    from desktop.views.common.buttons import Button

    return Button("page")


@pytest.fixture
def frame(desk: Desk, qtbot: QtBot) -> Iterator[Frame]:
    facts = ConnectionFacts(server="https://desk.city.example", version="1.0", configurable=True)
    made = Frame(desk, (PageSpec("outbox", lambda: "Outbox", "send", page, 1),), facts=facts)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.release()


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Languages(qapp, resource("translations"))
    spoken.speak(request.param)
    yield request.param
    spoken.be_silent()


def server_codes() -> set[str]:
    """Every code that the reference server refuses a request with, as its sources name them."""
    found = {
        node.args[1].value
        for path in (ROOT / "central").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "ProblemError"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }
    return {code for code in found if isinstance(code, str)}


#: What only a program of another make than ours could ask for; it is told as "(reason: …)".
OUR_OWN_MISTAKES = {
    "bad_gzip", "bad_json", "bad_page_token", "bad_range", "body_too_large", "chunk_too_large", "not_a_chunk",
    "not_a_form", "not_json", "past_the_end", "wrong_offset", "disconnected",
}  # fmt: skip


def test_every_code_has_words_in_both_languages(language: str) -> None:
    """A person who reads "reason: tls_failed" can do nothing; nobody's wording is lost in the other language."""
    codes = (
        OWN_CODES | (server_codes() - OUR_OWN_MISTAKES) | {"device_wipe", "device_locked", "not_signed_in"}
    )
    unknown = code_words("?")
    for code in sorted(codes):
        words = code_words(code)
        assert words != unknown.replace("?", code), f"{code} has no words"
        assert words.isascii() == (language == "en"), f"{code}: {words}"


def test_every_state_says_what_it_is_and_why_nothing_can_be_done(language: str) -> None:
    """The status bar and every disabled button speak for each of the eight."""
    said = {connection_words(Connection(state=state)) for state in STATES}
    assert len(said) == len(STATES)
    for state in STATES:
        assert bool(why_not_online(Connection(state=state))) == (state != "online")


def test_the_panel_tells_the_whole_story_of_each_state(language: str, frame: Frame, desk: Desk) -> None:
    """What happened, what comes next, what to do: in every state, nothing cut, every button named."""
    panel = frame.why
    for state in STATES:
        signed_out = state in ("signed_out", "sign_in_expired")
        desk.set_connection(standing(state, next_s=None if signed_out else 40))
        frame.open_why()
        assert panel.isVisible()
        assert connection_words(desk.connection) in panel.accessibleName()
        assert cut_texts(panel) == [], state
        buttons = [b for b in children(panel, QAbstractButton) if b.isVisible()]
        assert all(b.accessibleName() for b in buttons)
        assert frame.rect().contains(panel.geometry())
        assert panel.sign_in.isVisible() == signed_out
        assert panel.sync.isVisible() != signed_out
        assert panel.portal.isVisible() == (state == "captive_portal")
        assert panel.settings.isVisible() == (state != "online")
        assert panel.outbox.isVisible()
        panel.close_panel()


def test_the_age_of_the_data_grows_by_itself(frame: Frame, desk: Desk, store: DeskStore) -> None:
    """ "Synced just now" must not stand there for an hour in which nothing came."""
    desk.set_connection(
        Connection(state="offline", failure=Failure(code="refused"), last_sync_at=NOW, to_settle=2)
    )
    assert "just now" in frame.status.state.text()
    store.clock.advance(125)
    frame.status.renew()
    assert "2 minute" in frame.status.state.text()
    store.clock.advance(3 * 3600)
    frame.status.renew()
    assert "3 hour" in frame.status.state.text()
    assert frame.status.needs_you.isVisible()
    assert frame.status.state.accessibleName() == frame.status.state.text()


def test_the_next_try_is_counted_down_while_one_looks(
    frame: Frame, desk: Desk, store: DeskStore, qtbot: QtBot
) -> None:
    """ "The next try is in 40 s" that stays at 40 is a lie after a second."""
    desk.set_connection(standing("offline"))
    frame.open_why()
    assert "40 second" in frame.why._next.text()
    store.clock.advance(15)
    qtbot.waitUntil(lambda: "25 second" in frame.why._next.text())
    desk.set_connection(standing("maintenance", next_s=1800, asked=True))
    assert "10:00" in frame.why._next.text()
    assert "until 10:00" in frame.status.state.text()


def test_the_panel_is_reached_and_left_by_the_keyboard_and_stops_nothing(
    frame: Frame, desk: Desk, qtbot: QtBot
) -> None:
    """Who cannot use a mouse asks why, too; and the page behind stays in use."""
    desk.set_connection(standing("offline"))
    focus_by_keyboard(qtbot, frame.status.state)
    type_key(Qt.Key.Key_Space)
    qtbot.waitUntil(frame.why.isVisible)
    assert not frame.why.isWindow()
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    qtbot.waitUntil(frame.why.sync.hasFocus)
    with qtbot.waitSignal(frame.sync_asked):
        type_key(Qt.Key.Key_Space)
    assert frame.why.isVisible(), "one wants to see what comes of it"
    type_key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not frame.why.isVisible())
    assert frame.status.state.hasFocus()
    QTest.keyClick(
        frame, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(frame.why.isVisible)


def test_details_for_the_technician_name_the_exchange_and_nobody(frame: Frame, desk: Desk) -> None:
    """What is pasted into a chat must hold the request's id, and no name, login, token or password."""
    desk.set_connection(standing("offline", "server_fault"))
    frame.open_why()
    frame.why.copy.click()
    text = QGuiApplication.clipboard().text()
    assert REQUEST in text
    assert "server_fault" in text
    assert "https://desk.city.example" in text
    assert desk.me.name not in text
    assert desk.me.person_id not in text
    assert shown_address("https://wang:secret@city.example:8443/x?token=1") == "https://city.example:8443"


class Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_the_portals_page_is_one_click_away(frame: Frame, desk: Desk) -> None:
    """A page without TLS is what a hotel's network answers with its own."""
    browser = Browser()
    desk.set_connection(standing("captive_portal"))
    frame.open_why()
    QDesktopServices.setUrlHandler("http", browser, "open")  # type: ignore[arg-type]  # the stub wants bytes, Qt a str
    try:
        frame.why.portal.click()
    finally:
        QDesktopServices.unsetUrlHandler("http")
    assert browser.opened == ["http://desk.city.example/"]


def test_a_wrong_clock_is_told_and_the_bar_goes_by_itself(frame: Frame, desk: Desk) -> None:
    """Above five minutes it is told, in words, refusing nothing; mended, it is gone; dismissed, it stays away."""
    online = Connection(state="online", last_sync_at=NOW)

    def skewed(minutes: float) -> list[str]:
        desk.set_connection(
            Connection(
                state="online", last_sync_at=NOW, skew=timedelta(minutes=minutes), waiting=int(minutes)
            )
        )
        return frame.notices.texts()

    assert skewed(4.9) == []
    (told,) = skewed(17)
    assert told.startswith("This computer's clock is 17 minute")
    assert "behind" in told
    (told,) = skewed(-75)
    assert "1 hour" in told
    assert "ahead" in told
    assert desk.connection.online
    assert skewed(2) == []
    skewed(17)
    frame.notices.withdraw("skew")  # the cross
    assert skewed(18) == []
    assert skewed(0) == []
    assert len(skewed(30)) == 1
    desk.set_connection(online)


def test_what_only_a_person_can_mend_has_a_bar_until_it_is_mended(
    frame: Frame, desk: Desk, qtbot: QtBot
) -> None:
    """An expired sign-in is told once, with the button that ends it; it is not repeated at each try."""
    desk.set_connection(standing("sign_in_expired", next_s=None))
    desk.set_connection(standing("sign_in_expired"))
    assert len(frame.notices.texts()) == 1
    assert "Nothing that you record is lost" in frame.notices.texts()[0]
    with qtbot.waitSignal(frame.sign_in_asked):
        next(b for b in children(frame.notices, QAbstractButton) if b.text() == "Sign in again").click()
    desk.set_connection(standing("client_too_old", next_s=None))
    (told,) = frame.notices.texts()
    assert "still goes out" in told
    desk.set_connection(standing("online"))
    assert frame.notices.texts() == []


def test_the_first_sync_never_says_that_it_runs_when_it_does_not(
    frame: Frame, desk: Desk, qtbot: QtBot
) -> None:
    """A server that fails at once: the page says so, counts down, and offers to try or to pause; so does the bar."""
    desk.set_connection(Connection())
    frame.show_progress(FirstSync(state="running"))
    assert not frame.first_sync.troubled()
    desk.set_connection(standing("offline", "server_fault"))
    frame.show_progress(FirstSync(state="waiting"))
    view = frame.first_sync
    assert view.troubled()
    assert "fault" in view._happened.text()
    assert "40 second" in view._next.text()
    bar = frame.status.progress
    assert "waiting for the server" in bar._words.text()
    assert "asking" not in bar._words.text()
    with qtbot.waitSignal(frame.resume_asked):
        view.sync.click()
    with qtbot.waitSignal(frame.cancel_asked):
        view.pause.click()
    frame.show_progress(FirstSync(state="paused"))
    assert view.sync.isVisible()
    assert not view.pause.isVisible()
    desk.set_connection(standing("sign_in_expired", next_s=None))
    frame.show_progress(FirstSync(state="waiting"))
    assert view.sign_in.isVisible()
    assert not view.sync.isVisible()
    frame.show_progress(FirstSync(state="running", rows=10, total=20))
    assert not view.isVisible(), "rows have come: the pages are in use"
    frame.show_progress(FirstSync(state="waiting", rows=10, total=20))
    assert "10 of 20" in bar._words.text()
    assert not view.isVisible()
