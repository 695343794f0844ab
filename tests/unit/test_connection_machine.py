"""How we stand with the server: every state with every event, every code that can be raised, no way to get stuck."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.services.api.errors import OWN_CODES
from desktop.services.background.connection import (
    EVENTS,
    MOVES,
    NEEDS_SIGN_IN,
    STATES,
    Connection,
    Connectivity,
    Event,
    Failure,
    State,
    after,
    event_of,
)

START = datetime(2026, 5, 4, 8, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
LEADS_TO: dict[Event, State] = {
    "answered": "online",
    "synced": "online",
    "no_answer": "offline",
    "fault": "offline",
    "portal": "captive_portal",
    "maintenance": "maintenance",
    "busy": "connecting",
    "too_old": "client_too_old",
    "expired": "sign_in_expired",
    "signed_out": "signed_out",
}


def expected(state: State, event: Event) -> State:
    """The rules in words, once more and differently: what the table must come to."""
    if event == "synced" or (event == "answered" and state != "client_too_old"):
        return "online"  # the server itself has said so
    if event in ("expired", "too_old"):
        return LEADS_TO[event]
    if event == "signed_in":
        return "connecting" if state in NEEDS_SIGN_IN else state
    if state in NEEDS_SIGN_IN:  # the network's troubles are no news to somebody who has to sign in
        return "signed_out" if event == "signed_out" and state == "signed_out" else state
    if event == "answered":
        return state
    if event == "trying":
        return "connecting" if state == "offline" else state
    return LEADS_TO[event]


@pytest.mark.parametrize(("state", "event"), list(product(STATES, EVENTS)))
def test_every_event_in_every_state(state: State, event: Event) -> None:
    """An event without a rule would leave the status bar at an old truth."""
    assert after(state, event) == expected(state, event)


def test_the_table_is_whole_and_every_state_leads_to_every_other() -> None:
    """No state may be a trap, and none may be out of reach."""
    assert set(MOVES) == set(EVENTS)
    assert all(len(row) == len(STATES) for row in MOVES.values())
    for start in STATES:
        reached = {start}
        while grown := {after(s, e) for s in reached for e in EVENTS} - reached:
            reached |= grown
        assert reached == set(STATES)


def test_what_the_person_does_about_a_state_leads_out_of_it() -> None:
    """Sign in, wait for the server, update: whatever a state asks for must end it."""
    for state in STATES:
        assert after(after(state, "signed_in"), "synced") == "online"
        assert after(after(after(state, "trying"), "answered"), "synced") == "online"


#: The states in which a code of the transport or the server must be shown; the rest are faults and no answers.
@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("refused", "offline"),
        ("unknown_name", "offline"),
        ("untrusted_certificate", "offline"),
        ("proxy_sign_in", "offline"),
        ("server_fault", "offline"),
        ("captive_portal", "captive_portal"),
        ("maintenance", "maintenance"),
        ("busy", "connecting"),
        ("too_many_requests", "connecting"),
        ("sign_in_expired", "sign_in_expired"),
        ("sign_in_refused", "sign_in_expired"),
        ("signed_out", "signed_out"),
        ("other_person", "signed_out"),
        ("keyring_locked", "signed_out"),
        ("device_locked", "signed_out"),
        ("client_too_old", "client_too_old"),
        ("disk_full", "offline"),
        ("something_new", "offline"),
    ],
)
def test_each_failure_has_its_state(code: str, state: State) -> None:
    assert after("online", event_of(code)) == state


def test_every_code_of_the_transport_is_placed_on_purpose() -> None:
    """A code that falls into the default by oversight would say "offline" about a locked device."""
    from desktop.services.background.connection import _EVENT_OF_CODE, NO_ANSWER

    faults = {"server_fault", "bad_reply", "unknown_encoding", "reply_too_large", "reply_truncated"}
    faults |= {"reply_damaged", "bad_row", "no_cursor", "bad_cursor", "cursor_expired", "epoch_changed"}
    faults |= {"scope_changed", "snapshot_expired"}
    assert set(_EVENT_OF_CODE) | NO_ANSWER | faults >= OWN_CODES
    assert not set(_EVENT_OF_CODE) & NO_ANSWER


def test_no_code_is_made_that_the_set_does_not_name() -> None:
    """The set is closed: what the room raises by name stands in it."""
    raised = {
        node.args[0].value
        for path in (ROOT / "desktop" / "services" / "api").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Offline", "BadReply", "SignedOut", "StartOver", "Busy")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert raised
    assert raised <= OWN_CODES


def test_a_poll_is_no_news_and_a_repeated_failure_keeps_its_beginning() -> None:
    """The status bar must not flicker while nothing changes, and "since 09:31" must stay 09:31."""
    told: list[Connection] = []
    machine = Connectivity(told.append)
    machine.answered(START)
    machine.trying(START + timedelta(seconds=1))
    machine.answered(START + timedelta(seconds=2))
    assert [c.state for c in told] == ["online"]
    machine.failed(START + timedelta(minutes=1), Failure(code="refused", next_try_at=START))
    machine.trying(START + timedelta(minutes=2))
    assert (told[-1].state, told[-1].reason, told[-1].next_try_at) == ("connecting", "refused", None)
    machine.failed(START + timedelta(minutes=3), Failure(code="refused"))
    machine.failed(START + timedelta(minutes=4), Failure(code="too_slow"))
    assert (told[-1].since, told[-1].reason) == (START + timedelta(minutes=3), "too_slow")
    machine.counted(3, 1)
    machine.synced(START, START)
    last = told[-1]
    assert (last.online, last.reason, last.waiting, last.to_settle, last.last_sync_at) == (
        True,
        "",
        3,
        1,
        START,
    )


def test_an_expired_sign_in_stays_expired_when_its_token_is_gone() -> None:
    """The first answer throws the token away; the next try finds none: that is not "signed out", it is the same."""
    machine = Connectivity(lambda _: None)
    machine.failed(START, Failure(code="sign_in_expired"))
    machine.failed(START, Failure(code="signed_out"))
    assert (machine.connection.state, machine.connection.reason) == ("sign_in_expired", "sign_in_expired")


class Machine(RuleBasedStateMachine):
    """Any order of events, as a bad week brings them."""

    @initialize()
    def begin(self) -> None:
        self.told: list[Connection] = []
        self.machine = Connectivity(self.told.append)
        self.clock = START

    def tick(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    @rule()
    def trying(self) -> None:
        self.machine.trying(self.tick())

    @rule()
    def answered(self) -> None:
        self.machine.answered(self.tick())

    @rule()
    def synced(self) -> None:
        self.machine.synced(self.tick(), self.clock)

    @rule()
    def signed_in(self) -> None:
        self.machine.signed_in(self.tick())

    @rule()
    def resting(self) -> None:
        self.machine.resting()

    @rule(
        code=st.sampled_from(
            [*sorted(OWN_CODES), "busy", "device_locked", "other_person", "disk_full", "new"]
        )
    )
    def failed(self, code: str) -> None:
        self.machine.failed(self.tick(), Failure(code=code, next_try_at=self.clock + timedelta(seconds=9)))

    @rule(waiting=st.integers(0, 9), to_settle=st.integers(0, 9))
    def counted(self, waiting: int, to_settle: int) -> None:
        self.machine.counted(waiting, to_settle)
        assert (self.machine.connection.waiting, self.machine.connection.to_settle) == (waiting, to_settle)

    @invariant()
    def the_value_makes_sense(self) -> None:
        now = self.machine.connection
        assert now.state in STATES
        if now.online:
            assert not now.reason
        if now.state in ("offline", "maintenance", "captive_portal", "sign_in_expired", "client_too_old"):
            assert now.reason, "a trouble without a reason"
        assert now.since is None or now.since <= self.clock

    @invariant()
    def each_value_is_told_once(self) -> None:
        assert all(a != b for a, b in zip(self.told, self.told[1:], strict=False))
        assert not self.told or self.told[-1] == self.machine.connection

    @invariant()
    def two_steps_lead_out(self) -> None:
        """From wherever the week has led: a sign-in and a good round end every trouble."""
        way_out = Connectivity(lambda _: None, self.machine.connection)
        way_out.signed_in(self.clock)
        way_out.synced(self.clock, self.clock)
        assert way_out.connection.online


TestAnyOrderOfEvents = Machine.TestCase
TestAnyOrderOfEvents.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
