"""A message bus of a test's own, and a real gnome-keyring-daemon or KDE wallet on it.

Nothing on it is started by itself: what is to be there, a test starts. So a prompt that nobody can show is a prompt
that is refused, as by a person who presses Cancel.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import secretstorage
from jeepney import DBusAddress, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from desktop.services.account.vault import KeyringVault, open_vault

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "keyring-password"
WALLET = "org.kde.kwalletd5"
_PATIENCE_S = 60.0
_CONFIG = """<busconfig><type>{kind}</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


def needed(*programs: str) -> pytest.MarkDecorator:
    """Skips, saying what is missing and how to have it, where a program cannot be had."""
    gone = [program for program in programs if shutil.which(program) is None]
    why = f"{', '.join(gone)} missing: `python3 dev.py test` as root installs it on Debian and its kin"
    return pytest.mark.skipif(bool(gone) or not sys.platform.startswith("linux"), reason=why)


class PrivateBus:
    """A dbus-daemon; ``kind`` is "session" or "system"."""

    def __init__(self, folder: Path, kind: str = "session") -> None:
        socket = folder / f"{kind}-bus"
        config = folder / f"{kind}.conf"
        config.write_text(_CONFIG.format(kind=kind, path=socket), "utf-8")
        self.address = f"unix:path={socket}"
        self._process = subprocess.Popen(
            ["dbus-daemon", "--nofork", f"--config-file={config}"], stderr=subprocess.DEVNULL
        )
        until("the bus", socket.exists, self._process)

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(_PATIENCE_S)


class Keyring:
    """A gnome-keyring-daemon on a private bus, opened with PASSWORD. Set DBUS_SESSION_BUS_ADDRESS to use it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.bus = PrivateBus(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._prompter: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Start the daemon, as a login does."""
        environment = os.environ | {
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "HOME": str(self._folder),
            "XDG_DATA_HOME": str(self._folder / "data"),
            "XDG_RUNTIME_DIR": str(self._folder),
        }
        environment.pop("DISPLAY", None)
        self._process = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(PASSWORD.encode())
        self._process.stdin.close()
        until("the keyring", self._answers, self._process)

    def vault(self, *, limit_s: float = 5.0, prompt_s: float = 0.3) -> KeyringVault:
        """The keyring as the program finds it."""
        found = open_vault(limit_s=limit_s, prompt_s=prompt_s)
        assert found is not None
        return found

    def lock(self) -> None:
        """As at the end of a login."""
        bus = secretstorage.dbus_init()
        secretstorage.Collection(bus).lock()
        bus.close()

    def leave_prompts_open(self) -> None:
        """From now on a prompt appears, and nobody answers it."""
        self._prompter = subprocess.Popen(
            [sys.executable, "-m", "tests.support.silent_prompter", self.bus.address],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._prompter.stdout is not None
        assert self._prompter.stdout.readline() == "ready\n"

    def drop(self, name: str) -> None:
        """Somebody tidies up in the keyring's own window."""
        bus = secretstorage.dbus_init()
        for item in list(secretstorage.search_items(bus, {"username": name})):
            item.delete()
        bus.close()

    def stop(self) -> None:
        """The daemon ends."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(_PATIENCE_S)
            self._process = None

    def hang(self) -> None:
        """The daemon answers nothing any more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """The end of :meth:`hang`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End everything."""
        self.stop()
        if self._prompter is not None:
            self._prompter.kill()
            self._prompter.communicate()
        self.bus.close()
        for thread in threading.enumerate():
            if thread.name == "keyring":
                thread.join(_PATIENCE_S)

    def _answers(self) -> bool:
        environment = {"DBUS_SESSION_BUS_ADDRESS": self.bus.address}
        asked = subprocess.run(
            [
                "dbus-send", f"--bus={self.bus.address}", "--print-reply", "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias", "string:default",
            ],
            env=os.environ | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return "collection/" in asked.stdout


class Wallet:
    """A kwalletd5 on a private bus. ``service`` = it offers the Secret Service too, as it does unless told not to."""

    def __init__(self, folder: Path, *, service: bool) -> None:
        self._folder = folder
        self.bus = PrivateBus(folder)
        self._process: subprocess.Popen[bytes] | None = None
        settings = folder / "settings"
        settings.mkdir()
        offered = str(service).lower()
        (settings / "kwalletrc").write_text(
            f"[Wallet]\nFirst Use=false\nLaunch Manager=false\n[org.freedesktop.secrets]\napiEnabled={offered}\n",
            "utf-8",
        )
        self.start()

    def start(self, *, unlock: bool = True) -> None:
        """Start the daemon; ``unlock`` its wallet with the login's password, as PAM does."""
        environment = os.environ | {
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "HOME": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder / "settings"),
            "XDG_DATA_HOME": str(self._folder / "data"),
            "XDG_RUNTIME_DIR": str(self._folder),
            "QT_QPA_PLATFORM": "offscreen",
        }
        self._process = subprocess.Popen(
            ["kwalletd5"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with open_dbus_connection(self.bus.address) as bus:
            calls = Proxy(message_bus, bus)
            until("the wallet", lambda: calls.NameHasOwner(WALLET)[0], self._process)
            if unlock:
                address = DBusAddress(f"/modules/{WALLET.rpartition('.')[2]}", WALLET, "org.kde.KWallet")
                opened = new_method_call(address, "pamOpen", "sayi", ("kdewallet", b"p" * 56, 0))
                unwrap_msg(bus.send_and_get_reply(opened))

    def vault(self, *, limit_s: float = 5.0, prompt_s: float = 0.3) -> KeyringVault:
        """The keyring as the program finds it."""
        found = open_vault(limit_s=limit_s, prompt_s=prompt_s)
        assert found is not None
        return found

    def stop(self) -> None:
        """The daemon ends, as at the end of a login."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE_S)
            self._process = None

    def close(self) -> None:
        """End everything."""
        self.stop()
        self.bus.close()
        for thread in threading.enumerate():
            if thread.name == "keyring":
                thread.join(_PATIENCE_S)


def until(what: str, condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for a process to bring something about."""
    late = time.monotonic() + _PATIENCE_S
    while not condition():
        if process.poll() is not None or time.monotonic() > late:
            raise AssertionError(f"{what} did not come up")
        threading.Event().wait(0.02)
