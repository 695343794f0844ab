"""``python -m central audit``: whether the record is as it was written, and what it says of one requester."""

from __future__ import annotations

import argparse
import random
import sys
from contextlib import closing
from typing import TextIO

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from central.audit import EMPTY, Act, BrokenChain, Head, append_audit, audit_head, check_chain
from central.audit_log import access_of
from central.database import Database
from central.installation import installation_of, open_database
from central.schema import WrongSchema
from central.tables import contact
from desktop.models.domain.clock import Clock
from desktop.models.domain.oversight import AuditEntry

DESCRIPTION = """\
The record of who saw what. Every row holds the hash of the one before it, so `verify` finds a row that was changed or
taken out. That the newest rows were cut off shows only against a head kept elsewhere: have `head` printed every day,
keep the line where the server's administrator cannot reach it, and hand it to `verify --head`."""

EPILOG = """\
examples:
  python -m central audit --database office.db head
  python -m central audit --database office.db verify --head 1042:3fa9…
  python -m central audit --database office.db requester CONTACT-ID
  python -m central audit --database office.db requester --phone-stdin < number.txt"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify|head|requester")
    verify = acts.add_parser(
        "verify", help="check the whole chain; 1 at the first row that is not as it was written"
    )
    verify.add_argument("--head", default="", metavar="SEQ:HASH", help="a head that was printed earlier")
    acts.add_parser("head", help="print number and hash of the newest row, to be kept elsewhere")
    requester = acts.add_parser("requester", help="who saw what of one requester, and when")
    requester.add_argument("contact", nargs="?", default="", metavar="CONTACT-ID")
    requester.add_argument(
        "--phone-stdin", action="store_true", help="find the requester by the number on standard input"
    )


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Do what was asked; 1 with the reason on ``err`` where it cannot be done, or the chain is broken."""
    try:
        with closing(open_database(arguments.database, rng)) as database:
            if arguments.act == "requester":
                return _requester(database, arguments, clock, out)
            kept = Head.parse(arguments.head) if arguments.act == "verify" and arguments.head else EMPTY
            with database.read() as connection:
                if arguments.act == "head":
                    print(audit_head(connection), file=out)
                else:
                    head = check_chain(connection, kept=kept)
                    print(f"{head.seq:,} rows, all as they were written; head {head}", file=out)
    except BrokenChain as broken:
        print(f"audit: broken at row {broken.seq}: {broken}", file=err)
        return 1
    except (WrongSchema, LookupError, ValueError) as error:
        print(f"audit: {error}", file=err)
        return 1
    except SQLAlchemyError as error:
        print(f"audit: {getattr(error, 'orig', None) or error}".rstrip(), file=err)
        return 1
    return 0


def _requester(database: Database, arguments: argparse.Namespace, clock: Clock, out: TextIO) -> int:
    with database.read() as connection:
        ids = _by_phone(connection, sys.stdin.readline()) if arguments.phone_stdin else [arguments.contact]
        known = set(connection.execute(select(contact.c.id).where(contact.c.id.in_(ids))).scalars())
    if not known:
        raise LookupError("no requester is known by that")
    with database.write() as tx:
        for contact_id in sorted(known):
            append_audit(tx, Act("", "", "access.read", "requester", contact_id), clock.now())
    with database.read() as connection:
        for contact_id in sorted(known):
            found = access_of(connection, contact_id)
            print(f"requester {contact_id}: {len(found.tickets)} cases, {len(found.entries)} acts", file=out)
            for entry in found.entries:
                print("\t".join(_line(entry)), file=out)
    return 0


def _by_phone(connection: Connection, number: str) -> list[str]:
    """Read from standard input: on a command line the number would stay in the shell's history."""
    key = installation_of(connection).phone_key(number)
    if not key:
        raise ValueError("that is no telephone number")
    return list(connection.execute(select(contact.c.id).where(contact.c.phone_key == key)).scalars())


def _line(entry: AuditEntry) -> list[str]:
    who = f"{entry.person} and {entry.second}" if entry.second else entry.person or "command line"
    what = " ".join(word for word in (entry.action, entry.field, entry.code, entry.purpose) if word)
    return [f"{entry.at:%Y-%m-%d %H:%M:%S %Z}", who, what, entry.ticket_number, entry.reason]
