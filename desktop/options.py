"""The command line as a value. Standard library only: it is read before anything else is loaded."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
Scheme = Literal["light", "dark", "contrast"]

SAMPLE_SIZE = 3000
SAMPLE_SEED = 12345
SAMPLE_SMALLEST, SAMPLE_LARGEST = 300, 1_000_000


@dataclass(frozen=True)
class Options:
    """What was asked for; empty strings and None = not said."""

    sample: bool = False
    size: int = SAMPLE_SIZE
    seed: int = SAMPLE_SEED
    sign_in_as: str = ""
    server: str = ""
    profile: Path | None = None
    tour: Path | None = None
    self_check: bool = False
    language: Language | Literal[""] = ""
    scheme: Scheme | Literal[""] = ""
    link: str = ""


def parse(arguments: Sequence[str]) -> Options:
    """Raises SystemExit for --help and for what makes no sense, as argparse does."""
    parser = _parser()
    found = parser.parse_args(arguments)
    if found.sign_in_as and not found.sample:
        parser.error("--sign-in-as works in the sample city only: add --sample")
    if found.tour and not found.sample:
        found.sample = True
    if found.sample and found.server:
        parser.error("--sample brings its own server: leave out --server")
    return Options(**vars(found))


def _size(text: str) -> int:
    size = int(text)
    if not SAMPLE_SMALLEST <= size <= SAMPLE_LARGEST:
        raise argparse.ArgumentTypeError(f"between {SAMPLE_SMALLEST} and {SAMPLE_LARGEST:,} cases")
    return size


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="supervision-desk",
        description="The desk of the supervision office of a city's 12345 hotline.",
        epilog="Without any argument it opens where you were, or asks which server is yours. "
        "To look around first: supervision-desk --sample",
    )
    sample = parser.add_argument_group("a made-up city to try things in")
    sample.add_argument(
        "--sample", action="store_true", help="open the sample city; nothing is kept when you close it"
    )
    sample.add_argument(
        "--size", type=_size, default=SAMPLE_SIZE, metavar="N", help="how many cases it has (%(default)s)"
    )
    sample.add_argument(
        "--seed", type=int, default=SAMPLE_SEED, metavar="N", help="another number makes another city"
    )
    sample.add_argument(
        "--sign-in-as", default="", metavar="LOGIN", help="who you are there, for example officer1"
    )
    sample.add_argument(
        "--tour",
        type=Path,
        metavar="DIR",
        help="walk round by itself and leave a picture of every step in DIR; needs no screen",
    )
    real = parser.add_argument_group("your city")
    real.add_argument("--server", default="", metavar="URL", help="the address of your city's server")
    real.add_argument("--profile", type=Path, metavar="DIR", help="keep settings and cases in DIR")
    real.add_argument("link", nargs="?", default="", help="a link to a case: hotline://ticket/NUMBER")
    look = parser.add_argument_group("how it looks")
    look.add_argument("--language", choices=("zh", "en"), default="", help="Chinese or English")
    look.add_argument(
        "--scheme", "--theme", choices=("light", "dark", "contrast"), default="", help="colours"
    )
    parser.add_argument(
        "--self-check",
        action="store_true",
        help="try every part once without a window, say how it went, and end with 0 if all is well",
    )
    return parser
