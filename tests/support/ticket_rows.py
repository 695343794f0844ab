"""A seeded small city of tickets with everything a list can show, for tests of lists and for looking at screens.

All of it is fictional. The same seed gives the same rows; times count from ``builders.NOW``.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from desktop.models.domain.entities import (
    Answers,
    Category,
    Place,
    Row,
    Ticket,
    TicketState,
    Unit,
    Urge,
    Visit,
)

from .builders import (
    NOW,
    OFFICER,
    make_finding,
    make_notice,
    make_ticket,
    make_timeline_entry,
    make_urge,
    make_visit,
    reference_rows,
)

UNITS: tuple[tuple[str, str, str], ...] = (
    ("u-urban", "云州市城市管理局", "市城管局"),
    ("u-heat", "云州热力集团有限公司", "热力集团"),
    ("u-water", "云州水务集团有限公司", "水务集团"),
    ("u-traffic", "云州市交通运输局", "市交通局"),
    ("u-police", "云州市公安局交通警察支队", "市交警支队"),
    ("u-house", "云州市住房和城乡建设局", "市住建局"),
    ("u-labour", "云州市人力资源和社会保障局", "市人社局"),
    ("u-market", "云州市市场监督管理局", "市市场监管局"),
    ("u-edu", "云州市教育局", "市教育局"),
    ("u-health", "云州市卫生健康委员会", "市卫健委"),
    ("u-east", "云东区人民政府", "云东区"),
    ("u-port", "临港区人民政府", "临港区"),
)
DISTRICTS: tuple[tuple[str, str], ...] = (
    ("d-yundong", "云东区"),
    ("d-yunxi", "云西区"),
    ("d-lingang", "临港区"),
    ("d-beihu", "北湖区"),
    ("d-nanshan", "南山县"),
)
MATTERS: tuple[tuple[str, str, str], ...] = (
    (
        "小区北门夜间施工噪音扰民",
        "c-noise",
        "市民反映每晚十点后工地仍在施工，泵车噪音很大，影响老人和孩子休息，希望尽快处理。",
    ),
    (
        "供暖温度不足，室内仅十五度",
        "c-heat",
        "家中供暖温度一直不足，多次联系热力公司没有解决，家中有八十岁老人。",
    ),
    ("路口红绿灯故障，早高峰拥堵", "c-road", "市民反映该路口红绿灯故障三天，早高峰十分拥堵，存在安全隐患。"),
    ("公交车站牌缺失，老人候车不便", "c-bus", "市民反映公交站牌倒伏后一直没有恢复，老人看不到线路信息。"),
    (
        "自来水发黄有异味",
        "c-water",
        "市民反映近一周自来水发黄并有异味，不敢饮用，希望水务部门检测并公布结果。",
    ),
    ("拖欠工资三个月，要求协调", "c-wage", "来电人称所在公司拖欠十二名工人三个月工资，要求协调发放。"),
    ("餐饮店油烟直排居民楼", "c-smoke", "楼下餐饮店油烟直排，居民不敢开窗，多次投诉后短暂整改又恢复原状。"),
    (
        "企业办理消防验收材料反复退回",
        "c-business",
        "企业称消防验收材料四次被退回，每次理由不同，希望一次性告知。",
    ),
    ("共享单车占用盲道", "c-road", "盲道长期被共享单车占用，视障人士无法通行。"),
    ("物业公司擅自停用电梯", "c-house", "物业以检修为由停用电梯两周，高层老人无法下楼。"),
    ("学校门口放学时段秩序混乱", "c-edu", "放学时段车辆乱停，学生横穿马路，希望交警和学校共同维护。"),
    ("医院挂号窗口排队时间过长", "c-health", "早上七点排队到十一点仍未挂到号，希望增开窗口。"),
)
CATEGORIES: tuple[tuple[str, str, str], ...] = (
    ("c-city", "城乡建设", ""),
    ("c-life", "民生服务", ""),
    ("c-biz", "企业与营商环境", ""),
    ("c-noise", "施工噪声", "c-city"),
    ("c-road", "道路与交通设施", "c-city"),
    ("c-smoke", "油烟污染", "c-city"),
    ("c-house", "物业管理", "c-city"),
    ("c-heat", "供暖", "c-life"),
    ("c-water", "供水水质", "c-life"),
    ("c-bus", "公共交通", "c-life"),
    ("c-wage", "劳动保障", "c-life"),
    ("c-edu", "教育", "c-life"),
    ("c-health", "医疗", "c-life"),
    ("c-business", "行政审批", "c-biz"),
)
_TYPES = ("consultation", "help", "help", "complaint", "complaint", "report", "suggestion", "praise")
_CHANNELS = ("phone", "phone", "phone", "mailbox", "sms", "app", "weibo", "wechat", "web", "letter")
_SURNAMES = "张王李赵刘陈杨黄周吴徐孙马朱胡林郭何高罗"


def reference() -> Iterator[Row]:
    """Units, districts with a street each, the category tree, the people."""
    yield from reference_rows()
    for unit_id, name, short in UNITS:
        yield Unit(id=unit_id, version=1, name=name, short_name=short)
    for place_id, name in DISTRICTS:
        yield Place(id=place_id, version=1, name=name)
        yield Place(id=f"{place_id}-s1", version=1, name=f"{name}一街道", kind="street", parent_id=place_id)
    for category_id, name, parent in CATEGORIES:
        yield Category(
            id=category_id, version=1, name=name, parent_id=parent, enterprise=category_id == "c-biz"
        )


def tickets(count: int, seed: int = 1, now: datetime = NOW) -> Iterator[Row]:
    """``count`` tickets, each followed by its children; states, due times and extras drawn from ``seed``."""
    rng = random.Random(seed)
    for number in range(count):
        ticket = _ticket(rng, number, now)
        yield ticket
        yield from _children(rng, ticket, now)


def _ticket(rng: random.Random, number: int, now: datetime) -> Ticket:
    title, category, text = rng.choice(MATTERS)
    state: TicketState = rng.choice(
        ("dispatched", "signed", "first_contacted", "handling", "handling", "handling", "suspended",
         "extension_pending", "completed", "to_visit", "archived", "archived")
    )  # fmt: skip
    received = now - timedelta(hours=rng.randint(3, 400))
    ended = state in ("completed", "to_visit", "archived")
    due: datetime | None = (received + timedelta(hours=rng.randint(8, 300))).replace(minute=30, second=0)
    fields: dict[str, Any] = {
        "id": f"t-{seed_of(number)}",
        "number": f"YZ-2024-{118000 + number}",
        "title": title if rng.random() < 0.9 else f"{title}（{number}）",
        "request_type": rng.choice(_TYPES),
        "channel": rng.choice(_CHANNELS),
        "state": state,
        "request_text": text,
        "urgency": rng.choices(("normal", "urgent", "emergency"), (90, 8, 2))[0],
        "level": rng.choices(("normal", "confidential", "report"), (94, 4, 2))[0],
        "category_id": category,
        "unit_id": rng.choice(UNITS)[0],
        "assist_unit_ids": (rng.choice(UNITS)[0],) if rng.random() < 0.2 else (),
        "place_id": rng.choice(DISTRICTS)[0] + rng.choice(("", "-s1")),
        "enterprise": category == "c-business",
        "requester_label": rng.choice(_SURNAMES) + rng.choice(("女士", "先生")),
        "phone_tail": f"{rng.randint(0, 9999):04}",
        "received_at": received,
        "dispatched_at": received + timedelta(hours=1),
        "signed_at": received + timedelta(hours=3) if state != "dispatched" else None,
        "first_contact_at": received + timedelta(hours=5) if state not in ("dispatched", "signed") else None,
        "sign_due_at": received + timedelta(hours=25),
        "first_contact_due_at": received + timedelta(hours=26),
        "completed_at": received + timedelta(hours=90) if ended else None,
        "due_at": due if rng.random() < 0.97 else None,
        "due_provisional": rng.random() < 0.03,
        "paused_at": now - timedelta(hours=5) if state in ("suspended", "extension_pending") else None,
        "rework": rng.choices((0, 1, 2), (90, 7, 3))[0],
        "repeats": rng.choices((0, 1, 3), (90, 7, 3))[0],
        "noted_by_leader": rng.random() < 0.02,
        "unit_answer": "经现场核查，已责令施工单位停止夜间施工，并安排专人夜间巡查。" if ended else "",
    }
    return make_ticket(**fields)


def seed_of(number: int) -> str:
    """The tail of the id of the ticket with this place in the run."""
    return f"{number:06d}"


def _children(rng: random.Random, ticket: Ticket, now: datetime) -> Iterator[Row]:
    steps = (
        (ticket.received_at, "received", "12345话务员", "受理登记"),
        (ticket.dispatched_at, "dispatched", "12345派单员", ""),
        (ticket.signed_at, "signed", "承办单位", ""),
        (ticket.first_contact_at, "first_contacted", "承办单位", "已电话联系诉求人，说明处理安排"),
        (ticket.completed_at, "completed", "承办单位", ticket.unit_answer),
    )
    for at, kind, actor, text in steps:
        if at is not None and at <= now:
            yield make_timeline_entry(
                ticket, at=at, kind=kind, actor=actor, text=text, unit_id=ticket.unit_id
            )
    if rng.random() < 0.25:
        yield from _urges(rng, ticket, now)
    if rng.random() < 0.12:
        state = rng.choice(("draft", "submitted", "returned", "issued", "replied", "withdrawn"))
        issued = now - timedelta(hours=30) if state in ("issued", "replied") else None
        yield make_notice(
            ticket,
            state=state,
            number=f"云督〔2024〕{rng.randint(1, 400)}号" if issued else "",
            author_id=rng.choice((OFFICER.person_id, "p-other")),
            submitted_at=now - timedelta(hours=40) if state != "draft" else None,
            issued_at=issued,
            reply_due_at=now + timedelta(hours=20) if issued else None,
            replied_at=now - timedelta(hours=2) if state == "replied" else None,
            reply_text="已按要求整改，附现场照片。" if state == "replied" else "",
        )
    if rng.random() < 0.08:
        state = rng.choice(("filed", "acknowledged", "replied", "withdrawn"))
        due = now + timedelta(days=-2 if sum(map(ord, ticket.id)) % 2 else 14)
        yield make_finding(ticket, state=state, rectify_due_at=due)
    if ticket.state in ("to_visit", "archived"):
        yield _visit(rng, ticket, now)


def _urges(rng: random.Random, ticket: Ticket, now: datetime) -> Iterator[Urge]:
    for place in range(rng.randint(1, 2)):
        at = now - timedelta(hours=rng.randint(2, 60), minutes=place)
        promised = rng.random() < 0.7
        yield make_urge(
            ticket,
            at=at,
            promised_at=now + timedelta(hours=rng.randint(-20, 30)) if promised else None,
            acknowledged_at=at + timedelta(hours=1) if rng.random() < 0.5 else None,
            acknowledged_by="承办单位联络员",
            answer="正在安排" if promised else "",
        )


def _visit(rng: random.Random, ticket: Ticket, now: datetime) -> Visit:
    if ticket.state == "to_visit":
        return make_visit(ticket)
    answers = Answers(
        identity_confirmed=True,
        contacted=rng.choice(("yes", "yes", "no", "cannot_remember")),
        resolved=rng.choice(("resolved", "resolved", "partly", "not_resolved")),
        satisfied_result=rng.choice(("very_satisfied", "satisfied", "dissatisfied")),
    )
    return make_visit(
        ticket,
        state="completed",
        answers=answers,
        completed_at=now - timedelta(hours=rng.randint(1, 40)),
        completed_by="李强",
        valid=True,
    )
