"""What is written in the sample city: how it reads, whose names and numbers stand in it, and that it exists nowhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin

from central.sample_city.corpus import corpus, slots_of
from desktop.models.domain.entities import Place, Ticket, Unit, encode_row
from desktop.models.domain.redaction import mask_name, phone_tail, redact
from tests.support.sample_towns import HeldCity, held_city

TRY = 3_000
# Characters with two everyday readings: who types the one does not find the other.
TWO_READINGS = "单曾解仇区查盖乐朴覃翟尉长重行朝强都会传调降着参差藏和角卡勒率没模奇省似校"


@pytest.fixture(scope="module")
def town() -> HeldCity:
    """The city of the first try."""
    return held_city(TRY)


def test_no_row_tells_who_a_citizen_is(town: HeldCity) -> None:
    """Names and numbers stand in the contact alone; what a citizen wrote of them is hidden before it becomes a row."""
    assert town.texts, "no text with a number in it: redaction is not shown at all"
    for ticket in town.of(Ticket):
        contact = town.contacts.get(ticket.contact_id)
        if contact is None:
            assert ticket.real_name == "anonymous"
            assert not ticket.requester_label
            assert not ticket.phone_tail
            continue
        assert contact.sample
        assert ticket.requester_label == mask_name(contact.name, ticket.requester_label[-2:])
        assert ticket.phone_tail == phone_tail(contact.phone)
        told = b"".join(encode_row(row) for row in town.family[ticket.id]).decode()
        assert contact.name not in told
        assert contact.phone not in told
    for ticket_id, text in town.texts.items():
        ticket = town.tickets[ticket_id]
        contact = town.contacts[ticket.contact_id]
        assert contact.phone in text
        assert ticket.request_text == redact(text, (contact.name,)) != text
    everything = b"".join(encode_row(row) for row in town.rows).decode()
    assert not re.search(r"(?<![0-9a-f-])1[3-9]\d{9}(?!\d)", everything)


def test_numbers_are_nobodys_and_each_persons_own(town: HeldCity) -> None:
    """A sample that rings at a stranger's, or two citizens under one lease, would be found on the first day."""
    phones = [contact.phone for contact in town.contacts.values()]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"154\d{8}|0399-\d{7}", phone) for phone in phones)
    assert all(unit.office_phone.startswith("0399-") for unit in town.of(Unit))


def test_texts_read_as_written_by_people(town: HeldCity) -> None:
    """A brace, an empty slot or a title that is cut off is the first thing an official sees."""
    for ticket in town.of(Ticket):
        assert 6 <= len(ticket.title) <= 24, ticket.title
        assert 40 <= len(ticket.request_text) <= 200, ticket.request_text
        assert bool(ticket.unit_answer) == (ticket.completed_at is not None)
    for row in town.rows:
        for text in _texts_of(json.loads(encode_row(row))):
            assert not re.search(r"[{}<>]|None|TODO|XX|，，|。。|：：|、、|请问，请问", text), text
    bodies = Counter(ticket.request_text for ticket in town.of(Ticket))
    assert max(bodies.values()) < 0.006 * TRY, "the same text again and again"
    assert len(bodies) > 0.8 * TRY


def test_the_city_exists_nowhere(town: HeldCity, data_dir: Path | None) -> None:
    """No real place may be shown as failing."""
    if data_dir is None:
        pytest.skip("needs the list of divisions below DESK_DATA or in ../shared/data")
    divisions = json.loads((data_dir / "divisions" / "pca-code.json").read_text("utf-8"))
    real = set(_names_of(divisions))
    ours = {place.name for place in town.of(Place) if place.kind in ("city", "district")}
    assert not ours & real


def test_names_are_found_by_pinyin() -> None:
    """A character with two readings makes a person or unit unfindable for half of those who type it."""
    names = corpus().names
    surnames = [entry.split(":")[0] for entry in names.surnames]
    written = "".join((*surnames, *names.women, *names.men, *names.staff))
    assert not set(TWO_READINGS) & set(written)
    assert not set(names.staff) & {*names.women, *names.men}
    for entry in corpus().city.units:
        assert entry.pinyin == f"{_pinyin(entry.name)} {_pinyin(entry.short)}"
    for district in corpus().city.districts:
        assert district.pinyin == f"{_pinyin(district.name + '人民政府')} {_pinyin(district.name)}"


def test_the_corpus_has_variety() -> None:
    """Sixty kinds of matter and more, each told in more than one way."""
    matters = corpus().matters
    assert len(matters) >= 60
    assert all(len(matter.cases) >= 2 for matter in matters)
    texts = [case.text for matter in matters for case in matter.cases]
    assert len(set(texts)) == len(texts) >= 300
    assert _share(bool(slots_of(text)) for text in texts) > 0.7


def _share(values: Iterable[bool]) -> float:
    counted = list(values)
    return sum(counted) / len(counted)


def _texts_of(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_of(each)


def _names_of(nodes: list[dict[str, object]]) -> Iterable[str]:
    for node in nodes:
        yield str(node["name"])
        children = node.get("children")
        if isinstance(children, list):
            yield from _names_of(children)


def _pinyin(name: str) -> str:
    return f"{''.join(lazy_pinyin(name))} {''.join(lazy_pinyin(name, style=Style.FIRST_LETTER))}"


def test_letters_are_answered_in_writing_and_some_are_published(town: HeldCity) -> None:
    """Mayor's mailbox and letters show what went out and what was published; nothing behind a report ever is."""
    letters = [t for t in town.of(Ticket) if t.channel in ("mailbox", "letter")]
    sent = [t for t in letters if t.answer_sent_at is not None]
    assert sent
    assert all(t.unit_answer in t.sent_answer and t.answer_sent_at == t.archived_at for t in sent)
    published = [t for t in sent if t.published_at is not None]
    assert published
    assert len(published) < len(sent)
    assert all(t.level == "normal" and t.channel == "mailbox" for t in published)
    assert not [t for t in town.of(Ticket) if t not in letters and (t.sent_answer or t.published_at)]
