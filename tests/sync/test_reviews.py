"""What a unit applies for and what the office decides, on real desktops and the real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from central.profile_store import all_profiles, store_profile
from desktop.models.domain.clocks import explain_handling
from desktop.models.domain.deadlines import due_by_rule, extend
from desktop.models.domain.entities import Application, Person, Ticket, TimelineEntry
from desktop.models.domain.fold import Refused
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_overdue
from desktop.services.commands.reviews import ApplicationForm, DecisionForm, apply_for, decide
from tests.support.builders import NOW, make_ticket, make_unit
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine

AGREED = DecisionForm(reason="配件确需外调，同意。", citizen_words="因配件外调，办理时限延长。")


class Desks(NamedTuple):
    unit: EngineDesk
    officer: EngineDesk
    chief: EngineDesk

    def sync(self) -> None:
        """Everybody sends, and everybody has what the others sent."""
        for desk in (*self, *self):
            desk.sync()


@pytest.fixture
def desks(tmp_path: Path, office: Office) -> Iterator[Desks]:
    office.load(make_unit())
    with ExitStack() as stack:
        yield Desks(
            *(
                stack.enter_context(open_engine(tmp_path, office, who))
                for who in ("liaison", "officer", "chief")
            )
        )


def load(office: Office, desks: Desks, **fields: object) -> Ticket:
    """A complaint of five working days under the rules in force, due next Monday at half past five."""
    rules = rules_of(office)
    dispatched = NOW - timedelta(days=1)
    due = next(d for d in rules.deadlines if d.request_type == "complaint")
    made = make_ticket(
        dispatched_at=dispatched,
        due_at=due_by_rule(rules, due, dispatched).at,
        due_rule=due.name,
        due_profile=rules.version,
        **fields,
    )
    office.load(made)
    desks.sync()
    return made


def rules_of(office: Office) -> RuleProfile:
    with office.database.read() as connection:
        return all_profiles(connection)[-1]


def asked(desk: EngineDesk) -> Application:
    (row,) = [row for row in desk.rows().values() if isinstance(row, Application)]
    return row


def ticket_at(desk: EngineDesk, ticket: Ticket) -> Ticket:
    row = desk.row("ticket", ticket.id)
    assert isinstance(row, Ticket)
    return row


def told(desk: EngineDesk) -> list[tuple[str, str]]:
    entries = [row for row in desk.rows().values() if isinstance(row, TimelineEntry)]
    return [(entry.kind, entry.text) for entry in sorted(entries, key=lambda e: e.id)]


def apply(desks: Desks, ticket: Ticket, **fields: object) -> Application:
    form = ApplicationForm(**{"ticket_id": ticket.id, "reason": "等待配件外调", "days": 3} | fields)  # type: ignore[arg-type]
    desks.unit.do(lambda w: apply_for(w, form))
    desks.sync()
    return asked(desks.officer)


def test_an_extension_moves_the_limit_by_the_rules_the_case_was_given(office: Office, desks: Desks) -> None:
    """New rules were published meanwhile: the case keeps its own, and the strip of days still explains its limit."""
    ticket = load(office, desks)
    waiting = apply(desks, ticket)
    paused = ticket_at(desks.officer, ticket)
    assert (paused.state, paused.paused_at) == ("extension_pending", office.now)
    assert (waiting.old_due_at, waiting.ticket_state) == (ticket.due_at, "handling")
    rules = rules_of(office)
    assert ticket.due_at is not None
    with office.database.write() as tx:
        longer = tuple(replace(rule, limit=rule.limit + 4) for rule in rules.deadlines)
        store_profile(tx, replace(rules, version=2, deadlines=longer), at=office.clock.now())
    office.services.reread()
    office.clock.advance(3600)
    desks.officer.do(lambda w: decide(w, waiting.id, AGREED, agreed=True))
    desks.sync()
    after = ticket_at(desks.unit, ticket)
    assert after.due_at == extend(rules, ticket.due_at, 3).at
    assert (after.state, after.paused_at, after.due_profile) == ("handling", None, rules.version)
    (extension,) = after.extensions
    assert (extension.granted_by, extension.asked_at) == ("王敏", waiting.asked_at)
    why = explain_handling(rules, after, "department")
    assert why is not None
    assert (why.agrees, why.missed_at) == (True, None)
    assert {day.by for day in why.days if day.mark == "extended"} | {why.days[-1].by} >= {"王敏"}
    answered = asked(desks.unit)
    assert (answered.state, answered.decision, answered.citizen_words) == (
        "agreed",
        AGREED.reason,
        AGREED.citizen_words,
    )
    assert ("extended", AGREED.reason) in told(desks.unit)


def test_what_is_asked_for_after_the_limit_neither_hides_nor_cures_that_it_ran_out(
    office: Office, desks: Desks
) -> None:
    """A unit could else apply on the day after, and its case would vanish from the overdue ones."""
    ticket = load(office, desks, state="signed")
    assert ticket.due_at is not None
    office.clock.advance((ticket.due_at - office.now).total_seconds() + 7200)
    waiting = apply(desks, ticket)
    still = ticket_at(desks.officer, ticket)
    assert still.state == "signed"
    assert is_overdue(still, office.now)
    desks.officer.do(lambda w: decide(w, waiting.id, AGREED, agreed=True))
    desks.sync()
    after = ticket_at(desks.officer, ticket)
    why = explain_handling(rules_of(office), after, "department")
    assert why is not None
    assert why.missed_at == ticket.due_at, "the day it ran out stays written down"


def test_a_refused_extension_gives_no_day_and_the_unit_reads_why(office: Office, desks: Desks) -> None:
    ticket = load(office, desks)
    waiting = apply(desks, ticket)
    refused = DecisionForm(reason="配件本市有售，不同意。")
    desks.officer.do(lambda w: decide(w, waiting.id, refused, agreed=False))
    desks.sync()
    after = ticket_at(desks.unit, ticket)
    assert (after.state, after.due_at, after.extensions) == ("handling", ticket.due_at, ())
    assert ("extension_refused", refused.reason) in told(desks.unit)


def test_an_agreed_return_goes_back_to_dispatch_and_the_unit_still_reads_the_decision(
    office: Office, desks: Desks
) -> None:
    office.load(make_unit("u-water", "自来水公司"))
    ticket = load(office, desks)
    waiting = apply(desks, ticket, matter="return", reason="供水管道渗漏所致", to_unit_id="u-water")
    assert ticket_at(desks.officer, ticket).state == "return_pending"
    agreed = DecisionForm(reason="属供水企业职责，同意退单。", to_unit_id="u-water")
    desks.officer.do(lambda w: decide(w, waiting.id, agreed, agreed=True))
    desks.sync()
    after = ticket_at(desks.unit, ticket)
    assert (after.state, after.returns, after.due_at, after.dispatched_at) == ("received", 1, None, None)
    assert (asked(desks.unit).state, asked(desks.unit).to_unit_id) == ("agreed", "u-water")
    assert ("returned", agreed.reason) in told(desks.unit)


def test_two_who_decide_are_told_of_each_other(office: Office, desks: Desks) -> None:
    """The second decision is a conflict that keeps its words, not a second extension."""
    ticket = load(office, desks)
    waiting = apply(desks, ticket)
    desks.officer.do(lambda w: decide(w, waiting.id, AGREED, agreed=True))
    desks.chief.do(lambda w: decide(w, waiting.id, DecisionForm(reason="不同意"), agreed=False))
    desks.sync()
    (entry,) = desks.chief.entries("conflict")
    assert entry.op.payload["reason"] == "不同意"
    assert len(ticket_at(desks.chief, ticket).extensions) == 1


def test_nobody_decides_what_their_own_unit_asked_for(office: Office, desks: Desks, tmp_path: Path) -> None:
    """Somebody sent from the unit to the office would else grant their colleagues what they like."""
    ticket = load(office, desks)
    waiting = apply(desks, ticket)
    sent = Person(id="p-sent", name="何平", roles=("officer", "liaison"), unit_ids=("u-roads",))
    office.services.accounts.add(sent, "sent", "long-enough-for-a-test")
    with open_engine(tmp_path, office, "sent") as theirs:
        theirs.sync()
        with pytest.raises(Refused, match="own_unit"):
            theirs.do(lambda w: decide(w, waiting.id, AGREED, agreed=True))
    hand = office.hand("sent")
    decision = hand.op(
        "extension.decide", {"agreed": True, "reason": "同意"}, entity_id=waiting.id, base=waiting.version
    )
    (result,) = hand.push(decision)
    assert (result.status, result.problem.code if result.problem else "") == ("rejected", "own_unit")


def test_one_application_at_a_time_and_only_while_the_case_is_in_hand(office: Office, desks: Desks) -> None:
    ticket = load(office, desks)
    apply(desks, ticket)
    with pytest.raises(Refused, match="already_asked"):
        desks.unit.do(lambda w: apply_for(w, ApplicationForm(ticket_id=ticket.id, reason="再等", days=1)))
    hand = office.hand("liaison", "another")
    second = hand.op(
        "extension.request", {"ticket_id": ticket.id, "unit_id": "u-roads", "days": 1, "reason": "再等"}
    )
    (result,) = hand.push(second)
    assert (result.status, result.problem.code if result.problem else "") == ("rejected", "already_asked")


def test_the_citys_rule_says_how_often_a_case_may_be_extended(office: Office, desks: Desks) -> None:
    rules = rules_of(office)
    with office.database.write() as tx:
        once = tuple(replace(rule, extensions=1, extension_days=5) for rule in rules.deadlines)
        store_profile(tx, replace(rules, version=2, deadlines=once), at=office.clock.now())
    office.services.reread()
    ticket = load(office, desks)
    waiting = apply(desks, ticket, days=8)
    desks.officer.do(lambda w: decide(w, waiting.id, AGREED, agreed=True))
    desks.sync()
    (entry,) = desks.officer.entries("rejected")
    assert entry.code == "extension_too_long"
    shorter = replace(AGREED, days=5)
    desks.chief.do(lambda w: decide(w, waiting.id, shorter, agreed=True))
    desks.sync()
    assert len(ticket_at(desks.chief, ticket).extensions) == 1


def test_an_application_on_a_case_that_had_left_is_kept_and_waits_for_nobody(
    office: Office, desks: Desks
) -> None:
    """Written offline while the case went to another unit: the words stay with the case, its clock does not move."""
    office.load(make_unit("u-water", "自来水公司"))
    ticket = load(office, desks)
    form = ApplicationForm(ticket_id=ticket.id, reason="等待配件", days=3)
    desks.unit.do(lambda w: apply_for(w, form))
    office.load(replace(ticket, unit_id="u-water"))
    desks.sync()
    row = asked(desks.officer)
    assert (row.state, row.late) == ("lapsed", True)
    assert ticket_at(desks.officer, ticket).state == "handling"
