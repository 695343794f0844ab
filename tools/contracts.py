"""An import-linter contract that reads like the architecture's table: each room and all that it may import.

The built-in contracts forbid; a room of this house is described by what it is given. Runs inside lint-imports, in the
project's environment (this module alone of `tools` needs a package); holds no room's name itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


@dataclass(frozen=True)
class Room:
    """A package (or module) and what it is given: packages by dotted name, `*` for any third party, less `never`."""

    name: str
    given: frozenset[str]
    never: frozenset[str]

    @classmethod
    def parse(cls, line: str) -> Room:
        """From `room: package package * !package`; ValueError if there is no colon."""
        name, colon, words = line.partition(":")
        if not colon:
            raise ValueError(f"a room is written 'name: what it may import', not {line!r}")
        given = frozenset(word for word in words.split() if not word.startswith("!"))
        never = frozenset(word.removeprefix("!") for word in words.split() if word.startswith("!"))
        return cls(name.strip(), given, never)

    def may_import(self, module: str, *, third_party: bool) -> bool:
        """Whether a module of this room may name `module` in an import."""
        if any(_within(module, name) for name in self.never):
            return False
        return (
            _within(module, self.name)
            or (third_party and "*" in self.given)
            or any(_within(module, name) for name in self.given)
        )


class RoomsContract(Contract):
    """Fails on an import that the importer's room is not given, and on a module that stands in no room."""

    rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import; indirect ones follow, because each step is checked in its own room."""
        rooms = [Room.parse(line) for line in cast("list[str]", self.rooms)]
        inside = {name.partition(".")[0] for name in (room.name for room in rooms)}
        homeless: list[str] = []
        breaches: list[str] = []
        for module in sorted(graph.modules):
            if module.partition(".")[0] not in inside:
                continue
            room = room_of(module, rooms)
            if room is None:
                homeless.append(module)
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                root = imported.partition(".")[0]
                if root in sys.stdlib_module_names or room.may_import(
                    imported, third_party=root not in inside
                ):
                    continue
                details = graph.get_import_details(importer=module, imported=imported)
                breaches += [
                    f"{module}:{detail['line_number']} imports {imported}, which {room.name} is not given"
                    for detail in details
                ]
        return ContractCheck(
            kept=not homeless and not breaches, metadata={"homeless": homeless, "breaches": breaches}
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line a breach, then where the table stands."""
        for module in check.metadata["homeless"]:
            output.print_error(f"{module} stands in no room", bold=False)
        for line in check.metadata["breaches"]:
            output.print_error(line, bold=False)
        output.new_line()
        output.print("The table of rooms stands in pyproject.toml and is explained in docs/architecture.md.")


def room_of(module: str, rooms: Iterable[Room]) -> Room | None:
    """The room with the longest name that holds `module`."""
    holding = [room for room in rooms if _within(module, room.name)]
    return max(holding, key=lambda room: len(room.name), default=None)


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
