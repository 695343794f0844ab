"""How the ``detail`` of an audit row is written and read: ``key=value`` words; a reason, the one free text, comes last.

Pure. Older rows are read alike: what a row does not name is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

_LAST = "reason"


def detail_of(*, reason: str = "", **values: str | int) -> str:
    """The words of a detail, in the order given; empty values are left out. Only ``reason`` may hold blanks."""
    words = [f"{key}={value}" for key, value in values.items() if value != ""]
    return " ".join([*words, f"{_LAST}={reason}"] if reason else words)


def detail_values(detail: str) -> Mapping[str, str]:
    """What a detail says by its keys; nothing for a detail of another form."""
    before, marked, reason = f" {detail}".partition(f" {_LAST}=")
    pairs = (word.partition("=") for word in before.split())
    found = {key: value for key, equals, value in pairs if equals}
    return found | {_LAST: reason} if marked else found
