"""The interface's languages: collecting the source texts, checking that each is translated, building what Qt loads.

Source texts are English; `desk_zh_CN.ts` holds the Chinese, `desk_en.ts` only English plurals ("1 case", "2 cases").
The .ts files are committed, the .qm files are built at set-up. Standard library and Qt's own lupdate and lrelease.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import environment
from tools.console import ROOT, Stop
from tools.house_rules import project_files

FOLDER = ROOT / "resources" / "translations"
CHINESE = FOLDER / "desk_zh_CN.ts"
ENGLISH = FOLDER / "desk_en.ts"

_NOTE = re.compile(r" *<extracomment>.*?</extracomment>\n", re.DOTALL)
_PLACEHOLDER = re.compile(r"%n|%L?\d|\{[^{}]*\}")


@dataclass(frozen=True, order=True)
class Message:
    """A text as Qt looks it up."""

    context: str
    source: str

    def __str__(self) -> str:
        return f"{self.context}: {self.source!r}"


def collect(root: Path = ROOT, folder: Path = FOLDER, *, tidy: bool = False) -> None:
    """Bring both .ts files up to the sources: new texts come in unfinished, unused ones are marked, or go if `tidy`.

    Marked first, because a text that vanishes while a file is being rewritten comes back with its translation.
    """
    sources = _sources(root)
    if not sources:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        listing = Path(scratch) / "sources.lst"
        listing.write_text("\n".join(str(root / path) for path in sources), encoding="utf-8")
        common: list[str | Path] = [environment.program("pyside6-lupdate"), f"@{listing}", "-silent"]
        common += ["-locations", "none", "-source-language", "en", *(["-no-obsolete"] if tidy else [])]
        for name, options in ((CHINESE.name, ["zh_CN"]), (ENGLISH.name, ["en", "-pluralonly"])):
            ts = folder / name
            _qt([*common, "-target-language", *options, "-ts", ts])
            # lupdate takes every "#:" comment before a text for a note to the translator.
            ts.write_text(_NOTE.sub("", ts.read_text(encoding="utf-8")), encoding="utf-8")


def build(*, force: bool = False) -> None:
    """Compile each .ts whose .qm is missing or older. Does nothing when all are current."""
    for ts in (CHINESE, ENGLISH):
        qm = ts.with_suffix(".qm")
        if ts.exists() and (force or not qm.exists() or qm.stat().st_mtime < ts.stat().st_mtime):
            _qt([environment.program("pyside6-lrelease"), "-silent", ts, "-qm", qm])


def problems(root: Path = ROOT, committed: Path = FOLDER) -> list[str]:
    """What a Chinese reader would stumble over: texts untranslated, lost by lupdate, or with other placeholders.

    Works on a copy; the committed files stay as they are.
    """
    found: list[str] = []
    expected = set(expected_messages(root))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for ts in committed.glob("*.ts"):
            (folder / ts.name).write_bytes(ts.read_bytes())
        collect(root, folder)
        if (folder / CHINESE.name).exists():
            found += _untranslated(folder / CHINESE.name)
            found += _untranslated(folder / ENGLISH.name)
            found += _unused(folder / CHINESE.name)
            collected = {Message(context, _text(node)) for context, node in _messages(folder / CHINESE.name)}
        else:
            collected = set()
    found += [
        f"{message}: lupdate does not see it; write it on a line of its own"
        for message in sorted(expected - collected)
    ]
    found += [
        f"{message}: lupdate put it under a class that does not hold it"
        for message in sorted(collected - expected)
    ]
    return found


def missing() -> list[str]:
    """What is open, after `collect`, as lines that `fill` takes once their empty columns are filled in."""
    english = {Message(context, _text(node)) for context, node in _open(ENGLISH)}
    lines: set[str] = set()
    for ts in (CHINESE, ENGLISH):
        for context, node in _open(ts):
            message = Message(context, _text(node))
            columns = [
                context,
                message.source.replace("\n", "\\n"),
                "",
                *(["", ""] if message in english else []),
            ]
            lines.add("\t".join(columns))
    return sorted(lines)


def fill(table: Path) -> int:
    """Take translations from lines of `context, English, Chinese`, parted by tabs; returns how many were put in.

    A text with a plural has two columns more: English for one and for many ("1 case", "%n cases"). `*` as context
    stands for every context with that English text; an empty column changes nothing. A line that fits nothing is a
    mistake: Stop.
    """
    wanted: dict[Message, list[str]] = {}
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            columns = line.replace("\\n", "\n").split("\t")
            if len(columns) not in (3, 5):
                raise Stop(f"{table}:{number}: expected three columns (five with a plural), parted by tabs")
            wanted[Message(columns[0], columns[1])] = columns[2:]
    collect()
    used: set[Message] = set()
    for ts, which in ((CHINESE, slice(0, 1)), (ENGLISH, slice(1, 3))):
        tree = ElementTree.parse(ts)
        for context, node in _messages_of(tree):
            exact, anywhere = Message(context, _text(node)), Message("*", _text(node))
            message = exact if exact in wanted else anywhere
            if forms := [form for form in wanted.get(message, [])[which] if form]:
                _translate(node, forms)
                used.add(message)
        tree.write(ts, encoding="utf-8", xml_declaration=True)
    collect()  # back into lupdate's own form, so that the files change only where a text did
    if unknown := sorted(message for message in set(wanted) - used if any(wanted[message])):
        raise Stop("No such text in the sources:\n" + "\n".join(f"  {message}" for message in unknown))
    return len(used)


def expected_messages(root: Path = ROOT) -> Iterator[Message]:
    """Every tr() and translate() of the client as Python itself sees it: the truth that lupdate is held to."""
    for path in _sources(root):
        yield from _calls(ast.parse((root / path).read_text(encoding="utf-8")), "")


def _calls(node: ast.AST, context: str) -> Iterator[Message]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute):
            words = [
                arg.value
                for arg in child.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if child.func.attr == "tr" and words:
                yield Message(context, words[0])
            elif ast.unparse(child.func).endswith("QCoreApplication.translate") and len(words) >= 2:
                yield Message(words[0], words[1])
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else context)


def _untranslated(ts: Path) -> Iterator[str]:
    for context, node in _messages(ts):
        message = Message(context, _text(node))
        if not _finished(node):
            yield f"{message}: not translated in {ts.name}"
            continue
        for form in _forms(node):
            # A plural form may spell its number out ("1 case" for "%n case(s)"), nothing else may get lost.
            lost = set(_PLACEHOLDER.findall(message.source)) ^ set(_PLACEHOLDER.findall(form))
            if lost - {"%n"}:
                yield f"{message}: placeholders differ in {ts.name}: {form!r}"


def _unused(ts: Path) -> Iterator[str]:
    for node in ElementTree.parse(ts).getroot().iter("message"):
        if _vanished(node):
            yield f"{_text(node)!r} is no longer used: python3 dev.py translations --tidy"


def _messages(ts: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    return _messages_of(ElementTree.parse(ts))


def _messages_of(
    tree: ElementTree.ElementTree[ElementTree.Element],
) -> Iterator[tuple[str, ElementTree.Element]]:
    for context in tree.getroot().iter("context"):
        for node in context.iter("message"):
            if not _vanished(node):
                yield context.findtext("name", ""), node


def _text(node: ElementTree.Element) -> str:
    return node.findtext("source", "")


def _forms(node: ElementTree.Element) -> list[str]:
    translation = node.find("translation")
    if translation is None:
        return []
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return plural or [translation.text or ""]


def _finished(node: ElementTree.Element) -> bool:
    translation = node.find("translation")
    forms = _forms(node)
    return translation is not None and translation.get("type") is None and bool(forms) and all(forms)


def _vanished(node: ElementTree.Element) -> bool:
    translation = node.find("translation")
    return translation is not None and translation.get("type") in ("vanished", "obsolete")


def _translate(node: ElementTree.Element, forms: list[str]) -> None:
    translation = node.find("translation")
    if translation is None:
        translation = ElementTree.SubElement(node, "translation")
    translation.attrib.pop("type", None)
    plurals = list(translation.iter("numerusform"))
    if not plurals:
        translation.text = forms[0]
    for place, form in zip(plurals, forms, strict=False):
        place.text = form


def _open(ts: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    if ts.exists():
        yield from ((context, node) for context, node in _messages(ts) if not _finished(node))


def _sources(root: Path) -> list[str]:
    paths = [path for path in project_files(root) if path.startswith("desktop/") and path.endswith(".py")]
    return [path for path in paths if (root / path).exists()]


def _qt(command: list[str | Path]) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stop(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
