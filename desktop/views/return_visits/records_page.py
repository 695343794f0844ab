"""Records of return visits: overturned by a second person, units asked for their contacts, other channels' results."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.models.items.frozen import FrozenRow
from desktop.services.background.desk import Desk
from desktop.services.queries.base import Reader
from desktop.services.queries.visit_records import (
    RECORD_QUEUES,
    ByMode,
    RecordCase,
    RecordQueue,
    by_mode,
    record_case,
)
from desktop.views.common.paired_page import Found, PairedPage
from desktop.views.common.text import PlainLabel

from .queues import record_empty, record_title
from .record_card import RecordCard
from .record_rows import modes_line, record_columns, record_lines


class RecordsPage(PairedPage):
    """See the module's docstring."""

    TYPES = ("visit", "inquiry", "attempt", "attachment")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, RECORD_QUEUES, record_columns(), self.tr("Visit records"), "visit_records", parent
        )
        self.card = RecordCard(desk)
        self.modes = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.notices.addWidget(self.modes)
        self.modes.hide()
        self.add_card(self.card)
        self.card.done.connect(self._done)
        self.card.recordings.changed.connect(self.refresh)
        self.bind(("P", self.card.recordings.play_or_pause))
        self.bind(("A", self._first), ("F8", self._first), ("R", self._second), ("F9", self._second))

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("A  F8", self.tr("Overturn, agree, or call again: to the reason")),
            ("R  F9", self.tr("Let it stand, refuse, or do not call again: to the reason")),
            ("P", self.tr("Listen to the recording, or pause it")),
            ("Ctrl+Enter", self.tr("Record it")),
            ("J  K", self.tr("Next, previous record")),
            ("F6", self.tr("List, record")),
        )

    def lines(self, queue: str) -> Callable[[Reader], tuple[FrozenRow, ...]]:
        key: RecordQueue = next(q for q in RECORD_QUEUES if q == queue)
        return lambda r: record_lines(r, key)

    def one(self, key: str) -> Callable[[Reader], Found | None]:
        entity_type, _, entity_id = key.partition(":")

        def ask(r: Reader) -> Found | None:
            case = record_case(r, entity_type, entity_id)
            return None if case is None else Found(key, case, case.panel)

        return ask

    def show_thing(self, found: Found | None) -> None:
        thing = found.thing if found is not None else None
        self.card.show_case(thing if isinstance(thing, RecordCase) else None)

    def queue_title(self, queue: str) -> str:
        return record_title(queue)

    def empty_words(self, queue: str) -> str:
        return record_empty(queue)

    def enter(self, key: str) -> None:
        self.card.take_focus()

    def refresh(self) -> None:
        super().refresh()
        self.desk.run_query(self, by_mode, self._count_modes, slot="modes")

    def _count_modes(self, modes: tuple[ByMode, ...]) -> None:
        """Every channel for itself: what a robot heard is not what a caller heard."""
        words = self.tr("Completed in the last month: {channels}")
        self.modes.setText(words.format(channels=modes_line(modes)))
        self.modes.setVisible(bool(modes) and self.queue() in ("done", "channels"))

    def _first(self) -> None:
        self.card.choose(first=True)

    def _second(self) -> None:
        self.card.choose(first=False)

    def _done(self, words: str) -> None:
        self.tell(words)
        self.step_on()
