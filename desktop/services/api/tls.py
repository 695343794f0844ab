"""The TLS of one way to a server: who may vouch for it, and which keys it may have beside that.

The system's trust store, a city's own authority beside it, TLS 1.2 or later, and pins where an office has set them. A
pin only narrows: a certificate that nobody vouches for is refused whatever its key. Opens no connection by itself.
"""

from __future__ import annotations

import base64
import re
import socket
import ssl
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Any

import truststore
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .diagnosis import PinMismatch

PIN = re.compile(r"sha256/[A-Za-z0-9+/]{43}=")
"""``sha256/`` and the SHA-256 of the certificate's SubjectPublicKeyInfo in base64, as RFC 7469 counts it."""


def pin_of(certificate: x509.Certificate) -> str:
    """The pin of a certificate's public key; it stays when the certificate is renewed with the same key."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return "sha256/" + base64.b64encode(sha256(key).digest()).decode()


def client_context(authority: Path | None, pins: Collection[str] = ()) -> ssl.SSLContext:
    """What checks a server: ``authority`` is a PEM file trusted beside the system's store, ``pins`` () for any key.

    Raises OSError, which an SSLError is too, where the file is no certificate.
    """
    context = _Context(ssl.PROTOCOL_TLS_CLIENT)
    context.pins = frozenset(pins)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authority is not None:
        context.load_verify_locations(cafile=str(authority))
    return context


class _Context(truststore.SSLContext):
    """Looks at the key after the handshake and before the first byte of a request."""

    pins: frozenset[str] = frozenset()

    def wrap_socket(self, sock: socket.socket, *args: Any, **options: Any) -> ssl.SSLSocket:
        wrapped = super().wrap_socket(sock, *args, **options)
        try:
            self._check(wrapped)
        except BaseException:
            wrapped.close()
            raise
        return wrapped

    def _check(self, wrapped: ssl.SSLSocket) -> None:
        if not self.pins:
            return
        shown = wrapped.getpeercert(binary_form=True)
        if shown is None or pin_of(x509.load_der_x509_certificate(shown)) not in self.pins:
            raise PinMismatch("the server's key is not one of those that were named")
