"""The sample city: what a stranger, a benchmark and every later test stand on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from central.sample_city.generator import DEFAULT_AS_OF, City, CitySpec
from desktop.models.domain.calendar import is_working_day
from desktop.models.domain.clocks import due_of, explain_handling, rule_of, situation_of
from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import (
    Check,
    Finding,
    FindingReply,
    Guidance,
    Inspection,
    Notice,
    Person,
    Sample,
    Ticket,
    TimelineEntry,
    Unit,
    UrgentReport,
    Visit,
    decode_row,
    encode_row,
    key_of,
    ticket_id_of,
)
from desktop.models.domain.inspections import protocol_of
from desktop.models.domain.ladder import in_the_way
from desktop.models.domain.ladder_rules import RUNGS, height, may_sign
from desktop.models.domain.profile import ClockName
from desktop.models.domain.return_visits import (
    contradicts,
    is_valid,
    may_attempt,
    promised_call,
    proposal,
    standing,
)
from desktop.models.domain.sampling_protocol import redraw
from desktop.models.domain.tickets import clock_runs
from tests.support.sample_queues import queues
from tests.support.sample_towns import SEED, HeldCity, digest, held_city, tickets_and_visits

TRY = 3_000
AS_OF = datetime.fromisoformat(DEFAULT_AS_OF)
EARLY = timedelta(minutes=10)


@pytest.fixture(scope="module")
def town() -> HeldCity:
    """The city of the first try."""
    return held_city(TRY)


def test_the_same_spec_makes_the_same_city_and_another_seed_another() -> None:
    """A benchmark repeated elsewhere, or a bug told by seed, would otherwise speak of another city."""
    spec = CitySpec(400, 7, AS_OF)
    assert digest(spec) == digest(spec)
    assert digest(spec) != digest(CitySpec(400, 8, AS_OF))


def test_the_default_time_is_an_ordinary_working_tuesday(town: HeldCity) -> None:
    """A holiday round the corner would make every deadline of the first try hard to follow."""
    local = town.profile.local(AS_OF)
    assert (local.weekday(), local.hour, local.minute) == (1, 9, 30)
    calendar = town.profile.calendar
    for days in range(-14, 15):
        day = local.date() + timedelta(days=days)
        assert is_working_day(calendar, day) == (day.weekday() < 5), f"{day} is no ordinary day"


def test_size_number_and_time_are_as_asked(town: HeldCity) -> None:
    """Every ticket once, numbered in the order of receipt, and nothing from the future."""
    tickets = town.of(Ticket)
    assert len(tickets) == TRY
    assert len({key_of(row) for row in town.rows}) == len(town.rows)
    numbers = [ticket.number for ticket in tickets]
    assert numbers == sorted(set(numbers))
    assert [t.received_at for t in tickets] == sorted(t.received_at for t in tickets)
    for row in town.rows:
        for name, value in ((f, getattr(row, f)) for f in row.__struct_fields__):
            if isinstance(value, datetime) and not name.endswith(
                ("due_at", "booked_at", "promised_at", "later_at")
            ):
                assert value <= town.now, f"{type(row).__name__}.{name} lies in the future"


def test_proportions_are_those_of_a_hotline_that_works() -> None:
    """Rates far from life would make every list and figure of the sample look wrong to who knows the work."""
    tickets, visits = tickets_and_visits(CitySpec(20_000, SEED, AS_OF, lean=True))
    finished = [t for t in tickets if t.due_at and (t.completed_at or (clock_runs(t) and t.due_at < AS_OF))]
    late = [t for t in finished if t.due_at and (t.completed_at or AS_OF) > t.due_at]
    assert 0.97 <= 1 - len(late) / len(finished) <= 0.99
    assert 0.05 <= _share(t.returns > 0 for t in tickets) <= 0.10
    assert 0.03 <= _share(t.rework > 0 for t in tickets) <= 0.05
    valid = [v.answers for v in visits if v.valid and v.answers]
    satisfied = ("very_satisfied", "satisfied", "basically_satisfied")
    assert 0.88 <= _share(a.satisfied_result in satisfied for a in valid) <= 0.95
    channels, types = Counter(t.channel for t in tickets), Counter(t.request_type for t in tickets)
    assert len(channels) == 8
    assert channels["phone"] > 0.5 * len(tickets)
    assert len(types) == 6
    assert types["complaint"] > types["praise"]
    weekend = _share(t.received_at.weekday() >= 5 for t in tickets)
    morning = _share(8 <= t.received_at.hour < 12 for t in tickets)
    night = _share(t.received_at.hour < 6 for t in tickets)
    assert weekend < 2 / 7
    assert morning > 0.3
    assert night < 0.02
    assert {t.urgency for t in tickets} == {"normal", "urgent", "emergency"}
    assert {t.level for t in tickets} == {"normal", "confidential", "report"}
    assert any(t.enterprise for t in tickets)
    assert any(t.against_unit_id for t in tickets)


@pytest.mark.parametrize(
    ("size", "seed", "as_of"),
    [
        (TRY, SEED, DEFAULT_AS_OF),
        (300, 1, DEFAULT_AS_OF),
        (700, 2, "2025-11-18T09:30:00+08:00"),
        (700, 3, "2025-10-14T14:10:00+08:00"),
    ],
)
def test_every_queue_of_every_person_has_something_in_it(size: int, seed: int, as_of: str) -> None:
    """An empty queue in the first try is a page nobody sees at work."""
    town = held_city(size, seed, as_of)
    counted = queues(town)
    empty = [name for name, count in counted.items() if not count]
    assert not empty, f"nothing in {empty}"
    assert counted["visits waiting"] >= 30


def test_the_first_try_is_as_full_as_a_morning(town: HeldCity) -> None:
    """Some dozens overdue, some eighty due today, some forty escalated: a list to work on, not a hopeless one."""
    counted = queues(town)
    assert 30 <= counted["overdue"] <= 60
    assert 70 <= counted["due today"] <= 110
    assert 20 <= counted["escalated"] <= 50


def test_waiting_visits_stand_in_the_queue_for_every_reason(town: HeldCity) -> None:
    """Return-visit staff see each kind of place in the queue once: booked, near its limit, new band, resting …"""
    attempts = town.attempts()
    reasons = Counter(
        standing(town.profile, visit, attempts[visit.id], town.now).why
        for visit in town.of(Visit)
        if visit.state in ("waiting", "booked")
    )
    assert set(reasons) == {
        "booked", "booked_waiting", "close_to_due", "overdue", "new_band", "oldest", "resting",
    }  # fmt: skip
    together = Counter(v.contact_id for v in town.of(Visit) if v.state == "waiting")
    assert {2, 3} <= set(together.values()), "no person with several matters"


def test_attempts_keep_the_office_policy(town: HeldCity) -> None:
    """A generated call that the policy forbids would teach the wrong rule and break the policy's own tests."""
    attempts = town.attempts()
    for visit in town.of(Visit):
        waiting = _as_waiting(visit)
        for number, attempt in enumerate(attempts[visit.id]):
            earlier = attempts[visit.id][:number]
            promised = promised_call(waiting, earlier)
            kept = promised is not None and attempt.at >= promised - EARLY
            allowed = may_attempt(town.profile, waiting, earlier, attempt.at, named_by_citizen=kept)
            repeated = bool(earlier) and earlier[-1].outcome == "line_fault"
            assert allowed.allowed or repeated, f"attempt {number} of {visit.id}: {allowed.reason}"
            assert attempt.at >= visit.opened_at


