"""What lets a receiver check a build: its list of parts (SBOM, CycloneDX 1.6) and the sums of its files.

The list names every package of lock/run.txt with its hashes. It is made from the lock alone and carries neither time
nor serial number, so that anybody can make it anew and compare; asks no index. Signs nothing: that is for whoever hands
out.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from installer.contents import NAME, ROOT

LOCK = ROOT / "lock" / "run.txt"
_PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def parts(lock: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, version and SHA-256 sums of each package of a lock: one sum for every file that may be installed."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock):
        found = _PINNED.match(entry)
        if found:
            yield found["name"], found["version"], tuple(_HASH.findall(entry))


def list_of_parts(lock: str, own_version: str) -> str:
    """The document as JSON, the same for the same lock."""
    bom = Bom()
    own = Component(name=NAME, version=own_version, type=ComponentType.APPLICATION, bom_ref=NAME)
    bom.metadata.component = own
    for name, number, hashes in parts(lock):
        url = PackageURL("pypi", name=name, version=number)
        bom.components.add(
            Component(
                name=name,
                version=number,
                type=ComponentType.LIBRARY,
                purl=url,
                bom_ref=url.to_string(),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in hashes],
            )
        )
    bom.register_dependency(own, bom.components)
    made = json.loads(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    made.pop("serialNumber", None)
    made["metadata"].pop("timestamp", None)
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True)


def write(folder: Path) -> Path:
    """Write ``<name>-<version>.cdx.json`` into ``folder``."""
    own = version(NAME)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}-{own}.cdx.json"
    path.write_text(list_of_parts(LOCK.read_text("utf-8"), own) + "\n", encoding="utf-8")
    return path


def write_sums(folder: Path) -> Path:
    """Write SHA256SUMS of the files in ``folder``, as ``sha256sum -c`` reads it."""
    path = folder / "SHA256SUMS"
    files = sorted(each for each in folder.iterdir() if each.is_file() and each != path)
    lines = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}" for each in files]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


if __name__ == "__main__":
    goal = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    print(write(goal))
    print(write_sums(goal))
