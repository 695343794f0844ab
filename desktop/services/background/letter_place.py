"""Where a city keeps the templates of its letters, as a desk knows it; whoever opens the desk says how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _forget(folder: str) -> None:
    """Kept nowhere."""


@dataclass
class LetterPlace:
    """``folder`` None = the program's templates are used; ``laid_down``: only an administrator changes it."""

    folder: Path | None = None
    laid_down: bool = False
    keep: Callable[[str], None] = _forget

    def choose(self, folder: str) -> None:
        """Use another folder from now on, "" for none, and keep that for the next start."""
        if not self.laid_down:
            self.keep(folder)
            self.folder = Path(folder) if folder else None
