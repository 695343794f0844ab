"""Every completion looked at once: which signs it has, how rare they are, and the contradicted cases in their order.

Reads narrow columns of all tickets, the answers of the contradicted ones, and of a few thousand others for how common
the same words are. Takes about a second for 200,000 tickets: for the patient lane.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.models.domain.calendar import is_working_day
from desktop.models.domain.contradictions import DENIALS, SIGNS, Rate, Sign, SignRules, weight
from desktop.models.domain.office_hours import office_times
from desktop.models.domain.profile import RuleProfile
from desktop.models.store.projection import driver_cursor
from desktop.services.queries.base import Reader

from .cases import Contradiction, Ground, Traces
from .replies import groups_of

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_NONE = -1
_TICKETS = """
SELECT rid, unit_id, category_id, place_id, urgency <> 'normal', received_at, coalesce(completed_at, -1),
  coalesce(due_at, -1) FROM ticket_list
"""
_DENIED = """
SELECT t.rid, t.id, t.number, t.title, v.id, v.completed_at,
  CAST(p.data AS TEXT) ->> '$.answers.contacted' = 'no',
  CAST(p.data AS TEXT) ->> '$.answers.resolved' = 'not_resolved'
FROM ticket_list t INDEXED BY ticket_contradicted CROSS JOIN visit_list v ON v.ticket_id = t.id
  CROSS JOIN projection p ON p.type = 'visit' AND p.id = v.id
WHERE t.contradicted = 1 AND v.valid AND v.completed_at >= t.completed_at
ORDER BY v.completed_at, v.id
"""
_REPLIES = """
SELECT t.rid, CAST(p.data AS TEXT) ->> '$.unit_answer'
FROM ticket_list t CROSS JOIN projection p ON p.type = 'ticket' AND p.id = t.id
WHERE t.rid IN (SELECT value FROM json_each(?))
"""
_FILES = """
SELECT t.rid, CAST(p.data AS TEXT) ->> '$.sha256', CAST(p.data AS TEXT) ->> '$.name'
FROM projection p CROSS JOIN ticket_list t ON t.id = p.ticket_id
WHERE p.type = 'attachment' AND coalesce(CAST(p.data AS TEXT) ->> '$.about_type', '') <> 'finding'
ORDER BY t.rid
"""
_LOOKED_AT = 4_000
"""Answers read beside those of the contradicted cases, spread evenly over all completions."""
_SHOWN = 3
"""Other tickets named with a sign, at most."""
_DAY_S = 86_400
_CHUNK = 20_000


class _Tickets(NamedTuple):
    """One number a ticket; units, classes and places are codes."""

    rid: Ints
    unit: Ints
    category: Ints
    place: Ints
    by_hours: Ints
    received: Ints
    completed: Ints
    due: Ints


class _Denied(NamedTuple):
    rid: int
    ticket_id: str
    number: str
    title: str
    visit_id: str
    said_at: int
    signs: frozenset[Sign]


class _Seen(NamedTuple):
    """One sign: where it is, out of which completions (None = all), and what it is made of by place."""

    has: Mask
    among: Mask | None
    traces: dict[int, dict[str, Any]]


def lay_ground(r: Reader) -> Ground:
    """The whole board as it stands at the reader's now."""
    cursor = driver_cursor(r.connection)
    try:
        every, units, categories = _read(cursor)
        denied = _denials(cursor.execute(_DENIED).fetchall())
        done = every.completed != _NONE
        tickets = _Tickets(*(column[done] for column in every))
        places = {int(rid): place for place, rid in enumerate(tickets.rid)}
        wanted = sorted(places[rid] for rid in denied if rid in places)
        seen: dict[Sign, _Seen] = {
            "fast": _fast(tickets, r.profile, wanted),
            "last_minute": _last_minute(tickets, r.profile.signs, wanted),
            "bulk": _bulk(tickets, r.profile.signs, wanted),
            "again": _again(tickets, every, r.profile.signs, wanted),
            "same_reply": _same_reply(cursor, tickets, r.profile.signs, wanted),
            "same_file": _same_file(cursor, tickets, wanted),
        }
    finally:
        cursor.close()
    for sign in DENIALS:
        has = np.zeros(len(tickets.rid), bool)
        has[[places[rid] for rid in denied if rid in places and sign in denied[rid].signs]] = True
        seen[sign] = _Seen(has, None, {})
    in_class, in_city = _rates(tickets, seen)
    signs = {place: frozenset(s for s in SIGNS if seen[s].has[place]) for place in wanted}
    of_unit = np.bincount(tickets.unit, minlength=len(units))
    combined = _Combined(signs, tickets.unit)
    cases = []
    for place in wanted:
        mine, unit = signs[place], int(tickets.unit[place])
        said = denied[int(tickets.rid[place])]
        rates = in_class[int(tickets.category[place])]
        denial = Rate(combined.count(mine & frozenset(DENIALS)), len(tickets.rid))
        found: dict[str, Any] = {}
        for sign in mine:
            found |= seen[sign].traces.get(place, {})
        cases.append(
            Contradiction(
                rid=said.rid,
                ticket_id=said.ticket_id,
                number=said.number,
                title=said.title,
                unit_id=units[unit],
                category_id=categories[int(tickets.category[place])],
                visit_id=said.visit_id,
                said_at=datetime.fromtimestamp(said.said_at, r.profile.zone()),
                signs=tuple(sign for sign in SIGNS if sign in mine),
                weight=weight(mine, denial, rates, in_city),
                in_class={sign: rates[sign] for sign in mine},
                in_unit=Rate(combined.count(mine, unit), int(of_unit[unit])),
                in_city=Rate(combined.count(mine), len(tickets.rid)),
                traces=Traces(**found),
            )
        )
    cases.sort(key=lambda case: (-case.weight, -case.said_at.timestamp(), case.number))
    return Ground(at=r.now, cases=tuple(cases), completions=len(tickets.rid), in_city=in_city)


