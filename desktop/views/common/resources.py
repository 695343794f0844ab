"""Where the files that ship with the program lie. Must not write there and must not know what is in them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def resource_dir() -> Path:
    """The folder `resources`, beside the package: the same in a checkout, a wheel and a frozen folder."""
    return Path(__file__).resolve().parents[3] / "resources"


def resource(*parts: str) -> Path:
    """The path of one shipped file, e.g. `resource("icons", "search.svg")`; it is not checked to exist."""
    return resource_dir().joinpath(*parts)
