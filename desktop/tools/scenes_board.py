"""The contradiction board and the morning sheet as pictures."""

from __future__ import annotations

from typing import Protocol

from desktop.tools.player import Script
from desktop.tools.stage import Stage


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def board(stage: Stage, album: Album) -> Script:
    """The gravest contradiction with its three sides, the finding drafted from it, and a queue with nothing in it."""
    page = stage.open("board", "open")
    yield lambda: page.model.rowCount() > 0 and page.sides.sides() is not None
    yield 0.4
    yield from album.shot("board")
    ticket_id = page.table.current_id()
    page.draft_finding()
    inspections = stage.frame.page("inspections") or stage.open("inspections")
    yield (
        lambda: (
            stage.frame.current_page == "inspections" and inspections.form.about() == ("ticket", ticket_id)
        )
    )
    yield 0.4
    yield from album.shot("board-draft")
    inspections.form.discard_changes()
    page = stage.open("board", "aside")
    yield 0.4
    yield from album.shot("board-empty")


def morning(stage: Stage, album: Album) -> Script:
    """The sheet of the morning, one line looked at, an urge on the case of the next."""
    page = stage.open("morning")
    yield lambda: page.model.rowCount() > 0 and page.case.panel() is not None
    yield 0.4
    yield from album.shot("morning")
    page.mark_done()
    yield lambda: any(item.done for item in page.sheet().items()) and page.case.panel() is not None
    page.case.open_urge()
    yield 0.4
    yield from album.shot("morning-urge")
    form = page.case.open_form()
    if form is not None:
        form.closed.emit()
