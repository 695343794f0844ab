"""Exports of a Chinese hotline: headings, people, reports, refused rows, files of several kinds, mappings that err."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from central.database import Database
from central.importing.mapping import load_mapping
from central.importing.problems import ImportProblem, RowProblem
from central.importing.times import FileTimes
from central.importing.translate import stable_id
from central.matters import merged_with
from central.profile_store import current_profile, store_profile
from central.tables import contact, secret_text
from desktop.models.domain.entities import Category, Place, Ticket, TimelineEntry, Unit
from tests.support.imports import central_database, contents, rows_of, run_import

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAPPING = """
source = "yunzhou"
city_zh = "云州市"
city_en = "Yunzhou"
key = "{工单编号}"

[file]
heading_row = 2

[times]
zone = "Asia/Shanghai"
formats = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M"]
[times.happened]
received_at = "受理时间"
completed_at = "办结时间"
[times.planned]
due_at = "办理时限"

[known_since]
"办理结果" = "办结时间"

[ticket]
number = "{工单编号}"
title = "{标题}"
request_text = "{诉求内容}"
unit_answer = "{办理结果}"
address = "{区}{街道}{地址}"
[ticket.request_type]
text = "{诉求类型}"
values = { "咨询" = "consultation", "求助" = "help", "投诉" = "complaint", "举报" = "report" }
[ticket.channel]
text = "{来源}"
values = { "电话" = "phone", "微信" = "wechat" }
[ticket.state]
default = "handling"
rules = [{ column = "办结时间", filled = true, value = "completed" }]
[ticket.enterprise]
text = "{企业}"
values = { "是" = "true", "否" = "false" }
default = "false"

[unit]
key = "{承办单位}"
name = "{承办单位}"
[category]
levels = ["{一级类别}", "{二级类别}"]
[place]
levels = ["{区}", "{街道}"]
[contact]
name = "{姓名}"
phone = "{电话}"
form_of_address = { text = "{性别}", values = { "男" = "先生", "女" = "女士" }, default = "" }

