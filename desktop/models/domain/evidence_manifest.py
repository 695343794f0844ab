"""The list of what an evidence bundle holds, by hash: its one form, and holding a bundle against it. Pure.

The form is that of ``docs/evidence.md``: canonical JSON, and beside it the same hashes as ``sha256sum`` reads them, so
that whoever is accused can check a bundle without this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec
from msgspec import Struct

FORM: Final = "evidence/1"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"

Fault = Literal["missing", "extra", "changed", "size", "sums"]
"""A file that is named and not there; there and not named; another's content; of another size; the two lists differ."""


class Piece(Struct, frozen=True, kw_only=True):
    """One file of a bundle. ``what`` is a code; ``row_type``, ``row_id`` and ``version`` name the row it was made from.

    ``row_type`` "" = it was made from no single row.
    """

    path: str
    sha256: str
    size: int
    what: str
    row_type: str = ""
    row_id: str = ""
    version: int = 0


class LeftOut(Struct, frozen=True, kw_only=True):
    """Something that belongs to the evidence and is not in the bundle, and why; ``sha256`` where it is known."""

    row_type: str
    row_id: str
    why: str
    sha256: str = ""
    size: int = 0


class Manifest(Struct, frozen=True, kw_only=True):
    """What a bundle holds and what it leaves out. ``made_at`` is office time, RFC 3339."""

    form: str = FORM
    about_type: str
    about_id: str
    about_version: int
    number: str
    made_at: str
    made_by: str
    pieces: tuple[Piece, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class BadManifest(ValueError):
    """A text that is no manifest of this form."""


def manifest_bytes(manifest: Manifest) -> bytes:
    """The one form of a manifest: JSON, keys and pieces in order, UTF-8, no blanks, one line end at the end."""
    ordered = msgspec.structs.replace(
        manifest,
        pieces=tuple(sorted(manifest.pieces, key=lambda piece: piece.path)),
        left_out=tuple(sorted(manifest.left_out, key=lambda each: (each.row_type, each.row_id))),
    )
    return _encoder.encode(ordered) + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """The inverse of :func:`manifest_bytes`. Raises :class:`BadManifest`, also for another form of the same content."""
    try:
        manifest = _decoder.decode(data)
    except msgspec.DecodeError as error:
        raise BadManifest(str(error)) from error
    if manifest.form != FORM or manifest_bytes(manifest) != data:
        raise BadManifest("not in its canonical form")
    return manifest


def sums_text(manifest: Manifest, manifest_sha256: str) -> str:
    """The hashes of all pieces and of the manifest itself, as ``sha256sum -c`` reads them."""
    lines = sorted((piece.path, piece.sha256) for piece in manifest.pieces)
    return "".join(f"{digest}  {path}\n" for path, digest in (*lines, (MANIFEST, manifest_sha256)))


def faults_of(
    manifest: Manifest, found: Iterable[tuple[str, int, str]], manifest_sha256: str, sums: str
) -> Iterator[tuple[Fault, str]]:
    """What does not hold, with the path; ``found`` are (path, size, SHA-256) of the files without the two lists."""
    there = {path: (size, digest) for path, size, digest in found}
    named = {piece.path: piece for piece in manifest.pieces}
    for path, piece in sorted(named.items()):
        if path not in there:
            yield "missing", path
        elif there[path][1] != piece.sha256:
            yield "changed", path
        elif there[path][0] != piece.size:
            yield "size", path
    for path in sorted(there.keys() - named.keys()):
        yield "extra", path
    if sums != sums_text(manifest, manifest_sha256):
        yield "sums", SUMS


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Manifest, strict=True)
