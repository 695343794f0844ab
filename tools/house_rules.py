"""The project's own lint: what no general tool knows about this house. Run by `python3 dev.py lint`.

Pure functions over source text and its syntax tree; standard library only. Each rule names itself, the line and what to
do instead. Exemptions stand in pyproject.toml under [tool.house-rules], each with its reason; one that has become
needless is a finding too.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)

LONGEST_FILE = 400

# Reading the world without being handed it. A trailing dot means everything inside.
_WORLD = (
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.sleep", "time.localtime", "time.gmtime",
    "uuid.uuid1", "uuid.uuid4", "uuid.uuid6", "uuid.uuid7", "os.urandom", "secrets.", "asyncio.sleep", "anyio.sleep",
    "random.random", "random.randint", "random.randrange", "random.randbytes", "random.getrandbits", "random.choice",
    "random.choices", "random.sample", "random.shuffle", "random.uniform", "random.gauss", "random.seed",
    "random.SystemRandom",
    "PySide6.QtCore.QDateTime.currentDateTime", "PySide6.QtCore.QDateTime.currentDateTimeUtc",
    "PySide6.QtCore.QDateTime.currentMSecsSinceEpoch", "PySide6.QtCore.QDate.currentDate",
    "PySide6.QtCore.QTime.currentTime", "PySide6.QtCore.QUuid.createUuid", "PySide6.QtCore.QThread.sleep",
    "PySide6.QtCore.QThread.msleep", "PySide6.QtCore.QRandomGenerator.",
)  # fmt: skip

# Widgets and calls that guess whether a text is rich: a citizen's "<img src=…>" would be rendered.
# Item widgets and completers lay out every text whole, and their tooltips guess; a tray hands markup to the system.
_RICH_NAMES = frozenset(
    (
        "QLabel", "QMessageBox", "QProgressDialog", "QInputDialog", "QErrorMessage", "QToolTip", "QWhatsThis",
        "QFormLayout", "QTextEdit", "QTextBrowser", "QGraphicsTextItem", "QStaticText", "QWizard", "QDockWidget",
        "QGroupBox", "QSystemTrayIcon", "QStatusBar", "QCompleter", "QComboBox", "QListWidget", "QListWidgetItem",
        "QTableWidget", "QTableWidgetItem", "QTreeWidget", "QTreeWidgetItem", "QStandardItem", "QWebEngineView",
    )
)  # fmt: skip
_RICH_CALLS = frozenset(
    (
        "setToolTip", "setTabToolTip", "setWhatsThis", "setStatusTip", "setHtml", "insertHtml", "appendHtml",
        "setMarkdown", "insertMarkdown", "setInformativeText", "setDetailedText", "setLabelText", "showMessage",
    )
)  # fmt: skip

# Titles, menus and tabs are seen outside the page, or take "&" for a key: words of our own, or text made fit for them.
_OWN_WORDS = frozenset(
    (
        "setWindowTitle",
        "setWindowFilePath",
        "addAction",
        "QAction",
        "addMenu",
        "addTab",
        "setTabText",
        "addItem",
        "addItems",
    )
)
_MADE_FIT = frozenset(("tr", "translate", "plain", "menu_text"))

# A folder of one person's machine, at the start of a path.
_MACHINE_PATH = re.compile(r"(?<![\w.~/-])(?:/(?:home|root|work|Users)/|[A-Z]:\\Users\\)")

_NPM_LOCK = re.compile(
    r'^    "(?P<name>node_modules/[^"]+)": \{\n(?P<body>.*?)^    \}', re.MULTILINE | re.DOTALL
)
_INDEX_OPTION = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host")


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of one rule; `line` counts from 1."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


@dataclass(frozen=True)
class Exemption:
    """A rule that does not hold for a file, or for a folder when `path` ends in a slash, and why."""

    rule: str
    path: str
    why: str

    def covers(self, finding: Finding) -> bool:
        same = finding.path.startswith(self.path) if self.path.endswith("/") else finding.path == self.path
        return same and finding.rule == self.rule


def determinism(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Clock, ids, randomness and sleep are parameters: nobody fetches them from the world."""
    if not path.startswith(("desktop/", "central/")):
        return
    for node, name in _dotted_names(tree):
        if any(name == banned or (banned.endswith(".") and name.startswith(banned)) for banned in _WORLD):
            hint = "take a Clock, a NewId, an rng or a wait as a parameter (desktop/models/domain/clock.py, ids.py)"
            yield Finding(path, node.lineno, "determinism", f"{name}: {hint}")
    for call in _nodes(tree, ast.Call):
        if ast.unparse(call.func) in ("random.Random", "Random") and not call.args:
            yield Finding(
                path, call.lineno, "determinism", "a generator without a seed: take it as a parameter"
            )


