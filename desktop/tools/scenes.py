"""What is worth a picture, as one walk through the office: six steps of the guide and the pages beside them.

Shared by the guided tour and the screenshots. It drives pages by what they offer the shell and by their widgets, as a
person does by eye and hand; real work is recorded in the sample city on the way.
"""

from __future__ import annotations

from typing import Any, Protocol

from desktop.tools.player import Script
from desktop.tools.stage import Stage


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def round_trip(stage: Stage, album: Album) -> Script:
    """The whole walk."""
    yield from _first_sync(stage, album)
    yield from _officer(stage, album)


def _first_sync(stage: Stage, album: Album) -> Script:
    """The desk while its first rows arrive."""
    yield lambda: stage.app.frame is not None
    worker = stage.session.worker
    yield lambda: worker.progress.rows > 0 or worker.progress.state == "done"
    if worker.progress.state == "running":
        worker.pause()
        yield lambda: worker.progress.state != "running"
        yield from album.shot("first-sync")
        worker.sync_now()
    yield stage.settled


def _officer(stage: Stage, album: Album) -> Script:
    """Supervision: the overdue list with a case, an urge, a notice."""
    page = _open(stage, "supervision", "overdue")
    yield lambda: page.case.panel() is not None
    yield from album.shot("supervision")


def _open(stage: Stage, key: str, queue: str = "") -> Any:
    frame = stage.app.frame
    assert frame is not None  # somebody is signed in
    return frame.open_page(key, queue)
