"""What must hold when everybody has talked to the server until nothing came any more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.models.domain.wire import DigestEntry, sum_hashes
from desktop.models.store.outbox import PARKED

from .desk import SimDesk
from .template import CANARY
from .view import View
from .world import World, words_in

_SECRET = re.compile(f"{CANARY}|1390001".encode())
_READ = (
    "projection",
    "base",
    "parted",
    "ticket_list",
    "ticket_text",
    "visit_list",
    "urge_list",
    "notice_list",
    "finding_list",
    "application_list",
    "instruction_list",
    "urgent_report_list",
    "inquiry_list",
    "outbox",
    "quarantine",
    "draft",
    "setting",
)


def i03_only_what_is_ours(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """The rows are the server's rows in scope; nothing else is left in base, projection, index or aside."""
    mine, shown = w.truth.visible(desk.person_id), view.rows()
    for key in sorted(shown.keys() - mine.keys()):
        yield f"{desk} still has {key}, which {desk.login} may not see"
    for key in sorted(mine.keys() - shown.keys()):
        yield f"{desk} lacks {key}"
    if view.base or view.folded or view.parted:
        yield f"{desk} keeps {len(view.base)} base rows, {len(view.folded)} folds, {len(view.parted)} parted rows"
    with desk.store.read() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM snapshot_seen").scalar_one()
    if left:
        yield f"{desk} keeps {left} marks of a load that is over"


def i04_same_as_the_server(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """Versions, contents and digests are the server's."""
    mine, shown = w.truth.visible(desk.person_id), view.rows()
    for key in sorted(mine.keys() & shown.keys()):
        if mine[key] != shown[key]:
            yield f"{desk} shows {key} as {shown[key]}; the server has {mine[key]}"
            return
    by_type: dict[str, list[tuple[str, int]]] = {}
    for (entity_type, entity_id), version in view.server_versions().items():
        by_type.setdefault(entity_type, []).append((entity_id, version))
    digest: dict[str, DigestEntry] = {name: sum_hashes(rows) for name, rows in by_type.items()}
    theirs = desk.ctx.api.digest().types
    if digest != theirs:
        names = sorted(n for n in digest.keys() | theirs.keys() if digest.get(n) != theirs.get(n))
        yield f"{desk} and the server have other digests of {', '.join(names)}"


def i09_no_word_lost(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """Every text typed and saved exists in a server revision, an operation, quarantine or a draft."""
    kept: set[str] = set()
    for line in view.outbox.values():
        kept |= w.made[line.op_id].words
    missing = {word for made in w.made.values() if made.desk == desk.device for word in made.words} - kept
    if missing:
        for body in view.quarantine:
            missing -= words_in(body)
    if missing:
        missing -= _words_of_server(w)
    forgotten = {word for m in w.made.values() if m.desk == desk.device and m.discarded for word in m.words}
    if missing - forgotten:
        yield f"{desk}: the texts {sorted(missing - forgotten)} are nowhere"
    for key, body in w.drafts.get(desk.device, {}).items():
        if view.drafts.get(key) != body:
            yield f"{desk}: the draft {key} is not what was last saved"


def i14_masked(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """No full name, number or unredacted text of a citizen lies in the store."""
    with desk.store.read() as connection:
        for table in _READ:
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                for value in row:
                    raw = value.encode() if isinstance(value, str) else value
                    if isinstance(raw, bytes) and _SECRET.search(raw):
                        yield f"{desk} holds a citizen's name or number in {table}"
                        return


def i22_restored_and_taken(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """What counts as applied is on the server's record, whatever backup it lives from; nothing is still on its way."""
    for line in view.outbox.values():
        if line.state == "applied" and line.op_id not in w.truth.applied:
            yield f"{desk} takes {line.op.kind} {line.op_id} for applied, and the server knows nothing of it"
        if line.state not in ("applied", "discarded", *PARKED):
            yield f"{desk} still has {line.op.kind} {line.op_id} {line.state} when all is quiet"


def i02_told_the_truth(w: World, desk: SimDesk, view: View) -> Iterator[str]:
    """What a person is told was refused was not applied."""
    for line in view.outbox.values():
        taken = line.op_id in w.truth.applied
        if taken and line.state in PARKED:
            yield f"{desk} says that {line.op.kind} {line.op_id} was {line.state}, and the server has applied it"


def _words_of_server(w: World) -> set[str]:
    with w.city.database.read() as connection:
        run = connection.exec_driver_sql
        bodies = [*run("SELECT data FROM entity").scalars(), *run("SELECT data FROM revision").scalars()]
    return {word for body in bodies for word in words_in(bytes(body))}
