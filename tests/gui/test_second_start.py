"""Starting the program twice, with real processes: one window a profile, brought forward whatever it shows."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120

# The program's own `run`, watched from inside: what becomes of its window is told line by line.
PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from desktop.app import make_qt, run
from desktop.options import parse
from desktop.views.shell.main_window import MainWindow
from desktop.views.shell.sign_in import SignInPage

qt = make_qt(sys.argv[:1])
told = []

def tell(word):
    told.append(word)
    print(word, flush=True)

def look():
    window = next((w for w in qt.topLevelWidgets() if isinstance(w, MainWindow)), None)
    if window is None or not isinstance(window.centralWidget(), SignInPage):
        return
    if not told:
        tell("ready")
        window.showMinimized()
    elif told[-1] in ("ready", "forward") and window.isMinimized():
        tell("minimised")
    elif told[-1] == "minimised" and window.isVisible() and not window.isMinimized():
        tell("forward")
        window.showMinimized()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
sys.exit(run(parse(sys.argv[1:]), None))
"""


class Started:
    """One start of the program on a profile."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8",
            "TMPDIR": str(folder), "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-c", PROGRAM, "--profile", str(folder / "profile"), *arguments],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        )  # fmt: skip

    def hear(self) -> str:
        """The next thing its window did; "" when it has ended. One that is silent tells where it hangs, and fails."""
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], PATIENCE_S)[0]:
            self.process.send_signal(signal.SIGABRT)
            _, stacks = self.process.communicate()
            pytest.fail(f"its window did nothing for {PATIENCE_S} s:\n{stacks[-6000:].decode()}")
        return self.process.stdout.readline().decode().strip()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.mark.timeout(120)
def test_a_second_start_brings_the_first_window_forward_and_ends(tmp_path: Path) -> None:
    """Minimised, still at the sign-in: whoever clicks the icon again sees the window that is there, each time."""
    first = Started(tmp_path)
    try:
        assert [first.hear(), first.hear()] == ["ready", "minimised"]
        for _ in range(2):
            second = Started(tmp_path, "hotline://ticket/20240000001")
            try:
                assert second.process.wait(60) == 0
                assert second.hear() == ""
            finally:
                second.end()
            assert [first.hear(), first.hear()] == ["forward", "minimised"]
    finally:
        first.end()


@pytest.mark.timeout(120)
def test_what_a_killed_program_left_locked_does_not_lock_its_owner_out(tmp_path: Path) -> None:
    """kill -9, a power cut: the next start opens its window as if nothing had been."""
    for _ in range(2):
        started = Started(tmp_path)
        try:
            assert started.hear() == "ready"
        finally:
            started.process.kill()
            started.end()
    assert (tmp_path / "profile" / "running.lock").exists()
