"""What became of one row of a deed on many, in a word and its light. Pure but for translations."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.bulk import BulkResult

from .words import code_words


def result_words(result: BulkResult) -> tuple[str, str]:
    """(light, word): held back, on its way, done, undone, or why it was refused."""
    if result.state == "queued" and result.code == "held":
        return "pending", QCoreApplication.translate("BulkPanel", "Can be undone")
    if result.state in ("queued", "in_flight", "suspended"):
        return "pending", QCoreApplication.translate("BulkPanel", "Waiting to be sent")
    if result.state == "applied":
        return "normal", QCoreApplication.translate("BulkPanel", "Done")
    if result.state == "discarded":
        return "paused", QCoreApplication.translate("BulkPanel", "Undone")
    return "overdue", code_words(result.code)
