"""Where the guide leads: the right person, the right page, the right case, with the network cut for the last step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.views.shell.frame import Frame
from desktop.views.shell.guide_card import GuideEvent

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.sample_mode import SampleMode


class GuideSteps(QObject):
    """One walk to one step. Changing the person takes a moment; the rest follows when their desk has synced."""

    def __init__(self, app: App, sample: SampleMode) -> None:
        super().__init__(sample)
        self._app = app
        self._sample = sample
        self._then: Callable[[Frame], None] | None = None

    def go(self, step: str) -> None:
        """Lead to the place of ``step``."""
        role, then = {
            "overdue": ("officer", self._overdue),
            "urge": ("officer", self._urge),
            "notice": ("officer", self._notice),
            "visit": ("return_visit", self._visit),
            "finding": ("officer", self._finding),
            "answer": ("liaison", self._answer),
        }[step]
        session = self._app.session
        if session is not None and role in session.desk.me.roles and self._app.frame is not None:
            then(self._app.frame)
            return
        if self._sample.cut:
            self._sample.set_cut(False)  # somebody new signs in at the server
        self._then = then
        self._sample.settled.connect(self._arrive)
        self._sample.change_person(self._sample.first_with(role))

    def _arrive(self, session: object) -> None:
        self._sample.settled.disconnect(self._arrive)
        then, self._then = self._then, None
        if then is not None and self._app.frame is not None:
            then(self._app.frame)

    def _overdue(self, frame: Frame) -> None:
        self._supervision(frame)
        self._sample.tick(lambda guide: guide.notice(GuideEvent(case_opened=True)))

    def _urge(self, frame: Frame) -> None:
        self._supervision(frame).open_urge()

    def _notice(self, frame: Frame) -> None:
        self._supervision(frame).open_notice()

    def _visit(self, frame: Frame) -> None:
        frame.open_page("return_visits")

    def _finding(self, frame: Frame) -> None:
        self._supervision(frame).case.ask_finding()

    def _answer(self, frame: Frame) -> None:
        frame.open_page("my_cases")
        self._sample.set_cut(True)

    def _supervision(self, frame: Frame) -> Any:
        """The supervision page, which every officer has."""
        shown = frame.current_page == "supervision"
        return frame.open_page("supervision", "" if shown else "overdue")
