"""Tries a built program folder as a stranger's machine would: copied away, with an empty environment and no checkout.

Says whether every library is there, whether the self-check passes, and how large the folder is;
builds nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer.contents import NAME, ROOT

BUILT = ROOT / "dist" / NAME
_LIMIT_S = 300


def check(built: Path = BUILT) -> int:
    """0 when the copy works; prints what it found."""
    program = f"{NAME}.exe" if sys.platform == "win32" else NAME
    if not (built / program).is_file():
        print(f"{built} holds no program; build it first: python3 dev.py build")
        return 1
    with tempfile.TemporaryDirectory(prefix="desk-installed-") as scratch:
        folder = Path(scratch) / "app"
        home = Path(scratch) / "home"
        shutil.copytree(built, folder, symlinks=True)
        home.mkdir()
        print(f"size: {_megabytes(folder):.0f} MB in {sum(1 for _ in folder.rglob('*'))} files and folders")
        lost = _missing_libraries(folder) if sys.platform.startswith("linux") else []
        for line in lost:
            print(f"missing: {line}")
        began = time.monotonic()
        code = subprocess.run(
            [str(folder / program), "--self-check"],
            cwd=home,
            env=_bare(home),
            timeout=_LIMIT_S,
            check=False,
        ).returncode
        print(f"self-check: {'passed' if code == 0 else f'FAILED with code {code}'} "
              f"in {time.monotonic() - began:.1f} s")  # fmt: skip
    return 1 if code or lost else 0


def _bare(home: Path) -> dict[str, str]:
    """What a session of a person who has never heard of Python has; on Windows the system needs its own variables."""
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    if sys.platform == "win32":
        kept = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LOCALAPPDATA", "APPDATA", "USERPROFILE", "PATH")
        bare = {name: os.environ[name] for name in kept if name in os.environ} | {
            "QT_QPA_PLATFORM": "offscreen"
        }
    return bare


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _missing_libraries(folder: Path) -> list[str]:
    """Libraries that neither the folder nor this system has, as "file: library"."""
    found: list[str] = []
    env = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(folder / "_internal")}
    for path in sorted(path for path in folder.rglob("*.so*") if not path.is_symlink()):
        told = subprocess.run(["ldd", str(path)], env=env, capture_output=True, text=True, check=False)
        names = {line.split()[0] for line in told.stdout.splitlines() if "not found" in line}
        found += [f"{path.relative_to(folder)}: {name}" for name in sorted(names)]
    return found


if __name__ == "__main__":
    sys.exit(check(Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT))
