"""What makes a schedule cheap: small batches, one thread, and statements compiled once a process.

A database opened anew compiles each statement anew, a seventh of a schedule's time; here the engines of one kind borrow
dialect and compiled statements from the first. The batches of the protocol are made small, so that a short day already
has pages that follow each other. The code that runs is the product's own.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

import central.dialects
import desktop.models.store.engine
from desktop.models.store import parting
from desktop.services.sync import pull as pulling
from desktop.services.sync import push, snapshot

from .faults import Inline

_RARELY = 50_000
"""New objects between two collections: a sixteenth of a schedule's time went into looking for garbage."""

_first: dict[str, Engine] = {}


@contextmanager
def small_and_shared() -> Iterator[None]:
    """As long as this is open, batches are small and engines share what they have compiled."""
    with ExitStack() as stack:
        for module, name, value in (
            (desktop.models.store.engine, "create_engine", _sharing_engine),
            (central.dialects, "create_engine", _sharing_engine),
            (push, "MOST_OPS", 4),
            (pulling, "PAGE_ROWS", 20),
            (pulling, "COMMIT_ROWS", 50),
            (snapshot, "PAGE_ROWS", 100),
            (snapshot, "COMMIT_ROWS", 150),
            (snapshot, "ThreadPoolExecutor", Inline),
            (parting, "LEAST_ROWS", 15),
        ):
            stack.enter_context(patch.object(module, name, value))
        stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(_RARELY)
        yield


def _sharing_engine(url: Any, **options: Any) -> Engine:
    """A new engine with a pool of its own and the dialect and compiled statements of the first one of its kind."""
    engine = sqlalchemy.create_engine(url, **options)
    kind = f"{make_url(url).get_backend_name()} {options.get('module')}"
    first = _first.setdefault(kind, engine)
    if first is not engine:
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine
