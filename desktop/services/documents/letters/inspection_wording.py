"""The words that fill an inspection's papers: its plan, and the record from which its sample is drawn again.

Chinese, as official papers are. Must not read anything but the facts it is given; the frame and the draw stand in it as
the protocol has them, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

from desktop.models.domain.entities import FramePart, Inspection, InspectionKind, PopulationDate
from desktop.models.domain.inspection_rules import CheckItem, Method
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact_for_paper
from desktop.models.domain.sampling_protocol import write_protocol
from desktop.services.documents.values import safe_text
from desktop.services.queries.inspection_letters import InspectionFacts

from .terms import NOT_WRITTEN, TYPES, UNNUMBERED, day_words, moment_words

MOST_LINES: Final = 600
"""Longer frames are not printed: the record then names the text file by its hash alone."""
_A_ROW: Final = 3
_KINDS: dict[InspectionKind, str] = {"spot_check": "抽查", "look_back": "回头看", "covert_check": "暗访"}
_DATES: dict[PopulationDate, str] = {"completed": "办结", "received": "受理"}
_METHODS: dict[Method | None, str] = {
    "simple": "全部单位简单随机抽样",
    "stratified": "按单位比例分层随机抽样",
    None: "",
}
_COLLEAGUE: Final = "一名工作人员"


def values_of_paper(facts: InspectionFacts, profile: RuleProfile) -> dict[str, str]:
    """Every field that this kind of paper knows, by its name in a template; "" is nothing."""
    row = facts.inspection
    values = _common(facts, profile)
    values |= _of_plan(facts) if facts.kind == "inspection_plan" else _of_draw(facts, row, profile)
    return {name: safe_text(text) for name, text in values.items()}


def _common(facts: InspectionFacts, profile: RuleProfile) -> dict[str, str]:
    row = facts.inspection
    first, last = (day_words(day) for day in (row.from_day, row.to_day))
    return {
        "城市": profile.city_zh,
        "主送": "",
        "抄送": "",
        "日期": "　　年　　月　　日" if facts.draft else day_words(facts.at),
        "字号": row.number or (UNNUMBERED if profile.inspections.series else ""),
        "检查名称": redact_for_paper(row.title),
        "检查类型": _KINDS[row.kind],
        "检查依据": facts.mandate or NOT_WRITTEN,
        "检查对象": "、".join(facts.unit_names.get(unit, unit) for unit in row.unit_ids) or NOT_WRITTEN,
        "检查期间": f"{first}至{last}（按工单{_DATES[row.by_date]}日期）",
        "经办人": row.author_name if facts.kind == "inspection_plan" else row.drawn_by,
    }


def _of_plan(facts: InspectionFacts) -> dict[str, str]:
    row = facts.inspection
    types = "、".join(TYPES.get(code, code) for code in row.request_types) or "全部诉求类型"
    matters = "、".join(facts.categories) or "全部事项类别"
    recused = [f"{who or _COLLEAGUE}（{redact_for_paper(why)}）" for who, why in facts.recused]
    return {
        "检查目的": redact_for_paper(row.purpose) or NOT_WRITTEN,
        "检查范围": f"{types}；{matters}",
        "检查内容": "\n".join(_items(facts)) or NOT_WRITTEN,
        "检查人员": "、".join(who or _COLLEAGUE for who in facts.inspectors) or NOT_WRITTEN,
        "回避情况": "、".join(recused) or "无",
        "实施安排": redact_for_paper(row.plan) or NOT_WRITTEN,
    }


def _items(facts: InspectionFacts) -> Iterable[str]:
    for place, item in enumerate(facts.checklist.items if facts.checklist is not None else (), start=1):
        yield f"{place}．{item.zh}（{_weight(item)}）"


def _weight(item: CheckItem) -> str:
    return f"权重{item.weight}，否决项" if item.critical else f"权重{item.weight}"


def _of_draw(facts: InspectionFacts, row: Inspection, profile: RuleProfile) -> dict[str, str]:
    texts = [write_protocol(each.protocol) for each in facts.redrawn]
    lines = [line for text in texts for line in text.partition("\n\n")[2].splitlines()]
    count = sum(part.size for part in row.parts)
    here = {each.protocol.part for each in facts.redrawn} - {""}
    return {
        "冻结时间": _moment(row.frozen_at, profile),
        "抽样框": "\n".join((*(_part(part, facts, drawn=False) for part in row.parts), f"合计{count}件。")),
        "抽样框摘要": row.frame,
        "抽样方式": _METHODS[row.method],
        "样本量": str(row.size),
        "必查情形": _musts(row),
        "种子来源": row.seed_source,
        "种子": row.seed,
        "抽取时间": _moment(row.drawn_at, profile),
        "抽样结果": "\n".join(_part(part, facts, drawn=True) for part in row.parts),
        "样本": _in_rows([number for each in facts.redrawn for number in each.protocol.drawn]) or "无",
        "核验结果": _verdict(facts, here),
        "协议摘要": "\n".join(sha256(text.encode()).hexdigest() for text in texts),
        "抽样框全文": "\n".join(line.replace("\t", "　") for line in lines)
        if len(lines) <= MOST_LINES
        else f"共{len(lines)}件，另存于上述抽样协议文本。",
    }


def _part(part: FramePart, facts: InspectionFacts, *, drawn: bool) -> str:
    name = facts.unit_names.get(part.unit_id, part.unit_id)
    if drawn:
        return f"{name}：必查{part.musts}件，随机抽取{part.lots}件。"
    return f"{name}（{part.unit_id}）：{part.size}件。"


def _in_rows(numbers: list[str]) -> str:
    """Three a line: a line never ends within a number."""
    return "\n".join("　".join(numbers[start : start + _A_ROW]) for start in range(0, len(numbers), _A_ROW))


def _musts(row: Inspection) -> str:
    words = {"report": "举报", "leader_noted": "领导批示", "rework": f"重办{row.rework_from}次以上"}
    return "、".join(words[must] for must in row.musts) or "无"


def _verdict(facts: InspectionFacts, here: set[str]) -> str:
    if not facts.redrawn:
        return "本机没有可供重新抽取的抽样框。"
    if not all(each.verdict.holds for each in facts.redrawn):
        return "经重新抽取，结果与本记录不一致，应予查明。"
    of = "本单位部分" if here else ""
    return f"制作本记录时已按上述抽样框、规则和种子重新抽取{of}，结果一致。"


def _moment(at: datetime | None, profile: RuleProfile) -> str:
    return moment_words(profile.local(at)) if at is not None else ""
