"""Cursors: opaque to the desktop, signed, and tied to the epoch, the person and the scope they were made for.

Pure. Any other text is a bad cursor; one of ours that no longer holds says why.
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b, sha256

from .problems import ProblemError

_FORM = struct.Struct(">B8s8sQQ")
_KIND = 1
_SEAL = 16


@dataclass(frozen=True)
class Place:
    """Where a desktop stands: everything up to ``position`` has reached it."""

    epoch: str
    person_id: str
    scope_rev: int
    position: int


def encode_cursor(key: bytes, place: Place) -> str:
    """The place as text, about 70 characters."""
    body = _FORM.pack(
        _KIND, bytes.fromhex(place.epoch), _short(place.person_id), place.scope_rev, place.position
    )
    return urlsafe_b64encode(body + _seal(key, body)).rstrip(b"=").decode()


def decode_cursor(key: bytes, cursor: str, here: Place) -> int:
    """The position of a cursor made for the epoch, person and scope of ``here``, whose position is the head.

    Raises 400 for a text that is no cursor of ours, 410 for one that no longer holds.
    """
    body = _body(key, cursor)
    if body is None:
        raise ProblemError(400, "bad_cursor")
    _, epoch, person, scope_rev, position = _FORM.unpack(body)
    if epoch != bytes.fromhex(here.epoch) or position > here.position:
        raise ProblemError(410, "epoch_changed")
    if person != _short(here.person_id) or scope_rev != here.scope_rev:
        raise ProblemError(410, "scope_changed")
    return int(position)


def _body(key: bytes, cursor: str) -> bytes | None:
    if len(cursor) > 200 or not cursor.isascii():
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        return None
    body, seal = raw[: _FORM.size], raw[_FORM.size :]
    if len(body) != _FORM.size or body[0] != _KIND or not hmac.compare_digest(seal, _seal(key, body)):
        return None
    # base64 has several spellings of the same bytes; only the one we made counts
    return body if urlsafe_b64encode(raw).rstrip(b"=").decode() == cursor else None


def _short(person_id: str) -> bytes:
    return blake2b(person_id.encode(), digest_size=8).digest()


def _seal(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, sha256)[:_SEAL]
