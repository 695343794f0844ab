"""What of a row stands in an evidence bundle, as text: allow-lists, so that a new field is left out until it is named.

Masked as all paper is: no requester, nothing that leads to one, and texts pass ``redact_for_paper``. What a citizen
answered in a visit leaves the office in sums only, so of a visit stands that it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from desktop.models.domain.entities import (
    Attachment,
    Attempt,
    Check,
    Finding,
    FindingReply,
    Note,
    Row,
    Ticket,
    TimelineEntry,
    Urge,
    Visit,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact_for_paper
from desktop.services.documents.letters.terms import SEVERITIES, TYPES
from desktop.services.documents.values import safe_text
from desktop.services.queries.evidence import EvidenceFacts

_FIELDS: Final[dict[type[Row], tuple[tuple[str, str], ...]]] = {
    Finding: (
        ("number", "编号"),
        ("code", "问题类型"),
        ("severity", "严重程度"),
        ("unit_id", "承办单位"),
        ("facts", "问题事实"),
        ("requirement", "整改要求"),
        ("basis_words", "规则依据"),
        ("author_name", "检查人"),
        ("filed_at", "提交时间"),
        ("acknowledged_at", "签收时间"),
        ("acknowledged_by", "签收人"),
        ("replied_at", "答复时间"),
        ("rectify_due_at", "整改时限"),
        ("rectified_at", "整改报告时间"),
        ("verified_at", "销号时间"),
        ("return_reason", "退回原因"),
        ("withdraw_reason", "撤回原因"),
    ),
    FindingReply: (
        ("stance", "性质"),
        ("by_name", "答复人"),
        ("unit_id", "单位"),
        ("at", "时间"),
        ("text", "内容"),
    ),
    Ticket: (
        ("number", "工单编号"),
        ("title", "事项"),
        ("request_type", "诉求类型"),
        ("category_id", "事项类别"),
        ("unit_id", "承办单位"),
        ("received_at", "受理时间"),
        ("dispatched_at", "派单时间"),
        ("signed_at", "签收时间"),
        ("first_contact_at", "先行联系时间"),
        ("due_at", "办理时限"),
        ("completed_at", "办结时间"),
        ("archived_at", "归档时间"),
        ("rework", "重办次数"),
        ("repeats", "重复次数"),
        ("unit_answer", "单位答复"),
    ),
    TimelineEntry: (
        ("at", "时间"),
        ("kind", "事项"),
        ("actor", "经办"),
        ("unit_id", "单位"),
        ("text", "内容"),
    ),
    Visit: (("opened_at", "发起时间"), ("completed_at", "完成时间"), ("mode", "方式"), ("valid", "有效回访")),
    Check: (("ticket_id", "工单编号"), ("by_name", "检查人"), ("at", "检查时间")),
    Attempt: (("at", "时间"), ("outcome", "结果"), ("duration_s", "时长（秒）")),
    Urge: (
        ("at", "时间"),
        ("unit_id", "单位"),
        ("means", "方式"),
        ("text", "内容"),
        ("answer", "单位答复"),
        ("promised_at", "承诺时限"),
    ),
    Note: (("at", "时间"), ("by_name", "记录人"), ("unit_id", "单位"), ("text", "内容")),
    Attachment: (
        ("name", "文件名"),
        ("size", "大小（字节）"),
        ("sha256", "SHA-256"),
        ("by_name", "提供人"),
        ("at", "时间"),
    ),
}
_STANCES: Final = {
    "accepts": "认可",
    "explains": "说明",
    "disputes": "申辩",
    "plans": "整改安排",
    "rectified": "整改报告",
    "review": "复核申请",
    "verified": "核验意见",
    "returned": "退回意见",
    "upheld": "复核维持",
    "changed": "复核变更",
    "revoked": "复核撤销",
}
_VERDICTS: Final = {"met": "符合", "not_met": "不符合", "not_applicable": "不适用"}
WHATS: Final[dict[type[Row], tuple[str, str]]] = {
    Finding: ("finding", "检查问题"),
    FindingReply: ("reply", "单位答复"),
    Ticket: ("ticket", "工单"),
    TimelineEntry: ("timeline_entry", "办理记录"),
    Visit: ("visit", "回访记录"),
    Check: ("check_sheet", "检查表"),
    Attempt: ("attempt", "拨打记录"),
    Urge: ("urge", "催办记录"),
    Note: ("note", "备注"),
    Attachment: ("attachment_record", "附件登记"),
}
"""What a file made of such a row is called: its code in the manifest, and the word in its name."""


def row_text(row: Row, facts: EvidenceFacts, profile: RuleProfile) -> str:
    """A row as a text file: a line a field, empty ones left out, the row's id and version at the end."""
    lines = [f"{label}：{words}" for label, words in _lines(row, facts, profile) if words]
    tail = f"记录：{WHATS[type(row)][0]} {row.id}，第{row.version}版"
    return "\n".join((*lines, "", tail, ""))


