"""Everything that happened in a case, put into words for the timeline: entries, urges, notices, visits, findings.

Takes a `TicketPanel` and gives `Entry` values, newest first. What a row says is a citizen's or a colleague's text and
is handed on as it is; the timeline paints it plainly. Must not fetch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import (
    Answers,
    Attachment,
    Attempt,
    DraftTicket,
    Finding,
    FindingReply,
    Inquiry,
    Instruction,
    Note,
    Notice,
    Row,
    TimelineEntry,
    Urge,
    UrgentReport,
    Visit,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.return_visits import is_for_the_case
from desktop.services.queries.ticket_panel import Happening, TicketPanel
from desktop.views.common import case_words as words
from desktop.views.common import channel_words
from desktop.views.common.timeline import Entry

Said = tuple[str, str, str, str, str]
"""(title, actor, body, role, icon)"""


def entries_of(panel: TicketPanel, profile: RuleProfile, language: str) -> list[Entry]:
    """The case's timeline, newest first."""
    entries: list[Entry] = []
    before: datetime | None = None
    for place, happening in enumerate(panel.happenings):
        title, actor, body, role, icon = _say(happening, profile, language)
        moved_on = isinstance(happening.row, TimelineEntry)
        entries.append(
            Entry(
                id=f"{place}:{happening.row.id}",
                time=_time(profile, happening.at, panel.at, before if moved_on else None),
                title=title,
                actor=actor,
                body=body,
                role=role,
                icon=icon,
                pending=happening.pending,
            )
        )
        if moved_on:
            before = happening.at
    entries.reverse()
    return entries


def answers_words(answers: Answers, profile: RuleProfile, language: str) -> str:
    """A visit's answers in the questionnaire's own words and order, one a line."""
    lines: list[str] = []
    for question in profile.questionnaire.questions:
        value = getattr(answers, question.field, None)
        if value is None or value in ("", ()) or question.field == "identity_confirmed":
            continue
        code = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        if question.field == "reasons":
            known = {choice.code: choice for choice in profile.dissatisfaction_reasons}
            said = ", ".join(known[c].words(language) if c in known else c for c in answers.reasons)
        else:
            chosen = next((choice for choice in question.choices if choice.code == code), None)
            said = chosen.words(language) if chosen else str(code)
        lines.append(f"{question.words(language)} {said}")
    return "\n".join(lines)


def _time(profile: RuleProfile, at: datetime, now: datetime, before: datetime | None) -> str:
    """ "11-16 09:12", and for a step of the handling how much working time the step before it took."""
    shown = words.moment(profile, at, now)
    if before is None:
        return shown
    took = words.short_working_time(working_span(profile, before, at))
    return f"{shown}  +{took}" if took else shown


def _say(happening: Happening, profile: RuleProfile, language: str) -> Said:
    speaker = _SPEAKERS.get(type(happening.row))
    if speaker is None:
        return type(happening.row).__name__, "", "", "secondary", ""
    return speaker(happening.row, happening.step, profile, language)


def _entry(row: TimelineEntry, step: str, profile: RuleProfile, language: str) -> Said:
    role = "accent" if row.kind in ("completed", "archived") else "secondary"
    return words.timeline_kind(row.kind), row.actor, row.text, role, ""


def _urge(row: Urge, step: str, profile: RuleProfile, language: str) -> Said:
    if step == "acknowledged":
        title = QCoreApplication.translate("CaseTimeline", "Urge acknowledged")
        return title, row.acknowledged_by, row.acknowledgement, "secondary", "check"
    title = QCoreApplication.translate("CaseTimeline", "Urged, {means}")
    lines = []
    if row.person_reached:
        reached = QCoreApplication.translate("CaseTimeline", "Reached: {person}")
        lines.append(reached.format(person=row.person_reached))
    if row.answer:
        answered = QCoreApplication.translate("CaseTimeline", "Answer: {text}")
        lines.append(answered.format(text=row.answer))
    if row.promised_at is not None:
        promised = QCoreApplication.translate("CaseTimeline", "Promised for: {time}")
        lines.append(promised.format(time=f"{profile.local(row.promised_at):%m-%d %H:%M}"))
    if row.text:
        lines.append(row.text)
    return (
        title.format(means=words.urge_means(row.means)),
        row.by_name,
        "\n".join(lines),
        "due_soon",
        "bell-ring",
    )


