"""What stands beside a case: found by key and compared in earnest, never by what the viewer may not have."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.models.domain.entities import Ticket
from desktop.models.domain.related import chain_of, likeness, runs_of
from desktop.services.queries.hot.lists import HotLists
from desktop.services.queries.related import COUNTED, SHOWN, Related, related
from tests.support.builders import NOW, make_ticket, make_timeline_entry, reference_rows
from tests.support.stores import DeskStore, open_desk_store, profile

NOISE = "市民反映小区北门工地每晚十点后仍在施工，泵车噪音很大，影响老人和孩子休息，希望尽快处理。"


def beside(store: DeskStore, ticket: Ticket) -> Related:
    """The answer of SQL, held against the one from the columns in memory."""
    cold = store.ask(lambda r: related(r, ticket.id))
    lists = HotLists(store.store.tickets, lambda: 0.0, least_rows=1)
    assert lists.load(store.store.read, store.me.person_id, lambda: False)
    with store.reader() as reader:
        hot = lists.fresh(reader.connection, store.me.person_id)
        assert related(replace(reader, hot=hot), ticket.id) == cold
    return cold


def numbers(cases: object) -> list[str]:
    return [case.number for case in cases.cases]  # type: ignore[attr-defined]


def test_other_cases_of_requester_place_and_words_stand_beside_a_case(tmp_path: Path) -> None:
    """An officer who does not see that the same person called six times handles each call as the first."""
    at = NOW - timedelta(days=1)
    ticket = make_ticket(contact_id="k-9", address="云东区 北门路12号", request_text=NOISE, received_at=at)
    same = [
        make_ticket(contact_id="k-9", received_at=at - timedelta(days=n), address="") for n in range(1, 8)
    ]
    place = make_ticket(contact_id="k-1", address="云东区北门路12号", request_text="路灯不亮", received_at=at)
    words = make_ticket(contact_id="k-2", address="西山路3号", request_text=f"{NOISE}谢谢。", received_at=at)
    old = make_ticket(contact_id="k-3", request_text=NOISE, received_at=at - timedelta(days=200))
    other = make_ticket(
        contact_id="k-4", address="南街", request_text="自来水发黄，有异味，不敢饮用。", received_at=at
    )
    with open_desk_store(tmp_path) as store:
        store.pull(*reference_rows(), ticket, *same, place, words, old, other)
        found = beside(store, ticket)
    assert numbers(found.requester) == [t.number for t in same[:SHOWN]]
    assert found.requester.count == 7
    assert numbers(found.place) == [place.number]
    assert numbers(found.words) == [words.number]
    assert found.words.cases[0].alike > 0.9


def test_nothing_leads_to_a_requester_whom_the_viewer_was_not_sent(tmp_path: Path) -> None:
    """A confidential case arrives without its contact: it must neither find nor be found."""
    secret = make_ticket(contact_id="", level="confidential", address="", request_text="")
    with open_desk_store(tmp_path) as store:
        store.pull(*reference_rows(), secret, make_ticket(contact_id=""), make_ticket(contact_id="k-1"))
        assert beside(store, secret) == Related(ticket_id=secret.id)


def test_a_key_two_requesters_share_by_chance_shows_neither_to_the_other(tmp_path: Path) -> None:
    """crc32 has few values: what it proposes is compared, or a stranger's cases would be shown as one's own."""
    first, second = make_ticket(contact_id="plumless"), make_ticket(contact_id="buckeroo")  # of one crc32
    with open_desk_store(tmp_path) as store:
        store.pull(*reference_rows(), first, second)
        keys = store.store.read
        with keys() as connection:
            found = connection.exec_driver_sql("SELECT DISTINCT contact_key FROM ticket_list").fetchall()
        assert len(found) == 1
        assert beside(store, first).requester.count == 0


def test_the_address_of_half_a_city_is_counted_no_further_than_a_person_looks(tmp_path: Path) -> None:
    """The town hall's thousands would be read from end to end at each of its cases."""
    crowd = [make_ticket(address="市政府", contact_id="") for _ in range(COUNTED + 20)]
    with open_desk_store(tmp_path) as store:
        store.pull(*reference_rows(), *crowd)
        found = store.ask(lambda r: related(r, crowd[0].id))
    assert (found.place.count, len(found.place.cases)) == (COUNTED, SHOWN)


@pytest.mark.parametrize("seed", range(3))
def test_likeness_is_a_share_and_the_same_both_ways(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(200):
        one, other = (
            runs_of("".join(rng.choices("路灯不亮积水噪音", k=rng.randint(0, 12)))) for _ in range(2)
        )
        assert likeness(one, other) == likeness(other, one)
        assert 0.0 <= likeness(one, other) <= 1.0
        assert likeness(one, one) == (1.0 if one else 0.0)


def test_a_way_between_units_tells_what_each_return_cost() -> None:
    """Nineteen hours lost at a unit that was never in charge are otherwise seen by nobody."""
    ticket = make_ticket()

    def entry(kind: str, hours: float, unit: str = "") -> object:
        return make_timeline_entry(
            ticket, kind=kind, at=NOW + timedelta(hours=hours), unit_id=unit, text=f"派至{unit}"
        )

    way = [
        entry("received", -1),
        entry("dispatched", 0, "u-water"),
        entry("returned", 1, ""),
        entry("redispatched", 1.5, "u-heat"),
        entry("signed", 2, "u-heat"),
    ]
    hops = chain_of(way, profile())  # type: ignore[arg-type]
    assert [(hop.unit_id, hop.lost) for hop in hops] == [("u-water", (0, 1)), ("u-heat", (0, 0))]
    assert hops[0].left == NOW + timedelta(hours=1)
    assert hops[1].left is None
    assert chain_of(way[:2], profile()) == (), "a case that no unit returned has no way to tell"  # type: ignore[arg-type]
