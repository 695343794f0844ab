"""``python -m central recovery``: the city's recovery key, and the boxes that wiped desktops seal to it.

The private half belongs on a stick in a safe, not on the server; the public half goes into the rule profile.
"""

from __future__ import annotations

import argparse
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TextIO

from central.boxes import open_box

DESCRIPTION = """\
Before a desktop that was ordered to wipe itself destroys its key, it seals what it had not sent, and its drafts, to the
city's recovery key: `recovery_key` in the rule profile. Whoever holds the private half can open the box."""

EPILOG = """\
examples:
  python -m central recovery new-key recovery.key      # prints the public half for the profile
  python -m central recovery open BOX.sealed --key recovery.key > unsent.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes; it needs no database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    acts = parser.add_subparsers(dest="act", required=True, metavar="new-key|open")
    acts.add_parser("new-key", help="make a key; refuses to overwrite one").add_argument("file", type=Path)
    box = acts.add_parser("open", help="print what is in a box, as JSON")
    box.add_argument("box", type=Path)
    box.add_argument("--key", type=Path, required=True)


def run(arguments: argparse.Namespace, *, out: TextIO, err: TextIO) -> int:
    """Do what was asked; 1 with the reason on ``err`` where it cannot be done."""
    try:
        if arguments.act == "new-key":
            print(new_key(arguments.file), file=out)
        else:
            private = b64decode(arguments.key.read_text("ascii"))
            print(open_box(arguments.box.read_bytes(), private).decode(), file=out)
    except (OSError, ValueError) as error:
        print(f"recovery: {error}", file=err)
        return 1
    return 0


def new_key(path: Path) -> str:
    """Write a private key to ``path``, for its owner's eyes; the public half. Raises OSError where there is a file."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.generate()
    path.touch(0o600, exist_ok=False)
    path.write_text(b64encode(key.private_bytes_raw()).decode() + "\n", "ascii")
    return b64encode(key.public_key().public_bytes_raw()).decode()
