"""A city of any number of cases, written straight into a server's database: what the growth curves are measured on.

Seeded and quick (a million cases in about a minute): no fate is played, rows are drawn from a few hundred phrases with
the shares of a real office (about 4 % open, one in ten of those overdue). Ids are UUIDv7 in the order of arrival, as
the contract asks for. Only for databases that no desktop has signed in to: there is no log of what is written here.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from central.installation import open_database
from central.row_columns import columns_of
from central.tables import entity, entity_indexes
from desktop.models.domain.entities import (
    Category,
    Place,
    Row,
    Ticket,
    TimelineEntry,
    Unit,
    Urge,
    Visit,
    key_of,
    ticket_id_of,
)

_PER_DAY = 3000
_OPEN = 0.04
_BATCH = 20_000
_PLACES_WHERE = (
    "小区东门",
    "地铁站口",
    "菜市场旁",
    "学校门前",
    "河堤步道",
    "公交站台",
    "物业服务中心",
    "社区医院",
)
_MATTERS = (
    ("噪音扰民", "夜间施工持续到凌晨，窗户关上仍然听得很清楚，老人和孩子无法入睡"),
    ("路灯不亮", "连续三盏路灯损坏，晚上经过时看不清台阶，已有人摔倒"),
    ("垃圾未清运", "垃圾桶满溢多日，污水流到路面，气味很大"),
    ("供暖不足", "室内温度长期只有十五度，向供热公司反映后没有人上门测温"),
    ("违章停车", "消防通道被占用，多次劝说无效，担心出事时车辆进不来"),
    ("自来水浑浊", "早晨放出的水发黄，静置后有沉淀，不敢饮用"),
    ("井盖破损", "井盖边缘断裂，车辆经过时下陷，存在安全隐患"),
    ("拖欠工资", "工程完工已两个月，二十余名工人的工资至今没有结清"),
    ("公交班次减少", "早高峰候车超过四十分钟，学生和上班的人都挤不上车"),
    ("办证进度查询", "材料提交后超过承诺时限，窗口答复说还在审核"),
    ("树木倒伏", "大风过后一棵行道树倒在人行道上，行人只能绕到机动车道"),
    ("电梯故障", "楼里唯一的电梯停运一周，高层的老人下不了楼"),
)
_ASKS = (
    "请尽快派人查看",
    "希望给出明确的处理时间",
    "要求责任单位书面答复",
    "请协调相关部门一并解决",
    "此前反映过一次没有结果",
)
_ANSWERS = (
    "已到现场核实并整改完毕",
    "已联系来电人说明情况",
    "已列入本月维修计划",
    "经核查情况属实，责令限期整改",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡"
_CHANNELS = ("phone", "phone", "phone", "mailbox", "app", "wechat", "web")
_TYPES = ("help", "help", "complaint", "complaint", "consultation", "suggestion", "report", "praise")
_OPEN_STATES = ("received", "dispatched", "signed", "handling", "handling", "handling", "suspended")


def fill_city(database: Path, *, tickets: int, now: datetime, seed: int = 12345) -> int:
    """Makes the server's database at ``database`` with that many cases up to ``now``; how many rows it has then."""
    rng = random.Random(seed)
    open_database(str(database), random.SystemRandom()).close()
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            connection.execute(f"PRAGMA {pragma}")
        kept = {
            index.name: connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (index.name,)
            ).fetchone()[0]
            for index in entity_indexes
        }
        for name in kept:
            connection.execute(f"DROP INDEX {name}")
        rows = _write(connection, city_rows(rng, tickets, now))
        for statement in kept.values():
            connection.execute(statement)
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    return rows


def _write(connection: sqlite3.Connection, rows: Iterator[tuple[Row, Ticket | None]]) -> int:
    names = [column.name for column in entity.columns]
    marks = ", ".join(f":{name}" for name in names)
    statement = f"INSERT INTO entity ({', '.join(names)}) VALUES ({marks})"
    count = 0
    waiting: list[dict[str, Any]] = []
    for row, ticket in rows:
        waiting.append(columns_of(row, ticket))
        if len(waiting) >= _BATCH:
            count += _flush(connection, statement, waiting)
    return count + _flush(connection, statement, waiting)


def _flush(connection: sqlite3.Connection, statement: str, waiting: list[dict[str, Any]]) -> int:
    count = len(waiting)
    connection.execute("BEGIN")
    connection.executemany(statement, waiting)
    connection.execute("COMMIT")
    waiting.clear()
    return count


