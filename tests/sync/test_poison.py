"""One operation the server chokes on delays no other, is tried less and less, and never leaves this device's order."""

from __future__ import annotations

import gzip
from contextlib import suppress
from pathlib import Path

import pytest
from requests import PreparedRequest, Response

from desktop.models.domain.entities import Ticket
from desktop.models.store import outbox
from desktop.services.api.errors import Busy, ServerFault
from desktop.services.commands.notes import add_note
from desktop.services.commands.outbox import retry_operation
from desktop.services.commands.supervision import NoticeForm, write_notice
from desktop.services.sync.backoff import LONE_FAULTS, SUSPENDED_S
from desktop.services.sync.round import hurry
from tests.support.builders import make_ticket
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, Fault, answer, open_engine


def note(desk: EngineDesk, ticket: Ticket, text: str) -> None:
    desk.do(lambda w: add_note(w, ticket.id, text))


def chokes_on(text: str, status: int = 500) -> Fault:
    """A server that cannot take a body with ``text`` in it."""

    def fault(request: PreparedRequest) -> Response | None:
        if "/operations" not in request.path_url or request.body is None:
            return None
        body = request.body if isinstance(request.body, bytes) else request.body.encode()
        plain = gzip.decompress(body) if request.headers.get("Content-Encoding") == "gzip" else body
        return answer(request, status, "server_error") if text.encode() in plain else None

    return fault


def states(desk: EngineDesk) -> dict[str, str]:
    return {e.op.payload.get("text", e.op.kind): e.state for e in desk.entries()}


