"""The first look: the profile, every question as a cell, and what to do first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.cells import Cell, CellGrid, CellRow
from fieldkit.qt.figure import FigureWithTable
from fieldkit.qt.layouts import column, empty, row
from fieldkit.qt.text import Label
from fieldkit.qt.theme import grown
from fieldkit.qt.translate import Language
from fieldkit.tools.assessment.page.sums import PRIORITY, STAGE
from fieldkit.tools.assessment.rules.figures import profile_figure, profile_series
from fieldkit.tools.assessment.rules.priorities import Priority
from fieldkit.tools.assessment.rules.wording import Wording

FIRST = 5
REASONS = 2
MARKS = ("—", "···", "- -", "- ·")


class ProfileCard(Card):
    """The radar with its table, what its lines mean, and the stage in a sentence."""

    asked = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chart = FigureWithTable(language)
        self.chart.clicked.connect(self.asked)
        self._legend = Label("", "hint")
        self._stage = Label("", "strong")
        self._tally = Label("", "secondary")
        self._open = Label("", "warning")
        self.why = Button(role="link")
        self.why.clicked.connect(self._on_why)
        self.add(self.chart, self._legend, self._stage, self._tally, self._open)
        self.add(row(self.why, None))
        self.body.addStretch(1)

    def show_results(self, wording: Wording) -> None:
        """Show the profile of a round."""
        words = wording.words
        self.set_title(words(N_("Profile")), words(N_("click a name to see its sum")))
        self.chart.show_figure(profile_figure(wording))
        marks = list(MARKS)
        if wording.results.is_indicative:
            marks.remove(MARKS[2])
        text = N_("{mark} {meaning}")
        series = zip(marks, profile_series(wording), strict=False)
        said = (words(text, mark=mark, meaning=one.label) for mark, one in series)
        self._legend.setText("    ".join(said))
        self._stage.setText(wording.stage())
        self._tally.setText(wording.tally())
        self._open.setText(wording.open_differences())
        self._open.setVisible(bool(wording.open_differences()))
        self.why.set_text(words(N_("Why this stage?")))

    def _on_why(self) -> None:
        self.asked.emit(STAGE)


class QuestionsCard(Card):
    """Every question as a cell with its number."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.grid = CellGrid()
        self.grid.picked.connect(self.asked)
        self._key = Label("", "hint")
        self.add(self.grid, self._key)

    def show_results(self, wording: Wording) -> None:
        """Show the questions of a round."""
        words = wording.words
        self.set_title(words(N_("Every question")), words(N_("click a number to see its sum")))
        self._key.setText(words(N_("?: don't know · n/a: not applicable · –: not answered")))
        self.grid.show_rows([_line(wording, d.id) for d in wording.results.checklist.dimensions])


def _line(wording: Wording, dimension: str) -> CellRow:
    base = wording.results.scores.base
    questions = wording.results.checklist.dimension_by_id[dimension].questions
    cells = (
        Cell(q.id, wording.cell(q.id), base[q.id].level, wording.titled(q.id)) for q in questions
    )
    return CellRow(wording.short(dimension), tuple(cells))


class FirstCard(Card):
    """What to do first: area, from where to where, and why it stands there."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(10)
        self._table.setColumnStretch(1, 5)
        self._table.setColumnStretch(3, 5)
        self._none = Label("", "secondary")
        self.add(self._table, self._none)
        self.body.addStretch(1)

    def show_results(self, wording: Wording) -> None:
        """Show the first priorities of a round."""
        words = wording.words
        self.set_title(words(N_("What to do first")))
        first = wording.results.priorities[:FIRST]
        empty(self._table)
        if first:
            self._head(wording)
        for line, one in enumerate(first, start=1):
            self._line(wording, line, one)
        self._none.setText(words(N_("Nothing to do: every target is reached.")))
        self._none.setVisible(not first)

    def _head(self, wording: Wording) -> None:
        goal = N_("Level now") if wording.results.is_indicative else N_("Level and target")
        for place, text in enumerate(("", N_("Area"), goal, N_("Why it stands here"))):
            said = wording.words(text) if text else ""
            self._table.addWidget(Label(said, "hint"), 0, place)

    def _line(self, wording: Wording, line: int, one: Priority) -> None:
        top = Qt.AlignmentFlag.AlignTop
        dimension = wording.results.checklist.by_id[one.question].dimension
        area = column(
            Label(wording.short(dimension), "strong"),
            Label(wording.titled(one.question), "hint"),
            None,
            spacing=0,
        )
        number = column(Label(str(line), "strong", wrap=False), None)
        for held in (area, number):
            held.setContentsMargins(0, grown(6), 0, 0)
        self._table.addLayout(number, line, 0)
        self._table.addLayout(area, line, 1)
        self._table.addWidget(self._way(wording, one), line, 2, top)
        self._table.addLayout(_chips(wording, one), line, 3)

    def _way(self, wording: Wording, one: Priority) -> Button:
        words = wording.words
        if wording.results.is_indicative:
            text = str(one.gap.level)
        else:
            text = words(N_("{now} → {target}"), now=one.gap.level, target=one.gap.target)
        name = words(N_("{question}: {way}, see the sum"), question=one.question, way=text)
        button = Button(role="link")
        button.set_text(text, name)
        button.setProperty("ref", PRIORITY + one.question)
        button.clicked.connect(self._on_way)
        return button

    def _on_way(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.asked.emit(str(button.property("ref")))


def _chips(wording: Wording, one: Priority) -> QGridLayout:
    """Return the reasons as coloured marks that wrap; what has to wait looks different."""
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    grid.setContentsMargins(0, grown(6), 0, 0)
    said: Sequence[str] = wording.reasons(one)[:REASONS]
    later = {wording.say(r, wording.decimals) for r in one.reasons if r.text.startswith("Later")}
    for line, text in enumerate(said):
        role = "badge-warning" if text in later else "badge-ok" if one.reasons else "badge"
        grid.addWidget(Label(text, role), line, 0)
    grid.setRowStretch(len(said), 1)
    return grid
