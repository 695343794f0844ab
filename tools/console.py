"""How the developer's commands speak: one voice for steps, failures and child processes.

Standard library only. It decides no policy: what to run and what a failure means is the caller's.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """A command cannot go on; the text says why and what the person can do. Printed without a traceback."""


def say(text: str) -> None:
    """One line about what happens now, on standard error: standard output belongs to the tools' own results."""
    print(f"[dev] {text}", file=sys.stderr, flush=True)


def call(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, stdout: TextIO | None = None
) -> int:
    """Run a child in the checkout, in the foreground; its exit code. Ctrl+C reaches the child and ends as 130."""
    sys.stdout.flush()
    words = [str(part) for part in command]
    try:
        return subprocess.run(words, env=env, cwd=ROOT, stdout=stdout, check=False).returncode
    except KeyboardInterrupt:
        return 130


def must(
    command: Sequence[str | Path],
    failure: str,
    *,
    env: Mapping[str, str] | None = None,
    stdout: TextIO | None = None,
) -> None:
    """Run a child that has to succeed; otherwise Stop with `failure` and the command to try by hand."""
    code = call(command, env=env, stdout=stdout)
    if code != 0:
        line = shlex.join(str(part) for part in command)
        raise Stop(f"{failure}\nThis command ended with code {code}:\n  {line}")
