"""What is imported before the first rows of a start are on the screen: names, not milliseconds.

A module that is new here makes every start slower for everybody. If the first rows really need it, it belongs into the
list below; else it is imported where it is used, or by whoever comes after the first rows (`desktop/first_look.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.support.left_desk import Program
from tests.support.ticket_rows import reference, tickets

_PATIENCE_S = 120

# Qt and its Python half, decoding, the encrypted file.
_PACKAGES = frozenset(
    [
        "PySide6",
        "shiboken6",
        "shibokensupport",
        "signature_bootstrap",
        "__feature__",
        "msgspec",
        "sqlcipher3",
        "typing_extensions",
    ]
)
# Heavy parts of the standard library that nothing on the way needs.
_NOT_OF_PYTHON = frozenset(
    [
        "asyncio",
        "concurrent",
        "ctypes",
        "email",
        "html",
        "http",
        "multiprocessing",
        "sqlite3",
        "ssl",
        "subprocess",
        "unittest",
        "urllib",
        "xml",
    ]
)
_OURS: dict[str, str] = {
    "desktop": "app begin first_look languages models options pages paths preset services settings single_instance "
    "views wardrobe world __main__",
    "desktop.models": "domain items store",
    "desktop.models.domain": "absence calendar clock contradictions deadlines entities finding_payloads harmless "
    "ids inspection_payloads inspection_rules ladder_rules letters office_hours operations payloads profile "
    "search_text tickets upward_payloads visit_payloads visit_rules wire",
    "desktop.models.items": "roles windowed",
    "desktop.models.store": "driver first_rows mark setting_keys",
    "desktop.services": "account queries",
    "desktop.services.account": "early_keyring keys vault",
    "desktop.services.queries": "base ticket_row",
    "desktop.views": "common shell",
    "desktop.views.common": "case_words clipboard column_layout column_memory columns delegates header icons page "
    "painted_table pills resources rows states tables text theme ticket_list tokens",
    "desktop.views.common.ticket_list": "columns queues",
    "desktop.views.shell": "first_look main_window pages",
}
_ALLOWED = {f"{package}.{name}" for package, names in _OURS.items() for name in names.split()} | {"desktop"}


def test_the_first_rows_need_few_imports(tmp_path: Path, qapp: QApplication) -> None:
    """Nor is a name in the list that nobody imports any more: it would let the module come back unseen."""
    program = Program(tmp_path, qapp)
    program.leave(*reference(), *tickets(80, seed=5))
    settings = program.settings()
    settings.place = "supervision", "overdue"
    settings.outline = "1366 768 200 116 740 600 216 18 60 20 284 12 60 30"
    imported = _imported_by_first_rows(program, tmp_path)
    new = sorted(name for name in imported if _is_new(name))
    told = "\n".join(f"  {name}: {_story(name, imported)}" for name in new)
    assert not new, f"imported before the first rows, and not needed for them so far:\n{told}"
    assert not _ALLOWED - imported.keys(), "nobody imports these any more: take them out of the list"


def _is_new(name: str) -> bool:
    top = name.partition(".")[0]
    if top in ("desktop", "central"):
        return name not in _ALLOWED
    if top == "tests":
        return False
    if top in sys.stdlib_module_names or top.startswith("_"):
        return top in _NOT_OF_PYTHON
    return top not in _PACKAGES


def _story(name: str, imported: dict[str, str]) -> str:
    """ "by a, which came by b, …" up to the program's entry."""
    chain: list[str] = []
    by = imported.get(name, "")
    while by and by not in chain and len(chain) < 12:
        chain.append(by)
        by = imported.get(by, "")
    return "by " + ", which came by ".join(chain) if chain else "by nobody known"


def _imported_by_first_rows(program: Program, folder: Path) -> dict[str, str]:
    """Module → who imported it, of the real program in a process of its own."""
    report, secrets = folder / "imports.json", folder / "secrets.json"
    secrets.write_text(json.dumps(program.keyring.kept))
    words = [str(report), str(secrets), "--profile", str(program.paths.root), "--language", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.start_imports", *words],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, str] = json.loads(report.read_text())
    return found
