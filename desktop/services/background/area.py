"""Whose cases lists and counts begin with: those of the units a person looks after, or the whole city's.

Decides no right: the whole city is a key away. Lives on the GUI thread; ``in_force`` may be read in any.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.models.domain.wire import Me
from desktop.services.queries.base import Reference


class Area(QObject):
    """One person's; empty for somebody to whom no unit is assigned."""

    #: The choice is another, or the units are.
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._assigned: tuple[str, ...] = ()
        self._units: tuple[str, ...] = ()
        self._whole_city = False
        self._keep: Callable[[bool], None] | None = None

    @property
    def assigned(self) -> tuple[str, ...]:
        """The units that the person looks after, as they were assigned."""
        return self._assigned

    @property
    def whole_city(self) -> bool:
        """Whether the whole city was chosen, or there is no choice."""
        return self._whole_city or not self._units

    @property
    def in_force(self) -> tuple[str, ...]:
        """The units, with all below them, that lists are limited to; () for the whole city."""
        return () if self._whole_city else self._units

    def remember(self, whole_city: bool, keep: Callable[[bool], None]) -> None:
        """Begin as it was left; ``keep`` is told each choice."""
        self._keep = keep
        self._choose(whole_city)

    def learn(self, me: Me, reference: Reference) -> None:
        """Who works here, and which units there are."""
        person = reference.persons.get(me.person_id)
        self._assigned = person.assigned_unit_ids if person is not None else ()
        units = reference.units_below(self._assigned)
        if units != self._units:
            self._units = units
            self.changed.emit()

    def toggle(self) -> None:
        """The other one."""
        if self._units:
            self._choose(not self._whole_city)
            if self._keep is not None:
                self._keep(self._whole_city)

    def _choose(self, whole_city: bool) -> None:
        if whole_city != self._whole_city:
            self._whole_city = whole_city
            self.changed.emit()
