"""When time alone locks a desk: idleness, calls, and two weeks without the server, under any clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.domain.absence import (
    LIMIT,
    SLACK,
    STEP,
    Absence,
    heard,
    observe,
    signed_in,
    verdict,
)
from desktop.models.domain.locking import LEAST_S, LockPolicy, depth_of, policy_of

START = datetime(2024, 5, 20, 8, tzinfo=UTC)
CITY = LockPolicy(300, 900)


@pytest.mark.parametrize(
    ("idle", "alone", "in_call"),
    [
        (0, "open", "open"),
        (269, "open", "open"),
        (270, "warned", "open"),
        (300, "soft", "open"),
        (840, "soft", "warned"),
        (899, "soft", "warned"),
        (900, "hard", "soft"),
        (90_000, "hard", "soft"),
    ],
)
def test_a_desk_locks_by_the_citys_times_and_never_cuts_a_call_unwarned(
    idle: float, alone: str, in_call: str
) -> None:
    assert depth_of(idle, CITY, in_call=False) == alone
    assert depth_of(idle, CITY, in_call=True) == in_call


def test_a_citys_slip_locks_nobody_out_and_nobody_in() -> None:
    """A policy of zero seconds must neither lock at every breath nor switch the lock off."""
    assert policy_of(0, 0) == LockPolicy(LEAST_S, LEAST_S)
    assert policy_of(600, 60).hard_s == 600
    assert policy_of(1e12, 1e12).soft_s <= 8 * 3600


_SECONDS = st.floats(0, 20 * 86_400)
_EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("runs"), st.floats(0, 3_600)),
        st.tuples(st.just("sleeps"), _SECONDS),
        st.tuples(st.just("closed"), _SECONDS),
        st.tuples(st.just("jumps"), st.floats(-400 * 86_400, 400 * 86_400)),
        st.tuples(st.just("heard"), st.just(0.0)),
        st.tuples(st.just("signs in"), st.just(0.0)),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(_EVENTS)
def test_no_clock_makes_two_weeks_of_a_day_nor_a_day_of_two_weeks(events: list[tuple[str, float]]) -> None:
    """Whoever sets the clock gets a question and nothing else: no free pass, and no desk locked for two weeks' absence
    that were none. ``away`` is the truth; ``small`` what steps too small to tell from sleep may have added."""
    wall, mono, away, small, unseen = START, 0.0, 0.0, 0.0, 0.0
    absence = signed_in(wall)
    mono_seen = mono
    for kind, value in events:
        moved = jumped = 0.0
        if kind == "runs":
            mono += value
            moved = value
        elif kind in ("sleeps", "closed"):
            moved = value
        elif kind == "jumps":
            jumped = value
        wall += timedelta(seconds=moved + jumped)
        before = absence
        if kind == "heard":
            absence, away, small, unseen = heard(absence, wall), 0.0, 0.0, 0.0
            assert verdict(absence) == ("absent" if before.over else "free")
        elif kind == "signs in":
            absence, away, small, unseen = signed_in(wall), 0.0, 0.0, 0.0
            assert verdict(absence) == "free"
        else:
            ran = mono - mono_seen
            step = timedelta(seconds=moved + jumped - ran)
            absence = observe(absence, wall, ran)
            away += moved
            believed = -SLACK <= step <= STEP
            if believed and jumped:
                small += abs(jumped)
            if not believed:
                unseen += moved - ran
                assert absence.doubtful, "a clock that cannot be believed asks for the server"
                assert absence.away_s == pytest.approx(before.away_s + ran), "and counts as nothing"
        mono_seen = mono
        assert absence.away_s <= away + small + 1, "never more than the truth and what looked like sleep"
        assert absence.away_s >= away - small - unseen - 1, "and never less, but where it asks"
        if away - small >= LIMIT.total_seconds() + 1:
            assert verdict(absence) != "free", "two weeks alone, however they were spent"
        if verdict(absence) == "free":
            assert not absence.over
    assert isinstance(absence, Absence)


def test_a_contact_ends_doubt_but_not_two_weeks_of_absence() -> None:
    """A token that still works is not a person: after two weeks somebody has to sign in."""
    weekend = observe(signed_in(START), START + timedelta(days=2, hours=16), 0)
    assert verdict(weekend) == "free", "a laptop asleep over a weekend, far from any network"
    laid_aside = observe(weekend, START + timedelta(days=12), 0)
    assert verdict(laid_aside) == "doubtful"
    assert verdict(heard(laid_aside, START)) == "free"
    absence = signed_in(START)
    for day in range(1, 15):
        assert verdict(absence) == "free"
        absence = observe(absence, START + timedelta(days=day), 3600)
    assert verdict(absence) == "absent"
    assert verdict(heard(absence, START + timedelta(days=15))) == "absent"
    assert verdict(signed_in(START + timedelta(days=15))) == "free"
