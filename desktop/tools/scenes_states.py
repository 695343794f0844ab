"""Every page in each of its states, as somebody who has it sees it: filled, loading, empty, failed, without a network.

The pages are those of ``desktop.pages``: one that is added is walked through without a word here, and one that nobody
of the sample city has ends the walk. What a state looks like is the page's own doing; here its lists are emptied, its
questions broken off, its network cut.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from desktop.models.items.frozen import FrozenModel
from desktop.models.items.windowed import WindowedModel
from desktop.pages import page_specs
from desktop.tools.player import Script
from desktop.tools.stage import Stage
from desktop.views.common.tables import ListTable
from desktop.views.shell.pages import PageSpec, pages_of

STATES = ("filled", "loading", "empty", "error", "offline")
_SETTLED_S = 0.8


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


class Person(Protocol):
    """Somebody of the sample city."""

    @property
    def login(self) -> str: ...
    @property
    def roles(self) -> tuple[str, ...]: ...


def who_shows(people: tuple[Person, ...], specs: tuple[PageSpec, ...]) -> dict[str, list[PageSpec]]:
    """Login → the pages that are photographed as this person: each page once, with whoever has it first.

    Raises LookupError for a page that nobody has.
    """
    left = {spec.key: spec for spec in specs}
    shown: dict[str, list[PageSpec]] = {}
    for person in people:
        mine = [spec for spec in pages_of(specs, person.roles) if left.pop(spec.key, None) is not None]
        if mine:
            shown[person.login] = mine
    if left:
        raise LookupError(f"nobody of the sample city has {sorted(left)}")
    return shown


def states(stage: Stage, album: Album) -> Script:
    """The whole walk."""
    yield stage.settled
    for login, specs in who_shows(tuple(stage.sample.people), tuple(page_specs())).items():
        yield from stage.be(login)
        for spec in specs:
            yield from _states_of(stage, album, spec)
        stage.sample.set_cut(True)
        yield lambda: stage.session.desk.connection.state == "offline"
        for spec in specs:
            yield from _seen(stage, album, spec, "offline")
        stage.sample.set_cut(False)
        yield lambda: stage.session.desk.connection.online


def _states_of(stage: Stage, album: Album, spec: PageSpec) -> Script:
    yield from _seen(stage, album, spec, "filled")
    page: Any = stage.open(spec.key)
    tables = page.findChildren(ListTable)
    for table in tables:
        _empty(table)
        table.set_loading(True)
    yield from album.shot(f"state-{spec.key}-loading")
    for table in tables:
        table.set_loading(False)
    yield from album.shot(f"state-{spec.key}-empty")
    with _broken(stage.session.desk):
        page.refresh()
        yield _SETTLED_S
        yield from album.shot(f"state-{spec.key}-error")
    stage.frame.notices.withdraw("refusal")  # the next page has not failed
    page.set_stale()
    yield _SETTLED_S


def _seen(stage: Stage, album: Album, spec: PageSpec, state: str) -> Script:
    page = stage.open(spec.key)
    yield _SETTLED_S  # and longer where the machine is slow: grey bars are the picture of another state
    yield lambda: not any(table.loading for table in page.findChildren(ListTable) if table.isVisible())
    yield _SETTLED_S / 2
    yield from album.shot(f"state-{spec.key}-{state}")


def _empty(table: ListTable) -> None:
    model = table.model()
    if isinstance(model, WindowedModel):
        model.set_rids(array("q"))
    elif isinstance(model, FrozenModel):
        model.show(())


class _Failing:
    """The store of a disk that answers nothing any more; work that is under way elsewhere has the real one."""

    def __init__(self, ground: Any) -> None:
        self._ground = ground

    def read(self) -> AbstractContextManager[Any]:
        raise OSError("broken off for a picture")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ground, name)


@contextmanager
def _broken(desk: Any) -> Iterator[None]:
    """While it lasts every question of the desk fails: there is no other way to see what a page then says."""
    ground = desk._ground
    desk._ground = _Failing(ground)
    try:
        yield
    finally:
        desk._ground = ground
