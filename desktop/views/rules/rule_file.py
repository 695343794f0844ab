"""A version of the rules as a file: read with words for what is wrong, and written to be changed. Blocks; for a lane.

Must not judge what a version says: `domain.profile_checks` does.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from msgspec import Struct

from desktop.models.domain.profile import RuleProfile

_MOST_BYTES = 4 * 1024 * 1024
_decoder = msgspec.json.Decoder(RuleProfile)


class NoRules(Struct, frozen=True):
    """Why a file holds no rules: a code, and where in it as a JSON pointer or a byte."""

    code: str
    where: str = ""


def read_rules(path: Path) -> RuleProfile | NoRules:
    """The version that a file holds, or why it holds none. Raises OSError."""
    if path.stat().st_size > _MOST_BYTES:
        return NoRules("too_large")
    try:
        return _decoder.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except msgspec.ValidationError as error:
        return NoRules("bad_shape", _pointer(str(error)))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        found = re.search(r"byte (\d+)", str(error))
        return NoRules("bad_json", found[1] if found else "")


def write_rules(rules: RuleProfile, path: Path) -> None:
    """The version as indented JSON, a line a value, so that two files can be compared. Raises OSError."""
    plain = msgspec.json.encode(msgspec.to_builtins(rules, str_keys=True))
    path.write_bytes(msgspec.json.format(plain, indent=2) + b"\n")


def _pointer(said: str) -> str:
    """ "… - at `$.deadlines[0].limit`" → "/deadlines/0/limit"."""
    inside = said.rpartition("`$")[2].partition("`")[0] if "`$" in said else ""
    return inside.replace("[", "/").replace("]", "").replace(".", "/")
