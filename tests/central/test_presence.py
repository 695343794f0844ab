"""Colleagues see who has a case open, within seconds and no longer than that; nobody outside the office ever does.

If this broke, two officers would telephone the same unit about one case, or a unit would learn who audits it.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import msgspec

from central.installation import open_database
from central.presence import LIFETIME_S, PresenceBoard
from central.signals import CommitSignal, Held, event_or_timeout
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.wire import ChangesPage, Presence, Present
from tests.support.builders import make_ticket
from tests.support.central_office import Hand, Office


def claim(hand: Hand, ticket_id: str, *, writing: bool = False) -> int:
    reply = hand.call("PUT", "/presence", json={"ticket_id": ticket_id, "writing": writing})
    return reply.status_code


def seen(hand: Hand) -> set[tuple[str, str, bool]]:
    found = msgspec.json.decode(hand.get("/presence").content, type=Presence)
    return {(one.person_id, one.ticket_id, one.writing) for one in found.people}


def poll(hand: Hand, **params: Any) -> ChangesPage:
    reply = hand.get("/sync/changes", cursor=hand.cursor, **params)
    assert reply.status_code == 200, reply.text
    return msgspec.json.decode(reply.content, type=ChangesPage)


def test_the_office_sees_who_is_on_a_case_and_a_unit_does_not(office: Office) -> None:
    """Scope, mask and end of it: what a case hides from somebody, presence hides too, and no row is written for it."""
    plain, theirs = make_ticket(), make_ticket(against_person_ids=("p-cleared",))
    office.load(plain, theirs)
    officer, chief, cleared = office.hand("officer"), office.hand("chief"), office.hand("cleared")
    liaison = office.hand("liaison")
    head = office.database.head()
    assert claim(officer, plain.id) == 204
    assert seen(chief) == seen(cleared) == {("p-officer", plain.id, False)}
    assert claim(office.hand("officer", "second-screen"), plain.id, writing=True) == 204
    assert seen(chief) == {("p-officer", plain.id, True)}, "one person at two screens is one person"
    assert claim(liaison, plain.id) == 403
    assert seen(liaison) == set()
    assert claim(cleared, theirs.id) == claim(cleared, office.new_id()) == 404, (
        "out of sight, as if there were none"
    )
    assert claim(chief, theirs.id) == 204
    assert ("p-chief", theirs.id, False) in seen(officer)
    assert not any(ticket_id == theirs.id for _, ticket_id, _ in seen(cleared)), (
        "complained of: sees none of it"
    )
    assert claim(chief, "") == 204
    assert not any(person == "p-chief" for person, _, _ in seen(officer))
    assert office.database.head() == head, "never in the change log"


def test_a_poll_tells_of_presence_and_keeps_it_alive(office: Office) -> None:
    """What a poll named already it is not sent again; whoever polls no more is gone after a minute."""
    ticket = make_ticket()
    office.load(ticket)
    officer, chief, liaison = office.hand("officer"), office.hand("chief"), office.hand("liaison")
    for hand in (officer, chief, liaison):
        hand.snapshot()
        hand.pull()
    assert poll(chief).presence is None, "an older desktop is sent none"
    assert poll(chief, presence="").presence is None, "nobody is there"
    claim(officer, ticket.id)
    told = poll(chief, presence="", wait=25).presence
    assert told is not None
    assert told.people == (Present(person_id="p-officer", ticket_id=ticket.id),)
    assert poll(chief, presence=told.rev).presence is None
    assert poll(liaison, presence="").presence is None
    for _ in range(4):
        office.clock.advance(LIFETIME_S / 2)
        poll(officer)
        assert seen(chief), "its own polls renew it"
    office.clock.advance(LIFETIME_S)
    assert poll(chief, presence=told.rev).presence == Presence(), "its network is gone"


def test_many_who_wait_are_told_a_few_at_a_time(tmp_path: Path) -> None:
    """Five hundred desktops must not all ask again in one moment because somebody opened a case."""
    database = open_database(str(tmp_path / "central.db"), random.Random(1))
    clock = SystemClock()
    board = PresenceBoard(database, clock, "")
    signal = CommitSignal(database, clock, event_or_timeout, board)
    officer = Viewer(person_id="p-1", name="王敏", roles=frozenset({"officer"}))

    async def play() -> None:
        waiting = [asyncio.create_task(signal.hold(officer, 0, 60, board.revision)) for _ in range(120)]
        deaf = asyncio.create_task(signal.hold(officer, 0, 60))
        await asyncio.sleep(0)
        board.revision += 1
        await asyncio.to_thread(board.changed)
        first, rest = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        assert 0 < len(first) <= 50 < len(rest)
        assert all(held == Held(False, 0, nudged=True) for held in await asyncio.gather(*waiting))
        late = await signal.hold(officer, 0, 60, board.revision - 1)
        assert late.nudged, "who comes with what was seen before is told as well"
        assert not deaf.done(), "an older desktop asked for none of it"
        signal.close()
        await deaf

    asyncio.run(asyncio.wait_for(play(), 50))
    database.close()
