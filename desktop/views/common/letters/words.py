"""The words about letters: their names, why there is none, what is wrong with a template. Codes in, words out.

The letters themselves are Chinese whatever the screen speaks; here speaks the screen. Must not know any page.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.letters import LetterKind
from desktop.services.documents.letters.template import TemplateTrouble


def name(kind: LetterKind) -> str:
    """What the letter is called."""
    return {
        "urging": QCoreApplication.translate("Letters", "Urging letter"),
        "notice": QCoreApplication.translate("Letters", "Supervision notice"),
        "yellow_card": QCoreApplication.translate("Letters", "Yellow card notice"),
        "red_card": QCoreApplication.translate("Letters", "Red card notice"),
        "bulletin": QCoreApplication.translate("Letters", "Bulletin"),
        "interview": QCoreApplication.translate("Letters", "Interview notice"),
        "referral": QCoreApplication.translate("Letters", "Referral letter"),
        "reminder": QCoreApplication.translate("Letters", "Reminder letter"),
        "finding_letter": QCoreApplication.translate("Letters", "Finding letter"),
        "rectification": QCoreApplication.translate("Letters", "Rectification notice"),
        "close_out": QCoreApplication.translate("Letters", "Close-out notice"),
        "urgent": QCoreApplication.translate("Letters", "Urgent report"),
        "inspection_plan": QCoreApplication.translate("Letters", "Inspection plan"),
        "sampling_record": QCoreApplication.translate("Letters", "Sampling record"),
    }[kind]


def entry(kind: LetterKind) -> str:
    """The letter in a menu, where more is asked."""
    return {
        "urging": QCoreApplication.translate("Letters", "Urging letter…"),
        "notice": QCoreApplication.translate("Letters", "Supervision notice…"),
        "yellow_card": QCoreApplication.translate("Letters", "Yellow card notice…"),
        "red_card": QCoreApplication.translate("Letters", "Red card notice…"),
        "bulletin": QCoreApplication.translate("Letters", "Bulletin…"),
        "interview": QCoreApplication.translate("Letters", "Interview notice…"),
        "referral": QCoreApplication.translate("Letters", "Referral letter…"),
        "reminder": QCoreApplication.translate("Letters", "Reminder letter…"),
        "finding_letter": QCoreApplication.translate("Letters", "Finding letter…"),
        "rectification": QCoreApplication.translate("Letters", "Rectification notice…"),
        "close_out": QCoreApplication.translate("Letters", "Close-out notice…"),
        "urgent": QCoreApplication.translate("Letters", "Urgent report…"),
        "inspection_plan": QCoreApplication.translate("Letters", "Inspection plan…"),
        "sampling_record": QCoreApplication.translate("Letters", "Sampling record…"),
    }[kind]


def why_none(code: str) -> str:
    """Why there is no letter, in one sentence."""
    return {
        "letter_accused": QCoreApplication.translate(
            "Letters", "The unit is complained of in this case: no letter about it goes there."
        ),
        "letter_report": QCoreApplication.translate(
            "Letters", "The rules of this city allow no letters about reports."
        ),
        "letter_withdrawn": QCoreApplication.translate("Letters", "It has been withdrawn."),
        "letter_no_unit": QCoreApplication.translate("Letters", "No unit handles this ticket yet."),
        "letter_good_practice": QCoreApplication.translate(
            "Letters", "A good practice needs no rectification."
        ),
        "letter_not_closed": QCoreApplication.translate(
            "Letters", "The finding has not been verified and closed out yet."
        ),
        "letter_not_drawn": QCoreApplication.translate("Letters", "The sample has not been drawn yet."),
        "letter_office_only": QCoreApplication.translate(
            "Letters", "How an inspection is gone about is for the office alone."
        ),
        "no_urge": QCoreApplication.translate("Letters", "Record an urge by letter first."),
        "no_notice": QCoreApplication.translate("Letters", "Write a supervision notice first."),
        "no_act": QCoreApplication.translate("Letters", "There is no act of this kind on the case yet."),
        "no_finding": QCoreApplication.translate("Letters", "Register a finding first."),
        "closed": QCoreApplication.translate("Letters", "The unit has completed this ticket."),
        "no_ticket": QCoreApplication.translate("Letters", "Choose a ticket first."),
        "busy": QCoreApplication.translate("Letters", "The letter before is still being written."),
    }.get(code, code)


def trouble(error: TemplateTrouble) -> str:
    """What is wrong with a city's template, by name."""
    words = {
        "unknown_fields": QCoreApplication.translate(
            "Letters", "The template “{file}” has fields that nobody knows: {names}."
        ),
        "missing_fields": QCoreApplication.translate(
            "Letters", "The template “{file}” lacks fields that this letter needs: {names}."
        ),
        "broken_mark": QCoreApplication.translate(
            "Letters", "In the template “{file}” a field is begun and not ended: look for single braces."
        ),
        "no_folder": QCoreApplication.translate(
            "Letters", "The folder “{file}” with the city's letter templates cannot be reached."
        ),
        "unreadable": QCoreApplication.translate(
            "Letters", "The template “{file}” cannot be read as a Word document."
        ),
    }[error.kind]
    return words.format(file=error.path.name, names="、".join(error.names[:8]))


def cannot_paint() -> str:
    """Why there is no PDF of a template."""
    return QCoreApplication.translate(
        "Letters",
        "This template holds what only a word processor can show (a picture, a list, a tracked change). "
        "Save it as a Word document.",
    )


def stood_in(faces: tuple[str, ...]) -> str:
    """Which typefaces the PDF could not have."""
    said = QCoreApplication.translate(
        "Letters",
        "This machine lacks the typefaces {names}: in the PDF others stand in, with the same measures.",
    )
    return said.format(names="、".join(faces))
