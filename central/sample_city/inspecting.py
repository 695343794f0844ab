"""Inspections of the made-up city: one that runs, drawn and half checked; one to be frozen; one being planned.

The sample is drawn by the standard from the tickets of the city, so that everybody can draw it again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from desktop.models.domain.entities import Check, FramePart, Inspection, Row, Sample, Ticket
from desktop.models.domain.inspection_rules import CheckVerdict, score
from desktop.models.domain.inspections import criteria_of, frame_line, in_population
from desktop.models.domain.sampling import by_unit, draw, frame_hash, leaf_hash, leaf_text

from .ledger import Ledger
from .town import Town
from .worktime import HOUR_S

_DAYS = 21
_BY_LOT = 12
_FAILS = 0.13
_SEED_SOURCE = "福彩3D 开奖号码（抽样当晚公布）"
_SEED = "4 7 1"
_MOST = 2_000
"""Tickets of the running inspection: the frame of a city of a million need not be that of its every ticket."""


class Inspecting:
    """Sees every ticket of the city, and has its inspections at the end."""

    def __init__(self, town: Town) -> None:
        self._town = town
        others = sorted(unit.id for unit in town.world.units.values() if unit.id != town.liaison_unit)
        self._unit_ids = (town.liaison_unit, others[0])
        self._other = others[1]
        self._today = town.profile.local(town.time.moment(town.now)).date()
        self._last = town.profile.local(self._ago(24)).date() - timedelta(days=1)
        self._plan = Inspection(
            id=town.ids.of("inspection", "running"),
            title="办结质量抽查",
            kind="spot_check",
            state="drawn",
            mandate="zfdc-2021",
            mandate_words="《政府督查工作条例》",
            purpose="核实近三周办结工单是否真办结、是否联系了诉求人。",
            plan="先看卷，再电话回访诉求人；现场类事项到现场看。",
            unit_ids=self._unit_ids,
            from_day=self._last - timedelta(days=_DAYS),
            to_day=self._last,
            checklist="handling",
            inspector_ids=tuple(officer.id for officer in town.officers),
            author_id=town.officers[0].id,
            author_name=town.officers[0].name,
            created_at=self._ago(24),
            method="stratified",
            size=_BY_LOT,
            seed_source=_SEED_SOURCE,
            seed=_SEED,
        )
        self._found: list[Ticket] = []

    def _ago(self, hours: float) -> datetime:
        """A moment so many working hours ago."""
        town = self._town
        return town.time.moment(town.time.from_work(town.now_work - int(hours * HOUR_S)))

    def see(self, ticket: Ticket) -> None:
        """Keep a ticket of the running inspection's population."""
        if ticket.completed_at is not None and len(self._found) < _MOST:
            town = self._town
            if in_population(self._plan, ticket, town.profile, {}):
                self._found.append(ticket)

    def rows(self, ledger: Ledger) -> Iterator[Row]:
        """The inspections, the samples of the one that runs, and the checks made so far."""
        if self._found:
            yield from self._running(ledger)
        yield from self._to_come(ledger)

    def _running(self, ledger: Ledger) -> Iterator[Row]:
        town, plan = self._town, self._plan
        number = ledger.number("inspection", town.profile.inspections.series, self._last.year)
        parts = by_unit(frame_line(ticket) for ticket in self._found)
        hashes = {unit: (len(part), leaf_hash(part)) for unit, part in parts.items()}
        criteria = criteria_of(plan)
        assert criteria is not None  # the plan has its method
        drawn = draw([line for part in parts.values() for line in part], criteria, plan.seed)
        told: list[FramePart] = []
        for unit, part in parts.items():
            own = {line.number for line in part}
            musts = tuple(number for number in drawn.musts if number in own)
            lots = tuple(number for number in drawn.lots if number in own)
            size, digest = hashes[unit]
            left = size - len(musts)
            told.append(
                FramePart(unit_id=unit, size=size, digest=digest, left=left, musts=len(musts), lots=len(lots))
            )
            yield Sample(
                id=town.ids.of("sample", unit),
                inspection_id=plan.id,
                unit_id=unit,
                frame=leaf_text(part),
                musts=musts,
                lots=lots,
                opened=True,
            )
        who = plan.author_name
        yield replace(
            plan,
            number=number,
            issued_at=self._ago(23),
            issued_by=who,
            frozen_at=self._ago(22.8),
            frozen_by=who,
            frame=frame_hash(hashes),
            parts=tuple(told),
            fixed_at=self._ago(22.5),
            fixed_by=who,
            drawn_at=self._ago(14),
            drawn_by=who,
        )
        yield from self._checks(set(drawn.numbers))

    def _checks(self, numbers: set[str]) -> Iterator[Check]:
        town, plan = self._town, self._plan
        checklist = town.profile.inspections.checklist(plan.checklist)
        if checklist is None:
            return
        rng = random.Random(f"{plan.id} checks")
        drawn = sorted((t for t in self._found if t.number in numbers), key=lambda t: t.number)
        inspector = town.officers[-1]
        for place, ticket in enumerate(t for t in drawn[: (len(drawn) + 1) // 2] if t.level == "normal"):
            results: dict[str, CheckVerdict] = {
                item.code: "not_met" if rng.random() < _FAILS else "met" for item in checklist.items
            }
            found = score(checklist, results)
            yield Check(
                id=town.ids.of("check", ticket.number),
                ticket_id=ticket.id,
                inspection_id=plan.id,
                checklist=checklist.code,
                results=results,
                note="" if found.passed(town.profile.inspections.pass_points) else "已记录，拟登记检查问题。",
                tenths=found.tenths,
                critical=found.critical,
                complete=True,
                passed=found.passed(town.profile.inspections.pass_points),
                by_id=inspector.id,
                by_name=inspector.name,
                at=self._ago(max(0.2, 8 - 0.1 * place)),
            )

    def _to_come(self, ledger: Ledger) -> Iterator[Inspection]:
        town, plan = self._town, self._plan
        number = ledger.number("inspection", town.profile.inspections.series, self._last.year)
        issued = self._ago(4)
        yield replace(
            plan,
            id=town.ids.of("inspection", "issued"),
            title="重点事项回头看",
            kind="look_back",
            state="issued",
            number=number,
            purpose="看上次检查发现的问题是否整改到位。",
            unit_ids=(self._other,),
            created_at=self._ago(5),
            issued_at=issued,
            issued_by=plan.author_name,
            method=None,
            size=0,
            seed_source="",
            seed="",
        )
        yield replace(
            plan,
            id=town.ids.of("inspection", "draft"),
            title="夜间施工噪声投诉办理暗访",
            kind="covert_check",
            state="draft",
            mandate_words="",
            purpose="",
            unit_ids=(self._unit_ids[1],),
            request_types=("complaint",),
            from_day=self._today,
            to_day=self._today + timedelta(days=10),
            created_at=self._ago(2),
            method=None,
            size=0,
            seed_source="",
            seed="",
        )
