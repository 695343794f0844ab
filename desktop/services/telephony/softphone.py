"""A SIP softphone: baresip as a child of its own, spoken to over its control port on this machine.

What is said to it goes over a socket, never onto a command line; what it prints goes nowhere, for it names whom it
calls. It tells of ringing, answering and ends; how long was spoken is our clock's to say, and so is when nobody comes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Outcome

from .line import Line
from .netstrings import BadFrame, Frames, framed
from .numbers import dialable
from .sip_outcomes import unanswered, was_cut
from .softphone_setup import SipAccount, command, write_config

_LOOK_MS: Final = 40
"""Between two looks whether its control port is open."""
_OPEN_MS: Final = 15_000
"""So long it may take to open it."""
_AGAIN_MS: Final = (1_000, 5_000, 30_000)
"""After it has ended by itself it is begun again, later each time."""
_END_MS: Final = 1_500
RING_S: Final = 60
SILENCE_S: Final = 30


class Softphone(Line):
    """See the module. ``trouble`` is "line_starting" until the account is known, and why not where that fails."""

    def __init__(
        self,
        program: str,
        folder: Path,
        account: SipAccount,
        *,
        clock: Clock,
        ring_s: float = RING_S,
        silence_s: int = SILENCE_S,
        parent: QObject | None = None,
    ) -> None:
        """``folder`` is its own and private. Nothing is begun before :meth:`start`."""
        super().__init__(parent)
        self._program, self._folder, self._account = program, folder, account
        self._clock = clock
        self._silence_s = silence_s
        self._port = 0
        self._failures = 0
        self._answered_at: float | None = None
        self._rang = self._by_us = self._closing = self._reset = False
        self._deaf = False
        self._frames = Frames()
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.finished.connect(self._lost)
        self._process.errorOccurred.connect(self._not_begun)
        self._socket = QTcpSocket(self)
        self._socket.connected.connect(self._introduce)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._lost)
        self._look = self._timer(_LOOK_MS, self._knock, single=False)
        self._opening = self._timer(_OPEN_MS, self._lost)
        self._again = self._timer(_AGAIN_MS[0], self.start)
        self._ring = self._timer(round(ring_s * 1000), self._nobody_came)
        self.trouble = "line_starting"

    def start(self) -> None:
        """Begin the program; ``changed`` tells when it can be used, or why not."""
        if self._closing or self._process.state() != QProcess.ProcessState.NotRunning:
            return
        if not self._account.is_fit():
            self._tell("line_account_unfit")
            return
        if not self._program:
            self._tell("line_program_missing")
            return
        self._port = _free_port()
        write_config(self._folder, self._account, self._port, self._silence_s)
        self._frames, self._reset, self._deaf = Frames(), False, False
        first, *rest = command(self._program, self._folder)
        self._process.start(first, rest)
        self._opening.start()
        self._look.start()

    def dial(self, number: str) -> None:
        digits = dialable(number, self._account.prefix)
        self._refuse_unless_free()
        self.state = "dialling"
        self.recording = ""
        self._answered_at, self._rang, self._by_us = None, False, False
        self._say("dial", self._account.uri(digits), "dial")
        self._ring.start()

    def hang_up(self) -> None:
        if self.state != "idle":
            self._by_us = self._deaf = True  # until its answer: what comes before is of the call that is over
            self._say("hangup", "", "hangup")
            self._over("")

    def close(self) -> None:
        self._closing = True
        for timer in (self._look, self._opening, self._again, self._ring):
            timer.stop()
        self.state = "idle"
        self._say("hangup", "", "bye")
        self._say("quit", "", "bye")
        if self._socket.state() == QTcpSocket.SocketState.ConnectedState:
            self._socket.flush()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.terminate()
            if not self._process.waitForFinished(_END_MS):
                self._process.kill()
                self._process.waitForFinished(_END_MS)
        self._socket.abort()
        for name in ("config", "accounts", "contacts"):
            with suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    # -- the program -------------------------------------------------------------------------------------------

    def _knock(self) -> None:
        if self._socket.state() == QTcpSocket.SocketState.UnconnectedState:
            self._socket.connectToHost(QHostAddress(QHostAddress.SpecialAddress.LocalHost), self._port)

    def _introduce(self) -> None:
        self._look.stop()
        if self._process.state() == QProcess.ProcessState.Running:
            self._say("uanew", self._account.account_words(), "account")

    def _not_begun(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and not self._closing:
            self._look.stop()
            self._opening.stop()
            self._tell("line_program_missing")

    def _lost(self) -> None:
        """It has ended, or does not listen any more: a call in hand with it."""
        if self._closing or self._reset:
            return
        self._reset = True
        for timer in (self._look, self._opening):
            timer.stop()
        self._socket.abort()
        self._process.kill()
        if self.state != "idle":
            self._end("line_fault")
        self._tell("line_lost")
        self._again.start(_AGAIN_MS[min(self._failures, len(_AGAIN_MS) - 1)])
        self._failures += 1

    def _say(self, what: str, to: str, token: str) -> None:
        if self._socket.state() == QTcpSocket.SocketState.ConnectedState:
            words = {"command": what, "params": to, "token": token}
            self._socket.write(framed(msgspec.json.encode(words)))

    def _read(self) -> None:
        try:
            for body in self._frames.take(bytes(self._socket.readAll().data())):
                told = msgspec.json.decode(body)
                if isinstance(told, dict):
                    self._hear(told)
        except (BadFrame, msgspec.DecodeError):
            self._lost()

    # -- what it tells -----------------------------------------------------------------------------------------

    def _hear(self, told: dict[str, Any]) -> None:
        if told.get("response"):
            self._answer(str(told.get("token", "")), bool(told.get("ok")))
            return
        event, reason = str(told.get("type", "")), str(told.get("param", ""))
        if event == "REGISTER_OK":
            self._usable()
        elif event == "REGISTER_FAIL":
            self._opening.stop()
            self._tell("line_not_registered")
        elif self.state == "idle" or self._deaf:
            return
        elif event in ("CALL_RINGING", "CALL_PROGRESS"):
            if self.state == "dialling":
                self.state, self._rang = "ringing", True
                self.ringing.emit()
        elif event == "CALL_ESTABLISHED":
            self._ring.stop()
            self.state, self._answered_at = "talking", self._clock.monotonic()
            self.answered.emit()
        elif event == "CALL_CLOSED":
            self._over(reason)

    def _answer(self, token: str, ok: bool) -> None:
        if token == "hangup":
            self._deaf = False
        elif token == "account" and not ok:
            self._opening.stop()
            self._tell("line_account_unfit")
        elif token == "account" and not self._account.password:
            self._usable()
        elif token == "dial" and not ok and self.state == "dialling":
            self._end("line_fault")

    def _usable(self) -> None:
        self._opening.stop()
        self._failures = 0
        self._tell("")

    def _tell(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self.changed.emit()

    # -- the call ----------------------------------------------------------------------------------------------

    def _nobody_came(self) -> None:
        self.hang_up()

    def _over(self, reason: str) -> None:
        if self._answered_at is None:
            self._end(unanswered(reason, rang=self._rang, by_us=self._by_us))
        else:
            self._end("line_fault" if was_cut(reason) else "answered")

    def _end(self, outcome: Outcome) -> None:
        self._ring.stop()
        began, self._answered_at = self._answered_at, None
        self.state = "idle"
        self.ended.emit(outcome, 0 if began is None else round(self._clock.monotonic() - began))

    def _timer(self, ms: int, slot: Any, *, single: bool = True) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(ms)
        timer.setSingleShot(single)
        timer.timeout.connect(slot)
        return timer


def _free_port() -> int:
    server = QTcpServer()
    server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)
    port = server.serverPort()
    server.close()
    return port
