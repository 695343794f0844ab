"""Keeping the search index level with the store, whatever state either is in: what to do next, how far it has come.

Plain functions of one thread, no Qt. The index waits for the first sync to be complete; what goes wrong with its file
is mended by making a new one, a few times a sitting. Must not touch a row: it reads the store, and writes the index and
the texts that an older program folded otherwise.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Literal

from msgspec import Struct

from desktop.models.store import settings
from desktop.models.store.engine import Store
from desktop.models.store.search_fill import fold_replies, fold_texts, index_of, prepare, step
from desktop.models.store.search_index import SearchIndex, Unusable

__all__ = ["IndexState", "SearchIndex", "Upkeep", "index_of"]

_RENEWALS: Final = 3
"""A disk that spoils the third index of a sitting is asked nothing more: searches read the texts."""
_STEPS_TOLD: Final = 5


class IndexState(Struct, frozen=True, kw_only=True):
    """``waiting`` for the first sync, ``building`` (``missing`` of ``total`` tickets are not in it), ``level`` with the
    store, or ``off``: it cannot be kept on this disk."""

    state: Literal["waiting", "building", "level", "off"] = "waiting"
    missing: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """0.0–1.0 of the tickets are in the index."""
        return 1.0 - self.missing / self.total if self.total else 0.0


class Upkeep:
    """``told`` hears each state that differs from the last, in the thread that works; ``stop`` ends work soon."""

    def __init__(
        self, store: Store, index: SearchIndex, told: Callable[[IndexState], None], stop: threading.Event
    ) -> None:
        self._store = store
        self._index = index
        self._told = told
        self._stop = stop
        self._state = IndexState()
        self._prepared = False
        self._renewals = 0

    def work(self) -> bool:
        """Do all there is to do now; False while the first sync is not complete.

        Raises what the store and its disk raise; what the index raises is mended here.
        """
        if self._state.state == "off":
            return True
        with self._store.read() as connection:
            if settings.get(connection, settings.CURSOR, str) is None:
                return False
        while not self._stop.is_set():
            try:
                self._level()
            except Unusable:
                self._prepared = False
                self._renewals += 1
                if self._renewals > _RENEWALS:
                    self._tell(IndexState(state="off"))
                    return True
                continue
            return True
        return True

    def _level(self) -> None:
        self._store.require_room()  # a person's work comes first where the disk is almost full
        if not self._prepared:
            prepare(self._store, self._index)
            self._prepared = True
            at: int | None = 0
            while at is not None and not self._stop.is_set():
                at = fold_texts(self._store, at)
            key: tuple[str, str] | None = ("", "")
            while key is not None and not self._stop.is_set():
                key = fold_replies(self._store, key)
        steps = 0
        while not self._stop.is_set():
            progress = step(self._store, self._index)
            if not progress.more:
                break
            steps += 1
            if progress.missing and steps % _STEPS_TOLD == 1:
                self._tell(IndexState(state="building", missing=progress.missing, total=progress.total))
        else:
            return
        self._tell(IndexState(state="level"))
        if steps > _STEPS_TOLD:
            while not self._stop.is_set() and self._index.tidy():
                pass

    def _tell(self, state: IndexState) -> None:
        if state != self._state:
            self._state = state
            self._told(state)
