"""Starting: the two ways to begin, and where chosen priorities go when there is a strategy."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import EmptyState
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.form import Choices
from fieldkit.qt.host import Host
from fieldkit.qt.text import Label
from fieldkit.system.translations import words as words_of
from fieldkit.tools.engagement.operations import engagement, engagement_of
from fieldkit.tools.strategy import operations
from fieldkit.tools.strategy.model import Strategy
from fieldkit.tools.strategy.operations import Plan
from fieldkit.tools.strategy.rules import PRIORITIES, TITLE
from fieldkit.workspace.workspace import Workspace

ANOTHER = ""


class NoStrategy(QWidget):
    """What a strategy is for, while there is none, and the two ways to begin."""

    choosing = Signal()
    starting = Signal()

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._language = host.language
        self.state = EmptyState("strategy")
        self.alone = Button(role="quiet")
        self.state.acted.connect(self.choosing)
        self.alone.clicked.connect(self.starting)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.state)
        column.addWidget(self.alone, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def retranslate(self) -> None:
        """Set the texts."""
        words = self._language.words
        text = N_(
            "A strategy grows from a few problems the room agreed on. Choose them among the "
            "results; each brings its answer and its first step along. Nothing is written for "
            "you: you confirm or rewrite every text."
        )
        title = words(N_("From problems to a plan"))
        self.state.set_texts(title, words(text), words(N_("Choose priorities")))
        self.alone.set_text(words(N_("Start without an assessment")))


class WhereTo(Dialog):
    """Asks whether chosen priorities join a strategy or start another; closing does neither."""

    chosen = Signal(str)

    def __init__(self, host: Host, held: Sequence[Strategy], over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(self.dies_when_closed)
        words = host.language.words
        title = words(N_("Where do these priorities go?"))
        self.name(title)
        self.where = Choices()
        known: list[tuple[object, str]] = [
            (one.scope, words(N_("Add them to “{title}”"), title=one.title)) for one in held
        ]
        self.where.offer([*known, (ANOTHER, words(N_("Start another strategy")))])
        self.where.put(held[0].scope)
        self.where.setAccessibleName(title)
        text = N_("A strategy from this round exists. Priorities already in it are not repeated.")
        said = Label(words(text))
        said.setMinimumWidth(said.fontMetrics().averageCharWidth() * 44)
        self.body.addWidget(said)
        self.body.addWidget(self.where)
        self.stop, self.go_on = Button(words(N_("Cancel"))), Button(words(N_("Go on")), "primary")
        self.go_on.setDefault(True)
        self.stop.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._on_go_on)
        self.add_buttons(None, self.stop, self.go_on)

    def _on_go_on(self) -> None:
        self.accept()
        self.chosen.emit(str(self.where.value() or ANOTHER))


class Starting:
    """Starts strategies in the page's name; prefilled texts are in the language of the papers."""

    def __init__(
        self, ws: Workspace, host: Host, page: QWidget, show: Callable[[ScopeId, str], None]
    ) -> None:
        """Start for one page; `show` shows a strategy at one of its sections."""
        self._ws, self._host, self._page, self._show = ws, host, page, show

    def start_empty(self, parent: ScopeId) -> None:
        """Start a strategy without an assessment."""
        scope, _ = operations.start_empty(self._ws, parent, self._plan(parent), by=self._page)
        self._show(scope, TITLE)

    def begin(self, assessment: ScopeId, questions: Sequence[str]) -> None:
        """Start a strategy from questions of a round, or add them to one from the same round."""
        every = operations.strategies(self._ws, engagement_of(self._ws, assessment))
        held = [one for one in every if one.source == assessment]
        if not held:
            self._begin(assessment, questions, ANOTHER)
            return
        dialog = WhereTo(self._host, held, self._page)
        dialog.chosen.connect(partial(self._begin, assessment, questions))
        dialog.open()

    def _begin(self, assessment: ScopeId, questions: Sequence[str], into: str) -> None:
        try:
            scope = self._carried(assessment, questions, ScopeId(into))
        except UserError as error:
            self._host.dialogs.error(self._page, error)
        else:
            self._show(scope, PRIORITIES)

    def _carried(self, assessment: ScopeId, questions: Sequence[str], into: ScopeId) -> ScopeId:
        plan = self._plan(engagement_of(self._ws, assessment))
        if into:
            operations.carry_over(self._ws, into, questions, plan.words, by=self._page)
            return into
        return operations.start_from(self._ws, assessment, questions, plan, by=self._page)[0]

    def _plan(self, parent: ScopeId) -> Plan:
        words = self._paper_words(parent)
        return Plan(words(N_("Digital strategy")), words)

    def _paper_words(self, parent: ScopeId) -> Words:
        screen = self._host.language.words
        tag = engagement(self._ws, parent).doc_language or screen.language
        return screen if tag == screen.language else words_of(tag, self._host.paths.translations)
