"""``python -m desktop.tools.redraw PROTOCOL``: draw a sample again from its protocol and say what came out.

For whoever was inspected and trusts nobody: it reads the text that the program saves beside the printed protocol, needs
no account, no store and no network, and ends with 0 only where every hash and every number came out again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from desktop.models.domain.sampling_protocol import BadProtocol, Fault, Protocol, read_protocol, redraw

HOLDS, DIFFERS, UNREADABLE = range(3)

_FAULTS: Final[dict[Fault, str]] = {
    "frame": "抽样框与其哈希值不符 (the frame is not the one that was hashed)",
    "part": "本单位名册与其哈希值不符 (the unit's part is not the one that was hashed)",
    "leaves": "各单位哈希值合计与抽样框哈希值不符 (the parts do not make up the frame that was hashed)",
    "left": "可抽工单数与记录不符 (another number of tickets is left for the lot)",
    "sample": "抽中的工单与记录不符 (the draw gives another sample)",
}


def main(arguments: Sequence[str], say: Callable[[str], object]) -> int:
    """Redraw the protocol named by the only argument; the exit code."""
    if len(arguments) != 1:
        say("python -m desktop.tools.redraw PROTOCOL")
        return UNREADABLE
    try:
        protocol = read_protocol(Path(arguments[0]).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadProtocol) as error:
        say(f"不是可核验的抽样记录 (not a protocol that can be checked): {error}")
        return UNREADABLE
    return _tell(protocol, say)


def _tell(protocol: Protocol, say: Callable[[str], object]) -> int:
    verdict = redraw(protocol)
    say(f"{protocol.inspection}  抽样框 (frame) {protocol.frame}")
    say(f"种子 (seed) {protocol.seed}  ·  {protocol.seed_source}")
    for number in verdict.again:
        say(f"  {number}")
    for number in verdict.missing:
        say(f"+ {number}  应抽中而记录中没有 (drawn now, not on the protocol)")
    for number in verdict.extra:
        say(f"- {number}  记录中有而未抽中 (on the protocol, not drawn now)")
    for fault in verdict.faults:
        say(f"! {_FAULTS[fault]}")
    if verdict.holds:
        say(f"核验一致：{len(verdict.again)} 件 (the same sample came out again)")
    return HOLDS if verdict.holds else DIFFERS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], print))
