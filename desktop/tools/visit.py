"""A round through the whole program: every person of a small sample city, every page of each, once."""

from __future__ import annotations

from pathlib import Path

from desktop.options import Options
from desktop.tools.pictures import SIZE
from desktop.tools.player import Script
from desktop.tools.stage import Stage, perform


def visit_all(profile: Path, *, size: int, limit_ms: int) -> dict[str, list[str]]:
    """Login → keys of the pages opened. Raises what goes wrong on the way, and where nothing was synced."""
    seen: dict[str, list[str]] = {}

    def script(stage: Stage) -> Script:
        yield lambda: bool(stage.sample.people)
        for person in stage.sample.people:
            yield from stage.be(person.login)
            frame = stage.app.frame
            assert frame is not None  # somebody is signed in
            for key in frame.page_keys:
                frame.open_page(key)
                yield 0.1
                seen.setdefault(person.login, []).append(key)

    options = Options(sample=True, size=size, language="zh", scheme="light")
    perform(profile, script, options=options, limit_ms=limit_ms, size=SIZE)
    return seen
