"""Pictures of every page in each state, and of the work on them, in both languages, light and dark, on the sample city.

    python -m desktop.tools.screens FOLDER [--only supervision,outbox] [--languages zh] [--schemes light]

Files are named page-language-scheme.png, so that a newer run replaces the older one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop.options import Language, Options, Scheme
from desktop.tools.pictures import SIZE, take
from desktop.tools.player import Script
from desktop.tools.scenes import round_trip
from desktop.tools.scenes_states import states
from desktop.tools.stage import Stage, perform

_LIMIT_MS = 60_000
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_SCHEMES: tuple[Scheme, ...] = ("light", "dark", "contrast")


class Camera:
    """Takes each picture in every wanted colour scheme."""

    def __init__(
        self, stage: Stage, folder: Path, language: str, schemes: tuple[Scheme, ...], only: frozenset[str]
    ) -> None:
        self._stage = stage
        self._folder = folder
        self._language = language
        self._schemes = schemes
        self._only = only
        self._worn: Scheme | None = None

    def shot(self, name: str) -> Script:
        """The window as it is, once in each scheme."""
        if self._only and name not in self._only:
            return
        # From the one that is worn: to dress every page of the program anew takes seconds.
        for scheme in sorted(self._schemes, key=lambda each: each != self._worn):
            if scheme != self._worn:
                self._stage.app.wardrobe.wear("scheme", scheme)
                self._worn = scheme
            yield 0.25
            take(self._stage.app.window, self._folder / f"{name}-{self._language}-{scheme}.png")
        sys.stdout.write(f"{name}-{self._language}\n")
        sys.stdout.flush()


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of pictures, separated by commas")
    parser.add_argument("--languages", default="zh,en")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--size", type=int, default=Options.size, help="cases of the city (%(default)s)")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    schemes: tuple[Scheme, ...] = tuple(s for s in _SCHEMES if s in arguments.schemes)
    only = frozenset(filter(None, arguments.only.split(",")))
    for language in _LANGUAGES:
        if language in arguments.languages:
            options = Options(sample=True, size=arguments.size, language=language, scheme=schemes[0])
            _take_all(options, arguments.folder, schemes, only)
    return 0


def _take_all(options: Options, folder: Path, schemes: tuple[Scheme, ...], only: frozenset[str]) -> None:
    for walk in (
        states,
        round_trip,
    ):  # each in a city of its own: what the one records the other does not show
        named = any(name.startswith("state-") is (walk is states) for name in only)
        if named or not only:
            _take(walk, options, folder, schemes, only)


def _take(
    walk: Callable[[Stage, Camera], Script],
    options: Options,
    folder: Path,
    schemes: tuple[Scheme, ...],
    only: frozenset[str],
) -> None:
    def script(stage: Stage) -> Script:
        yield from walk(stage, Camera(stage, folder, options.language, schemes, only))

    with tempfile.TemporaryDirectory(prefix="supervision-desk-screens-") as profile:
        perform(Path(profile), script, options=options, limit_ms=_LIMIT_MS, size=SIZE)


if __name__ == "__main__":
    sys.exit(main())
