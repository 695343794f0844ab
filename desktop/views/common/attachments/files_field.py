"""The files of a form that is being written: picked now, kept with the draft, sent with what the form makes.

They lie in the encrypted store from the moment they are picked; the command that submits the form takes them along by
the form's key (``attach_picked``). Value: how many there are.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.files import Target
from desktop.services.commands.attachments import About
from desktop.services.queries.attachments import CaseFile, picked_files
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.fields import Field


class FilesField(Field):
    """See the module's docstring."""

    def __init__(self, desk: Desk, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._desk = desk
        self._key = ""
        self.list = FileList(desk)
        self._place(self.list, focus=self.list.add)
        self.list.add.setAccessibleName(label)
        self.list.changed.connect(self.refresh)
        desk.changed.connect(self._take_changes)

    def bind(self, ticket_id: str, draft_key: str) -> None:
        """The form is now the one of this key; "" for none."""
        self._key = draft_key
        self.list.set_files(())
        target = Target(about=About(ticket_id=ticket_id), draft_key=draft_key) if draft_key else None
        self.list.set_target(target)
        self.refresh()

    def value(self) -> int:
        return len(self.list.files())

    def refresh(self) -> None:
        """Ask for the picked files again."""
        key = self._key
        if key:
            self._desk.run_query(self, lambda r: (key, picked_files(r, key)), self._take, slot="picked")

    def _take(self, found: tuple[str, tuple[CaseFile, ...]]) -> None:
        key, files = found
        if key == self._key:
            before = len(self.list.files())
            self.list.set_files(files)
            if before != len(files):
                self.changed.emit()

    def _take_changes(self, changes: Changes) -> None:
        if self._key and changes.concerns("transfer"):
            self.refresh()
