"""The supervision ladder: what stands in the way of what, who may do which step, and when a step is proposed.

Desktop and server both go by these functions: where they are wrong, a unit is carded twice or by the wrong hand.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.models.domain.entities import Answers, Notice, NoticeState, Rung, Ticket, Urge, Visit, literals
from desktop.models.domain.ladder import (
    Course,
    NextStep,
    in_the_way,
    may_withdraw,
    proposed,
    standing,
    steps_above,
)
from desktop.models.domain.ladder_rules import RUNGS, LadderRules, height, may_sign, may_write, signable
from tests.support.builders import NOW, make_finding, make_notice, make_ticket, make_urge, make_visit
from tests.support.stores import profile

RULES = profile().ladder
SAD = Answers(resolved="resolved", satisfied_result="dissatisfied")
HAPPY = Answers(resolved="resolved", satisfied_result="satisfied")


def act(ticket: Ticket, rung: Rung = "notice", state: NoticeState = "issued", hours: float = 5) -> Notice:
    issued = NOW - timedelta(hours=hours) if state in ("issued", "replied") else None
    return make_notice(ticket, rung=rung, state=state, issued_at=issued)


def silent(ticket: Ticket, count: int, hours: float = 1) -> list[Urge]:
    return [make_urge(ticket, answer="", at=NOW - timedelta(hours=hours)) for _ in range(count)]


def reworked(**fields: object) -> Ticket:
    done = {"state": "in_review", "rework": 2, "completed_at": NOW - timedelta(days=2)}
    return make_ticket(**(done | fields))


def visited(ticket: Ticket, answers: Answers = SAD, hours: float = 3, *, valid: bool = True) -> Visit:
    at = NOW - timedelta(hours=hours)
    return make_visit(ticket, state="completed", answers=answers, completed_at=at, valid=valid)


def suggested(rules: LadderRules, ticket: Ticket, acts: Any, urges: Any, visits: Any) -> NextStep | None:
    return proposed(rules, ticket, acts, Course(urges=urges, visits=visits, now=NOW))


def test_a_rectification_that_is_overdue_proposes_the_next_step_once() -> None:
    """What nobody puts right goes up, by a person's hand: and what the last act was for is no ground for the next."""
    ticket = make_ticket(state="archived")
    late = make_finding(ticket, state="rectifying", rectify_due_at=NOW - timedelta(days=2))
    resting = make_finding(ticket, state="rectified", rectify_due_at=NOW - timedelta(days=2))
    rules = replace(RULES, overdue_rectifications=1)
    assert proposed(rules, ticket, [], Course(findings=[resting], now=NOW)) is None
    found = proposed(rules, ticket, [], Course(findings=[late, resting], now=NOW))
    assert found is not None
    assert (found.rung, found.grounds, found.rectifications) == ("notice", ("rectifications_overdue",), 1)
    after = [act(ticket, hours=24)]
    assert proposed(rules, ticket, after, Course(findings=[late], now=NOW)) is None


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("state", literals(NoticeState))
def test_one_matter_has_one_supervision(rung: Rung, state: NoticeState) -> None:
    """What is on its way stands in the way of everything, what was issued of all that is not above it."""
    ticket = make_ticket()
    there = act(ticket, rung, state)
    blocked = {wanted for wanted in RUNGS if in_the_way(wanted, [there]) is there}
    if state == "withdrawn":
        assert blocked == set()
    elif state in ("issued", "replied"):
        assert blocked == {wanted for wanted in RUNGS if height(wanted) <= height(rung)}
    else:
        assert blocked == set(RUNGS)
    assert set(steps_above(RULES, [there])) == set(RUNGS) - blocked


def test_the_highest_act_stands_however_they_were_issued() -> None:
    ticket = make_ticket()
    acts = [
        act(ticket, "red_card", hours=9),
        act(ticket, "notice", hours=2),
        act(ticket, "yellow_card", "withdrawn"),
    ]
    random.Random(4).shuffle(acts)
    top = standing(acts)
    assert top is not None
    assert top.rung == "red_card"
    assert steps_above(RULES, acts)[0] == "bulletin"


