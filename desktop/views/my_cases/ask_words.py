"""What is asked of a unit, in captions and texts: an urge, an act of supervision, a finding and what was said to it.

A QObject for the sake of ``self.tr`` alone; shows nothing.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from desktop.services.background.desk import Desk
from desktop.services.queries.my_cases import AskDetail
from desktop.views.common import case_words


class AskWords(QObject):
    """See the module's docstring."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def of(self, detail: AskDetail) -> list[tuple[str, str]]:
        """Captions and texts in reading order; an empty text is left out by whoever shows them."""
        urge, notice, finding = detail.urge, detail.notice, detail.finding
        if urge is not None:
            means = case_words.urge_means(urge.means)
            reached = self.tr("{means}, reached {person}")
            how = reached.format(means=means, person=urge.person_reached) if urge.person_reached else means
            return [
                (self.tr("How"), how),
                (self.tr("Text of the message"), urge.text),
                (self.tr("What the unit said"), urge.answer),
                (self.tr("Acknowledged"), self._acknowledged(urge.acknowledged_at, urge.acknowledgement)),
            ]
        if notice is not None:
            return [
                (self.tr("Ground"), notice.ground),
                (self.tr("What is required"), notice.requirement),
                (self.tr("Our reply"), notice.reply_text),
            ]
        if detail.inquiry is not None:
            asked = detail.inquiry
            hint = self.tr(
                "Say when, by what means and with whom you spoke. Telephone numbers are taken out."
            )
            return [
                (self.tr("Asked of us"), asked.text),
                (self.tr("How to answer"), "" if asked.answer else hint),
                (self.tr("Our reply"), asked.answer),
            ]
        if finding is None:
            return []
        words = [
            (self.tr("Facts"), finding.facts),
            (self.tr("What is required"), finding.requirement),
            (self.tr("It rests on"), finding.basis_words),
        ]
        for reply in detail.replies:
            said = self.tr("{stance}: {who}, {when}")
            when = case_words.moment(self._desk.profile, reply.at, self._desk.now())
            stance = case_words.stance(reply.stance)
            words.append((said.format(stance=stance, who=reply.by_name, when=when), reply.text))
        return [*words, (self.tr("What the inspector looks at"), self._checklist(detail.checklist))]

    def _checklist(self, code: str) -> str:
        """The lines of the inspection's checklist, else of the city's first: what an answer will be held against."""
        rules = self._desk.profile.inspections
        listed = rules.checklist(code) if code else next(iter(rules.checklists), None)
        language = self._desk.language
        semicolon = self.tr("; ")
        return semicolon.join(item.words(language) for item in listed.items) if listed is not None else ""

    def _acknowledged(self, at: datetime | None, text: str) -> str:
        if at is None:
            return ""
        when = case_words.moment(self._desk.profile, at, self._desk.now())
        return f"{when} {text}".strip()
