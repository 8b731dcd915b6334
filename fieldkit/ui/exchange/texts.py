"""Texts: every free text that would leave, each with a tick, and what looks like a name in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.layouts import FlowLayout
from fieldkit.qt.text import Label
from fieldkit.tools.engagement.operations import FreeText
from fieldkit.tools.engagement.rules import finding_label
from fieldkit.ui.exchange.marked import MarkedText
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.ticks import TickTable

_SHOWN = 160
_TALL = 300


class TextsCard(Card):
    """Lists the texts, marked ones first; without its tick a text stays on this computer."""

    changed = Signal()

    def __init__(self, naming: Naming, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._naming = naming
        self._texts: list[FreeText] = []
        self._kept: set[tuple[ScopeId, EntityId, str]] = set()
        self._note = Label("", "secondary")
        self._warning = Label("", "warning")
        self.table = TickTable(fits=False)
        self.table.setMinimumHeight(_TALL)
        self._whole = MarkedText()
        self._ways = QWidget()
        flow = FlowLayout(self._ways)
        self.keep_marked = Button()
        self.send_all = Button(role="quiet")
        flow.addWidget(self.keep_marked)
        flow.addWidget(self.send_all)
        self.add(self._note, self._warning, self._ways, self.table, self._whole)
        self.table.ticked.connect(self._on_ticked)
        self.table.currentCellChanged.connect(self._on_current)
        self.keep_marked.clicked.connect(self._on_keep_marked)
        self.send_all.clicked.connect(self._on_send_all)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self.set_title(words("Texts that would leave"))
        self.table.setAccessibleName(words("Texts that would leave"))
        self.keep_marked.set_text(words("Keep the marked ones here"))
        self.send_all.set_text(words("Let all of them go"))

    def show_texts(self, texts: Sequence[FreeText]) -> None:
        """Show texts, marked ones first; ticks taken away before stay away."""
        words = self._naming.words
        self._texts = sorted(texts, key=lambda t: not t.findings)
        rows = [self._row(text) for text in self._texts]
        head = (words("Where"), words("Text"), words("Why marked"))
        self.table.show_rows(head, rows, stretch=1)
        self.table.blockSignals(True)
        for y, text in enumerate(self._texts):
            self.table.tick(y, _key(text) not in self._kept)
        self.table.blockSignals(False)
        marked = sum(bool(t.findings) for t in self._texts)
        self._warning.setVisible(bool(marked))
        self.keep_marked.setVisible(bool(marked))
        self.table.setVisible(bool(texts))
        self._whole.hide()
        self._say()

    def _row(self, text: FreeText) -> tuple[str, str, str]:
        words = self._naming.words
        entry = self._naming.entry(text.scope, text.kind, text.id)
        label = words(text.label)
        where = (
            entry if entry == text.text else words("{entry} · {field}", entry=entry, field=label)
        )
        line = " ".join(text.text.split())
        said = line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
        found = [
            words("{what}: {said}", what=words(finding_label(f.kind)), said=f.text)
            for f in text.findings[:3]
        ]
        return where, said, "\n".join(found)

    def _say(self) -> None:
        words = self._naming.words
        staying = sum(_key(t) in self._kept for t in self._texts)
        going = len(self._texts) - staying
        said = words.plural(
            "{n} text would go out. Take its tick away and it stays on this computer.",
            "{n} texts would go out. Take a tick away and that text stays on this computer.",
            going,
        )
        if staying:
            kept = words.plural("{n} text stays here.", "{n} texts stay here.", staying)
            said = words("{first} {second}", first=said, second=kept)
        self._note.setText(said if self._texts else words("No written text would go out."))
        marked = sum(bool(t.findings) and _key(t) not in self._kept for t in self._texts)
        self._warning.setText(
            words.plural(
                "! {n} of them looks as if it held a name, a case number or the like.",
                "! {n} of them look as if they held a name, a case number or the like.",
                marked,
            )
            if marked
            else words("✓ The marked texts stay here.")
        )

    def _on_ticked(self) -> None:
        listed = {_key(t) for t in self._texts}
        off = {_key(t) for y, t in enumerate(self._texts) if not self.table.is_on(y)}
        self._kept = (self._kept - listed) | off
        self._say()
        self.changed.emit()

    def _on_current(self, y: int) -> None:
        text = self._texts[y].text if 0 <= y < len(self._texts) else ""
        is_cut = len(" ".join(text.split())) > _SHOWN
        self._whole.setVisible(is_cut)
        if is_cut:
            self._whole.show_text(text)

    def _on_keep_marked(self) -> None:
        self._tick_all(lambda text: not text.findings and _key(text) not in self._kept)

    def _on_send_all(self) -> None:
        self._tick_all(lambda _: True)

    def _tick_all(self, wanted: Callable[[FreeText], bool]) -> None:
        self.table.blockSignals(True)
        for y, text in enumerate(self._texts):
            self.table.tick(y, wanted(text))
        self.table.blockSignals(False)
        self.table.viewport().update()
        self._on_ticked()

    @property
    def withheld(self) -> frozenset[tuple[ScopeId, EntityId, str]]:
        """The fields that stay here, as a parcel names them."""
        listed = {_key(t) for t in self._texts}
        return frozenset(self._kept & listed)


def _key(text: FreeText) -> tuple[ScopeId, EntityId, str]:
    return text.scope, text.id, f"{text.kind}.{text.field}"
