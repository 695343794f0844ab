"""The words of inspections: kinds, states, ways of drawing, verdicts, and why a step was refused. Codes in, words out.

Must not decide what may be done; the same codes stand in the domain and the contract.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from desktop.models.domain.profile import RuleProfile


def kind(code: str) -> str:
    """抽查, 回头看, 暗访; an unknown code as it is."""
    return {
        "spot_check": QCoreApplication.translate("InspectionWords", "Spot check"),
        "look_back": QCoreApplication.translate("InspectionWords", "Look-back"),
        "covert_check": QCoreApplication.translate("InspectionWords", "Covert check"),
    }.get(code, code)


def state(code: str) -> str:
    """Where an inspection stands."""
    return {
        "draft": QCoreApplication.translate("InspectionWords", "Being planned"),
        "issued": QCoreApplication.translate("InspectionWords", "Issued"),
        "frozen": QCoreApplication.translate("InspectionWords", "Frame frozen"),
        "fixed": QCoreApplication.translate("InspectionWords", "Criteria fixed"),
        "drawn": QCoreApplication.translate("InspectionWords", "Being inspected"),
        "closed": QCoreApplication.translate("InspectionWords", "Closed"),
        "withdrawn": QCoreApplication.translate("InspectionWords", "Withdrawn"),
    }.get(code, code)


def state_light(code: str) -> str:
    """The colour of that state."""
    return {
        "draft": "provisional",
        "issued": "pending",
        "frozen": "pending",
        "fixed": "pending",
        "drawn": "accent",
        "closed": "normal",
        "withdrawn": "paused",
    }.get(code, "none")


def method(code: str | None) -> str:
    """How the lot is drawn."""
    return {
        "simple": QCoreApplication.translate("InspectionWords", "Simple, over all units"),
        "stratified": QCoreApplication.translate("InspectionWords", "By unit, in proportion"),
    }.get(code or "", code or "")


def must(code: str, rework_from: int) -> str:
    """A sort of tickets that is inspected in any case."""
    if code == "rework":
        words = QCoreApplication.translate("InspectionWords", "sent back {n} times or more")
        return words.format(n=rework_from)
    return {
        "report": QCoreApplication.translate("InspectionWords", "reports"),
        "leader_noted": QCoreApplication.translate("InspectionWords", "noted by a leader"),
    }.get(code, code)


def musts(codes: tuple[str, ...], rework_from: int) -> str:
    """All of them in one line."""
    comma = QCoreApplication.translate("InspectionWords", ", ")
    none = QCoreApplication.translate("InspectionWords", "none")
    return comma.join(must(code, rework_from) for code in codes) or none


def by_date(code: str) -> str:
    """Which date puts a ticket into the population."""
    return {
        "completed": QCoreApplication.translate("InspectionWords", "completed by the unit"),
        "received": QCoreApplication.translate("InspectionWords", "received"),
    }.get(code, code)


def verdict(code: str) -> str:
    """What an inspector found of a line."""
    return {
        "met": QCoreApplication.translate("InspectionWords", "Met"),
        "not_met": QCoreApplication.translate("InspectionWords", "Not met"),
        "not_applicable": QCoreApplication.translate("InspectionWords", "Does not apply"),
    }.get(code, code)


def fault(code: str) -> str:
    """What did not come out again when a sample was redrawn."""
    return {
        "frame": QCoreApplication.translate("InspectionWords", "The frame is not the one that was hashed."),
        "part": QCoreApplication.translate(
            "InspectionWords", "The unit's part of the frame is not the one that was hashed."
        ),
        "leaves": QCoreApplication.translate(
            "InspectionWords", "The units' parts do not make up the frame that was hashed."
        ),
        "left": QCoreApplication.translate(
            "InspectionWords", "Another number of tickets is left for the lot than the protocol says."
        ),
        "sample": QCoreApplication.translate("InspectionWords", "The lot falls on other tickets."),
    }.get(code, code)


def mandate(profile: RuleProfile, code: str, language: str, otherwise: str = "") -> str:
    """A citation in words; ``otherwise`` where the profile no longer has it."""
    citation = profile.inspections.citation(code)
    return citation.words(language) if citation is not None else otherwise or code


def points(tenths: int | None) -> str:
    """A score of a hundred with one decimal, a dash where no line applied."""
    return "—" if tenths is None else f"{tenths / 10:.1f}"


class RefusalWords(QObject):
    """Why a step of an inspection or a finding was refused. A QObject for the sake of ``self.tr`` alone."""

    def table(self) -> dict[str, str]:
        """Sentences by code."""
        return {
            "not_your_inspection": self.tr("Only its author and its inspectors carry an inspection on."),
            "unfit_inspector": self.tr(
                "One of the inspectors is no supervision officer, or answers for a unit that is inspected."
            ),
            "already_inspected": self.tr("Another inspection looks at the same matter already."),
            "frame_empty": self.tr("No ticket belongs to this population."),
            "frame_too_large": self.tr("The population is too large; narrow units, days or types."),
            "period_not_over": self.tr("The period is not over yet, so its tickets cannot be frozen."),
            "not_an_inspector": self.tr("This person is not one of the inspectors."),
            "already_recused": self.tr("This person has been recused already."),
            "last_inspector": self.tr(
                "The last inspector cannot be recused; withdraw the inspection instead."
            ),
            "checks_missing": self.tr("Not every ticket of the sample has been checked to the last line."),
            "not_in_the_sample": self.tr("This ticket was not drawn."),
            "already_checked": self.tr("This ticket has been checked already."),
            "inspection_not_open": self.tr("Tickets are checked while the inspection runs."),
            "unknown_inspection": self.tr("There is no such inspection."),
            "unknown_checklist": self.tr("The server does not know this checklist."),
            "unknown_unit": self.tr("The server does not know this unit."),
            "receipt_awaited": self.tr("The unit still has time to confirm receipt."),
            "verification_missing": self.tr("Name the visit or the look-back that it was verified by."),
            "not_verified_yet": self.tr(
                "The visit has not been made, or the look-back not been carried out."
            ),
            "not_in_the_look_back": self.tr(
                "The sample of this look-back does not hold every ticket that the finding cites."
            ),
            "unknown_verification": self.tr("This visit or look-back does not belong to the finding."),
            "visit_waits_already": self.tr("A return visit of this case waits already; name that one."),
            "took_part": self.tr("Whoever had a hand in a finding does not review it."),
            "reviewed_already": self.tr("A review is asked for once."),
            "review_too_late": self.tr("The days in which a review could be asked for are over."),
            "basis_not_in_force": self.tr("A rule it rests on is not in force today."),
        }
