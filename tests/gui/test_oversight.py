"""Two desks and one report, and the superior's record: from the server, through the client's HTTP, onto the screen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from central.loader import Contact
from desktop.models.domain.entities import Ticket
from desktop.models.domain.wire import Revealed
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.transport import Transport
from desktop.services.background.connection import Connection, Failure
from desktop.services.background.desk import Desk
from desktop.services.background.oversight import Oversight
from desktop.views.common import theme
from desktop.views.common.case_reveal import RevealBox
from desktop.views.common.text import PlainLabel
from desktop.views.oversight.record_page import RecordPage
from desktop.views.oversight.requests_page import RequestsPage
from desktop.views.supervision.recusal_box import RecusalBox
from tests.support.builders import make_ticket, reference_rows
from tests.support.central_office import Office, open_office
from tests.support.desks import ONLINE, open_desk
from tests.support.stores import open_desk_store
from tests.support.supervision_stage import write

PHONE = "13800138000"


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    """An office whose chief is cleared too."""
    theme.apply_theme(qapp, "light")
    with open_office(tmp_path) as opened:
        opened.services.accounts.set_clearance("chief", True, "负责举报件")
        yield opened


@contextmanager
def desk_of(office: Office, login: str, path: Path, *rows: Ticket) -> Iterator[Desk]:
    """A desk of this person's on a machine of their own, with these cases in its store."""
    folder = path / login
    folder.mkdir()
    with open_desk_store(folder) as store:
        store.pull(*reference_rows(), *rows)
        clock = office.clock
        transport = Transport(
            office.server.base_url, monotonic=clock.monotonic, adapter=office.server.adapter()
        )
        api = Api(transport, device_id=f"machine-{login}", client_version="1.0.0", new_id=store.new_id)
        tokens = SignIn(api, MemoryKeeper(), monotonic=clock.monotonic)
        tokens.begin(api.sign_in_sample(login))
        api.use_tokens(tokens)
        with open_desk(store, language="en", connection=ONLINE) as desk:
            desk.me = api.me()
            desk.oversight.close()
            desk.oversight = Oversight(api, desk, new_id=store.new_id)
            yield desk
        transport.close()


def report_of(office: Office) -> Ticket:
    made = make_ticket(level="report", request_type="report")
    office.load(made, contacts=(Contact(made.contact_id, "欧阳小敏", PHONE, True),))
    return made


def holders_of(digits: tuple[str, ...]) -> list[str]:
    """The kinds of objects that still refer to the text of these parts, which nobody here holds as a whole."""
    gc.collect()
    text = "".join(digits)
    raw = text.encode()
    found = []
    for thing in gc.get_objects():
        for held in gc.get_referents(thing):
            told = held.value if isinstance(held, Revealed) else held
            if (type(told) is str and text in told and told is not text) or (
                type(told) is bytes and raw in told and told is not raw
            ):
                found.append(f"{type(thing).__name__} holds {type(held).__name__}")
    return found


def shown_anywhere(digits: tuple[str, ...]) -> list[str]:
    """The kinds of widgets that hold this text, seen or not."""
    text = "".join(digits)
    labels = (widget for widget in QApplication.allWidgets() if isinstance(widget, PlainLabel))
    return [type(label).__name__ for label in labels if text in label.text()]


