"""A city's own dialler over HTTP, as docs/telephony.md describes it: it rings the citizen and then the caller's seat.

Every exchange runs in a lane of somebody else's making, never on the GUI thread. What cannot be read counts as a fault
of the line. The number is in the body of one request and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, Final, Literal, Protocol
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct
from PySide6.QtCore import QObject, QTimer

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Outcome

from .line import Line
from .numbers import dialable

HOLD_S: Final = 20
"""So long the dialler may keep a question open until something happens."""
_ANSWER_S: Final = 10.0
_PATIENCE: Final = 3
"""So often in a row the dialler may fail to answer before its call is given up."""
_AGAIN_MS: Final = 1_000

CallState = Literal["dialling", "ringing", "talking", "ended"]
Cause = Literal[
    "", "hung_up", "no_answer", "busy", "switched_off", "no_such_number", "rejected", "line_fault"
]

_OUTCOMES: dict[str, Outcome] = {
    "no_answer": "no_answer",
    "rejected": "no_answer",
    "busy": "busy",
    "switched_off": "switched_off",
    "no_such_number": "wrong_number",
    "line_fault": "line_fault",
}


class DiallerError(Exception):
    """The dialler answered what nobody can use; ``code`` has words in the interface."""

    code = "dialler_bad_reply"


class Told(Struct, frozen=True, kw_only=True):
    """How a call stands, as the dialler says it. ``step`` rises with everything that happens."""

    id: Annotated[str, Meta(min_length=1, max_length=100)]
    state: CallState
    step: Annotated[int, Meta(ge=0)] = 0
    cause: Cause = ""
    talk_s: Annotated[int, Meta(ge=0, le=86_400)] = 0
    recording: Annotated[str, Meta(max_length=200)] = ""


class Reply(Protocol):
    """An answer: see ``api.transport``."""

    @property
    def status(self) -> int: ...

    @property
    def body(self) -> bytes: ...


class Way(Protocol):
    """How the dialler is reached: ``api.transport.Transport`` does it."""

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limit_s: float,
        held: bool = False,
    ) -> Reply: ...

    def abort(self) -> None: ...

    def close(self) -> None: ...


class LaneOfWork(Protocol):
    """Where work is done that blocks: ``background.tasks.Tasks`` does it."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
    ) -> None: ...


@dataclass(frozen=True)
class Seat:
    """Whose telephone the dialler rings for us, and how we prove it."""

    extension: str
    token: str = field(default="", repr=False)
    prefix: str = ""
    path: str = ""
    """Where the dialler's calls are below its host ("/dialler/v1")."""

    def headers(self) -> dict[str, str]:
        """What goes with each request."""
        told = {"Accept": "application/json", "Content-Type": "application/json"}
        return {**told, "Authorization": f"Bearer {self.token}"} if self.token else told


