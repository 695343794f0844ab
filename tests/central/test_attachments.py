"""Attachments: a broken line costs a chunk and not the file, and a file follows the scope of what it belongs to."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from central import uploads
from central.api.ranges import Unsatisfiable, asked_span, same_version
from central.tables import audit, upload, upload_chunk
from central.uploads import UNLINKED_KEPT, forget_unlinked
from desktop.models.domain.entities import Attachment, Ticket
from tests.support.builders import make_attempt, make_finding, make_ticket, make_visit
from tests.support.central_office import Hand, Office
from tests.support.files import document, huge_picture, photo, picture

CHUNK = "application/offset+octet-stream"
DATA = photo(1_280_000)  # two chunks


def new_upload(hand: Hand, ticket: Ticket, data: bytes = DATA, **more: Any) -> dict[str, Any]:
    new = {"id": hand.office.new_id(), "ticket_id": ticket.id, "name": "现场 照片.jpg", "size": len(data)}
    return new | {"sha256": sha256(data).hexdigest()} | more


def announce(hand: Hand, ticket: Ticket, data: bytes = DATA, **more: Any) -> dict[str, Any]:
    new = new_upload(hand, ticket, data, **more)
    assert hand.post("/attachments", new).status_code == 201
    return new


def send(hand: Hand, upload_id: str, offset: int, data: bytes) -> Any:
    headers = {"Upload-Offset": str(offset), "Content-Type": CHUNK}
    return hand.call("PATCH", f"/attachments/{upload_id}/upload", data=data, headers=headers)


def link(hand: Hand, new: dict[str, Any], **about: str) -> Any:
    payload = {k: new[k] for k in ("ticket_id", "name", "size", "sha256")} | {"upload_id": new["id"]}
    return hand.op("attachment.link", payload | about)


def attach(hand: Hand, ticket: Ticket, data: bytes | None = None, **about: str) -> str:
    data = photo() if data is None else data
    new = announce(hand, ticket, data)
    assert send(hand, new["id"], 0, data).json()["complete"]
    op = link(hand, new, **about)
    assert hand.push(op)[0].status == "applied"
    return str(op.entity_id)


def test_an_upload_goes_on_where_it_broke_off(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("liaison")
    new = announce(hand, ticket)
    assert send(hand, new["id"], 0, DATA[:1_000_000]).json()["offset"] == 1_000_000
    early = link(hand, new)
    result = hand.push(early)[0]
    assert (result.status, result.problem.code) == ("retry", "upload_incomplete")  # type: ignore[union-attr]
    wrong = send(hand, new["id"], 0, DATA[:10])
    assert (wrong.status_code, wrong.headers["Upload-Offset"]) == (409, "1000000")
    where = hand.call("HEAD", f"/attachments/{new['id']}/upload")
    assert where.headers["Upload-Offset"] == "1000000"
    assert send(hand, new["id"], 1_000_000, DATA[1_000_000:]).json()["complete"]
    assert hand.post("/attachments", new).status_code == 200, "announcing again tells the state"
    assert hand.push(early)[0].status == "applied"
    assert send(hand, new["id"], 0, b"x" * (1024 * 1024 + 1)).status_code == 413
    assert send(hand, new["id"], len(DATA), b"").json()["complete"], "asking again changes nothing"
    assert send(hand, new["id"], len(DATA), b"x").status_code == 409


def test_a_server_that_died_before_its_judgement_is_asked_again(office: Office) -> None:
    """All bytes are there and nobody said that they are: an empty chunk must not be an endless loop."""
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("officer")
    data = photo()
    new = announce(hand, ticket, data)
    send(hand, new["id"], 0, data)
    with office.database.write() as tx:
        tx.connection.execute(update(upload).values(complete=False))
    assert hand.post("/attachments", new).json() == {
        "id": new["id"], "offset": len(data), "size": len(data), "complete": False,
    }  # fmt: skip
    assert send(hand, new["id"], len(data), b"").json()["complete"]


def test_a_file_whose_hash_is_wrong_starts_again(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("officer")
    data, other = photo(), photo(seed=2)
    new = announce(hand, ticket, data)
    refused = send(hand, new["id"], 0, other)
    assert (refused.status_code, refused.json()["code"]) == (422, "hash_mismatch")
    assert send(hand, new["id"], 0, data).json()["complete"]


NOT_TAKEN = (
    ("run.exe", b"MZ" + bytes(100), "type_not_allowed"),
    ("noname", photo(), "type_not_allowed"),
    (".jpg", photo(), "type_not_allowed"),
    ("x.svg", b"<svg/>", "type_not_allowed"),
    ("empty.txt", b"", "empty_file"),
    ("photo.jpg", b"MZ" + bytes(100), "type_mismatch"),
    ("photo.png", photo(), "type_mismatch"),
    ("page.txt", b"MZ\x90 text", "type_mismatch"),
    ("bomb.png", huge_picture(), "image_too_large"),
    ("bomb.jpg", photo(wide=65_000, high=65_000), "image_too_large"),
    ("answer.docx", document("xl/"), "type_mismatch"),
    ("answer.docx", document("word/", "word/vbaProject.bin"), "type_mismatch"),
    ("list.xlsx", b"PK\x03\x04" + bytes(200), "type_mismatch"),
)


def test_a_file_is_what_its_bytes_say(office: Office) -> None:
    """A desktop that was tampered with must not bring a program or a decompression bomb to colleagues."""
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("officer")
    for name, data, code in NOT_TAKEN:
        new = new_upload(hand, ticket, data, name=name)
        reply = hand.post("/attachments", new)
        if reply.ok:
            reply = send(hand, new["id"], 0, data)
        assert (reply.status_code, reply.json()["code"]) == (422, code), name
        assert hand.push(link(hand, new))[0].status == "retry"


def test_every_kind_that_is_taken_is_taken(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("officer")
    files = {
        "a.JPG": photo(), "b.png": picture(), "c.docx": document("word/"), "d.xlsx": document("xl/"),
        "e.txt": "现场情况说明".encode("gb18030"), "f.pdf": b"%PDF-1.7\n", "g.wav": b"RIFF\0\0\0\0WAVEfmt ",
        "h.wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }  # fmt: skip
    for name, data in files.items():
        new = announce(hand, ticket, data, name=name)
        assert send(hand, new["id"], 0, data).json()["complete"], name


def test_a_linked_file_is_read_in_ranges_by_whoever_sees_the_case(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    liaison, officer, water = (office.hand(who) for who in ("liaison", "officer", "water"))
    new = announce(liaison, ticket)
    send(liaison, new["id"], 0, DATA[:700_000])
    send(liaison, new["id"], 700_000, DATA[700_000:])
    op = link(liaison, new)
    liaison.push(op)
    path = f"/attachments/{op.entity_id}/content"
    whole = officer.call("GET", path)
    assert whole.content == DATA
    assert whole.headers["ETag"] == f'"{new["sha256"]}"'
    assert not any("jpg" in value or "%" in value for value in whole.headers.values()), (
        "a name tells too much"
    )
    head = officer.call("HEAD", path)
    assert (head.headers["Content-Length"], head.headers["ETag"]) == (str(len(DATA)), whole.headers["ETag"])
    part = officer.call("GET", path, headers={"Range": "bytes=699990-700009"})
    assert (part.status_code, part.content) == (206, DATA[699_990:700_010])
    assert part.headers["Content-Range"] == f"bytes 699990-700009/{len(DATA)}"
    tail = officer.call("GET", path, headers={"Range": "bytes=-5", "If-Range": '"another"'})
    assert (tail.status_code, len(tail.content)) == (200, len(DATA))
    past = officer.call("GET", path, headers={"Range": f"bytes={len(DATA)}-"})
    assert (past.status_code, past.headers["Content-Range"]) == (416, f"bytes */{len(DATA)}")
    assert [water.call(how, path).status_code for how in ("GET", "HEAD")] == [404, 404]
    assert downloads(office) == [("p-officer", op.entity_id)], "three requests of one device are one download"
    assert officer.call("GET", f"/attachments/{new['id']}/content").status_code == 404, "by its row alone"


def downloads(office: Office) -> list[tuple[str, str]]:
    """Who fetched which file, as the record has it."""
    query = select(audit.c.person_id, audit.c.object_id).where(audit.c.action == "download")
    with office.database.read() as connection:
        return [(row.person_id, row.object_id) for row in connection.execute(query)]


def test_a_fetched_file_is_on_record_before_its_first_byte(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A photograph that was fetched from the side would be the one look that no superior sees."""
    ticket = make_ticket()
    office.load(ticket)
    file = attach(office.hand("liaison"), ticket)
    path = f"/attachments/{file}/content"
    officer = office.hand("officer")
    assert officer.call("GET", path, headers={"Range": "bytes=5-9"}).status_code == 206
    assert downloads(office) == [("p-officer", file)], "also when it does not begin at the beginning"
    office.clock.advance(3_601)
    office.hand("officer").call("GET", path)
    assert len(downloads(office)) == 2, "an hour later it is another download"

    def refuse(*_: object) -> None:
        raise RuntimeError("no room for the record")

    monkeypatch.setattr("central.uploads.append_audit", refuse)
    refused = office.hand("cleared").call("GET", path)
    assert refused.status_code == 500
    assert DATA[:20] not in refused.content