def test_a_report_is_seen_by_two_persons_on_two_machines(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    """The first asks in the case, the second agrees on their page without a dialog, the first sees it once."""
    report = report_of(office)
    with (
        desk_of(office, "cleared", tmp_path, report) as first,
        desk_of(office, "chief", tmp_path, report) as second,
    ):
        box, page = RevealBox(first), RequestsPage(second)
        for widget in (box, page):
            qtbot.addWidget(widget)
        with qtbot.waitExposed(page):
            page.show()
        box.ask_for(report)
        assert box.send.text() == "Ask a colleague"
        box.purpose.set_value("complaint_check")
        write(box.reason, "核查举报线索")
        qtbot.waitUntil(box.send.isEnabled)
        box.send.click()
        qtbot.waitUntil(lambda: "赵立" in box.steps.words())
        assert not box.purpose.isVisible()
        second.oversight.look()
        qtbot.waitUntil(lambda: len(page.cards()) == 1)
        (card,) = page.cards()
        assert card.agree.isEnabled()
        assert not card.decline.isEnabled(), "declining needs a reason"
        card.agree.click()
        qtbot.waitUntil(lambda: not page.cards())
        first.oversight.look()
        qtbot.waitUntil(box.steps.show_value.isVisible)
        box.steps.show_value.click()
        qtbot.waitUntil(lambda: PHONE in box.value_shown())
        page.release()


def test_a_declined_request_says_who_and_why(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    report = report_of(office)
    with desk_of(office, "cleared", tmp_path, report) as first:
        box = RevealBox(first)
        qtbot.addWidget(box)
        box.ask_for(report)
        box.purpose.set_value("complaint_check")
        write(box.reason, "核查举报线索")
        box.send.click()
        qtbot.waitUntil(lambda: first.oversight.mine_about(report.id) is not None)
        standing = first.oversight.mine_about(report.id)
        assert standing is not None
        decision = {"agree": False, "reason": "线索已经核实"}
        chief = office.hand("chief", "machine-chief")
        assert chief.post(f"/report-reveals/{standing.id}/decision", decision).status_code == 200
        first.oversight.look()
        qtbot.waitUntil(lambda: "线索已经核实" in box.steps.words())
        assert "赵立" in box.steps.words()
        assert not box.steps.show_value.isVisible()


def test_after_its_seconds_a_value_is_neither_on_screen_nor_in_memory(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    """A grab of the box shows no trace of it, and nothing that Python can find refers to it any more."""
    number = ("1391", "2345", "678")
    report = make_ticket(level="report", request_type="report")
    office.load(report, contacts=(Contact(report.contact_id, "欧阳小敏", "".join(number), False),))
    with desk_of(office, "cleared", tmp_path, report) as first:
        box = RevealBox(first)
        qtbot.addWidget(box)
        with qtbot.waitExposed(box):
            box.show()
        box.ask_for(report)
        box.purpose.set_value("complaint_check")
        write(box.reason, "核查举报线索")
        box.send.click()
        qtbot.waitUntil(lambda: first.oversight.mine_about(report.id) is not None)
        standing = first.oversight.mine_about(report.id)
        assert standing is not None
        chief = office.hand("chief", "machine-chief")
        chief.post(f"/report-reveals/{standing.id}/decision", {"agree": True})
        first.oversight.look()
        qtbot.waitUntil(box.steps.show_value.isVisible)
        box.steps.show_value.click()
        qtbot.waitUntil(lambda: box.value_shown() == "".join(number))
        with_value = box.grab().toImage()
        assert shown_anywhere(number) == ["PlainLabel"]
        planted = [Revealed(field="phone", value="".join(number), seconds=60)]
        assert holders_of(number) == ["list holds Revealed"], "what is kept would be found"
        del planted
        timer = cast("QTimer", box.findChild(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly))
        timer.setInterval(1)  # the sixty seconds of the profile, sooner
        qtbot.waitUntil(box.isHidden)
        assert box.value_shown() == ""
        box.show()
        assert box.grab().toImage() != with_value
        assert shown_anywhere(number) == []
        assert holders_of(number) == []


def test_the_record_is_read_online_and_gone_when_the_page_is(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    """A superior sees reveals with their purpose and the state of the chain; nothing of it stays in the window."""
    plain = make_ticket()
    office.load(plain, contacts=(Contact(plain.contact_id, "张三", PHONE, True),))
    body = {"purpose": "verify", "reason": "核实诉求地点", "ticket_id": plain.id, "field": "phone"}
    assert office.hand("officer").post(f"/contacts/{plain.contact_id}/reveal", body).status_code == 200
    with desk_of(office, "chief", tmp_path, plain) as desk:
        page = RecordPage(desk)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        qtbot.waitUntil(lambda: len(page.model.entries()) == 1)
        (entry,) = page.model.entries()
        assert (entry.person, entry.action, entry.reason) == ("王敏", "reveal", "核实诉求地点")
        assert "rows as they were written" in page.chain_words()
        page.number.setText(plain.number)
        page.number.searched.emit(plain.number)
        qtbot.waitUntil(lambda: page.filters()["ticket"] == plain.id)
        page.number.searched.emit("没有这个号")
        qtbot.waitUntil(lambda: not page.model.entries())
        page.number.searched.emit("")
        qtbot.waitUntil(lambda: len(page.model.entries()) == 1)
        with qtbot.waitSignal(page.ticket_requested) as asked:
            page.table.activated_row.emit(str(entry.seq))
        assert asked.args == [plain.id]
        page.hide()
        assert page.model.entries() == ()
        desk.set_connection(Connection(state="offline", failure=Failure(code="offline")))
        page.show()
        qtbot.waitUntil(lambda: page.state() == "offline")
        page.release()


def test_a_superior_recuses_somebody_and_takes_it_back_from_the_case(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    """What only a command line can do is not done on the day it matters."""
    case = make_ticket(level="confidential")
    office.load(case)
    with desk_of(office, "chief", tmp_path, case) as chief:
        box, told = RecusalBox(chief), list[str]()
        box.told.connect(told.append)
        qtbot.addWidget(box)
        box.open_for(case)
        assert box.send.reason() == "Choose a person first."
        box.person.set_value("p-officer")
        box.person.changed.emit()
        write(box.reason, "与被反映人有亲属关系")
        qtbot.waitUntil(box.send.isEnabled)
        box.send.click()
        qtbot.waitUntil(lambda: len(told) == 1)
        kept_out = office.hand("chief", "looking").rows()["ticket", case.id]
        assert isinstance(kept_out, Ticket)
        assert kept_out.recused_person_ids == ("p-officer",)
        assert ("ticket", case.id) not in office.hand("officer", "looking").rows()
        box.open_for(kept_out)
        assert "p-officer" not in [value for value, _ in options_of(box)], "nobody is recused twice"
        box.lifts["p-officer"].click()
        qtbot.waitUntil(lambda: len(told) == 2)
        assert ("ticket", case.id) in office.hand("officer", "looking").rows()
        box.open_for(case)
        chief.set_connection(Connection(state="offline", failure=Failure(code="offline")))
        assert box.send.reason(), "without the server nothing is decided, and the button says so"


def options_of(box: RecusalBox) -> list[tuple[str, str]]:
    combo = box.person.input
    return [(str(combo.itemData(row)), combo.itemText(row)) for row in range(combo.count())]


def test_an_officer_recuses_themselves_and_nobody_else(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    report = report_of(office)
    with desk_of(office, "cleared", tmp_path, report) as cleared:
        box = RecusalBox(cleared)
        qtbot.addWidget(box)
        box.open_for(report)
        assert not box.person.isVisibleTo(box)
        assert box.send.text() == "I am recused"
        write(box.reason, "被反映人是我的同学")
        qtbot.waitUntil(box.send.isEnabled)
        with qtbot.waitSignal(box.closed):
            box.send.click()
        assert ("ticket", report.id) not in office.hand("cleared", "looking").rows()


def test_a_superior_sees_who_has_seen_one_requester(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    """A citizen asks who looked them up: the answer is one choice in the menu of their case."""
    asked = make_ticket()
    office.load(asked, contacts=(Contact(asked.contact_id, "欧阳小敏", PHONE, True),))
    wanted = {"purpose": "complaint_check", "reason": "核实地址", "ticket_id": asked.id, "field": "phone"}
    assert office.hand("officer").post(f"/contacts/{asked.contact_id}/reveal", wanted).status_code == 200
    with desk_of(office, "chief", tmp_path, asked) as chief:
        page = RecordPage(chief)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.show_requester(asked.id)
        qtbot.waitUntil(lambda: [e.action for e in page.model.entries()] == ["reveal"])
        assert asked.number in page.whose()
        assert not page.person.isVisible(), "filters of the whole record do not stand over one requester's"
        page.whole.click()
        qtbot.waitUntil(lambda: len(page.model.entries()) > 0 and page.person.isVisible())
        assert page.whose() == ""
        page.show_requester(asked.id)
        qtbot.waitUntil(lambda: page.whose() != "")
        page.hide()
        assert page.model.entries() == (), "what was shown goes with the page"
        page.release()
