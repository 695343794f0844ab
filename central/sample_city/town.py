"""What every part of the generator shares while one city is made: the world, the calendar, the clock's now, the words.

Holds; decides nothing.
"""

from __future__ import annotations

from desktop.models.domain.clocks import Situation, rule_of
from desktop.models.domain.entities import UnitKind
from desktop.models.domain.profile import Band, ClockName, DeadlineRule, RuleProfile

from .citizens import Citizens
from .corpus import Lines, Words
from .ids import Ids
from .requests import Request, RequestMaker
from .worktime import HOUR_S, MINUTE_S, WorkTime
from .world import Handler, World

_TYPE_WORDS = {
    "consultation": "咨询",
    "help": "求助",
    "complaint": "投诉",
    "report": "举报",
    "suggestion": "意见建议",
    "praise": "表扬",
}
_CHANNEL_WORDS = {
    "phone": "电话",
    "mailbox": "市长信箱",
    "sms": "短信",
    "app": "移动客户端",
    "weibo": "微博",
    "wechat": "微信",
    "web": "网站",
    "letter": "来信",
}
_UNIT_WORDS = {"working_day": "个工作日", "natural_day": "天", "hour": "小时"}


class Town:
    """One city in the making. ``now`` is the as-of time in seconds since 1970: nothing happens after it."""

    def __init__(
        self, world: World, profile: RuleProfile, time: WorkTime, ids: Ids, *, now: int, seed: int
    ) -> None:
        self.world = world
        self.profile = profile
        self.time = time
        self.ids = ids
        self.now = now
        self.now_work = time.to_work(now)
        self.words: Words = world.corpus.words
        self.citizens = Citizens(world, ids, offset=seed * 1_000_003 % 100_000_007)
        self.requests = RequestMaker(world, self.citizens, time)
        self.prefix = world.corpus.city.number_prefix
        self.officers = tuple(world.colleague(login) for login in ("wangmin", "liqiang"))
        self.chief = world.colleague("chenlixin")
        self.deputy = world.colleague("zhouwentao")
        self.callers = tuple(world.colleague(login) for login in ("zhaolina", "sunqian"))
        self.liaison = world.colleague("liujianjun")
        self.liaison_unit = self.liaison.person.unit_ids[0]
        self.bands = tuple(_in_seconds(band) for band in profile.attempts.bands)
        self._rules: dict[tuple[ClockName, str, str, UnitKind, bool], DeadlineRule] = {}
        self._lines: dict[tuple[str, str], Lines] = {}
        self.said = {key: self.words.lines("timeline", key) for key in self.words.timeline}

    def lines(self, section: str, key: str) -> Lines:
        """A list of sentences of ``words.toml``."""
        found = self._lines.get((section, key))
        if found is None:
            found = self._lines[section, key] = self.words.lines(section, key)
        return found

    def line(self, section: str, key: str) -> str:
        """The one sentence of a list of one."""
        return self.lines(section, key)[0]

    def rule_of(
        self, request: Request, unit: Handler, clock: ClockName = "handling", *, rework: bool = False
    ) -> DeadlineRule:
        """The rule of a request's clock at a unit, as the profile has it.

        Raises ``LookupError`` where it has none: the default profile limits every clock.
        """
        key = (clock, request.request_type, request.urgency, unit.kind, rework)
        known = self._rules.get(key)
        if known is not None:
            return known
        rule = rule_of(
            self.profile,
            clock,
            Situation(
                request_type=request.request_type, urgency=request.urgency, unit_kind=unit.kind, rework=rework
            ),
        )
        if rule is None:
            raise LookupError(f"the rules of the city set no limit for {key}")
        self._rules[key] = rule
        return rule

    def speaker_of(self, unit: Handler, staff: str) -> str:
        """Who answers the office for a unit: its liaison where it has one among the seven, else one of its staff."""
        return self.liaison.name if unit.id == self.liaison_unit else staff

    @staticmethod
    def type_word(code: str) -> str:
        """A request type in Chinese."""
        return _TYPE_WORDS[code]

    @staticmethod
    def channel_word(code: str) -> str:
        """A channel in Chinese."""
        return _CHANNEL_WORDS[code]

    @staticmethod
    def limit_words(limit: int, unit: str) -> str:
        """The words of a limit, such as 5个工作日."""
        return f"{limit}{_UNIT_WORDS[unit]}"


def _in_seconds(band: Band) -> tuple[int, int]:
    return (
        band.start.hour * HOUR_S + band.start.minute * MINUTE_S,
        band.end.hour * HOUR_S + band.end.minute * MINUTE_S,
    )
