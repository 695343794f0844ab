"""The program as a whole: signing in at a real server, one process a profile, reports without personal data."""

from __future__ import annotations

import logging
import random
import re
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from PySide6.QtCore import QUrl, qWarning
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from central.config import Provider
from desktop.addresses import server_address
from desktop.app import App
from desktop.begin import mend_input_method
from desktop.crash import CrashReports, redact, start_logging, stop_logging
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.options import Options, parse
from desktop.paths import ProfilePaths
from desktop.real_mode import RealMode
from desktop.services.commands.notes import add_note
from desktop.services.sample_city import SampleCity, SampleCityFailed
from desktop.settings import Settings
from desktop.single_instance import SingleInstance
from desktop.views.shell.report_sheet import ReportSheet
from desktop.views.shell.sign_in import SignInPage
from desktop.world import World
from tests.support.builders import make_ticket
from tests.support.central_office import open_office
from tests.support.served import served

PASSWORD = "a good long password"
PASSPHRASE = "correct horse battery"


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication) -> Iterator[App]:
    paths = ProfilePaths(tmp_path / "profile")
    paths.prepare()
    world = World(SystemClock(), IdSource(SystemClock(), random.Random(3)), random.Random(4), system_wait)
    made = App(qapp, Options(language="en", scheme="light"), paths, Settings(paths.settings), world)
    yield made
    made.end()
    made.languages.be_silent()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def use_browser(url: str, login: str = "officer") -> None:
    """What a person does there: open the page, type account and password, follow the way back."""
    with requests.Session() as browser:
        page = browser.get(url, timeout=60)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        form = {name: unescape(value) for name, value in fields.items()}
        form |= {"login": login, "password": PASSWORD}
        reply = browser.post(url.partition("?")[0], data=form, timeout=60, allow_redirects=False)
        browser.get(urljoin(url, reply.headers["Location"]), timeout=60)


def browse(monkeypatch: pytest.MonkeyPatch, *logins: str) -> list[threading.Thread]:
    """In place of the system's browser one that signs in at once, as ``logins`` in their turn; its visits so far."""
    visits: list[threading.Thread] = []

    def open_url(url: QUrl) -> bool:
        whom = logins[len(visits) : len(visits) + 1]
        visits.append(threading.Thread(target=use_browser, args=(url.toString(), *whom)))
        visits[-1].start()
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return visits


def test_signing_in_at_a_real_server_and_coming_back(
    app: App, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A city's officer: address, browser, passphrase, desk; and next time the passphrase alone, even offline."""
    visits = browse(monkeypatch)
    with open_office(tmp_path) as office:
        office.load(make_ticket())
        office.services.accounts.set_password("officer", PASSWORD)
        with served(office.app) as url:
            app.take_mode(RealMode(app, find_vault=lambda: None))
            page = app.window.centralWidget()
            assert isinstance(page, SignInPage)
            page.test_asked.emit(url)
            qtbot.waitUntil(lambda: "云州市" in page._result.text())
            page.sign_in_asked.emit(url)
            qtbot.waitUntil(lambda: page.face() == "new_passphrase")
            page.passphrase_given.emit(PASSPHRASE)
            qtbot.waitUntil(lambda: app.session is not None)
            session = app.session
            assert session is not None
            qtbot.waitUntil(lambda: session.desk.connection.online)
            qtbot.waitUntil(lambda: session.worker.progress.state == "done")
    for visit in visits:
        visit.join()
    app.take_mode(RealMode(app, find_vault=lambda: None))
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), SignInPage))
    again = app.window.centralWidget()
    assert isinstance(again, SignInPage)
    qtbot.waitUntil(lambda: again.face() == "passphrase")
    again.passphrase_given.emit("not this one")
    qtbot.waitUntil(lambda: bool(again._known_error.text()))
    again.passphrase_given.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: app.frame is not None)
    frame = app.frame
    assert frame is not None
    assert frame.status.person.text().endswith("王敏")
    qtbot.waitUntil(lambda: frame.rail.count_of("supervision", "all") == 1)


