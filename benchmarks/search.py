"""The search of ten thousand, a hundred thousand and a million cases: building the index, and the first page of hits.

Each question is a fragment drawn from the cases themselves, asked in turn of the floor (the bare full-text query by the
raw driver), of ours (found, ordered by the list's columns, looked at, rows of the first page) and, once, of what a
desktop without an index would do: reading every text.
"""

from __future__ import annotations

import random
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.desk_store import KEY, NOW, OFFICER, made_store
from benchmarks.figures import Line, Samples, Section
from desktop.models.domain.clock import SystemClock
from desktop.models.store import driver
from desktop.models.store.engine import Store, open_store
from desktop.models.store.search_fill import fold_texts, index_of, prepare, step
from desktop.models.store.search_index import SearchIndex, all_of
from desktop.services.queries.base import Reader
from desktop.services.queries.filters import TicketFilter
from desktop.services.queries.hot.lists import HotLists
from desktop.services.queries.reference import load_reference
from desktop.services.queries.search.language import read
from desktop.services.queries.search.meaning import meaning_of
from desktop.services.queries.tickets import ticket_ids
from desktop.views.common.ticket_list.columns import fetch

PAGE = 64
_KINDS: tuple[tuple[str, int], ...] = (
    ("one character", 1),
    ("two characters", 2),
    ("four characters", 4),
    ("nine characters", 9),
    ("two words of three", 3),
    ("a number", 0),
    ("the last six digits of a number", 6),
)
_PLAIN = "reading every text (no index)"
_decode = msgspec.json.Decoder(list[int])


def measure(folder: Path, *, sizes: tuple[int, ...], questions: int) -> tuple[Section, ...]:
    """A section a size; stores are made in ``folder`` or found there. The index is always made anew, and that of the
    last size stays for whoever measures its store next."""
    return tuple(_measured(folder, size, questions) for size in sizes)


def _measured(folder: Path, size: int, questions: int) -> Section:
    store = open_store(made_store(folder, size), KEY)
    try:
        with closing(index_of(store, KEY)) as index:
            index.open()
            index.renew()
            built, cpu = _build(store, index)
            weight = sum(file.stat().st_size for file in folder.glob(f"{index.path.name}*")) / 1e6
            lines = _ask(store, index, random.Random(size), questions)
    finally:
        store.close()
    made = [
        Line("index: built in one go, beside nothing else", Samples([built]), rows=size),
        Line("index: processor time of it", Samples([cpu]), rows=size),
    ]
    note = (
        f"Encrypted store and index, all tickets, order of the list; a page is {PAGE} rows, looked at and marked. The "
        f"index weighs {weight:,.0f} MB. Each figure is over {questions} questions drawn from the cases."
    )
    return Section(f"Search in {size:,} cases", (*made, *lines), note)


def _build(store: Store, index: SearchIndex) -> tuple[float, float]:
    at: int | None = 0
    while at is not None:
        at = fold_texts(store, at)
    prepare(store, index)
    began, used = time.perf_counter(), time.process_time()
    while step(store, index).more:
        pass
    while index.tidy():
        pass
    return time.perf_counter() - began, time.process_time() - used


