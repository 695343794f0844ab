"""New rules reach a desktop, and the ones before stay: what was computed by them is explained by them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from central.profile_store import all_profiles, store_profile
from desktop.models.domain.profile import RuleProfile
from desktop.models.store import settings
from desktop.services.sync.identity import AGAIN_S
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
