"""Pull: first loads, changes, evictions, cursors and digests, as the desktops rely on them."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.installation import installation_of, renew_epoch
from central.retention import forget_old_changes
from central.tables import change, entity
from desktop.models.domain.entities import Ticket, TimelineEntry
from desktop.models.domain.wire import Change, Digest, sum_hashes
from tests.support.builders import (
    NOW,
    make_finding,
    make_note,
    make_ticket,
    make_timeline_entry,
    make_urge,
    make_visit,
)
from tests.support.central_office import Hand, Office, open_office


def keys(changes: list[Change], op: str) -> set[tuple[str, str]]:
    return {(c.type, c.id) for c in changes if c.op == op}


def test_a_first_load_brings_what_matters_first_and_resumes_where_it_broke_off(office: Office) -> None:
    """A cancelled first load must not begin again, and a page asked for twice is the same page."""
    tickets = [make_ticket(state="archived") for _ in range(150)]
    urgent = make_ticket(due_at=NOW)
    office.load(*tickets, urgent, asked := make_urge(urgent))
    officer = office.hand("officer")
    begun = officer.post("/sync/snapshots", {"page_rows": 100}).json()
    path = f"/sync/snapshots/{begun['snapshot_id']}"
    first = officer.get(path, page_token=begun["first_page"])
    order = [c["id"] for c in first.json()["changes"] if c["type"] in ("ticket", "urge")]
    assert order[:2] == [asked.id, urgent.id], "what is asked of a unit, then what is open and due"
    officer.does("note.add", {"ticket_id": urgent.id, "text": "后来的便条"})
    assert officer.get(path, page_token=begun["first_page"]).content == first.content
    again = office.hand("officer").get(path, page_token=first.json()["next_page"]).json()
    assert again["rows_before"] == 100
    assert office.hand("chief").get(path, page_token="0").status_code == 410, "another person's"
    assert officer.get(path, page_token="7").status_code == 400
    office.clock.advance(13 * 3600)
    assert office.hand("officer").get(path, page_token="0").json()["code"] == "snapshot_expired"


def test_a_change_during_a_first_load_comes_by_pull(office: Office) -> None:
    """The cursor is older than the first row read, so nothing falls between the two."""
    ticket = make_ticket()
    office.load(ticket)
    officer, other = office.hand("officer"), office.hand("chief")
    begun = officer.post("/sync/snapshots", {"page_rows": 100}).json()
    note = other.op("note.add", {"ticket_id": ticket.id, "text": "同时"})
    other.push(note)
    officer.get(f"/sync/snapshots/{begun['snapshot_id']}", page_token="0")
    officer.cursor = begun["cursor"]
    assert ("note", note.entity_id) in keys(officer.pull(), "put")


def test_reassignment_takes_the_case_with_all_its_children_from_the_old_unit(office: Office) -> None:
    """What a unit no longer handles must leave its desktops, texts and all."""
    ticket = make_ticket()
    family = (make_timeline_entry(ticket), make_urge(ticket), make_finding(ticket))
    office.load(ticket, *family, make_note(ticket))
    roads, water, officer = (office.hand(who) for who in ("liaison", "water", "officer"))
    for hand in (roads, water, officer):
        hand.snapshot()
    office.load(msgspec.structs.replace(ticket, unit_id="u-water"))
    lost, won, kept = roads.pull(), water.pull(), officer.pull()
    whole = {("ticket", ticket.id), ("timeline_entry", family[0].id)}
    assert keys(lost, "evict") == whole | {("urge", family[1].id), ("finding", family[2].id)}
    assert keys(lost, "put") == set()
    assert keys(won, "put") == whole, "what the former unit was asked is the former unit's"
    assert keys(kept, "evict") == set(), "the office sees the case before and after"
    assert not {key for key in roads.rows() if key[1] == ticket.id}
    office.load(msgspec.structs.replace(ticket, unit_id="u-roads"))
    assert keys(roads.pull(), "put") == keys(lost, "evict")


def test_pages_end_with_a_commit(office: Office) -> None:
    """Half a transaction on a screen would be a state that never was."""
    ticket = make_ticket()
    office.load(ticket)
    officer = office.hand("officer")
    officer.snapshot()
    payload = {"ticket_id": ticket.id, "unit_id": "u-roads", "ground": "逾期", "requirement": "报告"}
    create = officer.op("notice.create", payload)
    submit = officer.op("notice.submit", entity_id=create.entity_id, base=0, after=create.op_id)
    officer.push(create, submit)
    office.hand("chief").does("notice.approve", entity_id=create.entity_id, base=2)
    sizes = []
    more = True
    while more:
        page = officer.get("/sync/changes", cursor=officer.cursor, limit=1).json()
        officer.cursor, more = page["next_cursor"], page["has_more"]
        sizes.append(sorted(c["type"] for c in page["changes"]))
    assert sizes == [["notice"], ["notice"], ["notice", "ticket"]]


def test_a_change_of_role_or_unit_asks_for_a_new_first_load(office: Office) -> None:
    office.load(make_ticket(unit_id="u-water"))
    liaison = office.hand("liaison")
    liaison.snapshot()
    office.services.accounts.set_roles("liaison", ["liaison"], ["u-water"])
    refused = liaison.get("/sync/changes", cursor=liaison.cursor)
    assert (refused.status_code, refused.json()["code"]) == (410, "scope_changed")
    assert {type(row) for row in liaison.rows().values()} >= {Ticket}


def test_a_restored_server_says_so(tmp_path: Path, fresh_database: str) -> None:
    """A desktop that trusted its cursor after a restore would miss what was lost, for ever."""
    with open_office(tmp_path, database_url=fresh_database) as office:
        officer = office.hand("officer")
        officer.snapshot()
        renew_epoch(office.database, random.Random(9))
        with office.database.read() as connection:
            office.services.installation = installation_of(connection)
        refused = officer.get("/sync/changes", cursor=officer.cursor)
        assert (refused.status_code, refused.json()["code"]) == (410, "epoch_changed")


def test_a_long_poll_wakes_with_the_commit(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    officer, liaison = office.hand("officer"), office.hand("liaison")
    liaison.snapshot()
    arrived: list[Change] = []
    waiting = threading.Thread(target=lambda: arrived.extend(liaison.pull(wait=25)))
    waiting.start()
    op = officer.op("ticket.urge", {"ticket_id": ticket.id, "unit_id": "u-roads", "means": "sms"})
    officer.push(op)
    waiting.join(60)
    assert [c.caused_by for c in arrived] == [op.op_id]


def test_the_digest_is_that_of_the_rows_and_names_their_cursor(office: Office) -> None:
    """The desktop compares it to find a row it lost without knowing."""
    ticket, hidden = make_ticket(), make_ticket(unit_id="u-water")
    office.load(ticket, hidden, make_note(ticket), make_timeline_entry(ticket))
    for hand in (office.hand("officer"), office.hand("liaison")):
        hand.snapshot()
        hand.pull()
        digest = msgspec.json.decode(hand.get("/sync/digest").content, type=Digest)
        rows: dict[str, list[tuple[str, int]]] = {}
        for (kind, entity_id), row in hand.rows().items():
            rows.setdefault(kind, []).append((entity_id, row.version))
        assert digest.types == {kind: sum_hashes(found) for kind, found in rows.items()}
        assert digest.cursor == hand.cursor


def test_masks_hold_on_every_way_out(office: Office) -> None:
    """First load, pull and single read must not differ in what they hide."""
    report = make_ticket(level="report", request_text="举报某单位", phone_tail="1234")
    normal = make_ticket()
    office.load(report, normal, make_timeline_entry(report, text="举报内容"))
    officer, cleared, liaison = (office.hand(who) for who in ("officer", "cleared", "liaison"))

    def shown(hand: Hand) -> list[Ticket]:
        first = hand.rows()["ticket", report.id]
        single = msgspec.json.decode(hand.get(f"/tickets/{report.id}").content, type=Ticket)
        assert isinstance(first, Ticket)
        return [first, single]

    for ticket in shown(officer):
        assert (ticket.request_text, ticket.phone_tail, ticket.contact_id) == ("", "", "")
    for ticket in shown(cleared):
        assert ticket.request_text == "举报某单位"
    entry = next(row for row in officer.rows().values() if isinstance(row, TimelineEntry))
    assert entry.text == ""
    own = liaison.rows()["ticket", normal.id]
    assert isinstance(own, Ticket)
    assert (own.phone_tail, own.contact_id, own.requester_label) == ("", "", "张女士")
    elsewhere = make_ticket(unit_id="u-water")
    office.load(elsewhere)
    unseen, unknown = liaison.get(f"/tickets/{elsewhere.id}"), liaison.get("/tickets/nothing")
    assert (
        (unseen.status_code, unseen.content)
        == (unknown.status_code, unknown.content)
        == (404, unknown.content)
    )


def test_a_single_read_is_conditional(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    officer = office.hand("officer")
    first = officer.get(f"/tickets/{ticket.id}")
    again = officer.call("GET", f"/tickets/{ticket.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    office.load(msgspec.structs.replace(ticket, title="改"))
    changed = officer.call("GET", f"/tickets/{ticket.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@given(cursor=st.text(min_size=1, max_size=300) | st.binary(max_size=120).map(lambda b: b.hex()))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_that_is_no_cursor_is_answered_with_400(office: Office, cursor: str) -> None:
    reply = office.hand("officer").get("/sync/changes", cursor=cursor)
    assert reply.status_code == 400


@given(place=st.integers(0, 69), letter=st.sampled_from("AZaz09-_"))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cursor_changed_anywhere_is_no_cursor(office: Office, place: int, letter: str) -> None:
    """Otherwise somebody could read from a place, or with a scope, that is not theirs."""
    officer = office.hand("officer")
    cursor = officer.post("/sync/snapshots").json()["cursor"]
    forged = cursor[:place] + letter + cursor[place + 1 :]
    assert officer.get("/sync/changes", cursor=forged).status_code == (200 if forged == cursor else 400)


def test_every_effect_has_its_log_row(office: Office) -> None:
    """A row changed without a log row would never reach a desktop."""
    ticket = make_ticket(state="to_visit")
    finding = make_finding(ticket, state="draft", filed_at=None)
    office.load(ticket, finding, make_visit(ticket))
    officer = office.hand("officer")
    officer.does("finding.file", entity_id=finding.id, base=1)
    with office.database.read() as connection:
        logged = {(c.type, c.id): c.version for c in connection.execute(change.select())}
        rows = [r for r in connection.execute(entity.select()) if r.version > 1]
    assert [(row.type, row.version) for row in rows] == [("finding", 2)]
    assert all(logged[row.type, row.id] == row.version for row in rows)


def test_a_desktop_away_for_half_a_year_begins_anew(office: Office) -> None:
    """What it missed was forgotten; a pull would leave holes."""
    office.load(make_ticket())
    officer = office.hand("officer")
    officer.snapshot()
    old = officer.cursor
    office.load(make_ticket())
    office.clock.jump(timedelta(days=181))
    assert forget_old_changes(office.database, office.clock.now()) > 0
    officer = office.hand("officer")
    refused = officer.get("/sync/changes", cursor=old)
    assert (refused.status_code, refused.json()["code"]) == (410, "cursor_expired")
    officer.snapshot()
    assert officer.pull() == []
