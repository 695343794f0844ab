"""Sealing what was not sent to the city's recovery key, before a wipe: this machine can lock the box and never open it.

X25519 with a key made for this one box, HKDF-SHA256, ChaCha20-Poly1305. ``central recovery open`` is the other end.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

import msgspec
from msgspec import Struct

PURPOSE = b"supervision-desk recovery box 1"


class BadRecoveryKey(ValueError):
    """The city's recovery key is none."""


class Box(Struct, frozen=True, kw_only=True):
    """A sealed box as it lies in its file; every field is base64."""

    version: int = 1
    recovery_key: str
    own_key: str
    nonce: str
    sealed: str


def seal(content: bytes, recovery_key: str, *, secret: bytes, nonce: bytes) -> bytes:
    """``content`` for whoever has the other half of ``recovery_key`` (32 bytes, base64).

    ``secret`` (32 bytes) and ``nonce`` (12) are fresh chance, used for nothing else. Raises :class:`BadRecoveryKey`.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    try:
        city = X25519PublicKey.from_public_bytes(b64decode(recovery_key, validate=True))
        mine = X25519PrivateKey.from_private_bytes(secret)
        shared = mine.exchange(city)
    except ValueError as error:
        raise BadRecoveryKey("not a recovery key") from error
    own = mine.public_key().public_bytes_raw()
    key = HKDF(SHA256(), 32, salt=own, info=PURPOSE).derive(shared)
    box = Box(
        recovery_key=recovery_key,
        own_key=b64encode(own).decode(),
        nonce=b64encode(nonce).decode(),
        sealed=b64encode(ChaCha20Poly1305(key).encrypt(nonce, content, PURPOSE)).decode(),
    )
    return msgspec.json.encode(box)
