"""What citizens ask: matter, place, unit, requester and the words, drawn for one moment.

Says what comes in; what becomes of it is drawn in ``fates`` and played in ``lives``. The text that goes into a row is
redacted here; the text as it was told is kept apart in ``Request.secret``.
"""

from __future__ import annotations

import random

from desktop.models.domain.entities import Channel, Level, RealName, RequestType, Urgency
from desktop.models.domain.redaction import redact

from .chance import Lottery, between, one_of
from .citizens import Citizen, Citizens
from .corpus import Case, CityFile, Matter, Words, ends_with_a_wish
from .worktime import WorkTime
from .world import Area, Handler, Spot, World

MIN_TEXT = 40
_KNOWN_CITIZENS = 600
_NUMBERS = 1_009

_CHANNELS: Lottery[Channel] = Lottery(
    {"phone": 62, "wechat": 11, "app": 9, "web": 7, "mailbox": 5, "weibo": 2.5, "sms": 2, "letter": 1.5}
)
_REPORT_CHANNELS: Lottery[Channel] = Lottery(
    {"phone": 55, "letter": 12, "mailbox": 12, "web": 10, "app": 6, "wechat": 5}
)
_VOICES = {"phone": "recorded", "letter": "letter", "mailbox": "mailbox"}
_REAL_NAMES: dict[RequestType, Lottery[RealName]] = {
    "report": Lottery({"confidential": 45, "anonymous": 33, "real_name": 22}),
    "complaint": Lottery({"real_name": 94.5, "confidential": 4.5, "anonymous": 1}),
    "help": Lottery({"real_name": 98.5, "confidential": 1, "anonymous": 0.5}),
}
_OPEN_NAME: Lottery[RealName] = Lottery({"real_name": 99, "anonymous": 1})
_AGAIN = Lottery({1: 70.0, 2: 21.0, 3: 6.0, 4: 3.0})
_SHARE_AGAIN = 0.045
_SHARE_KNOWN = 0.03
_SHARE_EXTRA = 0.16
_SHARE_IDENTITY = 0.025
_REPEATED_TYPES = ("complaint", "help")


class Telling:
    """One case of a matter as one type of request, its texts ready to be filled."""

    __slots__ = (
        "address",
        "case",
        "category_id",
        "matter",
        "request_type",
        "shops",
        "unit_keys",
        "units",
        "urgency",
        "wish",
    )

    def __init__(self, matter: Matter, case: Case, request_type: RequestType, category_id: str) -> None:
        self.matter = matter
        self.case = case
        self.request_type: RequestType = request_type
        self.category_id = category_id
        units = case.units or matter.units
        self.units = Lottery(units)
        self.unit_keys = tuple(key for key in units if key != "district")
        self.shops = case.shop or matter.shop
        self.wish = ends_with_a_wish(case.text)
        self.address = _address_of(case.text)
        self.urgency = _urgency_of(case)


def _urgency_of(case: Case) -> Lottery[Urgency] | None:
    """How urgent a case may be; None = never."""
    shares: dict[Urgency, float] = {
        "normal": max(1 - case.urgent - case.emergency, 0.0),
        "urgent": case.urgent,
        "emergency": case.emergency,
    }
    if not case.urgent + case.emergency:
        return None
    return Lottery({urgency: share for urgency, share in shares.items() if share})


class Request:
    """One request. ``slots`` fill every text about it; ``repeats`` counts earlier ones of the same matter.

    ``earlier`` is the one it repeats. Once it has become a ticket, ``ticket_id`` is the one that stands for its matter,
    and ``done`` when that is said to be done, 0 = not yet.
    """

    __slots__ = (
        "address",
        "against",
        "area",
        "channel",
        "citizen",
        "done",
        "earlier",
        "level",
        "place_id",
        "real_name",
        "repeats",
        "request_type",
        "secret",
        "slots",
        "telling",
        "text",
        "ticket_id",
        "title",
        "unit",
        "urgency",
    )

    telling: Telling
    area: Area
    unit: Handler
    against: Handler | None
    citizen: Citizen | None
    channel: Channel
    real_name: RealName
    level: Level
    urgency: Urgency
    slots: dict[str, str]
    title: str
    text: str
    secret: str
    address: str
    place_id: str
    repeats: int
    request_type: RequestType
    earlier: Request | None
    ticket_id: str
    done: int


class Wanted:
    """What a scripted request must be; None leaves it to chance."""

    __slots__ = ("channel", "citizen", "real_name", "repeats", "telling", "unit", "urgency")

    def __init__(
        self,
        *,
        telling: Telling,
        unit: Handler | None = None,
        citizen: Citizen | None = None,
        repeats: int = 0,
        urgency: Urgency = "normal",
        channel: Channel | None = "phone",
        real_name: RealName | None = "real_name",
    ) -> None:
        self.telling = telling
        self.unit = unit
        self.citizen = citizen
        self.repeats = repeats
        self.urgency: Urgency = urgency
        self.channel: Channel | None = channel
        self.real_name: RealName | None = real_name


