"""One zip about one finding: texts of its rows, the files that prove it, the manifest. There whole or not at all.

In two steps, for a lane, as letters are made: :func:`plan` says what will be in it, :func:`write` writes; whoever keeps
the record of what leaves stands between them. The bytes of files come through ``read``; nothing here opens a store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct
from msgspec.structs import replace

from desktop.models.domain.attachments import safe_name
from desktop.models.domain.entities import Attachment, Row, TimelineEntry
from desktop.models.domain.evidence_manifest import (
    MANIFEST,
    SUMS,
    LeftOut,
    Manifest,
    Piece,
    manifest_bytes,
    sums_text,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact_for_paper
from desktop.models.domain.sampling_protocol import write_protocol
from desktop.services.queries.evidence import EvidenceFacts

from .wording import WHATS, cover_text, row_text

Read = Callable[[str], Iterator[bytes]]
"""The bytes of an attachment by its id, piece by piece. Raises BadFile."""

_ROW_TYPES: Final = {"reply": "finding_reply", "check_sheet": "check", "attachment_record": "attachment"}
COVER: Final = "说明.txt"


class Damaged(Exception):
    """A file's bytes are not those that its row states: no bundle is made of it."""

    code = "hash_mismatch"


class _Part(Struct, frozen=True, kw_only=True):
    piece: Piece
    text: str = ""
    file_id: str = ""


class Bundle(Struct, frozen=True, kw_only=True):
    """What will be written; ``at`` office time. ``left_out`` stands in the manifest and on the cover."""

    parts: tuple[_Part, ...]
    manifest: Manifest
    at: datetime
    facts: EvidenceFacts

    @property
    def count(self) -> int:
        """How many files it holds, the two lists aside."""
        return len(self.parts) + 1


def plan(facts: EvidenceFacts, profile: RuleProfile, *, at: datetime, who: str) -> Bundle:
    """What a bundle about this finding holds, and what it leaves out and why."""
    parts: list[_Part] = []
    left: list[LeftOut] = [LeftOut(row_type="", row_id=each, why="not_here") for each in facts.unknown_ids]
    local = profile.local(at)
    _add(parts, facts.finding, facts, profile, "")
    for folder, rows in (
        ("工单/", facts.tickets),
        ("检查表/", facts.checks),
        ("答复/", facts.replies),
        ("证据/", facts.rows),
    ):
        for row in rows:
            if isinstance(row, TimelineEntry) and row.office_only:
                left.append(LeftOut(row_type="timeline_entry", row_id=row.id, why="office_only"))
            elif type(row) in WHATS:
                _add(parts, row, facts, profile, folder)
            if isinstance(row, Attachment):
                _add_file(parts, left, row, facts)
    for place, protocol in enumerate(facts.protocols, start=1):
        inspection = facts.inspection
        piece = Piece(
            path=f"抽样/{place:02d} 抽样协议.txt",
            sha256="",
            size=0,
            what="sampling_protocol",
            row_type="inspection",
            row_id=inspection.id if inspection is not None else "",
            version=inspection.version if inspection is not None else 0,
        )
        parts.append(_Part(piece=piece, text=write_protocol(protocol)))
    manifest = Manifest(
        about_type="finding",
        about_id=facts.finding.id,
        about_version=facts.finding.version,
        number=facts.finding.number,
        made_at=local.isoformat(timespec="seconds"),
        made_by=who,
        left_out=tuple(left),
    )
    return Bundle(parts=tuple(parts), manifest=manifest, at=local, facts=facts)


def write(bundle: Bundle, read: Read, path: Path, check: Callable[[], None] = lambda: None) -> str:
    """Write the zip; the SHA-256 of its manifest, which names it. ``check`` is called between pieces and may raise.

    Raises OSError, :class:`Damaged`, and what ``read`` raises; then there is no file.
    """
    part_path = path.with_name(f"{path.name}.part")
    try:
        with ZipFile(part_path, "w", ZIP_DEFLATED) as archive:
            pieces = [_put(archive, part, bundle, read, check) for part in bundle.parts]
            cover = Piece(path=COVER, sha256="", size=0, what="cover")
            names = [piece.path for piece in pieces]
            left = [_left_words(each) for each in bundle.manifest.left_out]
            text = cover_text(
                bundle.facts, f"{bundle.at:%Y-%m-%d %H:%M}", bundle.manifest.made_by, names, left
            )
            pieces.append(_put(archive, _Part(piece=cover, text=text), bundle, read, check))
            manifest = replace(bundle.manifest, pieces=tuple(pieces))
            listed = manifest_bytes(manifest)
            digest = sha256(listed).hexdigest()
            archive.writestr(_entry(MANIFEST, bundle.at), listed)
            archive.writestr(_entry(SUMS, bundle.at), sums_text(manifest, digest))
        part_path.replace(path)
    finally:
        part_path.unlink(missing_ok=True)
    return digest


def _add(parts: list[_Part], row: Row, facts: EvidenceFacts, profile: RuleProfile, folder: str) -> None:
    code, word = WHATS[type(row)]
    place = sum(part.piece.path.startswith(folder) for part in parts) + 1 if folder else 0
    name = f"{folder}{place:02d} {word}.txt" if folder else f"{word}.txt"
    parts.append(
        _Part(piece=_piece(name, code, row), text=row_text(row, facts, profile)),
    )


def _add_file(parts: list[_Part], left: list[LeftOut], row: Attachment, facts: EvidenceFacts) -> None:
    """The file itself beside its record; one that is only at the server is named by its hash."""
    if row.id not in facts.here:
        left.append(
            LeftOut(row_type="attachment", row_id=row.id, why="not_here", sha256=row.sha256, size=row.size)
        )
        return
    place = sum(part.file_id != "" for part in parts) + 1
    name = f"附件/{place:02d} {safe_name(redact_for_paper(row.name))}"
    piece = replace(_piece(name, "attachment", row), sha256=row.sha256, size=row.size)
    parts.append(_Part(piece=piece, file_id=row.id))


def _piece(path: str, what: str, row: Row) -> Piece:
    row_type = WHATS[type(row)][0]
    row_type = _ROW_TYPES.get(row_type, row_type)
    return Piece(
        path=path, sha256="", size=0, what=what, row_type=row_type, row_id=row.id, version=row.version
    )


def _put(archive: ZipFile, part: _Part, bundle: Bundle, read: Read, check: Callable[[], None]) -> Piece:
    hashed, size = sha256(), 0
    pieces = read(part.file_id) if part.file_id else iter((part.text.encode(),))
    with archive.open(_entry(part.piece.path, bundle.at), "w") as target:
        for data in pieces:
            check()
            hashed.update(data)
            size += len(data)
            target.write(data)
    digest = hashed.hexdigest()
    if part.file_id and (size, digest) != (part.piece.size, part.piece.sha256):
        raise Damaged
    return replace(part.piece, sha256=digest, size=size)


def _entry(path: str, at: datetime) -> ZipInfo:
    """An entry that says when the bundle was made, and nothing of this machine."""
    entry = ZipInfo(path, (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _left_words(left: LeftOut) -> str:
    why = {"not_here": "不在本机", "office_only": "仅限办公室内部"}[left.why]
    digest = f"，SHA-256 {left.sha256}" if left.sha256 else ""
    return f"{left.row_type or '记录'} {left.row_id}：{why}{digest}"
