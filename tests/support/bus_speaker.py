"""logind or a screen saver for one word: takes its name on a bus and says it.

Run as ``python -m tests.support.bus_speaker BUS-ADDRESS WORD``.
"""

from __future__ import annotations

import sys

from jeepney import (  # ships no types
    DBusAddress,
    new_method_call,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection  # ships no types

_LOGIN = "org.freedesktop.login1"
_SAVER = "org.freedesktop.ScreenSaver"
_KYLIN = "org.ukui.ScreenSaver"
WORDS: dict[str, tuple[str, str, str, str, tuple[bool, ...]]] = {
    "sleep": (_LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager", "PrepareForSleep", (True,)),
    "wake": (_LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager", "PrepareForSleep", (False,)),
    "lock": (_LOGIN, "/org/freedesktop/login1/session/_31", f"{_LOGIN}.Session", "Lock", ()),
    "saver": (_SAVER, "/org/freedesktop/ScreenSaver", _SAVER, "ActiveChanged", (True,)),
    "unsaved": (_SAVER, "/org/freedesktop/ScreenSaver", _SAVER, "ActiveChanged", (False,)),
    "kylin": (_KYLIN, "/org/ukui/ScreenSaver", _KYLIN, "ActiveChanged", (True,)),
}


def main() -> None:
    """Say it and go."""
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    name, path, interface, member, values = WORDS[sys.argv[2]]
    with open_dbus_connection(sys.argv[1]) as connection:
        connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", (name, 4)))
        emitter = DBusAddress(path, interface=interface)
        connection.send(new_signal(emitter, member, "b" * len(values) or None, values))
        connection.send_and_get_reply(new_method_call(bus, "ReleaseName", "s", (name,)))


if __name__ == "__main__":
    main()
