"""What can go wrong in an import: with one record, which is refused and told, or with the whole of it."""

from __future__ import annotations


class RowProblem(Exception):
    """One record cannot become a ticket. ``column`` is the heading it stands under, "" for the whole record."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}" if column else reason)
        self.column = column
        self.reason = reason


class ImportProblem(Exception):
    """The import cannot go on at all; the text is for the person at the keyboard."""
