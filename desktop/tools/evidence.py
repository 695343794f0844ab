"""``python -m desktop.tools.evidence BUNDLE.zip``: hold an evidence bundle against its manifest and say what differs.

For whoever received it and trusts nobody: needs no account, no store and no network, unpacks nothing to the disk, and
ends with 0 only where every file is there, unchanged, and nothing else is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from desktop.models.domain.evidence_manifest import (
    MANIFEST,
    SUMS,
    BadManifest,
    Fault,
    faults_of,
    read_manifest,
)

HOLDS, DIFFERS, UNREADABLE = range(3)
_CHUNK: Final = 1024 * 1024
_MOST_LIST: Final = 16 * 1024 * 1024
_WORDS: Final[dict[Fault, str]] = {
    "missing": "清单中有而包内没有 (named, not there)",
    "extra": "包内有而清单中没有 (there, not named)",
    "changed": "内容与清单不符 (changed)",
    "size": "大小与清单不符 (another size)",
    "sums": "与清单不符 (the two lists differ)",
}


def main(arguments: Sequence[str], say: Callable[[str], object]) -> int:
    """Check the bundle named by the only argument; the exit code."""
    if len(arguments) != 1:
        say("python -m desktop.tools.evidence BUNDLE.zip")
        return UNREADABLE
    try:
        with ZipFile(Path(arguments[0])) as archive:
            return _check(archive, say)
    except (OSError, BadZipFile, BadManifest, KeyError, UnicodeDecodeError, NotImplementedError) as error:
        say(f"不是可核验的证据包 (not a bundle that can be checked): {error}")
        return UNREADABLE


def _check(archive: ZipFile, say: Callable[[str], object]) -> int:
    names = archive.namelist()
    if len(set(names)) != len(names):
        raise BadManifest("a path stands twice")
    listed = _small(archive, MANIFEST)
    manifest = read_manifest(listed)
    digest = sha256(listed).hexdigest()
    sums = _small(archive, SUMS).decode()
    faults = list(faults_of(manifest, _found(archive), digest, sums))
    say(f"{manifest.number or manifest.about_id}  {manifest.made_at}  {manifest.made_by}")
    say(f"清单 (manifest) {digest}")
    for piece in manifest.pieces:
        row = f"  {piece.row_type} {piece.row_id} v{piece.version}" if piece.row_type else ""
        say(f"  {piece.path}{row}")
    for left in manifest.left_out:
        say(f"  ({left.why}) {left.row_type} {left.row_id} {left.sha256}".rstrip())
    for fault, path in faults:
        say(f"! {path}：{_WORDS[fault]}")
    if not faults:
        say(f"核验一致：{len(manifest.pieces)} 个文件 (every file is as the manifest says)")
    return DIFFERS if faults else HOLDS


def _found(archive: ZipFile) -> Iterator[tuple[str, int, str]]:
    for name in archive.namelist():
        if name in (MANIFEST, SUMS):
            continue
        hashed, size = sha256(), 0
        with archive.open(name) as file:
            while data := file.read(_CHUNK):
                hashed.update(data)
                size += len(data)
        yield name, size, hashed.hexdigest()


def _small(archive: ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST_LIST:
        raise BadManifest(f"{name} is too large")
    return archive.read(name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], print))