def _report(row: UrgentReport, step: str, profile: RuleProfile, language: str) -> Said:
    said = {
        "submitted": QCoreApplication.translate("CaseTimeline", "Urgent report submitted for approval"),
        "returned": QCoreApplication.translate("CaseTimeline", "Urgent report returned for changes"),
        "approved": QCoreApplication.translate("CaseTimeline", "Urgent report {number} approved"),
        "sent": QCoreApplication.translate("CaseTimeline", "Urgent report {number} sent"),
        "withdrawn": QCoreApplication.translate("CaseTimeline", "Urgent report withdrawn"),
    }.get(step, QCoreApplication.translate("CaseTimeline", "Urgent report drafted"))
    body = {"submitted": row.what, "returned": row.return_reason, "sent": row.recipients}
    body["withdrawn"] = row.withdraw_reason
    who = {"approved": row.approver_name, "returned": row.approver_name, "sent": row.sent_by}
    return (
        said.format(number=row.number),
        who.get(step, row.author_name),
        body.get(step, ""),
        "accent" if step in ("submitted", "sent") else "secondary",
        "undo-2" if step == "returned" else "send" if step == "sent" else "stamp",
    )


def _instruction(row: Instruction, step: str, profile: RuleProfile, language: str) -> Said:
    title = QCoreApplication.translate("CaseTimeline", "Reported back to {leader}")
    return title.format(leader=row.given_by), row.feedback_by, row.feedback, "accent", "stamp"


def _notice(row: Notice, step: str, profile: RuleProfile, language: str) -> Said:
    name, act = notice_name(row), words.rung(row.rung)
    if step == "submitted":
        title = QCoreApplication.translate("CaseTimeline", "{act} submitted for approval")
        return title.format(act=act), row.author_name, _ground(row), "accent", "stamp"
    if step == "returned":
        title = QCoreApplication.translate("CaseTimeline", "{act} returned for changes")
        return title.format(act=act), row.approver_name, row.return_reason, "due_soon", "undo-2"
    if step == "issued":
        title = QCoreApplication.translate("CaseTimeline", "{act} {number} issued")
        return title.format(act=act, number=name), row.approver_name, _ground(row), "overdue", "stamp"
    if step == "replied":
        title = QCoreApplication.translate("CaseTimeline", "Unit answered: {act} {number}")
        return title.format(act=act, number=name), row.replied_by, row.reply_text, "accent", "file-check"
    if step == "withdrawn":
        title = QCoreApplication.translate("CaseTimeline", "{act} withdrawn")
        return title.format(act=act), row.author_name, row.withdraw_reason, "secondary", "undo-2"
    title = QCoreApplication.translate("CaseTimeline", "{act} drafted")
    return title.format(act=act), row.author_name, _ground(row), "secondary", "pencil"


def notice_name(notice: Notice) -> str:
    """The number, or that the server has not given one yet."""
    return notice.number or QCoreApplication.translate("CaseTimeline", "(to be numbered)")


def _ground(row: Notice) -> str:
    return "\n".join(part for part in (row.ground, row.requirement) if part)


def _visit(row: Visit, step: str, profile: RuleProfile, language: str) -> Said:
    if step != "completed":
        return _challenge(row, step)
    body = answers_words(row.answers, profile, language) if row.answers else ""
    title = QCoreApplication.translate("CaseTimeline", "Return visit completed")
    if not is_for_the_case(row):
        title = QCoreApplication.translate(
            "CaseTimeline", "Return visit to a rectification completed; counts in no rate"
        )
    elif not row.valid:
        title = QCoreApplication.translate("CaseTimeline", "Return visit completed, not valid")
    if row.mode != "phone":
        title = f"{title} · {channel_words.mode(row.mode)}"
    bad = row.answers is not None and (
        row.answers.resolved == "not_resolved" or row.answers.contacted == "no"
    )
    return title, row.completed_by, body, "overdue" if bad else "accent", "phone-call"


