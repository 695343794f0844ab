"""The benchmarks follow the program: a figure that nobody can take any more is noticed here, none is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import overdue_list, report, search, start
from desktop.models.store import settings
from tests.support.builders import make_ticket, reference_rows
from tests.support.stores import open_desk_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An encrypted store as a first sync leaves it, with more overdue cases than a page has rows."""
    with open_desk_store(tmp_path, name="prepared.db") as desk:
        desk.pull(*reference_rows(), *(make_ticket(state="handling") for _ in range(100)))
        with desk.store.write() as connection:
            settings.put(connection, settings.CURSOR, "where the log was left")
    return tmp_path / "prepared.db"


def test_the_start_is_seen_to_its_first_rows_and_to_its_end(store: Path, tmp_path: Path) -> None:
    section = start.measure(store, tmp_path, runs=1)
    medians = [line.samples.median for line in section.lines]
    assert all(seconds > 0 for seconds in medians)
    assert "| first rows of the queue last open painted |" in section.markdown()


@pytest.mark.usefixtures("qapp")
def test_the_overdue_list_is_seen_opening(store: Path, tmp_path: Path) -> None:
    section = overdue_list.measure(store, tmp_path, runs=1)
    assert section.title == "Opening the overdue list (100 cases)"


def test_the_search_is_measured_from_its_index_to_its_first_page(tmp_path: Path) -> None:
    (section,) = search.measure(tmp_path, sizes=(200,), questions=1)
    assert section.title == "Search in 200 cases"
    assert "| first page: four characters |" in section.markdown()


def test_the_page_takes_new_figures_and_keeps_its_words(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(report.PAGE.read_text("utf-8"), "utf-8")
    words = page.read_text("utf-8").partition("<!--")[0]
    for text in ("first run", "second run"):
        report.write(text, page)
    written = page.read_text("utf-8")
    assert written.startswith(words)
    assert "second run" in written
    assert "first run" not in written
