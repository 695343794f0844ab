"""An inspection with its sample as pictures: as it runs, drawn again, its criteria, a ticket checked, a plan."""

from __future__ import annotations

from typing import Protocol

from desktop.tools.player import Script
from desktop.tools.stage import Stage


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def sampling(stage: Stage, album: Album) -> Script:
    """The officer's page; nothing of it is sent."""
    page = stage.open("sampling")
    yield lambda: page.model.rowCount() > 0 and page.pane.sheet() is not None
    _choose(page, "drawn")
    yield lambda: page.pane.sheet() is not None and page.pane.sheet().inspection.state == "drawn"
    page.pane.press_redraw()
    yield lambda: not page.pane.verdict.isHidden()
    yield 0.4
    yield from album.shot("sampling")
    page.pane.press_check()
    yield 0.4
    yield from album.shot("sampling-check")
    page.pane.close_sheet()
    page.begin_plan()
    yield lambda: page.plan() is not None
    yield 0.4
    yield from album.shot("sampling-plan")
    page.plan().reject()


def own_sample(stage: Stage, album: Album) -> Script:
    """The liaison's view of it: the own unit's part, drawn again."""
    page = stage.open("sampling")
    yield lambda: page.model.rowCount() > 0 and page.pane.sheet() is not None
    page.pane.press_redraw()
    yield lambda: not page.pane.verdict.isHidden()
    yield 0.4
    yield from album.shot("sampling-liaison")


def _choose(page: object, state: str) -> None:
    rows = page.rows()  # type: ignore[attr-defined]  # pages are not imported here
    page.table.select_id(next(row.id for row in rows if row.state == state))  # type: ignore[attr-defined]
