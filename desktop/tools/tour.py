"""The guided tour: once round the office by itself, a picture of every step. For machines without a screen."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from desktop.options import Options
from desktop.tools.pictures import SIZE, take
from desktop.tools.player import Script
from desktop.tools.scenes import round_trip
from desktop.tools.stage import Stage, perform

_LIMIT_MS = 60_000


class _Album:
    """Numbered pictures of one language in one colour scheme."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self._folder = folder
        self._count = 0

    def shot(self, name: str) -> Script:
        """Let the window settle and take a picture of it."""
        yield 0.25
        self._count += 1
        path = self._folder / f"{self._count:02d}-{name}.png"
        take(self._stage.app.window, path)
        sys.stdout.write(f"{path.name}\n")
        sys.stdout.flush()


def tour(options: Options, folder: Path) -> int:
    """Walk round the sample city and leave the pictures in ``folder``; 0, or 1 where a step could not be done."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    def script(stage: Stage) -> Script:
        yield from round_trip(stage, _Album(stage, folder))

    with tempfile.TemporaryDirectory(prefix="supervision-desk-tour-") as profile:
        try:
            perform(Path(profile), script, options=options, limit_ms=_LIMIT_MS, size=SIZE)
        except Exception as error:  # noqa: BLE001  the person is told in a line, whatever it was
            sys.stderr.write(f"The tour stopped: {type(error).__name__}: {error}\n")
            return 1
    return 0
