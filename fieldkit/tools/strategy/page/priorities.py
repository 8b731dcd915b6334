"""Priorities: each a card that shows the answer it came from and whether it is confirmed."""

from collections.abc import Mapping

from fieldkit.core.errors import N_
from fieldkit.core.op import Value
from fieldkit.qt.host import Host
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.strategy import rules
from fieldkit.tools.strategy.model import Priority
from fieldkit.tools.strategy.page.editor import CHOICE, AddRow, Spec
from fieldkit.tools.strategy.page.entries import EntryCard, Face, KeyedColumn
from fieldkit.tools.strategy.page.sections import (
    DIFFER,
    Drafts,
    EntriesSection,
    drafts_of,
    open_half_typed,
)
from fieldkit.tools.strategy.rules import Draft, priority_code

PRIORITY_SPECS = (
    Spec("title", N_("The problem this priority solves"), N_("In the words of those who face it.")),
    Spec("why", N_("Why, and what comes first"), lines=4),
    Spec("target", N_("Level to reach"), lines=CHOICE),
)


class PrioritiesSection(EntriesSection):
    """The priorities as cards, each with the answer it came from."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.cards = KeyedColumn()
        self.adding = AddRow(host.language)
        self.column.addWidget(self.cards)
        self.column.addWidget(self.adding)

    def show_draft(self, draft: Draft, checklist: Checklist | None, drafts: Drafts) -> None:
        """Show every priority in its order."""
        held = rules.actions_by_priority(draft.priorities, draft.actions)
        self.cards.show_keys([one.id for one in draft.priorities], self._make)
        for number, one in enumerate(draft.priorities, start=1):
            card = self.card(one.id)
            if card is not None:
                card.show_face(self._face(draft, number, len(held[one.id]), checklist))
                self._fill(card, one, drafts_of(drafts, one.id))

    def card(self, ent: str) -> EntryCard | None:
        """Return the card of a priority."""
        found = self.cards.get(ent)
        return found if isinstance(found, EntryCard) else None

    def _make(self, ent: str) -> EntryCard:
        return self.made_card(ent, PRIORITY_SPECS)

    def _face(self, draft: Draft, number: int, actions: int, checklist: Checklist | None) -> Face:
        one, words = draft.priorities[number - 1], self.host.language.words
        mark = "" if one.confirmed else words(N_("! prefilled, not yet confirmed"))
        notice, action = self._notice(one, draft)
        return Face(
            code=priority_code(number),
            title=one.title,
            text=one.why,
            origin=self._origin(one, checklist),
            mark=mark,
            notice=notice,
            notice_action=action,
            badges=self._badges(one, actions),
            can_confirm=not one.confirmed,
            can_rise=number > 1,
            can_sink=number < len(draft.priorities),
        )

    def _origin(self, one: Priority, checklist: Checklist | None) -> str:
        words = self.host.language.words
        if not one.question:
            return ""
        where = rules.question_name(one.question, checklist, words)
        return words(N_("from {where}: {said}"), where=where, said=rules.said(one.level, words))

    def _notice(self, one: Priority, draft: Draft) -> tuple[str, str]:
        words = self.host.language.words
        if one.differing:
            return words(DIFFER), words(N_("Look at both"))
        if one.id not in draft.changes:
            return "", ""
        now = rules.said(draft.changes[one.id], words)
        text = N_("The answer has changed since. It now says: {now}. The text stays as it is.")
        return words(text, now=now), words(N_("Take what it says now"))

    def _badges(self, one: Priority, actions: int) -> tuple[tuple[str, str], ...]:
        words = self.host.language.words
        found = []
        if one.target is not None:
            found.append((words(N_("level to reach: {level}"), level=one.target), "primary"))
        kind = "primary" if actions else "warning"
        found.append((words.plural(N_("{n} action"), N_("{n} actions"), actions), kind))
        return tuple(found)

    def _fill(self, card: EntryCard, one: Priority, drafts: Mapping[str, Value]) -> None:
        words = self.host.language.words
        card.editor.show_texts({"title": one.title, "why": one.why}, drafts, one.differing)
        levels: list[tuple[object, str]] = [(None, words(N_("not set")))]
        levels += [(n, words(N_("level {level}"), level=n)) for n in range(1, 6)]
        card.editor.offer("target", levels, one.target)
        card.editor.choices["target"].setEnabled("target" not in one.differing)
        open_half_typed(card, drafts)

    def flush(self) -> None:
        """Write what is half typed."""
        self.adding.field.finish()
        for card in self.cards.findChildren(EntryCard):
            card.editor.flush()
