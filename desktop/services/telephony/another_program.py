"""A call handed to the telephone program of this system (``tel:`` or ``sip:``), which shows and does what it likes.

On Linux it is asked over the session's bus (org.freedesktop.Application), for whoever may list processes reads command
lines. A program that takes no such calls is used only where an administrator allows the number on its command line; the
same on Windows. Nothing is heard of the call: a person says how it went.
"""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from .line import Line, LineRefused
from .numbers import dialable

Scheme = Literal["tel", "sip"]

_OPEN = "org.freedesktop.Application"


class AnotherProgram(Line):
    """See the module. A call counts as ringing from the moment it was handed over until the person says it is over."""

    observes = False

    def __init__(
        self,
        scheme: Scheme = "tel",
        *,
        host: str = "",
        prefix: str = "",
        on_command_line: bool = False,
        bus: str = "",
        environment: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
        parent: QObject | None = None,
    ) -> None:
        """``host`` completes ``sip:``; ``bus`` is the address of a bus, "" for the session's own."""
        super().__init__(parent)
        self._scheme, self._host, self._prefix = scheme, host, prefix
        self._bus = bus
        self._by_bus = platform.startswith("linux")
        self._service = activatable(scheme, environment) if self._by_bus else ""
        self._on_command_line = on_command_line or platform == "darwin"  # which tells programs by events
        if not self._service and not self._on_command_line:
            self.trouble = (
                "line_shows_number"
                if platform != "linux" or _handler(scheme, environment)
                else "line_no_program"
            )

    def dial(self, number: str) -> None:
        digits = dialable(number, self._prefix)
        self._refuse_unless_free()
        url = f"{self._scheme}:{digits}" + (f"@{self._host}" if self._host and self._scheme == "sip" else "")
        if not (self._ask_by_bus(url) if self._service else QDesktopServices.openUrl(QUrl(url))):
            raise LineRefused("line_no_program")
        self.state, self.recording = "ringing", ""
        self.ringing.emit()

    def hang_up(self) -> None:
        if self.state != "idle":
            self.state = "idle"
            self.ended.emit("", 0)

    def close(self) -> None:
        self.state = "idle"

    def _ask_by_bus(self, url: str) -> bool:
        """Sent without waiting: whether the program takes it shows on the program."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        name = f"supervision-desk-call-{id(self):x}"
        bus = QDBusConnection.connectToBus(self._bus, name) if self._bus else QDBusConnection.sessionBus()
        if not bus.isConnected():
            return False
        path = "/" + self._service.replace(".", "/").replace("-", "_")
        message = QDBusMessage.createMethodCall(self._service, path, _OPEN, "Open")
        message.setArguments([[url], {}])
        sent = bus.send(message)
        if self._bus:
            QDBusConnection.disconnectFromBus(name)
        return sent


def activatable(scheme: Scheme, environment: Mapping[str, str]) -> str:
    """The bus name of the program that this desktop opens ``scheme`` with; "" where it takes no calls over the bus."""
    handler = _handler(scheme, environment)
    for folder in _data_folders(environment):
        entry = folder / "applications" / handler
        if handler and entry.is_file():
            found = _ini(entry).get("Desktop Entry", {})
            return (
                handler.removesuffix(".desktop") if found.get("DBusActivatable", "").lower() == "true" else ""
            )
    return ""


def _handler(scheme: Scheme, environment: Mapping[str, str]) -> str:
    """The name of the desktop entry that is the default, "" for none; the order is that of the MIME applications."""
    for path in _default_lists(environment):
        listed = _ini(path).get("Default Applications", {}).get(f"x-scheme-handler/{scheme}", "")
        if first := listed.split(";")[0].strip():
            return first
    return ""


def _default_lists(environment: Mapping[str, str]) -> Iterator[Path]:
    home = Path(environment.get("HOME", "/"))
    desktops = [name.lower() for name in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if name]
    names = [*(f"{name}-mimeapps.list" for name in desktops), "mimeapps.list"]
    folders = [Path(environment.get("XDG_CONFIG_HOME") or home / ".config")]
    folders += [Path(each) for each in (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":") if each]
    folders += [each / "applications" for each in _data_folders(environment)]
    for folder in folders:
        for name in names:
            yield folder / name


def _data_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    home = Path(environment.get("HOME", "/"))
    own = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    listed = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return (own, *(Path(each) for each in listed.split(":") if each))


def _ini(path: Path) -> dict[str, dict[str, str]]:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # names keep their letters, as the format has it
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, configparser.Error):
        return {}
    return {section: dict(parser[section]) for section in parser.sections()}
