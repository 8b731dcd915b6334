"""Sums: how a number came about, in words, in a panel below the numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.layouts import ScrollPage, empty
from fieldkit.qt.text import Label
from fieldkit.qt.theme import grown
from fieldkit.tools.assessment.rules.explain import Step
from fieldkit.tools.assessment.rules.levels import EVIDENCED, STATED
from fieldkit.tools.assessment.rules.wording import Wording

STAGE, PRIORITY = "stage", "priority:"


@dataclass(frozen=True, slots=True)
class Sum:
    """An explanation: its title and its parts, each a heading with lines; all translated."""

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def explain(wording: Wording, ref: str) -> Sum:
    """Return how a number came about: of a question, a dimension, the stage or a priority."""
    if ref == STAGE:
        return _stage(wording)
    if ref.startswith(PRIORITY):
        return _priority(wording, ref.removeprefix(PRIORITY))
    if ref in wording.results.checklist.dimension_by_id:
        return _dimension(wording, ref)
    return _question(wording, ref)


def _steps(wording: Wording, steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(wording.say(one) for one in steps)


def _question(wording: Wording, question: str) -> Sum:
    scores, words = wording.results.scores, wording.words
    seen, base = scores.evidenced.questions[question], scores.base[question]
    parts = [
        (wording.track(STATED), _steps(wording, scores.stated.questions[question].steps)),
        (wording.track(EVIDENCED), _steps(wording, seen.steps)),
        (words(N_("How sure")), _steps(wording, base.confidence_steps)),
    ]
    meaning = wording.level_text(question, base.level)
    if meaning:
        parts.insert(0, (words(N_("Level {level}"), level=base.level or 0), (meaning,)))
    answer = wording.results.answers.get(question)
    if answer is not None:
        labelled = ((N_("Reason"), answer.reason), (N_("A different view"), answer.dissent),
                    (N_("Why it does not apply"), answer.na_reason))  # fmt: skip
        parts += [(words(name), (text,)) for name, text in labelled if text.strip()]
    step = wording.first_step(question)
    if step and (seen.effective or 5) <= 2:
        parts.append((words(N_("First step")), (step,)))
    return Sum(wording.titled(question), tuple(parts))


def _dimension(wording: Wording, dimension: str) -> Sum:
    scores, words = wording.results.scores, wording.words
    said, seen = (scores.track(t).dimensions[dimension] for t in (STATED, EVIDENCED))
    parts = (
        (wording.track(STATED), _steps(wording, said.steps)),
        (wording.track(EVIDENCED), _steps(wording, seen.steps)),
        (words(N_("How sure")), _steps(wording, seen.confidence_steps)),
    )
    return Sum(wording.name(dimension), parts)


def _stage(wording: Wording) -> Sum:
    scores, words = wording.results.scores, wording.words
    parts = [(wording.track(t), _steps(wording, scores.track(t).stage_steps))
             for t in (STATED, EVIDENCED)]  # fmt: skip
    if wording.decimals:
        overall = _steps(wording, scores.evidenced.overall_steps)
        parts.append((words(N_("All areas together")), overall))
    return Sum(words(N_("The stage")), tuple(parts))


def _priority(wording: Wording, question: str) -> Sum:
    words = wording.words
    held = next((p for p in wording.results.priorities if p.question == question), None)
    if held is None:
        return _question(wording, question)
    parts = [
        (words(N_("Why it stands here")), tuple(wording.reasons(held))),
        (words(N_("The index, from 0 to 100")), _steps(wording, held.steps)),
    ]
    step = wording.first_step(question)
    if step:
        parts.append((words(N_("First step")), (step,)))
    return Sum(wording.titled(question), tuple(parts))


class SumPanel(Card):
    """Shows one explanation; Escape or Close hides it and leads back to where one was."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._back: QWidget | None = None
        self.close_button = Button(icon="close")
        self.close_button.clicked.connect(self.leave)
        self.close_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.head.addWidget(self.close_button)
        self._scroll = ScrollPage(0)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.body.setSpacing(2)
        self.body.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_sum(self, found: Sum, close: str) -> None:
        """Show an explanation and take the keyboard there."""
        if self.isHidden():
            self._back = QApplication.focusWidget()
        self.set_title(found.title)
        self.close_button.set_text(close)
        empty(self._scroll.body)
        for heading, lines in found.parts:
            self._scroll.body.addWidget(Label(heading, "dense-strong"))
            for line in lines:
                self._scroll.body.addWidget(Label(line, "dense"))
        self._scroll.body.addStretch(1)
        said = "\n".join("\n".join((heading, *lines)) for heading, lines in found.parts)
        self._scroll.setAccessibleName(found.title)
        self._scroll.setAccessibleDescription(said)
        self.setFixedHeight(grown(210))
        self.show()
        self._scroll.setFocus()

    @property
    def said(self) -> str:
        """What the panel says now, as a screen reader hears it."""
        return self._scroll.accessibleDescription()

    def leave(self) -> None:
        """Hide the panel and go back to where the keyboard was."""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
