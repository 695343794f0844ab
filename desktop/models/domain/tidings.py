"""What is worth a word while somebody does other work: cases newly escalated, answers to one's own acts, limits that
end within the hour, promised calls. Pure: told from two looks at the store, and only as numbers of cases and counts.

Whoever shows it must add nothing: a notification lies open on a locked screen.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec import Struct

AHEAD = timedelta(hours=1)


class Watched(Struct, frozen=True, kw_only=True):
    """One look: id → number of each case that is escalated, whose limit ends within the hour, or that was answered."""

    escalated: dict[str, str] = {}
    answered: dict[str, str] = {}
    due: dict[str, str] = {}
    booked: dict[str, str] = {}
    """Return visits promised for the next minutes that are this person's, or anybody's, to call."""


class Tidings(Struct, frozen=True, kw_only=True):
    """How many of each came since the look before. ``number`` names the case where it is one alone, else ""."""

    escalated: int = 0
    answered: int = 0
    due: int = 0
    number: str = ""
    booked: int = 0

    def __bool__(self) -> bool:
        return bool(self.escalated or self.answered or self.due or self.booked)

    @property
    def queue(self) -> str:
        """Where they are found: whoever waits by the telephone, then the gravest first."""
        if self.booked:
            return "booked"
        if self.escalated:
            return "escalated"
        return "answered" if self.answered else "due_today"


class QuietHours(Struct, frozen=True):
    """When nobody is told anything; past midnight where ``until`` is earlier. The same time twice: never."""

    begins: time = time(18, 0)
    until: time = time(8, 30)

    def hold(self, at: datetime) -> bool:
        """Whether it is quiet at this moment of the office's day."""
        now = at.timetz().replace(tzinfo=None)
        if self.begins <= self.until:
            return self.begins <= now < self.until
        return now >= self.begins or now < self.until


def tidings_between(before: Watched, after: Watched) -> Tidings:
    """What the later look has and the earlier had not; one case that came twice is counted under each."""
    new = [
        {key: number for key, number in now.items() if key not in then}
        for then, now in (
            (before.escalated, after.escalated),
            (before.answered, after.answered),
            (before.due, after.due),
            (before.booked, after.booked),
        )
    ]
    numbers = {number for group in new for number in group.values()}
    return Tidings(
        escalated=len(new[0]),
        answered=len(new[1]),
        due=len(new[2]),
        booked=len(new[3]),
        number=numbers.pop() if len(numbers) == 1 else "",
    )
