"""The invariants, called by name: after every step on what changed in it, and when all is quiet on everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import desk_checks as on_desk
from . import quiet_checks as when_quiet
from . import server_checks as on_server
from .desk import SimDesk
from .story import Violation
from .view import View
from .world import World

ServerCheck = Callable[[World], Iterator[str]]
DeskCheck = Callable[[World, SimDesk, View], Iterator[str]]

SERVER: tuple[tuple[str, ServerCheck], ...] = (
    ("I1", on_server.i01_one_effect),
    ("I8", on_server.i08_in_order),
    ("I9", on_server.i09_nothing_overwritten),
    ("I10", on_server.i10_versions_and_log),
    ("I11", on_server.i11_one_lease),
    ("I12", on_server.i12_one_call),
    ("I13", on_server.i13_audited),
    ("I20", on_server.i20_servers_time),
)
DESK: tuple[tuple[str, DeskCheck], ...] = (
    ("I2", on_desk.i02_nothing_vanishes),
    ("I5", on_desk.i05_cursor),
    ("I6", on_desk.i06_monotonic),
    ("I7", on_desk.i07_own_writes),
    ("I8", on_desk.i08_none_past_a_refused_one),
    ("I9", on_desk.i09_refused_words_are_kept),
    ("I21", on_desk.i21_written_before_sent),
    ("I23", on_desk.i23_no_quarrel_with_oneself),
)
OFTEN: tuple[tuple[str, DeskCheck], ...] = (("I3", on_desk.i03_lists_and_base),)
"""Held after every step in one schedule of four, in the others when quiet."""

QUIET: tuple[tuple[str, DeskCheck], ...] = (
    *OFTEN,
    ("I3", when_quiet.i03_only_what_is_ours),
    ("I4", when_quiet.i04_same_as_the_server),
    ("I9", when_quiet.i09_no_word_lost),
    ("I14", when_quiet.i14_masked),
    ("I22", when_quiet.i22_restored_and_taken),
    ("I2", when_quiet.i02_told_the_truth),
)


def watch(w: World) -> None:
    """After a step. Raises :class:`Violation`."""
    for desk in w.desks:
        if desk.link.surprises:
            raise Violation("The server", f"failed on {desk.link.surprises[0]}")
    changed = [desk for desk in w.desks if w.look_at(desk)]
    if w.truth.read():
        for name, server_check in SERVER:
            _hold(name, server_check(w))
        w.met["rows evicted"] += sum(line.op == "evict" for line in w.truth.fresh)
        w.truth.note_log()
    often = OFTEN if w.seed % 4 == 0 else ()
    for desk in changed:
        view = w.views[desk.device]
        w.met["rows parted"] += len(view.parted)
        for name, desk_check in (*DESK, *often):
            _hold(name, desk_check(w, desk, view))


def watch_quiet(w: World) -> None:
    """When nothing moves any more. Raises :class:`Violation`."""
    watch(w)
    for desk in w.desks:
        for name, check in (*DESK, *QUIET):
            _hold(name, check(w, desk, w.views[desk.device]))


def _hold(name: str, broken: Iterator[str]) -> None:
    what = next(broken, None)
    if what is not None:
        raise Violation(name, what)
