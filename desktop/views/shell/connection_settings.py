"""The sheet for the way to the server: a proxy, and the certificate of a city that vouches for itself.

Asks and shows what was wrong; checks nothing itself and keeps nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import Button
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.dialogs import Sheet
from desktop.views.common.fields import LineField
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel

_OWN = "own"


class ConnectionSettings(Sheet):
    """``given`` carries the proxy ("system", "none" or an address) and the path of a certificate ("" for none)."""

    given = Signal(str, str)

    def __init__(self, server: str, proxy: str, authority: str, parent: QWidget) -> None:
        title = self.tr("Connection settings")
        super().__init__(title, parent)
        self.proxy = SegmentedChoice(self.tr("Proxy"))
        self.proxy.set_options(
            (
                ("system", self.tr("As the system says")),
                ("none", self.tr("None")),
                (_OWN, self.tr("This one")),
            )
        )
        self.address = LineField(self.tr("Address of the proxy"), placeholder="proxy.example:8080")
        self.authority = LineField(
            self.tr("Certificate of the city"),
            hint=self.tr("Only where the city's server has a certificate of the city's own authority."),
            limit=1000,
        )
        self._choose = Button(self.tr("Choose a file…"), on=self._open_files)
        self._trouble = NoticeBar(dismissible=False)
        self._trouble.hide()
        own = proxy not in ("system", "none")
        self.proxy.set_value(_OWN if own else proxy)
        self.address.set_value(proxy if own else "")
        self.authority.set_value(authority)
        self.proxy.changed.connect(self._fit)
        if server:
            template = self.tr("Server: {address}")
            self.body.addWidget(PlainLabel(template.format(address=server), tone="secondary", wrap=True))
        for widget in (self._trouble, self.proxy, self.address, self.authority):
            self.body.addWidget(widget)
        line = row(self._choose)
        line.addStretch(1)
        self.body.addLayout(line)
        self.add_cancel()
        self.add_button(self.tr("Save and try"), self._give, kind="primary")
        self._fit()

    def show_trouble(self, words: str) -> None:
        """What was given does not do."""
        self._trouble.set_notice(words, "error")
        self._trouble.show()

    def _fit(self) -> None:
        self.address.setVisible(self.proxy.value() == _OWN)

    def _give(self) -> None:
        proxy = self.address.value() if self.proxy.value() == _OWN else self.proxy.value()
        self.given.emit(proxy, self.authority.value())

    def _open_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificate of the city"))
        dialog.setNameFilter(self.tr("Certificates (*.pem *.crt *.cer)"))
        dialog.fileSelected.connect(self.authority.set_value)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
