"""Which file a letter is made from, and whether it can be: the city's own template, else the program's.

A city's file is judged before anything is filled in, and what is wrong with it is told by name. Nothing is mended
quietly: a field that nobody knows would stand in the letter as it was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from desktop.models.domain.letters import RUNG_KINDS, LetterKind

from .layout import TITLES
from .marks import marks_in

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

FILES: Final[dict[LetterKind, str]] = {
    "urging": "urging-letter.docx",
    "notice": "supervision-notice.docx",
    "yellow_card": "yellow-card.docx",
    "red_card": "red-card.docx",
    "bulletin": "bulletin.docx",
    "interview": "interview-notice.docx",
    "referral": "referral-letter.docx",
    "reminder": "reminder-letter.docx",
    "finding_letter": "finding-letter.docx",
    "rectification": "rectification-notice.docx",
    "close_out": "close-out-notice.docx",
    "urgent": "urgent-report.docx",
    "inspection_plan": "inspection-plan.docx",
    "sampling_record": "sampling-record.docx",
}
"""The program's own templates, in ``resources/letters``."""

_EVERYWHERE: Final = frozenset(
    (
        "城市",
        "主送",
        "抄送",
        "日期",
        "工单编号",
        "事项",
        "事项类别",
        "诉求类型",
        "受理日期",
        "办理时限",
        "时限状态",
    )
)
_OF_AN_ACT: Final = _EVERYWHERE | {
    "字号",
    "涉及单位",
    "此前督办",
    "督办事由",
    "督办要求",
    "反馈时限",
    "经办人",
    "签发人",
}
_FINDING: Final = frozenset(
    ("字号", "问题类型", "严重程度", "涉及工单", "问题事实", "规则依据", "问题证据", "经办人")
)
_INSPECTION: Final = frozenset(
    (
        "城市",
        "主送",
        "抄送",
        "日期",
        "字号",
        "检查名称",
        "检查类型",
        "检查依据",
        "检查对象",
        "检查期间",
        "经办人",
    )
)
FIELDS: Final[dict[LetterKind, frozenset[str]]] = {
    "urging": _EVERYWHERE | {"催办内容", "承诺时限", "经办人"},
    **dict.fromkeys(RUNG_KINDS, _OF_AN_ACT),
    "reminder": _EVERYWHERE,
    "finding_letter": _EVERYWHERE | _FINDING | {"整改要求"},
    "rectification": _EVERYWHERE | _FINDING | {"整改要求", "整改时限"},
    "close_out": _EVERYWHERE | _FINDING | {"整改情况", "核验情况", "销号日期"},
    "urgent": _EVERYWHERE
    | {"字号", "专报事项", "地点", "涉及人数", "已采取措施", "工作建议", "经办人", "签发人"},
    "inspection_plan": _INSPECTION | {"检查目的", "检查范围", "检查内容", "检查人员", "回避情况", "实施安排"},
    "sampling_record": _INSPECTION
    | {
        "冻结时间",
        "抽样框",
        "抽样框摘要",
        "抽样方式",
        "样本量",
        "必查情形",
        "种子来源",
        "种子",
        "抽取时间",
        "抽样结果",
        "样本",
        "核验结果",
        "协议摘要",
        "抽样框全文",
    },
}
"""What a template of each letter may name."""

