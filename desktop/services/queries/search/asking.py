"""One search of one question: what was meant and found, kept for as long as the question lasts.

A list asks for the hits while it builds its conditions and again when it counts them; the work is done once.
"""

from __future__ import annotations

from array import array
from weakref import ref

from msgspec import Struct

from desktop.services.queries.base import Reader

from .finding import Hits, found, settled
from .meaning import Meaning, Problem, meaning_of

_KEPT = "sought"


class Sought(Struct, frozen=True):
    """``hits`` is None where nothing is narrowed."""

    text: str
    meaning: Meaning
    hits: Hits | None
    patient: bool = False


class Outcome(Struct, frozen=True, kw_only=True):
    """What a list says of its search. ``exact``: the number of rows is; of ``total`` tickets ``missing`` are not in the
    index and have not been looked at.

    ``words`` are to be marked in what is shown, folded.
    """

    exact: bool = True
    missing: int = 0
    total: int = 0
    problems: tuple[Problem, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """How much of the tickets the answer is about, 0.0–1.0."""
        return 1.0 - self.missing / self.total if self.total else 1.0


def sought(r: Reader, text: str, *, patient: bool = False) -> Sought:
    """What ``text`` finds for this reader; asked a second time it is remembered. ``patient``: see ``finding.found``."""
    kept = r.connection.info.get(_KEPT)
    if kept is not None and kept[0]() is r and kept[1].text == text and kept[1].patient >= patient:
        remembered: Sought = kept[1]
        return remembered
    meaning = meaning_of(r, text)
    answer = Sought(text, meaning, found(r, meaning, patient=patient), patient)
    r.connection.info[_KEPT] = (ref(r), answer)  # a question broken off must not keep its reader's columns
    return answer


def settle(r: Reader, text: str, rids: array[int], *, patient: bool = False) -> tuple[array[int], Outcome]:
    """The ordered row ids of a list whose condition was the search, as they may be counted; and what to say of them."""
    answer = sought(r, text, patient=patient)
    r.connection.info.pop(_KEPT, None)
    exact, missing, total = True, 0, 0
    if answer.hits is not None:
        rids, exact = settled(r, answer.meaning, answer.hits, rids, patient=patient)
        missing, total = answer.hits.missing, answer.hits.total
    return rids, Outcome(
        exact=exact,
        missing=missing,
        total=total,
        problems=answer.meaning.problems,
        words=answer.meaning.query.marked,
    )
