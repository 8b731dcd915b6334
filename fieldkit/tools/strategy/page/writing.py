"""Writing: what happens to priorities and actions when somebody types, moves or deletes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.qt.host import Host
from fieldkit.tools.engagement.rules import finding_label, suspicious
from fieldkit.tools.strategy import operations, rules
from fieldkit.tools.strategy.model import Action, Priority
from fieldkit.tools.strategy.page import entries
from fieldkit.tools.strategy.page.actions import ActionsSection
from fieldkit.tools.strategy.page.entries import EntryCard
from fieldkit.tools.strategy.page.priorities import PrioritiesSection
from fieldkit.tools.strategy.rules import Draft
from fieldkit.workspace.workspace import Workspace


class Desk(Protocol):
    """What the writing needs of the page it happens on."""

    scope: ScopeId | None
    draft: Draft | None
    priority_list: PrioritiesSection
    action_list: ActionsSection

    def refresh(self) -> None:
        """Read anew and show."""

    def reach(self, widget: QWidget) -> None:
        """Bring something into view and focus it."""


class Writing:
    """Turns what is done in cards into operations, each in the page's name."""

    def __init__(self, ws: Workspace, host: Host, desk: Desk) -> None:
        """Write for one page."""
        self._ws, self._host, self._desk = ws, host, desk

    # priorities

    def add_priority(self, title: str) -> None:
        """Add a priority of one's own."""
        self._do(lambda s: operations.add_priority(self._ws, s, title, by=self._desk))

    def write_priority(self, ent: str, name: str, text: str) -> None:
        """Write one field of a priority; whoever writes in it confirms it."""
        one = self._priority(ent)
        if one is None:
            return
        changed = {
            "title": lambda: replace(one, title=text),
            "why": lambda: replace(one, why=text),
            "target": lambda: replace(one, target=int(text) if text else None),
        }[name]()
        card = self._desk.priority_list.card(ent)
        self._try(lambda: operations.edit_priority(self._ws, changed, by=self._desk), card, name)

    def act_on_priority(self, card: EntryCard, what: str) -> None:
        """Confirm, move or delete a priority, or look at what changed at its source."""
        one = self._priority(card.id)
        if one is None or self._desk.draft is None:
            return
        order = [p.id for p in self._desk.draft.priorities]
        if what == entries.CONFIRM:
            self._do(lambda _: operations.confirm_priority(self._ws, one, by=self._desk))
            self._desk.reach(card.edit)
        elif what == entries.NOTICE:
            self._on_notice(one)
        elif what == entries.DELETE:
            self._delete(one.id, lambda: operations.delete_priority(self._ws, one, by=self._desk))
        elif (before := _before(order, one.id, what)) is not None:
            at = EntityId(before) if before else None
            self._do(lambda _: operations.move_priority(self._ws, one, at, by=self._desk))
            self._desk.reach(card.edit)

    def _on_notice(self, one: Priority) -> None:
        if one.differing:
            self._host.go("exchange.settle", one.scope)
        else:
            self._do(lambda _: operations.take_new_level(self._ws, one, by=self._desk))

    # actions

    def add_action(self, priority: str, title: str) -> None:
        """Add an action to a priority and open it for writing."""
        made: list[EntityId] = []

        def add(scope: ScopeId) -> None:
            action = Action(title, EntityId(priority))
            made.append(operations.add_action(self._ws, scope, action, by=self._desk)[0])

        self._do(add)
        card = self._desk.action_list.card(made[0]) if made else None
        if card is not None:
            card.write(True)
            self._desk.reach(card.editor.fields["text"])

    def write_action(self, ent: str, name: str, text: str) -> None:
        """Write one field of an action."""
        one = self._action(ent)
        if one is None or name == "new":
            return
        changed = {
            "title": lambda: replace(one, title=text),
            "text": lambda: replace(one, text=text),
            "owner": lambda: replace(one, owner=text),
            "due": lambda: replace(one, due=text),
            "priority": lambda: replace(one, priority=EntityId(text)),
        }[name]()
        card = self._desk.action_list.card(ent)
        self._try(lambda: operations.edit_action(self._ws, changed, by=self._desk), card, name)
        if name == "owner" and card is not None:
            self._warn_of_name(card, text)
        moved = self._desk.action_list.card(ent)
        if name == "priority" and moved is not None:
            self._desk.reach(moved.edit)

    def _warn_of_name(self, card: EntryCard, text: str) -> None:
        found = next(iter(suspicious(text)), None)
        if found is None:
            return
        words = self._host.language.words
        looks = words(finding_label(found.kind))
        said = words(N_("{said}: {looks}. A role is enough."), said=found.text, looks=looks)
        card.editor.complain("owner", said)

    def act_on_action(self, card: EntryCard, what: str) -> None:
        """Move or delete an action, or look at what two drafters wrote."""
        one = self._action(card.id)
        if one is None or self._desk.draft is None:
            return
        held = rules.actions_by_priority(self._desk.draft.priorities, self._desk.draft.actions)
        mine = next(([a.id for a in group] for group in held.values() if one in group), [])
        if what == entries.NOTICE:
            self._host.go("exchange.settle", one.scope)
        elif what == entries.DELETE:
            self._delete(one.id, lambda: operations.delete_action(self._ws, one, by=self._desk))
        elif (before := _before(mine, one.id, what)) is not None:
            at = EntityId(before) if before else None
            self._do(lambda _: operations.move_action(self._ws, one, at, by=self._desk))
            self._desk.reach(card.edit)

    # all of them

    def _priority(self, ent: str) -> Priority | None:
        held = self._desk.draft.priorities if self._desk.draft else ()
        return next((one for one in held if one.id == ent), None)

    def _action(self, ent: str) -> Action | None:
        held = self._desk.draft.actions if self._desk.draft else ()
        return next((one for one in held if one.id == ent), None)

    def _delete(self, ent: EntityId, act: Callable[[], object]) -> None:
        scope = self._desk.scope
        if scope is None:
            return
        for owner, name in self._ws.drafts(scope):
            if owner == ent:
                self._ws.set_draft(scope, owner, name, None)
        self._do(lambda _: act())
        self._host.say(self._host.language.words(N_("Deleted. Ctrl+Z brings it back.")))

    def _try(self, act: Callable[[], object], card: EntryCard | None, name: str) -> None:
        """Do it, or say beside the field why not."""
        try:
            act()
        except UserError as error:
            if card is None:
                raise
            words = self._host.language.words
            card.editor.complain(name, words(error.text, **error.values))
        self._desk.refresh()

    def _do(self, act: Callable[[ScopeId], object]) -> None:
        if self._desk.scope is None:
            return
        act(self._desk.scope)
        self._desk.refresh()


def _before(order: list[EntityId], ent: EntityId, what: str) -> str | None:
    """Return what an entry is to stand before: "" is the end, nothing where it cannot move."""
    at = order.index(ent) + (-1 if what == entries.UP else 1)
    if not 0 <= at < len(order):
        return None
    if what == entries.UP:
        return order[at]
    return order[at + 1] if at + 1 < len(order) else ""
