"""The life of a finding as a table, its counters, and who took part in it. Pure, and shared by both ends.

A finding is filed, received and answered, upheld or withdrawn, put right, looked at and closed out. The time for the
rectification runs from the filing, and rests whenever it is the office's turn: while an answer is weighed, a review
decided, a report looked at. Good practice (F90) has a short life of its own: filed, and commended. What each step does
to the row stands in :mod:`finding_fold`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from .deadlines import Due, Pause, compute
from .entities import Check, Finding, FindingRest, FindingState, Inspection, InspectionState, Visit
from .profile import RuleProfile

MOVES: Final[Mapping[str, tuple[FindingState, ...]]] = {
    "finding.edit": ("draft", "filed", "acknowledged"),
    "finding.file": ("draft",),
    "finding.acknowledge": ("filed",),
    "finding.reply": ("filed", "acknowledged", "replied"),
    "finding.confirm": ("filed", "acknowledged", "replied"),
    "finding.withdraw": ("draft", "filed", "acknowledged", "replied"),
    "finding.begin": ("confirmed", "returned"),
    "finding.rectify": ("confirmed", "rectifying", "returned"),
    "finding.arrange": ("rectified",),
    "finding.verify": ("rectified",),
    "finding.return": ("rectified",),
    "finding.review": ("confirmed", "rectifying", "rectified", "returned"),
    "finding.decide": ("review_requested",),
}
"""From which states each step leads. ``finding.confirm`` of one that is only filed waits for :func:`receipt_until`."""

GOOD_MOVES: Final[Mapping[str, tuple[FindingState, ...]]] = {
    name: MOVES[name]
    for name in (
        "finding.edit",
        "finding.file",
        "finding.acknowledge",
        "finding.reply",
        "finding.confirm",
        "finding.withdraw",
    )
}
"""The same of good practice: nothing is put right, so nothing is verified, returned or reviewed."""

RUNNING: Final[tuple[FindingState, ...]] = ("filed", "acknowledged", "confirmed", "rectifying", "returned")
"""States in which the time for the rectification runs: it is the unit's turn."""
RESTING: Final[tuple[FindingState, ...]] = ("replied", "rectified", "review_requested")
"""States in which it rests: it is the office's turn."""
TO_BE_PUT_RIGHT: Final[tuple[FindingState, ...]] = ("confirmed", "rectifying", "returned")
"""States in which the unit owes a rectification that was upheld."""
DRAWN: Final[tuple[InspectionState, ...]] = ("drawn", "closed")
"""States in which an inspection has its sample."""


def may_leave(finding: Finding, kind: str) -> bool:
    """Whether a step is of this stage of the finding's life."""
    return finding.state in (GOOD_MOVES if finding.good else MOVES).get(kind, ())


def is_closed(finding: Finding) -> bool:
    """Whether nothing more happens to it: closed out or withdrawn, good practice once it was commended."""
    return finding.state in ("verified", "withdrawn") or (finding.good and finding.state == "confirmed")


# -- its counters --------------------------------------------------------------------------------------------------


def rectification(profile: RuleProfile, finding: Finding) -> Due | None:
    """The limit of the rectification, day by day; None for a draft and for good practice."""
    if finding.filed_at is None or finding.good:
        return None
    rests = tuple(Pause(rest.start, rest.end) for rest in finding.rests)
    return compute(profile, finding.rectify_days, "working_day", finding.filed_at, pauses=rests)


def receipt_until(profile: RuleProfile, finding: Finding) -> Due | None:
    """Until when the unit may confirm receipt before the finding is upheld without it; None for a draft."""
    if finding.filed_at is None:
        return None
    return compute(profile, profile.inspections.receipt_days, "working_day", finding.filed_at)


def review_asked_until(profile: RuleProfile, finding: Finding) -> Due | None:
    """Until when the unit may ask for a review; None before the finding was upheld, and where that is not told."""
    if finding.confirmed_at is None or finding.good:
        return None
    return compute(profile, profile.inspections.review_request_days, "natural_day", finding.confirmed_at)


