"""What left a desktop reaches the server's audit: after a power cut, offline, refused; each act once, none lost."""

from __future__ import annotations

import gzip
import io
from functools import partial

import msgspec
import pytest
import requests
from sqlalchemy import select

from central.tables import audit
from desktop.models.domain.wire import DataActs, DataActsTaken
from desktop.models.store import data_acts
from desktop.services.commands.leaving import Leaving, note_leaving
from desktop.services.sync.telling import MOST_AT_ONCE
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, answer

EXPORT = Leaving(action="export", object_type="ticket_list", rows=412, detail="xlsx")


class Notary:
    """The audit's end of the wire. It refuses the acts whose detail it is told, and whatever comes with them."""

    def __init__(self) -> None:
        self.held: dict[str, object] = {}
        self.asked = 0
        self.refused = ""

    def __call__(self, request: requests.PreparedRequest) -> requests.Response | None:
        if not request.path_url.endswith("/audit/acts"):
            return None
        self.asked += 1
        body = request.body
        assert isinstance(body, bytes)
        packed = request.headers.get("Content-Encoding") == "gzip"
        acts = msgspec.json.decode(gzip.decompress(body) if packed else body, type=DataActs).acts
        if any(act.detail == self.refused for act in acts if self.refused):
            return answer(request, 422, "schema")
        self.held |= {act.id: act for act in acts}
        response = answer(request, 200, "")
        response.raw = io.BytesIO(msgspec.json.encode(DataActsTaken(taken=tuple(act.id for act in acts))))
        response.headers["Content-Type"] = "application/json"
        return response


def waiting(desk: EngineDesk) -> int:
    with desk.store.read() as connection:
        return data_acts.count(connection)


def test_an_export_made_offline_is_told_after_a_power_cut(desk: EngineDesk) -> None:
    """Whoever pulled the plug after an export would have left no trace of it."""
    notary = desk.network.fault = Notary()
    desk.network.cut = True
    desk.do(lambda w: note_leaving(w, EXPORT))
    with pytest.raises(Exception, match="offline"):
        desk.sync()
    desk.open_after_power_cut(desk.disk_now())
    assert waiting(desk) == 1
    desk.network.cut = False
    desk.sync()
    (told,) = notary.held.values()
    assert (told.action, told.object_type, told.rows, told.detail) == ("export", "ticket_list", 412, "xlsx")  # type: ignore[attr-defined]
    assert waiting(desk) == 0
    asked = notary.asked
    desk.sync()
    assert notary.asked == asked, "a desktop that let nothing out asks nothing"


def test_an_act_whose_answer_was_lost_is_told_again_under_its_id(desk: EngineDesk) -> None:
    """Else the audit would count one print as two, or the desktop would forget one the server never heard of."""
    notary = Notary()

    def lost(request: requests.PreparedRequest) -> requests.Response | None:
        if notary(request) is not None:
            raise requests.ConnectionError
        return None

    desk.do(lambda w: note_leaving(w, EXPORT))
    desk.network.fault = lost
    with pytest.raises(Exception, match="offline"):
        desk.sync()
    assert waiting(desk) == 1
    desk.network.fault = notary
    desk.sync()
    assert (len(notary.held), waiting(desk)) == (1, 0)


def test_one_refused_act_keeps_no_other_back_and_is_kept_itself(desk: EngineDesk) -> None:
    """One row that the server cannot read must not silence the audit of a desktop for good."""
    notary = desk.network.fault = Notary()
    notary.refused = "odd"
    for number in range(MOST_AT_ONCE + 20):
        detail = "odd" if number == 7 else "text"
        copied = Leaving(action="copy", object_type="ticket", object_id="t", detail=detail)
        desk.do(partial(note_leaving, leaving=copied))
    desk.sync()
    assert (len(notary.held), waiting(desk)) == (MOST_AT_ONCE + 19, 1)
    asked = notary.asked
    desk.sync()
    assert notary.asked == asked, "it is not asked about at every round"
    notary.refused = ""
    desk.crash()
    desk.open()
    desk.sync()
    assert waiting(desk) == 0


def test_a_server_of_before_does_not_end_the_sync(desk: EngineDesk) -> None:
    """An office upgrades its desktops first: their work goes out, and what left is told to the next server."""
    notary = Notary()

    def of_before(request: requests.PreparedRequest) -> requests.Response | None:
        return answer(request, 404, "not_found") if request.path_url.endswith("/audit/acts") else None

    desk.network.fault = of_before
    desk.do(lambda w: note_leaving(w, EXPORT))
    assert desk.sync().may_pull
    assert waiting(desk) == 1
    desk.crash()
    desk.open()
    desk.network.fault = notary
    desk.sync()
    assert (len(notary.held), waiting(desk)) == (1, 0)


def test_the_office_reads_who_exported_what(office: Office, desk: EngineDesk) -> None:
    """The superior's page shows the export under the name of whoever made it."""
    desk.do(lambda w: note_leaving(w, EXPORT))
    desk.sync()
    assert waiting(desk) == 0
    with office.database.read() as connection:
        rows = connection.execute(select(audit).where(audit.c.action == "export")).all()
    assert [(row.person_id, row.object_type) for row in rows] == [("p-officer", "ticket_list")]
