"""What happened to an entry, told to its person in plain words: who did what when, and what can be done now.

Facts in, sentences out. Says nothing that the server or the store did not say, and never blames.
"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.wire import Step
from desktop.services.background.desk import Desk
from desktop.services.queries.outbox import OutboxRow
from desktop.services.queries.settling import Matter
from desktop.views.common import case_words, channel_words, inspection_words, upward_words
from desktop.views.common.timeline import Entry
from desktop.views.common.words import code_words
from desktop.views.outbox.leads import lead
from desktop.views.outbox.remedies import remedy
from desktop.views.outbox.sentences import deed
from desktop.views.outbox.value_words import field_name, field_names

_OFFLINE_AFTER = timedelta(minutes=2)
"""An answer that came later than this after the deed was on its way while there was no connection."""


def story(matter: Matter, desk: Desk) -> str:
    """The sentences above the person's own words."""
    row = matter.row
    told = {
        "waiting": _waiting,
        "sending": _sending,
        "suspended": _suspended,
        "discarded": _discarded,
        "settled": _settled,
        "blocked": _blocked,
        "out_of_scope": _out_of_scope,
        "lost": _lost,
        "refused": _refused,
        "conflict": _conflict,
    }[row.standing](matter, desk)
    gap = "" if desk.language == "zh" else " "
    return gap.join(part for part in told if part)


def meanwhile_words(matter: Matter, desk: Desk) -> list[Entry]:
    """What was done to the very thing since, for the timeline; newest first."""
    entries = []
    for step in reversed(matter.steps):
        fields = field_names(step.fields)
        body = matter.said.get(step.kind, "") if step is matter.steps[-1] else ""
        if fields and not body:
            changed = QCoreApplication.translate("OutboxWords", "Changed: {fields}")
            body = changed.format(fields=fields)
        entries.append(
            Entry(
                id=f"step:{step.version}",
                time=case_words.moment(desk.profile, step.at, desk.now()),
                title=deed(step.kind) if step.kind else _by_server(),
                actor=step.by_name,
                body=body,
                role="due_soon",
                icon="history",
            )
        )
    return entries


def who_did(matter: Matter) -> str:
    """Who gave the server's value: the last who changed the thing."""
    last = matter.steps[-1] if matter.steps else None
    name = last.by_name if last else matter.row.by_name
    return name or QCoreApplication.translate("OutboxWords", "The server")


# -- one standing each -----------------------------------------------------------------------------------------------


def _waiting(matter: Matter, desk: Desk) -> tuple[str, ...]:
    return (
        QCoreApplication.translate(
            "OutboxWords", "It goes out by itself as soon as the server can be reached. Nothing is lost."
        ),
    )


def _sending(matter: Matter, desk: Desk) -> tuple[str, ...]:
    return (QCoreApplication.translate("OutboxWords", "It is on its way to the server at this moment."),)


def _suspended(matter: Matter, desk: Desk) -> tuple[str, ...]:
    return (
        QCoreApplication.translate(
            "OutboxWords",
            "The server failed on this five times, so it no longer holds up the rest. It is tried once a day; "
            "you can try it now.",
        ),
    )


def _discarded(matter: Matter, desk: Desk) -> tuple[str, ...]:
    if matter.row.settled_at is None:
        return (
            QCoreApplication.translate("OutboxWords", "You discarded it. Your text is kept for 90 days."),
        )
    said = QCoreApplication.translate(
        "OutboxWords",
        "You discarded it on {time}. Your text is kept for 90 days; until then it can be put back.",
    )
    return (said.format(time=case_words.moment(desk.profile, matter.row.settled_at, desk.now())),)


def _settled(matter: Matter, desk: Desk) -> tuple[str, ...]:
    return (
        QCoreApplication.translate(
            "OutboxWords",
            "You settled this: something newer has taken its place. What you wrote then is kept for 90 days.",
        ),
    )


def _blocked(matter: Matter, desk: Desk) -> tuple[str, ...]:
    if matter.behind is None:
        return (
            QCoreApplication.translate(
                "OutboxWords", "What it waited for is settled. It can be tried again now."
            ),
        )
    said = QCoreApplication.translate(
        "OutboxWords",
        "It goes out after “{what}”, which waits for you. Settle that first; this follows by itself.",
    )
    return (said.format(what=deed(matter.behind.kind)),)


def _out_of_scope(matter: Matter, desk: Desk) -> tuple[str, ...]:
    moved = QCoreApplication.translate(
        "OutboxWords", "The case went to another unit, or out of your reach, before this arrived."
    )
    if matter.meanwhile is not None:
        back = QCoreApplication.translate("OutboxWords", "It has come back since.")
        return moved, back, _kept(matter)
    return moved, _kept(matter)


def _lost(matter: Matter, desk: Desk) -> tuple[str, ...]:
    gone = QCoreApplication.translate("OutboxWords", "This case went to another unit, or out of your reach.")
    if matter.row.kind == "draft":
        begun = QCoreApplication.translate(
            "OutboxWords", "What you had begun to write about it is kept here."
        )
        return gone, begun, _kept(matter)
    return gone, _kept(matter)


