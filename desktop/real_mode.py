"""A city's real server in the window: the sign-in page, what is asked about the key, and the session that follows.

What blocks (keyring, network, store) is the account's and runs in one lane. A store whose key is lost is set aside, and
only when the person says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.absence_watch import AbsenceWatch
from desktop.account import Account
from desktop.addresses import server_address
from desktop.leaving import Leaving
from desktop.models.domain.wire import ServerMeta
from desktop.paths import private_folder
from desktop.real_gate import Doors, RealGate
from desktop.saving import StoreSaving
from desktop.services.account.keys import AskPassphrase, KeyAnswer, KeyLost, KeyReady, KeyUnreachable
from desktop.services.account.owner import Owner, find_owner
from desktop.services.account.tokens import MemoryKeeper
from desktop.services.account.vault import Vault, open_vault
from desktop.services.account.wiping import WipeOrder
from desktop.services.background.errors import DeskError
from desktop.services.background.network_watch import NetworkWatch
from desktop.services.background.tasks import Tasks
from desktop.session import Opened, Session, StoreTrouble
from desktop.sign_in_again import SignInAgain
from desktop.telephone import Telephone
from desktop.views.common.words import error_words
from desktop.views.shell.guide_card import GuideCard
from desktop.views.shell.lock_page import Reason
from desktop.views.shell.notices import Notices
from desktop.views.shell.sample_banner import SampleBanner
from desktop.views.shell.sign_in import SignInPage
from desktop.views.shell.store_words import CODES

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.connection_setup import ConnectionSetup
    from desktop.locks import Gate

_CLOSE_S = 5.0
_ASK_AGAIN_MS = 20_000
"""Between two looks whether the server answers a desk that may not be worked at before."""

_OF_A_PROVIDER = frozenset({"provider_away", "provider_refused", "unknown_person"})
"""With these the office's own sign-in service lets nobody in; the server's own page may."""
_AWAY: dict[str, Reason] = {"absent": "absent", "doubtful": "doubtful"}


class RealMode(QObject):
    """See the module."""

    def __init__(
        self,
        app: App,
        find_vault: Callable[[], Vault | None] = open_vault,
        find_owner: Callable[[], Owner | None] = find_owner,
    ) -> None:
        """``find_vault`` finds this machine's keyring, ``find_owner`` its password check; None where there is none."""
        super().__init__(app)
        self._app = app
        self._account = Account(
            app.paths, app.settings, app.world, find_vault=find_vault, find_owner=find_owner
        )
        self._tasks = Tasks("account", parent=self)
        self._cancel = Event()
        self._page: SignInPage | None = None
        self._again: SignInAgain | None = None
        self._absence: AbsenceWatch | None = None
        self._setup: ConnectionSetup | None = None
        self._saving = StoreSaving(app, self._tasks, parent=self)
        self._saving.opening_asked.connect(self._open_again)
        self._saving.done.connect(self._show)
        self._leaving = Leaving(app, self._account, self._tasks, lambda: self._saving.key, self)
        self._leaving.left.connect(self._begin_anew)
        doors = Doors(self._open, self._opened, self._take_key, self._saving.forget)
        self._gate = RealGate(app, self._account, self._tasks, self._cancel, doors, self)
        self._ask_again = QTimer(self)
        self._ask_again.setSingleShot(True)
        self._ask_again.setInterval(_ASK_AGAIN_MS)
        self._ask_again.timeout.connect(self.begin)

    # -- a mode ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Where the person was, or the sign-in page."""
        if self._account.wipe_pending:
            self._app.window.show_skeleton(self.tr("This device is being wiped…"))
            self._tasks.run(self, self._account.go_on_wiping, self._go_on, self._failed)
        else:
            self._go_on(None)

    def _go_on(self, wiped: WipeOrder | None) -> None:
        settings = self._app.settings
        laid_down = "server" in settings.preset.locked
        address = settings.server if laid_down else self._app.options.server or settings.server
        if wiped is not None:
            self._leaving.show_wiped(wiped)
        elif settings.account and address == settings.server:
            folder = self._app.paths.accounts / settings.account
            self._tasks.run(
                self, partial(self._account.come_back, address, folder), self._take_key, self._failed
            )
        else:
            self._show_page(address)

    def banner(self) -> SampleBanner | None:
        return None

    def guide(self) -> GuideCard | None:
        return None

    def sign_in_again(self) -> None:
        """The browser, while the desk stays where it is; what was not sent waits in its store."""
        session = self._app.session
        if session is None:
            self._show_page(self._app.settings.server)
            return
        if self._again is None or self._again.session is not session:
            if self._again is not None:
                self._again.close()
            self._again = SignInAgain(
                session,
                partial(self._account.reach, session.server.sync.transport.base_url, MemoryKeeper()),
                self._notices,
                world=self._app.world,
                language=self._language,
            )
            if self._absence is not None:
                self._again.done.connect(self._absence.signed_in)
        self._again.begin()

    @property
    def configurable(self) -> bool:
        """The way to a city's server may lead through a proxy."""
        return True

    def configure(self) -> None:
        """Let the person set the way to the server, before the sign-in or while they work."""
        from desktop.connection_setup import ConnectionSetup

        if self._setup is None:
            app = self._app
            self._setup = ConnectionSetup(app.settings, app.world.clock, app.world.new_id, parent=self)
            self._setup.kept.connect(self._way_changed)
        typed = self._page.address.value() if self._page is not None else ""
        self._setup.open(typed, self._app.window)

    def _way_changed(self) -> None:
        if self._page is not None:
            self._page.address.set_value(self._app.settings.server)
        session = self._app.session
        if session is not None:
            self._tasks.run(self, partial(self._account.lead, session.server), self._led, self._failed)

    def _led(self, _: None) -> None:
        if self._app.session is not None:
            self._app.session.worker.network_changed()

    def _notices(self) -> Notices | None:
        return self._app.frame.notices if self._app.frame is not None else None

    def _language(self) -> str:
        return self._app.languages.current

    def renew(self) -> None:
        """The page that is shown, in another language."""
        if self._saving.renew():
            return
        if self._page is not None:
            self._show_page(self._page.address.value())

    def gate(self) -> Gate:
        return self._gate

    def sign_out(self) -> None:
        """Leave, with a question where something would be left behind."""
        self._leaving.sign_out()

    def close(self) -> None:
        self._cancel.set()
        self._ask_again.stop()
        if self._setup is not None:
            self._setup.close()
        self._gate.close()
        if self._again is not None:
            self._again.close()
        self._saving.close()
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)

    # -- the page ----------------------------------------------------------------------------------------------

    def _show_page(self, address: str) -> SignInPage:
        page = SignInPage(address)
        page.test_asked.connect(self._test)
        page.sign_in_asked.connect(self._sign_in)
        page.own_page_asked.connect(self._sign_in_here)
        page.cancel_asked.connect(self._cancel.set)
        page.passphrase_given.connect(self._take_passphrase)
        page.keyring_retry_asked.connect(self._try_again)
        page.start_over_asked.connect(self._set_aside)
        page.sample_asked.connect(self._begin_sample)
        page.settings_asked.connect(self.configure)
        page.address.set_read_only("server" in self._app.settings.preset.locked)
        self._page = page
        self._app.window.show_content(page)
        return page

    def _try_again(self) -> None:
        self._account.look_again()
        self.begin()

    def _begin_anew(self) -> None:
        self._saving.forget()
        self._show_page(self._app.settings.server)

    def _begin_sample(self) -> None:
        from desktop.services.sample_city import SampleCity

        options = self._app.options
        city = SampleCity(size=options.size, seed=options.seed)
        city.start()
        self._app.begin_sample(city)

    def _test(self, typed: str) -> None:
        address = server_address(typed)
        if not address:
            self._failed(DeskError("bad_address"))
            return
        self._tasks.run(self, partial(self._account.ask_meta, address), self._answered, self._failed)

    def _answered(self, meta: ServerMeta) -> None:
        if self._page is not None:
            words = self.tr("The server of {city} answers.")
            self._page.show_result(words.format(city=meta.city), "info")

    def _sign_in_here(self, typed: str) -> None:
        self._sign_in(typed, own_page=True)

    def _sign_in(self, typed: str, *, own_page: bool = False) -> None:
        address = server_address(typed)
        if not address:
            self._failed(DeskError("bad_address"))
            return
        self._cancel.clear()
        if self._page is not None:
            self._page.show_face("waiting")
        sign_in = partial(
            self._account.sign_in,
            address,
            language=self._language(),
            open_browser=self._post_browser,
            cancel=self._cancel,
            own_page=own_page,
        )
        self._tasks.run(self, sign_in, self._take_key, self._failed)

    # -- in the lane -------------------------------------------------------------------------------------------

    def _open(self, key: bytes) -> Opened:
        folder = self._account.folder
        if folder is None:
            raise StoreTrouble("signed_out")
        self._saving.take(folder, key)
        return self._account.open(key, self._tell_checking)

    def _tell_checking(self) -> None:
        self._tasks.post(self._show_checking)

    def _open_by_passphrase(self, passphrase: str) -> Opened:
        key = self._account.key_by_passphrase(passphrase)
        try:
            opened = self._open(key)
        except StoreTrouble as error:
            if error.code == "store_unreadable":
                raise StoreTrouble("wrong_passphrase") from error
            raise
        self._app.settings.locked = False  # whoever knows it has shown whose desk it is
        return opened

    def _post_browser(self, url: str) -> None:
        self._tasks.post(lambda: self._open_browser(url))

    # -- slots -------------------------------------------------------------------------------------------------

    def _open_browser(self, url: str) -> None:
        if not QDesktopServices.openUrl(QUrl(url)) and self._page is not None:
            self._page.show_link(url)

    def _take_key(self, answer: KeyAnswer) -> None:
        if isinstance(answer, KeyReady):
            self._tasks.run(self, partial(self._open, answer.key), self._opened, self._failed)
            return
        if self._app.window.cover is not None:
            self._app.locks.give_way()
        page = self._page or self._show_page(self._app.settings.server)
        if isinstance(answer, AskPassphrase):
            page.show_face("new_passphrase" if answer.new else "passphrase")
        elif isinstance(answer, KeyUnreachable):
            page.show_keyring(answer.code, new=answer.new)
        elif isinstance(answer, KeyLost):
            page.show_face("lost")

    def _take_passphrase(self, passphrase: str) -> None:
        self._tasks.run(self, partial(self._open_by_passphrase, passphrase), self._opened, self._failed)

    def _set_aside(self) -> None:
        """The person begins with an empty store; the one that cannot be opened stays, under another name."""
        folder = self._account.folder
        if folder is not None:
            aside = folder.with_name(f"{folder.name}.aside-{self._app.world.new_id()}")
            folder.rename(aside)
            private_folder(folder)
            self._tasks.run(self, self._account.key, self._take_key, self._failed)

    def _show_checking(self) -> None:
        if self._page is None:
            words = self.tr(
                "Looking through your store: the program was cut off last time. This may take some seconds…"
            )
            self._app.window.show_skeleton(words)

    def _open_again(self, key: bytes) -> None:
        self._tasks.run(self, partial(self._open, key), self._opened, self._failed)

    def _damaged(self) -> None:
        """The session met damage: it ends, and the store is looked at while nobody has it open."""
        self._app.leave_session()
        self._saving.look_again()

    def _opened(self, opened: Opened) -> None:
        self._page = None
        self._saving.opened(opened)

    def _show(self, opened: Opened) -> None:
        folder, server = self._account.folder, self._account.server
        if folder is not None and server is not None:
            self._app.settings.server = server.sync.transport.base_url
            self._app.settings.account = folder.name
        session = Session(
            opened, language=self._app.languages.current, practice=False, world=self._app.world, parent=self
        )
        session.desk.letter_place = self._app.settings.letter_place()
        if folder is not None:
            place = self._app.settings.telephone_place()
            Telephone(session, folder, place, self._app.world, self._account.vault)
        self._app.settings.keep_area(session.desk.area)
        watch = NetworkWatch(session)
        watch.changed.connect(session.network_changed)
        if not watch.connected:
            session.network_changed(connected=False)
        session.care.damaged.connect(self._damaged)
        self._leaving.watch(session)
        self._watch_absence(session)
        self._app.show_session(session, own=True)
        self._app.follow_link()

    def _watch_absence(self, session: Session) -> None:
        self._absence = absence = AbsenceWatch(session.desk, self._app.world.clock, session)
        session.worker.settled.connect(absence.hear)
        session.closing.connect(absence.close)
        absence.ended.connect(self._away)
        absence.start()

    def _away(self, how: str) -> None:
        self._app.locks.close_store(_AWAY[how])
        if how == "doubtful":
            self._ask_again.start()

    def _failed(self, error: DeskError) -> None:
        if error.code in _AWAY:
            self._app.locks.refuse_opening(_AWAY[error.code], self._gate)
            if error.code == "doubtful":
                self._ask_again.start()
            return
        if error.code in CODES:
            self._page = None
            self._saving.show_trouble(error.code)
            return
        page = self._page or self._show_page(self._app.settings.server)
        if error.code == "wrong_passphrase":
            page.show_wrong_passphrase(error_words(error))
            return
        page.show_face("server")
        if error.code in _OF_A_PROVIDER or self._account.at_provider:
            page.offer_own_page()
        page.show_result(error_words(error), "warn" if error.code == "sign_in_cancelled" else "error")
