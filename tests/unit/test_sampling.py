"""Samples that anybody can draw again: whoever is inspected can hold the office to the lot it published."""

from __future__ import annotations

import contextlib
import io
import random
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.models.domain.inspection_rules import METHODS, MUSTS
from desktop.models.domain.sampling import (
    BadFrame,
    Criteria,
    FrameLine,
    allocate,
    by_unit,
    draw,
    hash_of,
    leaf_hash,
    leaf_text,
    margin,
    read_leaf,
    size_for,
)
from desktop.models.domain.sampling_protocol import (
    BadProtocol,
    Leaf,
    Protocol,
    last_lot,
    read_protocol,
    redraw,
    write_protocol,
)
from desktop.tools.redraw import main as run_redraw

STANDARD = Path(__file__).parents[2] / "docs" / "sampling.md"
_TYPES = ("consultation", "help", "complaint", "report", "suggestion", "praise")


def _frame(rng: random.Random, most: int = 60) -> list[FrameLine]:
    units = [f"u-{rng.randrange(10**6):06d}" for _ in range(rng.randint(1, 6))]
    numbers = rng.sample(range(10**6), rng.randint(0, most))
    lines = [
        FrameLine(
            f"YZ-2026-{number:06d}" if rng.random() < 0.8 else f"12345市民{number}",
            rng.choice(units),
            rng.choice(_TYPES),
            rng.random() < 0.05,
            rng.choice((0, 0, 0, 1, 2, 3)),
        )
        for number in numbers
    ]
    rng.shuffle(lines)
    return lines


def _criteria(rng: random.Random) -> Criteria:
    return Criteria(
        method=rng.choice(METHODS),
        size=rng.choice((0, 1, 5, rng.randint(0, 80))),
        musts=tuple(must for must in MUSTS if rng.random() < 0.7),
        rework_from=rng.randint(1, 3),
    )


def _protocol(lines: list[FrameLine], criteria: Criteria, seed: str) -> Protocol:
    return Protocol(
        inspection="云检〔2026〕1号",
        frame=hash_of(lines),
        criteria=criteria,
        seed_source="福彩3D 第2026312期",
        seed=seed,
        drawn=draw(lines, criteria, seed).numbers,
        lines=tuple(lines),
    )


def _part(whole: Protocol, unit: str) -> Protocol:
    """What a unit gets of a whole protocol: its own lines, and of the others sizes and hashes."""
    parts = by_unit(whole.lines)
    leaves = tuple(
        Leaf(
            unit_id=name,
            size=len(part),
            digest=leaf_hash(part),
            left=sum(not whole.criteria.must(line) for line in part),
        )
        for name, part in parts.items()
    )
    own = {line.number for line in parts[unit]}
    simple = whole.criteria.method == "simple"
    return replace(
        whole,
        part=unit,
        lines=parts[unit],
        leaves=leaves,
        drawn=tuple(number for number in whole.drawn if number in own),
        last_lot=last_lot(whole) if simple else "",
    )


def _stranger(text: str) -> tuple[str, list[str]]:
    """The frame's hash and the sample, from a protocol's text alone, by somebody who has read docs/sampling.md only.

    Shares no line with the product and goes another way: counts seats one by one, and ranks by numbers, not by texts.
    """
    head, _, body = text.partition("\n\n")
    said: dict[str, str] = {}
    for entry in head.splitlines():
        name, _, value = entry.partition(": ")
        said.setdefault(name, value)
    tickets = [tuple(entry.split("\t")) for entry in body.splitlines()]
    digest_of_frame = sha256()
    for unit in sorted({t[1] for t in tickets}):
        own = sorted(t for t in tickets if t[1] == unit)
        digest = sha256("".join("\t".join(t) + "\n" for t in own).encode("utf-8")).hexdigest()
        digest_of_frame.update(f"{unit}\t{len(own)}\t{digest}\n".encode())
    frame = digest_of_frame.hexdigest()
    always = said["musts"].split()
    certain, pool = [], []
    for number, unit, kind, noted, rework in tickets:
        chosen = (kind == "report" and "report" in always) or (noted == "1" and "leader_noted" in always)
        chosen = chosen or ("rework" in always and int(rework) >= int(said["rework-from"]))
        if chosen:
            certain.append(number)
        else:
            lot = int.from_bytes(sha256(f"{said['seed']}\n{frame}\n{number}".encode()).digest())
            pool.append((lot, unit, number))
    pool.sort()
    wanted = min(int(said["size"]), len(pool))
    if said["method"] == "simple":
        return frame, sorted(certain + [number for _, _, number in pool[:wanted]])
    seats: Counter[str] = Counter()
    own_count = Counter(unit for _, unit, _ in pool)
    shares = {unit: divmod(wanted * count, len(pool)) for unit, count in own_count.items()}
    for unit, (whole, _) in shares.items():
        seats[unit] = whole
    left = sorted((-remainder, unit) for unit, (_, remainder) in shares.items())
    while sum(seats.values()) < wanted:
        seats[left.pop(0)[1]] += 1
    for _, unit, number in pool:
        if seats[unit]:
            seats[unit] -= 1
            certain.append(number)
    return frame, sorted(certain)