# -- reading ------------------------------------------------------------------------------------------------------


def _read(cursor: Any) -> tuple[_Tickets, list[str], list[str]]:
    books: tuple[dict[str, int], ...] = ({}, {}, {})
    parts: list[NDArray[np.int64]] = []
    cursor.execute(_TICKETS)
    while rows := cursor.fetchmany(_CHUNK):
        rids, *columns = zip(*rows, strict=True)
        coded = [
            [book.setdefault(text, len(book)) for text in column]
            for book, column in zip(books, columns, strict=False)
        ]
        parts.append(np.array((rids, *coded, *columns[len(books) :]), np.int64))
    whole = np.concatenate(parts, axis=1) if parts else np.empty((8, 0), np.int64)
    return _Tickets(*whole[:, np.argsort(whole[0])]), list(books[0]), list(books[1])


def _denials(rows: Iterable[tuple[Any, ...]]) -> dict[int, _Denied]:
    """By row id: the latest visit that denies, with everything that visits since the completion deny."""
    found: dict[int, _Denied] = {}
    for rid, ticket_id, number, title, visit_id, said_at, not_contacted, not_resolved in rows:
        said = {sign for sign, yes in zip(DENIALS, (not_contacted, not_resolved), strict=True) if yes}
        if said:
            before = found[rid].signs if rid in found else frozenset[Sign]()
            found[rid] = _Denied(rid, ticket_id, number, title, visit_id, said_at, before | said)
    return found


# -- signs --------------------------------------------------------------------------------------------------------


