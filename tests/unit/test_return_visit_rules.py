"""When a citizen may be called, whatever happened before; and what the answers mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from central.profiles import default_profile
from central.visit_policy import may_call
from desktop.models.domain.calendar import day_kind
from desktop.models.domain.entities import Answers, Attempt, Outcome, Visit
from desktop.models.domain.return_visits import (
    after_attempt,
    band_of,
    contradicts,
    is_valid,
    may_attempt,
    may_book,
    misses_of,
    missing_answers,
    next_permitted,
    promised_call,
    proposal,
    standing,
)

PROFILE = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2024, 9, 26, 8, 0, tzinfo=SHANGHAI)  # the week before National Day: holidays lie ahead


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def visit(**fields: object) -> Visit:
    plain: dict[str, object] = {"id": "v1", "ticket_id": "t1", "opened_at": START, "due_at": START}
    return Visit(**(plain | fields))  # type: ignore[arg-type]


def attempt(number: int, outcome: Outcome, moment: datetime, later: datetime | None = None) -> Attempt:
    return Attempt(
        id=f"a{number}", ticket_id="t1", visit_id="v1", outcome=outcome, at=moment, call_later_at=later
    )


# Steps of a caller who tries whenever the rules let him: minutes to wait, what happens, when to call again.
_STEPS = st.lists(
    st.tuples(
        st.integers(0, 1500),
        st.sampled_from(["no_answer", "busy", "switched_off", "line_fault", "call_later"]),
        st.integers(5, 3000),
    ),
    max_size=40,
)


@settings(max_examples=300)
@given(_STEPS)
def test_no_citizen_is_called_outside_the_policy(steps: list[tuple[int, Outcome, int]]) -> None:
    """Never outside the bands, on a holiday, within three hours of a miss, or after the third miss; and three
    misses in vain lie on two days and in two bands at least, unless the citizen named the times himself."""
    now, made, named_ones = START, list[Attempt](), set[str]()
    for wait, outcome, later in steps:
        now += timedelta(minutes=wait)
        last = made[-1] if made else None
        named = last is not None and last.outcome == "call_later" and last.call_later_at is not None
        if named and last is not None and last.call_later_at is not None:
            now = max(now, last.call_later_at)
        if not may_attempt(PROFILE, visit(), made, now, named_by_citizen=named).allowed:
            continue
        local = PROFILE.local(now)
        assert day_kind(PROFILE.calendar, local.date()) != "holiday"
        if named:
            named_ones.add(f"a{len(made)}")
            assert PROFILE.attempts.citizen_named.contains(local)
        else:
            assert band_of(PROFILE, now) is not None
            assert all(now - m.at >= timedelta(hours=3) for m in misses_of(made))
        made.append(attempt(len(made), outcome, now, now + timedelta(minutes=later)))
        misses = misses_of(made)
        assert len(misses) <= 3
        if len(misses) == 3:
            assert next_permitted(PROFILE, visit(), made, now) == (None, "")
            if not named_ones:
                assert len({PROFILE.local(m.at).date() for m in misses}) >= 2
                assert len({band_of(PROFILE, m.at) for m in misses}) >= 2


@settings(max_examples=200)
@given(_STEPS, st.integers(0, 20_000))
def test_the_next_permitted_call_is_permitted_and_always_comes(
    steps: list[tuple[int, Outcome, int]], minutes: int
) -> None:
    """The queue promises this moment; a visit without one would rest for ever without being unreachable."""
    now, made = START + timedelta(minutes=minutes), list[Attempt]()
    while len(misses_of(made)) < 3:
        moment, _ = next_permitted(PROFILE, visit(), made, now)
        assert moment is not None
        promised = bool(made) and made[-1].outcome == "call_later"
        assert may_attempt(PROFILE, visit(), made, moment, named_by_citizen=promised).allowed
        now = max(moment, now)
        _, outcome, later = steps.pop() if steps else (0, "no_answer", 0)
        made.append(attempt(len(made), outcome, moment, now + timedelta(minutes=later)))
    assert after_attempt(PROFILE, visit(), made) in ("unreachable", "waiting")
    assert standing(PROFILE, visit(), made, now).exhausted


# Histories that nobody would make by the rules: whatever came in from other offices, other years, other hands.
_ANY_OUTCOME: tuple[Outcome, ...] = (
    "no_answer",
    "busy",
    "switched_off",
    "line_fault",
    "call_later",
    "answered",
)
_HISTORIES = st.lists(
    st.tuples(st.integers(1, 3000), st.sampled_from(_ANY_OUTCOME), st.integers(5, 3000)), max_size=6
)
_MOMENTS = st.integers(0, 14 * 24 * 60)


def history(steps: list[tuple[int, Outcome, int]]) -> list[Attempt]:
    """The attempts of a history, oldest first."""
    now, made = START, list[Attempt]()
    for wait, outcome, later in steps:
        now += timedelta(minutes=wait)
        named = now + timedelta(minutes=later) if outcome == "call_later" else None
        made.append(attempt(len(made), outcome, now, named))
    return made


def why_not(made: list[Attempt], moment: datetime, named: bool) -> str | None:
    """Why nobody may be called then, told from the city's rules alone and not from the policy's code."""
    local = moment.astimezone(SHANGHAI)
    hour = local.hour + local.minute / 60
    band = "m" if 9 <= hour < 12 else "a" if 14 <= hour < 17.5 else "e" if 18.5 <= hour < 20 else ""
    vain = [a for a in made if a.outcome in ("no_answer", "busy", "switched_off")]
    if len(vain) >= 3:
        return "attempts_used"
    if day_kind(PROFILE.calendar, local.date()) == "holiday":
        return "holiday"
    if named:
        return None if 8 <= hour < 21 else "outside_hours"
    if not band:
        return "outside_hours"
    if vain and moment < vain[-1].at + timedelta(hours=3):
        return "too_soon"
    if len(vain) == 2:
        if {a.at.astimezone(SHANGHAI).date() for a in vain} == {local.date()}:
            return "other_day_needed"
        tried = {band_of(PROFILE, a.at) for a in vain}
        if tried == {band_of(PROFILE, moment)}:
            return "other_band_needed"
    return None


@settings(max_examples=300)
@given(_HISTORIES, _MOMENTS, st.booleans())
def test_a_refusal_names_the_very_rule_and_no_call_in_vain_opens_a_door(
    steps: list[tuple[int, Outcome, int]], minutes: int, named: bool
) -> None:
    """A caller is told which rule forbids a call: the wrong one would have them ring at the wrong time. And one more
    call in vain never permits what was forbidden before it."""
    made = history(steps)
    last = made[-1].at if made else START
    moment = last + timedelta(minutes=minutes)
    said = may_attempt(PROFILE, visit(), made, moment, named_by_citizen=named)
    assert (said.reason, said.allowed) == ((wanted := why_not(made, moment, named)), wanted is None)
    after = [*made, attempt(len(made), "busy", last + timedelta(minutes=1))]
    if may_attempt(PROFILE, visit(), after, moment + timedelta(minutes=2), named_by_citizen=named).allowed:
        assert may_attempt(
            PROFILE, visit(), made, moment + timedelta(minutes=2), named_by_citizen=named
        ).allowed


@settings(max_examples=120)
@given(_HISTORIES, _MOMENTS, st.integers(0, 3000))
@example([(1, "no_answer", 5)], 628, 0)  # the minute before a band begins
def test_queue_and_server_say_the_same_and_waiting_brings_nobodys_turn_forward(
    steps: list[tuple[int, Outcome, int]], minutes: int, more: int
) -> None:
    """Whom the desktop shows as ready the server must let be called, and nobody else; a citizen's time may only draw
    nearer."""
    made = history(steps)
    now = (made[-1].at if made else START) + timedelta(minutes=minutes)
    place = standing(PROFILE, visit(), made, now)
    ready = place.why not in ("resting", "booked_waiting")
    promised = promised_call(visit(), made) is not None
    server = may_call(PROFILE, visit(), made, now).allowed
    assert server or not ready
    assert ready or promised or not server, (
        "whom the server lets be called stands ready, a promised call apart"
    )
    earlier, _ = next_permitted(PROFILE, visit(), made, now)
    later, _ = next_permitted(PROFILE, visit(), made, now + timedelta(minutes=more))
    assert (earlier is None) == (later is None)
    assert earlier is None or later is None or earlier <= later


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("2024-09-26T08:59", "outside_hours"),
        ("2024-09-26T09:00", None),
        ("2024-09-26T11:59", None),
        ("2024-09-26T12:00", "outside_hours"),
        ("2024-09-26T14:00", None),
        ("2024-09-26T17:30", "outside_hours"),
        ("2024-09-26T18:30", None),
        ("2024-09-26T20:00", "outside_hours"),
        ("2024-09-28T10:00", None),  # a weekend is no statutory holiday
        ("2024-10-01T10:00", "holiday"),
    ],
)
def test_the_bands_to_the_minute(moment: str, reason: str | None) -> None:
    assert may_attempt(PROFILE, visit(), (), at(moment)).reason == reason


@pytest.mark.parametrize(
    ("misses", "moment", "reason"),
    [
        (["2024-09-26T09:00"], "2024-09-26T11:59", "too_soon"),
        (["2024-09-26T09:00"], "2024-09-26T14:00", None),
        (["2024-09-26T09:00", "2024-09-26T14:00"], "2024-09-26T18:30", "other_day_needed"),
        (["2024-09-26T09:00", "2024-09-27T09:00"], "2024-09-28T09:00", "other_band_needed"),
        (["2024-09-26T09:00", "2024-09-27T09:00"], "2024-09-28T14:00", None),
        (["2024-09-26T09:00", "2024-09-26T14:00", "2024-09-27T09:00"], "2024-09-30T14:00", "attempts_used"),
    ],
)
def test_the_third_attempt_must_bring_what_is_missing(
    misses: list[str], moment: str, reason: str | None
) -> None:
    made = [attempt(n, "no_answer", at(m)) for n, m in enumerate(misses)]
    assert may_attempt(PROFILE, visit(), made, at(moment)).reason == reason


def test_a_time_the_citizen_named_overrides_gap_and_bands_but_neither_hours_nor_holidays() -> None:
    made = [attempt(0, "no_answer", at("2024-09-26T11:50"))]
    for moment, allowed in [
        ("2024-09-26T12:30", True),
        ("2024-09-26T20:59", True),
        ("2024-09-26T21:00", False),
        ("2024-09-27T07:59", False),
        ("2024-10-01T10:00", False),
    ]:
        assert may_attempt(PROFILE, visit(), made, at(moment), named_by_citizen=True).allowed is allowed
        assert not may_book(PROFILE, visit(), made, at(moment), at(moment), named_by_citizen=True).allowed
    used = [attempt(n, "no_answer", at(f"2024-09-2{n}T09:00")) for n in (3, 4, 5)]
    assert not may_attempt(PROFILE, visit(), used, at("2024-09-27T10:00"), named_by_citizen=True).allowed


def test_two_misses_at_the_citizens_own_odd_times_leave_a_third_attempt_possible() -> None:
    """They fall into no band; without counting them as one, the third could satisfy no rule for ever."""
    made = [
        attempt(0, "call_later", at("2024-09-26T11:00"), at("2024-09-26T20:30")),
        attempt(1, "no_answer", at("2024-09-26T20:30")),
        attempt(2, "call_later", at("2024-09-27T10:00"), at("2024-09-27T20:30")),
        attempt(3, "no_answer", at("2024-09-27T20:30")),
    ]
    moment, band = next_permitted(PROFILE, visit(), made, at("2024-09-27T21:00"))
    assert (moment, band) == (at("2024-09-28T09:00"), "morning")


def test_a_booking_stands_first_until_the_call_at_its_time_has_been_made() -> None:
    """Else a missed booked call stays on top of every caller's queue."""
    booked = visit(state="booked", booked_at=at("2024-09-26T10:00"))
    now = at("2024-09-26T09:55")
    assert standing(PROFILE, booked, (), now).why == "booked"
    assert standing(PROFILE, booked, (), at("2024-09-26T09:00")).why == "booked_waiting"
    missed = [attempt(0, "no_answer", at("2024-09-26T09:56"))]
    after = standing(PROFILE, booked, missed, at("2024-09-26T10:05"))
    assert (after.why, after.next_at) == ("resting", at("2024-09-26T14:00"))