def test_a_stranger_draws_a_thousand_samples_again_from_their_protocols() -> None:
    """Were form and program apart by one byte, an inspected unit would get another sample than the office did."""
    rng = random.Random(20261122)
    for place in range(1_000):
        protocol = _protocol(_frame(rng), _criteria(rng), f"{rng.randrange(10**7):07d}")
        text = write_protocol(protocol)
        frame, sample = _stranger(text)
        assert (frame, tuple(sample)) == (protocol.frame, protocol.drawn), place
        again = read_protocol(text)
        assert redraw(again).holds, place
        assert set(again.lines) == set(protocol.lines)


def test_the_program_printed_in_the_standard_is_the_standard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever copies the thirty lines off the page gets the office's sample."""
    code = re.search(r"```python\n(.*?)```", STANDARD.read_text("utf-8"), re.DOTALL)
    assert code is not None
    assert sum(bool(line.strip()) for line in code[1].splitlines()) <= 30
    monkeypatch.chdir(tmp_path)
    rng = random.Random(7)
    for _ in range(40):
        protocol = _protocol(_frame(rng), _criteria(rng), str(rng.randrange(10**6)))
        (tmp_path / "frame.txt").write_text(write_protocol(protocol).partition("\n\n")[2], "utf-8")
        c = protocol.criteria
        first = f"method, size, rework_from = {c.method!r}, {c.size}, {c.rework_from}"
        second = f"musts, seed = {set(c.musts)!r}, {protocol.seed!r}"
        program = re.sub(r"(?m)^method, size.*$", first, code[1])
        program = re.sub(r"(?m)^musts, seed.*$", second, program)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(program, "sampling.md", "exec"), {})  # noqa: S102 - the page's own program is what is tested
        frame, *numbers = out.getvalue().split()
        assert (frame, tuple(numbers)) == (protocol.frame, protocol.drawn)


def test_a_unit_draws_its_own_part_again_without_seeing_the_others() -> None:
    """A liaison checks their own tickets, and their unit's number of seats, from their part and the list of parts."""
    rng = random.Random(5)
    checked = 0
    while checked < 300:
        lines = _frame(rng)
        if not lines:
            continue
        whole = _protocol(lines, _criteria(rng), str(rng.randrange(10**6)))
        part = _part(whole, rng.choice(lines).unit_id)
        told = write_protocol(part)
        assert redraw(read_protocol(told)).holds
        others = [line.number for line in lines if line.unit_id != part.part]
        assert not [number for number in others if number in told]
        checked += 1


