"""All that is checked without running the program, in the order of how fast it answers.

mypy takes as long as all the others together, on one core: it starts first, works beside them and is heard last.

Runs in the project's environment through dev.py. What each check asks for stands in pyproject.toml.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools import environment, house_rules, translations
from tools.console import ROOT, call, say

# What mypy looks at, as far as it exists.
_TYPED = ("dev.py", "tools", "desktop", "central", "tests", "benchmarks", "installer")


def run(*, fix: Sequence[str] | None = None) -> int:
    """Run every check, also after one has failed; 0 only if all passed.

    `fix` names files and folders that ruff first mends and formats; an empty sequence means all, None means nothing.
    """
    ruff = environment.program("ruff")
    if fix is not None:
        where = fix or ["."]
        call([ruff, "check", "--fix", "--quiet", *where])
        call([ruff, "format", "--quiet", *where])
    # Its cache goes by the importing file alone and does not notice that the imported one has come or gone.
    linter = [environment.program("lint-imports")]
    with _beside([str(environment.program("mypy")), *(n for n in _TYPED if (ROOT / n).exists())]) as typed:
        return _run(ruff, linter, typed)


def _run(ruff: Path, linter: list[Path], typed: Callable[[], int]) -> int:
    checks: tuple[tuple[str, Callable[[], int]], ...] = (
        ("house rules", lambda: house_rules.report(house_rules.check_project(ROOT))),
        ("ruff check", lambda: call([ruff, "check", "."])),
        ("ruff format", lambda: call([ruff, "format", "--check", "."])),
        ("translations", _translations),
        ("import-linter", lambda: call([*linter, "--no-logo", "--no-cache"], env=_wide())),
        ("mypy", typed),
    )
    failed: list[str] = []
    for name, check in checks:
        started = time.perf_counter()
        code = check()
        more = " more" if name == "mypy" else ""
        say(f"{name}: {'passed' if code == 0 else 'FAILED'} ({time.perf_counter() - started:.1f} s{more})")
        if code != 0:
            failed.append(name)
    if failed:
        say(f"lint failed: {', '.join(failed)}")
    return 1 if failed else 0


@contextmanager
def _beside(command: list[str]) -> Iterator[Callable[[], int]]:
    """Runs a check while the block runs others; called, it waits, prints what the check said, and gives its code."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        running = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)

        def ended() -> int:
            code = running.wait()
            said.seek(0)
            print(said.read(), end="", flush=True)
            return code

        try:
            yield ended
        finally:
            running.kill()
            running.wait()


def _translations() -> int:
    problems = translations.problems()
    for problem in problems:
        print(problem)
    if problems:
        print(
            "Collect new texts with `python3 dev.py translations`, then translate them in resources/translations."
        )
    else:
        print("Translations: every text is translated.")
    return 1 if problems else 0


def _wide() -> dict[str, str]:
    """import-linter draws to the terminal's width and encoding; a path broken in two cannot be clicked."""
    return {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"}
