"""What a city's channel for text messages, web pages or robot calls reports of return visits: one result a record.

CSV or XLSX with a heading, or JSON (a list, or one object a line); headings and codes in English or Chinese, as
`docs/import.md` lists them. Reads and judges each record by itself; knows nothing of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from desktop.models.domain.entities import Answers, VisitMode
from desktop.models.domain.redaction import redact

from .mapping import FileOptions
from .problems import ImportProblem, RowProblem
from .reading import read_tables
from .times import FileTimes

Outcome = Literal["answered", "no_reply", "failed", "refused"]
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%S%z")
_LONGEST = 20_000

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "流水号"),
    "ticket": ("ticket", "工单编号"),
    "mode": ("mode", "回访方式"),
    "at": ("at", "时间"),
    "result": ("result", "结果"),
    "contacted": ("contacted", "是否联系"),
    "resolved": ("resolved", "是否解决"),
    "satisfied_result": ("satisfied_result", "结果满意度"),
    "satisfied_attitude": ("satisfied_attitude", "态度满意度"),
    "note": ("note", "留言"),
}
_REQUIRED = ("ref", "ticket", "mode", "at", "result")
_CODES: Mapping[str, Mapping[str, str]] = {
    "mode": {
        "sms": "sms", "短信": "sms", "短信回访": "sms",
        "web": "web", "网站": "web", "微信": "web",
        "robot": "robot", "智能回访": "robot", "智能外呼": "robot",
    },
    "result": {
        "answered": "answered", "已答复": "answered",
        "no_reply": "no_reply", "未答复": "no_reply",
        "failed": "failed", "发送失败": "failed", "未接通": "failed",
        "refused": "refused", "拒绝": "refused", "拒绝回访": "refused",
    },
    "contacted": {
        "yes": "yes", "是": "yes", "no": "no", "否": "no",
        "cannot_remember": "cannot_remember", "记不清": "cannot_remember",
    },
    "resolved": {
        "resolved": "resolved", "已解决": "resolved",
        "partly": "partly", "部分解决": "partly",
        "not_resolved": "not_resolved", "未解决": "not_resolved",
    },
    "satisfied_result": {
        "very_satisfied": "very_satisfied", "非常满意": "very_satisfied",
        "satisfied": "satisfied", "满意": "satisfied",
        "basically_satisfied": "basically_satisfied", "基本满意": "basically_satisfied",
        "dissatisfied": "dissatisfied", "不满意": "dissatisfied",
        "very_dissatisfied": "very_dissatisfied", "非常不满意": "very_dissatisfied",
        "no_rating": "no_rating", "不评价": "no_rating",
    },
}  # fmt: skip
_ANSWERED = ("contacted", "resolved", "satisfied_result", "satisfied_attitude")


class Result(Struct, frozen=True, kw_only=True):
    """One result. ``ref`` is the channel's own number: told again under it, a result changes nothing."""

    ref: str
    ticket: str
    mode: VisitMode
    at: datetime
    outcome: Outcome
    answers: Answers | None = None


class Line(Struct, frozen=True):
    """Where a record stands in its file, and what it tells, or why it cannot be read."""

    file: str
    number: int
    told: Result | RowProblem


def read_results(path: Path, times: FileTimes) -> Iterator[Line]:
    """The records in the file's order. Raises :class:`ImportProblem`."""
    records = _json_records(path) if path.suffix.lower() in (".json", ".jsonl") else _table_records(path)
    for name, number, cells in records:
        try:
            yield Line(name, number, cells if isinstance(cells, RowProblem) else _result(cells, times))
        except RowProblem as problem:
            yield Line(name, number, problem)


def new_times(zone: ZoneInfo) -> FileTimes:
    """How times of such files are written; those without an offset are of the office's zone."""
    return FileTimes(zone, _FORMS)


def _table_records(path: Path) -> Iterator[tuple[str, int, dict[str, str] | RowProblem]]:
    with closing(read_tables(path, FileOptions())) as tables:
        for table in tables:
            fields = _fields_of(table.columns)
            for record in table.records:
                if record.problem:
                    yield table.name, record.line, RowProblem("", record.problem)
                else:
                    yield table.name, record.line, {f: record.cells[i] for f, i in fields.items()}


def _fields_of(columns: tuple[str, ...]) -> dict[str, int]:
    found = {
        field: columns.index(name) for field, names in _HEADINGS.items() for name in names if name in columns
    }
    missing = [" / ".join(_HEADINGS[field]) for field in _REQUIRED if field not in found]
    if missing:
        raise ImportProblem(f"the file has no column {', '.join(missing)}")
    return found


def _json_records(path: Path) -> Iterator[tuple[str, int, dict[str, str] | RowProblem]]:
    try:
        data = path.read_bytes()
        listed = data.lstrip()[:1] == b"["
        parts = msgspec.json.decode(data, type=list[msgspec.Raw]) if listed else data.splitlines()
    except OSError as error:
        raise ImportProblem(f"cannot read {path}: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise ImportProblem(f"{path.name} is not JSON: {error}") from error
    for number, part in enumerate(parts, 1):
        if not bytes(part).strip():
            continue
        try:
            told = msgspec.json.decode(part, type=dict[str, str])
        except msgspec.DecodeError as error:
            yield path.name, number, RowProblem("", str(error))
            continue
        yield (
            path.name,
            number,
            {f: told[name] for f, names in _HEADINGS.items() for name in names if name in told},
        )


def _result(cells: Mapping[str, str], times: FileTimes) -> Result:
    for field in _REQUIRED:
        if not cells.get(field, "").strip():
            raise RowProblem(_HEADINGS[field][0], "is empty")
    at = times.moment(cells["at"].strip(), "at")
    assert at is not None  # it was found not to be blank
    outcome = _code("result", cells["result"])
    return Result(
        ref=cells["ref"].strip(),
        ticket=cells["ticket"].strip(),
        mode=_code("mode", cells["mode"]),
        at=at,
        outcome=outcome,
        answers=_answers(cells) if outcome == "answered" else None,
    )


def _answers(cells: Mapping[str, str]) -> Answers:
    """What was answered. The channel wrote to the number on file: that is all the identity it can confirm."""
    given = {name: _code(name, cells[name]) for name in _ANSWERED if cells.get(name, "").strip()}
    note = redact(cells.get("note", "").strip()[:_LONGEST])
    return msgspec.convert({"identity_confirmed": True, "note": note, **given}, Answers)


def _code(field: str, text: str) -> Any:
    known = _CODES["satisfied_result" if field == "satisfied_attitude" else field]
    code = known.get(text.strip())
    if code is None:
        raise RowProblem(field, f"{text.strip()[:40]!r} is none of {', '.join(known)}")
    return code
