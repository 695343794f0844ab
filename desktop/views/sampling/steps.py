"""What can be done next with an inspection, and why not where it cannot. The server has the last word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.inspections import may_check_reports, missing_of, takes_part
from desktop.models.domain.privacy import is_superior, viewer_of
from desktop.services.background.desk import Desk
from desktop.services.queries.inspections import InspectionSheet
from desktop.views.common.words import code_words, why_not_online

Step = Literal["edit", "issue", "freeze", "fix", "draw", "check", "close", "recuse", "withdraw"]

_OF_STATE: dict[str, tuple[Step, ...]] = {
    "draft": ("issue", "edit", "recuse", "withdraw"),
    "issued": ("freeze", "recuse", "withdraw"),
    "frozen": ("fix", "recuse", "withdraw"),
    "fixed": ("draw", "recuse", "withdraw"),
    "drawn": ("check", "close", "recuse", "withdraw"),
}
_ONLINE = ("freeze", "fix", "draw")


def reasons(sheet: InspectionSheet, desk: Desk) -> dict[Step, str]:
    """The steps of this stage of its life → "" when possible, else the reason in words; none for a unit."""
    inspection, viewer = sheet.inspection, viewer_of(desk.me)
    if not viewer.office:
        return {}
    steps = _OF_STATE.get(inspection.state, ())
    mine = takes_part(inspection, desk.me.person_id) and "officer" in viewer.roles
    if not mine:
        refused = code_words("not_your_inspection")
        found = dict.fromkeys(steps, refused)
        return found | ({"recuse": ""} if is_superior(viewer) and steps else {})
    return {step: _why_not(step, sheet, desk) for step in steps}


def _why_not(step: Step, sheet: InspectionSheet, desk: Desk) -> str:
    inspection = sheet.inspection
    today = desk.profile.local(desk.now()).date()
    if step in _ONLINE and why_not_online(desk.connection):
        return why_not_online(desk.connection)
    if step == "issue":
        return _why_not_issued(sheet, desk)
    if step == "edit" and inspection.author_id != desk.me.person_id:
        return code_words("not_your_draft")
    if step == "fix" and not inspection.frame:
        return QCoreApplication.translate(
            "Sampling", "The server is still listing and hashing the population; the criteria come after it."
        )
    if step == "freeze" and inspection.to_day > today:
        return code_words("period_not_over")
    if step == "close" and _unchecked(sheet, desk):
        return code_words("checks_missing")
    return ""


def _unchecked(sheet: InspectionSheet, desk: Desk) -> bool:
    """Whether a ticket that one of the inspectors may check still waits for it."""
    reports = may_check_reports(sheet.inspection, desk.reference.persons)
    return any(
        (t.check is None or not t.check.complete) and (reports or t.level != "report") for t in sheet.tickets
    )


def _why_not_issued(sheet: InspectionSheet, desk: Desk) -> str:
    today = desk.profile.local(desk.now()).date()
    missing = missing_of(sheet.inspection, desk.profile.inspections, today)
    if missing:
        return {
            "title": QCoreApplication.translate("Sampling", "It has no title yet; edit the plan first."),
            "mandate": QCoreApplication.translate(
                "Sampling", "It needs a mandate that is in force today; edit the plan first."
            ),
            "purpose": QCoreApplication.translate("Sampling", "Its purpose is not written yet."),
            "unit_ids": QCoreApplication.translate("Sampling", "No unit is named yet."),
            "to_day": QCoreApplication.translate("Sampling", "The period ends before it begins."),
            "checklist": QCoreApplication.translate("Sampling", "No checklist is chosen yet."),
            "inspector_ids": QCoreApplication.translate("Sampling", "Nobody is left to inspect."),
        }.get(missing, code_words("incomplete"))
    if sheet.clash is not None:
        said = QCoreApplication.translate("Sampling", "{number} “{title}” looks at the same matter already.")
        return said.format(number=sheet.clash.number, title=sheet.clash.title)
    return ""