def city_rows(rng: random.Random, tickets: int, now: datetime) -> Iterator[tuple[Row, Ticket | None]]:
    """The reference rows, then each ticket and its children: (row, the ticket it belongs to or is)."""
    units = [
        Unit(
            id=f"unit-{n:03}", version=1, name=f"第{n}承办单位", short_name=f"{n}单位", pinyin=f"danwei dw{n}"
        )
        for n in range(40)
    ]
    categories = [Category(id=f"category-{n:03}", version=1, name=f"事项{n}") for n in range(60)]
    places = [Place(id=f"place-{n:03}", version=1, name=f"第{n}区") for n in range(20)]
    for reference in (*units, *categories, *places):
        yield reference, None
    span = timedelta(days=max(30.0, tickets / _PER_DAY))
    first = now - span
    open_from = tickets - max(1, round(tickets * _OPEN))
    for number in range(tickets):
        received = (first + span * (number / tickets)).replace(microsecond=0)
        is_open = (number >= open_from and rng.random() < 0.9) or rng.random() < _OPEN / 20
        ticket = _ticket(rng, number, received, now, is_open=is_open)
        yield ticket, ticket
        for child in _children(rng, ticket, is_open=is_open):
            assert ticket_id_of(child) == ticket.id, key_of(child)
            yield child, ticket


def _ticket(rng: random.Random, number: int, received: datetime, now: datetime, *, is_open: bool) -> Ticket:
    matter, story = _MATTERS[below(rng, len(_MATTERS))]
    where = _PLACES_WHERE[below(rng, len(_PLACES_WHERE))]
    road, door = below(rng, 400), 1 + below(rng, 900)
    ask = _ASKS[below(rng, len(_ASKS))]
    due = received + timedelta(hours=24 + below(rng, 216))
    if is_open:  # one in ten is late, whenever it came
        late = rng.random() < 0.1
        due = now + timedelta(minutes=-1 - below(rng, 9000) if late else 60 + below(rng, 9000))
    done = None if is_open else min(now, received + timedelta(hours=4 + below(rng, 256)))
    return Ticket(
        id=new_id(rng, received),
        version=1 + below(rng, 4),
        number=f"{received:%Y%m%d}{number:08d}",
        title=f"{road}路{door}号{where}{matter}",
        request_type=_TYPES[below(rng, len(_TYPES))],  # type: ignore[arg-type]  # the tuple's words are the literal's
        channel=_CHANNELS[below(rng, len(_CHANNELS))],  # type: ignore[arg-type]
        state=_OPEN_STATES[below(rng, len(_OPEN_STATES))] if is_open else "archived",  # type: ignore[arg-type]
        request_text=f"来电人反映：{road}路{door}号{where}，{story}。{ask}。",
        urgency="urgent" if rng.random() < 0.05 else "normal",
        category_id=f"category-{below(rng, 60):03}",
        unit_id=f"unit-{below(rng, 40):03}",
        place_id=f"place-{below(rng, 20):03}",
        address=f"{road}路{door}号",
        requester_label=f"{_SURNAMES[below(rng, len(_SURNAMES))]}{'先生' if rng.random() < 0.5 else '女士'}",
        phone_tail=f"{below(rng, 10_000):04}",
        contact_id=f"contact-{below(rng, 10**8):08}",
        received_at=received,
        dispatched_at=received + timedelta(minutes=12),
        due_at=due,
        completed_at=done,
        archived_at=done,
        rework=1 if rng.random() < 0.02 else 0,
        repeats=below(rng, 4) if rng.random() < 0.05 else 0,
        supervised=rng.random() < 0.01,
        unit_answer="" if is_open else _ANSWERS[below(rng, len(_ANSWERS))],
    )


def _children(rng: random.Random, ticket: Ticket, *, is_open: bool) -> Iterator[Row]:
    if is_open or rng.random() < 0.1:
        at = ticket.received_at + timedelta(minutes=12)
        yield TimelineEntry(
            id=new_id(rng, at), version=1, ticket_id=ticket.id, at=at, kind="dispatched", actor="受理员",
            unit_id=ticket.unit_id, text="派发至承办单位",
        )  # fmt: skip
    if is_open and rng.random() < 0.15:
        at = ticket.received_at + timedelta(hours=5)
        yield Urge(
            id=new_id(rng, at), version=1, ticket_id=ticket.id, unit_id=ticket.unit_id, means="phone", at=at,
            promised_at=at + timedelta(days=1), text="请按时限办理", by_id="someone", by_name="督办员",
            acknowledged_at=at + timedelta(hours=1) if rng.random() < 0.5 else None,
        )  # fmt: skip
    if not is_open and ticket.completed_at is not None and rng.random() < 0.1:
        at = ticket.completed_at
        yield Visit(
            id=new_id(rng, at), version=1, ticket_id=ticket.id, unit_id=ticket.unit_id,
            contact_id=ticket.contact_id, state="completed", opened_at=at, completed_at=at, valid=True,
        )  # fmt: skip


def below(rng: random.Random, end: int) -> int:
    """A whole number from 0 and below ``end``; several times quicker than ``randrange``."""
    return int(rng.random() * end)


def new_id(rng: random.Random, at: datetime) -> str:
    """A UUIDv7 of that moment."""
    tail = f"{rng.getrandbits(74):019x}"
    ms = f"{int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000):012x}"
    return f"{ms[:8]}-{ms[8:]}-7{tail[:3]}-{'89ab'[int(tail[3], 16) & 3]}{tail[4:7]}-{tail[7:]}"
