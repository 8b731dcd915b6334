"""Proposal: one text put together from two, paragraph by paragraph, for a person to accept."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.text import BOTH, CLASH, LEFT, RIGHT, SAME, Chunk, Proposal, proposal
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.form import Choices
from fieldkit.qt.layouts import Columns, empty, row
from fieldkit.qt.text import Label, PlainEdit
from fieldkit.ui.exchange.marked import MarkedText
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.sides import Place
from fieldkit.workspace.cases import Case

NEITHER = "neither"


def proposed(case: Case) -> Proposal | None:
    """Return the proposal for a case about long text, or nothing where there can be none."""
    name = case.fields[0]
    if not case.lead.texts or case.lead.fld != name:
        return None
    heads = [side.values.get(name) for side in case.sides]
    texts = [h for h in heads if isinstance(h, str)]
    starts = [b if isinstance(b, str) else "" for b in case.base.get(name, ()) or ("",)]
    return proposal(starts, texts) if len(texts) == 2 else None


class Clash(QObject):
    """One paragraph both changed, and what was chosen for it: nothing at first."""

    chosen = Signal()

    def __init__(self, chunk: Chunk, places: Sequence[Place], naming: Naming) -> None:
        super().__init__()
        self.chunk = chunk
        words = naming.words
        self.choices = Choices()
        self.choices.offer(
            [
                (LEFT, places[0].heading),
                (RIGHT, places[1].heading),
                (BOTH, words("Both, one after the other")),
                (NEITHER, words("Neither")),
            ]
        )
        self.choices.setAccessibleName(words("Which of the two"))
        self.choices.chosen.connect(self.chosen)

    def settled(self) -> tuple[Chunk, ...]:
        """Return the paragraph as it was chosen; unchosen it stays a clash."""
        left, right = (replace(self.chunk, text=t) for t in (self.chunk.left, self.chunk.right))
        nothing = replace(self.chunk, text="")
        found = {LEFT: (left,), RIGHT: (right,), BOTH: (left, right), NEITHER: (nothing,)}
        return found.get(str(self.choices.value()), (self.chunk,))


class ProposalCard(Card):
    """Shows where each paragraph came from, asks where both changed one, and takes the whole."""

    accepted = Signal(object)
    dropped = Signal()

    def __init__(self, naming: Naming, parent: QWidget | None = None) -> None:
        super().__init__("card-next", parent=parent)
        self._naming = naming
        self._name = ""
        self._parts: list[Chunk | Clash] = []
        self._edited = False
        self._note = Label("", "secondary")
        self._held = QWidget()
        self._list = QVBoxLayout(self._held)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._about = Label("", "hint")
        self.text = PlainEdit(naming.language, lines=6)
        self._about.setBuddy(self.text)
        self.text.textChanged.connect(self._on_typed)
        self.accept = Button()
        self._drop = Button(role="quiet")
        self.add(self._note, self._held, self._about, self.text)
        self.add(row(self.accept, self._drop, None))
        self.accept.clicked.connect(self._on_accept)
        self._drop.clicked.connect(self.dropped)
        self.hide()

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self.set_title(words("Put the two texts together"))
        self._note.setText(
            words("This is only a proposal. Nothing is written before you accept the text below.")
        )
        self._about.setText(words("The text as it would be"))
        self.text.setAccessibleName(words("The text as it would be"))
        self.accept.set_text(words("Accept this text"))
        self._drop.set_text(words("Not now"))

    @property
    def clashes(self) -> list[Clash]:
        """The paragraphs a person has to choose for."""
        return [part for part in self._parts if isinstance(part, Clash)]

    def show_case(self, case: Case, places: Sequence[Place]) -> None:
        """Show what is proposed for a case."""
        found = proposed(case)
        if found is None:
            return
        self._name = case.fields[0]
        self._edited = False
        empty(self._list)
        self._parts = []
        for chunk in found.chunks:
            self._add(chunk, places)
        self._compose()
        self.show()
        first = self.clashes[0].choices if self.clashes else self.text
        first.setFocus()

    def _add(self, chunk: Chunk, places: Sequence[Place]) -> None:
        if chunk.mark == CLASH:
            clash = Clash(chunk, places, self._naming)
            clash.setParent(self._held)
            clash.chosen.connect(self._compose)
            self._parts.append(clash)
            self._list.addWidget(_clash_card(clash, places, self._naming))
            return
        self._parts.append(chunk)
        if chunk.mark != SAME:
            self._list.addWidget(_part_card(chunk, places, self._naming))

    def _compose(self) -> None:
        chunks: list[Chunk] = []
        for part in self._parts:
            chunks += part.settled() if isinstance(part, Clash) else [part]
        whole = Proposal(tuple(chunks)).clean
        if whole is not None and not self._edited:
            self.text.blockSignals(True)
            self.text.setPlainText(whole)
            self.text.blockSignals(False)
        self.accept.setEnabled(whole is not None)
        self.text.setEnabled(whole is not None)

    def _on_typed(self) -> None:
        self._edited = True

    def _on_accept(self) -> None:
        self.hide()
        self.accepted.emit({self._name: self.text.text().strip()})


def _part_card(chunk: Chunk, places: Sequence[Place], naming: Naming) -> Card:
    words = naming.words
    card = Card("card-choice")
    heading = {
        LEFT: places[0].heading,
        RIGHT: places[1].heading,
        BOTH: words("Changed in the same way on both sides"),
    }[chunk.mark]
    card.add(Label(heading, "hint"))
    text = MarkedText()
    text.show_change(chunk.base, (chunk.text or "").rstrip("\n"))
    card.add(text)
    return card


def _clash_card(clash: Clash, places: Sequence[Place], naming: Naming) -> Card:
    card = Card("card-choice")
    card.set_title(naming.words("Both changed this paragraph. Which shall stand?"))
    columns = Columns(480)
    for said, place in zip((clash.chunk.left, clash.chunk.right), places, strict=True):
        side = Card("card-dashed")
        side.add(Label(place.heading, "hint"))
        text = MarkedText()
        text.show_change(clash.chunk.base, said.rstrip("\n"))
        side.add(text)
        columns.add(side)
    card.add(columns, clash.choices)
    return card
