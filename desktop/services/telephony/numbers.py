"""A telephone number as a line can dial it. What is no plain number never reaches a line's own language."""

from __future__ import annotations

import re
import unicodedata

from .line import LineRefused

_EXTENSION = re.compile(r"转|分机|ext\.?|x", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-‐-―().]")
_NUMBER = re.compile(r"\+?[0-9]{3,20}")


def dialable(number: str, prefix: str = "") -> str:
    """Digits, perhaps with a leading "+", after ``prefix`` (what an office dials for an outside line).

    An extension (转801) is asked for by a person and left out. Raises :class:`LineRefused` "number_unfit".
    """
    plain = unicodedata.normalize("NFKC", number)
    digits = _BETWEEN.sub("", _EXTENSION.split(plain, maxsplit=1)[0])
    if _NUMBER.fullmatch(digits) is None:
        raise LineRefused("number_unfit")
    return prefix + (digits.replace("+", "00") if prefix else digits)