def test_a_sample_that_was_helped_along_is_found_out() -> None:
    """A ticket taken out, put in, or moved to another unit, another size or another seed: the redraw says which."""
    rng = random.Random(11)
    criteria = Criteria(method="stratified", size=12)
    lines = [line for line in _frame(rng, 600) if not criteria.must(line)]
    whole = _protocol(lines, criteria, "2026312")
    dropped = replace(whole, drawn=whole.drawn[1:])
    assert redraw(dropped).missing == whole.drawn[:1]
    innocent = next(line.number for line in lines if line.number not in whole.drawn)
    swapped = replace(whole, drawn=(*whole.drawn[1:], innocent))
    assert redraw(swapped).extra == (innocent,)
    without = tuple(line for line in lines if line.number != whole.drawn[0])
    assert "frame" in redraw(replace(whole, lines=without)).faults
    assert not redraw(replace(whole, seed="2026313")).holds
    part = _part(whole, lines[0].unit_id)
    cut = replace(part, lines=part.lines[1:])
    assert "part" in redraw(cut).faults
    other = tuple(replace(leaf, size=leaf.size + 1) for leaf in part.leaves)
    assert "leaves" in redraw(replace(part, leaves=other)).faults
    fewer = tuple(replace(leaf, left=leaf.left // 2) for leaf in part.leaves)
    assert "left" in redraw(replace(part, leaves=fewer)).faults


@pytest.mark.parametrize("method", METHODS)
def test_over_ten_thousand_draws_every_ticket_has_the_chance_its_stratum_promises(method: str) -> None:
    """Chi-square: a lot that favours a unit, or a ticket, would be an audit aimed at somebody."""
    sizes = {"u-a": 10, "u-b": 6, "u-c": 4}
    lines = [
        FrameLine(f"{unit}{i:03d}", unit, "help", False, 0) for unit, n in sizes.items() for i in range(n)
    ]
    criteria = Criteria(method=method, size=10)  # type: ignore[arg-type]  # one of METHODS
    seats = allocate(sizes, 10)
    assert seats == {"u-a": 5, "u-b": 3, "u-c": 2}
    draws = 10_000
    seen: Counter[str] = Counter()
    for seed in range(draws):
        seen.update(draw(lines, criteria, f"{seed:05d}").lots)
    assert sum(seen.values()) == draws * 10
    for unit, count in sizes.items():
        wanted = draws * (seats[unit] / count if method == "stratified" else 10 / 20)
        share = wanted / draws
        # Drawn without replacement: (observed - wanted)² / (wanted (1 - share)), scaled to its degrees of freedom.
        found = sum((seen[line.number] - wanted) ** 2 for line in lines if line.unit_id == unit)
        chi = found / (wanted * (1 - share)) * (count - 1) / count
        assert chi < _chi_limit(count - 1), (unit, chi)


def _chi_limit(freedom: int) -> float:
    """The 99.99 % point of chi-square, by Wilson and Hilferty; the seeds are fixed, so that this never flickers."""
    return float(freedom * (1 - 2 / (9 * freedom) + 3.719 * (2 / (9 * freedom)) ** 0.5) ** 3)


def test_seats_are_never_more_than_asked_for_nor_than_a_unit_has() -> None:
    """A unit of two tickets cannot lend a third one, and no seat is lost in rounding."""
    rng = random.Random(3)
    for _ in range(500):
        sizes = {f"u{i}": rng.choice((0, 1, 2, rng.randrange(5_000))) for i in range(rng.randint(1, 8))}
        size = rng.randrange(200)
        seats = allocate(sizes, size)
        assert sum(seats.values()) == min(size, sum(sizes.values()))
        assert all(0 <= seats[unit] <= count for unit, count in sizes.items())


@pytest.mark.parametrize(
    ("population", "wanted", "confidence", "size"),
    [
        (10_000, 0.05, 95, 370),
        (1_000, 0.05, 95, 278),
        (300, 0.05, 95, 169),
        (500, 0.05, 99, 286),
        (12, 0.05, 95, 12),
    ],
)
def test_the_size_help_knows_the_published_tables(
    population: int, wanted: float, confidence: int, size: int
) -> None:
    """Krejcie and Morgan's table, within the one or two by which tables are rounded; never less precise than asked."""
    found = size_for(population, wanted, confidence)
    assert abs(found - size) <= 2
    assert margin(population, found, confidence) <= wanted + 1e-9
    assert found == 0 or margin(population, found - 1, confidence) > wanted


@pytest.mark.parametrize(
    "text",
    [
        "A\tu\thelp\t0\t0",
        "B\tu\thelp\t0\t0\nA\tu\thelp\t0\t0\n",
        "A\tu\thelp\t2\t0\n",
        "A\tu\thelp\t0\t00\n",
        "A\tu\thelp\t0\n",
        "A\tu\thelp\t0\t0\nA\tu\thelp\t0\t0\n",
    ],
)
def test_a_frame_has_one_form_only(text: str) -> None:
    """Two texts for one frame would have two hashes, and either could be shown."""
    with pytest.raises(BadFrame):
        read_leaf(text)
    line = FrameLine("A", "u", "help", False, 2)
    assert read_leaf(leaf_text([line])) == (line,)


def test_the_tool_says_in_words_and_by_its_code_what_it_found(tmp_path: Path) -> None:
    """A stranger at a shell: 0 and the sample where it holds, 1 and the difference, 2 for anything else."""
    rng = random.Random(2)
    whole = _protocol(_frame(rng), Criteria(method="simple", size=6), "168")
    path = tmp_path / "抽样记录.txt"
    said: list[str] = []
    path.write_text(write_protocol(whole), "utf-8")
    assert run_redraw([str(path)], said.append) == 0
    assert all(any(number in line for line in said) for number in whole.drawn)
    path.write_text(write_protocol(replace(whole, drawn=whole.drawn[:-1])), "utf-8")
    assert run_redraw([str(path)], said.append) == 1
    assert any(line.startswith(f"+ {whole.drawn[-1]}") for line in said)
    path.write_text("form: 1\n", "utf-8")
    assert run_redraw([str(path)], said.append) == 2
    assert run_redraw([], said.append) == 2


@pytest.mark.parametrize("broken", ["form: 9", "size: -3", "size: 二十", "method: by taste", "leaf: u\t1"])
def test_what_is_no_protocol_is_refused_and_not_guessed_at(broken: str) -> None:
    """A text mended by guessing would be another draw."""
    rng = random.Random(4)
    text = write_protocol(_protocol(_frame(rng), Criteria(method="simple", size=3), "1"))
    name = broken.partition(":")[0]
    if name == "leaf":
        text = f"{broken}\n{text}"
    else:
        text = re.sub(rf"(?m)^{name}: .*$", lambda _: broken, text)
    with pytest.raises(BadProtocol):
        read_protocol(text)
