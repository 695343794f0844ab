"""The Range header of RFC 9110 as far as the contract knows it: one range of bytes. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_RANGE = re.compile(r"bytes[ \t]*=[ \t]*([0-9]{0,18})[ \t]*-[ \t]*([0-9]{0,18})", re.IGNORECASE)


class Span(NamedTuple):
    """Bytes from ``start`` up to ``end``, exclusive; never empty."""

    start: int
    end: int


class Unsatisfiable(Exception):
    """The range lies outside the content: 416."""


def asked_span(header: str, size: int) -> Span | None:
    """The part asked for of ``size`` bytes; None for a header that is to be ignored (none, malformed, several ranges).

    Raises :class:`Unsatisfiable`.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    elif last and int(last) < int(first):
        return None  # not a range at all
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    if start >= end:
        raise Unsatisfiable
    return Span(start, end)


def same_version(if_range: str | None, etag: str) -> bool:
    """Whether a partial reply may be given: no condition, or the very ETag. A date or a weak ETag never matches."""
    return if_range is None or if_range.strip() == etag
