"""All that is checked without running the program, in the order of how fast it answers.

Runs in the project's environment through dev.py. What each check asks for stands in pyproject.toml.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

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
    typed = [name for name in _TYPED if (ROOT / name).exists()]
    checks: tuple[tuple[str, Callable[[], int]], ...] = (
        ("house rules", lambda: house_rules.report(house_rules.check_project(ROOT))),
        ("ruff check", lambda: call([ruff, "check", "."])),
        ("ruff format", lambda: call([ruff, "format", "--check", "."])),
        ("translations", _translations),
        ("import-linter", lambda: call([*linter, "--no-logo", "--no-cache"], env=_wide())),
        ("mypy", lambda: call([environment.program("mypy"), *typed])),
    )
    failed: list[str] = []
    for name, check in checks:
        started = time.perf_counter()
        code = check()
        say(f"{name}: {'passed' if code == 0 else 'FAILED'} ({time.perf_counter() - started:.1f} s)")
        if code != 0:
            failed.append(name)
    if failed:
        say(f"lint failed: {', '.join(failed)}")
    return 1 if failed else 0


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