def test_an_expired_sign_in_is_renewed_without_leaving_the_page(
    app: App, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One click and the browser: the page, the queue and the unsent work stay; a colleague's sign-in is not taken."""
    visits = browse(monkeypatch, "officer", "cleared", "officer")
    with open_office(tmp_path) as office, served(office.app) as url:
        ticket = make_ticket()
        office.load(ticket)
        for login in ("officer", "cleared"):
            office.services.accounts.set_password(login, PASSWORD)
        app.take_mode(RealMode(app, find_vault=lambda: None))
        page = app.window.centralWidget()
        assert isinstance(page, SignInPage)
        page.sign_in_asked.emit(url)
        qtbot.waitUntil(lambda: page.face() == "new_passphrase")
        page.passphrase_given.emit(PASSPHRASE)
        qtbot.waitUntil(lambda: app.session is not None)
        session, frame = app.session, app.frame
        assert session is not None
        assert frame is not None
        desk = session.desk
        qtbot.waitUntil(lambda: desk.connection.online)
        frame.open_page("supervision", "open")
        session.server.sign_in.end()
        session.worker.network_changed()
        qtbot.waitUntil(lambda: desk.connection.state == "signed_out")
        desk.run_command(frame, lambda w: add_note(w, ticket.id, "登录过期时记下的"))
        qtbot.waitUntil(lambda: desk.connection.waiting == 1)
        frame.sign_in_asked.emit()  # a colleague was still signed in to the browser
        qtbot.waitUntil(lambda: any("somebody else" in t for t in frame.notices.texts()))
        assert (desk.connection.online, desk.connection.waiting) == (False, 1)
        frame.sign_in_asked.emit()
        qtbot.waitUntil(lambda: desk.connection.online and desk.connection.waiting == 0)
        assert (app.session, app.frame) == (session, frame)
        assert (frame.current_page, frame.current_queue) == ("supervision", "open")
        assert not any("browser" in text for text in frame.notices.texts())
        for visit in visits:
            visit.join()


def test_addresses_are_completed_and_plain_http_stays_on_this_machine() -> None:
    """A typed address without a scheme must not send a sign-in over plain HTTP."""
    assert server_address("12345.city.example") == "https://12345.city.example"
    assert server_address(" https://12345.city.example:8443/ ") == "https://12345.city.example:8443"
    assert server_address("http://127.0.0.1:8012") == "http://127.0.0.1:8012"
    assert server_address("http://12345.city.example") == ""
    assert server_address("ftp://x") == server_address("") == server_address("https://[bad") == ""


def test_a_second_start_brings_the_first_window_forward(tmp_path: Path, qtbot: QtBot) -> None:
    """Two processes on one profile would fight over one store; the person only wants to see the window."""
    first, second = SingleInstance(tmp_path / "running.lock"), SingleInstance(tmp_path / "running.lock")
    asked: list[str] = []
    first.raised.connect(asked.append)
    assert first.acquire()
    assert not second.acquire()
    assert second.ask_other("hotline://ticket/YZ-1")
    qtbot.waitUntil(lambda: asked == ["hotline://ticket/YZ-1"])
    first.release()
    assert second.acquire()
    second.release()


def _fail_over(citizen: str, home: str) -> None:
    """An error with personal data in its text, raised from one with personal data in its statement."""
    try:
        engine = create_engine("sqlite://", hide_parameters=True)
        with engine.connect() as connection:
            connection.execute(text("SELECT * FROM 张女士 WHERE phone = :p"), {"p": "13812345678"})
    except SQLAlchemyError as error:
        raise KeyError(citizen, "Smith, 12 Elm Street", f"token=abc.def {home}") from error


def test_reports_and_logs_hold_nothing_personal(tmp_path: Path) -> None:
    """A report is sent to people who may not know a citizen's number; what failed must be in it all the same."""
    citizen = "张女士"  # a value in a frame, as every value is
    home = "/".join(("", "home", "wang", "x"))
    with pytest.raises(KeyError) as raised:
        _fail_over(citizen, home)
    reports = CrashReports(tmp_path, "1.0", SystemClock().now)
    report = reports.make(raised.value, raised.tb)
    assert list(tmp_path.glob("report-*")) == [], "nothing is written before somebody has read it"
    assert "builtins.KeyError" in report.text
    assert "sqlalchemy.exc.OperationalError" in report.text
    assert "test_shell_app.py" in report.text
    path = reports.save(report)
    assert path is not None
    written = path.read_text(encoding="utf-8")
    assert written == report.text
    start_logging(tmp_path)
    reports.install()
    try:
        raise_in_log(citizen)
        qWarning(f"QNetworkReply: 13812345678 {citizen} c@nest.example")
    finally:
        reports.uninstall()
    stop_logging()
    written += (tmp_path / "desk.log").read_text(encoding="utf-8")
    for secret in (citizen, "13812345678", "abc.def", "wang", "Smith", "Elm", "phone =", "nest.example"):
        assert secret not in written, secret
    start_logging(tmp_path)
    logging.getLogger("x").warning("called 13812345678 for 张女士")
    stop_logging()
    logged = (tmp_path / "desk.log").read_text(encoding="utf-8")
    assert "called … for …" in logged
    assert redact("2024-05-14 09:30") == "2024-05-14 09:30"


def raise_in_log(name: str) -> None:
    try:
        raise ValueError(f"no such person: {name}, Smith of Elm Street")
    except ValueError:
        logging.getLogger("x").exception("could not show %s", name)


def test_a_report_is_read_before_it_is_a_file(qtbot: QtBot) -> None:
    """Whoever hands a file on must have seen what is in it: the sheet shows the file word for word."""
    sheet = ReportSheet("builtins.KeyError\n  desktop/app.py:1 in run\n")
    qtbot.addWidget(sheet)
    asked: list[bool] = []
    sheet.save_asked.connect(lambda: asked.append(True))
    assert sheet.report.whole_text() == "builtins.KeyError\n  desktop/app.py:1 in run\n"
    sheet.reject()
    assert asked == []
    sheet.save.click()
    assert asked == [True]


def test_chinese_can_be_typed_where_only_fcitx_runs(tmp_path: Path) -> None:
    """Qt's own packages bring no fcitx plugin: without this, "nihao" stays "nihao"."""
    environment = {"QT_IM_MODULE": "fcitx"}
    mend_input_method(environment, tmp_path)
    assert environment == {"QT_IM_MODULE": "ibus"}
    (tmp_path / "platforminputcontexts").mkdir()
    (tmp_path / "platforminputcontexts" / "libfcitxplatforminputcontextplugin.so").touch()
    environment = {"QT_IM_MODULE": "fcitx"}
    mend_input_method(environment, tmp_path)
    assert environment == {"QT_IM_MODULE": "fcitx"}


def test_arguments_that_make_no_sense_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who mistypes must read what is wrong instead of getting another program than asked for."""
    assert parse(["--tour", "x"]).sample
    for wrong in (["--sign-in-as", "a"], ["--sample", "--server", "https://x"], ["--sample", "--size", "5"]):
        with pytest.raises(SystemExit):
            parse(wrong)
    assert "--sample" in capsys.readouterr().err


def test_the_sample_city_runs_in_its_own_process_and_leaves_nothing() -> None:
    """Whoever tries the program ten times must not find ten servers and ten folders afterwards."""
    city = SampleCity(size=300)
    steps: set[str] = set()
    city.start()
    try:
        url = city.wait_ready(limit_s=60, wait=system_wait, told=lambda progress: steps.add(progress.step))
        assert requests.get(f"{url}/api/v1/meta", timeout=60).json()["sample"] is True
    finally:
        city.stop()
    assert steps
    assert not city.folder.exists()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/api/v1/meta", timeout=2)
    broken = SampleCity(size=300)
    with pytest.raises(SampleCityFailed):
        broken.wait_ready(limit_s=1, wait=system_wait)
    broken.stop()


def test_where_the_offices_provider_lets_nobody_in_the_servers_own_page_does(
    app: App, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider is away on the day it matters: an account of the server itself still opens, by one button."""
    visits = browse(monkeypatch)
    nobody = Provider(issuer="http://127.0.0.1:9", client_id="desk")
    with open_office(tmp_path, provider=nobody) as office, served(office.app) as url:
        office.services.accounts.set_password("officer", PASSWORD)
        app.take_mode(RealMode(app, find_vault=lambda: None))
        page = app.window.centralWidget()
        assert isinstance(page, SignInPage)
        page.sign_in_asked.emit(url)
        qtbot.waitUntil(lambda: page.face() == "server" and bool(page._result.text()))
        assert visits == []
        assert page.own_page.isVisibleTo(page)
        page.address.set_value(url)
        page.own_page.click()
        qtbot.waitUntil(lambda: page.face() == "new_passphrase")
        assert len(visits) == 1
    for visit in visits:
        visit.join()
