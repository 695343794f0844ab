"""What a citizen's answers lead to: rework, a notice in their words, a finding of its code; proposed, never done."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Answers, Proposal
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.services.queries.visits import visit_in_hand
from desktop.views.common import theme
from desktop.views.return_visits.aftermath import Aftermath
from desktop.views.supervision.promises import ground_text
from tests.support.builders import CHIEF, NOW, make_ticket, make_visit, reference_rows
from tests.support.desks import open_desk
from tests.support.stores import open_desk_store

GOOD = Answers(identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="satisfied")
BAD = replace(GOOD, resolved="not_resolved", satisfied_result="dissatisfied", still_missing="井盖还是松的")
CASES: tuple[tuple[str, Answers, Proposal, str, str], ...] = (
    ("normal", GOOD, "", "", ""),
    ("normal", BAD, "rework", "send the case back for rework", "F01"),
    ("normal", BAD, "supervision_notice", "a supervision notice", "F01"),
    ("normal", replace(GOOD, pressed_for_rating=True), "", "pressed for a good rating", "F10"),
    ("report", replace(GOOD, result_told=False), "", "result of the report was not told", "F14"),
    ("report", replace(GOOD, result_told=True), "", "", ""),
)


def test_answers_propose_the_next_step_in_the_citizens_words(qtbot: QtBot, tmp_path: Path) -> None:
    """A bad answer would be filed away, pressure on a rating pass unseen, or a reporter be known by their words."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with open_desk_store(tmp_path, me=replace(CHIEF, roles=(*CHIEF.roles, "cleared"))) as store:
        store.pull(*reference_rows())
        with open_desk(store, language="en") as desk:
            after = Aftermath(desk)
            qtbot.addWidget(after)
            for level, answers, proposal, sentence, code in CASES:
                ticket = make_ticket(level=level, completed_at=NOW)
                visit = make_visit(
                    ticket,
                    level=level,
                    state="completed",
                    completed_at=NOW,
                    valid=True,
                    answers=answers,
                    proposal=proposal,
                )
                store.pull(ticket, visit)
                matter = store.ask(partial(visit_in_hand, visit_id=visit.id))
                panel = store.ask(partial(ticket_panel, ticket_id=ticket.id))
                assert matter is not None
                assert panel is not None
                after.show_after("answered", [matter])
                assert sentence in " ".join(after.sentences())
                assert bool(sentence) == (len(after.sentences()) > 1)
                assert after._proposed.get(ticket.id, ("", ""))[0] == code
                quoted = "井盖还是松的" in ground_text(panel, desk.profile)
                assert quoted == bool(proposal), "the notice begins with what the citizen says is missing"
                if proposal:
                    private = replace(panel, ticket=replace(ticket, level="report"))
                    assert "井盖" not in ground_text(private, desk.profile)
