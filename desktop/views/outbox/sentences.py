"""The outbox in sentences: what was done, where it stands, what happened to it. Codes in, translated words out."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.outbox import OutboxRow
from desktop.views.common import case_words
from desktop.views.common.words import code_words

_LIGHTS = {
    "waiting": "pending",
    "sending": "pending",
    "suspended": "paused",
    "blocked": "paused",
    "conflict": "due_soon",
    "refused": "overdue",
    "out_of_scope": "overdue",
    "discarded": "provisional",
}


def deed(kind: str) -> str:
    """What the person did."""
    return {
        "ticket.urge": QCoreApplication.translate("OutboxWords", "Urge"),
        "urge.acknowledge": QCoreApplication.translate("OutboxWords", "Acknowledge urge"),
        "notice.create": QCoreApplication.translate("OutboxWords", "Write supervision notice"),
        "notice.edit": QCoreApplication.translate("OutboxWords", "Change supervision notice"),
        "notice.submit": QCoreApplication.translate("OutboxWords", "Submit supervision notice"),
        "notice.approve": QCoreApplication.translate("OutboxWords", "Approve supervision notice"),
        "notice.return": QCoreApplication.translate("OutboxWords", "Return supervision notice"),
        "notice.withdraw": QCoreApplication.translate("OutboxWords", "Withdraw supervision notice"),
        "notice.reply": QCoreApplication.translate("OutboxWords", "Answer supervision notice"),
        "visit.schedule": QCoreApplication.translate("OutboxWords", "Book return visit"),
        "visit.attempt": QCoreApplication.translate("OutboxWords", "Record call"),
        "visit.complete": QCoreApplication.translate("OutboxWords", "Complete return visit"),
        "finding.create": QCoreApplication.translate("OutboxWords", "Write finding"),
        "finding.edit": QCoreApplication.translate("OutboxWords", "Change finding"),
        "finding.file": QCoreApplication.translate("OutboxWords", "File finding"),
        "finding.acknowledge": QCoreApplication.translate("OutboxWords", "Acknowledge finding"),
        "finding.reply": QCoreApplication.translate("OutboxWords", "Answer finding"),
        "finding.confirm": QCoreApplication.translate("OutboxWords", "Uphold finding"),
        "finding.withdraw": QCoreApplication.translate("OutboxWords", "Withdraw finding"),
        "finding.rectify": QCoreApplication.translate("OutboxWords", "Report rectification"),
        "finding.verify": QCoreApplication.translate("OutboxWords", "Close finding out"),
        "finding.return": QCoreApplication.translate("OutboxWords", "Return rectification"),
        "note.add": QCoreApplication.translate("OutboxWords", "Add note"),
        "note.hand_over": QCoreApplication.translate("OutboxWords", "Hand over note"),
        "attachment.link": QCoreApplication.translate("OutboxWords", "Link attachment"),
    }.get(kind, kind)


def sentence(row: OutboxRow) -> str:
    """ "Urge 118803 Works Office": what, on which case, to whom."""
    about = row.about or row.ticket_number
    return " ".join(part for part in (deed(row.kind), about, row.unit) if part)


def light(row: OutboxRow) -> str:
    """The mark of where it stands."""
    return _LIGHTS[row.standing]


def standing(row: OutboxRow, profile: RuleProfile, offset: timedelta) -> str:
    """Where it stands, in a few words; ``offset`` = office time − real time, to say times as the office does."""
    if row.standing == "waiting":
        if not row.attempts:
            return QCoreApplication.translate("OutboxWords", "Waiting to be sent")
        if row.next_try_at is None:
            tried = QCoreApplication.translate("OutboxWords", "Waiting to be sent, tried {n}×")
            return tried.format(n=row.attempts)
        next_try = QCoreApplication.translate("OutboxWords", "Waiting to be sent, try {n} at {time}")
        return next_try.format(n=row.attempts + 1, time=f"{profile.local(row.next_try_at + offset):%H:%M}")
    return {
        "sending": QCoreApplication.translate("OutboxWords", "Being sent"),
        "suspended": QCoreApplication.translate("OutboxWords", "Set aside, tried once a day"),
        "blocked": QCoreApplication.translate("OutboxWords", "Waits for an earlier entry"),
        "conflict": QCoreApplication.translate("OutboxWords", "Conflict"),
        "refused": QCoreApplication.translate("OutboxWords", "Refused by the server"),
        "out_of_scope": QCoreApplication.translate("OutboxWords", "No longer in your scope"),
        "discarded": QCoreApplication.translate("OutboxWords", "Discarded, copy kept"),
    }[row.standing]


def story(row: OutboxRow, profile: RuleProfile, now: datetime) -> str:
    """What happened and what it means, in plain words: the sentence above the person's own text."""
    if row.standing == "waiting":
        return QCoreApplication.translate(
            "OutboxWords", "It goes out by itself as soon as the server can be reached. Nothing is lost."
        )
    if row.standing == "sending":
        return QCoreApplication.translate("OutboxWords", "It is on its way to the server at this moment.")
    if row.standing == "suspended":
        return QCoreApplication.translate(
            "OutboxWords",
            "The server failed on it several times. It is tried once a day; you can try it now.",
        )
    if row.standing == "discarded":
        return QCoreApplication.translate("OutboxWords", "You discarded it. Your text is kept for 90 days.")
    if row.standing == "conflict":
        return conflict_words(row, profile, now)
    if row.standing == "out_of_scope":
        return QCoreApplication.translate(
            "OutboxWords", "The case has moved out of your scope before this arrived. Your text is kept here."
        )
    why = code_words(row.code) if row.code else ""
    kept = QCoreApplication.translate("OutboxWords", "Your text is kept here.")
    return " ".join(part for part in (why, kept) if part)


