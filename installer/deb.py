"""Wraps the built program folder into a Debian package with nfpm. Builds no program and installs nothing."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from installer.contents import NAME, ROOT

# How Debian calls the machines that PyInstaller can build on.
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}


def package() -> int:
    """Write dist/<name>_<version>_<machine>.deb; the exit code."""
    nfpm = Path(sys.executable).parent / "nfpm"
    if not (ROOT / "dist" / NAME / NAME).is_file() or not nfpm.is_file():
        print("There is no program folder yet, or this is not Linux: python3 dev.py build")
        return 1
    # The program asks for at least the C library of the machine it was built on.
    glibc = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")[2]
    env = {
        **os.environ,
        "DESK_ARCH": _ARCHITECTURES[platform.machine()],
        "DESK_VERSION": version(NAME),
        "DESK_GLIBC": glibc,
    }
    recipe = ROOT / "installer" / "linux" / "nfpm.yaml"
    command = [str(nfpm), "package", "--packager", "deb", "--config", str(recipe), "--target", "dist"]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(package())
