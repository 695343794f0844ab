"""``python -m central profile``: the versions of the city's rules, and how a new one is published.

A version is a JSON file that a rule administrator writes from the one in force. What was published is never changed,
and deadlines keep the version they were computed with.
"""

from __future__ import annotations

import argparse
import random
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import msgspec

from central.accounts import Accounts, BadAccount
from central.calendars import working_calendar
from central.database import Database
from central.installation import open_database
from central.office_clock import OfficeClock
from central.profile_store import all_profiles
from central.profiles import decode_profile
from central.publishing import ROLE, NoRules, NotPublishable, check_next, publish
from central.schema import WrongSchema
from desktop.models.domain.clock import Clock
from desktop.models.domain.profile import RuleProfile

DESCRIPTION = """\
The city's rules: time limits, the working calendar with the city's own days, return visits, findings. `show` prints
the latest version as a file to change: raise `version` by one, set `effective_from`, change what is to change. The
country's calendar of this release comes in by `show --calendar cn`; days that only this city has off or works stand
in `city_days_off` and `city_working_days`. `check` says what is wrong, `publish` makes it the next version.
Deadlines that were computed keep the version they have."""

EPILOG = """\
examples:
  python -m central profile --database office.db show > rules.json
  python -m central profile --database office.db check rules.json
  python -m central profile --database office.db publish rules.json --by guize
  python -m central profile --database office.db list"""


_NONE_YET = "this database has no rules yet; import a file or make a sample city first"


class BadProfile(ValueError):
    """A file that cannot be the next version; the text says why, a line a fault."""


@dataclass(frozen=True)
class _Desk:
    database: Database
    clock: Clock
    rng: random.Random
    out: TextIO


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    acts = parser.add_subparsers(dest="act", required=True, metavar="list|show|check|publish")
    acts.add_parser("list", help="every version with the day it is in force from")
    show = acts.add_parser("show", help="print a version, the latest unless told otherwise")
    show.add_argument("--version", type=int, default=0, metavar="N")
    show.add_argument(
        "--calendar", choices=("cn",), help="with the country's days as this release knows them"
    )
    check = acts.add_parser("check", help="say what stands against publishing a file")
    check.add_argument("file", type=Path)
    publish = acts.add_parser("publish", help="make a file the next version; on record")
    publish.add_argument("file", type=Path)
    publish.add_argument("--by", required=True, metavar="LOGIN", help="a rule administrator (规则管理员)")


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Do what was asked; 1 with the reason on ``err`` where it cannot be done."""
    try:
        database = open_database(arguments.database, rng)
    except (WrongSchema, ValueError) as error:
        print(f"profile: {error}", file=err)
        return 1
    with closing(database):
        desk = _Desk(database, clock, rng, out)
        try:
            {"list": _list, "show": _show, "check": _check, "publish": _publish}[arguments.act](
                desk, arguments
            )
        except (BadProfile, BadAccount) as error:
            print(f"profile: {error}", file=err)
            return 1
        except NoRules:
            print(f"profile: {_NONE_YET}", file=err)
            return 1
        except NotPublishable as refused:
            told = "\n".join(f"  {fault.where}: {fault.what}" for fault in refused.faults)
            print(f"profile: this cannot be the next version:\n{told}", file=err)
            return 1
    return 0


def _versions(desk: _Desk) -> tuple[RuleProfile, ...]:
    with desk.database.read() as connection:
        found = all_profiles(connection)
    if not found:
        raise NoRules
    return found


def _list(desk: _Desk, arguments: argparse.Namespace) -> None:
    for each in _versions(desk):
        print(f"{each.version}\t{each.effective_from}\t{each.city_zh}", file=desk.out)


def _show(desk: _Desk, arguments: argparse.Namespace) -> None:
    versions = _versions(desk)
    wanted = arguments.version or versions[-1].version
    found = next((each for each in versions if each.version == wanted), None)
    if found is None:
        raise BadProfile(f"there is no version {wanted}")
    if arguments.calendar:
        shipped, own = working_calendar(arguments.calendar), found.calendar
        calendar = msgspec.structs.replace(
            shipped, city_days_off=own.city_days_off, city_working_days=own.city_working_days
        )
        found = msgspec.structs.replace(found, calendar=calendar)
    plain = msgspec.to_builtins(found, str_keys=True)
    desk.out.write(msgspec.json.format(msgspec.json.encode(plain), indent=2).decode() + "\n")


def _check(desk: _Desk, arguments: argparse.Namespace) -> None:
    new = _read(arguments.file)
    check_next(_versions(desk), new, OfficeClock(desk.database, desk.clock))
    print(f"version {new.version} can be published; in force from {new.effective_from}", file=desk.out)


def _publish(desk: _Desk, arguments: argparse.Namespace) -> None:
    new = _read(arguments.file)
    account = Accounts(desk.database, clock=desk.clock, rng=desk.rng).by_login(arguments.by)
    if ROLE not in account.viewer.roles or not account.active:
        raise BadAccount(f"{arguments.by} is no rule administrator (users roles LOGIN --roles rule_admin)")
    office = OfficeClock(desk.database, desk.clock)
    with desk.database.write() as tx:
        publish(tx, new, office, by=account.person_id, device="", at=desk.clock.now())
    print(f"version {new.version} is published; in force from {new.effective_from}", file=desk.out)


def _read(file: Path) -> RuleProfile:
    try:
        return decode_profile(file.read_bytes())
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise BadProfile(f"{file}: {error}") from error
