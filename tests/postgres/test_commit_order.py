"""The cursor follows the commits: whatever eight writers do, a desktop that pulls misses none of their rows.

The same test with positions from a sequence, as one would write it first, must lose rows: else it shows nothing.
"""

from __future__ import annotations

import itertools
import multiprocessing
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

import central.writer
from central import dialects
from central.audit import Act, append_audit, verify_audit
from central.database import Database
from central.installation import open_database
from central.pull import read_changes
from central.retention import forget_old_changes
from central.tables import change
from central.writer import Writer
from desktop.models.domain.clock import system_wait
from desktop.models.domain.privacy import Viewer
from tests.support.builders import make_unit
from tests.support.central_office import REAL
from tests.support.postgres import Cluster
from tools import campaigns

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 8
NAIVE_COMMITS = 1200
OFFICER = Viewer(person_id="p-officer", name="王敏", roles=frozenset({"officer"}), unit_ids=frozenset())
ROLLED_BACK, SLOW, AUDITED = 0.04, 0.02, 0.1
"""Shares of the transactions that end without a commit, dawdle at the very end, and write to the audit log."""


class _Undo(Exception):
    """Rolls a transaction back."""


@dataclass
class Written:
    """What one writer committed: row ids, and how many commits and audit rows."""

    ids: list[str] = field(default_factory=list)
    commits: int = 0
    audited: int = 0


@pytest.fixture
def office_url(postgres: Cluster) -> Iterator[str]:
    name = postgres.office()
    yield postgres.serving_url(name)
    postgres.drop(name)


def naive_log(connection: Any, entries: list[dict[str, Any]]) -> int:
    """Positions as one would give them first: the next number, whoever commits when."""
    drawn = "SELECT nextval('naive') FROM generate_series(1, %s)"
    positions = sorted(connection.exec_driver_sql(drawn, (len(entries),)).scalars())
    connection.execute(
        insert(change),
        [entry | {"position": at, "tx": positions[0]} for entry, at in zip(entries, positions, strict=True)],
    )
    return int(positions[-1])


def write_some(url: str, name: str, total: int, audit_share: float, results: Connection) -> None:
    """One writer, a process of its own: so many commits and some that are undone, then what came of them."""
    rng, done = random.Random(name), Written()
    database = open_database(url, rng)
    for number in itertools.count():
        if done.commits == total:
            break
        ids = [f"{name}-{number}-{i}" for i in range(rng.randint(1, 2))]
        audited, slow = rng.random() < audit_share, rng.random() < SLOW
        with suppress(_Undo):
            with database.write() as tx:
                writer = Writer(tx, at=REAL, op_id=ids[0])
                for row_id in ids:
                    writer.put(make_unit(row_id))
                if audited:
                    append_audit(tx, Act("p-officer", name, "note", "unit", ids[0]), REAL)
                if rng.random() < ROLLED_BACK:
                    raise _Undo
                if slow:  # once its positions are given, when a careless server lets everybody overtake
                    pause = rng.random() * 0.01
                    tx.before_commit.append(partial(tx.last.append, partial(system_wait, pause)))
            done.ids += ids
            done.commits += 1
            done.audited += audited
    database.close()
    results.send(done)


def follow(database: Database, finished: Callable[[], bool], tidy: Callable[[], object]) -> list[str]:
    """One desktop: pulls from where it stands until everybody has finished and nothing is left."""
    position, seen = 0, list[str]()
    for turn in itertools.count(1):
        last = finished()
        with database.read() as connection:
            pulled = read_changes(connection, OFFICER, position, 100)
        seen += [each.id for each in pulled.changes]
        assert pulled.position >= position
        position = pulled.position
        if last and not pulled.changes:
            break
        if turn % 300 == 0:
            tidy()
        system_wait(0.005)  # leaves the machine to the writers
    return seen


