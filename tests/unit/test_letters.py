"""Letters of supervision: laid out as an official letter is, from a template a city may edit, masked, never calculated.

The files are read here by the standard's own XML, not by the library that wrote them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication

from desktop.models.domain.entities import Row
from desktop.models.domain.letters import KINDS, RUNG_KINDS, LetterKind, LetterRules, NoLetter
from desktop.services.documents.letters.folder import copy_templates, look_through
from desktop.services.documents.letters.marks import filled, marks_in
from desktop.services.documents.letters.paper import CannotPaint
from desktop.services.documents.letters.template import FILES, Template, TemplateTrouble, template_of
from desktop.services.queries.base import Reader
from desktop.services.queries.letters import LetterFacts, letter_facts
from tests.support.builders import (
    LIAISON,
    NOW,
    make_notice,
    make_person,
    make_ticket,
    make_unit,
    reference_rows,
)
from tests.support.letters import SHIPPED, W, facts_of, lines_of, make, part
from tests.support.pdf_text import text_of
from tests.support.stores import DeskStore, open_desk_store
from tools import letter_templates

Remake = Callable[[str], str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        opened.pull(*reference_rows(), make_unit("u-env", "市生态环境局"))
        yield opened


def _asked(kind: LetterKind, object_id: str, r: Reader) -> LetterFacts | NoLetter | None:
    return letter_facts(r, kind, object_id)


def city_template(folder: Path, kind: LetterKind, title: str, remake: Remake) -> Path:
    """A city's own copy of a template with its text changed, as a word processor would have saved it."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{title}.docx"
    with zipfile.ZipFile(SHIPPED / FILES[kind]) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, remake(content.decode()) if name == "word/document.xml" else content)
    return path


def test_a_notice_is_laid_out_as_the_standard_for_official_letters_says(
    store: DeskStore, tmp_path: Path
) -> None:
    """A letter with other margins, lines or typefaces comes back from the unit's registry."""
    ticket = make_ticket(assist_unit_ids=("u-env",))
    issued = {"state": "issued", "number": "云热督〔2026〕15号", "issued_at": NOW, "approver_name": "赵立"}
    notice = make_notice(
        ticket, **issued, reply_due_at=NOW + timedelta(days=3), ground="一、逾期\n二、未联系"
    )
    store.pull(ticket, notice)
    path = make(store, facts_of(store, "notice", notice), tmp_path / "letter.docx")
    document, styles = part(path, "document"), part(path, "styles")
    margins = document.find(f".//{W}pgMar")
    size = document.find(f".//{W}pgSz")
    assert margins is not None
    assert size is not None
    assert {side: margins.get(f"{W}{side}") for side in ("top", "bottom", "left", "right")} == {
        "top": "2098",  # 37 mm in twentieths of a point
        "bottom": "1984",
        "left": "1587",
        "right": "1474",
    }
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    look = {each.get(f"{W}styleId"): each for each in styles.iter(f"{W}style")}
    spacing = look["Normal"].find(f".//{W}spacing")
    assert spacing is not None
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("560", "exact")
    faces = {name: each.find(f".//{W}rFonts") for name, each in look.items()}
    named = {n: (f.get(f"{W}eastAsia"), f.get(f"{W}ascii")) for n, f in faces.items() if f is not None}
    assert named["Normal"] == ("仿宋_GB2312", "仿宋_GB2312")
    assert named["LetterTitle"] == ("方正小标宋简体", "方正小标宋简体")
    sizes = {name: each.find(f".//{W}sz") for name, each in look.items()}
    assert {
        n: s.get(f"{W}val") for n, s in sizes.items() if s is not None and n in ("Normal", "LetterTitle")
    } == {
        "Normal": "32",
        "LetterTitle": "44",
    }
    other = {f.get(f"{W}name"): f for f in part(path, "fontTable").iter(f"{W}font")}
    alias = other["方正小标宋简体"].find(f"{W}altName")
    assert alias is not None
    assert alias.get(f"{W}val") == "FZXiaoBiaoSong-B05S"
    lines = lines_of(path)
    assert lines[:3] == ["云州市人民政府办公室", "督办单", "云热督〔2026〕15号"]
    assert "市政道路管理处：" in lines
    assert lines[lines.index("一、督办事由") + 1 :][:2] == ["一、逾期", "二、未联系"], (
        "each line its own paragraph"
    )
    assert (
        "请于2024年5月17日9时30分前将办理结果及有关材料书面反馈。逾期未反馈的，将按规定进一步督办。" in lines
    )
    assert "2024年5月14日" in lines
    assert "抄送：市生态环境局。" in lines
    assert not [line for line in lines if "{{" in line or "草" in line]


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_templates_are_what_their_source_says(kind: LetterKind) -> None:
    """Somebody mends a text in the source and forgets to write the files: units would receive the old one."""
    assert (SHIPPED / FILES[kind]).read_bytes() == letter_templates.build(kind)