[[timeline]]
kind = "completed"
at = "办结时间"
text = "{办理结果}"
by_unit = true
"""
# fmt: off
HEADING = [
    "工单编号", "标题", "诉求内容", "诉求类型", "来源", "企业", "受理时间", "办理时限", "办结时间", "办理结果",
    "承办单位", "一级类别", "二级类别", "区", "街道", "地址", "姓名", "性别", "电话",
]
# fmt: on


def case(number: str, **cells: Any) -> list[Any]:
    plain: dict[str, Any] = {
        "工单编号": number,
        "标题": "路灯不亮",
        "诉求内容": "张伟来电：路灯不亮三天，回电138 1234 5678。",
        "诉求类型": "求助",
        "来源": "电话",
        "企业": "否",
        "受理时间": datetime(2024, 5, 6, 9, 0),
        "办理时限": datetime(2024, 5, 13, 17, 30),
        "办结时间": None,
        "办理结果": None,
        "承办单位": "市城市管理局",
        "一级类别": "城市管理",
        "二级类别": "路灯",
        "区": "云溪区",
        "街道": "柳河街道",
        "地址": "柳河路12号",
        "姓名": "张伟",
        "性别": "男",
        "电话": "13812345678",
    } | cells
    return [plain[name] for name in HEADING]


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["云州市12345热线工单导出"])
    for row in (HEADING, *rows):
        sheet.append(row)
    book.save(path)
    return path


def csv_file(path: Path, *rows: list[Any], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["云州市12345热线工单导出"])
        writer.writerows([HEADING, *rows])
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "yunzhou.toml"
    path.write_text(MAPPING, "utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with central_database(tmp_path) as opened:
        yield opened


def tickets(database: Database) -> dict[str, Ticket]:
    return {t.number: t for t in rows_of(database, Ticket).values()}


def test_a_spreadsheet_with_chinese_headings_becomes_tickets(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    done = case(
        "20240506002",
        诉求类型="投诉",
        来源="微信",
        企业="是",
        办结时间=datetime(2024, 5, 8, 15, 0),
        办理结果="已修复，经办人电话0571-88880000。",
    )
    path = workbook(tmp_path / "工单.xlsx", case("20240506001"), done)
    outcome = run_import(database, path, "--mapping", mapping)
    assert (outcome.status, outcome.err) == (0, "")
    first, second = tickets(database)["20240506001"], tickets(database)["20240506002"]
    assert first.due_at == datetime(2024, 5, 13, 17, 30, tzinfo=SHANGHAI)
    assert (first.state, first.channel, first.request_type) == ("handling", "phone", "help")
    assert (second.state, second.channel, second.enterprise) == ("completed", "wechat", True)
    unit = rows_of(database, Unit)[first.unit_id]
    assert (unit.name, unit.pinyin) == ("市城市管理局", "shichengshiguanliju scsglj")
    street = rows_of(database, Place)[first.place_id]
    assert (street.name, street.kind) == ("柳河街道", "street")
    assert rows_of(database, Place)[street.parent_id].name == "云溪区"
    assert rows_of(database, Category)[first.category_id].depth == 2
    (entry,) = rows_of(database, TimelineEntry).values()
    assert (entry.kind, entry.ticket_id, entry.unit_id) == ("completed", second.id, second.unit_id)


def test_a_merged_case_names_the_one_it_was_merged_into(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    """Without it each of five calls about one pipe is supervised by itself, and the unit gets five notices."""
    mapping.write_text(MAPPING.replace("[ticket]", '[ticket]\nmerged_into = "{地址}"', 1), "utf-8")
    rows = [case("1", 地址="1"), case("2", 地址="1"), case("3", 地址="9"), case("4", 地址=None)]
    assert run_import(database, workbook(tmp_path / "a.xlsx", *rows), "--mapping", mapping).status == 0
    found = tickets(database)
    assert found["1"].merged_into == found["4"].merged_into == "", "into itself, or into none, is none"
    assert found["2"].merged_into == found["1"].id
    assert found["3"].merged_into == stable_id(found["3"].source, "ticket", "9"), "known once that comes"
    with database.read() as connection:
        assert merged_with(connection, found["1"]) == (found["2"].id,)


def test_due_times_that_an_export_leaves_out_are_reckoned_by_the_rules_of_their_day(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    """A hotline that tells no time limits still has its overdue cases, and new rules move none of the old ones."""
    asked = 'compute_due = true\n[times.happened]\ndispatched_at = "受理时间"'
    mapping.write_text(MAPPING.replace("[times.happened]", asked), "utf-8")
    rows = [case("1", 诉求类型="投诉", 受理时间=datetime(2024, 4, 30, 10), 办理时限=None), case("2")]
    assert run_import(database, workbook(tmp_path / "a.xlsx", *rows), "--mapping", mapping).status == 0
    first, second = tickets(database)["1"], tickets(database)["2"]
    assert first.due_at == datetime(2024, 5, 10, 17, 30, tzinfo=SHANGHAI), "over the week of the First of May"
    assert first.sign_due_at == datetime(2024, 5, 6, 17, 30, tzinfo=SHANGHAI)
    assert (first.due_rule, first.due_profile) == ("投诉 5个工作日", 1)
    assert second.due_at == datetime(2024, 5, 13, 17, 30, tzinfo=SHANGHAI), "as the export told it"
    assert second.due_profile == 0
    with database.write() as tx:
        old = current_profile(tx.connection)
        lax = tuple(replace(rule, limit=rule.limit * 2) for rule in old.deadlines)
        newer = replace(old, version=2, effective_from=date(2024, 5, 20), deadlines=lax)
        store_profile(tx, newer, at=datetime(2024, 5, 15, tzinfo=SHANGHAI))
    again = [*rows, case("3", 诉求类型="投诉", 受理时间=datetime(2024, 5, 20, 10), 办理时限=None)]
    assert run_import(database, workbook(tmp_path / "b.xlsx", *again), "--mapping", mapping).status == 0
    assert tickets(database)["1"] == first
    third = tickets(database)["3"]
    assert (third.due_at, third.due_profile) == (datetime(2024, 6, 3, 17, 30, tzinfo=SHANGHAI), 2)


def test_identity_stays_behind_and_texts_travel_redacted(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    """What is in a ticket row reaches desktops: no name, no number, not even in the title or the answer."""
    row = case(
        "1", 标题="张伟反映路灯不亮", 办结时间=datetime(2024, 5, 8), 办理结果="已致电张伟13812345678告知。"
    )
    run_import(database, workbook(tmp_path / "a.xlsx", row), "--mapping", mapping)
    ticket = tickets(database)["1"]
    assert (ticket.requester_label, ticket.phone_tail) == ("张先生", "5678")
    (entry,) = rows_of(database, TimelineEntry).values()
    for text in (ticket.title, ticket.request_text, ticket.unit_answer, entry.text):
        assert "张伟" not in text
        assert "1234" not in text
    with database.read() as connection:
        (person,) = connection.execute(select(contact)).all()
        (secret,) = connection.execute(select(secret_text.c.text)).scalars()
    assert (person.id, person.name, person.phone) == (ticket.contact_id, "张伟", "13812345678")
    assert "138 1234 5678" in secret


def test_tickets_of_one_citizen_share_a_contact_and_a_report_is_secret(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    """All waiting cases of a person are settled in one call; a report's text counts as identity."""
    rows = [case("1"), case("2", 诉求类型="举报", 电话="+86 138-1234-5678"), case("3", 电话="13812345679")]
    run_import(database, workbook(tmp_path / "a.xlsx", *rows), "--mapping", mapping)
    found = tickets(database)
    assert found["1"].contact_id == found["2"].contact_id != found["3"].contact_id
    assert (found["1"].level, found["2"].level) == ("normal", "report")


