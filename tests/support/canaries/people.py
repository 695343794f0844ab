"""Made-up persons whose every datum holds a stem that nothing else holds, and that stem in every spelling of bytes.

A hit of a stem is a hit of a person, so that a hundred persons are searched for as fast as one.
"""

from __future__ import annotations

import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from central.loader import Contact
from desktop.models.domain.entities import Ticket
from desktop.models.domain.redaction import mask_name, phone_tail, redact
from tests.support.builders import make_ticket

_SURNAMES = "赵钱孙李周吴郑王冯陈"
_GIVEN = "龘靐齉"
_ROAD = "鸑鷟巷"
_PHONE = "1970753"
_CARD = "659004199"
_MAIL = ".kanarie@nest-7531"
STEMS = {"name": _GIVEN, "phone": _PHONE, "card": _CARD, "mail": _MAIL, "address": _ROAD}


@dataclass(frozen=True)
class Citizen:
    """One requester; ``words`` are the request as told, with everything in it."""

    name: str
    phone: str
    card: str
    mail: str
    address: str

    @property
    def words(self) -> str:
        """What the hotline wrote down."""
        return (
            f"门前路灯不亮。{self.name}，身份证{self.card}，住{self.address}，电话{self.phone}，"
            f"请回复{self.mail}。"
        )


def citizens(count: int) -> list[Citizen]:
    """That many persons, no two alike."""
    made = []
    for n in range(count):
        own = chr(0x4E00 + 7 * n)
        made.append(
            Citizen(
                name=f"{_SURNAMES[n % len(_SURNAMES)]}{_GIVEN}{own}",
                phone=f"{_PHONE}{n:04d}",
                card=f"{_CARD}{n:08d}X",
                mail=f"c{n}{_MAIL}.example",
                address=f"云州市{_ROAD}{n + 1}号",
            )
        )
    return made


def case_of(citizen: Citizen, **fields: object) -> tuple[Ticket, Contact, tuple[str, str]]:
    """A citizen's case as the import leaves it: redacted, with identity and full text apart."""
    made = make_ticket(**fields)
    ticket = replace(
        made,
        title=redact(f"{citizen.name}反映路灯不亮", (citizen.name,)),
        request_text=redact(citizen.words, (citizen.name,)),
        requester_label=mask_name(citizen.name, "女士"),
        phone_tail=phone_tail(citizen.phone),
        address=citizen.address,
    )
    person = Contact(ticket.contact_id, citizen.name, citizen.phone, False)
    return ticket, person, (ticket.id, citizen.words)


def spellings(text: str) -> Iterator[bytes]:
    """The text in the clear, in UTF-16 of both orders, base64 at any alignment, percent signs, JSON; backwards."""
    for word in (text, text[::-1]):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            data = word.encode(encoding)
            yield data
            for shift in range(3):
                coded = b64encode(bytes(shift) + data)
                begin, end = (0, 2, 3)[shift], -(-(shift + len(data)) * 8 // 6)
                whole = (shift + len(data)) * 8 // 6
                yield coded[begin : min(end, whole)]
    percent = "".join(f"%{byte:02X}" for byte in text.encode())
    yield from (percent.encode(), percent.lower().encode(), quote(text).encode())
    escaped = "".join(f"\\u{ord(char):04x}" for char in text)
    yield from (escaped.encode(), escaped.upper().replace("\\U", "\\u").encode())


_WANTED = {name: tuple(dict.fromkeys(spellings(stem))) for name, stem in STEMS.items()}


def found_in(data: bytes, stems: Iterable[str] = STEMS) -> list[str]:
    """The stems that are in these bytes in any spelling."""
    return [name for name in stems if any(spelling in data for spelling in _WANTED[name])]


def found_below(folder: Path) -> list[str]:
    """ "file: stem" for every file below a folder; archives are looked into, names of files are looked at."""
    hits = [f"{path.name}: its name" for path in folder.rglob("*") if found_in(path.name.encode())]
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        hits += [f"{path.relative_to(folder)}: {stem}" for stem in found_in(path.read_bytes())]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    hits += [f"{path.name}/{member}: {stem}" for stem in found_in(archive.read(member))]
    return hits
