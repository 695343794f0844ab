"""The people of a unit in a few words: whom to call, and when the office last did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Unit, UnitContact
from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.directory import LastContact
from desktop.views.common import case_words


def whom_to_call(unit: Unit) -> str:
    """ "Liaison 何平 0399-8123456 · on duty 0399-8123400"; what is not known is left out."""
    parts = (
        _named(QCoreApplication.translate("UnitWords", "Liaison"), unit.liaison, unit.liaison_phone),
        _named(QCoreApplication.translate("UnitWords", "On duty"), unit.duty_phone),
        _named(QCoreApplication.translate("UnitWords", "Office"), unit.office_phone),
        _named(QCoreApplication.translate("UnitWords", "In charge"), unit.leader, unit.leader_phone),
    )
    return " · ".join(part for part in parts if part)


def last_words(last: LastContact | None, profile: RuleProfile, now: datetime) -> str:
    """ "Last urged 11-18 14:30 by 王敏, reached 刘科长"."""
    if last is None:
        return QCoreApplication.translate("UnitWords", "Not urged yet")
    told = QCoreApplication.translate("UnitWords", "Last urged {time} by {who}")
    reached = QCoreApplication.translate("UnitWords", "Last urged {time} by {who}, reached {person}")
    time = case_words.moment(profile, last.at, now)
    said = reached if last.person_reached else told
    return said.format(time=time, who=last.by_name, person=last.person_reached)


def contacts_text(contacts: Iterable[UnitContact]) -> str:
    """Substitutes as they are written in a form: one a line, the number behind the name."""
    return "\n".join(f"{contact.name} {contact.phone}".strip() for contact in contacts)


def contacts_of(text: str) -> tuple[UnitContact, ...]:
    """The inverse of :func:`contacts_text`: what follows the last blank and begins like a number is the number."""
    found = []
    for line in text.splitlines():
        name, _, last = line.strip().rpartition(" ")
        if name and last[:1] in "0123456789+(（":
            found.append(UnitContact(name.strip(), last))
        elif line.strip():
            found.append(UnitContact(line.strip()))
    return tuple(found)


def _named(what: str, *words: str) -> str:
    """Joined by blanks that no line is broken at: a number stays with its name."""
    return "\u00a0".join((what, *(word for word in words if word))) if any(words) else ""
