"""What is scripted about a case: how its return visit stands now, and what the office has done with it.

Written by ``scenes``; played by ``visits`` and ``supervision``. Times are told as office time back from now, so that a
script fits any as-of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from desktop.models.domain.entities import FindingState, Outcome, Rung, UrgeMeans, UrgentReportState

from .world import Colleague

NoticeStop = Literal["draft", "submitted", "returned", "issued", "replied", "withdrawn"]


class Call(NamedTuple):
    """One attempt: working days before today, seconds since midnight, outcome."""

    days_ago: int
    time: int
    outcome: Outcome


@dataclass(frozen=True)
class Script:
    """A visit that stands at a wanted point now: attempts made, and a booking or an assignment by name.

    ``booked_in`` is in seconds from now, None for none; a booking made by the citizen's word follows a call_later.
    """

    calls: tuple[Call, ...] = ()
    booked_in: int | None = None
    assigned: Colleague | None = None


@dataclass(frozen=True)
class UrgeScript:
    """An urge ``ago`` office hours before now. ``promised_days`` None = nothing promised."""

    author: Colleague
    ago: float
    means: UrgeMeans = "phone"
    promised_days: int | None = None
    acknowledged: bool = False
    why: str = "overdue"


@dataclass(frozen=True)
class NoticeScript:
    """An act begun ``ago`` office hours before now; ``sure`` = it has come as far as ``stop``, else it may have."""

    author: Colleague
    ago: float
    stop: NoticeStop
    sure: bool = True
    rung: Rung = "notice"


@dataclass(frozen=True)
class FindingScript:
    """A finding begun ``ago`` office hours before now; ``sure`` as for a notice."""

    author: Colleague
    ago: float
    code: str
    stop: FindingState
    sure: bool = True


@dataclass(frozen=True)
class Deeds:
    """All the office did with a case. ``steps`` are the acts above the notice, in the order they were begun."""

    urges: tuple[UrgeScript, ...] = ()
    notice: NoticeScript | None = None
    findings: tuple[FindingScript, ...] = ()
    noted: bool = False
    note_by: Colleague | None = None
    report: UrgentReportState | None = None
    steps: tuple[NoticeScript, ...] = ()


def paced(hours: list[float], script: NoticeScript | FindingScript) -> list[float]:
    """The hours between steps, shortened where a sure script would not be through by now."""
    allowed = script.ago * 0.94
    if not script.sure or sum(hours) <= allowed:
        return hours
    return [one * allowed / sum(hours) for one in hours]