def _ask(store: Store, index: SearchIndex, rng: random.Random, questions: int) -> list[Line]:
    lines: list[Line] = []
    hot = HotLists(store.tickets, SystemClock().monotonic)
    hot.load(store.read, OFFICER.person_id, lambda: False)
    with (
        closing(driver.connect(index.path, KEY, read_only=True)) as bare,
        reading(store, index, hot) as reader,
    ):
        first, first_cpu = Samples(), Samples()
        for kind, length in _KINDS:
            floor, floor_cpu, ours, ours_cpu = Samples(), Samples(), Samples(), Samples()
            for _ in range(questions):
                text = _question(reader, rng, kind, length)
                _time(partial(_bare, bare, text), floor, floor_cpu)
                _time(partial(_first_page, reader(), text), ours, ours_cpu)
            if kind != "one character":
                first.values += ours.values
                first_cpu.values += ours_cpu.values
            lines += [
                Line(f"floor: full-text query alone: {kind}", floor),
                Line(f"first page: {kind}", ours, of=f"floor: full-text query alone: {kind}"),
                Line(f"floor, processor time: {kind}", floor_cpu),
                Line(f"first page, processor time: {kind}", ours_cpu, of=f"floor, processor time: {kind}"),
            ]
        lines.append(Line("first page: all of two characters and more", first))
        lines.append(Line("the same, processor time", first_cpu))
        some = _question(reader, rng, "four characters", 4)
        plain, plain_cpu = Samples(), Samples()
        for _ in range(3):
            _time(lambda: _read_all(reader(), some), plain, plain_cpu)
        lines.append(Line(_PLAIN, plain, of="first page: four characters"))
        lines.append(
            Line(
                "the same texts, processor time", plain_cpu, of="first page, processor time: four characters"
            )
        )
    return lines


@contextmanager
def reading(store: Store, index: SearchIndex, hot: HotLists) -> Iterator[Callable[[], Reader]]:
    """Makes a reader a question, as the reading lane does."""
    from central.profiles import default_profile

    profile = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
    with store.read() as connection:
        reference = load_reference(connection)
        columns = hot.fresh(connection, OFFICER.person_id)

        def reader() -> Reader:
            return Reader(
                connection=connection, now=NOW, profile=profile, me=OFFICER, reference=reference,
                search=index, hot=columns,
            )  # fmt: skip

        yield reader


def _question(reader: Callable[[], Reader], rng: random.Random, kind: str, length: int) -> str:
    """A fragment of a case drawn by chance, on one line and without what the language would read otherwise."""
    run = reader().connection.exec_driver_sql
    newest = int(run("SELECT max(rid) FROM ticket_text").scalar_one())
    while True:
        number, *lines = str(
            run("SELECT text FROM ticket_text WHERE rid >= ? LIMIT 1", (rng.randint(1, newest),)).scalar()
        ).split("\n")
        if kind == "a number":
            return number
        if kind.startswith("the last"):
            return number[-length:]
        line = rng.choice([line for line in lines if len(line) > 2 * length])
        parts = 2 if kind.startswith("two words") else 1
        places = [rng.randrange(len(line) - length) for _ in range(parts)]
        text = " ".join(line[at : at + length] for at in places)
        if len(text.split()) == parts and len(read(text).words) == parts and not read(text).fields:
            return text


def _first_page(reader: Reader, text: str) -> int:
    found = ticket_ids(reader, TicketFilter(queue="all", text=text))
    rows = fetch(reader, found.rids[:PAGE], text)
    if len(rows) != min(PAGE, len(found.rids)):
        raise AssertionError("a row of the first page was no hit")
    return len(found.rids)


def _bare(connection: Any, text: str) -> int:
    """What any desktop would ask of such an index: the row ids that hold every gram, as an array."""
    from desktop.models.domain.search_text import grams_to_find

    grams = [gram for word in read(text).words for gram in grams_to_find(word.text)[0]]
    body = connection.execute(
        "SELECT json_group_array(rowid) FROM grams WHERE grams MATCH ?", (all_of(grams),)
    ).fetchone()[0]
    return len(array("q", _decode.decode(body)))


def _read_all(reader: Reader, text: str) -> int:
    word = meaning_of(reader, text).query.words[0].text
    statement = "SELECT json_group_array(rid) FROM ticket_text WHERE instr(text, ?) > 0"
    return len(_decode.decode(reader.connection.exec_driver_sql(statement, (word,)).scalar_one()))


def _time(work: Callable[[], object], seconds: Samples, cpu: Samples) -> None:
    """Both are kept: on a machine with other work the processor time says what a quiet one would take."""
    began, used = time.perf_counter(), time.process_time()
    work()
    seconds.add(time.perf_counter() - began)
    cpu.add(time.process_time() - used)
