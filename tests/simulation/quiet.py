"""The end of a schedule: the network mends, everybody signs in, and rounds go by until nothing moves any more."""

from __future__ import annotations

from .rounds import play_round, settle_down
from .story import Violation
from .watch import watch, watch_quiet
from .world import World

MOST_PASSES = 12


def become_quiet(w: World) -> None:
    """Raises :class:`Violation`: of I15 where it never becomes quiet or does not stay so, of any where it is wrong."""
    w.story.step("the end", "the network mends, the late arrive, everybody signs in")
    settle_down(w)
    for _ in range(MOST_PASSES):
        moved = False
        for desk in w.desks:
            before = desk.commits
            report = play_round(w, desk, hurry=True)
            moved |= report is None or bool(report.pushed or report.changes or report.unsent)
            moved |= desk.commits - before > 1  # the click of "now" may be one
            watch(w)
        if not moved:
            break
        w.pass_time(300)
    else:
        raise Violation("I15", "it never became quiet")
    for desk in w.desks:
        before, seen = desk.commits, desk.link.seen
        play_round(w, desk)
        if desk.commits != before:
            raise Violation("I15", f"{desk} writes {desk.commits - before} times though nothing is new")
        if desk.link.seen - seen > 3:
            raise Violation("I15", f"{desk} asks {desk.link.seen - seen} times though nothing is new")
    watch_quiet(w)