def test_refused_rows_are_told_with_line_column_and_reason_and_the_rest_is_imported(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    """The hotline's administrator mends the export by this list, without opening the server."""
    rows = [
        case("1", 受理时间="2024-05-06 09:00:00", 办理时限="2024/05/13 17:30"),
        case("", 受理时间="2024-05-06 09:00:00"),
        case("2", 受理时间="昨天"),
        case("3", 受理时间=""),
        case("4", 受理时间="2024-05-06 09:00:00", 来源="=飞鸽"),
        case("5", 受理时间="2024-05-06 09:00:00", 标题=""),
        case("6", 受理时间="2024-05-06 09:00:00", 标题="长" * 201),
        case("1", 受理时间="2024-05-06 09:00:00"),
        case("7", 受理时间="2024-05-06 09:00:00")[:-1],
        case("8", 受理时间="2024-05-06 09:00:00", 诉求内容="两行\n一格"),
        case("9", 受理时间="2024-05-06 09:00:00", 承办单位="=cmd|calc"),
    ]
    path = csv_file(tmp_path / "a.csv", *[["" if c is None else c for c in row] for row in rows])
    with path.open("ab") as stream:
        stream.write(b"10,\xc2\xb7\xb5\xc6" + b"," * 17 + b"\r\n")  # GB18030 in a file said to be UTF-8
    rejects = tmp_path / "refused.csv"
    outcome = run_import(database, path, "--mapping", mapping, "--rejects", rejects)
    assert outcome.status == 3
    assert f"9 rows refused, listed in {rejects}" in outcome.out
    assert set(tickets(database)) == {"1", "8", "9"}
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        told = list(csv.DictReader(stream))
    assert [(t["line"], t["column"]) for t in told] == [
        ("4", "工单编号"),
        ("5", "受理时间"),
        ("6", "受理时间"),
        ("7", "来源"),
        ("8", "标题"),
        ("9", "标题"),
        ("10", "工单编号"),
        ("11", ""),
        ("15", ""),  # the record before it has a line end inside a cell
    ]
    assert "what '=飞鸽' becomes" in told[3]["reason"]
    assert not any(cell.startswith("=") for t in told for cell in t.values())


def test_a_zip_of_a_csv_and_a_spreadsheet_is_one_import(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    first = csv_file(tmp_path / "a.csv", ["" if c is None else c for c in case("1")])
    second = workbook(tmp_path / "b.xlsx", case("2"))
    bundle = tmp_path / "may.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(first, "五月/a.csv")
        archive.write(second, "五月/b.xlsx")
        archive.writestr("__MACOSX/五月/._a.csv", "")
        archive.writestr("说明.txt", "两个文件")
    outcome = run_import(database, bundle, "--mapping", mapping)
    assert outcome.status == 0, outcome.err
    assert set(tickets(database)) == {"1", "2"}
    before = contents(database)
    for part in (first, second):
        assert run_import(database, part, "--mapping", mapping).status == 0
    assert contents(database) == before


def test_a_chinese_encoding_is_named_in_the_mapping(
    database: Database, mapping: Path, tmp_path: Path
) -> None:
    mapping.write_text(MAPPING.replace("[file]\n", '[file]\nencoding = "gb18030"\n'), "utf-8")
    row = ["" if c is None else c for c in case("1")]
    path = csv_file(tmp_path / "a.csv", row, encoding="gb18030")
    assert run_import(database, path, "--mapping", mapping).status == 0
    assert tickets(database)["1"].title == "路灯不亮"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('number = "{工单编号}"\n', 'nummer = "{工单编号}"\n'), "does not say what becomes number"),
        (('title = "{标题}"', 'title = "{标题}"\ncolour = "red"'), "knows no field colour"),
        (('zone = "Asia/Shanghai"', 'zone = "Asia/Atlantis"'), "unknown time zone 'Asia/Atlantis'"),
        (('"办理结果" = "办结时间"', '"办理结果" = "办结日期"'), "known since 办结日期"),
        (('key = "{工单编号}"', 'key = "1"'), "all records would be one ticket"),
        (("[unit]", "[unti]"), "unknown field `unti`"),
        (('source = "yunzhou"', "source ="), "is not right"),
    ],
)
def test_a_mapping_that_errs_is_told_before_anything_is_read(
    mapping: Path, change: tuple[str, str], said: str
) -> None:
    assert change[0] in MAPPING
    mapping.write_text(MAPPING.replace(*change), "utf-8")
    with pytest.raises(ImportProblem, match=said):
        load_mapping(mapping)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "cannot read"),
        ("empty.csv", b"", "is empty"),
        ("other.csv", "导出\n编号,标题\n1,2\n".encode(), "the file has no column"),
        ("double.csv", "导出\n标题,标题\n".encode(), "two columns of the name 标题"),
    ],
)
def test_a_file_that_is_something_else_is_refused_as_a_whole(
    database: Database, mapping: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    outcome = run_import(database, tmp_path / name, "--mapping", mapping)
    assert outcome.status == 1
    assert said in outcome.err
    assert not tickets(database)


def test_the_two_hours_a_wall_clock_does_not_tell() -> None:
    """Summer time ends: the first of two hours. It begins: the missing hour is moved on. Both are counted."""
    times = FileTimes(ZoneInfo("America/New_York"), ("%Y-%m-%d %H:%M:%S",))
    assert times.moment("2011-11-06 01:30:00", "t") == datetime(2011, 11, 6, 5, 30, tzinfo=UTC)
    assert times.moment("2011-11-06 02:30:00", "t") == datetime(2011, 11, 6, 7, 30, tzinfo=UTC)
    assert times.moment("2012-03-11 02:30:00", "t") == datetime(2012, 3, 11, 7, 30, tzinfo=UTC)
    assert times.moment("2012-03-11 03:30:00", "t") == datetime(2012, 3, 11, 7, 30, tzinfo=UTC)
    assert (times.repeated, times.left_out) == (1, 1)
    assert times.moment("", "t") is None
    assert times.moment("2059-12-31 19:00:00", "t") == datetime(2060, 1, 1, 0, 0, tzinfo=UTC)
    for nonsense in ("9999-12-31 23:59:59", "2011-02-30 00:00:00", "2011-11-06"):
        with pytest.raises(RowProblem):
            times.moment(nonsense, "t")
