"""Guidance in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.services.background.desk import Desk
from desktop.services.queries.guidance import GuidanceLine
from desktop.views.common import case_words


def kind_words(kind: str) -> str:
    """工作提示, 提醒函."""
    return {
        "tip": QCoreApplication.translate("Guidance", "Tip"),
        "reminder": QCoreApplication.translate("Guidance", "Reminder letter"),
    }.get(kind, kind)


def about(line: GuidanceLine, desk: Desk) -> str:
    """ "Reminder letter 云热提〔2026〕3号 · 王敏 · 03-17 09:30"."""
    guidance = line.guidance
    sent = case_words.moment(desk.profile, guidance.at, desk.now())
    kind = kind_words(guidance.kind)
    numbered = f"{kind} {guidance.number}".strip()
    return " · ".join(part for part in (numbered, guidance.by_name, sent) if part)


def receipts(line: GuidanceLine, desk: Desk) -> str:
    """A line a unit: who read it when and what they said to it, or that nobody has."""
    lines = []
    not_yet = QCoreApplication.translate("Guidance", "not confirmed yet")
    for unit_id in line.units:
        got = [receipt for receipt in line.receipts if receipt.unit_id == unit_id]
        read = [
            " ".join(
                part
                for part in (each.by_name, case_words.moment(desk.profile, each.at, desk.now()), each.text)
                if part
            )
            for each in got
        ]
        lines.append(f"{desk.reference.unit_name(unit_id) or unit_id}: {'; '.join(read) or not_yet}")
    return "\n".join(lines)


def standing(line: GuidanceLine) -> str:
    """ "2 / 5", or that it was taken back."""
    if line.guidance.withdrawn_at is not None:
        return QCoreApplication.translate("Guidance", "Withdrawn")
    return f"{len(line.read_by & set(line.units))} / {len(line.units)}"
