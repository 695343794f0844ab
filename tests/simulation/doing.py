"""A person does something: one command in one transaction, which may be the last thing the program does."""

from __future__ import annotations

from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import BadOperation

from .acts import Deed
from .desk import Cut, SimDesk
from .faults import Died
from .world import World


def do(w: World, desk: SimDesk, deed: Deed) -> None:
    """A deed and what the ledger has to know of it."""
    cut = some_cut(w, 2) if w.rng.random() < 0.05 else None
    before = {op_id for op_id, line in w.views[desk.device].outbox.items() if line.state == "discarded"}
    try:
        desk.run(lambda: desk.do(deed.act), cut)
        w.story.tell(deed.name)
    except (Refused, BadOperation) as error:
        w.story.tell(f"{deed.name}: refused, {error.code}")
        w.met["deed refused here"] += 1
        return
    except Died as death:
        w.story.tell(f"{deed.name}, and dies {death}")
        w.met[f"crash {death}"] += 1
    w.look_at(desk)
    view = w.views[desk.device]
    if deed.discards:
        for op_id, line in view.outbox.items():
            if line.state == "discarded" and op_id not in before:
                w.made[op_id].discarded = True
    for op_id in deed.again:
        w.sent_again(op_id)
    w.drafts[desk.device] = dict(view.drafts)


def some_cut(w: World, most: int) -> Cut:
    """Where an action of up to ``most`` moments may end; three in ten by a power cut."""
    return Cut(w.rng.randrange(1, most + 1), w.rng.random() if w.rng.random() < 0.3 else None)
