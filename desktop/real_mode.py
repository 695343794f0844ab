"""A city's real server in the window: the sign-in page, the key of the store, and the session that follows.

Everything that may block (keyring, network, store) runs in one lane. Never makes a new key while a store exists, and
never throws a store away: one whose key is lost is set aside, and only when the person says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from desktop.models.domain.wire import ServerMeta
from desktop.paths import private_folder
from desktop.saving import StoreSaving
from desktop.services.account.keys import (
    AskPassphrase,
    KeyAnswer,
    KeyLost,
    KeyReady,
    KeyUnreachable,
    find_key,
    key_from_passphrase,
)
from desktop.services.account.oauth import LoopbackSignIn
from desktop.services.account.tokens import Keeper, MemoryKeeper, VaultKeeper
from desktop.services.account.vault import Vault, open_vault
from desktop.services.background.errors import DeskError
from desktop.services.background.network_watch import NetworkWatch
from desktop.services.background.tasks import Tasks
from desktop.session import STORE_NAME, Opened, Server, Session, StoreTrouble, open_session, reach
from desktop.sign_in_again import SignInAgain
from desktop.version import own_version
from desktop.views.common.words import error_words
from desktop.views.shell.connection_settings import ConnectionSettings
from desktop.views.shell.guide_card import GuideCard
from desktop.views.shell.notices import Notices
from desktop.views.shell.sample_banner import SampleBanner
from desktop.views.shell.sign_in import SignInPage
from desktop.views.shell.store_words import CODES
from desktop.views.shell.why_panel import shown_address
from desktop.way import checked, way_to

if TYPE_CHECKING:
    from desktop.app import App

_CLOSE_S = 5.0


class RealMode(QObject):
    """See the module."""

    def __init__(self, app: App, find_vault: Callable[[], Vault | None] = open_vault) -> None:
        """``find_vault`` finds this machine's keyring, or None where there is none."""
        super().__init__(app)
        self._app = app
        self._find_vault = find_vault
        self._tasks = Tasks("account", parent=self)
        self._cancel = Event()
        self._vault: Vault | None = None
        self._vault_known = False
        self._server: Server | None = None
        self._folder: Path | None = None
        self._page: SignInPage | None = None
        self._again: SignInAgain | None = None
        self._sheet: ConnectionSettings | None = None
        self._saving = StoreSaving(app, self._tasks, parent=self)
        self._saving.opening_asked.connect(self._open_again)
        self._saving.done.connect(self._show)

    # -- a mode ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Where the person was, or the sign-in page."""
        settings = self._app.settings
        address = self._app.options.server or settings.server
        if settings.account and address == settings.server:
            self._folder = self._app.paths.accounts / settings.account
            self._tasks.run(
                self, partial(self._return_to, address, self._folder), self._take_key, self._failed
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
                partial(self._reach, session.server.sync.transport.base_url, MemoryKeeper()),
                self._notices,
                world=self._app.world,
                language=self._language,
            )
        self._again.begin()

    @property
    def configurable(self) -> bool:
        """The way to a city's server may lead through a proxy."""
        return True

    def configure(self) -> None:
        """Let the person set the way to the server, before the sign-in or while they work."""
        settings = self._app.settings
        sheet = ConnectionSettings(
            shown_address(settings.server), settings.proxy, settings.authority, self._app.window
        )
        sheet.given.connect(self._check_way)
        self._sheet = sheet
        sheet.open()

    def _check_way(self, proxy: str, authority: str) -> None:
        self._tasks.run(self, partial(checked, proxy, authority), self._take_way, self._way_refused)

    def _take_way(self, way: tuple[str, str]) -> None:
        self._app.settings.proxy, self._app.settings.authority = way
        if self._sheet is not None and isValid(self._sheet):
            self._sheet.accept()
        session = self._app.session
        if session is not None:
            self._tasks.run(self, partial(self._lead, session.server), self._led)

    def _led(self, _: None) -> None:
        if self._app.session is not None:
            self._app.session.worker.network_changed()

    def _way_refused(self, error: DeskError) -> None:
        if self._sheet is not None and isValid(self._sheet):
            self._sheet.show_trouble(error_words(error))

    def _lead(self, server: Server) -> None:
        for api in (server.sync, server.online):
            way = way_to(api.transport.base_url, self._app.settings)
            api.transport.go_by(way.proxies, way.authority)

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

    def close(self) -> None:
        self._cancel.set()
        if self._again is not None:
            self._again.close()
        self._saving.close()
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)

    # -- the page ----------------------------------------------------------------------------------------------

    def _show_page(self, address: str) -> SignInPage:
        page = SignInPage(address)
        page.test_asked.connect(self._test)
        page.sign_in_asked.connect(self._sign_in)
        page.cancel_asked.connect(self._cancel.set)
        page.passphrase_given.connect(self._take_passphrase)
        page.keyring_retry_asked.connect(self.begin)
        page.start_over_asked.connect(self._set_aside)
        page.sample_asked.connect(self._begin_sample)
        page.settings_asked.connect(self.configure)
        self._page = page
        self._app.window.show_content(page)
        return page

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
        self._tasks.run(self, partial(self._ask_meta, address), self._answered, self._failed)

    def _answered(self, meta: ServerMeta) -> None:
        if self._page is not None:
            words = self.tr("The server of {city} answers.")
            self._page.show_result(words.format(city=meta.city), "info")

    def _sign_in(self, typed: str) -> None:
        address = server_address(typed)
        if not address:
            self._failed(DeskError("bad_address"))
            return
        self._cancel.clear()
        if self._page is not None:
            self._page.show_face("waiting")
        self._tasks.run(self, partial(self._sign_in_at, address), self._take_key, self._failed)

    # -- in the lane -------------------------------------------------------------------------------------------

    def _ask_meta(self, address: str) -> ServerMeta:
        server = self._reach(address, MemoryKeeper())
        try:
            return server.online.meta()
        finally:
            server.online.transport.close()
            server.sync.transport.close()
            server.files.transport.close()

    def _return_to(self, address: str, folder: Path) -> KeyAnswer:
        self._server = self._reach(address, self._keeper(address))
        return self._key_of(folder)

    def _sign_in_at(self, address: str) -> KeyAnswer:
        server = self._reach(address, self._keeper(address))
        world = self._app.world
        attempt = LoopbackSignIn(
            server.online,
            random_bytes=world.rng.randbytes,
            monotonic=world.clock.monotonic,
            language=self._app.languages.current,
        )
        with attempt:
            self._tasks.post(lambda: self._open_browser(attempt.url))
            server.sign_in.begin(attempt.wait(self._cancel))
        me = server.online.me()
        self._server = server
        self._folder = private_folder(self._app.paths.account(address, me.person_id))
        return self._key_of(self._folder)

    def _key_of(self, folder: Path) -> KeyAnswer:
        name = f"store:{folder.name}"
        randbytes = self._app.world.rng.randbytes
        return find_key(folder / STORE_NAME, self._get_vault(), name=name, random_bytes=randbytes)

    def _open(self, key: bytes) -> Opened:
        server, folder = self._server, self._folder
        if server is None or folder is None:
            raise StoreTrouble("signed_out")
        self._saving.take(folder, key)
        return open_session(
            folder, key, server, device_name="", world=self._app.world, checking=self._tell_checking
        )

    def _tell_checking(self) -> None:
        self._tasks.post(self._show_checking)

    def _open_by_passphrase(self, passphrase: str) -> Opened:
        if self._folder is None:
            raise StoreTrouble("signed_out")
        key = key_from_passphrase(
            self._folder / STORE_NAME, passphrase, random_bytes=self._app.world.rng.randbytes
        )
        try:
            return self._open(key)
        except StoreTrouble as error:
            if error.code == "store_unreadable":
                raise StoreTrouble("wrong_passphrase") from error
            raise

    def _get_vault(self) -> Vault | None:
        if not self._vault_known:
            self._vault = self._find_vault()
            self._vault_known = True
        return self._vault

    def _keeper(self, address: str) -> Keeper:
        vault = self._get_vault()
        if vault is None:
            return MemoryKeeper()
        digest = hashlib.blake2b(address.encode(), digest_size=8).hexdigest()
        return VaultKeeper(vault, f"sign-in:{digest}")

    def _reach(self, address: str, keeper: Keeper) -> Server:
        device_id = self._app.settings.device_id(self._app.world.new_id)
        server = reach(address, device_id, keeper, version=own_version(), world=self._app.world)
        self._lead(server)
        return server

    # -- slots -------------------------------------------------------------------------------------------------

    def _open_browser(self, url: str) -> None:
        if not QDesktopServices.openUrl(QUrl(url)) and self._page is not None:
            self._page.show_link(url)

    def _take_key(self, answer: KeyAnswer) -> None:
        if isinstance(answer, KeyReady):
            self._tasks.run(self, partial(self._open, answer.key), self._opened, self._failed)
            return
        page = self._page or self._show_page(self._app.settings.server)
        if isinstance(answer, AskPassphrase):
            page.show_face("new_passphrase" if answer.new else "passphrase")
        elif isinstance(answer, KeyUnreachable):
            page.show_keyring(error_words(DeskError(answer.code)))
        elif isinstance(answer, KeyLost):
            page.show_face("lost")

    def _take_passphrase(self, passphrase: str) -> None:
        self._tasks.run(self, partial(self._open_by_passphrase, passphrase), self._opened, self._failed)

    def _set_aside(self) -> None:
        """The person begins with an empty store; the one that cannot be opened stays, under another name."""
        folder = self._folder
        if folder is not None:
            aside = folder.with_name(f"{folder.name}.aside-{self._app.world.new_id()}")
            folder.rename(aside)
            private_folder(folder)
            self._tasks.run(self, partial(self._key_of, folder), self._take_key, self._failed)

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
        if self._folder is not None and self._server is not None:
            self._app.settings.server = self._server.sync.transport.base_url
            self._app.settings.account = self._folder.name
        session = Session(
            opened, language=self._app.languages.current, practice=False, world=self._app.world, parent=self
        )
        watch = NetworkWatch(session)
        watch.changed.connect(session.network_changed)
        if not watch.connected:
            session.network_changed(connected=False)
        session.care.damaged.connect(self._damaged)
        self._app.show_session(session)
        self._app.follow_link()

    def _failed(self, error: DeskError) -> None:
        if error.code in CODES:
            self._page = None
            self._saving.show_trouble(error.code)
            return
        page = self._page or self._show_page(self._app.settings.server)
        if error.code == "wrong_passphrase":
            page.show_wrong_passphrase(error_words(error))
            return
        page.show_face("server")
        page.show_result(error_words(error), "warn" if error.code == "sign_in_cancelled" else "error")


def server_address(typed: str) -> str:
    """Scheme and host of what a person typed, "" when it is no address. Plain http is for this machine alone."""
    text = typed.strip().rstrip("/")
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    local = host in ("127.0.0.1", "localhost", "::1")
    if not host or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not local):
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{port}" if port else f"{parts.scheme}://{shown}"
