"""Every queue of tickets against a recount in plain Python: of a Chinese sample city, and of the Boston import."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.installation import open_database
from central.profile_store import current_profile
from desktop.models.domain.entities import Finding, Notice, Row, Ticket, Urge, UrgentReport, Visit
from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.counts import queue_counts
from desktop.services.queries.filters import QUEUES, TicketFilter
from desktop.services.queries.tickets import ticket_ids, ticket_rows
from tests.support.boston import BostonFile
from tests.support.boston_city import AS_OF, boston_city
from tests.support.builders import CHIEF
from tests.support.imports import rows_of
from tests.support.queue_recount import recount
from tests.support.sample_towns import held_city
from tests.support.stores import open_desk_store
from tools.campaigns import report, size_of

_KINDS: tuple[type[Row], ...] = (Ticket, Visit, Urge, Notice, Finding, UrgentReport)
_BATCH = 20_000

pytestmark = pytest.mark.timeout(3_600)


def wrong_queues(
    folder: Path, rows: Iterable[Row], profile: RuleProfile, now: datetime, person_id: str
) -> tuple[list[str], set[str]]:
    """(what is wrong, queues that hold something), after the rows were pulled into a store of that person."""
    rows = list(rows)
    members = recount(rows, profile, now, person_id)
    wrong = []
    me = replace(CHIEF, person_id=person_id)
    with open_desk_store(folder, now=now, rules=profile, me=me) as store:
        for start in range(0, len(rows), _BATCH):
            store.pull(*rows[start : start + _BATCH])
        counts = store.ask(queue_counts).counts
        for queue in QUEUES:
            rids = store.ask(partial(ticket_ids, wanted=TicketFilter(queue=queue))).rids
            shown = {row.id for row in store.ask(partial(ticket_rows, rids=rids))}
            if shown != members[queue] or counts[queue] != len(rids) or len(rids) != len(shown):
                wrong.append(
                    f"{queue}: {len(members[queue])} by hand, {counts[queue]} counted, {len(rids)} shown"
                )
    return wrong, {queue for queue, ids in members.items() if ids}


def test_each_queue_of_a_sample_city_holds_what_plain_python_counts(tmp_path: Path) -> None:
    """The numbers on the rail are believed before anything is opened."""
    town = held_city(size_of("queues"))
    rows = [row for kind in _KINDS for row in town.of(kind)]
    wrong, filled = wrong_queues(tmp_path, rows, town.profile, town.now, town.person("chenlixin"))
    report("queues", done=len(town.tickets), violations=len(wrong))
    assert wrong == []
    empty = set(QUEUES) - filled
    assert empty <= {"provisional"}, (
        "a queue that is empty shows nothing; the sample city's year is announced"
    )


def test_each_queue_of_the_boston_import_holds_what_plain_python_counts(
    boston_file: BostonFile, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Real cases have gaps that made-up ones have not: no due time, no unit, closed before they were opened."""
    copy = tmp_path / "city.db"
    boston_city(boston_file, tmp_path_factory, copy)
    database = open_database(str(copy), random.Random(1))
    try:
        rows = [row for kind in _KINDS for row in rows_of(database, kind).values()]
        with database.read() as connection:
            profile = current_profile(connection)
    finally:
        database.close()
    kept = {row.id for row in rows if isinstance(row, Ticket)}
    kept = set(sorted(kept)[: size_of("queues")])
    rows = [
        row for row in rows if (row.id if isinstance(row, Ticket) else getattr(row, "ticket_id", "")) in kept
    ]
    now = AS_OF.replace(tzinfo=profile.zone())
    wrong, filled = wrong_queues(tmp_path, rows, profile, now, CHIEF.person_id)
    report("queues", done=len(kept), violations=len(wrong))
    assert wrong == []
    assert {"overdue", "open", "all"} <= filled
