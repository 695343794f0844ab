"""A look at a picture or a text, in the program itself: never as HTML, never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.background.files import Preview
from desktop.views.common import theme
from desktop.views.common.dialogs import Sheet
from desktop.views.common.text import PlainText, plain
from desktop.views.common.watermark import cover

_WIDE, _HIGH = 860, 600


class Picture(QWidget):
    """Paints an image fitted into itself, never enlarged."""

    def __init__(self, image: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(plain(name, single_line=True))

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.current().color("sunken"))
        size = self._image.size().boundedTo(
            self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.drawImage(place, self._image)


class PreviewSheet(Sheet):
    """The file on a sheet of its own; Escape closes it."""

    save_asked = Signal()

    def __init__(self, preview: Preview, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, width=640)
        self.setWindowTitle(
            self.tr("Attachment")
        )  # a title is seen in lists of windows; a name may be a citizen's
        if preview.image is not None:
            self.view: QWidget = Picture(preview.image, name)
        else:
            self.view = PlainText(preview.text or "")
            self.view.setMinimumSize(560, 380)
        self.body.addWidget(self.view, 1)
        self.add_button(self.tr("Save as…"), self.save_asked.emit)
        self.close_button = self.add_button(self.tr("Close"), self.reject, kind="primary", hint="Esc")
        self.close_button.setFocus()
        cover(self)
