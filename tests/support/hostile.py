"""What somebody may write into a request to harm whoever reads it, and rows of the contract made of it.

Every payload is a text; the rows are cut at the contract's lengths, as a server would send them. A megabyte and lone
surrogates cannot come by the wire: they come by files and by the clipboard, and are for the widgets themselves.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Struct, inspect

R = TypeVar("R", bound=Struct)

#: Where the payloads that would load something point to, filled in by the test that watches these places.
FILE, HOST = "/trap/canary.png", "127.0.0.1:9"


def payloads(file: str = FILE, host: str = HOST) -> dict[str, str]:
    """By name; ``file`` and ``host`` are what must never be opened or asked."""
    deep = "<table><tr><td>" * 1_300
    return {
        "image from a file": f'<img src="file://{file}">',
        "image from a bare path": f"<img src='{file}' width=9999 height=9999>",
        "image from the network": f"<img src=http://{host}/a.png>",
        "image by resource": '<img src="qrc:/icons/x.png"><img src=":/icons/x.png">',
        "image in the text itself": '<img src="data:image/png;base64,iVBORw0KGgo=">',
        "path of a share": r"<img src='\\127.0.0.1\c$\a.png'>\\127.0.0.1\share\a.png",
        "share as an address": f"<a href='file://{host}/c$/a.exe'>市政府通知</a>",
        "style sheet": f'<link rel=stylesheet href="file://{file}"><style>*{{background:url({file})}}</style>',
        "background": f"<body background='{file}' bgcolor=red>",
        "script": "<script>alert(1)</script><svg onload=alert(1)><iframe src='http://127.0.0.1:9/'></iframe>",
        "bold": "<b>已办结</b><br><h1>大</h1>",
        "whole document": "<!DOCTYPE html><html><head><title>x</title></head><body><p>y</p></body></html>",
        "qt's own": '<qt><font color="white" size="+9">x</font></qt>',
        "nested tables": deep,
        "nested lists": "<ul><li>" * 2_500,
        "many columns": "<table><tr>" + "<td>x" * 3_000,
        "white on white": '<span style="color:#fff;font-size:1px">不满意</span>',
        "entities": "&lt;b&gt;&amp;&#60;i&#62;&nbsp;&#x202e;abc",
        "markdown": "# 题\n**粗** [链接](file:///etc/passwd) ![](http://127.0.0.1:9/x.png)\n\n|a|b|\n|-|-|\n",
        "open tags": "<" * 5_000,
        "closing tags": "</td></tr></table></body></html>",
        "mnemonic": "&File &&Edit &保存 &&&",
        "placeholders": "%1 %n %L1 {0} {name} {title!r} %s %(x)s %%",
        "newlines of every kind": "一\r\n二\r三\n四\x0b五\x0c六\x85七\u2028八\u2029九",
        "only newlines": "\n" * 5_000,
        "only blanks": " \u3000\u00a0\u2003" * 1_000,
        "tabs": "a\tb" * 1_000,
        "nul": "前\x00后\x00",
        "terminal": "\x1b[31m红\x1b[0m\x07\x08\x08\x7f",
        "all controls": "".join(map(chr, [*range(32), *range(127, 160)])),
        "right to left override": "市城管局\u202egnp.exe",
        "isolates": "\u2066\u2067\u2068abc\u2069 张三\u2069\u2069",
        "embeddings": "\u202a\u202b\u202d" * 500 + "甲",
        "marks of direction": "\u200e\u200f\u061c乙\u200e",
        "arabic and hebrew": "שלום مرحبا 12345 ابتداء",
        "zero width": "张\u200b三\u200c李\u200d四\ufeff王\u2060五",
        "soft hyphens and fillers": "12\u00ad345\u3164\u115f\u2800号\u034f",
        "tags": "甲" + "".join(chr(0xE0000 + ord(c)) for c in "hidden words") + "乙",
        "tower of accents": "e" + "\u0301\u0489\u20dd" * 2_000,
        "thai tower": "ก" + "\u0e47\u0e34" * 2_000,
        "zalgo": "".join(c + "\u0353\u0325\u0363\u0489\u033f" * 6 for c in "投诉无人处理") * 60,
        "joined pictures": "👨\u200d👩\u200d👧\u200d👦\u200d" * 1_500,
        "flags and tones": "🇨🇳🏴👍🏿👩🏽\u200d🚒" * 700,
        "selectors": "字\ufe0f\ufe0e" * 1_000 + "𠮷\U000e0100" * 500,
        "ideographic description": "⿰⿱⿲" * 2_000,
        "private use": "\ue000\uf8ff\U000f0000" * 1_000,
        "non-characters": "a\ufffe\uffffb\U0001fffec",
        "homoglyphs": "Аdmin аррӏе ОО7 ０１２ ｆｕｌｌ",
        "one endless word": "a" * 19_999,
        "endless chinese": "路" * 19_999,
        "endless without a break": "路\u2060" * 9_000,
        "huge number": "9" * 15_000,
        "numbers odd": "-0 NaN Infinity 1e999 0x7f ٣٤٥ ①②③",
        "path": "../../../../etc/passwd C:\\Windows\\System32\\cmd.exe /dev/sda con.txt",
        "address": "javascript:alert(1) file:///etc/passwd ms-msdt:/id vbscript:x https://例え.jp/",
        "formula": '=HYPERLINK("http://127.0.0.1:9","x")',
        "dde": "=cmd|' /C calc'!A0 +cmd @SUM(1+1)*cmd|' /C calc'!A0",
        "full-width formula": "＝1+1 ＠SUM －2",
        "sql": "'; DROP TABLE outbox; --\" OR 1=1",
        "json": '{"a":[[[[[' * 1_000,
        "percent": "%00%0a%3Cscript%3E%25" * 500,
        "replacement": "\ufffd" * 5_000,
        "empty": "",
    }  # fmt: skip


def beyond_the_wire() -> dict[str, str]:
    """What only a file or the clipboard can bring."""
    return {
        "a megabyte in one line": "夜间施工abc " * 100_000,
        "a megabyte of one word": "a" * 1_000_000,
        "a megabyte of lines": "短\n" * 500_000,
        "a megabyte of tags": "<table><tr><td>" * 70_000,
        "a megabyte of accents": "e" + "\u0301" * 1_000_000,
        "a megabyte of pictures": "👨\u200d👩\u200d👧 " * 160_000,
        "lone surrogates": "前\ud800中\udfff后" + "\udc80" * 5_000,
    }


class Sower:
    """Puts one payload after the other into free texts, so that a few rows carry them all."""

    def __init__(self, found: dict[str, str]) -> None:
        self._payloads = tuple(found.values())
        self._next = 0
        self.sown = 0

    def sow(self, row: R, *, unbounded: frozenset[str] = frozenset()) -> R:
        """``row`` with every free text in it replaced, as long as the contract lets it be.

        A text without a bound of its own is one of the contract's replies; of these the fields named in ``unbounded``
        are replaced, at the length of a title.
        """
        changes: dict[str, Any] = {}
        kind = inspect.type_info(type(row))
        assert isinstance(kind, inspect.StructType)
        for field in kind.fields:
            value = getattr(row, field.name)
            if isinstance(value, str) and field.name in _CODES:
                continue
            most = _most(field.type) or (200 if field.name in unbounded else 0)
            if isinstance(value, Struct):
                changes[field.name] = self.sow(value, unbounded=unbounded)
            elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
                changes[field.name] = tuple(self.sow(each, unbounded=unbounded) for each in value)
            elif isinstance(value, str) and most:
                changes[field.name] = self.text(most)
        return msgspec.structs.replace(row, **changes)

    def text(self, most: int) -> str:
        """The next payload, so long."""
        payload = self._payloads[self._next % len(self._payloads)]
        self._next += 1
        self.sown += 1
        return payload[:most]


_CODES = frozenset(("id", "media_type", "about_type", "questionnaire", "source", "sha256", "code", "number"))
"""Fields the office or the server fills by rule; a ticket's number is poisoned by the tests that look at it."""


def _most(kind: inspect.Type) -> int:
    if isinstance(kind, inspect.UnionType):
        return max((_most(each) for each in kind.types), default=0)
    if isinstance(kind, inspect.StrType) and kind.pattern is None and (kind.max_length or 0) >= 100:
        return kind.max_length or 0
    return 0
