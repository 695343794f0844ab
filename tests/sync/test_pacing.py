"""When to try again: written down, never longer than it can have been, and by nobody's clock but the server's word."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.domain.entities import Ticket
from desktop.models.store import keeping, settings
from desktop.models.store.outbox import KEEP_APPLIED_S
from desktop.services.api.errors import Busy, Offline
from desktop.services.commands.notes import add_note
from desktop.services.sync.backoff import LONGEST_S
from desktop.services.sync.pacing import note_failure, note_success, rest_left
from desktop.services.sync.round import hurry
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine

FAR = timedelta(days=400)


def restart(desk: EngineDesk) -> None:
    desk.crash()
    desk.open()


def test_the_wait_grows_to_five_minutes_and_survives_a_restart(tmp_path: Path, office: Office) -> None:
    """A thousand desktops that are switched off and on must not fall upon a server that is just coming back."""
    with open_engine(tmp_path, office, "officer") as desk:
        waits = [note_failure(desk.ctx, Offline()) for _ in range(12)]
        assert all(0 <= wait <= min(LONGEST_S, 2.0**n) for n, wait in enumerate(waits))
        restart(desk)
        left, code = rest_left(desk.ctx)
        assert code == "offline"
        assert left == pytest.approx(waits[-1])
        grown = max(note_failure(desk.ctx, Offline()) for _ in range(20))
        assert grown > 60  # it goes on from where it was
        note_success(desk.ctx)
        assert rest_left(desk.ctx) == (0.0, "")
        assert note_failure(desk.ctx, Offline()) <= 1


def test_the_servers_word_holds_after_a_restart_until_somebody_clicks(tmp_path: Path, office: Office) -> None:
    """Retry-After of an hour is an hour, also for a person who starts the program anew; a click is a click."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        assert note_failure(desk.ctx, Busy("maintenance", 3600)) == 3600
        restart(desk)
        office.clock.advance(600)
        assert rest_left(desk.ctx) == (3000.0, "maintenance")
        hurry(desk.ctx)
        assert rest_left(desk.ctx) == (0.0, "")


@pytest.mark.parametrize("jump", [FAR, -FAR])
def test_a_clock_set_wrong_holds_no_round(tmp_path: Path, office: Office, jump: timedelta) -> None:
    """Waits stand in wall time; nobody waits a year because somebody mended the date."""
    with open_engine(tmp_path, office, "officer") as desk:
        note_failure(desk.ctx, Busy("busy", 200))
        desk.clock.offset += jump
        assert rest_left(desk.ctx)[0] == 0.0


@pytest.mark.parametrize("jump", [FAR, -FAR])
def test_a_clock_set_wrong_changes_no_time_of_the_office(
    tmp_path: Path, office: Office, ticket: Ticket, jump: timedelta
) -> None:
    """Deadlines are the server's: a machine that is a year off shows the same cases as late, once it has asked."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.clock.offset += jump
        desk.sync()
        assert abs(desk.ctx.office_now() - office.now) < timedelta(seconds=2)
        desk.do(lambda w: add_note(w, ticket.id, "一"))
        assert abs(desk.entries()[0].op.client_time - office.now) < timedelta(seconds=2)


@pytest.mark.parametrize("jump", [FAR, -FAR])
def test_a_clock_set_wrong_forgets_nothing_early(
    tmp_path: Path, office: Office, ticket: Ticket, jump: timedelta
) -> None:
    """Bodies are kept for a restored server; a date that was wrong for a day must not throw them away."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.clock.offset += jump
        desk.do(lambda w: add_note(w, ticket.id, "一"))
        desk.sync()
        desk.clock.offset -= jump
        restart(desk)
        desk.sync()
        desk.clock.offset += jump
        restart(desk)
        desk.sync()
        assert len(desk.entries("applied")) == 1
        office.clock.advance(KEEP_APPLIED_S + 86_400)
        desk.sign_out()  # a month is longer than a sign-in holds
        restart(desk)
        desk.sync()
        desk.sync()
        assert desk.entries() == []


def test_bodies_are_kept_as_long_as_the_server_may_ask_for_them(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """A city that keeps backups for 60 days says so, and its desktops keep what they sent as long."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.do(lambda w: add_note(w, ticket.id, "一"))
        desk.sync()
        with desk.store.write() as connection:
            settings.put(connection, settings.BACKUP_HORIZON_DAYS, 60)
            assert keeping.prune(connection, office.now + timedelta(days=59), timedelta(days=60)) == 0
            assert keeping.prune(connection, office.now + timedelta(days=61), timedelta(days=60)) == 1