def test_a_file_of_a_report_is_for_cleared_staff(office: Office) -> None:
    """A photograph tells as much as a text, and its name may too."""
    report = make_ticket(level="report")
    office.load(report)
    cleared, officer = office.hand("cleared"), office.hand("officer")
    file = attach(cleared, report)
    path = f"/attachments/{file}/content"
    assert [hand.call("GET", path).status_code for hand in (cleared, officer)] == [200, 404]
    names = [
        row.name
        for hand in (cleared, officer)
        if isinstance(row := hand.rows()["attachment", file], Attachment)
    ]
    assert names == ["现场 照片.jpg", ""]


def test_a_file_is_for_whoever_may_see_what_it_belongs_to(office: Office) -> None:
    """Evidence of a finding that is still being written must not warn the unit; a colleague's note is the office's."""
    ticket = make_ticket()
    office.load(ticket)
    officer, chief, liaison = (office.hand(who) for who in ("officer", "chief", "liaison"))
    note = officer.op("note.add", {"ticket_id": ticket.id, "text": "内部"})
    finding = officer.op(
        "finding.create",
        {"ticket_id": ticket.id, "unit_id": ticket.unit_id, "code": "F01", "facts": "x", "requirement": "y"},
    )
    assert [r.status for r in officer.push(note, finding)] == ["applied", "applied"]
    on_note = attach(officer, ticket, about_type="note", about_id=note.entity_id)
    on_finding = attach(officer, ticket, about_type="finding", about_id=finding.entity_id)
    plain = attach(liaison, ticket)
    wanted = {on_note, on_finding, plain}

    def seen(hand: Hand) -> set[str]:
        rows = {i for t, i in hand.rows() if t == "attachment" and i in wanted}
        read = {i for i in wanted if hand.call("HEAD", f"/attachments/{i}/content").status_code == 200}
        assert rows == read
        return rows

    assert (seen(officer), seen(chief), seen(liaison)) == (wanted, {on_note, plain}, {plain})
    assert officer.does("finding.file", entity_id=finding.entity_id, base=1).status == "applied"
    assert (seen(chief), seen(liaison)) == (wanted, {on_finding, plain}), (
        "filed: the unit must be able to answer"
    )
    stranger = make_finding(make_ticket())
    refused = officer.push(
        link(officer, announce_whole(officer, ticket), about_type="finding", about_id=stranger.id)
    )[0]
    assert refused.problem is not None
    assert refused.problem.code == "unknown_about"