def fixed_sleep(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A test waits for what it wants to see, not for a number of seconds; to step aside for no time is no sleep."""
    if not path.startswith("tests/"):
        return
    for call in _nodes(tree, ast.Call):
        if ast.unparse(call) == "asyncio.sleep(0)":
            continue
        if ast.unparse(call.func) in ("time.sleep", "sleep", "asyncio.sleep", "qtbot.wait", "QTest.qWait"):
            yield Finding(
                path,
                call.lineno,
                "fixed-sleep",
                "wait for the condition (qtbot.waitUntil, an event, a reply)",
            )


def plain_text(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Text from outside is painted as plain text, by the widgets of desktop/views/common and by nothing else."""
    if not path.startswith("desktop/") or path.startswith("desktop/views/common/"):
        return
    hint = "may render outside text as HTML: use desktop/views/common"
    printing = path.startswith("desktop/services/documents/")  # composes escaped HTML for paper
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and node.name in _RICH_NAMES:
            yield Finding(path, node.lineno, "plain-text", f"{node.name} {hint}")
        elif isinstance(node, ast.Attribute) and (node.attr in _RICH_NAMES or node.attr == "ToolTipRole"):
            yield Finding(path, node.lineno, "plain-text", f"{node.attr} {hint}")
        elif isinstance(node, ast.Attribute) and node.attr in _RICH_CALLS and not printing:
            yield Finding(path, node.lineno, "plain-text", f"{node.attr}() {hint}")
        elif isinstance(node, ast.Call) and _called(node) in _OWN_WORDS and not _says_own_words(node):
            own = "says our own words, self.tr(…), or what menu_text() of desktop/views/common made fit"
            yield Finding(path, node.lineno, "plain-text", f"{_called(node)}() {own}")


def _called(call: ast.Call) -> str:
    """The name of what is called, without what it belongs to."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def _says_own_words(call: ast.Call) -> bool:
    """Whether the text handed over (the last argument of a tab or title, the first of an action) is one of ours."""
    if not call.args:
        return True
    said = call.args[-1] if _called(call) in ("addTab", "setTabText") else call.args[0]
    if isinstance(said, ast.Constant):
        return True
    return isinstance(said, ast.Call) and _called(said) in _MADE_FIT


def event_loop(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Nobody turns the event loop by hand: a slot would run inside another slot."""
    if path.startswith("desktop/"):
        for node in _nodes(tree, ast.Attribute):
            if node.attr == "processEvents":
                yield Finding(
                    path, node.lineno, "event-loop", "processEvents re-enters slots: use a lane or a timer"
                )


def literal_tr(path: str, tree: ast.Module) -> Iterator[Finding]:
    """lupdate reads source text, so a text to translate is a literal, in the class whose name is its context."""
    if not path.startswith("desktop/"):
        return
    for call in _nodes(tree, ast.Call):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name not in ("tr", "translate") or (name == "translate" and len(call.args) < 2):
            continue
        if name == "translate" and not ast.unparse(call.func).endswith("QCoreApplication.translate"):
            continue
        if name == "tr" and ast.unparse(call.func) != "self.tr":
            yield Finding(
                path,
                call.lineno,
                "literal-tr",
                "write self.tr(): lupdate takes the class around it as context",
            )
        if name == "translate" and "%n" in ast.unparse(call.args[1]):
            yield Finding(
                path, call.lineno, "literal-tr", "a plural needs self.tr(text, '', n): lupdate misses it here"
            )
        literals = call.args[: 1 if name == "tr" else 2]
        if not all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in literals):
            yield Finding(
                path,
                call.lineno,
                "literal-tr",
                f"{name}() takes literal strings, or lupdate does not see them",
            )


TREE_RULES: tuple[Callable[[str, ast.Module], Iterator[Finding]], ...] = (
    determinism,
    fixed_sleep,
    plain_text,
    event_loop,
    literal_tr,
)


def long_file(path: str, text: str) -> Iterator[Finding]:
    """Past 400 lines a file wants a split along a line of meaning, or a reason."""
    if path.endswith(".py") and text.count("\n") > LONGEST_FILE:
        lines = text.count("\n")
        yield Finding(
            path, 1, "long-file", f"{lines} lines: split it along a line of meaning, or give the reason"
        )


