"""The finder (Ctrl+K): type a few letters and go anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.fold import fold
from fieldkit.qt.host import Host
from fieldkit.qt.text import LineEdit, shown
from fieldkit.qt.theme import grown

MOST = 40


@dataclass(frozen=True, slots=True)
class Station:
    """A place to go to: what people read, and the command and subject that lead there."""

    text: str
    command: str
    subject: str = ""


class Finder(QDialog):
    """A field and a list; Enter goes, Esc stays."""

    chosen = Signal(str, str)

    def __init__(self, host: Host, stations: Sequence[Station], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = host.language.words
        self._stations = [(fold(s.text), s) for s in stations]
        self.setWindowTitle(words(N_("Go to")))
        self.field = LineEdit()
        self.field.setPlaceholderText(words(N_("Room, question, agency or command")))
        self.field.setAccessibleName(words(N_("Go to")))
        self.results = QListWidget()
        self.results.setAccessibleName(words(N_("Places found")))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.field)
        column.addWidget(self.results)
        self.resize(grown(520), grown(380))
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.results.itemActivated.connect(self._on_activated)
        self._show("")

    def _show(self, typed: str) -> None:
        parts = fold(typed).split()
        fitting = [s for folded, s in self._stations if all(p in folded for p in parts)]
        self.results.clear()
        for station in fitting[:MOST]:
            item = QListWidgetItem(shown(station.text))
            item.setData(Qt.ItemDataRole.UserRole, (station.command, station.subject))
            self.results.addItem(item)
        self.results.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list with the arrows while typing; Enter goes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                by = 1 if event.key() == Qt.Key.Key_Down else -1
                row = min(max(self.results.currentRow() + by, 0), self.results.count() - 1)
                self.results.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_activated(self.results.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _on_activated(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        command, subject = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self.chosen.emit(command, subject)