def _fast(tickets: _Tickets, profile: RuleProfile, wanted: Sequence[int]) -> _Seen:
    """Done in a small share of the median time of its class, limits in hours apart from those in days."""
    rules, size = profile.signs, len(tickets.rid)
    if not size:
        return _Seen(np.zeros(0, bool), None, {})
    moments, worked = _office_axis(profile, int(tickets.received.min()), int(tickets.completed.max()))
    in_office = np.interp(tickets.completed, moments, worked) - np.interp(tickets.received, moments, worked)
    took = np.where(tickets.by_hours != 0, tickets.completed - tickets.received, in_office)
    kind = tickets.category * 2 + tickets.by_hours
    order = np.argsort(kind, kind="stable")
    kinds, begins, counts = np.unique(kind[order], return_index=True, return_counts=True)
    medians = np.array(
        [float(np.median(took[order[b : b + n]])) for b, n in zip(begins, counts, strict=True)]
    )
    own = np.searchsorted(kinds, kind)
    usual = medians[own]
    has = (counts[own] >= rules.fast_least) & (took < rules.fast_share * usual)
    traces = {
        i: {"took_s": int(took[i]), "usual_s": int(usual[i]), "by_hours": bool(tickets.by_hours[i])}
        for i in wanted
        if has[i]
    }
    return _Seen(has, None, traces)


