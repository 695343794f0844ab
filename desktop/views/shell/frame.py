"""The frame of one person's work: banner, bars, rail, pages, guide, status bar, and the keys that belong to all.

Built anew for another person or language. Pages are made when they are first opened. A page with queues in its spec has
``show_queue(key)``, ``queue()`` and the signal ``queue_changed(str)``; any page may have ``help_keys()`` and
``release()``. Where its other signals lead stands in its spec.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.progress import FirstSync
from desktop.services.queries.tickets import ticket_of_number
from desktop.views.common import theme
from desktop.views.common.fields import Field
from desktop.views.common.layouts import row
from desktop.views.common.words import error_words, why_not_online

from .area_switch import AreaSwitch
from .banners import ConnectionBanners
from .connection_words import ConnectionWords
from .first_sync import FirstSyncView
from .frame_entries import FrameEntries
from .guide_card import GuideCard, GuideEvent
from .leads import Leads
from .needs_you import NeedsYou
from .notices import Notices
from .pages import PAGES_WITH_KEYS, PageSpec, Place, count_all, key_of_page, pages_of
from .palette import Palette
from .rail import Rail
from .sample_banner import SampleBanner
from .shortcuts import HelpSheet
from .status_bar import StatusBar
from .why_panel import ConnectionFacts, WhyPanel

_COUNT_AFTER_MS = 120
_COUNT_EVERY_MS = 60_000

Spell = Callable[[str], tuple[str, ...]]


def no_pinyin(title: str) -> tuple[str, ...]:
    """Spells nothing; the composition root gives the real speller."""
    return ()


class Frame(QWidget):
    """See the module. Everything it cannot do itself it asks for by a signal."""

    language_asked = Signal(str)
    sync_asked = Signal()
    sign_in_asked = Signal()
    settings_asked = Signal()
    cancel_asked = Signal()
    resume_asked = Signal()
    quit_asked = Signal()
    lock_asked = Signal()
    sign_out_asked = Signal()
    about_asked = Signal()
    fold_changed = Signal(bool)
    page_opened = Signal(str)
    guide_asked = Signal(str)
    guide_dismissed = Signal()

    def __init__(
        self,
        desk: Desk,
        specs: tuple[PageSpec, ...],
        *,
        folded: bool = False,
        banner: SampleBanner | None = None,
        guide: GuideCard | None = None,
        spell: Spell = no_pinyin,
        facts: ConnectionFacts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.banner = banner
        self.guide = guide
        self._specs = pages_of(specs, desk.me.roles)
        self._spell = spell
        self._pages: dict[str, Any] = {}  # pages offer more than a widget does; see the module
        self._current = ""
        self.rail = Rail()
        self.rail.set_pages(self._specs)
        self.rail.set_folded(folded)
        self.area = AreaSwitch(self)
        self.notices = Notices()
        words = ConnectionWords(desk.office_time, self)
        self.status = StatusBar(desk.language, words, desk.real_now)
        self.status.show_person(desk.me.name, desk.me.title)
        self._stack = QStackedWidget()
        self.first_sync = FirstSyncView(words, desk.real_now)
        self._body = QStackedWidget()
        self._body.addWidget(self._stack)
        self._body.addWidget(self.first_sync)
        self._palette = Palette(self)
        self._entries = FrameEntries(self)
        self._lay_out()
        self.why = WhyPanel(words, facts or ConnectionFacts(), desk.real_now, self)
        self._bars = ConnectionBanners(self.notices, words, self)
        self._needs = NeedsYou(self)
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.setInterval(_COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self.refresh_counts)
        self._count_again = QTimer(self)
        self._count_again.setInterval(_COUNT_EVERY_MS)
        self._count_again.timeout.connect(self.refresh_counts)
        self._count_again.start()
        self._connect()
        self._bind_keys()
        self._take_connection(desk.connection)
        self._count_soon.start()  # after the first page has asked: of a million cases the numbers take longer

    # -- pages -------------------------------------------------------------------------------------------------

    def open_page(self, key: str, queue: str = "") -> Any:
        """Show a page (and a queue in it), making it when it is first wanted; None when this person has none."""
        spec = self._spec(key)
        if spec is None:
            return None
        known = self._pages.get(key)
        page = known or self._make(spec)
        self._stack.setCurrentWidget(page)
        self._current = key
        if queue and spec.queues and (known is not None or page.queue() != queue):
            page.show_queue(queue)
        self.rail.choose(key, self.current_queue)
        self.page_opened.emit(key)
        return page

    def open_first_page(self) -> Any:
        """The page nearest the top of this person's rail that a desk may begin on."""
        return next((self.open_page(spec.key) for spec in self._specs if spec.lands), None)

    def page(self, key: str) -> Any:
        """A page that has been made already."""
        return self._pages.get(key)

    @property
    def page_keys(self) -> tuple[str, ...]:
        """The pages this person has, in order."""
        return tuple(spec.key for spec in self._specs)

    @property
    def current_page(self) -> str:
        """The key of the page shown."""
        return self._current

    @property
    def current_queue(self) -> str:
        """The queue the page in hand shows, "" when it has none."""
        spec = self._spec(self._current)
        page = self._pages.get(self._current)
        return str(page.queue()) if spec is not None and spec.queues and page is not None else ""

    def place(self) -> Place:
        """Where the person is, to come back to in another frame."""
        page = self._pages.get(self._current)
        inner = page.place() if page is not None and hasattr(page, "place") else {}
        return Place(page=self._current, queue=self.current_queue, inner=inner)

    def return_to(self, place: Place) -> None:
        """Go where :meth:`place` said."""
        page = self.open_page(place.page, place.queue)
        if page is not None and hasattr(page, "return_to"):
            page.return_to(place.inner)

    def keep_drafts(self) -> None:
        """Whatever was typed and is not kept yet is handed to its form's keeper now."""
        fields: Any = self.findChildren(Field)  # the stub answers for Qt classes alone
        for field in fields:
            field.flush()

    def find_ticket(self, number: str) -> None:
        """Show the case of this number; a bar says so when it is not here."""
        self.desk.run_query(self, lambda r: ticket_of_number(r, number), self._found, slot="find")

    def _found(self, ticket_id: str | None) -> None:
        if ticket_id:
            self.open_ticket(ticket_id)
        else:
            self.notices.tell("find", self.tr("No case of this number is within your scope."), "info")

    def open_ticket(self, ticket_id: str) -> None:
        """Show a case on the first page where this person reads cases."""
        spec = next((s for s in self._specs if s.opens_tickets), None)
        if spec is not None:
            self.open_page(spec.key).open_ticket(ticket_id)

    def _spec(self, key: str) -> PageSpec | None:
        return next((s for s in self._specs if s.key == key), None)

    def _make(self, spec: PageSpec) -> Any:
        page: Any = spec.factory(self.desk, self._stack)
        self._pages[spec.key] = page
        self._stack.addWidget(page)
        if spec.queues:
            page.queue_changed.connect(self._queue_changed)
        for signal, (target, method) in spec.routes.items():
            getattr(page, signal).connect(Leads(self, target, method))
        return page

    # -- what came in ------------------------------------------------------------------------------------------

    def refresh_counts(self) -> None:
        """Count for the rail again; patiently, for the first case is not to stand behind it."""
        patient = self.desk.lists_in_memory() is None  # by SQL a million take a second
        self.desk.run_query(self, count_all(self._specs), self.rail.set_counts, slot="rail", patient=patient)

    def show_progress(self, progress: FirstSync) -> None:
        """How far the first sync is; before its first rows a list would say "nothing here" without knowing."""
        self.status.progress.show_progress(progress)
        self.first_sync.show_progress(progress)
        here = progress.rows or progress.state == "done"
        self._body.setCurrentWidget(self._stack if here else self.first_sync)

    def release(self) -> None:
        """Let go of the desk; the frame is about to be replaced."""
        self._count_soon.stop()
        self._count_again.stop()
        self.why.close_panel()
        self.status.release()
        self.first_sync.release()
        self.desk.changed.disconnect(self._take_changes)
        self.desk.files.progressed.disconnect(self.status.show_files)
        self.desk.connection_changed.disconnect(self._take_connection)
        self.desk.identity_changed.disconnect(self._take_identity)
        self.desk.refused.disconnect(self._take_refusal)
        for page in self._pages.values():
            release = getattr(page, "release", None)
            if release is not None:
                release()

    # -- how we stand ------------------------------------------------------------------------------------------

    def open_why(self) -> None:
        """Why we stand with the server as we do, and what can be done about it."""
        self.why.show_connection(self.desk.connection)
        self.why.open_over(take_focus=True)

    def toggle_why(self) -> None:
        """A click on the state opens the panel, a second one closes it."""
        if self.why.isVisible():
            self.why.close_panel()
        else:
            self.open_why()

    def _why_closed(self) -> None:
        if self.why.holds_focus():
            self.status.state.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.why.place()

    # -- keys --------------------------------------------------------------------------------------------------

    def open_palette(self) -> Palette:
        """Ctrl+K."""
        self._palette.open_with(self._entries.all(self._specs), self._spell)
        return self._palette

    def open_help(self) -> HelpSheet:
        """F1."""
        page = self._pages.get(self._current)
        keys = getattr(page, "help_keys", None)
        spec = self._spec(self._current)
        sheet = HelpSheet(spec.title() if spec else "", keys() if keys is not None else (), self)
        sheet.about_asked.connect(self.about_asked)
        sheet.speed_asked.connect(self._entries.show_speed)
        sheet.open_over()
        return sheet

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notices)
        right.addWidget(self._body, 1)
        if self.guide is not None:
            right.addLayout(row(self.guide, gap=0, margins=(12, 4, 12, 8)))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if self.banner is not None:
            whole.addWidget(self.banner)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)

    def _connect(self) -> None:
        self.desk.changed.connect(self._take_changes)
        self.desk.connection_changed.connect(self._take_connection)
        self.desk.identity_changed.connect(self._take_identity)
        self.desk.refused.connect(self._take_refusal)
        self.desk.files.progressed.connect(self.status.show_files)
        self.status.show_files(self.desk.files.traffic)
        self.rail.page_chosen.connect(self.open_page)
        self.rail.queue_chosen.connect(self.open_page)
        self.rail.fold_changed.connect(self.fold_changed)
        self.status.language_asked.connect(self.language_asked)
        self.status.why_asked.connect(self.toggle_why)
        self.why.sync_asked.connect(self.sync_asked)
        self.why.sign_in_asked.connect(self.sign_in_asked)
        self.why.settings_asked.connect(self.settings_asked)
        self.why.outbox_asked.connect(self._open_outbox)
        self.why.closed.connect(self._why_closed)
        self._bars.sign_in_asked.connect(self.sign_in_asked)
        self._bars.why_asked.connect(self.open_why)
        self.first_sync.sync_asked.connect(self.resume_asked)
        self.first_sync.pause_asked.connect(self.cancel_asked)
        self.first_sync.sign_in_asked.connect(self.sign_in_asked)
        self.first_sync.why_asked.connect(self.open_why)
        self.status.outbox_asked.connect(self._needs.open)
        self.status.cancel_asked.connect(self.cancel_asked)
        self.status.resume_asked.connect(self.resume_asked)
        self.status.help_asked.connect(self.open_help)
        self.status.lock_asked.connect(self.lock_asked)
        self.status.sign_out_asked.connect(self.sign_out_asked)
        if self.guide is not None:
            self.guide.go_asked.connect(self.guide_asked)
            self.guide.dismissed.connect(self._dismiss_guide)

    def _bind_keys(self) -> None:
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+K", self.open_palette),
            ("F1", self.open_help),
            ("F5", self.sync_asked.emit),
            ("Ctrl+Shift+W", self.toggle_why),
            ("Ctrl+B", self.rail.toggle),
            ("Ctrl+Shift+L", theme.toggle_scheme),
            ("Ctrl+Shift+D", theme.toggle_density),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+Q", self.quit_asked.emit),
        )
        for keys, run in bindings:
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        for number, spec in enumerate(self._specs[:PAGES_WITH_KEYS], 1):
            shortcut = QShortcut(QKeySequence(key_of_page(number)), self)
            shortcut.setObjectName(spec.key)
            shortcut.activated.connect(self._open_by_key)

    # -- slots -------------------------------------------------------------------------------------------------

    def _open_by_key(self) -> None:
        sender: QObject | None = self.sender()
        if sender is not None:
            self.open_page(sender.objectName())

    def _open_outbox(self) -> None:
        self.why.close_panel()
        self.open_page("outbox")

    def _queue_changed(self, queue: str) -> None:
        self.rail.choose(self._current, queue)

    def _take_changes(self, changes: Changes) -> None:
        self._count_soon.start()

    def _take_connection(self, connection: Connection) -> None:
        for shows in (self.status, self.why, self.first_sync, self._bars, self._needs):
            shows.show_connection(connection)
        if self.banner is not None:
            self.banner.show_clock(self.desk.now(), self.desk.profile, why_not=why_not_online(connection))

    def _take_identity(self) -> None:
        self.status.show_person(self.desk.me.name, self.desk.me.title)
        self._take_connection(self.desk.connection)

    def _take_refusal(self, error: DeskError) -> None:
        self.notices.tell("refusal", error_words(error), "error")

    def _dismiss_guide(self) -> None:
        if self.guide is not None:
            self.guide.hide()
        self.guide_dismissed.emit()

    def notice_event(self, event: GuideEvent) -> None:
        """Something the guide may tick."""
        if self.guide is not None:
            self.guide.notice(event)
