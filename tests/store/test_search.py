"""Searching by the index: what a plain look through all texts would find, no more and no less, at every moment.

Real encrypted store, real index file. The plain look is written here a second time, in a few lines of Python.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.models.domain.entities import Ticket, Unit
from desktop.models.domain.search_text import FORM
from desktop.models.store import settings
from desktop.models.store.deriving import derive
from desktop.models.store.driver import side_file
from desktop.models.store.projection import delete_rows, evict_ticket
from desktop.models.store.search_fill import (
    REPLIES_LEFT,
    TEXT_FORM,
    fold_replies,
    fold_texts,
    index_of,
    prepare,
    step,
)
from desktop.models.store.search_index import Reach, SearchIndex, Unusable
from desktop.models.store.settings import forget
from desktop.services.queries.base import Reader
from desktop.services.queries.search import finding, row_ids
from desktop.services.queries.search.finding import found, settled
from desktop.services.queries.search.meaning import meaning_of
from tests.support.builders import (
    make_ticket,
    make_urge,
    reference_rows,
)
from tests.support.hurt_stores import flip
from tests.support.search_town import Said, Town, scanned, typed
from tests.support.stores import KEY, DeskStore, open_desk_store
from tests.support.ticket_rows import MATTERS, UNITS
from tools.campaigns import first_seed

_STEPS, _QUESTIONS = 40, 6
_DEEDS = (
    "put", "put", "put", "change", "change", "evict", "index", "index", "level", "hurt", "answer", "answer",
    "take back",
)  # fmt: skip


@contextmanager
def desk(folder: Path) -> Iterator[tuple[DeskStore, SearchIndex]]:
    with open_desk_store(folder) as store:
        index = index_of(store.store, KEY)
        try:
            prepare(store.store, index)
            yield store, index
        finally:
            index.close()


def level(store: DeskStore, index: SearchIndex) -> None:
    """Index everything that waits."""
    while step(store.store, index).more:
        pass


def asked(store: DeskStore, index: SearchIndex | None, text: str, *, patient: bool = True) -> set[str]:
    """The ids of what a search shows once it has been looked at."""

    def answer(r: Reader) -> set[str]:
        r = replace(r, search=index)
        meaning = meaning_of(r, text)
        hits = found(r, meaning, patient=patient)
        assert hits is not None
        assert list(hits.rids) == sorted(set(hits.rids))
        rids, exact = settled(r, meaning, hits, hits.rids, patient=patient)
        assert exact or not patient
        if hits.certain:
            assert finding.checked(r, meaning, rids) == rids, "the index called certain what is no hit"
        ids: dict[int, str] = dict(r.connection.exec_driver_sql("SELECT rid, id FROM ticket_list").fetchall())
        return {ids[rid] for rid in rids}

    return store.ask(answer)


@pytest.mark.parametrize("seed", range(4))
def test_a_search_finds_what_a_look_through_all_texts_finds(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever searches decides by the answer that there is no such case: one missed is one never handled. Sync pages,
    corrections, evictions, an index behind or ahead of them, half built, thrown away or damaged change no answer; what
    units answered to urges, notices and findings is found as their cases are, whichever of them came first."""
    rng = random.Random(first_seed() * 1_000 + seed)
    town = Town(rng)
    monkeypatch.setattr(finding, "_MANY", rng.choice((0, 20_000)))
    monkeypatch.setattr("desktop.models.store.search_fill._NEW", 7)
    monkeypatch.setattr("desktop.models.store.search_fill._TODO", 3)
    with desk(tmp_path) as (store, index):
        units = (Unit(id=i, version=1, name=name, short_name=short) for i, name, short in UNITS)
        store.pull(*reference_rows(), *units)
        tickets: dict[str, Ticket] = {}
        said: Said = []
        for _ in range(_STEPS):
            deed = rng.choice(_DEEDS)
            if deed == "put" or not tickets:
                new = [town.ticket() for _ in range(rng.randint(1, 9))]
                tickets |= {ticket.id: ticket for ticket in new}
                if rng.random() < 0.3:
                    store.pull(*town.answer(new[-1], said))
                store.pull(*new)
            elif deed == "answer":
                store.pull(*town.answer(rng.choice(list(tickets.values())), said))
            elif deed == "take back" and said:
                gone_key, *_ = said.pop(rng.randrange(len(said)))
                with store.store.write() as connection:
                    derive(connection, delete_rows(connection, [gone_key]))
            elif deed == "change":
                some = rng.choice(list(tickets.values()))
                tickets[some.id] = replace(town.ticket(), id=some.id, version=some.version + 1)
                store.pull(tickets[some.id])
            elif deed == "evict" and len(tickets) > 1:
                gone = rng.choice(list(tickets))
                del tickets[gone]
                said = [answer for answer in said if answer[1] != gone]
                with store.store.write() as connection:
                    evict_ticket(connection, gone)
            elif deed == "index":
                step(store.store, index)
            elif deed == "level":
                level(store, index)
                index.tidy()
            elif deed == "hurt" and rng.random() < 0.3:
                index.renew()
            for _ in range(_QUESTIONS):
                words = town.question(tickets, said)
                assert asked(store, index, typed(words)) == scanned(tickets, words, said), (deed, words)
        level(store, index)
        with index._reading(None) as connection:  # what left must not be kept anywhere
            assert connection.execute("SELECT count(*) FROM grams").fetchone()[0] == len(tickets)


