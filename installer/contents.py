"""What goes into the program folder, as plain lists: read by the spec when it packs and by a test in between.

PyInstaller follows imports by itself; here stands what no import names and what nobody needs. Packs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
ENTRY = "desktop/__main__.py"
NAME = "supervision-desk"

# Folders of files: (in the checkout, in the program folder). The migrations are read as files by Alembic.
FOLDERS = (
    ("resources", "resources"),
    ("central/migrations", "central/migrations"),
    ("desktop/models/store/migrations", "desktop/models/store/migrations"),
    ("installer/licences", "licences"),
)
FILES = (("LICENSE", "."),)
_SKIPPED = re.compile(r"__pycache__|\.py[co]$|\.ts$|^resources/__init__\.py$")

# Packages of ours of which every module goes in: they are imported late, by name, or by a process of their own.
OWN_PACKAGES = ("desktop", "central")

# Named by nobody's import: chosen by a string, by a plugin table, or by a file that is not packed as code.
HIDDEN = (
    "alembic.op",
    "alembic.context",
    "alembic.runtime.migration",
    "alembic.ddl.sqlite",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "uvicorn.lifespan.off",
    "uvicorn.loops.asyncio",
    "uvicorn.protocols.http.h11_impl",
)

# Wanted by libraries for things this program does not do. Not sqlalchemy.dialects.postgresql: Alembic imports it.
EXCLUDED = (
    "_pytest",
    "attr",
    "faker",
    "httptools",  # like uvloop: what it saves an office's server is nothing to one person's sample city
    "httpx",
    "hypothesis",
    "IPython",
    "jinja2",
    "polyfactory",
    "psycopg",  # the packed server serves the sample city on SQLite; an office installs its server as a package
    "psycopg_binary",
    "pydantic",
    "pydantic_core",
    "pytest",
    "rich",
    "rich_click",
    "setuptools",
    "tkinter",
    "uvloop",
    "watchfiles",
    "websockets",
)

# Qt's plugins that are kept, by folder; of every other folder none. Fewer plugins need fewer of Qt's libraries.
PLUGINS: dict[str, tuple[str, ...]] = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico", "qjpeg"),
    "platforms": ("qoffscreen", "qxcb", "qwayland-generic", "qwindows", "qcocoa"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal",),
    "printsupport": ("cupsprintersupport",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "wayland-decoration-client": ("bradient",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": (),
}
# Qt's libraries that stay, without "Qt6"; what a kept plugin or module does not need would only weigh.
QT_LIBRARIES = (
    "Core", "DBus", "Gui", "Network", "PrintSupport", "Svg", "WaylandClient", "Widgets", "XcbQpa",
)  # fmt: skip
# Qt's own translations: the standard buttons and the print dialog.
QT_TRANSLATIONS = ("qtbase_zh_CN.qm",)

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/([^/]+)/(?:lib)?(.+?)\.(?:so|dll|dylib)$")
_LIBRARY = re.compile(r"(?:^|/)(?:lib)?Qt6(\w+?)\.(?:so[.\d]*|dll|dylib)$")
_REPAIRED = re.compile(r"^[^/]+\.libs/")
_TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(.+)$")


def is_kept(destination: str) -> bool:
    """Whether a file that PyInstaller collected stays; ``destination`` is its path in the program folder."""
    path = destination.replace("\\", "/")
    if found := _PLUGIN.search(path):
        return found[2] in PLUGINS.get(found[1], ())
    if found := _TRANSLATION.search(path):
        return found[1] in QT_TRANSLATIONS
    if found := _LIBRARY.search(path):
        return found[1] in QT_LIBRARIES
    return True


def is_repaired(destination: str) -> bool:
    """Whether a wheel brought this library in its own folder ``*.libs``.

    Such a file was rewritten when the wheel was made, so that it is found there, and `strip` breaks some of them:
    numpy's linear algebra could not be loaded any more.
    """
    return bool(_REPAIRED.search(destination.replace("\\", "/")))


def data_files() -> Iterator[tuple[str, str]]:
    """(file, folder it goes to) of everything in FOLDERS and FILES. FileNotFoundError for a missing folder."""
    for source, target in FOLDERS:
        folder = ROOT / source
        if not folder.is_dir():
            raise FileNotFoundError(folder)
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            skip = _SKIPPED.search(f"{target}/{inside.as_posix()}")
            if path.is_file() and (not skip or _is_migration(path)):
                yield str(path), (Path(target) / inside.parent).as_posix()
    for source, target in FILES:
        yield str(ROOT / source), target


def own_modules() -> list[str]:
    """Every module of our own packages by its dotted name, sorted."""
    names: list[str] = []
    for package in OWN_PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(names)


def distributions() -> list[str]:
    """The distributions that a running program stands on, ours left out: what it requires, and so on down, sorted."""
    excluded = {canonicalize_name(name) for name in EXCLUDED}
    found: set[str] = set()
    open_ends = [(NAME, "central")]
    while open_ends:
        name, extra = open_ends.pop()
        for line in requires(name) or ():
            wanted = Requirement(line)
            there = canonicalize_name(wanted.name)
            needed = wanted.marker is None or wanted.marker.evaluate({"extra": extra})
            if needed and there not in found | excluded:
                found.add(there)
                open_ends += [(there, part) for part in ("", *wanted.extras)]
    return sorted(found)


def licence_files() -> Iterator[tuple[str, str]]:
    """(file, folder it goes to) of the licence texts that the bundled distributions bring along."""
    for name in distributions():
        for path in distribution(name).files or ():
            inside = path.as_posix().partition(".dist-info/")[2]
            if re.search(r"(?i)licen[cs]e|copying|notice|authors", inside) and not inside.endswith(".py"):
                yield str(path.locate()), f"licences/{name}"


def _is_migration(path: Path) -> bool:
    return path.suffix == ".py" and "migrations" in path.parts and "__pycache__" not in path.parts
