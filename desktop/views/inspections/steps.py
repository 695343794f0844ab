"""What can be done next with a finding, and why not where it cannot.

The server has the last word; from which states a step leads stands in domain/finding_rules.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Finding
from desktop.models.domain.finding_rules import is_closed, may_leave, receipt_until
from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.finding_course import FindingCourse
from desktop.views.common import case_words

Step = Literal["file", "uphold", "decide", "arrange", "verify", "return", "edit", "withdraw"]


def reasons(
    finding: Finding, course: FindingCourse, profile: RuleProfile, now: datetime, *, officer: bool
) -> dict[Step, str]:
    """The steps that belong to this stage of its life → "" when possible, else the reason in words.

    ``officer`` = this person's role writes findings; whoever only approves may decide on reviews.
    """
    state = finding.state
    review: dict[Step, str] = {"decide": "" if course.apart else _had_a_hand()}
    if not officer:
        return review if state == "review_requested" else {}
    ends: dict[Step, str] = {"edit": _edit(finding), "withdraw": _withdraw(finding)}
    if is_closed(finding):
        return ends
    if state == "draft":
        return {"file": _file(finding), **ends}
    if state == "review_requested":
        return review | ends
    if state in ("confirmed", "rectifying", "returned", "rectified"):
        report = "" if state == "rectified" else _nothing_reported()
        ready = any(proof.ready for proof in course.proofs)
        verify = report or ("" if ready else _not_looked_at())
        return {"verify": verify, "arrange": report, "return": report, **ends}
    return {"uphold": _uphold(finding, profile, now), **ends}


def _file(finding: Finding) -> str:
    if not finding.facts.strip():
        return QCoreApplication.translate("FindingSteps", "The facts are not written yet; edit it first.")
    if not finding.unit_id:
        return QCoreApplication.translate("FindingSteps", "No unit is named yet; edit it first.")
    return ""


def _uphold(finding: Finding, profile: RuleProfile, now: datetime) -> str:
    due = receipt_until(profile, finding)
    if finding.state != "filed" or finding.good or due is None or now > due.at:
        return ""
    wait = QCoreApplication.translate(
        "FindingSteps", "The unit has not confirmed receipt yet; without it from {time} on."
    )
    return wait.format(time=case_words.moment(profile, due.at, now))


def _edit(finding: Finding) -> str:
    if may_leave(finding, "finding.edit"):
        return ""
    if is_closed(finding):
        return _ended(finding)
    return QCoreApplication.translate("FindingSteps", "The unit has answered to these words; they stay.")


def _withdraw(finding: Finding) -> str:
    if may_leave(finding, "finding.withdraw"):
        return ""
    if is_closed(finding):
        return _ended(finding)
    if finding.state == "review_requested":
        return QCoreApplication.translate(
            "FindingSteps", "A review was asked for; somebody who took no part decides it."
        )
    return QCoreApplication.translate("FindingSteps", "It has been upheld.")


def _had_a_hand() -> str:
    return QCoreApplication.translate(
        "FindingSteps", "You had a hand in it; somebody who took no part decides."
    )


def _nothing_reported() -> str:
    return QCoreApplication.translate("FindingSteps", "The unit has not reported the rectification yet.")


def _not_looked_at() -> str:
    return QCoreApplication.translate(
        "FindingSteps",
        "No visit was made since the report, and no look-back checked every ticket cited; arrange one first.",
    )


def _ended(finding: Finding) -> str:
    if finding.state == "verified":
        return QCoreApplication.translate("FindingSteps", "It is closed out.")
    if finding.state == "confirmed":
        return QCoreApplication.translate("FindingSteps", "It was commended.")
    return QCoreApplication.translate("FindingSteps", "It was withdrawn.")
