"""KDE's own wallet, spoken to directly over the session bus: Plasma 5 and 6.

Asked only where no Secret Service can keep a secret. The keyring package's way to it wants a Python module that no
wheel brings. A wallet that is closed asks the person for its password, and this says while it does. Linux only; never
call this on the GUI thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from .secret_service import WALLETS, Refused, owner_of

_INTERFACE = "org.kde.KWallet"
_GONE = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",
    "org.freedesktop.DBus.Error.Disconnected",
)
_APPLICATION = "supervision-desk"


class KWallet:
    """Secrets by service and name, as the keyring package's backends have them: a folder a service, an entry a name.

    ``prompting`` is True while a person is being asked for the wallet's password.
    """

    def __init__(self) -> None:
        self.prompting = False

    @property
    def priority(self) -> float:
        """Above zero where a wallet is open for business; raises where there is no session bus.

        On another desktop the daemon is not started: it would ask the person to make a wallet they never heard of.
        """
        with _bus() as bus:
            return 4.0 if _daemon(bus) else 0.0

    def get_password(self, service: str, name: str) -> str | None:
        """The secret; None where the wallet is open and holds none. Raises :class:`~.secret_service.Refused`."""
        with self._wallet() as wallet:
            if not wallet.call("hasEntry", "isss", wallet.handle, service, name, _APPLICATION):
                return None
            return str(wallet.call("readPassword", "isss", wallet.handle, service, name, _APPLICATION))

    def set_password(self, service: str, name: str, secret: str) -> None:
        """Keep the secret, in the place of the one before. Raises :class:`~.secret_service.Refused`."""
        with self._wallet() as wallet:
            done = wallet.call("writePassword", "issss", wallet.handle, service, name, secret, _APPLICATION)
            if done != 0:
                raise OSError("the wallet did not keep it")
            wallet.keep()

    def delete_password(self, service: str, name: str) -> None:
        """Forget the secret."""
        with self._wallet() as wallet:
            if wallet.call("removeEntry", "isss", wallet.handle, service, name, _APPLICATION) != 0:
                raise OSError("the wallet did not forget it")
            wallet.keep()

    @contextmanager
    def _wallet(self) -> Iterator[_Wallet]:
        with _bus() as bus:
            daemon = _daemon(bus)
            if not daemon:
                raise ConnectionResetError("the wallet has ended")
            wallet = _Wallet(bus, daemon)
            name = wallet.call("networkWallet", "")
            self.prompting = not wallet.call("isOpen", "s", name)
            try:
                wallet.handle = int(wallet.call("open", "sxs", name, 0, _APPLICATION))
            finally:
                self.prompting = False
            if wallet.handle < 0:
                raise Refused
            yield wallet


class _Wallet:
    """An open wallet of a daemon."""

    def __init__(self, bus: DBusConnection, daemon: str) -> None:
        self._bus = bus
        self._address = DBusAddress(f"/modules/{daemon.rpartition('.')[2]}", daemon, _INTERFACE)
        self.handle = -1

    def keep(self) -> None:
        """Write to the disk now what the wallet would only write in some seconds: a lost key is a lost store."""
        self.call("sync", "is", self.handle, _APPLICATION)

    def call(self, method: str, signature: str, *values: Any) -> Any:
        """The value a method answers with, if any. Raises ConnectionResetError where nobody answers any more."""
        message = new_method_call(self._address, method, signature or None, values)
        try:
            answer = unwrap_msg(self._bus.send_and_get_reply(message))
            return answer[0] if answer else None
        except DBusErrorResponse as error:
            if error.name in _GONE:
                raise ConnectionResetError(error.name) from error
            raise


@contextmanager
def _bus() -> Iterator[DBusConnection]:
    with open_dbus_connection("SESSION") as bus:
        yield bus


def _daemon(bus: DBusConnection) -> str:
    """The wallet that runs, or that this desktop would start; "" for none, or one that is switched off."""
    startable = Proxy(message_bus, bus).ListActivatableNames()[0] if _is_plasma() else ()
    for daemon in WALLETS:
        if owner_of(bus, daemon) or daemon in startable:
            return daemon if _Wallet(bus, daemon).call("isEnabled", "") else ""
    return ""


def _is_plasma() -> bool:
    return "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
