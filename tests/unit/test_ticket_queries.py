"""The officer's lists against an independent recomputation in plain Python, on a seeded random store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from desktop.models.domain.entities import Row, Ticket, literals
from desktop.models.domain.tickets import Light, due_order, light
from desktop.models.store.projection import evict_ticket
from desktop.models.store.tables import ticket_list
from desktop.services.queries.counts import next_change_at, queue_counts
from desktop.services.queries.filters import QUEUES, SORT_KEYS, Queue, TicketFilter, queue_condition
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.services.queries.tickets import rid_of, ticket_ids, ticket_of_number, ticket_rows
from tests.support.builders import CHIEF, NOW, OFFICER, make_notice, make_ticket, reference_rows
from tests.support.queue_recount import recount
from tests.support.stores import DeskStore, open_desk_store
from tests.support.ticket_rows import reference, tickets


class City:
    """The same rows twice: in the store, and as plain Python."""

    def __init__(self, store: DeskStore, rows: list[Row]) -> None:
        self.store = store
        store.pull(*reference(), *rows)
        self.tickets = [row for row in rows if isinstance(row, Ticket)]
        self.members = recount(rows, store.profile, NOW, CHIEF.person_id)

    def shown(self, wanted: TicketFilter) -> list[str]:
        """Ids of the list in display order, by way of the row ids and the rows."""
        rids = self.store.ask(lambda r: ticket_ids(r, wanted)).rids
        return [row.id for row in self.store.ask(lambda r: ticket_rows(r, rids))]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with open_desk_store(tmp_path_factory.mktemp("city"), me=CHIEF) as store:
        yield City(store, list(tickets(700, seed=7)))


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_holds_exactly_its_tickets_and_its_count_says_so(city: City, queue: Queue) -> None:
    """Else an officer misses an overdue case, or the number on the rail lies."""
    shown = city.shown(TicketFilter(queue=queue))
    assert len(shown) == len(set(shown))
    assert set(shown) == city.members[queue]
    assert city.store.ask(queue_counts).counts[queue] == len(shown)
    assert shown, "the seeded city has something in every queue"


def test_overdue_stands_oldest_due_first_then_by_number(city: City) -> None:
    by_id = {t.id: t for t in city.tickets}
    shown = [by_id[i] for i in city.shown(TicketFilter())]
    assert shown == sorted(shown, key=due_order)


def test_a_ticket_due_at_this_second_is_not_overdue_and_one_second_later_it_is(tmp_path: Path) -> None:
    with open_desk_store(tmp_path) as store:
        store.pull(*reference_rows(), make_ticket(due_at=NOW))
        before = store.ask(queue_counts)
        store.clock.advance((store.ask(next_change_at) - NOW).total_seconds())
        after = store.ask(queue_counts)
    assert (before.counts["overdue"], before.counts["due_today"]) == (0, 1)
    assert (after.counts["overdue"], after.counts["due_today"]) == (1, 0)


@pytest.mark.parametrize("shown_light", literals(Light))
def test_the_light_filter_agrees_with_the_domains_light(city: City, shown_light: Light) -> None:
    hours = city.store.profile.due_soon_hours
    want = {t.id for t in city.tickets if light(t, NOW, hours) == shown_light}
    found = city.shown(TicketFilter(queue="all", lights=(shown_light,)))
    assert set(found) == want
    rows = city.store.ask(
        lambda r: ticket_rows(r, ticket_ids(r, TicketFilter(queue="all", lights=(shown_light,))).rids)
    )
    assert {row.light for row in rows} <= {shown_light}


BELOW_LIFE = ("c-heat", "c-water", "c-bus", "c-wage", "c-edu", "c-health")
Narrow = tuple[dict[str, object], Callable[[Ticket], bool]]
NARROWINGS: tuple[Narrow, ...] = (
    ({"unit_ids": ("u-urban", "u-heat")}, lambda t: t.unit_id in ("u-urban", "u-heat")),
    ({"request_types": ("complaint",)}, lambda t: t.request_type == "complaint"),
    ({"channels": ("phone", "web")}, lambda t: t.channel in ("phone", "web")),
    ({"place_ids": ("d-beihu",)}, lambda t: t.place_id in ("d-beihu", "d-beihu-s1")),
    (
        {"category_ids": ("c-life",)},
        lambda t: t.category_id in ("c-heat", "c-water", "c-bus", "c-wage", "c-edu", "c-health"),
    ),
    ({"party": "enterprise"}, lambda t: t.enterprise),
    ({"party": "person"}, lambda t: not t.enterprise),
    ({"text": "油烟"}, lambda t: "油烟" in t.title or "油烟" in t.request_text),
    ({"text": "混凝土 yz-2024-1180"}, lambda t: False),
    ({"text": "泵车 YZ-2024-1180"}, lambda t: "泵车" in t.request_text and "1180" in t.number),
    ({"text": "%"}, lambda t: False),
    ({"text": "_"}, lambda t: False),
    ({"text": "'; DROP TABLE ticket_list; --"}, lambda t: False),
)


@pytest.mark.parametrize(("fields", "lets_through"), NARROWINGS, ids=[str(f) for f, _ in NARROWINGS])
def test_a_chip_or_a_text_narrows_exactly(
    city: City, fields: dict[str, object], lets_through: Callable[[Ticket], bool]
) -> None:
    """A district or category takes in what lies below it; what a person types is never a pattern or SQL."""
    wanted = TicketFilter(queue="all", **fields)  # type: ignore[arg-type]
    assert set(city.shown(wanted)) == {t.id for t in city.tickets if lets_through(t)}
    assert wanted.narrowed
    assert not wanted.cleared().narrowed


def test_text_is_found_whatever_marks_or_quotes_it_holds(tmp_path: Path) -> None:
    """Quotes and backslashes are escaped in the stored JSON; a search for them must still find them."""
    texts = ['他说"明天修"就走了', r"路径 C:\temp 打不开", "Leaking PIPE at Main St", "100% 未解决 a_b"]
    with open_desk_store(tmp_path) as store:
        rows = [make_ticket(request_text=text) for text in texts]
        store.pull(*reference_rows(), *rows)

        def found(text: str) -> list[str]:
            ids = store.ask(lambda r: ticket_ids(r, TicketFilter(queue="all", text=text)))
            return [row.id for row in store.ask(lambda r: ticket_rows(r, ids.rids))]

        assert found('"明天修"') == [rows[0].id]
        assert found(r"C:\temp") == [rows[1].id]
        assert found("pipe MAIN") == [rows[2].id]
        assert found("100% a_b") == [rows[3].id]
        assert found("request_text") == [], "the names of fields are not the citizen's text"


@pytest.mark.parametrize("key", SORT_KEYS)
@pytest.mark.parametrize("descending", [False, True])
def test_any_column_sorts_the_whole_list_and_loses_nobody(city: City, key: str, descending: bool) -> None:
    wanted = TicketFilter(queue="all", sort=key, descending=descending)  # type: ignore[arg-type]
    shown = city.shown(wanted)
    assert sorted(shown) == sorted(t.id for t in city.tickets)
    by_id = {t.id: t for t in city.tickets}
    if key == "due":
        dated = [due for i in shown if (due := by_id[i].due_at) is not None]
        assert dated == sorted(dated, reverse=descending)
        assert all(by_id[i].due_at is None for i in shown[len(dated) :]), "undated last, either way"
    if key == "unit":
        names = [city.store.ask(lambda r: r.reference).unit_name(by_id[i].unit_id) for i in shown]
        groups = [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
        assert groups == sorted(groups, key=lambda name: name.encode("gb18030"), reverse=descending)


def test_nobody_is_asked_to_approve_their_own_notice(tmp_path: Path) -> None:
    with open_desk_store(tmp_path, me=CHIEF) as store:
        mine, theirs = make_ticket(), make_ticket()
        store.pull(*reference_rows(), mine, theirs)
        store.pull(make_notice(mine, state="submitted", author_id=CHIEF.person_id))
        store.pull(make_notice(theirs, state="submitted", author_id=OFFICER.person_id))
        ids = store.ask(lambda r: ticket_ids(r, TicketFilter(queue="approval"))).rids
        assert [row.id for row in store.ask(lambda r: ticket_rows(r, ids))] == [theirs.id]
    with open_desk_store(tmp_path, me=OFFICER) as store:
        assert "approval" not in store.ask(queue_counts).counts


def test_a_case_explains_its_due_time_and_names_a_disagreement(tmp_path: Path) -> None:
    """The strip must end at the server's due time, and say so where our computation ends elsewhere."""
    dispatched = datetime(2024, 5, 8, 10, 0, tzinfo=NOW.tzinfo)  # a Wednesday; Saturday 11 was a make-up day
    right = datetime(2024, 5, 14, 17, 30, tzinfo=NOW.tzinfo)
    agrees = make_ticket(dispatched_at=dispatched, due_at=right, due_rule="投诉 5个工作日")
    differs = replace(agrees, id="t-differs", due_at=right + timedelta(days=1))
    foreign = replace(agrees, id="t-foreign", due_at=right + timedelta(days=1), due_rule="Boston target")
    with open_desk_store(tmp_path) as store:
        store.pull(*reference_rows(), agrees, differs, foreign)
        with store.reader() as reader:
            panels = {t.id: ticket_panel(reader, t.id) for t in (agrees, differs, foreign)}
    reasons = {i: panel.due for i, panel in panels.items() if panel is not None and panel.due is not None}
    assert not reasons[agrees.id].disagrees
    assert reasons[agrees.id].computed_at == right
    assert reasons["t-differs"].disagrees
    assert reasons["t-foreign"].computed_at is None
    assert not reasons["t-foreign"].disagrees
    for reason in reasons.values():
        assert reason.days[-1].day == reason.due_at.date()
        assert reason.days[-1].mark == "due"


