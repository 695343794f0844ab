"""The settling of conflicts as pictures: an officer and the chief change one finding, a note is refused, one discarded.

Made by the two desktops themselves on the sample city's server; nothing is put into a store by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from msgspec.structs import replace

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Finding
from desktop.models.domain.fold import Refused
from desktop.services.commands.base import Writer
from desktop.services.commands.findings import FindingForm, edit_finding
from desktop.services.commands.notes import add_note
from desktop.tools.player import Script
from desktop.tools.stage import Stage

#: (Chinese, English) of what is typed on the way.
_MINE = (
    "答复称已办结，回访时诉求人表示无人联系、问题仍在，与办理记录不符。现场复核：积水约十厘米，未见施工痕迹。",
    "The file says done; the citizen says nobody came, the problem is still there. On site: water, no trace of work.",
)
_THEIRS = (
    "答复称已办结，回访时诉求人表示仅接到一次电话、问题仍在，与办理记录不符。",
    "The file says done; called back, the citizen says somebody rang once and the problem is still there.",
)
_NOTE = ("先记在这里，明天核对后再写。", "Only a reminder; checked and written tomorrow.")


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def settling(stage: Stage, album: Album) -> Script:
    """The strip, the conflict, the earlier versions, what was discarded, and the list with nothing left in it."""
    yield from stage.be(stage.sample.first_with("officer"))
    page = stage.open("inspections")
    yield lambda: page.register.table.current_id() != ""
    finding = page.register.table.current_id()
    stage.sample.set_cut(True)
    yield lambda: stage.session.desk.connection.state == "offline"
    _do(stage, _reworded(finding, facts=stage.say(_MINE), severity="notice"))
    yield lambda: stage.session.desk.connection.waiting > 0
    mine = stage.session
    stage.sample.change_person(stage.sample.first_with("approve"))
    yield lambda: stage.app.session is not None and stage.session is not mine
    stage.sample.set_cut(False)
    yield lambda: stage.session.desk.connection.online
    _do(stage, _reworded(finding, facts=stage.say(_THEIRS), severity="critical"))
    yield 0.3
    yield lambda: stage.session.desk.connection.waiting == 0
    yield from stage.be(stage.sample.first_with("officer"))
    yield lambda: stage.session.desk.connection.to_settle > 0
    supervision = stage.open("supervision", "overdue")
    yield lambda: supervision.case.panel() is not None
    yield from album.shot("needs-you")
    outbox = stage.open("outbox", "needs")
    outbox.open_needs()
    yield lambda: outbox.panel.matter() is not None
    yield 0.3
    yield from album.shot("conflict")
    outbox.panel.list.decisions["severity"].options.press("3")
    outbox.panel.list.decisions["facts"].show_before.click()
    yield 0.2
    yield from album.shot("conflict-deciding")
    outbox.panel.take("leave")
    yield lambda: outbox.model.rowCount() == 0
    yield from album.shot("outbox-nothing-needs-you")
    stage.sample.set_cut(True)
    yield lambda: stage.session.desk.connection.state == "offline"
    ticket = supervision.case.panel().ticket.id
    _do(stage, lambda w: add_note(w, ticket, stage.say(_NOTE)))
    outbox.show_queue("waiting")
    yield lambda: outbox.model.rowCount() > 0 and "discard" in outbox.panel.buttons
    outbox.panel.take("discard")
    yield outbox.undo.isVisible
    outbox.show_queue("discarded")
    yield lambda: outbox.model.rowCount() > 0 and "put_back" in outbox.panel.buttons
    yield from album.shot("outbox-discarded")
    stage.sample.set_cut(False)
    yield lambda: stage.session.desk.connection.online


def _do(stage: Stage, command: Callable[[Writer], Changes]) -> None:
    stage.session.desk.run_command(stage, command)


def _reworded(finding_id: str, **changed: Any) -> Callable[[Writer], Changes]:
    """The finding's form with other values in it, sent as its page would."""

    def command(w: Writer) -> Changes:
        row = w.row("finding", finding_id)
        if not isinstance(row, Finding):
            raise Refused("not_found")
        names = FindingForm.__struct_fields__
        form = FindingForm(**{name: getattr(row, name) for name in names})
        return edit_finding(w, finding_id, replace(form, **changed))

    return command
