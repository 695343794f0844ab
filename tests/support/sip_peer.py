"""A real SIP peer: sipp, which answers by the last digit of the number that is dialled, as often as it is rung.

What it was asked is read from its own record of messages, so a test can say who was really rung, and when.
"""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support.tls_front import Relay

_PATIENCE_S = 60.0

ANSWERS = "0"
"""By last digit. Answered, and then spoken until the caller hangs up (nothing is heard of this peer)."""
HANGS_UP, BUSY, RINGS_ON, REJECTS, OFF, NO_SUCH, BROKEN = "1234567"
"""Answers and hangs up after a moment; 486; rings until cancelled; 603; 480; 404; 503."""

_REPLY = """SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]T[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <{contact}>
"""
_SOUND = """Content-Type: application/sdp
Content-Length: [len]

v=0
o=u 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
"""
_NOTHING = "Content-Length: 0\n\n"
_BYE = """BYE [$contact] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$to];tag=[pid]T[call_number]
To:[$from]
[last_Call-ID:]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

"""


def _send(message: str, more: str = "") -> str:
    return f"<send {more}><![CDATA[\n{message}\n]]></send>\n"


def _digits() -> str:
    """Which digit the number ends in: sipp has no "otherwise", each has its test."""
    found = "".join(
        f'<ereg regexp="sip:[0-9]*{digit}@" search_in="hdr" header="To:" assign_to="is{digit}"/>\n'
        for digit in "01234567"
    )
    return (
        found
        + '<ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" assign_to="contact"/>\n'
        + '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>\n'
        + '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>\n'
    )


class _Scenario:
    """What sipp is to do; ``contact``: where it says that it is found; ``secret``: user and password it asks for."""

    def __init__(self, contact: str, secret: tuple[str, str] | None) -> None:
        self._contact = contact
        self._secret = secret

    def text(self) -> str:
        """The file."""
        jumps = "".join(f'<nop next="do{digit}" test="is{digit}"/>\n' for digit in "01234567")
        ends = {BUSY: "486 Busy Here", REJECTS: "603 Decline", OFF: "480 Temporarily Unavailable"}
        ends |= {NO_SUCH: "404 Not Found", BROKEN: "503 Service Unavailable"}
        hung = _send(
            "SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n"
            + _NOTHING
        )
        cancelled = _send(
            self._reply("487 Request Terminated").replace("[last_CSeq:]", "CSeq: 2 INVITE") + _NOTHING
        )
        parts = [
            '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="by the last digit">\n',
            self._asked(),
            _send(self._reply("180 Ringing") + _NOTHING),
            jumps,
            '<label id="do0"/>\n'
            + self._answered()
            + '<recv request="BYE"/>\n'
            + hung
            + '<nop next="end"/>\n',
            '<label id="do1"/>\n' + self._answered() + '<pause milliseconds="1200"/>\n',
            _send(_BYE, 'retrans="500"'),
            '<recv response="200" next="end"/>\n',
            '<label id="do3"/>\n<recv request="CANCEL"/>\n'
            + hung
            + cancelled
            + '<recv request="ACK" next="end"/>\n',
            *(f'<label id="do{digit}"/>\n' + self._refused(status) for digit, status in ends.items()),
            '<label id="end"/>\n<nop/>\n<Reference variables="from,to,contact"/>\n</scenario>\n',
        ]
        return "".join(parts)

    def _asked(self) -> str:
        """An invitation; where there is a secret also a sign-in, and both only from whoever knows it."""
        if self._secret is None:
            return f'<recv request="INVITE"><action>\n{_digits()}</action></recv>\n'
        user, password = self._secret
        proof = f'<verifyauth assign_to="known" username="{user}" password="{password}"/>\n'
        asks = 'Digest realm="desk", nonce="[call_id]", algorithm=MD5'
        signed = self._reply("200 OK") + "Expires: 300\n" + _NOTHING
        return (
            '<recv request="REGISTER" optional="true" next="signs_in"/>\n<recv request="INVITE"/>\n'
            + _send(self._reply("401 Who") + f"WWW-Authenticate: {asks}\n" + _NOTHING, 'retrans="500"')
            + '<recv request="ACK"/>\n'
            + f'<recv request="INVITE"><action>\n{_digits()}{proof}</action></recv>\n'
            + '<nop next="rings" test="known"/>\n'
            + self._refused("403 Forbidden")
            + '<label id="signs_in"/>\n'
            + _send(self._reply("401 Who") + f"WWW-Authenticate: {asks}\n" + _NOTHING)
            + f'<recv request="REGISTER"><action>\n{proof}</action></recv>\n'
            + '<nop next="signed_in" test="known"/>\n'
            + _send(self._reply("403 Forbidden") + _NOTHING)
            + '<nop next="end"/>\n<label id="signed_in"/>\n'
            + _send(signed)
            + '<nop next="end"/>\n<label id="rings"/>\n'
        )

    def _reply(self, status: str) -> str:
        return _REPLY.format(status=status, contact=self._contact)

    def _answered(self) -> str:
        return _send(self._reply("200 OK") + _SOUND, 'retrans="500"') + '<recv request="ACK"/>\n'

    def _refused(self, status: str) -> str:
        ack = '<recv request="ACK" next="end"/>\n'
        return _send(self._reply(status) + _NOTHING, 'retrans="500"') + ack


