"""Reviews: applications for more time (延期审核) and returns (退单审核), decided one by one from the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.models.items.frozen import FrozenRow
from desktop.services.background.desk import Desk
from desktop.services.queries.base import Reader
from desktop.services.queries.reviews import REVIEW_QUEUES, ReviewCase, ReviewQueue, review_case
from desktop.views.common.paired_page import Found, PairedPage

from . import queues
from .review_card import ReviewCard
from .review_rows import review_columns, review_lines


class ReviewsPage(PairedPage):
    """See the module's docstring."""

    TYPES = ("application", "attachment", "transfer")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, REVIEW_QUEUES, review_columns(), self.tr("Reviews"), "reviews", parent)
        self.card = ReviewCard(desk)
        self.add_card(self.card)
        self.card.decided.connect(self._decided)
        self.bind(("A", self._agree), ("F8", self._agree), ("R", self._refuse), ("F9", self._refuse))

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("A  F8", self.tr("Agree: to the reason")),
            ("R  F9", self.tr("Do not agree: to the reason")),
            ("Ctrl+Enter", self.tr("Record the decision")),
            ("J  K", self.tr("Next, previous application")),
            ("O  F12", self.tr("Open the case")),
            ("F6", self.tr("List, decision")),
        )

    def lines(self, queue: str) -> Callable[[Reader], tuple[FrozenRow, ...]]:
        key: ReviewQueue = next(q for q in REVIEW_QUEUES if q == queue)
        return lambda r: review_lines(r, key)

    def one(self, key: str) -> Callable[[Reader], Found | None]:
        def ask(r: Reader) -> Found | None:
            case = review_case(r, key)
            return None if case is None else Found(key, case, case.panel)

        return ask

    def show_thing(self, found: Found | None) -> None:
        thing = found.thing if found is not None else None
        self.card.show_case(thing if isinstance(thing, ReviewCase) else None)

    def queue_title(self, queue: str) -> str:
        return queues.review_title(queue)

    def empty_words(self, queue: str) -> str:
        return queues.review_empty(queue)

    def enter(self, key: str) -> None:
        self.card.take_focus()

    def _agree(self) -> None:
        self.card.choose("agree")

    def _refuse(self) -> None:
        self.card.choose("refuse")

    def _decided(self, words: str) -> None:
        self.tell(words)
        self.step_on()
