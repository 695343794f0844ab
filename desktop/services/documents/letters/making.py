"""One letter from beginning to end: its template filled, as a .docx or as a PDF, there whole or not at all.

In two steps, for a lane: :func:`prepare` does everything that may turn out to be impossible, :meth:`Letter.write` only
writes; whoever keeps the record of what leaves stands between them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.inspection_letters import InspectionFacts
from desktop.services.queries.letters import LetterFacts

from . import filling, painting
from .inspection_wording import values_of_paper
from .layout import TITLES
from .paper import Paper, paper_of
from .template import Template
from .wording import values_of

if TYPE_CHECKING:
    from docx.document import Document

Form = Literal["docx", "pdf"]


class Letter:
    """A letter that can be written."""

    def __init__(self, document: Document, title: str, paper: Paper | None) -> None:
        self._document, self._title, self._paper = document, title, paper

    @property
    def stood_in(self) -> tuple[str, ...]:
        """The typefaces that the PDF could not have here; of a .docx none, which only names them."""
        return painting.faces_missing(self._paper) if self._paper is not None else ()

    def write(self, path: Path) -> None:
        """Write the file. Raises OSError; then there is none."""
        if self._paper is None:
            filling.save(self._document, path)
            return
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(b"")  # Qt would paint on nothing and say so to nobody
        try:
            painting.paint(self._paper, painting.letter_pdf(str(part), self._title, self._paper))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


class Order(Struct, frozen=True):
    """Which letter, from which template, in which form."""

    facts: LetterFacts | InspectionFacts
    template: Template
    form: Form


def prepare(order: Order, profile: RuleProfile) -> Letter:
    """Fill in everything. Raises :class:`~.template.TemplateTrouble` and :class:`~.paper.CannotPaint`."""
    facts = order.facts
    values = (
        values_of_paper(facts, profile) if isinstance(facts, InspectionFacts) else values_of(facts, profile)
    )
    document = filling.fill(order.template, facts.kind, values, draft=facts.draft, at=facts.at)
    paper = paper_of(document) if order.form == "pdf" else None
    return Letter(document, TITLES[facts.kind], paper)
