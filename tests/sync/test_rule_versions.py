"""New rules reach a desktop, and the ones before stay: what was computed by them is explained by them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from central.announcing import announce_days
from central.profile_store import all_profiles, store_profile
from desktop.models.domain.deadlines import due_by_rule, extend
from desktop.models.domain.entities import Extension, Ticket, TimelineEntry
from desktop.models.domain.profile import RuleProfile
from desktop.models.store import settings
from desktop.services.queries.base import Reader, Reference
from desktop.services.queries.why_due import DueReason, due_reason
from desktop.services.sync.identity import AGAIN_S
from tests.support.builders import NOW, make_ticket
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine


def publish(office: Office, days_ahead: int = 0) -> RuleProfile:
    """The next version, with every limit a day longer, in force so many days from now."""
    with office.database.write() as tx:
        latest = all_profiles(tx.connection)[-1]
        new = replace(
            latest,
            version=latest.version + 1,
            effective_from=latest.local(office.now).date() + timedelta(days=days_ahead),
            deadlines=tuple(replace(rule, limit=rule.limit + 1) for rule in latest.deadlines),
        )
        store_profile(tx, new, at=office.clock.now())
    office.services.reread()
    return new


def rules_here(desk: EngineDesk, version: int) -> RuleProfile | None:
    with desk.store.read() as connection:
        return settings.rules_of_version(connection, version)


def in_force(desk: EngineDesk) -> int:
    with desk.store.read() as connection:
        rules = settings.profile(connection)
    assert rules is not None
    return rules.version


def reason_at(desk: EngineDesk, ticket: Ticket) -> DueReason:
    with desk.store.read() as connection:
        me, rules = settings.me(connection), settings.profile(connection)
        assert me is not None
        assert rules is not None
        reader = Reader(connection=connection, now=desk.now(), profile=rules, me=me, reference=Reference())
        found = due_reason(reader, ticket)
    assert found is not None
    return found


def test_new_rules_come_and_the_ones_before_are_kept(office: Office, desk: EngineDesk) -> None:
    """A case of last week would otherwise be called wrong by rules it was not given the unit under."""
    with desk.store.read() as connection:
        first = settings.profile(connection)
    publish(office)
    office.clock.advance(AGAIN_S)
    desk.sync()
    assert in_force(desk) == 2
    assert rules_here(desk, 1) == first


def test_a_desktop_that_was_away_or_is_new_fetches_the_versions_it_missed(
    office: Office, desk: EngineDesk, tmp_path: Path
) -> None:
    """Nobody who comes back from leave, and no new colleague, may find a due time that cannot be explained."""
    second, third = publish(office), publish(office)
    office.clock.advance(AGAIN_S)
    desk.sync()
    assert (in_force(desk), rules_here(desk, 2)) == (third.version, second)
    assert rules_here(desk, 1) is not None
    with open_engine(tmp_path, office, "chief") as new:
        new.sync()
        assert [new_rules.version for n in (1, 2) if (new_rules := rules_here(new, n))] == [1, 2]
    desk.network.seen.clear()
    office.clock.advance(AGAIN_S)
    desk.sync()
    assert not [asked for asked in desk.network.seen if "/profile/versions" in asked], (
        "what is here is not asked for"
    )


def test_rules_of_next_month_are_not_in_force_today(office: Office, desk: EngineDesk) -> None:
    publish(office, days_ahead=30)
    office.clock.advance(AGAIN_S)
    desk.sync()
    assert in_force(desk) == 1


def test_a_year_that_is_announced_moves_what_was_provisional_by_the_rules_it_had(
    office: Office, desk: EngineDesk
) -> None:
    """In November the days off of the next year come: nobody may work on until a limit that is none any more."""
    with office.database.write() as tx:
        first = all_profiles(tx.connection)[-1]
        unknown = replace(first.calendar, days_off={}, make_up_days={}, announced_until=NOW.year - 1)
        rules = replace(first, version=2, calendar=unknown)
        store_profile(tx, rules, at=office.clock.now())
        announced = replace(unknown, announced_until=NOW.year, days_off={date(2024, 5, 17): "市庆"})
        longer = tuple(replace(rule, limit=rule.limit + 4) for rule in rules.deadlines)
        store_profile(
            tx, replace(rules, version=3, calendar=announced, deadlines=longer), at=office.clock.now()
        )
    rule = next(each for each in rules.deadlines if each.request_type == "complaint")
    due = due_by_rule(rules, rule, NOW)
    granted = Extension(due.at, extend(rules, due.at, 2).at, "等配件", NOW, "李强", NOW)
    given = {"dispatched_at": NOW, "due_rule": rule.name, "due_profile": 2, "due_provisional": True}
    longer_one = make_ticket(due_at=granted.new_due_at, extensions=(granted,), **given)
    plain = make_ticket(due_at=due.at, **given)
    of_another_system = make_ticket(due_at=due.at, due_provisional=True)
    done = make_ticket(due_at=due.at, state="completed", completed_at=NOW, **given)
    office.load(longer_one, plain, of_another_system, done)
    office.services.reread()
    desk.sync()
    assert announce_days(office.database, office.clock, office.services.office) == 2
    assert announce_days(office.database, office.clock, office.services.office) == 0, "once is enough"
    office.clock.advance(AGAIN_S)
    desk.sync()
    for before, days in ((longer_one, 7), (plain, 5)):
        row = desk.row("ticket", before.id)
        assert isinstance(row, Ticket)
        assert row.due_at == extend(replace(rules, calendar=announced), NOW, days).at
        assert (row.due_profile, row.due_calendar, row.due_provisional) == (2, 3, False)
        why = reason_at(desk, row)
        assert (why.disagrees, why.version, why.calendar) == (False, 2, 3)
        assert "holiday" in {day.mark for day in why.days}, "the strip shows the day that was announced"
    for same in (of_another_system, done):
        row = desk.row("ticket", same.id)
        assert isinstance(row, Ticket)
        assert row.due_at == same.due_at
    told = [row for row in desk.rows().values() if isinstance(row, TimelineEntry)]
    assert {entry.ticket_id for entry in told if entry.kind == "due_renewed"} == {longer_one.id, plain.id}
    assert all("第2版" in entry.text for entry in told)
