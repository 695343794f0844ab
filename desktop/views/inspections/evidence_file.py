"""The evidence of a finding as one zip: asks where to, has it made in a lane of its own, on record before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Finding
from desktop.models.domain.harmless import one_line
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.letting_out import LettingOut
from desktop.services.background.tasks import Tasks
from desktop.services.commands.leaving import Leaving
from desktop.services.documents.evidence.bundle import plan, write
from desktop.services.queries.evidence import EvidenceFacts, evidence_facts
from desktop.views.common.letters import words
from desktop.views.common.letters.offers import fit_for_a_name
from desktop.views.common.ticket_list.asking import ask_file
from desktop.views.common.words import error_words

_CLOSE_S = 3.0


class EvidenceFile(QObject):
    """See the module's docstring. ``told`` carries words for the footer; ``finished`` whether the file is there."""

    told = Signal(str)
    finished = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._tasks = Tasks("evidence", parent=self)
        self._finding_id = ""
        self._path = Path()
        self._busy = False

    def ask(self, finding: Finding) -> None:
        """Ask where to, then make it."""
        if self._busy:
            self.told.emit(words.why_none("busy"))
            return
        self._finding_id = finding.id
        name = self.tr("Evidence")
        number = fit_for_a_name(one_line(finding.number or finding.code))
        zipped = self.tr("Zip archive (*.zip)")
        ask_file(self._window, self.tr("Save the evidence"), zipped, f"{name} {number}.zip", self.save)

    def save_of(self, finding_id: str, path: str) -> None:
        """The evidence of a finding into this file."""
        self._finding_id = finding_id
        self.save(path)

    def save(self, path: str) -> None:
        """Make it; one at a time."""
        self._path, self._busy = Path(path), True
        wanted = self._finding_id
        self._desk.run_query(self, lambda r: evidence_facts(r, wanted), self._take, failed=self._fail)

    def close(self) -> None:
        """End the lane; a file under way is finished or comes to nothing."""
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def _take(self, facts: EvidenceFacts | str | None) -> None:
        if facts is None:
            self._fail(DeskError("not_found"))
            return
        if isinstance(facts, str):
            self._end(words.why_none(facts), done=False)
            return
        desk, path = self._desk, self._path
        bundle = plan(facts, desk.profile, at=desk.now(), who=desk.me.name)
        leaving = Leaving(
            action="export",
            object_type="finding",
            object_id=facts.finding.id,
            rows=bundle.count,
            detail="evidence",
        )
        way = LettingOut(desk, leaving)

        def read(file_id: str) -> Iterator[bytes]:
            return desk.files.pieces(file_id)

        def make() -> str:
            with way:
                return write(bundle, read, path)

        self._tasks.run(self, make, self._made, self._fail)

    def _made(self, digest: str) -> None:
        said = self.tr("{name} saved. Its manifest: {digest}")
        self._end(said.format(name=self._path.name, digest=digest), done=True)

    def _fail(self, error: DeskError) -> None:
        self._end(error_words(error), done=False)

    def _end(self, sentence: str, *, done: bool) -> None:
        self._busy = False
        self.told.emit(sentence)
        self.finished.emit(done)