def _challenge(row: Visit, step: str) -> Said:
    """What was said against a visit: the latest challenge of the visit as it is handed on."""
    last = row.challenges[-1]
    if step == "challenged":
        title = QCoreApplication.translate("CaseTimeline", "Overturning of the return visit asked for")
        return title, last.by_name, last.reason, "due_soon", "undo-2"
    if step == "overturned":
        title = QCoreApplication.translate(
            "CaseTimeline", "Return visit overturned; its answers stay on file"
        )
        return title, last.decided_by, last.decision, "overdue", "undo-2"
    title = QCoreApplication.translate("CaseTimeline", "Return visit not overturned")
    return title, last.decided_by, last.decision, "secondary", "check"


def _inquiry(row: Inquiry, step: str, profile: RuleProfile, language: str) -> Said:
    if step == "replied":
        title = QCoreApplication.translate("CaseTimeline", "Unit sent its contact log")
        return title, row.answered_by, row.answer, "accent", "file-check"
    if step == "settled":
        title = QCoreApplication.translate("CaseTimeline", "Request for the contact log closed")
        return title, row.settled_by, row.settled, "secondary", "check"
    title = QCoreApplication.translate("CaseTimeline", "Contact log asked of the unit")
    return title, row.by_name, row.text, "due_soon", "clipboard-list"


def _attempt(row: Attempt, step: str, profile: RuleProfile, language: str) -> Said:
    title = QCoreApplication.translate("CaseTimeline", "Call: {outcome}")
    if row.exception_by:
        title = QCoreApplication.translate(
            "CaseTimeline", "Call outside the rules, agreed to by {name}: {outcome}"
        )
    said = title.format(outcome=words.outcome(row.outcome), name=row.exception_by)
    return said, row.by_name, row.note, "secondary", "phone"


def _finding(row: Finding, step: str, profile: RuleProfile, language: str) -> Said:
    code = profile.finding_code(row.code)
    named = f"{row.code} {code.words(language)}" if code else row.code
    title = QCoreApplication.translate("CaseTimeline", "Finding filed: {code}")
    if step != "filed":
        title = QCoreApplication.translate("CaseTimeline", "Finding drafted: {code}")
    head = " · ".join(
        p for p in (row.number, words.severity(row.severity), words.finding_state(row.state)) if p
    )
    body = "\n".join(part for part in (head, row.facts) if part)
    return title.format(code=named), row.author_name, body, "overdue", "flag"


def _finding_reply(row: FindingReply, step: str, profile: RuleProfile, language: str) -> Said:
    return words.stance(row.stance), row.by_name, row.text, "accent", "file-check"


def _note(row: Note, step: str, profile: RuleProfile, language: str) -> Said:
    title = QCoreApplication.translate("CaseTimeline", "Note")
    return title, row.by_name, row.text, "secondary", "message-square"


def _draft(row: DraftTicket, step: str, profile: RuleProfile, language: str) -> Said:
    title = QCoreApplication.translate("CaseTimeline", "New matter named during the visit")
    return title, row.by_name, row.text, "secondary", "plus"


def _attachment(row: Attachment, step: str, profile: RuleProfile, language: str) -> Said:
    title = QCoreApplication.translate("CaseTimeline", "Attachment")
    return title, row.by_name, row.name, "secondary", "paperclip"


_SPEAKERS: dict[type[Row], Callable[[Any, str, RuleProfile, str], Said]] = {
    TimelineEntry: _entry,
    Urge: _urge,
    Notice: _notice,
    UrgentReport: _report,
    Instruction: _instruction,
    Visit: _visit,
    Attempt: _attempt,
    Finding: _finding,
    FindingReply: _finding_reply,
    Note: _note,
    DraftTicket: _draft,
    Attachment: _attachment,
    Inquiry: _inquiry,
}


def plain_lines(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """(time, title, body) of each entry, for a print."""
    return [
        (entry.time, entry.title, "\n".join(p for p in (entry.actor, entry.body) if p)) for entry in entries
    ]
