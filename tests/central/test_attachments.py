"""Attachments: a broken line costs a chunk and not the file, and a file follows the scope of its case."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from desktop.models.domain.entities import Ticket
from tests.support.builders import make_ticket
from tests.support.central_office import Hand, Office

CHUNK = "application/offset+octet-stream"
DATA = bytes(range(256)) * 5000  # 1.28 MB: two chunks


def announce(hand: Hand, ticket: Ticket, data: bytes = DATA, **more: Any) -> dict[str, Any]:
    new = {"id": hand.office.new_id(), "ticket_id": ticket.id, "name": "现场 照片.jpg", "size": len(data)}
    new |= {"sha256": sha256(data).hexdigest()} | more
    assert hand.post("/attachments", new).status_code == 201
    return new


def send(hand: Hand, upload_id: str, offset: int, data: bytes) -> Any:
    headers = {"Upload-Offset": str(offset), "Content-Type": CHUNK}
    return hand.call("PATCH", f"/attachments/{upload_id}/upload", data=data, headers=headers)


def link(hand: Hand, new: dict[str, Any]) -> Any:
    payload = {k: new[k] for k in ("ticket_id", "name", "size", "sha256")} | {"upload_id": new["id"]}
    return hand.op("attachment.link", payload)


def test_an_upload_goes_on_where_it_broke_off(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("liaison")
    new = announce(hand, ticket)
    assert send(hand, new["id"], 0, DATA[:1_000_000]).json()["offset"] == 1_000_000
    early = link(hand, new)
    assert hand.push(early)[0].problem.code == "upload_incomplete"  # type: ignore[union-attr]
    wrong = send(hand, new["id"], 0, DATA[:10])
    assert (wrong.status_code, wrong.headers["Upload-Offset"]) == (409, "1000000")
    where = hand.call("HEAD", f"/attachments/{new['id']}/upload")
    assert where.headers["Upload-Offset"] == "1000000"
    assert send(hand, new["id"], 1_000_000, DATA[1_000_000:]).json()["complete"]
    assert hand.post("/attachments", new).status_code == 200, "announcing again tells the state"
    assert hand.push(early)[0].status == "applied"
    assert send(hand, new["id"], 0, b"x" * (1024 * 1024 + 1)).status_code == 413


def test_a_file_whose_hash_is_wrong_starts_again(office: Office) -> None:
    ticket = make_ticket()
    office.load(ticket)
    hand = office.hand("officer")
    new = announce(hand, ticket, b"abc")
    assert send(hand, new["id"], 0, b"abd").status_code == 422
    assert send(hand, new["id"], 0, b"abc").json()["complete"]


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
    part = officer.call("GET", path, headers={"Range": "bytes=699990-700009"})
    assert (part.status_code, part.content) == (206, DATA[699_990:700_010])
    assert part.headers["Content-Range"] == f"bytes 699990-700009/{len(DATA)}"
    tail = officer.call("GET", path, headers={"Range": "bytes=-5", "If-Range": '"another"'})
    assert (tail.status_code, len(tail.content)) == (200, len(DATA))
    assert officer.call("GET", path, headers={"Range": f"bytes={len(DATA)}-"}).status_code == 416
    assert water.call("GET", path).status_code == 404
    assert officer.call("GET", f"/attachments/{new['id']}/content").status_code == 404, "by its row alone"


def test_a_file_of_a_report_is_for_cleared_staff(office: Office) -> None:
    """A photograph tells as much as a text."""
    report = make_ticket(level="report")
    office.load(report)
    cleared, officer = office.hand("cleared"), office.hand("officer")
    new = announce(cleared, report, b"abc")
    send(cleared, new["id"], 0, b"abc")
    op = link(cleared, new)
    assert cleared.push(op)[0].status == "applied"
    path = f"/attachments/{op.entity_id}/content"
    assert [hand.call("GET", path).status_code for hand in (cleared, officer)] == [200, 404]
