"""Whom a commit wakes: nobody may be left waiting for what their own query would show, nobody else need be woken.

If the filter missed a change, an urge would reach its unit half a minute late, as long as nothing else happens there.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from central.database import Database, head_position
from central.installation import open_database
from central.news import News, scopes_after
from central.pull import read_changes
from central.signals import CommitSignal, Held, event_or_timeout
from central.writer import Writer
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import Row, Ticket
from desktop.models.domain.privacy import Viewer
from tests.support.builders import make_finding, make_note, make_ticket, make_unit, make_urge
from tests.support.central_office import REAL

UNITS = ("u-a", "u-b", "u-c")
VIEWERS = (
    Viewer(person_id="p-1", name="王敏", roles=frozenset({"officer"})),
    Viewer(person_id="p-2", name="李强", roles=frozenset({"return_visit", "cleared"})),
    Viewer(person_id="p-3", name="陈静", roles=frozenset({"liaison"}), unit_ids=frozenset({"u-a"})),
    Viewer(person_id="p-4", name="郑源", roles=frozenset({"liaison"}), unit_ids=frozenset({"u-b", "u-c"})),
    Viewer(person_id="p-5", name="周安", roles=frozenset({"officer"}), unit_ids=frozenset({"u-a"})),
    Viewer(person_id="p-6", name="吴芳", roles=frozenset({"rule_admin"})),
)
OFFICER, ROADS, WATER = VIEWERS[0], VIEWERS[2], VIEWERS[3]

units = st.sampled_from(UNITS)
tickets = st.fixed_dictionaries(
    {
        "unit_id": units,
        "assist_unit_ids": st.sets(units, max_size=2).map(lambda found: tuple(sorted(found))),
        "against_unit_id": st.sampled_from(("", "", "", *UNITS)),
        "against_person_ids": st.sampled_from(((), (), ("p-1",), ("p-3", "p-4"))),
        "level": st.sampled_from(("normal", "report")),
    }
)
steps = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 4), tickets, st.booleans()), min_size=1, max_size=10
)
"""Which case, what happens to it, as what it would be written, and whether the news is read after it."""

_numbers = itertools.count()


@pytest.fixture
def database(fresh_database: str) -> Iterator[Database]:
    opened = open_database(fresh_database, random.Random(1))
    yield opened
    opened.close()


def commit(database: Database, *rows: Row) -> int:
    """Write rows in one transaction; the head after it."""
    with database.write() as tx:
        writer = Writer(tx, at=REAL)
        for row in rows:
            writer.put(row)
    return database.head()


def rows_of(step: int, ticket: Ticket) -> list[Row]:
    """What is written in a step."""
    if step == 1:
        return [make_urge(ticket)]
    if step == 2:
        return [make_finding(ticket, state="draft", filed_at=None, author_id="p-1")]
    if step == 3:
        return [make_note(ticket)]
    return [make_unit(f"u-{next(_numbers)}", "某单位")] if step == 4 else [ticket]


@given(life=steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_news_never_misses_what_a_pull_would_show(
    database: Database, life: list[tuple[int, int, dict[str, object], bool]]
) -> None:
    """Cases move between units, are recused, get drafts and notes: whatever a pull shows, its viewer is woken for."""
    known = [make_ticket(unit_id=unit) for unit in UNITS]
    began = commit(database, *known)
    news, heads = News(), [began]
    news.begin(began)
    for which, step, fields, hears in life:
        if step == 0:
            known[which] = replace(known[which], **fields)
        heads.append(commit(database, *rows_of(step, known[which])))
        if not hears and len(heads) <= len(life):
            continue  # heard together with the next
        with database.read() as connection:
            news.add(scopes_after(connection, news.until), head_position(connection))
            for viewer, position in itertools.product(VIEWERS, heads):
                if read_changes(connection, viewer, position, 500).changes:
                    assert news.concern(viewer, position), (viewer.person_id, position)
                if position == heads[-1]:
                    assert not news.concern(viewer, position)


def test_a_commit_wakes_those_who_may_see_it_and_nobody_else(database: Database) -> None:
    """A thousand desktops that wait must not each cost a query whenever anybody in the city does anything."""
    ticket = make_ticket(unit_id="u-a")
    head = commit(database, ticket)
    signal = CommitSignal(database, SystemClock(), event_or_timeout)

    async def wait(viewer: Viewer, seconds: float) -> Held:
        return await signal.hold(viewer, head, seconds)

    async def play() -> None:
        roads, water = asyncio.create_task(wait(ROADS, 60)), asyncio.create_task(wait(WATER, 60))
        officer, short = asyncio.create_task(wait(OFFICER, 60)), asyncio.create_task(wait(WATER, 0.5))
        await asyncio.sleep(0)
        urged = await asyncio.to_thread(commit, database, make_urge(ticket))
        assert (await roads).news
        assert (await officer).news
        assert await short == Held(False, urged), (
            "its place moves on: what it did not see is not asked for again"
        )
        assert not water.done()
        assert await wait(ROADS, 60) == Held(True, head), "who comes with an old place is not left waiting"
        late = asyncio.create_task(signal.hold(ROADS, urged, 60))
        await asyncio.to_thread(commit, database, make_unit("u-new", "新单位"))
        assert (await water).news, "what is for everyone wakes everyone"
        assert (await late).news
        last = asyncio.create_task(signal.hold(WATER, database.head(), 60))
        await asyncio.sleep(0)
        signal.close()
        assert not (await last).news, "the server stops: nobody is held"

    asyncio.run(play())


def test_what_nobody_tells_is_found(database: Database) -> None:
    """An import runs beside the server on the same file: who waits hears of it within a second or two."""
    head = commit(database, ticket := make_ticket(unit_id="u-a"))
    signal = CommitSignal(database, SystemClock(), event_or_timeout)
    beside = Database(database.url.render_as_string(hide_password=False))

    async def play() -> None:
        others = [asyncio.create_task(signal.hold(WATER, head, 60)) for _ in range(3)]
        await asyncio.sleep(0)
        roads = asyncio.create_task(signal.hold(ROADS, head, 60))
        await asyncio.sleep(0)
        others[0].cancel()  # the one that looks for all of them: its desktop was switched off
        await asyncio.gather(others[0], return_exceptions=True)
        await asyncio.to_thread(commit, beside, make_urge(ticket))
        assert (await roads).news
        assert not any(other.done() for other in others[1:])
        signal.close()
        await asyncio.gather(*others[1:])

    try:
        asyncio.run(asyncio.wait_for(play(), 50))
    finally:
        beside.close()
