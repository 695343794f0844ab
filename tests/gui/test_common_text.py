"""Text from outside: shown literally, harmless, bounded, and quick however long a line is."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.common.text import (
    LABEL_LIMIT,
    PlainLabel,
    PlainText,
    plain,
    plain_tooltip,
    set_plain_tooltip,
)

MARKUP = '<img src="file:///etc/passwd"><b>bold</b> &amp; <a href="x">link</a>'
SPOOFED = "市城管局\u202egnp.exe\u202c\u2066x\u2069\x00\x1b[31m\ud800\u200b"


@given(st.text(st.characters(codec=None), max_size=400), st.integers(1, 200), st.booleans())
def test_cleaned_text_cannot_hide_or_reorder(text: str, limit: int, single_line: bool) -> None:
    """A unit's reply with an override could read as its opposite; a lone surrogate crashed whoever encoded it."""
    cleaned = plain(text, limit, single_line=single_line)
    cleaned.encode("utf-8")
    for char in cleaned:
        assert unicodedata.bidirectional(char) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"} or char in "\n\t"
    assert len(cleaned) <= limit
    if single_line:
        assert "\n" not in cleaned


def test_cleaning_leaves_honest_text_alone() -> None:
    """Chinese, rare characters, emoji with joiners and combining accents are what people write."""
    for honest in ("小区北门𠮷祥夜间施工", "café  naïve", "👨‍👩‍👧 好评", "第一行\n第二行", "a & b <c>"):
        assert plain(honest) == honest
    assert plain("e" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert plain("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_a_label_shows_markup_as_the_citizen_typed_it(qtbot: QtBot) -> None:
    """Were it rendered, a request could load a picture from anywhere or fake a button."""
    label = PlainLabel(MARKUP, wrap=True, selectable=True)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == MARKUP
    assert not label.openExternalLinks()
    label.setText(SPOOFED)
    assert label.text() == "市城管局gnp.exex[31m\ufffd"
    label.setText("x" * 100_000)
    assert len(label.text()) == LABEL_LIMIT


def test_a_tooltip_shows_markup_literally(qtbot: QtBot) -> None:
    """Qt guesses whether a tooltip is rich; a guess must not decide over a citizen's words."""
    widget = QWidget()
    qtbot.addWidget(widget)
    set_plain_tooltip(widget, MARKUP)
    shown = QTextDocument()
    shown.setHtml(widget.toolTip())
    assert shown.toPlainText() == MARKUP
    assert len(plain_tooltip("x" * 50_000)) < 1_000
    set_plain_tooltip(widget, "")
    assert widget.toolTip() == ""


def test_a_cut_label_tells_the_rest_in_its_tooltip(qtbot: QtBot) -> None:
    """What does not fit must still be readable, or a long title is lost."""
    label = PlainLabel("小区北门夜间施工噪音扰民" * 5)
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.resize(80, 24)
        label.show()
    assert "小区北门" in label.toolTip()
    label.resize(3_000, 24)
    assert label.toolTip() == ""


def test_a_wrapped_label_is_not_forced_wide_by_one_long_word(qtbot: QtBot) -> None:
    """One link of 300 characters made the whole panel scroll sideways."""
    label = PlainLabel("https://example.cn/" + "a1" * 150, wrap=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 300
    assert label.heightForWidth(300) > 2 * label.fontMetrics().height()


def test_a_megabyte_in_one_line_opens_and_copies_whole(qtbot: QtBot) -> None:
    """A pasted log in one line froze the window; folding it must not alter what is copied."""
    line = "夜间施工abc " * 125_000
    view = PlainText(f"前言\n{line}")
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitExposed(view):
        view.show()
    document = view.document()
    longest = max(document.findBlockByNumber(i).length() for i in range(document.blockCount()))
    assert longest < 2_100
    assert view.whole_text() == f"前言\n{line}"
    view.selectAll()
    assert view.createMimeDataFromSelection().formats() == [], "nothing can be dragged out of the program"
    view.copy()
    assert QGuiApplication.clipboard().text() == f"前言\n{line}"


def test_text_past_the_limit_is_counted_not_dropped_silently(qtbot: QtBot) -> None:
    """Whoever reads half of a record has to know that it is half."""
    view = PlainText("x" * 5_000, limit=1_000)
    qtbot.addWidget(view)
    assert "4,000" in view.whole_text().splitlines()[-1]


def test_a_word_that_cannot_be_broken_asks_for_no_more_the_wider_its_label_is(qtbot: QtBot) -> None:
    """It and what scrolls around it would widen each other until the program ends for want of memory."""
    label = PlainLabel("\ue000\uf8ff" * 100, wrap=True)
    qtbot.addWidget(label)
    asked = set()
    for width in (400, 2_000, 8_000):
        label.resize(width, 40)
        label.ensurePolished()
        with qtbot.waitExposed(label):
            label.show()
        asked.add(label.minimumSizeHint().width())
    assert len(asked) == 1