def test_visits_follow_from_their_answers(town: HeldCity) -> None:
    """Validity and proposals that differ from the rules would be disagreed with by every desktop."""
    for visit in town.of(Visit):
        assert (visit.state == "completed") == (visit.answers is not None)
        if visit.answers is None:
            continue
        assert visit.valid == is_valid(visit.answers)
        assert visit.proposal in {
            proposal(visit.answers, n, town.profile.escalation.rework) for n in (0, 1, 2)
        }
        codes = {reason.code for reason in town.profile.dissatisfaction_reasons}
        assert set(visit.answers.reasons) <= codes
        assert (visit.answers.result_told is not None) == (visit.level == "report")


def test_due_times_are_those_of_the_deadline_engine(town: HeldCity) -> None:
    """The desktop explains each due time by the rule; a sample that disagrees with itself explains nothing."""
    kinds = {unit.id: unit.kind for unit in town.of(Unit)}
    moved = 0
    for ticket in town.of(Ticket):
        if ticket.dispatched_at is None:
            assert ticket.due_at is None
            assert ticket.state == "received"
            continue
        kind = kinds[ticket.unit_id]
        explained = explain_handling(town.profile, ticket, kind)
        assert explained is not None, ticket.due_rule
        assert explained.agrees or explained.open_pause, (ticket.number, explained.computed_at, ticket.due_at)
        assert explained.rule == rule_of(town.profile, "handling", situation_of(ticket, kind))
        assert ticket.due_profile == town.profile.version
        moved += bool(ticket.extensions) + any(p.state == "suspended" and p.end for p in ticket.pauses)
        told: dict[ClockName, datetime | None] = {
            "sign": ticket.sign_due_at,
            "first_contact": ticket.first_contact_due_at,
        }
        if ticket.state == "to_visit":
            told["visit"] = ticket.visit_due_at
        if ticket.feedback_due_at is not None:
            told["feedback"] = ticket.feedback_due_at
        for clock, due_at in told.items():
            due = due_of(town.profile, clock, ticket, kind)
            assert due is not None
            assert due.at == due_at, clock
    assert moved > 10


