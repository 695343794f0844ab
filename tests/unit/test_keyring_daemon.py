"""A real gnome-keyring-daemon on a bus of its own: in every state it can be in, no key is lost and no store re-made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.account.keys import (
    KeyAnswer,
    KeyLost,
    KeyReady,
    KeyUnreachable,
    find_key,
    forget_key,
)
from desktop.services.account.vault import Vault, VaultError, open_vault
from tests.support.private_bus import Keyring, needed

NAME = "store:0123"
pytestmark = needed("dbus-daemon", "gnome-keyring-daemon")


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyring]:
    folder = tmp_path / "login"
    folder.mkdir()
    made = Keyring(folder)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.bus.address)
    try:
        yield made
    finally:
        made.close()


class Store:
    """A store that exists, its key in the keyring; nothing may happen to either while the keyring is in trouble."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        folder.mkdir()
        self.path = folder / "desk.db"
        first = self.ask(keyring.vault())
        assert isinstance(first, KeyReady)
        assert first.new
        self.key = first.key
        self.path.write_bytes(b"the only copy of somebody's work")
        self._files = self._snapshot()

    def ask(self, vault: Vault | None) -> KeyAnswer:
        return find_key(self.path, vault, name=NAME, random_bytes=random.Random(7).randbytes)

    def is_untouched(self, keyring: Keyring) -> bool:
        """After the trouble: the same files, and the same key."""
        return self._files == self._snapshot() and self.ask(keyring.vault()) == KeyReady(self.key, new=False)

    def _snapshot(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.path.parent.iterdir()}


def test_a_key_outlives_the_login_and_goes_when_it_is_forgotten(keyring: Keyring, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", keyring)
    keyring.stop()
    keyring.start()
    assert store.is_untouched(keyring)
    assert forget_key(store.path, keyring.vault(), name=NAME)
    assert store.ask(keyring.vault()) == KeyLost()


def test_a_prompt_that_is_refused_is_told_apart_from_one_that_waits(keyring: Keyring, tmp_path: Path) -> None:
    """One wants another try, the other wants the person to look for the window that asks."""
    store = Store(tmp_path / "store", keyring)
    keyring.lock()
    assert store.ask(keyring.vault()) == KeyUnreachable("keyring_refused")
    keyring.leave_prompts_open()
    assert store.ask(keyring.vault(limit_s=0.5)) == KeyUnreachable("keyring_locked")
    keyring.stop()
    keyring.start()  # the next login opens it
    assert store.is_untouched(keyring)


def test_an_item_that_was_deleted_or_replaced_makes_no_new_key(keyring: Keyring, tmp_path: Path) -> None:
    """A new key under the old name would look like a good one, and the store would be unreadable for ever."""
    store = Store(tmp_path / "store", keyring)
    keyring.drop(NAME)
    assert store.ask(keyring.vault()) == KeyLost()
    assert keyring.vault().get(NAME) is None
    keyring.vault().set(NAME, "not a key")
    assert store.ask(keyring.vault()) == KeyUnreachable("keyring_other")
    assert keyring.vault().get(NAME) == "not a key"


def test_a_keyring_that_hangs_or_has_ended_is_told_as_such(keyring: Keyring, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", keyring)
    vault = keyring.vault(limit_s=0.4)
    keyring.hang()
    assert store.ask(vault) == KeyUnreachable("keyring_timeout")
    keyring.go_on()
    keyring.stop()
    assert store.ask(vault) == KeyUnreachable("keyring_gone")
    assert open_vault() is None, "kwallet is not here either"
    assert store.ask(None) == KeyUnreachable("keyring_missing")
    keyring.start()
    assert store.is_untouched(keyring)


def test_a_first_start_with_a_hanging_keyring_makes_no_key_outside_it(
    keyring: Keyring, tmp_path: Path
) -> None:
    """A passphrase may be chosen instead, but by the person: their keyring may come back in a minute."""
    vault = keyring.vault(limit_s=0.4)
    keyring.hang()
    answer = find_key(tmp_path / "desk.db", vault, name=NAME, random_bytes=random.Random(7).randbytes)
    assert answer == KeyUnreachable("keyring_timeout", new=True)
    with pytest.raises(VaultError, match="keyring_timeout"):
        vault.set(NAME, "x")
    keyring.go_on()