def test_who_signs_which_rung_is_the_citys_to_say() -> None:
    """From the red card upward a chief's signature is not enough; a city may draw the line elsewhere."""
    assert [rung for rung in RUNGS if may_sign(RULES, rung, {"approve"})] == ["notice", "yellow_card"]
    assert signable(RULES, {"deputy_director"}) == (1, 2, 3, 4, 5, 6)
    assert signable(RULES, {"officer", "liaison", "rule_admin"}) == ()
    assert all(may_write(RULES, rung, {"officer"}) for rung in RUNGS)
    red = RULES.rule("red_card")
    assert red is not None
    short = LadderRules(rungs=(replace(red, signers=("approve",), writers=("approve",)),))
    assert may_sign(short, "red_card", {"approve"})
    assert not may_write(short, "red_card", {"officer"})
    assert not may_write(short, "notice", {"officer", "approve"}), "a rung the city does not have"


def test_an_issued_card_is_taken_back_by_who_may_sign_it_and_a_draft_by_its_author() -> None:
    ticket = make_ticket()
    card = act(ticket, "red_card")
    assert not may_withdraw(RULES, card, card.author_id, {"officer"})
    assert not may_withdraw(RULES, card, "p-chief", {"approve"})
    assert may_withdraw(RULES, card, "p-deputy", {"deputy_director"})
    assert may_withdraw(RULES, replace(card, state="draft"), card.author_id, {"officer"})
    assert may_withdraw(RULES, act(ticket), "p-anybody", {"officer"})


def test_two_urges_without_an_answer_propose_the_next_step_and_no_more() -> None:
    ticket = make_ticket()
    assert suggested(RULES, ticket, [], silent(ticket, 1), []) is None
    found = suggested(RULES, ticket, [], silent(ticket, 2), [])
    assert found is not None
    assert (found.rung, found.grounds, found.urges) == ("notice", ("urges_unanswered",), 2)
    for urges in (
        [*silent(ticket, 1), make_urge(ticket, answer="已派人")],
        [*silent(ticket, 1), make_urge(ticket, answer="", promised_at=NOW)],
        [*silent(ticket, 1), make_urge(ticket, answer="", acknowledged_at=NOW)],
    ):
        assert suggested(RULES, ticket, [], urges, []) is None, "an answered urge is no ground"
    done = replace(ticket, state="completed")
    assert suggested(RULES, done, [], silent(ticket, 3), []) is None, "the unit has said done"


def test_what_led_to_a_notice_does_not_lead_to_a_card_as_well() -> None:
    """Else every notice would be followed by a proposal of a card the minute it is issued."""
    ticket = make_ticket()
    before, since = silent(ticket, 2, hours=6), silent(ticket, 2, hours=1)
    assert suggested(RULES, ticket, [act(ticket)], before, []) is None
    found = suggested(RULES, ticket, [act(ticket)], [*before, *since], [])
    assert found is not None
    assert (found.rung, found.urges) == ("yellow_card", 2)
    assert suggested(RULES, ticket, [act(ticket, state="submitted")], since, []) is None, "one is on its way"
    assert suggested(RULES, ticket, [act(ticket, "referral")], since, []) is None, "there is nothing above"


def test_sent_back_twice_and_still_dissatisfied_proposes_a_step() -> None:
    ticket = reworked()
    found = suggested(RULES, ticket, [], [], [visited(ticket)])
    assert found is not None
    assert (found.rung, found.grounds, found.reworks) == ("notice", ("reworks_dissatisfied",), 2)
    for visits in (
        [visited(ticket, HAPPY)],
        [visited(ticket), visited(ticket, HAPPY, hours=1)],
        [visited(ticket, valid=False)],
        [visited(ticket, hours=50)],
    ):
        assert suggested(RULES, ticket, [], [], visits) is None, "the last word after the completion counts"
    once = reworked(rework=1)
    assert suggested(RULES, once, [], [], [visited(once)]) is None
    over = reworked(state="archived")
    assert suggested(RULES, over, [], [], [visited(over)]) is None
    merged = reworked(merged_into="t-lead")
    assert suggested(RULES, merged, [], [], [visited(merged)]) is None, (
        "it is proposed on the ticket it went into"
    )


def test_a_city_without_these_grounds_is_proposed_nothing() -> None:
    """Rules published before there was a ladder know notices alone."""
    ticket = make_ticket()
    assert suggested(LadderRules(), ticket, [], silent(ticket, 9), []) is None
    assert [each.rung for each in LadderRules().rungs] == ["notice"]
