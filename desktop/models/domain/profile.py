"""The city's rule profile: every number that cities set differently, as versioned data served by the server.

No number of a rule stands in code elsewhere; the defaults live in ``resources/profile/default.toml``.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from .contradictions import SignRules
from .entities import RequestType, Rung, Severity, TicketState, UnitKind, Urgency
from .inspection_rules import InspectionRules, ReplyRules
from .ladder_rules import LadderRules
from .letters import LetterRules
from .visit_rules import VisitRules

ClockName = Literal["sign", "first_contact", "handling", "feedback", "visit"]
"""The five clocks of a ticket: 签收, 先行联系, 办理, 反馈, 回访."""
StartEvent = Literal["dispatch", "sign", "complete"]
LimitUnit = Literal["working_day", "natural_day", "hour"]
DayKind = Literal["working", "weekend", "holiday", "make_up"]


class Band(Struct, frozen=True):
    """A part of the day in office time, half open: ``start`` ≤ t < ``end``."""

    name: str
    start: time
    end: time

    def contains(self, local: datetime) -> bool:
        return self.start <= local.time() < self.end


class CalendarData(Struct, frozen=True, kw_only=True, dict=True):
    """Days that differ from the plain week, with the last year that has been announced.

    ``days_off`` and ``make_up_days`` are the country's as announced; ``city_days_off`` and ``city_working_days`` are
    the city's own table, which goes before them. Each day with the name of its holiday or reason.
    """

    days_off: dict[date, str] = {}
    make_up_days: dict[date, str] = {}
    announced_until: int
    city_days_off: dict[date, str] = {}
    city_working_days: dict[date, str] = {}

    @cached_property
    def moved(self) -> tuple[list[date], list[int]]:
        """The days that break the plain week, in order, and the working days gained before each and after the last."""
        worked = (self.make_up_days.keys() - self.city_days_off.keys()) | self.city_working_days.keys()
        off = ((self.days_off.keys() - self.make_up_days.keys()) | self.city_days_off.keys()) - worked
        gained = {day for day in worked if day.weekday() >= 5}
        days = sorted(gained | {day for day in off if day.weekday() < 5})
        return days, list(accumulate((1 if day in gained else -1 for day in days), initial=0))


class DeadlineRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """(clock, request type, urgency, unit kind) → limit. ``None`` matches anything; the first match wins."""

    name: str
    limit: int
    unit: LimitUnit = "working_day"
    request_type: RequestType | None = None
    urgency: Urgency | None = None
    unit_kind: UnitKind | None = None
    start_event: StartEvent = "dispatch"
    start_day_counts: bool = False
    clock: ClockName = "handling"
    rework: bool | None = None
    """True: only for a ticket that was sent back to be done again; False: only for one that was not."""
    cut_off: time | None = None
    """What comes at or after this hour, or on a day off, is taken as come on the next working day."""
    due_on_working_day: bool = True
    """A limit in natural days that would end on a day off ends on the working day after it."""
    pause_states: tuple[TicketState, ...] = ("suspended",)
    """Time in these states is not counted. (While an extension is decided no limit is called overdue either.)"""
    extensions: int | None = None
    """How often it may be extended; None = the city sets no number."""
    extension_days: int | None = None
    """Working days that one extension may add at most; None = the city sets no number."""


class StageLimits(Struct, frozen=True, kw_only=True):
    """Limits in working days where no rule of a clock matches, and of what is no clock of a ticket."""

    sign_days: int
    first_contact_days: int
    visit_days: int
    rework_days: int
    notice_reply_days: int
    feedback_days: int = 0
    """0: the city asks for no feedback that could be late."""


class AttemptPolicy(Struct, frozen=True, kw_only=True):
    """When a citizen may be called, and how often before the visit is called unreachable.

    ``daily_goal`` is how many visits a caller completes on an ordinary day; 0 = the office sets none.
    """

    attempts: int
    min_days: int
    min_bands: int
    gap_hours: float
    bands: tuple[Band, ...]
    citizen_named: Band
    on_holidays: bool = False
    daily_goal: int = 0


class LeasePolicy(Struct, frozen=True, kw_only=True):
    """Seconds and hours of the return-visit lease."""

    ttl_s: int = 180
    renew_s: int = 60
    margin_s: int = 15
    dialling_s: int = 1800
    rest_hours: int = 24
    block_visits: int = 20
    block_hours: int = 8


class EscalationRule(Struct, frozen=True, kw_only=True):
    """What makes a ticket escalated (重点工单) besides supervision, a card or a leader's note."""

    rework: int
    repeats: int


