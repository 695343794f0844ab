"""The operating system's keyring, from an allow-list and behind a time limit.

The backend is named by platform, never chosen by keyring's own search: that imports every backend, takes a quarter of a
second, and may end at one that keeps secrets in plain text. Calls may prompt or hang, so each runs in a thread of its
own. Never call this on the GUI thread.
"""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

_log = logging.getLogger(__name__)

SERVICE = "supervision-desk"
ALLOWED: dict[str, tuple[str, ...]] = {
    "linux": (
        "desktop.services.account.secret_service.SecretService",
        "desktop.services.account.kwallet.KWallet",
    ),
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
}
LIMIT_S = 20.0
PROMPT_S = 180.0
"""Seconds that a keyring has for an answer, and that a person has for the password it asks for."""

_CODES = {
    "Refused": "keyring_refused",
    "PromptDismissedException": "keyring_refused",
    "KeyringLocked": "keyring_locked",
    "LockedException": "keyring_locked",
    "SecretServiceNotAvailableException": "keyring_gone",
    "ConnectionError": "keyring_gone",
    "ConnectionRefusedError": "keyring_gone",
    "ConnectionResetError": "keyring_gone",
    "BrokenPipeError": "keyring_gone",
    "FileNotFoundError": "keyring_gone",
    "EOFError": "keyring_gone",
}
"""By the name of what a backend raises: no backend is imported where it is not used."""


class VaultError(Exception):
    """``code`` is "keyring_locked" (nobody has unlocked it), "keyring_refused" (somebody was asked and would not),
    "keyring_timeout" (it hangs), "keyring_gone" (it has ended) or "keyring_failed" (anything else)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Vault(Protocol):
    """Secrets by name. Every method raises :class:`VaultError`; a missing secret is None and no error."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None: ...


class KeyringVault:
    """One keyring backend behind a time limit."""

    def __init__(
        self,
        backend: Any,
        *,
        service: str = SERVICE,
        limit_s: float = LIMIT_S,
        prompt_s: float = PROMPT_S,
    ) -> None:
        self._backend = backend
        self._service = service
        self._limit_s = limit_s
        self._prompt_s = prompt_s

    def get(self, name: str) -> str | None:
        secret: str | None = self._run(lambda: self._backend.get_password(self._service, name))
        return secret

    def set(self, name: str, secret: str) -> None:
        self._run(lambda: self._backend.set_password(self._service, name, secret))

    def delete(self, name: str) -> None:
        if self.get(name) is not None:
            self._run(lambda: self._backend.delete_password(self._service, name))

    def _run(self, call: Callable[[], Any]) -> Any:
        return _limited(call, self._limit_s, self._prompt_s, self._asks_a_person)

    def _asks_a_person(self) -> bool:
        return bool(getattr(self._backend, "prompting", False))


def open_vault(
    *, platform: str = sys.platform, limit_s: float = LIMIT_S, prompt_s: float = PROMPT_S
) -> KeyringVault | None:
    """The keyring of this machine; None where there is none, and then the store wants a passphrase.

    Raises VaultError("keyring_timeout") where there may be one that does not answer: that is not the same as none.
    """
    hanging = False
    for name in ALLOWED.get(platform, ()):
        try:
            made = _import(name)
            backend = _limited(partial(_look, made), limit_s) if made is not None else None
        except VaultError:
            hanging = True
            continue
        if backend is not None:
            return KeyringVault(backend, limit_s=limit_s, prompt_s=prompt_s)
    if hanging:
        raise VaultError("keyring_timeout")
    return None


def _import(name: str) -> Callable[[], Any] | None:
    """What makes the backend. Not in the keyring's time: on a slow machine the import alone may take as long, and no
    keyring has been asked yet."""
    module, _, kind = name.rpartition(".")
    try:
        made: Callable[[], Any] = getattr(importlib.import_module(module), kind)
    except Exception as error:  # noqa: BLE001 - a backend that is not there says so in many ways
        _log.info("no keyring of the kind %s (%s)", kind, type(error).__name__)
        return None
    return made


def _look(made: Callable[[], Any]) -> Any:
    try:
        backend = made()
        # Asking for the priority asks whether it works here.
        return backend if backend.priority > 0 else None
    except Exception as error:  # noqa: BLE001 - and so does one that does not work here
        _log.info("no keyring of the kind %s (%s)", getattr(made, "__name__", "?"), type(error).__name__)
        return None


def _nobody() -> bool:
    return False


def _limited(
    call: Callable[[], Any],
    limit_s: float,
    prompt_s: float = 0.0,
    asks_a_person: Callable[[], bool] = _nobody,
) -> Any:
    """``call`` in a thread of its own; a keyring that never answers costs a thread, not the program.

    While a person is being asked it has ``prompt_s`` more.
    """
    done = threading.Event()
    outcome: list[Any] = []
    failure: list[Exception] = []

    def run() -> None:
        try:
            outcome.append(call())
        except Exception as error:  # noqa: BLE001 - told apart below, in the caller's thread
            failure.append(error)
        finally:
            done.set()

    threading.Thread(target=run, name="keyring", daemon=True).start()
    if not done.wait(limit_s) and not (asks_a_person() and done.wait(prompt_s)):
        raise VaultError("keyring_locked" if asks_a_person() else "keyring_timeout")
    if failure:
        code = _CODES.get(type(failure[0]).__name__, "keyring_failed")
        _log.info("the keyring refused: %s (%s)", code, type(failure[0]).__name__)
        raise VaultError(code) from failure[0]
    return outcome[0]
