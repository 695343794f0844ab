"""The window in which a keyring asks for its password, with nobody before it: takes every request, answers none.

Run as ``python -m tests.support.silent_prompter BUS-ADDRESS``; says "ready" once it is in the window's place.
"""

from __future__ import annotations

import sys

from jeepney import DBusAddress, new_method_call  # ships no types
from jeepney.io.blocking import open_dbus_connection  # ships no types

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def main() -> None:
    """Until it is killed."""
    with open_dbus_connection(sys.argv[1]) as bus:
        bus.send_and_get_reply(
            new_method_call(_BUS, "RequestName", "su", ("org.gnome.keyring.SystemPrompter", 4))
        )
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            bus.receive(timeout=3600)


if __name__ == "__main__":
    main()
