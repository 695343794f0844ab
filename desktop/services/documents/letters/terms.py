"""The terms that the letters share: types, severities, days and moments, what stands where nothing was written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from desktop.models.domain.entities import Severity

UNNUMBERED: Final = "（未编号）"
NOT_WRITTEN: Final = "（未填写）"
SEVERITIES: Final[dict[Severity, str]] = {
    "notice": "提示",
    "ordinary": "一般",
    "serious": "严重",
    "critical": "重大",
}
TYPES: Final = {
    "consultation": "咨询",
    "help": "求助",
    "complaint": "投诉",
    "report": "举报",
    "suggestion": "意见建议",
    "praise": "表扬",
}


def day_words(local: date) -> str:
    """A date as a letter has it, a moment's in office time: no leading zeros."""
    return f"{local.year}年{local.month}月{local.day}日"


def moment_words(local: datetime) -> str:
    """A moment in office time, with minutes where there are any."""
    minute = f"{local.minute:02}分" if local.minute else ""
    return f"{day_words(local)}{local.hour}时{minute}"
