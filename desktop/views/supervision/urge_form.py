"""Urging a unit: how, whom one reached, what was answered, what was promised. A text message is copied, never sent."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import UrgeMeans
from desktop.services.background.desk import Desk
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words, clipboard
from desktop.views.common.choices import ChoiceField, DateTimeField, SegmentedChoice
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.text import plain
from desktop.views.supervision.case_form import CaseForm
from desktop.views.supervision.promises import message_text, presets

_MEANS: tuple[UrgeMeans, ...] = ("phone", "sms", "letter")


class UrgePanel(CaseForm):
    """The form of one urge."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "", parent)
        self.heading.setText(self.tr("Urge the unit"))
        self.unit = ChoiceField(self.tr("Unit"), required=True)
        self.means = SegmentedChoice(
            self.tr("Means"), [(code, case_words.urge_means(code)) for code in _MEANS], required=True
        )
        self.text = TextField(self.tr("Text of the message"))
        self.person = LineField(self.tr("Person reached"), required=True)
        self.answer = TextField(self.tr("What was answered"))
        self.promised = DateTimeField(self.tr("Promised for"))
        self.form.add(self.unit)
        self.form.add(self.means)
        self.form.add(self.text)
        self.form.add(self.person)
        self.form.add(self.answer)
        self.form.add(self.promised)
        self.primary = self.form.set_primary(self.tr("Record urge"))
        self.copy = self.form.add_secondary(self.tr("Copy text"), self._copy_text)
        self.means.changed.connect(self._fit_means)
        self.promised.changed.connect(self._check_promise)
        self.form.add_check(self._promise_gap, self.promised)
        self.answer.set_hint(self.tr("As the unit said it; it is shown to colleagues and to the unit."))

    def draft_key(self, ticket_id: str) -> str:
        return f"urge:{ticket_id}"

    def form_type(self) -> type[UrgeForm]:
        return UrgeForm

    def form_value(self, panel: TicketPanel) -> UrgeForm:
        means = next((code for code in _MEANS if code == self.means.value()), _MEANS[0])
        return UrgeForm(
            ticket_id=panel.ticket.id,
            unit_id=self.unit.value() or panel.ticket.unit_id,
            means=means,
            person_reached=self.person.value(),
            answer=self.answer.value(),
            promised_at=self._promised_at(),
            text=self.text.value() if means != "phone" else "",
        )

    def show_value(self, panel: TicketPanel, draft: UrgeForm | None) -> None:
        ticket, profile = panel.ticket, self.desk.profile
        units = [ticket.unit_id, *ticket.assist_unit_ids]
        self.unit.set_options([(i, self.desk.reference.unit_name(i) or i) for i in units if i])
        self.unit.setVisible(len(units) > 1)
        start = draft or UrgeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone")
        self.unit.set_value(start.unit_id)
        self.means.set_value(start.means)
        self.text.set_value(start.text or message_text(panel, profile))
        self.person.set_value(start.person_reached)
        self.answer.set_value(start.answer)
        promised = profile.local(start.promised_at) if start.promised_at else None
        self.promised.set_value(promised.replace(tzinfo=None) if promised else None)
        self.promised.set_presets(presets(profile, self.desk.now()))
        self.promised.suggest(profile.local(self.desk.now()).replace(tzinfo=None))
        last = next((u.person_reached for u in reversed(panel.urges) if u.person_reached), "")
        before = self.tr("Last reached: {person}")
        self.person.set_hint(before.format(person=last) if last else "")
        self._warn_of_second(panel)
        self._fit_means()
        self.primary.setText(
            self.tr("Record urge") if self.desk.connection.online else self.tr("Record, send later")
        )

    def send(self, panel: TicketPanel) -> None:
        form = self.form_value(panel)
        if form.means == "sms":
            self._copy_text()
        self.desk.run_command(self, lambda w: urge_ticket(w, form), self.sent, self.refused)

    def recorded_words(self, panel: TicketPanel) -> str:
        if self.means.value() == "sms":
            copied = self.tr(
                "Urge {number} recorded; text copied, not sent: paste it into the message gateway"
            )
            return copied.format(number=panel.ticket.number)
        done = self.tr("Urge {number} recorded, {sending}")
        return done.format(number=panel.ticket.number, sending=self.sending_word())

    def _warn_of_second(self, panel: TicketPanel) -> None:
        """A second urge on the same day is allowed, but nobody makes it unknowingly."""
        local = self.desk.profile.local
        today = local(self.desk.now()).date()
        urge = next((u for u in reversed(panel.urges) if local(u.at).date() == today), None)
        self.warning.setVisible(urge is not None)
        if urge is not None:
            words = self.tr("Already urged today at {time} by {who}: {answer}")
            answer = plain(urge.answer, 120, single_line=True) or self.tr("no answer noted")
            said = words.format(time=f"{local(urge.at):%H:%M}", who=urge.by_name, answer=answer)
            self.warning.set_notice(said, "warn")

    def _fit_means(self) -> None:
        by_phone = self.means.value() in ("phone", "")
        self.text.setVisible(not by_phone)
        self.copy.setVisible(self.means.value() == "sms")
        self.person.setVisible(by_phone)
        self.form.refresh_missing()

    def _promised_at(self) -> datetime | None:
        chosen = self.promised.value()
        return chosen.replace(tzinfo=self.desk.profile.zone()) if chosen else None

    def _check_promise(self) -> None:
        self.promised.set_error(self._promise_gap())

    def _promise_gap(self) -> str:
        promised = self._promised_at()
        if promised is not None and promised <= self.desk.now():
            return self.tr("The promised time has passed")
        return ""

    def _copy_text(self) -> None:
        clipboard.copy_out(self, self.text.value(), detail="message")
