"""A queue of return visits with every reason in it, and a counter that grants leases, for tests of the desk's page.

The counter answers what a client may be answered, in memory and at once, and can be told to refuse: such a moment
cannot be brought about at a real server on purpose. The real one is met in the journeys.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from desktop.models.domain.entities import Row, Visit
from desktop.models.domain.wire import (
    AdvanceClock,
    BlockCall,
    FieldBlock,
    Lease,
    LeaseHolders,
    LeaseVisit,
    NewFieldBlock,
    Revealed,
    RevealRequest,
    ServerMeta,
)
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.online import Online
from desktop.services.queries.visits import visit_queue
from desktop.services.telephony.line import Line, LineRefused

from .builders import (
    NOW,
    OFFICER,
    VISITOR,
    make_attempt,
    make_person,
    make_ticket,
    make_visit,
    reference_rows,
)
from .desks import ONLINE, make_desk
from .stores import DeskStore

PHONE = "13900005521"


class CounterError(Exception):
    """What the client raises for a problem of the server's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LeaseCounter:
    """The server's side of a lease on one desk.

    ``refuse``: operation → problem code; ``renews``: whether renewals are granted; ``said``: what it was asked.
    """

    def __init__(self, store: DeskStore) -> None:
        self._store = store
        self.refuse: dict[str, str] = {}
        self.said: list[str] = []
        self.reasons: list[str] = []
        self.holders = LeaseHolders(holders=())
        self.grants = 0
        self.ttl_s = 180
        self.renews = False

    def claim_next(self) -> Lease | None:
        self._hear("claim_next")
        ready = ("booked", "overdue", "close_to_due", "new_band", "oldest")
        rows = self._store.ask(visit_queue)
        first = next((row for row in rows if row.standing.why in ready), None)
        return self._grant(first.visit_id) if first else None

    def claim(self, visit_id: str, takeover_reason: str = "") -> Lease:
        self._hear("takeover" if takeover_reason else "claim")
        self.reasons.append(takeover_reason)
        return self._grant(visit_id)

    def lease_holders(self) -> LeaseHolders:
        if "holders" in self.refuse:
            raise CounterError(self.refuse["holders"])
        return self.holders

    def take_block(self, asked: NewFieldBlock) -> FieldBlock:
        self._hear("take_block")
        rows = [row for row in self._store.ask(visit_queue) if row.level != "report"][: asked.visits]
        calls = tuple(
            BlockCall(visits=(LeaseVisit(visit_id=r.visit_id, ticket_id=r.ticket_id),), phone=PHONE)
            for r in rows
        )
        seconds = asked.minutes * 60
        until = self._store.clock.now() + timedelta(seconds=seconds)
        return FieldBlock(block_id="block-1", epoch=1, until=until, seconds=seconds, calls=calls)

    def give_block_back(self, block_id: str) -> None:
        self._hear("give_block_back")

    def renew_lease(self, lease_id: str, epoch: int) -> Lease:
        self._hear("renew")
        if not self.renews:
            raise CounterError("lease_expired")
        return Lease(lease_id=lease_id, epoch=epoch, ttl_s=self.ttl_s, visits=(), phone="")

    def release_lease(self, lease_id: str) -> None:
        self._hear("release")

    def dialling(self, lease_id: str, epoch: int) -> None:
        self._hear("dialling")

    def reveal(self, contact_id: str, request: RevealRequest) -> Revealed:
        raise CounterError("forbidden")

    def advance_clock(self, request: AdvanceClock) -> ServerMeta:
        raise CounterError("forbidden")

    def _hear(self, what: str) -> None:
        self.said.append(what)
        if what in self.refuse:
            raise CounterError(self.refuse[what])

    def _grant(self, visit_id: str) -> Lease:
        rows = self._store.ask(visit_queue)
        mine = next(row for row in rows if row.visit_id == visit_id)
        same = [row for row in rows if row.phone_tail == mine.phone_tail and row.requester_label]
        same.sort(key=lambda row: row.visit_id != visit_id)
        self.grants += 1
        return Lease(
            lease_id=f"lease-{self.grants}",
            epoch=self.grants,
            ttl_s=self.ttl_s,
            visits=tuple(LeaseVisit(visit_id=r.visit_id, ticket_id=r.ticket_id) for r in same),
            phone=PHONE,
        )


