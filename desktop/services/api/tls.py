"""The TLS of one way to a server: who may vouch for it, and which keys it may have beside that.

The system's trust store, a city's own authority beside it, TLS 1.2 or later, and pins where an office has set them. A
pin only narrows: a certificate that nobody vouches for is refused whatever its key. Opens no connection by itself.
"""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import truststore
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .diagnosis import PinMismatch

Certificate = x509.Certificate


def pin_of(certificate: x509.Certificate) -> str:
    """``sha256/`` and the SHA-256 of the certificate's SubjectPublicKeyInfo in base64, as RFC 7469 counts it.

    It stays when the certificate is renewed with the same key.
    """
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


@dataclass(frozen=True)
class Link:
    """One certificate of the chain that the server shows, its own first."""

    subject: str
    issuer: str
    begins: datetime
    ends: datetime


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


def chain_of(speaking: ssl.SSLSocket) -> tuple[x509.Certificate, ...]:
    """What the server showed, its own certificate first; that one alone where Python gives no more."""
    inner: Any = getattr(speaking, "_sslobj", None)  # public from Python 3.13 on
    listed = inner.get_unverified_chain() if hasattr(inner, "get_unverified_chain") else None
    pem = [each.public_bytes() for each in listed or () if hasattr(each, "public_bytes")]
    if pem:
        return tuple(x509.load_pem_x509_certificate(each.encode()) for each in pem)
    return (x509.load_der_x509_certificate(speaking.getpeercert(binary_form=True) or b""),)


def link_of(certificate: x509.Certificate) -> Link:
    """What a person can be shown of a certificate."""
    return Link(
        _short(certificate.subject),
        _short(certificate.issuer),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def _short(name: x509.Name) -> str:
    """The common name, else all of it."""
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
