"""What is worth a picture, as one walk through the office: the six steps of the guide and the pages beside them.

Shared by the guided tour and the screenshots. It drives pages by what they offer the shell and by their own buttons
and fields, as a person does by eye and hand; what it records really goes to the sample city's server.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.services.background.connection import Failure, State
from desktop.services.background.files import Target
from desktop.services.background.progress import FirstSync
from desktop.services.commands.attachments import About
from desktop.services.queries.filters import TicketFilter
from desktop.tools.player import Script
from desktop.tools.scenes_board import board, morning
from desktop.tools.scenes_ladder import deputy, ladder
from desktop.tools.scenes_locks import locks, outside
from desktop.tools.scenes_sampling import own_sample, sampling
from desktop.tools.scenes_settling import settling
from desktop.tools.scenes_units import guidance, units, views
from desktop.tools.scenes_upward import applying, reviews, upward
from desktop.tools.stage import Stage

#: (Chinese, English) of what is typed on the way.
_REACHED = ("刘科长", "Section chief Liu")
_ANSWER = ("已安排人员到场，今天下班前反馈。", "Someone is on the way; we report before the end of the day.")
_FACTS = (
    "答复称已办结，回访时诉求人表示无人联系、问题仍在，与办理记录不符。",
    "The file says done; called back, the citizen says nobody came and the problem is still there.",
)
_REQUIRED = ("三个工作日内重新办理并报告结果。", "Handle it again within three working days and report.")
_REPLY = (
    "经核查，施工队漏报一处，已于当日补修，附现场照片。",
    "We checked: one spot had been left out and was mended the same day; photographs attached.",
)
_SOUGHT = "type:complaint 噪 -夜"
"""A field, a word of one letter and one left out: what every officer may type."""
_BEFORE = ("修补前.png", "before.png")
_AFTER = ("修补后.png", "after.png")


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def round_trip(stage: Stage, album: Album) -> Script:
    """The whole walk."""
    yield from _first_sync(stage, album)
    yield from _supervision(stage, album)
    yield from ladder(stage, album)
    yield from _finding(stage, album)
    yield from board(stage, album)
    yield from sampling(stage, album)
    yield from morning(stage, album)
    yield from units(stage, album)
    yield from upward(stage, album)
    yield from reviews(stage, album)
    yield from views(stage, album)
    yield from guidance(stage, album)
    yield from _chief(stage, album)
    yield from deputy(stage, album)
    yield from _caller(stage, album)
    yield from _liaison(stage, album)
    yield from settling(stage, album)
    yield from _connection(stage, album)
    yield from locks(stage, album)
    yield from _outside(stage, album)
    yield from outside(stage, album)


def _first_sync(stage: Stage, album: Album) -> Script:
    """The desk while its first rows arrive."""
    yield lambda: stage.app.frame is not None
    worker = stage.session.worker
    yield lambda: worker.progress.rows > 0 or worker.progress.state == "done"
    if worker.progress.state == "running":
        worker.pause()
        yield lambda: worker.progress.state != "running"
        yield from album.shot("first-sync")
        worker.sync_now()
    yield stage.settled


def _supervision(stage: Stage, album: Album) -> Script:
    """The overdue list with a case; an urge; a notice; the palette."""
    page = stage.open("supervision", "overdue")
    yield lambda: _shows_chosen(page)
    yield 0.6
    yield from album.shot("supervision")
    units = next(p.unit_ids for p in stage.sample.people if "liaison" in p.roles)
    stage.open("supervision", "open")
    page.list.ask(TicketFilter(queue="open", unit_ids=units))
    yield 0.3
    row = 0
    while True:  # a matter that is under supervision already takes no second notice
        page.list.table.select_row(row)
        yield 0.2
        yield lambda: _shows_chosen(page)
        if page.case.panel().notice is None:
            break
        row += 1
    page.open_urge()
    yield lambda: page.case.open_form() is not None
    form = page.case.urge_form
    _type(form.person, stage.say(_REACHED))
    _type(form.answer, stage.say(_ANSWER))
    yield from album.shot("urge")
    form.form.submit()
    yield lambda: page.case.open_form() is None
    page.list.table.select_row(row)
    yield 0.2
    yield lambda: _shows_chosen(page)
    page.open_notice()
    yield lambda: page.case.open_form() is not None
    notice = page.case.notice_form
    if not notice.requirement.value():
        _type(notice.requirement, stage.say(_REQUIRED))
    yield from album.shot("notice")
    notice.form.submit()
    yield lambda: page.case.open_form() is None
    yield lambda: _shows_chosen(page)
    yield 0.6
    frame = stage.frame
    palette = frame.open_palette()
    palette.type_in(stage.say(("db", "vis")))
    yield from album.shot("palette")
    palette.close()
    page = stage.open("supervision", "all")
    yield stage.settled
    page.list.search.setText(_SOUGHT)
    page.list.search.returnPressed.emit()
    yield lambda: page.list.wanted().text == _SOUGHT
    yield 0.6
    yield lambda: _shows_chosen(page)
    yield from album.shot("search")
    page.list.search.clear()
    stage.open("supervision", "overdue")
    yield 0.4
    yield lambda: _shows_chosen(page)


def _finding(stage: Stage, album: Album) -> Script:
    """A finding about the case in hand, then the register."""
    supervision = stage.open("supervision")
    yield lambda: _shows_chosen(supervision)
    supervision.case.ask_finding()
    page = stage.frame.page("inspections")
    yield lambda: page.form.value() is not None
    form = page.form.form
    form.code.set_value("F01")
    _type(form.code, "F01")
    _type(form.facts, stage.say(_FACTS))
    _type(form.requirement, stage.say(_REQUIRED))
    yield from album.shot("finding")
    form.submit()
    yield lambda: page.form.value() is None
    yield lambda: page.register.table.current_id() != ""
    yield 0.8
    yield from album.shot("inspections")


def _chief(stage: Stage, album: Album) -> Script:
    """What waits for the chief's signature."""
    yield from stage.be(stage.sample.first_with("approve"))
    page = stage.open("supervision", "approval")
    yield 0.3
    yield lambda: _shows_chosen(page)
    yield 0.6
    yield from album.shot("approval")


