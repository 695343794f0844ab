"""Cases of a city to be searched: texts cut and glued by chance, and what a plain look through all of them finds.

Written a second time in a few lines of Python, and never with the program's own folding. Opens no store.
"""

from __future__ import annotations

import random
import unicodedata

from desktop.models.domain.entities import Key, Row, Ticket, key_of

from .builders import make_finding, make_finding_reply, make_notice, make_ticket, make_urge
from .ticket_rows import MATTERS, UNITS

_SIGNS = "，。（）：/-%_\"'“”*^ \u3000\n"
_ODD = (
    "ＡＢ１２",
    "Café",
    "ΣΑΣ",
    "①㎡",
    "NEAR",
    "AND",
    "OR*",
    '"',
    "a",
    "的",
    "x y",
    "{}",
    "𠮷",
    "한국",
    "e\u0301",
)
Said = list[tuple[Key, str, str]]
"""Answers of units: whose row, of which case, in which words."""


def plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).lower().replace("ς", "σ")


def scanned(tickets: dict[str, Ticket], words: list[tuple[str, bool]], said: Said) -> set[str]:
    """Every word in one of the fields, an answer or the unit's name, and none of those that must not be."""
    names = {unit_id: (plain(name), plain(short)) for unit_id, name, short in UNITS}

    def holds(ticket: Ticket, word: str) -> bool:
        title = ticket.title.replace("\n", " ")  # a title is one line
        fields = (ticket.number, title, ticket.address, ticket.request_text, ticket.unit_answer)
        answers = (text for _, ticket_id, text in said if ticket_id == ticket.id)
        return any(word in plain(field) for field in (*fields, *answers, *names.get(ticket.unit_id, ())))

    return {
        ticket.id
        for ticket in tickets.values()
        if all(holds(ticket, plain(word)) is not negative for word, negative in words)
    }


class Town:
    """Texts of a city, cut and glued by chance."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.said = [text for title, _, body in MATTERS for text in (title, body)]

    def text(self) -> str:
        parts = [self.fragment(self.rng.randint(2, 30)) for _ in range(self.rng.randint(1, 4))]
        return self.rng.choice(_SIGNS).join(parts)

    def fragment(self, length: int) -> str:
        if self.rng.random() < 0.15:
            return self.rng.choice(_ODD)
        text = self.rng.choice(self.said)
        at = self.rng.randrange(len(text))
        return text[at : at + length]

    def ticket(self) -> Ticket:
        return make_ticket(
            title=self.text()[:200], request_text=self.text(), address=self.fragment(12),
            unit_answer=self.text() if self.rng.random() < 0.4 else "", unit_id=self.rng.choice(UNITS)[0],
        )  # fmt: skip

    def answer(self, ticket: Ticket, said: Said) -> tuple[Row, ...]:
        """A unit answers an urge, a notice or a finding; what it said is noted in ``said``."""
        text = self.text()
        kind = self.rng.choice(("answer", "acknowledgement", "notice", "finding"))
        row: Row
        before: tuple[Row, ...] = ()
        if kind == "notice":
            row = make_notice(ticket, reply_text=text, ground=self.text())
        elif kind == "finding":
            before = (make_finding(ticket, facts=self.text()),)
            row = make_finding_reply(before[0], text=text)
        else:
            row = make_urge(ticket, text=self.text(), **{"answer": "", "acknowledgement": "", kind: text})
        said.append((key_of(row), ticket.id, text))
        return (*before, row)

    def question(self, tickets: dict[str, Ticket], said: Said) -> list[tuple[str, bool]]:
        """One to three words, mostly of a text that is there; each on one line and without a quote."""
        words: list[tuple[str, bool]] = []
        for place in range(self.rng.choice((1, 1, 2, 3))):
            some = self.rng.choice(list(tickets.values()))
            answers = [text for _, _, text in said]
            field = self.rng.choice(
                (some.title, some.request_text, some.number, some.address, some.unit_answer, *answers[-3:])
            )
            at = self.rng.randrange(max(1, len(field)))
            word = field[at : at + self.rng.choice((1, 1, 2, 2, 3, 4, 6, 11))]
            if self.rng.random() < 0.15:
                word = self.fragment(3)
            word = " ".join(word.replace('"', " ").replace("“", " ").replace("”", " ").split())
            if word and plain(word):
                words.append((word, place > 0 and self.rng.random() < 0.3))
        return words or [("市", False)]


def typed(words: list[tuple[str, bool]]) -> str:
    return " ".join(f'{"-" if negative else ""}"{word}"' for word, negative in words)
