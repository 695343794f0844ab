"""The protocol of a draw as text, and drawing it again from that text: of the whole frame or of one unit's part.

The form is that of ``docs/sampling.md``. Pure; knows no row of the contract and no word of the interface.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from msgspec import Struct

from .inspection_rules import METHODS, MUSTS
from .sampling import (
    FORM,
    BadFrame,
    Criteria,
    FrameLine,
    allocate,
    by_unit,
    draw,
    frame_hash,
    hash_of,
    leaf_hash,
    leaf_text,
    lot_of,
    read_leaf,
    smallest,
)

Fault = Literal["frame", "part", "leaves", "left", "sample"]
"""What does not hold: the frame's hash, the part's hash, the list of parts, how many are left for the lot, the draw."""

_ONCE = ("form", "inspection", "frame", "method", "size", "musts", "rework-from", "seed-source", "seed")


class BadProtocol(ValueError):
    """A text that is no protocol of this form; the argument says where."""


class Leaf(Struct, frozen=True, kw_only=True):
    """What everybody may know of a unit's part: how many tickets, its hash, how many are left for the lot."""

    unit_id: str
    size: int
    digest: str
    left: int


class Protocol(Struct, frozen=True, kw_only=True):
    """A draw with all that is needed to do it again.

    With ``part`` it is one unit's: ``lines`` and ``drawn`` are that unit's, ``leaves`` name all parts, and ``last_lot``
    is the largest lot drawn, where the method is simple.
    """

    inspection: str
    frame: str
    criteria: Criteria
    seed_source: str
    seed: str
    drawn: tuple[str, ...]
    lines: tuple[FrameLine, ...]
    part: str = ""
    leaves: tuple[Leaf, ...] = ()
    last_lot: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """What drawing it again showed. ``again`` is the sample as it comes out, in order."""

    faults: tuple[Fault, ...]
    again: tuple[str, ...]
    missing: tuple[str, ...]
    """Drawn now, and not on the protocol."""
    extra: tuple[str, ...]
    """On the protocol, and not drawn now."""

    @property
    def holds(self) -> bool:
        """True where every hash and every number came out again."""
        return not self.faults


def write_protocol(p: Protocol) -> str:
    """The text of a protocol."""
    return "".join(f"{line}\n" for line in _head(p)) + "\n" + _frame_text(p.lines)


def read_protocol(text: str) -> Protocol:
    """The protocol of a text. Raises :class:`BadProtocol`."""
    head, gap, frame = text.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n\n")
    if not gap:
        raise BadProtocol("no empty line before the frame")
    once: dict[str, str] = {}
    drawn: list[str] = []
    leaves: list[Leaf] = []
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        value = value.strip(" ")
        if not colon:
            raise BadProtocol(line)
        if name == "drawn":
            drawn.append(value)
        elif name == "leaf":
            leaves.append(_leaf(value))
        elif name in once:
            raise BadProtocol(f"{name} stands twice")
        else:
            once[name] = value
    if missing := [name for name in _ONCE if name not in once]:
        raise BadProtocol(f"no {missing[0]}")
    if once["form"] != FORM:
        raise BadProtocol(f"form {once['form']}")
    return Protocol(
        inspection=once["inspection"],
        frame=once["frame"],
        criteria=_criteria(once),
        seed_source=once["seed-source"],
        seed=once["seed"],
        drawn=tuple(drawn),
        lines=_lines(frame),
        part=once.get("part", ""),
        leaves=tuple(leaves),
        last_lot=once.get("last-lot", ""),
    )


def redraw(p: Protocol) -> Verdict:
    """Draw a protocol's sample again and compare everything that can be compared."""
    faults, again = _redraw_part(p) if p.part else _redraw_whole(p)
    missing = tuple(sorted(set(again) - set(p.drawn)))
    extra = tuple(sorted(set(p.drawn) - set(again)))
    if missing or extra or len(p.drawn) != len(again):
        faults.append("sample")
    return Verdict(faults=tuple(faults), again=again, missing=missing, extra=extra)


