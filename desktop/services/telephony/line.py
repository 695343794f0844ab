"""A telephone line as the return-visit desk sees it, and the practice line that needs no telephone.

A number is spoken to the line and forgotten: nothing here logs or keeps it.
"""

from __future__ import annotations

import random
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Outcome

LineState = Literal["idle", "dialling", "ringing", "talking"]


class LineRefused(RuntimeError):
    """The line rings nobody now; ``code`` has words in the interface."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Line(QObject):
    """The interface. One call at a time.

    ``ended`` carries the outcome the line observed (a person confirms it; "" where it saw nothing) and the seconds of
    *conversation*.
    """

    ringing = Signal()
    answered = Signal()
    ended = Signal(str, int)
    #: Whether the line can be used is another matter now: see :attr:`trouble`.
    changed = Signal()

    practice: bool = False
    """True when nobody is really called; the screen must say so and the attempt is marked."""

    observes: bool = True
    """False where a call is handed to another program, and only the person hears what becomes of it."""

    state: LineState = "idle"

    trouble: str = ""
    """Why nobody can be rung now, as a code; "" when all is well."""

    recording: str = ""
    """What the city's recorder calls the call that ended last, "" where none was made or told."""

    def dial(self, number: str) -> None:
        """Begin a call. Raises :class:`LineRefused`: "line_busy" while another is in progress, "number_unfit", or why
        the line cannot be used."""
        raise NotImplementedError

    def hang_up(self) -> None:
        """End the call in hand; ``ended`` follows. Nothing happens when idle."""
        raise NotImplementedError

    def close(self) -> None:
        """End a call and let go of what the line holds. Nothing is told afterwards."""

    def _refuse_unless_free(self) -> None:
        if self.state != "idle":
            raise LineRefused("line_busy")
        if self.trouble:
            raise LineRefused(self.trouble)


class PracticeLine(Line):
    """Plays a telephone: rings for a few seconds, then answers, stays unanswered or is busy.

    The outcomes come from ``rng`` (about six of ten calls are answered), durations from ``clock``.
    """

    practice = True

    _WEIGHTS: tuple[tuple[Outcome, int], ...] = (("answered", 60), ("no_answer", 27), ("busy", 13))

    def __init__(
        self,
        *,
        clock: Clock,
        rng: random.Random,
        connect_ms: int = 600,
        ring_ms: tuple[int, int] = (2000, 4000),
        parent: QObject | None = None,
    ) -> None:
        """``connect_ms`` until it rings, ``ring_ms`` the range it rings for; tests make both short."""
        super().__init__(parent)
        self._clock = clock
        self._rng = rng
        self._connect_ms = connect_ms
        self._ring_ms = ring_ms
        self._fate: Outcome = "answered"
        self._answered_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def dial(self, number: str) -> None:
        del number  # nobody is called
        self._refuse_unless_free()
        outcomes = [outcome for outcome, _ in self._WEIGHTS]
        self._fate = self._rng.choices(outcomes, [weight for _, weight in self._WEIGHTS])[0]
        self.state = "dialling"
        self._timer.start(self._connect_ms)

    def hang_up(self) -> None:
        if self.state == "idle":
            return
        self._timer.stop()
        if self.state == "talking":
            self._end("answered", round(self._clock.monotonic() - self._answered_at))
        else:
            self._end("no_answer", 0)

    def close(self) -> None:
        self._timer.stop()
        self.state = "idle"

    def _go_on(self) -> None:
        if self.state == "dialling" and self._fate == "busy":
            self._end("busy", 0)
        elif self.state == "dialling":
            self.state = "ringing"
            self._timer.start(self._rng.randint(*self._ring_ms))
            self.ringing.emit()
        elif self._fate == "answered":
            self.state = "talking"
            self._answered_at = self._clock.monotonic()
            self.answered.emit()
        else:
            self._end("no_answer", 0)

    def _end(self, outcome: Outcome, duration_s: int) -> None:
        self.state = "idle"
        self.ended.emit(outcome, duration_s)
