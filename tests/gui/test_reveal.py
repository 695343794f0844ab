"""A citizen's telephone number on screen for its seconds: from the server, through the client's HTTP, to the box."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from central.loader import Contact
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.transport import Transport
from desktop.services.background.online import Online
from desktop.views.common import theme
from desktop.views.common.case_reveal import RevealBox
from tests.support.builders import make_ticket, reference_rows
from tests.support.central_office import open_office
from tests.support.desks import ONLINE, open_desk
from tests.support.stores import open_desk_store
from tests.support.supervision_stage import write

PHONE = "13800138000"


def test_a_revealed_number_is_seen_goes_by_itself_and_is_in_no_log(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A number that stayed on a screen, in a file or in a log would be a leak with the office's name on it."""
    theme.apply_theme(qapp, "light")
    caplog.set_level(logging.DEBUG)
    ticket = make_ticket()
    with open_office(tmp_path) as office, open_desk_store(tmp_path) as store:
        office.load(ticket, contacts=(Contact(ticket.contact_id, "欧阳小敏", PHONE, True),))
        store.pull(*reference_rows(), ticket)
        clock = store.clock
        transport = Transport(
            office.server.base_url, monotonic=clock.monotonic, adapter=office.server.adapter()
        )
        api = Api(transport, device_id="device-1", client_version="1.0.0", new_id=store.new_id)
        tokens = SignIn(api, MemoryKeeper(), monotonic=clock.monotonic)
        tokens.begin(api.sign_in_sample("officer"))
        api.use_tokens(tokens)
        with open_desk(store, language="en", connection=ONLINE) as desk:
            desk.online.close()
            desk.online = Online(api, clock=clock, policy=store.profile.lease, parent=desk)
            box = RevealBox(desk)
            qtbot.addWidget(box)
            box.ask_for(ticket)
            with qtbot.waitExposed(box):
                box.show()
            assert not box.send.isEnabled(), "nobody looks without a purpose and a reason"
            box.purpose.set_value("verify")
            write(box.reason, "核实诉求地点")
            qtbot.waitUntil(box.send.isEnabled)
            box.send.click()
            qtbot.waitUntil(lambda: PHONE in box.value_shown())
            timer = cast("QTimer", box.findChild(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly))
            timer.setInterval(1)  # the sixty seconds of the profile, sooner
            qtbot.waitUntil(box.isHidden)
            assert box.value_shown() == ""
        transport.close()
    assert PHONE not in caplog.text
    assert not [file for file in tmp_path.glob("desk.db*") if PHONE.encode() in file.read_bytes()]
