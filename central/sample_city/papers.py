"""What the sample city's office wrote that belongs to no case: guidance with its receipts, and views it shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from desktop.models.domain.entities import Guidance, GuidanceReceipt, ListQuestion, Row, View

from .world import World, stable_id

REMINDERS = 1
"""Letters among them that have a number."""

_HEAT = ("reli", "ranqi", "yunxi")
_ROADS = ("jiaotong", "chengguan")


def papers(world: World, now: datetime, series: str) -> Iterator[Row]:
    """The rows; ``series`` numbers the letters. What was sent is some hours or days old at ``now``."""
    author, other = world.colleague("wangmin").person, world.colleague("liqiang").person
    chief = world.colleague("chenlixin").person
    heat = tuple(world.units[key].id for key in _HEAT)
    roads = tuple(world.units[key].id for key in _ROADS)
    letter = Guidance(
        id=stable_id("guidance", "heat"),
        kind="reminder",
        number=series.format(year=now.year, n=1) if series else "",
        title="关于做好供暖季末诉求办理的提醒函",
        text="近期供暖类诉求集中，部分工单临近时限未先行联系诉求人。请逐件梳理在办工单，确保先行联系和按期答复，不得以临近停暖为由提前办结。",
        unit_ids=heat,
        by_id=author.id,
        by_name=author.name,
        at=now - timedelta(days=3, hours=19),
    )
    tip = Guidance(
        id=stable_id("guidance", "roads"),
        title="工作提示：雨后路面积水、井盖松动集中排查",
        text="本周有连续降雨。请对近三个月反复投诉的点位提前排查，处置情况在工单中附现场照片。",
        unit_ids=roads,
        by_id=other.id,
        by_name=other.name,
        at=now - timedelta(hours=20),
    )
    yield letter
    yield tip
    yield GuidanceReceipt(
        id=stable_id("guidance", "heat-read"),
        guidance_id=letter.id,
        unit_id=heat[0],
        text="已布置，今日完成梳理。",
        by_id="",
        by_name=world.units[_HEAT[0]].staff[1],
        at=now - timedelta(days=3, hours=17),
    )
    for place, (name, question, group) in enumerate(
        (
            ("供暖供气", ListQuestion(queue="open", unit_ids=heat), "unit"),
            ("逾期按区县", ListQuestion(queue="overdue"), "place"),
        ),
        1,
    ):
        yield View(
            id=stable_id("view", name),
            name=name,
            author_id=chief.id,
            author_name=chief.name,
            shared=True,
            question=question,
            whole_city=True,
            group_by="unit" if group == "unit" else "place",
            place=place,
            shortcut=place,
            created_at=now - timedelta(days=9),
        )
