"""Mistakes in the protocol, each one a patch over the product that a test alone switches on.

A mutant says in its name and words what it breaks; the simulator has to notice it within a few schedules. ``first`` is
a seed that did when the mutant was written: it is tried before the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

Make = Callable[[Any], Any]
"""From the product's function to the mistaken one."""


@dataclass(frozen=True)
class Mutant:
    """``module`` and ``attribute`` name what is replaced (``Class.method`` too); ``make`` gets the original."""

    name: str
    breaks: str
    module: str
    attribute: str
    make: Make
    first: int = 0

    @contextmanager
    def on(self) -> Iterator[None]:
        """The product with this mistake in it."""
        holder, _, name = f"{self.module}.{self.attribute}".rpartition(".")
        with patch(f"{holder}.{name}", self.make(_resolve(self.module, self.attribute))):
            yield


def nothing(_: Any) -> Any:
    """A function that forgets to do anything."""
    return lambda *args, **kwargs: None


def _resolve(module: str, attribute: str) -> Any:
    found: Any = __import__(module, fromlist=["_"])
    for name in attribute.split("."):
        found = getattr(found, name)
    return found
