"""The setup page of the way to the server: shows what is set, tries what is typed, keeps what is given.

Works before the first sign-in and while somebody works. A test runs in a lane of its own, so that nobody waits for a
name server: one that was cancelled is left to end by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from desktop.addresses import server_address
from desktop.models.domain.clock import Clock
from desktop.services.background.connection_test import ConnectionTest, Step, TriedWay
from desktop.services.background.errors import DeskError, desk_error
from desktop.services.background.lanes import Lane
from desktop.services.background.system_proxy import system_proxy
from desktop.services.background.tasks import Tasks
from desktop.settings import Settings
from desktop.version import own_version
from desktop.views.common.words import error_words
from desktop.views.shell.connection_settings import ConnectionSettings, GivenWay
from desktop.views.shell.main_window import MainWindow
from desktop.way import BY_SYSTEM, NO_PROXY, BadWay, checked, checked_pins

_CLOSE_S = 0.5


class ConnectionSetup(QObject):
    """``kept`` comes when another way has been set."""

    kept = Signal()

    def __init__(
        self, settings: Settings, clock: Clock, new_id: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._new_id = new_id
        self._tasks = Tasks("connection settings", parent=self)
        self._sheet: ConnectionSettings | None = None
        self._run: _Run | None = None

    def open(self, address: str, over: MainWindow) -> ConnectionSettings:
        """Show the page; ``address`` is what was typed on the sign-in page, or what is set."""
        settings = self._settings
        shown = GivenWay(
            settings.server if "server" in settings.preset.locked else address or settings.server,
            settings.proxy,
            settings.authority,
            "\n".join(settings.pins),
        )
        sheet = ConnectionSettings(shown, settings.preset.locked, settings.preset.by, own_version(), over)
        sheet.given.connect(self._check)
        sheet.test_asked.connect(self._try)
        sheet.cancel_asked.connect(self._cancel)
        sheet.finished.connect(self._cancel)
        sheet.copied.connect(self._copy)
        if settings.preset.broken:
            sheet.show_trouble(error_words(DeskError("bad_preset")))
        self._sheet = sheet
        sheet.open()
        return sheet

    def close(self) -> None:
        """Give up what runs; the program is ending."""
        self._cancel()
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    # -- keeping -----------------------------------------------------------------------------------------------

    def _check(self, given: GivenWay) -> None:
        self._tasks.run(self, partial(_judged, given), self._keep, self._refused)

    def _keep(self, given: GivenWay) -> None:
        settings, locked = self._settings, self._settings.preset.locked
        if "server" not in locked and given.server:
            settings.server = given.server
        if "proxy" not in locked:
            settings.proxy = given.proxy
        if "authority" not in locked:
            settings.authority = given.authority
        if "pins" not in locked:
            settings.pins = tuple(given.pins.split())
        sheet = self._live()
        if sheet is not None:
            sheet.accept()
        self.kept.emit()

    def _refused(self, error: DeskError) -> None:
        sheet = self._live()
        if sheet is not None:
            sheet.show_trouble(error_words(error))

    # -- trying ------------------------------------------------------------------------------------------------

    def _try(self, given: GivenWay) -> None:
        self._cancel()
        run = _Run()
        self._run = run
        run.lane.submit(partial(self._test, run, given))

    def _test(self, run: _Run, given: GivenWay) -> None:
        """In the run's own lane."""
        try:
            test = ConnectionTest(
                _tried(_judged(given)),
                clock=self._clock,
                new_id=self._new_id,
                version=own_version(),
                told=lambda step: self._post(run, partial(self._show, run, step)),
            )
            run.test = test
            if not run.over:
                test.run()
        except BadWay as error:
            self._post(run, partial(self._refuse, run, DeskError(error.code)))
        except Exception as error:  # noqa: BLE001  every failure goes home as words
            self._post(run, partial(self._refuse, run, desk_error(error)))
        self._post(run, partial(self._end, run))

    def _post(self, run: _Run, delivery: Callable[[], None]) -> None:
        """From the lane; a run that was given up says nothing more, for the page may be gone."""
        if not run.over:
            self._tasks.post(delivery)

    def _show(self, run: _Run, step: Step) -> None:
        sheet = self._live()
        if sheet is not None and run is self._run:
            sheet.show_step(step)

    def _refuse(self, run: _Run, error: DeskError) -> None:
        if run is self._run:
            self._refused(error)

    def _end(self, run: _Run) -> None:
        sheet = self._live()
        if run is self._run:
            if sheet is not None:
                sheet.end_test()
            self._run = None
            run.lane.close(drain=False, timeout_s=_CLOSE_S)

    def _cancel(self) -> None:
        """The run that is on, if any, is not listened to any more and ends as soon as it can."""
        run, self._run = self._run, None
        if run is not None:
            run.give_up()

    def _live(self) -> ConnectionSettings | None:
        return self._sheet if self._sheet is not None and isValid(self._sheet) else None


class _Run:
    """One test in a lane of its own."""

    def __init__(self) -> None:
        self.lane = Lane("connection test")
        self.test: ConnectionTest | None = None
        self.over = False

    def give_up(self) -> None:
        self.over = True
        if self.test is not None:
            self.test.cancel()
        self.lane.close(drain=False, timeout_s=0.0)


def _judged(given: GivenWay) -> GivenWay:
    """What was typed, in the form that is kept. Raises BadWay. Blocks while the file is read."""
    address = server_address(given.server) if given.server else ""
    if given.server and not address:
        raise BadWay("bad_address" if not given.server.startswith("http://") else "plain_http")
    proxy, authority = checked(given.proxy, given.authority)
    return GivenWay(address, proxy, authority, " ".join(checked_pins(given.pins)))


def _tried(given: GivenWay) -> TriedWay:
    """Blocks while the system is asked for its proxy."""
    proxy = {BY_SYSTEM: "", NO_PROXY: ""}.get(given.proxy, given.proxy)
    if given.proxy == BY_SYSTEM and given.server:
        proxy = system_proxy(given.server)
    authority = Path(given.authority) if given.authority else None
    return TriedWay(given.server, proxy, authority, tuple(given.pins.split()))
