"""Booking a visit: the stretches the policy permits, a time of one's own, by whom; why a time is refused.

Stands in the place of the call, as a panel. It tells what was decided and records nothing by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.return_visits import band_of, may_book
from desktop.services.background.desk import Desk
from desktop.services.queries.visits import Slot, VisitInHand, open_slots
from desktop.views.common import case_words
from desktop.views.common.bars import NoticeBar
from desktop.views.common.choices import ChoiceField, DateTimeField, SegmentedChoice
from desktop.views.common.fields import CheckField, LineField
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import hairline
from desktop.views.common.text import PlainLabel

from . import visit_words
from .recorder import Booking

_HALF_HOUR = timedelta(minutes=30)


class BookingPanel(QWidget):
    """See the module. ``decided`` carries the Booking to record; ``left`` says that there is none."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._in_hand: VisitInHand | None = None
        self._now: datetime | None = None
        self._slots: tuple[Slot, ...] = ()
        self._title = PlainLabel(self.tr("Book the return visit"), kind="title")
        self._who = PlainLabel(tone="secondary", wrap=True)
        self._standing = NoticeBar(kind="info", dismissible=False)
        self.suggestions = SegmentedChoice(self.tr("Permitted times"))
        self.at = DateTimeField(self.tr("Day and time"), required=True)
        self.named = CheckField(self.tr("The citizen named this time"))
        self.assigned = ChoiceField(self.tr("Who calls"), placeholder=self.tr("Anyone"))
        self.note = LineField(self.tr("Note for the caller"))
        self.form = FormPanel(top=8)
        for field in (self.suggestions, self.at, self.named, self.assigned, self.note):
            self.form.add(field)
        self._primary = self.form.set_primary(self.tr("Book"))
        self._take_back = self.form.add_secondary(self.tr("Take the booking back"), self.take_back)
        self.form.add_secondary(self.tr("Back"), self.left.emit, hint="Esc")
        self.form.submitted.connect(self._submitted)
        self.suggestions.changed.connect(self._suggested)
        self.at.changed.connect(self._judge)
        self.named.changed.connect(self._judge)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        for widget in (self._title, self._who, self._standing):
            head.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(hairline())
        whole.addWidget(self.form, 1)

    def open_for(self, in_hand: VisitInHand) -> None:
        """Show what is booked now, and what may be."""
        desk = self._desk
        now = desk.now()
        self._in_hand, self._now = in_hand, now
        ticket = in_hand.ticket
        sample = "requester" in ticket.sample_fields
        who = case_words.requester(ticket.requester_label, ticket.phone_tail, sample=sample)
        self._who.setText(f"{who} · {ticket.title}")
        self._slots = open_slots(desk.profile, in_hand.visit, in_hand.attempts, now)
        options = [(str(i), visit_words.slot(desk.profile, s, now)) for i, s in enumerate(self._slots)]
        self.suggestions.set_options(options)
        self.suggestions.set_value("")
        self.suggestions.set_hint("" if options else self.tr("No further call is permitted."))
        needed = {"return_visit", "cleared"} if in_hand.visit.level == "report" else {"return_visit"}
        people = sorted((p.name, p.id) for p in desk.reference.persons.values() if needed <= set(p.roles))
        self.assigned.set_options([("", self.tr("Anyone")), *((i, name) for name, i in people)])
        self.assigned.set_value(in_hand.visit.assigned_to)
        booked_at = in_hand.visit.booked_at
        self.at.set_value(desk.profile.local(booked_at).replace(tzinfo=None) if booked_at else None)
        self.at.suggest(now)
        self.named.set_value(False)
        self.note.set_value("")
        self._show_standing(in_hand, now)
        self._primary.setText(self.tr("Book") if desk.connection.online else self.tr("Book, send later"))
        self._judge()
        self.suggestions.setFocus()

    def _show_standing(self, in_hand: VisitInHand, now: datetime) -> None:
        visit = in_hand.visit
        self._take_back.setVisible(visit.state == "booked")
        if visit.state != "booked" or visit.booked_at is None:
            self._standing.hide()
            return
        at = visit_words.when(self._desk.profile, visit.booked_at, now)
        person = self._desk.reference.persons.get(visit.assigned_to)
        if person is not None:
            words = self.tr("Booked for {time}, {name} calls.")
            self._standing.set_notice(words.format(time=at, name=person.name), "info")
        else:
            words = self.tr("Booked for {time}.")
            self._standing.set_notice(words.format(time=at), "info")
        self._standing.show()

    # -- what was decided --------------------------------------------------------------------------------------

    def moment(self) -> datetime | None:
        """The time chosen, in office time."""
        value = self.at.value()
        return value.replace(tzinfo=self._desk.profile.zone()) if value else None

    def until(self) -> datetime | None:
        """The end of the stretch: of the suggestion chosen, else of the band, at most half an hour otherwise."""
        at = self.moment()
        if at is None:
            return None
        chosen = self.suggestions.value()
        if chosen and self._slots[int(chosen)].start == at:
            return self._slots[int(chosen)].end
        band = band_of(self._desk.profile, at)
        end = datetime.combine(at.date(), band.end, tzinfo=at.tzinfo) if band else at + _HALF_HOUR
        return min(end, at + _HALF_HOUR)

    def refusal(self) -> str:
        """Why the time chosen is refused, "" when it is permitted or none is chosen."""
        at = self.moment()
        if at is None or self._in_hand is None or self._now is None:
            return ""
        permission = may_book(
            self._desk.profile,
            self._in_hand.visit,
            self._in_hand.attempts,
            at,
            self._now,
            named_by_citizen=self.named.value(),
        )
        return visit_words.refusal(self._desk.profile, permission, named=self.named.value())

    def _suggested(self) -> None:
        chosen = self.suggestions.value()
        if chosen:
            self.at.set_value(self._slots[int(chosen)].start.replace(tzinfo=None))
            self._judge()

    def _judge(self) -> None:
        self.at.set_error(self.refusal())
        self.form.refresh_missing()

    def _submitted(self) -> None:
        at = self.moment()
        if at is not None and not self.refusal():
            booking = Booking(
                at=at,
                until=self.until(),
                assigned_to=self.assigned.value(),
                named=self.named.value(),
                note=self.note.value(),
            )
            self.decided.emit(booking)

    def take_back(self) -> None:
        """Leave the visit unbooked; who calls stays as chosen."""
        self.decided.emit(Booking(at=None, assigned_to=self.assigned.value(), note=self.note.value()))
