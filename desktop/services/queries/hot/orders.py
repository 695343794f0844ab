"""The orders that lists stand in, as positions: each total, by its key, then by number, then by row id.

Four are kept and follow every commit: by number and title (compared as the store has them; texts are not in memory,
so a handful is read for each ticket that comes or moves), by due time and by time of arrival. The others are made when
asked for, in some ten milliseconds from the order of numbers, and forgotten when a commit touches their column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec
import numpy as np

from desktop.models.store.projection import driver_cursor

from .columns import NEVER, Columns, Ints, OutOfStep, Patched, Positions

Key = tuple[str, ...]
KeyOf = Callable[[int], Any]

MOST_MOVED: Final = 10_000
"""More tickets than this at a time are not put into place one by one: everything is read anew."""

_TIMES: Final = ("due", "received")
_BY_NUMBER = "SELECT rid FROM ticket_list ORDER BY number, rid"
_BY_TITLE = "SELECT rid FROM ticket_list ORDER BY title, number, rid"
_WORDS = "SELECT rid, number, title FROM ticket_list WHERE rid IN (SELECT value FROM json_each(?))"
_FETCH = 2_000
_NARROW = np.iinfo(np.uint8).max
_MADE_AT_ONCE = 2
"""Orders beside the kept ones: four bytes a ticket each."""


class Orders:
    """Orders over ``columns``; ``load`` and ``follow`` are given the connection that the columns were read by."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._kept: dict[str, Positions] = {}
        self._ranks: dict[str, Positions] = {}
        self._made: dict[str, tuple[object, Positions]] = {}

    def load(self, connection: Any, stopped: Callable[[], bool]) -> None:
        """Makes the four that are kept. Raises OutOfStep where ``stopped`` says so."""
        cursor = driver_cursor(connection)
        try:
            for name, statement in (("number", _BY_NUMBER), ("title", _BY_TITLE)):
                self._keep(name, self._read(cursor.execute(statement), stopped))
        finally:
            cursor.close()
        for name in _TIMES:
            self._kept[name] = self.sorted_by(self._columns[name])

    def nbytes(self) -> int:
        """The memory of the orders, in bytes."""
        made = [order for _, order in self._made.values()]
        return sum(order.nbytes for order in (*self._kept.values(), *self._ranks.values(), *made))

    def kept(self, name: str) -> Positions | None:
        """One of the four, ascending; None for any other name."""
        return self._kept.get(name)

    def rank(self, name: str) -> Positions:
        """Each position's place in the order of numbers or titles."""
        return self._ranks[name]

    def by(self, name: str, values: Callable[[], Ints], stamp: object = None) -> Positions:
        """Any order, ascending, NEVER last: a kept one, or one made from ``values`` for as long as ``stamp`` stays."""
        kept = self._kept.get(name)
        if kept is not None:
            return kept
        found = self._made.get(name)
        if found is None or found[0] is not stamp:
            found = (stamp, self.sorted_by(values()))
        self._made.pop(name, None)
        self._made[name] = found
        if len(self._made) > _MADE_AT_ONCE:
            del self._made[next(iter(self._made))]
        return found[1]

    def sorted_by(self, values: Ints) -> Positions:
        """All positions by ``values`` (one a position), then by number."""
        base = self._kept["number"]
        own = values[base]
        if own.dtype == np.uint32:  # a time; the narrow ones are sorted by counting, not by comparing
            known = own != NEVER
            some, rest = base[known], base[~known]
            return np.concatenate((some[np.argsort(own[known], kind="stable")], rest))
        if own.dtype == np.uint16 and own.max(initial=0) <= _NARROW:
            own = own.astype(np.uint8)  # counted once instead of twice
        return base[np.argsort(own, kind="stable")]

    # -- following commits ---------------------------------------------------------------------------------------

    def follow(self, connection: Any, patched: Patched) -> None:
        """Brings the orders up to date with a patch of the columns. Raises OutOfStep for too much at a time."""
        if len(patched.touched) + len(patched.new) > MOST_MOVED:
            raise OutOfStep("too many tickets at a time")
        self._forget(patched)
        if patched.gone:
            self._drop(patched.gone, tuple(self._kept))
        moved: set[int] = set()
        cursor = driver_cursor(connection)
        try:
            words = _Words(cursor, self._columns)
            for name, key in (("number", words.number_key), ("title", words.title_key)):
                away = self._out_of_place(name, patched.touched, words, key) | moved
                if away or patched.new:
                    self._place(name, [*away, *patched.new], key)
                if name == "number":
                    moved = away
        finally:
            cursor.close()
        number = self._ranks["number"]
        for name in _TIMES:
            away = moved | set(patched.changed.get(name, ()))
            if away or patched.new:
                self._place(name, [*away, *patched.new], _by_value(self._columns[name], number))

    def _forget(self, patched: Patched) -> None:
        anew = bool(patched.new or patched.gone)
        for name in [name for name in self._made if anew or name in patched.changed]:
            del self._made[name]

    def _drop(self, positions: Iterable[int], names: Sequence[str]) -> None:
        leaving = np.zeros(self._columns.size, bool)
        leaving[list(positions)] = True
        for name in names:
            order = self._kept[name]
            self._kept[name] = order[~leaving[order]]
        for name in names:
            if name in self._ranks:
                self._keep(name, self._kept[name])

    def _out_of_place(self, name: str, touched: Sequence[int], words: _Words, key: KeyOf) -> set[int]:
        """Those of ``touched`` that may not stand where they stood: all of them, or none where their order holds."""
        if not touched:
            return set()
        order, rank = self._kept[name], self._ranks[name]
        pairs = {
            (place, place + 1)
            for position in touched
            for place in (int(rank[position]) - 1, int(rank[position]))
            if 0 <= place < len(order) - 1
        }
        words.learn({int(order[place]) for pair in pairs for place in pair})
        holds = all(key(int(order[a])) < key(int(order[b])) for a, b in pairs)
        return set() if holds else set(touched)

    def _place(self, name: str, positions: Sequence[int], key: KeyOf) -> None:
        """Puts ``positions`` where they belong; those among them that the order holds already are taken out first."""
        before = (
            [p for p in positions if p < len(self._ranks[name])] if name in self._ranks else list(positions)
        )
        if before:
            self._drop_quietly(name, before)
        order = self._kept[name]
        ready = sorted(positions, key=key)
        places = [_place_of(order, key, key(position)) for position in ready]
        self._keep(name, np.insert(order, places, np.array(ready, np.uint32)))

    def _drop_quietly(self, name: str, positions: Sequence[int]) -> None:
        leaving = np.zeros(self._columns.size, bool)
        leaving[positions] = True
        order = self._kept[name]
        self._kept[name] = order[~leaving[order]]

    def _keep(self, name: str, order: Positions) -> None:
        self._kept[name] = order
        if name in _TIMES:
            return
        rank = np.zeros(self._columns.size, np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        self._ranks[name] = rank

    def _read(self, cursor: Any, stopped: Callable[[], bool]) -> Positions:
        """Row ids in some order, as positions."""
        rids = np.empty(self._columns.size, np.int64)
        count = 0
        while rows := cursor.fetchmany(_FETCH):
            if stopped() or count + len(rows) > len(rids):
                raise OutOfStep("stopped")
            rids[count : count + len(rows)] = [rid for (rid,) in rows]
            count += len(rows)
        positions = self._columns.positions_of(rids[:count])
        if len(positions) != self._columns.size:
            raise OutOfStep("an order holds other tickets than the columns")
        return positions


class _Words:
    """Numbers and titles by position, read when they are asked for and remembered for one patch."""

    def __init__(self, cursor: Any, columns: Columns) -> None:
        self._cursor = cursor
        self._rids = columns["rid"]
        self._known: dict[int, tuple[str, str, int]] = {}

    def learn(self, positions: Iterable[int]) -> None:
        """Reads several at once."""
        asked = {int(self._rids[position]): position for position in positions if position not in self._known}
        if not asked:
            return
        rows = self._cursor.execute(_WORDS, (msgspec.json.encode(list(asked)).decode(),)).fetchall()
        for rid, number, title in rows:
            self._known[asked[rid]] = (number, title, rid)
        if len(rows) != len(asked):
            raise OutOfStep("a ticket went that nobody told of")

    def number_key(self, position: int) -> tuple[str, int]:
        """What the order of numbers compares."""
        number, _, rid = self._of(position)
        return number, rid

    def title_key(self, position: int) -> tuple[str, str, int]:
        """What the order of titles compares."""
        number, title, rid = self._of(position)
        return title, number, rid

    def _of(self, position: int) -> tuple[str, str, int]:
        if position not in self._known:
            self.learn((position,))
        return self._known[position]


def _by_value(values: Ints, numbers: Positions) -> KeyOf:
    """What an order of numbers compares: the value, then the place among the numbers of tickets."""
    return lambda position: (values[position], numbers[position])


def _place_of(order: Positions, key: KeyOf, mine: Any) -> int:
    """Where a ticket with the key ``mine`` belongs in ``order``; new ones mostly belong to the end."""
    low, high = 0, len(order)
    if high and key(int(order[high - 1])) < mine:
        return high
    while low < high:
        middle = (low + high) // 2
        if key(int(order[middle])) < mine:
            low = middle + 1
        else:
            high = middle
    return low
