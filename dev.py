#!/usr/bin/env python3
"""The developer's one command: `python3 dev.py run`, `python3 dev.py test`, and what else the work needs.

Standard library only, so that a fresh machine with a bare Python can start here. It holds the commands; how the
environment is made, what lint asks for and how translations are built stand in `tools/`.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit("Supervision Desk needs Python 3.11 or newer; this is " + sys.version.split()[0])

import argparse
import os
from pathlib import Path

from tools import campaigns, environment, lint, system, translations
from tools.console import ROOT, Stop, call, must, say

_PROJECT = ["pyproject.toml", "--extra", "central", "--group", "editable"]
# The larger lock first: those after it follow its versions, so that all describe one environment.
_LOCKS = {
    "dev": [*_PROJECT, "--group", "dev"],
    "run": _PROJECT,
    "peers": ["--group", "pyproject.toml:peers"],
}


def setup(_: argparse.Namespace, rest: list[str]) -> int:
    """Prepare everything a developer needs: system packages, .venv with all tools, translations."""
    _no_more(rest)
    _prepare("dev")
    say(f"ready: {environment.PYTHON.relative_to(ROOT)}")
    return 0


def run(args: argparse.Namespace, rest: list[str]) -> int:
    """Open the desktop on the sample city.

    With a display a window opens. Without one the program takes its guided tour by itself and leaves a picture
    of every step in a folder; the folder is named at the end. Further arguments go to the desktop, for example
    --lang en or --theme dark; `python3 dev.py run -- --help` lists them.
    """
    display = system.has_display()
    system.ensure((*system.OFFSCREEN, *system.X11) if display else system.OFFSCREEN)
    environment.ensure("run")
    translations.build()
    command: list[str | Path] = [environment.PYTHON, "-m", "desktop", "--sample", *rest]
    if display:
        return call(command)
    folder = Path(args.tour).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    say("no display found, so the guided tour runs by itself and takes pictures")
    code = call([*command, "--tour", folder], env=_offscreen())
    return _pictures(code, folder)


WHOLE_SUITE = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
"""Three processes for the two cores this is made for, a file's tests in one of them: a fifth of a run is waiting, for
killed programs, held polls and proxies."""


def test(args: argparse.Namespace, rest: list[str]) -> int:
    """Run lint, then the tests. Further arguments go to pytest; without any, three processes share the files.

    Examples: `python3 dev.py test -k outbox`, `python3 dev.py test --no-lint tests/store -x`.
    Windows are drawn offscreen unless QT_QPA_PLATFORM says otherwise. Tests on real data find it in the folder
    that DESK_DATA names, or in ../shared/data beside the checkout; without it a seeded stand-in takes its place.
    """
    _prepare("dev")
    if args.lint and lint.run() != 0:
        return 1
    return call([environment.PYTHON, "-m", "pytest", *(rest or WHOLE_SUITE)], env=_offscreen())


def lint_(args: argparse.Namespace, rest: list[str]) -> int:
    """Check style, types, architecture, translations and the house rules, without running the program."""
    _no_more(rest)
    _prepare("dev")
    return lint.run(fix=args.fix)


def bench(_: argparse.Namespace, rest: list[str]) -> int:
    """Measure the desktop beside floors and peers. Further arguments go to the benchmarks (`-- --help` lists them)."""
    _prepare("dev")
    if {"--peers", "--all"} & set(rest):
        environment.ensure_peers()
    return call([environment.PYTHON, "-m", "benchmarks", *rest], env=_offscreen())


def campaign(args: argparse.Namespace, rest: list[str]) -> int:
    """Run the long campaigns: the daily tests with a bigger number, their results kept in docs/reliability.md.

    Without a name all of them run, one after another; --list says which there are. Some of them go on at the seed
    where the last run stopped, and their counts add up; `--seed S --count 1` replays one seed and tells its story.
    """
    if args.list:
        for name, each in campaigns.CAMPAIGNS.items():
            print(f"{name:14} {each.large:>8,} {each.unit}: {each.what}")
        return 0
    _no_more([word for word in rest if word.startswith("-")])
    _prepare("dev")
    return campaigns.run(environment.PYTHON, rest, args.count, args.seed, _offscreen())


def screens(args: argparse.Namespace, rest: list[str]) -> int:
    """Take a picture of every page, in both languages, light and dark, on the sample city."""
    _prepare("dev")
    folder = Path(args.folder).resolve()
    return _pictures(
        call([environment.PYTHON, "-m", "desktop.tools.screens", folder, *rest], env=_offscreen()), folder
    )


def lock(args: argparse.Namespace, rest: list[str]) -> int:
    """Write lock/*.txt anew from pyproject.toml. Keeps versions that still fit, unless --upgrade.

    The locks hold for Linux, Windows and macOS, pin every file by hash and name no package index.
    """
    _no_more(rest)
    environment.ensure("dev")
    common = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    common += [
        "--python-version",
        "3.11",
        "--custom-compile-command",
        "python3 dev.py lock",
        "-c",
        "lock/pins.in",
    ]
    if args.upgrade:
        common.append("--upgrade")
    uv: list[str | Path] = [environment.program("uv"), "pip", "compile", *common]
    follow: list[str] = []
    with Path(os.devnull).open("w") as quiet:
        for level, wanted in _LOCKS.items():
            output = f"lock/{level}.txt"
            must([*uv, *wanted, *follow, "-o", output], f"{output} could not be written.", stdout=quiet)
            follow = follow or ["-c", output]
    say("the locks are written; commit them together with pyproject.toml")
    return 0


def build(args: argparse.Namespace, rest: list[str]) -> int:
    """Build the program folder for this system with PyInstaller, into dist/. Further arguments go to PyInstaller.

    Beside it stand the list of its parts (CycloneDX) and SHA256SUMS of all files there, made anew after each step.

    --check builds nothing: it copies dist/supervision-desk to a strange place and lets it check itself there.
    --deb builds nothing either: it wraps dist/supervision-desk into a Debian package beside it.
    """
    system.ensure((*system.OFFSCREEN, *system.X11, *system.BUILDING))
    environment.ensure("dev")
    if args.check or args.deb:
        _no_more(rest)
        steps = (["installer.deb", "installer.parts"] if args.deb else []) + (
            ["installer.check"] if args.check else []
        )
        return max(call([environment.PYTHON, "-m", step]) for step in steps)
    translations.build(force=True)
    folders: list[str | Path] = ["--distpath", ROOT / "dist", "--workpath", ROOT / "build"]
    pyinstaller = environment.program("pyinstaller")
    spec = ROOT / "installer" / "supervision-desk.spec"
    return call([pyinstaller, "--noconfirm", *folders, *rest, spec], env=_offscreen()) or call(
        [environment.PYTHON, "-m", "installer.parts"]
    )


def translations_(args: argparse.Namespace, rest: list[str]) -> int:
    """Collect new texts from the client's sources into resources/translations and build what Qt loads.

    --missing lists what is open, one text a line: context, English, and an empty column for the Chinese (with a
    plural two more, for the English of one and of many), parted by tabs. Filled in, the lines go back with --fill;
    there, * as context means wherever that English text occurs.
    """
    _no_more(rest)
    environment.ensure("dev")
    with environment.alone():
        if args.fill is not None:
            say(f"{translations.fill(Path(args.fill))} texts translated")
        else:
            translations.collect(tidy=args.tidy)
        translations.build()
    lines = translations.missing()
    if args.missing:
        print("\n".join(lines))
    say(f"{len(lines)} texts without a translation")
    return 0


def main(argv: list[str]) -> int:
    """Entry point; returns the exit code."""
    environment.keep_compiled()
    args, rest = _parser().parse_known_args(argv)
    if rest and rest[0] == "--":
        rest = rest[1:]
    try:
        return int(args.command(args, rest))
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Run, test and build Supervision Desk from this checkout.",
        allow_abbrev=False,
    )
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def verb(name: str, command: object) -> argparse.ArgumentParser:
        text = (command.__doc__ or "").strip()
        made = verbs.add_parser(
            name,
            help=text.splitlines()[0],
            description="\n".join(line.strip() for line in text.splitlines()),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        made.set_defaults(command=command)
        return made

    verb("run", run).add_argument(
        "--tour",
        default=ROOT / ".tour",
        metavar="FOLDER",
        help="where pictures go when there is no display (.tour)",
    )
    verb("test", test).add_argument(
        "--no-lint", dest="lint", action="store_false", help="tests only, when lint has just passed"
    )
    verb("lint", lint_).add_argument(
        "--fix", action="store_true", help="first mend what can be mended, and format"
    )
    verb("bench", bench)
    long = verb("campaign", campaign)
    long.add_argument("--list", action="store_true", help="say which campaigns there are")
    long.add_argument("--count", type=int, help="how many, instead of a release's number")
    long.add_argument("--seed", type=int, help="the seed to begin with")
    verb("screens", screens).add_argument(
        "folder", nargs="?", default=ROOT / "docs" / "screens", help="where the pictures go (docs/screens)"
    )
    verb("setup", setup)
    verb("lock", lock).add_argument(
        "--upgrade", action="store_true", help="take the newest versions that fit"
    )
    building = verb("build", build)
    building.add_argument("--check", action="store_true", help="try what was built as a stranger would")
    building.add_argument("--deb", action="store_true", help="make a Debian package of what was built")
    words = verb("translations", translations_)
    words.add_argument("--missing", action="store_true", help="list the texts without a translation")
    words.add_argument("--tidy", action="store_true", help="drop the texts that no source uses any more")
    words.add_argument("--fill", metavar="FILE", help="take translations from a file of three columns")
    return parser


def _prepare(level: environment.Level) -> None:
    system.ensure((*system.OFFSCREEN, *system.X11, *system.TESTING))
    environment.ensure(level)
    with environment.alone():
        translations.build()


def _pictures(code: int, folder: Path) -> int:
    """Pass the exit code on; after a success say where the pictures are, and that there are some."""
    if code == 0:
        count = len(list(folder.glob("**/*.png")))
        if not count:
            raise Stop(f"It ended without an error and without a picture in {folder}.")
        say(f"{count} pictures in {folder}")
    return code


def _offscreen() -> dict[str, str]:
    """The environment for a child that draws without a screen, unless the person chose a platform."""
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


def _no_more(rest: list[str]) -> None:
    if rest:
        raise Stop(f"Not understood: {' '.join(rest)}. See `python3 dev.py --help`.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
