"""Baresip as we run it: a folder of its own, a control port on this machine alone, and an account that is on no disk.

Writes the configuration and nothing of a call. The password is said over the control port (``account_words``).
"""

from __future__ import annotations

import shutil
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Transport = Literal["udp", "tcp", "tls"]

PROGRAM = "baresip"
_MODULES = (
    Path("/usr/lib/baresip/modules"),
    Path("/usr/local/lib/baresip/modules"),
    Path("/opt/homebrew/lib/baresip/modules"),
)
_UNFIT = frozenset(';<>",\\') | frozenset(map(chr, range(33)))
SILENT = "aubridge,nil"
"""No microphone and no loudspeaker: what a test speaks and hears with."""


@dataclass(frozen=True)
class SipAccount:
    """``server`` is a host, perhaps with a port; ``audio`` a baresip device. Without a password nothing signs in.

    ``authorities``: a PEM file of whom to trust for TLS; baresip 1.0 reads it and holds no server against it.
    """

    server: str
    user: str
    password: str = field(default="", repr=False)
    transport: Transport = "udp"
    prefix: str = ""
    audio: str = "alsa,default"
    authorities: str = ""

    def is_fit(self) -> bool:
        """Whether baresip can be told of it: its own language has no room for some signs."""
        texts = (self.server, self.user, self.password, self.prefix)
        return bool(self.server and self.user) and not any(_UNFIT & set(text) for text in texts)

    def account_words(self) -> str:
        """The account as baresip's command ``uanew`` takes it."""
        words = f"<sip:{self.user}@{self.server};transport={self.transport}>"
        if not self.password:
            return f"{words};regint=0"
        return f"{words};regint=300;auth_user={self.user};auth_pass={self.password}"

    def uri(self, digits: str) -> str:
        """Whom to invite; baresip adds the transport of the account, and would say it twice."""
        return f"sip:{digits}@{self.server}"


def as_transport(word: str) -> Transport:
    """A word from a setting; what is none of them means udp."""
    return "tls" if word == "tls" else "tcp" if word == "tcp" else "udp"


def find_program() -> str:
    """Where baresip is on this machine, "" where it is not."""
    return shutil.which(PROGRAM) or ""


def find_authorities(transport: Transport) -> str:
    """The system's own list of whom to trust, for a line that is spoken to by TLS; "" where there is none."""
    return (ssl.get_default_verify_paths().cafile or "") if transport == "tls" else ""


def command(program: str, folder: Path) -> list[str]:
    """What to run. On Linux it ends with us, whatever ends us: an open line to a citizen must not outlive its desk."""
    bound = shutil.which("setpriv")
    run = [program, "-f", str(folder)]
    return [bound, "--pdeathsig", "TERM", *run] if bound else run


def write_config(folder: Path, account: SipAccount, control_port: int, silence_s: int) -> None:
    """The configuration; no account, no contact and no number is in it. ``silence_s``: a line as quiet is cut."""
    host = account.server.rpartition(":")[0] or account.server
    here = host in ("127.0.0.1", "localhost")
    modules = next((path for path in _MODULES if path.is_dir()), _MODULES[0])
    speaker = account.audio.partition(",")[0]
    lines = [
        *(["net_interface 127.0.0.1"] if here else []),
        "call_max_calls 1",
        f"rtp_timeout {silence_s}",
        f"audio_player {account.audio}",
        f"audio_source {account.audio}",
        f"audio_alert {account.audio}",
        f"module_path {modules}",
        "module g711.so",
        f"module {speaker}.so",
        "module_tmp account.so",
        "module_app menu.so",
        "module_app ctrl_tcp.so",
        f"ctrl_tcp_listen 127.0.0.1:{control_port}",
        *([f"sip_cafile {account.authorities}", "sip_verify_server yes"] if account.authorities else []),
    ]
    (folder / "config").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for empty in ("accounts", "contacts"):
        (folder / empty).write_text("", encoding="utf-8")
