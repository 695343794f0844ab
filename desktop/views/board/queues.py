"""The queues of the board: what is to be decided, what this person put aside, what became a finding."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.base import Reader

if TYPE_CHECKING:
    from desktop.services.queries.board.standing import Standing

KEYS: tuple[Standing, ...] = ("open", "aside", "found")


def title_of(key: str) -> str:
    """The queue's name in the language in force."""
    return {
        "open": QCoreApplication.translate("BoardQueues", "To decide"),
        "aside": QCoreApplication.translate("BoardQueues", "Put aside"),
        "found": QCoreApplication.translate("BoardQueues", "Finding registered"),
    }[key]


def empty_words(key: str) -> str:
    """What an empty queue means."""
    return {
        "open": QCoreApplication.translate(
            "BoardQueues", "No visit contradicts a file that nobody has decided on."
        ),
        "aside": QCoreApplication.translate("BoardQueues", "You have put no case aside."),
        "found": QCoreApplication.translate("BoardQueues", "No contradiction has become a finding yet."),
    }[key]


def counts(r: Reader) -> dict[str, int]:
    """Queue key → exact count."""
    from desktop.services.queries.board.standing import standings

    counted = Counter(standings(r).values())
    return {key: counted[key] for key in KEYS}
