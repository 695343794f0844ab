"""The sample city in the window, with its real process: other people, a cut network, the clock, the guide, a reset."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.models.domain.wire import SamplePerson
from desktop.options import Options
from desktop.paths import ProfilePaths
from desktop.sample_mode import SampleMode
from desktop.services.background.desk import Desk
from desktop.services.sample_city import SampleCity
from desktop.settings import Settings
from desktop.world import World

SIZE = 300
SLOW = 60_000


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[App]:
    paths = ProfilePaths(tmp_path / "profile")
    paths.prepare()
    world = World(SystemClock(), IdSource(SystemClock(), random.Random(3)), random.Random(4), system_wait)
    city = SampleCity(size=SIZE)
    city.start()
    made = App(qapp, Options(sample=True, language="zh"), paths, Settings(paths.settings), world)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.begin_sample(city)
    yield made
    made.end()
    made.languages.be_silent()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def sample(app: App) -> SampleMode:
    assert isinstance(app.mode, SampleMode)
    return app.mode


def desk(app: App) -> Desk:
    assert app.session is not None
    return app.session.desk


def synced(app: App, login: str) -> bool:
    return (
        app.session is not None
        and sample(app).login == login
        and app.session.worker.progress.state == "done"
        and desk(app).connection.online
    )


def test_a_stranger_changes_people_cuts_the_network_and_starts_over(app: App, qtbot: QtBot) -> None:
    """Everything the banner and the guide promise must work in one sitting, in the same window."""
    mode = sample(app)
    qtbot.waitUntil(lambda: bool(mode.people), timeout=SLOW)
    officer, liaison = mode.first_with("officer"), mode.first_with("liaison")
    qtbot.waitUntil(lambda: synced(app, officer), timeout=SLOW)
    assert len(mode.people) == 7
    frame = app.frame
    assert frame is not None
    assert frame.current_page == "supervision"
    rail = frame.rail
    qtbot.waitUntil(lambda: (rail.count_of("supervision", "all") or 0) > 0, timeout=SLOW)

    # The language changes at once, where the person stands.
    frame.open_page("supervision", "escalated")
    app.set_language("en")
    frame = app.frame
    assert frame is not None
    assert (frame.current_page, frame.current_queue) == ("supervision", "escalated")
    assert app.window.windowTitle() == "Supervision Desk"

    # The clock goes forward for everybody.
    before = desk(app).now()
    mode.advance_clock(before + timedelta(hours=5))
    qtbot.waitUntil(lambda: desk(app).now() - before >= timedelta(hours=5), timeout=SLOW)

    # The guide's last step: the liaison's desk, with the network cut.
    mode.go("answer")
    qtbot.waitUntil(lambda: mode.login == liaison and mode.cut, timeout=SLOW)
    qtbot.waitUntil(lambda: desk(app).connection.reason == "cut", timeout=SLOW)
    assert app.frame is not None
    assert app.frame.current_page == "my_cases"

    # Somebody whose desk is already here can work with the network cut; a new one cannot sign in, and reads why.
    mode.change_person(officer)
    qtbot.waitUntil(
        lambda: app.session is not None and desk(app).me.person_id == _person(mode, officer).person_id,
        timeout=SLOW,
    )
    mode.set_cut(False)
    qtbot.waitUntil(lambda: desk(app).connection.online, timeout=SLOW)

    mode.reset()
    assert app.session is None
    qtbot.waitUntil(lambda: synced(app, officer), timeout=SLOW)
    assert desk(app).now() < before + timedelta(hours=1), "the clock of a new city begins at its beginning"


def _person(mode: SampleMode, login: str) -> SamplePerson:
    return next(person for person in mode.people if person.login == login)