def run(cluster: Cluster, name: str, commits: int, *, audit_share: float) -> tuple[Written, list[str], float]:
    """Eight writing processes, a reader beside them, and a vacuum now and then."""
    url = cluster.serving_url(name)
    fork = multiprocessing.get_context("fork")  # the children need nothing but what is imported here
    pipes = [fork.Pipe(duplex=False) for _ in range(WRITERS)]
    writers = [
        fork.Process(target=write_some, args=(url, f"w{i}", commits // WRITERS, audit_share, sending))
        for i, (_, sending) in enumerate(pipes)
    ]
    database = open_database(url, random.Random(1))
    began = time.perf_counter()
    for writer in writers:
        writer.start()
    for _, sending in pipes:
        sending.close()
    seen = follow(
        database,
        lambda: all(receiving.poll() for receiving, _ in pipes),
        lambda: cluster.execute("VACUUM ANALYZE change, entity", database=name),
    )
    seconds = time.perf_counter() - began
    parts: list[Written] = [receiving.recv() for receiving, _ in pipes]  # EOFError: a writer died
    for writer in writers:
        writer.join()
    done = Written(
        [each for part in parts for each in part.ids],
        sum(part.commits for part in parts),
        sum(part.audited for part in parts),
    )
    with database.read() as connection:
        assert verify_audit(connection) == done.audited, "the audit chain has one order too"
    database.close()
    return done, seen, seconds


@pytest.mark.timeout(7200)  # a campaign's hundred thousand commits
def test_of_eight_writers_no_row_is_lost_and_the_naive_cursor_loses_some(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that a pull skips never reaches that desktop: somebody works on a case as it no longer is."""
    commits = campaigns.size_of("commit-order")
    name = postgres.office()
    done, seen, seconds = run(postgres, name, commits, audit_share=AUDITED)
    postgres.drop(name)

    name = postgres.office()
    postgres.execute("CREATE SEQUENCE naive", database=name)
    postgres.execute("GRANT USAGE ON SEQUENCE naive TO PUBLIC", database=name)
    monkeypatch.setattr(central.writer, "append_to_log", naive_log)
    monkeypatch.setattr(dialects, "lock", lambda *names, **how: None)
    naive_done, naive_seen, _ = run(postgres, name, min(commits, NAIVE_COMMITS), audit_share=0)
    postgres.drop(name)

    lost, naive_lost = set(done.ids) - set(seen), set(naive_done.ids) - set(naive_seen)
    campaigns.report(
        "commit-order",
        done=done.commits,
        violations=len(lost),
        commits_per_second=round(done.commits / seconds),
        rows_lost_by_the_naive_cursor=f"{len(naive_lost):,} of {len(naive_done.ids):,}",
    )
    assert not lost
    assert sorted(seen) == sorted(done.ids), "each row once, and nothing that was rolled back"
    assert naive_lost, "a test that the naive cursor passes shows nothing"


def test_a_transaction_that_takes_long_holds_nobody_up_and_is_not_lost(office_url: str) -> None:
    """An import or a slow disk must not keep every other desktop's news back."""
    slow, quick = (open_database(office_url, random.Random(1)) for _ in range(2))
    with quick.read() as backup:  # a dump that began before and sees none of it
        assert backup.execute(change.select()).first() is None
        with slow.write() as tx:
            Writer(tx, at=REAL).put(make_unit("slow"))
            for i in range(3):
                put(quick, f"quick-{i}")
            with quick.read() as connection:
                first = read_changes(connection, OFFICER, 0, 100)
            assert [each.id for each in first.changes] == ["quick-0", "quick-1", "quick-2"]
    with quick.read() as connection:
        then = read_changes(connection, OFFICER, first.position, 100)
    assert [each.id for each in then.changes] == ["slow"]
    slow.close()
    quick.close()


HOLDER = """
import random, sys
from central.installation import open_database
from central.writer import Writer
from tests.support.builders import make_unit
from tests.support.central_office import REAL
database = open_database(sys.argv[1], random.Random(1))
with database.write() as tx:
    Writer(tx, at=REAL).put(make_unit("dead"))
    tx.before_commit.append(lambda: tx.last.append(lambda: print("holding", flush=True) or sys.stdin.read()))
"""


def test_a_writer_killed_with_the_lock_in_its_hands_leaves_it_to_the_others(office_url: str) -> None:
    """A server process that dies between its positions and its commit must not stop the city."""
    command = [sys.executable, "-c", HOLDER, office_url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        database = open_database(office_url, random.Random(1))
        waiting = threading.Thread(target=put, args=(database, "alive"))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive(), "it waits for the lock"
        holder.send_signal(signal.SIGKILL)
        waiting.join(60)
        with database.read() as connection:
            assert [each.id for each in read_changes(connection, OFFICER, 0, 100).changes] == ["alive"]
        database.close()


def test_positions_go_on_after_everything_was_forgotten(office_url: str) -> None:
    """A cursor that stands at the head must stay good when the log behind it is gone."""
    database = open_database(office_url, random.Random(1))
    put(database, "first")
    assert forget_old_changes(database, REAL + timedelta(days=181)) == 1
    assert database.head() == 1
    put(database, "second")
    with database.read() as connection:
        assert [each.id for each in read_changes(connection, OFFICER, 1, 100).changes] == ["second"]
    database.close()


def put(database: Database, unit_id: str) -> None:
    with database.write() as tx:
        Writer(tx, at=REAL).put(make_unit(unit_id))
