"""The telephone of one desk: what is set becomes a line, its secret comes from the keyring, and all ends with the desk.

The keyring and the dialler are asked in lanes of their own. The secret is in memory while the line is, and in no file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject

from desktop.paths import private_folder
from desktop.services.account.vault import Vault
from desktop.services.api.transport import Transport
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.services.background.telephone_place import TelephonePlace
from desktop.services.telephony.line import Line
from desktop.services.telephony.setup import LineSetup
from desktop.services.telephony.switch import Switch

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.world import World

_CLOSE_S = 3.0
_FOLDER = "telephone"


class Telephone(QObject):
    """Made with a session and closed by it."""

    def __init__(
        self,
        session: Session,
        folder: Path,
        place: TelephonePlace,
        world: World,
        find_vault: Callable[[], Vault | None],
    ) -> None:
        """``folder`` is the account's; the softphone gets a private one in it while it runs."""
        super().__init__(session)
        self.switch = Switch(self)
        self._folder = folder / _FOLDER
        self._place = place
        self._world = world
        self._find_vault = find_vault
        self._kept: tuple[str, str] = ("", "")
        self._deeds = Tasks("telephone", parent=self)
        self._news = Tasks("telephone news", parent=self)
        place.keep = partial(self._choose, place.keep)
        session.desk.line = self.switch
        session.desk.telephone = place
        session.closing.connect(self.close)
        self._take_up(None)

    def close(self) -> None:
        """Hang up and let go."""
        self.switch.close()
        self._deeds.close(drain=True, timeout_s=_CLOSE_S)
        self._news.close(drain=False, timeout_s=_CLOSE_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _choose(
        self, keep: Callable[[LineSetup, str | None], None], setup: LineSetup, secret: str | None
    ) -> None:
        keep(setup, None)  # the secret is the keyring's
        self._take_up(secret)

    def _take_up(self, secret: str | None) -> None:
        setup = self._place.setup
        self.switch.plug(None, "no_line" if setup.kind == "none" else "line_starting")
        if setup.kind == "none":
            return
        if setup.gap():
            self.switch.plug(None, "line_account_unfit")
        elif setup.kind == "program":
            self._plug((setup, ""))
        else:
            self._deeds.run(self, partial(self._secret, setup, secret), self._plug, self._no_secret)

    def _secret(self, setup: LineSetup, given: str | None) -> tuple[LineSetup, str]:
        """In the lane: keep what was given, or fetch what is kept. Without a keyring it lasts as long as the desk."""
        name = setup.secret_name
        if given is not None:
            self._kept = (name, given)
        vault = self._find_vault()
        if vault is None:
            return setup, self._kept[1] if self._kept[0] == name else ""
        if given is not None:
            vault.set(name, given)
            return setup, given
        return setup, vault.get(name) or ""

    def _no_secret(self, error: DeskError) -> None:
        self.switch.plug(None, error.code if error.code.startswith("keyring") else "line_account_unfit")

    def _plug(self, found: tuple[LineSetup, str]) -> None:
        setup, secret = found
        if setup == self._place.setup:
            self.switch.plug(self._line(setup, secret))

    def _line(self, setup: LineSetup, secret: str) -> Line:
        if setup.kind == "program":
            from desktop.services.telephony.another_program import AnotherProgram

            return AnotherProgram(
                "sip" if setup.address else "tel",
                host=setup.address,
                prefix=setup.prefix,
                on_command_line=setup.command_line,
            )
        if setup.kind == "dialler":
            from desktop.services.telephony.city_dialler import CityDialler, Seat

            parts = urlsplit(setup.address)
            way = Transport(f"{parts.scheme}://{parts.netloc}", monotonic=self._world.clock.monotonic)
            seat = Seat(extension=setup.seat, token=secret, prefix=setup.prefix, path=parts.path.rstrip("/"))
            return CityDialler(way, seat, deeds=self._deeds, news=self._news, clock=self._world.clock)
        from desktop.services.telephony.softphone import Softphone
        from desktop.services.telephony.softphone_setup import (
            SipAccount,
            as_transport,
            find_authorities,
            find_program,
        )

        transport = as_transport(setup.transport)
        account = SipAccount(
            server=setup.address,
            user=setup.seat,
            password=secret,
            transport=transport,
            prefix=setup.prefix,
            audio=setup.audio,
            authorities=find_authorities(transport),
        )
        shutil.rmtree(self._folder, ignore_errors=True)  # what a crash left
        line = Softphone(find_program(), private_folder(self._folder), account, clock=self._world.clock)
        line.start()
        return line
