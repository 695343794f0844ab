"""What the command palette offers in every frame: pages and queues, and the matters of the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.models.domain.privacy import viewer_of
from desktop.views.common import theme

from .leads import Asks, Does, Goes
from .pages import PageSpec, key_of_page
from .palette import Entry

if TYPE_CHECKING:
    from .frame import Frame


_CALLERS = frozenset({"return_visit", "officer"})


class FrameEntries(QObject):
    """Entries that act on one frame."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame

    def all(self, specs: tuple[PageSpec, ...]) -> list[Entry]:
        """Every entry, pages first."""
        frame = self._frame
        entries = []
        for number, spec in enumerate(specs, 1):
            entries.append(
                Entry(spec.title(), Goes(frame, spec.key), spec.icon, key_of_page(number), spec.keywords)
            )
            entries += [
                Entry(f"{spec.title()} · {queue.title()}", Goes(frame, spec.key, queue.key), "list-filter")
                for queue in spec.queues
                if frame.rail.has(spec.key, queue.key)
            ]
            entries += [
                Entry(
                    deed.title(), Does(frame, spec.key, deed.method, deed.value), deed.icon, "", deed.keywords
                )
                for deed in spec.deeds
            ]
        return entries + self._units(frame, specs) + self._own(frame)

    def _units(self, frame: Frame, specs: tuple[PageSpec, ...]) -> list[Entry]:
        """Every unit by name, person, pinyin and initials: whom to call is three letters away."""
        if not any(spec.key == "units" for spec in specs):
            return []
        units = sorted(frame.desk.reference.units.values(), key=lambda unit: unit.pinyin or unit.name)
        return [
            Entry(
                unit.short_name or unit.name,
                Does(frame, "units", "show_unit", unit.id),
                "building-2",
                "",
                (unit.name, *unit.pinyin.split(), *(name for name in (unit.leader, unit.liaison) if name)),
            )
            for unit in units
        ]

    def show_look(self) -> None:
        """Colours, rows, size of type."""
        from .look_sheet import LookSheet

        LookSheet(self._frame.window()).open()

    def _of_the_look(self) -> list[Entry]:
        rows, look = self.tr("Compact or comfortable rows"), self.tr("Appearance…")
        return [
            Entry(rows, theme.toggle_density, "list-filter", "Ctrl+Shift+D", ("density", "compact", "rows")),
            Entry(
                look, self.show_look, "moon", "", ("font", "size", "contrast", "theme", "settings", "waiguan")
            ),
        ]

    def show_speed(self) -> None:
        """What was slow since the desk was opened."""
        from .speed_sheet import SpeedSheet

        SpeedSheet(self._frame.desk, self._frame.window()).open()

    def show_letter_templates(self) -> None:
        """Where the templates of the city's letters lie."""
        from .letter_setup import LetterSetup

        LetterSetup(self._frame.desk, self._frame.window()).open()

    def show_telephone(self) -> None:
        """How this machine telephones."""
        desk = self._frame.desk
        if desk.telephone is not None and desk.line is not None:
            from .telephone_sheet import TelephoneSheet

            TelephoneSheet(desk.telephone, desk.line, self._frame.window()).open()

    def _own(self, frame: Frame) -> list[Entry]:
        other = "en" if frame.desk.language == "zh" else "zh"
        words = (self.tr("Sync now"), self.tr("Light or dark"), self.tr("Fold or unfold the rail"))
        why = self.tr("How we stand with the server")
        return [
            Entry(words[0], frame.sync_asked.emit, "refresh-cw", "F5", ("sync",)),
            Entry(why, frame.open_why, "info", "Ctrl+Shift+W", ("connection", "why", "offline")),
            Entry(words[1], theme.toggle_scheme, "moon", "Ctrl+Shift+L", ("dark", "light", "theme")),
            *self._of_the_look(),
            Entry(words[2], frame.rail.toggle, "panel-left-close", "Ctrl+B", ("rail",)),
            Entry(
                "中文 / English", Asks(frame.language_asked, other), "languages", "", ("language", "yuyan")
            ),
            Entry(self.tr("Keys and help"), frame.open_help, "circle-help", "F1", ("help", "keys")),
            Entry(self.tr("About this program"), frame.about_asked.emit, "info", "", ("about", "licence")),
            Entry(
                self.tr("How fast the program answers"),
                self.show_speed,
                "info",
                "",
                ("diagnostics", "slow", "hang", "zhenduan"),
            ),
            *self._of_the_office(frame),
            *self._of_the_told(frame),
            *self._of_callers(frame),
            Entry(self.tr("Lock now"), frame.lock_asked.emit, "lock", "Ctrl+L", ("lock", "suoding")),
            Entry(self.tr("Sign out…"), frame.sign_out_asked.emit, "log-out", "", ("sign out", "logout")),
            Entry(self.tr("Quit"), frame.quit_asked.emit, "x", "Ctrl+Q", ("quit", "exit")),
        ]

    def _of_the_office(self, frame: Frame) -> list[Entry]:
        """What a unit's people have no use for."""
        if not viewer_of(frame.desk.me).office:
            return []
        title = self.tr("Letter templates…")
        return [Entry(title, self.show_letter_templates, "file-text", "", ("letter", "template", "muban"))]

    def show_tidings(self) -> None:
        """Whether and when the tray tells what came."""
        place = self._frame.desk.tidings
        if place is not None:
            from .tidings_sheet import TidingsSheet

            TidingsSheet(place, self._frame.window()).open()

    def _of_the_told(self, frame: Frame) -> list[Entry]:
        if frame.desk.tidings is None:
            return []
        words = ("notification", "tray", "quiet", "tixing", "tongzhi")
        return [Entry(self.tr("Notifications…"), self.show_tidings, "bell-ring", "", words)]

    def _of_callers(self, frame: Frame) -> list[Entry]:
        """What is of use to those who call citizens, where a telephone can be chosen at all."""
        if frame.desk.telephone is None or not _CALLERS.intersection(frame.desk.me.roles):
            return []
        words = ("telephone", "softphone", "sip", "dialler", "dianhua")
        return [Entry(self.tr("Telephone…"), self.show_telephone, "phone", "", words)]
