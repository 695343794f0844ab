"""Hears from the desktop's buses that the machine is about to sleep, or that its screen was locked.

On systems without these buses nothing is heard: idleness and the waking watch remain. Decides nothing.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_LOGIN: Final = "org.freedesktop.login1"
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.ukui.ScreenSaver", "/org/ukui/ScreenSaver"),
    ("com.deepin.dde.lockFront", "/com/deepin/dde/lockFront"),
)
"""The standard, and what GNOME, MATE, Kylin and deepin (UOS) say in its place."""


class SystemLocks(QObject):
    """``sleeping``: the machine goes to sleep now. ``locked``: somebody, or the session, locked the screen."""

    sleeping = Signal()
    locked = Signal()

    def __init__(self, parent: QObject | None = None, *, system: str = "", session: str = "") -> None:
        """``system`` and ``session`` are addresses of buses; "" for this machine's own."""
        super().__init__(parent)
        self._names: list[str] = []
        if not sys.platform.startswith("linux"):
            return
        from PySide6.QtDBus import QDBusConnection  # only where there are buses

        own = f"supervision-desk-{id(self):x}"
        if system:
            self._names.append(f"{own}-system")
            buses = [QDBusConnection.connectToBus(system, self._names[-1])]
        else:
            buses = [QDBusConnection.systemBus()]
        if session:
            self._names.append(f"{own}-session")
            buses.append(QDBusConnection.connectToBus(session, self._names[-1]))
        else:
            buses.append(QDBusConnection.sessionBus())
        login, screen = buses
        self.listening = login.isConnected() or screen.isConnected()
        if login.isConnected():
            path = "/org/freedesktop/login1"
            self._hear(login, _LOGIN, path, f"{_LOGIN}.Manager", "PrepareForSleep", "hear_sleep(bool)")
            self._hear(login, _LOGIN, "", f"{_LOGIN}.Session", "Lock", "hear_lock()")
        if screen.isConnected():
            for interface, path in _SAVERS:
                self._hear(screen, interface, path, interface, "ActiveChanged", "hear_saver(bool)")

    listening: bool = False
    """Whether there is a bus to hear anything from."""

    def _hear(self, bus: Any, service: str, path: str, interface: str, name: str, slot: str) -> None:
        """``bus`` is untyped: the stub wants bytes where PySide takes what SLOT makes."""
        bus.connect(service, path, interface, name, self, SLOT(slot))

    @Slot(bool)
    def hear_sleep(self, begins: bool) -> None:
        """logind: before sleeping, and after."""
        if begins:
            self.sleeping.emit()

    @Slot()
    def hear_lock(self) -> None:
        """logind: this session is to be locked."""
        self.locked.emit()

    @Slot(bool)
    def hear_saver(self, active: bool) -> None:
        """The screen saver covers the screen, or does so no longer."""
        if active:
            self.locked.emit()

    def close(self) -> None:
        """Leave the buses that were joined for us alone."""
        if self._names:
            from PySide6.QtDBus import QDBusConnection

            for name in self._names:
                QDBusConnection.disconnectFromBus(name)
            self._names = []
