"""Who looks after a case: one field of the ticket that is the office's own, also when the hotline tells it anew."""

from __future__ import annotations

from msgspec.structs import replace

from desktop.models.domain.entities import TimelineEntry
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.wire import OperationResult
from tests.support.builders import make_ticket
from tests.support.central_office import Hand, Office


def test_a_case_is_given_by_those_who_may_and_only_the_office_reads_whose_it_is(office: Office) -> None:
    """Two officers who take one case at once: the first has it, the second is told; a unit never learns who it is."""
    ticket = make_ticket()
    office.load(ticket)
    officer, cleared, chief = office.hand("officer"), office.hand("cleared"), office.hand("chief")

    def give(hand: Hand, before: str, after: str, base: int) -> OperationResult:
        change = FieldChange("officer_id", before, after)
        return hand.does("ticket.assign", entity_id=ticket.id, base=base, changes=(change,))

    assert give(officer, "", "p-officer", 1).status == "applied"
    late = give(cleared, "", "p-cleared", 1)
    assert late.status == "conflict"
    taken = give(cleared, "p-officer", "p-cleared", 2)
    assert taken.problem is not None
    assert taken.problem.code == "not_your_case"
    unknown = give(chief, "p-officer", "p-liaison", 2)
    assert unknown.problem is not None
    assert unknown.problem.code == "unknown_person"
    assert give(chief, "p-officer", "p-cleared", 2).status == "applied"
    rows = chief.rows()
    assert rows["ticket", ticket.id].officer_id == "p-cleared"  # type: ignore[attr-defined]
    given = [r for r in rows.values() if isinstance(r, TimelineEntry) and r.kind == "assigned"]
    assert {(entry.actor, entry.text) for entry in given} == {("王敏", "王敏"), ("赵立", "孙洁")}
    theirs = office.hand("liaison").rows()
    assert theirs["ticket", ticket.id].officer_id == ""  # type: ignore[attr-defined]
    assert not [r for r in theirs.values() if isinstance(r, TimelineEntry)]
    office.load(replace(ticket, title="改派后的标题"))  # the hotline tells its ticket again
    again = chief.rows()["ticket", ticket.id]
    assert (again.title, again.officer_id) == ("改派后的标题", "p-cleared")  # type: ignore[attr-defined]
