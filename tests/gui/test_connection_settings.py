"""The way to the server as a person sets it: a proxy, a city's own certificate, and what is refused in words."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.services.api.errors import Offline
from desktop.services.api.transport import Transport
from desktop.services.background.system_proxy import system_proxy
from desktop.settings import Settings
from desktop.views.common.words import code_words
from desktop.views.shell.connection_settings import ConnectionSettings
from desktop.way import BadWay, checked, way_to
from tests.support.certificates import self_signed


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
        thread.join(10)


def test_the_sheet_gives_what_was_chosen_and_stays_open_on_trouble(qtbot: QtBot) -> None:
    """What was typed must still be there when it is refused."""
    window = QWidget()
    qtbot.addWidget(window)
    sheet = ConnectionSettings("https://desk.city.example", "system", "", window)
    with qtbot.waitExposed(sheet):
        sheet.open()
    assert not sheet.address.isVisible()
    sheet.proxy.set_value("own")
    sheet.proxy.changed.emit()
    assert sheet.address.isVisible()
    sheet.address.set_value("proxy:port")
    given: list[tuple[str, str]] = []
    sheet.given.connect(lambda proxy, authority: given.append((proxy, authority)))
    sheet._give()
    assert given == [("proxy:port", "")]
    sheet.show_trouble("no address")
    assert sheet.isVisible()
    assert sheet.address.value() == "proxy:port"
    sheet.reject()
