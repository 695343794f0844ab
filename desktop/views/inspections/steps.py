"""What can be done next with a finding, and why not where it cannot.

The server has the last word; the same rules stand in domain/fold.py.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Finding

Step = Literal["file", "uphold", "verify", "return", "edit", "withdraw"]


def reasons(finding: Finding) -> dict[Step, str]:
    """The steps that belong to this stage of its life → "" when possible, else the reason in words."""
    state = finding.state
    if state in ("confirmed", "rectifying", "returned", "rectified"):
        check = "" if state == "rectified" else _nothing_reported()
        return {"verify": check, "return": check, "edit": _edit(state), "withdraw": _withdraw(state)}
    if state in ("verified", "withdrawn"):
        return {"edit": _edit(state), "withdraw": _withdraw(state)}
    steps: dict[Step, str] = {"file": _file(finding)} if state == "draft" else {"uphold": _uphold(state)}
    return steps | {"edit": _edit(state), "withdraw": _withdraw(state)}


def _file(finding: Finding) -> str:
    if not finding.facts.strip():
        return QCoreApplication.translate("FindingSteps", "The facts are not written yet; edit it first.")
    if not finding.unit_id:
        return QCoreApplication.translate("FindingSteps", "No unit is named yet; edit it first.")
    return ""


def _uphold(state: str) -> str:
    if state == "filed":
        return QCoreApplication.translate("FindingSteps", "The unit has not confirmed receipt yet.")
    return _under_review() if state == "review_requested" else ""


def _edit(state: str) -> str:
    if state in ("draft", "filed", "acknowledged"):
        return ""
    if state in ("verified", "withdrawn"):
        return _ended(state)
    return QCoreApplication.translate("FindingSteps", "The unit has answered to these words; they stay.")


def _withdraw(state: str) -> str:
    if state in ("draft", "filed", "acknowledged", "replied"):
        return ""
    if state in ("verified", "withdrawn"):
        return _ended(state)
    if state == "review_requested":
        return _under_review()
    return QCoreApplication.translate("FindingSteps", "It has been upheld.")


def _nothing_reported() -> str:
    return QCoreApplication.translate("FindingSteps", "The unit has not reported the rectification yet.")


def _under_review() -> str:
    return QCoreApplication.translate(
        "FindingSteps", "A review was asked for; somebody who took no part decides it."
    )


def _ended(state: str) -> str:
    if state == "verified":
        return QCoreApplication.translate("FindingSteps", "It is closed out.")
    return QCoreApplication.translate("FindingSteps", "It was withdrawn.")
