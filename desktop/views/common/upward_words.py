"""Words for applications, instructions and urgent reports: codes in, translated words out. Like ``case_words``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def application_matter(code: str) -> str:
    """What a unit applies for."""
    return {
        "extension": QCoreApplication.translate("UpwardWords", "Extension"),
        "return": QCoreApplication.translate("UpwardWords", "Return"),
    }.get(code, code)


def application_state(code: str) -> str:
    """Where an application stands."""
    return {
        "asked": QCoreApplication.translate("UpwardWords", "To be reviewed"),
        "agreed": QCoreApplication.translate("UpwardWords", "Agreed"),
        "refused": QCoreApplication.translate("UpwardWords", "Refused"),
        "lapsed": QCoreApplication.translate("UpwardWords", "Came too late"),
    }.get(code, code)


def instruction_state(code: str) -> str:
    """Where a leader's instruction stands."""
    return {
        "open": QCoreApplication.translate("UpwardWords", "To be carried out"),
        "answered": QCoreApplication.translate("UpwardWords", "Reported back"),
        "withdrawn": QCoreApplication.translate("UpwardWords", "Withdrawn"),
    }.get(code, code)


def report_state(code: str) -> str:
    """Where an urgent report stands."""
    return {
        "draft": QCoreApplication.translate("UpwardWords", "Draft"),
        "submitted": QCoreApplication.translate("UpwardWords", "Waiting for approval"),
        "returned": QCoreApplication.translate("UpwardWords", "Returned for changes"),
        "approved": QCoreApplication.translate("UpwardWords", "Approved, to be sent"),
        "sent": QCoreApplication.translate("UpwardWords", "Sent"),
        "withdrawn": QCoreApplication.translate("UpwardWords", "Withdrawn"),
    }.get(code, code)
