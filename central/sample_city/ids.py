"""Ids of what the sample city generates: from seed and number alone, in the form of a UUID (version 8).

A child's id is its ticket's with another last group, which costs no hash; tickets and contacts keep the upper half of
the last group's numbers for themselves, so that no two can meet.
"""

from __future__ import annotations

from hashlib import blake2b

_VARIANT = "89ab"


class Ids:
    """The ids of one city."""

    def __init__(self, source: str, seed: int) -> None:
        self._key = f"{source}:{seed}".encode()[:64]

    def of(self, kind: str, key: str) -> str:
        """The id of a ticket or contact by its natural key."""
        h = blake2b(f"{kind}\0{key}".encode(), digest_size=16, key=self._key).hexdigest()
        return f"{h[:8]}-{h[8:12]}-8{h[13:16]}-{_VARIANT[int(h[16], 16) & 3]}{h[17:20]}-8{h[21:32]}"


_READY = 48
_TAILS = [[f"0{kind:03x}{number:08x}" for number in range(_READY)] for kind in range(16)]


def child_id(ticket_id: str, kind: int, number: int) -> str:
    """The id of the ``number``-th child (below 2**32) of a kind (below 16)."""
    tail = _TAILS[kind][number] if number < _READY else f"0{kind:03x}{number:08x}"
    return ticket_id[:24] + tail
