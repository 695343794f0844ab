"""System libraries that the Python wheels expect to find, and how to get the missing ones on Debian and its kin.

Looks with `ldconfig -p`, on PATH and in the font folders; installs with apt, only as root. Python packages are none of
its business.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.console import Stop, call, say


@dataclass(frozen=True)
class Need:
    """One Debian package, known to be there by a shared library, a program or a file matching a pattern.

    ``*`` in a pattern stands for a part of the path.
    """

    package: str
    library: str = ""
    program: str = ""
    pattern: str = ""


# Qt without a screen.
OFFSCREEN = (
    Need("libglib2.0-0", library="libgthread-2.0.so.0"),
    Need("libegl1", library="libEGL.so.1"),
    Need("libgl1", library="libGL.so.1"),
    Need("libdbus-1-3", library="libdbus-1.so.3"),
    Need("libfontconfig1", library="libfontconfig.so.1"),
    Need("libxkbcommon0", library="libxkbcommon.so.0"),
    # Noto CJK would do on the screen, but Qt writes Kangxi radicals into PDFs with it and the text cannot be searched.
    Need("fonts-wqy-microhei", pattern="/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
)

# Qt's xcb platform plugin.
X11 = (
    Need("libxcb-cursor0", library="libxcb-cursor.so.0"),
    Need("libxcb-icccm4", library="libxcb-icccm.so.4"),
    Need("libxcb-keysyms1", library="libxcb-keysyms.so.1"),
    Need("libxcb-shape0", library="libxcb-shape.so.0"),
    Need("libxcb-xkb1", library="libxcb-xkb.so.1"),
    Need("libxcb-randr0", library="libxcb-randr.so.0"),
    Need("libxcb-image0", library="libxcb-image.so.0"),
    Need("libxcb-render-util0", library="libxcb-render-util.so.0"),
    Need("libx11-xcb1", library="libX11-xcb.so.1"),
    Need("libxkbcommon-x11-0", library="libxkbcommon-x11.so.0"),
)

# A real window in a test: a screen in memory, a session bus of its own and a real keyring on it. And a real PostgreSQL,
# whose programs Debian keeps off PATH; the tests start one of their own and leave the one that the package may start
# alone.
TESTING = (
    Need("xvfb", program="Xvfb"),
    Need("xauth", program="xauth"),
    Need("dbus", program="dbus-run-session"),
    Need("gnome-keyring", program="gnome-keyring-daemon"),
    Need("libkf5wallet-bin", program="kwalletd5"),
    Need("postgresql", pattern="/usr/lib/postgresql/*/bin/initdb"),
    # The sign-in of an office is tried with a provider that is not ours, a package of npm (tests/support/openid.py).
    Need("nodejs", program="node"),
    Need("npm", program="npm"),
    # The shim that makes disks fail and processes die amid a write (tests/support/crashes) is compiled when it is used.
    Need("gcc", program="cc"),
    Need("libc6-dev", pattern="/usr/include/stdio.h"),
    # The softphone that return visits are called with, and a telephone for it to ring (tests/support/sip_peer.py).
    Need("baresip-core", program="baresip"),
    Need("sip-tester", program="sipp"),
)

# PyInstaller reads what a library needs with objdump, and takes along what it finds: Qt's Wayland needs the cursor.
BUILDING = (
    Need("binutils", program="objdump"),
    Need("libwayland-cursor0", library="libwayland-cursor.so.0"),
)


def has_display() -> bool:
    """Whether a window can be shown here: always on Windows and macOS, elsewhere if X11 or Wayland says so."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure(needs: Iterable[Need]) -> None:
    """Install what is missing as root; otherwise Stop with the exact command a person has to run."""
    if not sys.platform.startswith("linux"):
        return
    gone = missing(needs)
    if not gone:
        return
    packages = [need.package for need in gone]
    apt = shutil.which("apt-get")
    if apt is None:
        names = ", ".join(need.library or need.program or need.pattern for need in gone)
        raise Stop(
            f"These are missing on this system: {names}\n"
            "There is no apt-get here, so please install them with your system's own package manager.\n"
            f"On Debian they come from: {' '.join(packages)}"
        )
    if os.geteuid() != 0:
        raise Stop(
            "Some system libraries are missing. Please run this once, then the same command again:\n"
            f"  sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"
        )
    say(f"installing system packages: {' '.join(packages)}")
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A fresh machine has no package lists, an old one stale ones; either shows as a failed install.
    if call(install, env=env) != 0:
        say("refreshing apt's package lists")
        call([apt, "update", "-qq"], env=env)
        call(install, env=env)
    still = missing(gone)
    if still:
        raise Stop(f"apt did not bring these packages: {' '.join(need.package for need in still)}")


def missing(needs: Iterable[Need]) -> list[Need]:
    """The needs that this system does not meet, in the given order."""
    libraries = _shared_libraries()
    return [need for need in needs if not _met(need, libraries)]


def _met(need: Need, libraries: frozenset[str]) -> bool:
    if need.library:
        return need.library in libraries
    if need.program:
        return shutil.which(need.program) is not None
    return any(Path("/").glob(need.pattern.lstrip("/")))


def _shared_libraries() -> frozenset[str]:
    # An ordinary user's PATH often lacks /sbin, where Debian keeps ldconfig.
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/usr/sbin:/sbin")
    if ldconfig is None:
        raise Stop("ldconfig was not found, so the system libraries cannot be checked. Is this glibc Linux?")
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout
    return frozenset(line.split()[0] for line in listing.splitlines()[1:] if line.strip())