def _refused(matter: Matter, desk: Desk) -> tuple[str, ...]:
    code = matter.row.code
    why = code_words(code) if code else ""
    closer = []
    for field, reason in matter.reasons:
        if reason not in (code, "", "blocked"):
            closer.append(code_words(reason))
        elif field_name(field):
            about = QCoreApplication.translate("OutboxWords", "It is about: {field}.")
            closer.append(about.format(field=field_name(field)))
    return why, *closer, remedy(code), _kept(matter)


def _conflict(matter: Matter, desk: Desk) -> tuple[str, ...]:
    lead = _lead(matter, desk)
    if "send" in matter.ways and any(case.open for case in matter.fields):
        both = QCoreApplication.translate("OutboxWords", "Both versions stand below; yours is kept.")
        return lead, both
    if "send" in matter.ways and matter.fields:
        yours = QCoreApplication.translate("OutboxWords", "Yours is kept and can go out as it is.")
        return lead, yours
    if "send" in matter.ways:
        look = QCoreApplication.translate(
            "OutboxWords", "Look at it as it stands now: you have not had this wording before you."
        )
        return lead, look, _kept(matter)
    no_more = QCoreApplication.translate("OutboxWords", "This step is no longer possible.")
    return lead, _state(matter), no_more, _kept(matter)


def _kept(matter: Matter) -> str:
    """What becomes of the person's words."""
    if not matter.texts:
        return QCoreApplication.translate("OutboxWords", "There are no words of yours in it.")
    if "send_note" in matter.ways and matter.row.kind.endswith((".reply", ".rectify")):
        return QCoreApplication.translate(
            "OutboxWords", "Your reply is kept: send it as a note, copy it, or discard it."
        )
    if "send_note" in matter.ways:
        return QCoreApplication.translate(
            "OutboxWords", "Your text is kept: send it as a note, copy it, or discard it."
        )
    if "hand_over" in matter.ways:
        return QCoreApplication.translate(
            "OutboxWords", "Your text is kept: hand it over to the office as a note, copy it, or discard it."
        )
    return QCoreApplication.translate("OutboxWords", "Your text is kept.")


def _lead(matter: Matter, desk: Desk) -> str:
    """Who did what when; first of all that the office has extended the limit, where it has."""
    moved = ""
    if matter.extended_to is not None:
        extended = QCoreApplication.translate("OutboxWords", "The office extended this to {day} {meanwhile}.")
        day = case_words.day(desk.profile, matter.extended_to, desk.now())
        moved = extended.format(day=day, meanwhile=_meanwhile(matter.row))
    step = matter.steps[-1] if matter.steps else None
    if step is None:
        who = matter.row.by_name
        changed = QCoreApplication.translate("OutboxWords", "It was changed {meanwhile}.")
        by = QCoreApplication.translate("OutboxWords", "{who} changed it {meanwhile}.")
        said = by.format(who=who, meanwhile=_meanwhile(matter.row)) if who else ""
        return moved or said or changed.format(meanwhile=_meanwhile(matter.row))
    gap = "" if desk.language == "zh" else " "
    return gap.join(part for part in (moved, _step_words(step, matter, desk)) if part)


def _step_words(step: Step, matter: Matter, desk: Desk) -> str:
    wanted = {case.field for case in matter.fields}
    fields = field_names(f for f in step.fields if f in wanted) or field_names(step.fields)
    if step.kind.endswith(".edit") and fields:
        said = QCoreApplication.translate("OutboxWords", "{who} changed {fields} on {time} {meanwhile}.")
    else:
        said = lead(step.kind)
    return said.format(
        who=step.by_name or QCoreApplication.translate("OutboxWords", "The server"),
        fields=fields,
        time=case_words.moment(desk.profile, step.at, desk.now()),
        meanwhile=_meanwhile(matter.row),
    )


def _meanwhile(row: OutboxRow) -> str:
    if row.settled_at is not None and row.settled_at - row.made_at > _OFFLINE_AFTER:
        return QCoreApplication.translate("OutboxWords", "while you were offline")
    return QCoreApplication.translate("OutboxWords", "in the meantime")


def _state(matter: Matter) -> str:
    words = {
        "notice": case_words.notice_state,
        "finding": case_words.finding_state,
        "visit": case_words.visit_state,
        "application": upward_words.application_state,
        "instruction": upward_words.instruction_state,
        "urgent_report": upward_words.report_state,
        "inspection": inspection_words.state,
        "inquiry": channel_words.inquiry_state,
    }.get(matter.row.entity_type)
    if words is None or not matter.state:
        return ""
    now = QCoreApplication.translate("OutboxWords", "It is now: {state}.")
    return now.format(state=words(matter.state))


def _by_server() -> str:
    return QCoreApplication.translate("OutboxWords", "Changed by the hotline")
