"""Time in the sample city, as integers: seconds since 1970, and seconds of office time along one endless working day.

The generator reckons in both and makes datetimes only for what goes into a row. Due times are never reckoned here: they
come from ``domain.deadlines`` by way of :meth:`WorkTime.due_by_rule`, remembered by day because a deadline in days
depends on nothing else. The city has one offset to UTC the year round, as China has.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta, timezone

from desktop.models.domain.calendar import day_kind, is_working_day
from desktop.models.domain.deadlines import Due, Pause, due_by_rule, extend
from desktop.models.domain.profile import DayKind, DeadlineRule, RuleProfile

DAY_S = 86_400
HOUR_S = 3_600
MINUTE_S = 60
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class WorkTime:
    """The calendar from ``first`` to ``last`` (office dates), both included, as tables."""

    def __init__(self, profile: RuleProfile, first: date, last: date) -> None:
        self.profile = profile
        noon = datetime(first.year, first.month, first.day, 12, tzinfo=profile.zone())
        offset = noon.utcoffset() or timedelta(0)
        self.zone = timezone(offset)
        self._shift = int(offset.total_seconds())
        self._first = first.toordinal() - _EPOCH_DAY
        self._opens_s = profile.work_start.hour * HOUR_S + profile.work_start.minute * MINUTE_S
        self.day_length = profile.work_end.hour * HOUR_S + profile.work_end.minute * MINUTE_S - self._opens_s
        self._before: list[int] = []
        self._is_working: list[bool] = []
        self._working_opens: list[int] = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            working = is_working_day(profile.calendar, day)
            self._before.append(len(self._working_opens) * self.day_length)
            self._is_working.append(working)
            if working:
                self._working_opens.append((self._first + number) * DAY_S - self._shift + self._opens_s)
        self._dues: dict[tuple[int, str, bool, int], tuple[datetime, int, bool]] = {}

    def moment(self, at: int) -> datetime:
        """Seconds since 1970 as an aware datetime in office time."""
        return datetime.fromtimestamp(at, self.zone)

    def seconds(self, moment: datetime) -> int:
        """An aware datetime as whole seconds since 1970."""
        return int(moment.timestamp())

    def day_of(self, at: int) -> int:
        """The number of the office day ``at`` lies in, counted from 1970."""
        return (at + self._shift) // DAY_S

    def date_of(self, at: int) -> date:
        """The office date of ``at``."""
        return date.fromordinal(self.day_of(at) + _EPOCH_DAY)

    def at(self, day: int, seconds: int) -> int:
        """``seconds`` after the midnight of office day ``day``."""
        return day * DAY_S - self._shift + seconds

    def time_of_day(self, at: int) -> int:
        """Seconds since the office's midnight."""
        return (at + self._shift) % DAY_S

    def kind(self, day: int) -> DayKind:
        """What a day is: working, weekend, holiday, make-up."""
        return day_kind(self.profile.calendar, date.fromordinal(day + _EPOCH_DAY))

    def next_working_day(self, day: int) -> int:
        """The first working day after ``day``."""
        day += 1
        while not self._is_working[day - self._first]:
            day += 1
        return day

    def to_work(self, at: int) -> int:
        """Office seconds up to ``at``; what lies outside office hours counts as the next opening."""
        day, time = divmod(at + self._shift, DAY_S)
        before = self._before[day - self._first]
        if not self._is_working[day - self._first]:
            return before
        return before + min(max(time - self._opens_s, 0), self.day_length)

    def from_work(self, work: int) -> int:
        """The moment at which ``work`` office seconds have gone by."""
        number, rest = divmod(work, self.day_length)
        return self._working_opens[number] + rest

    def after(self, at: int, work: int) -> int:
        """``at`` moved on by ``work`` office seconds, into office hours."""
        return self.from_work(self.to_work(at) + work)

    def working_days_ago(self, at: int, days: int) -> int:
        """The number of the working day ``days`` before the office day of ``at``; 0 = that day itself.

        Raises ``LookupError`` before the table begins.
        """
        opens = self._working_opens
        wanted = bisect_left(opens, self.at(self.day_of(at), 0)) - days
        if wanted < 0:
            raise LookupError("the calendar of the city does not reach back so far")
        return self.day_of(opens[wanted])

    def due_by_rule(self, rule: DeadlineRule, start: int) -> tuple[datetime, int, bool]:
        """The deadline engine's due time: (moment, seconds, provisional)."""
        if rule.unit == "hour" or rule.cut_off is not None or rule.start_day_counts:
            return self._told(self.compute(rule, start))  # depends on more than the day
        key = (rule.limit, rule.unit, rule.due_on_working_day, (start + self._shift) // DAY_S)
        known = self._dues.get(key)
        if known is None:
            known = self._dues[key] = self._told(self.compute(rule, start))
        return known

    def days_after(self, days: int, start: int) -> tuple[datetime, int, bool]:
        """The same after so many working days, which is what an extension or a rectification has."""
        key = (days, "extension", True, (start + self._shift) // DAY_S)
        known = self._dues.get(key)
        if known is None:
            known = self._dues[key] = self._told(extend(self.profile, self.moment(start), days))
        return known

    def compute(self, rule: DeadlineRule, start: int, pauses: tuple[Pause, ...] = ()) -> Due:
        """The deadline engine itself, with its reasons."""
        return due_by_rule(self.profile, rule, self.moment(start), pauses)

    def _told(self, due: Due) -> tuple[datetime, int, bool]:
        return due.at, self.seconds(due.at), due.provisional
