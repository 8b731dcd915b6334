"""Wizard: paints a Flow; the path itself lives in core."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.flow import Flow
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.journey import Outline, OutlineRow
from fieldkit.qt.layouts import ScrollPage, row
from fieldkit.qt.translate import Language


class Wizard(QWidget):
    """Outline with states, the station in the middle, Back and Next; says where to go, never goes.

    The page answers `went` by moving its flow and calling `show_flow` again.
    """

    went = Signal(str)
    finished = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._flow: Flow | None = None
        self._pages: dict[str, QWidget] = {}
        self.outline = Outline()
        self.outline.picked.connect(self.went)
        self.back = Button(icon="back")
        self.next = Button(role="primary")
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)
        self._stack = QStackedWidget()
        listed = Card()
        listed.body.setContentsMargins(8, 8, 8, 8)
        rows = ScrollPage(0)
        rows.body.addWidget(self.outline)
        rows.body.addStretch(1)
        listed.body.addWidget(rows)
        self._middle = Card()
        self._middle.body.addWidget(self._stack, 1)
        self._middle.body.addLayout(row(self.back, None, self.next))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(listed, 1)
        whole.addWidget(self._middle, 2)
        self.retranslate()

    def add_page(self, step: str, page: QWidget) -> None:
        """Say what is shown at a station."""
        self._pages[step] = page
        self._stack.addWidget(page)

    def show_flow(self, flow: Flow, rows: Sequence[OutlineRow]) -> None:
        """Show where the flow is; `rows` name the stations and their states."""
        self._flow = flow
        path = flow.path()
        self.outline.show_rows([r for r in rows if r.id in path], flow.at)
        page = self._pages.get(flow.at)
        if page is not None:
            self._stack.setCurrentWidget(page)
        self.back.setEnabled(path.index(flow.at) > 0 if flow.at in path else False)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the two buttons."""
        words = self._language.words
        self.back.set_text(words(N_("Back")))
        self.next.set_text(words(N_("Finish")) if self._is_last() else words(N_("Next")))

    def _is_last(self) -> bool:
        return self._flow is not None and self._flow.forward().at == self._flow.at

    @Slot()
    def _on_back(self) -> None:
        if self._flow is not None:
            self.went.emit(self._flow.back().at)

    @Slot()
    def _on_next(self) -> None:
        if self._flow is None:
            return
        if self._is_last():
            self.finished.emit()
        else:
            self.went.emit(self._flow.forward().at)

    def changeEvent(self, event: QEvent) -> None:
        """Retranslate the two buttons."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
