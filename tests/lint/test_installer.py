"""The packing lists: a building takes minutes and is done by hand, so what it would trip over is found here."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from installer import contents, parts

ROOT = contents.ROOT

_EVERYTHING_LATE = """
import sys
for name in {excluded}:
    sys.modules[name] = None
import random
import central.commands.serve, central.importing.command, central.sample_city.command
import desktop.app, desktop.pages, desktop.real_mode, desktop.sample_mode, desktop.self_check
from central.installation import open_database
open_database({database!r}, random.Random(1)).close()
"""


def test_every_shipped_file_is_packed() -> None:
    """A forgotten folder shows as a program that has no icons, or a store that cannot be made."""
    packed = {Path(source) for source, _ in contents.data_files()}
    shipped = {path for path in (ROOT / "resources").rglob("*") if path.is_file()}
    left_out = {path.relative_to(ROOT).as_posix() for path in shipped - packed}
    assert {name for name in left_out if "__pycache__" not in name and not name.endswith(".ts")} == {
        "resources/__init__.py"
    }
    for scripts in ("central/migrations", "desktop/models/store/migrations"):
        names = {path.name for path in packed if path.is_relative_to(ROOT / scripts)}
        assert "env.py" in names
        assert {path.name for path in (ROOT / scripts / "versions").glob("*.py")} <= names
    targets = {(Path(source).name, target) for source, target in contents.data_files()}
    assert {("LICENSE", "."), ("LGPL-3.0.txt", "licences"), ("GPL-3.0.txt", "licences")} <= targets
    assert ("desk_zh_CN.qm", "resources/translations") in targets


@pytest.mark.parametrize("module", contents.HIDDEN)
def test_a_module_named_by_hand_exists(module: str) -> None:
    """PyInstaller only warns; the person would see a keyring, a migration or a server that is not there."""
    assert importlib.util.find_spec(module) is not None


def test_the_program_runs_without_what_is_left_out(tmp_path: Path) -> None:
    """A library that begins to need an excluded package would end the packed program at its first import."""
    script = _EVERYTHING_LATE.format(excluded=contents.EXCLUDED, database=str(tmp_path / "central.db"))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", True),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Gui.so.6", True),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/QtCore.abi3.so", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("resources/translations/desk_zh_CN.qm", True),
    ],
)
def test_of_qt_only_what_is_used_stays(path: str, kept: bool) -> None:
    assert contents.is_kept(path) is kept


def test_the_licences_of_what_is_packed_come_along() -> None:
    packages = {target.removeprefix("licences/") for _, target in contents.licence_files()}
    assert {"sqlalchemy", "alembic", "msgspec", "requests", "litestar", "cryptography"} <= packages
    without = set(contents.distributions()) - packages
    # These wheels carry no text: Qt's is in installer/licences, the others' is told in its README.
    named = (ROOT / "installer" / "licences" / "README.md").read_text("utf-8")
    assert [name for name in sorted(without) if f"`{name}`" not in named] == []


def test_the_list_of_parts_is_the_lock_and_nothing_else(tmp_path: Path) -> None:
    """A city that asks what is inside, or whether a build is what it says, compares files: they must not vary."""
    path = parts.write(tmp_path)
    lock = parts.LOCK.read_text("utf-8")
    named = {
        line.partition("==")[0].partition("[")[0]
        for line in lock.splitlines()
        if "==" in line[:60] and line[0].isalnum()
    }
    made = json.loads(path.read_text("utf-8"))
    assert {each["name"] for each in made["components"]} == named
    assert sum(len(each["hashes"]) for each in made["components"]) == lock.count("--hash=sha256:")
    assert parts.list_of_parts(lock, "1") == parts.list_of_parts(lock, "1")
    assert "timestamp" not in path.read_text("utf-8")
    sums = parts.write_sums(tmp_path).read_text("utf-8").split()
    assert sums == [hashlib.sha256(path.read_bytes()).hexdigest(), path.name]
