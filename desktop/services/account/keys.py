"""The store's 32-byte key: in the keyring, or made of a passphrase where there is none. Never beside the file.

**Never a new key while a store exists**: a locked or emptied keyring is not a first run. Answers are values that say
who has to act next; only :func:`find_key` and :func:`key_from_passphrase` make keys, only :func:`forget_key` destroys
one.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from .vault import Vault, VaultError

KEY_BYTES = 32
RandomBytes = Callable[[int], bytes]


class KeyReady(Struct, frozen=True):
    """The store can be opened; ``new`` where the key was made just now for a store that does not exist yet."""

    key: bytes
    new: bool


class AskPassphrase(Struct, frozen=True):
    """There is no keyring: a passphrase opens the store; ``new`` where it is to be chosen first."""

    new: bool


class KeyUnreachable(Struct, frozen=True):
    """The keyring does not give the key now (``code``). ``new``: there is no store yet, so a passphrase would do."""

    code: str
    new: bool = False


class KeyLost(Struct, frozen=True):
    """A store exists and its key is in no keyring and behind no passphrase: only a new store helps, by a person's
    decision."""


KeyAnswer = KeyReady | AskPassphrase | KeyUnreachable | KeyLost


class _Recipe(Struct, frozen=True, kw_only=True):
    """How a passphrase becomes a key; not secret. Kept beside the store, where Argon2id finds its salt."""

    kdf: str = "argon2id"
    salt: str
    time_cost: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


def find_key(store: Path, vault: Vault | None, *, name: str, random_bytes: RandomBytes) -> KeyAnswer:
    """The key of the store at ``store``, or what is missing. ``name`` is the key's name in the keyring.

    A new key is in the keyring before it is used for the first time.
    """
    exists = store_exists(store)
    if recipe_path(store).exists():
        return AskPassphrase(new=False)
    if vault is None:
        return KeyUnreachable("keyring_missing") if exists else AskPassphrase(new=True)
    try:
        kept = vault.get(name)
        if kept is not None:
            return KeyReady(decode_key(kept), new=not exists)
        if exists:
            return KeyLost()
        key = random_bytes(KEY_BYTES)
        vault.set(name, b64encode(key).decode())
        if vault.get(name) != b64encode(key).decode():
            return KeyUnreachable("keyring_failed", new=True)
    except VaultError as error:
        return KeyUnreachable(error.code, new=not exists)
    return KeyReady(key, new=True)


def key_from_passphrase(store: Path, passphrase: str, *, random_bytes: RandomBytes) -> bytes:
    """The key that ``passphrase`` makes with this store's salt; takes about a tenth of a second on purpose.

    A wrong passphrase makes a wrong key, and ``open_store`` says so. Raises ``ValueError`` where a store exists that
    was never opened by a passphrase, and for an empty one.
    """
    if not passphrase:
        raise ValueError("an empty passphrase opens nothing")
    path = recipe_path(store)
    if path.exists():
        recipe = msgspec.json.decode(path.read_bytes(), type=_Recipe)
    elif store_exists(store):
        raise ValueError("this store has another kind of key")
    else:
        recipe = _Recipe(salt=b64encode(random_bytes(16)).decode())
        path.write_bytes(msgspec.json.encode(recipe))
    return _argon2id(passphrase, recipe)


def forget_key(store: Path, vault: Vault | None, *, name: str) -> bool:
    """Destroy the key of a store: from the keyring, and the salt without which no passphrase makes it again.

    True once neither is there any more. A keyring that does not answer leaves its copy, and the caller asks again.
    """
    recipe = recipe_path(store)
    behind_passphrase = recipe.exists()
    if behind_passphrase:
        recipe.write_bytes(bytes(recipe.stat().st_size))
        recipe.unlink()
    if vault is None:
        return True if behind_passphrase else not store_exists(store)
    try:
        vault.delete(name)
        return vault.get(name) is None
    except VaultError:
        return behind_passphrase


def throwaway_key(random_bytes: RandomBytes) -> bytes:
    """The key of a sample city's store, kept in memory only."""
    return random_bytes(KEY_BYTES)


def key_name(account: str) -> str:
    """The name in the keyring of the key of an account's folder."""
    return f"store:{account}"


def store_exists(store: Path) -> bool:
    """Whether there is a store, or what is left of one: its log, its mark, or a recovery that was cut off."""
    return any(store.parent.glob(f"{store.name}*"))


def recipe_path(store: Path) -> Path:
    """Where a store keeps the salt of its passphrase."""
    return store.with_name(f"{store.name}.passphrase")


def _argon2id(passphrase: str, recipe: _Recipe) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # only where there is no keyring

    if recipe.kdf != "argon2id":
        raise ValueError("an unknown way from a passphrase to a key")
    return hash_secret_raw(
        passphrase.encode(),
        b64decode(recipe.salt),
        time_cost=recipe.time_cost,
        memory_cost=recipe.memory_kib,
        parallelism=recipe.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def decode_key(kept: str) -> bytes:
    """A key as the keyring keeps it. Raises :class:`VaultError` for what is none."""
    try:
        key = b64decode(kept, validate=True)
    except ValueError as error:
        raise VaultError("keyring_other") from error
    if len(key) != KEY_BYTES:
        raise VaultError("keyring_other")
    return key
