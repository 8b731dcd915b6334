"""One engagement in the list: the agency, where it is, what it is, and how far."""

from functools import partial

from PySide6.QtCore import Signal

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words, isolate
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Badge, Card
from fieldkit.qt.layouts import row
from fieldkit.qt.text import Label
from fieldkit.tools.engagement.model import Engagement, Lists, choice
from fieldkit.tools.engagement.operations import children
from fieldkit.workspace.workspace import Workspace


def rounds_said(ws: Workspace, scope: ScopeId, words: Words) -> str:
    """Return the newest round and whether it is open, without opening the assessment itself."""
    rounds = [
        record
        for child in children(ws, scope, "assessment")
        for record in ws.records(child, "round")
    ]
    if not rounds:
        return words(N_("No round yet"))
    newest = rounds[-1]
    text = N_("{round}: closed") if newest.text("state") == "closed" else N_("{round}: open")
    return words(text, round=isolate(newest.text("title")))


class EngagementCard(Card):
    """An engagement with its buttons; says open, archive or bring back."""

    asked = Signal(str, str)

    def __init__(self, scope: ScopeId) -> None:
        super().__init__()
        self.scope = scope
        self._name = Label("", "heading", by_text=True)
        self._about = Label("", "secondary")
        self._round = Label("", "secondary")
        self._here = Badge("", "primary")
        self._training = Badge("", "warning")
        self.open, self.aside = Button(), Button(role="quiet")
        head = row(self._name, self._here, self._training)
        head.setStretch(0, 1)
        self.add(head)
        self.add(self._about)
        line = row(self._round, self.aside, self.open)
        line.setStretch(0, 1)
        self.add(line)
        self.open.clicked.connect(partial(self._ask, "open"))
        self.aside.clicked.connect(self._on_aside)
        self._is_archived = False

    def show_engagement(self, held: Engagement, about: tuple[str, str], words: Words) -> None:
        """Show an engagement; `about` is its line of facts and its newest round."""
        self._is_archived = held.archived
        self._name.setText(held.agency)
        self._about.setText(about[0])
        self._about.setVisible(bool(about[0]))
        self._round.setText(about[1])
        self._training.show_mark(words(N_("Training")) if held.training else "", "warning")
        agency = isolate(held.agency)
        self.open.set_text(words(N_("Open")), words(N_("Open {agency}"), agency=agency))
        text = N_("Bring back") if held.archived else N_("Archive")
        name = N_("Bring {agency} back") if held.archived else N_("Archive {agency}")
        self.aside.set_text(words(text), words(name, agency=agency))
        self.open.setVisible(not held.archived)
        self.setAccessibleName(held.agency)

    def show_here(self, is_here: bool, words: Words) -> None:
        """Mark the engagement that is in hand."""
        self._here.show_mark(words(N_("Open now")) if is_here else "", "primary")

    def _ask(self, what: str) -> None:
        self.asked.emit(what, self.scope)

    def _on_aside(self) -> None:
        self._ask("unarchive" if self._is_archived else "archive")


def facts(held: Engagement, lists: Lists, words: Words) -> str:
    """Return place and kind of an agency as one line."""
    kind = choice(lists.kinds, held.kind)
    parts = (lists.place_name(held.place, words), kind.say(words) if kind else "")
    return " · ".join(isolate(part) for part in parts if part)
