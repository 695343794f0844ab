"""Whether another process still runs. Asks the operating system; sends nothing to the process."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE = 0x00100000
    _WAIT_TIMEOUT = 0x00000102

    def is_running(pid: int) -> bool:
        """True while the process exists and has not ended."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
        if not handle:
            return False
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == _WAIT_TIMEOUT)
        finally:
            kernel.CloseHandle(handle)

else:

    def is_running(pid: int) -> bool:
        """True while the process exists and, where it started us, is still our parent."""
        if os.getppid() == pid:
            return True
        try:
            os.kill(pid, 0)  # signal 0 only asks
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return not _is_zombie(pid)

    def _is_zombie(pid: int) -> bool:
        try:
            with open(f"/proc/{pid}/stat", "rb") as stat:  # noqa: PTH123 - no Path where it may not exist
                return stat.read().rpartition(b")")[2].split()[:1] == [b"Z"]
        except OSError:
            return False
