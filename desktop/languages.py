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
        self._installed: list[tuple[QTranslator, bytes]] = []  # Qt reads the bytes in place
        self.current = ""

    def speak(self, language: str) -> None:
        """Put ``language`` ("zh" or "en") in force for every ``tr()`` from now on; widgets are to be made anew."""
        if language == self.current:
            return
        self.be_silent()
        QLocale.setDefault(QLocale(_LOCALES[language]))
        for name in _CATALOGUES[language]:
            self._install(name)
        self.current = language

    def _install(self, name: str) -> None:
        """Read, not mapped: a catalogue built anew while the program runs would pull the ground from under us."""
        path = next(
            (p for p in (self._folder / f"{name}.qm", _qt_folder() / f"{name}.qm") if p.exists()), None
        )
        if path is None:
            return
        content = path.read_bytes()
        translator = QTranslator()
        if translator.load(content, str(path.parent)):
            self._app.installTranslator(translator)
            self._installed.append((translator, content))

    def be_silent(self) -> None:
        """Take our translators away."""
        for translator, _ in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        self.current = ""


def _qt_folder() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
