"""The columns of ``ticket_list`` that lists filter and sort by, one number a ticket and column: 40 bytes a ticket.

A ticket's *position* is its place in these arrays: in the order of its row id, which is never used again, so that a new
ticket goes to the end. What left is marked and stays until the next load. ``load`` reads the whole table, ``patch``
the tickets named and nothing else. Texts are codes of a ``Book``. Must not know a filter nor an order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.models.domain.ladder_rules import RUNGS
from desktop.models.store.projection import driver_cursor
from desktop.services.queries.filters import UNDER_SUPERVISION

Ints = NDArray[Any]
Positions = NDArray[np.uint32]

NEVER: Final = np.iinfo(np.uint32).max
"""Stands for NULL in a column of times: later than any."""

OPEN, PAUSED, PROVISIONAL, ENTERPRISE, ESCALATED, SUPERVISED, HERE = (1 << n for n in range(7))
ASKED, ACTING, DISSATISFIED, MERGED, EMERGENCY, URGENT, REPEATED = (1 << n for n in range(7, 14))
"""Bits of ``flags``. SUPERVISED: an act is being worked on; ASKED: the unit owes an answer; ACTING: an act is being
written or waits for a signature; DISSATISFIED, MERGED: as the list table says; EMERGENCY, URGENT: of its
urgency; REPEATED: it was told again."""

_FLAGS = (
    f"(open <> 0) * {OPEN} + (paused <> 0) * {PAUSED} + (provisional <> 0) * {PROVISIONAL} "
    f"+ (enterprise <> 0) * {ENTERPRISE} + (escalated <> 0) * {ESCALATED} + (asked_at IS NOT NULL) * {ASKED} "
    f"+ (acting <> 0) * {ACTING} + (dissatisfied <> 0) * {DISSATISFIED} + (matter_id <> '') * {MERGED} "
    f"+ (urgency = 'emergency') * {EMERGENCY} + (urgency = 'urgent') * {URGENT} + (repeats > 0) * {REPEATED} "
    f"+ {HERE}"
)
_MOST_COUNTED = np.iinfo(np.uint8).max
_SELECT = (
    f"SELECT rid, {_FLAGS}, due_at, received_at, promised_at, answered_at, rework, urges, "  # noqa: S608 - our own text
    f"rung, min(unanswered, {_MOST_COUNTED}), 0, "
    "state, request_type, channel, unit_id, place_id, category_id, officer_id FROM ticket_list"
)
_CHUNK = f"{_SELECT} WHERE rid > ? ORDER BY rid LIMIT ?"
_NAMED = f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rid"  # noqa: S608 - our own text
_TO_SIGN = " + ".join(
    f"max(n.state = 'submitted' AND n.author_id <> :me AND n.rung = {height}) * {1 << (height - 1)}"
    for height in range(1, len(RUNGS) + 1)
)
_NOTICES = f"""
SELECT t.rid, max(n.state IN (SELECT value FROM json_each(:under))), {_TO_SIGN}
FROM notice_list n JOIN ticket_list t ON t.id = n.ticket_id
"""  # noqa: S608 - our own text
_NAMED_NOTICES = f"{_NOTICES} WHERE n.ticket_id IN (SELECT value FROM json_each(:ids)) GROUP BY t.rid"  # noqa: S608 - our own text
_ALL_NOTICES = f"{_NOTICES} GROUP BY t.rid"
REPORT_TO_SIGN: Final = 1 << len(RUNGS)
"""The bit of ``to_sign`` for an urgent report of a colleague's."""

_REPORTS = f"""
SELECT t.rid, 0, {REPORT_TO_SIGN} FROM urgent_report_list u JOIN ticket_list t ON t.id = u.ticket_id
WHERE u.state = 'submitted' AND u.author_id <> :me
"""  # noqa: S608 - our own text
_NAMED_REPORTS = f"{_REPORTS} AND u.ticket_id IN (SELECT value FROM json_each(:ids)) GROUP BY t.rid"  # noqa: S608 - our own text
_ALL_REPORTS = f"{_REPORTS} GROUP BY t.rid"
_BATCH = 500
_ROWS = 1_000
"""A chunk of a load: a few milliseconds in which Python's lock is held most of the time, then others may run. Larger
ones are not quicker, and leave tens of megabytes of Python's own memory in pieces that nobody gets back."""