def conflict_words(row: OutboxRow, profile: RuleProfile, now: datetime) -> str:
    """Who changed what meanwhile, and that nothing typed is lost."""
    when = case_words.moment(profile, row.changed_at, now) if row.changed_at else ""
    who = row.by_name or QCoreApplication.translate("OutboxWords", "Someone else")
    if row.code in ("transition_not_legal", "already_acknowledged") or row.now_state:
        state = state_words(row)
        if state and when:
            moved = QCoreApplication.translate(
                "OutboxWords",
                "{who} changed this on {when}, while you were not connected; it is now: {state}. "
                "This step is no longer possible. Your text is kept here.",
            )
            return moved.format(who=who, when=when, state=state)
        if state:
            stands = QCoreApplication.translate(
                "OutboxWords",
                "It was changed while you were not connected; it is now: {state}. "
                "This step is no longer possible. Your text is kept here.",
            )
            return stands.format(state=state)
        return QCoreApplication.translate(
            "OutboxWords",
            "It was changed while you were not connected, and this step is no longer possible. "
            "Your text is kept here.",
        )
    if when:
        changed = QCoreApplication.translate(
            "OutboxWords",
            "{who} changed the same field on {when}, while you were not connected. "
            "Both texts stand below; yours is kept here.",
        )
        return changed.format(who=who, when=when)
    return QCoreApplication.translate(
        "OutboxWords",
        "Someone changed the same field while you were not connected. Both texts stand below; yours is kept here.",
    )


def state_words(row: OutboxRow) -> str:
    """The state the server reports, in the words of what it belongs to."""
    if not row.now_state:
        return ""
    if row.entity_type == "notice":
        return case_words.notice_state(row.now_state)
    if row.entity_type == "finding":
        return case_words.finding_state(row.now_state)
    if row.entity_type == "visit":
        return case_words.visit_state(row.now_state)
    return case_words.ticket_state(row.now_state)


def field_name(field: str) -> str:
    """What a text of an operation is called."""
    return {
        "ground": QCoreApplication.translate("OutboxWords", "Ground"),
        "requirement": QCoreApplication.translate("OutboxWords", "What is required"),
        "facts": QCoreApplication.translate("OutboxWords", "Facts"),
        "text": QCoreApplication.translate("OutboxWords", "Text"),
        "answer": QCoreApplication.translate("OutboxWords", "What was answered"),
        "reason": QCoreApplication.translate("OutboxWords", "Reason"),
        "note": QCoreApplication.translate("OutboxWords", "Note"),
        "answers.still_missing": QCoreApplication.translate("OutboxWords", "Still missing"),
        "answers.note": QCoreApplication.translate("OutboxWords", "Other remarks"),
        "new_matter": QCoreApplication.translate("OutboxWords", "New matter"),
    }.get(field, field)
