"""The first look of a start: rows of the queue last open, in the window before the desk is there (decision 14).

Asks the keyring, reads and formats one page in a thread of its own, and imports there what the desk needs, so that
the window answers meanwhile. Shows rows only where the ordinary way would open the desk without asking anybody; where
that is not certain it shows nothing. Records nothing but where the list stood.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from desktop.paths import STORE_NAME

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.models.store.first_rows import FirstRows
    from desktop.services.account.early_keyring import EarlyKeyring, FindVault
    from desktop.services.account.vault import Vault
    from desktop.services.queries.filters import Queue
    from desktop.settings import Settings
    from desktop.views.shell.first_look import FirstLookView, Look
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.main_window import MainWindow

_log = logging.getLogger(__name__)

PAGE = "supervision"
"""The page whose list is shown so early: where an office's day begins."""

_ROWS = 128
_ALONE_MS = 30_000
"""Rows are not left on the screen longer than that without the locks that watch over a desk."""

_MODE = ("desktop.crash", "desktop.end_signals", "desktop.real_mode")
_DESK = (
    *_MODE,
    "desktop.locks",
    "desktop.spelling",
    "desktop.views.common.watermark",
    "desktop.views.shell.copying",
    "desktop.views.shell.frame",
    "desktop.pages",
    "desktop.views.supervision.page",
)
"""What follows the first rows, in the order in which it is needed."""


