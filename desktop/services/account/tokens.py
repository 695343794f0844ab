"""The sign-in of one device: a short access token in memory, a refresh token that rotates at every use.

The refresh token of a real profile lies in the operating system's keyring, of a sample city in memory only. Neither is
ever written to the store, a log or a file.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import msgspec
from msgspec import Struct

from desktop.models.domain.wire import TokenReply
from desktop.services.api.client import Api, SignInProvider
from desktop.services.api.errors import ApiError, SignedOut

from .provider import Provider
from .vault import Vault, VaultError

_log = logging.getLogger(__name__)
_MARGIN_S = 30.0


class Vouched(Struct, frozen=True, kw_only=True):
    """Who vouches for a sign-in, and with what the next word is asked for there."""

    provider: SignInProvider
    refresh_token: str


class Granted(TokenReply, frozen=True, kw_only=True):
    """The tokens of a sign-in; ``vouched`` where the office's own provider vouches for it."""

    vouched: Vouched | None = None


class _Kept(Struct, frozen=True, kw_only=True):
    """A sign-in that another provider vouches for, as the keyring holds it."""

    ours: str
    vouched: Vouched


class Keeper(Protocol):
    """Where the refresh token outlives the program, or does not."""

    def load(self) -> str | None: ...

    def save(self, token: str) -> None: ...

    def forget(self) -> None: ...


class MemoryKeeper:
    """For a sample city: gone with the program."""

    def __init__(self) -> None:
        self._token: str | None = None

    def load(self) -> str | None:
        return self._token

    def save(self, token: str) -> None:
        self._token = token

    def forget(self) -> None:
        self._token = None


class VaultKeeper:
    """For a real profile: the operating system's keyring, and memory where it fails us while we run."""

    def __init__(self, vault: Vault, name: str) -> None:
        self._vault = vault
        self._name = name
        self._memory: str | None = None

    def load(self) -> str | None:
        """Raises VaultError where the keyring is locked or silent: that is not the same as signed out."""
        if self._memory is None:
            self._memory = self._vault.get(self._name)
        return self._memory

    def save(self, token: str) -> None:
        self._memory = token
        try:
            self._vault.set(self._name, token)
        except VaultError as error:
            _log.warning(
                "the keyring did not take the new sign-in (%s); it lasts until the program ends", error.code
            )

    def forget(self) -> None:
        self._memory = None
        with suppress(VaultError):
            self._vault.delete(self._name)


class SignIn:
    """The tokens of this device, as ``api.exchange.Tokens`` asks for them. Thread-safe: one refresh at a time."""

    def __init__(self, api: Api, keeper: Keeper, *, monotonic: Callable[[], float]) -> None:
        self._api = api
        self._keeper = keeper
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._access = ""
        self._good_until = 0.0
        self._provider: Provider | None = None

    def begin(self, reply: TokenReply) -> None:
        """A person has signed in."""
        with self._lock:
            vouched = reply.vouched if isinstance(reply, Granted) else None
            self._take(reply, self._monotonic(), vouched)

    def known(self) -> bool:
        """True where a sign-in exists, whether or not the server still takes it. Raises VaultError."""
        return self._keeper.load() is not None

    def access(self) -> str:
        """A token good for half a minute at least. Raises SignedOut, and what a refresh raises."""
        with self._lock:
            if self._access and self._monotonic() < self._good_until - _MARGIN_S:
                return self._access
            return self._refresh()

    def renew(self, refused: str) -> str:
        """A token other than ``refused``."""
        with self._lock:
            if self._access and self._access != refused:
                return self._access
            return self._refresh()

    def end(self) -> None:
        """Signs out here, and on the server where it can be reached."""
        with self._lock:
            kept = _read(self._keeper.load())
            self._access = ""
            self._keeper.forget()
        if kept is None:
            return
        ours, vouched = kept
        with suppress(ApiError):
            self._api.revoke(ours)
        if vouched is not None:
            self._provider_of(vouched).revoke(vouched.refresh_token)

    def _refresh(self) -> str:
        try:
            kept = _read(self._keeper.load())
        except VaultError as error:
            raise SignedOut(error.code) from error
        if kept is None:
            raise SignedOut("signed_out")
        ours, vouched = kept
        sent_at = self._monotonic()
        try:
            if vouched is None:
                reply = self._api.refresh(ours)
            else:
                reply, vouched = self._refresh_vouched(ours, vouched)
        except SignedOut as error:
            self._access = ""
            if error.code == "sign_in_expired":
                self._keeper.forget()
            raise
        self._take(reply, sent_at, vouched)
        return self._access

    def _refresh_vouched(self, ours: str, vouched: Vouched) -> tuple[TokenReply, Vouched]:
        """Another word of the provider, then our own tokens for it; what it handed out is kept before it is used."""
        if not vouched.refresh_token:  # a provider that gives none wants to see the person each time
            raise SignedOut("sign_in_expired")
        told = self._provider_of(vouched).refresh(vouched.refresh_token)
        vouched = Vouched(provider=vouched.provider, refresh_token=told.refresh_token)
        self._keeper.save(_written(ours, vouched))
        return self._api.exchange_id_token(told.id_token, ours), vouched

    def _provider_of(self, vouched: Vouched) -> Provider:
        if self._provider is None or self._provider.said != vouched.provider:
            self._provider = Provider(vouched.provider, self._api.transport.beside)
        return self._provider

    def _take(self, reply: TokenReply, sent_at: float, vouched: Vouched | None) -> None:
        """The new refresh token is kept before the old one's successor is first used."""
        self._keeper.save(_written(reply.refresh_token, vouched))
        self._access = reply.access_token
        self._good_until = sent_at + reply.expires_in


def _written(ours: str, vouched: Vouched | None) -> str:
    """A sign-in as it is kept: our refresh token, with another provider's beside it where there is one."""
    return ours if vouched is None else msgspec.json.encode(_Kept(ours=ours, vouched=vouched)).decode()


def _read(kept: str | None) -> tuple[str, Vouched | None] | None:
    if kept is None or not kept.startswith("{"):
        return None if kept is None else (kept, None)
    try:
        found = msgspec.json.decode(kept, type=_Kept)
    except msgspec.DecodeError:
        return None
    return found.ours, found.vouched
