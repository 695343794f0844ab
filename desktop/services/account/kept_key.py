"""A store's key between a sign-out that leaves unsent work behind and the next sign-in: locked to the server.

No keyring and no memory of this machine holds it meanwhile. The box lies beside the store; only the server opens it,
and only for the same person on the same device. A store behind a passphrase needs none of this.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from desktop.models.domain.wire import KeptBox, KeptContent, KeptKey
from desktop.services.api.errors import RefusedByServer

from .durable import write_durably
from .keys import recipe_path
from .sealing import BadRecoveryKey, seal
from .vault import Vault, VaultError

_log = logging.getLogger(__name__)
_SUFFIX = ".kept"


def box_path(store: Path) -> Path:
    """Where the box of a store lies."""
    return store.with_name(f"{store.name}{_SUFFIX}")


@dataclass(frozen=True)
class Keep:
    """What a sign-out that leaves unsent work behind needs: the open store's key, and whose lock it goes under.

    ``public_key`` is "" at a server that keeps none.
    """

    key: bytes = field(repr=False)
    public_key: str
    person_id: str


def lock_away(
    store: Path,
    vault: Vault | None,
    keep: Keep,
    *,
    name: str,
    device_id: str,
    random_bytes: Callable[[int], bytes],
) -> None:
    """Out of the keyring, into a box that only the server opens; ``name`` is the key's in the keyring.

    Where the box cannot be made the key stays where it is: the work is worth more than the rule.
    """
    if vault is None or recipe_path(store).exists() or not keep.public_key:
        return
    content = KeptContent(person_id=keep.person_id, device_id=device_id, key=b64encode(keep.key).decode())
    try:
        write_durably(
            box_path(store),
            seal(
                msgspec.json.encode(content),
                keep.public_key,
                secret=random_bytes(32),
                nonce=random_bytes(12),
            ),
        )
        vault.delete(name)
    except (VaultError, OSError, BadRecoveryKey):
        _log.warning("the key of the work that is kept stays in the keyring")


def bring_back(store: Path, vault: Vault, open_at_server: Callable[[KeptBox], KeptKey], *, name: str) -> None:
    """Out of the box, back into the keyring; nothing where there is no box, or the server does not open it.

    Raises ApiError where the server cannot be asked, and VaultError.
    """
    path = box_path(store)
    if not path.exists():
        return
    try:
        opened = open_at_server(KeptBox(box=path.read_text("utf-8")))
    except RefusedByServer:
        _log.warning("the server does not open the key that was locked to it")
        return
    vault.set(name, opened.key)


def forget_box(store: Path) -> None:
    """The keyring has the key: its box is a thing of the past."""
    box_path(store).unlink(missing_ok=True)
