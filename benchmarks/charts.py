"""The growth curves of docs/performance.md as pictures: read out of its tables, written as SVG into docs/charts.

    python -m benchmarks.charts      # draws them anew; a run with --write does it by itself

The tables are the only source, so that a picture never says anything else than the page. Measures nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from math import log10
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from benchmarks import report

Table = dict[str, float]
"""The medians of a section in seconds, by the name of the line."""

_UNITS = {"ms": 1e-3, "s": 1.0}
_HEADING = re.compile(r"^### (?P<title>.*?)(?P<size>[\d,]+) cases.*$")
_ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<figure>[\d.,]+) (?P<unit>ms|s)\b")
_WEIGHT = re.compile(r"(?P<name>[^;:.]+?) (?P<mb>[\d,]+) MB \(")
_COLOURS = ("#0b6e99", "#d9730d", "#4d7c0f", "#9333ea", "#be123c", "#57534e")
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 760, 380, 70, 44, 300, 40


class Chart(NamedTuple):
    """A picture: ``lines`` are (name in the table, name in the legend); floors are drawn broken."""

    file: str
    title: str
    section: str
    lines: tuple[tuple[str, str], ...]
    unit: str = "ms"


CHARTS = (
    Chart("start", "Start, processor time", "Start with ", (
        ("floor: the same, processor time", "floor: bare window"),
        ("our window painted, rows as a skeleton, processor time", "window"),
        ("first rows of the queue last open painted, processor time", "first rows"),
        ("everything ready: the desk, its rows, the case beside them, processor time", "everything ready"),
    )),
    Chart("lists", "Lists: from the click to count and scrollbar", "Lists of ", (
        ("floor: all ids in order, raw driver", "floor: all ids by the driver"),
        ("switch queue: count and scrollbar", "switch queue"),
        ("filter: count and scrollbar", "filter"),
        ("sort by any column: count and scrollbar", "sort by any column"),
        ("QSqlTableModel: sort by title", "QSqlTableModel: sort"),
    )),
    Chart("scrolling", "Scrolling: from the event to the paint", "Lists of ", (
        ("floor: scroll: one notch of the wheel", "floor: wheel, bare table"),
        ("scroll: one notch of the wheel", "wheel"),
        ("scroll: a page", "page"),
        ("scroll: a jump anywhere", "jump anywhere"),
    )),
    Chart("search", "Search: first page, processor time", "Search in ", (
        ("floor, processor time: two characters", "floor: index alone, two characters"),
        ("first page, processor time: one character", "one character"),
        ("first page, processor time: two characters", "two characters"),
        ("first page, processor time: four characters", "four characters"),
        ("first page, processor time: a number", "a number"),
    )),
    Chart("sync", "First sync, and catching up with changed cases: seconds", "First sync of ", (
        ("floor: decode, insert into plain SQLite, index", "floor: first sync"),
        ("first sync over HTTP, encrypted, lists and indexes", "first sync"),
        ("floor: the latest cases change in plain SQLite", "floor: changes"),
        ("a round in which the latest cases have changed", "changes"),
    ), "s"),
)  # fmt: skip
_MEMORY = Chart("memory", "Memory of the lists' process, MB", "Lists of ", (
    ("bare window and table", "floor: bare window and table"),
    ("window with its first list", "first list"),
    ("columns in memory", "columns in memory"),
    ("after 200 rounds of scripted use", "after 200 rounds of use"),
    ("QSqlTableModel at its end", "QSqlTableModel"),
), "MB")  # fmt: skip


def draw(page: Path) -> list[Path]:
    """Writes the pictures beside ``page``; those for which it has two sizes at least."""
    text = page.read_text("utf-8")
    tables, weights = dict(read_tables(text)), dict(_tables(text, _weights))
    folder = page.parent / "charts"
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for chart, source in (*((chart, tables) for chart in CHARTS), (_MEMORY, weights)):
        sizes = sorted((size, table) for (section, size), table in source.items() if section == chart.section)
        curves = [
            (shown, [(size, table[name]) for size, table in sizes if name in table])
            for name, shown in chart.lines
        ]
        curves = [(shown, points) for shown, points in curves if len(points) > 1]
        if curves:
            written.append(folder / f"{chart.file}.svg")
            written[-1].write_text(_svg(chart, curves), "utf-8")
    return written


def read_tables(text: str) -> Iterable[tuple[tuple[str, int], Table]]:
    """((heading up to the number, number of cases), medians) of each table whose heading names one."""
    return _tables(text, _medians)


def _tables(text: str, read: Callable[[Sequence[str]], Table]) -> Iterable[tuple[tuple[str, int], Table]]:
    found: re.Match[str] | None = None
    body: list[str] = []
    for line in [*text.splitlines(), "### end"]:
        if line.startswith("### "):
            if found is not None:
                yield (found["title"], int(found["size"].replace(",", ""))), read(body)
            found, body = _HEADING.match(line), []
        else:
            body.append(line)


def _medians(lines: Sequence[str]) -> Table:
    rows = filter(None, map(_ROW.match, lines))
    return {row["name"].strip(): float(row["figure"].replace(",", "")) * _UNITS[row["unit"]] for row in rows}


def _weights(lines: Sequence[str]) -> Table:
    said = next((line.partition("):")[2] for line in lines if "Memory (" in line), "")
    return {found["name"].strip(): float(found["mb"].replace(",", "")) for found in _WEIGHT.finditer(said)}


def _svg(chart: Chart, curves: list[tuple[str, list[tuple[int, float]]]]) -> str:
    scale = 1000 if chart.unit == "ms" else 1
    xs = sorted({size for _, points in curves for size, _ in points})
    ys = [value * scale for _, points in curves for _, value in points if value > 0]
    low, high = 10 ** int(log10(min(ys)) - 1), max(ys) * 1.3
    while low * 10 <= min(ys):
        low *= 10
    wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(size: int) -> float:
        return _LEFT + wide * (log10(size) - log10(xs[0])) / (log10(xs[-1]) - log10(xs[0]))

    def y(value: float) -> float:
        return _TOP + tall * (1 - (log10(max(value, low)) - log10(low)) / (log10(high) - log10(low)))

    head = f'xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" font-size="12" role="img"'
    parts = [
        f'<svg {head} font-family="sans-serif"><title>{escape(chart.title)}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-size="15" fill="#1c1917">{escape(chart.title)}</text>',
    ]
    grid = low
    while grid <= high:
        parts.append(
            f'<path d="M{_LEFT} {y(grid):.1f}H{_LEFT + wide}" stroke="#e7e5e4"/>'
            f'<text x="{_LEFT - 8}" y="{y(grid) + 4:.1f}" text-anchor="end" fill="#57534e">{grid:g} {chart.unit}</text>'
        )
        grid *= 10
    parts += [
        f'<text x="{x(size):.1f}" y="{_TOP + tall + 22}" text-anchor="middle" fill="#57534e">{size:,}</text>'
        for size in xs
    ]
    for number, (name, points) in enumerate(curves):
        colour = _COLOURS[number % len(_COLOURS)]
        broken = ' stroke-dasharray="6 4"' if name.startswith("floor") else ""
        places = [(x(size), y(value * scale)) for size, value in points]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{broken}/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in places]
        row = _TOP + 8 + 22 * number
        left = _LEFT + wide + 24
        parts.append(
            f'<path d="M{left} {row}h22" stroke="{colour}" stroke-width="2"{broken}/>'
            f'<text x="{left + 30}" y="{row + 4}" fill="#1c1917">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    for drawn in draw(report.PAGE):
        print(drawn.name, file=sys.stderr)
