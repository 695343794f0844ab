"""The scripted cases: whatever chance brings, every queue of every one of the seven people has something in it.

A fixed list, a good hundred cases, the same in every size. Each says how long ago it was received, what it is, where it
stands now and what the office has done; the parts that play ordinary cases play these too.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.models.domain.entities import FindingState, RequestType, Rung, Urgency

from .chance import between, one_of
from .fates import Fate, make_false
from .handling import NEVER
from .requests import Telling, Wanted
from .scripts import Call, Deeds, FindingScript, NoticeScript, NoticeStop, Script, UrgeScript
from .town import Town
from .worktime import HOUR_S, MINUTE_S
from .world import Colleague, Handler

_WORK: tuple[RequestType, ...] = ("complaint", "help")
_OWN = "chengguan"
FURTHEST = 15
"""Working days that the oldest scene goes back; a city's history must reach as far."""
_ELSEWHERE = (
    "yundong",
    "reli",
    "shijian",
    "yunxi",
    "renshe",
    "gongshui",
    "bailu",
    "zhujian",
    "jiaojing",
    "wangyun",
)


@dataclass
class Scene:
    """One scripted case; ``received`` in seconds since 1970."""

    received: int
    wanted: Wanted
    fate: Fate
    deeds: Deeds


class Scenes:
    """Writes the scenes of one city."""

    def __init__(self, town: Town, rng: random.Random) -> None:
        self._town = town
        self._rng = rng
        self._turn = 0

    def all(self) -> list[Scene]:
        """Every scene, in no order."""
        parts: tuple[Iterable[Scene], ...] = (
            self._asked_of_the_liaison(),
            self._notices(),
            self._findings(),
            self._booked(),
            self._waiting(),
            self._together(),
            self._escalated(),
            self._special(),
            self._ladder(),
        )
        return [scene for part in parts for scene in part]

    # -- what is asked of the liaison's unit ---------------------------------------------------------------------

    def _asked_of_the_liaison(self) -> Iterator[Scene]:
        wang, li = self._town.officers
        yield self._overdue(_OWN, 7, Deeds(urges=(UrgeScript(wang, 19, promised_days=1),)))
        yield self._overdue(_OWN, 8, Deeds(urges=(UrgeScript(li, 3, promised_days=1),)))
        yield self._overdue(_OWN, 7, Deeds(urges=(UrgeScript(li, 1.2, means="sms"),)))
        yield self._open(_OWN, 5, Deeds(urges=(UrgeScript(wang, 0.8, promised_days=1, why="due_soon"),)))
        for ago, days in ((12.0, 9), (25.0, 10), (40.0, 12)):
            urges = (UrgeScript(wang, ago + 12, promised_days=1, acknowledged=True),)
            yield self._overdue(_OWN, days, Deeds(urges, NoticeScript(wang, ago, "issued")))
        for days in (3, 5, 5, 4, 2):
            yield self._open(_OWN, days, Deeds())
        for number, days in enumerate((6, 6, 6, 7, 8, 9)):
            urges = (UrgeScript(self._town.officers[number % 2], 2.0 + number, promised_days=number % 3),)
            yield self._overdue(self._elsewhere(), days, Deeds(urges if days > 6 else ()))

    # -- notices in every state ----------------------------------------------------------------------------------

    def _notices(self) -> Iterator[Scene]:
        wang, li = self._town.officers
        chief = self._town.chief
        plan: tuple[tuple[Colleague, NoticeStop, float], ...] = (
            (wang, "submitted", 5.0),
            (li, "submitted", 3.0),
            (wang, "submitted", 9.5),
            (li, "submitted", 11.0),
            (chief, "submitted", 4.0),
            (chief, "submitted", 10.0),
            (wang, "returned", 12.0),
            (li, "returned", 14.0),
            (wang, "draft", 2.0),
            (li, "draft", 6.0),
            (chief, "draft", 1.0),
            (li, "withdrawn", 30.0),
            (li, "issued", 9.0),
            (li, "issued", 20.0),
            (wang, "issued", 15.0),
        )
        for number, (author, stop, ago) in enumerate(plan):
            days = 11 if stop in ("withdrawn", "issued") else 7 + number % 4
            yield self._overdue(self._elsewhere(), days, self._notice(author, stop, ago))
        for author, unit in ((wang, _OWN), (wang, ""), (li, ""), (li, ""), (chief, "")):
            scene = self._overdue(unit or self._elsewhere(), 14, self._notice(author, "replied", 62))
            scene.fate.late_s = int(4.6 * self._town.time.day_length)
            yield scene

    def _notice(self, author: Colleague, stop: NoticeStop, ago: float) -> Deeds:
        urges = (UrgeScript(author, ago + 5, promised_days=1, acknowledged=True),)
        return Deeds(urges, NoticeScript(author, ago, stop))

    # -- above the notice ----------------------------------------------------------------------------------------

    def _ladder(self) -> Iterator[Scene]:
        """What proposes a step, and every rung in some state: waiting for the chief, for the deputy, for the unit."""
        wang, li = self._town.officers
        for unit, author, days in ((_OWN, wang, 8), ("", li, 9), ("", wang, 10)):
            silent = (UrgeScript(author, 12.0, means="sms"), UrgeScript(author, 4.0, means="letter"))
            yield self._overdue(unit or self._elsewhere(), days, Deeds(silent))
        plan: tuple[tuple[str, Rung, Colleague, NoticeStop, float], ...] = (
            ("", "yellow_card", wang, "submitted", 6.0),
            (_OWN, "yellow_card", li, "issued", 14.0),
            ("", "yellow_card", wang, "replied", 30.0),
            ("", "yellow_card", li, "withdrawn", 30.0),
            ("", "red_card", wang, "submitted", 5.0),
            ("", "red_card", li, "issued", 12.0),
            ("", "bulletin", li, "submitted", 4.0),
            ("", "interview", li, "issued", 10.0),
            ("", "referral", wang, "draft", 2.0),
        )
        for unit, rung, author, stop, ago in plan:
            first = NoticeScript(author, ago + 20, "issued")
            urges = (
                UrgeScript(author, ago + 25, promised_days=1, acknowledged=True),
                UrgeScript(author, ago + 3, means="sms"),
            )
            step = NoticeScript(author, ago, stop, rung=rung)
            yield self._overdue(unit or self._elsewhere(), 14, Deeds(urges, first, steps=(step,)))
        urges = (UrgeScript(li, 9.0, means="sms"), UrgeScript(li, 3.0, means="sms"))
        yield self._overdue(self._elsewhere(), 13, Deeds(urges, NoticeScript(li, 40.0, "issued")))

    # -- findings in every state ---------------------------------------------------------------------------------

    def _findings(self) -> Iterator[Scene]:
        wang, li = self._town.officers
        chief = self._town.chief
        plan: tuple[tuple[str, Colleague, str, FindingState, float], ...] = (
            (_OWN, wang, "F01", "filed", 4.0),
            (_OWN, li, "F15", "filed", 9.0),
            (_OWN, wang, "F02", "acknowledged", 18.0),
            (_OWN, li, "F04", "replied", 30.0),
            (_OWN, wang, "F01", "rectifying", 42.0),
            (_OWN, li, "F07", "rectifying", 60.0),
            (_OWN, wang, "F17", "returned", 80.0),
            (_OWN, wang, "F03", "verified", 76.0),
            ("", wang, "F01", "replied", 28.0),
            ("", li, "F02", "replied", 32.0),
            ("", chief, "F10", "replied", 35.0),
            ("", li, "F06", "confirmed", 48.0),
            ("", wang, "F05", "rectified", 70.0),
            ("", li, "F09", "review_requested", 66.0),
            ("", wang, "F15", "withdrawn", 60.0),
            ("", wang, "F01", "draft", 3.0),
            ("", li, "F04", "draft", 1.5),
            ("", chief, "F17", "draft", 5.0),
            ("", li, "F90", "verified", 72.0),
        )
        for unit, author, code, stop, ago in plan:
            deeds = Deeds(findings=(FindingScript(author, ago, code, stop),))
            days = min(int(ago / 8.5) + 6, FURTHEST)
            yield self._visited_case(unit or self._elsewhere(), days, code, deeds)

    def _visited_case(self, unit: str, days: int, code: str, deeds: Deeds) -> Scene:
        """A case that was completed and visited before the finding was written."""
        scene = self._open(unit, days, deeds)
        scene.fate = Fate(0.5)
        scene.fate.visited = True
        if code in ("F01", "F02"):
            make_false(self._rng, scene.fate)
            scene.fate.pace = 0.3
            if code == "F02":
                scene.fate.answered = "not_contacted"
        elif code == "F10":
            scene.fate.answered = "pressed"
        elif code == "F04":
            scene.fate.template = True
        elif code == "F06":
            scene.fate.returns = 2
        elif code == "F07":
            scene.fate.late_s = int(1.2 * self._town.time.day_length)
        elif code == "F17":
            scene.wanted.repeats = 2
        return scene

    # -- return visits -------------------------------------------------------------------------------------------

    def _booked(self) -> Iterator[Scene]:
        """For each of the two: one call now, one within the hour, one in the afternoon, one in the evening."""
        for number, caller in enumerate(self._town.callers):
            for minutes in (-4 + 6 * number, 50 + 15 * number, 300 + 25 * number, 575 - 20 * number):
                script = Script(booked_in=minutes * MINUTE_S, assigned=caller)
                yield self._to_visit(9.0 + number, script)
            named = Script((Call(0, 9 * HOUR_S + 4 * MINUTE_S, "call_later"),), 75 * MINUTE_S + number * 900)
            yield self._to_visit(12.0, named)
            yield self._to_visit(10.0, Script(assigned=caller))

    def _waiting(self) -> Iterator[Scene]:
        """Second and third attempts, with a reason for every band; close to the limit, past it, never tried."""
        quarter = 15 * MINUTE_S
        once_afternoon = (Call(1, 15 * HOUR_S + quarter, "no_answer"),)
        once_morning = (Call(1, 10 * HOUR_S + 2 * quarter, "no_answer"),)
        once_evening = (Call(1, 19 * HOUR_S, "switched_off"),)
        late_then_afternoon = (Call(2, 19 * HOUR_S + quarter, "no_answer"), Call(1, 15 * HOUR_S, "busy"))
        two_mornings = (Call(1, 10 * HOUR_S, "no_answer"), Call(0, 9 * HOUR_S + 8 * MINUTE_S, "no_answer"))
        just_now = (Call(0, 9 * HOUR_S + 12 * MINUTE_S, "busy"),)
        plan: tuple[tuple[tuple[Call, ...], float, int], ...] = (
            (once_afternoon, 15.0, 4),
            (once_morning, 14.0, 3),
            (once_evening, 11.0, 2),
            (late_then_afternoon, 16.6, 4),
            (two_mornings, 13.0, 3),
            (just_now, 11.0, 2),
            ((), 20.0, 3),
            ((), 33.0, 2),
            ((), 8.0, 8),
        )
        for calls, done_ago, count in plan:
            for _ in range(count):
                yield self._to_visit(done_ago + 0.3 * self._rng.random(), Script(calls))
        for done_ago in (7.0, 13.0):
            yield self._to_visit(done_ago, Script(), types=("report",))

    def _together(self) -> Iterator[Scene]:
        """One person with three matters waiting, another with two."""
        for count in (3, 2):
            citizen = self._town.citizens.make(self._rng, legal=False)
            for number in range(count):
                scene = self._to_visit(12.0 - 2 * number, Script())
                scene.wanted.citizen = citizen
                yield scene

    def _to_visit(self, done_ago: float, script: Script, types: tuple[RequestType, ...] = _WORK) -> Scene:
        scene = self._open(self._elsewhere(), int(done_ago / 8.5) + between(self._rng, 4, 6), Deeds(), types)
        scene.fate.done_ago = done_ago
        scene.fate.visited = True
        scene.fate.script = script
        return scene

    # -- escalated, urgent, paused, secret -----------------------------------------------------------------------

    def _escalated(self) -> Iterator[Scene]:
        for unit, repeats in ((_OWN, 3), ("", 4), ("", 3), ("", 5), ("", 3), (_OWN, 4), ("", 3)):
            scene = self._open(unit or self._elsewhere(), 3, Deeds())
            scene.wanted.repeats = repeats
            yield scene
        for unit, days in ((_OWN, 7), ("", 8), ("", 9)):
            scene = self._open(unit or self._elsewhere(), days, Deeds())
            scene.fate = Fate(0.25)
            scene.fate.rework_after, scene.fate.held = 2, True
            yield scene
        for days in (1, 2, 3, 3, 4, 5):
            yield self._open(self._elsewhere(), days, Deeds(noted=True, note_by=self._town.chief))
        urgencies: tuple[tuple[Urgency, int, Deeds], ...] = (
            ("emergency", 15, Deeds()),
            ("emergency", 50, Deeds(report="submitted")),
            ("emergency", 95, Deeds(report="approved")),
            ("emergency", 150, Deeds(report="sent", noted=True)),
            ("urgent", 120, Deeds()),
            ("urgent", 1_500, Deeds(report="returned")),
        )
        for urgency, minutes, deeds in urgencies:
            yield self._urgent(urgency, minutes, deeds)

    def _urgent(self, urgency: Urgency, minutes: int, deeds: Deeds) -> Scene:
        tellings = [t for t in self._town.requests.tellings if _share_of(t, urgency) > 0.1]
        fate = Fate(0.98)
        wanted = Wanted(telling=one_of(self._rng, tellings), urgency=urgency)
        return Scene(self._town.now - minutes * MINUTE_S, wanted, fate, deeds)

    def _special(self) -> Iterator[Scene]:
        """What stands still: extension and return asked for, suspended; and what few may see."""
        for unit in (_OWN, "", ""):
            scene = self._open(unit or self._elsewhere(), 5, Deeds())
            scene.fate.extension, scene.fate.moved_ago = "granted", 0.3
            yield scene
        for unit in (_OWN, ""):
            scene = self._open(unit or self._elsewhere(), 5, Deeds())
            scene.fate.suspended, scene.fate.moved_ago = True, 11.0
            yield scene
        for unit in (_OWN, "", ""):
            scene = self._open(unit or self._elsewhere(), 1, Deeds())
            scene.fate.returns, scene.fate.moved_ago = 1, 0.15
            yield scene
        for days in (1, 2, 4):
            yield self._open(self._elsewhere(), days, Deeds(), ("report",))
        against = [t for t in self._town.requests.tellings if t.matter.against]
        for days in (1, 3):
            scene = self._open(_OWN, days, Deeds())
            scene.wanted.telling, scene.wanted.unit = one_of(self._rng, against), None
            yield scene
        confidential = self._open(_OWN, 2, Deeds())
        confidential.wanted.real_name = "confidential"
        yield confidential

    # -- making one ----------------------------------------------------------------------------------------------

    def _overdue(self, unit: str, days: int, deeds: Deeds) -> Scene:
        """A case received so long ago that its five working days are over, and the unit silent."""
        scene = self._open(unit, days, deeds)
        scene.fate.late_s = NEVER
        return scene

    def _open(self, unit: str, days: int, deeds: Deeds, types: tuple[RequestType, ...] = _WORK) -> Scene:
        """A case received ``days`` working days ago, in the morning or afternoon, that the unit works on."""
        town, rng = self._town, self._rng
        handler: Handler | None = town.world.units[unit]
        telling = self._telling(unit, types)
        if telling is None:
            handler, telling = None, self._any_telling(types)
        time = town.time.at(town.time.working_days_ago(town.now, days), between(rng, 9 * HOUR_S, 16 * HOUR_S))
        return Scene(time, Wanted(telling=telling, unit=handler), Fate(0.99), deeds)

    def _telling(self, unit: str, types: tuple[RequestType, ...]) -> Telling | None:
        kind = self._town.world.units[unit].kind
        key = "district" if kind in ("district", "county") else unit
        month = self._town.time.date_of(self._town.now).month
        fitting = [
            t
            for t in self._town.requests.tellings
            if t.request_type in types
            and key in (t.case.units or t.matter.units)
            and not (t.matter.against or t.matter.rural or t.urgency)
            and (not t.matter.months or month in t.matter.months)
        ]
        return one_of(self._rng, fitting) if fitting else None

    def _any_telling(self, types: tuple[RequestType, ...]) -> Telling:
        fitting = [
            t
            for t in self._town.requests.tellings
            if t.request_type in types and not (t.matter.against or t.matter.rural or t.urgency)
        ]
        return one_of(self._rng, fitting)

    def _elsewhere(self) -> str:
        """The units other than the liaison's, in turn."""
        self._turn += 1
        return _ELSEWHERE[self._turn % len(_ELSEWHERE)]


def _share_of(telling: Telling, urgency: Urgency) -> float:
    return telling.case.emergency if urgency == "emergency" else telling.case.urgent
