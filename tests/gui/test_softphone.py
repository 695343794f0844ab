"""The softphone against a real SIP peer: what happens on the line is what the desk is told; no number stays behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.clock import SystemClock
from desktop.services.telephony.line import Line, LineRefused
from desktop.services.telephony.sip_outcomes import unanswered
from desktop.services.telephony.softphone import Softphone
from desktop.services.telephony.softphone_setup import SILENT, SipAccount, as_transport, find_program
from tests.support import sip_peer
from tests.support.certificates import Authority
from tests.support.patience import PatientBot
from tests.support.private_bus import needed
from tests.support.sip_peer import SipPeer, running_peer

pytestmark = needed("baresip", "sipp")

NUMBER = "139 0000 552"
_DIALLED = "1390000552"


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SipPeer]:
    with running_peer(tmp_path_factory.mktemp("sip")) as running:
        yield running


class Heard:
    """What a line told, in order."""

    def __init__(self, line: Line) -> None:
        self.events: list[str] = []
        self.ends: list[tuple[str, int]] = []
        line.ringing.connect(lambda: self.events.append("ringing"))
        line.answered.connect(lambda: self.events.append("answered"))
        line.ended.connect(lambda outcome, seconds: self.ends.append((outcome, seconds)))


@contextmanager
def softphone(
    bot: QtBot,
    folder: Path,
    peer: SipPeer,
    *,
    account: SipAccount | None = None,
    ring_s: float = 60.0,
    silence_s: int = 30,
) -> Iterator[tuple[Softphone, Heard]]:
    """A softphone that can be used."""
    account = account or SipAccount(server=peer.address, user="desk", audio=SILENT)
    folder.mkdir(exist_ok=True)
    line = Softphone(find_program(), folder, account, clock=SystemClock(), ring_s=ring_s, silence_s=silence_s)
    try:
        line.start()
        bot.waitUntil(lambda: line.trouble == "")
        yield line, Heard(line)
    finally:
        line.close()
        line.deleteLater()


def test_what_happens_on_the_line_is_told(qtbot: PatientBot, tmp_path: Path, peer: SipPeer) -> None:
    """Hundreds of calls a day: ringing, answering, the reason of an end and the seconds spoken come by themselves, one
    call after another over the same line; a wrong word would be a wrong attempt in a citizen's file."""
    expected = {
        sip_peer.BUSY: "busy",
        sip_peer.REJECTS: "no_answer",
        sip_peer.OFF: "switched_off",
        sip_peer.NO_SUCH: "wrong_number",
        sip_peer.BROKEN: "line_fault",
    }
    with softphone(qtbot, tmp_path, peer) as (line, heard):
        for count, (digit, outcome) in enumerate(expected.items(), 1):
            line.dial(NUMBER + digit)
            qtbot.waitUntil(lambda count=count: len(heard.ends) == count)  # type: ignore[misc]
            assert (heard.ends[-1], line.state) == ((outcome, 0), "idle"), digit
        assert heard.events == ["ringing"] * 5

        line.dial(NUMBER + sip_peer.HANGS_UP)
        with pytest.raises(LineRefused, match="line_busy"):
            line.dial(NUMBER + sip_peer.BUSY)
        qtbot.waitUntil(lambda: len(heard.ends) == 6)
        assert heard.ends[-1][0] == "answered"
        assert heard.ends[-1][1] >= 1
        assert heard.events[-2:] == ["ringing", "answered"]

        line.dial(NUMBER + sip_peer.RINGS_ON)
        qtbot.waitUntil(lambda: line.state == "ringing")
        line.hang_up()
        line.dial(NUMBER + sip_peer.ANSWERS)  # what the first call still has to say is not this one's
        qtbot.waitUntil(lambda: line.state == "talking")
        line.hang_up()
        assert [outcome for outcome, _ in heard.ends[-2:]] == ["no_answer", "answered"]
        qtbot.waitUntil(lambda: [r.what for r in peer.rung()].count("BYE") >= 1)


def test_a_call_that_nobody_takes_ends_and_a_dead_line_is_no_conversation(
    qtbot: PatientBot, tmp_path: Path, peer: SipPeer
) -> None:
    """Without our own limit a telephone rings until the caller notices; a line that went silent must be recorded as our
    fault, so that the answers are kept for the next call and it is no miss of the citizen's."""
    with softphone(qtbot, tmp_path, peer, ring_s=1.0, silence_s=1) as (line, heard):
        line.dial(NUMBER + sip_peer.RINGS_ON)
        qtbot.waitUntil(lambda: len(heard.ends) == 1)
        assert heard.ends == [("no_answer", 0)]
        line.dial(NUMBER + sip_peer.ANSWERS)
        qtbot.waitUntil(lambda: len(heard.ends) == 2)
        assert heard.ends[1][0] == "line_fault"


