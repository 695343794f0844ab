"""A key locked to the server at a sign-out opens for the same person on the same device, and for nobody else."""

from __future__ import annotations

import random
from base64 import b64encode

import msgspec
import pytest

from central.audit import verify_audit
from desktop.models.domain.wire import KeptContent
from desktop.services.account.sealing import seal
from tests.support.central_office import Hand, Office

KEY = bytes(range(32))


def locked(hand: Hand, **other: str) -> str:
    """A box as a desktop makes it; ``other`` says whose it is instead."""
    chance = random.Random(3)
    me = hand.get("/me").json()
    owner = {"person_id": me["person_id"], "device_id": hand.device} | other
    content = KeptContent(key=b64encode(KEY).decode(), **owner)
    box = seal(
        msgspec.json.encode(content), me["keep_key"], secret=chance.randbytes(32), nonce=chance.randbytes(12)
    )
    assert KEY not in box
    return box.decode()


def test_a_key_comes_back_to_its_person_and_device_alone(office: Office) -> None:
    """A copy of the disk in a colleague's hands, or on another machine, stays shut; that one came back is on record."""
    officer = office.hand("officer", "the desk")
    box = locked(officer)
    opened = officer.post("/kept-keys/open", {"box": box})
    assert (opened.status_code, opened.json()) == (200, {"key": b64encode(KEY).decode()})
    with office.database.read() as connection:
        assert verify_audit(connection) == 1
    for other in (office.hand("officer", "another desk"), office.hand("chief", "the chief's desk")):
        assert other.post("/kept-keys/open", {"box": box}).status_code == 404
    with office.database.read() as connection:
        assert verify_audit(connection) == 1


@pytest.mark.parametrize(
    "box",
    ["", "{}", "[]", "null", '{"own_key":1,"nonce":"AA","sealed":"AA"}', '{"own_key":"AA","nonce":"AA","sealed":"AA"}',
     '{"own_key":"' + "A" * 43 + '=","nonce":"AAAAAAAAAAAAAAAA","sealed":"AAAA"}', "\x00", "张三" * 100],
)  # fmt: skip
def test_what_is_no_box_opens_nothing(office: Office, box: str) -> None:
    """Anybody signed in may send anything: it is never an error of the server's."""
    assert office.hand("officer").post("/kept-keys/open", {"box": box}).status_code == 404