def test_tickets_are_found_by_number_and_a_missing_one_is_nothing(city: City) -> None:
    ticket = city.tickets[3]
    assert city.store.ask(lambda r: ticket_of_number(r, ticket.number)) == ticket.id
    assert city.store.ask(lambda r: rid_of(r, ticket.id)) is not None
    assert city.store.ask(lambda r: rid_of(r, "nobody")) is None
    assert city.store.ask(lambda r: ticket_panel(r, "nobody")) is None


def test_a_search_follows_what_the_ticket_says_now_and_forgets_what_left(tmp_path: Path) -> None:
    """A corrected text found under its old words, or a ticket out of scope found at all, would mislead an officer."""
    with open_desk_store(tmp_path, me=OFFICER) as desk:
        ticket = make_ticket(title="Café 100%_路灯", request_text="旧说法")
        desk.pull(*reference_rows(), ticket)

        def found(text: str) -> bool:
            return len(desk.ask(lambda r: ticket_ids(r, TicketFilter(queue="all", text=text))).rids) == 1

        assert all(found(text) for text in ("CAFÉ", "100%_", "旧说法 路灯", ticket.number.lower()))
        assert not found("100_%")
        desk.pull(replace(ticket, version=2, request_text="新说法"))
        assert found("新说法")
        assert not found("旧说法")
        with desk.store.write() as connection:
            evict_ticket(connection, ticket.id)
            assert connection.exec_driver_sql("SELECT count(*) FROM ticket_text").scalar() == 0


def test_no_queue_is_counted_by_reading_the_rows_of_a_city(city: City) -> None:
    """The rail counts after every commit: a plan that walks all rows would be felt at each one."""
    # They hold nothing but what is counted, or little more.
    open_alone = tuple(
        f"INDEX ticket_{name}" for name in ("overdue", "escalated", "emergency", "ground", "asked")
    )
    with city.store.reader() as r:
        for queue in set(QUEUES) - {"all"}:
            count = select(func.count()).select_from(ticket_list).where(queue_condition(r, queue))
            words = count.compile(dialect=r.connection.dialect, compile_kwargs={"literal_binds": True})
            plan = [row[3] for row in r.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")]
            walked = [step for step in plan if step.startswith("SCAN") and not step.endswith(open_alone)]
            assert not walked, (queue, plan)