def test_a_crash_between_commit_and_index_loses_no_hit(tmp_path: Path) -> None:
    """The desk dies after a page of the sync and before the index has it: the next start finds the case, and so it does
    when the index dies half way, when it was deleted, and when it is another desk's."""
    first, second = make_ticket(title="路灯损坏"), make_ticket(title="井盖破损")
    with desk(tmp_path) as (store, index):
        store.pull(*reference_rows(), first)
        level(store, index)
        store.pull(second, replace(first, version=2, title="路灯已修好"))
    with desk(tmp_path) as (store, index):
        assert asked(store, index, "井盖") == {second.id}
        assert asked(store, index, "损坏") == set(), "what the index says of an old text counts no more"
        assert asked(store, index, "修好") == {first.id}
        with pytest.raises(ZeroDivisionError):
            index.put(((n, "半途" if n < 3 else str(1 // 0)) for n in range(1, 5)), Reach(99, 99))
        assert asked(store, index, "半途") == set()
        level(store, index)
        assert asked(store, index, "修好") == {first.id}
    for suffix in ("", "-wal", "-shm"):
        side_file(tmp_path / "search.db", suffix).unlink(missing_ok=True)
    with desk(tmp_path) as (store, index):
        assert index.reach() == Reach(0, 0)
        assert asked(store, index, "修好") == {first.id}
        level(store, index)
    other = tmp_path / "other"
    other.mkdir()
    with open_desk_store(other):
        pass
    (tmp_path / "search.db").rename(other / "search.db")
    with desk(other) as (store, index):
        assert index.reach() == Reach(0, 0), "row ids of another store mean other cases"


def test_a_damaged_index_is_made_anew_in_silence(tmp_path: Path) -> None:
    """The index is worth nothing but time: a bad sector in it must not open a dialog, nor hide a case."""
    rows = [make_ticket(title=f"噪音扰民{n}", request_text=MATTERS[n % 12][2] * 3) for n in range(300)]
    with desk(tmp_path) as (store, index):
        store.pull(*reference_rows(), *rows)
        level(store, index)
    flip(tmp_path / "search.db", 5 * 8192 + 100)
    with desk(tmp_path) as (store, index):
        with index._reading(None) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        assert pages > 5
        assert asked(store, index, "噪音") == {row.id for row in rows}
        for word in ("夜间", "电梯", "0"):
            asked(store, index, word)
        if not index.usable:
            with pytest.raises(Unusable):
                step(store.store, index)
            prepare(store.store, index)
        level(store, index)
        assert asked(store, index, "噪音") == {row.id for row in rows}
    (tmp_path / "search.db").write_bytes(b"no database" * 5_000)
    with desk(tmp_path) as (store, index):
        assert index.reach() == Reach(0, 0)


def test_an_older_copy_of_the_store_gets_an_index_of_its_own(tmp_path: Path) -> None:
    """Somebody puts yesterday's file back: an index that went further would hide what comes now."""
    with desk(tmp_path) as (store, index):
        store.pull(*reference_rows(), make_ticket())
        level(store, index)
        index.put((), Reach(50, 9))
    with desk(tmp_path) as (_, index):
        assert index.reach() == Reach(0, 0)


def test_texts_of_an_older_program_are_folded_anew(tmp_path: Path) -> None:
    """After an upgrade the cases are found by their addresses and answers too, also when it is cut off half way."""
    rows = [make_ticket(address=f"云东路{n}号", unit_answer="已整改") for n in range(5)]
    with desk(tmp_path) as (store, index):
        store.pull(*reference_rows(), *rows)
        with store.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM ticket_text")
            forget(connection, TEXT_FORM)
        assert store.ask(lambda r: found(r, meaning_of(r, "整改"))).missing == 5  # type: ignore[union-attr]
        at: int | None = 0
        while at is not None:
            at = fold_texts(store.store, at)
        level(store, index)
        assert asked(store, index, "云东路3号") == {rows[3].id}
        assert asked(store, index, "整改") == {row.id for row in rows}
        assert fold_texts(store.store, 0) is None


def test_answers_that_an_older_program_left_out_are_found_after_an_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit's answer of last year is looked for: it is found without the whole index being made anew, and until it
    can be, the search says that something is missing."""
    monkeypatch.setattr("desktop.models.store.search_fill._FOLD", 2)
    rows = [make_ticket() for _ in range(5)]
    with desk(tmp_path) as (store, index):
        store.pull(*reference_rows(), *rows, *(make_urge(row, answer="周五前修好") for row in rows))
        with store.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE ticket_text SET text = substr(text, 1, instr(text, char(30)) - 1)"
            )
            settings.put(connection, TEXT_FORM, FORM)
        level(store, index)
        assert asked(store, index, "周五前") == set()
        before = index.reach()
        at = fold_replies(store.store)
        assert at is not None
        assert store.ask(lambda r: found(r, meaning_of(r, "修好"))).missing == 3  # type: ignore[union-attr]
        while at is not None:
            at = fold_replies(store.store, at)
        assert index.reach() == before, "the index was not made anew"
        level(store, index)
        assert asked(store, index, "周五前") == {row.id for row in rows}
        assert store.ask(lambda r: settings.get(r.connection, REPLIES_LEFT, int)) == 0
        assert fold_replies(store.store) is None


def test_a_half_built_index_answers_at_once_and_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a million cases are indexed a keystroke reads the newest texts only; a patient question reads the rest."""
    monkeypatch.setattr(finding, "SCANNED_AT_ONCE", 10)
    monkeypatch.setattr("desktop.models.store.search_fill._NEW", 20)
    rows = [make_ticket(title=f"第{n}号路灯不亮") for n in range(60)]
    with desk(tmp_path) as (store, index):
        store.pull(*reference_rows(), *rows)
        step(store.store, index)
        hits = store.ask(lambda r: found(replace(r, search=index), meaning_of(r, "路灯不亮")))
        assert hits is not None
        assert (len(hits.rids), hits.missing) == (30, 30)
        assert asked(store, index, "路灯不亮") == {row.id for row in rows}


def test_too_many_to_look_at_are_counted_as_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on the first page has been looked at; how many there are in all is only promised when it is known."""
    monkeypatch.setattr(finding, "CHECKED_AT_ONCE", 100)
    real = [make_ticket(title="夜间施工扰民") for _ in range(150)]
    false = [
        make_ticket(title="施工在夜间，间施扰民") for _ in range(150)
    ]  # all the pairs of letters, not the word
    with desk(tmp_path) as (store, index):
        mixed = [row for pair in zip(false, real, strict=True) for row in pair]
        store.pull(*reference_rows(), *mixed)
        level(store, index)

        def answer(r: Reader, *, patient: bool) -> tuple[int, int, bool]:
            r = replace(r, search=index)
            meaning = meaning_of(r, "夜间施工")
            hits = found(r, meaning)
            assert hits is not None
            rids, exact = settled(r, meaning, hits, hits.rids, patient=patient)
            return len(rids), len(finding.checked(r, meaning, rids[:128])), exact

        assert store.ask(lambda r: answer(r, patient=False)) == (172, 128, False)
        assert store.ask(lambda r: answer(r, patient=True)) == (150, 128, True)


@given(st.sets(st.integers(0, 2**63 - 1) | st.integers(0, 1200), max_size=60), st.booleans())
def test_row_ids_are_read_as_they_are_written(found: set[int], many: bool) -> None:
    """A hit read as another number would show a case that does not hold the word."""
    ids = sorted(found)
    with patch.object(row_ids, "_MANY", 0 if many else 20_000):
        assert list(row_ids.ascending_ids(json.dumps(ids, separators=(",", ":")))) == ids
    with patch.object(row_ids, "_PIECE", 5 if many else 200_000):
        assert list(row_ids.row_ids(json.dumps(ids[::-1], separators=(",", ":")))) == ids[::-1]
