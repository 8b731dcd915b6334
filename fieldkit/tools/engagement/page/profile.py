"""The profile page: the agency, its request and consent, who is in the room, what papers say."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, Card, Header
from fieldkit.qt.drafting import Drafting
from fieldkit.qt.form import ComboBox, Form
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import Columns, ScrollPage, column, row
from fieldkit.qt.page import Page
from fieldkit.qt.text import Label, LineEdit
from fieldkit.tools.engagement import operations
from fieldkit.tools.engagement.model import Engagement, choice, profile_id
from fieldkit.tools.engagement.page.consent import ConsentCard
from fieldkit.tools.engagement.page.fields import (
    LanguagesField,
    PlaceField,
    paper_languages,
    with_unknown,
)
from fieldkit.tools.engagement.page.groups import GroupsCard
from fieldkit.tools.engagement.page.papers import PapersCard
from fieldkit.tools.engagement.rules import footnotes, marks
from fieldkit.workspace.workspace import Workspace

BOXES = {
    "kind": N_("Kind of agency"),
    "size": N_("Size"),
    "doc_language": N_("Language of questions and papers"),
    "second_language": N_("Second language"),
}


class ProfilePage(Page):
    """Everything about the agency that stands on papers; each field saves itself."""

    shows: ClassVar[frozenset[str]] = frozenset({"engagement", "group", "scope", "assessment"})

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws = ws
        self.host = host
        self.engagement: ScopeId | None = None
        self._lists = operations.lists(host.paths.resources)
        self._header = Header()
        self._differing = Banner()
        self.agency = LineEdit()
        self.boxes = {name: ComboBox() for name in BOXES}
        self.place, self.languages = PlaceField(), LanguagesField()
        self._footnote = Label("", "secondary")
        self._who, self._aside, self._aside_text = Card(), Card(), Label("", "secondary")
        self.archive = Button()
        self.consent = ConsentCard(ws, host, self)
        self.groups = GroupsCard(ws, host, self)
        self.papers = PapersCard(host)
        self._scroll = ScrollPage()
        self._fill()
        self._lay_out()
        self._drafts = {
            "agency": Drafting(
                self.agency, partial(self._keep, "agency"), partial(self._set, "agency")
            ),
            "place": Drafting(
                self.place.typed, partial(self._keep, "place"), partial(self._set, "place")
            ),
        }
        self._connect()
        self.retranslate()

    def _fill(self) -> None:
        form = Form(self.host.language)
        self._agency_row = form.row(N_("Name of the agency"), self.agency)
        form.row(BOXES["kind"], self.boxes["kind"])
        form.row(BOXES["size"], self.boxes["size"])
        form.row(N_("Place"), self.place)
        form.body.addWidget(self._footnote)
        form.row(N_("Languages people speak in the room"), self.languages)
        form.row(
            BOXES["doc_language"],
            self.boxes["doc_language"],
            N_("Questions stand in this language first."),
        )
        form.row(BOXES["second_language"], self.boxes["second_language"])
        self._who.add(form)
        self._aside.add(self._aside_text, row(self.archive, None))

    def _lay_out(self) -> None:
        across = Columns(720)
        across.add(column(self._who, None, spacing=16))
        across.add(column(self.consent, self.papers, None, spacing=16))
        self._scroll.body.addWidget(self._differing)
        self._scroll.body.addWidget(across)
        self._scroll.body.addWidget(self.groups)
        self._scroll.body.addWidget(self._aside)
        self._scroll.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        for name, box in self.boxes.items():
            box.chosen.connect(partial(self._set, name))
        self.place.chosen.connect(partial(self._set, "place"))
        self.languages.chosen.connect(partial(self._set, "languages"))
        self.papers.chosen.connect(self._set)
        self.consent.changed.connect(self.refresh)
        self.groups.changed.connect(self.refresh)
        self.archive.clicked.connect(self._on_archive)
        self._differing.acted.connect(self._on_settle)

    def title(self) -> str:
        """Return the page's name."""
        return self.words(N_("Agency and groups"))

    def retranslate(self) -> None:
        """Set the fixed texts and lists."""
        words = self.words
        self._who.set_title(words(N_("The agency")), words(N_("This stands on every paper.")))
        none = words(N_("Not chosen yet"))
        held = self._lists
        self.boxes["kind"].offer([("", none), *((c.id, c.say(words)) for c in held.kinds)])
        self.boxes["size"].offer([("", none), *((c.id, c.say(words)) for c in held.sizes)])
        self.place.offer(held, words)
        self.languages.offer(held, self.host.paths.translations, words)
        self._aside.set_title(words(N_("Put aside")))
        self._aside_text.setText(
            words(N_("An archived engagement leaves the list. Nothing is lost; it can come back."))
        )
        self.archive.set_text(words(N_("Archive this engagement")))
        self.consent.retranslate()
        self.groups.retranslate()
        self.papers.retranslate(held)

    # what is shown

    def open(self, subject: ScopeId) -> None:
        """Show the profile of an engagement, or of the one a round or strategy belongs to."""
        found = operations.engagement_of(self.ws, subject)
        if found != self.engagement:
            self.flush()
            self.engagement = found
        self.refresh_when_seen()

    def command(self, command: str, subject: str) -> None:
        """Lead to the card that was asked for."""
        if subject:
            self.open(ScopeId(subject))
        self.refresh()
        cards: dict[str, tuple[QWidget, Callable[[], None]]] = {
            "engagement.complete": (self._who, self._reach_gap),
            "engagement.groups": (self.groups, self.groups.reach),
            "engagement.consent": (self.consent, self.consent.reach),
        }
        if command in cards:
            card, reach = cards[command]
            reach()
            QTimer.singleShot(0, self, partial(self._scroll_to, card))

    def _scroll_to(self, card: QWidget) -> None:
        """Bring the head of a card to the top, and what can be typed in into view."""
        inner, field = self._scroll.widget(), self.focusWidget()
        top = card.mapTo(inner, QPoint(0, 0)).y() if inner is not None else 0
        self._scroll.verticalScrollBar().setValue(top - 16)
        if field is not None and card.isAncestorOf(field):
            self._scroll.ensureWidgetVisible(field, 0, 60)

    def _reach_gap(self) -> None:
        gaps: tuple[tuple[bool, QWidget], ...] = (
            (bool(self.agency.text()), self.agency),
            (bool(self.boxes["kind"].value()), self.boxes["kind"]),
            (bool(self.boxes["size"].value()), self.boxes["size"]),
            (bool(self.place.value()), self.place),
        )
        next((field for filled, field in gaps if not filled), self.agency).setFocus()

    def flush(self) -> None:
        """Write what is half typed."""
        if self.engagement is None:
            return
        for drafting in self._drafts.values():
            drafting.flush()
        self.consent.flush()
        self.groups.flush()

    def refresh(self) -> None:
        """Show the profile as it stands."""
        if self.engagement is None:
            return
        held = operations.engagement(self.ws, self.engagement)
        self._header.set_texts(self.title(), held.agency)
        self._show_profile(held)
        self.papers.show_profile(held)
        self.consent.show_terms(held)
        self.groups.show_groups(held)
        said = footnotes(marks(held, self._lists), self.words)
        text = N_("Footnote on every paper: {footnote}")
        self._footnote.setText(self.words(text, footnote="\n".join(said)))
        self._footnote.setVisible(bool(said))
        self.show_differing(held)

    def show_differing(self, held: Engagement) -> None:
        """Say how many fields differ between two copies, and lead to settling them."""
        words, count = self.words, len(held.differing)
        text = words.plural(
            N_("{n} field of the profile differs between two copies."),
            N_("{n} fields of the profile differ between two copies."),
            count,
        )
        if count:
            self._differing.show_message("warning", text, words(N_("Settle differences")))
        self._differing.setVisible(count > 0)

    def _show_profile(self, held: Engagement) -> None:
        ent = profile_id(held.scope)
        drafts = self.ws.drafts(held.scope)
        typed = "" if choice(self._lists.places, held.place) else held.place
        self.place.put(held.place)
        for name, stored in (("agency", held.agency), ("place", typed)):
            draft = drafts.get((ent, f"text/{name}"))
            self._drafts[name].show(stored, draft if isinstance(draft, str) else None)
        self.boxes["kind"].put(held.kind)
        self.boxes["size"].put(held.size)
        papers = paper_languages(self.host.paths.translations)
        self.boxes["doc_language"].offer(with_unknown(papers, held.doc_language))
        self.boxes["doc_language"].put(held.doc_language)
        none = [("", self.words(N_("None"))), *with_unknown(papers, held.second_language)]
        self.boxes["second_language"].offer(none)
        self.boxes["second_language"].put(held.second_language)
        known = choice(self._lists.places, held.place)
        self.languages.suggest(known.languages if known else ())
        self.languages.put(held.languages)

    # writing

    def _keep(self, name: str, text: str | None) -> None:
        if self.engagement is not None:
            ent = profile_id(self.engagement)
            self.ws.set_draft(self.engagement, ent, f"text/{name}", text)

    def _set(self, name: str, value: Any) -> None:
        if self.engagement is None:
            return
        held = operations.engagement(self.ws, self.engagement)
        self._agency_row.complain("")
        try:
            operations.update(self.ws, replace(held, **{name: value}), by=self)
        except UserError as error:
            self._agency_row.complain(self.words(error.text, **error.values))
        self.refresh()

    def _on_archive(self) -> None:
        if self.engagement is None:
            return
        self.flush()
        operations.archive(self.ws, self.engagement, by=self)
        self.host.say(self.words(N_("Archived. Ctrl+Z brings the engagement back.")))
        self.host.go("engagements", "")

    def _on_settle(self) -> None:
        self.host.go("exchange.settle", self.engagement or "")