def _office_axis(profile: RuleProfile, first: int, last: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Moments at which the office opens and closes, and the seconds it had worked by then."""
    moments: list[float] = [float(first) - _DAY_S]
    worked: list[float] = [0.0]
    day: date = datetime.fromtimestamp(first, profile.zone()).date() - timedelta(days=1)
    end = datetime.fromtimestamp(last, profile.zone()).date()
    while day <= end:
        if is_working_day(profile.calendar, day):
            for opens, closes in office_times(profile, day):
                at, until = opens.timestamp(), closes.timestamp()
                moments += (at, until)
                worked += (worked[-1], worked[-1] + until - at)
        day += timedelta(days=1)
    return np.array(moments), np.array(worked)


def _last_minute(tickets: _Tickets, rules: SignRules, wanted: Sequence[int]) -> _Seen:
    left = tickets.due - tickets.completed
    has = (tickets.due != _NONE) & (left >= 0) & (left <= rules.last_minutes * 60)
    return _Seen(has, None, {i: {"left_s": int(left[i])} for i in wanted if has[i]})


def _bulk(tickets: _Tickets, rules: SignRules, wanted: Sequence[int]) -> _Seen:
    """Others of its unit completed shortly before and after."""
    order = np.lexsort((tickets.completed, tickets.unit))
    key = (tickets.unit * 2**40 + tickets.completed)[order]  # times lie below 2^40
    span = rules.bulk_minutes * 60
    count = np.zeros(len(key), np.int64)
    count[order] = np.searchsorted(key, key + span, "right") - np.searchsorted(key, key - span, "left")
    has = count >= rules.bulk_count
    return _Seen(has, None, {i: {"together": int(count[i])} for i in wanted if has[i]})


def _again(tickets: _Tickets, every: _Tickets, rules: SignRules, wanted: Sequence[int]) -> _Seen:
    """Received for the same place and class after the completion."""
    span = rules.again_days * _DAY_S
    most = int(every.category.max(initial=0)) + 1

    def key_of(some: _Tickets, at: Ints) -> Ints:
        return (some.place * most + some.category) * 2**36 + at  # times lie below 2^36

    arrived = key_of(every, every.received)
    order = np.argsort(arrived)
    arrived = arrived[order]
    done = key_of(tickets, tickets.completed)
    first, last = np.searchsorted(arrived, done, "right"), np.searchsorted(arrived, done + span, "right")
    traces = {
        i: {
            "again": int(last[i] - first[i]),
            "again_rids": tuple(every.rid[order[first[i] : last[i]][:_SHOWN]].tolist()),
        }
        for i in wanted
        if last[i] > first[i]
    }
    return _Seen(last > first, None, traces)


def _same_reply(cursor: Any, tickets: _Tickets, rules: SignRules, wanted: Sequence[int]) -> _Seen:
    size = len(tickets.rid)
    among = np.zeros(size, bool)
    among[:: max(1, size // _LOOKED_AT)] = True
    looked = np.flatnonzero(among | np.isin(np.arange(size), wanted)).tolist()
    asked = msgspec.json.encode([int(tickets.rid[i]) for i in looked]).decode()
    texts: dict[int, str | None] = dict(cursor.execute(_REPLIES, (asked,)).fetchall())
    groups = groups_of([texts.get(int(tickets.rid[i])) or "" for i in looked])
    members: dict[int, list[int]] = defaultdict(list)
    for place, group in zip(looked, groups, strict=True):
        members[group].append(place)
    classes = {g: len({int(tickets.category[i]) for i in m}) for g, m in members.items()}
    has = np.zeros(size, bool)
    traces: dict[int, dict[str, Any]] = {}
    asked_for = set(wanted)
    for place, group in zip(looked, groups, strict=True):
        if classes[group] < rules.reply_classes:
            continue
        has[place] = True
        if place in asked_for:
            others = [i for i in members[group] if tickets.category[i] != tickets.category[place]]
            traces[place] = {
                "alike": len(members[group]) - 1,
                "alike_classes": classes[group],
                "alike_rids": tuple(int(tickets.rid[i]) for i in others[:_SHOWN]),
            }
    return _Seen(has, among, traces)


def _same_file(cursor: Any, tickets: _Tickets, wanted: Sequence[int]) -> _Seen:
    """The very same bytes in the file of another ticket."""
    holders: dict[str, dict[int, str]] = defaultdict(dict)
    for rid, digest, name in cursor.execute(_FILES).fetchall():
        if digest:
            holders[digest].setdefault(rid, name or "")
    places = {int(rid): place for place, rid in enumerate(tickets.rid)}
    has = np.zeros(len(places), bool)
    traces: dict[int, dict[str, Any]] = {}
    asked_for = set(wanted)
    for held in holders.values():
        if len(held) < 2:
            continue
        for rid, name in held.items():
            place = places.get(rid)
            if place is None:
                continue
            has[place] = True
            if place in asked_for:
                others = tuple(other for other in held if other != rid)
                traces[place] = {"file_name": name, "file_rids": others[:_SHOWN]}
    return _Seen(has, None, traces)


# -- rates --------------------------------------------------------------------------------------------------------


def _rates(
    tickets: _Tickets, seen: dict[Sign, _Seen]
) -> tuple[dict[int, dict[Sign, Rate]], dict[Sign, Rate]]:
    """How often each sign is met: by class, and in the whole city."""
    classes = int(tickets.category.max(initial=-1)) + 1
    in_class: dict[int, dict[Sign, Rate]] = {code: {} for code in range(classes)}
    in_city: dict[Sign, Rate] = {}
    for sign, one in seen.items():
        among = one.among if one.among is not None else np.ones(len(tickets.rid), bool)
        counts = np.bincount(tickets.category[one.has & among], minlength=classes)
        of = np.bincount(tickets.category[among], minlength=classes)
        for code in range(classes):
            in_class[code][sign] = Rate(int(counts[code]), int(of[code]))
        in_city[sign] = Rate(int(counts.sum()), int(of.sum()))
    return in_class, in_city


class _Combined:
    """How many contradicted cases have a set of signs, in the city or in one unit. Few sets are met at all."""

    def __init__(self, signs: dict[int, frozenset[Sign]], unit: Ints) -> None:
        self._counted: dict[tuple[frozenset[Sign], int | None], int] = {}
        self._city = Counter(signs.values())
        self._units: dict[int, Counter[frozenset[Sign]]] = defaultdict(Counter)
        for place, mine in signs.items():
            self._units[int(unit[place])][mine] += 1

    def count(self, wanted: frozenset[Sign], unit: int | None = None) -> int:
        """Cases with all of ``wanted``."""
        key = wanted, unit
        if key not in self._counted:
            met = self._city if unit is None else self._units[unit]
            self._counted[key] = sum(number for mine, number in met.items() if wanted <= mine)
        return self._counted[key]