def test_the_program_dies_in_mid_call_and_comes_back(
    qtbot: PatientBot, tmp_path: Path, peer: SipPeer
) -> None:
    """A softphone that crashed would leave the desk waiting for a call that is long over."""
    with softphone(qtbot, tmp_path, peer) as (line, heard):
        line.dial(NUMBER + sip_peer.ANSWERS)
        qtbot.waitUntil(lambda: line.state == "talking")
        for pid in _softphones():
            os.kill(pid, signal.SIGKILL)
        qtbot.waitUntil(lambda: len(heard.ends) == 1)
        assert (heard.ends[0][0], line.trouble) == ("line_fault", "line_lost")
        with pytest.raises(LineRefused, match="line_lost"):
            line.dial(NUMBER + sip_peer.ANSWERS)
        qtbot.waitUntil(lambda: line.trouble == "")
        line.dial(NUMBER + sip_peer.ANSWERS)
        qtbot.waitUntil(lambda: line.state == "talking")


def test_a_number_is_on_no_command_line_and_in_no_file(
    qtbot: PatientBot, tmp_path: Path, peer: SipPeer, capfd: pytest.CaptureFixture[str]
) -> None:
    """Everybody at a machine may list its processes, and whatever is printed ends up in some log."""
    with softphone(qtbot, tmp_path / "phone", peer) as (line, _):
        line.dial(NUMBER + sip_peer.ANSWERS)
        qtbot.waitUntil(lambda: line.state == "talking")
        pids = _softphones()
        assert pids
        told = [Path(f"/proc/{pid}/{what}").read_bytes() for pid in pids for what in ("cmdline", "environ")]
        kept = [path.read_bytes() for path in (tmp_path / "phone").rglob("*") if path.is_file()]
        assert kept
    out, err = capfd.readouterr()
    told += [text.encode() for text in (out, err, QApplication.clipboard().text())]
    assert not any(_DIALLED.encode() in each for each in (*told, *kept))
    assert not list((tmp_path / "phone").iterdir())


def _softphones() -> list[int]:
    """The softphones that we started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue  # it has ended meanwhile
        if (lines["Name"], int(lines["PPid"])) == ("baresip", os.getpid()):
            found.append(int(status.parent.name))
    return found


def test_an_account_with_a_password_signs_in_and_calls_over_tls(qtbot: PatientBot, tmp_path: Path) -> None:
    """A city's exchange asks every desk who it is, and the line runs through a building: whoever does not know the
    password rings nobody and is told so, and neither it nor the number lies in a file or on a command line."""
    context = Authority(tmp_path).issue().context()
    for transport, tls in (("udp", None), ("tls", context)):
        folder = tmp_path / transport
        with running_peer(folder / "peer", secret=("desk", "pa55-w0rd"), tls=tls) as peer:
            account = SipAccount(
                server=peer.address,
                user="desk",
                password="pa55-w0rd",
                transport=as_transport(transport),
                audio=SILENT,
            )
            with softphone(qtbot, folder / "own", peer, account=account) as (line, heard):
                line.dial(NUMBER + sip_peer.ANSWERS)
                qtbot.waitUntil(lambda line=line: line.state == "talking")  # type: ignore[misc]
                (pid,) = _softphones()
                seen = [path.read_text("utf-8") for path in (folder / "own").rglob("*") if path.is_file()]
                seen.append(Path(f"/proc/{pid}/cmdline").read_text("utf-8"))
                assert not any("pa55-w0rd" in text or _DIALLED in text for text in seen)
                line.hang_up()
                assert heard.ends[-1][0] == "answered"
            assert (peer.relay is None) == (tls is None)
            assert peer.relay is None or peer.relay.served >= 1, "not over TLS"
            if tls is None:
                stranger = Softphone(
                    find_program(), folder / "own", replace(account, password="guessed"), clock=SystemClock()
                )
                stranger.start()
                qtbot.waitUntil(lambda line=stranger: line.trouble == "line_not_registered")  # type: ignore[misc]
                with pytest.raises(LineRefused, match="line_not_registered"):
                    stranger.dial(NUMBER + sip_peer.ANSWERS)
                stranger.close()
                stranger.deleteLater()


def test_an_exchange_that_refuses_our_account_is_no_miss_of_the_citizens() -> None:
    """An account that may not call outside would use up every citizen's three attempts in a morning."""
    assert unanswered("403 Forbidden", rang=False, by_us=False) == "line_fault"
    assert unanswered("403 Forbidden", rang=True, by_us=False) == "no_answer"
    assert unanswered("603 Decline", rang=False, by_us=False) == "no_answer"


@pytest.mark.parametrize(
    "number", ["", "12", "139;user=x", "abc1390000", "sip:1390000@evil", "1390000\r\n/quit"]
)
def test_what_is_no_number_is_not_dialled(number: str, qtbot: QtBot, tmp_path: Path) -> None:
    """A number from a file somebody else wrote must not become a word of the telephone's own language."""
    line = Softphone("", tmp_path, SipAccount(server="127.0.0.1:1", user="desk"), clock=SystemClock())
    with pytest.raises(LineRefused, match="number_unfit"):
        line.dial(number)
    line.close()