def last_lot(p: Protocol) -> str:
    """The largest lot that a simple draw of a whole protocol reached, "" where none was drawn."""
    chosen = {line.number for line in p.lines if not p.criteria.must(line)} & set(p.drawn)
    return max((lot_of(p.seed, p.frame, number) for number in chosen), default="")


def _redraw_whole(p: Protocol) -> tuple[list[Fault], tuple[str, ...]]:
    faults: list[Fault] = [] if hash_of(p.lines) == p.frame else ["frame"]
    return faults, draw(p.lines, p.criteria, p.seed).numbers


def _redraw_part(p: Protocol) -> tuple[list[Fault], tuple[str, ...]]:
    faults: list[Fault] = []
    own = next((leaf for leaf in p.leaves if leaf.unit_id == p.part), None)
    if own is None or (own.size, own.digest) != (len(p.lines), leaf_hash(p.lines)):
        faults.append("part")
    if frame_hash({leaf.unit_id: (leaf.size, leaf.digest) for leaf in p.leaves}) != p.frame:
        faults.append("leaves")
    rest = [line.number for line in p.lines if not p.criteria.must(line)]
    if own is None or own.left != len(rest):
        faults.append("left")
    musts = [line.number for line in p.lines if p.criteria.must(line)]
    if p.criteria.method == "simple":
        lots = [number for number in rest if lot_of(p.seed, p.frame, number) <= p.last_lot]
    else:
        seats = allocate({leaf.unit_id: leaf.left for leaf in p.leaves}, p.criteria.size)
        lots = smallest(rest, seats.get(p.part, 0), p.seed, p.frame)
    return faults, tuple(sorted((*musts, *lots)))


def _head(p: Protocol) -> Iterator[str]:
    yield f"form: {FORM}"
    yield f"inspection: {p.inspection}"
    yield f"frame: {p.frame}"
    yield f"method: {p.criteria.method}"
    yield f"size: {p.criteria.size}"
    yield f"musts: {' '.join(p.criteria.musts)}"
    yield f"rework-from: {p.criteria.rework_from}"
    yield f"seed-source: {p.seed_source}"
    yield f"seed: {p.seed}"
    if p.part:
        yield f"part: {p.part}"
        for leaf in p.leaves:
            yield f"leaf: {leaf.unit_id}\t{leaf.size}\t{leaf.digest}\t{leaf.left}"
        if p.last_lot:
            yield f"last-lot: {p.last_lot}"
    for number in p.drawn:
        yield f"drawn: {number}"


def _frame_text(lines: tuple[FrameLine, ...]) -> str:
    return "".join(leaf_text(part) for part in by_unit(lines).values())


def _lines(text: str) -> tuple[FrameLine, ...]:
    try:
        found = [x for line in text.split("\n") if line for x in read_leaf(f"{line}\n")]
    except BadFrame as error:
        raise BadProtocol(f"frame: {error}") from error
    if len({line.number for line in found}) != len(found):
        raise BadProtocol("frame: a number stands twice")
    return tuple(found)


def _leaf(value: str) -> Leaf:
    fields = value.split("\t")
    if len(fields) != 4:
        raise BadProtocol(f"leaf: {value}")
    return Leaf(unit_id=fields[0], size=_count(fields[1]), digest=fields[2], left=_count(fields[3]))


def _criteria(once: dict[str, str]) -> Criteria:
    musts = tuple(once["musts"].split())
    if once["method"] not in METHODS or not set(musts) <= set(MUSTS):
        raise BadProtocol("criteria")
    return Criteria(
        method="simple" if once["method"] == "simple" else "stratified",
        size=_count(once["size"]),
        musts=cast("tuple[Literal['report', 'leader_noted', 'rework'], ...]", musts),
        rework_from=_count(once["rework-from"]),
    )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadProtocol(f"not a number: {text}")
    return int(text)
