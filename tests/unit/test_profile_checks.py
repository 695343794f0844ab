"""What may become a city's rules: a slip would stand in every deadline until the next version."""

from __future__ import annotations

from datetime import UTC, date, time
from typing import Any

import pytest
from msgspec.structs import replace

from central.profiles import default_profile
from desktop.models.domain.profile import Band, DeadlineRule, RuleProfile
from desktop.models.domain.profile_checks import CODES, Fault, faults_of

TODAY = date(2026, 3, 17)
FIRST = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
NEXT = replace(FIRST, version=2, effective_from=TODAY)


def changed(**more: Any) -> RuleProfile:
    return replace(NEXT, **more)


def with_rule(**more: Any) -> RuleProfile:
    rule = replace(DeadlineRule(name="新规则", limit=3), **more)
    return changed(deadlines=(rule, *FIRST.deadlines))


def test_the_shipped_rules_with_a_new_number_are_a_next_version() -> None:
    assert faults_of(NEXT, FIRST, TODAY) == ()


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (changed(version=1), "/version"),
        (changed(version=3), "/version"),
        (changed(effective_from=date(2026, 3, 16)), "/effective_from"),
        (changed(timezone="Asia/Nowhere"), "/timezone"),
        (changed(timezone="Asia/Urumqi"), "/timezone"),
        (changed(work_end=time(8)), "/work_end"),
        (changed(breaks=(Band("lunch", time(12), time(18)),)), "/breaks/0"),
        (changed(breaks=(Band("all day", time(9), time(17, 30)),)), "/breaks"),
        (changed(calendar=replace(FIRST.calendar, announced_until=2025)), "/calendar/announced_until"),
        (
            changed(
                calendar=replace(
                    FIRST.calendar, city_days_off={TODAY: "市庆"}, city_working_days={TODAY: "防汛"}
                )
            ),
            "/calendar/city_working_days",
        ),
        (changed(work_start=time(9, tzinfo=UTC)), "/work_start"),
        (with_rule(limit=0), "/deadlines/0/limit"),
        (with_rule(name=" "), "/deadlines/0/name"),
        (with_rule(name="投诉 5个工作日"), "/deadlines/7/name"),
        (with_rule(cut_off=time(20)), "/deadlines/0/cut_off"),
        (changed(deadlines=FIRST.deadlines[:-1]), "/deadlines"),
        (changed(stages=replace(FIRST.stages, sign_days=0)), "/stages/sign_days"),
        (changed(rectify_days={"notice": 15, "ordinary": 10, "serious": 5}), "/rectify_days/critical"),
    ],
)
def test_what_would_make_deadlines_wrong_is_told_with_its_place(new: RuleProfile, where: str) -> None:
    assert where in [fault.where for fault in faults_of(new, FIRST, TODAY)]


def with_inspections(**more: Any) -> RuleProfile:
    return changed(inspections=replace(FIRST.inspections, **more))


_GROUND = FIRST.inspections.citations[0]
_LIST = FIRST.inspections.checklists[0]
_TYPO = replace(_LIST, items=(replace(_LIST.items[0], finding="F99"),))


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (with_inspections(citations=(_GROUND, _GROUND)), "/inspections/citations"),
        (
            with_inspections(
                citations=(replace(_GROUND, valid_from=date(2026, 5, 1), valid_until=date(2026, 4, 1)),)
            ),
            f"/inspections/citations/{_GROUND.code}",
        ),
        (with_inspections(checklists=(replace(_LIST, items=()),)), f"/inspections/checklists/{_LIST.code}"),
        (
            with_inspections(checklists=(_TYPO,)),
            f"/inspections/checklists/{_LIST.code}/{_LIST.items[0].code}",
        ),
    ],
)
def test_what_no_inspection_could_stand_on_is_told_with_its_place(new: RuleProfile, where: str) -> None:
    """An inspection cites a code and scores by a list: two meanings of one code would be two mandates."""
    assert where in [fault.where for fault in faults_of(new, FIRST, TODAY)]


def test_every_fault_has_a_sentence_for_the_command_line() -> None:
    """A code without words, or with a gap that nothing fills, would end the command with a traceback."""
    for code in CODES:
        assert Fault("/x", code, ("a", "b", "c")).what
    broken = changed(
        version=9,
        stages=replace(FIRST.stages, sign_days=0),
        ladder=replace(FIRST.ladder, unanswered_urges=-1),
    )
    told = [fault.what for fault in faults_of(broken, FIRST, TODAY)]
    assert "the next version is 2" in told
    assert "between 0 (never) and 100" in told
