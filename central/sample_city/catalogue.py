"""The sample city's dispatch catalogue and its emergencies by category, made from the same matters as its requests."""

from __future__ import annotations

from desktop.models.domain.profile import DispatchEntry

from .world import World

_GROUND = "云州市12345热线派单目录（2024年版）"
_EMERGENCIES = ("供水", "燃气", "供电", "供热", "消防安全")
"""Names of categories of the lowest level."""


def dispatch_catalogue(world: World) -> tuple[DispatchEntry, ...]:
    """Every category of the lowest level with the unit that most of its matters go to, "" for the district."""
    heaviest: dict[str, tuple[float, str]] = {}
    for matter in world.corpus.matters:
        category = world.categories[f"/{matter.first}/{matter.category}"]
        units = matter.units or {}
        for key, weight in units.items():
            if (weight * matter.weight, key) > heaviest.get(category, (0.0, "")):
                heaviest[category] = (weight * matter.weight, key)
    return tuple(
        DispatchEntry(
            category_id=category,
            unit_id="" if key == "district" else world.units[key].id,
            ground=_GROUND,
        )
        for category, (_, key) in heaviest.items()
    )


def emergency_categories(world: World) -> tuple[str, ...]:
    """What is an emergency whatever its ticket says."""
    return tuple(
        category for path, category in world.categories.items() if path.rpartition("/")[2] in _EMERGENCIES
    )
