"""What every request and reply passes through: limits, compression, headers, and errors of one form."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import msgspec
import pytest
import requests
import zstandard

from desktop.models.domain.body_digest import HEADER, content_digest
from desktop.models.domain.wire import Problem
from tests.support.builders import make_ticket
from tests.support.central_office import Hand, Office

JSON = {"Content-Type": "application/json"}


def problem(reply: requests.Response) -> Problem:
    assert reply.headers["Content-Type"] == "application/problem+json"
    found = msgspec.json.decode(reply.content, type=Problem)
    assert found.status == reply.status_code
    assert {"code", "retry", "errors"} <= reply.json().keys()
    return found


def push(hand: Hand, body: bytes, **headers: str) -> requests.Response:
    return hand.call("POST", "/sync/operations", data=body, headers=JSON | headers)


def test_a_gzip_body_is_taken(office: Office) -> None:
    hand = office.hand("officer")
    body = gzip.compress(b'{"device_id": "device-officer", "ops": []}')
    assert push(hand, body, **{"Content-Encoding": "gzip"}).json()["results"] == []


@pytest.mark.parametrize(
    ("body", "encoding", "status", "code"),
    [
        pytest.param(gzip.compress(bytes(20 << 20)), "gzip", 413, "body_too_large", id="bomb past 8 MiB"),
        pytest.param(gzip.compress(bytes(2 << 20)), "gzip", 413, "body_too_large", id="bomb past 100:1"),
        pytest.param(b" " * ((8 << 20) + 1), "identity", 413, "body_too_large", id="plain past 8 MiB"),
        pytest.param(b" " * ((1 << 20) + 1), "identity", 413, "body_too_large", id="push past 1 MiB"),
        pytest.param(b"not gzip", "gzip", 400, "bad_gzip", id="not gzip"),
        pytest.param(gzip.compress(b"{}")[:-4], "gzip", 400, "bad_gzip", id="torn gzip"),
        pytest.param(gzip.compress(b"{}") + b"more", "gzip", 400, "bad_gzip", id="gzip and more"),
        pytest.param(b"{}", "br", 415, "unknown_encoding", id="brotli"),
        pytest.param(b"{", "identity", 400, "bad_json", id="torn JSON"),
        pytest.param(b'{"device_id": "\xff", "ops": []}', "identity", 400, "bad_json", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "identity", 400, "bad_json", id="deep JSON"),
        pytest.param(b'{"device_id": "d"}', "identity", 422, "bad_shape", id="another shape"),
    ],
)
def test_a_body_that_cannot_be_taken_is_told_why(
    office: Office, body: bytes, encoding: str, status: int, code: str
) -> None:
    """A bomb must not fill the server's memory, nor a torn body look like an error of the server's."""
    reply = push(office.hand("officer"), body, **{"Content-Encoding": encoding})
    assert (reply.status_code, problem(reply).code) == (status, code)


def test_a_wrong_shape_is_pointed_at(office: Office) -> None:
    body = b'{"device_id": "device-officer", "ops": [{"op_id": "x", "seq": "one"}]}'
    errors = problem(push(office.hand("officer"), body)).errors
    assert [error.pointer for error in errors] == ["/ops/0/seq"]


def test_only_json_is_taken_as_json(office: Office) -> None:
    hand = office.hand("officer")
    reply = hand.call("POST", "/sync/snapshots", data=b"{}", headers={"Content-Type": "text/plain"})
    assert (reply.status_code, problem(reply).code) == (415, "not_json")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing/here", 404, "not_found"),
        ("DELETE", "/meta", 405, "method_not_allowed"),
        ("GET", "/sync/changes", 400, "bad_request"),
        ("GET", "/sync/changes?cursor=x&limit=501", 400, "bad_request"),
        ("GET", "/sync/changes?cursor=x&wait=-1", 400, "bad_request"),
        ("GET", "/tickets/" + "x" * 65, 400, "bad_request"),
    ],
)
def test_every_error_is_a_problem(office: Office, method: str, path: str, status: int, code: str) -> None:
    reply = office.hand("officer").call(method, path)
    assert (reply.status_code, problem(reply).code) == (status, code)
    assert ("Allow" in reply.headers) == (status == 405)


def test_an_error_of_ours_tells_nothing_but_that(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("诉求人 13800138000")

    monkeypatch.setattr("central.api.sync.read_digest", broken)
    reply = office.hand("officer").get("/sync/digest")
    assert (reply.status_code, problem(reply).code) == (500, "server_error")
    assert "13800138000" not in reply.text


def test_personal_data_is_not_to_be_stored_on_the_way(office: Office) -> None:
    hand = office.hand("officer")
    for reply in (hand.get("/me"), hand.post("/sync/snapshots"), hand.get("/nothing")):
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["X-Server-Time"] == "2026-05-04T08:00:00.000+00:00"


def test_replies_are_compressed_as_the_client_can(office: Office) -> None:
    office.load(*(make_ticket() for _ in range(50)))
    hand = office.hand("officer")
    begun = hand.post("/sync/snapshots").json()
    pages = {}
    for accepted in ("zstd, gzip", "gzip", "zstd;q=0, gzip", "identity"):
        reply = hand.call(
            "GET",
            f"/sync/snapshots/{begun['snapshot_id']}?page_token=0",
            headers={"Accept-Encoding": accepted},
            stream=True,
        )
        raw = reply.raw.read(decode_content=False)
        coding = reply.headers.get("Content-Encoding", "")
        pages[accepted] = (coding, _inflated(coding, raw))
    assert [coding for coding, _ in pages.values()] == ["zstd", "gzip", "gzip", ""]
    assert len({body for _, body in pages.values()}) == 1


def _inflated(coding: str, raw: bytes) -> bytes:
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompress(raw, max_output_size=1 << 24)
    return zlib.decompress(raw, wbits=31) if coding == "gzip" else raw


def test_the_rules_are_sent_once(office: Office) -> None:
    hand = office.hand("officer")
    first = hand.get("/profile")
    again = hand.call("GET", "/profile", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_outdated_client_may_push_but_not_pull(office: Office) -> None:
    """It must be able to hand over its work before it upgrades."""
    object.__setattr__(office.services.config, "client_min", "2.1.0")
    hand = office.hand("officer")
    hand.session.headers["X-Client-Version"] = "2.0.9"
    assert hand.post("/sync/snapshots").status_code == 426
    assert hand.push() == []
    hand.session.headers["X-Client-Version"] = "2.10.0+abc"
    assert hand.post("/sync/snapshots").status_code == 201


def test_what_was_damaged_on_the_way_is_not_taken_for_what_was_said(office: Office) -> None:
    """A letter lost in a field's name would drop the field and say nothing."""
    hand = office.hand("officer")
    body = b'{"device_id": "device-officer", "ops": []}'
    taken = push(hand, body, **{HEADER: content_digest(body)})
    assert taken.status_code == 200
    assert taken.headers[HEADER] == content_digest(taken.content)
    damaged = push(hand, body.replace(b"officer", b"0fficer"), **{HEADER: content_digest(body)})
    assert problem(damaged).code == "body_damaged"
    assert problem(push(hand, body, **{HEADER: "sha-256=:?:"})).code == "body_damaged"
    assert push(hand, body, **{HEADER: "md5=:AAAA:"}).status_code == 200
