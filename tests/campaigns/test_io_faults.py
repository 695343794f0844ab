"""Campaign "io": the desk's disk is full, fails or writes half; nothing acknowledged is lost, and people are told."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from desktop.views.common.words import code_words
from tests.support.crashes.disk_faults import KINDS, PLACES, STORY, Point, count_calls, run_story
from tests.support.crashes.nursery import Nursery
from tests.support.crashes.shim import compile_shim
from tests.support.crashes.town import Violated, build_office
from tools import campaigns

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="preloads as Linux knows them")


@pytest.mark.timeout(7200)
def test_a_failing_disk_loses_nothing_and_is_named(tmp_path: Path) -> None:
    """A full or broken disk: an officer is told in words, keeps what was saved, and can go on once it is well."""
    count, begin = campaigns.size_of("io"), campaigns.first_seed()
    done: list[Point] = []
    violations: list[str] = []
    template = build_office(tmp_path)
    began = time.monotonic()
    with Nursery(preload=compile_shim(tmp_path)) as nursery:
        (tmp_path / "counting").mkdir()
        calls = count_calls(nursery, tmp_path / "counting", template)
        for first in range(begin, begin + count, STORY):
            folder = tmp_path / f"story-{first}"
            folder.mkdir()
            try:
                done += run_story(
                    nursery, folder, template, first, min(first + STORY, begin + count) - 1, calls
                )
            except Violated as violated:
                violations.append(str(violated))
    nameless = nameless_codes(done)
    struck = [point for point in done if point.struck]
    campaigns.report(
        "io",
        done=len(done),
        violations=len(violations) + len(nameless),
        struck=len(struck),
        told=sum(bool(point.codes) for point in struck),
        seconds_a_point=round((time.monotonic() - began) / max(1, len(done)), 2),
    )
    assert not violations, "\n\n".join(violations[:3])
    assert not nameless
    assert len(done) == count
    if count >= 40:
        assert {point.place for point in struck} == {name for name, _ in PLACES}
        assert {point.kind for point in struck} == {kind for kind, *_ in KINDS}


def nameless_codes(points: list[Point]) -> Counter[str]:
    """Codes for which the interface has no words of its own."""
    nobody_knows = code_words("no_such_code")
    codes = Counter(code for point in points for code in point.codes)
    return Counter({c: n for c, n in codes.items() if c == "internal" or code_words(c) == nobody_knows})
