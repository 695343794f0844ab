"""Making a letter: asks where to, has it made in a lane of its own, and says how it went. One at a time.

Nothing leaves before the record of it is written; a template that cannot be used is told before anything is. Its bar
stands where the page puts it, and shows itself when there is something to decide or to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.domain.letters import OF_INSPECTIONS, LetterKind
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.letting_out import LettingOut
from desktop.services.background.tasks import Tasks
from desktop.services.commands.leaving import Leaving
from desktop.services.documents.letters.making import Form, Order, prepare
from desktop.services.documents.letters.paper import CannotPaint
from desktop.services.documents.letters.template import TemplateTrouble, template_of
from desktop.services.queries.base import Reader
from desktop.services.queries.inspection_letters import InspectionFacts, inspection_facts
from desktop.services.queries.letters import LetterFacts, letter_facts
from desktop.views.common.bars import NoticeBar
from desktop.views.common.resources import resource
from desktop.views.common.ticket_list.asking import Bound, ask_file_of
from desktop.views.common.words import error_words

from . import words
from .offers import Offer

_CLOSE_S = 3.0
_TOLD = "typefaces_told"
Facts = LetterFacts | InspectionFacts


class LetterOutputs(QObject):
    """See the module's docstring. ``told`` carries words for the footer."""

    told = Signal(str)
    #: The job ended: True when the file is there.
    finished = Signal(bool)
    #: The bar has something to say: whoever scrolls it shows it.
    spoke = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._tasks = Tasks("letters", parent=self)
        self._busy = False
        self._offer = Offer("reminder")
        self._path = Path()
        self._own = True
        self._warned = False
        self.bar = NoticeBar(kind="warn", parent=window)
        self.bar.hide()

    def fill(self, menu: QMenu, offers: Sequence[Offer]) -> None:
        """The letters of a case as entries; one that cannot be made says why."""
        for offer in offers:
            text = words.entry(offer.kind)
            if offer.reason:
                text = self.tr("{letter}  ({reason})").format(
                    letter=words.name(offer.kind), reason=words.why_none(offer.reason)
                )
            action = menu.addAction(text)
            action.setEnabled(not offer.reason)
            action.triggered.connect(Bound(self.ask, offer))

    def ask(self, offer: Offer, *_: object) -> None:
        """Ask where to, then make the letter; where there is none, say why."""
        if offer.reason or self._busy:
            self.told.emit(words.why_none(offer.reason or "busy"))
            return
        word = self.tr("Word document (*.docx)")
        pdf = self.tr("PDF document (*.pdf)")
        kinds = {word: "docx", pdf: "pdf"}
        title = self.tr("Save the letter")
        ask_file_of(self._window, title, kinds, f"{offer.file_name()}.docx", Bound(self._chosen, offer))

    def _chosen(self, offer: Offer, path: str) -> None:
        self.save(offer, path)

    def save(self, offer: Offer, path: str, *, own: bool = True) -> None:
        """Make the letter: a PDF where the name ends so, else a Word document. ``own``: from the city's template."""
        if self._busy:
            return
        self._busy = True
        self._offer, self._path, self._own = offer, Path(path), own
        if self._warned:
            self.bar.hide()
        kind, object_id = offer.kind, offer.object_id
        self._desk.run_query(self, lambda r: _facts(r, kind, object_id), self._take, failed=self._fail)

    def busy(self) -> bool:
        """Whether a letter is being made."""
        return self._busy

    def close(self) -> None:
        """End the lane; a letter under way is finished or comes to nothing."""
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    # -- the job -----------------------------------------------------------------------------------------------

    def _take(self, facts: Facts | str | None) -> None:
        if facts is None:
            self._fail(DeskError("not_found"))
            return
        if isinstance(facts, str):
            self._end(words.why_none(facts), done=False)
            return
        path, profile, desk = self._path, self._desk.profile, self._desk
        form: Form = "pdf" if path.suffix.lower() == ".pdf" else "docx"
        city = desk.letter_place.folder if self._own else None
        way = LettingOut(
            desk,
            Leaving(
                action="export",
                object_type=facts.object_type,
                object_id=facts.object_id,
                detail=f"letter_{form}",
            ),
        )

        def make() -> tuple[str, ...] | Exception:
            try:
                template = template_of(facts.kind, resource("letters"), city)
                letter = prepare(Order(facts, template, form), profile)
            except (TemplateTrouble, CannotPaint) as trouble:
                return trouble
            with way:
                letter.write(path)
            return letter.stood_in

        self._tasks.run(self, make, self._made, self._fail)

    def _made(self, result: tuple[str, ...] | Exception) -> None:
        if isinstance(result, TemplateTrouble):
            self._offer_the_programs(result)
            return
        if isinstance(result, Exception):
            self._say(words.cannot_paint())
            self._end("", done=False)
            return
        if result and not self._desk.property(_TOLD):
            self._desk.setProperty(_TOLD, True)  # once, not with each letter
            self._say(words.stood_in(result), "info")
        self._end(self.tr("{name} saved").format(name=self._path.name), done=True)

    def _offer_the_programs(self, trouble: TemplateTrouble) -> None:
        self._say(words.trouble(trouble), offer=self._own)
        self._end("", done=False)

    def use_the_programs(self) -> None:
        """The same letter again, from the program's template."""
        self.save(self._offer, str(self._path), own=False)

    def _say(self, sentence: str, kind: Literal["info", "warn"] = "warn", *, offer: bool = False) -> None:
        self.bar.clear_actions()
        if offer:
            self.bar.add_action(self.tr("Use the program's own"), self.use_the_programs, icon="file-text")
        self._warned = kind == "warn"
        self.bar.set_notice(sentence, kind)
        self.bar.show()
        self.spoke.emit()

    def _fail(self, error: DeskError) -> None:
        self._end(error_words(error), done=False)

    def _end(self, sentence: str, *, done: bool) -> None:
        self._busy = False
        if sentence:
            self.told.emit(sentence)
        self.finished.emit(done)


def _facts(r: Reader, kind: LetterKind, object_id: str) -> Facts | str | None:
    return (
        inspection_facts(r, kind, object_id) if kind in OF_INSPECTIONS else letter_facts(r, kind, object_id)
    )
