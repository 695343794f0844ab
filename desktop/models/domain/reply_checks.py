"""What a unit should look at again before its reply goes: points not answered, set phrases, no contact, a copy.

Pure functions with reasons; hints and never verdicts, and nothing is ever held back because of one: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

from .inspection_rules import ReplyRules

RemarkCode = Literal["point", "template", "placeholder", "no_contact", "alike"]


class Remark(Struct, frozen=True, kw_only=True):
    """One hint. ``quote`` is what it is about, in the words of the request or of the reply.

    ``other_id`` is the ticket of the earlier reply, ``other_number`` its number where it is known; ``percent`` is how
    much of both is the same.
    """

    code: RemarkCode
    quote: str = ""
    other_id: str = ""
    other_number: str = ""
    percent: int = 0


class Asked(Struct, frozen=True, kw_only=True):
    """What is replied to. ``shown``: a contact with the requester, or a file, stands beside the reply already."""

    request: str
    shown: bool = False


_NOT_SAID: Final = re.compile(r"[\W\d_]+")
_RUN: Final = 4
_PROBE: Final = 5
_MOST_PROBES: Final = 8
_ITEM: Final = re.compile(
    r"(?:(?<=^)|(?<=[。；;：:\n]))\s*(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])"
)
_SENTENCE: Final = re.compile(r"[。；;！!？?\n]+")
_WORDLESS: Final = re.compile(
    r"你单位|本单位|按照|根据|应当|尽快|立即|及时|认真|进一步|有关|相关|情况|规定|要求|时限|限期|之前|以内|工作日|"
    r"please|should|must|and|the|within|days?|[请须要应于在将并及和与的了对按向其由]",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[\u3400-\u9fff]+|[a-z]{3,}")
_PLACEHOLDER: Final = re.compile(
    r"[XxＸ×＊]{2,}|[_＿]{2,}|\{\{[^}]*\}\}|[【\[（(](?:此处|请填写|填写|时间|姓名|地点|原因|内容)[^】\]）)]{0,12}[】\])）]|"
    r"[某×]年[某×]月"
)
_DENIED: Final = "未没无不"


def points_of(request: str) -> tuple[str, ...]:
    """The points of a request: its numbered items where it has two or more, else its sentences."""
    places = [found.span() for found in _ITEM.finditer(request)]
    if len(places) >= 2:
        ends = [start for start, _ in places[1:]] + [len(request)]
        parts = [request[end:stop] for (_, end), stop in zip(places, ends, strict=True)]
    else:
        parts = _SENTENCE.split(request)
    points = (part.strip(" 　\n\r\t。；;，,") for part in parts)
    return tuple(point for point in points if len(_NOT_SAID.sub("", point)) >= 2)


def remarks_on(text: str, asked: Asked, rules: ReplyRules) -> tuple[Remark, ...]:
    """Every hint but those about earlier replies, in the order in which a person would mend them."""
    return (
        *_unanswered(text, asked.request, rules),
        *_set_phrases(text, rules),
        *_no_contact(text, asked, rules),
    )


def alike(
    text: str, earlier: Iterable[tuple[str, str]], rules: ReplyRules, *, own_ticket: str = ""
) -> Remark | None:
    """The earlier reply (its ticket, its text) that is most like this one, None where none is alike."""
    own = runs_of(text)
    if not own or not rules.alike_percent:
        return None
    best: Remark | None = None
    for ticket_id, other in earlier:
        if ticket_id == own_ticket:
            continue
        theirs = runs_of(other)
        percent = 100 * len(own & theirs) // len(own | theirs)
        if percent >= rules.alike_percent and (best is None or percent > best.percent):
            best = Remark(code="alike", quote=other[:60], other_id=ticket_id, percent=percent)
    return best


def runs_of(text: str) -> frozenset[str]:
    """The runs of four letters of a text; blanks, figures and marks are not said."""
    said = _NOT_SAID.sub("", text)
    if not said:
        return frozenset()
    return frozenset(said[at : at + _RUN] for at in range(max(1, len(said) - _RUN + 1)))


def probes_of(text: str) -> tuple[str, ...]:
    """Some stretches of letters as they stand in a text: what is alike has at least one of them, almost surely."""
    places = [
        stretch[at : at + _PROBE]
        for stretch in re.findall(r"[^\W\d_]+", text)
        for at in range(len(stretch) - _PROBE + 1)
    ]
    step = max(1, len(places) // _MOST_PROBES)
    return tuple(dict.fromkeys(places[::step]))[:_MOST_PROBES]


def _unanswered(text: str, request: str, rules: ReplyRules) -> Iterable[Remark]:
    said = _words(text)
    for point in points_of(request) if rules.point_percent else ():
        asked = _words(_WORDLESS.sub(" ", point))
        if asked and 100 * len(asked & said) < rules.point_percent * len(asked):
            yield Remark(code="point", quote=point[:120])


def _set_phrases(text: str, rules: ReplyRules) -> Iterable[Remark]:
    blank = _PLACEHOLDER.search(text)
    if blank is not None:
        yield Remark(code="placeholder", quote=blank[0])
    found = [phrase for phrase in rules.set_phrases if phrase in text]
    own = text
    for phrase in sorted(found, key=len, reverse=True):
        own = own.replace(phrase, "")
    if found and len(_NOT_SAID.sub("", own)) < rules.least_own:
        yield Remark(code="template", quote="、".join(found[:3]))


def _no_contact(text: str, asked: Asked, rules: ReplyRules) -> Iterable[Remark]:
    if asked.shown or not rules.contact_words:
        return
    for word in rules.contact_words:
        at = text.find(word)
        while at >= 0:
            if not set(text[max(0, at - 2) : at]) & set(_DENIED):
                return
            at = text.find(word, at + 1)
    yield Remark(code="no_contact")


def _words(text: str) -> frozenset[str]:
    """Pairs of Chinese characters and Latin words."""
    found = set[str]()
    for token in _TOKEN.findall(text.lower()):
        if token.isascii():
            found.add(token)
        else:
            found.update(token[at : at + 2] for at in range(max(1, len(token) - 1)))
    return frozenset(found)