REQUIRED: Final[dict[LetterKind, tuple[str, ...]]] = {
    "urging": ("主送", "工单编号", "催办内容", "日期"),
    "notice": ("字号", "主送", "工单编号", "督办要求", "反馈时限", "日期"),
    "yellow_card": ("字号", "主送", "工单编号", "督办事由", "反馈时限", "日期"),
    "red_card": ("字号", "主送", "工单编号", "督办事由", "反馈时限", "日期"),
    "bulletin": ("字号", "工单编号", "涉及单位", "督办事由", "日期"),
    "interview": ("字号", "主送", "工单编号", "督办事由", "督办要求", "日期"),
    "referral": ("字号", "工单编号", "涉及单位", "督办事由", "日期"),
    "reminder": ("主送", "工单编号", "日期"),
    "finding_letter": ("字号", "主送", "问题类型", "问题事实", "日期"),
    "rectification": ("字号", "主送", "问题事实", "整改要求", "整改时限", "日期"),
    "close_out": ("字号", "主送", "问题事实", "核验情况", "日期"),
    "urgent": ("字号", "专报事项", "地点", "涉及人数", "已采取措施", "工作建议", "日期"),
    "inspection_plan": ("检查名称", "检查依据", "检查对象", "检查期间", "检查内容", "检查人员", "日期"),
    "sampling_record": ("检查名称", "抽样框摘要", "抽样方式", "样本量", "种子来源", "种子", "样本", "日期"),
}
"""Without these it would not be that letter."""

TroubleKind = Literal["no_folder", "unreadable", "unknown_fields", "missing_fields", "broken_mark"]
_MOST_BYTES: Final = 20 * 1024 * 1024
_MOST_UNPACKED: Final = 200 * 1024 * 1024
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class TemplateTrouble(Exception):
    """The template in ``path`` cannot be used; ``names`` are the fields concerned."""

    def __init__(self, path: Path, kind: TroubleKind, names: tuple[str, ...] = ()) -> None:
        super().__init__(kind)
        self.path, self.kind, self.names = path, kind, names


class Template(Struct, frozen=True):
    """A file to fill. ``own``: it is the city's."""

    path: Path
    own: bool


def template_of(kind: LetterKind, shipped: Path, city: Path | None) -> Template:
    """The city's file of that letter's name where its folder holds one, else the program's.

    Raises :class:`TemplateTrouble` where a city's folder is set and not there (a share that is away): nobody would
    notice that another letter went out than the city's.
    """
    if city is not None:
        if not city.is_dir():
            raise TemplateTrouble(city, "no_folder")
        path = city / f"{TITLES[kind]}.docx"
        if path.is_file():
            return Template(path, own=True)
    return Template(shipped / FILES[kind], own=False)


def opened(template: Template, kind: LetterKind) -> Document:
    """The template's document, judged. Raises :class:`TemplateTrouble`."""
    document = _read(template.path)
    names: Counter[str] = Counter()
    for paragraph in paragraphs_of(document):
        marks = marks_in("".join(each.text or "" for each in texts_of(paragraph)))
        if marks.broken:
            raise TemplateTrouble(template.path, "broken_mark", marks.names)
        names.update(marks.names)
    unknown = tuple(name for name in names if name not in FIELDS[kind])
    if unknown:
        raise TemplateTrouble(template.path, "unknown_fields", unknown)
    missing = tuple(name for name in REQUIRED[kind] if not names[name])
    if missing:
        raise TemplateTrouble(template.path, "missing_fields", missing)
    return document


def paragraphs_of(document: Document) -> Iterator[_Element]:
    """Every paragraph that prints: text, tables, boxes, headers and footers."""
    roots = [document.element.body]
    seen = set[int]()
    for section in document.sections:
        edges = (section.header, section.first_page_header, section.even_page_header)
        for edge in (*edges, section.footer, section.first_page_footer, section.even_page_footer):
            if not edge.is_linked_to_previous and id(edge._element) not in seen:
                seen.add(id(edge._element))
                roots.append(edge._element)
    for root in roots:
        yield from root.iter(f"{W}p")


def texts_of(paragraph: _Element) -> list[_Element]:
    """The pieces of text of a paragraph in order, without those of a box that is anchored in it."""
    found = []
    for text in paragraph.iter(f"{W}t"):
        owner = next(text.iterancestors(f"{W}p"), None)
        if owner is paragraph:
            found.append(text)
    return found


def _read(path: Path) -> Document:
    import docx  # with lxml a third of a second
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TemplateTrouble(path, "unreadable")
        with ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_UNPACKED:
                raise TemplateTrouble(path, "unreadable")
        return docx.Document(str(path))
    except (OSError, BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError) as error:
        raise TemplateTrouble(path, "unreadable") from error
