"""Differences between two texts: readable, and complete, or a person would settle a conflict on half of it."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.differences import Piece, differences

texts = st.text(alphabet="现场无人积水。，；\n abc12!", max_size=60)


@given(texts, texts)
def test_nothing_of_either_text_is_left_out(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


def test_an_untouched_sentence_stays_whole_and_a_changed_word_is_named() -> None:
    pieces = differences("现场未修复。三日内报告。", "现场仍有积水未修复。三日内报告。")
    assert pieces == (
        Piece("same", "现场"),
        Piece("added", "仍有积水"),
        Piece("same", "未修复。三日内报告。"),
    )


def test_a_rewritten_sentence_is_shown_as_rewritten_not_as_confetti() -> None:
    pieces = differences("答复称已办结，与记录不符。", "施工单位漏报一处，已责令返工。")
    assert [p.kind for p in pieces] == ["removed", "added"]


def test_english_changes_by_words() -> None:
    pieces = differences("Report within 3 days.", "Report within 5 days.")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [("removed", "3"), ("added", "5")]


def test_the_longest_texts_do_not_keep_a_person_waiting() -> None:
    began = time.process_time()
    differences("甲乙丙丁" * 5_000, "丁丙乙甲" * 5_000)
    differences("第一句。" * 4_000 + "甲", "第一句。" * 4_000 + "乙")
    differences("甲" + "第一句。" * 2_000 + "第二句！" * 2_000, "第二句！" * 2_000 + "第一句。" * 2_000)
    assert time.process_time() - began < 2
