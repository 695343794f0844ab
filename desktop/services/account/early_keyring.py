"""The keyring asked once at a start, in a thread of its own, for the first rows; the account goes on with the answer.

Whatever it answered then (a secret, nothing, a refusal) is what the account hears at its first question, so nobody is
asked for a password twice. What was told is let go of with that. Makes no key.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from .keys import decode_key
from .vault import Vault, VaultError, open_vault

FindVault = Callable[[], Vault | None]


class EarlyKeyring:
    """``name`` is the key's name in the keyring. ``find`` opens this machine's, where there is one."""

    def __init__(self, name: str, find: FindVault = open_vault) -> None:
        self._name = name
        self._find = find
        self._done = threading.Event()
        self._handed = False
        self._vault: Vault | None = None
        self._secret: str | None = None
        self._trouble: VaultError | None = None

    def look(self) -> bytes | None:
        """The key, None where the keyring does not give one now. Blocks; to be called once."""
        try:
            self._vault = self._find()
            if self._vault is not None:
                self._secret = self._vault.get(self._name)
            return None if self._secret is None else decode_key(self._secret)
        except VaultError as error:
            self._trouble = error
            return None
        finally:
            self._done.set()

    def settle(self) -> None:
        """If :meth:`look` was not called, it will not be any more."""
        if not self._done.is_set():
            self._handed = True
            self._done.set()

    def find_vault(self) -> Vault | None:
        """For the account: the keyring that was found, once :meth:`look` has its answer; later it is looked for anew.

        Blocks. Raises :class:`VaultError` as finding it did.
        """
        self._done.wait()
        if self._handed:
            return self._find()
        self._handed = True
        vault, self._vault = self._vault, None
        secret, self._secret = self._secret, None
        trouble, self._trouble = self._trouble, None
        if vault is None:
            if trouble is not None:
                raise trouble
            return None
        return _Told(vault, self._name, secret, trouble)


class _Told:
    """A vault that repeats what it said of one name when it is asked for it first, and forgets it then."""

    def __init__(self, vault: Vault, name: str, secret: str | None, trouble: VaultError | None) -> None:
        self._vault = vault
        self._told: dict[str, str | VaultError | None] = {name: trouble or secret}

    def get(self, name: str) -> str | None:
        if name not in self._told:
            return self._vault.get(name)
        told = self._told.pop(name)
        if isinstance(told, VaultError):
            raise told
        return told

    def set(self, name: str, secret: str) -> None:
        self._told.pop(name, None)
        self._vault.set(name, secret)

    def delete(self, name: str) -> None:
        self._told.pop(name, None)
        self._vault.delete(name)
