"""What a colleague did to the very thing, as the first sentence of a conflict's story: one sentence a kind.

A kind without a line of its own is told as a change. Sentences only; who and when is filled in by ``stories``.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def lead(kind: str) -> str:
    """The sentence, with {who}, {time} and {meanwhile}."""
    return _LEADS.get(kind, _changed)()


def _changed() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} changed this on {time} {meanwhile}.")


def _notice_withdrawn() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} withdrew this notice on {time} {meanwhile}.")


def _notice_submitted() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} submitted this notice for approval on {time} {meanwhile}."
    )


def _notice_approved() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} approved this notice on {time} {meanwhile}.")


def _notice_returned() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} returned this notice for changes on {time} {meanwhile}."
    )


def _notice_replied() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} answered this notice on {time} {meanwhile}.")


def _urge_acknowledged() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} acknowledged this urge on {time} {meanwhile}.")


def _visit_booked() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} booked this return visit differently on {time} {meanwhile}."
    )


def _visit_called() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} recorded a call for this return visit on {time} {meanwhile}."
    )


def _visit_completed() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} completed this return visit on {time} {meanwhile}."
    )


def _finding_filed() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} filed this finding on {time} {meanwhile}.")


def _finding_acknowledged() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} acknowledged this finding on {time} {meanwhile}.")


def _finding_replied() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} answered this finding on {time} {meanwhile}.")


def _finding_confirmed() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} upheld this finding on {time} {meanwhile}.")


def _finding_withdrawn() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} withdrew this finding on {time} {meanwhile}.")


def _finding_rectified() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} reported this finding put right on {time} {meanwhile}."
    )


def _finding_verified() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} closed this finding out on {time} {meanwhile}.")


def _finding_returned() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} sent the rectification back on {time} {meanwhile}."
    )


def _visit_assigned() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} assigned this visit on {time} {meanwhile}.")


def _exception_asked() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} asked for a call outside the rules on {time} {meanwhile}."
    )


def _exception_decided() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} decided on this call outside the rules on {time} {meanwhile}."
    )


def _finding_begun() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} began to put this finding right on {time} {meanwhile}."
    )


def _finding_arranged() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} arranged how the rectification is looked at on {time} {meanwhile}."
    )


def _finding_to_review() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} asked for a review of this finding on {time} {meanwhile}."
    )


def _finding_reviewed() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} decided the review of this finding on {time} {meanwhile}."
    )


def _application_decided() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} decided this application on {time} {meanwhile}.")


def _instruction_reported() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} gave feedback on this instruction on {time} {meanwhile}."
    )


def _instruction_withdrawn() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} withdrew this instruction on {time} {meanwhile}.")


def _report_submitted() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} submitted this report for approval on {time} {meanwhile}."
    )


def _report_approved() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} approved this report on {time} {meanwhile}.")


def _report_returned() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} returned this report for changes on {time} {meanwhile}."
    )


def _report_sent() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} sent this report on {time} {meanwhile}.")


def _report_withdrawn() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} withdrew this report on {time} {meanwhile}.")


def _visit_challenged() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} asked on {time} {meanwhile} that this return visit be overturned."
    )


def _challenge_decided() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} decided on {time} {meanwhile} whether this return visit is overturned."
    )


def _case_sent_back() -> str:
    return QCoreApplication.translate(
        "OutboxWords", "{who} sent this case back for rework on {time} {meanwhile}."
    )


def _inquiry_answered() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} sent the contact log on {time} {meanwhile}.")


def _inquiry_settled() -> str:
    return QCoreApplication.translate("OutboxWords", "{who} closed this request on {time} {meanwhile}.")


_LEADS = {
    "visit.challenge": _visit_challenged,
    "visit.decide_challenge": _challenge_decided,
    "visit.send_back": _case_sent_back,
    "inquiry.answer": _inquiry_answered,
    "inquiry.settle": _inquiry_settled,
    "notice.withdraw": _notice_withdrawn,
    "notice.submit": _notice_submitted,
    "notice.approve": _notice_approved,
    "notice.return": _notice_returned,
    "notice.reply": _notice_replied,
    "urge.acknowledge": _urge_acknowledged,
    "visit.schedule": _visit_booked,
    "visit.assign": _visit_assigned,
    "visit.ask_exception": _exception_asked,
    "visit.decide_exception": _exception_decided,
    "visit.attempt": _visit_called,
    "visit.complete": _visit_completed,
    "finding.file": _finding_filed,
    "finding.acknowledge": _finding_acknowledged,
    "finding.reply": _finding_replied,
    "finding.confirm": _finding_confirmed,
    "finding.withdraw": _finding_withdrawn,
    "finding.rectify": _finding_rectified,
    "finding.verify": _finding_verified,
    "finding.return": _finding_returned,
    "finding.begin": _finding_begun,
    "finding.arrange": _finding_arranged,
    "finding.review": _finding_to_review,
    "finding.decide": _finding_reviewed,
    "extension.decide": _application_decided,
    "objection.decide": _application_decided,
    "instruction.feed_back": _instruction_reported,
    "instruction.withdraw": _instruction_withdrawn,
    "urgent_report.submit": _report_submitted,
    "urgent_report.approve": _report_approved,
    "urgent_report.return": _report_returned,
    "urgent_report.send": _report_sent,
    "urgent_report.withdraw": _report_withdrawn,
}
