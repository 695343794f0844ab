"""The benchmarks still run, every part of them: what nobody runs for a month cannot be run when a figure is wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import charts, report
from tools.console import ROOT

_TABLES = (
    "Start to first painted list",
    "First sync of",
    "Opening the overdue list",
    "Lists of",
    "Search in",
    "An hour's use of",
)
_LINES = (
    "first rows of the queue last open painted",
    "first page: four characters",
    "a window's loop beside a first sync, from tick to tick: 99 of 100",
)


@pytest.mark.timeout(1500)
def test_every_part_measures_something() -> None:
    """On a small city, each figure once. No figure is judged: whose machine is slow today would break the build."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "benchmarks", "--small"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    missing = [title for title in _TABLES if f"### {title}" not in done.stdout]
    assert not missing, done.stdout
    assert " × floor: " in done.stdout, "each figure stands beside its floor"
    for line in _LINES:
        assert f"| {line} |" in done.stdout


def test_a_chart_says_what_the_table_says() -> None:
    """A curve of another table's figures would be believed before the table is."""
    page = "\n".join(
        f"### Search in {size:,} cases\n\n| first page, processor time: a number | {ms} ms | 9 ms | 1 |"
        for size, ms in ((10_000, "4.0"), (100_000, "8.0"))
    )
    tables = dict(charts.read_tables(page))
    assert tables == {
        ("Search in ", 10_000): {"first page, processor time: a number": 0.004},
        ("Search in ", 100_000): {"first page, processor time: a number": 0.008},
    }


def test_the_page_takes_new_figures_and_keeps_its_words(tmp_path: Path) -> None:
    """What a person wrote about the figures must outlive the next figures."""
    page = tmp_path / "performance.md"
    page.write_text(report.PAGE.read_text("utf-8"), "utf-8")
    words = page.read_text("utf-8").partition("<!--")[0]
    for text in ("first run", "second run"):
        report.write(text, page)
    written = page.read_text("utf-8")
    assert written.startswith(words)
    assert "second run" in written
    assert "first run" not in written
