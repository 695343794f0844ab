"""A store's key between a sign-out that leaves unsent work behind and the next sign-in: locked to the server.

No keyring and no memory of this machine holds it meanwhile. The box lies beside the store; only the server opens it,
and only for the same person on the same device. A store behind a passphrase needs none of this.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

import msgspec

from desktop.models.domain.wire import KeptBox, KeptContent, KeptKey

from .sealing import seal

_SUFFIX = ".kept"


def box_path(store: Path) -> Path:
    """Where the box of a store lies."""
    return store.with_name(f"{store.name}{_SUFFIX}")


def keep_locked(
    store: Path,
    key: bytes,
    public_key: str,
    *,
    person_id: str,
    device_id: str,
    random_bytes: Callable[[int], bytes],
) -> None:
    """Lock the key; the box is on disk when this returns. Raises OSError, and BadRecoveryKey for a wrong public key."""
    content = KeptContent(person_id=person_id, device_id=device_id, key=b64encode(key).decode())
    box = seal(msgspec.json.encode(content), public_key, secret=random_bytes(32), nonce=random_bytes(12))
    path = box_path(store)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as out:
        out.write(box)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def unlock(store: Path, open_at_server: Callable[[KeptBox], KeptKey]) -> bytes | None:
    """The key out of the box, None where there is no box. Raises what ``open_at_server`` raises, and OSError."""
    path = box_path(store)
    if not path.exists():
        return None
    return b64decode(open_at_server(KeptBox(box=path.read_text("utf-8"))).key)
