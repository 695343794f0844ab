"""Our rows against the server's sums: what is wrong is mended once, and a mass of rows goes only when both agree."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from requests import PreparedRequest, Response

from central.writer import Writer
from desktop.models.domain.entities import Ticket
from desktop.models.domain.wire import Digest, DigestEntry
from desktop.models.store.agreement import Agreement, read_agreement
from desktop.models.store.parting import count_parted
from desktop.services.commands.notes import add_note
from desktop.services.sync import pull as pulling
from desktop.services.sync.checking import EVERY_S, MOST_RELOADS, RELOAD_EVERY_S
from desktop.services.sync.round import ask_whether_we_agree
from tests.support.builders import make_ticket
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, answer, open_engine

SNAPSHOT = "POST /api/v1/sync/snapshots"
DIGEST = "GET /api/v1/sync/digest"


@pytest.fixture
def city(office: Office) -> list[Ticket]:
    """A hundred cases of the roads unit."""
    tickets = [make_ticket() for _ in range(100)]
    office.load(*tickets)
    return tickets


def agreement(desk: EngineDesk) -> Agreement:
    with desk.store.read() as connection:
        return read_agreement(connection)


def hidden(desk: EngineDesk) -> int:
    with desk.store.read() as connection:
        return count_parted(connection)


def move(office: Office, tickets: list[Ticket], unit_id: str) -> None:
    """Cases go to another unit, each in its own commit."""
    for ticket in tickets:
        with office.database.write() as tx:
            writer = Writer(tx, at=office.clock.now())
            there = writer.ticket(ticket.id)
            assert there is not None
            writer.put(replace(there, unit_id=unit_id))


def tickets_here(desk: EngineDesk) -> set[str]:
    return {row_id for entity_type, row_id in desk.rows() if entity_type == "ticket"}


def forged(office: Office, entry: DigestEntry) -> bytes:
    """A digest of a server that counts tickets differently from what it sends."""
    hand = office.hand("liaison", device="forger")
    told = msgspec.json.decode(hand.get("/sync/digest").content, type=Digest)
    return msgspec.json.encode(replace(told, types=told.types | {"ticket": entry}))


def said(request: PreparedRequest, body: bytes) -> Response:
    """A reply of the contract with another body than the server's."""
    reply = answer(request, 200, "")
    reply.headers["Content-Type"] = "application/json"
    reply.raw = io.BytesIO(body)
    return reply


def no_digest(request: PreparedRequest) -> Response | None:
    return answer(request, 503, "busy") if "/sync/digest" in request.path_url else None


