"""A filter answered from the columns in memory: row ids in display order, and the counts of all queues in one pass.

Says the same as the SQL of ``filters`` and ``counts``, word for word; a test holds the two against each other and
against plain Python. Reads the store only for what is not in memory: the words of a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from desktop.models.domain.tickets import Light
from desktop.models.store.first_rows import LATE_RECTIFICATIONS
from desktop.services.queries.base import Reader
from desktop.services.queries.filters import (
    ANYWHERE,
    OrderKey,
    Queue,
    TicketFilter,
    area_of,
    end_of_today,
    found_rids,
    may_sign,
    officers_of,
    order_of,
    signs_reports,
    top_of,
    with_below,
)
from desktop.services.queries.name_ranks import NameKey, name_ranks

from .columns import (
    ACTING,
    ASKED,
    DISSATISFIED,
    EMERGENCY,
    ENTERPRISE,
    ESCALATED,
    HERE,
    MERGED,
    NEVER,
    OPEN,
    PAUSED,
    PROVISIONAL,
    REPEATED,
    REPORT_TO_SIGN,
    SUPERVISED,
    URGENT,
    Columns,
    Ints,
    Positions,
)
from .orders import Orders

Mask = NDArray[np.bool_]

_FEW = 8
"""Where less than one in so many is let through, sorting them is quicker than walking an order of all."""
_TIMES = ("due", "received", "promised", "answered")
_WORDS = ("type", "channel", "state")
_NAMES: tuple[NameKey, ...] = get_args(NameKey)


def rids_of(columns: Columns, orders: Orders, r: Reader, wanted: TicketFilter) -> Ints:
    """The row ids that ``wanted`` lets through, in display order."""
    mask = _mask(columns, r, wanted)
    key, descending = order_of(wanted)
    found = _ordered(columns, orders, r, key, mask)
    if descending:
        found = _reversed(columns, key, found)
    return columns.rids_at(found)


def counts_of(columns: Columns, r: Reader, queues: Iterable[Queue]) -> dict[Queue, int]:
    """The exact count of each queue at the reader's now."""
    mine = _among(columns, "unit", r.area) if r.area else None
    counted: dict[Queue, int] = {}
    for queue in queues:
        mask = _queue(columns, r, queue)
        if mine is not None and queue not in ANYWHERE:
            mask &= mine
        counted[queue] = int(np.count_nonzero(mask))
    return counted


def groups_of(columns: Columns, r: Reader, wanted: TicketFilter, by: str) -> list[tuple[str, int, int]]:
    """(id, count, overdue) of each value of the column ``by`` ("unit", "place") that occurs."""
    mask = _mask(columns, r, wanted)
    if mask is None:
        mask = _has(columns, 0)
    late = _both(_queue(columns, r, "overdue"), mask)
    words = columns.books[by].words
    counts = np.bincount(columns[by][mask], minlength=len(words)).tolist()
    overdue = np.bincount(columns[by][late], minlength=len(words)).tolist()
    return [(word, counts[code], overdue[code]) for code, word in enumerate(words) if counts[code]]


def near(columns: Columns, category_id: str, received: int, within_s: int, most: int) -> list[int]:
    """The row ids of a category received within so many seconds of a moment, the nearest in time first."""
    code = columns.books["category"].get(category_id)
    if code is None:
        return []
    here = _both(_has(columns, 0), columns["category"] == code)
    some = np.flatnonzero(here)
    apart = np.abs(columns["received"][some].astype(np.int64) - received)
    some, apart = some[apart <= within_s], apart[apart <= within_s]
    order = np.argsort(apart, kind="stable")[:most]
    found: list[int] = columns.rids_at(some[order].astype(np.uint32)).tolist()
    return found


# -- what is let through ------------------------------------------------------------------------------------------


def _mask(columns: Columns, r: Reader, wanted: TicketFilter) -> Mask | None:
    """True for each position that is let through; None = everything."""
    parts: list[Mask] = []
    if wanted.queue != "all":
        parts.append(_queue(columns, r, wanted.queue))
    flags = columns["flags"]
    area = area_of(r, wanted)
    if area:
        parts.append(_among(columns, "unit", area))
    if wanted.unit_ids:
        parts.append(_among(columns, "unit", wanted.unit_ids))
    if wanted.request_types:
        parts.append(_among(columns, "type", wanted.request_types))
    if wanted.channels:
        parts.append(_among(columns, "channel", wanted.channels))
    if wanted.category_ids:
        parts.append(_among(columns, "category", with_below(r, "category", wanted.category_ids)))
    if wanted.place_ids:
        parts.append(_among(columns, "place", with_below(r, "place", wanted.place_ids)))
    if wanted.lights:
        parts.append(np.logical_or.reduce([_light(columns, r, light) for light in wanted.lights]))
    if wanted.party:
        parts.append(((flags & ENTERPRISE) != 0) == (wanted.party == "enterprise"))
    if wanted.officer_ids:
        parts.append(_among(columns, "officer", officers_of(r, wanted)))
    rids = found_rids(r, wanted.text)
    if rids is not None:
        said = np.zeros(columns.size, bool)
        said[columns.positions_of(np.array(rids, np.int64))] = True
        parts.append(said)
    if not parts:
        return None
    mask: Mask = (flags & HERE) != 0
    for part in parts:
        mask &= part
    return mask


