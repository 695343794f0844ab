"""The morning sheet: what "since I left" means, and that each number is what the rows say."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from desktop.models.domain.entities import Answers, Finding, Notice, Ticket, Urge, Visit
from desktop.models.domain.tickets import is_open
from desktop.models.domain.workdays import WorkMarks, closings, left_at, worked
from desktop.services.commands.board import put_aside
from desktop.services.commands.morning import mark_looked, note_work
from desktop.services.queries.morning import MorningSheet, morning_sheet
from tests.support.builders import NOW, ZONE, make_notice, make_ticket, make_urge, make_visit
from tests.support.sample_towns import held_city
from tests.support.stores import open_desk_store, profile

SIZE = 3_000
_PULLED = (Ticket, Visit, Urge, Notice, Finding)


def _ids(sheet: MorningSheet, kind: str, until: datetime | None = None) -> set[str]:
    (section,) = [s for s in sheet.sections if s.kind == kind and s.until == until]
    assert section.count == len(section.items)
    return {item.ticket.id for item in section.items}


def test_every_number_is_what_plain_python_counts_in_the_sample_city(tmp_path: Path) -> None:
    """Counts that are believed before they are looked at must be exact, for whoever left yesterday or a week ago."""
    town = held_city(SIZE)
    with open_desk_store(tmp_path, now=town.now, rules=town.profile) as store:
        for cls in _PULLED:
            store.pull(*town.of(cls))
        tickets = town.of(Ticket)
        running = [t for t in tickets if is_open(t) and t.state not in ("extension_pending", "suspended")]
        answered = _answered(
            town.of(Notice), town.of(Finding), town.of(Urge), {t.id for t in tickets if is_open(t)}
        )
        for since in (town.now - timedelta(hours=16), town.now - timedelta(days=7)):
            store.run(lambda w, at=since: note_work(w, at))  # type: ignore[misc]
            sheet = store.ask(morning_sheet)
            assert sheet.since == since
            assert _ids(sheet, "fell") == {t.id for t in running if t.due_at and since <= t.due_at < town.now}
            after = town.now - timedelta(seconds=1)
            for until in closings(town.profile, town.now):
                assert _ids(sheet, "due", until) == {
                    t.id for t in running if t.due_at and after < t.due_at <= until
                }
                after = until
            assert _ids(sheet, "answered") == {i for i, at in answered.items() if at >= since}
            assert _ids(sheet, "contradicted") == _contradicted(
                town.of(Visit), town.tickets, town.of(Finding), since
            )
            with store.store.write() as connection:
                connection.exec_driver_sql("DELETE FROM setting WHERE key LIKE 'work.%'")
            assert since > town.now - timedelta(days=1) or all(section.items for section in sheet.sections)


def _answered(
    notices: list[Notice], findings: list[Finding], urges: list[Urge], open_ids: set[str]
) -> dict[str, datetime]:
    """Ticket id → the latest answer of the unit that waits to be looked at."""
    said = [(n.ticket_id, n.replied_at) for n in notices if n.state == "replied"]
    said += [(f.ticket_id, f.replied_at) for f in findings if f.state == "replied"]
    said += [(u.ticket_id, u.acknowledged_at) for u in urges if u.ticket_id in open_ids]
    latest: dict[str, datetime] = {}
    for ticket_id, at in said:
        if at is not None:
            latest[ticket_id] = max(at, latest.get(ticket_id, at))
    return latest


def _contradicted(
    visits: list[Visit], tickets: dict[str, Ticket], findings: list[Finding], since: datetime
) -> set[str]:
    """Cases that a visit since then denies and no finding has settled."""
    settled = {f.ticket_id for f in findings if f.state != "withdrawn" and f.code in ("F01", "F02", "F05")}
    found = set()
    for visit in visits:
        done, said, answers = tickets[visit.ticket_id].completed_at, visit.completed_at, visit.answers
        if visit.valid and answers and done and said and said >= max(done, since):
            found |= (
                {visit.ticket_id}
                if answers.contacted == "no" or answers.resolved == "not_resolved"
                else set()
            )
    return found - settled


def test_lunch_does_not_end_a_days_work_and_a_night_does() -> None:
    """ "Since I left" must stay where it is all morning, and must not jump when the screen was locked over lunch."""
    rules = profile()
    evening, morning = NOW.replace(hour=17, minute=20) - timedelta(days=1), NOW.replace(hour=8)
    marks = worked(worked(WorkMarks(), evening - timedelta(hours=2)), evening)
    assert left_at(marks, rules, morning) == evening, "before the first touch of the day as well"
    for at in (morning, NOW, NOW.replace(hour=12), NOW.replace(hour=14, minute=30), NOW.replace(hour=13)):
        marks = worked(marks, at)
        assert left_at(marks, rules, at) == evening
    assert left_at(WorkMarks(), rules, NOW) == NOW.replace(
        hour=rules.work_end.hour, minute=rules.work_end.minute
    ) - (timedelta(days=1))
    monday = datetime(2024, 5, 13, 8, 0, tzinfo=ZONE)
    assert left_at(WorkMarks(), rules, monday).date() == datetime(2024, 5, 11).date(), (
        "a Saturday made up for"
    )


def test_the_closing_hours_are_those_that_are_still_to_come() -> None:
    """ "By 12:00" at two o'clock would be a section that is always empty; after hours the next day's are of use."""
    rules = profile()
    assert [f"{at:%d %H:%M}" for at in closings(rules, NOW)] == ["14 12:00", "14 17:30"]
    assert [f"{at:%d %H:%M}" for at in closings(rules, NOW.replace(hour=14))] == ["14 17:30"]
    assert [f"{at:%d %H:%M}" for at in closings(rules, NOW.replace(hour=20))] == ["15 12:00", "15 17:30"]


def test_what_was_looked_at_stays_so_until_the_next_morning(tmp_path: Path) -> None:
    """An officer who is called away goes on where they were; tomorrow's sheet is a new one."""
    late = make_ticket(due_at=NOW - timedelta(hours=1))
    with open_desk_store(tmp_path) as store:
        store.pull(late)
        sheet = store.ask(morning_sheet)
        (item,) = sheet.items()
        assert not item.done
        store.run(lambda w: mark_looked(w, sheet.since, item.key, done=True))
        (again,) = store.ask(morning_sheet).items()
        assert again.done
        store.run(lambda w: note_work(w, NOW - timedelta(hours=5)))
        (anew,) = store.ask(morning_sheet).items()
        assert not anew.done


def test_a_case_put_aside_or_answered_before_is_not_on_the_sheet(tmp_path: Path) -> None:
    """What somebody has decided on, or read last week, is no news."""
    done = NOW - timedelta(hours=20)
    ticket = make_ticket(state="to_visit", completed_at=done)
    said = Answers(identity_confirmed=True, contacted="no", resolved="resolved", satisfied_result="satisfied")
    visit = make_visit(
        ticket, state="completed", answers=said, valid=True, completed_at=NOW - timedelta(hours=1)
    )
    other = make_ticket()
    old = make_notice(other, state="replied", replied_at=NOW - timedelta(days=4))
    with open_desk_store(tmp_path) as store:
        store.pull(ticket, visit, other, old, make_urge(other))
        sheet = store.ask(morning_sheet)
        assert _ids(sheet, "contradicted") == {ticket.id}
        assert _ids(sheet, "answered") == set()
        store.run(lambda w: put_aside(w, ticket.id))
        assert _ids(store.ask(morning_sheet), "contradicted") == set()
