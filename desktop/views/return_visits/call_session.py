"""The person in hand: taken from the server, rung, spoken to, recorded, given back. One at a time; no widgets.

The telephone number stays in the lease that ``desk.online`` holds and goes from there to the line; nothing here keeps,
shows or logs it. What was called under a lease may be recorded even when the lease is lost: the record says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.wire import Lease
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.return_visits import Call, VisitForm
from desktop.services.queries.visits import unsent_work
from desktop.services.telephony.line import LineRefused

State = Literal["free", "claiming", "held", "dialling", "ringing", "talking", "ended", "sending"]

ON_THE_LINE: Final = ("dialling", "ringing", "talking")
SETTLE_MS: Final = 3_000
"""How long a person is still held after the last record, so that it reaches the server before anybody else may call."""


class CallSession(QObject):
    """See the module. A page shows it again at every ``changed``."""

    #: State, times or lease are others now.
    changed = Signal()
    #: A person was taken: put ``visit_ids`` on screen, then ``begin``.
    taken = Signal()
    #: Nobody waits to be called.
    nobody = Signal()
    #: What was asked of the server or the line could not be done: a DeskError.
    failed = Signal(object)
    #: After that, the person is held again.
    retaken = Signal()
    #: The lease ended although nobody gave it back.
    lost = Signal()
    #: The citizen answered.
    answered = Signal()
    #: The call is over: the outcome that the line observed.
    over = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None, *, settle_ms: int) -> None:
        super().__init__(parent)
        self._desk = desk
        self.state: State = "free"
        self.visit_ids: tuple[str, ...] = ()
        self.done: frozenset[str] = frozenset()
        self.wanted = ""
        self.lease_lost = False
        self.retaking = False
        self.dialled_at: datetime | None = None
        self.answered_at: datetime | None = None
        self.observed = self.recording = ""
        self._duration_s = 0
        self._lease_id = ""
        self._epoch = 0
        self._dial_next = False
        self._ticket_ids: tuple[str, ...] = ()
        self._wish: tuple[str, bool] | None = None
        self._released = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(settle_ms)
        self._settle.timeout.connect(self._give_back_now)
        desk.online.lease_changed.connect(self._lease_changed)
        desk.changed.connect(self._desk_changed)
        if desk.line is not None:
            desk.line.ringing.connect(self._ringing)
            desk.line.answered.connect(self._answered)
            desk.line.ended.connect(self._ended)
            desk.line.changed.connect(self.changed)

    def release(self) -> None:
        """Let go of the desk; the lease stays with it, for the page that comes next."""
        self._settle.stop()
        if self._released:
            return
        self._released = True
        self._desk.online.lease_changed.disconnect(self._lease_changed)
        self._desk.changed.disconnect(self._desk_changed)
        if self._desk.line is not None:
            self._desk.line.ringing.disconnect(self._ringing)
            self._desk.line.answered.disconnect(self._answered)
            self._desk.line.ended.disconnect(self._ended)
            self._desk.line.changed.disconnect(self.changed)

    # -- who is in hand ----------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether somebody is in hand, or about to be."""
        return self.state not in ("free", "sending")

    @property
    def on_the_line(self) -> bool:
        """Whether a call is going on."""
        return self.state in ON_THE_LINE

    def open_ids(self) -> tuple[str, ...]:
        """The matters in hand that have not been recorded yet; none before they are on screen."""
        if self.state == "claiming":
            return ()
        return tuple(visit_id for visit_id in self.visit_ids if visit_id not in self.done)

    def holds(self, visit_id: str) -> bool:
        """Whether a visit may be recorded: taken, and the lease good or the call already made under it."""
        return visit_id in self.open_ids() and (not self.lease_lost or self.dialled_at is not None)

    def must_record_first(self) -> bool:
        """Whether a call was made whose outcome nobody has recorded yet."""
        return self.busy and self.dialled_at is not None and bool(self.open_ids())

    # -- taking and giving back --------------------------------------------------------------------------------

    def take(self, visit_id: str = "", *, dial: bool = False, takeover: str = "") -> None:
        """Take the next person, or the one of this visit; ``dial`` at once when that succeeded.

        ``takeover``: the reason for which a supervisor takes the person over from a colleague.
        """
        if self.state == "sending":
            self._wish = (visit_id, dial)
            self.wanted = visit_id
            self._ask_unsent()
            return
        if self.state == "claiming" or self.must_record_first():
            return
        self._forget()
        self.state = "claiming"
        self.wanted = visit_id
        self._dial_next = dial
        if self._desk.online.lease is not None:
            self._desk.online.release(self, None, self._quiet)
        self.changed.emit()
        if visit_id:
            claim = self._desk.online.claim
            claim(self, visit_id, self._claimed, self._not_claimed, takeover_reason=takeover)
        else:
            self._desk.online.claim_next(self, self._claimed, self._not_claimed)

    def take_again(self) -> None:
        """After the lease was lost: ask for the same person anew and keep the call and the answers."""
        open_ids = self.open_ids()
        if self.lease_lost and open_ids and not self.retaking:
            self.retaking = True
            self.changed.emit()
            self._desk.online.claim(self, open_ids[0], self._retaken, self._not_retaken)

    def adopt(self, lease: Lease, done: Iterable[str], form: VisitForm) -> None:
        """Go on with a person taken before this page was built, in the middle of the call that ``form`` kept."""
        self._hold(lease)
        self.done = frozenset(done)
        if form.call is not None:
            self.dialled_at, self._duration_s = form.call.at, form.call.duration_s
            self.recording = form.call.recording
            line = self._desk.line
            self.state = "ended"
            if line is not None and line.state != "idle":
                self.state = line.state
                self.answered_at = form.answered_at
        self.changed.emit()

    def begin(self, visit_ids: Sequence[str]) -> None:
        """The page has these visits on screen: they are in hand now, and no others of this person."""
        if self.state not in ("claiming", "held", "ended", *ON_THE_LINE):
            return
        self.visit_ids = tuple(visit_id for visit_id in self.visit_ids if visit_id in visit_ids)
        if self.state == "claiming":
            self.state = "held"
            self.lease_lost = self._desk.online.lease is None
        self.changed.emit()
        dial, self._dial_next = self._dial_next, False
        if dial and not self.lease_lost:
            self.dial()

    def let_go(self) -> None:
        """What was taken cannot be shown here: give it back at once."""
        if self.state == "claiming":
            self.state = "held"
            self.give_back()

    def give_back(self) -> None:
        """Let the person go without a record; not in the middle of a call."""
        if not self.busy or self.on_the_line or self.state == "claiming":
            return
        self._forget()
        self.state = "free"
        self._desk.online.release(self, None, self._quiet)
        self.changed.emit()

    def recorded(self, visit_ids: Iterable[str], ticket_ids: Iterable[str]) -> None:
        """These matters have been recorded; with the last of them the person is given back once that was sent."""
        self.done |= frozenset(visit_ids)
        self._ticket_ids += tuple(ticket_ids)
        if self.open_ids():
            self.changed.emit()
            return
        self.hang_up()
        if self._desk.online.lease is None:
            self._forget()
            self.state = "free"
        else:
            self.state = "sending"
            self._settle.start()
            self._ask_unsent()
        self.changed.emit()

    # -- the call ----------------------------------------------------------------------------------------------

    def dial(self) -> None:
        """Tell the server, then ring. The reasons why one may not are the page's to show."""
        line = self._desk.line
        if self.state not in ("held", "ended") or line is None or line.state != "idle":
            return
        self.state = "dialling"
        self.answered_at, self.observed, self.recording, self._duration_s = None, "", "", 0
        self.changed.emit()
        self._desk.online.dialling(self, self._ring, self._not_dialled)

    def hang_up(self) -> None:
        """End the call in hand."""
        if self._desk.line is not None and self.state in ("ringing", "talking", "dialling"):
            self._desk.line.hang_up()

    def talked(self) -> timedelta:
        """How long the conversation has lasted, or lasted."""
        if self.state == "talking" and self.answered_at is not None:
            return self._desk.now() - self.answered_at
        return timedelta(seconds=self._duration_s)

    def call(self) -> Call:
        """The call as evidence; without one it was made by other means, now."""
        line = self._desk.line
        return Call(
            at=self.dialled_at or self._desk.now(),
            duration_s=max(0, round(self.talked().total_seconds())),
            lease_id=self._lease_id,
            lease_epoch=self._epoch,
            practice=bool(self.dialled_at and line is not None and line.practice),
            recording=self.recording,
        )

    # -- what the server says ----------------------------------------------------------------------------------

    def _hold(self, lease: Lease) -> None:
        self._forget()
        self.visit_ids = tuple(visit.visit_id for visit in lease.visits)
        self._lease_id, self._epoch = lease.lease_id, lease.epoch
        self.state = "held"

    def _claimed(self, lease: Lease | None) -> None:
        if lease is None:
            self.state = "free"
            self._dial_next = False
            self.changed.emit()
            self.nobody.emit()
            return
        wanted = self.wanted
        self._hold(lease)
        self.wanted, self.state = wanted, "claiming"
        self.taken.emit()

    def _not_claimed(self, error: DeskError) -> None:
        self.state = "free"
        self._dial_next = False
        self.changed.emit()
        self.failed.emit(error)

    def _retaken(self, lease: Lease | None) -> None:
        self.retaking = False
        if lease is not None and self.busy:
            known = set(self.visit_ids)
            self.visit_ids += tuple(v.visit_id for v in lease.visits if v.visit_id not in known)
            self._lease_id, self._epoch = lease.lease_id, lease.epoch
            self.lease_lost = False
            self.changed.emit()
            self.retaken.emit()
        else:
            self.changed.emit()

    def _not_retaken(self, error: DeskError) -> None:
        self.retaking = False
        self.changed.emit()
        self.failed.emit(error)

    def _lease_changed(self, lease: Lease | None) -> None:
        if lease is not None:
            if lease.lease_id == self._lease_id:
                self._epoch = lease.epoch
        elif self.busy and self.state != "claiming" and not self.lease_lost:
            self.lease_lost = True
            self.changed.emit()
            self.lost.emit()

    def _desk_changed(self, changes: Changes) -> None:
        if self.state == "sending":
            self._ask_unsent()

    def _ask_unsent(self) -> None:
        ticket_ids = self._ticket_ids
        self._desk.run_query(self, lambda r: unsent_work(r, ticket_ids), self._told_unsent, slot="unsent")

    def _told_unsent(self, count: int) -> None:
        if self.state == "sending" and count == 0:
            self._give_back_now()

    def _give_back_now(self) -> None:
        self._settle.stop()
        if self.state != "sending":
            return
        wish = self._wish
        self._forget()
        self.state = "free"
        self._desk.online.release(self, None, self._quiet)
        self.changed.emit()
        if wish is not None:
            self.take(wish[0], dial=wish[1])

    def _quiet(self, error: DeskError) -> None:
        """A lease that could not be given back runs out by itself."""

    # -- what the line says ------------------------------------------------------------------------------------

    def _ring(self, _: None) -> None:
        lease, line = self._desk.online.lease, self._desk.line
        if self.state != "dialling":
            return
        if lease is None or line is None:
            self._not_dialled(DeskError("lease_expired"))
            return
        self.dialled_at = self._desk.now()
        try:
            line.dial(lease.phone)
        except LineRefused as refused:
            self.dialled_at = None
            self._not_dialled(DeskError(refused.code))
        else:
            self.changed.emit()

    def _not_dialled(self, error: DeskError) -> None:
        if self.state == "dialling":
            self.state = "held"
        self.changed.emit()
        self.failed.emit(error)

    def _ringing(self) -> None:
        if self.state == "dialling":
            self.state = "ringing"
            self.changed.emit()

    def _answered(self) -> None:
        if self.on_the_line:
            self.state = "talking"
            self.answered_at = self._desk.now()
            self.changed.emit()
            self.answered.emit()

    def _ended(self, outcome: str, duration_s: int) -> None:
        if self.on_the_line:
            self.state = "ended"
            self.observed = outcome
            self._duration_s = duration_s
            self.recording = self._desk.line.recording if self._desk.line is not None else ""
            self.changed.emit()
            self.over.emit(outcome)

    def _forget(self) -> None:
        self.visit_ids, self.done, self.wanted = (), frozenset(), ""
        self.lease_lost = self.retaking = False
        self.dialled_at = self.answered_at = None
        self.observed, self.recording, self._duration_s = "", "", 0
        self._lease_id, self._epoch = "", 0
        self._ticket_ids, self._wish = (), None
