"""The supervision ladder: which acts a matter may meet, who may write, sign and withdraw them, and what comes next.

An act is a ``Notice`` row; its ``rung`` says which one it is. One matter has one supervision: an act stands in the way
of every other that is not above it. The next step is only ever *proposed*, with its ground; a person decides. Pure, and
shared by desktop and server: reads no clock and no row but those it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from .entities import Finding, Notice, Rung, Ticket, Urge, Visit
from .finding_rules import is_overdue
from .ladder_rules import RUNGS, LadderRules, height
from .return_visits import is_dissatisfied
from .tickets import is_open

PENDING: Final = ("draft", "submitted", "returned")
"""States in which an act is still being written or waits for a signature."""
STANDING: Final = ("issued", "replied")
"""States in which an act has been issued and not taken back."""
CARDS: Final[tuple[Rung, ...]] = RUNGS[1:]
"""The rungs above the notice: what makes a ticket carded."""

Ground = Literal["urges_unanswered", "reworks_dissatisfied", "rectifications_overdue"]
"""Why a step is proposed: urges that nobody answered; sent back again and again, and still no good; findings that were
not put right in time."""


class NextStep(Struct, frozen=True, kw_only=True):
    """A step that is proposed, with its grounds and the figures behind them."""

    rung: Rung
    grounds: tuple[Ground, ...]
    urges: int = 0
    reworks: int = 0
    rectifications: int = 0


class Course(Struct, frozen=True, kw_only=True):
    """What happened on a case beside its acts, and the office's present time."""

    urges: Iterable[Urge] = ()
    visits: Iterable[Visit] = ()
    findings: Iterable[Finding] = ()
    now: datetime | None = None


def may_withdraw(rules: LadderRules, act: Notice, person_id: str, roles: Collection[str]) -> bool:
    """Whether this person may take the act back: what was issued by the rule, a draft also by its author."""
    if act.state not in STANDING and act.author_id == person_id:
        return True
    rule = rules.rule(act.rung)
    if rule is None:  # a rung the city has given up: whoever may sign anything may clear it away
        return any(role in roles for each in rules.rungs for role in each.signers)
    return any(role in roles for role in rule.withdrawers)


def standing(acts: Iterable[Notice]) -> Notice | None:
    """The highest act that has been issued and not taken back; of two of one rung the later."""
    issued = [act for act in acts if act.state in STANDING]
    return max(issued, key=lambda act: (height(act.rung), act.created_at, act.id), default=None)


def pending(acts: Iterable[Notice]) -> Notice | None:
    """The act that is being written or waits for a signature."""
    waiting = [act for act in acts if act.state in PENDING]
    return min(waiting, key=lambda act: (act.created_at, act.id), default=None)


def in_the_way(rung: Rung, acts: Iterable[Notice]) -> Notice | None:
    """The act to which another one of ``rung`` would be a second supervision of the same matter; None where it is not.

    That is one still on its way, or one that stands as high or higher. ``acts`` are those of the whole matter.
    """
    acts = list(acts)
    waiting = pending(acts)
    if waiting is not None:
        return waiting
    highest = standing(acts)
    return highest if highest is not None and height(highest.rung) >= height(rung) else None


def steps_above(rules: LadderRules, acts: Iterable[Notice]) -> tuple[Rung, ...]:
    """The rungs of the city above the highest act that stands, the next one first; none while one is on its way."""
    acts = list(acts)
    return tuple(each.rung for each in rules.rungs if in_the_way(each.rung, acts) is None)


def is_answered(urge: Urge) -> bool:
    """Whether the unit said anything: on the telephone, by a promise, or by acknowledging it."""
    return urge.acknowledged_at is not None or bool(urge.answer.strip()) or urge.promised_at is not None


def proposed(
    rules: LadderRules,
    ticket: Ticket,
    acts: Iterable[Notice],
    course: Course,
) -> NextStep | None:
    """The step that the case itself suggests, None for none. What came before the last act was that act's ground.

    A ticket that was merged into another suggests nothing: what is to be done is done there.
    """
    if ticket.merged_into:
        return None
    acts = list(acts)
    above = steps_above(rules, acts)
    if not above:
        return None
    since = max((act.issued_at for act in acts if act.state in STANDING and act.issued_at), default=None)
    unanswered = count_unanswered(ticket, course.urges, since)
    overdue = count_overdue(course.findings, course.now, since) if course.now is not None else 0
    grounds: list[Ground] = []
    if 0 < rules.unanswered_urges <= unanswered:
        grounds.append("urges_unanswered")
    if 0 < rules.dissatisfied_reworks <= ticket.rework and still_dissatisfied(ticket, course.visits, since):
        grounds.append("reworks_dissatisfied")
    if 0 < rules.overdue_rectifications <= overdue:
        grounds.append("rectifications_overdue")
    if not grounds:
        return None
    return NextStep(
        rung=above[0],
        grounds=tuple(grounds),
        urges=unanswered,
        reworks=ticket.rework,
        rectifications=overdue,
    )


def count_unanswered(ticket: Ticket, urges: Iterable[Urge], since: datetime | None) -> int:
    """Urges after ``since`` that the unit never answered, while the case is still the unit's."""
    if not is_open(ticket):
        return 0
    return sum(not is_answered(urge) and _is_after(urge.at, since) for urge in urges)


def count_overdue(findings: Iterable[Finding], now: datetime, since: datetime | None) -> int:
    """Findings whose rectification is overdue, and whose limit ran out after ``since``."""
    return sum(
        is_overdue(finding, now)
        and finding.rectify_due_at is not None
        and _is_after(finding.rectify_due_at, since)
        for finding in findings
    )


def still_dissatisfied(ticket: Ticket, visits: Iterable[Visit], since: datetime | None) -> bool:
    """Whether the last valid visit after the unit said done, and after ``since``, says that it is not."""
    if ticket.state == "archived" or ticket.completed_at is None:
        return False
    done = [
        (_seconds(visit.completed_at), visit.id, visit)
        for visit in visits
        if visit.valid
        and visit.completed_at
        and _seconds(visit.completed_at) >= _seconds(ticket.completed_at)
    ]
    if not done:
        return False
    last = max(done, key=lambda each: each[:2])[2]
    dissatisfied = last.answers is not None and is_dissatisfied(last.answers)
    return dissatisfied and last.completed_at is not None and _is_after(last.completed_at, since)


def _is_after(moment: datetime, since: datetime | None) -> bool:
    return since is None or _seconds(moment) > _seconds(since)


def _seconds(moment: datetime) -> int:
    """Whole ones, as the lists of a desktop keep them: both must say the same of a case."""
    return int(moment.timestamp())
