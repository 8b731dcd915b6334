"""The strategy page: sections on the left, the writing in the middle, guidance beside it."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import isolate
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card, Header
from fieldkit.qt.form import ComboBox
from fieldkit.qt.host import Host
from fieldkit.qt.journey import Outline
from fieldkit.qt.layouts import Columns, ScrollPage
from fieldkit.qt.page import Page
from fieldkit.qt.paper import PaperDialog
from fieldkit.qt.text import LineEdit
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.engagement.operations import engagement_of
from fieldkit.tools.strategy import operations
from fieldkit.tools.strategy.model import SCOPE, frame_id
from fieldkit.tools.strategy.page import entries
from fieldkit.tools.strategy.page.actions import ActionsSection
from fieldkit.tools.strategy.page.entries import EntryCard
from fieldkit.tools.strategy.page.guidance import Guidance
from fieldkit.tools.strategy.page.plan import ABOUT, FRAME, SECTIONS, outline_rows
from fieldkit.tools.strategy.page.printing import paper_offer
from fieldkit.tools.strategy.page.priorities import PrioritiesSection
from fieldkit.tools.strategy.page.sections import (
    NEW,
    FrameSection,
    PaperSection,
    Section,
    drafts_of,
)
from fieldkit.tools.strategy.page.starting import NoStrategy, Starting
from fieldkit.tools.strategy.page.writing import Writing
from fieldkit.tools.strategy.rules import (
    ACTIONS,
    PAPER,
    PRIORITIES,
    TITLE,
    Draft,
    advice_on_number,
    open_points,
)
from fieldkit.workspace.workspace import Workspace

KINDS = frozenset(
    {"strategy", "priority", "action", "scope", "answer", "batch", "round", "engagement"}
)


class StrategyPage(Page):
    """Writes a strategy section by section; everything saves itself."""

    shows: ClassVar[frozenset[str]] = KINDS

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws, self.host = ws, host
        self.engagement: ScopeId | None = None
        self.scope: ScopeId | None = None
        self.draft: Draft | None = None
        self.checklist: Checklist | None = None
        self.at = TITLE
        self._header = Header()
        self.strategies = ComboBox()
        self.print = Button(role="primary")
        self._header.add(self.strategies, self.print)
        self.outline = Outline()
        self.guidance = Guidance(host)
        self.frame = {name: FrameSection(host, specs) for name, specs in FRAME.items()}
        self.priority_list = PrioritiesSection(host)
        self.action_list = ActionsSection(host)
        self.paper = PaperSection(host)
        self.sections: dict[str, Section] = {
            **self.frame,
            PRIORITIES: self.priority_list,
            ACTIONS: self.action_list,
            PAPER: self.paper,
        }
        self._middle = ScrollPage(24)
        self.empty = NoStrategy(host)
        self._stack = QStackedWidget()
        self.writing = Writing(ws, host, self)
        self.starting = Starting(ws, host, self, self.show_started)
        self._lay_out()
        self._connect()
        self.retranslate()

    # building

    def _lay_out(self) -> None:
        for section in self.sections.values():
            self._middle.body.addWidget(section)
        self._middle.body.addStretch(1)
        stations, middle = Card(), Card()
        stations.body.setContentsMargins(8, 10, 8, 10)
        stations.add(self.outline)
        stations.body.addStretch(1)
        middle.body.setContentsMargins(1, 1, 1, 1)
        middle.body.addWidget(self._middle, 1)
        both = Columns(540)
        both.add(middle, 3)
        both.add(self.guidance, 2)
        work = QWidget()
        columns = QHBoxLayout(work)
        columns.setContentsMargins(16, 16, 16, 16)
        columns.setSpacing(12)
        columns.addWidget(stations, 5)
        columns.addWidget(both, 19)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(work)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.strategies.chosen.connect(self._on_strategy)
        self.print.clicked.connect(self.print_paper)
        self.paper.print.clicked.connect(self.print_paper)
        self.empty.choosing.connect(self._on_choose)
        self.empty.starting.connect(self._on_start)
        self.outline.picked.connect(self.go_to)
        self.guidance.picked.connect(self._on_point)
        for section in self.frame.values():
            section.editor.kept.connect(self._on_frame_kept)
            section.editor.wrote.connect(self._on_frame_wrote)
            section.settling.connect(self._on_settle)
        for held in (self.priority_list, self.action_list):
            held.kept.connect(self._keep)
        self.priority_list.wrote.connect(self.writing.write_priority)
        self.priority_list.acted.connect(partial(self._on_acted, self.writing.act_on_priority))
        self.priority_list.adding.kept.connect(partial(self._on_frame_kept, NEW))
        self.priority_list.adding.asked.connect(self.writing.add_priority)
        self.action_list.wrote.connect(self.writing.write_action)
        self.action_list.acted.connect(partial(self._on_acted, self.writing.act_on_action))
        self.action_list.asked.connect(self.writing.add_action)
        self.action_list.first.connect(partial(self.go_to, PRIORITIES))

    def title(self) -> str:
        """Return the page's name."""
        return self.words(N_("Strategy"))

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self.words
        self.print.set_text(words(N_("Print or export…")))
        self.strategies.setAccessibleName(words(N_("Strategy")))
        self.outline.setAccessibleName(words(N_("Sections")))
        self.empty.retranslate()
        for name, section in self.sections.items():
            section.set_texts(words(SECTIONS[name]), words(ABOUT[name]))
        adding = words(N_("Add a priority"))
        hint = words(N_("A problem to solve, in the words of those who face it"))
        self.priority_list.adding.set_texts(adding, adding, hint)

    # what is shown

    def open(self, subject: ScopeId) -> None:
        """Show a strategy, or the newest strategy of an engagement."""
        kinds = {row.id: row.kind for row in self.ws.scopes()}
        if kinds.get(subject) == SCOPE:
            self.engagement = engagement_of(self.ws, subject)
            self._take(subject)
        else:
            self.engagement = subject
            held = operations.strategies(self.ws, subject)
            known = [one.scope for one in held]
            kept = self.scope if self.scope in known else None
            self._take(kept or (known[-1] if known else None))

    def _take(self, scope: ScopeId | None) -> None:
        self.flush()
        if scope != self.scope:
            self.at = TITLE
        self.scope = scope
        self.refresh_when_seen()

    def refresh(self) -> None:
        """Show the strategy and section in hand."""
        held = operations.strategies(self.ws, self.engagement) if self.engagement else []
        if self.scope not in [one.scope for one in held]:
            self.scope = held[-1].scope if held else None
        self.strategies.offer([(one.scope, one.title) for one in held])
        self.strategies.put(self.scope)
        self.strategies.setVisible(len(held) > 1)
        self.print.setVisible(self.scope is not None)
        self._stack.setCurrentIndex(0 if self.scope is None else 1)
        if self.scope is None:
            self.draft = None
            self._header.set_texts(self.title())
            return
        self.draft = operations.draft(self.ws, self.scope)
        self.checklist = operations.source_checklist(self.ws, self.draft.strategy.source)
        self._show_draft(self.draft, self.scope)

    def _show_draft(self, draft: Draft, scope: ScopeId) -> None:
        drafts = self.ws.drafts(scope)
        frame_drafts = drafts_of(drafts, frame_id(scope))
        for held in self.frame.values():
            held.show_draft(draft, frame_drafts)
        self.priority_list.show_draft(draft, self.checklist, drafts)
        self.priority_list.adding.show_draft(frame_drafts.get(NEW))
        self.action_list.show_draft(draft, drafts)
        self.paper.show_draft(draft)
        points = open_points(draft)
        for name, section in self.sections.items():
            section.setVisible(name == self.at)
        self.outline.show_rows(outline_rows(draft, points, self.at, self.words), self.at)
        advice = advice_on_number(len(draft.priorities)) if self.at == PRIORITIES else ""
        self.guidance.show_section(self.at, advice)
        self.guidance.show_points(self.at, points)
        self._show_header(draft)

    def _show_header(self, draft: Draft) -> None:
        frame = draft.strategy
        held = operations.source_round(self.ws, frame.source) if frame.source else None
        parts = [self.words(N_("Draft")), isolate(frame.period) if frame.period else ""]
        if held is not None:
            parts.append(self.words(N_("from {round}"), round=isolate(held.title)))
        self._header.set_texts(frame.title, " · ".join(part for part in parts if part))

    # going somewhere

    def go_to(self, section: str) -> None:
        """Show a section; what is half typed is written first."""
        if section not in self.sections:
            return
        self.flush()
        self.at = section
        self.refresh()
        self._middle.verticalScrollBar().setValue(0)

    def _on_point(self, where: str) -> None:
        section, _, ent = where.partition("/")
        self.go_to(section)
        group = self.action_list.group(ent)
        card = self.priority_list.card(ent) if section == PRIORITIES else self.action_list.card(ent)
        reached: QWidget | None = card.edit if card is not None else None
        if section == ACTIONS and group is not None:
            reached = group.adding.field
        elif section in FRAME:
            reached = next(iter(self.frame[section].editor.fields.values()))
        if reached is not None:
            self.reach(reached)

    def reach(self, widget: QWidget) -> None:
        """Bring something into view and focus it."""
        self._middle.body.activate()
        self._middle.ensureWidgetVisible(widget)
        widget.setFocus()
        if isinstance(widget, LineEdit):
            widget.home(False)

    def _on_strategy(self, scope: object) -> None:
        self._take(ScopeId(str(scope)))
        self.refresh()

    def _on_settle(self) -> None:
        self.host.go("exchange.settle", self.scope or "")

    def _on_choose(self) -> None:
        self.host.go("results", "")

    # typing

    def _keep(self, ent: str, name: str, text: object) -> None:
        if self.scope is not None:
            kept = text if isinstance(text, str) and text else None
            self.ws.set_draft(self.scope, EntityId(ent), f"text/{name}", kept)

    def _on_frame_kept(self, name: str, text: object) -> None:
        if self.scope is not None:
            self._keep(frame_id(self.scope), name, text)

    def _on_frame_wrote(self, name: str, text: str) -> None:
        if self.scope is None:
            return
        try:
            operations.write(self.ws, self.scope, name, text, by=self)
        except UserError as error:
            said = self.words(error.text, **error.values)
            self.frame[self.at].editor.complain(name, said)
        self.refresh()

    def _on_acted(self, act: Callable[[EntryCard, str], None], ent: str, what: str) -> None:
        """Open or close a card, lead to its source or its differences, or change the entry."""
        card = self.priority_list.card(ent) or self.action_list.card(ent)
        if card is None or self.draft is None:
            return
        if what == entries.EDIT:
            card.write(True)
            self.reach(card.editor.fields["title"])
        elif what == entries.DONE:
            card.editor.flush()
            card.write(False)
            card.edit.setFocus()
        elif what == entries.SOURCE:
            self._on_source(ent)
        else:
            card.editor.flush()
            act(card, what)

    def _on_source(self, ent: str) -> None:
        held = self.draft.priorities if self.draft else ()
        one = next((p for p in held if p.id == ent), None)
        if one is not None and self.draft is not None and self.checklist is not None:
            self.flush()
            self.host.go("assess", self.draft.strategy.source)
            self.host.go("assessment.question", one.question)
        else:
            text = N_("The assessment this came from is not on this computer.")
            self.host.say(self.words(text))

    def flush(self) -> None:
        """Write what is half typed."""
        for section in self.sections.values():
            section.flush()

    # starting and printing

    def show_started(self, scope: ScopeId, section: str) -> None:
        """Show a strategy that was just started, or that was added to."""
        self.engagement = engagement_of(self.ws, scope)
        self.scope, self.at = scope, section
        self.refresh()

    def _on_start(self) -> None:
        if self.engagement is not None:
            self.starting.start_empty(self.engagement)

    def print_paper(self) -> None:
        """Offer to print or export the strategy."""
        if self.scope is not None:
            self.flush()
            PaperDialog(self, self.host, paper_offer(self.ws, self.host, self.scope)).open()

    def command(self, command: str, subject: str) -> None:
        """Do what was asked from elsewhere."""
        if command == "strategy.create":
            scope, _, questions = subject.partition(":")
            self.flush()
            self.starting.begin(ScopeId(scope), [q for q in questions.split(",") if q])
        elif command == "strategy.open" and subject:
            self.open(ScopeId(subject))
        elif command == "strategy.section":
            self.go_to(subject)
        elif command == "strategy.print":
            self.print_paper()

    def stations(self) -> list[tuple[str, str, str]]:
        """Return every section for Ctrl+K."""
        if self.scope is None:
            return []
        text = N_("Strategy: {section}")
        return [
            (self.words(text, section=self.words(title)), "strategy.section", name)
            for name, title in SECTIONS.items()
        ]
