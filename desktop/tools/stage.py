"""A program set up to be driven: a profile of its own, the sample city, no screen, and a script at its centre."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.app import App, make_qt, make_world
from desktop.end_signals import EndSignals
from desktop.options import Options
from desktop.paths import ProfilePaths
from desktop.sample_mode import SampleMode
from desktop.services.background.errors import DeskError
from desktop.services.sample_city import SampleCity
from desktop.session import Session
from desktop.settings import Settings
from desktop.tools.player import Player, Script
from desktop.views.shell.frame import Frame

_log = logging.getLogger(__name__)


class Stage(QObject):
    """The window, the sample city in it, and short words for what scripts do."""

    def __init__(self, app: App, city: SampleCity) -> None:
        super().__init__(app)
        self.app = app
        self._settled = False
        app.begin_sample(city)
        mode = app.mode
        assert isinstance(mode, SampleMode)  # begin_sample has just made it
        self.sample = mode
        self.sample.opened.connect(self._opened)
        self.sample.settled.connect(self._first_settled)

    @property
    def session(self) -> Session:
        """The session on the screen; RuntimeError while there is none."""
        if self.app.session is None:
            raise RuntimeError("nobody is signed in")
        return self.app.session

    @property
    def frame(self) -> Frame:
        """The frame on the screen; RuntimeError while there is none."""
        if self.app.frame is None:
            raise RuntimeError("nobody is signed in")
        return self.app.frame

    def open(self, page: str, queue: str = "") -> Any:
        """Open a page and give it back."""
        return self.frame.open_page(page, queue)

    def say(self, words: tuple[str, str]) -> str:
        """The Chinese or the English of what is typed."""
        return words[0] if self.app.languages.current == "zh" else words[1]

    def settled(self) -> bool:
        """Whether the person on the screen has synced once."""
        return self._settled and self.app.session is not None

    def be(self, login: str) -> Script:
        """Change the person and wait until they have synced."""
        if self.sample.login != login or self.app.session is None:
            self._settled = False
            self.sample.change_person(login)
        yield self.settled

    def _opened(self, frame: object) -> None:
        self._settled = False

    def _first_settled(self, session: object) -> None:
        self._settled = True


def perform(
    profile: Path, write: Callable[[Stage], Script], *, options: Options, limit_ms: int, size: tuple[int, int]
) -> None:
    """Play the script that ``write`` writes for a fresh sample city, offscreen; blocks until it has ended.

    Raises what the script raises. ``profile`` is a folder for settings and logs.
    """
    city = SampleCity(size=options.size, seed=options.seed)
    city.start()
    paths = ProfilePaths(profile)
    paths.prepare()
    qt = make_qt(sys.argv[:1])
    app = App(qt, options, paths, Settings(paths.settings), make_world())
    ended: list[BaseException | None] = []
    ends = EndSignals()
    ends.asked.connect(qt.quit)
    try:
        app.window.resize(*size)
        app.window.show()
        stage = Stage(app, city)
        player = Player(write(stage), stage, limit_ms=limit_ms)
        keeper = _End(app, player, ended)
        player.ended.connect(keeper.end)
        stage.sample.failed.connect(keeper.fail)
        player.play()
        qt.exec()
    finally:
        app.window.close()
        app.end()
        ends.release()
        app.languages.be_silent()
    if not ended:
        raise RuntimeError("the window was closed before the script had ended")
    if ended[0] is not None:
        raise ended[0]


class _End(QObject):
    """Leaves the event loop when the script has ended."""

    def __init__(self, app: App, player: Player, ended: list[BaseException | None]) -> None:
        super().__init__(app)
        self._app = app
        self._player = player
        self._ended = ended

    def end(self, error: BaseException | None) -> None:
        self._ended.append(error)
        self._app.qt.quit()

    def fail(self, error: DeskError) -> None:
        self._player.give_up(error.code)
