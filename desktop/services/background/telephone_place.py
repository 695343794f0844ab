"""How this machine telephones, as a desk knows it; whoever opens the desk says how a choice is kept and taken up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from desktop.services.telephony.setup import LineSetup


def _forget(setup: LineSetup, secret: str | None) -> None:
    """Kept nowhere."""


@dataclass
class TelephonePlace:
    """``laid_down``: only an administrator changes it. ``keep`` takes it up at once and keeps it for the next start."""

    setup: LineSetup = field(default_factory=LineSetup)
    laid_down: bool = False
    keep: Callable[[LineSetup, str | None], None] = _forget

    def choose(self, setup: LineSetup, secret: str | None) -> None:
        """Telephone this way from now on; ``secret`` None leaves the password or token that is known.

        What is laid down stays; which seat this is a person still says.
        """
        self.setup = replace(self.setup, seat=setup.seat) if self.laid_down else setup
        self.keep(self.setup, secret)
