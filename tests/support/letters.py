"""Letters for tests: the facts of one, a file of it, its lines, and for every kind a row that it may be about."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

from desktop.models.domain.entities import FramePart, Inspection, Row, Sample
from desktop.models.domain.letters import OF_INSPECTIONS, RUNG_KINDS, LetterKind
from desktop.models.domain.sampling import (
    Criteria,
    FrameLine,
    by_unit,
    draw,
    hash_of,
    leaf_hash,
    leaf_text,
)
from desktop.services.documents.letters.making import Form, Order, prepare
from desktop.services.documents.letters.template import template_of
from desktop.services.queries.inspection_letters import InspectionFacts, inspection_facts
from desktop.services.queries.letters import LetterFacts, letter_facts
from desktop.views.common.resources import resource

from .builders import (
    NOW,
    make_finding,
    make_finding_reply,
    make_notice,
    make_ticket,
    make_urge,
    make_urgent_report,
)
from .stores import DeskStore

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHIPPED = resource("letters")
Facts = LetterFacts | InspectionFacts


def facts_of(store: DeskStore, kind: LetterKind, row: Row) -> Facts:
    """What the letter may say."""
    facts = store.ask(
        lambda r: (inspection_facts if kind in OF_INSPECTIONS else letter_facts)(r, kind, row.id)
    )
    assert isinstance(facts, LetterFacts | InspectionFacts)
    return facts


def drawn_inspection() -> tuple[Inspection, Sample, Sample]:
    """An inspection of two units that was drawn, with its samples, as the server would send them."""
    lines = [
        FrameLine(f"2024{n:07d}", "u-roads" if n % 3 else "u-env", "complaint", False, n % 4)
        for n in range(40)
    ]
    criteria, seed = Criteria(method="stratified", size=6), "2026312"
    parts = by_unit(lines)
    drawn = draw(lines, criteria, seed)
    samples = [
        Sample(
            id=f"s-{unit}",
            version=1,
            inspection_id="i-1",
            unit_id=unit,
            frame=leaf_text(part),
            musts=tuple(line.number for line in part if criteria.must(line)),
            lots=tuple(line.number for line in part if line.number in drawn.lots),
            opened=True,
        )
        for unit, part in parts.items()
    ]
    inspection = Inspection(
        id="i-1",
        version=5,
        title="五月办理质量抽查",
        kind="spot_check",
        state="drawn",
        number="云检查〔2024〕1号",
        mandate="zfdc-2021",
        purpose="核实办结是否属实",
        plan="先看卷，后回访",
        unit_ids=tuple(parts),
        from_day=NOW.date() - timedelta(days=30),
        to_day=NOW.date(),
        checklist="handling",
        inspector_ids=("p-officer",),
        author_name="王敏",
        created_at=NOW,
        issued_at=NOW,
        frozen_at=NOW,
        frame=hash_of(lines),
        parts=tuple(
            FramePart(
                unit_id=sample.unit_id,
                size=len(parts[sample.unit_id]),
                digest=leaf_hash(parts[sample.unit_id]),
                left=len(parts[sample.unit_id]) - len(sample.musts),
                musts=len(sample.musts),
                lots=len(sample.lots),
            )
            for sample in samples
        ),
        fixed_at=NOW,
        method="stratified",
        size=6,
        seed_source="福彩3D 第2026312期",
        drawn_at=NOW,
        drawn_by="王敏",
        seed=seed,
    )
    return inspection, samples[0], samples[1]


def make(
    store: DeskStore, facts: Facts, path: Path, *, city: Path | None = None, form: Form = "docx"
) -> Path:
    """Make the letter as its page would, from the city's template where it has one."""
    prepare(Order(facts, template_of(facts.kind, SHIPPED, city), form), store.profile).write(path)
    return path


def part(path: Path, name: str) -> ElementTree.Element:
    """One part of the package, by the standard's own XML."""
    with zipfile.ZipFile(path) as package:
        return ElementTree.fromstring(package.read(f"word/{name}.xml"))


def lines_of(path: Path) -> list[str]:
    """The paragraphs of a .docx, as text."""
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in part(path, "document").iter(f"{W}p")]


def a_row_for_each(store: DeskStore) -> dict[LetterKind, Row]:
    """For every letter the row it is about, all of them in the store."""
    ticket = make_ticket(due_at=NOW - timedelta(days=1))
    urge = make_urge(ticket, means="letter", text="请于本周内办结", promised_at=NOW + timedelta(days=1))
    notice = make_notice(ticket, state="issued", number="云热督〔2026〕15号", issued_at=NOW)
    finding = make_finding(ticket, number="云检〔2026〕3号", filed_at=NOW)
    closed = make_finding(
        ticket,
        number="云检〔2026〕4号",
        filed_at=NOW,
        state="verified",
        verified_at=NOW,
        verify_means="return_visit",
        verify_ref_id="v-1",
        basis_words="《政府督查工作条例》",
    )
    looked = make_finding_reply(closed, stance="verified", text="诉求人确认已修复，电话13812345678")
    report = make_finding_reply(closed, stance="rectified", text="已重新回访并修复，电话13812345678")
    acts = [
        make_notice(
            ticket,
            rung=rung,
            state="issued",
            number=f"云热{n}〔2026〕7号",
            issued_at=NOW + timedelta(hours=n),
            unit_id="u-road",
        )
        for n, rung in enumerate(RUNG_KINDS.values())
        if n
    ]
    upward = make_urgent_report(
        ticket, state="approved", number="云要情〔2026〕1号", approved_at=NOW, what="塌陷，电话13812345678"
    )
    inspection, *samples = drawn_inspection()
    store.pull(ticket, urge, notice, *acts, finding, closed, report, looked, upward, inspection, *samples)
    return {
        "urging": urge,
        "notice": notice,
        "reminder": ticket,
        "finding_letter": finding,
        "rectification": finding,
        "close_out": closed,
        "urgent": upward,
        "inspection_plan": inspection,
        "sampling_record": inspection,
        **{act.rung: act for act in acts},
    }
