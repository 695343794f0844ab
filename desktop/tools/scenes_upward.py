"""Reviews, instructions and urgent reports as pictures."""

from __future__ import annotations

from typing import Protocol

from desktop.tools.player import Script
from desktop.tools.stage import Stage


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def reviews(stage: Stage, album: Album) -> Script:
    """An extension half decided, and a return with what the dispatch catalogue says."""
    page = stage.open("reviews", "extension")
    yield lambda: page.model.rowCount() > 0 and page.card.isVisible()
    page.card.choose("agree")
    yield 0.4
    yield from album.shot("reviews-extension")
    page.show_queue("return")
    yield lambda: page.queue() == "return" and page.model.rowCount() > 0 and page.card.to_unit.isVisible()
    yield 0.4
    yield from album.shot("reviews-return")


def applying(stage: Stage, album: Album) -> Script:
    """The unit's own form, on a case it has in hand."""
    page = stage.open("my_cases", "open")
    yield lambda: page.tickets.case.panel() is not None
    page.tickets.apply.open_form()
    yield 0.4
    yield from album.shot("my-cases-apply")
    page.tickets.apply.close_form()


def upward(stage: Stage, album: Album) -> Script:
    """Instructions with their own clock, the form for one; urgent reports, and one drafted from a case."""
    page = stage.open("upward", "instructions")
    yield lambda: page.model.rowCount() > 0 and page.instruction.isVisible()
    yield 0.4
    yield from album.shot("instructions")
    page.new_instruction()
    yield 0.4
    yield from album.shot("instruction-new")
    page.writer.close_form()
    page.show_queue("reports")
    yield lambda: page.queue() == "reports" and page.model.rowCount() > 0 and page.report.isVisible()
    yield 0.4
    yield from album.shot("urgent-reports")
    panel = page.case.panel()
    if panel is not None:
        page.begin("report", panel.ticket.id)
        yield page.report.writing
        yield 0.4
        yield from album.shot("urgent-report-new")
        page.report.closed.emit()
