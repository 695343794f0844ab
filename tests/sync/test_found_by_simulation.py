"""What the simulator found, each as a small case of its own: seeds change their meaning when the simulator grows.

The seed named is the one that found it, with the commit of its day.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from central.writer import Writer
from desktop.models.domain.entities import Ticket
from desktop.services.api.errors import Offline
from desktop.services.commands.return_visits import Call, record_attempt, schedule_visit
from tests.support.builders import make_visit
from tests.support.central_office import Office
from tests.support.engine import open_engine


def test_a_case_made_confidential_is_no_colleague_who_edited(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """I23, seed 1116: a caller's booking was refused as stale although nobody else had touched the visit.

    Their own call had made a new version of it, and the case's new level put that version into the log once more,
    which counted as somebody else's edit.
    """
    visit = make_visit(ticket)
    office.load(visit)
    with open_engine(tmp_path, office, "visitor") as desk:
        desk.sync()
        at = desk.now()
        later = at.replace(hour=16)
        desk.do(lambda w: schedule_visit(w, visit.id, booked_at=later, named_by_citizen=True))
        desk.sync()
        office.clock.advance(7 * 3600)  # past the promised time: the call that keeps it uses the booking up
        call = Call(at=desk.now())
        desk.do(lambda w: record_attempt(w, visit.id, "no_answer", call))
        desk.network.lose_reply_to = "/sync/operations"
        with pytest.raises(Offline):
            desk.sync()
        with office.database.write() as tx:
            Writer(tx, at=office.clock.now()).put(replace(ticket, level="confidential"))
        tomorrow = desk.now().replace(day=at.day + 1, hour=10)
        desk.do(lambda w: schedule_visit(w, visit.id, booked_at=tomorrow, named_by_citizen=True))
        desk.sync()
        assert [entry.state for entry in desk.entries()] == ["applied"] * 3
