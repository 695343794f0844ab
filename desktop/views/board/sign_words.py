"""The signs of a false completion in words: short for the list, as sentences for a case, with how often each occurs.

Says what is there and how common it is; never what it means.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.contradictions import DENIALS, Rate, Sign
from desktop.services.queries.board.cases import Contradiction
from desktop.services.queries.board.sides import Sides

_MINUTE_S, _HOUR_S = 60, 3_600


def name(sign: Sign) -> str:
    """Two or three words."""
    return {
        "not_contacted": QCoreApplication.translate("Signs", "Not contacted"),
        "not_resolved": QCoreApplication.translate("Signs", "Not resolved"),
        "fast": QCoreApplication.translate("Signs", "Too fast"),
        "last_minute": QCoreApplication.translate("Signs", "Last minute"),
        "bulk": QCoreApplication.translate("Signs", "In bulk"),
        "same_reply": QCoreApplication.translate("Signs", "Same answer"),
        "same_file": QCoreApplication.translate("Signs", "Same file"),
        "again": QCoreApplication.translate("Signs", "Again"),
    }[sign]


def shown_on(case: Contradiction) -> tuple[Sign, ...]:
    """What the file shows against itself, the rarest first."""
    evidence = [sign for sign in case.signs if sign not in DENIALS]
    return tuple(sorted(evidence, key=lambda sign: case.in_class[sign].share))


def sentence(sides: Sides, sign: Sign) -> str:
    """What the sign is made of in this case."""
    traces = sides.case.traces
    if sign == "fast":
        if traces.by_hours:
            words = QCoreApplication.translate(
                "Signs", "Done after {took}; the median of its class is {usual}."
            )
        else:
            words = QCoreApplication.translate(
                "Signs", "Done after {took} of working time; the median of its class is {usual}."
            )
        return words.format(took=span(traces.took_s), usual=span(traces.usual_s))
    if sign == "last_minute":
        words = QCoreApplication.translate("Signs", "Done {left} before the time limit.")
        return words.format(left=span(traces.left_s))
    if sign == "bulk":
        words = QCoreApplication.translate("Signs", "The unit said done of {n} cases within a few minutes.")
        return words.format(n=traces.together)
    if sign == "same_reply":
        words = QCoreApplication.translate(
            "Signs", "The same words stand in {n} other answers of {classes} classes, as in {numbers}."
        )
        return words.format(
            n=traces.alike, classes=traces.alike_classes, numbers=_numbers(sides, traces.alike_rids)
        )
    if sign == "same_file":
        words = QCoreApplication.translate("Signs", "The file “{name}” lies in other cases too: {numbers}.")
        return words.format(name=traces.file_name, numbers=_numbers(sides, traces.file_rids))
    words = QCoreApplication.translate(
        "Signs", "The same place and class came again {n} times soon after, as {numbers}."
    )
    return words.format(n=traces.again, numbers=_numbers(sides, traces.again_rids))


def rate(case: Contradiction, sign: Sign) -> str:
    """How often the sign occurs among the completions of the case's class."""
    if sign == "same_reply":
        words = QCoreApplication.translate(
            "Signs", "{count} of {of} answers looked at in this class ({share})"
        )
    else:
        words = QCoreApplication.translate("Signs", "{count} of {of} completions of this class ({share})")
    return _filled(words, case.in_class[sign])


def combination(case: Contradiction) -> tuple[str, str]:
    """How often all of it comes together: in the unit, in the city."""
    unit = QCoreApplication.translate(
        "Signs", "All of this together: {count} of {of} completions of the unit ({share})"
    )
    city = QCoreApplication.translate("Signs", "In the whole city: {count} of {of} ({share})")
    return _filled(unit, case.in_unit), _filled(city, case.in_city)


def of_unit(case: Contradiction) -> str:
    """The same for a cell: "3 of 480"."""
    words = QCoreApplication.translate("Signs", "{count} of {of}")
    return words.format(count=f"{case.in_unit.count:,}", of=f"{case.in_unit.of:,}")


def span(seconds: int) -> str:
    """Minutes below two hours, hours beyond."""
    if seconds < 2 * _HOUR_S:
        words = QCoreApplication.translate("Signs", "{n} minutes")
        return words.format(n=round(seconds / _MINUTE_S))
    words = QCoreApplication.translate("Signs", "{n} hours")
    return words.format(n=f"{seconds / _HOUR_S:.1f}")


def _filled(words: str, rate: Rate) -> str:
    share = f"{100 * rate.share:.1f}%" if rate.share >= 0.001 or not rate.count else "<0.1%"
    return words.format(count=f"{rate.count:,}", of=f"{rate.of:,}", share=share)


def _numbers(sides: Sides, rids: tuple[int, ...]) -> str:
    comma = QCoreApplication.translate("Signs", ", ")
    return comma.join(sides.others[rid].number for rid in rids if rid in sides.others)
