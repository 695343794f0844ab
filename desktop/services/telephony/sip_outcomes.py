"""What the end of a SIP call says about an attempt. Pure; a person confirms it.

A rejected call (603, or 403 once it rang) is one that nobody took: "refused" is a citizen's word, and no machine puts
it into their mouth. 403 before it rang is the exchange that does not let our account call, no miss of the citizen's.
404, 410, 484 and 604 say that there is no such number; recorded as wrong_number only by a person.
"""

from __future__ import annotations

import re

from desktop.models.domain.entities import Outcome

_STATUS = re.compile(r"^([1-6][0-9]{2})\b")
_OUTCOMES: dict[int, Outcome] = {
    403: "no_answer",
    404: "wrong_number",
    408: "no_answer",
    410: "wrong_number",
    480: "switched_off",
    484: "wrong_number",
    486: "busy",
    487: "no_answer",
    600: "busy",
    603: "no_answer",
    604: "wrong_number",
}


def unanswered(reason: str, *, rang: bool, by_us: bool) -> Outcome:
    """Why a call that nobody answered ended. ``reason`` as baresip tells it ("486 Busy Here", "Connection timed out").

    ``by_us``: we hung up. A call that never rang has told nothing about the citizen.
    """
    found = _STATUS.match(reason.strip())
    if found is not None and int(found[1]) in _OUTCOMES:
        outcome = _OUTCOMES[int(found[1])]
        return outcome if rang or outcome != "no_answer" or int(found[1]) == 603 else "line_fault"
    return "no_answer" if rang and (by_us or found is None) else "line_fault"


def was_cut(reason: str) -> bool:
    """Whether a conversation ended because nothing was heard any more, and not by either side hanging up."""
    told = reason.lower()
    return "rtp" in told or "timed out" in told or "unreachable" in told
