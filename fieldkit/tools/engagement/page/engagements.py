"""The engagements page: the list, a new one, those put aside; at first start the welcome."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import isolate
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, EmptyState, Header
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import ScrollPage
from fieldkit.qt.page import Page
from fieldkit.tools.engagement import operations
from fieldkit.tools.engagement.model import Engagement, Lists
from fieldkit.tools.engagement.page.beginning import NewEngagement
from fieldkit.tools.engagement.page.plates import EngagementCard, facts, rounds_said
from fieldkit.tools.engagement.page.welcome import Welcome
from fieldkit.workspace.workspace import Workspace

COMMANDS = {"sample": "sample.load", "import": "exchange.import"}


class EngagementsPage(Page):
    """Shows every engagement on this computer and leads into one."""

    shows: ClassVar[frozenset[str]] = frozenset({"engagement", "scope", "round"})

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws = ws
        self.host = host
        self._shows_archived = False
        self._last_aside: ScopeId | None = None
        self._header = Header()
        self._archived, self._import = Button(role="quiet"), Button()
        self._sample, self._new = Button(), Button(role="primary")
        self._header.add(self._archived, self._import, self._sample, self._new)
        self._stack = QStackedWidget()
        self._welcome: Welcome | None = None
        self.beginning: NewEngagement | None = None
        self._banner = Banner()
        self._scroll = ScrollPage()
        self._empty = EmptyState("people", primary=False)
        self._cards: dict[ScopeId, EngagementCard] = {}
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self._scroll, 1)
        self._scroll.body.addWidget(self._empty)
        self._scroll.body.addStretch(1)
        self._stack.addWidget(listed)
        self._listed = listed
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._new.clicked.connect(self.begin)
        self._sample.clicked.connect(self._on_sample)
        self._import.clicked.connect(self._on_import)
        self._archived.clicked.connect(self._on_archived)
        self._empty.acted.connect(self._on_archived)
        self._banner.acted.connect(self._on_bring_back)

    def title(self) -> str:
        """Return the page's name."""
        return self.words(N_("Engagements"))

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self.words
        self._new.set_text(words(N_("New engagement")))
        self._sample.set_text(words(N_("Open the sample")))
        self._import.set_text(words(N_("Import a bundle...")))
        self._empty.set_texts(
            words(N_("No engagement is open")),
            words(
                N_(
                    "An engagement holds everything about one agency. Begin a new one, or bring"
                    " one back that was put aside."
                )
            ),
            words(N_("Show archived engagements")),
        )
        self._banner.hide()
        if self._welcome is not None:
            self._welcome.retranslate()
        if self.beginning is not None:
            self.beginning.retranslate()
        self._show_head()

    # what is shown

    def open(self, subject: ScopeId) -> None:
        """Show the list; it belongs to no single engagement."""

    def command(self, command: str, subject: str) -> None:  # noqa: ARG002
        """Begin a new engagement, where that was asked from elsewhere."""
        if command == "engagement.new":
            self.begin()

    def flush(self) -> None:
        """Have nothing half typed: a new engagement is written when it is created."""

    def refresh(self) -> None:
        """Show the welcome while there is nothing, else the list."""
        held = operations.engagements(self.ws)
        aside = operations.engagements(self.ws, archived=True)
        if self._is_beginning():
            self._show_head()
            return
        if not held and not aside:
            self._show_welcome()
        else:
            self._show_list(held, aside)
            self._stack.setCurrentWidget(self._listed)
        self._show_head()

    def _is_beginning(self) -> bool:
        return self.beginning is not None and self._stack.currentWidget() is self.beginning

    def _is_welcoming(self) -> bool:
        return self._welcome is not None and self._stack.currentWidget() is self._welcome

    def _show_welcome(self) -> None:
        if self._welcome is None:
            self._welcome = Welcome(self.host)
            self._welcome.chosen.connect(self._on_way)
            self._stack.addWidget(self._welcome)
        self._stack.setCurrentWidget(self._welcome)

    def _show_head(self) -> None:
        words = self.words
        is_list = not self._is_beginning() and not self._is_welcoming()
        aside = len(operations.engagements(self.ws, archived=True)) if is_list else 0
        for button in (self._new, self._sample, self._import):
            button.setVisible(is_list)
        self._archived.setVisible(is_list and aside > 0)
        text = words.plural(N_("Show {n} archived"), N_("Show {n} archived"), aside)
        self._archived.set_text(words(N_("Hide archived")) if self._shows_archived else text)
        self._header.set_texts(
            words(N_("New engagement")) if self._is_beginning() else self.title()
        )
        self._header.setVisible(not self._is_welcoming())

    def _show_list(self, held: list[Engagement], aside: list[Engagement]) -> None:
        self._shows_archived = self._shows_archived and bool(aside)
        shown = [*held, *(aside if self._shows_archived else [])]
        for scope in [s for s in self._cards if s not in {e.scope for e in shown}]:
            card = self._cards.pop(scope)
            card.hide()
            self._scroll.body.removeWidget(card)
            card.deleteLater()
        lists = operations.lists(self.host.paths.resources)
        for place, engagement in enumerate(shown):
            self._show_card(place, engagement, lists)
        self._empty.setVisible(not shown)

    def _show_card(self, place: int, engagement: Engagement, lists: Lists) -> None:
        card = self._cards.get(engagement.scope)
        if card is None:
            card = EngagementCard(engagement.scope)
            card.asked.connect(self._on_asked)
            self._cards[engagement.scope] = card
        self._scroll.body.insertWidget(place, card)
        about = (
            facts(engagement, lists, self.words),
            rounds_said(self.ws, engagement.scope, self.words),
        )
        card.show_engagement(engagement, about, self.words)
        card.show_here(engagement.scope == self.host.settings.engagement, self.words)

    # beginning

    def begin(self) -> None:
        """Show the form of a new engagement."""
        if self.beginning is None:
            self.beginning = NewEngagement(self.host)
            self.beginning.planned.connect(self._on_planned)
            self.beginning.left.connect(self._on_left)
            self._stack.addWidget(self.beginning)
        self._stack.setCurrentWidget(self.beginning)
        self._show_head()
        self.beginning.agency.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the form with Escape; what was typed stays in it."""
        if event.key() == Qt.Key.Key_Escape and self._is_beginning():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self._stack.setCurrentWidget(self._listed)
        self.refresh()

    def _on_left(self) -> None:
        if self.beginning is not None:
            self.beginning.clear()
        self._leave()

    def _on_planned(self, profile: Engagement) -> None:
        try:
            scope, _ = operations.create(self.ws, profile, by=self)
        except UserError as error:
            self.host.dialogs.error(self, error)
            return
        self._on_left()
        self.host.go("engagement.open", scope)

    def _on_way(self, way: str) -> None:
        if way == "new":
            self.begin()
        else:
            self.host.go(COMMANDS[way], "")

    def _on_sample(self) -> None:
        self.host.go(COMMANDS["sample"], "")

    def _on_import(self) -> None:
        self.host.go(COMMANDS["import"], "")

    # putting aside

    def _on_archived(self) -> None:
        self._shows_archived = not self._shows_archived
        self.refresh()

    def _on_asked(self, what: str, scope: str) -> None:
        if what == "open":
            self.host.go("engagement.open", scope)
        elif what == "archive":
            self._put_aside(ScopeId(scope))
        else:
            self._bring_back(ScopeId(scope))

    def _put_aside(self, scope: ScopeId) -> None:
        words = self.words
        agency = operations.engagement(self.ws, scope).agency
        operations.archive(self.ws, scope, by=self)
        self._last_aside = scope
        said = words(N_("{agency} was archived. Nothing of it is lost."), agency=isolate(agency))
        self._banner.show_message("ok", said, words(N_("Bring back")))
        self.refresh()

    def _on_bring_back(self) -> None:
        if self._last_aside is not None:
            self._bring_back(self._last_aside)

    def _bring_back(self, scope: ScopeId) -> None:
        operations.unarchive(self.ws, scope, by=self)
        self._banner.hide()
        self.refresh()