def test_the_recording_of_a_call_is_for_few(office: Office) -> None:
    """A voice tells who speaks: every caller could else listen to every citizen, and the unit hear who complained."""
    ticket = make_ticket()
    visit = make_visit(ticket)
    call = make_attempt(visit, outcome="answered")
    office.load(ticket, visit, call)
    caller, data = office.hand("visitor"), b"ID3" + bytes(4_000)
    new = announce(caller, ticket, data, name="rec-7.mp3")
    assert send(caller, new["id"], 0, data).json()["complete"]
    op = link(caller, new, about_type="attempt", about_id=call.id)
    assert caller.push(op)[0].status == "applied"
    content = f"/attachments/{op.entity_id}/content"
    for name, sent in (("visitor", True), ("officer", True), ("chief", True), ("visitor2", False)):
        hand = office.hand(name)
        row = hand.rows()["attachment", op.entity_id]
        assert isinstance(row, Attachment)
        assert row.name == ("rec-7.mp3" if sent else ""), name
        assert hand.get(content).status_code == (200 if sent else 404), name
    assert ("attachment", op.entity_id) not in office.hand("liaison").rows()
    assert office.hand("liaison").get(content).status_code == 404


def announce_whole(hand: Hand, ticket: Ticket) -> dict[str, Any]:
    data = photo()
    new = announce(hand, ticket, data)
    send(hand, new["id"], 0, data)
    return new


