"""The words of the store's page: why a store cannot be opened, and what came over from a damaged one."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject

CODES = frozenset(
    (
        "store_damaged",
        "store_unreadable",
        "store_newer",
        "store_not_upgraded",
        "store_folder_missing",
        "store_not_a_file",
        "store_not_opened",
        "store_read_only",
        "disk_full",
        "disk_error",
    )
)
"""The troubles there are words for."""


class Saved(NamedTuple):
    """What came over from a damaged store, in numbers. ``lost`` are lines of words, one an entry."""

    waiting: int = 0
    parked: int = 0
    confirmed: int = 0
    drafts: int = 0
    texts: int = 0
    files: int = 0
    files_lost: int = 0
    unread: int = 0
    lost: tuple[str, ...] = ()
    log_damaged: bool = False
    unnamed: bool = False
    place: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is known, or to be feared, to be missing."""
        return not (self.lost or self.unread or self.files_lost or self.log_damaged or self.unnamed)


class StoreWords(QObject):
    """A QObject for the sake of ``self.tr`` alone."""

    def trouble(self, code: str) -> tuple[str, tuple[str, ...]]:
        """Title and sentences for a store that cannot be opened."""
        unchanged = self.tr("Nothing has been changed.")
        found = (self._of_file() | self._of_place()).get(code)
        if found is None:
            found = (
                self.tr("The store could not be opened"),
                self.tr("The system does not let this program open the file."),
            )
        title, sentence = found
        if code != "store_damaged":
            return title, (sentence, unchanged)
        keeps = self.tr(
            "What you wrote and what has not been sent yet can be saved as far as it is readable. The damaged files "
            "are kept; nothing is deleted."
        )
        return title, (
            sentence,
            keeps,
            self.tr("The cases themselves are with the server and are fetched anew."),
        )

    def step(self, step: str) -> str:
        """What is being done now."""
        return {
            "reading": self.tr("Reading what you wrote, page by page…"),
            "making": self.tr("Making a new store with the same key…"),
            "moving": self.tr("Setting the damaged files aside…"),
        }.get(step, "")

    def came_over(self, saved: Saved) -> str:
        """One line a kind; kinds of which there is nothing are left out."""
        lines = [
            self.tr("%n entry(ies) waiting to be sent", "", saved.waiting) if saved.waiting else "",
            self.tr("%n entry(ies) waiting for you to settle them", "", saved.parked) if saved.parked else "",
            self.tr("%n entry(ies) the server has confirmed", "", saved.confirmed) if saved.confirmed else "",
            self.tr("%n half-written form(s)", "", saved.drafts) if saved.drafts else "",
            self.tr("%n text(s) of yours kept aside", "", saved.texts) if saved.texts else "",
            self.tr("%n file(s) on their way", "", saved.files) if saved.files else "",
        ]
        shown = [f"·  {line}" for line in lines if line]
        return "\n".join(shown) if shown else self.tr("There was nothing of yours in it that could be read.")

    def missing(self, saved: Saved) -> list[str]:
        """What did not come over, as far as that is known."""
        lines = []
        if saved.log_damaged:
            lines.append(
                self.tr(
                    "The log of the last changes was damaged. Please look whether your latest entries are in the "
                    "outbox."
                )
            )
        elif saved.unnamed:
            lines.append(
                self.tr(
                    "Whether more was in it cannot be told: please look whether your entries are in the outbox."
                )
            )
        if saved.unread:
            lines.append(self.tr("%n entry(ies) were found and make no sense any more.", "", saved.unread))
        if saved.files_lost:
            lines.append(self.tr("%n file(s) must be added again.", "", saved.files_lost))
        if saved.lost:
            lines.append(self.tr("%n entry(ies) could not be read:", "", len(saved.lost)))
        return lines

    def _of_file(self) -> dict[str, tuple[str, str]]:
        return {
            "store_damaged": (
                self.tr("The store on this machine is damaged"),
                self.tr(
                    "Part of the file that holds your work cannot be read any more; a failing disk or a power cut may "
                    "be the cause."
                ),
            ),
            "store_unreadable": (
                self.tr("The key does not open the store"),
                self.tr(
                    "The key in this machine's keyring is not the one this store was locked with. It may have been "
                    "copied here from another machine."
                ),
            ),
            "store_newer": (
                self.tr("The store is newer than this program"),
                self.tr(
                    "A newer version of this program has worked with it. Start that version, or install it again: "
                    "your work is in the store as it was."
                ),
            ),
            "store_not_upgraded": (
                self.tr("The store could not be upgraded"),
                self.tr(
                    "This version of the program has to rearrange the store, and that did not succeed. It is as it was "
                    "before; the earlier version of the program opens it."
                ),
            ),
        }

    def _of_place(self) -> dict[str, tuple[str, str]]:
        return {
            "store_folder_missing": (
                self.tr("The folder of your work is not there"),
                self.tr("It may lie on a drive that is not connected, or it was moved."),
            ),
            "store_not_a_file": (
                self.tr("Something else lies in the place of the store"),
                self.tr(
                    "Where the file of your work should be there is a folder of the same name. Move it away and try "
                    "again."
                ),
            ),
            "store_read_only": (
                self.tr("The store cannot be written to"),
                self.tr(
                    "This account may only read the folder, or the disk is mounted for reading. Your administrator "
                    "can change that."
                ),
            ),
            "disk_full": (
                self.tr("There is too little room on the disk"),
                self.tr("The store cannot be opened safely without room to write. Make room and try again."),
            ),
            "disk_error": (
                self.tr("The disk reports an error"),
                self.tr(
                    "The store could not be read or written. If this comes again the disk may be failing: ask your "
                    "administrator soon."
                ),
            ),
        }