def _queue(columns: Columns, r: Reader, queue: Queue) -> Mask:
    now = r.now.timestamp()
    if queue in ("overdue", "due_today"):
        running, due = _has(columns, OPEN, but=PAUSED), columns["due"]
        running &= due < now if queue == "overdue" else (due >= now) & (due < end_of_today(r))
        return running
    if queue == "emergency":
        named = with_below(r, "category", r.profile.emergency_categories)
        urgent = _has(columns, OPEN | URGENT) & _among(columns, "category", named)
        return _has(columns, OPEN | EMERGENCY) | urgent
    if queue == "escalated":
        return _has(columns, OPEN | ESCALATED)
    if queue == "rework":
        return _both(_has(columns, OPEN), columns["rework"] > 0)
    if queue == "repeated":
        return _has(columns, OPEN | REPEATED)
    if queue == "provisional":
        return _has(columns, OPEN | PROVISIONAL)
    if queue == "due_soon":
        return _light(columns, r, "due_soon")
    if queue == "supervised":
        return _has(columns, SUPERVISED)
    if queue == "approval":
        mine = sum(1 << (height - 1) for height in may_sign(r)) + REPORT_TO_SIGN * signs_reports(r)
        return _both(_has(columns, 0), (columns["to_sign"] & np.uint8(mine)) != 0)
    if queue == "proposed":
        return _proposed(columns, r)
    if queue == "waiting_unit":
        return _has(columns, ASKED)
    if queue == "answered":
        return _both(_has(columns, 0), columns["answered"] != NEVER)
    if queue == "promise_late":
        return _both(_has(columns, OPEN), columns["promised"] < now)
    return _has(columns, OPEN if queue == "open" else 0)


_LATE = text(f"SELECT rid FROM ticket_list WHERE id IN ({LATE_RECTIFICATIONS})")  # noqa: S608 - our own text


def _proposed(columns: Columns, r: Reader) -> Mask:
    """`filters.proposed_condition`, word for word."""
    rules = r.profile.ladder
    grounds = np.zeros(columns.size, bool)
    if rules.unanswered_urges:
        grounds |= columns["unanswered"] >= rules.unanswered_urges
    if rules.dissatisfied_reworks:
        grounds |= _both(_has(columns, DISSATISFIED), columns["rework"] >= rules.dissatisfied_reworks)
    if rules.overdue_rectifications:
        asked = {"now": r.now.timestamp(), "rectifications": rules.overdue_rectifications}
        late = [row[0] for row in r.connection.execute(_LATE, asked)]
        grounds[columns.positions_of(np.array(late, np.int64))] = True
    grounds &= columns["rung"] < top_of(r)
    return _both(grounds, _has(columns, 0, but=ACTING | MERGED))


def _light(columns: Columns, r: Reader, light: Light) -> Mask:
    now = r.now.timestamp()
    soon = (r.now + timedelta(hours=r.profile.due_soon_hours)).timestamp()
    due = columns["due"]
    if light == "paused":
        return _has(columns, OPEN | PAUSED)
    if light == "none":
        closed = _has(columns, 0, but=OPEN)
        closed |= _both(_has(columns, 0, but=PAUSED), due == NEVER)
        return closed
    running = _has(columns, OPEN, but=PAUSED)
    if light == "overdue":
        running &= due < now
    elif light == "due_soon":
        running &= (due >= now) & (due <= soon)
    else:
        running &= (due > soon) & (due != NEVER)
        running &= ((columns["flags"] & PROVISIONAL) != 0) == (light == "provisional")
    return running


def _has(columns: Columns, bits: int, *, but: int = 0) -> Mask:
    """Tickets that are here, with all of ``bits`` and none of ``but``."""
    looked_at, wanted = np.uint16(bits | but | HERE), np.uint16(bits | HERE)
    answer: Mask = (columns["flags"] & looked_at) == wanted
    return answer


def _both(first: Mask, second: Mask) -> Mask:
    first &= second
    return first


def _among(columns: Columns, name: str, words: Iterable[str]) -> Mask:
    wanted = set(words)
    answer: Mask = columns.books[name].table(wanted.__contains__, bool)[columns[name]]
    return answer


# -- in which order -----------------------------------------------------------------------------------------------


def _ordered(columns: Columns, orders: Orders, r: Reader, key: OrderKey, mask: Mask | None) -> Positions:
    if mask is None:
        return orders.by(key, lambda: _values(columns, r, key), _stamp(columns, r, key))
    few = np.count_nonzero(mask) * _FEW < columns.size
    if not few:
        order = orders.by(key, lambda: _values(columns, r, key), _stamp(columns, r, key))
        return order[mask[order]]
    some = np.flatnonzero(mask).astype(np.uint32)
    numbers = orders.rank("number")[some]
    if key == "number":
        return some[np.argsort(numbers)]
    if key == "title":
        return some[np.argsort(orders.rank("title")[some])]
    return some[np.argsort(_values(columns, r, key)[some].astype(np.uint64) << 32 | numbers)]


def _reversed(columns: Columns, key: OrderKey, found: Positions) -> Positions:
    """From the other end; what has no time stays last."""
    if key not in _TIMES:
        return found[::-1]
    undated = int(np.count_nonzero(columns[key][found] == NEVER))
    dated = len(found) - undated
    return np.concatenate((found[:dated][::-1], found[dated:][::-1]))


def _values(columns: Columns, r: Reader, key: OrderKey) -> Ints:
    """What each position is compared by; at most 32 bits."""
    if key in _WORDS:
        places = {word: place for place, word in enumerate(sorted(columns.books[key].words))}
        return columns.books[key].table(places.__getitem__, np.uint16)[columns[key]]
    name = next((name for name in _NAMES if name == key), None)
    if name is not None:
        ranks = name_ranks(r, name)
        return columns.books[key].table(lambda word: ranks.get(word, -1) + 1, np.uint16)[columns[key]]
    return columns[key]


def _stamp(columns: Columns, r: Reader, key: OrderKey) -> Any:
    """Another object when an order made of ``_values`` holds no more although no ticket changed."""
    return r.reference if key in _NAMES else None
