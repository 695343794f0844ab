"""The store's key: made once, kept in the keyring or behind a passphrase, and never made anew while a store exists."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.services.account.keys import (
    AskPassphrase,
    KeyLost,
    KeyReady,
    KeyUnreachable,
    find_key,
    key_from_passphrase,
    recipe_path,
)
from desktop.services.account.tokens import VaultKeeper
from desktop.services.account.vault import KeyringVault, VaultError, open_vault

RANDOM = random.Random(1).randbytes


class Keyring:
    """A keyring backend as the keyring package has them, that keeps its secrets in memory."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None

    def get_password(self, service: str, name: str) -> str | None:
        if self.error:
            raise self.error
        return self.secrets.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        if self.error:
            raise self.error
        self.secrets[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        del self.secrets[service, name]


class KeyringLocked(Exception):
    """Named as the package's own."""


def ask(store: Path, vault: KeyringVault | None) -> Any:
    return find_key(store, vault, name="key", random_bytes=RANDOM)


def test_a_first_run_makes_a_key_and_every_later_one_finds_it(tmp_path: Path) -> None:
    store, vault = tmp_path / "desk.db", KeyringVault(Keyring())
    first = ask(store, vault)
    assert isinstance(first, KeyReady)
    assert first.new
    assert len(first.key) == 32
    store.touch()
    assert ask(store, vault) == KeyReady(first.key, new=False)
    assert not [p for p in tmp_path.iterdir() if p != store]


def test_no_new_key_while_a_store_exists(tmp_path: Path) -> None:
    """A locked or emptied keyring is not a first run: a new key would make the store unreadable for good."""
    store, keyring = tmp_path / "desk.db", Keyring()
    store.touch()
    assert ask(store, KeyringVault(keyring)) == KeyLost()
    keyring.error = KeyringLocked()
    assert ask(store, KeyringVault(keyring)) == KeyUnreachable("keyring_locked")
    assert ask(store, None) == KeyUnreachable("keyring_missing")
    keyring.error = None
    assert keyring.secrets == {}


def test_a_keyring_that_forgets_at_once_is_not_trusted_with_a_key(tmp_path: Path) -> None:
    """Some backends say yes and keep nothing; the store would be lost at the next start."""
    keyring = Keyring()
    keyring.set_password = lambda *_: None  # type: ignore[method-assign]
    assert ask(tmp_path / "desk.db", KeyringVault(keyring)) == KeyUnreachable("keyring_failed", new=True)


def test_a_keyring_that_hangs_costs_its_time_limit(tmp_path: Path) -> None:
    """A prompt nobody sees must not freeze the program."""
    over = threading.Event()
    keyring = Keyring()
    keyring.get_password = lambda *_: over.wait(60)  # type: ignore[assignment, method-assign]
    began = time.monotonic()
    assert ask(tmp_path / "desk.db", KeyringVault(keyring, limit_s=0.1)) == KeyUnreachable(
        "keyring_timeout", new=True
    )
    assert time.monotonic() - began < 30
    over.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(60)


def test_a_passphrase_opens_the_same_store_again(tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    assert ask(store, None) == AskPassphrase(new=True)
    key = key_from_passphrase(store, "正确的口令", random_bytes=RANDOM)
    store.touch()
    assert ask(store, None) == AskPassphrase(new=False)
    assert ask(store, KeyringVault(Keyring())) == AskPassphrase(new=False)
    assert key_from_passphrase(store, "正确的口令", random_bytes=RANDOM) == key
    assert key_from_passphrase(store, "错误的口令", random_bytes=RANDOM) != key
    assert key not in recipe_path(store).read_bytes()
    recipe_path(store).unlink()
    with pytest.raises(ValueError, match="another kind"):
        key_from_passphrase(store, "正确的口令", random_bytes=RANDOM)


def test_a_token_survives_a_keyring_that_fails_while_we_run() -> None:
    """The server has rotated it already: losing the new one would sign the person out."""
    keyring = Keyring()
    keeper = VaultKeeper(KeyringVault(keyring), "token")
    keeper.save("first")
    keyring.error = KeyringLocked()
    keeper.save("second")
    assert keeper.load() == "second"
    with pytest.raises(VaultError):
        VaultKeeper(KeyringVault(keyring), "token").load()


def test_only_keyrings_of_the_list_are_used() -> None:
    """The package's own search may end at a backend that keeps secrets in plain text."""
    assert open_vault(platform="plan9") is None


def test_what_is_imported_for_a_keyring_takes_none_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine the import alone outlasted the limit, and the page spoke of a keyring that hangs."""
    imported_in: list[str] = []

    def imported(name: str) -> Any:
        imported_in.append(threading.current_thread().name)
        raise ImportError(name)

    monkeypatch.setattr("desktop.services.account.vault.importlib.import_module", imported)
    assert open_vault(platform="linux", limit_s=0.0) is None
    assert set(imported_in) == {threading.current_thread().name}
