"""The project's own lint: a rule that stops catching would let the house decay without anybody noticing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.contracts import Room, room_of
from tools.house_rules import check_source, read_exemptions

ENGINE = "desktop/services/sync/round.py"
PAGE = "desktop/views/inspections/page.py"
BARE_WIDGETS = (
    "QLabel", "QMessageBox", "QProgressDialog", "QInputDialog", "QErrorMessage", "QFormLayout", "QToolTip",
    "QWhatsThis", "QTextEdit", "QTextBrowser", "QSystemTrayIcon", "QStatusBar", "QCompleter", "QComboBox",
    "QListWidgetItem",
    "QTableWidgetItem", "QTreeWidgetItem", "QStandardItem", "QGroupBox",
)  # fmt: skip
BARE_CALLS = (
    "setToolTip", "setTabToolTip", "setWhatsThis", "setStatusTip", "setHtml", "insertHtml", "appendHtml", "setMarkdown",
    "setInformativeText", "setDetailedText", "setLabelText", "showMessage", "setWindowTitle", "setTabText", "addItem",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "source", "rule"),
    [
        (ENGINE, "from datetime import datetime\nx = datetime.now()", "determinism"),
        (ENGINE, "import datetime as dt\nx = dt.date.today()", "determinism"),
        (ENGINE, "from time import sleep as nap\nnap(1)", "determinism"),
        (ENGINE, "import uuid\nfield = dict(default_factory=uuid.uuid4)", "determinism"),
        (ENGINE, "import random\nrandom.shuffle([])", "determinism"),
        (ENGINE, "from random import Random\nrng = Random()", "determinism"),
        ("central/tokens.py", "import secrets\nsecrets.token_urlsafe()", "determinism"),
        (PAGE, "from PySide6.QtCore import QDateTime\nQDateTime.currentDateTime()", "determinism"),
        ("tests/gui/test_page.py", "import time\ntime.sleep(1)", "fixed-sleep"),
        ("tests/gui/test_page.py", "def test(qtbot): qtbot.wait(100)", "fixed-sleep"),
        (PAGE, "from PySide6.QtWidgets import QLabel", "plain-text"),
        (PAGE, "from PySide6 import QtWidgets\nQtWidgets.QMessageBox.warning(None, '', text)", "plain-text"),
        (PAGE, "button.setToolTip(name)", "plain-text"),
        *((PAGE, f"from PySide6.QtWidgets import {name}", "plain-text") for name in BARE_WIDGETS),
        *(
            (PAGE, f"from PySide6 import QtWidgets\nw = QtWidgets.{name}(text)", "plain-text")
            for name in BARE_WIDGETS
        ),
        *((PAGE, f"thing.{name}(text)", "plain-text") for name in BARE_CALLS),
        (PAGE, "menu.addAction(person.name)", "plain-text"),
        (PAGE, "menu.addAction(f'{person.name}')", "plain-text"),
        (PAGE, "QAction(case.title, parent)", "plain-text"),
        (PAGE, "tabs.addTab(page, case.title)", "plain-text"),
        (
            PAGE,
            "class P:\n  def f(self): self.setWindowTitle(self.tr('Case {n}').format(n=number))",
            "plain-text",
        ),
        (
            "desktop/models/items/table.py",
            "from PySide6.QtCore import Qt\nQt.ItemDataRole.ToolTipRole",
            "plain-text",
        ),
        (PAGE, "app.processEvents()", "event-loop"),
        (PAGE, "class P:\n  def f(self): return self.tr(text)", "literal-tr"),
        (PAGE, "QCoreApplication.translate('Words', '%n cases', '', n)", "literal-tr"),
        (PAGE, "class P:\n  def f(self): return self.box.tr('a')", "literal-tr"),
        ("lock/run.txt", "requests==2.0 --index-url example", "bare-lock"),
        ("lock/run.txt", "requests==2.0", "bare-lock"),
        ("tests/x/package-lock.json", '      "resolved": "https://host.example/x.tgz",', "bare-lock"),
        ("tests/x/package-lock.json", '    "node_modules/x": {\n      "version": "1"\n    }', "bare-lock"),
        ("docs/note.md", "see " + "/root" + "/notes", "machine-path"),
        (ENGINE, "x = 1\n" * 401, "long-file"),
        (ENGINE, "def (", "syntax"),
    ],
)
def test_a_breach_is_found(path: str, source: str, rule: str) -> None:
    assert rule in {finding.rule for finding in check_source(path, source)}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (ENGINE, "import random\ndef draw(rng: random.Random, clock): return rng.random(), clock.now()"),
        (ENGINE, "import random\nrng = random.Random(7)"),
        (ENGINE, "from datetime import datetime\nx = datetime.fromisoformat('2012-01-01')"),
        ("desktop/views/common/labels.py", "from PySide6.QtWidgets import QLabel\nlabel.setToolTip(text)"),
        (PAGE, "class P:\n  def f(self): return self.tr('%n cases', '', n)"),
        (PAGE, "class P:\n  def f(self): self.setWindowTitle(self.tr('Case'))"),
        (PAGE, "menu.addAction(menu_text(person.name))"),
        (PAGE, "tabs.addTab(page, menu_text(case.title))"),
        (PAGE, "str.maketrans('a', 'b'); text.translate(table)"),
        ("lock/run.txt", "requests==2.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11"),
        ("docs/note.md", "GET /sync/changes and central/work/list and https://example.org/home/page"),
    ],
)
def test_what_is_right_passes(path: str, source: str) -> None:
    assert check_source(path, source) == []


def test_every_exemption_says_why() -> None:
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    assert all(len(exemption.why) > 20 for exemption in read_exemptions(pyproject))


def test_a_room_is_given_what_its_line_says_and_no_more() -> None:
    domain = Room.parse("desktop.models.domain: msgspec")
    assert domain.may_import("desktop.models.domain.ids", third_party=False)
    assert domain.may_import("msgspec.structs", third_party=True)
    assert not domain.may_import("requests", third_party=True)
    assert not domain.may_import("desktop.models.store", third_party=False)
    assert not domain.may_import("desktop.models.domain_extra", third_party=False)

    central = Room.parse("central: desktop.models.domain * !PySide6")
    assert central.may_import("litestar", third_party=True)
    assert not central.may_import("PySide6", third_party=True)
    assert not central.may_import("desktop.services.api", third_party=False)

    rooms = [Room.parse("desktop: *"), domain]
    assert room_of("desktop.models.domain.ids", rooms) == domain
    assert room_of("elsewhere", rooms) is None
