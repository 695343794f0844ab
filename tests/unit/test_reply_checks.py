"""The check of a reply before it goes: what an inspector would send it back for, said while it can still be mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.domain.inspection_rules import ReplyRules
from desktop.models.domain.reply_checks import Asked, alike, points_of, probes_of, remarks_on
from desktop.services.queries.reply_checks import Reply, reply_remarks
from tests.support.builders import LIAISON, NOW, make_finding, make_finding_reply, make_notice, make_ticket
from tests.support.stores import DeskStore, open_desk_store, profile

RULES = profile().replies
REQUEST = "一、说明逾期原因；二、提供与诉求人联系的记录；三、报送修复前后照片。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path, me=LIAISON) as opened:
        yield opened


def codes(text: str, request: str = REQUEST, *, shown: bool = False) -> list[tuple[str, str]]:
    found = remarks_on(text, Asked(request=request, shown=shown), RULES)
    return [(remark.code, remark.quote) for remark in found]


@pytest.mark.parametrize(
    ("request_text", "points"),
    [
        (REQUEST, ("说明逾期原因", "提供与诉求人联系的记录", "报送修复前后照片")),
        ("请：1.查明原因 2.限期修复", ("请：1.查明原因 2.限期修复",)),
        ("1. 查明原因\n2. 限期修复\n（3）报送照片", ("查明原因", "限期修复", "报送照片")),
        ("门前道路坑洼。请尽快修复！", ("门前道路坑洼", "请尽快修复")),
        ("2024年5月14日9.30分前报送结果", ("2024年5月14日9.30分前报送结果",)),
        ("", ()),
        ("。。。", ()),
    ],
)
def test_a_request_is_taken_apart_into_its_points(request_text: str, points: tuple[str, ...]) -> None:
    """A point that is lost here is never missed in the reply; one made up of a date is missed in every one."""
    assert points_of(request_text) == points


def test_a_reply_that_answers_every_point_hears_nothing() -> None:
    """Whoever did the work must not have to click hints away."""
    whole = (
        "逾期原因：施工队撤场，材料到货晚三天。5月15日电话联系诉求人说明情况，联系记录附后。"
        "路面已于5月16日修复，修复前后照片各两张附后。"
    )
    assert codes(whole) == []


def test_each_gap_is_named_in_the_words_of_the_request() -> None:
    """ "Incomplete" sends nobody back to the right place."""
    assert codes("因施工队撤场逾期，原因已说明。", shown=True) == [
        ("point", "提供与诉求人联系的记录"),
        ("point", "报送修复前后照片"),
    ]
    assert ("no_contact", "") in codes("路面已修复。", "请修复路面。")
    assert ("no_contact", "") in codes("因人手不足未联系诉求人，路面已修复。", "请修复路面。")
    assert codes("已联系诉求人，路面已修复。", "请修复路面。") == []
    assert codes("路面已修复。", "请修复路面。", shown=True) == []


def test_set_phrases_and_blanks_left_in_a_template_are_seen() -> None:
    """ "高度重视，立即组织" with nothing behind it is F04; a text of one's own may use the words."""
    empty = "我单位高度重视，立即组织人员处理，下一步将加强管理，举一反三，感谢您的理解。"
    assert "template" in dict(codes(empty, "", shown=True))
    own = empty + "5月16日维修班重铺北门段沥青二十米，更换破损井盖两个，当日通车，现场由网格员复核签字。"
    assert codes(own, "", shown=True) == []
    for blank in ("于XX月XX日修复", "已由【此处填写单位】修复", "于____修复", "某年某月"):
        assert "placeholder" in dict(codes(blank, "", shown=True)), blank


def test_a_copy_of_an_earlier_reply_is_found_and_the_same_case_is_none(store: DeskStore) -> None:
    """One text sent on forty cases is what a superior reads forty times; the former words on this case are no copy."""
    said = "经核查，该路段坑洼系雨水冲刷所致，已安排维修班于本周五前完成修补并设置警示标志。"
    twin = said.replace("本周五", "下周三")
    ticket, other, third = make_ticket(), make_ticket(unit_answer=said), make_ticket()
    notice = make_notice(third, reply_text="另一件事，已完成绿化带补种。")
    finding = make_finding(ticket)
    store.pull(ticket, other, third, notice, finding, make_finding_reply(finding, text=twin))
    reply = Reply(ticket_id=ticket.id, ask_id=finding.id, request="", text=twin, files=1)
    (copy,) = store.ask(lambda r: reply_remarks(r, reply))
    assert (copy.code, copy.other_id) == ("alike", other.id)
    assert copy.percent >= 60
    assert copy.quote in said
    fresh = Reply(ticket_id=ticket.id, ask_id=finding.id, request="", text="已补种行道树十二株。", files=1)
    assert store.ask(lambda r: reply_remarks(r, fresh)) == ()


def test_the_files_own_word_proves_no_contact_where_contact_is_the_question(store: DeskStore) -> None:
    """F02 says that nobody called: that the file says so is what is disputed."""
    ticket = make_ticket(first_contact_at=NOW)
    store.pull(ticket)
    said = "路面已修复。"
    plain = Reply(ticket_id=ticket.id, ask_id="f", request="", text=said)
    asked = Reply(ticket_id=ticket.id, ask_id="f", request="", text=said, about_contact=True)
    assert store.ask(lambda r: reply_remarks(r, plain)) == ()
    assert [remark.code for remark in store.ask(lambda r: reply_remarks(r, asked))] == ["no_contact"]


def test_probes_are_found_in_whatever_is_alike() -> None:
    """What the store leaves out unread must not have been a copy."""
    said = "经核查，该路段坑洼系雨水冲刷所致，已安排维修班于本周五前完成修补并设置警示标志，现场有人值守。"
    for cut in range(0, len(said) - 8, 5):
        other = said[:cut] + "另有说明" + said[cut + 6 :]
        if alike(other, [("t", said)], RULES):
            assert any(probe in said for probe in probes_of(other)), cut
    assert alike(said, [("t", said)], ReplyRules(alike_percent=0)) is None
    assert probes_of("短") == ()
