"""Netstrings ("3:abc,"): how baresip's control port frames its JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 64 * 1024
"""Bytes. Nothing that the control port says is longer."""


class BadFrame(ValueError):
    """What came is no netstring: whoever sent it is not the program that was asked."""


def framed(body: bytes) -> bytes:
    """``body`` as one netstring."""
    return b"%d:%s," % (len(body), body)


class Frames:
    """Takes bytes as they come and gives back what was framed."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> Iterator[bytes]:
        """The bodies that are complete now, in order. Raises :class:`BadFrame`."""
        self._rest += data
        while True:
            head, colon, rest = self._rest.partition(b":")
            if not colon:
                if len(head) > len(str(LONGEST)):
                    raise BadFrame("no length")
                return
            if not head.isdigit() or int(head) > LONGEST:
                raise BadFrame("bad length")
            length = int(head)
            if len(rest) <= length:
                return
            if rest[length : length + 1] != b",":
                raise BadFrame("no end")
            self._rest = rest[length + 1 :]
            yield rest[:length]