def test_a_row_that_went_wrong_is_found_and_mended(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """A row lost on disk would be missing from every list for ever; nothing unsent is touched by the repair."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        assert agreement(desk).checked_at is not None  # a first load is checked
        desk.do(lambda w: add_note(w, city[0].id, "没有发出"))
        with desk.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM projection WHERE id = ?", (city[3].id,))
            connection.exec_driver_sql("UPDATE projection SET version = 9 WHERE id = ?", (city[4].id,))
        desk.network.fault = lambda r: answer(r, 503, "busy") if "/operations" in r.path_url else None
        with pytest.raises(Exception, match="busy"):
            desk.sync()
        desk.network.fault = None
        office.clock.advance(EVERY_S)
        desk.network.seen.clear()
        desk.sync()
        assert desk.network.seen.count(SNAPSHOT) == 1
        assert agreement(desk) == Agreement(due=False, checked_at=office.clock.now().timestamp())
        assert desk.rows() == office.hand("officer").rows()
        assert [e.state for e in desk.entries()] == ["applied"]


def test_an_ordinary_round_asks_for_no_digest(tmp_path: Path, office: Office, city: list[Ticket]) -> None:
    """A sum over the whole store at every poll would cost the server and the desktop for nothing."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        assert desk.network.seen.count(DIGEST) == 1
        for _ in range(3):
            office.load(make_ticket())
            desk.sync()
        assert desk.network.seen.count(DIGEST) == 1
        ask_whether_we_agree(desk.ctx)
        desk.sync()
        assert desk.network.seen.count(DIGEST) == 2


def test_a_server_that_contradicts_itself_is_not_loaded_for_ever(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """Sums that no snapshot can satisfy must not fetch the city every round; the person is told that they differ."""
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        wrong = forged(office, DigestEntry(count=1, sum="0" * 16))

        def forge(request: PreparedRequest) -> Response | None:
            return said(request, wrong) if "/sync/digest" in request.path_url else None

        desk.network.fault = forge
        desk.network.seen.clear()
        ask_whether_we_agree(desk.ctx)
        for _ in range(5):
            desk.sync()
        assert desk.network.seen.count(SNAPSHOT) == 1
        assert agreement(desk).differs == ("ticket",)
        for _ in range(30):
            office.clock.advance(RELOAD_EVERY_S)
            desk.sync()
        assert desk.network.seen.count(SNAPSHOT) <= MOST_RELOADS + 2
        desk.network.fault = None
        office.clock.advance(RELOAD_EVERY_S)
        desk.sync()
        assert agreement(desk).differs == ()


def test_a_mass_of_cases_is_hidden_at_once_and_destroyed_when_confirmed(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """Half of what a desktop holds leaves it: nobody sees it from that moment, and it goes for good once both agree."""
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        move(office, city[:60], "u-water")
        desk.network.fault = no_digest
        with pytest.raises(Exception, match="busy"):
            desk.sync()
        assert hidden(desk) == 60
        gone = {ticket.id for ticket in city[:60]}
        for table in ("projection", "base", "ticket_list", "ticket_text"):
            assert not [row for row in desk.table(table) if gone.intersection(map(str, row))]
        assert len(desk.table("ticket_text")) == 40
        desk.crash()
        desk.open()
        desk.network.fault = None
        desk.sync()
        assert hidden(desk) == 0
        assert tickets_here(desk) == {ticket.id for ticket in city[60:]}
        assert SNAPSHOT not in desk.network.seen[-4:]


def test_few_rows_go_without_ado(tmp_path: Path, office: Office, city: list[Ticket]) -> None:
    """An ordinary reassignment leaves nothing behind and costs no digest."""
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        asked = desk.network.seen.count(DIGEST)
        move(office, city[:40], "u-water")
        desk.sync()
        assert hidden(desk) == 0
        assert desk.network.seen.count(DIGEST) == asked


def test_a_large_eviction_in_small_pages_is_noticed(
    tmp_path: Path, office: Office, city: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the whole pull that counts; a program that ends between two pages does not forget it."""
    monkeypatch.setattr(pulling, "PAGE_ROWS", 10)
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        move(office, city[:60], "u-water")
        pages: list[PreparedRequest] = []

        def break_off(request: PreparedRequest) -> Response | None:
            if "/sync/changes" in request.path_url:
                pages.append(request)
                if len(pages) == 4:
                    return answer(request, 503, "busy")
            return no_digest(request)

        desk.network.fault = break_off
        with pytest.raises(Exception, match="busy"):
            desk.sync()
        assert 0 < hidden(desk) < 60
        desk.crash()
        desk.open()
        desk.network.fault = no_digest
        with pytest.raises(Exception, match="busy"):
            desk.sync()
        assert hidden(desk) == 60
        desk.network.fault = None
        desk.sync()
        assert hidden(desk) == 0
        assert desk.rows() == office.hand("liaison").rows()


def test_an_eviction_that_nobody_confirms_is_undone(
    tmp_path: Path, office: Office, city: list[Ticket]
) -> None:
    """A server that sends evictions by mistake costs nobody their cases: its own sums bring them back."""
    with open_engine(tmp_path, office, "liaison") as desk:
        desk.sync()
        before = desk.rows()
        changes = [{"type": "ticket", "id": ticket.id, "op": "evict", "version": 1} for ticket in city[:60]]

        def mistaken(request: PreparedRequest) -> Response | None:
            if "/sync/changes" not in request.path_url or not changes:
                return None
            hand = office.hand("liaison", device=desk.device)
            reply = hand.call("GET", request.path_url.removeprefix("/api/v1"))
            page = reply.json() | {"changes": list(changes)}
            changes.clear()
            return said(request, msgspec.json.encode(page))

        desk.network.fault = mistaken
        desk.sync()
        assert hidden(desk) == 0
        assert not changes
        assert SNAPSHOT not in desk.network.seen[8:]
        assert before.keys() <= desk.rows().keys()
        assert len(desk.table("ticket_text")) == 100
