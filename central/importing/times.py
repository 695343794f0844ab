"""Wall-clock times of a file as moments, with the two hours a year that a wall clock does not tell plainly."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .problems import RowProblem

_ISO = "%Y-%m-%d %H:%M:%S"


class FileTimes:
    """Reads times of one zone. Counts what it had to decide, for the report.

    A time in the hour that is repeated when summer time ends is taken as the first of the two; one in the hour that
    is left out when it begins is moved on by that hour.
    """

    def __init__(self, zone: ZoneInfo, formats: tuple[str, ...]) -> None:
        self._zone = zone
        self._formats = formats
        self._changes: dict[date, bool] = {}
        self.repeated = 0
        self.left_out = 0

    def moment(self, text: str, column: str) -> datetime | None:
        """The moment in UTC; None for a blank. Raises :class:`RowProblem`."""
        if not text:
            return None
        wall = self._wall(text)
        if wall is None:
            raise RowProblem(column, f"not a time of the form {' or '.join(self._formats)}")
        if wall.tzinfo is not None:
            return wall.astimezone(UTC)
        first = wall.replace(tzinfo=self._zone)
        try:
            moment = first.astimezone(UTC)
            if self._changes_on(wall.date()) and first.utcoffset() != first.replace(fold=1).utcoffset():
                self._count(moment, wall)
        except OverflowError:
            raise RowProblem(column, "a time no calendar reaches") from None
        return moment

    def _changes_on(self, day: date) -> bool:
        """Whether the zone's offset changes on ``day``, where alone a wall clock can be in doubt."""
        known = self._changes.get(day)
        if known is None:
            midnight = datetime.combine(day, time(), tzinfo=self._zone)
            known = midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()
            self._changes[day] = known
        return known

    def _wall(self, text: str) -> datetime | None:
        for form in self._formats:
            try:
                if form == _ISO and len(text) == 19:
                    return datetime.fromisoformat(text)
                return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the caller's to add
            except ValueError:
                continue
        return None

    def _count(self, moment: datetime, wall: datetime) -> None:
        if moment.astimezone(self._zone).replace(tzinfo=None) == wall:
            self.repeated += 1
        else:
            self.left_out += 1


def read_as_of(text: str, zone: ZoneInfo) -> datetime:
    """A time given on the command line: ISO, in the mapping's zone unless it has an offset.

    Raises ``ValueError``.
    """
    given = datetime.fromisoformat(text)
    return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)


def seconds(span: float) -> str:
    """A duration for a person: "0:07", "5:09" or "1:05:09"."""
    minutes, rest = divmod(round(span), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
