"""The ladder on the page: what stands, what is proposed, who writes and signs which step, and one matter once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Notice
from desktop.models.domain.fold import Refused
from desktop.services.commands.supervision import NoticeForm, withdraw_notice, write_notice
from tests.support.builders import CHIEF, NOW, OFFICER, make_notice, make_ticket, make_urge
from tests.support.desks import ONLINE
from tests.support.supervision_stage import LATE, Stage, Theatre, open_theatre, write
from tests.support.widgets import cut_texts

DEPUTY = replace(CHIEF, person_id="p-deputy", name="周安", roles=("deputy_director",))


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(qtbot, tmp_path) as opened:
        yield opened


def standing(ticket: object, **more: object) -> Notice:
    fields = {"state": "issued", "number": "云督〔2024〕7号", "issued_at": NOW - timedelta(hours=9)}
    return make_notice(ticket, **(fields | more))  # type: ignore[arg-type]


def act_written(stage: Stage, ticket: object) -> Notice:
    stage.qtbot.waitUntil(lambda: any(n.version == 0 for n in notices(stage, ticket)))
    return next(n for n in notices(stage, ticket) if n.version == 0)


def notices(stage: Stage, ticket: object) -> list[Notice]:
    return [row for row in stage.rows("Notice", ticket) if isinstance(row, Notice)]  # type: ignore[arg-type]


def test_two_silent_urges_propose_a_notice_and_only_a_person_writes_it(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, *(make_urge(ticket, answer="", means="sms") for _ in range(2)))
    stage.listed(1)
    stage.case(ticket)
    box = stage.page.case.ladder
    assert box.isVisible()
    assert "2 urges" in box.proposal.text()
    stage.page.show_queue("proposed")
    stage.listed(1)
    assert notices(stage, ticket) == [], "nothing was written by itself"
    box.write.click()
    form = stage.page.case.notice_form
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is form)
    assert form.step.value() == "notice"
    assert "2 urges" in form.warning.text()
    write(form.requirement, "三日内说明")
    assert form.form.submit()
    stage.listed(0)
    assert act_written(stage, ticket).state == "submitted"


def test_above_a_standing_notice_the_next_steps_are_offered_and_it_stays_in_sight(theatre: Theatre) -> None:
    """The form opens on what is there; a card is chosen, never slipped into by the same key."""
    ticket = make_ticket(due_at=LATE)
    notice = standing(ticket)
    stage = theatre.open(ticket, notice)
    stage.listed(1)
    stage.case(ticket)
    stage.press(Qt.Key.Key_S)
    form = stage.page.case.notice_form
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is form)
    assert form.step.value() == notice.id
    assert not form.primary.isVisible()
    assert form.withdraw.isVisible()
    form.step.set_value("yellow_card")
    form.step.changed.emit()
    assert form.primary.isVisible()
    assert notice.number in form.warning.text()
    assert notice.number in form.ground.value(), "what came before is the beginning of the ground"
    write(form.requirement, "书面说明")
    assert form.form.submit()
    card = act_written(stage, ticket)
    assert (card.rung, card.state) == ("yellow_card", "submitted")
    stage.qtbot.waitUntil(lambda: (p := stage.page.case.panel()) is not None and p.notice == card)
    assert not cut_texts(stage.page.case.ladder)


@pytest.mark.parametrize(("me", "signs"), [(CHIEF, False), (DEPUTY, True)], ids=["chief", "deputy"])
def test_a_red_card_waits_for_the_deputy_director_alone(theatre: Theatre, me: object, signs: bool) -> None:
    """In the chief's queue it would be a signature that the server refuses."""
    ticket = make_ticket(due_at=LATE)
    card = make_notice(ticket, rung="red_card", state="submitted")
    person = CHIEF if me is CHIEF else DEPUTY
    stage = theatre.open(ticket, standing(ticket), card, me=person, connection=ONLINE)
    stage.page.show_queue("approval")
    stage.listed(1 if signs else 0)
    if not signs:
        return
    stage.case(ticket)
    assert stage.page.case.approval.isVisible()
    stage.press(Qt.Key.Key_A)
    stage.listed(0)
    assert next(n for n in notices(stage, ticket) if n.id == card.id).state == "issued"


def test_a_merged_ticket_shows_the_first_supervision_and_refuses_a_second(theatre: Theatre) -> None:
    lead = make_ticket(due_at=LATE, number="YZ-2024-000001")
    merged = make_ticket(due_at=LATE + timedelta(hours=1), merged_into=lead.id)
    stage = theatre.open(lead, merged, standing(lead, rung="referral"))
    stage.listed(2)
    stage.choose(merged)
    assert lead.number in stage.page.case.ladder.elsewhere.text()
    stage.press(Qt.Key.Key_S)
    form = stage.page.case.notice_form
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is form)
    assert not form.primary.isVisible()
    assert lead.number in form.warning.text()
    asked = NoticeForm(
        ticket_id=merged.id, unit_id=merged.unit_id, ground="逾期", requirement="说明", rung="referral"
    )
    with pytest.raises(Refused, match="already_supervised"):
        stage.store.run(lambda w: write_notice(w, asked, submit_now=True))


def test_the_desktop_refuses_what_the_citys_rules_keep_from_a_role(theatre: Theatre) -> None:
    """Offline the server cannot say it, and the officer would learn a day later."""
    ticket = make_ticket(due_at=LATE)
    card = standing(ticket, rung="red_card", author_id=OFFICER.person_id)
    stage = theatre.open(ticket, card)
    stage.listed(1)
    stage.case(ticket)
    with pytest.raises(Refused, match="rung_not_permitted"):
        stage.store.run(lambda w: withdraw_notice(w, card.id, "已办"))
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is form)
    assert form.step.value() == card.id
    assert not form.withdraw.isVisible()


def test_a_case_that_belongs_beside_another_is_one_click_away(theatre: Theatre) -> None:
    """Also one that is over and in no queue: the officer looks at what was promised the last time."""
    ticket = make_ticket(due_at=LATE, contact_id="k-9")
    before = make_ticket(
        state="archived", due_at=None, contact_id="k-9", received_at=NOW - timedelta(days=30)
    )
    stage = theatre.open(ticket, before)
    stage.listed(1)
    stage.case(ticket)
    box = stage.page.case.related
    stage.qtbot.waitUntil(lambda: bool(box.links))
    assert box.links[0].text() == before.number
    box.links[0].click()
    stage.case(before)