def test_states_and_timelines_tell_the_same_story(town: HeldCity) -> None:
    """A ticket whose timeline ends elsewhere than its state looks like a bug of the desktop."""
    last = {
        "received": {"received"},
        "archived": {"archived"},
        "suspended": {"suspended"},
        "extension_pending": {"extension_requested"},
        "return_pending": {"objected"},
    }
    for ticket in town.of(Ticket):
        entries = [row for row in town.family[ticket.id] if isinstance(row, TimelineEntry)]
        times = [entry.at for entry in entries]
        assert entries[0].kind == "received"
        assert entries[0].at == ticket.received_at
        assert times == sorted(times), ticket.number
        kinds = [entry.kind for entry in entries if entry.kind != "instruction"]
        assert kinds[-1] in last.get(ticket.state, {kinds[-1]})
        assert kinds.count("rework") == ticket.rework
        assert kinds.count("returned") == ticket.returns
        for visit in (row for row in town.family[ticket.id] if isinstance(row, Visit)):
            assert ticket.state != "archived" or visit.state not in ("waiting", "booked")
            assert ticket.level == visit.level
            assert visit.contact_id == ticket.contact_id


def test_supervision_keeps_its_own_rules(town: HeldCity) -> None:
    """A matter climbs rung by rung, nobody signs their own, numbers rise with time, and the unit has its answers."""
    notices, rules = town.of(Notice), town.profile.ladder
    people = {person.id: person for person in town.of(Person)}
    for ticket_id in {n.ticket_id for n in notices}:
        acts = sorted((n for n in notices if n.ticket_id == ticket_id), key=lambda n: height(n.rung))
        for place, act in enumerate(acts):
            assert in_the_way(act.rung, acts[:place]) is None, town.tickets[ticket_id].number
        standing = [n for n in acts if n.state in ("issued", "replied")]
        assert town.tickets[ticket_id].supervised == bool(standing)
        assert town.tickets[ticket_id].carded == any(n.rung != "notice" for n in standing)
    assert {n.rung for n in notices} == set(RUNGS)
    issued = sorted((n for n in notices if n.issued_at), key=lambda n: (n.issued_at, n.id))
    for n in notices:
        assert n.author_id != n.approver_id
        assert bool(n.number) == (n.issued_at is not None)
        if n.issued_at:
            assert may_sign(rules, n.rung, people[n.approver_id].roles)
            days = town.profile.reply_days(n.rung)
            assert n.reply_due_at == due_in_working_days(town.profile, n.issued_at, days)
    for rung in RUNGS:
        numbers = [_serial(n.number) for n in issued if n.rung == rung]
        assert numbers == list(range(1, len(numbers) + 1))
    assert {n.state for n in notices} >= {"draft", "submitted", "returned", "issued", "replied", "withdrawn"}
    findings = town.of(Finding)
    filed = sorted((f for f in findings if f.filed_at), key=lambda f: (f.filed_at, f.id))
    assert [_serial(f.number) for f in filed] == list(range(1, len(filed) + 1))
    replies = {reply.finding_id for reply in town.of(FindingReply)}
    for f in findings:
        assert town.profile.finding_code(f.code) is not None
        assert (f.replied_at is not None) == (f.id in replies)
        if f.good:
            assert f.rectify_due_at is None
        elif f.filed_at:
            assert f.rectify_due_at == due_in_working_days(town.profile, f.filed_at, f.rectify_days)
    drawn = Counter(f"{n.rung}:2026" for n in issued)
    reports = [row for row in town.of(UrgentReport) if row.number]
    numbered = [row for row in town.of(Inspection) if row.number]
    assert town.city.last_numbers == drawn | {
        "finding:2026": len(filed),
        "guidance:2026": sum(bool(row.number) for row in town.of(Guidance)),
        "inspection:2026": len(numbered),
        "urgent_report:2026": len(reports),
    }


