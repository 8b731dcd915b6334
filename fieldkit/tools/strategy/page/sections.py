"""Sections: the middle of the page - the texts of the frame, and what goes on paper."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.ids import EntityId
from fieldkit.core.op import Value
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import row
from fieldkit.qt.text import Label
from fieldkit.tools.strategy.page.editor import Editor, Spec
from fieldkit.tools.strategy.page.entries import EntryCard
from fieldkit.tools.strategy.rules import Draft

Drafts = Mapping[tuple[EntityId, str], Value]
NEW = "new"
DIFFER = N_("Two drafters wrote different texts here. One is shown; neither is lost.")


def drafts_of(drafts: Drafts, ent: str) -> dict[str, Value]:
    """Return what is half typed in the fields of one entity."""
    found = ((name.partition("/"), text) for (owner, name), text in drafts.items() if owner == ent)
    return {field: text for (kind, _, field), text in found if kind == "text"}


class Section(QWidget):
    """One section: a heading, a line that says what belongs here, and what is written."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host
        self._title = Label("", "title")
        self._about = Label("", "secondary")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self._title)
        self.column.addWidget(self._about)

    def set_texts(self, title: str, about: str) -> None:
        """Name the section."""
        self._title.setText(title)
        self._about.setText(about)
        self.setAccessibleName(title)

    def flush(self) -> None:
        """Write what is half typed."""


class FrameSection(Section):
    """Texts of the frame; where two copies differ it says so and leaves the text alone."""

    settling = Signal()

    def __init__(self, host: Host, specs: Sequence[Spec]) -> None:
        super().__init__(host)
        self.editor = Editor(host.language, specs)
        self.differing = Banner()
        self.differing.acted.connect(self.settling)
        self.column.addWidget(self.differing)
        self.column.addWidget(self.editor)

    def show_draft(self, draft: Draft, drafts: Mapping[str, Value]) -> None:
        """Show the texts as they stand."""
        frame, words = draft.strategy, self.host.language.words
        names = list(self.editor.fields)
        stored = {name: str(getattr(frame, name)) for name in names}
        locked = frame.differing & set(names)
        self.editor.show_texts(stored, drafts, locked)
        said = words(DIFFER) if locked else ""
        self.differing.show_message("warning", said, words(N_("Look at both")))

    def flush(self) -> None:
        """Write what is half typed."""
        self.editor.flush()


class EntriesSection(Section):
    """A section of cards; says which card was acted on and what was typed in it."""

    acted = Signal(str, str)
    kept = Signal(str, str, object)
    wrote = Signal(str, str, str)

    def made_card(self, ent: str, specs: Sequence[Spec]) -> EntryCard:
        """Return a new card that tells this section what is done in it."""
        made = EntryCard(self.host.language, ent, specs)
        made.acted.connect(self.acted)
        made.kept.connect(self.kept)
        made.wrote.connect(self.wrote)
        return made


class PaperSection(Section):
    """What the paper holds, and the way to print it."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._standing = Label()
        self._parts = Label("", "secondary")
        self.print = Button(icon="print")
        self.column.addWidget(self._parts)
        self.column.addWidget(self._standing)
        self.column.addLayout(row(self.print, None))

    def show_draft(self, draft: Draft) -> None:
        """Say what goes on paper and how far the draft is."""
        words = self.host.language.words
        parts = (
            N_("• One page for whoever decides: problem, vision, priorities now and to reach"),
            N_("• The full text, each priority with the answer it came from"),
            N_("• The actions, with who is responsible and until when"),
            N_("• Where the question set comes from"),
        )
        self._parts.setText("\n".join(words(text) for text in parts))
        confirmed = sum(one.confirmed for one in draft.priorities)
        text = N_("Confirmed by people: {n} of {all} priorities.")
        self._standing.setText(words(text, n=confirmed, all=len(draft.priorities)))
        self.print.set_text(words(N_("Print or export…")))


def open_half_typed(card: EntryCard, drafts: Mapping[str, Value]) -> None:
    """Open a card for writing where somebody left it half typed."""
    if any(name in card.editor.fields for name in drafts):
        card.write(True)
