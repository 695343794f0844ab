"""What a city lays down for the return-visit desk beside attempts and questions: words, remedies, numbers.

Data and pure functions; the defaults ask for nothing. Laws are named in the profile's rows alone, with their dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from .entities import RequestType


class Remedy(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a citizen may do who does not agree with a result, in plain words; () = whatever the type of request."""

    zh: str
    en: str
    request_types: tuple[RequestType, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None

    def words(self, language: str) -> str:
        """``language`` is "zh" or "en"."""
        return self.zh if language.startswith("zh") else self.en


class DutyNumber(Struct, frozen=True, kw_only=True):
    """A number to call for a citizen with a care flag: an office's, never a citizen's."""

    flag: str
    zh: str
    en: str
    number: str

    def words(self, language: str) -> str:
        """``language`` is "zh" or "en"."""
        return self.zh if language.startswith("zh") else self.en


class VisitRules(Struct, frozen=True, kw_only=True):
    """``recheck_percent``: how many of a hundred valid visits somebody else makes once more, without being told so.

    ``leading_words`` may stand in no question: whoever hears them knows what is wanted to be heard. ``inquiry_days``
    are the working days in which a unit sends the log of its contacts.
    """

    recheck_percent: float = 0.0
    inquiry_days: int = 2
    leading_words: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    duty_numbers: tuple[DutyNumber, ...] = ()

    def remedies_for(self, request_type: RequestType, day: date) -> tuple[Remedy, ...]:
        """What may be said on that day, in the profile's order."""
        return tuple(
            each
            for each in self.remedies
            if (not each.request_types or request_type in each.request_types)
            and (each.valid_from is None or each.valid_from <= day)
            and (each.valid_until is None or day <= each.valid_until)
        )

    def numbers_for(self, flags: Iterable[str]) -> tuple[DutyNumber, ...]:
        """Whom to call for somebody with these care flags."""
        named = frozenset(flags)
        return tuple(each for each in self.duty_numbers if each.flag in named)


def leading(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words in ``text`` that lead a citizen to an answer, as the profile lists them."""
    plain = "".join(text.lower().split())
    return tuple(word for word in words if "".join(word.lower().split()) in plain)