class Rung(NamedTuple):
    """One invitation or its end, as the peer saw it: ``what`` is "INVITE", "CANCEL" or "BYE"; ``at`` in seconds."""

    what: str
    number: str
    call: str
    at: float


class SipPeer:
    """See the module. ``address`` is where it listens.

    ``tls``: it is spoken to by TLS, which a relay before it ends, since sipp as packaged speaks none.
    """

    def __init__(
        self, folder: Path, *, secret: tuple[str, str] | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if tls is None else socket.SOCK_STREAM) as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.relay = Relay(tls, port) if tls is not None else None
        self.address = f"127.0.0.1:{port if self.relay is None else self.relay.port}"
        self._messages = folder / "sip-messages.log"
        scenario = folder / "peer.xml"
        contact = f"sip:{self.address}" + (";transport=tls" if tls is not None else "")
        scenario.write_text(_Scenario(contact, secret).text(), "utf-8")
        command = ["sipp", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(port), "-nostdin"]
        command += ["-t", "u1" if tls is None else "t1"]
        command += ["-trace_msg", "-message_file", str(self._messages)]
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait(_PATIENCE_S)
        if self.relay is not None:
            self.relay.close()

    def rung(self) -> list[Rung]:
        """What has come so far, in order; repetitions of a message left out."""
        return list(_read(self._messages.read_text("utf-8", "replace"))) if self._messages.exists() else []


_PARTS = re.compile(r"^-{20,} ", re.MULTILINE)
_TIME = re.compile(r"(\d+):(\d+):(\d+\.\d+)")
_ASKED = re.compile(r"^(INVITE|CANCEL|BYE) sip:([^@ ]*)", re.MULTILINE)
_CALL = re.compile(r"^Call-ID: (\S+)", re.MULTILINE)


def _read(text: str) -> Iterator[Rung]:
    seen: set[tuple[str, str]] = set()
    for part in _PARTS.split(text):
        asked, call, time = _ASKED.search(part), _CALL.search(part), _TIME.search(part)
        if "message received" not in part or asked is None or call is None or time is None:
            continue
        if (asked[1], call[1]) not in seen:
            seen.add((asked[1], call[1]))
            at = int(time[1]) * 3600 + int(time[2]) * 60 + float(time[3])
            yield Rung(asked[1], asked[2], call[1], at)


@contextmanager
def running_peer(
    folder: Path, *, secret: tuple[str, str] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[SipPeer]:
    """A peer that ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    peer = SipPeer(folder, secret=secret, tls=tls)
    try:
        yield peer
    finally:
        peer.close()