def test_what_was_told_again_while_it_was_worked_on_is_one_matter(town: HeldCity) -> None:
    """Nobody could try out that a matter is supervised once, were no two cases of the city the same matter."""
    tickets = {ticket.id: ticket for ticket in town.of(Ticket)}
    merged = [ticket for ticket in tickets.values() if ticket.merged_into]
    assert len(merged) >= 5
    supervised = {notice.ticket_id for notice in town.of(Notice)}
    for ticket in merged:
        lead = tickets[ticket.merged_into]
        assert lead.merged_into == "", "all of a matter lead to its first ticket at once"
        assert lead.received_at < ticket.received_at
        assert lead.completed_at is None or lead.completed_at > ticket.received_at
        assert (lead.contact_id, lead.category_id) == (ticket.contact_id, ticket.category_id)
        assert ticket.id not in supervised


def test_the_inspection_that_runs_can_be_drawn_again(town: HeldCity) -> None:
    """Whoever tries the button in the sample city on the first day shall not be told that the office cheats."""
    (running,) = (row for row in town.of(Inspection) if row.state == "drawn")
    protocol = protocol_of(running, town.of(Sample))
    assert protocol is not None
    assert redraw(protocol).holds
    assert len(protocol.drawn) >= 12
    checks = [check for check in town.of(Check) if check.inspection_id == running.id]
    assert 0 < len(checks) < len(protocol.drawn)


def test_every_row_survives_the_wire(town: HeldCity) -> None:
    """What the contract cannot carry would fail at the first sync."""
    for row in town.rows:
        assert decode_row(key_of(row)[0], encode_row(row)) == row


def test_planted_truth_shows_and_most_of_it_can_be_found(town: HeldCity) -> None:
    """The contradiction board is held against this: signs without noise, or truth without signs, measure nothing."""
    planted = {p.ticket_id for p in town.planted}
    assert planted <= town.tickets.keys()
    assert _share("denied" in p.signals for p in town.planted) > 0.5
    assert {s for p in town.planted for s in p.signals} == {"denied", "fast", "last_minute", "template"}
    denied = {v.ticket_id for v in town.of(Visit) if v.answers and contradicts(v.answers, completed=True)}
    assert denied - planted, "whoever is contradicted would be guilty"
    for p in town.planted:
        assert ("denied" in p.signals) <= (p.ticket_id in denied)


def test_a_lean_city_has_the_same_tickets(town: HeldCity) -> None:
    """Large cities are measured without the timelines of what is archived; the rest must not change by it."""
    lean = City(CitySpec(TRY, SEED, AS_OF, lean=True), town.profile)
    rows = [row for chunk in lean.chunks() for row in chunk.rows]
    assert [row for row in rows if isinstance(row, Ticket)] == town.of(Ticket)
    kept = {ticket_id_of(row) for row in rows if isinstance(row, TimelineEntry)}
    assert kept == {t.id for t in town.of(Ticket) if t.state != "archived"}
    assert len(rows) < 0.5 * len(town.rows)


def _as_waiting(visit: Visit) -> Visit:
    """The visit before its booking and its end, as each of its attempts found it."""
    plain = {name: getattr(visit, name) for name in ("id", "ticket_id", "contact_id", "opened_at", "due_at")}
    return Visit(**plain)


def _share(values: Iterable[bool]) -> float:
    counted = list(values)
    return sum(counted) / len(counted)


def _serial(number: str) -> int:
    found = re.search(r"(\d+)号$", number)
    assert found is not None, number
    return int(found[1])
