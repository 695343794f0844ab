"""Errands: who waits for an answer, whether anybody still does, and the walk home.

Made and delivered on the GUI thread; asked from the lanes only whether they have been overtaken.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from itertools import count
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from .errors import DeskError
from .relay import Homing, Relay

Key = tuple[int, str]


class Errands:
    """Hands out errands. ``unheard`` is told of failures that nobody asked to hear."""

    def __init__(self, relay: Relay, unheard: Callable[[DeskError], None]) -> None:
        self._relay = relay
        self._unheard = unheard
        self._serials = count(1)
        self._latest: dict[Key, int] = {}
        self._closed = False

    def question(
        self,
        owner: QObject,
        then: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None,
        slot: str = "",
    ) -> Errand:
        """An errand whose answer is worth nothing once overtaken (same owner and slot) or its owner has gone."""
        key = (id(owner), slot) if slot else None
        serial = next(self._serials)
        if key is not None:
            self._latest[key] = serial
        return Errand(self, owner, Homing(then, "then"), _homing(failed), key, serial)

    def deed(
        self,
        owner: QObject,
        then: Callable[[Any], None] | None,
        failed: Callable[[DeskError], None] | None,
    ) -> Errand:
        """An errand that is done whoever waits for it; its failure is heard even when the owner has gone."""
        home = Homing(then, "then") if then is not None else None
        return Errand(self, owner, home, _homing(failed), None, next(self._serials), heard=True)

    def close(self) -> None:
        """Deliver nothing any more."""
        self._closed = True

    def post(self, delivery: Callable[[], None]) -> None:
        self._relay.post(lambda: None if self._closed else delivery())

    def is_latest(self, key: Key | None, serial: int) -> bool:
        return key is None or self._latest.get(key) == serial

    def forget(self, key: Key | None) -> None:
        if key is not None:
            self._latest.pop(key, None)

    def unheard(self, error: DeskError) -> None:
        if error.code != "closing":
            self._unheard(error)


class Errand:
    """One question or command on its way."""

    __slots__ = ("_errands", "_failed", "_heard", "_key", "_owner", "_serial", "_then")

    def __init__(
        self,
        errands: Errands,
        owner: QObject,
        then: Homing | None,
        failed: Homing | None,
        key: Key | None,
        serial: int,
        *,
        heard: bool = False,
    ) -> None:
        self._errands = errands
        self._owner = weakref.ref(owner)
        self._then = then
        self._failed = failed
        self._key = key
        self._serial = serial
        self._heard = heard

    def overtaken(self) -> bool:
        """True when a later question of the same slot has been asked, or the owner has gone. Any thread."""
        return self._owner() is None or not self._errands.is_latest(self._key, self._serial)

    def succeed(self, value: object) -> None:
        """Any thread."""
        self._errands.post(lambda: self._home(value))

    def fail(self, error: DeskError) -> None:
        """Any thread."""
        self._errands.post(lambda: self._home_failed(error))

    def _home(self, value: object) -> None:
        if self._wanted() and self._then is not None:
            self._then(value)

    def _home_failed(self, error: DeskError) -> None:
        wanted = self._wanted()
        if wanted and self._failed is not None:
            self._failed(error)
        elif wanted or self._heard:
            self._errands.unheard(error)

    def _wanted(self) -> bool:
        if self.overtaken():
            return False
        self._errands.forget(self._key)
        owner = self._owner()
        return owner is not None and shiboken6.isValid(owner)


def _homing(failed: Callable[[DeskError], None] | None) -> Homing | None:
    return Homing(failed, "failed") if failed is not None else None
