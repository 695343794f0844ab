"""What the server adds to the steps of an inspection: the frame and its hashes, the draw, whom the sample is open to.

Runs inside the operation's transaction, after the fold; refuses only a frame that nobody could work with.
"""

from __future__ import annotations

import uuid
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from desktop.models.domain.entities import FRAME_MOST, Category, FramePart, Inspection, Row, Sample
from desktop.models.domain.inspections import Listed, criteria_of, frame_line, in_population, recused_ids
from desktop.models.domain.privacy import is_opened
from desktop.models.domain.sampling import (
    FrameLine,
    by_unit,
    frame_hash,
    leaf_hash,
    leaf_text,
    lot_of,
    read_leaf,
)
from desktop.models.domain.sampling import draw as draw_sample

from .inspection_rules import rows_of_type, samples_of
from .situation import Situation, rejected
from .tables import entity

_AT_ONCE = 1_000
"""Tickets read at a time: a city's, all at once, are some hundred megabytes."""
_listed = msgspec.json.Decoder(Listed).decode


def freeze(s: Situation, row: Any) -> Row:
    """The frame as the tickets stand in this transaction: one sample row a unit, hashed, closed to the units."""
    inspection: Inspection = row
    parts = by_unit(_population(s, inspection))
    count = sum(map(len, parts.values()))
    if not count:
        raise rejected("frame_empty", "/entity_id")
    texts = {unit: leaf_text(lines) for unit, lines in parts.items()}
    if count > s.profile.inspections.most_tickets or sum(map(len, texts.values())) > FRAME_MOST:
        raise rejected("frame_too_large", "/entity_id")
    hashes = {unit: (len(lines), leaf_hash(lines)) for unit, lines in parts.items()}
    for unit, text in texts.items():
        s.writer.put(
            Sample(
                id=_sample_id(inspection.id, unit),
                inspection_id=inspection.id,
                unit_id=unit,
                frame=text,
                barred_ids=_barred(inspection),
            )
        )
    return replace(
        inspection,
        frame=frame_hash(hashes),
        parts=tuple(FramePart(unit_id=u, size=size, digest=digest) for u, (size, digest) in hashes.items()),
    )


def after_fixing(s: Situation, row: Any) -> None:
    """Who is in it in any case follows from the criteria, and so does how many are left for the lot."""
    inspection: Inspection = row
    criteria = criteria_of(inspection)
    assert criteria is not None  # the fold has just set them
    parts = []
    samples = {sample.unit_id: sample for sample in samples_of(s.connection, inspection)}
    for part in inspection.parts:
        sample = samples[part.unit_id]
        musts = tuple(line.number for line in read_leaf(sample.frame) if criteria.must(line))
        s.writer.put(replace(sample, musts=musts))
        parts.append(replace(part, musts=len(musts), left=part.size - len(musts)))
    s.writer.put(replace(inspection, parts=tuple(parts)))


def draw(s: Situation, row: Any) -> Row:
    """The sample, by the standard, from the frame as it was frozen."""
    inspection: Inspection = row
    criteria = criteria_of(inspection)
    assert criteria is not None  # the fold has seen that they are fixed
    samples = samples_of(s.connection, inspection)
    lines = [line for sample in samples for line in read_leaf(sample.frame)]
    lots = frozenset(draw_sample(lines, criteria, inspection.seed).lots)
    drawn = {part.unit_id: part for part in inspection.parts}
    opened = is_opened(inspection)
    for sample in samples:
        mine = tuple(line.number for line in read_leaf(sample.frame) if line.number in lots)
        s.writer.put(replace(sample, lots=mine, opened=opened, barred_ids=_barred(inspection)))
        drawn[sample.unit_id] = replace(drawn[sample.unit_id], lots=len(mine))
    largest = max((lot_of(inspection.seed, inspection.frame, number) for number in lots), default="")
    return replace(
        inspection,
        parts=tuple(drawn[part.unit_id] for part in inspection.parts),
        last_lot=largest if criteria.method == "simple" else "",
    )


def after_recusing(s: Situation, row: Any) -> None:
    """Whoever has no part in it has no sight of its sample either."""
    _open(s, row)


def after_closing(s: Situation, row: Any) -> None:
    """What was covert is told to the units when it is over."""
    _open(s, row)


def _open(s: Situation, inspection: Inspection) -> None:
    opened, barred = is_opened(inspection), _barred(inspection)
    for sample in samples_of(s.connection, inspection):
        if (sample.opened, sample.barred_ids) != (opened, barred):
            s.writer.put(replace(sample, opened=opened, barred_ids=barred))


def _population(s: Situation, inspection: Inspection) -> list[FrameLine]:
    categories = {row.id: row for row in rows_of_type(s.connection, "category") if isinstance(row, Category)}
    query = select(entity.c.data).where(entity.c.type == "ticket", entity.c.unit_id.in_(inspection.unit_ids))
    lines = []
    for data in s.connection.execute(query, execution_options={"yield_per": _AT_ONCE}).scalars():
        ticket = _listed(data)
        if in_population(inspection, ticket, s.profile, categories):
            lines.append(frame_line(ticket))
    return lines


def _barred(inspection: Inspection) -> tuple[str, ...]:
    return tuple(sorted(recused_ids(inspection)))


def _sample_id(inspection_id: str, unit_id: str) -> str:
    """An id that the same part of the same inspection always has."""
    digest = blake2b(f"{inspection_id}\0{unit_id}".encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=digest))
