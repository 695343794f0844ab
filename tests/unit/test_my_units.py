"""Lists and counts that begin with the units a person looks after, against a count in plain Python; both ways exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.models.domain.absence import Absence
from desktop.models.domain.entities import ListQuestion, Person, Place, Row, Ticket, Unit, View
from desktop.models.store import settings
from desktop.models.store.first_rows import read_first_rows
from desktop.services.queries.base import Reader
from desktop.services.queries.counts import queue_counts
from desktop.services.queries.filters import QUEUES, Queue, TicketFilter
from desktop.services.queries.groups import By, groups
from desktop.services.queries.hot.lists import HotLists
from desktop.services.queries.morning import morning_sheet
from desktop.services.queries.saved_views import filter_of, question_of
from desktop.services.queries.tickets import ticket_ids, ticket_rows
from tests.support.builders import CHIEF, NOW
from tests.support.queue_recount import recount
from tests.support.stores import KEY, DeskStore, open_desk_store
from tests.support.ticket_rows import reference, tickets

_MINE = ("u-heat", "u-urban")
_BELOW = "u-water"
"""A branch of one of them."""


class City:
    """Rows of a city, in a store and as plain Python; the person looks after two units, one of which has a branch."""

    def __init__(self, store: DeskStore) -> None:
        self.store = store
        rows: list[Row] = list(tickets(700, seed=9))
        units = [
            replace(row, parent_id="u-heat") if isinstance(row, Unit) and row.id == _BELOW else row
            for row in reference()
        ]
        me = Person(
            id=CHIEF.person_id,
            version=2,
            name=CHIEF.name,
            roles=("officer", "approve"),
            assigned_unit_ids=_MINE,
        )
        store.pull(*units, me, *rows)
        self.tickets = {row.id: row for row in rows if isinstance(row, Ticket)}
        self.unit = {row.id: row.unit_id for row in rows if isinstance(row, Ticket)}
        self.members = recount(rows, store.profile, NOW, CHIEF.person_id)

    def district(self, place_id: str) -> str:
        """A street counts for its district."""
        places = {row.id: row for row in reference() if isinstance(row, Place)}
        return places[place_id].parent_id if places[place_id].kind == "street" else place_id

    def area(self, r: Reader) -> tuple[str, ...]:
        return r.reference.units_below(r.reference.persons[CHIEF.person_id].assigned_unit_ids)

    def expected(self, queue: Queue) -> set[str]:
        """What waits for one's own signature waits in the whole city."""
        of_queue = self.members[queue]
        return of_queue if queue == "approval" else {i for i in of_queue if self.unit[i] in (*_MINE, _BELOW)}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with open_desk_store(tmp_path_factory.mktemp("mine"), me=CHIEF, name="desk.db") as store:
        yield City(store)


@pytest.mark.parametrize("memory", [False, True], ids=["sql", "memory"])
def test_every_queue_of_my_units_and_of_the_city_is_exact(city: City, memory: bool) -> None:
    """A number on the rail that is not the list's, or a case of mine that is missing, is the office's trust gone."""
    store = city.store
    hot = HotLists(store.store.tickets, store.clock.monotonic, least_rows=1)
    if memory:
        assert hot.load(store.store.read, CHIEF.person_id, lambda: False)
    with store.store.read() as connection:
        columns = hot.fresh(connection, CHIEF.person_id) if memory else None
        with store.reader() as bare:
            whole = replace(bare, connection=connection, hot=columns)
            mine = replace(whole, area=city.area(bare))
            assert set(mine.area) == {*_MINE, _BELOW}
            counts, all_counts = queue_counts(mine).counts, queue_counts(whole).counts
            for queue in QUEUES:
                rids = ticket_ids(mine, TicketFilter(queue=queue)).rids
                assert {row.id for row in ticket_rows(mine, rids)} == city.expected(queue), queue
                assert counts[queue] == len(rids) == len(city.expected(queue)), queue
                assert all_counts[queue] == len(city.members[queue]), queue
                everywhere = ticket_ids(mine, TicketFilter(queue=queue, everywhere=True)).rids
                assert len(everywhere) == len(city.members[queue]), queue
            named = ticket_ids(mine, TicketFilter(queue="all", unit_ids=("u-edu",))).rids
            assert len(named) == sum(unit == "u-edu" for unit in city.unit.values()), (
                "a unit asked for by name"
            )


