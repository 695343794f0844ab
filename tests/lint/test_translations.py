"""The check on translations: where it is blind, an English sentence stands on a Chinese screen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import translations

PAGE = """
from PySide6.QtCore import QCoreApplication, QObject

class Page(QObject):
    def title(self) -> str:
        return self.tr("Overdue since {day}")

    def hint(self, n: int) -> str:
        return self.tr("%n case(s)", "", n)

def word() -> str:
    return QCoreApplication.translate("Words", "Urge")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout with one page, whose texts are collected and not translated."""
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "page.py").write_text(PAGE, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    translations.collect(tmp_path, tmp_path)
    return tmp_path


def translate(project: Path, *texts: tuple[str, str]) -> None:
    ts = project / "desk_zh_CN.ts"
    for source, chinese in texts:
        before, at, after = ts.read_text(encoding="utf-8").partition(f"<source>{source}</source>")
        assert at
        after = after.replace(
            '<translation type="unfinished"></translation>', f"<translation>{chinese}</translation>", 1
        )
        ts.write_text(before + at + after, encoding="utf-8")


def test_what_is_open_wrong_or_unused_is_named(project: Path) -> None:
    found = translations.problems(project, project)
    assert sorted(line.split(":")[0] for line in found) == ["Page", "Page", "Page", "Words"]

    translate(project, ("Overdue since {day}", "自{tag}起逾期"), ("Urge", "催办"))
    found = translations.problems(project, project)
    assert any("placeholders differ" in line and "Overdue" in line for line in found)
    assert not any("Urge" in line for line in found)

    (project / "desktop" / "page.py").write_text(PAGE.replace('"Urge"', '"Remind"'), encoding="utf-8")
    found = translations.problems(project, project)
    assert "'Urge' is no longer used: python3 dev.py translations --tidy" in found


def test_a_text_that_lupdate_overlooks_is_named(project: Path) -> None:
    """A keyword argument is enough to make lupdate skip a call; the program would stay English there."""
    page = PAGE.replace('"Words", "Urge")', '"Words", "%n urge(s)", n=2)')
    (project / "desktop" / "page.py").write_text(page, encoding="utf-8")
    found = translations.problems(project, project)
    assert any("%n urge(s)" in line and "lupdate does not see it" in line for line in found)
