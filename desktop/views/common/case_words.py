"""The words for what a case is: states, types, channels, times. Codes and times in, translated texts out.

Shared by every page that shows tickets, and by exports and prints. Safe to call in a lane (it only looks up
translations). Must not fetch anything and must not decide what a ticket's light or state is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.profile import RuleProfile

_Word = Callable[[str], str]
_REMEMBERED = 200


def _once(word: _Word) -> _Word:
    """A word is looked up once a language and not in every cell: each look-up asks the translator a dozen times."""
    known: dict[tuple[str, str], str] = {}

    @wraps(word)
    def remembered(code: str) -> str:
        key = (
            QCoreApplication.translate("CaseWords", "Phone"),
            code,
        )  # which stands for the language in force
        found = known.get(key)
        if found is None:
            if len(known) >= _REMEMBERED:  # codes of a newer server come from outside
                known.clear()
            found = known[key] = word(code)
        return found

    return remembered


@_once
def request_type(code: str) -> str:
    """咨询, 求助, …; an unknown code as it is."""
    return {
        "consultation": QCoreApplication.translate("CaseWords", "Consultation"),
        "help": QCoreApplication.translate("CaseWords", "Request for help"),
        "complaint": QCoreApplication.translate("CaseWords", "Complaint"),
        "report": QCoreApplication.translate("CaseWords", "Report"),
        "suggestion": QCoreApplication.translate("CaseWords", "Suggestion"),
        "praise": QCoreApplication.translate("CaseWords", "Praise"),
    }.get(code, code)


@_once
def channel(code: str) -> str:
    """How the request came in."""
    return {
        "phone": QCoreApplication.translate("CaseWords", "Phone"),
        "mailbox": QCoreApplication.translate("CaseWords", "Mayor's mailbox"),
        "sms": QCoreApplication.translate("CaseWords", "Text message"),
        "app": QCoreApplication.translate("CaseWords", "App"),
        "weibo": QCoreApplication.translate("CaseWords", "Weibo"),
        "wechat": QCoreApplication.translate("CaseWords", "WeChat"),
        "web": QCoreApplication.translate("CaseWords", "Website"),
        "letter": QCoreApplication.translate("CaseWords", "Letter"),
    }.get(code, code)


@_once
def ticket_state(code: str) -> str:
    """Where the handling stands."""
    return {
        "received": QCoreApplication.translate("CaseWords", "Received"),
        "dispatched": QCoreApplication.translate("CaseWords", "Dispatched"),
        "signed": QCoreApplication.translate("CaseWords", "Signed for"),
        "first_contacted": QCoreApplication.translate("CaseWords", "First contact made"),
        "handling": QCoreApplication.translate("CaseWords", "In handling"),
        "completed": QCoreApplication.translate("CaseWords", "Completed by unit"),
        "in_review": QCoreApplication.translate("CaseWords", "In review"),
        "to_visit": QCoreApplication.translate("CaseWords", "To be visited"),
        "archived": QCoreApplication.translate("CaseWords", "Archived"),
        "return_pending": QCoreApplication.translate("CaseWords", "Return asked for"),
        "extension_pending": QCoreApplication.translate("CaseWords", "Extension asked for"),
        "suspended": QCoreApplication.translate("CaseWords", "Suspended"),
    }.get(code, code)


@_once
def urgency(code: str) -> str:
    """ "" for normal."""
    return {
        "urgent": QCoreApplication.translate("CaseWords", "Urgent"),
        "emergency": QCoreApplication.translate("CaseWords", "Emergency"),
    }.get(code, "")


@_once
def level(code: str) -> str:
    """ "" for normal."""
    return {
        "confidential": QCoreApplication.translate("CaseWords", "Confidential"),
        "report": QCoreApplication.translate("CaseWords", "Report, secret"),
    }.get(code, "")


@_once
def light(code: str) -> str:
    """The word of a time limit's state."""
    return {
        "overdue": QCoreApplication.translate("CaseWords", "Overdue"),
        "due_soon": QCoreApplication.translate("CaseWords", "Due soon"),
        "normal": QCoreApplication.translate("CaseWords", "Within limit"),
        "paused": QCoreApplication.translate("CaseWords", "Paused"),
        "provisional": QCoreApplication.translate("CaseWords", "Provisional"),
        "none": QCoreApplication.translate("CaseWords", "No limit running"),
    }.get(code, code)


