"""The walk of the screenshots goes through every page there is: a new one cannot be forgotten."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from desktop.pages import page_specs
from desktop.tools.scenes_states import who_shows

CITY = Path(__file__).parents[2] / "resources" / "sample_city" / "city.toml"


class Person(NamedTuple):
    login: str
    roles: tuple[str, ...]


def test_every_page_is_photographed_once_as_somebody_of_the_sample_city() -> None:
    """Else a page is shipped whose empty or failed state nobody has ever looked at."""
    people = tuple(
        Person(one["key"], tuple(one["roles"])) for one in tomllib.loads(CITY.read_text("utf-8"))["people"]
    )
    specs = tuple(page_specs())
    shown = [spec.key for pages in who_shows(people, specs).values() for spec in pages]
    assert sorted(shown) == sorted(spec.key for spec in specs)
