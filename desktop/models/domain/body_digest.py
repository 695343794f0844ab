"""The digest that travels beside a body (RFC 9530), so that nobody takes for said what was damaged on the way.

JSON alone does not notice: a field whose name has lost a letter is a field to be ignored, a changed letter in a text
another text. TLS and a compressed body's checksum cover most ways; this covers all of them the same.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from hashlib import sha256

HEADER = "Content-Digest"


def content_digest(content: bytes) -> str:
    """The header's value for these bytes, as they are sent: after compression."""
    return told(sha256(content).digest())


def told(digest: bytes) -> str:
    """The header's value for a SHA-256."""
    return f"sha-256=:{b64encode(digest).decode()}:"


def is_other(header: str, digest: bytes) -> bool:
    """Whether ``header`` names a SHA-256 that is not ``digest``; other algorithms say nothing to us."""
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "sha-256":
            try:
                return b64decode(value.strip(":"), validate=True) != digest
            except NoBase64:
                return True
    return False