def machine_path(path: str, text: str) -> Iterator[Finding]:
    """What is committed works on any machine."""
    for number, line in enumerate(text.splitlines(), 1):
        found = _MACHINE_PATH.search(line)
        if found:
            yield Finding(path, number, "machine-path", f"{found.group()} is a folder of one machine")


def bare_lock(path: str, text: str) -> Iterator[Finding]:
    """Locks pin by hash and name no host, so that a city installs from the index it trusts."""
    npm = path.endswith("package-lock.json")
    if not (path.startswith("lock/") or path == "pyproject.toml" or npm):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if _INDEX_OPTION.search(line) and not line.lstrip().startswith("#"):
            yield Finding(path, number, "bare-lock", "no index and no address belongs into dependency files")
    if npm:
        for entry in _NPM_LOCK.finditer(text):
            if '"integrity": "sha512-' not in entry["body"]:
                at = text.count("\n", 0, entry.start()) + 1
                yield Finding(path, at, "bare-lock", f"{entry['name']} has no hash")
    if path.endswith(".txt"):
        for number, requirement in _requirements(text):
            if "--hash=sha256:" not in requirement:
                yield Finding(path, number, "bare-lock", f"{requirement.split()[0]} has no hash")


TEXT_RULES: tuple[Callable[[str, str], Iterator[Finding]], ...] = (long_file, machine_path, bare_lock)


def check_source(path: str, text: str) -> list[Finding]:
    """All findings in one file; `path` is relative to the project, with forward slashes, and decides what applies."""
    findings = [finding for rule in TEXT_RULES for finding in rule(path, text)]
    if path.endswith(".py"):
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            return [*findings, Finding(path, error.lineno or 1, "syntax", error.msg)]
        findings += [finding for rule in TREE_RULES for finding in rule(path, tree)]
    return sorted(findings)


def check_project(root: Path) -> list[Finding]:
    """All findings in the project's files (tracked, and new ones that are not ignored), less the exempted ones."""
    found = [
        finding
        for path in project_files(root)
        if (text := _read(root / path)) is not None
        for finding in check_source(path, text)
    ]
    exemptions = read_exemptions(root / "pyproject.toml")
    kept = [finding for finding in found if not any(exemption.covers(finding) for exemption in exemptions)]
    for exemption in exemptions:
        if (root / exemption.path).exists() and not any(exemption.covers(finding) for finding in found):
            text = f"the exemption of {exemption.path} from {exemption.rule} is no longer needed"
            kept.append(Finding("pyproject.toml", 1, "needless-exemption", text))
    return sorted(kept)


def read_exemptions(pyproject: Path) -> list[Exemption]:
    """From [[tool.house-rules.exempt]]; KeyError when an entry lacks its rule, its path or its reason."""
    table = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    entries = table.get("tool", {}).get("house-rules", {}).get("exempt", [])
    return [Exemption(entry["rule"], entry["path"], entry["why"]) for entry in entries]


def project_files(root: Path) -> list[str]:
    """Paths of the project's own files, relative, sorted. Needs git, as every checkout has it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return sorted({path for path in listing.split("\0") if path})


def _read(path: Path) -> str | None:
    """A file's text, or None for pictures, fonts and files deleted but not yet committed."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _requirements(text: str) -> Iterator[tuple[int, str]]:
    """(line number, whole requirement with its continuation lines) of a lock file."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith((" ", "#")):
            end = number
            while lines[end - 1].endswith("\\"):
                end += 1
            yield number, " ".join(lines[number - 1 : end])


def _dotted_names(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Every name or attribute chain that starts at an import, with its full dotted name."""
    origin: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                origin[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                origin[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in origin:
            yield node, origin[node.id]
        elif isinstance(node, ast.Attribute):
            head, _, tail = ast.unparse(node).partition(".")
            if head in origin:
                yield node, f"{origin[head]}.{tail}"


def _nodes(tree: ast.AST, kind: type[Node]) -> Iterator[Node]:
    return (node for node in ast.walk(tree) if isinstance(node, kind))


def report(findings: Iterable[Finding]) -> int:
    """Print what was found; 1 if there was anything."""
    lines = [str(finding) for finding in findings]
    print("\n".join(lines) if lines else "House rules: nothing found.", flush=True)
    return 1 if lines else 0
