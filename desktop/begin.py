"""How the program begins once its window has been seen: logs, reports, signals, then the mode; and the input method."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.first_look import FirstLook
    from desktop.services.sample_city import SampleCity


def mend_input_method(environment: dict[str, str] | os._Environ[str], plugins: Path) -> None:
    """Qt as it is shipped has no fcitx plugin and would fall silent; fcitx answers to ibus as well.

    Must run before the QApplication is made.
    """
    wanted = environment.get("QT_IM_MODULE", "")
    ours = plugins / "platforminputcontexts"
    if wanted.startswith("fcitx") and not any(ours.glob(f"*{wanted}*")):
        environment["QT_IM_MODULE"] = "ibus"


class Begin(QObject):
    """What follows the first paint: logs, reports, signals, then the mode."""

    def __init__(self, app: App, city: SampleCity | None, ends: ExitStack) -> None:
        """``ends`` is told how to undo what is begun here."""
        super().__init__(app)
        self._app = app
        self._city = city
        self._ends = ends
        self._look: FirstLook | None = None

    def begin(self) -> None:
        if self._city is not None:
            self._watch()
            self._app.begin_sample(self._city)
            return
        from desktop.first_look import FirstLook

        self._look = FirstLook(self._app)
        self._ends.callback(self._look.close)
        self._look.over.connect(self._go_on)
        self._look.begin()

    def _go_on(self) -> None:
        self._watch()
        self._app.begin_real(self._look)

    def _watch(self) -> None:
        from desktop.crash import CrashReports, start_logging, stop_logging
        from desktop.end_signals import EndSignals
        from desktop.version import own_version

        app = self._app
        start_logging(app.paths.logs, to_console=True)
        self._ends.callback(stop_logging)
        reports = CrashReports(app.paths.reports, own_version(), app.world.clock.now)
        reports.install()
        reports.tell(app.report_made)
        app.shown.connect(reports.tell_before)
        from desktop.tidings import TidingsDesk

        TidingsDesk(app)
        app.reports = reports
        self._ends.callback(reports.uninstall)
        signals = EndSignals()
        signals.asked.connect(app.window.close)
        self._ends.callback(signals.release)
