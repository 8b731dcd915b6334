"""Actions: under the priority each answers, with who is responsible and until when."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.ids import EntityId
from fieldkit.core.op import Value
from fieldkit.qt.cards import Banner
from fieldkit.qt.host import Host
from fieldkit.qt.text import Label
from fieldkit.tools.strategy import rules
from fieldkit.tools.strategy.model import NO_ID, Action
from fieldkit.tools.strategy.page.editor import CHOICE, AddRow, Spec
from fieldkit.tools.strategy.page.entries import EntryCard, Face, KeyedColumn
from fieldkit.tools.strategy.page.sections import (
    DIFFER,
    NEW,
    Drafts,
    EntriesSection,
    drafts_of,
    open_half_typed,
)
from fieldkit.tools.strategy.rules import Draft, action_code, priority_code

ACTION_SPECS = (
    Spec("title", N_("What is to be done, in a few words")),
    Spec("text", N_("How, where, and how one will see that it worked"), lines=4),
    Spec("owner", N_("Who is responsible"), N_("A role or a unit, never a name.")),
    Spec("due", N_("Until when"), N_("A date, or the end of a quarter.")),
    Spec("priority", N_("Which priority it answers"), lines=CHOICE),
)


class ActionGroup(QWidget):
    """The actions of one priority, and a line to add another."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.heading = Label("", "heading")
        self.cards = KeyedColumn(8)
        self.adding = AddRow(host.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        for one in (self.heading, self.cards, self.adding):
            column.addWidget(one)


class ActionsSection(EntriesSection):
    """What is done about each priority, by whom and until when."""

    asked = Signal(str, str)
    first = Signal()

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.groups = KeyedColumn(16)
        self.missing = Banner()
        self.missing.acted.connect(self.first)
        self.column.addWidget(self.missing)
        self.column.addWidget(self.groups)

    def show_draft(self, draft: Draft, drafts: Drafts) -> None:
        """Show the actions under their priorities."""
        words = self.host.language.words
        text = N_("An action answers a problem. Write down a priority first.")
        said = "" if draft.priorities else words(text)
        self.missing.show_message("warning", said, words(N_("Go to the priorities")))
        held = rules.actions_by_priority(draft.priorities, draft.actions)
        self.groups.show_keys(list(held), self._make_group)
        titles = {p.id: f"{priority_code(n)} {p.title}" for n, p in enumerate(draft.priorities, 1)}
        codes = {a.id: action_code(n) for n, a in enumerate(draft.ordered_actions, 1)}
        for ent, actions in held.items():
            group = self.groups.get(ent)
            if isinstance(group, ActionGroup):
                title = titles.get(ent) or words(N_("Without a priority"))
                self._show_group(group, title, ent)
                group.adding.show_draft(drafts_of(drafts, ent).get(NEW))
                self._show_actions(group, actions, codes)
        for action in draft.actions:
            self._fill(action, titles, drafts_of(drafts, action.id))

    def _make_group(self, ent: str) -> QWidget:
        made = ActionGroup(self.host)
        made.adding.asked.connect(partial(self.asked.emit, ent))
        made.adding.kept.connect(partial(self.kept.emit, ent, NEW))
        made.adding.setVisible(ent != NO_ID)
        return made

    def _show_group(self, group: ActionGroup, title: str, ent: str) -> None:
        words = self.host.language.words
        group.heading.setText(title)
        code = title.partition(" ")[0]
        name = words(N_("Add an action to {code}"), code=code) if ent else ""
        group.adding.set_texts(words(N_("Add an action")), name, words(N_("What is to be done")))

    def _show_actions(
        self, group: ActionGroup, actions: Sequence[Action], codes: Mapping[EntityId, str]
    ) -> None:
        group.cards.show_keys([one.id for one in actions], self._make)
        for number, one in enumerate(actions):
            card = group.cards.get(one.id)
            if isinstance(card, EntryCard):
                last = number == len(actions) - 1
                card.show_face(self._face(one, codes[one.id], number > 0, not last))

    def _make(self, ent: str) -> EntryCard:
        return self.made_card(ent, ACTION_SPECS)

    def _face(self, one: Action, code: str, can_rise: bool, can_sink: bool) -> Face:
        words = self.host.language.words
        facts = (
            (N_("Responsible: {who}"), {"who": one.owner}),
            (N_("Until: {when}"), {"when": one.due}),
        )
        missing = (
            (one.owner, N_("nobody responsible yet")),
            (one.due, N_("no date yet")),
        )
        lacks = " · ".join(words(text) for held, text in missing if not held.strip())
        return Face(
            code=code,
            title=one.title,
            text=one.text,
            facts="\n".join(words(text, **v) for text, v in facts if all(v.values())),
            mark=f"! {lacks}" if lacks else "",
            notice=words(DIFFER) if one.differing else "",
            notice_action=words(N_("Look at both")) if one.differing else "",
            can_rise=can_rise,
            can_sink=can_sink,
        )

    def _fill(
        self, one: Action, titles: Mapping[EntityId, str], drafts: Mapping[str, Value]
    ) -> None:
        card = self.card(one.id)
        if card is None:
            return
        stored = {"title": one.title, "text": one.text, "owner": one.owner, "due": one.due}
        card.editor.show_texts(stored, drafts, one.differing)
        card.editor.offer("priority", list(titles.items()), one.priority)
        card.editor.choices["priority"].setEnabled("priority" not in one.differing)
        open_half_typed(card, drafts)

    def card(self, ent: str) -> EntryCard | None:
        """Return the card of an action."""
        held = self.groups.findChildren(EntryCard)
        return next((card for card in held if card.id == ent), None)

    def group(self, ent: str) -> ActionGroup | None:
        """Return the group of a priority."""
        found = self.groups.get(ent)
        return found if isinstance(found, ActionGroup) else None

    def flush(self) -> None:
        """Write what is half typed."""
        for group in self.groups.findChildren(ActionGroup):
            group.adding.field.finish()
        for card in self.groups.findChildren(EntryCard):
            card.editor.flush()
