"""The outline: areas with their counts, a search and a filter, and closing the round."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.form import ComboBox
from fieldkit.qt.host import Host
from fieldkit.qt.journey import Outline, OutlineRow
from fieldkit.qt.layouts import ScrollPage
from fieldkit.qt.text import Label, LineEdit
from fieldkit.tools.assessment.model import OPEN, Checklist
from fieldkit.tools.assessment.rules.board import ALL, FILTERS, Board, QuestionState

SHORT = 90


class OutlineCard(Card):
    """Leads to areas, or to the questions a filter or a search keeps."""

    picked = Signal(str)
    closing = Signal()

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = host.language
        self._texts: Mapping[str, Sequence[str]] = {}
        self._board: Board | None = None
        self._checklist: Checklist | None = None
        self._at = ""
        self.field = LineEdit()
        self.filters = ComboBox()
        self._progress = Label("", "hint")
        self._outline = Outline()
        self.close_round = Button()
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._on_enter)
        self.filters.chosen.connect(self._show)
        self._outline.picked.connect(self._on_picked)
        self.close_round.clicked.connect(self.closing)
        scroll = ScrollPage(0)
        scroll.body.addWidget(self._outline)
        scroll.body.addStretch(1)
        self.body.setContentsMargins(10, 10, 10, 10)
        self.add(self.field, self.filters, self._progress, scroll, self.close_round)
        self.body.setStretchFactor(scroll, 1)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._language.words
        self.field.setPlaceholderText(words(N_("Search or number")))
        self.field.setAccessibleName(words(N_("Search in questions and answers (Ctrl+F)")))
        self.filters.setAccessibleName(words(N_("Which questions")))
        self.filters.offer([(name, words(text)) for name, text in FILTERS.items()])
        if self.filters.value() is None:
            self.filters.put(ALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter in the search field from going on to the next question as well."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def know(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Take the texts of the questions for searching."""
        self._texts = texts

    def search(self) -> None:
        """Let something be typed to look for."""
        self.field.setFocus()
        self.field.selectAll()

    def filter(self, chosen: str) -> None:
        """Show only the questions a filter keeps."""
        self.filters.put(chosen)
        self._show()

    def show_board(self, board: Board, checklist: Checklist, at: str, words: Words) -> None:
        """Show how far the round is."""
        self._board, self._checklist, self._at = board, checklist, at
        told = words(
            N_("{answered} of {total} answered"), answered=board.answered, total=board.total
        )
        self._progress.setText(told)
        is_open = board.round.state == OPEN
        self.close_round.set_text(
            words(N_("Close this round...")) if is_open else words(N_("Open this round again"))
        )
        self._show()

    def _show(self) -> None:
        if self._board is None or self._checklist is None:
            return
        query, chosen = self.field.text(), str(self.filters.value() or ALL)
        if not query.strip() and chosen == ALL:
            self._outline.show_rows(self._areas(self._board, self._checklist), self._area())
            return
        found = self._board.matching(chosen, query, self._texts)
        rows = [self._row(self._board.by_id[name]) for name in found]
        self._outline.show_rows(rows, self._at)
        if not rows:
            words = self._language.words
            self._outline.show_rows([OutlineRow("", words(N_("No question fits.")))])

    def _areas(self, board: Board, checklist: Checklist) -> list[OutlineRow]:
        words = self._language.words
        rows = []
        for area in board.dimensions:
            dimension = checklist.dimension_by_id[area.id]
            name = words.content(dimension.context("short"), dimension.short or dimension.name)
            rows.append(OutlineRow(area.id, name, f"{area.answered}/{area.total}"))
        return rows

    def _area(self) -> str:
        if self._board is None or self._at not in self._board.by_id:
            return ""
        return self._board.by_id[self._at].dimension

    def _row(self, state: QuestionState) -> OutlineRow:
        words = self._language.words
        question = self._checklist.by_id[state.id] if self._checklist else None
        text = words.content(question.context("text"), question.text) if question else ""
        cut = text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "..."
        return OutlineRow(state.id, f"{state.id} {cut}", state_sign(state))

    def _on_picked(self, name: str) -> None:
        if self._board is None or not name:
            return
        if name in self._board.by_id:
            self.picked.emit(name)
            return
        mine = [q for q in self._board.questions if q.dimension == name]
        unanswered = (q.id for q in mine if q.state == "unanswered")
        self.picked.emit(next(unanswered, mine[0].id))

    def _on_enter(self) -> None:
        if self._board is None:
            return
        chosen = str(self.filters.value() or ALL)
        typed = self.field.text().strip().upper()
        found = self._board.matching(chosen, self.field.text(), self._texts)
        target = typed if typed in self._board.by_id else found[0] if found else ""
        if target:
            self.field.clear()
            self.picked.emit(target)


def state_sign(state: QuestionState) -> str:
    """Return what stands beside a question in a list: its level, ?, n/a or nothing."""
    if state.state == "level":
        return str(state.level)
    return {"dk": "?", "na": "n/a"}.get(state.state, "")