def _caller(stage: Stage, album: Album) -> Script:
    """The queue of return visits, then a call in progress on the practice line."""
    yield from stage.be(stage.sample.first_with("return_visit"))
    page = stage.open("return_visits")
    yield lambda: page.waiting.table.model().rowCount() > 0
    yield from album.shot("return-visits")
    page.take_next()
    calls = page.pane.session
    yield lambda: calls.state == "held"
    while True:
        calls.dial()
        yield lambda: calls.state in ("talking", "ended")
        if calls.state == "talking":
            break
        page.pane.visit.press_primary()  # nobody answered: that is recorded, and the next person taken
        yield lambda: not calls.busy
        page.take_next()
        yield lambda: calls.state == "held"
    yield 1.5
    yield from album.shot("call")
    visit = page.pane.visit
    for digit in "12342222":  # it is the person; nobody came; not resolved; dissatisfied
        visit.questions.press(digit)
        yield 0.05
    visit.press_primary()
    yield lambda: not calls.busy
    yield 0.5
    yield from album.shot("visit-recorded")


def _liaison(stage: Stage, album: Album) -> Script:
    """What is asked of the unit, answered with the network cut; the outbox while the answer waits."""
    yield from stage.be(stage.sample.first_with("liaison"))
    page = stage.open("my_cases", "asked")
    asked = page.asked
    yield lambda: asked.table.current_id() != ""
    yield from album.shot("my-cases")
    yield from own_sample(stage, album)
    page = stage.open("my_cases", "asked")
    stage.sample.set_cut(True)
    yield lambda: stage.session.desk.connection.state == "offline"
    for row in range(asked.table.model().rowCount()):
        asked.table.select_row(row)
        yield 0.3
        yield lambda: asked.answer.ask() is not None
        if asked.answer.ask().kind == "finding" and not asked.answer.ask().answered:
            break
    if asked.answer.stance.isVisible():
        _type(asked.answer.stance, "accepts")
    _type(asked.answer.text, stage.say(_REPLY))
    yield from album.shot("my-cases-offline")
    stage.frame.open_why()
    yield from album.shot("connection-offline")
    stage.frame.why.close_panel()
    asked.answer.submit()
    yield lambda: stage.session.desk.connection.waiting > 0 or asked.answer.remarks.remarks()
    if asked.answer.remarks.remarks():  # it was looked over first, and goes all the same
        yield from album.shot("my-cases-remarks")
        asked.answer.submit()
    yield lambda: stage.session.desk.connection.waiting > 0
    outbox = stage.open("outbox")
    yield lambda: outbox.table.current_id() != ""
    yield from album.shot("outbox")
    yield from _attachments(stage, album)
    stage.sample.set_cut(False)
    yield lambda: stage.session.desk.connection.waiting == 0
    yield from applying(stage, album)