@_once
def rung(code: str) -> str:
    """The acts of the supervision ladder; the row of one is never its colour."""
    return {
        "notice": QCoreApplication.translate("CaseWords", "Supervision notice"),
        "yellow_card": QCoreApplication.translate("CaseWords", "Yellow card"),
        "red_card": QCoreApplication.translate("CaseWords", "Red card"),
        "bulletin": QCoreApplication.translate("CaseWords", "Naming in the bulletin"),
        "interview": QCoreApplication.translate("CaseWords", "Interview"),
        "referral": QCoreApplication.translate("CaseWords", "Referral"),
    }.get(code, code)


@_once
def notice_state(code: str) -> str:
    """Where a supervision notice stands."""
    return {
        "draft": QCoreApplication.translate("CaseWords", "Draft"),
        "submitted": QCoreApplication.translate("CaseWords", "Waiting for approval"),
        "returned": QCoreApplication.translate("CaseWords", "Returned for changes"),
        "issued": QCoreApplication.translate("CaseWords", "Under supervision"),
        "replied": QCoreApplication.translate("CaseWords", "Answered"),
        "withdrawn": QCoreApplication.translate("CaseWords", "Withdrawn"),
    }.get(code, code)


def act_state(rung_code: str, code: str) -> str:
    """Where an act of the ladder stands; a card is issued, it does not supervise."""
    if rung_code != "notice" and code == "issued":
        return QCoreApplication.translate("CaseWords", "Issued")
    return notice_state(code)


def visit_state(code: str) -> str:
    """Where a return visit stands."""
    return {
        "waiting": QCoreApplication.translate("CaseWords", "Waiting for a call"),
        "booked": QCoreApplication.translate("CaseWords", "Booked"),
        "completed": QCoreApplication.translate("CaseWords", "Visit completed"),
        "unreachable": QCoreApplication.translate("CaseWords", "Unreachable"),
        "cancelled": QCoreApplication.translate("CaseWords", "Cancelled"),
    }.get(code, code)


def urge_means(code: str) -> str:
    """How a unit was urged."""
    return {
        "phone": QCoreApplication.translate("CaseWords", "By phone"),
        "sms": QCoreApplication.translate("CaseWords", "By text message"),
        "letter": QCoreApplication.translate("CaseWords", "By letter"),
    }.get(code, code)


def clock_name(code: str) -> str:
    """The clocks of a case."""
    return {
        "sign": QCoreApplication.translate("CaseWords", "Sign"),
        "first_contact": QCoreApplication.translate("CaseWords", "First contact"),
        "handling": QCoreApplication.translate("CaseWords", "Handling"),
        "feedback": QCoreApplication.translate("CaseWords", "Feedback"),
        "visit": QCoreApplication.translate("CaseWords", "Return visit"),
        "notice_reply": QCoreApplication.translate("CaseWords", "Reply to notice"),
        "rectification": QCoreApplication.translate("CaseWords", "Rectification"),
    }.get(code, code)


def person_or_enterprise(*, enterprise: bool) -> str:
    """Who asked."""
    if enterprise:
        return QCoreApplication.translate("CaseWords", "Enterprise")
    return QCoreApplication.translate("CaseWords", "Person")


def working_time(span: tuple[int, int]) -> str:
    """ "2 working days 3 hours"; "" for nothing."""
    days, hours = span
    parts = []
    if days == 1:
        parts.append(QCoreApplication.translate("CaseWords", "1 working day"))
    elif days:
        many = QCoreApplication.translate("CaseWords", "{n} working days")
        parts.append(many.format(n=f"{days:,}"))
    if hours == 1:
        parts.append(QCoreApplication.translate("CaseWords", "1 hour"))
    elif hours:
        some = QCoreApplication.translate("CaseWords", "{n} hours")
        parts.append(some.format(n=hours))
    return " ".join(parts)


def short_working_time(span: tuple[int, int]) -> str:
    """The larger part alone, for lists: "2 working days", else "3 hours"; "" for less than an hour."""
    days, hours = span
    return working_time((days, 0)) if days else working_time((0, hours))