def test_the_poisoned_one_alone_waits(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """Halving finds it; its eleven companions arrive in the same round."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        for n in range(12):
            note(desk, ticket, "毒" if n == 5 else f"第{n}条")
        desk.network.fault = chokes_on("毒")
        desk.sync()
        assert [text for text, state in states(desk).items() if state != "applied"] == ["毒"]
        (waiting,) = desk.entries("queued")
        assert waiting.faults == 1
        assert waiting.next_try_at is not None
        assert 0 <= waiting.next_try_at - office.clock.now().timestamp() <= 1


def test_five_times_alone_is_enough_for_today(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """After five failures of its own it is tried once a day, or when somebody says so."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "毒")
        desk.network.fault = chokes_on("毒")
        for _ in range(LONE_FAULTS):
            desk.sync()
            office.clock.advance(300)
        (entry,) = desk.entries()
        assert entry.state == "suspended"
        sent = len(desk.network.seen)
        desk.sync()
        assert not [line for line in desk.network.seen[sent:] if "operations" in line]
        office.clock.advance(SUSPENDED_S)
        desk.network.fault = None
        desk.sync()
        assert states(desk) == {"毒": "applied"}


def test_somebody_says_so(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """ "Send now" and "try again" do not wait for a backoff."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "毒")
        desk.network.fault = chokes_on("毒")
        desk.sync()
        desk.network.fault = None
        hurry(desk.ctx)
        desk.sync()
        assert states(desk) == {"毒": "applied"}
        note(desk, ticket, "错")
        desk.network.fault = chokes_on("错", 422)
        desk.sync()
        (parked,) = desk.entries("rejected")
        assert parked.code == "server_error"
        desk.network.fault = None
        desk.do(lambda w: retry_operation(w, parked.op_id))
        desk.sync()
        assert states(desk) == {"毒": "applied", "错": "applied"}


def test_later_work_on_the_same_row_waits_behind_it(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """A notice whose creation cannot be digested is not submitted before it exists; other work goes on."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        form = NoticeForm(ticket_id=ticket.id, unit_id=ticket.unit_id, ground="毒", requirement="报告")
        desk.do(lambda w: write_notice(w, form, submit_now=True))
        note(desk, ticket, "别的")
        desk.network.fault = chokes_on("毒")
        desk.sync()
        assert [(e.op.kind, e.state) for e in desk.entries()] == [
            ("notice.create", "queued"),
            ("notice.submit", "queued"),
            ("note.add", "applied"),
        ]
        desk.network.fault = None
        office.clock.advance(300)
        desk.sync()
        assert {e.state for e in desk.entries()} == {"applied"}


def test_a_server_that_fails_on_everything_is_left_alone(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Two hundred operations must not become four hundred requests to a server that is down."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        for n in range(120):
            note(desk, ticket, f"第{n}条")
        desk.network.fault = lambda r: answer(r, 502, "bad_gateway") if "/operations" in r.path_url else None
        sent = len(desk.network.seen)
        with pytest.raises(ServerFault):
            desk.sync()
        assert len(desk.network.seen) - sent < 15
        assert {e.state for e in desk.entries()} == {"queued"}
        desk.network.fault = None
        office.clock.advance(300)
        desk.sync()
        assert {e.state for e in desk.entries()} == {"applied"}


def test_a_busy_server_is_given_the_time_it_asks_for(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """Its word goes to whoever decides when the next round is; no operation is blamed."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "一")
        busy = {"Retry-After": "40"}
        desk.network.fault = lambda r: answer(r, 503, "busy", **busy) if "/operations" in r.path_url else None
        with pytest.raises(Busy) as caught:
            desk.sync()
        assert caught.value.retry_after_s == 40
        (entry,) = desk.entries("queued")
        assert (entry.faults, entry.next_try_at) == (0, None)


def test_a_clock_set_back_a_year_does_not_hold_work(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """A wait is written in wall time; a person who mends the machine's date must not wait a year."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "一")
        with desk.store.write() as connection:
            (entry,) = outbox.in_states(connection, ("queued",))
            far = office.clock.now().timestamp() + 400 * 86_400
            outbox.hold_back(connection, entry.op_id, "queued", far, code="")
        desk.sync()
        assert states(desk) == {"一": "applied"}


def test_a_pair_of_them_delays_others_by_one_round_at_most(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """Two in a row look like a server that is down; from the next round on the others go first, and reading goes on."""
    other = make_ticket()
    office.load(other)
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        for text in ("毒一", "毒二"):
            note(desk, ticket, text)
        for n in range(6):
            note(desk, other, f"第{n}条")
        desk.network.fault = chokes_on("毒")
        with suppress(ServerFault):
            desk.sync()
        office.clock.advance(1)
        desk.sync()
        assert [text for text, state in states(desk).items() if state != "applied"] == ["毒一", "毒二"]
        office.load(make_ticket(number="最新"))
        desk.sync()
        assert "最新" in {row.number for row in desk.rows().values() if isinstance(row, Ticket)}


def test_a_server_that_is_down_sets_nobodys_work_aside(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """An hour of 502 at everything is no operation's fault: all of it goes out when the server is back."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        note(desk, ticket, "一")
        desk.network.fault = lambda r: answer(r, 502, "bad_gateway") if "/sync/" in r.path_url else None
        for _ in range(3 * LONE_FAULTS):
            with pytest.raises(ServerFault):
                desk.sync()
            office.clock.advance(300)
        assert [(e.state, e.faults) for e in desk.entries()] == [("queued", 0)]
        desk.network.fault = None
        desk.sync()
        assert states(desk) == {"一": "applied"}


def test_reading_goes_on_while_sending_is_broken(tmp_path: Path, office: Office, ticket: Ticket) -> None:
    """A server that cannot take operations still shows what others do; the round says that it failed."""
    with open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        for n in range(4):
            note(desk, ticket, f"第{n}条")
        office.load(make_ticket(number="最新"))
        desk.network.fault = lambda r: answer(r, 500, "server_error") if "/operations" in r.path_url else None
        with pytest.raises(ServerFault):
            desk.sync()
        assert "最新" in {row.number for row in desk.rows().values() if isinstance(row, Ticket)}