_NUMBERS = (
    ("rid", np.uint32),
    ("flags", np.uint16),
    ("due", np.uint32),  # seconds since 1970, until 2106
    ("received", np.uint32),
    ("promised", np.uint32),
    ("answered", np.uint32),
    ("rework", np.uint16),
    ("urges", np.uint16),
    ("rung", np.uint8),
    ("unanswered", np.uint8),
    (
        "to_sign",
        np.uint8,
    ),  # a bit for each rung, and for reports, of which a colleague's waits for a signature
)
_MARKS = ("flags", "rung", "unanswered", "to_sign")
"""Columns that no list is ordered by."""

_TEXTS: tuple[tuple[str, type[np.unsignedinteger[Any]]], ...] = (
    ("state", np.uint8),
    ("type", np.uint8),
    ("channel", np.uint8),
    ("unit", np.uint16),
    ("place", np.uint16),
    ("category", np.uint16),
    ("officer", np.uint16),
)
_TIMES = ("due", "promised", "answered")


class OutOfStep(Exception):
    """The arrays and the table have lost each other, or the table does not fit into arrays: SQL has to answer."""


class Patched(NamedTuple):
    """What a patch changed: positions, per column whose values are others now; the new and the gone."""

    changed: dict[str, list[int]]
    touched: list[int]
    """Every position that was there before and was read anew: its number or title may be another."""
    new: list[int]
    gone: list[int]