def no_review(profile: RuleProfile, finding: Finding, at: datetime) -> str:
    """Why no review can be asked for any more, as a code; "" where it can, at a stage that permits it."""
    if finding.review_at is not None:
        return "reviewed_already"
    until = review_asked_until(profile, finding)
    return "review_too_late" if until is not None and at > until.at else ""


def review_decided_until(profile: RuleProfile, finding: Finding) -> Due | None:
    """Until when a review is to be decided; None where none was asked for."""
    if finding.review_at is None:
        return None
    return compute(profile, profile.inspections.review_decide_days, "natural_day", finding.review_at)


def is_overdue(finding: Finding, now: datetime) -> bool:
    """Whether the unit is past the limit of the rectification, while it is the unit's turn."""
    return finding.state in RUNNING and finding.rectify_due_at is not None and finding.rectify_due_at < now


def was_late(finding: Finding) -> bool:
    """Whether the limit had run out before it began to rest: that the unit was late stays on record."""
    due = finding.rectify_due_at
    if finding.state not in RESTING or due is None:
        return False
    since = finding.rests[-1].start if finding.rests else finding.rectified_at
    return since is not None and since > due


def rested(finding: Finding, at: datetime) -> Finding:
    """The same with its time resting from ``at`` on; it rests once, however often it is the office's turn meanwhile."""
    if finding.good or (finding.rests and finding.rests[-1].end is None):
        return finding
    return replace(finding, rests=(*finding.rests, FindingRest(at)))


def running(finding: Finding, at: datetime, profile: RuleProfile) -> Finding:
    """The same with its time running again from ``at`` on, and its limit moved by as much as it rested."""
    if finding.rests and finding.rests[-1].end is None:
        last = replace(finding.rests[-1], end=at)
        finding = replace(finding, rests=(*finding.rests[:-1], last))
    return with_limit(finding, profile)


def with_limit(finding: Finding, profile: RuleProfile) -> Finding:
    """The same with the limit that follows from its filing, its days and its rests."""
    due = rectification(profile, finding)
    return replace(finding, rectify_due_at=due.at if due is not None else None)


# -- who took part, and what proves ----------------------------------------------------------------------------------


def took_part(finding: Finding, person_id: str, inspection: Inspection | None = None) -> bool:
    """Whether this person had a hand in it: wrote, changed, upheld or looked at it, or inspected where it was found."""
    if person_id in (finding.author_id, *finding.acted_ids):
        return True
    return inspection is not None and person_id in (inspection.author_id, *inspection.inspector_ids)


def visit_proves(visit: Visit, finding: Finding) -> bool:
    """Whether a return visit shows how the rectification turned out: of a ticket cited, made after it was reported."""
    after = finding.rectified_at
    return (
        visit.ticket_id in cited(finding)
        and visit.state == "completed"
        and visit.completed_at is not None
        and (after is None or visit.completed_at >= after)
    )


def cited(finding: Finding) -> tuple[str, ...]:
    """The tickets it is about, its own first."""
    return tuple(dict.fromkeys((finding.ticket_id, *finding.cited_ticket_ids)))


def is_look_back(inspection: Inspection, finding: Finding) -> bool:
    """Whether it is a look-back (回头看) at this unit that was not given up."""
    return (
        inspection.kind == "look_back"
        and finding.unit_id in inspection.unit_ids
        and inspection.state != "withdrawn"
    )


def look_back_holds(inspection: Inspection, numbers: Iterable[str], drawn: Iterable[str]) -> bool:
    """Whether its sample holds all of these tickets, by number; what is not drawn yet may come to."""
    return inspection.state not in DRAWN or set(numbers) <= set(drawn)


def look_back_proves(inspection: Inspection, finding: Finding, checks: Iterable[Check]) -> bool:
    """Whether a look-back shows it: every ticket cited was checked there to the last line, after the report.

    Only what was drawn is checked, so a sample without those tickets shows nothing.
    """
    after = finding.rectified_at
    looked_at = {
        check.ticket_id
        for check in checks
        if check.inspection_id == inspection.id and check.complete and (after is None or check.at >= after)
    }
    return (
        is_look_back(inspection, finding)
        and inspection.state in DRAWN
        and looked_at.issuperset(cited(finding))
    )
