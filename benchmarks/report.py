"""Puts a run's tables into docs/performance.md, with date, machine and command. Measures nothing."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import PySide6

from benchmarks.figures import Section
from benchmarks.place import ROOT

PAGE = ROOT / "docs" / "performance.md"
_MARKS = "<!-- {mark}: written by benchmarks, do not edit -->", "<!-- end of {mark} -->"


def render(sections: Sequence[Section], *, command: str, source: str, at: datetime) -> str:
    """The tables under a paragraph that says how they came about."""
    head = (
        f"Measured {at:%Y-%m-%d %H:%M} UTC by `{command}` on {_machine()}. Cases: {source}. "
        "Medians; runs of one table alternate, so that the machine's other work hits all of them."
    )
    return "\n\n".join([head, *(section.markdown() for section in sections)])


def write(text: str, page: Path = PAGE, *, mark: str = "figures") -> None:
    """Replace what stands between the marks of that name. ValueError where the page has none."""
    opening, closing = (each.format(mark=mark) for each in _MARKS)
    before, begin, rest = page.read_text("utf-8").partition(opening)
    _, end, after = rest.partition(closing)
    if not begin or not end:
        raise ValueError(f"{page.name} has no place for {mark}")
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", "utf-8")


def publish(
    sections: Sequence[Section],
    *,
    command: str,
    source: str,
    at: datetime,
    written: bool,
    mark: str = "figures",
) -> None:
    """Print the tables; where ``written``, put them between the marks of that name as well."""
    text = render(sections, command=command, source=source, at=at)
    print(text)
    if written:
        write(text, mark=mark)
        print(f"[bench] written into {PAGE.name}", file=sys.stderr, flush=True)


def _machine() -> str:
    parts = [
        _processor(),
        f"{os.cpu_count()} cores",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        f"PySide6 {PySide6.__version__}",
    ]
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[1]:.1f}")
    return ", ".join(parts)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "a processor without a name"
