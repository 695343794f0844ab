"""The Secret Service (GNOME Keyring, KeePassXC, KWallet), spoken to directly.

The keyring package tells a refused prompt and a locked keyring by one error, and never says that it is waiting for a
person. Entries are the package's own, so that a key it kept is found. Linux only; never call this on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import secretstorage
from jeepney import DBusErrorResponse, message_bus
from jeepney.io.blocking import DBusConnection, Proxy
from secretstorage.exceptions import (
    ItemNotFoundException,
    LockedException,
    PromptDismissedException,
    SecretStorageException,
)
from secretstorage.util import open_session

SERVICE = "org.freedesktop.secrets"
WALLETS = ("org.kde.kwalletd6", "org.kde.kwalletd5")
"""The bus names of KDE's wallets, which offer the Secret Service beside their own ways."""

_APPLICATION = "Python keyring library"
"""What the keyring package writes beside its entries; kept so that an entry of ours is one entry."""


class Refused(Exception):
    """A person was asked to unlock the keyring and would not."""


class SecretService:
    """Secrets by service and name, as the keyring package's backends have them.

    ``prompting`` is True while a person is being asked for the keyring's password.
    """

    def __init__(self) -> None:
        self.prompting = False

    @property
    def priority(self) -> float:
        """Above zero where the service runs or can be started; raises where there is no session bus.

        A wallet offers the service even where it lacks the library for it, and then refuses each conversation.
        """
        with closing(secretstorage.dbus_init()) as bus:
            if not secretstorage.check_service_availability(bus):
                return 0.0
            owner = owner_of(bus, SERVICE)
            if owner and owner in (owner_of(bus, wallet) for wallet in WALLETS):
                with suppress(SecretStorageException, DBusErrorResponse):
                    open_session(bus)
                    return 5.0
                return 0.0
            return 5.0

    def get_password(self, service: str, name: str) -> str | None:
        """The secret; None where the keyring is open and holds none. Raises :class:`Refused`."""
        with closing(secretstorage.dbus_init()) as bus:
            try:
                collection = secretstorage.Collection(bus)
            except ItemNotFoundException:
                return None  # nobody has ever kept anything here
            self._unlock(collection)
            for item in collection.search_items(_named(service, name)):
                self._unlock(item)
                return item.get_secret().decode("utf-8", "replace")
        return None

    def set_password(self, service: str, name: str, secret: str) -> None:
        """Keep the secret, in the place of the one before. Raises :class:`Refused`."""
        with closing(secretstorage.dbus_init()) as bus:
            try:
                collection = secretstorage.Collection(bus)
            except ItemNotFoundException:
                with self._asking():  # for the password of the first one
                    collection = secretstorage.get_default_collection(bus)
            self._unlock(collection)
            for item in collection.search_items(_named(service, name)):
                self._unlock(item)
                item.set_secret(secret.encode())
                return
            attributes = _named(service, name) | {"application": _APPLICATION}
            collection.create_item(f"{service} {name}", attributes, secret.encode())

    def delete_password(self, service: str, name: str) -> None:
        """Forget the secret; all of its entries, where there are several."""
        with closing(secretstorage.dbus_init()) as bus:
            collection = secretstorage.Collection(bus)
            self._unlock(collection)
            for item in list(collection.search_items(_named(service, name))):
                self._unlock(item)
                item.delete()

    def _unlock(self, thing: secretstorage.Collection | secretstorage.Item) -> None:
        if not thing.is_locked():
            return
        with self._asking():
            dismissed = thing.unlock()
        if dismissed:
            raise Refused
        if thing.is_locked():
            raise LockedException("still locked")

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self.prompting = True
        try:
            yield
        except PromptDismissedException as error:
            raise Refused from error
        finally:
            self.prompting = False


def owner_of(bus: DBusConnection, name: str) -> str:
    """Who has this name on the bus now; "" for nobody."""
    calls = Proxy(message_bus, bus)
    return str(calls.GetNameOwner(name)[0]) if calls.NameHasOwner(name)[0] else ""


def _named(service: str, name: str) -> dict[str, str]:
    return {"service": service, "username": name}
