"""How this machine telephones: which way, which seat, its password; and whether the line can be used now.

Shows the setting that a desk has and gives back another; what becomes of it the line itself tells.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.background.telephone_place import TelephonePlace
from desktop.services.telephony.line import Line
from desktop.services.telephony.setup import KINDS, LineSetup
from desktop.views.common.bars import IconLabel
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.dialogs import Sheet
from desktop.views.common.fields import LineField
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words


class TelephoneSheet(Sheet):
    """See the module's docstring."""

    def __init__(self, place: TelephonePlace, line: Line, parent: QWidget) -> None:
        super().__init__(self.tr("Telephone"), parent, width=600)
        self._place, self._telephone = place, line
        about = self.tr(
            "How citizens are called from this machine. The number is dialled and never shown; the password or token "
            "is kept in the system's keyring."
        )
        self.body.addWidget(PlainLabel(about, tone="secondary", wrap=True))
        self.kind = SegmentedChoice(self.tr("Telephone"), numbers=False)
        self.kind.set_options(
            (
                ("none", self.tr("None")),
                ("softphone", self.tr("Softphone (SIP)")),
                ("dialler", self.tr("The city's dialler")),
                ("program", self.tr("Another program")),
            )
        )
        self.about = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.address = LineField(self.tr("Address"))
        self.seat = LineField(self.tr("Extension of this desk"), placeholder="8012")
        self.secret = LineField(
            self.tr("Password or token"), hint=self.tr("Leave it empty to keep the one that is known.")
        )
        self.secret.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.prefix = LineField(self.tr("Dialled before each number"), placeholder="9", limit=8)
        self.audio = LineField(
            self.tr("Sound device"), hint=self.tr("As baresip names it; a headset is heard best.")
        )
        self._sign = IconLabel("circle-alert", "due_soon")
        self._state = PlainLabel(wrap=True)
        for widget in (
            self.kind,
            self.about,
            self.address,
            self.seat,
            self.secret,
            self.prefix,
            self.audio,
        ):
            self.body.addWidget(widget)
        state = row(self._sign, gap=8)
        state.addWidget(self._state, 1)
        self.body.addLayout(state)
        self.add_button(self.tr("Close"), self.accept)
        self.save = self.add_button(self.tr("Use this telephone"), self._save, kind="primary")
        self._fill(place.setup)
        if place.laid_down:
            for field in (self.kind, self.address, self.prefix, self.audio):
                field.set_read_only(True)
        self.kind.changed.connect(self._show_kind)
        line.changed.connect(self._show_state)
        self.finished.connect(self._leave)
        self._show_kind()
        self._show_state()

    def setup(self) -> LineSetup:
        """What stands on the sheet."""
        known, kind = self._place.setup, self.kind.value()
        return LineSetup(
            kind=next((each for each in KINDS if each == kind), "none"),
            address=self.address.value(),
            seat=self.seat.value(),
            prefix=self.prefix.value(),
            transport=known.transport,
            audio=self.audio.value() or known.audio,
            command_line=known.command_line,
        )

    def state_words(self) -> str:
        """How the line stands, in words."""
        return self._state.text()

    def _fill(self, setup: LineSetup) -> None:
        self.kind.set_value(setup.kind)
        for field, value in (
            (self.address, setup.address),
            (self.seat, setup.seat),
            (self.prefix, setup.prefix),
            (self.audio, setup.audio),
        ):
            field.set_value(value)

    def _save(self) -> None:
        typed = self.secret.value()
        self.secret.set_value("")
        self._place.choose(self.setup(), typed or None)
        self._show_state()

    def _show_kind(self) -> None:
        kind = str(self.kind.value())
        words = {
            "none": self.tr("Nobody can be called from this machine."),
            "softphone": self.tr(
                "The program baresip rings; its microphone and loudspeaker are this computer's."
            ),
            "dialler": self.tr("The city's dialler rings the citizen and then the telephone of this desk."),
            "program": self.tr(
                "The telephone program of this system rings, and may show the number. How a call went, a person says. "
                "With an address the number is called as sip:, without one as tel:."
            ),
        }
        self.about.setText(words.get(kind, ""))
        examples = {"softphone": "sip.city.example:5060", "dialler": "https://dialler.city.example/v1"}
        self.address.input.setPlaceholderText(examples.get(kind, "sip.city.example"))
        self.address.setVisible(kind != "none")
        for field in (self.seat, self.secret):
            field.setVisible(kind in ("softphone", "dialler"))
        self.prefix.setVisible(kind != "none")
        self.audio.setVisible(kind == "softphone")
        self._fit()

    def _show_state(self) -> None:
        trouble = self._telephone.trouble
        ready = self.tr("The line can be used.")
        nothing = self.tr("No telephone is set up yet.")
        self._state.setText(nothing if trouble == "no_line" else code_words(trouble) if trouble else ready)
        self._sign.set_icon(*(("circle-alert", "due_soon") if trouble else ("circle-check", "normal")))
        self._fit()

    def _leave(self) -> None:
        self._telephone.changed.disconnect(self._show_state)

    def _fit(self) -> None:
        """As high as what is shown needs: a sheet does not grow by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
