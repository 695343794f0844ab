"""The same cases in the same run: our list, and what other programs take for the same. One table, with ratios.

Ours reads its encrypted store; the others get the same rows in a plain file, as none of them opens an encrypted one.
Each runs in a process of its own, one after another, and never ours and theirs at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from benchmarks import peer_child as told
from benchmarks.desk_store import KEY, NOW, made_store
from benchmarks.figures import Line, Samples, Section
from benchmarks.place import ROOT
from desktop.models.store import driver

WORDS = ("噪音扰民", "路灯", "378路")
"""What is searched for: four characters of a twelfth of the cases, two of as many, and a road few cases lie at."""

PYTHON = ROOT / ".venv-peers" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
_NAMES = {
    "pandas": "pandas behind a Qt model",
    "django": "Django admin",
    "anki": "Anki's backend",
    "duckdb": "DuckDB",
}
_QT = {
    "QSqlTableModel: open, 256 rows known": told.OPEN,
    "QSqlTableModel: overdue filter": told.OVERDUE,
    "QSqlTableModel: sort by title": told.SORT,
    "QSqlTableModel: to the end": told.END,
}
_PATIENCE_S = 3_000
_Told = tuple[dict[str, list[float]], dict[str, int]]


def measure(folder: Path, *, size: int) -> Section:
    """The table; stores, index and plain file are made in ``folder`` or found there. Needs `.venv-peers`."""
    store = made_store(folder, size)
    plain = folder / f"peers-{size}.db"
    if not plain.exists():
        export(store, plain)
    now = str(int(NOW.timestamp()))
    ours, weights = _run(sys.executable, "benchmarks.peers_ours", str(store), *WORDS)
    peers: dict[str, _Told] = {"QSqlTableModel": _qt(plain)}
    for name, shown in _NAMES.items():
        if PYTHON.exists():
            peers[shown] = _run(str(PYTHON), "benchmarks.peer_child", name, str(plain), now, *WORDS)
    lines: list[Line] = []
    for task in (
        told.OPEN,
        told.OVERDUE,
        told.SORT,
        told.END,
        *(f"{told.SEARCH} {w}" for w in WORDS),
        told.COUNTS,
        told.BY_UNIT,
    ):
        mine = f"{task}: ours"
        lines.append(Line(mine, Samples(ours.get(f"{task}: rows painted") or ours[task])))
        lines += [
            Line(f"{task}: {name}", Samples(seconds[task]), of=mine)
            for name, (seconds, _) in peers.items()
            if task in seconds
        ]
    weights |= {name: weight for _, told_bytes in peers.values() for name, weight in told_bytes.items()}
    memory = "; ".join(f"{name} {weight / 1e6:,.0f} MB" for name, weight in weights.items())
    note = (
        "Ours: encrypted, columns in memory, until rows are painted (searches: looked at and marked). QSqlTableModel "
        "and pandas: plain file, until painted. Django: a page, rendered. Anki: its ids and 64 rows of its browser. "
        f"DuckDB: in memory, counts alone. Memory above a process that has opened nothing: {memory}."
    )
    return Section(f"Beside others, {size:,} cases", tuple(lines), note)


def export(store: Path, plain: Path) -> None:
    """The encrypted store's list and texts as plain SQLite, with the indexes that the questions want."""
    draft = plain.with_suffix(".making")
    draft.unlink(missing_ok=True)
    with closing(driver.connect(store, KEY)) as connection:
        connection.execute("ATTACH DATABASE ? AS bare KEY ''", (str(draft),))
        for table in ("ticket_list", "ticket_text"):
            columns = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            names = ", ".join(f"{c[1]} {c[2]}{' PRIMARY KEY' if c[1] == 'rid' else ''}" for c in columns)
            connection.execute(f"CREATE TABLE bare.{table} ({names})")
            connection.execute(f"INSERT INTO bare.{table} SELECT * FROM main.{table}")
        connection.execute("CREATE INDEX bare.overdue ON ticket_list (open, paused, due_at, number)")
        connection.execute("CREATE INDEX bare.due ON ticket_list (due_at, number)")
        connection.commit()
        connection.execute("DETACH DATABASE bare")
    draft.rename(plain)


def _qt(plain: Path) -> _Told:
    seconds, weights = _run(sys.executable, "benchmarks.lists_child", "peer", str(plain))
    return {_QT[name]: values for name, values in seconds.items() if name in _QT}, weights


def _run(*words: str) -> _Told:
    python, module, *rest = words
    print(f"[bench] {module} {rest[0]}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [python, "-m", module, *rest],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_S,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{module} {rest[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer["seconds"], answer["bytes"]
