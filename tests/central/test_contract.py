"""The OpenAPI document: current, valid, and kept by the server whatever a client sends."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from central.loader import Contact
from central.openapi import document, render
from desktop.models.domain.operations import CATALOGUE
from tests.support.builders import NOW, make_finding, make_notice, make_ticket, make_urge, make_visit
from tests.support.central_office import Office, open_office
from tests.support.live_server import live_server
from tools import campaigns

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "resources" / "contract" / "openapi.json"
ROLES = ("officer", "visitor2", "liaison")
CASES = campaigns.size_of("contract")
# These end the sign-in that all other cases need; they are tried by themselves.
ENDING = "/devices/.+|/oauth/revoke"


def test_the_committed_document_is_the_servers() -> None:
    """Clients are written against the committed one. To renew it:
    python -m central openapi > resources/contract/openapi.json"""
    assert COMMITTED.read_text("utf-8") == render()


def test_the_document_is_valid_and_knows_every_kind() -> None:
    made = document()
    validate(made)
    assert {f"Operation.{kind}" for kind in CATALOGUE} <= made["components"]["schemas"].keys()


@pytest.mark.timeout(300 + CASES // 5)
@pytest.mark.parametrize("role", ROLES)
def test_the_server_keeps_the_contract_whatever_it_is_sent(role: str, tmp_path: Path) -> None:
    """No 5xx, no reply outside the schema, nothing valid refused, nothing invalid taken."""
    with open_office(tmp_path, wait_for=_at_once) as office, live_server(office.app) as url:
        _fill(office)
        hand, other = office.hand(role), office.hand(role, "device-to-end")
        done = [
            _fuzz(url, hand.tokens["access_token"], hand.device, "--exclude-path-regex", ENDING),
            _fuzz(url, other.tokens["access_token"], other.device, "--include-path-regex", ENDING),
        ]
    campaigns.report(
        "contract", done=sum(cases for cases, _ in done), violations=sum(failed != "" for _, failed in done)
    )
    assert all(failed == "" for _, failed in done), "\n".join(failed for _, failed in done)


async def _at_once(event: object, seconds: float) -> bool:
    """A long poll that has nothing new to tell has had its time: True would say that it was woken, again and again."""
    return False


def _fill(office: Office) -> None:
    tickets = [make_ticket() for _ in range(3)]
    visit = make_visit(tickets[0])
    issued = make_notice(tickets[1], state="issued", issued_at=NOW)
    person = Contact(tickets[0].contact_id, "张三", "13800138000", True)
    office.load(*tickets, visit, make_urge(tickets[0]), issued, make_finding(tickets[2]), contacts=(person,))


def _fuzz(url: str, token: str, device: str, *which: str) -> tuple[int, str]:
    """How many cases were tried, and what was found, "" = nothing."""
    operations = sum(len(methods) for methods in document()["paths"].values())
    # An operation's examples come with those of the chains it stands in: about 1.2 cases were made of each.
    examples = math.ceil(CASES / (1.15 * len(ROLES) * operations))
    seed = "1" if "CI" in os.environ else str(1 + campaigns.first_seed())
    command = [
        Path(sys.executable).with_name("schemathesis"),
        *("--config-file", ROOT / "tests" / "central" / "schemathesis.toml"),
        *("run", COMMITTED, "--url", url, "--max-examples", examples, "--phases", "fuzzing,stateful", *which),
        *("-H", f"Authorization: Bearer {token}", "-H", f"X-Device-Id: {device}"),
        *("-H", "X-Client-Version: 1.0.0", "--no-color", "--warnings", "off", "--seed", seed),
    ]
    ran = subprocess.run(
        [str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    counted = re.search(r"([\d,]+) generated", ran.stdout)
    assert counted is not None, ran.stdout[-2000:] + ran.stderr[-2000:]
    failed = "" if ran.returncode == 0 else ran.stdout[-8000:] + ran.stderr[-2000:]
    return int(counted[1].replace(",", "")), failed