def test_what_is_never_linked_is_swept_and_bounded(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop that was wiped in the middle must not fill the office's disk for ever."""
    most = 4
    monkeypatch.setattr(uploads, "MOST_UNLINKED", most)
    monkeypatch.setattr(uploads, "_SWEPT_AT_ONCE", 3)
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("officer")
    kept = attach(hand, ticket)
    announce_whole(hand, ticket)
    for _ in range(most - 1):
        announce(hand, ticket)
    full = hand.post("/attachments", new_upload(hand, ticket))
    assert (full.status_code, full.json()["code"]) == (429, "too_many_uploads")
    assert "Retry-After" in full.headers
    assert forget_unlinked(office.database, office.clock.now()) == 0
    assert forget_unlinked(office.database, office.clock.now() + UNLINKED_KEPT + timedelta(days=1)) == most
    with office.database.read() as connection:
        left = connection.execute(select(func.count()).select_from(upload_chunk)).scalar()
    assert left == 1
    assert hand.call("GET", f"/attachments/{kept}/content").content == photo()
    assert hand.post("/attachments", new_upload(hand, ticket)).status_code == 201


@given(size=st.integers(1, 5_000), first=st.integers(0, 6_000), last=st.integers(0, 6_000))
def test_a_range_is_the_part_it_names(size: int, first: int, last: int) -> None:
    """Off by one here would be a file that never fits its hash."""
    whole = range(size)
    for header, part in (
        (f"bytes={first}-{last}", whole[first : last + 1] if first <= last else None),
        (f"bytes={first}-", whole[first:]),
        (f"Bytes = -{last}", whole[max(0, size - last) :] if last else whole[:0]),
    ):
        try:
            span = asked_span(header, size)
        except Unsatisfiable:
            assert part is not None
            assert not part
        else:
            assert (None if span is None else whole[span.start : span.end]) == part


@given(header=st.one_of(st.text(max_size=40), st.from_regex(r"bytes=[-0-9, ]{0,30}", fullmatch=True)))
def test_no_range_header_is_answered_with_anything_outside_the_file(header: str) -> None:
    try:
        span = asked_span(header, 100)
    except Unsatisfiable:
        return
    assert span is None or 0 <= span.start < span.end <= 100
    assert "," not in header or span is None, "several ranges are not offered"


def test_only_the_very_same_version_is_continued() -> None:
    assert [same_version(tag, '"a"') for tag in (None, '"a"', ' "a" ', 'W/"a"', '"b"', "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
