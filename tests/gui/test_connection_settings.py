"""The way to the server as a person sets it: a proxy, a city's own certificate, and what is refused in words."""

from __future__ import annotations

import getpass
import socket
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.connection_setup import ConnectionSetup
from desktop.models.domain.clock import SystemClock
from desktop.preset import Preset, load_preset
from desktop.services.api.errors import Offline
from desktop.services.api.tls import pin_of
from desktop.services.api.transport import Transport
from desktop.services.background.system_proxy import system_proxy
from desktop.settings import Settings
from desktop.views.common.words import code_words
from desktop.views.shell.main_window import MainWindow
from desktop.way import BadWay, checked, checked_pins, way_to
from tests.journeys.processes import Office
from tests.support.certificates import Authority, self_signed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("system", "system"),
        ("none", "none"),
        (" proxy.city.example:3128 ", "http://proxy.city.example:3128"),
        ("http://10.0.0.1", "http://10.0.0.1:8080"),
    ],
)
def test_a_proxy_is_kept_as_it_is_used(typed: str, kept: str) -> None:
    assert checked(typed, "") == (kept, "")


@pytest.mark.parametrize(
    "typed", ["", "http://", "ftp://x", "proxy:port", "http://name:secret@proxy:80", "http://proxy/path"]
)
def test_what_is_no_proxy_is_refused_in_words(typed: str) -> None:
    """A password in a settings file would be one more place to lose it."""
    with pytest.raises(BadWay) as caught:
        checked(typed, "")
    assert caught.value.code == "bad_proxy"
    assert "bad_proxy" not in code_words(caught.value.code)


def test_a_certificate_is_read_before_it_is_believed(tmp_path: Path) -> None:
    """A wrong file would otherwise turn every later try into "no secure connection"."""
    certificate, key = self_signed(tmp_path)
    assert checked("none", str(certificate)) == ("none", str(certificate))
    for wrong in (str(key), str(tmp_path / "away.pem")):
        with pytest.raises(BadWay) as caught:
            checked("none", wrong)
        assert caught.value.code == "bad_authority"


def test_the_system_is_asked_for_its_proxy_and_loopback_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desktop behind an office's proxy works without a setting; a sample city never goes through one."""
    monkeypatch.setenv("http_proxy", "http://10.9.8.7:3128")
    monkeypatch.setenv("https_proxy", "http://10.9.8.7:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    settings = Settings(tmp_path / "settings.ini")
    assert settings.proxy == "system"
    assert system_proxy("http://127.0.0.1:8012") == ""
    assert way_to("https://desk.city.example", settings).proxies["https"] == "http://10.9.8.7:3128"
    settings.proxy = "none"
    assert way_to("https://desk.city.example", settings).proxies == {}
    settings.proxy = "http://proxy:1"
    assert way_to("https://desk.city.example", settings).proxies["https"] == "http://proxy:1"


def test_another_way_holds_from_the_next_exchange_on() -> None:
    """A person who corrects the proxy must not have to start the program anew."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        away = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=answer, name="answer")
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        way = Transport(url, monotonic=time.monotonic, proxies={"http": away})
        with pytest.raises(Offline) as caught:
            way.send("GET", "/", headers={}, limit_s=5)
        assert caught.value.code == "proxy_failed"
        way.go_by({}, None)
        assert way.send("GET", "/", headers={}, limit_s=5).status == 204
        way.close()
        thread.join(60)


def test_two_pins_or_none() -> None:
    """One pin alone would lock a whole city out on the day its server's key is changed."""
    first, second = "sha256/" + "A" * 43 + "=", "sha256/" + "B" * 43 + "="
    assert checked_pins(f" {first}\n{second}, {first}") == (first, second)
    assert checked_pins("") == ()
    for typed, code in ((first, "one_pin"), (f"{first} {first}", "one_pin"), (f"{first} sha1/x", "bad_pin")):
        with pytest.raises(BadWay) as caught:
            checked_pins(typed)
        assert caught.value.code == code
        assert code not in code_words(code)


def test_what_an_administrator_laid_down_is_not_the_persons_to_change(tmp_path: Path) -> None:
    """A locked setting wins over what the file of the person says; another is a suggestion."""
    (tmp_path / "preset.toml").write_text(
        '[connection]\nserver = "https://a.example"\nproxy = "none"\nauthority = "ca.pem"\n'
        'locked = ["server", "authority"]\nby = "信息中心"\n',
        encoding="utf-8",
    )
    settings = Settings(tmp_path / "settings.ini", load_preset(tmp_path / "preset.toml"))
    assert (settings.server, settings.proxy) == ("https://a.example", "none")
    settings.server, settings.proxy = "https://evil.example", "http://own:1"
    assert (settings.server, settings.proxy) == ("https://a.example", "http://own:1")
    assert settings.authority == str(tmp_path / "ca.pem")


def test_a_city_lays_down_where_its_letter_templates_are(tmp_path: Path) -> None:
    """Letters from a folder of one's own would look like the city's and say something else."""
    (tmp_path / "preset.toml").write_text('[letters]\nfolder = "letters"\n', encoding="utf-8")
    settings = Settings(tmp_path / "settings.ini", load_preset(tmp_path / "preset.toml"))
    place = settings.letter_place()
    place.choose("/elsewhere")
    assert (place.folder, place.laid_down) == (tmp_path / "letters", True)
    assert not settings.preset.broken


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[connection",
        "[other]",
        '[conection]\npins = ["x"]\n[letters]\nfolder = "x"',
        '[letters]\nfoldr = "x"',
        "[connection]\npin = []",
        "[connection]\npins = [1]",
        '[connection]\nlocked = ["x"]',
    ],
)
def test_settings_that_cannot_be_read_are_no_leave_to_go_without(tmp_path: Path, text: str) -> None:
    """The file may have held the pins; a slip of the pen must not take them away in silence."""
    (tmp_path / "preset.toml").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path / "settings.ini", load_preset(tmp_path / "preset.toml"))
    with pytest.raises(BadWay) as caught:
        way_to("https://desk.city.example", settings)
    assert caught.value.code == "bad_preset"
    assert not load_preset(tmp_path / "none.toml").broken


