"""Push: what may happen to an operation on the server, rule by rule of the contract."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import msgspec
import pytest

from desktop.models.domain.entities import Finding, Notice, Row, Ticket, Urge
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.wire import OperationResult
from tests.support.builders import make_finding, make_ticket, make_urge
from tests.support.central_office import Hand, Office
from tests.support.files import photo


def row(hand: Hand, entity_type: str, entity_id: str) -> Row:
    return hand.rows()[entity_type, entity_id]


def code(result: OperationResult) -> str:
    assert result.problem is not None
    return result.problem.code


def urge(ticket: Ticket) -> dict[str, str]:
    return {"ticket_id": ticket.id, "unit_id": ticket.unit_id, "means": "phone", "answer": "明天到场"}


def test_an_urge_reaches_the_server_once_and_travels_to_another_desktop(office: Office) -> None:
    """An answer lost on the way must not urge the unit twice."""
    ticket = make_ticket()
    office.load(ticket)
    officer, liaison = office.hand("officer"), office.hand("liaison")
    liaison.snapshot()
    op = officer.op("ticket.urge", urge(ticket))
    assert [r.status for r in officer.push(op)] == ["applied"]
    again = officer.push(op)[0]
    assert (again.status, again.version) == ("duplicate", 1)
    (change,) = liaison.pull()
    assert (change.type, change.op, change.caused_by) == ("urge", "put", op.op_id)
    assert isinstance(row(liaison, "urge", op.entity_id), Urge)
    assert isinstance(row(officer, "ticket", ticket.id), Ticket)
    assert row(officer, "ticket", ticket.id).version == 1, "an append does not raise its parent's version"


def test_another_body_or_another_person_under_a_known_id_is_refused(office: Office) -> None:
    """A damaged outbox must not overwrite what was applied, nor may one person answer for another."""
    ticket = make_ticket()
    office.load(ticket)
    officer, chief = office.hand("officer"), office.hand("chief")
    op = officer.op("ticket.urge", urge(ticket))
    officer.push(op)
    other = msgspec.structs.replace(op, payload=op.payload | {"answer": "后天"})
    assert code(officer.push(other)[0]) == "id_reused"
    assert code(chief.push(op)[0]) == "id_reused"


def test_after_a_refusal_the_same_entity_waits_and_others_go_on(office: Office) -> None:
    ticket, urged = make_ticket(), make_ticket()
    waiting = make_urge(urged)
    office.load(ticket, urged, waiting)
    officer = office.hand("officer")
    create = officer.op("notice.create", {"ticket_id": ticket.id, "unit_id": "u-water", "ground": "逾期"})
    submit = officer.op("notice.submit", entity_id=create.entity_id, base=0, after=create.op_id)
    other = officer.op("ticket.urge", urge(urged))
    named = officer.op("ticket.urge", urge(urged), depends_on=(create.op_id,))
    results = officer.push(create, submit, other, named)
    assert [r.status for r in results] == ["rejected", "blocked", "applied", "blocked"]
    assert code(results[0]) == "unit_not_of_ticket"


def test_a_person_working_alone_never_conflicts_with_himself(office: Office) -> None:
    """Without the chain rule every fifth operation of one person alone was a conflict."""
    ticket = make_ticket()
    office.load(ticket)
    officer = office.hand("officer")
    payload = {"ticket_id": ticket.id, "unit_id": "u-roads", "code": "F02", "facts": "现场未修复"}
    create = officer.op("finding.create", payload)
    edit = officer.op(
        "finding.edit",
        entity_id=create.entity_id,
        base=0,
        after=create.op_id,
        changes=(FieldChange("facts", "现场未修复", "现场仍积水"),),
    )
    file = officer.op("finding.file", entity_id=create.entity_id, base=0, after=edit.op_id)
    assert [r.status for r in officer.push(create, edit, file)] == ["applied"] * 3
    finding = row(officer, "finding", create.entity_id)
    assert isinstance(finding, Finding)
    assert (finding.version, finding.state, finding.facts) == (3, "filed", "现场仍积水")
    assert finding.number == "云检〔2024〕1号"


def test_fields_nobody_touched_merge_and_a_touched_one_is_a_conflict(office: Office) -> None:
    """Two officers edit one finding: nothing that either wrote may vanish silently."""
    ticket = make_ticket()
    finding = make_finding(ticket, facts="旧", requirement="旧")
    office.load(ticket, finding)
    first, second = office.hand("officer"), office.hand("chief")
    assert first.does(
        "finding.edit", entity_id=finding.id, base=1, changes=(FieldChange("facts", "旧", "甲"),)
    ).merged is False  # fmt: skip
    other = second.does(
        "finding.edit", entity_id=finding.id, base=1, changes=(FieldChange("requirement", "旧", "乙"),)
    )
    assert (other.status, other.merged, other.version) == ("applied", True, 3)
    same = second.does(
        "finding.edit", entity_id=finding.id, base=1, changes=(FieldChange("facts", "旧", "丙"),)
    )
    assert same.status == "conflict"
    assert same.conflict is not None
    assert (same.conflict.fields["facts"], same.conflict.seen["facts"]) == ("甲", "旧")
    assert (same.conflict.by_name, same.conflict.at) == ("赵立", office.now)
    assert [(s.by_name, s.kind, s.fields[0]) for s in same.conflict.steps] == [
        ("王敏", "finding.edit", "facts"),
        ("赵立", "finding.edit", "requirement"),
    ]
    merged = row(first, "finding", finding.id)
    assert isinstance(merged, Finding)
    assert (merged.facts, merged.requirement) == ("甲", "乙")


def test_a_notice_is_numbered_on_approval_by_somebody_else_and_marks_the_ticket(office: Office) -> None:
    first, second = make_ticket(), make_ticket()
    office.load(first, second)
    officer, chief, liaison = office.hand("officer"), office.hand("chief"), office.hand("liaison")
    notices = []
    for hand, ticket in ((officer, first), (chief, second)):
        payload = {
            "ticket_id": ticket.id,
            "unit_id": "u-roads",
            "ground": "逾期",
            "requirement": "三日内报告",
        }
        create = hand.op("notice.create", payload)
        submit = hand.op("notice.submit", entity_id=create.entity_id, base=0, after=create.op_id)
        assert [r.status for r in hand.push(create, submit)] == ["applied", "applied"]
        notices.append(create.entity_id)
    assert ("notice", notices[0]) not in liaison.rows(), "a draft stays in the office"
    assert code(chief.does("notice.approve", entity_id=notices[1], base=2)) == "own_act"
    assert chief.does("notice.approve", entity_id=notices[0], base=1).status == "conflict"
    assert chief.does("notice.approve", entity_id=notices[0], base=2).status == "applied"
    notice = row(liaison, "notice", notices[0])
    assert isinstance(notice, Notice)
    assert (notice.number, notice.state, notice.approver_name) == ("云热督〔2024〕1号", "issued", "赵立")
    marked = row(officer, "ticket", first.id)
    assert isinstance(marked, Ticket)
    assert marked.supervised
    second_matter = officer.does(
        "notice.create",
        {"ticket_id": first.id, "unit_id": "u-roads", "ground": "再次", "requirement": "报告"},
    )
    assert code(second_matter) == "already_supervised"
    reply = liaison.does("notice.reply", {"text": "已整改"}, entity_id=notices[0], base=3)
    assert reply.status == "applied"
    late = liaison.does("notice.reply", {"text": "补充"}, entity_id=notices[0], base=3)
    assert late.status == "conflict"
    assert late.conflict is not None
    assert late.conflict.state == "replied"


def test_scope_and_role_are_judged_when_applied(office: Office) -> None:
    """What a person may not see answers like what does not exist."""
    ticket = make_ticket(unit_id="u-water")
    against = make_ticket(against_unit_id="u-roads")
    mine, urged = make_ticket(), make_ticket(unit_id="u-water")
    office.load(ticket, against, mine, urged, asked := make_urge(urged))
    liaison, officer = office.hand("liaison"), office.hand("officer")
    assert code(liaison.does("ticket.urge", urge(mine))) == "role_not_allowed"
    hidden = liaison.does("urge.acknowledge", entity_id=asked.id, base=1)
    unknown = liaison.does("urge.acknowledge", entity_id=office.new_id(), base=1)
    assert (hidden.status, hidden.problem) == (unknown.status, unknown.problem)
    assert hidden.status == "out_of_scope"
    assert code(officer.does("ticket.urge", urge(against))) == "unit_recused"


def test_an_append_made_before_the_device_could_know_is_kept_and_marked(office: Office) -> None:
    """A liaison works offline while the ticket moves to another unit: the evidence sent then must not be lost."""
    ticket = make_ticket()
    office.load(ticket)
    liaison = office.hand("liaison")
    liaison.snapshot()
    liaison.pull()
    data = photo()
    about = {
        "ticket_id": ticket.id,
        "name": "现场.jpg",
        "size": len(data),
        "sha256": sha256(data).hexdigest(),
    }
    new = about | {"id": office.new_id()}
    assert liaison.post("/attachments", new).status_code == 201
    headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    assert liaison.call("PATCH", f"/attachments/{new['id']}/upload", data=data, headers=headers).ok
    payload = about | {"upload_id": new["id"]}
    office.load(msgspec.structs.replace(ticket, unit_id="u-water"))
    result = liaison.does("attachment.link", payload)
    assert (result.status, result.late) == ("applied", True)
    assert {change.op for change in liaison.pull()} == {"evict"}
    liaison.pull()
    again = liaison.does("attachment.link", payload)
    assert again.status == "out_of_scope", "now the device knows"


def test_a_report_needs_clearance(office: Office) -> None:
    report = make_ticket(level="report", request_type="report")
    office.load(report)
    assert code(office.hand("officer").does("ticket.urge", urge(report))) == "clearance_needed"
    assert office.hand("cleared").does("ticket.urge", urge(report)).status == "applied"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kind": "ticket.burn"}, "unknown_kind"),
        ({"payload": {"means": "pigeon"}}, "bad_payload"),
        ({"schema": 99}, "schema_unknown"),
        ({"op_id": "not-a-uuid"}, "bad_id"),
        ({"entity_id": "x"}, "bad_id"),
    ],
)
def test_what_no_server_takes_is_refused_with_a_code(
    office: Office, change: dict[str, object], expected: str
) -> None:
    ticket = make_ticket()
    office.load(ticket)
    officer = office.hand("officer")
    op = officer.op("ticket.urge", urge(ticket))
    assert code(officer.push(msgspec.structs.replace(op, **change))[0]) == expected


def test_times_without_offset_or_of_another_age_are_refused(office: Office) -> None:
    """A naive time would compare wrongly, and the year 9999 overflows with an offset."""
    ticket = make_ticket()
    office.load(ticket)
    officer = office.hand("officer")
    for told in ("2024-05-14T10:00:00", "9999-12-31T23:59:59Z"):
        assert code(officer.does("ticket.urge", urge(ticket) | {"promised_at": told})) == "bad_value"
    promised = office.now + timedelta(days=1)
    kept = officer.does("ticket.urge", urge(ticket) | {"promised_at": promised.isoformat()})
    assert kept.status == "applied"


def test_what_became_of_an_operation_is_told_to_its_author_only(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    officer, chief = office.hand("officer"), office.hand("chief")
    op = officer.op("ticket.urge", urge(ticket))
    assert officer.get(f"/sync/operations/{op.op_id}").status_code == 404
    officer.push(op)
    assert officer.get(f"/sync/operations/{op.op_id}").json()["status"] == "applied"
    assert chief.get(f"/sync/operations/{op.op_id}").status_code == 404


def test_a_conflict_tells_a_unit_nothing_of_what_stood_there_before_it_was_issued(office: Office) -> None:
    """A made-up base version must not read the office's drafts out of the conflict it makes."""
    ticket = make_ticket()
    office.load(ticket)
    officer, chief, liaison = office.hand("officer"), office.hand("chief"), office.hand("liaison")
    draft = {"ticket_id": ticket.id, "unit_id": "u-roads", "ground": "内部意见", "requirement": "报告"}
    notice = officer.op("notice.create", draft)
    edit = officer.op(
        "notice.edit",
        entity_id=notice.entity_id,
        base=0,
        after=notice.op_id,
        changes=(FieldChange("ground", "内部意见", "逾期"),),
    )
    submit = officer.op("notice.submit", entity_id=notice.entity_id, base=0, after=edit.op_id)
    assert [r.status for r in officer.push(notice, edit, submit)] == ["applied"] * 3
    assert chief.does("notice.approve", entity_id=notice.entity_id, base=3).status == "applied"
    withdrawn = officer.does("notice.withdraw", {"reason": "已当面说明"}, entity_id=notice.entity_id, base=4)
    assert withdrawn.status == "applied"
    refused = liaison.does("notice.reply", {"text": "今天补修"}, entity_id=notice.entity_id, base=1)
    assert refused.conflict is not None
    assert (refused.conflict.state, refused.conflict.by_name) == ("withdrawn", "王敏")
    assert [step.kind for step in refused.conflict.steps] == ["notice.approve", "notice.withdraw"]
    assert "内部意见" not in msgspec.json.encode(refused).decode()
    assert [step.fields for step in refused.conflict.steps] == [(), ("state", "withdraw_reason")]


def test_a_liaison_writes_notes_for_the_own_unit_and_reads_them_again(office: Office) -> None:
    """A reply whose notice is gone must be able to go out as a note, and its author must see that it arrived."""
    ticket = make_ticket()
    office.load(ticket)
    liaison, officer, water = office.hand("liaison"), office.hand("officer"), office.hand("water")
    payload = {"ticket_id": ticket.id, "text": "已于当日补修", "unit_id": "u-roads"}
    note = liaison.op("note.add", payload)
    assert liaison.push(note)[0].status == "applied"
    assert [("note", note.entity_id) in hand.rows() for hand in (liaison, officer, water)] == [
        True,
        True,
        False,
    ]
    assert code(liaison.does("note.add", payload | {"unit_id": ""})) == "not_your_unit"
    assert code(liaison.does("note.add", payload | {"unit_id": "u-water"})) == "not_your_unit"
    assert code(officer.does("note.add", payload)) == "not_your_unit"
    assert water.does("note.add", payload | {"unit_id": "u-water"}).status == "out_of_scope"
