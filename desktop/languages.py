"""The interface's language: puts Qt's translators in place and takes them away again. Knows no text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_CATALOGUES = {"zh": ("desk_zh_CN", "qtbase_zh_CN"), "en": ("desk_en",)}
_LOCALES = {"zh": QLocale.Language.Chinese, "en": QLocale.Language.English}


class Languages:
    """One language at a time. ``folder`` holds our .qm files; Qt's own come with Qt."""

    def __init__(self, app: QCoreApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._installed: list[QTranslator] = []
        self.current = ""

    def speak(self, language: str) -> None:
        """Put ``language`` ("zh" or "en") in force for every ``tr()`` from now on; widgets are to be made anew."""
        if language == self.current:
            return
        self.be_silent()
        QLocale.setDefault(QLocale(_LOCALES[language]))
        for name in _CATALOGUES[language]:
            translator = QTranslator()
            if translator.load(name, str(self._folder)) or translator.load(name, _qt_folder()):
                self._app.installTranslator(translator)
                self._installed.append(translator)
        self.current = language

    def be_silent(self) -> None:
        """Take our translators away."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        self.current = ""


def _qt_folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