class RequestMaker:
    """Draws requests. Remembers some hundred recent citizens, who call again."""

    def __init__(self, world: World, citizens: Citizens, time: WorkTime) -> None:
        self.world = world
        self._citizens = citizens
        self._time = time
        self._words: Words = world.corpus.words
        self._numbers = _number_slots(world.corpus.city)
        self._known: list[Request] = []
        self._calls = 0
        self.tellings: list[Telling] = []
        seasons: dict[int, dict[Telling, float]] = {month: {} for month in range(1, 13)}
        for matter in world.corpus.matters:
            category_id = world.categories[f"/{matter.first}/{matter.category}"]
            told = [
                (Telling(matter, case, request_type, category_id), weight)
                for request_type, weight in matter.types.items()
                for case in matter.cases
                if not case.types or request_type in case.types
            ]
            total = sum(weight for _, weight in told)
            for telling, weight in told:
                self.tellings.append(telling)
                for month in matter.months or range(1, 13):
                    seasons[month][telling] = matter.weight * weight / total
        self._seasons = {month: Lottery(shares) for month, shares in seasons.items()}
        self._season = self._seasons[1]
        self._dates: tuple[str, ...] = ("",)

    def begin_day(self, day: int) -> None:
        """Say that the requests to come are received on office day ``day``: season and dates in texts follow it."""
        days = [self._time.date_of(self._time.at(day - back, 0)) for back in range(1, 7)]
        self._season = self._seasons[days[0].month]
        self._dates = tuple(f"{day.month}月{day.day}日" for day in days)

    def make(self, rng: random.Random, wanted: Wanted | None = None) -> Request:
        """A request of the day begun last."""
        r = Request()
        again = self._caller_again(rng) if wanted is None else None
        r.earlier, r.ticket_id, r.done = again, "", 0
        if again is not None:
            r.telling, r.area, r.unit, r.against = again.telling, again.area, again.unit, again.against
            r.citizen, r.real_name = again.citizen, again.real_name
            r.repeats = max(again.repeats + 1, _AGAIN.draw(rng))
            r.slots, r.address, r.place_id = again.slots, again.address, again.place_id
        else:
            self._draw_matter(rng, r, wanted)
            self._draw_requester(rng, r, wanted)
        r.request_type = r.telling.request_type
        channel = wanted.channel if wanted else None
        channels = _REPORT_CHANNELS if r.request_type == "report" else _CHANNELS
        r.channel = channel or channels.draw(rng)
        r.level = self._level_of(r)
        if wanted:
            r.urgency = wanted.urgency
        else:
            r.urgency = r.telling.urgency.draw(rng) if r.telling.urgency else "normal"
        self._write(rng, r)
        if r.citizen is not None and wanted is None and r.request_type in _REPEATED_TYPES:
            self._remember(r)
        return r

    def _remember(self, r: Request) -> None:
        if len(self._known) < _KNOWN_CITIZENS:
            self._known.append(r)
        else:
            self._known[self._calls % _KNOWN_CITIZENS] = r
        self._calls += 1

    def _caller_again(self, rng: random.Random) -> Request | None:
        if rng.random() >= _SHARE_AGAIN or len(self._known) < 20:
            return None
        return self._known[int(rng.random() * len(self._known))]

    def _draw_matter(self, rng: random.Random, r: Request, wanted: Wanted | None) -> None:
        r.telling = wanted.telling if wanted else self._season.draw(rng)
        matter = r.telling.matter
        unit = wanted.unit if wanted else None
        if unit is not None and unit.kind in ("district", "county"):
            r.area = next(area for area in self.world.areas if area.handler is unit)
        else:
            r.area = (self.world.rural_load if matter.rural else self.world.load).draw(rng)
        spot = one_of(rng, _spots_for(r.telling, r.area))
        key = unit.key if unit else r.telling.units.draw(rng)
        r.unit = r.area.handler if key == "district" else self.world.units[key]
        r.against = None
        if matter.against:
            named = [unit for unit in self.world.departments if unit.key != r.unit.key]
            r.against = one_of(rng, named)
        r.repeats = wanted.repeats if wanted else 0
        r.slots = self._slots(rng, r, spot)
        r.address = _without_doubled_district(r.telling.address.format_map(r.slots), r.slots["district"])
        r.place_id = spot.street_id if r.address else r.area.id

    def _slots(self, rng: random.Random, r: Request, spot: Spot) -> dict[str, str]:
        slots = spot.slots | one_of(rng, self._numbers)
        slots["date"] = one_of(rng, self._dates)
        slots["we"] = r.unit.we
        slots["unit_short"] = r.unit.short
        if r.against:
            slots["against"] = r.against.short
        if r.telling.shops:
            slots["shop"] = one_of(rng, r.telling.shops)
        return slots

    def _draw_requester(self, rng: random.Random, r: Request, wanted: Wanted | None) -> None:
        names = _REAL_NAMES.get(r.telling.request_type, _OPEN_NAME)
        r.real_name = (wanted.real_name if wanted else None) or names.draw(rng)
        if r.real_name == "anonymous":
            r.citizen = None
        elif wanted is not None and wanted.citizen is not None:
            r.citizen = wanted.citizen
        elif wanted is None and self._known and rng.random() < _SHARE_KNOWN:
            r.citizen = self._known[int(rng.random() * len(self._known))].citizen
        else:
            r.citizen = self._citizens.make(rng, legal=r.telling.matter.enterprise and rng.random() < 0.8)

    def _level_of(self, r: Request) -> Level:
        if r.request_type == "report":
            return "report"
        return "confidential" if r.real_name == "confidential" or r.against else "normal"

    def _write(self, rng: random.Random, r: Request) -> None:
        """Title and text: opening, the matter, what is added, what is wanted."""
        words, kind = self._words, r.request_type
        titles = r.telling.case.titles
        r.title = (titles[0] if len(titles) == 1 else one_of(rng, titles)).format_map(r.slots)
        voice = _VOICES.get(r.channel, "written")
        body = r.telling.case.text.format_map(r.slots)
        if r.repeats and voice == "recorded":
            parts = [one_of(rng, words.again["prefix"]), body]
        else:
            parts = [one_of(rng, words.opening[voice][kind]), body]  # type: ignore[index]
        if r.repeats:
            parts.append(one_of(rng, words.again["suffix"]).format(k=_NTH[min(r.repeats + 1, 9)]))
        elif kind in words.extra and not r.telling.matter.enterprise and rng.random() < _SHARE_EXTRA:
            parts.append(one_of(rng, words.extra[kind]))
        if not r.telling.wish:
            parts.append(one_of(rng, words.closing[kind]))
        r.text = "".join(parts)
        if len(r.text) < MIN_TEXT:
            r.text += one_of(rng, words.brief[kind])
        r.secret = ""
        if r.citizen is not None and rng.random() < _SHARE_IDENTITY:
            contact = r.citizen.contact
            line = one_of(rng, words.identity["recorded" if voice == "recorded" else "written"])
            r.secret = r.text + line.format(name=contact.name, phone=contact.phone)
            r.text = redact(r.secret, (contact.name,))