@pytest.mark.parametrize("memory", [False, True], ids=["sql", "memory"])
@pytest.mark.parametrize("by", ["unit", "place"])
def test_subtotals_of_groups_are_exact_and_add_up(city: City, memory: bool, by: By) -> None:
    """A subtotal that is not the number of cases behind it would send somebody to the wrong unit."""
    store = city.store
    hot = HotLists(store.store.tickets, store.clock.monotonic, least_rows=1)
    if memory:
        assert hot.load(store.store.read, CHIEF.person_id, lambda: False)
    with store.store.read() as connection, store.reader() as bare:
        columns = hot.fresh(connection, CHIEF.person_id) if memory else None
        mine = replace(bare, connection=connection, hot=columns, area=city.area(bare))
        for wanted in (
            TicketFilter(queue="open"),
            TicketFilter(queue="all", everywhere=True, request_types=("help",)),
            TicketFilter(queue="all", everywhere=True, text="施工"),
        ):
            found = groups(mine, wanted, by)
            rows = ticket_rows(mine, ticket_ids(mine, wanted).rids)
            tickets = [city.tickets[row.id] for row in rows]
            group = {t.id: t.unit_id if by == "unit" else city.district(t.place_id) for t in tickets}
            of = Counter(group.values())
            late = Counter(group[t.id] for t in tickets if t.id in city.members["overdue"])
            assert {total.key: total.count for total in found.totals} == of, wanted
            assert {total.key: total.overdue for total in found.totals if total.overdue} == late, wanted
            assert found.count == len(rows)
            assert [t.count for t in found.totals] == sorted((t.count for t in found.totals), reverse=True)


def test_a_view_asks_what_its_filter_asked_and_forgets_what_is_unknown() -> None:
    """A view of a newer colleague's program opens all the same."""
    wanted = TicketFilter(
        queue="overdue", unit_ids=("u-heat",), lights=("overdue",), text="噪音", sort="unit"
    )
    view = View(id="v", name="x", created_at=NOW, question=question_of(wanted))
    assert filter_of(view) == wanted
    strange = replace(view, question=ListQuestion(queue="of_tomorrow", party="robot", unit_ids=("u-heat",)))
    assert filter_of(strange) == TicketFilter(queue="all", unit_ids=("u-heat",))


def test_the_morning_sheet_begins_with_my_units(city: City) -> None:
    """Exact counts there too, and no case of somebody else's unit."""
    with city.store.reader() as whole:
        mine = replace(whole, area=city.area(whole))
        sheets = morning_sheet(mine), morning_sheet(whole)
    shown = [item.ticket.id for item in sheets[0].items()]
    assert shown
    assert {city.unit[i] for i in shown} <= {*_MINE, _BELOW}
    for section, whole_section in zip(sheets[0].sections, sheets[1].sections, strict=True):
        ids = [i.ticket.id for i in whole_section.items if city.unit[i.ticket.id] in (*_MINE, _BELOW)]
        assert (section.count, [item.ticket.id for item in section.items]) == (len(ids), ids)


def test_the_first_rows_of_a_start_are_of_my_units(tmp_path: Path) -> None:
    """Else the list would jump when the desk takes over."""
    with open_desk_store(tmp_path, me=CHIEF, name="desk.db") as store:
        city = City(store)
        with store.store.write() as connection:
            settings.put(connection, settings.CURSOR, "c1")
            settings.put(connection, settings.ABSENCE, Absence(wall=NOW))
    for queue in QUEUES:
        found = read_first_rows(tmp_path / "desk.db", KEY, queue, at=NOW, limit=9, whole_city=False)
        assert found is not None
        assert found.count == len(city.expected(queue)), queue
        assert {row.id for row in found.rows} <= city.expected(queue), queue
