"""The floor of a start: a PySide6 window with a table of constant text. Says when it was painted and ends."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

_Index = QModelIndex | QPersistentModelIndex


class _Constant(QAbstractTableModel):
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 64

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 8

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return "小区北门夜间施工" if role == Qt.ItemDataRole.DisplayRole else None


class _Watch(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._painted)
            watched.removeEventFilter(self)
        return False

    def _painted(self) -> None:
        print(f"painted rows {time.monotonic()} {time.process_time()}")
        QApplication.quit()


def main() -> int:
    qt = QApplication(sys.argv)
    window = QMainWindow()
    table = QTableView()
    model = _Constant()
    table.setModel(model)
    watch = _Watch()
    table.viewport().installEventFilter(watch)
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
