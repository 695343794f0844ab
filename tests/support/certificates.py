"""Certificates made for a test: authorities that vouch for this machine's loopback address and nothing else."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
BEGIN, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


def new_key() -> Key:
    """A key as a server makes one for itself."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Shown:
    """What a server shows: its chain and its key as PEM files, and its certificate."""

    chain: Path
    key: Path
    certificate: x509.Certificate

    def context(self) -> ssl.SSLContext:
        """The server's end of TLS."""
        return server_context(self.chain, self.key)


class Authority:
    """A city's authority with files ``name``.pem in ``folder``; it issues through an intermediate, as real ones do."""

    def __init__(self, folder: Path, name: str = "city") -> None:
        self._folder = folder
        self._name = name
        self._root_key, self._key = new_key(), new_key()
        root, issuing = _named(f"{name} first authority"), _named(f"{name} issuing authority")
        self._root = _signed(root, self._root_key, root, self._root_key, [], authority=True)
        self._issuing = _signed(issuing, self._key, root, self._root_key, [], authority=True)
        self.path = folder / f"{name}.pem"
        self.path.write_bytes(self._root.public_bytes(Encoding.PEM))

    def issue(
        self,
        name: str = "server",
        *,
        hosts: tuple[str, ...] = ("127.0.0.1", "localhost"),
        key: Key | None = None,
        begin: datetime = BEGIN,
        end: datetime = END,
    ) -> Shown:
        """A certificate for ``hosts``, in files ``<authority>-name``.pem and .key."""
        own = key or new_key()
        alternatives = x509.SubjectAlternativeName([_host(host) for host in hosts])
        certificate = _signed(
            _named(hosts[0]), own, self._issuing.subject, self._key, [alternatives], begin=begin, end=end
        )
        stem = self._folder / f"{self._name}-{name}"
        chain, private = stem.with_suffix(".pem"), stem.with_suffix(".key")
        chain.write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in (certificate, self._issuing)))
        private.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return Shown(chain, private, certificate)


def self_signed(folder: Path, name: str = "city") -> tuple[Path, Path]:
    """Certificate and key of an authority that vouches for 127.0.0.1 alone, as files ``name``.pem and ``name``.key."""
    key = new_key()
    subject = _named(f"{name} of its own")
    address = x509.SubjectAlternativeName([_host("127.0.0.1")])
    certificate = _signed(subject, key, subject, key, [address], authority=True)
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """What a server shows to those who connect."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _signed(
    subject: x509.Name,
    key: Key,
    issuer: x509.Name,
    issuer_key: Key,
    extensions: list[x509.ExtensionType],
    *,
    authority: bool = False,
    begin: datetime = BEGIN,
    end: datetime = END,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    for each in extensions:
        builder = builder.add_extension(each, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
