"""Outside text on every page: shown as it was typed, at once, asking no file and no network, hiding nothing.

One real store whose rows carry sixty payloads in their fields, one frame with every page of the program in it, and a
person who may see them all: each page is opened once. The widgets themselves meet every payload in test_hostile_text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Attachment, Check, Inspection, Row, Sample, Ticket
from desktop.models.domain.oversight import AuditEntry, AuditPage, Chain, ReportReveal, ReportReveals
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Conflict, OperationResult, Problem
from desktop.models.store import outbox
from desktop.models.store.outbox import State
from desktop.pages import page_specs
from desktop.services.background.connection import Connection, Failure
from desktop.services.background.desk import Desk
from desktop.services.background.online import Online
from desktop.services.background.oversight import Oversight
from desktop.services.background.progress import FirstSync
from desktop.services.commands.findings import FindingForm, create_finding
from desktop.services.commands.notes import add_note
from desktop.services.documents.case_sheet import a4_pdf, build, print_case
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.views.common import theme
from desktop.views.common.ticket_list.case_paper import case_sheet
from desktop.views.shell.frame import Frame
from desktop.views.shell.lock_page import LockPage
from desktop.views.shell.main_window import MainWindow
from desktop.views.shell.sign_in import SignInPage
from tests.support.builders import (
    NOW,
    OFFICER,
    make_attempt,
    make_finding,
    make_finding_reply,
    make_note,
    make_notice,
    make_ticket,
    make_timeline_entry,
    make_urge,
    make_visit,
    reference_rows,
)
from tests.support.desks import ONLINE, NoRecords, open_desk
from tests.support.hostile import Sower, payloads
from tests.support.hostile_watch import Trap, Watcher, faults_of, set_trap
from tests.support.return_visits import LeaseCounter
from tests.support.stores import DeskStore, open_desk_store, profile

pytestmark = pytest.mark.timeout(300)

_CASES = 8
_ROLES = ("officer", "approve", "deputy_director", "return_visit", "liaison", "cleared")
_WORDS = frozenset(
    (
        "zh", "en", "opening_zh", "opening_en", "city_zh", "city_en", "name", "title", "detail", "reason", "asked_by",
        "decided_by", "decision_reason", "person", "second", "ticket_number", "by_name",
    )
)  # fmt: skip
"""Texts without a bound of their own in the contract."""


@dataclass
class Stage:
    watcher: Watcher
    store: DeskStore
    desk: Desk
    sower: Sower
    ticket: Ticket


class HostileRecords(NoRecords):
    """A server whose record quotes what somebody wrote into it."""

    def __init__(self, sower: Sower, ticket: Ticket) -> None:
        self._sower, self._ticket = sower, ticket

    def report_reveals(self) -> ReportReveals:
        asked = ReportReveal(
            id="ask-1", ticket_id=self._ticket.id, ticket_number="1", field="phone", purpose="complaint_check",
            reason="x", state="asked", mine=False, asked_by="x", asked_at=NOW, expires_at=NOW + timedelta(hours=1),
        )  # fmt: skip
        requests = [self._sower.sow(replace(asked, id=f"ask-{n}"), unbounded=_WORDS) for n in range(4)]
        requests += [replace(requests[0], id="ask-9", mine=True, state="declined")]
        return ReportReveals(requests=tuple(requests), server_time=NOW)

    def audit(self, **filters: str | int) -> AuditPage:
        entry = AuditEntry(
            seq=1, at=NOW, action="reveal.contact", person_id="p-1", person="x", ticket_id=self._ticket.id,
            ticket_number="1", field="phone", purpose="complaint_check", reason="x",
        )  # fmt: skip
        entries = [self._sower.sow(replace(entry, seq=n), unbounded=_WORDS) for n in range(30)]
        chain = Chain(checked_at=NOW, rows=30, head="0" * 64)
        people = {f"p-{n}": self._sower.text(200) for n in range(5)}
        return AuditPage(entries=tuple(entries), next_before=None, chain=chain, people=people)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    folder = tmp_path / "trap"
    folder.mkdir()
    with set_trap(folder) as made:
        yield made


def rows_of(sower: Sower) -> tuple[list[Ticket], list[Row]]:
    """Cases with everything that can belong to one; the people, units and places are hostile too."""
    rows: list[Row] = [sower.sow(row) for row in reference_rows()]
    tickets = []
    for n in range(_CASES):
        ticket = sower.sow(make_ticket(due_at=NOW, number=sower.text(60)))
        visited = sower.sow(make_ticket(state="to_visit", due_at=None))
        visit, finding = make_visit(visited), make_finding(ticket)
        answered = make_finding(ticket, state=("filed", "replied", "confirmed", "rectified")[n % 4])
        photo = Attachment(
            id=f"x-{ticket.id}", version=1, ticket_id=ticket.id, name=f"{sower.text(180)}.jpg",
            media_type="image/jpeg", size=9, sha256="0" * 64, by_id="p-liaison", by_name=sower.text(200), at=NOW,
        )  # fmt: skip
        children = (
            make_timeline_entry(ticket), make_urge(ticket), make_note(ticket), finding, answered,
            make_finding_reply(answered), visited, visit, make_attempt(visit),
            make_notice(ticket, state="issued", number="1", issued_at=NOW, reply_due_at=NOW),
        )  # fmt: skip
        rows += [ticket, photo, *(sower.sow(child) for child in children)]
        tickets.append(ticket)
    numbers = tuple(ticket.number for ticket in tickets)
    plan = Inspection(
        id="i-1", version=1, title="x", kind="spot_check", state="drawn", mandate="x", purpose="x", plan="x",
        unit_ids=("u-roads",), from_day=NOW.date(), to_day=NOW.date(), checklist="handling",
        inspector_ids=(OFFICER.person_id,), author_id=OFFICER.person_id, author_name="x", created_at=NOW,
        drawn_at=NOW, drawn_by="x", seed="x", seed_source="x", method="simple", size=4,
    )  # fmt: skip
    sample = Sample(id="s-1", version=1, inspection_id="i-1", unit_id="u-roads", frame="x", opened=True)
    check = Check(
        id="c-1", version=1, ticket_id=tickets[0].id, inspection_id="i-1", checklist="handling", note="x",
        by_name="x", at=NOW,
    )  # fmt: skip
    rows += [replace(sower.sow(plan), checklist="handling"), replace(sower.sow(sample), musts=numbers)]
    rows.append(sower.sow(check))
    return tickets, rows


def unsettled(store: DeskStore, sower: Sower, ticket: Ticket) -> None:
    """Work of the person's that was refused in each way, the server's answer quoting somebody."""
    states: tuple[State, ...] = ("conflict", "rejected", "out_of_scope", "blocked", "suspended", "queued")
    for state in states:
        store.run(lambda w: add_note(w, ticket.id, sower.text(4_000).strip() or "x"))
        _answer(store, sower, state)
    form = FindingForm(
        ticket_id=ticket.id, unit_id=ticket.unit_id, code="F02", severity="ordinary",
        facts=sower.text(4_000).strip() or "x", requirement=sower.text(1_000),
    )  # fmt: skip
    store.run(lambda w: create_finding(w, form, file_now=True))
    _answer(store, sower, "conflict")


def _answer(store: DeskStore, sower: Sower, state: State) -> None:
    with store.store.write() as connection:
        entry = outbox.in_states(connection, ("queued",))[-1]
        if state == "queued":
            return
        seen = {name: sower.text(2_000) for name in ("facts", "requirement", "text")}
        there = {name: sower.text(2_000) for name in seen}
        answer = OperationResult(
            op_id=entry.op_id,
            status="conflict",
            conflict=Conflict(code="changed", fields=there, seen=seen, by_name=sower.text(200), at=NOW),
            problem=Problem(status=422, code="invalid", title=sower.text(200), detail=sower.text(2_000)),
        )
        outbox.mark_in_flight(connection, [entry.op_id])
        body = msgspec.json.encode(answer)
        outbox.set_state(connection, entry.op_id, state, code="changed", answer=body)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, trap: Trap) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    sower = Sower(payloads(str(trap.file), f"127.0.0.1:{trap.port}"))
    rules: RuleProfile = sower.sow(profile(), unbounded=_WORDS)
    me = sower.sow(replace(OFFICER, roles=_ROLES, unit_ids=("u-roads",)), unbounded=_WORDS)
    tickets, rows = rows_of(sower)
    with ExitStack() as stack:
        store = stack.enter_context(open_desk_store(tmp_path, me=me, rules=rules))
        store.pull(*rows)
        unsettled(store, sower, tickets[0])
        desk = stack.enter_context(open_desk(store, connection=ONLINE))
        desk.oversight.close()
        desk.oversight = Oversight(HostileRecords(sower, tickets[0]), desk, new_id=store.new_id)
        desk.online.close()
        desk.online = Online(LeaseCounter(store), clock=store.clock, policy=store.profile.lease, parent=desk)
        frame = Frame(desk, page_specs())
        stack.callback(frame.release)
        qtbot.addWidget(frame)
        frame.resize(1366, 768)
        with qtbot.waitExposed(frame):
            frame.show()
        yield Stage(Watcher(qtbot, desk, frame), store, desk, sower, tickets[0])


def test_every_page_shows_hostile_text_as_text(stage: Stage, trap: Trap) -> None:
    """One request must not freeze the office, load a picture from a share, or show a program as a photograph."""
    watcher, seen = stage.watcher, stage.watcher.seen
    assert watcher.show("supervision", "all") >= _CASES
    watcher.walk("supervision", 4)
    assert watcher.show("inspections") >= _CASES
    watcher.walk("inspections", 2)
    inspections = watcher.frame.page("inspections")
    watcher.act("a finding's form", lambda: inspections.begin_finding(stage.ticket.id))
    watcher.look("a finding's form", watcher.frame)
    assert watcher.show("sampling") > 0
    watcher.walk("sampling", 1)
    sampling = watcher.frame.page("sampling")
    watcher.qtbot.waitUntil(lambda: sampling.pane.view.model.rowCount() == _CASES)
    watcher.act("a sample drawn again", sampling.pane.press_redraw)
    watcher.qtbot.waitUntil(lambda: not sampling.pane.verdict.isHidden())
    watcher.look("a sample", watcher.frame)
    assert watcher.show("my_cases", "findings") > 0
    watcher.walk("my_cases", 2)
    watcher.show("my_cases", "tickets")
    assert watcher.show("outbox", "needs") >= 4
    watcher.walk("outbox", 6)
    watcher.show("outbox", "waiting")
    watcher.show("report_requests")
    watcher.qtbot.waitUntil(lambda: bool(watcher.frame.page("report_requests").cards()))
    watcher.look("report_requests", watcher.frame)
    watcher.show("record")
    watcher.qtbot.waitUntil(lambda: watcher.tables("record")[0].model().rowCount() == 30)
    watcher.look("record", watcher.frame)
    watcher.show("return_visits")
    watcher.walk("return_visits", 2)
    watcher.act("a call", lambda: watcher.frame.page("return_visits").take_next())
    watcher.qtbot.waitUntil(lambda: stage.desk.online.lease is not None)
    watcher.settle()
    watcher.look("a call", watcher.frame)
    assert stage.sower.sown > 5 * len(payloads()), "each of them was somewhere, most in several places"
    assert not seen.bare, "\n".join(seen.bare[:20])
    assert not seen.slow, "\n".join(seen.slow)
    assert trap.touched() == 0


def test_what_stands_around_the_pages_shows_it_as_text_too(stage: Stage, trap: Trap) -> None:
    """Palette, bars, the panel behind the status bar, the first load, lock and sign-in, and the window's own title."""
    watcher, frame, sower = stage.watcher, stage.watcher.frame, stage.sower
    failure = Failure(code=sower.text(40) or "x", request_id=sower.text(100), answered=500)
    watcher.act("a failure", frame.open_why)
    stage.desk.set_connection(Connection(state="offline", failure=failure))
    watcher.settle()
    watcher.look("the bars and the panel", frame)
    frame.show_progress(FirstSync(state="waiting"))
    watcher.look("the first load", frame)
    frame.open_palette()
    (palette,) = (
        w for w in QApplication.topLevelWidgets() if type(w).__name__ == "Palette" and w.isVisible()
    )
    watcher.look("the palette", palette)
    palette.close()
    sign_in, lock, window = SignInPage(), LockPage("idle", "system", closed=False), MainWindow()
    shown: tuple[QWidget, ...] = (sign_in, lock, window)
    for widget in shown:
        watcher.qtbot.addWidget(widget)
    sign_in.show_result(sower.text(500), "error")
    sign_in.show_link(sower.text(500))
    for widget in shown:
        widget.resize(1366, 768)
        watcher.look(type(widget).__name__, widget)
    titles = {widget.windowTitle() for widget in QApplication.topLevelWidgets()}
    assert all(title in ("", "Supervision Desk", "督办台") for title in titles), titles
    assert not watcher.seen.bare, "\n".join(watcher.seen.bare[:20])
    assert not watcher.seen.slow, "\n".join(watcher.seen.slow)
    assert trap.touched() == 0


def test_the_printed_sheet_is_text_too(stage: Stage, tmp_path: Path, trap: Trap) -> None:
    """Paper is laid out by a document that could render: what it holds are letters, with no picture and no link."""
    store = stage.store
    panel = store.ask(lambda r: ticket_panel(r, stage.ticket.id))
    assert panel is not None
    sheet = case_sheet(panel, store.profile, "zh", store.me.name, store.me.name)
    device = a4_pdf(str(tmp_path / "sheet.pdf"), panel.ticket.number)
    document = build(sheet, device)
    formats = [document.allFormats()[n] for n in range(len(document.allFormats()))]
    assert not any(each.isImageFormat() for each in formats)
    assert not any(each.toCharFormat().isAnchor() for each in formats if each.isCharFormat())
    assert print_case(sheet, device) < 30
    assert trap.touched() == 0
    assert faults_of(stage.watcher.frame) == []
