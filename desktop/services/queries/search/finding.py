"""The answer to a search: row ids, and whether each of them has been looked at.

The index proposes, the texts decide. Words of one or two letters are certain by the index alone; longer ones may be
proposed in error, and :func:`checked` says which are hits. What was committed and is not in the index yet is found by
reading the texts themselves, so nothing is missed at any moment; where that is too much for one keystroke the answer
says how much is missing, and a patient question reads it all. Without an index every text is read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from desktop.models.domain.search_text import FORM, grams_to_find
from desktop.models.store import settings
from desktop.models.store.projection import driver_cursor
from desktop.models.store.search_fill import REPLIES_LEFT, TEXT_FORM
from desktop.models.store.search_index import Reach, SearchIndex, Unusable, all_of
from desktop.services.queries.base import Reader

from .fields import narrowed
from .meaning import Meaning, Need
from .row_ids import ascending_ids, row_ids

SCANNED_AT_ONCE: Final = 20_000
"""So many texts that are not in the index yet are read for one keystroke: some tens of milliseconds."""

CHECKED_AT_ONCE: Final = 5_000
_FIRST_PAGE: Final = 128
_CHUNK: Final = 256
_MANY: Final = 20_000

Rids = array  # of "q"


class Hits(Struct, frozen=True):
    """Row ids, ascending: every ticket that fits is among them, ``missing`` of ``total`` apart that nobody looked at.

    Where it is not ``certain``, some of them may not fit: ask :func:`checked` before they are shown.
    """

    rids: array[int]
    certain: bool
    missing: int = 0
    total: int = 0


def found(r: Reader, meaning: Meaning, *, patient: bool = False) -> Hits | None:
    """The tickets that fit, whatever the queue; None where nothing narrows them.

    ``patient``: read every text that is not in the index yet, however long it takes.
    """
    hits: Hits | None = None
    if meaning.needs:
        try:
            hits = _by_index(r, meaning.needs, patient=patient)
        except Unusable:
            hits = _by_texts(r, meaning.needs, patient=patient)
        unfolded = _unfolded(r)
        if unfolded:
            hits = Hits(hits.rids, hits.certain, hits.missing + unfolded, hits.total + unfolded)
    if not (meaning.conditions or meaning.dues):
        return hits
    if hits is None:
        return Hits(narrowed(r, meaning, None), certain=True)
    return Hits(narrowed(r, meaning, hits.rids), hits.certain, hits.missing, hits.total)


def checked(r: Reader, meaning: Meaning, rids: Sequence[int]) -> array[int]:
    """Those of the row ids that are hits, in their order, by the texts as they are now."""
    needs = meaning.needs
    if len(rids) > _CHUNK:
        return _checked_in_parts(r, needs, rids)
    return _checked(r, needs, rids) if needs else array("q", rids)


def _checked(r: Reader, needs: Iterable[Need], rids: Sequence[int]) -> array[int]:
    where, values = _predicate(needs)
    return _array(
        r,
        "SELECT json_group_array(value) FROM (SELECT j.value FROM json_each(?) j CROSS JOIN ticket_text t "
        f"ON t.rid = j.value WHERE {where})",
        (_json(rids), *values),
    )


def _checked_in_parts(r: Reader, needs: tuple[Need, ...], rids: Sequence[int]) -> array[int]:
    """For many rows: what the names decide is decided for all at once, and a text is read only for what is left."""
    named = [_among(rids, _named(r, need)) if need.named else frozenset() for need in needs]
    unread: dict[tuple[Need, ...], list[int]] = {}
    hits: set[int] = set()
    for rid in rids:
        has = [rid in those for those in named]
        if any(there and need.negative for there, need in zip(has, needs, strict=True)):
            continue
        left = tuple(need for there, need in zip(has, needs, strict=True) if not there)
        if left:
            unread.setdefault(left, []).append(rid)
        else:
            hits.add(rid)
    for left, some in unread.items():
        hits.update(_checked(r, [Need(need.text, need.negative) for need in left], some))
    return array("q", [rid for rid in rids if rid in hits])


def settled(
    r: Reader, meaning: Meaning, hits: Hits, rids: array[int], *, patient: bool = False
) -> tuple[array[int], bool]:
    """An ordered list of proposed row ids as it may be counted: (row ids, whether their number is exact).

    All are looked at while they are not too many; otherwise those that are seen first, and the rest is still proposed.
    """
    if not hits.certain:
        if patient or len(rids) <= CHECKED_AT_ONCE:
            rids = checked(r, meaning, rids)
        else:
            rids = _with_first_page_checked(r, meaning, rids)
            return rids, False
    if meaning.title_first and meaning.query.marked:
        if not patient and len(rids) > CHECKED_AT_ONCE:
            return rids, False  # their number is known, their order is not
        rids = _titles_first(r, meaning, rids)
    return rids, hits.missing == 0


def _with_first_page_checked(r: Reader, meaning: Meaning, rids: array[int]) -> array[int]:
    first: array[int] = array("q")
    at = 0
    while len(first) < _FIRST_PAGE and at < len(rids):
        first += checked(r, meaning, rids[at : at + _CHUNK])
        at += _CHUNK
    return first + rids[at:]


def _titles_first(r: Reader, meaning: Meaning, rids: array[int]) -> array[int]:
    """Stable: within both parts the order stays. The title is the second line of a text."""
    words = meaning.query.marked
    rest = "substr(t.text, instr(t.text, char(10)) + 1)"
    title = f"substr({rest}, 1, instr({rest}, char(10)))"
    where = " AND ".join([f"instr({title}, ?) > 0"] * len(words))
    titled = set(
        _array(
            r,
            "SELECT json_group_array(t.rid) FROM ticket_text t WHERE t.rid IN (SELECT value FROM json_each(?)) "
            f"AND {where}",
            (_json(rids), *words),
        )
    )
    return array("q", [x for x in rids if x in titled] + [x for x in rids if x not in titled])


# -- by the index -------------------------------------------------------------------------------------------------


def _by_index(r: Reader, needs: tuple[Need, ...], *, patient: bool) -> Hits:
    index: SearchIndex | None = r.search
    if index is None or not index.usable:
        raise Unusable
    wanted = [need for need in needs if not need.negative]
    if not wanted:  # nothing to look up: whatever is there, less what must not be
        everything = "SELECT json_group_array(rid) FROM (SELECT rid FROM ticket_list ORDER BY rid)"
        return Hits(_array(r, everything, ()), certain=False)
    reach, rids, certain = _proposed(r, index, wanted, [need for need in needs if need.negative])
    stale = set(_array(r, "SELECT json_group_array(rid) FROM search_todo WHERE seq > ?", (reach.taken,)))
    newest = int(driver_cursor(r.connection).execute("SELECT max(rid) FROM ticket_text").fetchone()[0] or 0)
    begin = reach.built if patient else max(reach.built, newest - SCANNED_AT_ONCE)
    fresh = _scanned(r, needs, begin, stale) if newest > begin or stale else array("q")
    if stale:
        rids = _without(rids, stale)
    return Hits(_merged(rids, fresh), certain, max(0, begin - reach.built), newest)


def _proposed(
    r: Reader, index: SearchIndex, wanted: list[Need], unwanted: list[Need]
) -> tuple[Reach, array[int], bool]:
    """Row ids that the index and the names propose, how far the index goes, and whether all of them fit."""
    plain = [need for need in wanted if not need.named]
    certain = all(_is_exact(need.text) for need in wanted)
    sets: list[array[int]] = []
    reach: Reach | None = None
    if plain:
        expression = " AND ".join(_expression(need.text) for need in plain)
        for need in unwanted:
            if _is_exact(need.text) and not need.named:
                expression = f"({expression}) NOT ({_expression(need.text)})"
            else:
                certain = False
        reach, body = index.matching(expression)
        sets.append(ascending_ids(body))
    else:
        certain = certain and not unwanted
    for need in wanted:
        if need.named:
            reach_here, body = index.matching(_expression(need.text))
            # Of two answers the shorter reach counts: what lies beyond is read from the texts.
            reach = reach_here if reach is None else Reach(*map(min, reach, reach_here))
            sets.append(_united(ascending_ids(body), _named(r, need)))
    assert reach is not None  # there is at least one word to look up
    return reach, _common(sets), certain


def _expression(word: str) -> str:
    return all_of(grams_to_find(word)[0])


def _is_exact(word: str) -> bool:
    return grams_to_find(word)[1]


# -- by the texts -------------------------------------------------------------------------------------------------


def _by_texts(r: Reader, needs: tuple[Need, ...], *, patient: bool) -> Hits:
    """Where no index answers: every text, or as many of the newest as one keystroke allows while one is being made."""
    newest = int(driver_cursor(r.connection).execute("SELECT max(rid) FROM ticket_text").fetchone()[0] or 0)
    begin = 0 if patient or r.search is None else max(0, newest - SCANNED_AT_ONCE)
    return Hits(_scanned(r, needs, begin, ()), certain=True, missing=begin, total=newest)


def _unfolded(r: Reader) -> int:
    """How many texts of an older program are still to be folded anew, or lack an answer: after an upgrade, for some
    minutes."""
    lacking = settings.get(r.connection, REPLIES_LEFT, int) or 0
    if settings.get(r.connection, TEXT_FORM, int) == FORM:
        return lacking
    run = driver_cursor(r.connection).execute
    (tickets,) = run("SELECT count(*) FROM ticket_list").fetchone()
    (texts,) = run("SELECT count(*) FROM ticket_text").fetchone()
    return int(tickets) - int(texts) + lacking


def _scanned(r: Reader, needs: tuple[Need, ...], begin: int, named: Iterable[int]) -> array[int]:
    """The hits among the texts above a row id and among those named, by reading them."""
    where, values = _predicate(needs)
    return _array(
        r,
        "SELECT json_group_array(rid) FROM (SELECT t.rid FROM ticket_text t "
        f"WHERE t.rid > ? AND {where} UNION SELECT t.rid FROM ticket_text t "
        f"WHERE t.rid IN (SELECT value FROM json_each(?)) AND {where} ORDER BY 1)",
        (begin, *values, _json(named), *values),
    )


def _predicate(needs: Iterable[Need]) -> tuple[str, list[Any]]:
    """What each text ``t`` must fulfil, and its parameters."""
    parts: list[str] = []
    values: list[Any] = []
    for need in needs:
        ways = ["instr(t.text, ?) > 0"]
        values.append(need.text)
        for column, ids in (
            ("unit_id", need.units),
            ("category_id", need.categories),
            ("place_id", need.places),
        ):
            if ids:
                ways.append(
                    f"(SELECT {column} FROM ticket_list l WHERE l.rid = t.rid) IN (SELECT value FROM json_each(?))"
                )
                values.append(_json(ids))
        if need.persons:
            ways.append(f"t.rid IN ({_OF_PERSONS})")
            values += [_json(need.persons)] * _OF_PERSONS.count("?")
        either = f"({' OR '.join(ways)})"
        parts.append(f"NOT {either}" if need.negative else either)
    return " AND ".join(parts), values


_OF_PERSONS = " UNION ALL ".join(
    f"SELECT l.rid FROM {table} x CROSS JOIN ticket_list l ON l.id = x.ticket_id "
    f"WHERE x.{column} IN (SELECT value FROM json_each(?))"
    for table, column in (
        ("urge_list", "by_id"),
        ("notice_list", "author_id"),
        ("finding_list", "author_id"),
        ("visit_list", "assigned_to"),
        ("visit_list", "completed_by_id"),
    )
)


def _named(r: Reader, need: Need) -> array[int]:
    """The tickets that have one of the rows whose names fit."""
    parts: list[str] = []
    values: list[str] = []
    for column, ids in (
        ("unit_id", need.units),
        ("category_id", need.categories),
        ("place_id", need.places),
    ):
        if ids:
            parts.append(f"SELECT rid FROM ticket_list WHERE {column} IN (SELECT value FROM json_each(?))")
            values.append(_json(ids))
    if need.persons:
        parts.append(_OF_PERSONS)
        values += [_json(need.persons)] * _OF_PERSONS.count("?")
    inner = " UNION ALL ".join(parts)
    return _array(r, f"SELECT json_group_array(rid) FROM ({inner})", values)


# -- sets of row ids ----------------------------------------------------------------------------------------------


def _array(r: Reader, statement: str, values: Sequence[Any]) -> array[int]:
    return row_ids(driver_cursor(r.connection).execute(statement, values).fetchone()[0])


def _json(ids: Iterable[Any]) -> str:
    return msgspec.json.encode(list(ids)).decode()


def _among(rids: Sequence[int], others: array[int]) -> frozenset[int]:
    """Which of the row ids are among others, given in any order."""
    if len(others) < _MANY:
        return frozenset(others)
    import numpy as np

    some = np.asarray(rids, np.int64)
    return frozenset(some[np.isin(some, np.frombuffer(others, np.int64))].tolist())


def _united(a: array[int], b: array[int]) -> array[int]:
    if len(a) + len(b) < _MANY:
        return array("q", sorted({*a, *b}))
    import numpy as np

    # A mark a row id: numpy's own union puts each of a million into a table first, which takes a second.
    sets = [np.frombuffer(rids, np.int64) for rids in (a, b) if rids]
    there = np.zeros(1 + max((int(rids.max()) for rids in sets), default=0), np.bool_)
    for rids in sets:
        there[rids] = True
    return array("q", np.flatnonzero(there).astype(np.int64).tobytes())


def _common(sets: list[array[int]]) -> array[int]:
    """What all have in common; each is ascending."""
    sets.sort(key=len)
    rids = sets[0]
    for other in sets[1:]:
        if not rids:
            break
        if len(other) < _MANY:
            among = set(other)
            rids = array("q", [rid for rid in rids if rid in among])
        else:
            import numpy as np

            both = np.intersect1d(
                np.frombuffer(rids, np.int64), np.frombuffer(other, np.int64), assume_unique=True
            )
            rids = array("q", both.tobytes())
    return rids


def _without(rids: array[int], stale: set[int]) -> array[int]:
    """Both ascending; of a million no number is made, it would be forty megabytes."""
    kept = array("q")
    at = 0
    for rid in sorted(stale):
        place = bisect_left(rids, rid, at)
        kept += rids[at:place]
        at = place + (place < len(rids) and rids[place] == rid)
    return kept + rids[at:]


def _merged(rids: array[int], fresh: array[int]) -> array[int]:
    if not fresh:
        return rids
    if not rids or fresh[0] > rids[-1]:
        return rids + fresh
    return _united(rids, fresh)