class FirstLook(QObject):
    """``over``: what the mode needs is imported, and it may begin. It comes in any case, and once."""

    over = Signal()
    _told = Signal(object)
    _imported = Signal()

    def __init__(self, app: App, find_vault: FindVault | None = None) -> None:
        """``find_vault`` finds this machine's keyring; without one, as the account does."""
        super().__init__(app)
        self._app = app
        self._find = find_vault
        self._keyring: EarlyKeyring | None = None
        self._view: FirstLookView | None = None
        self._go_on = threading.Event()
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._imported.connect(self.over, Qt.ConnectionType.QueuedConnection)
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.setInterval(_ALONE_MS)
        self._alone.timeout.connect(self._give_way)

    # -- for the program ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look, if there is something that may be shown."""
        folder, queue = self._folder(), self._queue()
        looking = _Looking(self._app, folder, queue, self._find) if folder is not None and queue else None
        self._keyring = looking.keyring if looking is not None else None
        threading.Thread(target=self._run, args=(looking,), name="first look", daemon=True).start()
        if looking is not None:
            import_module("desktop.views.shell.first_look")  # while the keyring is being asked

    def find_vault(self) -> Vault | None:
        """The machine's keyring, for the account: what it answered to us it is not asked again."""
        from desktop.services.account.vault import open_vault

        if self._keyring is not None:
            return self._keyring.find_vault()
        return (self._find or open_vault)()

    def hand_over(self, frame: Frame) -> Callable[[], None]:
        """Give a new desk what the person looks at; the answer puts them where they were, once it is laid out."""
        from desktop.views.supervision.page import SupervisionPage

        view, self._view = self._view, None
        page = frame.page(frame.current_page)
        if view is None or not shiboken6.isValid(view) or not isinstance(page, SupervisionPage):
            return _nothing
        standing = view.standing()
        if page.queue() != standing.queue:
            return _nothing
        self._alone.stop()
        page.list.go_on_from(standing.rids, standing.rows, standing.row)

        def settle() -> None:
            self._app.window.lay_out()
            page.list.stand_at(*standing.scrolled)

        return settle

    def close(self) -> None:
        """The program ends, perhaps in the middle of it."""
        self._alone.stop()
        self._go_on.set()

    # -- what is certain before anything is opened -------------------------------------------------------------

    def _folder(self) -> Path | None:
        """The folder of the account whose desk would open without a question; looks at settings and names of files."""
        app, settings = self._app, self._app.settings
        laid_down = "server" in settings.preset.locked
        address = settings.server if laid_down else app.options.server or settings.server
        if settings.locked or app.options.link or not settings.account or address != settings.server:
            return None
        if any(app.paths.accounts.glob("*.wipe")):
            return None
        return app.paths.accounts / settings.account

    def _queue(self) -> str:
        """The queue last open, "" where another page was, or where it stood is not known."""
        page, queue = self._app.settings.place
        return queue if page == PAGE and self._app.settings.outline else ""

    # -- in the thread -----------------------------------------------------------------------------------------

    def _run(self, looking: _Looking | None) -> None:
        found = looking.look() if looking is not None else None
        if found is not None:
            self._post(self._told, found)
            self._go_on.wait(_ALONE_MS / 1000)
        for module in _DESK if found is not None else _MODE:
            import_module(module)
        self._post(self._imported)

    def _post(self, signal: SignalInstance, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:  # the window has been closed meanwhile
            return

    # -- at home -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, look: Look) -> None:
        from desktop.views.shell.first_look import FirstLookView, Outline

        outline = Outline.parse(self._app.settings.outline)
        if outline is None:
            self._go_on.set()
            return
        self._view = view = FirstLookView(look, outline, folded=self._app.settings.rail_folded)
        view.painted.connect(self._seen)
        self._app.window.show_content(view)
        self._alone.start()

    @Slot()
    def _seen(self) -> None:
        self._app.looked.emit()
        self._go_on.set()

    def _give_way(self) -> None:
        """The desk does not come: what was shown without it goes."""
        view, self._view = self._view, None
        if view is not None and shiboken6.isValid(view) and self._app.window.centralWidget() is view:
            self._app.window.show_skeleton("")


class _Looking:
    """What the thread is given: all of it values, or asked of in that thread alone."""

    def __init__(self, app: App, folder: Path, queue: str, find: FindVault | None) -> None:
        from desktop.services.account.early_keyring import EarlyKeyring
        from desktop.services.account.keys import key_name
        from desktop.services.account.vault import open_vault

        self.keyring = EarlyKeyring(key_name(folder.name), find or open_vault)
        self._store = folder / STORE_NAME
        self._queue = queue
        self._whole_city = app.settings.whole_city
        self._clock = app.world.clock
        self._language = app.languages.current

    def look(self) -> Look | None:
        """None where anything is odd; what fails here is met again, and told, by the ordinary way."""
        try:
            return self._look()
        except Exception as error:  # noqa: BLE001  whatever it is: the start goes on without
            _log.warning("no first look: %s", type(error).__name__)
            return None
        finally:
            self.keyring.settle()

    def _look(self) -> Look | None:
        from desktop.models.store.first_rows import may_be_read, read_first_rows

        if not may_be_read(self._store):
            return None
        key = self.keyring.look()
        if key is None:
            return None
        found = read_first_rows(
            self._store,
            key,
            self._queue,
            at=self._clock.now(),
            limit=_ROWS,
            whole_city=self._whole_city,
        )
        if found is None or not self._may_be_seen(found):
            return None
        return self._formatted(found)

    def _may_be_seen(self, found: FirstRows) -> bool:
        """As ``Account`` judges when it opens the store, and nothing where the server would have to be asked first."""
        from desktop.models.domain.absence import observe, verdict
        from desktop.pages import OFFICE

        alone = observe(found.absence, self._clock.now(), 0.0)
        return verdict(alone) == "free" and bool(OFFICE & set(found.me.roles))

    def _formatted(self, found: FirstRows) -> Look:
        from desktop.services.queries.base import Reference, Standpoint
        from desktop.services.queries.ticket_row import ticket_row
        from desktop.views.common.ticket_list.columns import prepare
        from desktop.views.shell.first_look import Look

        reference = Reference(
            units=found.units, categories=found.categories, places=found.places, persons=found.persons
        )
        seen_from = Standpoint(
            now=found.now,
            profile=found.profile,
            me=found.me,
            reference=reference,
            language=self._language,
        )
        rows = tuple(prepare(ticket_row(seen_from, row), seen_from) for row in found.rows)
        return Look(cast("Queue", self._queue), found.count, rows)


def keep_place(frame: Frame, window: MainWindow, settings: Settings) -> None:
    """Where the next start begins: page and queue, and where the list stood in the window."""
    from desktop.views.shell.first_look import Outline
    from desktop.views.supervision.page import SupervisionPage

    settings.place = frame.current_page, frame.current_queue
    page = frame.page(frame.current_page)
    if isinstance(page, SupervisionPage) and page.isVisible():
        settings.outline = Outline.of(window, *page.list.landmarks()).text()


def _nothing() -> None:
    """There is nothing to scroll."""
