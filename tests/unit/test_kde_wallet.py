"""A real KDE wallet on a bus of its own: a key kept there outlives the login, and trouble makes no new one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.services.account.keys import KeyLost, KeyReady, KeyUnreachable, find_key, forget_key
from tests.support.private_bus import Wallet, needed

NAME = "store:0123"
pytestmark = needed("dbus-daemon", "kwalletd5")


@pytest.fixture
def wallet_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], Wallet]]:
    made: list[Wallet] = []

    def make(service: bool) -> Wallet:
        folder = tmp_path / "login"
        folder.mkdir()
        made.append(Wallet(folder, service=service))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made[-1].bus.address)
        return made[-1]

    yield make
    for wallet in made:
        wallet.close()


def ask(path: Path, wallet: Wallet, *, limit_s: float = 5.0) -> object:
    return find_key(path, wallet.vault(limit_s=limit_s), name=NAME, random_bytes=random.Random(7).randbytes)


@pytest.mark.parametrize("service", [False, True], ids=["wallet alone", "with the Secret Service"])
def test_a_key_outlives_the_login(tmp_path: Path, wallet_of: Callable[[bool], Wallet], service: bool) -> None:
    """Plasma's wallet offers the Secret Service too, and may lack what it takes: the key is found all the same."""
    wallet = wallet_of(service)
    path = tmp_path / "desk.db"
    first = ask(path, wallet)
    assert isinstance(first, KeyReady)
    assert first.new
    path.write_bytes(b"the only copy of somebody's work")
    wallet.stop()
    wallet.start()
    assert ask(path, wallet) == KeyReady(first.key, new=False)
    assert forget_key(path, wallet.vault(), name=NAME)
    assert ask(path, wallet) == KeyLost()


def test_a_closed_wallet_asks_its_owner_and_makes_no_key(
    tmp_path: Path, wallet_of: Callable[[bool], Wallet]
) -> None:
    """Its window stands there unanswered: the person is told to look for it, and the store stays as it is."""
    wallet = wallet_of(False)
    path = tmp_path / "desk.db"
    first = ask(path, wallet)
    assert isinstance(first, KeyReady)
    path.write_bytes(b"the only copy of somebody's work")
    wallet.stop()
    wallet.start(unlock=False)
    assert ask(path, wallet, limit_s=1.0) == KeyUnreachable("keyring_locked")
    wallet.stop()
    wallet.start()
    assert ask(path, wallet) == KeyReady(first.key, new=False)
