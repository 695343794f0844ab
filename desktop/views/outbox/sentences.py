"""The outbox in a few words: what was done and where it stands. Codes in, translated words out; see also stories.py."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.outbox import OutboxRow

_LIGHTS = {
    "waiting": "pending",
    "sending": "pending",
    "suspended": "paused",
    "blocked": "paused",
    "conflict": "due_soon",
    "refused": "overdue",
    "out_of_scope": "overdue",
    "lost": "overdue",
    "discarded": "provisional",
    "settled": "normal",
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
        "visit.assign": QCoreApplication.translate("OutboxWords", "Assign return visit"),
        "visit.ask_exception": QCoreApplication.translate("OutboxWords", "Ask for a call outside the rules"),
        "visit.decide_exception": QCoreApplication.translate(
            "OutboxWords", "Decide on a call outside the rules"
        ),
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
        "finding.begin": QCoreApplication.translate("OutboxWords", "Begin rectification"),
        "finding.rectify": QCoreApplication.translate("OutboxWords", "Report rectification"),
        "finding.arrange": QCoreApplication.translate("OutboxWords", "Arrange verification"),
        "finding.verify": QCoreApplication.translate("OutboxWords", "Close finding out"),
        "finding.return": QCoreApplication.translate("OutboxWords", "Return rectification"),
        "finding.review": QCoreApplication.translate("OutboxWords", "Ask for a review"),
        "finding.decide": QCoreApplication.translate("OutboxWords", "Decide review"),
        "note.add": QCoreApplication.translate("OutboxWords", "Add note"),
        "note.hand_over": QCoreApplication.translate("OutboxWords", "Hand over note"),
        "attachment.link": QCoreApplication.translate("OutboxWords", "Link attachment"),
        "ticket.assign": QCoreApplication.translate("OutboxWords", "Have looked after"),
        "person.assign": QCoreApplication.translate("OutboxWords", "Assign units"),
        "unit.edit": QCoreApplication.translate("OutboxWords", "Change directory"),
        "view.create": QCoreApplication.translate("OutboxWords", "Save view"),
        "view.edit": QCoreApplication.translate("OutboxWords", "Change view"),
        "view.remove": QCoreApplication.translate("OutboxWords", "Remove view"),
        "guidance.send": QCoreApplication.translate("OutboxWords", "Send guidance"),
        "guidance.confirm": QCoreApplication.translate("OutboxWords", "Confirm guidance read"),
        "guidance.withdraw": QCoreApplication.translate("OutboxWords", "Withdraw guidance"),
        "extension.request": QCoreApplication.translate("OutboxWords", "Apply for an extension"),
        "extension.decide": QCoreApplication.translate("OutboxWords", "Decide on an extension"),
        "objection.raise": QCoreApplication.translate("OutboxWords", "Object to the dispatch"),
        "objection.decide": QCoreApplication.translate("OutboxWords", "Decide on a return"),
        "instruction.register": QCoreApplication.translate("OutboxWords", "Register instruction"),
        "instruction.edit": QCoreApplication.translate("OutboxWords", "Change instruction"),
        "instruction.feed_back": QCoreApplication.translate("OutboxWords", "Feedback to the leader"),
        "instruction.withdraw": QCoreApplication.translate("OutboxWords", "Withdraw instruction"),
        "urgent_report.create": QCoreApplication.translate("OutboxWords", "Write urgent report"),
        "urgent_report.edit": QCoreApplication.translate("OutboxWords", "Change urgent report"),
        "urgent_report.submit": QCoreApplication.translate("OutboxWords", "Submit urgent report"),
        "urgent_report.approve": QCoreApplication.translate("OutboxWords", "Approve urgent report"),
        "urgent_report.return": QCoreApplication.translate("OutboxWords", "Return urgent report"),
        "urgent_report.send": QCoreApplication.translate("OutboxWords", "Record urgent report as sent"),
        "urgent_report.withdraw": QCoreApplication.translate("OutboxWords", "Withdraw urgent report"),
        "inspection.create": QCoreApplication.translate("OutboxWords", "Plan inspection"),
        "inspection.edit": QCoreApplication.translate("OutboxWords", "Change plan of inspection"),
        "inspection.issue": QCoreApplication.translate("OutboxWords", "Issue inspection"),
        "inspection.recuse": QCoreApplication.translate("OutboxWords", "Recuse inspector"),
        "inspection.freeze": QCoreApplication.translate("OutboxWords", "Freeze frame"),
        "inspection.fix": QCoreApplication.translate("OutboxWords", "Fix criteria"),
        "inspection.draw": QCoreApplication.translate("OutboxWords", "Draw sample"),
        "inspection.close": QCoreApplication.translate("OutboxWords", "Close inspection"),
        "inspection.withdraw": QCoreApplication.translate("OutboxWords", "Withdraw inspection"),
        "check.record": QCoreApplication.translate("OutboxWords", "Check ticket"),
        "check.edit": QCoreApplication.translate("OutboxWords", "Change check of ticket"),
        "visit.challenge": QCoreApplication.translate("OutboxWords", "Ask to overturn a return visit"),
        "visit.decide_challenge": QCoreApplication.translate(
            "OutboxWords", "Decide on overturning a return visit"
        ),
        "visit.send_back": QCoreApplication.translate("OutboxWords", "Send case back for rework"),
        "inquiry.ask": QCoreApplication.translate("OutboxWords", "Ask for the contact log"),
        "inquiry.answer": QCoreApplication.translate("OutboxWords", "Send the contact log"),
        "inquiry.settle": QCoreApplication.translate("OutboxWords", "Close a request for the contact log"),
        "draft": QCoreApplication.translate("OutboxWords", "Half-written form"),
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
        "lost": QCoreApplication.translate("OutboxWords", "Case no longer yours"),
        "discarded": QCoreApplication.translate("OutboxWords", "Discarded, copy kept"),
        "settled": QCoreApplication.translate("OutboxWords", "Settled, copy kept"),
    }[row.standing]


def state_words(state: str) -> str:
    """Where an earlier wording stands, by the outbox's own state of it."""
    return {
        "applied": QCoreApplication.translate("OutboxWords", "on the server"),
        "discarded": QCoreApplication.translate("OutboxWords", "discarded or settled"),
        "kept": QCoreApplication.translate("OutboxWords", "kept after a refusal"),
    }.get(state, QCoreApplication.translate("OutboxWords", "not on the server"))
