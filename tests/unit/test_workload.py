"""Spreading the work: who was promised a call stays where they are, and a proposal makes it more even."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.workload import Caller, Work, balance, loads

CALLERS = (Caller("a", "甲", True), Caller("b", "乙"), Caller("c", "丙"))

WORKS = st.lists(
    st.tuples(
        st.sampled_from(("", "a", "b", "c", "z")),
        st.integers(0, 12),
        st.booleans(),
        st.sampled_from((False, False, True)),
    ),
    max_size=30,
).map(
    lambda drawn: [
        Work(visit_id=f"v{i}", person_id=person, contact_id=f"{person}-{contact}", fixed=fixed, report=report)
        for i, (person, contact, fixed, report) in enumerate(drawn)
    ]
)


@given(WORKS)
def test_a_proposal_moves_only_what_may_move_and_never_makes_it_worse(works: list[Work]) -> None:
    """A lead presses one key: a promised caller, a report or half a person would be found out by a citizen."""
    moves = balance(works, CALLERS)
    by_id = {work.visit_id: work for work in works}
    moved = [visit_id for move in moves for visit_id in move.visit_ids]
    assert len(moved) == len(set(moved))
    cleared = {caller.person_id for caller in CALLERS if caller.cleared}
    after = {work.visit_id: work.person_id for work in works}
    for move in moves:
        assert move.from_id != move.to_id
        group = {by_id[visit_id].contact_id for visit_id in move.visit_ids}
        whole = {w.visit_id for w in works if w.contact_id in group and w.person_id == move.from_id}
        assert whole == set(move.visit_ids), "a person is called once, by one caller"
        for visit_id in move.visit_ids:
            work = by_id[visit_id]
            assert work.person_id == move.from_id
            assert not work.fixed
            assert not work.report or move.to_id in cleared
            after[visit_id] = move.to_id
    before_counts, after_counts = Counter(w.person_id for w in works), Counter(after.values())
    spread = [[counts[c.person_id] for c in CALLERS] for counts in (before_counts, after_counts)]
    assert max(spread[1]) <= max(spread[0])
    assert min(spread[1]) >= min(spread[0])
    assert balance([w for w in works if w.person_id == ""], CALLERS) == ()


def test_nine_of_one_and_none_of_two_become_three_each() -> None:
    works = [Work(visit_id=f"v{i}", person_id="a", contact_id=f"k{i}") for i in range(9)]
    moves = balance(works, CALLERS)
    assert Counter(move.to_id for move in moves) == {"b": 3, "c": 3}
    assert {visit_id for move in moves for visit_id in move.visit_ids} == {f"v{i}" for i in range(3, 9)}


def test_loads_count_what_is_nobodys_and_whoever_has_nothing() -> None:
    works = [
        Work(visit_id="1", person_id="", contact_id="k", band="morning", urgent=True),
        Work(visit_id="2", person_id="b", contact_id="l", band="evening", booked=True),
        Work(visit_id="3", person_id="b", contact_id="m"),
    ]
    told = {load.person_id: load for load in loads(works, CALLERS)}
    assert list(told) == ["", "a", "b", "c"]
    assert (told[""].bands, told[""].urgent, told["a"].total) == ({"morning": 1}, 1, 0)
    assert (told["b"].bands, told["b"].later, told["b"].booked, told["b"].total) == ({"evening": 1}, 1, 1, 2)