def test_what_nobody_has_signed_says_so_in_every_template(store: DeskStore, tmp_path: Path) -> None:
    """A draft that looks like a letter is a letter: a unit would act on what the chief has not approved."""
    ticket = make_ticket()
    notice = make_notice(ticket, state="submitted")
    store.pull(ticket, notice)
    facts = facts_of(store, "notice", notice)
    city = tmp_path / "city"
    city_template(city, "notice", "督办单", lambda xml: xml)
    for folder in (None, city):
        lines = lines_of(make(store, facts, tmp_path / "letter.docx", city=folder))
        assert lines[0] == "草　稿（未签发，不作为正式文件）"
        assert "（未编号）" in lines
        assert "　　年　　月　　日" in lines
        assert "抄送：。" not in lines, "nobody receives a copy: the line is gone, not empty"


def test_a_citizens_words_are_text_and_nothing_else(store: DeskStore, tmp_path: Path) -> None:
    """A matter that names a field, closes a tag or turns the writing round would forge the letter it stands in."""
    evil = "甲{{字号}}</w:t><b>&amp; \u202e反\x00\x0b {% x %} ｛｛签发人｝｝ 电话13812345678 家住幸福路17号3单元501室"
    ticket = make_ticket(title=evil, requester_label="欧阳先生", phone_tail="5678")
    notice = make_notice(ticket, ground=evil, requirement=f"={evil}")
    store.pull(ticket, notice)
    path = make(store, facts_of(store, "notice", notice), tmp_path / "letter.docx")
    text = "\n".join(lines_of(path))
    assert text.count("甲{{字号}}</w:t><b>&amp; 反") == 3
    assert text.count("｛｛签发人｝｝") == 3
    for gone in ("13812345678", "幸福路17号", "501", "欧阳", "\u202e", "\x00"):
        assert gone not in text
    with zipfile.ZipFile(path) as package:
        assert not any(b"\xe6\xac\xa7\xe9\x98\xb3" in package.read(name) for name in package.namelist())


@pytest.mark.parametrize(
    ("change", "kind", "names"),
    [
        (
            lambda xml: xml.replace("{{督办要求}}", "{{督办要求}}{{联系电话}}"),
            "unknown_fields",
            ("联系电话",),
        ),
        (lambda xml: xml.replace("{{字号}}", "云督"), "missing_fields", ("字号",)),
        (lambda xml: xml.replace("{{字号}}", "{{字号"), "broken_mark", ()),
        (lambda xml: xml.replace("</w:body>", ""), "unreadable", ()),
    ],
)
def test_a_citys_template_that_cannot_be_filled_is_told_by_name(
    store: DeskStore, tmp_path: Path, change: Remake, kind: str, names: tuple[str, ...]
) -> None:
    """Filled in all the same, a field that nobody knows would go out to a unit as it was typed."""
    ticket = make_ticket()
    notice = make_notice(ticket)
    store.pull(ticket, notice)
    facts = facts_of(store, "notice", notice)
    path = city_template(tmp_path / "city", "notice", "督办单", change)
    with pytest.raises(TemplateTrouble) as trouble:
        make(store, facts, tmp_path / "letter.docx", city=tmp_path / "city")
    assert (trouble.value.kind, trouble.value.names, trouble.value.path) == (kind, names, path)
    assert make(store, facts, tmp_path / "letter.docx").exists(), "the program's own is still there"


def test_a_word_processor_may_cut_a_mark_into_pieces() -> None:
    """Word does so wherever the spelling checker or the language changes, and shows nothing of it."""
    values = {"字号": "A", "日期": ""}
    assert filled(["前{", "{字", "号}}后{{日", "期}}"], values.__getitem__) == ["前A", "", "后", ""]
    assert filled(["｛｛ 字号 ｝｝", "{{字号}}"], lambda name: "{{日期}}") == ["{{日期}}", "{{日期}}"]
    assert marks_in("{{字号}}与{{ 日期 }}").names == ("字号", "日期")
    assert marks_in("a}}b").broken


def test_whoever_is_complained_of_is_not_written_to_nor_sent_a_copy(store: DeskStore, tmp_path: Path) -> None:
    """The letter would tell the accused that, and about what, somebody has complained."""
    rules = msgspec.structs.replace(store.profile, letters=LetterRules(of_reports=True))
    against = make_ticket(against_unit_id="u-env", assist_unit_ids=("u-env",))
    to_them = make_notice(against, unit_id="u-env")
    to_others = make_notice(against)
    person = make_person(LIAISON)
    by_name = make_ticket(against_person_ids=(LIAISON.person_id,))
    by_stranger = make_ticket(against_person_ids=("p-unknown",))
    report = make_ticket(level="report", request_type="report")
    store.pull(person, against, to_them, to_others, by_name, by_stranger, report)
    asked: tuple[tuple[LetterKind, Row], ...] = (
        ("notice", to_them),
        ("reminder", by_name),
        ("reminder", by_stranger),
        ("reminder", report),
    )
    said = [store.ask(partial(_asked, kind, row.id)) for kind, row in asked]
    assert said == ["letter_accused", "letter_accused", "letter_accused", "letter_report"]
    others = facts_of(store, "notice", to_others)
    assert isinstance(others, LetterFacts)
    assert others.copies == ()
    store.profile = rules
    assert facts_of(store, "reminder", report).kind == "reminder", "a city may allow letters about reports"


