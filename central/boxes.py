"""Sealed boxes: what a desktop locked with a public key, opened with the private one.

X25519, HKDF-SHA256, ChaCha20-Poly1305; ``desktop/services/account/sealing.py`` is the other end.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

import msgspec

PURPOSE = b"supervision-desk recovery box 1"


def public_half(private_key: bytes) -> str:
    """The public half of 32 secret bytes, in base64."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.from_private_bytes(private_key)
    return b64encode(key.public_key().public_bytes_raw()).decode()


def open_box(box: bytes | str, private_key: bytes) -> bytes:
    """What was sealed. Raises ValueError for another key's box, or one that was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    try:
        fields = msgspec.json.decode(box, type=dict[str, str | int])
        own, nonce, sealed = (b64decode(str(fields[name])) for name in ("own_key", "nonce", "sealed"))
        key = X25519PrivateKey.from_private_bytes(private_key)
        shared = key.exchange(X25519PublicKey.from_public_bytes(own))
    except (KeyError, msgspec.MsgspecError) as error:
        raise ValueError("this is no sealed box") from error
    try:
        return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=own, info=PURPOSE).derive(shared)).decrypt(
            nonce, sealed, PURPOSE
        )
    except InvalidTag as error:
        raise ValueError("this box was sealed to another key, or it was changed") from error
