"""The composition root of the window: builds what lives long, in order, wires it, and owns the end.

The first paint comes before anything slow is imported; what fills the window afterwards is a mode: the sample city or
a city's real server. Shows no dialogs and keeps no rules.
"""

from __future__ import annotations

import os
import random
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.begin import Begin, mend_input_method
from desktop.languages import Languages
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.options import Options
from desktop.paths import ProfilePaths, default_profile
from desktop.preset import load_preset, preset_path
from desktop.settings import Settings
from desktop.views.common import clipboard, column_memory, theme
from desktop.views.common.resources import resource
from desktop.views.shell.main_window import MainWindow
from desktop.wardrobe import Wardrobe
from desktop.world import World

if TYPE_CHECKING:
    from desktop.crash import CrashReports, Report
    from desktop.first_look import FirstLook
    from desktop.locks import Locks
    from desktop.modes import Mode
    from desktop.services.sample_city import SampleCity
    from desktop.session import Session
    from desktop.single_instance import SingleInstance
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.report_sheet import ReportSheet


class App(QObject):
    """The program while it runs. ``shown`` carries the frame each time a person's desk has been put on the screen."""

    shown = Signal(object)
    #: The first rows of a start have been seen, before there is a desk.
    looked = Signal()

    def __init__(
        self, qt: QApplication, options: Options, paths: ProfilePaths, settings: Settings, world: World
    ) -> None:
        super().__init__()
        self.qt = qt
        self.options = options
        self.paths = paths
        self.settings = settings
        self.world = world
        self.languages = Languages(qt, resource("translations"))
        self.languages.speak(options.language or settings.speaks())
        self.wardrobe = Wardrobe(partial(theme.apply_theme, qt), settings, options.scheme, self)
        self.wardrobe.resized.connect(self.renew_frame)
        column_memory.install(settings.widths, settings.set_widths)
        self.window = MainWindow(settings.geometry, folded=settings.rail_folded)
        self.window.closing.connect(self._closing)
        self.session: Session | None = None
        self.frame: Frame | None = None
        self.mode: Mode | None = None
        self._instance: SingleInstance | None = None
        self._link = options.link
        self._look: FirstLook | None = None
        self._own = False
        self._ended = False
        self.reports: CrashReports | None = None
        self._locks: Locks | None = None

    @property
    def locks(self) -> Locks:
        """The locks of the desk; made when there is the first desk, because the window is painted before."""
        from desktop.locks import Locks

        if self._locks is None:
            self._locks = Locks(self)
        return self._locks

    # -- modes -------------------------------------------------------------------------------------------------

    def begin_sample(self, city: SampleCity) -> None:
        """Fill the window with the sample city, whose process has been started."""
        from desktop.sample_mode import SampleMode

        self.take_mode(SampleMode(self, city))

    def claim_profile(self) -> bool:
        """Whether this process has the person's own profile to itself; asked once it is wanted."""
        from desktop.single_instance import SingleInstance

        if self._instance is None:
            instance = SingleInstance(self.paths.lock, self)
            if not instance.acquire():
                # Somebody has it open already: that window is what the person wants to see.
                instance.ask_other(self.options.link)
                return False
            instance.raised.connect(self.come_forward)
            self._instance = instance
        return True

    def begin_real(self, look: FirstLook | None = None) -> None:
        """Fill the window with the person's own city, or the sign-in page. ``look``: what a start has shown already."""
        from desktop.real_mode import RealMode

        if not self.claim_profile():
            if self.frame is not None:
                words = self.tr("Your own desk is open in another window already.")
                self.frame.notices.tell("profile", words)
            return
        self._look = look
        self.take_mode(RealMode(self) if look is None else RealMode(self, find_vault=look.find_vault))

    def take_mode(self, mode: Mode) -> None:
        """Fill the window with a mode; the one before it is closed."""
        self.leave_session()
        if self.mode is not None:
            self.mode.close()
        self.mode = mode
        mode.begin()

    # -- sessions ----------------------------------------------------------------------------------------------

    def show_session(self, session: Session, *, own: bool = False) -> Frame:
        """Put a session's desk on the screen and begin to sync. ``own``: it opens where it was left."""
        self.leave_session()
        self.session = session
        self._watch_what_leaves(session)
        session.care.room_changed.connect(self._tell_room)
        self._own = own
        frame = self._show_frame(*(self.settings.place if own else ("", "")))
        if session.log_missing:
            words = self.tr(
                "The program was cut off last time, and the log of its last minutes is gone. Please look whether your "
                "latest entries are in the outbox."
            )
            frame.notices.tell("log", words, "warn")
        session.start()
        if self.mode is not None:
            self.locks.guard(session, self.mode.gate(), frame)
        return frame

    def _watch_what_leaves(self, session: Session) -> None:
        """Screenshots say whose they are, and a copy is written down before it is made."""
        from desktop.views.common.watermark import install, mark_words
        from desktop.views.shell.copying import CopyGate

        install(partial(mark_words, session.desk))
        clipboard.install(CopyGate(session.desk, session))

    def leave_session(self) -> None:
        """Close the session and take its desk off the screen."""
        session, self.session = self.session, None
        if session is None:
            return
        from desktop.first_look import keep_place
        from desktop.views.common import watermark

        if self._own and self.frame is not None:
            keep_place(self.frame, self.window, self.settings)
        self.locks.leave()
        watermark.remove()
        clipboard.remove()
        self._drop_frame()
        self.window.show_skeleton("")
        session.close()
        session.deleteLater()

    def set_language(self, language: str) -> None:
        """Another language, at once: the content of the window is made anew where it stood."""
        self.settings.language = "zh" if language == "zh" else "en"
        self.languages.speak(language)
        self.window.retitle()
        if self.session is not None:
            self.session.desk.set_language(language)
        self.renew_frame()

    def renew_frame(self) -> None:
        """Make the content of the window anew, at the page and queue where it stands."""
        if self.frame is not None:
            self.frame.keep_drafts()
            self._show_frame(self.frame.current_page, self.frame.current_queue)
        elif self.mode is not None and not (self._locks is not None and self._locks.renew()):
            self.mode.renew()

    def _show_frame(self, page: str, queue: str) -> Frame:
        from desktop.pages import page_specs
        from desktop.spelling import spell
        from desktop.version import own_version
        from desktop.views.shell.frame import Frame
        from desktop.views.shell.why_panel import ConnectionFacts, shown_address

        session, mode = self.session, self.mode
        assert session is not None  # both callers have one
        self._drop_frame()
        frame = Frame(
            session.desk,
            page_specs(),
            parent=self.window,
            folded=self.settings.rail_folded,
            banner=mode.banner() if mode is not None else None,
            guide=mode.guide() if mode is not None else None,
            spell=spell,
            facts=ConnectionFacts(
                server=shown_address(session.server.sync.transport.base_url),
                version=own_version(),
                configurable=mode is not None and mode.configurable,
            ),
        )
        self.frame = frame
        frame.language_asked.connect(self.set_language)
        frame.fold_changed.connect(self._keep_fold)
        frame.quit_asked.connect(self.window.close)
        frame.lock_asked.connect(self.locks.lock_now)
        frame.sign_out_asked.connect(self._sign_out)
        frame.about_asked.connect(self._show_about)
        frame.sign_in_asked.connect(self._sign_in_again)
        frame.settings_asked.connect(self._configure)
        frame.sync_asked.connect(session.worker.sync_now)
        frame.cancel_asked.connect(session.worker.pause)
        frame.resume_asked.connect(session.worker.sync_now)
        session.worker.show_on(frame.show_progress)
        session.search.show_on(frame.status.show_index)
        self._tell_room(session.care.room)
        if frame.open_page(page, queue) is None:
            frame.open_first_page()
        look, self._look = self._look, None
        settle = look.hand_over(frame) if look is not None else self.window.lay_out
        self.window.show_content(frame)
        settle()
        self.shown.emit(frame)
        return frame

    def _drop_frame(self) -> None:
        frame, self.frame = self.frame, None
        if frame is not None:
            if self.session is not None:
                self.session.worker.progressed.disconnect(frame.show_progress)
            frame.release()

    # -- slots -------------------------------------------------------------------------------------------------

    def come_forward(self, target: str) -> None:
        """Another start of the program asked for this window, perhaps with a link to a case."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self._link = target or self._link
        self.follow_link()

    def follow_link(self) -> None:
        """Show the case a link asked for; it waits while there is no desk to show it on."""
        if self._link and self.frame is not None and self.locks.standing == "open":
            target, self._link = self._link, ""
            self.frame.find_ticket(target.rpartition("/")[2])

    def _tell_room(self, room: str) -> None:
        """How much room the disk has for the store: "enough", "low" or "none"."""
        if self.frame is None:
            return
        words = {
            "low": self.tr(
                "The disk is almost full. New cases are not fetched; your own work still goes out."
            ),
            "none": self.tr(
                "The disk is full. Nothing new can be recorded until there is room; your text stays here."
            ),
        }.get(room, "")
        if words:
            self.frame.notices.tell("room", words, "error" if room == "none" else "warn", dismissible=False)
        else:
            self.frame.notices.withdraw("room")

    def _sign_in_again(self) -> None:
        if self.mode is not None:
            self.mode.sign_in_again()

    def _sign_out(self) -> None:
        if self.mode is not None:
            self.mode.sign_out()

    def _configure(self) -> None:
        if self.mode is not None:
            self.mode.configure()

    def _keep_fold(self, folded: bool) -> None:
        self.settings.rail_folded = folded

    def _show_about(self) -> None:
        from desktop.version import own_version
        from desktop.views.shell.about import About

        About(own_version(), self.window).show()

    def report_made(self, report: Report) -> None:
        """From any thread: something failed that nobody caught."""
        QTimer.singleShot(0, self, partial(self._tell_report, report))

    def _tell_report(self, report: Report) -> None:
        if self.frame is not None:
            words = self.tr("Something unexpected happened. You can go on working; a report can be saved.")
            action = self.tr("Look at the report…")
            self.frame.notices.tell(
                "crash", words, "error", action=action, on=partial(self.show_report, report)
            )

    def show_report(self, report: Report) -> ReportSheet:
        """Show what a report holds; it becomes a file when the person saves it."""
        from desktop.views.shell.report_sheet import ReportSheet

        sheet = ReportSheet(report.text, self.window)
        sheet.save_asked.connect(partial(self._save_report, report))
        sheet.open()
        return sheet

    def _save_report(self, report: Report) -> None:
        path = self.reports.save(report) if self.reports is not None else None
        if self.frame is not None:
            saved, failed = self.tr("The report is in {folder}"), self.tr("The report could not be saved.")
            words = saved.format(folder=path.parent) if path is not None else failed
            self.frame.notices.tell("crash", words, "info" if path is not None else "error")

    def _closing(self) -> None:
        self.settings.geometry = self.window.saveGeometry()
        self.end()

    def end(self) -> None:
        """Close what is open; safe to call twice."""
        if self._ended:
            return
        self._ended = True
        self.leave_session()
        if self._locks is not None:
            self._locks.close()
        if self.mode is not None:
            self.mode.close()
        if self._instance is not None:
            self._instance.release()
        column_memory.remove()
        self.wardrobe.release()


def make_world() -> World:
    """The machine's own time, chance and waiting; the only place where they are taken from it."""
    clock = SystemClock()
    rng = random.SystemRandom()
    return World(clock=clock, new_id=IdSource(clock, rng), rng=rng, wait=system_wait)


def make_qt(arguments: list[str]) -> QApplication:
    """The QApplication, dressed as ours."""
    mend_input_method(os.environ, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    existing = QApplication.instance()
    qt = existing if isinstance(existing, QApplication) else QApplication(arguments)
    qt.setApplicationName("supervision-desk")
    qt.setDesktopFileName("supervision-desk")
    return qt


def run(options: Options, city: SampleCity | None) -> int:
    """Open the window and stay until it is closed; the exit code. ``city`` has been started for --sample."""
    paths = ProfilePaths(options.profile or default_profile())
    paths.prepare()
    qt = make_qt(sys.argv)
    world = make_world()
    app = App(qt, options, paths, Settings(paths.settings, load_preset(preset_path())), world)
    if city is None and not app.claim_profile():
        return 0
    with ExitStack() as ends:
        begin = Begin(app, city, ends)
        app.window.painted.connect(begin.begin)
        ends.callback(app.end)
        app.window.show()
        return qt.exec()
