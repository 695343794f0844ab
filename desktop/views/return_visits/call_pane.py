"""The right half: one person's visits, prepared, asked, recorded; booking in their place; what follows after.

Brings session, recorder and the widgets together. It does what a person wants or says why not; rules are the domain's,
reasons stand in ``reasons``. It knows nothing of the queue.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.return_visits import Call, VisitForm
from desktop.services.queries.visits import VisitInHand, visits_in_hand
from desktop.views.common.states import StateView
from desktop.views.common.words import code_words, error_words

from . import reasons
from .aftermath import Aftermath
from .booking import BookingPanel
from .call_session import CallSession
from .field_panel import FieldPanel
from .loading import Found, with_forms
from .recorder import Booking, Recorder
from .visit_view import VisitView


class CallPane(QStackedWidget):
    """See the module."""

    #: Words for the notice bar, and their kind; "lost" offers to take the person again.
    told = Signal(str, str)
    #: What was told no longer holds.
    settled = Signal()
    #: A person was taken, or another of their matters is on screen: its visit.
    arrived = Signal(str)
    #: All matters of a person have been recorded: their visits, as a tuple.
    finished = Signal(object)
    #: Who is in hand, or what may be done, is another now.
    changed = Signal()
    next_wanted = Signal()
    ticket_requested = Signal(str)
    finding_requested = Signal(str)
    notice_requested = Signal(str)

    def __init__(self, desk: Desk, *, settle_ms: int) -> None:
        super().__init__()
        self._desk = desk
        self._matters: dict[str, Found] = {}
        self._recorded: tuple[str, ...] = ()
        self._after: tuple[str, ...] = ()
        self._outcome = ""
        self._looking = self._owes_after = False
        self.session = CallSession(desk, self, settle_ms=settle_ms)
        self.recorder = Recorder(desk, self)
        self.visit = VisitView(desk, self.session)
        self.booking = BookingPanel(desk)
        self.aftermath = Aftermath(desk)
        self.field = FieldPanel(desk)
        self.nothing = StateView()
        for part in (self.nothing, self.visit, self.booking, self.field, self.aftermath):
            self.addWidget(part)
        self._connect()
        self.show_nothing()
        self._adopt_lease()

    def _connect(self) -> None:
        card, session = self.visit.card, self.session
        card.dial_wanted.connect(self.dial)
        card.hang_up_wanted.connect(session.hang_up)
        card.take_wanted.connect(self.take_shown)
        card.again_wanted.connect(self.take_again)
        card.give_back_wanted.connect(self._give_back)
        card.book_wanted.connect(self._open_booking)
        card.case_wanted.connect(self._open_case)
        self.visit.tabs.chosen.connect(self.show_matter)
        self.visit.primary_wanted.connect(self.record)
        self.visit.outcomes.outcome_wanted.connect(self.record)
        self.visit.later.agreed.connect(self._record_later)
        self.visit.later.left.connect(self.leave)
        self.visit.standing.takeover_wanted.connect(self._take_over)
        self.visit.standing.told.connect(self.told)
        self.booking.decided.connect(self._book)
        self.booking.left.connect(self.leave)
        self.field.left.connect(self.leave)
        self.field.told.connect(self.told)
        self.aftermath.next_wanted.connect(self.next_wanted)
        self.aftermath.ticket_requested.connect(self.ticket_requested)
        self.aftermath.notice_requested.connect(self.notice_requested)
        self.aftermath.finding_requested.connect(self.finding_requested)
        session.changed.connect(self.update_reasons)
        session.taken.connect(self._load_taken)
        session.nobody.connect(self._nobody_waits)
        session.failed.connect(self._failed)
        session.lost.connect(self._lease_lost)
        session.retaken.connect(self.visit.start_asking)
        session.answered.connect(self._answered)
        session.over.connect(self.visit.outcomes.propose)
        self.recorder.recorded.connect(self._was_recorded)
        self.recorder.failed.connect(self._failed)
        for key, button in (
            ("D", card.dial),
            ("H", card.hang_up),
            ("G", card.give_back),
            ("R", card.again),
            ("T", card.book),
            ("O", card.case),
        ):
            QShortcut(QKeySequence(key), self.visit).activated.connect(button.click)

    def release(self) -> None:
        """Keep what was entered and let go of the desk; a person in hand stays so, for the page that comes next."""
        self.visit.keep_now()
        self.session.release()

    # -- what is on screen -------------------------------------------------------------------------------------

    @property
    def follows_selection(self) -> bool:
        """Whether another row of the queue, chosen by the program, may replace what is on screen."""
        taken = self.session.busy or self._owes_after
        return not taken and self.currentWidget() in (self.nothing, self.visit)

    def person(self) -> str:
        """Surname and form of address of whoever is on screen."""
        one = self.visit.in_hand
        return one.ticket.requester_label if one else ""

    def preview(self, visit_id: str) -> None:
        """Look at a visit without taking anybody."""
        if self.session.busy:
            return
        self._owes_after, self._looking = False, bool(visit_id)
        self.visit.keep_now()
        if visit_id:
            self._desk.run_query(
                self, lambda r: with_forms(r, (visit_id,)), self._preview_loaded, slot="visit"
            )
        else:
            self.show_nothing()

    def _preview_loaded(self, found: tuple[Found, ...]) -> None:
        if self.session.busy or not self._looking:
            return
        self._matters = {one.visit.id: (one, form) for one, form in found}
        if found:
            self._show(found[0][0].visit.id)
        else:
            self.show_nothing()

    def show_nothing(self) -> None:
        """Nobody is chosen."""
        self._matters, self._looking = {}, False
        self.nothing.set_state(
            self.tr("Nobody chosen"),
            self.tr("Choose a visit on the left, or take the next person with N."),
            icon="phone",
        )
        self.setCurrentWidget(self.nothing)
        self.changed.emit()

    def show_matter(self, visit_id: str) -> None:
        """Another matter of the person in hand; what was entered for this one is kept."""
        if visit_id in self.session.open_ids() and visit_id != self.visit.visit_id:
            self._remember()
            self._show(visit_id)
            self.arrived.emit(visit_id)
            self.visit.start_asking()

    def refresh_rows(self) -> None:
        """Ask again for the visits on screen."""
        ids, after = tuple(self._matters), self._after
        if self.currentWidget() is self.aftermath:
            self._desk.run_query(self, lambda r: visits_in_hand(r, after), self._show_after, slot="after")
        elif ids:
            self._desk.run_query(self, lambda r: visits_in_hand(r, ids), self._rows_loaded, slot="rows")

    def _rows_loaded(self, found: tuple[VisitInHand, ...]) -> None:
        for one in found:
            if one.visit.id in self._matters:
                self._matters[one.visit.id] = (one, self._matters[one.visit.id][1])
                if one.visit.id == self.visit.visit_id:
                    self.visit.update_rows(one)
        self.update_reasons()

    def _show(self, visit_id: str) -> None:
        one, form = self._matters[visit_id]
        self.visit.show_visit(one, form)
        self.setCurrentWidget(self.visit)
        self.update_reasons()

    def _remember(self) -> None:
        self.visit.keep_now()
        one = self.visit.in_hand
        if one is not None and one.visit.id in self._matters:
            self._matters[one.visit.id] = (one, self.visit.form())

    def update_reasons(self) -> None:
        """Bring every button in line with what may be done now, and say why not."""
        desk, session, card, one = self._desk, self.session, self.visit.card, self.visit.in_hand
        if one is not None:
            form = self._matters.get(one.visit.id, (one, VisitForm()))[1]
            card.show_buttons(
                dial=reasons.not_to_dial(desk, session, one),
                take=reasons.not_mine(desk, one)
                or reasons.not_to_take(desk, session, self.person(), one.visit.id),
                book=reasons.not_to_book(one),
                case=reasons.reads_cases(desk),
            )
            self.visit.standing.show_visit(one)
            self.visit.show_first()
            why_not = reasons.not_to_record(desk, session, one, form)
            self.visit.set_recordable(why_not, in_hand=one.visit.id in session.visit_ids)
            titles = {i: m.ticket.title for i, (m, _) in self._matters.items() if i in session.visit_ids}
            self.visit.show_matters(list(titles.items()), tuple(session.done))
        self.changed.emit()

    # -- taking somebody ---------------------------------------------------------------------------------------

    def take(self, visit_id: str = "", *, dial: bool = False, takeover: str = "") -> None:
        """Take the next person, or the one of this visit; says why not."""
        why_not = reasons.not_to_take(self._desk, self.session, self.person(), visit_id)
        if why_not:
            self.told.emit(why_not, "warn")
            return
        self.settled.emit()
        self.visit.keep_now()
        self.session.take(visit_id, dial=dial, takeover=takeover)

    def take_shown(self) -> None:
        """Take the person on screen."""
        if self.visit.visit_id not in self.session.open_ids():
            self.take(self.visit.visit_id)

    def dial(self) -> None:
        """Call the person on screen, taking them first where that is still to be done."""
        if self.session.busy:
            self.session.dial()
        else:
            self.take(self.visit.visit_id, dial=True)

    def take_again(self) -> None:
        """After the hold was lost."""
        self.settled.emit()
        self.session.take_again()

    def _take_over(self, reason: str) -> None:
        self.take(self.visit.visit_id, takeover=reason)

    def _load_taken(self) -> None:
        ids = self.session.visit_ids
        self._desk.run_query(self, lambda r: with_forms(r, ids), self._taken_loaded, slot="visit")

    def _taken_loaded(self, found: tuple[Found, ...]) -> None:
        if not self.session.busy:
            return
        if not found:
            late = self.tr("This visit has not arrived here yet. It appears with the next synchronisation.")
            self.session.let_go()
            self.told.emit(late, "info")
            return
        self._matters = {one.visit.id: (one, form) for one, form in found}
        self._recorded = ()
        self.settled.emit()
        self.session.begin(reasons.callable_now(self._desk, [m for m, _ in found], self.session.wanted))
        open_ids, wanted = self.session.open_ids(), self.session.wanted
        self._show(wanted if wanted in open_ids else open_ids[0])
        self.arrived.emit(self.visit.visit_id)
        self.visit.start_asking()

    def _adopt_lease(self) -> None:
        """A person was in hand when an earlier page was taken down: go on with them."""
        lease = self._desk.online.lease
        if lease is not None:
            ids = tuple(visit.visit_id for visit in lease.visits)
            self._desk.run_query(self, lambda r: with_forms(r, ids), self._adopted, slot="visit")

    def _adopted(self, found: tuple[Found, ...]) -> None:
        lease = self._desk.online.lease
        if lease is None or self.session.busy:
            return
        held = lease.lease_id
        made = [one for one, _ in found if any(a.lease_id == held for a in one.attempts)]
        done = [one.visit.id for one, _ in found if one.visit.state == "completed" or one in made]
        forms = [form for _, form in found if form.call and form.call.lease_id == lease.lease_id]
        self.session.adopt(lease, done, forms[0] if forms else VisitForm())
        if self.session.open_ids():
            self._taken_loaded(found)
        else:
            self.session.recorded((), ())

    def _give_back(self) -> None:
        self.visit.keep_now()
        self.session.give_back()
        self.settled.emit()

    def _nobody_waits(self) -> None:
        self.told.emit(code_words("no_visit"), "info")

    def _lease_lost(self) -> None:
        self.visit.standing.holders.ask()  # a supervisor may have taken them over: who, and why
        words = self.tr("This person is no longer held for you. Everything entered has been kept.")
        self.told.emit(words, "lost")

    def _failed(self, error: DeskError) -> None:
        self.told.emit(error_words(error), "error")

    def _answered(self) -> None:
        self.visit.keep_now()
        self.visit.start_asking()

    # -- recording ---------------------------------------------------------------------------------------------

    def record(self, outcome: str) -> None:
        """Record an outcome for the person on screen; "answered" completes the visit on screen."""
        if self.recorder.busy or self.visit.in_hand is None:
            return
        if outcome == "answered":
            self._complete()
        elif outcome == "call_later":
            self.visit.later.open_for(self.visit.in_hand, self._desk.profile, self._desk.now())
            self.visit.show_first()
        else:
            self._record(outcome)

    def _record_later(self, at: datetime) -> None:
        self._record("call_later", at)

    def _record(self, outcome: str, later_at: datetime | None = None) -> None:
        self.session.hang_up()
        self._remember()
        ids = self.session.open_ids() or (self.visit.visit_id,)
        forms = {visit_id: self._matters[visit_id][1] for visit_id in ids if visit_id in self._matters}
        note = self.visit.note()
        self.recorder.outcome(forms, outcome, self._evidence(), later_at=later_at, note=note)

    def _complete(self) -> None:
        if self.visit.gaps():
            return
        if self.session.open_ids() in ((), (self.visit.visit_id,)):
            self.session.hang_up()
        self._remember()
        form = self._matters[self.visit.visit_id][1]
        self.recorder.complete(self.visit.visit_id, self.visit.answers(), self._evidence(), form.new_matter)

    def _evidence(self) -> Call:
        """The call as it was made: in this session, else as the draft kept it, under the lease held now."""
        made, form = self.session.call(), self.visit.form()
        if self.session.dialled_at is not None or form.call is None:
            return made
        if not self.session.busy:
            return form.call
        return replace(form.call, lease_id=made.lease_id, lease_epoch=made.lease_epoch)

    def _was_recorded(self, what: str, visit_ids: tuple[str, ...]) -> None:
        if what == "booked":
            self.leave()
            return
        self.settled.emit()
        self.visit.later.hide()
        self._recorded += visit_ids
        tickets = [self._matters[i][0].ticket.id for i in visit_ids if i in self._matters]
        self.session.recorded(visit_ids, tickets)
        following = self.session.open_ids()
        if following:
            done = self.tr("Recorded. {n} more of this person's matters in the same call.")
            self.told.emit(done.format(n=len(following)), "info")
            self._show(following[0])
            self.arrived.emit(following[0])
            self.visit.start_asking()
            return
        after = self._after = self._recorded
        self._outcome, self._recorded, self._matters = what, (), {}
        self._owes_after, self._looking = True, False  # no row that the queue chooses takes its place
        self.visit.forget()
        self.finished.emit(after)
        self._desk.run_query(self, lambda r: visits_in_hand(r, after), self._show_after, slot="after")

    def _show_after(self, matters: tuple[VisitInHand, ...]) -> None:
        if not self.session.busy and (self._owes_after or self.currentWidget() is self.aftermath):
            self._owes_after = False
            self.aftermath.show_after(self._outcome, matters)
            self.setCurrentWidget(self.aftermath)

    # -- booking and leaving -----------------------------------------------------------------------------------

    def _open_booking(self) -> None:
        if self.visit.in_hand is not None:
            self.booking.open_for(self.visit.in_hand)
            self.setCurrentWidget(self.booking)

    def open_field(self) -> None:
        """Visits to take along, in the place of the visit; not in the middle of a call."""
        if not self.session.busy:
            self.field.open_panel(self.visit.standing.holders.block_id)
            self.setCurrentWidget(self.field)

    def _book(self, booking: Booking) -> None:
        self.recorder.schedule(self.visit.visit_id, booking)

    def _open_case(self) -> None:
        one = self.visit.in_hand
        if one is not None:
            self.ticket_requested.emit(one.ticket.id)

    def leave(self) -> None:
        """Escape: back from booking or from the question of time to the visit."""
        if self.currentWidget() in (self.booking, self.field):
            self.preview(self.visit.visit_id)
        elif self.visit.standing.leave():
            self.visit.setFocus()
        elif self.visit.later.isVisible():
            self.visit.later.hide()
            self.visit.show_first()
            self.visit.start_asking()
