"""The groups card: who is in the room, by kind and number, never by name."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words, isolate
from fieldkit.core.ids import EntityId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.drafting import Drafting
from fieldkit.qt.form import ComboBox, Form, SpinBox
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import Columns, Rule, row
from fieldkit.qt.text import Label, LineEdit, set_tip
from fieldkit.tools.engagement import operations
from fieldkit.tools.engagement.model import CATEGORIES, Engagement, Group
from fieldkit.tools.engagement.page.terms import NameWarning
from fieldkit.workspace.workspace import Workspace

UP_KEYS, DOWN_KEYS = "Ctrl+Shift+Up", "Ctrl+Shift+Down"
CURE = N_("Name the group, never a person.")


def categories(words: Words) -> list[tuple[object, str]]:
    """Return the categories of groups to choose from."""
    return [(one.id, words(one.label)) for one in CATEGORIES]


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class GroupRow(QWidget):
    """One group: name, category, how many; up, down and out, by button or by key."""

    changed = Signal(object)
    moved = Signal(str, int)
    removed = Signal(str)
    kept = Signal(str, object)

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group
        self.name, self.category, self.heads = LineEdit(), ComboBox(), SpinBox(0)
        self.up, self.down = Button(role="quiet", icon="up"), Button(role="quiet", icon="down")
        self.out = Button(role="quiet", icon="remove")
        self._people = Label("", "hint", wrap=False)
        self._small = Label("", "hint")
        self._lay_out()
        self.draft = Drafting(self.name, self._keep, self._on_name)
        self.category.chosen.connect(self._on_category)
        self.heads.chosen.connect(self._on_heads)
        self.up.clicked.connect(partial(self._move, -1))
        self.down.clicked.connect(partial(self._move, 1))
        self.out.clicked.connect(self._on_out)
        self.name.textChanged.connect(self._look)
        for keys, step in ((UP_KEYS, -1), (DOWN_KEYS, 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._move, step))

    def _lay_out(self) -> None:
        across = Columns(560)
        across.add(self.name, 3)
        across.add(row(self.category, self.heads, self._people), 3)
        across.add(row(self.up, self.down, self.out, None, spacing=0), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(across)
        self._warning = NameWarning(CURE, self)
        column.addWidget(self._small)

    def show_group(self, group: Group, draft: str | None, limit: int, words: Words) -> None:
        """Show a group as it stands."""
        self.group = group
        self._words = words
        self.draft.show(group.name, draft)
        self.category.offer(categories(words))
        self.category.put(group.category)
        self.heads.put(group.heads)
        few = 0 < group.heads < limit
        self._small.setVisible(few)
        text = N_("Under {limit} people: this group is never shown alone.")
        self._small.setText(words(text, limit=limit) if few else "")
        self._people.setText(words(N_("people")))
        self._name_all(words)
        self._look()

    def _name_all(self, words: Words) -> None:
        name = isolate(self.group.name)
        named: tuple[tuple[QWidget, str], ...] = (
            (self.name, words(N_("Name of the group"))),
            (self.category, words(N_("Category of {group}"), group=name)),
            (self.heads, words(N_("How many people are in {group}"), group=name)),
            (self.up, words(N_("Move {group} up"), group=name)),
            (self.down, words(N_("Move {group} down"), group=name)),
            (self.out, words(N_("Remove {group}"), group=name)),
        )
        for widget, said in named:
            widget.setAccessibleName(said)
            keys = UP_KEYS if widget is self.up else DOWN_KEYS if widget is self.down else ""
            tip = words(N_("{what} ({keys})"), what=said, keys=_shown(keys)) if keys else said
            set_tip(widget, tip)

    def _look(self) -> None:
        self._warning.look_at(self.name.text(), self._words)

    def _keep(self, text: str | None) -> None:
        self.kept.emit(self.group.id, text)

    def _on_name(self, text: str) -> None:
        self.changed.emit(replace(self.group, name=text))

    def _on_category(self, value: object) -> None:
        self.changed.emit(replace(self.group, category=str(value)))

    def _on_heads(self, heads: int) -> None:
        self.changed.emit(replace(self.group, heads=heads))

    def _move(self, step: int) -> None:
        self.moved.emit(self.group.id, step)

    def _on_out(self) -> None:
        self.removed.emit(self.group.id)


class GroupsCard(Card):
    """The groups of participants with their head counts; every change saves itself."""

    changed = Signal()

    def __init__(self, ws: Workspace, host: Host, page: QWidget) -> None:
        super().__init__()
        self._ws, self._host, self._page = ws, host, page
        self._engagement = Engagement()
        self._rows: dict[EntityId, GroupRow] = {}
        self._about = Label("", "secondary")
        self._listed = QVBoxLayout()
        self._listed.setSpacing(8)
        self.name, self.category, self.heads = LineEdit(), ComboBox(), SpinBox(0)
        self.join = Button(icon="add")
        form, beside = Form(host.language), Columns(560)
        self._name_row = form.row(N_("Name of a further group"), self.name)
        self._warning = NameWarning(CURE, self._name_row)
        beside.add(form, 3)
        for label, field in ((N_("Category"), self.category), (N_("How many people"), self.heads)):
            small = Form(host.language)
            small.row(label, field)
            beside.add(small, 2)
        self.add(self._about, self._listed, Rule(), beside, row(self.join, None))
        self.join.clicked.connect(self._on_add)
        self.name.returnPressed.connect(self._on_add)
        self.name.textChanged.connect(self._look)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._host.language.words
        self.set_title(words(N_("Groups of participants")))
        self._about.setText(
            words(N_("Say what kind of people are in the room and how many, never who they are."))
        )
        held = self.category.value()
        self.category.offer(categories(words))
        self.category.put(held or "operational")
        self.name.setPlaceholderText(words(N_("For example: shift leaders")))
        self.join.set_text(words(N_("Add the group")))
        self._look()

    def show_groups(self, engagement: Engagement) -> None:
        """Show the groups of an engagement in their order."""
        self._engagement = engagement
        held = operations.groups(self._ws, engagement.scope)
        for ent in [ent for ent in self._rows if ent not in {g.id for g in held}]:
            gone = self._rows.pop(ent)
            gone.hide()
            self._listed.removeWidget(gone)
            gone.deleteLater()
        drafts = self._ws.drafts(engagement.scope)
        for place, group in enumerate(held):
            shown = self._rows.get(group.id) or self._make_row(group)
            if self._listed.indexOf(shown) != place:
                self._listed.insertWidget(place, shown)
            draft = drafts.get((group.id, "text/name"))
            words = self._host.language.words
            text = draft if isinstance(draft, str) else None
            shown.show_group(group, text, engagement.small_limit, words)
            shown.up.setEnabled(place > 0)
            shown.down.setEnabled(place < len(held) - 1)

    def rows(self) -> list[GroupRow]:
        """Return the rows in their order."""
        return sorted(self._rows.values(), key=self._listed.indexOf)

    def reach(self) -> None:
        """Let the next group be typed in."""
        self.name.setFocus()

    def flush(self) -> None:
        """Write what is half typed in a row."""
        for shown in self.rows():
            shown.draft.flush()

    def _make_row(self, group: Group) -> GroupRow:
        made = GroupRow(group)
        made.changed.connect(self._on_changed)
        made.moved.connect(self._on_moved)
        made.removed.connect(self._on_removed)
        made.kept.connect(self._on_kept)
        self._rows[group.id] = made
        return made

    def _look(self) -> None:
        self._warning.look_at(self.name.text(), self._host.language.words)
        self._name_row.complain("")

    def _on_add(self) -> None:
        name = self.name.text().strip()
        words = self._host.language.words
        if not name:
            self._name_row.complain(words(N_("Give the group a name first.")))
            self.name.setFocus()
            return
        group = Group(name, str(self.category.value()), self.heads.value())
        if self._do(lambda: operations.add_group(self._ws, self._engagement.scope, group,
                                                 by=self._page)):  # fmt: skip
            self.name.clear()
            self.heads.put(0)
            self.name.setFocus()

    def _on_kept(self, ent: str, text: str | None) -> None:
        self._ws.set_draft(self._engagement.scope, EntityId(ent), "text/name", text)

    def _on_changed(self, group: Group) -> None:
        self._do(lambda: operations.edit_group(self._ws, group, by=self._page))

    def _on_moved(self, ent: str, step: int) -> None:
        order = operations.groups(self._ws, self._engagement.scope)
        at = next(i for i, group in enumerate(order) if group.id == ent)
        to = at + step
        if not 0 <= to < len(order):
            return
        after = to if step < 0 else to + 1
        before = order[after].id if after < len(order) else None
        self.flush()
        self._do(lambda: operations.move_group(self._ws, order[at], before, by=self._page))

    def _on_removed(self, ent: str) -> None:
        group = self._rows[EntityId(ent)].group
        order = self.rows()
        at = order.index(self._rows[group.id])
        if self._do(lambda: operations.remove_group(self._ws, group, by=self._page)):
            words = self._host.language.words
            text = N_("{group} was removed. Ctrl+Z brings it back.")
            self._host.say(words(text, group=isolate(group.name)))
            left = self.rows()
            (left[min(at, len(left) - 1)].out if left else self.name).setFocus()

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self._host.dialogs.error(self._page, error)
            self.changed.emit()
            return False
        self.changed.emit()
        return True