class _Setup:
    """The page over a window, as real mode opens it."""

    def __init__(self, qtbot: QtBot, tmp_path: Path, preset: Preset | None = None) -> None:
        self.qtbot = qtbot
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.settings = Settings(tmp_path / "settings.ini", preset)
        self.setup = ConnectionSetup(self.settings, SystemClock(), lambda: "id")
        self.sheet = self.setup.open("", self.window)
        qtbot.waitExposed(self.sheet)

    def test(self) -> list[tuple[str, str, str]]:
        """Run the test to its end; name, state and code of each step."""
        self.sheet.test.click()
        self.qtbot.waitUntil(lambda: self.sheet.test.isVisibleTo(self.sheet))
        return [(step.name, step.state, step.code) for step in self.sheet.steps()]

    def end(self) -> None:
        self.sheet.reject()
        self.setup.close()


def test_the_page_keeps_what_does_and_stays_open_on_trouble(qtbot: QtBot, tmp_path: Path) -> None:
    """What was typed must still be there when it is refused."""
    page = _Setup(qtbot, tmp_path)
    sheet = page.sheet
    assert not sheet.address.isVisible()
    sheet.proxy.set_value("own")
    sheet.proxy.changed.emit()
    assert sheet.address.isVisible()
    sheet.address.set_value("proxy:port")
    sheet.server.set_value("desk.city.example")
    sheet._give()
    qtbot.waitUntil(sheet._trouble.isVisible)
    assert sheet.address.value() == "proxy:port"
    sheet.address.set_value("proxy:3128")
    with qtbot.waitSignal(page.setup.kept):
        sheet._give()
    assert (page.settings.server, page.settings.proxy) == ("https://desk.city.example", "http://proxy:3128")
    page.end()


def test_a_city_reads_step_by_step_what_is_wrong(
    qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """From nothing to a trusted server, as an administrator would go: each time the page says what is missing."""
    city = Authority(tmp_path)
    shown = city.issue()
    server = Office(
        tmp_path / "office.db", tmp_path, "--tls-cert", str(shown.chain), "--tls-key", str(shown.key)
    )
    request.addfinalizer(server.stop)
    page = _Setup(qtbot, tmp_path)
    sheet = page.sheet
    sheet.proxy.set_value("none")
    sheet.server.set_value("http://desk.city.example")
    assert page.test() == []
    assert sheet._trouble.isVisible()
    sheet.server.set_value("desk.invalid")
    assert page.test()[2:4] == [("name", "bad", "unknown_name"), ("connection", "skipped", "")]
    sheet.server.set_value(server.url)
    assert page.test()[4] == ("certificate", "bad", "untrusted_certificate")
    sheet.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "city issuing authority" in text
    assert pin_of(shown.certificate) in text
    sheet.authority.set_value(str(city.path))
    assert [state for _, state, _ in page.test()] == ["good"] * 8
    sheet.pins.set_value("sha256/" + "A" * 43 + "=\nsha256/" + "B" * 43 + "=")
    assert page.test()[4] == ("certificate", "bad", "certificate_not_pinned")
    sheet.pins.set_value(f"{pin_of(shown.certificate)} sha256/{'B' * 43}=")
    assert {state for _, state, _ in page.test()} == {"good"}
    sheet.copy.click()
    text = QGuiApplication.clipboard().text()
    for private in (str(tmp_path), getpass.getuser(), socket.gethostname()):
        assert private not in text
    server.process.terminate()
    server.process.wait(60)
    assert page.test()[3] == ("connection", "bad", "refused")
    page.end()


def test_a_test_that_hangs_is_left_behind(qtbot: QtBot, tmp_path: Path) -> None:
    """A firewall that swallows everything: the window lives, and "stop" means now."""
    page = _Setup(qtbot, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        page.sheet.proxy.set_value("none")
        page.sheet.server.set_value(f"https://127.0.0.1:{silent.getsockname()[1]}")
        page.sheet.test.click()
        qtbot.waitUntil(lambda: len(page.sheet.steps()) == 4)
        page.sheet.stop.click()
        assert page.sheet.test.isVisible()
        assert page.sheet.copy.isVisible()
    page.end()
    qtbot.waitUntil(lambda: all(t.name != "connection test" for t in threading.enumerate()))


def test_a_locked_page_says_by_whom(qtbot: QtBot, tmp_path: Path) -> None:
    """A person who may not change a thing has to know whom to ask."""
    laid_down = Preset(
        server="https://a.example", proxy="none", locked=frozenset({"server", "proxy"}), by="信息中心"
    )
    page = _Setup(qtbot, tmp_path, laid_down)
    assert page.sheet.server.value() == "https://a.example"
    assert page.sheet.server.input.isReadOnly()
    assert "信息中心" in page.sheet._laid_down.text()
    page.end()
