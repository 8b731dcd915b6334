"""The results page: the profile, every question, what to do first, and all findings below."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import EmptyState, Header
from fieldkit.qt.form import ComboBox
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import Columns, ScrollPage, row
from fieldkit.qt.page import Page
from fieldkit.qt.paper import PaperDialog
from fieldkit.qt.text import Label
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.model import Rating
from fieldkit.tools.assessment.page.choosing import RoundsDialog, StartDialog
from fieldkit.tools.assessment.page.findings import READERS, Finding, Rooms
from fieldkit.tools.assessment.page.overview_cards import FirstCard, ProfileCard, QuestionsCard
from fieldkit.tools.assessment.page.planning import Ratings, Targets
from fieldkit.tools.assessment.page.printing import paper_offer
from fieldkit.tools.assessment.page.sections import (
    NAMES,
    RATINGS,
    ROOMS,
    ROUNDS,
    TARGETS,
    Sections,
    Shown,
)
from fieldkit.tools.assessment.page.sums import SumPanel, explain
from fieldkit.tools.assessment.rules.results import Results
from fieldkit.tools.assessment.rules.wording import Wording, shown_day
from fieldkit.tools.engagement.operations import engagement_of
from fieldkit.workspace.workspace import Workspace


class ResultsPage(Page):
    """One round's results; every number explains itself; printed, compared and built upon."""

    shows = frozenset(
        {"engagement", "group", "round", "answer", "batch", "target", "rating", "attachment"}
    )

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self._ws, self._host = ws, host
        self._engagement: ScopeId | None = None
        self._scope: ScopeId | None = None
        self._other = ""
        self._wording: Wording | None = None
        self.header = Header()
        self.rounds = ComboBox()
        self.rounds.setMinimumContentsLength(30)
        self._round_label = Label("", "secondary", wrap=False)
        self.compare, self.paper = Button(), Button()
        self.start = Button(role="primary")
        self.profile = ProfileCard(self.language)
        self.questions, self.first = QuestionsCard(), FirstCard()
        self.ratings, self.targets = Ratings(), Targets(self.language)
        parts: dict[str, Shown] = {
            ROOMS: Rooms(self.language),
            TARGETS: self.targets,
            RATINGS: self.ratings,
            **{name: Finding(read) for name, _, read in READERS},
        }
        self.sections = Sections(parts)
        self.panel = SumPanel()
        self.nothing = EmptyState("results")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.header.add(self.paper, self.start)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.questions)
        right.addWidget(self.first, 1)
        both = Columns(700)
        both.add(self.profile, 45)
        both.add(right, 55)
        scroll = ScrollPage()
        self._which = QWidget()
        self._which.hide()
        self._which.setLayout(row(self._round_label, self.rounds, self.compare, None))
        scroll.body.addWidget(self._which)
        scroll.body.addWidget(both)
        scroll.body.addWidget(self.sections)
        scroll.body.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self._stack, 1)
        below = QVBoxLayout()
        below.setContentsMargins(24, 0, 24, 0)
        below.addWidget(self.panel)
        whole.addLayout(below)

    def _connect(self) -> None:
        self.rounds.chosen.connect(self._on_round)
        self.compare.clicked.connect(self._on_compare)
        self.paper.clicked.connect(self._on_print)
        self.start.clicked.connect(self._on_start)
        self.nothing.acted.connect(self._on_assess)
        self.ratings.rated.connect(self._on_rated)
        self.targets.targeted.connect(self._on_targeted)
        self.sections.opened.connect(self._on_section)
        for card in (self.profile, self.questions, self.first, *self.sections.parts.values()):
            if not isinstance(card, Ratings):
                card.asked.connect(self.show_sum)

    def open(self, subject: ScopeId) -> None:
        """Show an engagement's newest round, or the round itself."""
        kinds = {row.id: row.kind for row in self._ws.scopes()}
        is_round = kinds.get(subject) == "assessment"
        self._engagement = engagement_of(self._ws, subject) if is_round else subject
        held = [row.scope for row in ops.rounds(self._ws, self._engagement)]
        if is_round:
            self._scope = subject
        elif self._scope not in held:
            self._scope = held[-1] if held else None
        self._other = ""
        self.panel.hide()
        self.refresh_when_seen()

    def command(self, command: str, subject: str) -> None:  # noqa: ARG002
        """Do what was asked from elsewhere: print, compare, or start a strategy."""
        self.refresh()
        known = {
            "results.print": self._on_print,
            "results.compare": self._on_compare,
            "strategy.start": self._on_start,
        }
        act = known.get(command)
        if act is not None and self._wording is not None:
            act()

    def flush(self) -> None:
        """Write what is half typed: nothing here is typed."""

    def title(self) -> str:
        """Return the page's name."""
        return self.words(N_("Results"))

    def retranslate(self) -> None:
        """Set the fixed texts."""
        self.compare.set_text(self.words(N_("Compare rounds…")))
        self.paper.set_text(self.words(N_("Print or export…")))
        self.start.set_text(self.words(N_("Start a strategy")))
        self._round_label.setText(self.words(N_("Round")))
        self.rounds.setAccessibleName(self.words(N_("Round that is shown")))
        self.sections.retranslate({name: self.words(label) for name, label in NAMES})
        self.nothing.set_texts(
            self.words(N_("No results yet")),
            self.words(N_("Results appear here with the first answer of a round.")),
            self.words(N_("Open the assessment")),
        )
        self.panel.hide()

    def refresh(self) -> None:
        """Work the results out anew and show them."""
        results = self._read()
        self._wording = Wording(results, self.words) if results is not None else None
        self._stack.setCurrentIndex(1 if self._wording else 0)
        self._show_header()
        if self._wording is not None:
            self.questions.show_results(self._wording)
            self._show_numbers(self._wording)

    def _read(self) -> Results | None:
        if self._scope is None:
            return None
        try:
            found = ops.results(self._ws, self._scope, ops.checklist_of(self._ws, self._scope))
            found = self._beside(found)
        except UserError as error:
            self._host.dialogs.error(self, error)
            return None
        held = found.tally
        return found if held.levels + held.unknown + held.na else None

    def _beside(self, found: Results) -> Results:
        row = next((r for r in self._rounds() if str(r.scope) == self._other), None)
        return found if row is None else replace(found, earlier=ops.beside(self._ws, found, row))

    def _rounds(self) -> list[ops.RoundRow]:
        return ops.rounds(self._ws, self._engagement) if self._engagement else []

    def _show_header(self) -> None:
        rows = self._rounds()
        held = next((r.round for r in rows if r.scope == self._scope), None)
        about = "" if held is None else f"{held.title} · {shown_day(held.day, self.words)}"
        if self._wording is not None and self._wording.results.is_indicative:
            about = f"{about} · {self.words(N_('quick scan, indicative'))}"
        self.header.set_texts(self.title(), about)
        self.rounds.offer([(r.scope, self._round_name(r)) for r in rows])
        self.rounds.put(self._scope)
        self._which.setVisible(len(rows) > 1)
        self.paper.setEnabled(self._wording is not None)
        self.start.setEnabled(bool(self._wording and self._wording.results.priorities))

    def _show_numbers(self, wording: Wording) -> None:
        self.profile.show_results(wording)
        self.first.show_results(wording)
        self.sections.choose(self.sections.at)

    @Slot(str)
    def _on_section(self, name: str) -> None:
        if self._wording is not None:
            self.sections.parts[name].show_results(self._wording)

    @Slot(str)
    def show_sum(self, ref: str) -> None:
        """Explain a number in the panel below."""
        if self._wording is not None:
            self.panel.show_sum(explain(self._wording, ref), self.words(N_("Close")))

    @Slot(object)
    def _on_round(self, scope: object) -> None:
        self._scope, self._other = ScopeId(str(scope)), ""
        self.panel.hide()
        self.refresh()

    @Slot()
    def _on_assess(self) -> None:
        self._host.go("assess", self._scope or self._engagement or "")

    @Slot(object)
    def _on_rated(self, rating: Rating) -> None:
        if self._scope is not None:
            ops.rate(self._ws, self._scope, rating, by=self)
            self._recount()

    @Slot(str, object)
    def _on_targeted(self, question: str, level: object) -> None:
        if self._scope is not None:
            chosen = level if isinstance(level, int) else None
            ops.set_target(self._ws, self._scope, question, chosen, by=self)
            self._recount()

    def _recount(self) -> None:
        results = self._read()
        if results is not None:
            self._wording = Wording(results, self.words)
            self._show_numbers(self._wording)

    @Slot()
    def _on_compare(self) -> None:
        rows = [r for r in self._rounds() if r.scope != self._scope]
        offered = [(str(r.scope), self._round_name(r)) for r in rows]
        dialog = RoundsDialog(self, self.language, offered, self._other)
        dialog.picked.connect(self._on_compared)
        dialog.open()

    def _round_name(self, row: ops.RoundRow) -> str:
        day = shown_day(row.round.day, self.words)
        return " · ".join(part for part in (row.round.title, row.round.unit, day) if part)

    @Slot(str)
    def _on_compared(self, other: str) -> None:
        before, self._other = self._other, other
        if self._scope is not None and other:
            try:
                checklist = ops.checklist_of(self._ws, self._scope)
                self._beside(ops.results_alone(self._ws, self._scope, checklist))
            except UserError as error:
                self._other = before
                self._host.dialogs.error(self, error)
                return
        self.sections.at = ROUNDS
        self.refresh()

    @Slot()
    def _on_print(self) -> None:
        if self._wording is None or self._scope is None:
            return
        offer = paper_offer(self._ws, self._host, self._scope, self._wording.results)
        PaperDialog(self, self._host, offer).open()

    @Slot()
    def _on_start(self) -> None:
        if self._wording is None or not self._wording.results.priorities:
            return
        dialog = StartDialog(self, self._wording)
        dialog.picked.connect(self._on_started)
        dialog.open()

    @Slot(list)
    def _on_started(self, questions: list[str]) -> None:
        self._host.go("strategy.create", f"{self._scope}:{','.join(questions)}")
