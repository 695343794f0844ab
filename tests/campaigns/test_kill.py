"""Campaign "kill": client and server are ended by SIGKILL wherever it hurts; nothing that was acknowledged is lost."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.journeys.processes import Office, central
from tests.support.crashes.kills import PHASES, STORY, Killed, run_story
from tests.support.crashes.nursery import Nursery
from tests.support.crashes.shim import compile_shim
from tests.support.crashes.town import Violated, build_office
from tests.support.crashes.whole_desktops import CASES, LOGIN, PASSWORD
from tools import campaigns

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills and preloads as Linux knows them")


@pytest.mark.timeout(7200)
def test_nothing_acknowledged_is_lost_whoever_is_killed_and_when(tmp_path: Path) -> None:
    """An officer's saved word survives the end of the desk's process, of the server's, and of both."""
    count, begin = campaigns.size_of("kill"), campaigns.first_seed()
    done: list[Killed] = []
    violations: list[str] = []
    template = build_office(tmp_path)
    began = time.monotonic()
    with Nursery(preload=compile_shim(tmp_path)) as nursery:
        for first, last in stories(begin, begin + count - 1):
            folder = tmp_path / f"story-{first}"
            folder.mkdir()
            try:
                done += run_story(nursery, folder, template, first, last)[max(0, begin - first) :]
            except Violated as violated:
                violations.append(str(violated))
    seconds = time.monotonic() - began
    blind = sum(not killed.as_planned for killed in done)
    campaigns.report(
        "kill",
        done=len(done),
        violations=len(violations),
        phases=len({killed.phase for killed in done}),
        at_the_planned_moment=len(done) - blind,
        seconds_a_kill=round(seconds / max(1, len(done)), 2),
    )
    assert not violations, "\n\n".join(violations[:3])
    assert len(done) == count
    if count >= 8 * len(PHASES):  # of two or three a phase, all may miss their moment on a slow machine
        struck = Counter(killed.phase for killed in done if killed.as_planned)
        assert not {name for name, _ in PHASES} - struck.keys(), "a phase in which nobody was ever killed"


def stories(begin: int, end: int) -> list[tuple[int, int]]:
    """First and last seed of each story that covers ``begin`` … ``end``; each begins where its kind begins."""
    return [(first, min(first + STORY - 1, end)) for first in range(begin - begin % STORY, end + 1, STORY)]


@pytest.mark.timeout(7200)
def test_the_whole_program_survives_its_own_end(tmp_path: Path) -> None:
    """An officer's machine dies in mid-sentence, in mid-send, in the first load: sentence and note are still there."""
    rounds = max(1, campaigns.size_of("kill") // 125)
    database = build_office(tmp_path)
    central("users", "--database", str(database), "passwd", LOGIN, "--password-stdin", stdin=f"{PASSWORD}\n")
    office = Office(database, tmp_path)
    began = time.monotonic()
    violations: list[str] = []
    try:
        for number in range(rounds):
            told = ((case.__name__, case(office, database, tmp_path, number)) for case in CASES)
            violations += [f"{name}: {trouble}" for name, trouble in told if trouble]
    finally:
        office.stop()
    kills = rounds * len(CASES)
    campaigns.report(
        "kill",
        done=kills,
        violations=len(violations),
        whole_programs=kills,
        seconds_a_whole_program=round((time.monotonic() - began) / kills, 1),
    )
    assert not violations
