"""``python -m central users``: who may sign in, as what, for which units."""

from __future__ import annotations

import argparse
import getpass
import random
import sys
from collections.abc import Callable
from typing import TextIO, cast

from central.accounts import Accounts, BadAccount
from central.database import Database
from central.installation import open_database
from central.schema import WrongSchema
from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Person, Role, literals
from desktop.models.domain.ids import IdSource

DESCRIPTION = """\
Add and change the people of the office and the liaisons of the units. Roles: officer (督办员), approve (督办科长),
deputy_director (分管副主任), return_visit (回访员), liaison (承办单位联络员), rule_admin (规则管理员).
The clearance for reports (举报) is no role: it belongs to a named person, is granted and withdrawn with a reason,
and stays on record. Changing roles, units or the clearance makes the person's desktops load anew."""

EPILOG = """\
examples:
  python -m central users --database office.db add wangmin --name 王敏 --title 督办员 --roles officer
  python -m central users --database office.db add chenjing --name 陈静 --roles liaison --units UNIT-ID
  python -m central users --database office.db clear wangmin --reason "专办举报件，局党组批准"
  python -m central users --database office.db list"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    acts = parser.add_subparsers(
        dest="act", required=True, metavar="add|list|passwd|roles|clear|unclear|disable|enable"
    )
    add = acts.add_parser("add", help="add a person; asks for the password")
    add.add_argument("login")
    add.add_argument("--name", required=True, help="the name colleagues see")
    add.add_argument("--title", default="", help="position, e.g. 督办员")
    _role_arguments(add)
    _password_argument(add)
    add.add_argument(
        "--no-password",
        action="store_true",
        help="none is kept here: the person signs in with the office's own provider alone",
    )
    acts.add_parser("list", help="everybody with roles and units")
    passwd = acts.add_parser("passwd", help="set a new password; ends the person's sign-ins")
    passwd.add_argument("login")
    _password_argument(passwd)
    roles = acts.add_parser("roles", help="replace roles and units")
    roles.add_argument("login")
    _role_arguments(roles)
    for act, text in (("clear", "let a person handle reports"), ("unclear", "withdraw that")):
        clearance = acts.add_parser(act, help=text)
        clearance.add_argument("login")
        clearance.add_argument("--reason", required=True, help="why; stays on record")
    for act, text in (("disable", "no longer let in; ends the sign-ins"), ("enable", "let in again")):
        acts.add_parser(act, help=text).add_argument("login")


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Do what was asked; 1 with the reason on ``err`` where it cannot be done."""
    try:
        database: Database = open_database(arguments.database, rng)
    except (WrongSchema, ValueError) as error:
        print(f"users: {error}", file=err)
        return 1
    accounts = Accounts(database, clock=clock, rng=rng)
    try:
        _ACTS[arguments.act](accounts, arguments, IdSource(clock, rng), out)
    except BadAccount as error:
        print(f"users: {error}", file=err)
        return 1
    finally:
        database.close()
    return 0


def _add(accounts: Accounts, arguments: argparse.Namespace, new_id: IdSource, out: TextIO) -> None:
    roles = cast("tuple[Role, ...]", _roles_of(arguments))
    person = Person(
        id=new_id(),
        name=arguments.name,
        title=arguments.title,
        roles=roles,
        unit_ids=_split(arguments.units),
    )
    password = None if arguments.no_password else _password(arguments)
    account = accounts.add(person, arguments.login, password)
    print(f"added {account.login} ({account.viewer.name})", file=out)


def _list(accounts: Accounts, arguments: argparse.Namespace, new_id: IdSource, out: TextIO) -> None:
    for account in accounts.all():
        parts = [account.login, account.viewer.name, ",".join(sorted(account.viewer.roles))]
        parts += [",".join(sorted(account.viewer.unit_ids)), "" if account.active else "disabled"]
        print("\t".join(parts).rstrip(), file=out)


def _passwd(accounts: Accounts, arguments: argparse.Namespace, new_id: IdSource, out: TextIO) -> None:
    accounts.set_password(arguments.login, _password(arguments))
    print(f"new password for {arguments.login}", file=out)


def _roles(accounts: Accounts, arguments: argparse.Namespace, new_id: IdSource, out: TextIO) -> None:
    cleared = accounts.by_login(arguments.login).viewer.cleared
    roles = (*_roles_of(arguments), *(("cleared",) if cleared else ()))
    accounts.set_roles(arguments.login, roles, _split(arguments.units))
    print(f"{arguments.login} is now {arguments.roles}", file=out)


def _clear(accounts: Accounts, arguments: argparse.Namespace, new_id: IdSource, out: TextIO) -> None:
    cleared = arguments.act == "clear"
    accounts.set_clearance(arguments.login, cleared, arguments.reason)
    print(f"{arguments.login} {'may now' if cleared else 'may no longer'} handle reports", file=out)


def _disable(accounts: Accounts, arguments: argparse.Namespace, new_id: IdSource, out: TextIO) -> None:
    active = arguments.act == "enable"
    accounts.set_active(arguments.login, active)
    print(f"{arguments.login} is {'enabled' if active else 'disabled'}", file=out)


_ACTS: dict[str, Callable[[Accounts, argparse.Namespace, IdSource, TextIO], None]] = {
    "add": _add,
    "list": _list,
    "passwd": _passwd,
    "roles": _roles,
    "clear": _clear,
    "unclear": _clear,
    "disable": _disable,
    "enable": _disable,
}


def _role_arguments(parser: argparse.ArgumentParser) -> None:
    known = ", ".join(role for role in literals(Role) if role != "cleared")
    parser.add_argument("--roles", required=True, metavar="R,R", help=f"any of: {known}")
    parser.add_argument("--units", default="", metavar="ID,ID", help="units a liaison answers for")


def _password_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input, not the terminal",
    )


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("New password: ")
    if first != getpass.getpass("Again: "):
        raise BadAccount("the two passwords differ")
    return first


def _roles_of(arguments: argparse.Namespace) -> tuple[str, ...]:
    roles = _split(arguments.roles)
    if "cleared" in roles:
        raise BadAccount("the clearance is no role; grant it by name: users clear LOGIN --reason …")
    return roles


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
