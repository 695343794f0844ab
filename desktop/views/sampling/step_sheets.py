"""The sheets of single steps: criteria with what a size buys, the seed, a check by the list, a recusal, a reason."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Inspection
from desktop.models.domain.inspection_rules import METHODS, MUSTS, CheckVerdict, Method, Must
from desktop.models.domain.sampling import Criteria, margin, size_for
from desktop.services.background.desk import Desk
from desktop.services.commands.inspections import CheckForm
from desktop.services.queries.inspections import DrawnTicket
from desktop.views.common import inspection_words as words
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.fields import LineField, NumberField, TextField
from desktop.views.common.many_field import ManyField
from desktop.views.common.text import PlainLabel

_WANTED = 0.05
_CONFIDENCES = (90, 95, 99)


class CriteriaSheet(FormSheet):
    """How it will be drawn, fixed before anybody can know the seed."""

    def __init__(self, desk: Desk, inspection: Inspection, parent: QWidget) -> None:
        title = QCoreApplication.translate("StepSheets", "Fix the criteria")
        verb = QCoreApplication.translate("StepSheets", "Fix the criteria")
        super().__init__(title, verb, parent, width=620)
        self._population = sum(part.size for part in inspection.parts)
        intro = self.tr(
            "The frame of {n} tickets is frozen. What is fixed here stands; the seed is entered afterwards."
        )
        self.form.add_widget(PlainLabel(intro.format(n=f"{self._population:,}"), tone="secondary", wrap=True))
        methods = [(code, words.method(code)) for code in METHODS]
        self.method = SegmentedChoice(self.tr("How the lot is drawn"), methods, required=True, numbers=False)
        self.count = NumberField(
            self.tr("Tickets by lot"), least=1, most=max(1, self._population), unit=self.tr("tickets")
        )
        self.musts = ManyField(
            self.tr("Inspected in any case"), [(code, words.must(code, 2)) for code in MUSTS]
        )
        self.source = LineField(self.tr("Where the seed will come from"), required=True)
        self.source.set_hint(
            self.tr("A draw not held yet, say: welfare lottery 3D, no. 2026313, this evening.")
        )
        self._buys = PlainLabel(kind="small", tone="secondary", wrap=True)
        for field in (self.method, self.count, self.musts, self.source):
            self.form.add(field)
        self.form.add_widget(self._buys)
        self.method.set_value("stratified")
        self.count.set_value(size_for(self._population, _WANTED))
        self.musts.set_value(MUSTS)
        self.count.changed.connect(self._tell)
        self._tell()
        self.resize(620, 560)

    def criteria(self) -> Criteria:
        """What was chosen."""
        return Criteria(
            method=cast("Method", self.method.value()),
            size=self.count.value(),
            musts=cast("tuple[Must, ...]", self.musts.value()),
        )

    def _tell(self) -> None:
        """What the size buys: nobody has to know a formula."""
        one = self.tr("{confidence} %: ±{points} points")
        parts = [
            one.format(
                confidence=each, points=f"{100 * margin(self._population, self.count.value(), each):.1f}"
            )
            for each in _CONFIDENCES
        ]
        needed = self.tr("For ±5 points at 95 % it takes {n}.")
        told = self.tr("A share found among them lies within, with a confidence of — {parts}. {needed}")
        self._buys.setText(
            told.format(
                parts=" · ".join(parts),
                needed=needed.format(n=f"{size_for(self._population, _WANTED):,}"),
            )
        )


class SeedSheet(FormSheet):
    """The seed, last."""

    def __init__(self, inspection: Inspection, parent: QWidget) -> None:
        title = QCoreApplication.translate("StepSheets", "Draw the sample")
        verb = QCoreApplication.translate("StepSheets", "Draw")
        super().__init__(title, verb, parent, width=520)
        self.seed = LineField(self.tr("Seed"), required=True)
        source = self.tr("As agreed, from: {source}. It is drawn once and cannot be drawn again.")
        self.seed.set_hint(source.format(source=inspection.seed_source))
        self.form.add(self.seed)
        self.resize(520, 260)


class WordsSheet(FormSheet):
    """One text that a step needs: a reason, or what came of it."""

    def __init__(self, title: str, label: str, verb: str, parent: QWidget) -> None:
        super().__init__(title, verb, parent, width=520)
        self.words = TextField(label, required=True, lines=4)
        self.form.add(self.words)
        self.resize(520, 320)


class RecuseSheet(FormSheet):
    """Which inspector has no part in it any more, and why."""

    def __init__(self, desk: Desk, inspection: Inspection, parent: QWidget) -> None:
        title = QCoreApplication.translate("StepSheets", "Recuse an inspector")
        verb = QCoreApplication.translate("StepSheets", "Recuse")
        super().__init__(title, verb, parent, width=520)
        gone = {recusal.person_id for recusal in inspection.recusals}
        left = [i for i in dict.fromkeys((*inspection.inspector_ids, inspection.author_id)) if i not in gone]
        persons = desk.reference.persons
        named = [(i, persons[i].name if i in persons else i) for i in left]
        self.person = ChoiceField(self.tr("Who"), named, required=True)
        self.words = TextField(self.tr("Why"), required=True, lines=2)
        self.words.set_hint(self.tr("From then on they neither act in it nor see it."))
        self.form.add(self.person)
        self.form.add(self.words)
        self.resize(520, 360)


class CheckSheet(FormSheet):
    """One ticket of the sample by the list, line by line."""

    def __init__(self, desk: Desk, inspection: Inspection, ticket: DrawnTicket, parent: QWidget) -> None:
        verb = QCoreApplication.translate("StepSheets", "Record")
        super().__init__(ticket.number, verb, parent, width=640)
        self._inspection, self._ticket = inspection, ticket
        self._lines: dict[str, SegmentedChoice] = {}
        self.form.add_widget(PlainLabel(ticket.title, tone="secondary", wrap=True))
        options = [(code, words.verdict(code)) for code in ("met", "not_met", "not_applicable")]
        checklist = desk.profile.inspections.checklist(inspection.checklist)
        for item in checklist.items if checklist is not None else ():
            weighs = self.tr("weight {n}")
            critical = self.tr("not met, the ticket fails")
            said = " · ".join(
                (
                    *((weighs.format(n=item.weight),) if item.weight else ()),
                    *((critical,) if item.critical else ()),
                )
            )
            line = SegmentedChoice(item.words(desk.language), options, required=True, hint=said)
            self._lines[item.code] = line
            self.form.add(line)
        self.note = TextField(self.tr("What was found"), lines=3)
        self.form.add(self.note)
        if ticket.check is not None:
            for code, line in self._lines.items():
                line.set_value(ticket.check.results.get(code, ""))
            self.note.set_value(ticket.check.note)
        self.form.refresh_missing()
        self.resize(640, 640)

    def read(self) -> CheckForm:
        """The verdicts given so far."""
        given = {code: line.value() for code, line in self._lines.items() if line.value()}
        return CheckForm(
            ticket_id=self._ticket.ticket_id,
            inspection_id=self._inspection.id,
            checklist=self._inspection.checklist,
            results=cast("dict[str, CheckVerdict]", given),
            note=self.note.value(),
        )

    def lines(self) -> tuple[SegmentedChoice, ...]:
        """The lines of the list, in its order."""
        return tuple(self._lines.values())

    def check_id(self) -> str:
        """The record that is changed, "" for a first one."""
        return self._ticket.check.id if self._ticket.check is not None else ""
