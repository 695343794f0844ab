"""The queues of this folder's pages as the rail shows them. Must not import SQLAlchemy."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.base import Reader

REVIEWS = ("extension", "return")
UPWARD = ("instructions", "reports", "answered", "sent")


def review_counts(r: Reader) -> dict[str, int]:
    """Queue key → exact count."""
    from desktop.services.queries.reviews import review_counts

    return review_counts(r)


def review_title(key: str) -> str:
    """The queue's name in the language in force."""
    return {
        "extension": QCoreApplication.translate("UpwardQueues", "Extensions"),
        "return": QCoreApplication.translate("UpwardQueues", "Returns to review"),
    }[key]


def review_empty(key: str) -> str:
    """What an empty queue means."""
    return {
        "extension": QCoreApplication.translate("UpwardQueues", "No unit waits for an extension."),
        "return": QCoreApplication.translate("UpwardQueues", "No unit waits to be rid of a case."),
    }[key]


def reviews_waiting(r: Reader) -> int:
    """The number beside the page: everything that waits to be decided."""
    return sum(review_counts(r).values())


def upward_counts(r: Reader) -> dict[str, int]:
    """Queue key → exact count."""
    from desktop.services.queries.upward import upward_counts

    return upward_counts(r)


def instructions_open(r: Reader) -> int:
    """The number beside the page itself."""
    return upward_counts(r)["instructions"]


def upward_title(key: str) -> str:
    """The queue's name in the language in force."""
    return {
        "instructions": QCoreApplication.translate("UpwardQueues", "From leaders"),
        "reports": QCoreApplication.translate("UpwardQueues", "Urgent reports"),
        "answered": QCoreApplication.translate("UpwardQueues", "Reported back"),
        "sent": QCoreApplication.translate("UpwardQueues", "Reports sent"),
    }[key]


def upward_empty(key: str) -> str:
    """What an empty queue means."""
    return {
        "instructions": QCoreApplication.translate("UpwardQueues", "No leader waits for anything."),
        "reports": QCoreApplication.translate("UpwardQueues", "No urgent report is in hand."),
        "answered": QCoreApplication.translate("UpwardQueues", "No feedback was given yet."),
        "sent": QCoreApplication.translate("UpwardQueues", "No urgent report was sent yet."),
    }[key]
