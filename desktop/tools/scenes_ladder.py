"""The supervision ladder as pictures: a proposal, the step written, many cases urged at once, the deputy's desk."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel

from desktop.services.queries.filters import TicketFilter
from desktop.tools.player import Script
from desktop.tools.stage import Stage

_CHOSEN = 6


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def ladder(stage: Stage, album: Album) -> Script:
    """A case that proposes its next step, the form of that step, and a day's overdue cases urged and undone."""
    page = stage.open("supervision", "proposed")
    page.list.ask(TicketFilter(queue="proposed", everywhere=True))
    yield lambda: page.case.panel() is not None and page.case.ladder.proposal.text() != ""
    yield 0.6
    yield from album.shot("ladder")
    page.case.open_notice()
    yield lambda: page.case.open_form() is not None
    yield 0.3
    yield from album.shot("ladder-step")
    page.case.open_form().close_form()
    page = stage.open("supervision", "overdue")
    page.list.ask(TicketFilter(queue="overdue", everywhere=True))
    yield lambda: page.case.panel() is not None and page.list.model.rowCount() > _CHOSEN
    _choose(page.list.table, _CHOSEN)
    page.open_urge()
    yield lambda: len(page.bulk.model.ids()) == _CHOSEN
    yield 0.3
    yield from album.shot("bulk")
    page.bulk.form.submit()
    yield page.bulk.undo.isVisible
    yield 0.3
    yield from album.shot("bulk-undo")
    page.bulk.undo.undone.emit()
    yield 0.5
    page.bulk.close_panel()


def deputy(stage: Stage, album: Album) -> Script:
    """A red card that waits for the deputy director's signature."""
    yield from stage.be(stage.sample.first_with("deputy_director"))
    page = stage.open("supervision", "approval")
    yield lambda: page.case.panel() is not None and page.case.approval.isVisible()
    yield 0.4
    yield from album.shot("deputy")


def _choose(table: Any, count: int) -> None:
    """The first rows of a list, as Shift and the arrow keys choose them."""
    table.select_row(0)
    flags = QItemSelectionModel.SelectionFlag
    for row in range(count):
        table.selectionModel().select(table.model().index(row, 0), flags.Select | flags.Rows)
