"""What a form to a unit may start with: moments to promise, a message's text, a notice's ground. Must not fetch."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.calendar import add_working_days, is_working_day, next_working_day
from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words

Preset = tuple[str, datetime]


def presets(profile: RuleProfile, now: datetime) -> list[Preset]:
    """(words, wall-clock moment): the end of today's office hours, of the next working day, of the third."""
    local = profile.local(now)
    today = local.date()
    found: list[Preset] = []
    if is_working_day(profile.calendar, today) and local.time() < profile.work_end:
        words = QCoreApplication.translate("Promises", "Today {time}")
        found.append((words.format(time=f"{profile.work_end:%H:%M}"), _end(profile, today)))
    tomorrow = next_working_day(profile.calendar, today)
    words = QCoreApplication.translate("Promises", "Next working day")
    found.append((words, _end(profile, tomorrow)))
    words = QCoreApplication.translate("Promises", "In 3 working days")
    found.append((words, _end(profile, add_working_days(profile.calendar, today, 3))))
    return found


def message_text(panel: TicketPanel, profile: RuleProfile) -> str:
    """What a text message to the unit says: number, matter, how it stands, what is asked. No word of the citizen."""
    text = QCoreApplication.translate(
        "Promises",
        "[12345 supervision] Ticket {number} ({title}): {standing}. "
        "Please handle it at once and tell us today how it stands and when it will be done.",
    )
    standing = case_words.standing(panel.light, panel.span)
    return text.format(number=panel.ticket.number, title=panel.ticket.title, standing=standing)


def ground_text(panel: TicketPanel, profile: RuleProfile) -> str:
    """What a supervision notice may begin with: the facts of the case as they stand."""
    ticket = panel.ticket
    said = [_standing_fact(panel, profile)]
    if panel.urges:
        urged = QCoreApplication.translate("Promises", "Urges so far: {n}.")
        said.append(urged.format(n=len(panel.urges)))
    broken = [u.promised_at for u in panel.urges if u.promised_at is not None and u.promised_at < panel.at]
    if broken:
        promise = QCoreApplication.translate("Promises", "The unit's promise for {time} was not kept.")
        said.append(promise.format(time=case_words.moment(profile, broken[-1], panel.at)))
    if ticket.rework:
        rework = QCoreApplication.translate("Promises", "Sent back for rework: {n}×.")
        said.append(rework.format(n=ticket.rework))
    said.append(_citizens_words(panel, profile))
    act = panel.supervision.current
    if act is not None and act.issued_at is not None:
        issued = QCoreApplication.translate("Promises", "{act} {number} was issued on {when}.")
        if act.state == "issued":
            issued = QCoreApplication.translate(
                "Promises", "{act} {number} was issued on {when}; the unit has not explained itself."
            )
        when = case_words.moment(profile, act.issued_at, panel.at)
        said.append(issued.format(act=case_words.rung(act.rung), number=act.number, when=when))
    return " ".join(part for part in said if part)


def _citizens_words(panel: TicketPanel, profile: RuleProfile) -> str:
    """What the citizen said is still missing, where the last visit proposes a step. Never a reporter's words: the unit
    would know them by their speech."""
    visit = panel.visit
    if visit is None or not visit.proposal or visit.answers is None or panel.ticket.level != "normal":
        return ""
    when = case_words.moment(profile, visit.completed_at or visit.opened_at, panel.at)
    words = visit.answers.still_missing or visit.answers.note
    if not words:
        unsettled = QCoreApplication.translate("Promises", "The return visit of {when} found it not settled.")
        return unsettled.format(when=when)
    quoted = QCoreApplication.translate(
        "Promises", "In the return visit of {when} the citizen said: “{words}”."
    )
    return quoted.format(when=when, words=words)


def _standing_fact(panel: TicketPanel, profile: RuleProfile) -> str:
    due_at = panel.ticket.due_at
    if due_at is None:
        return ""
    due = case_words.moment(profile, due_at, panel.at)
    if panel.light == "overdue":
        late = QCoreApplication.translate("Promises", "The ticket was due {due}: {standing}.")
        return late.format(due=due, standing=case_words.standing(panel.light, panel.span))
    is_due = QCoreApplication.translate("Promises", "The ticket is due {due}.")
    return is_due.format(due=due)


def _end(profile: RuleProfile, day: date) -> datetime:
    return datetime.combine(day, profile.work_end)