class CityDialler(Line):
    """See the module. ``deeds`` and ``news`` are two lanes: hanging up must not wait for what is held open."""

    def __init__(
        self,
        way: Way,
        seat: Seat,
        *,
        deeds: LaneOfWork,
        news: LaneOfWork,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._way, self._seat = way, seat
        self._deeds, self._news = deeds, news
        self._clock = clock
        self._call = 0
        self._told: Told | None = None
        self._failures = 0
        self._cancelled = False
        self._answered_at: float | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._listen)

    def dial(self, number: str) -> None:
        digits = dialable(number, self._seat.prefix)
        self._refuse_unless_free()
        self.state, self.recording = "dialling", ""
        self._call += 1
        self._told, self._failures, self._cancelled, self._answered_at = None, 0, False, None
        body = msgspec.json.encode({"to": digits, "seat": self._seat.extension})
        self._deeds.run(
            self, partial(self._exchange, self._call, "POST", "/calls", body), self._begun, self._not_begun
        )

    def hang_up(self) -> None:
        if self.state == "idle":
            return
        self._cancelled = True
        if self._told is not None:
            self._put_down(self._told.id)
        talked = self.state == "talking"
        self._end("answered" if talked else "no_answer" if self.state == "ringing" else "line_fault")

    def close(self) -> None:
        self._again.stop()
        self._call += 1
        told, state, self.state = self._told, self.state, "idle"
        if told is not None and state != "idle":
            self._put_down(told.id)
        self._way.abort()

    # -- in a lane ---------------------------------------------------------------------------------------------

    def _exchange(self, call: int, method: str, path: str, body: bytes | None = None) -> tuple[int, Told]:
        reply = self._way.send(
            method, self._seat.path + path, headers=self._seat.headers(), body=body, limit_s=_ANSWER_S
        )
        return call, _read(reply, (200, 201))

    def _wait(self, call: int, told: Told) -> tuple[int, Told]:
        reply = self._way.send(
            "GET",
            f"{self._seat.path}/calls/{quote(told.id, safe='')}",
            headers=self._seat.headers(),
            params={"after": str(told.step), "wait": str(HOLD_S)},
            limit_s=HOLD_S + _ANSWER_S,
            held=True,
        )
        return call, _read(reply, (200,))

    def _put_down(self, call_id: str) -> None:
        path = f"{self._seat.path}/calls/{quote(call_id, safe='')}"
        send = partial(self._way.send, "DELETE", path, headers=self._seat.headers(), limit_s=_ANSWER_S)
        self._deeds.run(self, send, None, self._quiet)

    # -- what is told ------------------------------------------------------------------------------------------

    def _begun(self, answer: tuple[int, Told]) -> None:
        call, told = answer
        if call != self._call or self.state == "idle":
            self._put_down(told.id)  # hung up before the dialler had answered
            return
        self._hear(told)
        self._listen()

    def _listen(self) -> None:
        told = self._told
        if self.state != "idle" and told is not None:
            self._news.run(self, partial(self._wait, self._call, told), self._came, self._missed)

    def _came(self, answer: tuple[int, Told]) -> None:
        call, told = answer
        if call == self._call and self.state != "idle":
            self._failures = 0
            self._hear(told)
            self._listen()
        elif call == self._call and told.recording:
            self.recording = told.recording

    def _missed(self, error: object) -> None:
        if self.state == "idle":
            return
        self._failures += 1
        if self._failures < _PATIENCE:
            self._again.start()
            return
        if self._told is not None:
            self._put_down(self._told.id)
        self._end("line_fault")

    def _not_begun(self, error: object) -> None:
        if self.state == "dialling" and self._told is None:
            self._end("line_fault")

    def _quiet(self, error: object) -> None:
        """A dialler that does not hear us hang up ends the call when the seat hangs up."""

    def _hear(self, told: Told) -> None:
        if self._told is not None and (told.id != self._told.id or told.step < self._told.step):
            return
        self._told = told
        if told.recording:
            self.recording = told.recording
        if told.state == "ringing" and self.state == "dialling":
            self.state = "ringing"
            self.ringing.emit()
        elif told.state == "talking" and self.state in ("dialling", "ringing"):
            self.state, self._answered_at = "talking", self._clock.monotonic()
            self.answered.emit()
        elif told.state == "ended":
            spoken = self._answered_at is not None or told.talk_s > 0
            if spoken and told.cause != "line_fault":
                self._end("answered", told.talk_s)
            else:
                self._end(_OUTCOMES.get(told.cause, "line_fault"), told.talk_s)

    def _end(self, outcome: Outcome, talk_s: int = 0) -> None:
        self._again.stop()
        began, self._answered_at = self._answered_at, None
        self.state = "idle"
        own = 0 if began is None else round(self._clock.monotonic() - began)
        self.ended.emit(outcome, talk_s or own)


def _read(reply: Reply, statuses: tuple[int, ...]) -> Told:
    """Raises :class:`DiallerError` for an answer that is none."""
    if reply.status not in statuses:
        raise DiallerError(str(reply.status))
    try:
        return msgspec.json.decode(reply.body, type=Told)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DiallerError("no call") from error
