"""Figures of a run: samples in seconds, lines of the table, ratios. Measures nothing and writes no file."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field


@dataclass
class Samples:
    """Repeated measurements of one thing, in seconds (or in rows a second where the line says so)."""

    values: list[float] = field(default_factory=list)

    def add(self, value: float) -> None:
        self.values.append(value)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """What nineteen of twenty stay within; the greatest of a few."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@dataclass(frozen=True)
class Line:
    """One line of the table. ``of`` names the line it is held against: its ratio stands beside it.

    ``rows``: where given, the figure is told as rows a second too.
    """

    name: str
    samples: Samples
    of: str = ""
    rows: int = 0
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A table of lines that were measured in turn in one run."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""

    def markdown(self) -> str:
        """The table, with a heading."""
        medians = {line.name: line.samples.median for line in self.lines}
        head = ["what", "median", "95 of 100", "least", "most", "runs", "against"]
        rows = [[*_cells(line), _against(line, medians)] for line in self.lines]
        table = [head, ["---", "---:", "---:", "---:", "---:", "---:", "---"], *rows]
        text = "\n".join("| " + " | ".join(row) + " |" for row in table)
        return "\n\n".join(part for part in (f"### {self.title}", self.note, text) if part)


def _cells(line: Line) -> list[str]:
    values = line.samples.values
    name = f"{line.name} ({line.note})" if line.note else line.name
    shown = [_time(s) for s in (line.samples.median, line.samples.p95, min(values), max(values))]
    if line.rows:
        shown[0] += f" = {line.rows / line.samples.median:,.0f} rows/s"
    return [name, *shown, str(len(values))]


def _against(line: Line, medians: dict[str, float]) -> str:
    return f"{line.samples.median / medians[line.of]:.2f} × {line.of}" if line.of else ""


def _time(seconds: float) -> str:
    if seconds >= 10:
        return f"{seconds:.1f} s"
    if seconds >= 1:
        return f"{seconds:.2f} s"
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f} ms" if milliseconds >= 100 else f"{milliseconds:.1f} ms"