def cover_text(facts: EvidenceFacts, made: str, who: str, names: Iterable[str], left: Iterable[str]) -> str:
    """The first page of a bundle: what it is about, what lies in it, what was left out, how it is checked."""
    finding = facts.finding
    number = finding.number or "未编号"
    return "\n".join(
        (
            "检查问题证据包",
            "",
            f"检查问题：{number}（{finding.code}）",
            f"承办单位：{facts.unit_names.get(finding.unit_id, '')}",
            f"制作：{who}，{made}",
            "",
            "内容：",
            *(f"  {name}" for name in names),
            *(("", "未收入：", *(f"  {each}" for each in left)) if left else ()),
            "",
            "核验方法（任选其一）：",
            "  1. 解压后在目录内执行：sha256sum -c SHA256SUMS",
            "  2. 执行：python -m desktop.tools.evidence 本文件.zip",
            "",
            "文本中的联系方式、证件、住址已隐去；诉求人身份和回访答案不在其中。",
            "",
        )
    )


def _lines(row: Row, facts: EvidenceFacts, profile: RuleProfile) -> Iterator[tuple[str, str]]:
    for field, label in _FIELDS[type(row)]:
        yield label, _words(field, getattr(row, field, ""), facts, profile)
    if isinstance(row, Check):
        yield from _sheet(row, profile)


def _sheet(check: Check, profile: RuleProfile) -> Iterator[tuple[str, str]]:
    """The checklist line by line with its verdicts, and what they come to. The inspector's note stays in the office.

    A line, or a whole list, that the city has since taken out of its rules stands by its code.
    """
    checklist = profile.inspections.checklist(check.checklist)
    items = {item.code: item for item in checklist.items} if checklist is not None else {}
    yield "检查清单", checklist.zh if checklist is not None else check.checklist
    for code in (*items, *sorted(check.results.keys() - items.keys())):
        item = items.get(code)
        verdict = _VERDICTS[check.results[code]] if code in check.results else "未检查"
        if item is None:
            yield code, verdict
        else:
            yield f"{item.zh}（权重{item.weight}{'，关键项' if item.critical else ''}）", verdict
    yield "得分", f"{check.tenths / 10:.1f}" if check.tenths is not None else "无适用项目"
    yield "关键项不合格", "是" if check.critical else "否"
    verdict = "合格" if check.passed else "不合格"
    yield "结论", verdict if check.complete else "未检查完毕"


def _words(field: str, value: Any, facts: EvidenceFacts, profile: RuleProfile) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return profile.local(value).isoformat(timespec="minutes")
    if isinstance(value, bool):
        return "是" if value else "否"
    if field == "ticket_id":
        return next((ticket.number for ticket in facts.tickets if ticket.id == value), str(value))
    if field == "unit_id":
        return facts.unit_names.get(value, str(value))
    if field == "category_id":
        return facts.categories.get(value, "")
    if field == "severity":
        return str(SEVERITIES.get(value, value))
    if field == "request_type":
        return TYPES.get(value, str(value))
    if field == "stance":
        return _STANCES.get(value, str(value))
    if field == "code":
        code = profile.finding_code(value)
        return f"{value} {code.zh}" if code is not None else str(value)
    return redact_for_paper(safe_text(str(value)))
