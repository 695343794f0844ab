"""Inputs that once broke something, by fuzzer and by what they showed; tried before every run."""

from __future__ import annotations

from typing import Any

CASES: dict[str, dict[str, Any]] = {
    "cursor": {"another spelling of the same bytes": "QUFB=", "not of this world": "\ud800"},
    "operation": {"half a character": b'{"kind":"\xe8', "a number past all": b'{"seq":1e999}'},
    "search": {"a quote and a star": '"*', "a column's name": "secret:x", "half a character": "a\ud800"},
    "file name": {"program in disguise": ("photo\u202egpj.exe", b"MZ"), "only a dot": (".", b"")},
    "cell": {"nothing but a control": ["\x00"], "full-width formula": ["＝1+1", "\t=1", " \n=cmd|'x'!A0"]},
    "problem": {
        "a digit that is no number": (429, "application/problem+json", {"Retry-After": "²"}, b"{}"),
        "an endless wait": (503, "application/problem+json", {"Retry-After": "9" * 400}, b"{}"),
    },
    "merge": {"only a full stop": ("。", ""), "one blank": (" ", "\u3000")},
}
