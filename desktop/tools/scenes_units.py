"""An officer's own units and the directory as pictures."""

from __future__ import annotations

from typing import Protocol

from desktop.tools.player import Script
from desktop.tools.stage import Stage
from desktop.views.supervision.view_sheet import ViewSheet


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def units(stage: Stage, album: Album) -> Script:
    """The list of my units, and whom to call in one of them."""
    yield from stage.be("liqiang")
    page = stage.open("supervision", "overdue")
    yield lambda: page.list.model.rowCount() > 0 and page.case.panel() is not None
    yield 0.6
    yield from album.shot("my-units")
    directory = stage.open("units")
    yield lambda: directory.model.rowCount() > 0
    directory.search.setText("rljt")
    yield 0.6
    yield from album.shot("units-found")
    directory.search.clear()
    yield 0.6
    yield from album.shot("units")


def views(stage: Stage, album: Album) -> Script:
    """The city's open cases by unit, and the menu of views over them."""
    yield from stage.be("chenlixin")
    page = stage.open("supervision", "open")
    yield lambda: page.list.model.rowCount() > 0 and page.case.panel() is not None
    page.groups.group("unit")
    yield lambda: page.groups.model.rowCount() > 1
    yield 0.6
    yield from album.shot("groups")
    menu = page.views.menu()
    menu.popup(page.list.views_button.mapToGlobal(page.list.views_button.rect().bottomLeft()))
    yield 0.4
    yield from album.shot("views")
    menu.close()
    page.views.ask_new()
    yield 0.4
    yield from album.shot("view-sheet")
    page.window().findChild(ViewSheet).reject()
    page.groups.group("")


def guidance(stage: Stage, album: Album) -> Script:
    """A letter to several units with its receipts, a new one being written, and a liaison's to read."""
    yield from stage.be("wangmin")
    page = stage.open("guidance")
    yield lambda: page.model.rowCount() > 0
    page.table.select_row(page.model.rowCount() - 1)
    yield 0.5
    yield from album.shot("guidance")
    page.begin()
    yield 0.4
    yield from album.shot("guidance-new")
    page.compose.closed.emit()
    yield from stage.be("liujianjun")
    page = stage.open("guidance")
    yield lambda: page.model.rowCount() > 0
    yield 0.5
    yield from album.shot("guidance-unit")