_NTH = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def _spots_for(telling: Telling, area: Area) -> tuple[Spot, ...]:
    """The spots of a district that a telling can be about."""
    if telling.matter.rural:
        return area.rural or area.spots
    if telling.case.age:
        return area.old if telling.case.age == "old" else area.new
    return area.spots


def _address_of(text: str) -> str:
    """The template of the address that a text speaks of first, "" where it speaks of none."""
    named = [(text.index(slot), i) for i, (slot, _) in enumerate(_ADDRESSES) if slot in text]
    return _ADDRESSES[min(named)[1]][1] if named else ""


_ADDRESSES = (
    ("{shop}", "{district}{road}{no}号{shop}"),
    ("{road}{no}号", "{district}{road}{no}号"),
    ("{compound}{bld}号楼", "{district}{street}{compound}{bld}号楼"),
    ("{compound}", "{district}{street}{compound}"),
    ("{school}", "{district}{school}"),
    ("{hospital}", "{district}{hospital}"),
    ("{clinic}", "{district}{clinic}"),
    ("{park}", "{district}{park}"),
    ("{market}", "{district}{market}"),
    ("{road}与{road2}", "{district}{road}与{road2}交叉口"),
    ("{road}", "{district}{road}"),
    ("{street}", "{district}{street}"),
)


def _without_doubled_district(address: str, district: str) -> str:
    doubled = district + district
    return address[len(district) :] if address.startswith(doubled) else address


def _number_slots(city: CityFile) -> list[dict[str, str]]:
    """Sets of everything that is counted, measured, timed or drawn at large: a ticket takes one set whole."""
    rng = random.Random("sample-city numbers")
    return [
        {
            "bld": str(between(rng, 1, 29)),
            "unit": str(between(rng, 1, 5)),
            "floor": str(between(rng, 3, 27)),
            "no": str(between(rng, 8, 390)),
            "n": one_of(rng, ("两", "三", "四", "五", "六", "七", "八")),
            "n2": one_of(rng, ("两", "三", "四", "五")),
            "nn": str(between(rng, 12, 61)),
            "yuan": str(between(rng, 18, 268) * 100),
            "small": str(between(rng, 58, 268)),
            "days": one_of(rng, ("三天", "四五天", "一周", "十来天", "半个月", "二十多天")),
            "months": one_of(rng, ("两个月", "三个月", "四个月", "半年", "大半年")),
            "night": one_of(
                rng, ("晚上十点多", "晚上十一点", "夜里十一点半", "凌晨", "凌晨一点", "凌晨两点")
            ),
            "morning": one_of(rng, ("早上五点半", "清晨六点", "早上六点", "清晨五点多")),
            "evening": one_of(rng, ("下午五点", "傍晚六点", "晚上六点", "晚上七点")),
            "bus": str(between(rng, 2, 99)),
            "company": f"云州{one_of(rng, city.company_words)}{one_of(rng, city.company_trades)}公司",
        }
        for _ in range(_NUMBERS)
    ]
