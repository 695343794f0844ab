"""A store that cannot be opened: its page in the window, the ladder when the person asks for it, what came over.

Holds the key for as long as the store is in trouble, in memory alone. Everything that blocks runs in the mode's lane.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.store import recovery
from desktop.models.store.readable import readable_text
from desktop.models.store.recovery import LostWork, Recovered
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.session import Opened, inspect_again, recover_store
from desktop.views.common.words import error_words
from desktop.views.outbox.sentences import deed
from desktop.views.shell.store_page import StorePage
from desktop.views.shell.store_words import Saved

if TYPE_CHECKING:
    from desktop.app import App


class StoreSaving(QObject):
    """``opening_asked`` carries the key with which to open the store once more; ``done`` an Opened to be shown."""

    opening_asked = Signal(object)
    done = Signal(object)

    def __init__(self, app: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._tasks = tasks
        self._folder: Path | None = None
        self._key = b""
        self._page: StorePage | None = None
        self._opened: Opened | None = None

    @property
    def key(self) -> bytes:
        """The key of the store that is open or in trouble, b"" for none."""
        return self._key

    def forget(self) -> None:
        """The store is closed for good, or locked: no key is held here."""
        self._folder, self._key = None, b""

    def take(self, folder: Path, key: bytes) -> None:
        """The store that is being opened."""
        self._folder, self._key = folder, key

    def show_trouble(self, code: str, why: str = "") -> None:
        """The store cannot be opened."""
        self._show_page().show_trouble(code, str(self._folder or ""), why)

    def look_again(self) -> None:
        """The session met damage and has ended: is it so?"""
        self._app.window.show_skeleton(self.tr("Looking through your store…"))
        self._tasks.run(self, self._inspect, self._inspected, self._failed)

    def opened(self, opened: Opened) -> None:
        """The store is open: on to the desk, by way of what came over if nobody has read that yet."""
        if opened.recovered is None:
            self._page = None
            self.done.emit(opened)
            return
        self._opened = opened
        self._show_page().show_report(self._saved(opened.recovered))

    def renew(self) -> bool:
        """The page in another language; False when none is shown."""
        if self._page is None:
            return False
        if self._opened is not None:
            self.opened(self._opened)
        elif self._page.face == "trouble":
            self.show_trouble(self._page.code)
        return True

    def close(self) -> None:
        """The window goes."""
        self._page = None
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.context.store.close()
            opened.blobs.close()

    # -- in the lane -------------------------------------------------------------------------------------------

    def _inspect(self) -> bool:
        return self._folder is not None and inspect_again(self._folder, self._key)

    def _climb(self) -> Recovered:
        assert self._folder is not None  # there is a page only for a store
        told: Callable[[str, float], None] = self._told
        return recover_store(self._folder, self._key, world=self._app.world, told=told)

    def _told(self, step: str, share: float) -> None:
        self._tasks.post(lambda: self._show_step(step, share))

    def _forget_report(self, opened: Opened) -> None:
        with opened.context.store.write() as connection:
            recovery.forget_report(connection)

    def _write_copy(self, opened: Opened, path: Path) -> None:
        with opened.context.store.read() as connection:
            text = readable_text(connection, deed)
        part = path.with_name(f"{path.name}.part")
        part.touch(mode=0o600)
        part.write_text(text, encoding="utf-8")
        part.replace(path)  # whole, or not there

    # -- slots -------------------------------------------------------------------------------------------------

    def _show_page(self) -> StorePage:
        page = StorePage()
        page.retry_asked.connect(self._retry)
        page.recover_asked.connect(self._recover)
        page.copy_asked.connect(self._save_copy)
        page.go_on_asked.connect(self._go_on)
        self._page = page
        self._app.window.show_content(page)
        return page

    def _inspected(self, damaged: bool) -> None:
        if damaged:
            self.show_trouble("store_damaged")
        else:
            self._retry()

    def _retry(self) -> None:
        self.opening_asked.emit(self._key)

    def _recover(self) -> None:
        self._show_step("reading", 0.0)
        self._tasks.run(self, self._climb, self._recovered, self._failed)

    def _show_step(self, step: str, share: float) -> None:
        if self._page is not None:
            self._page.show_saving(step, share)

    def _recovered(self, recovered: Recovered) -> None:
        self._retry()

    def _go_on(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            self._page = None
            self._tasks.run(self, partial(self._forget_report, opened))
            self.done.emit(opened)

    def _save_copy(self, name: str) -> None:
        if self._opened is not None:
            self._tasks.run(self, partial(self._write_copy, self._opened, Path(name)), None, self._failed)

    def _failed(self, error: DeskError) -> None:
        """The damage is still there, whatever else went wrong."""
        self.show_trouble("store_damaged", error_words(error))

    def _saved(self, recovered: Recovered) -> Saved:
        return Saved(
            waiting=recovered.waiting,
            parked=recovered.parked,
            confirmed=recovered.confirmed,
            drafts=recovered.drafts,
            texts=recovered.texts,
            files=recovered.files,
            files_lost=recovered.files_lost,
            unread=recovered.unread,
            lost=tuple(self._lost(entry) for entry in recovered.lost),
            log_damaged=recovered.log_damaged,
            unnamed=not recovered.indexed,
            place=recovered.place,
        )

    def _lost(self, entry: LostWork) -> str:
        """ "No. 17: note" and nothing that a page did not say."""
        thing = {
            "urge": self.tr("urge"),
            "notice": self.tr("supervision notice"),
            "visit": self.tr("return visit"),
            "attempt": self.tr("call"),
            "finding": self.tr("finding"),
            "note": self.tr("note"),
            "application": self.tr("application"),
            "inquiry": self.tr("request for the contact log"),
            "instruction": self.tr("instruction"),
            "urgent_report": self.tr("urgent report"),
            "attachment": self.tr("attachment"),
        }.get(entry.entity_type, self.tr("unknown"))
        return self.tr("No. {number}: {thing}").format(number=entry.seq, thing=thing)
