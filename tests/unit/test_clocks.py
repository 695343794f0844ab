"""The five clocks of a ticket: which rule holds, from when, and how a due time tells all that moved it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from central.profiles import decode_profile, default_profile, encode_profile
from desktop.models.domain.clocks import (
    CLOCKS,
    Situation,
    cures,
    due_of,
    explain_handling,
    may_extend,
    rule_of,
)
from desktop.models.domain.deadlines import extend
from desktop.models.domain.entities import ClockPause, Extension, Ticket
from desktop.models.domain.profile import DeadlineRule, RuleProfile
from tests.support.builders import make_ticket

YUNZHOU = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def complaint(**more: object) -> Ticket:
    """Dispatched on a Monday; the fifth working day ends on the Monday after."""
    given = {"request_type": "complaint", "urgency": "normal", "dispatched_at": at("2024-03-04T10:00")}
    return make_ticket(**(given | {"due_at": at("2024-03-11T17:30"), "due_rule": "投诉 5个工作日"} | more))


def with_rules(*rules: DeadlineRule, **stages: int) -> RuleProfile:
    return replace(YUNZHOU, deadlines=(*rules, *YUNZHOU.deadlines), stages=replace(YUNZHOU.stages, **stages))


def test_each_of_the_five_clocks_has_its_own_start_and_limit() -> None:
    """An officer reads five due times; each must begin where the city's rules say."""
    ticket = complaint(signed_at=at("2024-03-04T15:00"), completed_at=at("2024-03-07T16:00"))
    found = {clock: due_of(YUNZHOU, clock, ticket, "department") for clock in CLOCKS}
    assert {clock: due.at for clock, due in found.items() if due is not None} == {
        "sign": at("2024-03-05T17:30"),
        "first_contact": at("2024-03-05T17:30"),
        "handling": at("2024-03-11T17:30"),
        "feedback": at("2024-03-08T17:30"),
        "visit": at("2024-03-12T17:30"),
    }
    waiting = replace(ticket, completed_at=None)
    assert due_of(YUNZHOU, "visit", waiting, "department") is None, "it has not begun"
    assert due_of(with_rules(feedback_days=0), "feedback", ticket, "department") is None, "nobody asks for it"


def test_a_rule_may_ask_for_type_urgency_unit_kind_and_rework_and_the_first_that_fits_holds() -> None:
    company = DeadlineRule(
        name="企业应急", clock="sign", urgency="urgent", unit_kind="company", limit=2, unit="hour"
    )
    profile = with_rules(company)
    ticket = complaint(urgency="urgent")
    due = due_of(profile, "sign", ticket, "company")
    assert due is not None
    assert (due.rule, due.at) == ("企业应急", at("2024-03-04T12:00"))
    other = due_of(profile, "sign", ticket, "department")
    assert other is not None
    assert (other.rule, other.at) == ("", at("2024-03-05T17:30"))
    handled = due_of(YUNZHOU, "handling", complaint(rework=1, urgency="urgent"), "department")
    assert handled is not None
    assert handled.rule == "重办 3个工作日", "what was sent back has a limit of its own, also an urgent one"
    bare = replace(YUNZHOU, deadlines=YUNZHOU.deadlines[:1])
    nothing = Situation(request_type="help", urgency="normal", unit_kind="department")
    assert rule_of(bare, "handling", nothing) is None


def test_a_handling_limit_may_begin_when_the_unit_signs() -> None:
    signing = DeadlineRule(name="签收起算", limit=1, start_event="sign", cut_off=time(16))
    profile = with_rules(signing)
    assert due_of(profile, "handling", complaint(), "department") is None
    signed = complaint(signed_at=at("2024-03-08T16:00"))
    due = due_of(profile, "handling", signed, "department")
    assert due is not None
    assert due.at == at("2024-03-12T17:30")


def test_only_the_states_that_a_rule_names_stop_its_clock() -> None:
    """While an extension is decided nobody wins days by it, unless the city says so."""
    spans = (
        ClockPause(at("2024-03-05T09:30"), at("2024-03-05T11:00"), "extension_pending"),
        ClockPause(at("2024-03-06T09:30"), at("2024-03-06T11:00"), "suspended"),
    )
    ticket = complaint(pauses=spans, due_at=at("2024-03-12T17:30"))
    explained = explain_handling(YUNZHOU, ticket, "department")
    assert explained is not None
    assert explained.agrees
    assert [day.day.day for day in explained.days if day.mark == "paused"] == [6]
    rule = DeadlineRule(name="投诉 5个工作日", limit=5, pause_states=("suspended", "extension_pending"))
    due = due_of(with_rules(rule), "handling", ticket, "department")
    assert due is not None
    assert due.at == at("2024-03-13T17:30")


