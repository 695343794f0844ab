"""The people who call: names, telephone numbers that are nobody's, and the marks that callers heed.

No number is real: mobile numbers begin with 154 and landlines with 0399, which are in use nowhere. A person's identity
leaves this module only as a Contact; rows get the masked label and the last four digits.
"""

from __future__ import annotations

import random

from central.loader import Contact
from desktop.models.domain.entities import RequesterKind

from .chance import Lottery, one_of
from .ids import Ids, child_id
from .world import World

_MOBILES = 10**8
_LANDLINES = 10**7
# Odd and not divisible by five: multiplying by it shuffles all numbers without ever meeting one twice.
_SHUFFLE = 61_803_399
_CARE: Lottery[tuple[str, ...]] = Lottery({(): 930, ("elderly",): 55, ("deaf",): 6, ("dialect",): 9})


class Citizen:
    """A requester. ``contact`` holds the identity; ``known`` once it has been handed out."""

    __slots__ = ("care", "contact", "kind", "known", "label", "tail")

    def __init__(self, contact: Contact, label: str, kind: RequesterKind, care: tuple[str, ...]) -> None:
        self.contact = contact
        self.label = label
        self.kind: RequesterKind = kind
        self.tail = contact.phone[-4:]
        self.care = care
        self.known = False


class Citizens:
    """Makes citizens, each with a number of their own. ``offset`` sets off one seed's numbers from another's."""

    def __init__(self, world: World, ids: Ids, *, offset: int) -> None:
        self._surnames = world.surnames
        self._women = world.corpus.names.women
        self._men = world.corpus.names.men
        self._taken = world.taken
        self._family = ids.of("contacts", "")
        self._offset = offset
        self._count = 0

    def make(self, rng: random.Random, *, legal: bool) -> Citizen:
        """A new person, speaking for a company where ``legal``."""
        name = label = ""
        while not name or name in self._taken:
            surname = self._surnames.draw(rng)
            if rng.random() < 0.47:
                name, label = surname + one_of(rng, self._women), surname + "女士"
            else:
                name, label = surname + one_of(rng, self._men), surname + "先生"
        self._count += 1
        shuffled = (self._count + self._offset) * _SHUFFLE
        if legal and rng.random() < 0.4:
            phone = f"0399-{shuffled % _LANDLINES:07d}"
        else:
            phone = f"154{shuffled % _MOBILES:08d}"
        contact = Contact(child_id(self._family, 0, self._count), name, phone, sample=True)
        care = () if legal else _CARE.draw(rng)
        return Citizen(contact, label, "legal" if legal else "natural", care)
