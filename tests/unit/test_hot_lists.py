"""Lists answered from memory say what SQL says and what plain Python counts, after any history."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from desktop.models.domain.entities import (
    Answers,
    Finding,
    Notice,
    Row,
    Ticket,
    Urge,
    UrgentReport,
    Visit,
    literals,
    ticket_id_of,
)
from desktop.models.domain.ladder import Course, is_answered, proposed
from desktop.models.domain.ladder_rules import RUNGS, may_sign
from desktop.models.domain.tickets import Light, is_escalated, is_open, light
from desktop.models.store.deriving import derive
from desktop.models.store.projection import delete_rows, evict_ticket
from desktop.models.store.ticket_log import note_everything
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.services.queries.base import Reader
from desktop.services.queries.counts import queue_counts
from desktop.services.queries.filters import ME, NOBODY, QUEUES, SORT_KEYS, TicketFilter
from desktop.services.queries.hot.lists import HotLists
from desktop.services.queries.tickets import ticket_ids, ticket_rows
from tests.support.builders import CHIEF, NOW, make_notice, make_urge, make_urgent_report, make_visit
from tests.support.stores import DeskStore, open_desk_store
from tests.support.ticket_rows import CATEGORIES, DISTRICTS, UNITS, reference, tickets

R = TypeVar("R", bound=Row)


class Lists:
    """A store whose lists are held in memory."""

    def __init__(self, store: DeskStore) -> None:
        self.store = store
        self.seconds = 0.0
        self.lists = HotLists(store.store.tickets, lambda: self.seconds, least_rows=1)

    def load(self) -> bool:
        return self.lists.load(self.store.store.read, self.store.me.person_id, lambda: False)

    @contextmanager
    def readers(self) -> Iterator[tuple[Reader, Reader]]:
        """One that answers from memory and one that asks the store, in the same transaction."""
        with self.store.reader() as cold:
            hot = self.lists.fresh(cold.connection, self.store.me.person_id)
            assert hot is not None
            yield replace(cold, hot=hot), cold

    def agree(self, wanted: TicketFilter) -> list[int]:
        with self.readers() as (hot, cold):
            from_memory = ticket_ids(hot, wanted).rids
            assert from_memory == ticket_ids(cold, wanted).rids, wanted
            assert queue_counts(hot).counts == queue_counts(cold).counts
        return list(from_memory)


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Lists]:
    with open_desk_store(tmp_path, me=CHIEF) as store:
        store.pull(*reference())
        yield Lists(store)


def any_filter(rng: random.Random) -> TicketFilter:
    """A queue, some chips, an order."""

    def some(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(rng.sample(values, rng.randint(1, 2))) if rng.random() < 0.25 else ()

    return TicketFilter(
        queue=rng.choice(QUEUES),
        unit_ids=some(tuple(unit for unit, _, _ in UNITS)),
        request_types=some(("complaint", "help", "praise")),  # type: ignore[arg-type]
        category_ids=some(tuple(category for category, _, _ in CATEGORIES)),
        channels=some(("phone", "web")),  # type: ignore[arg-type]
        place_ids=some(tuple(place for place, _ in DISTRICTS)),
        lights=some(literals(Light)),  # type: ignore[arg-type]
        party=rng.choice(("", "", "", "person", "enterprise")),
        officer_ids=some((ME, NOBODY, "p-li")),
        text=rng.choice(("", "", "", "施工", "yz-2024 供暖")),
        sort=rng.choice((None, *SORT_KEYS)),
        descending=rng.random() < 0.5,
    )


class History:
    """Random commits of sync and commands on a store, and the rows they leave as plain Python."""

    def __init__(self, store: DeskStore, seed: int) -> None:
        self.store = store
        self.rng = random.Random(seed)
        self.rows: dict[str, Row] = {}
        self.made = 0

    def pull(self, *rows: Row) -> None:
        self.store.pull(*rows)
        self.rows.update({row.id: row for row in rows})

    def of(self, kind: type[Row]) -> list[Row]:
        return [row for row in self.rows.values() if isinstance(row, kind)]

    def arrive(self) -> None:
        seed, count = self.rng.randrange(10**6), self.rng.randint(1, 12)
        fresh: list[Row] = []
        ids: dict[str, str] = {}
        for row in tickets(count, seed):
            if isinstance(row, Ticket):
                self.made += 1
                ids[row.id] = f"t-{seed}-{self.made}"
                number = f"YZ-{self.rng.choice((2023, 2024))}-{self.rng.randrange(10**6):06d}"
                fresh.append(replace(row, id=ids[row.id], number=number))
            elif isinstance(row, Notice):
                rung = self.rng.choice(RUNGS)
                fresh.append(replace(row, ticket_id=ids[row.ticket_id], rung=rung))
            elif isinstance(row, (Urge, Finding, Visit)):
                fresh.append(replace(row, ticket_id=ids[row.ticket_id]))
        self.pull(*fresh)

    def change(self) -> None:
        rng, all_tickets = self.rng, self.of(Ticket)
        picked = [t for t in rng.sample(all_tickets, min(len(all_tickets), 8)) if isinstance(t, Ticket)]
        changed: list[Row] = []
        for ticket in picked:
            due = NOW + timedelta(hours=rng.randint(-60, 90)) if rng.random() < 0.8 else None
            fields: dict[str, object] = {"version": ticket.version + 1, "due_at": due}
            fields |= {
                "state": rng.choice(("handling", "handling", "suspended", "in_review", "archived")),
                "rework": rng.randint(0, 3),
                "merged_into": rng.choice(("", "", "", "t-lead")),
                "repeats": rng.randint(0, 2),
                "due_provisional": rng.random() < 0.2,
                "officer_id": rng.choice(("", "p-li", CHIEF.person_id)),
            }
            if rng.random() < 0.3:
                fields |= {
                    "title": rng.choice(("供暖", "a", "路灯", ticket.title)),
                    "unit_id": rng.choice(UNITS)[0],
                }
            if rng.random() < 0.1:
                fields |= {"number": f"YZ-2024-{rng.randrange(10**6):06d}"}
            changed.append(replace(ticket, **fields))
            if rng.random() < 0.3:
                changed.append(make_notice(ticket, state=rng.choice(("submitted", "issued", "withdrawn"))))
            if rng.random() < 0.2:
                state = rng.choice(("draft", "submitted", "approved"))
                author = rng.choice((CHIEF.person_id, "p-officer"))
                changed.append(make_urgent_report(ticket, state=state, author_id=author))
            if rng.random() < 0.3:
                changed.append(make_urge(ticket, promised_at=NOW + timedelta(hours=rng.randint(-9, 9))))
            changed += [
                make_urge(
                    ticket, answer=rng.choice(("", " ", "在办")), at=NOW - timedelta(hours=rng.randint(0, 3))
                )
                for _ in range(rng.choice((0, 0, 1, 3)))
            ]
            if rng.random() < 0.4:
                changed.append(self.visited(ticket))
        self.pull(*changed)

    def visited(self, ticket: Ticket) -> Visit:
        """A visit whose answers are as they fall, before or after the unit said done."""
        answers = Answers(
            resolved=self.rng.choice(("resolved", "not_resolved")),
            satisfied_result=self.rng.choice((None, "satisfied", "very_dissatisfied")),
        )
        at = NOW - timedelta(hours=self.rng.randint(0, 200))
        valid = self.rng.random() < 0.8
        return make_visit(ticket, state="completed", answers=answers, completed_at=at, valid=valid)

    def leave(self) -> None:
        ticket = self.rng.choice(self.of(Ticket))
        with self.store.store.write() as connection:
            evict_ticket(connection, ticket.id)
        gone = [
            i for i, row in self.rows.items() if i == ticket.id or getattr(row, "ticket_id", "") == ticket.id
        ]
        for row_id in gone:
            del self.rows[row_id]

    def lose_a_notice(self) -> None:
        notices = self.of(Notice)
        if notices:
            notice = self.rng.choice(notices)
            with self.store.store.write() as connection:
                touched = delete_rows(connection, [("notice", notice.id)])
                derive(connection, touched)
            del self.rows[notice.id]

    def step(self) -> None:
        acts: tuple[Callable[[], None], ...] = (
            self.arrive,
            self.change,
            self.change,
            self.leave,
            self.lose_a_notice,
        )
        self.rng.choice(acts)()

    def counts(self) -> dict[str, int]:
        """The queues, counted from the rows by the words of the domain."""
        open_, rule = [], self.store.profile.escalation
        for row in self.of(Ticket):
            assert isinstance(row, Ticket)
            if is_open(row):
                open_.append(row)
        ids = {t.id for t in open_}
        notices = [n for n in self.of(Notice) if isinstance(n, Notice)]
        urges = [u for u in self.of(Urge) if isinstance(u, Urge)]
        lights = [light(t, NOW, self.store.profile.due_soon_hours) for t in open_]
        promises: dict[str, Urge] = {}
        for urge in sorted(urges, key=lambda u: (u.at, u.id)):
            if urge.promised_at is not None:
                promises[urge.ticket_id] = urge
        asked = {n.ticket_id for n in notices if n.state == "issued"}
        asked |= {
            f.ticket_id
            for f in self.of(Finding)
            if isinstance(f, Finding) and f.state in ("filed", "acknowledged")
        }
        asked |= {u.ticket_id for u in urges if not is_answered(u) and u.ticket_id in ids}
        answered = {n.ticket_id for n in notices if n.state == "replied"}
        answered |= {f.ticket_id for f in self.of(Finding) if isinstance(f, Finding) and f.state == "replied"}
        answered |= {u.ticket_id for u in urges if u.acknowledged_at is not None and u.ticket_id in ids}
        return {
            "overdue": lights.count("overdue"),
            "due_soon": lights.count("due_soon"),
            "repeated": sum(t.repeats > 0 for t in open_),
            "provisional": sum(t.due_provisional for t in open_),
            "emergency": sum(t.urgency == "emergency" for t in open_),
            "escalated": sum(is_escalated(t, rule) for t in open_),
            "rework": sum(t.rework > 0 for t in open_),
            "supervised": len(
                {n.ticket_id for n in notices if n.state in ("draft", "submitted", "returned", "issued")}
            ),
            "approval": len(
                {n.ticket_id for n in notices if n.state == "submitted" and self.is_mine_to_sign(n)}
                | {
                    report.ticket_id
                    for report in self.of(UrgentReport)
                    if isinstance(report, UrgentReport)
                    and report.state == "submitted"
                    and report.author_id != CHIEF.person_id
                }
            ),
            "proposed": sum(self.is_proposed(t) for t in self.of(Ticket)),
            "waiting_unit": len(asked),
            "answered": len(answered),
            "promise_late": sum(
                u.promised_at is not None and u.promised_at < NOW and i in ids for i, u in promises.items()
            ),
            "open": len(open_),
            "all": len(self.of(Ticket)),
        }

    def is_mine_to_sign(self, act: Notice) -> bool:
        may = may_sign(self.store.profile.ladder, act.rung, CHIEF.roles)
        return may and act.author_id != CHIEF.person_id

    def is_proposed(self, ticket: Row) -> bool:
        assert isinstance(ticket, Ticket)

        def mine(kind: type[R]) -> list[R]:
            return [
                row for row in self.rows.values() if isinstance(row, kind) and ticket_id_of(row) == ticket.id
            ]

        course = Course(urges=mine(Urge), visits=mine(Visit), findings=mine(Finding), now=NOW)
        found = proposed(self.store.profile.ladder, ticket, mine(Notice), course)
        return found is not None


@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_memory_sql_and_a_plain_count_agree(lists: Lists, seed: int) -> None:
    """Else a number on the rail, or the list under it, depends on which of the two happened to answer."""
    history = History(lists.store, seed)
    rng = random.Random(f"questions {seed}")
    for _ in range(6):
        history.arrive()
    assert lists.load()
    for _ in range(25):
        history.step()
        for _ in range(2):
            lists.agree(any_filter(rng))
        with lists.readers() as (hot, _):
            counted = {str(queue): count for queue, count in queue_counts(hot).counts.items()}
        assert {key: counted[key] for key in history.counts()} == history.counts()
    for key in SORT_KEYS:
        for descending in (False, True):
            assert len(lists.agree(TicketFilter(queue="all", sort=key, descending=descending))) == len(
                history.of(Ticket)
            )


def test_a_command_is_in_the_list_before_its_author_looks(lists: Lists) -> None:
    """Read your writes: an urge that is not counted would be recorded twice."""
    lists.store.pull(*tickets(30, seed=3))
    lists.load()
    before = lists.agree(TicketFilter(queue="open", sort="urges", descending=True))
    with lists.store.reader() as reader:
        last = next(row for row in ticket_rows(reader, before[::-1]) if row.urges == 0)
    form = UrgeForm(ticket_id=last.id, unit_id="u-heat", means="phone", person_reached="刘科长")
    for _ in range(4):
        lists.store.run(lambda w: urge_ticket(w, form))
    assert lists.agree(TicketFilter(queue="open", sort="urges", descending=True))[0] == last.rid


def test_what_was_rolled_back_is_not_read_again_and_what_cannot_be_followed_goes_back_to_sql(
    lists: Lists,
) -> None:
    """A list that shows what was never committed, or stays at an old state for ever, would be a lie."""
    lists.store.pull(*tickets(20, seed=4))
    assert lists.load()
    with suppress(RuntimeError), lists.store.store.write() as connection:
        evict_ticket(connection, next(iter(tickets(1, seed=4))).id)
        raise RuntimeError
    assert len(lists.agree(TicketFilter(queue="all"))) == 20
    with lists.store.store.write() as connection:
        note_everything(connection)
    with lists.store.reader() as reader:
        assert lists.lists.fresh(reader.connection, CHIEF.person_id) is None
    assert not lists.lists.due(), "loading again at once would never end while everything changes"
    lists.seconds += 60
    assert lists.lists.due()
    assert lists.load()
    lists.agree(TicketFilter(queue="all"))


def test_another_person_at_the_same_desk_is_asked_for_no_others_signature(lists: Lists) -> None:
    """Who signs what is part of what is held in memory."""
    lists.store.pull(*tickets(20, seed=5))
    lists.load()
    with lists.store.reader() as reader:
        assert lists.lists.fresh(reader.connection, "p-somebody-else") is None


def test_a_small_list_takes_no_memory(lists: Lists) -> None:
    lists.store.pull(*tickets(20, seed=6))
    small = HotLists(lists.store.store.tickets, lambda: 0.0)
    assert not small.load(lists.store.store.read, CHIEF.person_id, lambda: False)
    with lists.store.reader() as reader:
        assert small.fresh(reader.connection, CHIEF.person_id) is None
