"""A telephone program that takes calls over the session's bus: prints what it is asked to open, and goes.

Run as ``python -m tests.support.bus_program BUS-ADDRESS NAME``; prints "ready" once it can be asked.
"""

from __future__ import annotations

import sys

from jeepney import (
    DBusAddress,
    MessageType,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection


def main() -> None:
    """Take the name, take one call."""
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    with open_dbus_connection(sys.argv[1]) as connection:
        connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", (sys.argv[2], 4)))
        _say("ready")
        while True:
            message = connection.receive()
            if message.header.message_type == MessageType.method_call:
                _say(message.body[0][0])
                return


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
