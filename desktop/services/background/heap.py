"""Memory that was needed for a moment, given back to the system while nobody waits.

GNU's C library keeps what it was once given, in case: after sorting a million rows some eighty megabytes. Other systems
give it back by themselves.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Some ten milliseconds, in which other threads may have to wait for memory: only when nobody is at work."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library than GNU's
            ctypes.CDLL(None).malloc_trim(0)
