"""Row ids out of what the database says, without a Python number for each: a letter may stand in every case there is.

Of a million hits the list of numbers alone took longer than finding them, and 32 MB. Pure; reads no store.
"""

from __future__ import annotations

from array import array

import msgspec

_MANY = 20_000
"""Below, numbers are quicker than numpy's first import."""

_ids = msgspec.json.Decoder(list[int])


def ascending_ids(body: str) -> array[int]:
    """The whole numbers of a JSON array, 64 bits each. They are written without blanks, none is negative, and each is
    greater than the one before: so all with as many digits stand in one block of equal pieces.
    """
    text = body.encode()
    if len(text) <= max(2, 2 * _MANY):
        return array("q", _ids.decode(text))
    import numpy as np

    # A comma in the place of the last bracket: every number ends with a sign of its own.
    signs = np.frombuffer(text[1:-1] + b",", np.uint8)
    found: array[int] = array("q")
    begin = 0
    for digits in range(1, _LONGEST + 1):
        # Where the pieces of this width end: the first that has a digit in the place of its comma is longer.
        pieces = (len(signs) - begin) // (digits + 1)
        ends = signs[begin + digits : begin + pieces * (digits + 1) : digits + 1] == _COMMA
        count = pieces if ends.all() else int(np.argmin(ends))
        block = signs[begin : begin + count * (digits + 1)].reshape(count, digits + 1)
        values = np.zeros(count, np.int64)
        for place in range(digits):
            values *= 10
            values += block[:, place] - _ZERO
        found.frombytes(values.tobytes())
        begin += count * (digits + 1)
    if begin < len(signs):
        raise ValueError("these are not ascending row ids")
    return found


def row_ids(body: str) -> array[int]:
    """The whole numbers of a JSON array in any order, 64 bits each; written without blanks.

    A piece at a time: a million Python numbers at once are forty megabytes, and as many milliseconds in which no other
    thread runs.
    """
    found: array[int] = array("q")
    at, end = 1, len(body) - 1
    while at < end:
        comma = body.find(",", at + _PIECE, end)
        stop = end if comma < 0 else comma
        found.extend(_ids.decode(f"[{body[at:stop]}]"))
        at = stop + 1
    return found


_PIECE = 200_000
"""Letters of JSON: some 25,000 numbers."""

_LONGEST = 19
"""Digits of 64 bits."""

_COMMA, _ZERO = ord(","), ord("0")
