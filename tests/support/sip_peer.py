"""A real SIP peer: sipp, which answers by the last digit of the number that is dialled, as often as it is rung.

What it was asked is read from its own record of messages, so a test can say who was really rung, and when.
"""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_PATIENCE_S = 30.0

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
Contact: <sip:[local_ip]:[local_port]>
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
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From:[$to];tag=[pid]T[call_number]
To:[$from]
[last_Call-ID:]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

"""


def _send(message: str, more: str = "") -> str:
    return f"<send {more}><![CDATA[\n{message}\n]]></send>\n"


def _answered() -> str:
    return _send(_REPLY.format(status="200 OK") + _SOUND, 'retrans="500"') + '<recv request="ACK"/>\n'


def _refused(status: str) -> str:
    return (
        _send(_REPLY.format(status=status) + _NOTHING, 'retrans="500"') + '<recv request="ACK" next="end"/>\n'
    )


def _scenario() -> str:
    """sipp has no "otherwise": each digit has its test and its place to go on."""
    digits = "".join(
        f'<ereg regexp="sip:[0-9]*{digit}@" search_in="hdr" header="To:" assign_to="is{digit}"/>\n'
        for digit in "01234567"
    )
    jumps = "".join(f'<nop next="do{digit}" test="is{digit}"/>\n' for digit in "01234567")
    ends = {BUSY: "486 Busy Here", REJECTS: "603 Decline", OFF: "480 Temporarily Unavailable"}
    ends |= {NO_SUCH: "404 Not Found", BROKEN: "503 Service Unavailable"}
    hung = _send(
        "SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n" + _NOTHING
    )
    cancelled = _send(
        _REPLY.format(status="487 Request Terminated").replace("[last_CSeq:]", "CSeq: 2 INVITE") + _NOTHING
    )
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="by the last digit">\n',
        '<recv request="INVITE"><action>\n',
        digits,
        '<ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" assign_to="contact"/>\n',
        '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>\n',
        '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>\n</action></recv>\n',
        _send(_REPLY.format(status="180 Ringing") + _NOTHING),
        jumps,
        '<label id="do0"/>\n' + _answered() + '<recv request="BYE"/>\n' + hung + '<nop next="end"/>\n',
        '<label id="do1"/>\n' + _answered() + '<pause milliseconds="1200"/>\n' + _send(_BYE, 'retrans="500"'),
        '<recv response="200" next="end"/>\n',
        '<label id="do3"/>\n<recv request="CANCEL"/>\n'
        + hung
        + cancelled
        + '<recv request="ACK" next="end"/>\n',
        *(f'<label id="do{digit}"/>\n' + _refused(status) for digit, status in ends.items()),
        '<label id="end"/>\n<nop/>\n<Reference variables="from,to,contact"/>\n</scenario>\n',
    ]
    return "".join(parts)


class Rung(NamedTuple):
    """One invitation or its end, as the peer saw it: ``what`` is "INVITE", "CANCEL" or "BYE"; ``at`` in seconds."""

    what: str
    number: str
    call: str
    at: float


class SipPeer:
    """See the module. ``address`` is where it listens."""

    def __init__(self, folder: Path) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self._messages = folder / "sip-messages.log"
        scenario = folder / "peer.xml"
        scenario.write_text(_scenario(), "utf-8")
        command = ["sipp", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(port), "-nostdin"]
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
def running_peer(folder: Path) -> Iterator[SipPeer]:
    """A peer that ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    peer = SipPeer(folder)
    try:
        yield peer
    finally:
        peer.close()
