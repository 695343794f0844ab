"""What of an official letter (GB/T 9704) no template says: its title, the names of its typefaces, the mark of a draft.

Every other measure stands in the template, where a city may change it.
"""

from __future__ import annotations

from typing import Final

from desktop.models.domain.letters import LetterKind

TITLES: Final[dict[LetterKind, str]] = {
    "urging": "催办函",
    "notice": "督办单",
    "yellow_card": "黄牌督办通知书",
    "red_card": "红牌督办通知书",
    "bulletin": "通报",
    "interview": "约谈通知书",
    "referral": "移送函",
    "reminder": "提醒函",
    "finding_letter": "检查问题告知书",
    "rectification": "整改通知书",
    "close_out": "销号通知书",
    "urgent": "要情专报",
    "inspection_plan": "检查方案",
    "sampling_record": "抽样记录",
}
"""What each letter is called, on itself and in the folder of a city's templates."""

TITLE_FACE: Final = "方正小标宋简体"
BODY_FACE: Final = "仿宋_GB2312"
HEAD_FACE: Final = "黑体"
PAGE_FACE: Final = "宋体"

DRAFT_WORDS: Final = "草　稿（未签发，不作为正式文件）"
DRAFT_POINTS: Final = 16
DRAFT_RED: Final = "C00000"
