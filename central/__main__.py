"""``python -m central``: arguments, and the clock, randomness and streams everything else is handed."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence

from desktop.models.domain.clock import SystemClock

DESCRIPTION = """\
The reference central server of the 12345 supervision desk: the other end of the desktops' contract.
Start with `serve --sample-city 3000` to try it, or `import` a hotline's export and `users add` the people."""

_COMMANDS = {
    "serve": "serve the contract to the desktops",
    "migrate": "bring a database's schema up to date",
    "backup": "copy a database into a file, while it serves",
    "restore": "bring a copy back, or say that one was brought back",
    "check": "say how a database is",
    "import": "bring in tickets from a hotline's export",
    "visit-results": "bring in what return visits by message, page and robot found",
    "sample": "build a sample city into a database",
    "users": "add and change people",
    "profile": "the versions of the city's rules, and publishing a new one",
    "devices": "hold a machine, have it wiped, let it in again",
    "recovery": "the city's recovery key, and what wiped machines sealed to it",
    "audit": "check the record of who saw what, and ask it about one requester",
    "openapi": "print the OpenAPI document of the contract",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status says how it went."""
    parser = argparse.ArgumentParser(
        prog="central", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    words = list(sys.argv[1:] if argv is None else argv)
    wanted = next((word for word in words if word in _COMMANDS), "")
    for name, text in _COMMANDS.items():
        command = commands.add_parser(name, help=text)
        if name not in ("openapi", "recovery"):
            command.add_argument(
                "--database", default="central.db", metavar="DB", help="a SQLite file or a postgresql:// URL"
            )
        if name == wanted:
            _arguments_of(name, command)
    return _run(parser.parse_args(words))


def _arguments_of(name: str, command: argparse.ArgumentParser) -> None:
    """Only the command that was asked for is imported: the others' libraries take time."""
    if name == "serve":
        from central.commands import serve

        serve.add_arguments(command)
    elif name == "users":
        from central.commands import users

        users.add_arguments(command)
    elif name == "profile":
        from central.commands import profile

        profile.add_arguments(command)
    elif name == "devices":
        from central.commands import devices

        devices.add_arguments(command)
    elif name == "recovery":
        from central.commands import recovery

        recovery.add_arguments(command)
    elif name == "audit":
        from central.commands import audit

        audit.add_arguments(command)
    elif name == "migrate":
        from central.commands import migrate

        migrate.add_arguments(command)
    elif name in ("backup", "restore", "check"):
        from central.commands import upkeep

        upkeep.add_arguments(name, command)
    elif name == "import":
        from central.importing import command as importing

        importing.add_arguments(command)
    elif name == "visit-results":
        from central.importing import visit_results_command

        visit_results_command.add_arguments(command)
    elif name == "sample":
        from central.sample_city import command as sample_city

        sample_city.add_arguments(command)


def _run(arguments: argparse.Namespace) -> int:
    clock, rng = SystemClock(), random.SystemRandom()
    if arguments.command == "openapi":
        from central.openapi import render

        sys.stdout.write(render())
        return 0
    if arguments.command == "serve":
        from central.commands import serve

        return serve.run(arguments, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    if arguments.command == "users":
        from central.commands import users

        return users.run(arguments, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    if arguments.command == "profile":
        from central.commands import profile

        return profile.run(arguments, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    if arguments.command == "devices":
        from central.commands import devices

        return devices.run(arguments, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    if arguments.command == "recovery":
        from central.commands import recovery

        return recovery.run(arguments, out=sys.stdout, err=sys.stderr)
    if arguments.command == "audit":
        from central.commands import audit

        return audit.run(arguments, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    if arguments.command == "migrate":
        from central.commands import migrate

        return migrate.run(arguments, rng=rng, out=sys.stdout, err=sys.stderr)
    if arguments.command in ("backup", "restore", "check"):
        from central.commands import upkeep

        return upkeep.run(arguments, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    from central.installation import open_database
    from central.schema import WrongSchema

    try:
        database = open_database(arguments.database, rng)
    except (WrongSchema, ValueError) as error:
        print(f"{arguments.command}: {error}", file=sys.stderr)
        return 1
    try:
        if arguments.command == "import":
            from central.importing import command as importing

            return importing.run(arguments, database, clock=clock, out=sys.stdout, err=sys.stderr)
        if arguments.command == "visit-results":
            from central.importing import visit_results_command

            return visit_results_command.run(arguments, database, clock=clock, out=sys.stdout, err=sys.stderr)
        from central.sample_city import command as sample_city

        return sample_city.run(arguments, database, clock=clock, rng=rng, out=sys.stdout, err=sys.stderr)
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
