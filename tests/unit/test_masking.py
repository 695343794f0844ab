"""Masking and scope: what would tell a citizen's identity to somebody who may not know it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain import entities as e
from desktop.models.domain.privacy import REPORT_TITLE, Viewer, may_see, present, scope_of
from desktop.models.domain.redaction import mask_name, normalize_phone, phone_tail, redact

NOW = datetime(2024, 3, 4, tzinfo=UTC)
OFFICER = Viewer(person_id="o", name="李强", roles=frozenset({"officer"}))
CLEARED = Viewer(person_id="c", name="周宁", roles=frozenset({"officer", "cleared"}))
LIAISON = Viewer(person_id="l", name="王芳", roles=frozenset({"liaison"}), unit_ids=frozenset({"u1"}))


def ticket(**fields: object) -> e.Ticket:
    plain: dict[str, object] = {
        "id": "t1",
        "number": "1",
        "title": "小区停水",
        "request_type": "help",
        "channel": "phone",
        "state": "handling",
        "unit_id": "u1",
        "request_text": "请尽快处理",
        "requester_label": "张女士",
        "phone_tail": "5678",
        "contact_id": "k1",
        "received_at": NOW,
    }
    return e.Ticket(**(plain | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        ("张伟", "先生", "张先生"),
        ("张伟", "", "张*"),
        ("欧阳娜娜", "女士", "欧阳女士"),
        ("诸葛亮", "先生", "诸葛先生"),
        ("东方", "先生", "东先生"),  # two characters are a whole name: surname 东
        ("Mary Anne Smith", "Ms", "Ms Smith"),
        ("  ", "先生", ""),
    ],
)
def test_a_name_shrinks_to_surname_and_form_of_address(name: str, address: str, shown: str) -> None:
    assert mask_name(name, address) == shown


@given(st.text("赵钱孙李欧阳上官司马东方明伟芳", min_size=2, max_size=4))
def test_no_mask_ever_shows_a_whole_chinese_name(name: str) -> None:
    assert name not in mask_name(name)
    assert name not in redact(f"来电人{name}反映噪声。", (name,))


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "8613812345678",
        "１３８１２３４５６７８",
        "010-12345678",
        "0571 8888888",
        "617-555-0123",
        "(617) 555-0123",
        "617.555.0123",
    ],
)
@pytest.mark.parametrize("frame", ["电话{}，请回复", "Tel{}.", "vx{}", "致电 {} 张女士"])
def test_a_telephone_number_in_a_text_is_hidden(number: str, frame: str) -> None:
    assert redact(frame.format(number)) == frame.format("〔电话〕")


def test_identity_cards_and_addresses_are_hidden_and_case_numbers_stay() -> None:
    text = "身份证33010219900101123X，邮箱li.wei@example.com，工单101000295613，2024-03-04，金额12345.60元"
    assert redact(text) == "身份证〔证件号〕，邮箱〔邮箱〕，工单101000295613，2024-03-04，金额12345.60元"


@pytest.mark.parametrize(
    "same",
    [
        ("13812345678", "+86 138-1234-5678", "0086 13812345678", "8613812345678", "１３８１２３４５６７８"),
        ("010-12345678", "+86 10 1234 5678", "01012345678转802", "(010)12345678 ext 802"),
        ("617-555-0123", "(617) 555-0123", "617.555.0123 x9"),
    ],
)
def test_one_number_written_differently_is_one_citizen(same: tuple[str, ...]) -> None:
    """Else two colleagues could call the same person at once."""
    assert len({normalize_phone(n) for n in same}) == 1
    assert {phone_tail(n) for n in same} == {normalize_phone(same[0])[-4:]}


def test_a_short_number_has_no_tail() -> None:
    assert phone_tail("12345") == ""


def test_the_text_of_a_report_reaches_cleared_staff_alone() -> None:
    report = ticket(level="report")
    scope = scope_of(report, None)
    assert present(report, scope, CLEARED) == report
    for viewer in (OFFICER, LIAISON):
        shown = present(report, scope, viewer)
        assert isinstance(shown, e.Ticket)
        assert shown.title == REPORT_TITLE
        assert (shown.request_text, shown.requester_label, shown.phone_tail, shown.contact_id) == (
            "",
            "",
            "",
            "",
        )


def test_what_was_written_about_a_report_is_read_by_cleared_staff_and_its_addressee() -> None:
    """Else a notice would tell an uncleared colleague what the report itself may not."""
    report = ticket(level="report")
    notice = e.Notice(
        id="n",
        ticket_id=report.id,
        unit_id=report.unit_id,
        state="issued",
        ground="王某收礼",
        created_at=report.received_at,
    )
    scope = scope_of(notice, report)
    for viewer, ground in ((CLEARED, "王某收礼"), (LIAISON, "王某收礼"), (OFFICER, "")):
        shown = present(notice, scope, viewer)
        assert isinstance(shown, e.Notice)
        assert shown.ground == ground


def test_a_liaison_gets_no_way_to_the_citizen_and_no_confidential_name() -> None:
    shown = present(ticket(), scope_of(ticket(), None), LIAISON)
    assert isinstance(shown, e.Ticket)
    assert (shown.requester_label, shown.phone_tail, shown.contact_id) == ("张女士", "", "")
    secret = ticket(level="confidential")
    hidden = present(secret, scope_of(secret, None), LIAISON)
    assert isinstance(hidden, e.Ticket)
    assert hidden.requester_label == ""


def test_the_unit_complained_of_sees_nothing_of_the_ticket() -> None:
    against = ticket(against_unit_id="u1")
    entry = e.TimelineEntry(id="x", ticket_id="t1", at=NOW, kind="received")
    for row in (against, entry):
        assert not may_see(LIAISON, scope_of(row, against))
        assert may_see(OFFICER, scope_of(row, against))


def test_who_sees_which_child() -> None:
    """A draft is its author's, office matters stay in the office, what is asked of a unit reaches that unit."""
    mine = ticket()
    author = Viewer(person_id="a", name="陈静", roles=frozenset({"officer"}))
    base = {"id": "x", "ticket_id": "t1", "unit_id": "u1", "created_at": NOW}
    draft = e.Finding(**base, code="F01", author_id="a")  # type: ignore[arg-type]
    dropped = e.Finding(**base, code="F01", author_id="a", state="withdrawn")  # type: ignore[arg-type]
    filed = e.Finding(**base, code="F01", author_id="a", state="filed", filed_at=NOW)  # type: ignore[arg-type]
    submitted = e.Notice(**base, state="submitted")  # type: ignore[arg-type]
    issued = e.Notice(**base, state="issued", issued_at=NOW)  # type: ignore[arg-type]
    waiting = e.Visit(id="x", ticket_id="t1", opened_at=NOW)
    note = e.Note(id="x", ticket_id="t1", text="电话已核", at=NOW)
    units_note = e.Note(id="x", ticket_id="t1", unit_id="u1", text="已补修", at=NOW)
    rows: list[tuple[e.Row, bool, bool, bool]] = [  # row, its author, another officer, the unit's liaison
        (draft, True, False, False),
        (dropped, True, False, False),
        (filed, True, True, True),
        (submitted, True, True, False),
        (issued, True, True, True),
        (waiting, True, True, False),
        (note, True, True, False),
        (units_note, True, True, True),  # what a liaison wrote is the unit's too
    ]
    for row, *seen in rows:
        scope = scope_of(row, mine)
        assert [may_see(v, scope) for v in (author, OFFICER, LIAISON)] == seen, row


def test_a_row_whose_ticket_is_missing_is_for_the_office_alone() -> None:
    orphan = e.Urge(id="x", ticket_id="gone", unit_id="u1", means="phone", at=NOW)
    assert not may_see(LIAISON, scope_of(orphan, None))