def standing(light_code: str, span: tuple[int, int]) -> str:
    """The state of the limit with its working time: "Overdue 2 working days 3 hours"."""
    time = working_time(span)
    if light_code == "overdue":
        if not time:
            return QCoreApplication.translate("CaseWords", "Just overdue")
        late = QCoreApplication.translate("CaseWords", "Overdue {time}")
        return late.format(time=time)
    if light_code in ("due_soon", "normal", "provisional"):
        if not time:
            left = QCoreApplication.translate("CaseWords", "Less than an hour left")
        else:
            some = QCoreApplication.translate("CaseWords", "{time} left")
            left = some.format(time=time)
        if light_code == "provisional":
            unsure = QCoreApplication.translate("CaseWords", "{left}, provisional")
            return unsure.format(left=left)
        return left
    return light(light_code)


def short_standing(light_code: str, span: tuple[int, int], due_at: datetime | None, *, today: bool) -> str:
    """The same for a list, where the absolute time stands beside it."""
    if light_code == "overdue":
        time = short_working_time(span)
        if not time:
            return QCoreApplication.translate("CaseWords", "Just overdue")
        late = QCoreApplication.translate("CaseWords", "Overdue {time}")
        return late.format(time=time)
    if light_code in ("paused", "none") or due_at is None:
        return light("paused") if light_code == "paused" else ""
    if today:
        by = QCoreApplication.translate("CaseWords", "Today {time}")
        return by.format(time=f"{due_at:%H:%M}")
    time = short_working_time(span)
    if not time:
        return QCoreApplication.translate("CaseWords", "Less than an hour left")
    left = QCoreApplication.translate("CaseWords", "{time} left")
    return left.format(time=time)


def moment(profile: RuleProfile, at: datetime, now: datetime) -> str:
    """Date and time in the office's zone: "11-18 17:30", with the year where it is not this one."""
    local = profile.local(at)
    clock = f"{local.month:02}-{local.day:02} {local.hour:02}:{local.minute:02}"  # four times as quick as strftime
    return clock if local.year == profile.local(now).year else f"{local.year:04}-{clock}"


def day(profile: RuleProfile, at: datetime, now: datetime) -> str:
    """The date alone, like `moment`."""
    local = profile.local(at)
    return f"{local:%m-%d}" if local.year == profile.local(now).year else f"{local:%Y-%m-%d}"


def surname(name: str) -> str:
    """A colleague's name where there is little room: the first character of a Chinese one, else all of it."""
    return name[:1] if name and "\u4e00" <= name[0] <= "\u9fff" else name


def requester(label: str, phone_tail: str, *, sample: bool) -> str:
    """Surname and tail as everybody may see them: "张女士  尾号 5521"; never more."""
    parts = [label or QCoreApplication.translate("CaseWords", "Not named")]
    if phone_tail:
        tail = QCoreApplication.translate("CaseWords", "number ending {tail}")
        parts.append(tail.format(tail=phone_tail))
    if sample:
        parts.append(QCoreApplication.translate("CaseWords", "(sample)"))
    return "  ".join(parts)


def outcome(code: str) -> str:
    """How an attempt to reach a citizen ended."""
    return {
        "answered": QCoreApplication.translate("CaseWords", "Answered the call"),
        "no_answer": QCoreApplication.translate("CaseWords", "No answer"),
        "busy": QCoreApplication.translate("CaseWords", "Busy"),
        "switched_off": QCoreApplication.translate("CaseWords", "Switched off"),
        "wrong_number": QCoreApplication.translate("CaseWords", "Wrong number"),
        "refused": QCoreApplication.translate("CaseWords", "Refused the visit"),
        "call_later": QCoreApplication.translate("CaseWords", "Asked to be called later"),
        "line_fault": QCoreApplication.translate("CaseWords", "Line fault"),
    }.get(code, code)


def severity(code: str) -> str:
    """How grave a finding is."""
    return {
        "notice": QCoreApplication.translate("CaseWords", "Hint"),
        "ordinary": QCoreApplication.translate("CaseWords", "Ordinary"),
        "serious": QCoreApplication.translate("CaseWords", "Serious"),
        "critical": QCoreApplication.translate("CaseWords", "Critical"),
    }.get(code, code)


