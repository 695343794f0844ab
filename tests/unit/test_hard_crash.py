"""A program that the system ended: what is told of it at the next start, and what is not."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop.crash import CrashReports, Report, hard_crash

CRASH = """
import faulthandler, sys
out = open(sys.argv[1], "w")
faulthandler.enable(out)
def open_case():
    faulthandler._sigsegv()
def 张三():
    open_case()
张三()
"""


def test_a_hard_crash_is_told_of_without_a_name(tmp_path: Path) -> None:
    """The dump of a dying process names the home folder; at the next start it is a report like any other, and gone."""
    home = tmp_path / "欧阳小敏" / "program" / "desktop"
    logs = tmp_path / "logs"
    home.mkdir(parents=True)
    logs.mkdir()
    (home / "case.py").write_text(CRASH, "utf-8")
    dump = logs / "hard-crash.txt"
    ended = subprocess.run([sys.executable, str(home / "case.py"), str(dump)], check=False)
    assert ended.returncode != 0
    assert str(tmp_path) in dump.read_text("utf-8"), "the system's own dump says where it lay"
    reports, told = CrashReports(logs, "1.0", lambda: datetime(2024, 5, 14, tzinfo=UTC)), list[Report]()
    reports.install()
    try:
        assert dump.read_text("utf-8") == "", "the raw dump does not lie about"
        reports.tell(told.append)
        assert told == [], "there is no window yet to say so in"
        for _ in range(2):
            reports.tell_before()
    finally:
        reports.uninstall()
    (report,) = told
    assert "desktop/case.py, line 6 in open_case" in report.text
    assert "Segmentation fault" in report.text
    for kept_back in (str(tmp_path), "欧阳小敏", "u6b27", "张三", "u5f20", "program/desktop"):
        assert kept_back not in report.text


def test_what_is_no_place_is_left_out() -> None:
    """Whatever else a dump holds, it is not for a report."""
    folder = "\\".join(("C:", "Users", "wang", "x", "y.py"))
    dump = [
        "Fatal Python error: Aborted: 13800138000",
        f'  File "{folder}", line 3 in f',
        "13800138000 张三",
    ]
    assert hard_crash("\n".join(dump))[1:] == ["Fatal Python error: Aborted:", "  x/y.py, line 3 in f"]
