"""The memory of lists of a million, kept where the system gets it back.

GNU's C library raises the size from which a block gets pages of its own with each large block that is let go of, up to
thirty megabytes. From then on the arrays of one list after another lie in the heap between small things that stay, and
the heap of each thread keeps what it once had. Other systems' libraries do nothing of the kind, and are left alone.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""GNU's names for them, in ``malloc.h``."""

_LARGE = 1_000_000
"""Bytes: less than any array of a list that is held in memory at all would be were it a long one."""


def keep_large_apart() -> None:
    """From now on a large block goes back to the system when it is let go of. Once is enough; any thread."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library than GNU's
            library = ctypes.CDLL(None)
            for parameter in (_MMAP_THRESHOLD, _TRIM_THRESHOLD):
                library.mallopt(parameter, _LARGE)


def give_back() -> None:
    """Some ten milliseconds, in which other threads may have to wait for memory: only when nobody is at work."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library than GNU's
            ctypes.CDLL(None).malloc_trim(0)