def finding_state(code: str) -> str:
    """Where a finding stands."""
    return {
        "draft": QCoreApplication.translate("CaseWords", "Draft"),
        "filed": QCoreApplication.translate("CaseWords", "Filed"),
        "acknowledged": QCoreApplication.translate("CaseWords", "Received by the unit"),
        "replied": QCoreApplication.translate("CaseWords", "Answered"),
        "confirmed": QCoreApplication.translate("CaseWords", "Upheld"),
        "withdrawn": QCoreApplication.translate("CaseWords", "Withdrawn"),
        "rectifying": QCoreApplication.translate("CaseWords", "Being put right"),
        "rectified": QCoreApplication.translate("CaseWords", "Put right, to be checked"),
        "verified": QCoreApplication.translate("CaseWords", "Closed out"),
        "returned": QCoreApplication.translate("CaseWords", "Sent back to the unit"),
        "review_requested": QCoreApplication.translate("CaseWords", "Review asked for"),
    }.get(code, code)


def good_practice_state(code: str) -> str:
    """Where good practice stands, which has a short life of its own."""
    return {
        "filed": QCoreApplication.translate("CaseWords", "Told to the unit"),
        "confirmed": QCoreApplication.translate("CaseWords", "Commended"),
    }.get(code, finding_state(code))


def stance(code: str) -> str:
    """How a unit stands to a finding, and what the office answered."""
    return {
        "accepts": QCoreApplication.translate("CaseWords", "Unit accepts the finding"),
        "explains": QCoreApplication.translate("CaseWords", "Unit explains"),
        "disputes": QCoreApplication.translate("CaseWords", "Unit disputes the finding"),
        "plans": QCoreApplication.translate("CaseWords", "Unit says what it will do"),
        "rectified": QCoreApplication.translate("CaseWords", "Unit reports it put right"),
        "review": QCoreApplication.translate("CaseWords", "Unit asks for a review"),
        "returned": QCoreApplication.translate("CaseWords", "Rectification sent back"),
        "verified": QCoreApplication.translate("CaseWords", "Looked at and closed out"),
        "upheld": QCoreApplication.translate("CaseWords", "Review: it stands"),
        "changed": QCoreApplication.translate("CaseWords", "Review: it stands with another severity"),
        "revoked": QCoreApplication.translate("CaseWords", "Review: it is revoked"),
    }.get(code, code)


def timeline_kind(code: str) -> str:
    """What a line of the hotline's own history says; an unknown kind as it is."""
    return {
        "received": QCoreApplication.translate("CaseWords", "Received"),
        "dispatched": QCoreApplication.translate("CaseWords", "Dispatched"),
        "due_renewed": QCoreApplication.translate("CaseWords", "Time limit reckoned anew"),
        "redispatched": QCoreApplication.translate("CaseWords", "Dispatched anew"),
        "signed": QCoreApplication.translate("CaseWords", "Signed for"),
        "first_contacted": QCoreApplication.translate("CaseWords", "First contact made"),
        "first_contact": QCoreApplication.translate("CaseWords", "First contact made"),
        "handling": QCoreApplication.translate("CaseWords", "In handling"),
        "completed": QCoreApplication.translate("CaseWords", "Completed by unit"),
        "in_review": QCoreApplication.translate("CaseWords", "In review"),
        "to_visit": QCoreApplication.translate("CaseWords", "To be visited"),
        "archived": QCoreApplication.translate("CaseWords", "Archived"),
        "returned": QCoreApplication.translate("CaseWords", "Returned: wrong unit"),
        "objected": QCoreApplication.translate("CaseWords", "Dispatch objected to"),
        "extended": QCoreApplication.translate("CaseWords", "Time limit extended"),
        "extension_requested": QCoreApplication.translate("CaseWords", "Extension asked for"),
        "suspended": QCoreApplication.translate("CaseWords", "Suspended"),
        "resumed": QCoreApplication.translate("CaseWords", "Resumed"),
        "rework": QCoreApplication.translate("CaseWords", "Sent back for rework"),
        "reopened": QCoreApplication.translate("CaseWords", "Reopened"),
        "assigned": QCoreApplication.translate("CaseWords", "Given to an officer"),
        "merged": QCoreApplication.translate("CaseWords", "Repeat merged"),
        "instruction": QCoreApplication.translate("CaseWords", "Leader's instruction"),
        "extension_refused": QCoreApplication.translate("CaseWords", "Extension refused"),
        "return_refused": QCoreApplication.translate("CaseWords", "Return refused"),
        "visit_overturned": QCoreApplication.translate("CaseWords", "Return visit overturned"),
        "visit_again": QCoreApplication.translate("CaseWords", "To be visited again"),
    }.get(code, code)
