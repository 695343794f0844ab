"""Which version this is, as its installation says."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """ "0" in a checkout that was never installed."""
    try:
        return version("supervision-desk")
    except PackageNotFoundError:
        return "0"
