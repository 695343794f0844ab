"""What else may be done with a case, behind the dots: each entry a word and the pane's own doing. Decides nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.domain.privacy import is_superior, may_recuse, viewer_of
from desktop.services.background.desk import Desk
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common.text import menu_text

if TYPE_CHECKING:
    from desktop.views.supervision.case_pane import CasePane


def passing_menu(over: QWidget) -> QMenu:
    """A menu that goes when it is closed."""
    menu = QMenu(over)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def case_menu(pane: CasePane, desk: Desk, panel: TicketPanel | None) -> QMenu:
    """The menu of the case on screen, which goes when it is closed."""
    menu = passing_menu(pane)
    menu.addAction(menu_text(QCoreApplication.translate("CasePane", "Add a note…"))).triggered.connect(
        pane.open_note
    )
    if panel is not None and panel.visit is not None:
        visit = QCoreApplication.translate("CasePane", "Go to the return visit")
        menu.addAction(menu_text(visit)).triggered.connect(pane.ask_visit)
    if panel is not None and "officer" in desk.me.roles:
        draft = QCoreApplication.translate("CasePane", "Urgent report…")
        menu.addAction(menu_text(draft)).triggered.connect(partial(_ask_upward, pane, "report"))
    if panel is not None:
        instruction = QCoreApplication.translate("CasePane", "Leader's instruction…")
        menu.addAction(menu_text(instruction)).triggered.connect(partial(_ask_upward, pane, "instruction"))
    viewer = viewer_of(desk.me)
    if panel is not None and may_recuse(viewer, panel.ticket):
        recusals = QCoreApplication.translate("CasePane", "Recusals…")
        menu.addAction(menu_text(recusals)).triggered.connect(pane.open_recusals)
    if panel is not None and is_superior(viewer):
        access = QCoreApplication.translate("CasePane", "Who has seen this requester…")
        menu.addAction(menu_text(access)).triggered.connect(pane.ask_access)
    if panel is not None:
        pane.fill_letters(menu.addMenu(menu_text(QCoreApplication.translate("CasePane", "Letters"))), panel)
    menu.addAction(menu_text(QCoreApplication.translate("CasePane", "Print the case…"))).triggered.connect(
        pane.ask_print
    )
    menu.addAction(menu_text(QCoreApplication.translate("CasePane", "Copy the number"))).triggered.connect(
        pane.ask_number
    )
    return menu


def _ask_upward(pane: CasePane, what: str, *_: object) -> None:
    pane.ask_upward(what)


def ask_letter(pane: CasePane, desk: Desk, kind: str) -> None:
    """One letter of the case on screen; where there is no case, that is said."""
    from desktop.views.common.letters import words
    from desktop.views.common.letters.offers import offers_of

    panel = pane.panel()
    if panel is None:
        pane.told.emit(words.why_none("no_ticket"))
        return
    for offer in offers_of(panel, desk.profile, desk.reference):
        if offer.kind == kind:
            pane.letters.ask(offer)
            return
    pane.told.emit(words.why_none("no_act"))
