"""The words that fill a letter's fields: Chinese, as an official letter is, whatever language the screen speaks.

Masked as everything that leaves is: no requester, and no telephone, card, mail or dwelling in a text. Must not read
anything but the facts it is given.
"""

from __future__ import annotations

from datetime import datetime

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import (
    PAUSED_STATES,
    Finding,
    Notice,
    Severity,
    Ticket,
    Urge,
    UrgentReport,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact_for_paper
from desktop.services.documents.values import safe_text
from desktop.services.queries.letters import LetterFacts

UNNUMBERED = "（未编号）"
_SEVERITIES: dict[Severity, str] = {
    "notice": "提示",
    "ordinary": "一般",
    "serious": "严重",
    "critical": "重大",
}
_TYPES = {
    "consultation": "咨询",
    "help": "求助",
    "complaint": "投诉",
    "report": "举报",
    "suggestion": "意见建议",
    "praise": "表扬",
}


def values_of(facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    """Every field that this kind of letter knows, by its name in a template, with what stands there; "" is nothing."""
    row = facts.row
    values = _common(facts, profile)
    if isinstance(row, Urge):
        values |= _of_urge(row, profile)
    elif isinstance(row, Notice):
        values |= _of_notice(row, profile)
    elif isinstance(row, Finding):
        values |= _of_finding(row, facts, profile)
    elif isinstance(row, UrgentReport):
        values |= _of_report(row)
    return {name: safe_text(text) for name, text in values.items()}


def _common(facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    ticket = facts.ticket
    return {
        "城市": profile.city_zh,
        "主送": facts.unit,
        "抄送": "，".join(facts.copies),
        "日期": "　　年　　月　　日" if facts.draft else _day(facts.at),
        "工单编号": ticket.number,
        "事项": redact_for_paper(ticket.title),
        "事项类别": facts.category,
        "诉求类型": _TYPES.get(ticket.request_type, ""),
        "受理日期": _day(profile.local(ticket.received_at)),
        "办理时限": "未确定" if ticket.due_at is None else _moment(profile.local(ticket.due_at)),
        "时限状态": _standing(ticket, facts.at, profile),
    }


def _of_urge(row: Urge, profile: RuleProfile) -> dict[str, str]:
    return {
        "催办内容": redact_for_paper(row.text) or "请抓紧办理，及时联系诉求人并反馈办理结果。",
        "承诺时限": "" if row.promised_at is None else _moment(profile.local(row.promised_at)),
        "经办人": row.by_name,
    }


def _of_notice(row: Notice, profile: RuleProfile) -> dict[str, str]:
    days = profile.stages.notice_reply_days
    due = row.reply_due_at
    return {
        "字号": row.number or UNNUMBERED,
        "督办事由": redact_for_paper(row.ground) or "（未填写）",
        "督办要求": redact_for_paper(row.requirement) or "请依法依规抓紧办理，并如实反馈办理结果。",
        "反馈时限": f"本单签发之日起{days}个工作日内" if due is None else f"{_moment(profile.local(due))}前",
        "经办人": row.author_name,
        "签发人": row.approver_name,
    }


def _of_finding(row: Finding, facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    code = profile.finding_code(row.code)
    waiting = facts.draft or bool(profile.finding_series)  # numbered on filing, by the server alone
    due = row.rectify_due_at
    return {
        "字号": row.number or (UNNUMBERED if waiting else ""),
        "问题类型": code.zh if code is not None else row.code,
        "严重程度": _SEVERITIES[row.severity],
        "涉及工单": "、".join(facts.cited),
        "问题事实": redact_for_paper(row.facts) or "（未填写）",
        "整改要求": redact_for_paper(row.requirement) or "请针对上述问题逐项整改，举一反三，防止再次发生。",
        "整改时限": f"本通知书发出之日起{row.rectify_days}个工作日内"
        if due is None
        else f"{_moment(profile.local(due))}前",
        "经办人": row.author_name,
    }


def _of_report(row: UrgentReport) -> dict[str, str]:
    parts = {
        "专报事项": row.what,
        "地点": row.location,
        "涉及人数": row.people,
        "已采取措施": row.done,
        "工作建议": row.proposed,
    }
    written = {name: redact_for_paper(text) or "（未填写）" for name, text in parts.items()}
    return written | {
        "字号": row.number or UNNUMBERED,
        "经办人": row.author_name,
        "签发人": row.approver_name,
    }


def _standing(ticket: Ticket, at: datetime, profile: RuleProfile) -> str:
    """How the handling clock stood at that moment."""
    if ticket.completed_at is not None and ticket.completed_at <= at:
        return "承办单位已报办结"
    if ticket.state in PAUSED_STATES:
        return "办理时限暂停计算"
    if ticket.due_at is None:
        return "尚未办结"
    if ticket.due_at < at:
        return f"已逾期{_span(*working_span(profile, ticket.due_at, at))}"
    return f"距办理时限还有{_span(*working_span(profile, at, ticket.due_at))}"


def _span(days: int, hours: int) -> str:
    parts = (f"{days}个工作日" if days else "", f"{hours}小时" if hours else "")
    return "".join(parts) or "不足1小时"


def _day(local: datetime) -> str:
    """A date as a letter has it: no leading zeros."""
    return f"{local.year}年{local.month}月{local.day}日"


def _moment(local: datetime) -> str:
    minute = f"{local.minute:02}分" if local.minute else ""
    return f"{_day(local)}{local.hour}时{minute}"
