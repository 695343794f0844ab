"""What a person set up for themselves on this machine: an ini file without personal data.

Never holds names, tokens, queries or anything of a case. Values that make no sense count as not set.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from PySide6.QtCore import QByteArray, QLocale, QSettings

from desktop.preset import Preset

if TYPE_CHECKING:
    from desktop.models.domain.tidings import QuietHours
    from desktop.services.background.area import Area
    from desktop.services.background.letter_place import LetterPlace
    from desktop.services.background.telephone_place import TelephonePlace
    from desktop.services.background.tidings_watch import TidingsPlace
    from desktop.services.telephony.setup import LineSetup

_TELEPHONE = ("kind", "address", "seat", "prefix", "transport", "audio")
Scheme = Literal["system", "light", "dark", "contrast"]
Density = Literal["comfortable", "compact"]
Language = Literal["system", "zh", "en"]


class Settings:
    """Typed access to the file at ``path``; written at once."""

    def __init__(self, path: Path, preset: Preset | None = None) -> None:
        """``preset``: what the machine's administrator has laid down."""
        self._file = QSettings(str(path), QSettings.Format.IniFormat)
        self.preset = preset or Preset()

    @property
    def language(self) -> Language:
        return cast(Language, self._choice("look/language", get_args(Language), "system"))

    @language.setter
    def language(self, value: Language) -> None:
        self._set("look/language", value)

    @property
    def scheme(self) -> Scheme:
        return cast(Scheme, self._choice("look/scheme", get_args(Scheme), "system"))

    @scheme.setter
    def scheme(self, value: Scheme) -> None:
        self._set("look/scheme", value)

    @property
    def density(self) -> Density:
        return cast(Density, self._choice("look/density", get_args(Density), "comfortable"))

    @density.setter
    def density(self, value: Density) -> None:
        self._set("look/density", value)

    @property
    def scale(self) -> float:
        """Size of type, 0.9–2.0."""
        try:
            return min(2.0, max(0.9, float(str(self._file.value("look/scale", 1.0)))))
        except ValueError:
            return 1.0

    @scale.setter
    def scale(self, value: float) -> None:
        self._set("look/scale", value)

    @property
    def reduced_motion(self) -> bool:
        return self._flag("look/reduced_motion")

    @reduced_motion.setter
    def reduced_motion(self, value: bool) -> None:
        self._set("look/reduced_motion", "true" if value else "false")

    @property
    def rail_folded(self) -> bool:
        return self._flag("window/rail_folded")

    @rail_folded.setter
    def rail_folded(self, value: bool) -> None:
        self._set("window/rail_folded", value)

    @property
    def whole_city(self) -> bool:
        """Whether lists were last looked at for the whole city, by somebody who looks after some of its units."""
        return self._flag("lists/whole_city")

    def keep_area(self, area: Area) -> None:
        """Let a desk begin with it, and keep what is chosen there."""
        area.remember(self.whole_city, self._set_whole_city)

    def _set_whole_city(self, whole_city: bool) -> None:
        self._set("lists/whole_city", "true" if whole_city else "false")

    @property
    def geometry(self) -> QByteArray:
        value = self._file.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._set("window/geometry", value)

    @property
    def place(self) -> tuple[str, str]:
        """Page and queue where a person's own desk stood when it was left, "" for none."""
        page, _, queue = str(self._file.value("window/place", "") or "").partition("/")
        return page, queue

    @place.setter
    def place(self, value: tuple[str, str]) -> None:
        if value != self.place:
            self._set("window/place", "/".join(value))

    @property
    def outline(self) -> str:
        """Where the list of that page stood in the window, as the window wrote it."""
        return str(self._file.value("window/outline", "") or "")

    @outline.setter
    def outline(self, value: str) -> None:
        if value != self.outline:
            self._set("window/outline", value)

    @property
    def guide_dismissed(self) -> bool:
        return self._flag("sample/guide_dismissed")

    @guide_dismissed.setter
    def guide_dismissed(self, value: bool) -> None:
        self._set("sample/guide_dismissed", value)

    @property
    def server(self) -> str:
        """The address of the city's server, "" before the first sign-in."""
        return self._laid_down("server", "server/address") or self.preset.server

    @server.setter
    def server(self, value: str) -> None:
        self._set("server/address", value)

    @property
    def account(self) -> str:
        """The name of the folder whose store was open last; a hash, not a person."""
        return str(self._file.value("server/account", "") or "")

    @account.setter
    def account(self, value: str) -> None:
        self._set("server/account", value)

    @property
    def proxy(self) -> str:
        """ "system" (the default), "none", or the address of a proxy."""
        return self._laid_down("proxy", "server/proxy") or self.preset.proxy or "system"

    @proxy.setter
    def proxy(self, value: str) -> None:
        self._set("server/proxy", value)

    @property
    def authority(self) -> str:
        """The file with the certificate of a city that vouches for itself, "" for none."""
        return self._laid_down("authority", "server/authority") or self.preset.authority

    @authority.setter
    def authority(self, value: str) -> None:
        self._set("server/authority", value)

    @property
    def locked(self) -> bool:
        """Whether the desk was locked when the program ended: starting it again is no way round the lock."""
        return self._flag("lock/locked")

    @locked.setter
    def locked(self, value: bool) -> None:
        self._set("lock/locked", "true" if value else "false")

    def forget_device(self) -> None:
        """The office has withdrawn this device; who signs in here next is on a new one."""
        self._file.remove("server/device")
        self._file.sync()

    @property
    def pins(self) -> tuple[str, ...]:
        """The keys that the server may have, () for any."""
        return tuple(self._laid_down("pins", "server/pins").split()) or self.preset.pins

    @pins.setter
    def pins(self, value: tuple[str, ...]) -> None:
        self._set("server/pins", " ".join(value))

    @property
    def letters(self) -> str:
        """The folder with a city's own letter templates, "" for none; what the administrator laid down goes before."""
        return self.preset.letters or str(self._file.value("letters/folder", "") or "")

    @letters.setter
    def letters(self, value: str) -> None:
        self._set("letters/folder", value)

    def letter_place(self) -> LetterPlace:
        """The same for a desk, which may change it."""
        from desktop.services.background.letter_place import LetterPlace  # not before the first rows

        folder = Path(self.letters) if self.letters else None
        return LetterPlace(folder, bool(self.preset.letters), self._keep_letters)

    def tidings_place(self) -> TidingsPlace:
        """Whether a person is told of what came, and when not; times that make no sense are the usual ones."""
        from desktop.models.domain.tidings import QuietHours
        from desktop.services.background.tidings_watch import TidingsPlace

        usual = QuietHours()
        try:
            begins, until = (
                time.fromisoformat(str(self._file.value(f"tidings/quiet_{name}", at.isoformat("minutes"))))
                for name, at in (("from", usual.begins), ("until", usual.until))
            )
        except ValueError:
            begins, until = usual.begins, usual.until
        return TidingsPlace(not self._flag("tidings/off"), QuietHours(begins, until), self._keep_tidings)

    def _keep_tidings(self, wanted: bool, quiet: QuietHours) -> None:
        self._set("tidings/off", "false" if wanted else "true")
        self._set("tidings/quiet_from", quiet.begins.isoformat("minutes"))
        self._set("tidings/quiet_until", quiet.until.isoformat("minutes"))

    def telephone_place(self) -> TelephonePlace:
        """How this machine telephones. Where an administrator says the kind, a person says at most which seat it is."""
        from desktop.services.background.telephone_place import TelephonePlace
        from desktop.services.telephony.setup import KINDS, LineSetup

        laid_down = self.preset.telephone
        own = {name: str(self._file.value(f"telephone/{name}", "") or "") for name in _TELEPHONE}
        chosen: dict[str, Any] = {name: value for name, value in own.items() if value}
        if "kind" in laid_down:
            chosen = {"seat": own["seat"]} | laid_down
        elif chosen.get("kind") not in KINDS:
            chosen["kind"] = "none"
        return TelephonePlace(LineSetup(**chosen), "kind" in laid_down, self._keep_telephone)

    def _keep_telephone(self, setup: LineSetup, secret: str | None) -> None:
        """The secret is the keyring's and never comes here."""
        for name in _TELEPHONE:
            self._set(f"telephone/{name}", getattr(setup, name))

    def _keep_letters(self, folder: str) -> None:
        self.letters = folder

    def _laid_down(self, name: str, key: str) -> str:
        """What the person has set, "" where that is not theirs to set."""
        return "" if name in self.preset.locked else str(self._file.value(key, "") or "")

    def device_id(self, new_id: Callable[[], str]) -> str:
        """This device's id, made at the first asking."""
        known = str(self._file.value("server/device", "") or "")
        if not known:
            known = new_id()
            self._set("server/device", known)
        return known

    def widths(self, table: str) -> str:
        """The column layout of a table as the table itself wrote it; "" when never changed."""
        return str(self._file.value(f"columns/{table}", "") or "")

    def set_widths(self, table: str, layout: str) -> None:
        self._set(f"columns/{table}", layout)

    def speaks(self) -> Literal["zh", "en"]:
        """The language in force: the one chosen, else the system's."""
        if self.language != "system":
            return self.language
        return system_language()

    def _choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        value = str(self._file.value(key, default))
        return value if value in choices else default

    def _flag(self, key: str) -> bool:
        return str(self._file.value(key, "false")).lower() == "true"

    def _set(self, key: str, value: object) -> None:
        self._file.setValue(key, value)
        self._file.sync()


def system_language() -> Literal["zh", "en"]:
    """Chinese where the system's interface is Chinese, English elsewhere."""
    names = [*QLocale.system().uiLanguages(), os.environ.get("LANGUAGE", ""), locale.getlocale()[0] or ""]
    first = next((name for name in names if name and name not in ("C", "POSIX")), "")
    return "zh" if first.lower().startswith("zh") else "en"
