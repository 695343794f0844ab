"""Evidence bundles: whole, checkable by a stranger with a shell, and saying nothing that paper must not say."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.models.domain.attachments import BadFile
from desktop.models.domain.entities import Attachment, Check
from desktop.models.domain.evidence_manifest import read_manifest
from desktop.models.store import transfers
from desktop.services.documents.evidence.bundle import Damaged, plan, write
from desktop.services.queries.evidence import EvidenceFacts, evidence_facts
from desktop.tools.evidence import main as check_bundle
from tests.support.builders import (
    NOW,
    make_attempt,
    make_finding,
    make_finding_reply,
    make_ticket,
    make_timeline_entry,
    make_visit,
    reference_rows,
)
from tests.support.inspection_rows import make_inspection
from tests.support.stores import DeskStore, open_desk_store

PHOTO = bytes(range(256)) * 5_000
ANSWERED = "贴砖已更换，电话13812345678，家住幸福路17号3单元501室"


def a_file(ticket_id: str, file_id: str, content: bytes) -> Attachment:
    return Attachment(
        id=file_id,
        version=1,
        ticket_id=ticket_id,
        name="现场 13812345678.jpg",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        by_name="陈静",
        at=NOW,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path) as opened:
        opened.pull(*reference_rows())
        yield opened


@pytest.fixture
def facts(store: DeskStore) -> EvidenceFacts:
    """A finding with a visit, an open and an office's own entry, a photo that is here and one that is not."""
    ticket = make_ticket(requester_label="欧阳先生", phone_tail="5678", unit_answer=ANSWERED)
    entry = make_timeline_entry(ticket, kind="complete", text=ANSWERED)
    inner = make_timeline_entry(ticket, office_only=True, text="内部意见")
    visit = make_visit(ticket, state="completed", completed_at=NOW, contact_id="k-secret")
    here, away = (a_file(ticket.id, name, PHOTO) for name in ("a-here", "a-away"))
    finding = make_finding(
        ticket,
        number="云检〔2024〕3号",
        filed_at=NOW,
        facts="未联系诉求人，电话13812345678",
        evidence_ids=(entry.id, inner.id, visit.id, here.id, away.id, "e-gone"),
    )
    reply = make_finding_reply(finding, text=ANSWERED)
    store.pull(ticket, entry, inner, visit, make_attempt(visit), here, away, finding, reply)
    with store.store.write() as connection:
        transfers.put(
            connection,
            transfers.download_of(here, int(NOW.timestamp())),
        )
        transfers.change(connection, here.id, state="done")
    found = store.ask(lambda r: evidence_facts(r, finding.id))
    assert isinstance(found, EvidenceFacts)
    return found


def photo(file_id: str) -> Iterator[bytes]:
    assert file_id == "a-here"
    yield PHOTO[:70_000]
    yield PHOTO[70_000:]


def made(store: DeskStore, facts: EvidenceFacts, path: Path) -> str:
    return write(plan(facts, store.profile, at=NOW + timedelta(days=1), who="王敏"), photo, path)


