"""What a city's administrator lays down for a machine: a TOML file that persons can read and not write.

Reads and judges; decides nothing about what to do with it. A file that cannot be read is not the same as none: it may
have held pins, so whoever asks for a way learns that there is none (``broken``). Format in docs/operations.md.
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("server", "proxy", "authority", "pins")
_TELEPHONE: Final = ("kind", "address", "seat", "prefix", "transport", "audio")
_FOLDER: Final = "supervision-desk"
_FILE: Final = "preset.toml"


@dataclass(frozen=True)
class Preset:
    """``locked`` names what a person may not change here, ``by`` says in the administrator's words whom to ask."""

    server: str = ""
    proxy: str = ""
    authority: str = ""
    pins: tuple[str, ...] = ()
    locked: frozenset[str] = frozenset()
    by: str = ""
    broken: bool = False
    letters: str = ""
    """The folder with the city's letter templates, "" for none."""
    telephone: dict[str, str | bool] = field(default_factory=dict)
    """How the machine telephones: the fields of ``services.telephony.setup.LineSetup`` that are laid down."""


def preset_path() -> Path:
    """Where the file lies on this system, whether or not there is one."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / _FOLDER / _FILE
    if sys.platform == "darwin":
        return Path("/Library/Application Support") / _FOLDER / _FILE
    return Path("/etc") / _FOLDER / _FILE


def load_preset(path: Path) -> Preset:
    """What stands in the file; nothing where there is none."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        letters = _letters(table.get("letters", {}), path.parent)
        telephone = _telephone(table.get("telephone", {}))
        own = {"letters", "telephone"}
        given = Preset() if table and set(table) <= own else _preset(table["connection"], path.parent)
        return replace(given, letters=letters, telephone=telephone)
    except FileNotFoundError:
        return Preset()
    except (OSError, ValueError, KeyError, TypeError):
        return Preset(broken=True)


def _letters(table: dict[str, Any], folder: Path) -> str:
    """Raises ValueError and TypeError for what makes no sense. A relative folder lies beside the file."""
    if unknown := set(table) - {"folder"}:
        raise ValueError(f"unknown: {sorted(unknown)}")
    named = table.get("folder", "")
    if not isinstance(named, str):
        raise TypeError("texts only")
    return str(folder / named) if named else ""


def _telephone(table: dict[str, Any]) -> dict[str, str | bool]:
    """Raises ValueError and TypeError for what makes no sense. A secret has no place in a file."""
    if unknown := set(table) - {*_TELEPHONE, "command_line"}:
        raise ValueError(f"unknown: {sorted(unknown)}")
    if not all(isinstance(table.get(name, ""), str) for name in _TELEPHONE):
        raise TypeError("texts only")
    if not isinstance(table.get("command_line", False), bool):
        raise TypeError("yes or no")
    if table.get("kind", "none") not in ("none", "softphone", "dialler", "program"):
        raise ValueError("no such kind")
    return dict(table)


def _preset(table: dict[str, Any], folder: Path) -> Preset:
    """Raises ValueError and TypeError for what makes no sense, a misspelt name among it."""
    if unknown := set(table) - {*NAMES, "locked", "by"}:
        raise ValueError(f"unknown: {sorted(unknown)}")
    texts = {name: table.get(name, "") for name in ("server", "proxy", "authority", "by")}
    pins, locked = table.get("pins", []), table.get("locked", [])
    if locked is True:
        locked = [name for name in NAMES if name in table]
    if not all(isinstance(each, str) for each in (*texts.values(), *pins, *locked)):
        raise TypeError("texts only")
    if unknown := set(locked) - set(NAMES):
        raise ValueError(f"unknown: {sorted(unknown)}")
    authority = str(folder / texts["authority"]) if texts["authority"] else ""
    return Preset(
        server=texts["server"],
        proxy=texts["proxy"],
        authority=authority,
        pins=tuple(pins),
        locked=frozenset(locked),
        by=texts["by"],
    )
