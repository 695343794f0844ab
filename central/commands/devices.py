"""``python -m central devices``: the machines people work on; holding one, having one wiped, letting one in again."""

from __future__ import annotations

import argparse
import random
from typing import TextIO

from sqlalchemy import select, update

from central.audit import Act, append_audit
from central.database import Database, Transaction
from central.installation import open_database
from central.schema import WrongSchema
from central.tables import account, device, sign_in
from desktop.models.domain.clock import Clock

DESCRIPTION = """\
What a machine may do: an active one works, a locked one is let in no more and keeps what it has, one to be wiped
destroys its key and its store at its next contact and says so. An order is a row of the audit."""

EPILOG = """\
examples:
  python -m central devices --database office.db list
  python -m central devices --database office.db wipe 018f3c7e-0000-7000-8000-000000000001
  python -m central devices --database office.db allow 018f3c7e-0000-7000-8000-000000000001"""

_STATES = {"wipe": "wipe", "hold": "locked", "allow": "active"}
_ACTIONS = {"wipe": "device.wipe_ordered", "hold": "device.held", "allow": "device.allowed"}
_HELP = {
    "wipe": "have it destroy its key and its store at the next contact",
    "hold": "let it in no more; it keeps what it has",
    "allow": "let it in again; a sign-in that was ended stays so",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    acts = parser.add_subparsers(dest="act", required=True, metavar="list|wipe|hold|allow")
    acts.add_parser("list", help="every machine with its person and its state")
    for act, text in _HELP.items():
        acts.add_parser(act, help=text).add_argument("device", help="its id, from the list")


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Do what was asked; 1 with the reason on ``err`` where it cannot be done."""
    try:
        database = open_database(arguments.database, rng)
    except (WrongSchema, ValueError) as error:
        print(f"devices: {error}", file=err)
        return 1
    try:
        if arguments.act == "list":
            _list(database, out)
            return 0
        with database.write() as tx:
            count = set_state(tx, arguments.device, arguments.act, clock)
        if count == 0:
            print(f"devices: no machine {arguments.device}", file=err)
            return 1
        print(f"{arguments.device} is now {_STATES[arguments.act]} for {count} account(s)", file=out)
        return 0
    finally:
        database.close()


def set_state(tx: Transaction, device_id: str, act: str, clock: Clock) -> int:
    """Everybody's account on that machine; how many there are. A machine that is to be wiped keeps its sign-ins: it
    has to learn of the order."""
    people = tx.connection.execute(select(device.c.person_id).where(device.c.id == device_id)).scalars().all()
    tx.connection.execute(update(device).where(device.c.id == device_id).values(state=_STATES[act]))
    if act == "hold":
        tx.connection.execute(update(sign_in).where(sign_in.c.device_id == device_id).values(revoked=True))
    for person_id in people:
        append_audit(tx, Act(person_id, device_id, _ACTIONS[act], "device", device_id), clock.now())
    return len(people)


def _list(database: Database, out: TextIO) -> None:
    columns = (device.c.id, device.c.state, account.c.login, device.c.name, device.c.created_at)
    query = (
        select(*columns)
        .join(account, account.c.person_id == device.c.person_id)
        .order_by(device.c.created_at)
    )
    with database.read() as connection:
        for row in connection.execute(query):
            print(
                f"{row.id}\t{row.state}\t{row.login}\t{row.created_at:%Y-%m-%d}\t{row.name}".rstrip(),
                file=out,
            )
