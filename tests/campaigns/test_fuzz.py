"""Seven fuzzers against whatever reads what somebody else wrote: nothing raises but what it says it raises."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st
from openpyxl import load_workbook

from central.cursors import Place, decode_cursor, encode_cursor
from central.problems import ProblemError
from desktop.models.domain.attachments import BadFile, inspect, safe_name
from desktop.models.domain.differences import differences
from desktop.models.domain.fold import Actor, FoldContext, Refused, fold
from desktop.models.domain.harmless import harmless
from desktop.models.domain.operations import (
    BadOperation,
    Operation,
    decode_operation,
    own_words,
    touches,
    upcast,
)
from desktop.models.domain.search_text import hit_ranges
from desktop.models.domain.wire import Me
from desktop.models.store.search_fill import index_of, prepare, step
from desktop.services.api import exchange
from desktop.services.api.errors import ApiError, BadReply
from desktop.services.api.transport import Reply
from desktop.services.documents.csv_list import ListCsv
from desktop.services.documents.spreadsheet import ListSheet
from desktop.services.documents.values import SheetColumn
from desktop.services.queries.filters import TicketFilter
from desktop.services.queries.search.completion import completions
from desktop.services.queries.tickets import ticket_ids, ticket_rows
from tests.support.builders import (
    NOW,
    OFFICER,
    make_finding,
    make_notice,
    make_ticket,
    make_visit,
    reference_rows,
)
from tests.support.fuzz import fuzz
from tests.support.fuzz_cases import CASES
from tests.support.hostile import payloads
from tests.support.operations import every_operation
from tests.support.stores import KEY as STORE_KEY
from tests.support.stores import open_desk_store, profile
from tools.campaigns import first_seed, report, size_of

Fuzzer = tuple[st.SearchStrategy[Any], Callable[[Any], None]]

KEY = b"k" * 32
HERE = Place("00" * 16, "p-officer", 1, 500)
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=300), st.sampled_from(list(payloads().values()))
)

pytestmark = pytest.mark.timeout(3_600)


def cursor_fuzzer(_: Path) -> Fuzzer:
    """A cursor is ours or refused: a position nobody gave would skip rows."""
    mine = [encode_cursor(KEY, Place(HERE.epoch, HERE.person_id, 1, at)) for at in (0, 7, 500)]

    def target(cursor: str) -> None:
        with suppress(ProblemError):
            assert decode_cursor(KEY, cursor, HERE) in (0, 7, 500)
            assert cursor in mine

    return st.one_of(TEXTS, st.sampled_from(mine).flatmap(_damaged)), target


def operation_fuzzer(_: Path) -> Fuzzer:
    """A body is read or refused, also one that an older or newer program wrote."""
    bodies = [msgspec.json.encode(op) for op in _operations()]

    def target(body: bytes) -> None:
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            op = decode_operation(body)
            own_words(op)
            with suppress(BadOperation):
                touches(upcast(op))

    edited = st.sampled_from(bodies).flatmap(
        lambda body: st.builds(_cut, st.just(body), st.integers(0, 999), st.binary(max_size=9))
    )
    wild = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
        max_leaves=12,
    )
    swapped = st.builds(_swapped, st.sampled_from(bodies), st.integers(0, 40), wild)
    return st.one_of(edited, swapped, st.binary(max_size=200)), target


def search_fuzzer(folder: Path) -> Fuzzer:
    """A search finds or does not; it never fails, finds by the index what the texts say, and marks nothing outside."""
    stack = open_desk_store(folder)
    store = stack.__enter__()
    _open.append(lambda: stack.__exit__(None, None, None))
    store.pull(*reference_rows(), *(make_ticket(title=text[:200]) for text in payloads().values()))
    index = index_of(store.store, STORE_KEY)
    _open.append(index.close)
    prepare(store.store, index)
    while step(store.store, index).more:
        pass

    def target(text: str) -> None:
        wanted = TicketFilter(queue="all", text=text)
        with store.reader() as r:
            plain = ticket_ids(r, wanted)
            by_index = msgspec.structs.replace(r, search=index)
            assert ticket_ids(by_index, wanted).rids == plain.rids
            completions(by_index, text)
            for row in ticket_rows(r, plain.rids[:5]):
                ranges = hit_ranges(row.title, plain.search.words if plain.search else ())
                assert all(0 <= begin < end <= len(row.title) for begin, end in ranges)

    return TEXTS, target


def file_name_fuzzer(_: Path) -> Fuzzer:
    """A name shows what it is, whatever the bytes; only what both agree on is taken."""

    def target(file: tuple[str, bytes]) -> None:
        name, data = file
        shown = safe_name(name)
        assert len(shown) <= 200
        assert harmless(shown) == shown
        assert not set("/\\\n\t").intersection(shown)
        with suppress(BadFile):
            inspect(shown, len(data), lambda start, length: data[start : start + length])

    ends = st.sampled_from(
        ["", ".jpg", ".png", ".docx", ".exe", ".jpg.exe", ".webp", ".pdf", ".txt", ".bmp", ".gif", ".m4a"]
    )
    heads = st.sampled_from(
        [
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"PK\3\4",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"BM",
            b"GIF89a",
            b"",
        ]
    )
    tails = st.sampled_from([b"", b"PK\5\6" + bytes(18), b"\xff\xc0\0\x11"])
    data = st.builds(lambda a, b, c: a + b + c, heads, st.binary(max_size=120), tails)
    return st.tuples(st.builds(lambda a, b: a + b, TEXTS, ends), data), target


def cell_fuzzer(folder: Path) -> Fuzzer:
    """A cell is the text it was; nothing is calculated, and no text breaks out of its row."""

    def target(cells: list[str]) -> None:
        columns = [SheetColumn("一"), SheetColumn("二")]
        listed = ListCsv(folder / "list.csv", columns)
        listed.add([(cell, "尾") for cell in cells])
        listed.finish()
        lines = list(csv.reader(StringIO((folder / "list.csv").read_text(encoding="utf-8-sig"))))
        assert [line[1] for line in lines[1:]] == ["尾"] * len(cells)
        assert not any(line[0].lstrip().startswith(("=", "+", "-", "@", "＝")) for line in lines[1:])
        sheet = ListSheet(folder / "list.xlsx", "清单", columns)
        sheet.add([(cell, "尾") for cell in cells])
        sheet.finish()
        rows = load_workbook(folder / "list.xlsx").worksheets[0].iter_rows(min_row=2)
        assert all(
            cell.data_type in ("s", "n") and (cell.data_type == "s" or cell.value is None)
            for row in rows
            for cell in row
        )

    return st.lists(TEXTS, min_size=1, max_size=8), target


def problem_fuzzer(_: Path) -> Fuzzer:
    """Whatever a server or somebody between says is one of our errors: an unknown one would end the sync."""

    def target(said: tuple[int, str, dict[str, str], bytes]) -> None:
        status, kind, headers, body = said
        reply = Reply(status, kind, headers, body)
        assert isinstance(exchange._error(reply, "/sync/changes"), ApiError)
        with suppress(BadReply):
            exchange.decode(reply, Me)

    kinds = st.sampled_from(["application/problem+json", "application/json", "text/html", ""])
    waits = st.one_of(
        st.text(max_size=40), st.from_regex(r"\A[0-9²٣]{1,30}\Z"), st.just("Wed, 21 Oct 2015 07:28:00 GMT")
    )
    headers = st.fixed_dictionaries({}, optional={"Retry-After": waits, "Date": waits})
    problem = st.fixed_dictionaries(
        {},
        optional={
            "status": st.integers(),
            "code": TEXTS.map(_sendable),
            "retry": st.text(max_size=9),
            "errors": st.lists(st.none()),
        },
    ).map(lambda found: json.dumps(found).encode())
    return st.tuples(
        st.integers(100, 599), kinds, headers, st.one_of(problem, st.binary(max_size=300))
    ), target


def merge_fuzzer(_: Path) -> Fuzzer:
    """Two versions of a text side by side lose nothing of either; an operation onto any row folds or is refused."""
    ticket = make_ticket()
    operations = _operations()
    rows = {("ticket", ticket.id): ticket, ("visit", "v"): make_visit(ticket, id="v")}
    ctx = FoldContext(actor=Actor(id=OFFICER.person_id, name=OFFICER.name), at=NOW, profile=profile())

    def target(said: tuple[Any, ...]) -> None:
        before, after, *rest = said
        pieces = differences(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
        for op, field in rest:
            odd = msgspec.structs.replace(
                op, payload={key: (before if key == field else value) for key, value in op.payload.items()}
            )
            with suppress(Refused, BadOperation):
                fold(odd, rows, ctx)

    some = st.sampled_from(operations).flatmap(
        lambda op: st.tuples(st.just(op), st.sampled_from([*op.payload, ""]))
    )
    parts = st.text(st.sampled_from("甲乙。！ \nab0"), max_size=80)
    return st.tuples(TEXTS | parts, TEXTS | parts, some), target


FUZZERS: dict[str, Callable[[Path], Fuzzer]] = {
    "cursor": cursor_fuzzer,
    "operation": operation_fuzzer,
    "search": search_fuzzer,
    "file name": file_name_fuzzer,
    "cell": cell_fuzzer,
    "problem": problem_fuzzer,
    "merge": merge_fuzzer,
}
_open: list[Callable[[], object]] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while _open:
        _open.pop()()


@pytest.mark.parametrize("name", FUZZERS)
def test_nothing_raises_but_what_it_says(name: str, tmp_path: Path) -> None:
    """One odd byte from outside must not end a sync, a search or an export."""
    inputs, target = FUZZERS[name](tmp_path)
    for case in CASES[name].values():
        target(case)
    done = 0
    try:
        done = fuzz(inputs, target, seconds=size_of("fuzz"), first_seed=first_seed())
    finally:
        found = {f"{name.replace(' ', '_')}_inputs": f"{done:,}"}
        report("fuzz", done=size_of("fuzz"), violations=int(done == 0), **found)


def _operations() -> list[Operation]:
    ticket = make_ticket()
    numbers = iter(range(10_000))
    return list(
        every_operation(
            ticket,
            make_notice(ticket),
            make_finding(ticket),
            make_visit(ticket),
            new_id=lambda: f"i-{next(numbers)}",
        )
    )


def _damaged(text: str) -> st.SearchStrategy[str]:
    return st.builds(
        lambda at, new: text[: at % len(text)] + new + text[at % len(text) + 1 :],
        st.integers(0, 99),
        st.text(max_size=2),
    )


def _cut(body: bytes, at: int, new: bytes) -> bytes:
    at %= len(body)
    return body[:at] + new + body[at + len(new) :]


def _swapped(body: bytes, which: int, value: Any) -> bytes:
    """One member of the object, or of its payload, is something else."""
    tree = json.loads(body)
    within = tree["payload"] if which % 2 and tree.get("payload") else tree
    within[sorted(within)[which % len(within)]] = value
    return json.dumps(tree).encode("utf-8", "surrogatepass")


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
