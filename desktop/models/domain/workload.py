"""Who has how much to call, by part of the day, and how it could be spread more evenly. Pure; a person decides.

A proposal moves whole persons, never somebody who was promised a call or is in a colleague's hands, and gives a report
to cleared callers only. It takes as little as possible from whom it is with: moving a visit costs its reader.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Work(Struct, frozen=True, kw_only=True):
    """One visit that waits. ``band`` is the part of today in which it may be called next, "" = another day or never.

    ``contact_id`` groups the matters of one person; ``fixed`` = it stays with whom it is (promised, or in hand).
    """

    visit_id: str
    person_id: str
    contact_id: str
    band: str = ""
    booked: bool = False
    urgent: bool = False
    fixed: bool = False
    report: bool = False


class Caller(Struct, frozen=True):
    """Somebody who calls citizens."""

    person_id: str
    name: str
    cleared: bool = False


class Load(Struct, frozen=True, kw_only=True):
    """What one caller has, or nobody yet (``person_id`` ""): visits by part of today, and of other days."""

    person_id: str
    name: str
    bands: dict[str, int]
    later: int
    booked: int
    urgent: int
    total: int


class Move(Struct, frozen=True):
    """Visits of one person that somebody else could call."""

    visit_ids: tuple[str, ...]
    from_id: str
    to_id: str


def loads(works: Iterable[Work], callers: Sequence[Caller]) -> tuple[Load, ...]:
    """One line a caller in the order given, first what is nobody's; also callers who have nothing."""
    by_person: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        by_person[work.person_id].append(work)
    known = {caller.person_id for caller in callers}
    strangers = [Caller(person_id, "") for person_id in sorted(by_person.keys() - known - {""})]
    return tuple(_load(each, by_person[each.person_id]) for each in (Caller("", ""), *callers, *strangers))


def _load(caller: Caller, works: Sequence[Work]) -> Load:
    bands = Counter(work.band for work in works if work.band)
    return Load(
        person_id=caller.person_id,
        name=caller.name,
        bands=dict(bands),
        later=sum(not work.band for work in works),
        booked=sum(work.booked for work in works),
        urgent=sum(work.urgent for work in works),
        total=len(works),
    )


def balance(works: Sequence[Work], callers: Sequence[Caller]) -> tuple[Move, ...]:
    """What could go from those who have most to those who have least, until nobody has two persons more than another.

    What is nobody's stays so: whoever is free takes it from the queue. The last of a caller's queue go first.
    """
    cleared = {caller.person_id: caller.cleared for caller in callers}
    held: dict[str, dict[str, list[Work]]] = {caller.person_id: {} for caller in callers}
    for work in works:
        if work.person_id in held:
            held[work.person_id].setdefault(work.contact_id or work.visit_id, []).append(work)
    moves: list[Move] = []
    while held:
        sizes = {person: sum(map(len, groups.values())) for person, groups in held.items()}
        order = sorted(held, key=lambda person: (sizes[person], person))
        found = next(
            (
                (giver, taker, group)
                for giver in reversed(order)
                for taker in order
                if (group := _spare(held[giver], cleared[taker], sizes[giver] - sizes[taker])) is not None
            ),
            None,
        )
        if found is None:
            return _joined(moves)
        giver, taker, group = found
        given = held[giver].pop(group)
        held[taker][group] = given
        moves.append(Move(tuple(work.visit_id for work in given), giver, taker))
    return ()


def _spare(groups: dict[str, list[Work]], cleared: bool, apart: int) -> str | None:
    """The last person of a caller who may go over, and whose going makes the two more even; None for nobody."""
    for group, works in reversed(groups.items()):
        free = not any(work.fixed for work in works) and (cleared or not any(work.report for work in works))
        if free and len(works) < apart:
            return group
    return None


def _joined(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Somebody who was moved twice goes straight to where they end, or nowhere."""
    last: dict[tuple[str, ...], Move] = {}
    for move in moves:
        before = last.get(move.visit_ids)
        last[move.visit_ids] = Move(move.visit_ids, before.from_id if before else move.from_id, move.to_id)
    return tuple(move for move in last.values() if move.from_id != move.to_id)
