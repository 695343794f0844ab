"""The sample city in the window: its process, its people, one store each, its banner and its guide.

Everything it makes is thrown away at the end; keys and tokens live in memory only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.wire import SamplePerson, ServerMeta
from desktop.models.store.engine import open_store
from desktop.paths import STORE_NAME, private_folder
from desktop.services.account.keys import throwaway_key
from desktop.services.account.tokens import Keeper, MemoryKeeper
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.services.sample_city import Progress, SampleCity
from desktop.session import Opened, Server, Session, open_session, reach
from desktop.version import own_version
from desktop.views.common.words import error_words
from desktop.views.shell.guide_card import GuideCard, event_of
from desktop.views.shell.lock_page import Way
from desktop.views.shell.sample_banner import SampleBanner

if TYPE_CHECKING:
    from desktop.app import App

_log = logging.getLogger(__name__)

_READY_S = 120.0
_CLOSE_S = 5.0
_ORDER = ("officer", "approve", "deputy_director", "return_visit", "liaison")


@dataclass(frozen=True)
class _Desktop:
    """What one person's machine keeps between two turns at it."""

    device_id: str
    key: bytes
    keeper: Keeper
    folder: Path


class SampleMode(QObject):
    """``opened`` comes each time somebody's desk is on the screen, ``settled`` after their first sync."""

    opened = Signal(object)
    settled = Signal(object)
    #: Something did not work: a DeskError, told on the screen as well.
    failed = Signal(object)

    def __init__(self, app: App, city: SampleCity) -> None:
        super().__init__(app)
        self.people: tuple[SamplePerson, ...] = ()
        self.login = ""
        self._app = app
        self._city = city
        self._tasks = Tasks("sample", parent=self)
        self._tasks.unheard.connect(self._failed)
        self._desktops: dict[str, _Desktop] = {}
        self._spare: _Desktop | None = None
        self._cut = False
        self._done: frozenset[str] = frozenset()
        self._banner: SampleBanner | None = None
        self._guide: GuideCard | None = None
        self._session: Session | None = None

    # -- a mode ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Wait for the city and sign somebody in."""
        self._app.window.show_skeleton(self.tr("The sample city is being built…"))
        self._tasks.run(self, self._wait_for_city, self._city_ready, self._failed)

    def banner(self) -> SampleBanner:
        banner = SampleBanner()
        banner.show_people(self.people, self.login)
        banner.show_network(self._cut)
        banner.person_chosen.connect(self.change_person)
        banner.network_asked.connect(self.set_cut)
        banner.clock_asked.connect(self.advance_clock)
        banner.reset_asked.connect(self.reset)
        banner.real_server_asked.connect(self._app.begin_real)
        banner.guide_asked.connect(self._show_guide)
        self._banner = banner
        return banner

    def guide(self) -> GuideCard | None:
        if self._app.settings.guide_dismissed:
            self._guide = None
            return None
        guide = GuideCard(self._done)
        guide.go_asked.connect(self.go)
        guide.dismissed.connect(self._dismiss_guide)
        self._guide = guide
        return guide

    def sign_in_again(self) -> None:
        """A sample sign-in needs nobody, and the desk stays where it is."""
        session = self._session
        if session is None:
            self.change_person(self.login)
            return
        server, login = session.server, self.login
        self._tasks.run(
            self,
            lambda: server.sign_in.begin(server.online.sign_in_sample(login)),
            self._signed_in_again,
            self._failed,
        )

    @property
    def configurable(self) -> bool:
        """A sample city lives on this machine."""
        return False

    def configure(self) -> None:
        """There is nothing to set."""

    def _signed_in_again(self, _: None) -> None:
        if self._session is not None:
            self._session.worker.signed_in()

    def renew(self) -> None:
        """Nothing of ours is on the screen but a line of words."""

    def gate(self) -> SampleGate:
        return SampleGate(self._app)

    def sign_out(self) -> None:
        """Nobody has signed in: another person is one click away."""
        if self._app.frame is not None:
            words = self.tr("Nobody signs in to a sample city. Choose another person in the bar at the top.")
            self._app.frame.notices.tell("sample", words, "info")

    def close(self) -> None:
        """End the city's process and throw everything away."""
        self._city.stop()
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)

    # -- what the banner does ----------------------------------------------------------------------------------

    def change_person(self, login: str) -> None:
        """Put another person's desk on the screen; each has a store of their own."""
        person = self._person(login)
        if self._cut and login not in self._desktops and self._app.frame is not None:
            words = self.tr("{name} has not worked at this desktop yet. Restore the network first.")
            self._app.frame.notices.tell("sample", words.format(name=person.name), "warn")
            return
        self._session = None
        self._app.leave_session()
        self.login = login
        words = self.tr("Signing in {person}…")
        self._app.window.show_skeleton(words.format(person=f"{person.title} {person.name}"))
        server = self._server(login)
        self._tasks.run(self, partial(self._open, person, server), self._show, self._failed)

    def set_cut(self, cut: bool) -> None:
        """Cut the network of this desktop, or restore it."""
        self._cut = cut
        if self._session is not None:
            self._session.set_cut(cut)
        if self._banner is not None:
            self._banner.show_network(cut)

    def advance_clock(self, to: datetime) -> None:
        """Move the office's time forward; every desktop of the city follows."""
        if self._session is not None:
            self._session.desk.online.advance_clock(self, to, self._clock_moved, self._failed)

    def reset(self) -> None:
        """The same city from its beginning."""
        self._session = None
        self._app.leave_session()
        self._city.stop()
        self._desktops.clear()
        self._spare = None
        self._done = frozenset()
        self._cut = False
        self.people = ()
        self._city = SampleCity(size=self._city.size, seed=self._city.seed)
        self._city.start()
        self.begin()

    def go(self, step: str) -> None:
        """Lead to a step of the guide."""
        from desktop.guide_steps import GuideSteps

        GuideSteps(self._app, self).go(step)

    def first_with(self, role: str) -> str:
        """The login of the first person with this role alone or first of all; LookupError when there is none."""
        fitting = [p for p in self.people if role in p.roles]
        if not fitting:
            raise LookupError(role)
        return min(fitting, key=lambda p: len(p.roles)).login

    @property
    def cut(self) -> bool:
        """Whether the network is cut."""
        return self._cut

    def tick(self, done: Callable[[GuideCard], None]) -> None:
        """Let the guide notice something."""
        if self._guide is not None:
            done(self._guide)
            self._done = self._guide.done

    # -- steps of opening --------------------------------------------------------------------------------------

    def _wait_for_city(self) -> tuple[SamplePerson, ...]:
        """In the lane: the people of the city, once it listens."""
        self._prepare()
        url = self._city.wait_ready(limit_s=_READY_S, wait=self._app.world.wait, told=self._told)
        server = reach(url, "sample", MemoryKeeper(), version=own_version(), world=self._app.world)
        try:
            return tuple(server.online.sample_people())
        finally:
            server.online.transport.close()

    def _prepare(self) -> None:
        """In the lane, while the city is being built: an empty store for whoever comes first, and slow imports."""
        self._spare = self._new_desktop()
        open_store(self._spare.folder / STORE_NAME, self._spare.key).close()
        from desktop import pages

        pages.import_all()

    def _new_desktop(self) -> _Desktop:
        world = self._app.world
        device_id = world.new_id()
        folder = private_folder(self._city.folder / "desks" / device_id)
        return _Desktop(device_id, throwaway_key(world.rng.randbytes), MemoryKeeper(), folder)

    def _told(self, progress: Progress) -> None:
        self._tasks.post(lambda: self._show_progress(progress))

    def _show_progress(self, progress: Progress) -> None:
        if progress.total:
            words = self.tr("The sample city is being built: {done} of {total} cases")
            shown = words.format(done=f"{progress.done:,}", total=f"{progress.total:,}")
            self._app.window.show_skeleton(shown)

    def _city_ready(self, people: tuple[SamplePerson, ...]) -> None:
        self.people = tuple(sorted(people, key=_standing))
        wanted = self._app.options.sign_in_as
        known = {person.login for person in people}
        self.change_person(wanted if wanted in known else self.first_with("officer"))

    def _server(self, login: str) -> Server:
        desktop = self._desktops.get(login)
        if desktop is None:
            desktop, self._spare = self._spare or self._new_desktop(), None
            self._desktops[login] = desktop
        world = self._app.world
        server = reach(self._city.url, desktop.device_id, desktop.keeper, version=own_version(), world=world)
        for api in (server.sync, server.online, server.files):
            api.transport.unplugged = self._cut
        return server

    def _open(self, person: SamplePerson, server: Server) -> Opened:
        """In the lane."""
        desktop = self._desktops[person.login]
        if not server.sign_in.known():
            server.sign_in.begin(server.online.sign_in_sample(person.login))
        return open_session(desktop.folder, desktop.key, server, device_name="", world=self._app.world)

    def _show(self, opened: Opened) -> None:
        session = Session(
            opened, language=self._app.languages.current, practice=True, world=self._app.world, parent=self
        )
        self._session = session
        session.desk.letter_place = self._app.settings.letter_place()
        self._app.settings.keep_area(session.desk.area)
        session.desk.changed.connect(self._watch)
        session.worker.settled.connect(self._first_settled)
        frame = self._app.show_session(session)
        self.opened.emit(frame)

    def _first_settled(self) -> None:
        if self._session is not None:
            self._session.worker.settled.disconnect(self._first_settled)
            self.settled.emit(self._session)

    # -- slots -------------------------------------------------------------------------------------------------

    def _watch(self, changes: Changes) -> None:
        session = self._session
        if session is not None and changes.outbox:
            roles = session.desk.me.roles
            role = next((r for r in ("officer", "return_visit", "liaison") if r in roles), "")
            event = event_of(changes, role, online=session.desk.connection.online)
            self.tick(lambda guide: guide.notice(event))

    def _clock_moved(self, meta: ServerMeta) -> None:
        if self._session is not None:
            self._session.desk.set_offset(meta.office_time - meta.server_time)
            self._session.worker.sync_now()
            self._session.desk.committed(Changes(everything=True))

    def _dismiss_guide(self) -> None:
        self._app.settings.guide_dismissed = True
        self._guide = None

    def _show_guide(self) -> None:
        self._app.settings.guide_dismissed = False
        self._app.renew_frame()

    def _person(self, login: str) -> SamplePerson:
        return next(person for person in self.people if person.login == login)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error)
        frame = self._app.frame
        if frame is not None:
            frame.notices.tell("sample", error_words(error), "error")
        else:
            self._app.window.show_trouble(error_words(error), self.tr("Try again"), self.reset)


class SampleGate:
    """Opens at a click; see ``locks.Gate``. The store stays open: its key is in memory alone."""

    def __init__(self, app: App) -> None:
        self._app = app

    def way(self) -> Way:
        return "open"

    def offers_browser(self) -> bool:
        return False

    def try_secret(self, secret: str, *, closed: bool) -> None:
        self._app.locks.opened()

    def try_browser(self, *, closed: bool) -> None:
        """There is none."""

    def cancel(self) -> None:
        """Nothing runs."""

    def let_go(self) -> None:
        """A sample city's key is the mode's."""


def _standing(person: SamplePerson) -> tuple[int, str]:
    """The order in which an office names its people: by the last of their roles in it."""
    return max(
        (_ORDER.index(role) for role in person.roles if role in _ORDER), default=len(_ORDER)
    ), person.login
