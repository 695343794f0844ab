"""The program's own letter templates (resources/letters): written by `python -m tools.letter_templates`.

The measures of the letters stand here, their texts in `letter_texts`; a city edits a copy of the files in its word
processor. Measures after GB/T 9704: A4, margins 37/35/28/26 mm, title 二号 小标宋, body 三号 仿宋, lines of exactly
28 pt, the record of copies (版记) between rules at the foot of the last page, page numbers outside in 四号. The looks
are styles, so that a city changes one of them once.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from desktop.models.domain.letters import LetterKind
from desktop.services.documents.letters.layout import BODY_FACE, HEAD_FACE, PAGE_FACE, TITLE_FACE, TITLES
from desktop.services.documents.letters.template import FILES

from .letter_texts import TEXTS

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "letters"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CHARACTER = 320
"""One character of the body, in twentieths of a point, as every measure below."""


def _mm(length: float) -> int:
    return round(length / 25.4 * 1440)


_WIDTH = _mm(210) - _mm(28) - _mm(26)


def build(kind: LetterKind) -> bytes:
    """One template as a file; the same bytes each time."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}, core="docProps/core.xml"),
        "docProps/core.xml": _about(TITLES[kind]),
        "word/document.xml": _document(kind),
        "word/_rels/document.xml.rels": _relations(
            {"styles": "styles.xml", "settings": "settings.xml", "fontTable": "fontTable.xml"},
            footers=("footer1.xml", "footer2.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": f'{_XML}<w:settings xmlns:w="{_MAIN}"><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/></w:settings>',
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer("PageOdd"),
        "word/footer2.xml": _footer("PageEven"),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return made.getvalue()


def write() -> None:
    """Write them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind, name in FILES.items():
        (FOLDER / name).write_bytes(build(kind))


# -- the text ----------------------------------------------------------------------------------------------------


def _document(kind: LetterKind) -> str:
    lines = [_line("{{城市}}人民政府办公室", "LetterTitle"), _line(TITLES[kind], "LetterTitle")]
    if kind not in ("urging", "reminder"):
        lines.append(_line("{{字号}}", "LetterNumber"))
    lines += [_line("", ""), _line("{{主送}}：", "")]
    *texts, last = TEXTS[kind]
    lines += [
        _line(text.removeprefix("#"), "LetterHeading" if text.startswith("#") else "LetterBody")
        for text in texts
    ]
    lines.append(_line(last, "LetterLast"))
    lines += [_line("", "LetterGap"), _line("", "LetterGap")]
    lines += [_line(text, "LetterSignature") for text in ("{{城市}}人民政府办公室", "{{日期}}")]
    if kind != "reminder":
        lines.append(_line("（联系人：{{经办人}}）", "LetterBody"))
    lines += [_record("抄送：{{抄送}}。", "{{城市}}人民政府办公室\t{{日期}}印发"), _line("", "LetterEnd")]
    return (
        f'{_XML}<w:document xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}"><w:body>{"".join(lines)}<w:sectPr>'
        '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
        f'<w:pgSz w:w="{_mm(210)}" w:h="{_mm(297)}"/><w:pgMar w:top="{_mm(37)}" w:right="{_mm(26)}" '
        f'w:bottom="{_mm(35)}" w:left="{_mm(28)}" w:header="{_mm(15)}" w:footer="{_mm(23)}" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _line(text: str, style: str) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in text.split("\t")]
    return f"<w:p>{look}" + (f"<w:r>{'<w:tab/>'.join(parts)}</w:r>" if text else "") + "</w:p>"


def _record(*lines: str) -> str:
    """The record of copies: lines at the lower edge of the text, between rules of 1 pt, in between ¾ pt."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_WIDTH}" w:type="dxa"/></w:tcPr>'
        f"{_line(line, 'LetterRecord')}</w:tc></w:tr>"
        for line in lines
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        'w:tblpXSpec="left" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _footer(style: str) -> str:
    return (
        f'{_XML}<w:ftr xmlns:w="{_MAIN}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


# -- the looks ---------------------------------------------------------------------------------------------------


def _styles() -> str:
    looks = (
        _style("LetterTitle", "公文标题", '<w:jc w:val="center"/>', _letters(TITLE_FACE, 44)),
        _style("LetterNumber", "发文字号", '<w:spacing w:before="560"/><w:jc w:val="center"/>'),
        _style(
            "LetterBody",
            "公文正文",
            f'<w:ind w:firstLineChars="200" w:firstLine="{2 * _CHARACTER}"/><w:jc w:val="both"/>',
        ),
        # No page holds a signature and nothing else: a line of the text goes with it.
        _style("LetterLast", "公文末段", "<w:keepNext/>", base="LetterBody"),
        _style(
            "LetterHeading",
            "公文层次",
            f'<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="{2 * _CHARACTER}"/>',
            _letters(HEAD_FACE, 32),
        ),
        _style("LetterGap", "落款前空行", "<w:keepNext/>"),
        _style(
            "LetterSignature",
            "落款",
            f'<w:keepNext/><w:ind w:left="{10 * _CHARACTER}"/><w:jc w:val="center"/>',
        ),
        _style(
            "LetterRecord",
            "版记",
            f'<w:tabs><w:tab w:val="right" w:pos="{_WIDTH - 280}"/></w:tabs><w:ind w:left="280" w:right="280"/>',
            _letters(BODY_FACE, 28),
        ),
        # The record stands on the page of the paragraph behind it; this one takes no room of its own.
        _style("LetterEnd", "文末", '<w:spacing w:line="20" w:lineRule="exact"/>', _letters(BODY_FACE, 2)),
        _style("PageOdd", "单页码", _page_number("right"), _letters(PAGE_FACE, 28)),
        _style("PageEven", "双页码", _page_number("left"), _letters(PAGE_FACE, 28)),
    )
    return (
        f'{_XML}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>{_letters(BODY_FACE, 32)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/></w:pPr>'
        f"<w:rPr>{_letters(BODY_FACE, 32)}</w:rPr></w:style>{''.join(looks)}</w:styles>"
    )


def _style(name: str, title: str, shape: str, letters: str = "", base: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="{base}"/><w:qFormat/><w:pPr>{shape}</w:pPr>'
        + (f"<w:rPr>{letters}</w:rPr>" if letters else "")
        + "</w:style>"
    )


def _letters(face: str, half_points: int) -> str:
    return (
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def _page_number(side: str) -> str:
    return f'<w:ind w:left="{_CHARACTER}" w:right="{_CHARACTER}"/><w:jc w:val="{side}"/>'


def _fonts() -> str:
    """The typefaces by both of their names: which of them a machine knows depends on its system's language."""
    others = {
        TITLE_FACE: "FZXiaoBiaoSong-B05S",
        BODY_FACE: "FangSong_GB2312",
        HEAD_FACE: "SimHei",
        PAGE_FACE: "SimSun",
    }
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for face, other in others.items()
    )
    return f'{_XML}<w:fonts xmlns:w="{_MAIN}">{fonts}</w:fonts>'


# -- the package -------------------------------------------------------------------------------------------------


def _content_types() -> str:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
    }
    kinds |= {"footer1": "footer", "footer2": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KINDS}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, str], *, core: str = "", footers: tuple[str, ...] = ()) -> str:
    lines = [
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    ]
    lines += [
        f'<Relationship Id="{name.removesuffix(".xml")}" Type="{_RELATIONS}/footer" Target="{name}"/>'
        for name in footers
    ]
    if core:
        lines.append(
            f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="{core}"/>'
        )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _about(title: str) -> str:
    """Properties without anybody's name."""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


if __name__ == "__main__":
    write()
