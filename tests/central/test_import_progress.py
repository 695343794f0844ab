"""What the person who waits for an import sees."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from central.importing.progress import Progress
from desktop.models.domain.clock import ManualClock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_one_line_that_moves_and_is_wiped_at_the_end() -> None:
    clock, stream = ManualClock(datetime(2026, 5, 4, tzinfo=UTC)), Terminal()
    progress = Progress(stream, clock)
    progress.tell(100, 0.01)  # too soon to be worth a line
    clock.advance(30)
    progress.tell(15_000, 0.25)
    assert stream.getvalue() == "\r15,000 rows, 25%, 500 rows/s, 1:30 left"
    progress.finish()
    assert stream.getvalue().endswith(" \r")
    assert "\n" not in stream.getvalue()


def test_a_log_file_gets_a_plain_line_now_and_then() -> None:
    clock, stream = ManualClock(datetime(2026, 5, 4, tzinfo=UTC)), io.StringIO()
    progress = Progress(stream, clock)
    for step in range(1, 13):
        clock.advance(1)
        progress.tell(step * 1_000, step / 3_600)
    progress.finish()
    assert stream.getvalue().splitlines() == [
        "5,000 rows, 0%, 1,000 rows/s, 59:55 left",
        "10,000 rows, 0%, 1,000 rows/s, 59:50 left",
    ]