class Book(dict[str, int]):
    """Texts by number, each met for the first time given the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        code = self[word] = len(self.words)
        self.words.append(word)
        return code

    def table(self, value: Callable[[str], int], dtype: Any) -> Ints:
        """``value`` of each word, by code: what a column of codes is looked up in."""
        return np.array([value(word) for word in self.words] or [0], dtype=dtype)


class Columns:
    """See the module's docstring. ``person_id`` is whose own acts ``to_sign`` leaves out."""

    def __init__(self, person_id: str) -> None:
        self.person_id = person_id
        self.books: dict[str, Book] = {name: Book() for name, _ in _TEXTS}
        self.size = 0
        self.missing = 0
        """How many positions are marked as gone."""
        self._arrays: dict[str, Ints] = {name: np.empty(0, dtype) for name, dtype in (*_NUMBERS, *_TEXTS)}

    def __getitem__(self, name: str) -> Ints:
        """One column: a view of ``size`` values, true until the next patch."""
        return self._arrays[name][: self.size]

    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return sum(array.nbytes for array in self._arrays.values())

    def load(self, connection: Any, stopped: Callable[[], bool]) -> None:
        """Reads the whole table in chunks. Raises OutOfStep where it does not fit, or ``stopped`` says so."""
        cursor = driver_cursor(connection)
        try:
            most = cursor.execute("SELECT count(*) FROM ticket_list").fetchone()[0]
            self._reserve(most + most // 16 + 1_000)
            last = -1
            while rows := cursor.execute(_CHUNK, (last, _ROWS)).fetchall():
                if stopped():
                    raise OutOfStep("stopped")
                self._append(rows)
                last = rows[-1][0]
            self._note_notices(cursor.execute(_ALL_NOTICES, self._whose()).fetchall())
            self._note_notices(cursor.execute(_ALL_REPORTS, {"me": self.person_id}).fetchall())
        finally:
            cursor.close()

    def patch(self, connection: Any, ticket_ids: Iterable[str], gone: Iterable[int]) -> Patched:
        """Brings the tickets named up to date and marks those gone. Raises OutOfStep; the arrays are then worthless."""
        named = sorted(ticket_ids)
        was = self.size
        result = Patched({}, [], [], [])
        fresh: list[tuple[Any, ...]] = []
        noticed: list[tuple[int, int, int]] = []
        reported: list[tuple[int, int, int]] = []
        cursor = driver_cursor(connection)
        try:
            for start in range(0, len(named), _BATCH):
                ids = msgspec.json.encode(named[start : start + _BATCH]).decode()
                rows = cursor.execute(_NAMED, (ids,)).fetchall()
                self._overwrite([row for row in rows if self._is_known(row[0])], result)
                fresh += [row for row in rows if not self._is_known(row[0])]
                noticed += cursor.execute(_NAMED_NOTICES, self._whose() | {"ids": ids}).fetchall()
                reported += cursor.execute(_NAMED_REPORTS, {"me": self.person_id, "ids": ids}).fetchall()
        finally:
            cursor.close()
        self._append(sorted(fresh))
        self._note_notices(noticed)
        self._note_notices(reported)
        self._mark_gone(gone, result)
        result.new.extend(range(was, self.size))
        return result

    def rids_at(self, positions: Positions) -> Ints:
        """The row ids at these positions."""
        rids = self["rid"]
        if self.size and rids[-1] - rids[0] == self.size - 1:  # no gap: to add is quicker than to look up
            found: Ints = positions.astype(np.int64) + rids[0]
            return found
        return np.take(rids, positions).astype(np.int64)

    def positions_of(self, rids: Ints) -> Positions:
        """The positions of these row ids; those that are not here are left out."""
        here = self["rid"]
        if not self.size:
            return np.empty(0, np.uint32)
        if here[-1] - here[0] == self.size - 1:  # no gap
            within = rids[(rids >= here[0]) & (rids <= here[-1])]
            there: Positions = (within - here[0]).astype(np.uint32)
            return there
        sought = rids.astype(here.dtype)
        found = np.searchsorted(here, sought)
        found[found == self.size] = 0
        positions: Positions = found[here[found] == sought].astype(np.uint32)
        return positions

    # -- inside ------------------------------------------------------------------------------------------------

    def _whose(self) -> dict[str, str]:
        return {"under": msgspec.json.encode(UNDER_SUPERVISION).decode(), "me": self.person_id}

    def _is_known(self, rid: int) -> bool:
        return self.size > 0 and rid <= self._arrays["rid"][self.size - 1]

    def _reserve(self, count: int) -> None:
        for name, array in self._arrays.items():
            if len(array) < count:
                larger = np.empty(count, array.dtype)
                larger[: self.size] = array[: self.size]
                self._arrays[name] = larger

    def _append(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        end = self.size + len(rows)
        if end > len(self._arrays["rid"]):
            self._reserve(end + end // 8 + 1_000)
        for name, values in self._numbers(rows).items():
            self._arrays[name][self.size : end] = values
        self.size = end

    def _overwrite(self, rows: Sequence[tuple[Any, ...]], result: Patched) -> None:
        if not rows:
            return
        fresh = self._numbers(rows)
        where = np.searchsorted(self["rid"], fresh["rid"])
        if (self["rid"][where] != fresh["rid"]).any() or not (self["flags"][where] & HERE).all():
            raise OutOfStep("a row id came back")
        for name, values in fresh.items():
            column = self._arrays[name]
            others = where[column[where] != values]
            if len(others) and name not in _MARKS:
                result.changed.setdefault(name, []).extend(others.tolist())
            column[where] = values
        result.touched.extend(where.tolist())

    def _mark_gone(self, gone: Iterable[int], result: Patched) -> None:
        where = self.positions_of(np.array(sorted(gone), np.int64))
        where = where[(self["flags"][where] & HERE) != 0]
        self._arrays["flags"][where] = 0
        self.missing += len(where)
        result.gone.extend(where.tolist())

    def _note_notices(self, found: Sequence[tuple[int, int, int]]) -> None:
        if found:
            told = np.array(found, np.uint32)
            where = np.searchsorted(self["rid"], told[:, 0])
            self._arrays["flags"][where] |= (told[:, 1] * SUPERVISED).astype(np.uint16)
            self._arrays["to_sign"][where] |= told[:, 2].astype(np.uint8)

    def _numbers(self, rows: Sequence[tuple[Any, ...]]) -> dict[str, Ints]:
        """Rows of ``_SELECT`` as one array a column. Raises OutOfStep for what is too large or too various."""
        columns = list(zip(*rows, strict=True))
        try:
            numbers = {}
            for (name, dtype), values in zip(_NUMBERS, columns, strict=False):
                if name in _TIMES:
                    if NEVER in values:
                        raise OutOfStep("a time past all times")
                    values = tuple(NEVER if value is None else value for value in values)
                numbers[name] = np.array(values, dtype)
            for (name, dtype), words in zip(_TEXTS, columns[len(_NUMBERS) :], strict=True):
                book = self.books[name]
                codes = [book[word] for word in words]
                if len(book.words) > np.iinfo(dtype).max:
                    raise OutOfStep(f"too many different values: {name}")
                numbers[name] = np.array(codes, dtype)
        except (OverflowError, TypeError) as error:
            raise OutOfStep("a value is no such number") from error
        return numbers
