"""Planning: the ratings asked for the twelve highest, and the target of every question."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.figure import FigureWithTable
from fieldkit.qt.form import ComboBox
from fieldkit.qt.layouts import column, empty, row
from fieldkit.qt.levels import LevelDot
from fieldkit.qt.text import Label
from fieldkit.qt.translate import Language
from fieldkit.tools.assessment.model import LEVELS, Rating
from fieldkit.tools.assessment.rules.figures import gap_figure
from fieldkit.tools.assessment.rules.priorities import default_target
from fieldkit.tools.assessment.rules.wording import Wording

WIDE = 720.0
WHOLE = ComboBox.SizeAdjustPolicy.AdjustToContents
PARTS = (
    ("need", N_("How needed?")),
    ("harm", N_("What harm if left?")),
    ("feasibility", N_("How feasible?")),
)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


class Ratings(QWidget):
    """Need, harm and feasibility of the questions that stand highest, from 1 to 5."""

    rated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[str, ...] = ()
        self._said: object = None
        self._given: dict[str, Rating] = {}
        self.boxes: dict[tuple[str, str], ComboBox] = {}
        self._about = Label("", "hint")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        whole = column(self._about, self._grid, None, spacing=12)
        self.setLayout(whole)

    def show_results(self, wording: Wording) -> None:
        """Show the ratings of a round; the fields stay while the questions are the same."""
        asked = tuple(wording.results.to_rate)
        self._given = {q: wording.results.ratings.get(q, Rating(q)) for q in asked}
        if (asked, wording.words) != (self._asked, self._said):
            self._asked, self._said = asked, wording.words
            self._build(wording)
        for (question, part), box in self.boxes.items():
            box.put(getattr(self._given[question], part))

    def _build(self, wording: Wording) -> None:
        words = wording.words
        self._about.setText(
            words(N_("Ask the group about the twelve highest. What is not rated counts as 3."))
        )
        empty(self._grid)
        self.boxes = {}
        choices: list[tuple[object, str]] = [(None, words(N_("not rated")))]
        choices += [(n, words.number(n)) for n in LEVELS]
        for place, (_, label) in enumerate(PARTS, start=1):
            self._grid.addWidget(Label(words(label), "hint"), 0, place)
        for line, question in enumerate(self._asked, start=1):
            self._grid.addWidget(Label(wording.titled(question), "dense"), line, 0)
            for place, (part, label) in enumerate(PARTS, start=1):
                box = self._box(question, part, choices)
                name = N_("{question}: {label}")
                box.setAccessibleName(words(name, question=question, label=words(label)))
                self._grid.addWidget(box, line, place)

    def _box(self, question: str, part: str, choices: Sequence[tuple[object, str]]) -> ComboBox:
        box = ComboBox()
        box.setSizeAdjustPolicy(WHOLE)
        box.offer(choices)
        box.chosen.connect(partial(self._on_chosen, question, part))
        self.boxes[question, part] = box
        return box

    def _on_chosen(self, question: str, part: str, value: object) -> None:
        chosen = _whole(value)
        held = self._given[question]
        changed = {
            "need": replace(held, need=chosen),
            "harm": replace(held, harm=chosen),
            "feasibility": replace(held, feasibility=chosen),
        }[part]
        self._given[question] = changed
        self.rated.emit(changed)


class Targets(QWidget):
    """How far every area is from its target; the targets of one area's questions to choose."""

    targeted = Signal(str, object)
    asked = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording: Wording | None = None
        self._shown: tuple[object, object] = (None, None)
        self.boxes: dict[str, ComboBox] = {}
        self.chart = FigureWithTable(language)
        self.chart.clicked.connect(self.asked)
        self._label = Label("", "strong", wrap=False)
        self.areas = ComboBox()
        self.areas.setSizeAdjustPolicy(WHOLE)
        self.areas.chosen.connect(self._on_area)
        self._about = Label("", "hint")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._line = QWidget()
        self._line.setLayout(row(self._label, self.areas, None))
        whole = column(self.chart, self._line, self._about, self._grid, None, spacing=12)
        self.setLayout(whole)

    def show_results(self, wording: Wording) -> None:
        """Show gaps and targets of a round; fields stay while the area is the same."""
        words, results = wording.words, wording.results
        self._wording = wording
        self.chart.show_figure(gap_figure(wording, WIDE))
        self._line.setVisible(not results.is_indicative)
        self.chart.setVisible(not results.is_indicative)
        self._label.setText(words(N_("Targets in")))
        self.areas.setAccessibleName(words(N_("Area whose targets are shown")))
        self.areas.offer([(d.id, wording.name(d.id)) for d in results.checklist.dimensions])
        if self.areas.value() is None:
            self.areas.put(results.checklist.dimensions[0].id)
        text = N_("Where no target is chosen, it is one level more than now.")
        if results.is_indicative:
            text = N_(
                "A quick scan is indicative and has no targets. Run all questions to set them."
            )
        self._about.setText(words(text))
        self._show_area()

    def _on_area(self, _: object) -> None:
        self._show_area()

    def _show_area(self) -> None:
        wording = self._wording
        if wording is None:
            return
        area = str(self.areas.value())
        if self._shown != (area, wording.words):
            self._shown = (area, wording.words)
            self._build(wording, area)
        for question, box in self.boxes.items():
            box.put(wording.results.targets.get(question))

    def _build(self, wording: Wording, area: str) -> None:
        empty(self._grid)
        self.boxes = {}
        if wording.results.is_indicative:
            return
        questions = wording.results.checklist.dimension_by_id[area].questions
        for line, question in enumerate(questions):
            level = wording.results.scores.evidenced.questions[question.id].effective
            dot = LevelDot(level, 26)
            self._grid.addWidget(dot, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(wording.titled(question.id), "dense"), line, 1)
            self._grid.addWidget(self._box(wording, question.id, level), line, 2)

    def _box(self, wording: Wording, question: str, level: int | None) -> ComboBox:
        words = wording.words
        usual = words(N_("none chosen"))
        if level is not None:
            usual = words(N_("one level more: {level}"), level=default_target(level))
        box = ComboBox()
        box.setSizeAdjustPolicy(WHOLE)
        choices: list[tuple[object, str]] = [(None, usual)]
        box.offer([*choices, *((n, words(N_("level {level}"), level=n)) for n in LEVELS)])
        box.setAccessibleName(words(N_("Target for {question}"), question=question))
        box.chosen.connect(partial(self.targeted.emit, question))
        self.boxes[question] = box
        return box
