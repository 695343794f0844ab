"""The words of who saw what: acts of the record, fields of a requester, states of a request. Codes in, words out.

Must not know any page.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.profile import RuleProfile


def field(code: str) -> str:
    """What may be seen of a requester."""
    return {
        "phone": QCoreApplication.translate("Oversight", "Telephone"),
        "name": QCoreApplication.translate("Oversight", "Full name"),
        "request_text": QCoreApplication.translate("Oversight", "Unredacted text"),
    }.get(code, code)


def purpose(profile: RuleProfile, code: str, language: str) -> str:
    """A purpose of the city's list."""
    found = next((choice for choice in profile.reveal_purposes if choice.code == code), None)
    return found.words(language) if found is not None else code


def action(code: str) -> str:
    """An act on record."""
    return {
        "reveal": QCoreApplication.translate("Oversight", "Looked up a contact"),
        "report.asked": QCoreApplication.translate("Oversight", "Asked to see behind a report"),
        "report.agreed": QCoreApplication.translate("Oversight", "Agreed to it"),
        "report.declined": QCoreApplication.translate("Oversight", "Declined it"),
        "report.withdrawn": QCoreApplication.translate("Oversight", "Withdrew the request"),
        "lease": QCoreApplication.translate("Oversight", "Was given the number for a call"),
        "block": QCoreApplication.translate("Oversight", "Took visits along for calls without a network"),
        "block_back": QCoreApplication.translate("Oversight", "Gave them back"),
        "export": QCoreApplication.translate("Oversight", "Exported"),
        "print": QCoreApplication.translate("Oversight", "Printed"),
        "copy": QCoreApplication.translate("Oversight", "Copied"),
        "save": QCoreApplication.translate("Oversight", "Saved a file"),
        "listen": QCoreApplication.translate("Oversight", "Listened to a recording"),
        "undone": QCoreApplication.translate("Oversight", "Came to nothing"),
        "download": QCoreApplication.translate("Oversight", "Fetched a file"),
        "recusal": QCoreApplication.translate("Oversight", "Recused"),
        "recusal.lifted": QCoreApplication.translate("Oversight", "Recusal taken back"),
        "clearance.granted": QCoreApplication.translate("Oversight", "Clearance granted"),
        "clearance.withdrawn": QCoreApplication.translate("Oversight", "Clearance withdrawn"),
        "rights_changed": QCoreApplication.translate("Oversight", "Rights changed"),
        "profile.published": QCoreApplication.translate("Oversight", "Published new rules"),
        "device.wipe_ordered": QCoreApplication.translate("Oversight", "Ordered a device wiped"),
        "device.wiped": QCoreApplication.translate("Oversight", "Device wiped"),
        "kept_key.opened": QCoreApplication.translate("Oversight", "Came back to work kept locked"),
        "audit.read": QCoreApplication.translate("Oversight", "Read this record"),
        "access.read": QCoreApplication.translate("Oversight", "Asked who saw a requester"),
    }.get(code, code)


def state(code: str) -> str:
    """How a request to see behind a report stands."""
    return {
        "asked": QCoreApplication.translate("Oversight", "waits for a second person"),
        "agreed": QCoreApplication.translate("Oversight", "agreed to"),
        "declined": QCoreApplication.translate("Oversight", "declined"),
        "withdrawn": QCoreApplication.translate("Oversight", "withdrawn"),
        "revealed": QCoreApplication.translate("Oversight", "was seen"),
        "expired": QCoreApplication.translate("Oversight", "lapsed"),
    }.get(code, code)
