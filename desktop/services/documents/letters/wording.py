"""The words that fill a letter's fields: Chinese, as an official letter is, whatever language the screen speaks.

Masked as everything that leaves is: no requester, and no telephone, card, mail or dwelling in a text. Must not read
anything but the facts it is given.
"""

from __future__ import annotations

from datetime import datetime

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import (
    PAUSED_STATES,
    Attachment,
    Finding,
    Notice,
    Row,
    Ticket,
    TimelineEntry,
    Urge,
    UrgentReport,
    Visit,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact_for_paper
from desktop.services.documents.values import safe_text
from desktop.services.queries.letters import LetterFacts

from .layout import TITLES
from .terms import NOT_WRITTEN, SEVERITIES, TYPES, UNNUMBERED, day_words, moment_words


def values_of(facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    """Every field that this kind of letter knows, by its name in a template, with what stands there; "" is nothing."""
    row = facts.row
    values = _common(facts, profile)
    if isinstance(row, Urge):
        values |= _of_urge(row, profile)
    elif isinstance(row, Notice):
        values |= _of_notice(row, facts, profile)
    elif isinstance(row, Finding):
        values |= _of_finding(row, facts, profile)
    elif isinstance(row, UrgentReport):
        values |= _of_report(row)
    return {name: safe_text(text) for name, text in values.items()}


def _common(facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    ticket = facts.ticket
    return {
        "城市": profile.city_zh,
        "主送": redact_for_paper(facts.unit) if isinstance(facts.row, UrgentReport) else facts.unit,  # typed
        "抄送": "，".join(facts.copies),
        "日期": "　　年　　月　　日" if facts.draft else day_words(facts.at),
        "工单编号": ticket.number,
        "事项": redact_for_paper(ticket.title),
        "事项类别": facts.category,
        "诉求类型": TYPES.get(ticket.request_type, ""),
        "受理日期": day_words(profile.local(ticket.received_at)),
        "办理时限": "未确定" if ticket.due_at is None else moment_words(profile.local(ticket.due_at)),
        "时限状态": _standing(ticket, facts.at, profile),
    }


def _of_urge(row: Urge, profile: RuleProfile) -> dict[str, str]:
    return {
        "催办内容": redact_for_paper(row.text) or "请抓紧办理，及时联系诉求人并反馈办理结果。",
        "承诺时限": "" if row.promised_at is None else moment_words(profile.local(row.promised_at)),
        "经办人": row.by_name,
    }


def _of_notice(row: Notice, facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    days = profile.reply_days(row.rung)
    due = row.reply_due_at
    return {
        "字号": row.number or UNNUMBERED,
        "涉及单位": facts.concerned,
        "此前督办": "；".join(_former(act, profile) for act in facts.earlier),
        "督办事由": redact_for_paper(row.ground) or NOT_WRITTEN,
        "督办要求": redact_for_paper(row.requirement) or "请依法依规抓紧办理，并如实反馈办理结果。",
        "反馈时限": f"签发之日起{days}个工作日内" if due is None else f"{moment_words(profile.local(due))}前",
        "经办人": row.author_name,
        "签发人": row.approver_name,
    }


def _former(act: Notice, profile: RuleProfile) -> str:
    """ "云热督〔2026〕15号（督办单，2026年3月2日）"."""
    day = "" if act.issued_at is None else f"，{day_words(profile.local(act.issued_at))}"
    return f"{act.number or UNNUMBERED}（{TITLES[act.rung]}{day}）"


def _of_finding(row: Finding, facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    code = profile.finding_code(row.code)
    waiting = facts.draft or bool(profile.finding_series)  # numbered on filing, by the server alone
    common = {
        "字号": row.number or (UNNUMBERED if waiting else ""),
        "问题类型": code.zh if code is not None else row.code,
        "严重程度": SEVERITIES[row.severity],
        "涉及工单": "、".join(facts.cited),
        "问题事实": redact_for_paper(row.facts) or NOT_WRITTEN,
        "规则依据": "\n".join(facts.basis) or "按12345热线办理的有关规定。",
        "问题证据": "\n".join(_evidence(each, profile) for each in facts.evidence)
        or "见所涉工单的办理记录。",
        "经办人": row.author_name,
    }
    asked = redact_for_paper(row.requirement) or "请针对上述问题逐项整改，举一反三，防止再次发生。"
    if facts.kind == "finding_letter":
        return common | {"整改要求": asked}
    if facts.kind == "close_out":
        return common | _of_closing(row, facts, profile)
    due = row.rectify_due_at
    return common | {
        "整改要求": asked,
        "整改时限": f"本通知书发出之日起{row.rectify_days}个工作日内"
        if due is None
        else f"{moment_words(profile.local(due))}前",
    }


def _of_closing(row: Finding, facts: LetterFacts, profile: RuleProfile) -> dict[str, str]:
    done = facts.rectification
    said = "" if done is None else f"{done.by_name}于{day_words(profile.local(done.at))}报告："
    closed = profile.local(row.verified_at or facts.at)
    means = {"return_visit": "回访", "look_back": "“回头看”"}.get(row.verify_means or "", "")
    found = "" if facts.verification is None else redact_for_paper(facts.verification.text)
    return {
        "整改情况": said + (redact_for_paper(done.text) if done is not None else NOT_WRITTEN),
        "核验情况": f"经{day_words(closed)}{means}核验，整改属实。" + (f"\n{found}" if found else ""),
        "销号日期": day_words(closed),
    }


def _evidence(row: Row, profile: RuleProfile) -> str:
    """One piece of evidence in a line; of a text only that it is there, of a visit only that it was made."""
    if isinstance(row, Attachment):
        return f"附件：{row.name}（SHA-256 {row.sha256[:16]}…）"
    if isinstance(row, TimelineEntry):
        return f"办理记录：{moment_words(profile.local(row.at))}，{row.kind}"
    if isinstance(row, Visit) and row.completed_at is not None:
        return f"回访记录：{moment_words(profile.local(row.completed_at))}"
    return "办理材料一份"


def _of_report(row: UrgentReport) -> dict[str, str]:
    parts = {
        "专报事项": row.what,
        "地点": row.location,
        "涉及人数": row.people,
        "已采取措施": row.done,
        "工作建议": row.proposed,
    }
    written = {name: redact_for_paper(text) or NOT_WRITTEN for name, text in parts.items()}
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
