"""Where the files shipped with the program lie: beside the packages, or in the folder PyInstaller unpacks.

Only answers with paths; reads nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path


def resource_path(name: str) -> Path:
    """The path of ``resources/<name>``. Raises ``FileNotFoundError`` where it was not shipped."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    path = root / "resources" / name
    if not path.exists():
        raise FileNotFoundError(f"resource {name} is missing from this installation")
    return path