def test_a_bulletin_reaches_every_unit_and_so_the_one_complained_of(store: DeskStore) -> None:
    """A card to the unit that handles the case is a letter; the same words to all would reach the accused."""
    ticket = make_ticket(against_unit_id="u-env")
    acts = {rung: make_notice(ticket, rung=rung) for rung in RUNG_KINDS.values()}
    store.pull(ticket, *acts.values())
    assert store.ask(partial(_asked, "bulletin", acts["bulletin"].id)) == "letter_accused"
    assert facts_of(store, "red_card", acts["red_card"]).kind == "red_card"
    bulletin = facts_of(store, "referral", acts["referral"])
    assert isinstance(bulletin, LetterFacts)
    assert bulletin.copies == ()
    assert store.ask(partial(_asked, "red_card", acts["yellow_card"].id)) is None, "another act's letter"


def test_a_pdf_that_would_have_holes_is_not_made(store: DeskStore, tmp_path: Path) -> None:
    """A city's crest or a tracked change would be missing from the PDF without anybody knowing."""
    ticket = make_ticket()
    store.pull(ticket)
    facts = facts_of(store, "reminder", ticket)
    city = tmp_path / "city"
    city_template(
        city,
        "reminder",
        "提醒函",
        lambda xml: xml.replace("<w:body>", "<w:body><w:p><w:r><w:pict/></w:r></w:p>"),
    )
    with pytest.raises(CannotPaint):
        make(store, facts, tmp_path / "letter.pdf", city=city, form="pdf")
    assert make(store, facts, tmp_path / "letter.docx", city=city).exists()


def test_a_city_may_lay_its_letter_out_as_a_form(
    qapp: QGuiApplication, store: DeskStore, tmp_path: Path
) -> None:
    """Many offices know the 督办单 as a table; the fields in its cells are filled, and the PDF has its lines."""
    ticket = make_ticket()
    store.pull(ticket)
    facts = facts_of(store, "reminder", ticket)
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{label}</w:t></w:r></w:p></w:tc>"
        f"<w:tc><w:p><w:r><w:t>{{{{{label}}}}}</w:t></w:r></w:p></w:tc></w:tr>"
        for label in ("工单编号", "事项", "抄送")
    )
    line = '<w:{} w:val="single" w:sz="4" w:color="auto"/>'
    sides = "".join(line.format(side) for side in ("top", "left", "insideH", "insideV"))
    table = (
        f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>"
        f'<w:gridCol w:w="2000"/><w:gridCol w:w="6845"/></w:tblGrid>{rows}</w:tbl>'
    )
    city = tmp_path / "city"
    city_template(city, "reminder", "提醒函", lambda xml: xml.replace("<w:body>", f"<w:body>{table}"))
    lines = lines_of(make(store, facts, tmp_path / "letter.docx", city=city))
    assert lines[:6] == ["工单编号", ticket.number, "事项", ticket.title, "抄送", ""]
    assert set(ticket.number) <= set(
        text_of(make(store, facts, tmp_path / "form.pdf", city=city, form="pdf"))
    )


def test_copies_to_begin_with_never_replace_a_citys_own(tmp_path: Path) -> None:
    """A clerk who presses the button a second time would lose a day's work on the city's letter."""
    city = tmp_path / "city"
    mine = city_template(city, "notice", "督办单", lambda xml: xml.replace("{{字号}}", "{{自编号}}"))
    before = mine.read_bytes()
    assert copy_templates(SHIPPED, city) == len(KINDS) - 1
    assert copy_templates(SHIPPED, city) == 0
    assert mine.read_bytes() == before
    said = {each.kind: each for each in look_through(SHIPPED, city)}
    trouble = said["notice"].trouble
    assert trouble is not None
    assert (trouble.kind, trouble.names) == ("unknown_fields", ("自编号",))
    assert all(each.own and each.trouble is None for kind, each in said.items() if kind != "notice")
    assert not any(each.own for each in look_through(SHIPPED, None))


def test_an_own_template_is_only_taken_where_there_is_one(tmp_path: Path) -> None:
    """A city that changed one letter keeps the program's other three."""
    path = city_template(tmp_path / "city", "urging", "催办函", lambda xml: xml)
    assert template_of("urging", SHIPPED, tmp_path / "city") == Template(path, own=True)
    assert template_of("notice", SHIPPED, tmp_path / "city") == Template(SHIPPED / FILES["notice"], own=False)
    with pytest.raises(
        TemplateTrouble
    ) as trouble:  # a share that is away: not the program's letter in silence
        template_of("notice", SHIPPED, tmp_path / "gone")
    assert trouble.value.kind == "no_folder"
