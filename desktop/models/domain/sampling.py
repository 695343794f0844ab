"""A sample that anybody can draw again: the frame's canonical form and hashes, the draw, and how much a size tells.

``docs/sampling.md`` is the standard and this its implementation: a change of either changes what printed protocols
mean. Standard library and msgspec only; no clock, no randomness of its own, no row of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import ceil, sqrt
from typing import Final

from msgspec import Struct

from .inspection_rules import MUSTS, Method, Must

FORM: Final = "1"
"""The version of the canonical form and of the draw, printed on every protocol."""

CONFIDENCE: Final[Mapping[int, float]] = {
    90: 1.6448536269514722,
    95: 1.959963984540054,
    99: 2.5758293035489004,
}
"""Per cent of confidence → two-sided quantile of the normal distribution."""


class FrameLine(Struct, frozen=True, order=True):
    """One ticket of a frame. ``number`` is unique in it; no field holds a tab, a line break or a surrogate."""

    number: str
    unit_id: str
    request_type: str
    leader_noted: bool
    rework: int

    def text(self) -> str:
        """The canonical line, without its line feed."""
        noted = "1" if self.leader_noted else "0"
        return "\t".join((self.number, self.unit_id, self.request_type, noted, str(self.rework)))


class BadFrame(ValueError):
    """A text that is not a frame in canonical form; the argument says which line."""


class Criteria(Struct, frozen=True, kw_only=True):
    """What is fixed once the frame stands and before the seed is known.

    ``size`` tickets are drawn by lot, beside those of ``musts``; ``rework_from`` is from how many times on being sent
    back counts.
    """

    method: Method
    size: int
    musts: tuple[Must, ...] = MUSTS
    rework_from: int = 2

    def must(self, line: FrameLine) -> bool:
        """Whether the ticket is inspected in any case."""
        return (
            ("report" in self.musts and line.request_type == "report")
            or ("leader_noted" in self.musts and line.leader_noted)
            or ("rework" in self.musts and line.rework >= self.rework_from)
        )


class Drawn(Struct, frozen=True, kw_only=True):
    """Numbers in code point order: those of ``musts``, and those the lot fell on."""

    musts: tuple[str, ...]
    lots: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The whole sample in code point order."""
        return tuple(sorted((*self.musts, *self.lots)))


def leaf_text(lines: Iterable[FrameLine]) -> str:
    """The canonical text of one unit's part of a frame: its lines by number, each ended by a line feed."""
    return "".join(f"{line.text()}\n" for line in sorted(lines))


def read_leaf(text: str) -> tuple[FrameLine, ...]:
    """The lines of a canonical text. Raises :class:`BadFrame` for any other text."""
    lines = tuple(_read(line, place) for place, line in enumerate(text.split("\n")[:-1], 1))
    if leaf_text(lines) != text or len({line.number for line in lines}) != len(lines):
        raise BadFrame("not in canonical form")
    return lines


def leaf_hash(lines: Iterable[FrameLine]) -> str:
    """SHA-256 of a part's canonical text, 64 hex digits."""
    return sha256(leaf_text(lines).encode()).hexdigest()


def frame_hash(leaves: Mapping[str, tuple[int, str]]) -> str:
    """SHA-256 over the parts: unit id → (how many tickets, hash of the part). Whoever has one part can check it."""
    text = "".join(f"{unit}\t{size}\t{digest}\n" for unit, (size, digest) in sorted(leaves.items()))
    return sha256(text.encode()).hexdigest()


def by_unit(lines: Iterable[FrameLine]) -> dict[str, tuple[FrameLine, ...]]:
    """The parts of a frame, units in code point order."""
    parts: dict[str, list[FrameLine]] = {}
    for line in lines:
        parts.setdefault(line.unit_id, []).append(line)
    return {unit: tuple(sorted(parts[unit])) for unit in sorted(parts)}


def hash_of(lines: Iterable[FrameLine]) -> str:
    """:func:`frame_hash` of all lines."""
    return frame_hash({unit: (len(part), leaf_hash(part)) for unit, part in by_unit(lines).items()})


def lot_of(seed: str, frame: str, number: str) -> str:
    """The lot of a ticket, 64 hex digits: the smallest are drawn. ``frame`` is the frame's hash."""
    return sha256(f"{seed}\n{frame}\n{number}".encode()).hexdigest()


def draw(lines: Iterable[FrameLine], criteria: Criteria, seed: str) -> Drawn:
    """The sample of a frame: the same for the same three, wherever it is drawn."""
    parts = by_unit(lines)
    frame = frame_hash({unit: (len(part), leaf_hash(part)) for unit, part in parts.items()})
    rest = {unit: [x.number for x in part if not criteria.must(x)] for unit, part in parts.items()}
    musts = sorted(x.number for part in parts.values() for x in part if criteria.must(x))
    if criteria.method == "simple":
        lots = smallest([n for part in rest.values() for n in part], criteria.size, seed, frame)
    else:
        seats = allocate({unit: len(part) for unit, part in rest.items()}, criteria.size)
        lots = [n for unit, part in rest.items() for n in smallest(part, seats[unit], seed, frame)]
    return Drawn(musts=tuple(musts), lots=tuple(sorted(lots)))


def smallest(numbers: Iterable[str], size: int, seed: str, frame: str) -> list[str]:
    """The ``size`` numbers with the smallest lots; two equal lots, which nobody will see, go by number."""
    return sorted(numbers, key=lambda number: (lot_of(seed, frame, number), number))[:size]


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Seats of each part in proportion to its size, by largest remainder; equal remainders by unit id."""
    whole = sum(sizes.values())
    size = min(size, whole)
    if not whole:
        return dict.fromkeys(sizes, 0)
    seats = {unit: size * count // whole for unit, count in sizes.items()}
    order = sorted(sizes, key=lambda unit: (-(size * sizes[unit] % whole), unit))
    for unit in order[: size - sum(seats.values())]:
        seats[unit] += 1
    return seats


def margin(population: int, size: int, confidence: int = 95) -> float:
    """Half the width of the widest interval (share one half) that ``size`` of ``population`` buys; 0.05 = 5 points.

    0 where everything is looked at, 1 where nothing is.
    """
    if size >= population:
        return 0.0
    if size <= 0:
        return 1.0
    finite = (population - size) / (population - 1)
    return min(1.0, CONFIDENCE[confidence] * sqrt(0.25 / size * finite))


def size_for(population: int, wanted: float, confidence: int = 95) -> int:
    """The smallest sample of ``population`` whose :func:`margin` is at most ``wanted`` (0.05 = 5 points)."""
    if population <= 0:
        return 0
    endless = CONFIDENCE[confidence] ** 2 * 0.25 / wanted**2
    size = min(population, ceil(endless / (1 + (endless - 1) / population) - 1e-9))
    while margin(population, size, confidence) > wanted + 1e-12:
        size += 1
    return size


def _read(line: str, place: int) -> FrameLine:
    fields = line.split("\t")
    if len(fields) != 5 or fields[3] not in ("0", "1") or not fields[4].isascii() or not fields[4].isdigit():
        raise BadFrame(f"line {place}")
    return FrameLine(fields[0], fields[1], fields[2], fields[3] == "1", int(fields[4]))