def test_the_queue_is_booked_then_close_to_due_then_new_band_then_oldest() -> None:
    now = at("2024-09-27T10:00")
    far, later = now + timedelta(days=9), now + timedelta(hours=5)
    tried = [attempt(0, "no_answer", at("2024-09-26T14:00"))]
    same = [attempt(0, "no_answer", at("2024-09-26T09:00"))]
    rows = {
        "booked": standing(PROFILE, visit(state="booked", booked_at=now, due_at=far), (), now),
        "overdue": standing(PROFILE, visit(due_at=now - timedelta(hours=1)), (), now),
        "close_to_due": standing(PROFILE, visit(due_at=now + timedelta(hours=23)), (), now),
        "new_band": standing(PROFILE, visit(due_at=far), tried, now),
        "oldest": standing(PROFILE, visit(due_at=far), same, now),
        "booked_waiting": standing(PROFILE, visit(state="booked", booked_at=later, due_at=far), (), now),
        "resting": standing(PROFILE, visit(due_at=far), [attempt(0, "busy", now)], now),
    }
    assert [s.why for s in rows.values()] == list(rows)
    assert all(a.rank < b.rank for a, b in pairwise(rows.values()))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("answered", "in_call"), ("refused", "refused"), ("wrong_number", "wrong_number"), ("busy", "waiting")],
)
def test_what_an_attempt_leaves_behind(outcome: Outcome, state: str) -> None:
    assert after_attempt(PROFILE, visit(), [attempt(0, outcome, START)]) == state


