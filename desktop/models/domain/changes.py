"""What a command or a sync page changed: a small typed set sent after the commit, never one signal a row."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from .entities import Key

_MANY = 200


class Changes(Struct, frozen=True, kw_only=True):
    """Types and ids that changed. ``everything`` = too many to name (a snapshot, an import)."""

    types: frozenset[str] = frozenset()
    keys: frozenset[Key] = frozenset()
    ticket_ids: frozenset[str] = frozenset()
    outbox: bool = False
    everything: bool = False

    @classmethod
    def of(
        cls,
        keys: Iterable[Key],
        ticket_ids: Iterable[str] = (),
        *,
        outbox: bool = False,
    ) -> Changes:
        """From the keys of changed rows; past 200 of them the set says "everything"."""
        named = frozenset(keys)
        if len(named) > _MANY:
            return cls(types=frozenset(t for t, _ in named), outbox=outbox, everything=True)
        return cls(
            types=frozenset(t for t, _ in named),
            keys=named,
            ticket_ids=frozenset(ticket_ids),
            outbox=outbox,
        )

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            types=self.types | other.types,
            keys=self.keys | other.keys,
            ticket_ids=self.ticket_ids | other.ticket_ids,
            outbox=self.outbox or other.outbox,
            everything=self.everything or other.everything,
        )

    def __bool__(self) -> bool:
        return bool(self.types or self.keys or self.outbox or self.everything)

    def concerns(self, *types: str) -> bool:
        """True when rows of any of ``types`` may have changed."""
        return bool(self.types.intersection(types)) or (self.everything and not self.types)


NO_CHANGES = Changes()
