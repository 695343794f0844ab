"""How this machine telephones, as a person or an administrator has set it. Holds no secret and nobody's number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

Kind = Literal["none", "softphone", "dialler", "program"]
KINDS: Final = cast(tuple[Kind, ...], get_args(Kind))


@dataclass(frozen=True)
class LineSetup:
    """``address``: the SIP server ("host:port"), or the dialler's ("https://…"), or "" for a program's ``tel:``.

    ``seat`` is the extension of this desk, ``prefix`` what is dialled for an outside line, ``audio`` the softphone's
    device. ``command_line``: an administrator allows a telephone program to be handed the number on its command line.
    """

    kind: Kind = "none"
    address: str = ""
    seat: str = ""
    prefix: str = ""
    transport: str = "udp"
    audio: str = "alsa,default"
    command_line: bool = False

    @property
    def secret_name(self) -> str:
        """Under which name the keyring has the seat's password or the dialler's token."""
        return f"telephone:{self.kind}:{self.seat}@{self.address}"

    def gap(self) -> str:
        """What is missing before anybody can be called: "address", "seat", or "" for nothing."""
        if self.kind in ("softphone", "dialler") and not self.address:
            return "address"
        return "seat" if self.kind in ("softphone", "dialler") and not self.seat else ""