def _connection(stage: Stage, album: Album) -> Script:
    """What a sample city's network never does: the states in which a person has to know or to act."""
    desk, frame = stage.session.desk, stage.frame
    stage.open("my_cases", "asked")
    yield lambda: desk.connection.online
    stage.session.worker.pause()  # or the sync would set right what is only shown
    yield 0.2
    now = desk.real_now()
    standing = replace(
        desk.connection,
        since=now - timedelta(minutes=12),
        last_sync_at=now - timedelta(minutes=12),
        waiting=2,
    )
    states: tuple[tuple[str, State, str, int], ...] = (
        ("connection-expired", "sign_in_expired", "sign_in_expired", 0),
        ("connection-maintenance", "maintenance", "maintenance", 1800),
        ("connection-certificate", "offline", "untrusted_certificate", 130),
        ("connection-too-old", "client_too_old", "client_too_old", 0),
        ("connection-portal", "captive_portal", "captive_portal", 65),
    )
    for name, state, code, seconds in states:
        at = desk.real_now() + timedelta(seconds=seconds) if seconds else None
        failure = Failure(code=code, next_try_at=at, asked_until=state == "maintenance")
        desk.set_connection(replace(standing, state=state, failure=failure))
        frame.open_why()
        yield from album.shot(name)
        frame.why.close_panel()
    desk.set_connection(replace(standing, last_sync_at=now, waiting=0, skew=timedelta(minutes=17)))
    yield from album.shot("connection-clock")
    frame.show_progress(FirstSync(state="waiting"))
    desk.set_connection(
        replace(
            standing,
            state="offline",
            last_sync_at=None,
            waiting=0,
            failure=Failure(code="server_fault", next_try_at=desk.real_now() + timedelta(seconds=40)),
        )
    )
    yield from album.shot("first-sync-waiting")
    frame.show_progress(FirstSync(state="done"))
    stage.session.worker.sync_now()


def _attachments(stage: Stage, album: Album) -> Script:
    """Two photographs added without a network; they go when it is back."""
    page = stage.open("my_cases", "all")
    yield lambda: page.tickets.list.table.current_id() != ""
    page.tickets.list.table.select_row(0)
    yield lambda: page.tickets.case.panel() is not None
    files = page.tickets.case.files
    before = len(files.files())
    target = Target(about=About(ticket_id=page.tickets.case.panel().ticket.id))
    for name, colour in ((_BEFORE, Qt.GlobalColor.darkGray), (_AFTER, Qt.GlobalColor.lightGray)):
        image = QImage(1600, 1200, QImage.Format.Format_RGB32)
        image.fill(colour)
        stage.session.desk.files.take_image(files, image, stage.say(name), target)
    yield lambda: len(files.files()) == before + 2
    area = page.tickets.panel.area
    area.ensureWidgetVisible(files, 0, 120)
    yield from album.shot("attachments")


def _outside(stage: Stage, album: Album) -> Script:
    """The sign-in page of a real city."""
    stage.app.begin_real()
    yield from album.shot("sign-in")


def _shows_chosen(page: Any) -> bool:
    """Whether the case beside the list is the one chosen in it."""
    panel = page.case.panel()
    return panel is not None and panel.ticket.id == page.list.table.current_id()


def _type(field: Any, value: str) -> None:
    """As if it had been typed: setting a field is silent."""
    field.set_value(value)
    field.changed.emit()
