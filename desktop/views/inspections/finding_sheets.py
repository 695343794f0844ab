"""The sheets of single steps on a finding: how a report is looked at, what closed it out, what came of a review."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Finding, ReviewOutcome, Severity, literals
from desktop.services.background.desk import Desk
from desktop.services.queries.finding_course import FindingCourse, Proof
from desktop.views.common import case_words, inspection_words
from desktop.views.common.choices import ChoiceField, DateTimeField, SegmentedChoice
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.fields import TextField
from desktop.views.common.text import PlainLabel

_NEW_VISIT = "new"
_OUTCOMES: tuple[ReviewOutcome, ...] = literals(ReviewOutcome)  # type: ignore[assignment]  # its own values


class ArrangeSheet(FormSheet):
    """By what a report will be looked at: a visit of its own, one that waits already, or a look-back."""

    def __init__(self, desk: Desk, course: FindingCourse, parent: QWidget) -> None:
        title = QCoreApplication.translate("FindingSheets", "How is the rectification looked at?")
        super().__init__(title, QCoreApplication.translate("FindingSheets", "Arrange it"), parent, width=560)
        self._proofs = {proof.ref_id: proof for proof in course.proofs}
        options = [(proof.ref_id, proof_words(desk, proof)) for proof in course.proofs]
        if not course.visit_waits:
            options.insert(0, (_NEW_VISIT, self.tr("A return visit of its own")))
        self.means = ChoiceField(self.tr("Looked at by"), options, required=True)
        self.means.set_value(options[0][0] if options else "")
        self.means.set_hint(self.tr("A visit of its own looks at the rectification and counts in no rate."))
        self.at = DateTimeField(self.tr("Booked for"))
        self.at.set_hint(self.tr("May be left empty: the queue of return visits then says when."))
        self.form.add(self.means)
        self.form.add(self.at)
        self.means.changed.connect(self._fit)
        self._fit()
        self.form.refresh_missing()
        self.resize(560, 360)

    def chosen(self) -> Proof | None:
        """What is there already and was chosen; None for a visit of its own."""
        return self._proofs.get(self.means.value())

    def _fit(self) -> None:
        self.at.setVisible(self.means.value() == _NEW_VISIT)


class VerifySheet(FormSheet):
    """What shows that it was put right, and what was found there."""

    def __init__(self, desk: Desk, finding: Finding, course: FindingCourse, parent: QWidget) -> None:
        title = QCoreApplication.translate("FindingSheets", "Close the finding out")
        verb = QCoreApplication.translate("FindingSheets", "Close out")
        super().__init__(title, verb, parent, width=560)
        self._proofs = {proof.ref_id: proof for proof in course.proofs if proof.ready}
        options = [(ref_id, proof_words(desk, proof)) for ref_id, proof in self._proofs.items()]
        self.proof = ChoiceField(self.tr("Verified by"), options, required=True)
        if options:
            cited = finding.verify_ref_id
            self.proof.set_value(cited if cited in self._proofs else options[0][0])
        self.found = TextField(self.tr("What was found"), required=True, lines=3)
        self.found.set_hint(self.tr("The unit reads it."))
        self.form.add(self.proof)
        self.form.add(self.found)
        self.form.refresh_missing()
        self.resize(560, 380)

    def chosen(self) -> Proof | None:
        """The visit or look-back that was chosen."""
        return self._proofs.get(self.proof.value())


class ReviewSheet(FormSheet):
    """What came of a review, decided by somebody who had no hand in the finding."""

    def __init__(self, finding: Finding, asked: str, parent: QWidget) -> None:
        title = QCoreApplication.translate("FindingSheets", "Decide the review")
        verb = QCoreApplication.translate("FindingSheets", "Decide")
        super().__init__(title, verb, parent, width=600)
        self._before = finding.severity
        self.form.add_widget(PlainLabel(self.tr("What the unit says"), kind="small", tone="secondary"))
        self.form.add_widget(PlainLabel(asked, wrap=True, limit=20_000))
        names = {
            "upheld": self.tr("It stands"),
            "changed": self.tr("It stands with another severity"),
            "revoked": self.tr("It is revoked"),
        }
        self.outcome = SegmentedChoice(
            self.tr("Decision"), [(code, names[code]) for code in _OUTCOMES], required=True, numbers=False
        )
        severities = [
            (code, case_words.severity(code)) for code in literals(Severity) if code != finding.severity
        ]
        self.severity = SegmentedChoice(self.tr("New severity"), severities, numbers=False)
        self.reason = TextField(self.tr("Reasons"), required=True, lines=4)
        self.reason.set_hint(self.tr("The unit reads it."))
        for field in (self.outcome, self.severity, self.reason):
            self.form.add(field)
        self.form.add_check(self._severity_missing, self.severity)
        self.outcome.changed.connect(self._fit)
        self._fit()
        self.form.refresh_missing()
        self.resize(600, 520)

    def decision(self) -> tuple[ReviewOutcome, str, Severity | None]:
        """Outcome, reasons, and the new severity where it is changed."""
        outcome = cast("ReviewOutcome", self.outcome.value())
        severity = cast("Severity", self.severity.value()) if outcome == "changed" else None
        return outcome, self.reason.value(), severity

    def _fit(self) -> None:
        self.severity.setVisible(self.outcome.value() == "changed")
        self.form.refresh_missing()

    def _severity_missing(self) -> str:
        missing = self.outcome.value() == "changed" and not self.severity.value()
        return self.tr("The new severity") if missing else ""


def proof_words(desk: Desk, proof: Proof) -> str:
    """A visit or a look-back in a line: what, of which case or by which number, when, and how it stands."""
    at = case_words.moment(desk.profile, proof.at, desk.now()) if proof.at is not None else ""
    if proof.means == "look_back":
        said = QCoreApplication.translate("FindingSheets", "Look-back {name}")
        state = inspection_words.state(proof.state)
    else:
        said = QCoreApplication.translate("FindingSheets", "Return visit of {name}")
        state = case_words.visit_state(proof.state)
    return " · ".join(part for part in (said.format(name=proof.name), state, at) if part)