class ManualLine(Line):
    """A telephone whose other end the test plays."""

    practice = True

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[str] = []
        self.talked_s = 0

    def dial(self, number: str) -> None:
        if self.state != "idle":
            raise LineRefused("line_busy")
        self.numbers.append(number)
        self.state = "dialling"

    def ring(self) -> None:
        """It rings at the other end."""
        self.state = "ringing"
        self.ringing.emit()

    def answer(self) -> None:
        """Somebody picks up."""
        self.state = "talking"
        self.answered.emit()

    def end(self, outcome: str, talked_s: int = 0) -> None:
        """The other end ends it."""
        self.state = "idle"
        self.ended.emit(outcome, talked_s)

    def hang_up(self) -> None:
        if self.state != "idle":
            self.end("answered" if self.state == "talking" else "no_answer", self.talked_s)


@contextmanager
def open_call_desk(
    store: DeskStore, *, language: str = "zh", connection: Connection = ONLINE
) -> Iterator[tuple[Desk, LeaseCounter, ManualLine]]:
    """A Desk whose server grants leases and whose line the test plays."""
    desk = make_desk(store, language=language, connection=connection)
    desk.online.close()
    counter, line = LeaseCounter(store), ManualLine()
    desk.online = Online(counter, clock=store.clock, policy=store.profile.lease, parent=desk)
    desk.line = line
    try:
        yield desk, counter, line
    finally:
        desk.files.close()
        desk.online.close()
        desk.close()


def waiting(title: str, person: str, tail: str, **fields: object) -> tuple[Row, ...]:
    """A ticket that the unit completed and the visit that waits for it; ``fields`` are the visit's."""
    ticket = make_ticket(
        title=title,
        state="to_visit",
        requester_label=person,
        phone_tail=tail,
        contact_id=f"k-{tail}",
        level=fields.get("level", "normal"),
        care_flags=fields.pop("care_flags", ()),
        request_text="市民反映每晚十点后工地仍在施工，泵车噪音很大，影响老人和孩子休息，希望尽快处理。",
        unit_answer="经现场核查，已责令施工单位停止夜间施工，并安排专人夜间巡查。",
        completed_at=NOW - timedelta(days=2),
        rework=fields.pop("rework", 0),
    )
    return ticket, make_visit(ticket, **fields)


def queue_rows() -> tuple[Row, ...]:
    """Nine people for every reason of the queue, one of them with three matters."""
    rows: list[Row] = list(reference_rows())
    rows.append(make_person(OFFICER, roles=("officer", "return_visit")))
    rows += waiting(
        "小区北门夜间施工噪音扰民", "张女士", "5521", id="v-booked", state="booked",
        booked_at=NOW - timedelta(minutes=2), assigned_to=VISITOR.person_id, care_flags=("elderly",),
    )  # fmt: skip
    rows += waiting(
        "供暖温度不足，室内仅十五度", "李先生", "8830", id="v-due", due_at=NOW + timedelta(hours=6)
    )
    rows += waiting(
        "路口红绿灯故障，早高峰拥堵", "王女士", "0172", id="v-late", due_at=NOW - timedelta(hours=20)
    )
    tried = waiting("自来水发黄有异味", "赵先生", "3346", id="v-band", opened_at=NOW - timedelta(days=2))
    rows += tried
    visit = tried[1]
    assert isinstance(visit, Visit)
    rows.append(make_attempt(visit, at=(NOW - timedelta(days=1)).replace(hour=15)))
    rows += waiting(
        "拖欠工资三个月，要求协调", "刘女士", "7719", id="v-old-1", opened_at=NOW - timedelta(days=3)
    )
    for number, title in enumerate(("餐饮店油烟直排居民楼", "物业公司擅自停用电梯", "共享单车占用盲道"), 1):
        rows += waiting(
            title, "陈先生", "6608", id=f"v-three-{number}", opened_at=NOW - timedelta(hours=30 - number)
        )
    rows += waiting(
        "举报施工单位违规排污",
        "周先生",
        "2250",
        id="v-report",
        level="report",
        opened_at=NOW - timedelta(hours=28),
    )
    rows += waiting(
        "公交车站牌缺失，老人候车不便", "吴女士", "4417", id="v-later", state="booked",
        booked_at=NOW.replace(hour=14, minute=0), assigned_to=OFFICER.person_id,
    )  # fmt: skip
    rested = waiting("医院挂号窗口排队时间过长", "孙先生", "9053", id="v-rest")
    rows += rested
    visit = rested[1]
    assert isinstance(visit, Visit)
    rows.append(make_attempt(visit, at=NOW - timedelta(minutes=25), outcome="busy"))
    return tuple(rows)