FULL = Answers(identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="satisfied")


@pytest.mark.parametrize(
    ("changes", "valid", "follows"),
    [
        ({}, True, ""),
        ({"contacted": "cannot_remember"}, True, ""),
        ({"satisfied_result": "no_rating"}, False, ""),
        ({"satisfied_result": None}, False, ""),
        ({"contacted": None}, False, ""),
        ({"resolved": None}, False, ""),
        ({"identity_confirmed": False}, False, ""),
        ({"resolved": "partly"}, True, ""),
        ({"resolved": "not_resolved"}, True, "rework"),
        ({"satisfied_result": "dissatisfied"}, True, "rework"),
        ({"satisfied_result": "very_dissatisfied"}, True, "rework"),
        ({"satisfied_attitude": "very_dissatisfied"}, True, ""),
    ],
)
def test_what_is_valid_and_what_follows(changes: dict[str, object], valid: bool, follows: str) -> None:
    """Validity decides the three rates; the proposal decides what the office is asked to do next."""
    plain = {name: getattr(FULL, name) for name in FULL.__struct_fields__}
    answers = Answers(**(plain | changes))
    assert is_valid(answers) is valid
    assert proposal(answers, 0, 2) == follows
    assert proposal(answers, 2, 2) == ("supervision_notice" if follows else "")


def test_answers_still_missing_and_answers_against_the_file() -> None:
    assert missing_answers(Answers()) == ("identity_confirmed", "contacted", "resolved", "satisfied_result")
    assert missing_answers(FULL) == ()
    assert missing_answers(FULL, "report") == ("result_told",)
    denied = Answers(contacted="no", resolved="resolved")
    assert contradicts(denied, completed=True)
    assert not contradicts(denied, completed=False)
    assert not contradicts(FULL, completed=True)


def test_moments_of_any_zone_are_judged_in_office_time() -> None:
    """Attempts arrive in UTC; 02:00 UTC is ten in the morning at the office."""
    assert may_attempt(PROFILE, visit(), (), datetime(2024, 9, 26, 2, 0, tzinfo=UTC)).allowed
