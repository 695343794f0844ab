"""What the list says of a search: how many, how sure, what is still to be looked at, and what was not understood."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.services.queries.search.asking import Outcome
from desktop.services.queries.search.meaning import Problem


def count_words(outcome: Outcome, count: int) -> str:
    """For the search line itself: "46 found", "about 1,240"."""
    words = QCoreApplication.translate("SearchWords", "{n} found")
    if not outcome.exact:
        words = QCoreApplication.translate("SearchWords", "about {n}")
    return words.format(n=f"{count:,}")


def note_words(outcome: Outcome) -> str:
    """The line above the list; "" where there is nothing to say."""
    said = [problem_words(problem) for problem in outcome.problems]
    if outcome.missing:
        building = QCoreApplication.translate(
            "SearchWords", "The search index is being built: {n} %. Older tickets are looked through now…"
        )
        said.append(building.format(n=int(100 * outcome.share)))
    elif not outcome.exact:
        said.append(
            QCoreApplication.translate(
                "SearchWords", "What is on screen is checked; the number is being checked…"
            )
        )
    return "  ".join(said)


def problem_words(problem: Problem) -> str:
    """What was not understood, and what could be written instead."""
    say = {
        "unknown_unit": QCoreApplication.translate("SearchWords", "No unit is called “{value}”."),
        "unknown_type": QCoreApplication.translate(
            "SearchWords", "There is no type “{value}”: try complaint or help."
        ),
        "unknown_light": QCoreApplication.translate(
            "SearchWords", "There is no time limit state “{value}”: try overdue or due soon."
        ),
        "unknown_category": QCoreApplication.translate("SearchWords", "No matter is called “{value}”."),
        "unknown_place": QCoreApplication.translate("SearchWords", "No place is called “{value}”."),
        "unknown_person": QCoreApplication.translate("SearchWords", "Nobody here is called “{value}”."),
        "bad_date": QCoreApplication.translate(
            "SearchWords", "“{value}” is no date: try today, +3d or 2024-05-31. It was left out."
        ),
        "bad_order": QCoreApplication.translate(
            "SearchWords", "“{value}” is no order: try due or title. It was left out."
        ),
        "too_long": QCoreApplication.translate(
            "SearchWords", "Only the first 12 words of 100 letters are looked for."
        ),
    }[problem.code]
    return say.format(value=problem.value[:40])
