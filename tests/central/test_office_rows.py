"""Rows that belong to no case, as people rely on them: the directory, saved views, guidance with its receipts."""

from __future__ import annotations

from desktop.models.domain.entities import Guidance, GuidanceReceipt, Person, Unit, UnitContact, View
from desktop.models.domain.operations import FieldChange
from tests.support.builders import make_unit
from tests.support.central_office import Hand, Office


def _unit(hand: Hand, unit_id: str = "u-roads") -> Unit:
    row = hand.rows()["unit", unit_id]
    assert isinstance(row, Unit)
    return row


def test_two_people_write_two_lines_of_the_directory_and_both_stay(office: Office) -> None:
    """The office and the unit keep one entry: another line than a colleague's stays, the same one is told."""
    office.load(make_unit("u-roads"))
    officer, liaison = office.hand("officer"), office.hand("liaison")
    seen = _unit(officer).version
    duty = FieldChange("duty_phone", "", "66550000")
    assert officer.does("unit.edit", entity_id="u-roads", base=seen, changes=(duty,)).status == "applied"
    stand_in = FieldChange("substitutes", [], [{"name": "何平", "phone": "66550001"}])
    second = liaison.does("unit.edit", entity_id="u-roads", base=seen, changes=(stand_in,))
    assert (second.status, second.merged) == ("applied", True)
    unit = _unit(officer)
    assert unit.duty_phone == "66550000"
    assert unit.substitutes == (UnitContact("何平", "66550001"),)
    again = FieldChange("duty_phone", "", "66559999")
    refused = liaison.does("unit.edit", entity_id="u-roads", base=seen, changes=(again,))
    assert refused.status == "conflict"
    assert refused.conflict is not None
    assert refused.conflict.fields == {"duty_phone": "66550000"}
    assert [step.by_name for step in refused.conflict.steps][:1] == ["王敏"]


def test_an_import_keeps_what_the_office_wrote_and_brings_what_the_hotline_changed(office: Office) -> None:
    """A unit is renamed at the hotline: the new name comes, the liaison's number the office noted stays."""
    office.load(make_unit("u-roads", "道路处"))
    officer = office.hand("officer")
    line = FieldChange("liaison_phone", "", "66551111")
    officer.does("unit.edit", entity_id="u-roads", base=1, changes=(line,))
    office.load(make_unit("u-roads", "道路管理中心", office_phone="66550000"))
    unit = _unit(officer)
    assert (unit.name, unit.liaison_phone) == ("道路管理中心", "66551111")


def test_a_private_view_is_its_authors_and_leaves_when_it_is_unshared(office: Office) -> None:
    """What somebody searches for is nobody else's business until they share it, and no longer than that."""
    chief, officer, liaison = (office.hand(login) for login in ("chief", "officer", "liaison"))
    made = chief.op("view.create", {"name": "我的逾期", "question": {"queue": "overdue"}})
    assert chief.push(made)[0].status == "applied"
    key = ("view", made.entity_id)
    assert key in chief.rows()
    assert key not in officer.rows()
    officer.snapshot()
    shared = FieldChange("shared", False, True)
    chief.does("view.edit", entity_id=made.entity_id, base=1, changes=(shared,))
    assert [(c.op, c.id) for c in officer.pull()] == [("put", made.entity_id)]
    assert key not in liaison.rows()
    chief.does("view.edit", entity_id=made.entity_id, base=2, changes=(FieldChange("shared", True, False),))
    assert [(c.op, c.id) for c in officer.pull()] == [("evict", made.entity_id)]
    assert chief.does("view.remove", entity_id=made.entity_id, base=3).status == "applied"
    view = chief.rows()[key]
    assert isinstance(view, View)
    assert view.removed


def test_guidance_reaches_its_units_alone_and_each_confirms_for_itself(office: Office) -> None:
    """Each addressed unit reads it and says so; a unit that was not addressed neither reads nor confirms."""
    office.load(make_unit("u-roads"), make_unit("u-water"), make_unit("u-parks"))
    officer, roads, water = (office.hand(login) for login in ("officer", "liaison", "water"))
    both = {"kind": "reminder", "title": "汛期提醒", "text": "请提前排查", "unit_ids": ["u-roads", "u-water"]}
    sent = officer.op("guidance.send", both)
    assert officer.push(sent)[0].status == "applied"
    alone = officer.op("guidance.send", both | {"kind": "tip", "unit_ids": ["u-parks", "u-roads"]})
    assert officer.push(alone)[0].status == "applied"
    letter = water.rows()["guidance", sent.entity_id]
    assert isinstance(letter, Guidance)
    assert letter.number.endswith("1号")
    assert letter.by_name == "王敏"
    assert ("guidance", alone.entity_id) not in water.rows()
    receipt = water.op("guidance.confirm", {"guidance_id": sent.entity_id, "unit_id": "u-water"})
    assert water.push(receipt)[0].status == "applied"
    for foreign in ({"guidance_id": alone.entity_id, "unit_id": "u-water"}, {"unit_id": "u-roads"}):
        refused = water.does("guidance.confirm", {"guidance_id": sent.entity_id} | foreign)
        assert refused.status == "rejected"
    read = officer.rows()["guidance_receipt", receipt.entity_id]
    assert isinstance(read, GuidanceReceipt)
    assert (read.by_name, read.unit_id) == ("郑源", "u-water")
    assert ("guidance_receipt", receipt.entity_id) not in roads.rows(), (
        "what one unit says is not the other's"
    )
    taken = officer.does("guidance.withdraw", {"reason": "有误"}, entity_id=sent.entity_id, base=1)
    assert taken.status == "applied"
    again = officer.does("guidance.withdraw", {"reason": "有误"}, entity_id=sent.entity_id, base=2)
    assert again.status == "conflict"


def test_units_are_assigned_to_supervisors_and_rights_do_not_move(office: Office) -> None:
    """Whoever looks after a unit sees no more than before; a change of roles leaves the assignment alone."""
    office.load(make_unit("u-roads"))
    chief, officer = office.hand("chief"), office.hand("officer")
    scope = officer.get("/me").json()["scope_rev"]
    version = officer.rows()["person", "p-officer"].version
    given = FieldChange("assigned_unit_ids", [], ["u-roads"])
    assert (
        chief.does("person.assign", entity_id="p-officer", base=version, changes=(given,)).status == "applied"
    )
    nobody = FieldChange("assigned_unit_ids", ["u-roads"], ["u-nowhere"])
    refused = chief.does("person.assign", entity_id="p-officer", base=version + 1, changes=(nobody,))
    assert refused.problem is not None
    assert refused.problem.code == "unknown_unit"
    assert officer.get("/me").json()["scope_rev"] == scope
    office.services.accounts.set_roles("officer", ("officer", "cleared"), ())
    row = office.hand("officer", "another").rows()["person", "p-officer"]
    assert isinstance(row, Person)
    assert row.assigned_unit_ids == ("u-roads",)
    assert row.roles == ("officer", "cleared")