def test_an_extension_after_a_pause_is_explained_by_both_and_by_who_granted_it() -> None:
    old = at("2024-03-12T17:30")
    granted = Extension(old, extend(YUNZHOU, old, 3).at, "路面开挖", at("2024-03-12T10:00"), "李强")
    pause = ClockPause(at("2024-03-06T09:30"), at("2024-03-06T11:00"), "suspended")
    ticket = complaint(pauses=(pause,), extensions=(granted,), due_at=at("2024-03-15T17:30"))
    explained = explain_handling(YUNZHOU, ticket, "department")
    assert explained is not None
    assert explained.agrees
    assert explained.missed_at is None
    assert [(d.day.day, d.mark, d.number, d.by) for d in explained.days if d.day.day in (6, 12, 13, 15)] == [
        (6, "paused", 0, ""),
        (12, "first_due", 5, ""),
        (13, "extended", 6, "李强"),
        (15, "due", 8, "李强"),
    ]


def test_an_extension_asked_for_too_late_cures_no_overdue() -> None:
    """The delay stays on record even though there is a new date to work to."""
    old = at("2024-03-11T17:30")
    late = Extension(
        old, at("2024-03-14T17:30"), "", at("2024-03-12T10:00"), "李强", old + timedelta(minutes=1)
    )
    explained = explain_handling(YUNZHOU, complaint(extensions=(late,), due_at=late.new_due_at), "department")
    assert explained is not None
    assert explained.missed_at == old
    in_time = replace(late, asked_at=old)
    assert cures(in_time), "asked for in the last minute, granted the next day"
    assert not cures(replace(late, asked_at=None)), "where nobody told when, by when it was granted"


def test_a_server_that_says_otherwise_has_both_days_in_the_strip() -> None:
    for told, marks in (
        ("2024-03-13T17:30", {"2024-03-11": "computed", "2024-03-13": "due"}),
        ("2024-03-07T17:30", {"2024-03-11": "computed", "2024-03-07": "due"}),
    ):
        explained = explain_handling(YUNZHOU, complaint(due_at=at(told)), "department")
        assert explained is not None
        assert not explained.agrees
        assert explained.computed_at == at("2024-03-11T17:30")
        strip = {str(day.day): day.mark for day in explained.days}
        assert strip.items() >= marks.items()
    moved = Extension(at("2024-03-12T17:30"), at("2024-03-15T17:30"))
    explained = explain_handling(
        YUNZHOU, complaint(extensions=(moved,), due_at=moved.new_due_at), "department"
    )
    assert explained is not None
    assert explained.computed_at == at("2024-03-14T17:30"), "three working days from where the rule ends"


def test_a_rule_of_another_system_explains_nothing_and_an_open_pause_says_so() -> None:
    assert explain_handling(YUNZHOU, complaint(due_rule="Boston target"), "department") is None
    still = complaint(state="suspended", paused_at=at("2024-03-06T09:30"))
    explained = explain_handling(YUNZHOU, still, "department")
    assert explained is not None
    assert explained.open_pause


@pytest.mark.parametrize(("granted", "days", "why"), [(0, 5, ""), (1, 5, "too_often"), (0, 6, "too_long")])
def test_extensions_are_allowed_as_often_and_as_long_as_the_rule_says(
    granted: int, days: int, why: str
) -> None:
    rule = DeadlineRule(name="", limit=5, extensions=1, extension_days=5)
    assert may_extend(rule, granted, days) == why
    assert may_extend(replace(rule, extensions=None, extension_days=None), granted, days) == ""


def test_a_profile_stored_before_these_rules_still_means_what_it_meant() -> None:
    """Released databases hold profiles without breaks, clocks or cut-off hours; their deadlines must not move."""
    plain = msgspec.json.decode(encode_profile(YUNZHOU))
    del plain["breaks"], plain["stages"]["feedback_days"]
    plain["deadlines"] = [rule for rule in plain["deadlines"] if "rework" not in rule]
    old = decode_profile(msgspec.json.encode(plain))
    due = due_of(old, "handling", complaint(), "department")
    assert due is not None
    assert due.at == at("2024-03-11T17:30")
    sent_back = due_of(old, "handling", complaint(rework=1, due_rule=""), "department")
    assert sent_back is not None
