"""The overview of an engagement: the journey, the one next step, and where everything stands."""

from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card, EmptyState, Header
from fieldkit.qt.host import Host
from fieldkit.qt.journey import AHEAD, JourneyBar
from fieldkit.qt.layouts import Columns, ScrollPage, column
from fieldkit.qt.page import Page
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.rules.wording import Wording
from fieldkit.tools.engagement.operations import engagement_of
from fieldkit.tools.engagement.rules import (
    NextStep,
    RoundStanding,
    Standing,
    journey,
    may_assess,
    next_step,
)
from fieldkit.tools.strategy import operations as strategies
from fieldkit.ui.home_cards import (
    CountCard,
    NextCard,
    RecentCard,
    SafetyCard,
    StandsCard,
    show_exchange,
    show_strategy,
)
from fieldkit.ui.home_facts import Carried, carried, last_backup, lately
from fieldkit.workspace.workspace import Workspace

MOST_LINES = 5
# What the radar is drawn from; other changes leave it as it is.
RADAR = frozenset({"answer", "batch", "target", "round", "engagement", "group", "scope"})


class HomePage(Page):
    """Says in one look where an engagement stands and what to do next."""

    shows: ClassVar[frozenset[str]] = RADAR | {
        "rating", "attachment", "strategy", "priority", "action", "note",
    }  # fmt: skip

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws = ws
        self.host = host
        self.engagement: ScopeId | None = None
        self._step: NextStep | None = None
        self._drawn: tuple[ScopeId, str] | None = None
        self._wanted: ScopeId | None = None
        self._held = Carried(None, 0, None, "")
        self._differences = 0
        self._newest: RoundStanding | None = None
        self._header = Header()
        self.export = Button()
        self._header.add(self.export)
        self.journey = JourneyBar(host.language)
        self.next = NextCard()
        self.strategy, self.exchange = CountCard(), CountCard()
        self.safety, self.recent = SafetyCard(), RecentCard()
        self.stands = StandsCard(host.language)
        self._empty = EmptyState("overview")
        self._stack = QStackedWidget()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._draw_radar)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        scroll, way = ScrollPage(), Card()
        way.add(self.journey)
        pair = Columns(540)
        pair.add(self.strategy)
        pair.add(self.exchange)
        across = Columns(800)
        across.add(column(self.next, pair, self.recent, None, spacing=16), 61)
        across.add(column(self.stands, self.safety, None, spacing=16), 39)
        scroll.body.addWidget(way)
        scroll.body.addWidget(across)
        scroll.body.addStretch(1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._empty.acted.connect(self._on_engagements)
        self.export.clicked.connect(self._on_export)
        self.next.button.clicked.connect(self._on_next)
        self.next.results.clicked.connect(self._on_print)
        self.strategy.button.clicked.connect(self._on_strategy)
        self.exchange.button.clicked.connect(self._on_exchange)
        self.safety.send.clicked.connect(self._on_export)
        self.safety.back_up.clicked.connect(self._on_back_up)
        self.stands.picked.connect(self._on_results)
        self.stands.started.connect(self._on_start)

    def title(self) -> str:
        """Return the page's name."""
        return self.words(N_("Overview"))

    def retranslate(self) -> None:
        """Set the fixed texts; everything else is shown anew."""
        words = self.words
        self._header.set_texts(self.title())
        self.export.set_text(words(N_("Export bundle...")))
        self._empty.set_texts(
            words(N_("No engagement is open")),
            words(N_("Open one from the list, begin a new one, or look at the sample.")),
            words(N_("Go to the engagements")),
        )
        self._drawn = None

    # what is shown

    def open(self, subject: ScopeId) -> None:
        """Show an engagement, or the one a round or strategy belongs to."""
        self.engagement = engagement_of(self.ws, subject)
        self._drawn = None
        self.refresh_when_seen()

    def command(self, command: str, subject: str) -> None:  # noqa: ARG002
        """Show the engagement asked for."""
        if subject:
            self.open(ScopeId(subject))

    def flush(self) -> None:
        """Have nothing to write: nothing is typed here."""

    def hear(self, changes: Changes) -> None:
        """Take notice of a commit; the radar is drawn anew only where it may have changed."""
        if changes.touched(RADAR):
            self._drawn = None
        super().hear(changes)

    def refresh(self) -> None:
        """Show the journey, the next step and every card."""
        self._stack.setCurrentIndex(1 if self.engagement else 0)
        self.export.setVisible(self.engagement is not None)
        if self.engagement is None:
            return
        try:
            standing = strategies.standing(self.ws, self.engagement)
        except UserError as error:
            self.host.dialogs.error(self, error)
            return
        self._show_way(standing)
        self._show_facts(standing, self.engagement)
        self._show_radar(standing)

    def _show_way(self, standing: Standing) -> None:
        stages = journey(standing)
        states = {"later": AHEAD}
        self.journey.show_steps(
            [(self.words(s.label), states.get(s.state, s.state)) for s in stages]
        )
        self._step = next_step(standing)
        self._newest = standing.rounds[-1] if standing.rounds else None
        is_closed = self._newest is not None and not self._newest.is_open
        self.next.show_step(self._step, is_closed, self.words)

    def _show_facts(self, standing: Standing, engagement: ScopeId) -> None:
        now, words = self.ws.store.clock(), self.words
        self._held = carried(self.ws, engagement)
        self._differences = standing.differences
        show_strategy(self.strategy, standing, words)
        show_exchange(self.exchange, standing.differences, self._held, now, words)
        backup = last_backup(self.ws)
        self.safety.show_safety(self._held.unsent, backup, self.ws.changed, now, words)
        self.recent.setVisible(self.host.settings.recent)
        if self.host.settings.recent:
            self.recent.show_done(lately(self.ws, engagement, MOST_LINES), now, words)

    def _show_radar(self, standing: Standing) -> None:
        answered = [r for r in standing.rounds if r.answered]
        if not answered:
            self._drawn = self._wanted = None
            can_start = may_assess(standing.engagement)
            self.stands.show_nothing(bool(standing.rounds), can_start, self.words)
            return
        self._wanted = answered[-1].scope
        if self._drawn != (self._wanted, self.words.language):
            self._later.start()

    def _draw_radar(self) -> None:
        """Draw the radar after the rest is on the screen: a step of its own, never both at once."""
        wanted = self._wanted
        if wanted is None or wanted not in {row.id for row in self.ws.scopes()}:
            return
        checklist = assessment.checklist_of(self.ws, wanted)
        found = assessment.results(self.ws, wanted, checklist)
        self.stands.show_results(Wording(found, self.words))
        self._drawn = (wanted, self.words.language)

    # going on

    def _go(self, command: str, subject: str | None = None) -> None:
        self.host.go(command, subject if subject is not None else self.engagement or "")

    def _on_next(self) -> None:
        if self._step is not None:
            self._go(self._step.command, self._step.scope)

    def _on_print(self) -> None:
        self._go("results.print", self._newest.scope if self._newest else None)

    def _on_strategy(self) -> None:
        self._go("strategy")

    def _on_exchange(self) -> None:
        self._go("exchange.settle" if self._differences else "exchange.import")

    def _on_export(self) -> None:
        self._go("exchange.export")

    def _on_back_up(self) -> None:
        self._go("settings.backup", "")

    def _on_results(self) -> None:
        self._go("results", self._newest.scope if self._newest else None)

    def _on_start(self) -> None:
        if self._newest is None:
            self._go("assessment.start")
        else:
            self._go("assessment.open", self._newest.scope)

    def _on_engagements(self) -> None:
        self._go("engagements", "")