class Choice(Struct, frozen=True):
    """A code with its words in both languages."""

    code: str
    zh: str
    en: str

    def words(self, language: str) -> str:
        """``language`` is "zh" or "en"."""
        return self.zh if language.startswith("zh") else self.en


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question. ``field`` names the member of Answers it fills; ``when`` = field → codes that ask it."""

    field: str
    zh: str
    en: str
    choices: tuple[Choice, ...] = ()
    required: bool = True
    when: dict[str, tuple[str, ...]] = {}
    level: str = ""

    def words(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class Questionnaire(Struct, frozen=True, kw_only=True):
    """A versioned questionnaire in its fixed neutral order."""

    version: str
    opening_zh: str
    opening_en: str
    questions: tuple[Question, ...]


class DispatchEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the dispatch catalogue (派单目录): whose matter a category is.

    ``unit_id`` "" = the district or county that the place lies in (属地). A category stands for those below it that
    have no line of their own. ``ground`` says by what document.
    """

    category_id: str
    unit_id: str = ""
    ground: str = ""


class FindingCode(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A finding code with the severity it starts with; ``good`` = good practice, of which nothing is put right."""

    code: str
    zh: str
    en: str
    severity: Severity = "ordinary"
    good: bool = False

    def words(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class RuleProfile(Struct, frozen=True, kw_only=True):
    """One version of a city's rules, in force from ``effective_from`` (office date)."""

    version: int
    effective_from: date
    city_zh: str
    city_en: str
    timezone: str
    work_start: time
    work_end: time
    due_soon_hours: int
    calendar: CalendarData
    deadlines: tuple[DeadlineRule, ...]
    stages: StageLimits
    attempts: AttemptPolicy
    lease: LeasePolicy
    escalation: EscalationRule
    questionnaire: Questionnaire
    dissatisfaction_reasons: tuple[Choice, ...]
    finding_codes: tuple[FindingCode, ...]
    rectify_days: dict[Severity, int]
    reveal_purposes: tuple[Choice, ...]
    reveals_per_hour: int
    reveal_seconds: int
    report_ask_minutes: int = 60
    """How long a request to see behind a report waits for a second person."""
    report_agreed_minutes: int = 10
    """How long the first may use what the second agreed to."""
    notice_series: str
    finding_series: str = ""
    """Like ``notice_series``: "{year}" and "{n}" are filled in; "" = findings have no numbers."""

    guidance_series: str = ""
    """The same for letters of guidance (提醒函); a tip (工作提示) has none."""
    breaks: tuple[Band, ...] = ()
    """Parts of a working day in which the office rests, within its hours: the lunch break."""
    recovery_key: str = ""
    """X25519 public key, base64: what a wiped desktop had not sent is sealed to it; "" = it is destroyed."""
    report_series: str = ""
    """Like ``notice_series``, of urgent reports."""
    dispatch: tuple[DispatchEntry, ...] = ()
    """The dispatch catalogue: a review of a return shows what it says."""
    emergency_categories: tuple[str, ...] = ()
    """Categories whose urgent tickets are emergencies, with all below them: water, gas, power, heat, …"""
    letters: LetterRules = LetterRules()
    signs: SignRules = SignRules()
    ladder: LadderRules = LadderRules()
    visits: VisitRules = VisitRules()
    inspections: InspectionRules = InspectionRules()
    replies: ReplyRules = ReplyRules()

    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """``moment`` in office time."""
        return moment.astimezone(self.zone())

    def reply_days(self, rung: Rung) -> int:
        """Working days that a unit has to explain itself to an act of this rung."""
        rule = self.ladder.rule(rung)
        return rule.reply_days if rule is not None and rule.reply_days else self.stages.notice_reply_days

    def series_of(self, rung: Rung) -> str:
        """The form of the numbers of this rung, "" = it has none."""
        rule = self.ladder.rule(rung)
        if rule is not None and rule.series:
            return rule.series
        return self.notice_series if rung == "notice" else ""

    def finding_code(self, code: str) -> FindingCode | None:
        return next((c for c in self.finding_codes if c.code == code), None)


def day_after(day: date) -> date:
    """The next natural day."""
    return day + timedelta(days=1)
