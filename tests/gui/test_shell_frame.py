"""The frame round the pages: who sees which, what the rail counts, what the guide and the palette find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from desktop.models.domain.wire import SamplePerson
from desktop.models.store.tables import ticket_list
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.progress import Estimate, FirstSync
from desktop.services.queries.base import Reader
from desktop.views.shell.frame import Frame
from desktop.views.shell.guide_card import GuideCard, GuideEvent
from desktop.views.shell.pages import DeedSpec, PageSpec, QueueSpec
from desktop.views.shell.palette import rank
from desktop.views.shell.sample_banner import SampleBanner, clock_steps
from desktop.views.shell.sign_in import SignInPage
from tests.support.builders import NOW, make_ticket, reference_rows
from tests.support.desks import open_desk, pull
from tests.support.stores import DeskStore, open_desk_store, profile


def tickets(reader: Reader) -> int:
    return int(reader.connection.execute(select(func.count()).select_from(ticket_list)).scalar_one())


class OnePage(QWidget):
    """A page that remembers which queue was asked for."""

    queue_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""

    def queue(self) -> str:
        return self.shown

    def show_queue(self, key: str) -> None:
        self.shown = key

    def do(self, what: str) -> None:
        self.shown = f"done: {what}"


def page(desk: Desk, parent: QWidget) -> QWidget:
    return OnePage()


SPECS = (
    PageSpec("my_cases", lambda: "My cases", "inbox", page, 2, frozenset({"liaison"})),
    PageSpec(
        "supervision",
        lambda: "督办",
        "gauge",
        page,
        1,
        frozenset({"officer"}),
        rail_count=tickets,
        queues=(QueueSpec("overdue", lambda: "逾期", "overdue"),),
        queue_counts=lambda reader: {"overdue": tickets(reader)},
        keywords=("supervision",),
        deeds=(DeedSpec(lambda: "Letter: reminder", "do", "reminder", "file-text", ("gongwen",)),),
    ),
    PageSpec("outbox", lambda: "Outbox", "send", page, 9),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        opened.pull(*reference_rows(), make_ticket(id="t-1"))
        yield opened


@pytest.fixture
def desk(store: DeskStore, qtbot: QtBot) -> Iterator[Desk]:
    with open_desk(store) as opened:
        yield opened


@pytest.fixture
def frame(desk: Desk, qtbot: QtBot) -> Iterator[Frame]:
    made = Frame(desk, SPECS, banner=SampleBanner(), guide=GuideCard())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.release()


def test_only_the_pages_of_the_person_are_there_and_counts_follow_changes(
    frame: Frame, desk: Desk, store: DeskStore, qtbot: QtBot
) -> None:
    """An officer must not find the liaison's page, and the rail's numbers must be true without a click."""
    assert frame.open_page("my_cases") is None
    assert frame.open_first_page() is not None
    assert frame.current_page == "supervision"
    qtbot.waitUntil(lambda: frame.rail.count_of("supervision") == 1)
    pull(desk, store, make_ticket(), make_ticket())
    qtbot.waitUntil(lambda: frame.rail.count_of("supervision", "overdue") == 3)


def test_a_queue_in_the_rail_opens_its_page_on_it(frame: Frame, qtbot: QtBot) -> None:
    """A click on "overdue" must lead to the overdue list, not merely to the page."""
    opened = frame.open_page("outbox")
    frame.rail.queue_chosen.emit("supervision", "overdue")
    shown = frame.page("supervision")
    assert isinstance(shown, OnePage)
    assert shown is not opened
    assert shown.shown == "overdue"


def test_offline_the_banner_says_why_the_clock_cannot_be_moved(
    frame: Frame, desk: Desk, qtbot: QtBot
) -> None:
    """A button that cannot work stays where it is and says why."""
    assert frame.banner is not None
    assert frame.banner.clock.reason()
    desk.set_connection(Connection(state="online", last_sync_at=NOW))
    qtbot.waitUntil(lambda: frame.banner is not None and frame.banner.clock.reason() == "")
    assert "synced just now" in frame.status.state.text()


def test_a_refusal_nobody_heard_becomes_a_bar(frame: Frame, desk: Desk, qtbot: QtBot) -> None:
    """A command whose form is gone must not fail in silence."""
    form = QWidget()
    desk.run_command(form, lambda w: w.submit("no.such", "x"))
    qtbot.waitUntil(lambda: len(frame.notices.texts()) == 1)
    form.deleteLater()


def test_the_palette_finds_by_chinese_english_and_initials(frame: Frame, qtbot: QtBot) -> None:
    """Ctrl+K is worth nothing if it knows only one spelling."""
    frame._spell = lambda title: ("duban", "db") if title == "督办" else ()
    frame.open_page("outbox")
    palette = frame.open_palette()
    for typed in ("督", "superv", "db"):
        palette.type_in(typed)
        assert palette.titles()[0].startswith("督办"), typed
    QTest.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    assert frame.current_page == "supervision"
    assert not palette.isVisible()
    frame.open_page("outbox")
    frame.open_palette().type_in("gongwen")  # what a page does, from any other page
    QTest.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    assert (frame.current_page, frame.page("supervision").shown) == ("supervision", "done: reminder")


def test_rank_prefers_beginnings() -> None:
    """The first offer is what Enter takes, so the nearest must come first."""
    assert rank("ur", ("urge",)) == 0
    assert rank("no", ("supervision notice",)) == 1
    assert rank("visi", ("supervision",)) == 2
    assert rank("spv", ("supervision",)) == 3
    assert rank("xyz", ("urge",)) is None


def test_the_guide_ticks_what_was_done_and_by_whom(qtbot: QtBot) -> None:
    """The last step asks for an answer by the liaison while offline; an answer online is not that step."""
    guide = GuideCard()
    qtbot.addWidget(guide)
    guide.notice(GuideEvent(made=frozenset({"urge"}), role="officer"))
    guide.notice(GuideEvent(made=frozenset({"finding_reply"}), role="liaison", online=True))
    assert "answer" not in guide.done
    guide.notice(GuideEvent(made=frozenset({"finding_reply"}), role="liaison", online=False))
    assert guide.done == {"overdue", "urge", "answer"}
    assert guide.next_step() == "notice"


def test_the_clock_of_the_sample_only_moves_forward_to_working_times() -> None:
    """From a Friday afternoon "next working day" is Monday, not Saturday, and nothing lies in the past."""
    rules = profile()
    friday = datetime(2024, 5, 17, 15, 0, tzinfo=rules.zone())
    steps = dict(clock_steps(friday, rules))
    assert "afternoon" not in steps
    assert all(moment > friday for moment in steps.values())
    assert (steps["next_day"].date().isoformat(), f"{steps['next_day']:%H:%M}") == ("2024-05-20", "09:30")


def test_the_banner_asks_for_another_person_once(qtbot: QtBot) -> None:
    """One click changes the person; choosing the one at work changes nothing."""
    banner = SampleBanner()
    qtbot.addWidget(banner)
    people = [SamplePerson(person_id=p, login=p, name=p, title="", roles=(), unit_ids=()) for p in ("a", "b")]
    banner.show_people(people, "a")
    asked: list[str] = []
    banner.person_chosen.connect(asked.append)
    banner._open_people()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for action in menu.actions():
        action.trigger()
    menu.close()
    assert asked == ["b"]


def test_a_passphrase_is_checked_and_not_kept(qtbot: QtBot) -> None:
    """Two different passphrases would lock a person out of their own work; a kept one could be read later."""
    sign_in = SignInPage()
    qtbot.addWidget(sign_in)
    given: list[str] = []
    sign_in.passphrase_given.connect(given.append)
    sign_in.show_face("new_passphrase")
    sign_in._secret.setText("long enough now")
    sign_in._again.setText("long enough not")
    sign_in._choose()
    assert given == []
    sign_in._again.setText("long enough now")
    sign_in._choose()
    assert given == ["long enough now"]
    assert sign_in._secret.text() == sign_in._again.text() == ""


def test_time_left_is_not_guessed_too_early() -> None:
    """A wild first guess ("3 hours") frightens people away from a sync of twenty seconds."""
    estimate = Estimate()
    assert estimate.seconds_left(0.0, 1000, 50_000) is None
    assert estimate.seconds_left(1.0, 3000, 50_000) is None
    assert estimate.seconds_left(4.0, 9000, 49_000) == 20
    assert FirstSync(rows=5, total=10).share == 0.5
