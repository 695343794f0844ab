"""The words about the city's rules: what part of them something is, and what cannot be. Codes in, words out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.profile_changes import ORDER, RuleChange
from desktop.models.domain.profile_checks import Fault


def section(name: str) -> str:
    """A field of the profile; one without words as it is called in the file."""
    return {
        "calendar": QCoreApplication.translate("RuleWords", "Calendar"),
        "deadlines": QCoreApplication.translate("RuleWords", "Time limits"),
        "stages": QCoreApplication.translate("RuleWords", "Limits of steps"),
        "attempts": QCoreApplication.translate("RuleWords", "When citizens are called"),
        "lease": QCoreApplication.translate("RuleWords", "Holding a visit"),
        "escalation": QCoreApplication.translate("RuleWords", "Escalation"),
        "questionnaire": QCoreApplication.translate("RuleWords", "Questionnaire"),
        "dissatisfaction_reasons": QCoreApplication.translate("RuleWords", "Reasons of dissatisfaction"),
        "finding_codes": QCoreApplication.translate("RuleWords", "Finding codes"),
        "rectify_days": QCoreApplication.translate("RuleWords", "Days for rectification"),
        "reveal_purposes": QCoreApplication.translate("RuleWords", "Purposes of looking up a contact"),
        "dispatch": QCoreApplication.translate("RuleWords", "Dispatch catalogue"),
        "emergency_categories": QCoreApplication.translate("RuleWords", "Categories of emergencies"),
        "letters": QCoreApplication.translate("RuleWords", "Letters"),
        "signs": QCoreApplication.translate("RuleWords", "Signs of a false completion"),
        "ladder": QCoreApplication.translate("RuleWords", "Supervision ladder"),
        "visits": QCoreApplication.translate("RuleWords", "Return visits"),
        "inspections": QCoreApplication.translate("RuleWords", "Inspections"),
        "breaks": QCoreApplication.translate("RuleWords", "Breaks"),
        "work_start": QCoreApplication.translate("RuleWords", "Office opens"),
        "work_end": QCoreApplication.translate("RuleWords", "Office closes"),
        "due_soon_hours": QCoreApplication.translate("RuleWords", "Hours that are due soon"),
        "notice_series": QCoreApplication.translate("RuleWords", "Numbers of notices"),
        "finding_series": QCoreApplication.translate("RuleWords", "Numbers of findings"),
        "guidance_series": QCoreApplication.translate("RuleWords", "Numbers of reminder letters"),
        "report_series": QCoreApplication.translate("RuleWords", "Numbers of urgent reports"),
        "version": QCoreApplication.translate("RuleWords", "Version"),
        "effective_from": QCoreApplication.translate("RuleWords", "In force from"),
        "timezone": QCoreApplication.translate("RuleWords", "Time zone"),
    }.get(name, name)


def field(name: str) -> str:
    """What of a thing; a field without words as it is called in the file."""
    return {
        "limit": QCoreApplication.translate("RuleWords", "limit"),
        "unit": QCoreApplication.translate("RuleWords", "counted in"),
        "name": QCoreApplication.translate("RuleWords", "name"),
        "cut_off": QCoreApplication.translate("RuleWords", "cut-off hour"),
        "extensions": QCoreApplication.translate("RuleWords", "extensions at most"),
        "extension_days": QCoreApplication.translate("RuleWords", "days of an extension"),
        "start_event": QCoreApplication.translate("RuleWords", "begins with"),
        "start_day_counts": QCoreApplication.translate("RuleWords", "start day counts"),
        "days_off": QCoreApplication.translate("RuleWords", "days off"),
        "make_up_days": QCoreApplication.translate("RuleWords", "make-up working days"),
        "announced_until": QCoreApplication.translate("RuleWords", "last announced year"),
        "city_days_off": QCoreApplication.translate("RuleWords", "the city's days off"),
        "city_working_days": QCoreApplication.translate("RuleWords", "the city's working days"),
        "reply_days": QCoreApplication.translate("RuleWords", "working days to reply"),
        "series": QCoreApplication.translate("RuleWords", "numbers"),
        "signers": QCoreApplication.translate("RuleWords", "who signs"),
        "writers": QCoreApplication.translate("RuleWords", "who writes"),
        "withdrawers": QCoreApplication.translate("RuleWords", "who withdraws"),
        "sign_days": QCoreApplication.translate("RuleWords", "days to sign"),
        "first_contact_days": QCoreApplication.translate("RuleWords", "days to first contact"),
        "visit_days": QCoreApplication.translate("RuleWords", "days to the return visit"),
        "rework_days": QCoreApplication.translate("RuleWords", "days of rework"),
        "notice_reply_days": QCoreApplication.translate("RuleWords", "days to reply to a notice"),
        "feedback_days": QCoreApplication.translate("RuleWords", "days to feedback"),
        "severity": QCoreApplication.translate("RuleWords", "severity"),
        "valid_from": QCoreApplication.translate("RuleWords", "in force from"),
        "valid_until": QCoreApplication.translate("RuleWords", "in force until"),
        "zh": QCoreApplication.translate("RuleWords", "Chinese words"),
        "en": QCoreApplication.translate("RuleWords", "English words"),
        "recheck_percent": QCoreApplication.translate("RuleWords", "share of visits made once more"),
        ORDER: QCoreApplication.translate("RuleWords", "order"),
    }.get(name, name)


def change(found: RuleChange) -> str:
    """One difference as a line: "Time limits · 投诉 5个工作日 · limit: 5 → 4"."""
    where = [section(found.section), found.item, field(found.field)]
    said = " · ".join(part for part in where if part)
    if found.before is None:
        new = QCoreApplication.translate("RuleWords", "{where}: new, {what}")
        return new.format(where=said, what=found.after)
    if found.after is None:
        gone = QCoreApplication.translate("RuleWords", "{where}: left out (was {what})")
        return gone.format(where=said, what=found.before)
    other = QCoreApplication.translate("RuleWords", "{where}: {old} → {new}")
    return other.format(where=said, old=found.before or "—", new=found.after or "—")


def fault(found: Fault) -> str:
    """What stands against a version, with its place."""
    said = {
        "next_version": QCoreApplication.translate("RuleWords", "the next version is {0}"),
        "in_the_past": QCoreApplication.translate(
            "RuleWords", "rules cannot be in force before today: deadlines keep those of their day"
        ),
        "before_the_last": QCoreApplication.translate("RuleWords", "version {0} is in force only from {1}"),
        "no_such_zone": QCoreApplication.translate("RuleWords", "there is no such time zone"),
        "zone_stays": QCoreApplication.translate(
            "RuleWords", "the office's time zone stays: every stored date is of it"
        ),
        "time_with_zone": QCoreApplication.translate("RuleWords", "an hour of the day has no time zone"),
        "closes_before": QCoreApplication.translate("RuleWords", "the office closes after it opens"),
        "break_outside": QCoreApplication.translate("RuleWords", "a break lies within the office hours"),
        "no_hour_left": QCoreApplication.translate(
            "RuleWords", "less than an hour of the working day is left"
        ),
        "taken_back": QCoreApplication.translate("RuleWords", "what was announced cannot be taken back"),
        "off_as_well": QCoreApplication.translate("RuleWords", "{0} is off as well"),
        "worked_anyway": QCoreApplication.translate("RuleWords", "{0} is worked anyway"),
        "leading_word": QCoreApplication.translate("RuleWords", "“{0}” leads the citizen to an answer"),
        "between": QCoreApplication.translate("RuleWords", "between {0} and {1}"),
        "ends_before": QCoreApplication.translate("RuleWords", "it ends before it begins"),
        "limit_units": QCoreApplication.translate("RuleWords", "a limit is between 1 and {0}"),
        "limit_days": QCoreApplication.translate("RuleWords", "a limit is between {0} and {1} working days"),
        "unnamed": QCoreApplication.translate(
            "RuleWords", "a rule is named: a ticket's due time is explained by it"
        ),
        "same_name": QCoreApplication.translate("RuleWords", "two rules are named {0}"),
        "outside_hours": QCoreApplication.translate("RuleWords", "the hour lies within the office hours"),
        "every_severity": QCoreApplication.translate("RuleWords", "every severity has its working days"),
        "rungs_order": QCoreApplication.translate("RuleWords", "each rung stands once, the lowest first"),
        "one_of": QCoreApplication.translate("RuleWords", "one of {0} is needed"),
        "series_marks": QCoreApplication.translate(
            "RuleWords", "a series says where the year and the number stand"
        ),
        "never_or": QCoreApplication.translate("RuleWords", "between 0 (never) and {0}"),
        "same_code": QCoreApplication.translate("RuleWords", "two of them have the code {0}"),
        "lines_coded": QCoreApplication.translate(
            "RuleWords", "a list has lines, each with a code of its own"
        ),
        "no_such_finding": QCoreApplication.translate("RuleWords", "there is no finding code {0}"),
        "no_rule": QCoreApplication.translate("RuleWords", "no rule for {0}, {1}, {2}"),
    }[found.code]
    told = QCoreApplication.translate("RuleWords", "{where}: {what}")
    return told.format(where=place(found.where), what=said.format(*found.given))


def place(pointer: str) -> str:
    """ "/deadlines/3/limit" → "Time limits 4, limit": counted as a person does."""
    parts = [part for part in pointer.split("/") if part]
    if not parts:
        return "—"
    said = [section(parts[0])]
    said += [str(int(part) + 1) if part.isdigit() else field(part) for part in parts[1:]]
    return " · ".join(said)
