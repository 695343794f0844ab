"""A whole desktop in bad weather: each failure over real HTTP, what it shows, what it sends meanwhile, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Ticket, Urge
from desktop.services.background.progress import FirstSync
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.session import Session
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office
from tests.support.served import served
from tests.support.sessions import desktop
from tests.support.weather import Weather, maintenance, portal, refusal

SLOW = 15_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def ticket(office: Office) -> Ticket:
    made = make_ticket()
    office.load(made)
    return made


@pytest.fixture
def weather(office: Office) -> Weather:
    return Weather(office.app)


@pytest.fixture
def url(weather: Weather) -> Iterator[str]:
    with served(weather) as address:
        yield address


class Person(QObject):
    """Who records."""

    def urges(self, session: Session, ticket: Ticket) -> None:
        form = UrgeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", person_reached="刘科长")
        session.desk.run_command(self, lambda w: urge_ticket(w, form))


def urges(office: Office) -> int:
    rows = office.hand("officer", "looking").rows().values()
    return sum(isinstance(row, Urge) for row in rows)


def begin(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.worker.settled, timeout=SLOW):
        session.start()


def reaches(qtbot: QtBot, session: Session, state: str) -> None:
    qtbot.waitUntil(lambda: session.desk.connection.state == state, timeout=SLOW)


def test_maintenance_is_waited_out_as_the_server_asks_and_a_click_ends_it(
    ticket: Ticket, office: Office, weather: Weather, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """Ten minutes were asked for: new work does not knock again, the person may."""
    person = Person()
    with desktop(url, "officer", tmp_path / "a") as session:
        begin(session, qtbot)
        weather.turns(maintenance(retry_after=600))
        session.worker.network_changed()
        reaches(qtbot, session, "maintenance")
        shown = session.desk.connection
        assert shown.failure is not None
        assert shown.failure.asked_until
        assert shown.failure.answered == 503
        assert shown.failure.request_id
        assert shown.next_try_at is not None
        assert timedelta(seconds=590) < shown.next_try_at - session.desk.real_now() <= timedelta(seconds=600)
        knocked = len(weather.seen)
        person.urges(session, ticket)
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 1)
        assert len(weather.seen) == knocked
        weather.clears()
        session.worker.sync_now()
        reaches(qtbot, session, "online")
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 0, timeout=SLOW)
        assert urges(office) == 1


def test_a_portal_is_no_server_and_nothing_is_handed_to_it(
    ticket: Ticket, office: Office, weather: Weather, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """A hotel's page with a good status must get no operation and must not sign anybody out."""
    person = Person()
    with desktop(url, "officer", tmp_path / "a") as session:
        begin(session, qtbot)
        weather.turns(portal())
        session.worker.network_changed()
        reaches(qtbot, session, "captive_portal")
        person.urges(session, ticket)
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 1)
        session.worker.sync_now()
        qtbot.waitUntil(lambda: len(weather.seen) >= 2, timeout=SLOW)
        assert not any("operations" in path for path in weather.seen)
        weather.clears()
        session.worker.network_changed()
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 0, timeout=SLOW)
        reaches(qtbot, session, "online")


def test_an_outdated_program_still_sends_and_says_so(
    ticket: Ticket, office: Office, weather: Weather, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """The office raised the least version overnight: a week of offline work goes out before the update, unread."""
    person = Person()
    with desktop(url, "officer", tmp_path / "a", version="0.9") as session:
        begin(session, qtbot)
        weather.turns(refusal(426, "client_too_old", to="/sync/changes"))
        session.worker.network_changed()
        reaches(qtbot, session, "client_too_old")
        person.urges(session, ticket)
        qtbot.waitUntil(lambda: urges(office) == 1, timeout=SLOW)
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 0, timeout=SLOW)
        assert session.desk.connection.state == "client_too_old"
        asked = [path for path in weather.seen if "changes" in path]
        assert len(asked) <= 3, "a program that may not read must not ask all the time"


def test_a_first_sync_against_a_failing_server_says_so(
    ticket: Ticket, weather: Weather, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """Somebody's first morning: the page must not show skeleton rows for ever while the server answers 500."""
    seen: list[FirstSync] = []
    with desktop(url, "officer", tmp_path / "a") as session:
        worker = session.worker
        worker.progressed.connect(seen.append)
        weather.turns(refusal(500, "server_error", to="/sync/"))
        worker.start()
        qtbot.waitUntil(lambda: bool(seen) and seen[-1].state == "waiting", timeout=SLOW)
        assert session.desk.connection.reason == "server_fault"
        worker.pause()
        qtbot.waitUntil(lambda: seen[-1].state == "paused", timeout=SLOW)
        qtbot.waitUntil(lambda: session.desk.connection.next_try_at is None, timeout=SLOW)
        weather.clears()
        worker.sync_now()
        qtbot.waitUntil(lambda: seen[-1].state == "done", timeout=SLOW)
        assert session.desk.connection.online
        assert [p.state for p in seen if p.state == "running"], "it did say that it runs while it ran"


def test_nothing_is_sent_while_a_sign_in_is_expired_and_all_of_it_afterwards(
    ticket: Ticket, office: Office, weather: Weather, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """The sign-in ran out over a holiday: what is recorded waits, the place is kept, one sign-in sends it."""
    person = Person()
    with desktop(url, "officer", tmp_path / "a") as session:
        begin(session, qtbot)
        session.server.sign_in.end()  # elsewhere: the device was signed out
        session.worker.network_changed()
        ended = ("signed_out", "sign_in_expired")
        qtbot.waitUntil(lambda: session.desk.connection.state in ended, timeout=SLOW)
        assert session.desk.connection.next_try_at is None
        person.urges(session, ticket)
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 1)
        assert urges(office) == 0
        session.server.sign_in.begin(session.server.online.sign_in_sample("officer"))
        session.worker.signed_in()
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 0, timeout=SLOW)
        reaches(qtbot, session, "online")
        assert urges(office) == 1


def test_another_person_is_refused_with_words_and_sends_nothing(
    ticket: Ticket, office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """A colleague signs in at this desk by mistake: the first person's work must not go out under the second's name."""
    person = Person()
    with desktop(url, "officer", tmp_path / "a") as session:
        begin(session, qtbot)
        colleague = session.server.online.sign_in_sample("cleared")
        session.set_cut(True)
        person.urges(session, ticket)
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 1)
        session.server.sign_in.begin(colleague)
        session.worker.signed_in()
        session.set_cut(False)
        reaches(qtbot, session, "signed_out")
        assert session.desk.connection.reason == "other_person"
        assert urges(office) == 0
        session.server.sign_in.begin(session.server.online.sign_in_sample("officer"))
        session.worker.signed_in()
        qtbot.waitUntil(lambda: session.desk.connection.waiting == 0, timeout=SLOW)
        assert urges(office) == 1


def test_the_skew_of_this_machines_clock_is_known_after_the_first_round(
    office: Office, url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """The server lives in another month: the desktop learns how far off its own clock is, and syncs all the same."""
    with desktop(url, "officer", tmp_path / "a") as session:
        begin(session, qtbot)
        qtbot.waitUntil(lambda: session.desk.connection.skew != timedelta(0), timeout=SLOW)
        off = session.desk.real_now() + session.desk.connection.skew - office.clock.now()
        assert abs(off) < timedelta(seconds=30)
        assert session.desk.connection.online
