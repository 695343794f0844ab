"""The chips above the ticket list: unit, type, matter, channel, district, time limit, requester, who looks after it.

Turns chips into a `TicketFilter` and back. Must not ask the store: the choices are the reference rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Channel, RequestType, literals
from desktop.models.domain.tickets import Light
from desktop.services.queries.base import Reference
from desktop.services.queries.filters import ME, NOBODY, TicketFilter
from desktop.views.common import case_words
from desktop.views.common.filters import FilterChips

_FIELDS = {
    "unit": "unit_ids",
    "type": "request_types",
    "category": "category_ids",
    "channel": "channels",
    "place": "place_ids",
    "light": "lights",
    "officer": "officer_ids",
}
_LIGHTS: tuple[Light, ...] = get_args(Light)


class FilterBar(FilterChips):
    """Eight chips and a clear."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_chip("unit", self.tr("Unit"))
        self.add_chip("type", self.tr("Type"))
        self.add_chip("category", self.tr("Matter"))
        self.add_chip("channel", self.tr("Channel"))
        self.add_chip("place", self.tr("District"))
        self.add_chip("light", self.tr("Time limit"))
        self.add_chip("party", self.tr("Requester"), multi=False)
        self.add_chip("officer", self.tr("Officer"))
        self._offer_fixed()

    def offer(self, reference: Reference) -> None:
        """Offer the units, matters and districts that there are."""
        units = [(u.id, u.short_name or u.name, u.pinyin) for u in reference.units.values()]
        self.set_options("unit", [(i, name) for i, name, _ in sorted(units, key=lambda u: u[2] or u[1])])
        self.set_options("category", list(_tree(reference)))
        districts = [(p.id, p.name) for p in reference.places.values() if p.kind == "district"]
        self.set_options("place", sorted(districts, key=lambda p: p[1]))
        officers = [(p.id, p.name) for p in reference.persons.values() if "officer" in p.roles]
        whose = [(ME, self.tr("Mine")), (NOBODY, self.tr("Nobody's"))]
        self.set_options("officer", whose + sorted(officers, key=lambda p: p[1]))

    def filter(self, base: TicketFilter) -> TicketFilter:
        """``base`` with the chips as they stand."""
        values = self.values()
        fields: dict[str, Any] = {field: tuple(values.get(key, ())) for key, field in _FIELDS.items()}
        fields["party"] = next(iter(values.get("party", ())), "")
        return replace(base, **fields)

    def show_filter(self, wanted: TicketFilter) -> None:
        """Set the chips without telling."""
        values: dict[str, list[str]] = {key: list(getattr(wanted, field)) for key, field in _FIELDS.items()}
        values["party"] = [wanted.party] if wanted.party else []
        self.set_values(values)

    def _offer_fixed(self) -> None:
        self.set_options("type", [(code, case_words.request_type(code)) for code in literals(RequestType)])
        self.set_options("channel", [(code, case_words.channel(code)) for code in literals(Channel)])
        self.set_options("light", [(code, case_words.light(code)) for code in _LIGHTS])
        parties = (("person", False), ("enterprise", True))
        self.set_options("party", [(v, case_words.person_or_enterprise(enterprise=e)) for v, e in parties])


def _tree(reference: Reference) -> Iterator[tuple[str, str]]:
    """Categories in the order of the tree, deeper ones set in by two blanks a level."""
    children = reference.children_of_category
    waiting = [(i, 0) for i in reversed(children.get("", ()))]
    while waiting:
        category_id, depth = waiting.pop()
        yield category_id, "　" * depth + reference.categories[category_id].name
        waiting += [(i, depth + 1) for i in reversed(children.get(category_id, ()))]