def test_a_stranger_checks_the_bundle_with_a_shell_and_with_our_tool(
    store: DeskStore, facts: EvidenceFacts, tmp_path: Path
) -> None:
    """The unit that is accused holds the zip against its list without an account and without our program."""
    path = tmp_path / "bundle.zip"
    digest = made(store, facts, path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
        names = archive.namelist()
    listed = (tmp_path / "out" / "manifest.json").read_bytes()
    assert sha256(listed).hexdigest() == digest
    if shutil.which("sha256sum"):
        shell = subprocess.run(
            ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, check=False
        )
        assert shell.returncode == 0, shell
    said: list[str] = []
    assert check_bundle([str(path)], said.append) == 0, said
    assert any(name.startswith("附件/") for name in names)
    again = tmp_path / "again.zip"
    assert made(store, facts, again) == digest
    assert again.read_bytes() == path.read_bytes(), "the same evidence is the same file"
    assert not list(tmp_path.glob("*.part"))


def test_whatever_was_changed_afterwards_is_found(
    store: DeskStore, facts: EvidenceFacts, tmp_path: Path
) -> None:
    """A photo exchanged, a text put in, one taken out, a list that was mended to fit: each is told by its path."""
    path = tmp_path / "bundle.zip"
    made(store, facts, path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    photo_name = next(name for name in files if name.startswith("附件/"))
    text_name = next(name for name in files if name.startswith("答复/"))

    def told(changed: dict[str, bytes]) -> list[str]:
        made_up = io.BytesIO()
        with zipfile.ZipFile(made_up, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
        path.write_bytes(made_up.getvalue())
        said: list[str] = []
        assert check_bundle([str(path)], said.append) != 0
        return [line for line in said if line.startswith("! ") or "不是" in line]

    assert told(files | {photo_name: PHOTO[:-1] + b"x"})[0].startswith(f"! {photo_name}")
    assert told(files | {"证据/99 补充.txt": b"x"})[0].startswith("! 证据/99 补充.txt")
    assert told({n: c for n, c in files.items() if n != text_name})[0].startswith(f"! {text_name}")
    mended = files["manifest.json"].replace(sha256(files[text_name]).hexdigest().encode(), b"0" * 64)
    assert told(files | {"manifest.json": mended})
    assert "不是" in told(files | {"manifest.json": files["manifest.json"].replace(b",", b", ", 1)})[0]
    assert "不是" in told({n: c for n, c in files.items() if n != "SHA256SUMS"})[0]


def test_a_bundle_says_what_it_lacks_and_nothing_that_paper_must_not_say(
    store: DeskStore, facts: EvidenceFacts, tmp_path: Path
) -> None:
    """A telephone number, a dwelling, a requester or an answer in a zip would be passed on without anybody's reveal."""
    path = tmp_path / "bundle.zip"
    made(store, facts, path)
    with zipfile.ZipFile(path) as archive:
        texts = {n: archive.read(n).decode() for n in archive.namelist() if not n.startswith("附件/")}
        names = archive.namelist()
    whole = re.sub(r"[0-9a-f]{64}", "", "\n".join((*texts.values(), *names)))
    for secret in ("13812345678", "幸福路17号", "501", "欧阳", "5678", "内部意见", "k-secret", "satisfied"):
        # As a word: the number of another test's record may hold the same digits.
        assert not re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", whole), secret
    assert "a-away" in texts["说明.txt"]
    assert facts.finding.number in texts["说明.txt"]
    assert "e-gone" in texts["说明.txt"]
    assert "仅限办公室内部" in texts["说明.txt"]
    assert any("贴砖已更换" in text for text in texts.values())


def test_no_bundle_is_made_of_other_bytes_than_the_row_states(
    store: DeskStore, facts: EvidenceFacts, tmp_path: Path
) -> None:
    """A file damaged on this disk would be sworn to by our own manifest."""
    bundle = plan(facts, store.profile, at=NOW, who="王敏")
    path = tmp_path / "bundle.zip"

    def gone(file_id: str) -> Iterator[bytes]:
        raise BadFile("bytes_lost")

    with pytest.raises(Damaged):
        write(bundle, lambda _: iter((PHOTO[:-1] + b"x",)), path)
    with pytest.raises(BadFile):
        write(bundle, gone, path)
    assert list(tmp_path.glob("bundle*")) == []


def test_a_bundle_about_a_report_or_against_its_own_unit_is_not_made(store: DeskStore) -> None:
    """It would tell the accused what the letter must not tell them."""
    report = make_ticket(level="report", request_type="report")
    against = make_ticket(against_unit_id="u-roads")
    findings = [make_finding(ticket) for ticket in (report, against)]
    store.pull(report, against, *findings)
    first, second = findings
    assert store.ask(lambda r: evidence_facts(r, first.id)) == "letter_report"
    assert store.ask(lambda r: evidence_facts(r, second.id)) == "letter_accused"
    assert store.ask(lambda r: evidence_facts(r, "f-none")) is None


def test_a_bundle_holds_the_check_sheet_that_the_finding_comes_of(store: DeskStore, tmp_path: Path) -> None:
    """Whoever is found at fault sees by which line and weight; the inspector's own note, and what another inspection or
    another case came to, are none of this finding's evidence."""
    ticket, other = make_ticket(), make_ticket()
    inspection = make_inspection("i-1")

    def sheet(check_id: str, ticket_id: str, inspection_id: str = "i-1") -> Check:
        return Check(
            id=check_id,
            version=3,
            ticket_id=ticket_id,
            inspection_id=inspection_id,
            checklist="handling",
            results={"signed": "met", "real": "not_met", "basis": "not_applicable", "gone": "met"},
            note="内部看法",
            tenths=200,
            critical=True,
            complete=True,
            by_name="王敏",
            at=NOW,
        )

    finding = make_finding(ticket, inspection_id="i-1")
    checks = (sheet("c-own", ticket.id), sheet("c-case", other.id), sheet("c-else", ticket.id, "i-2"))
    store.pull(ticket, other, inspection, finding, *checks)
    facts = store.ask(lambda r: evidence_facts(r, finding.id))
    assert isinstance(facts, EvidenceFacts)
    path = tmp_path / "bundle.zip"
    made(store, facts, path)
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if name.startswith("检查表/"))
        text = archive.read(name).decode()
        listed = read_manifest(archive.read("manifest.json"))
    (piece,) = (piece for piece in listed.pieces if piece.path == name)
    assert (piece.what, piece.row_type, piece.row_id, piece.version) == ("check_sheet", "check", "c-own", 3)
    checklist = store.profile.inspections.checklist("handling")
    assert checklist is not None
    said = {"signed": "符合", "real": "不符合", "basis": "不适用"}
    for item in checklist.items:
        (line,) = (line for line in text.splitlines() if line.startswith(item.zh))
        assert line.endswith(f"：{said.get(item.code, '未检查')}"), line
        assert f"权重{item.weight}" in line
        assert ("关键项" in line) == item.critical
    for line in (
        "gone：符合",
        "得分：20.0",
        "关键项不合格：是",
        "结论：不合格",
        f"工单编号：{ticket.number}",
    ):
        assert line in text.splitlines(), line
    assert "内部看法" not in text
    assert check_bundle([str(path)], lambda _: None) == 0
