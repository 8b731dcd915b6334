"""Ticks: every typed text that would go out, with a tick and what it looks like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.qt.text import shown

LONGEST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class PaperText:
    """One typed text that would go out: what it is, what it says, what it looks like (shown)."""

    id: str
    label: str
    text: str
    warnings: tuple[str, ...] = ()


class TextTicks(QListWidget):
    """Typed texts with a tick each; those that look like a person or a case stand first."""

    def __init__(self, words: Words, texts: Sequence[PaperText], parent: QWidget | None = None):
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words(N_("Typed texts that go out")))
        self._texts = sorted(texts, key=lambda one: not one.warnings)
        for one in self._texts:
            self._add(words, one)
        self.setCurrentRow(0)

    def _add(self, words: Words, one: PaperText) -> None:
        said = one.text if len(one.text) <= LONGEST_SHOWN else one.text[:LONGEST_SHOWN] + "…"
        lines = [words(N_("{label}: {said}"), label=one.label, said=said)]
        lines += [words(N_("! {warning}"), warning=warning) for warning in one.warnings]
        item = QListWidgetItem(shown("\n".join(lines)), self)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)

    def _items(self) -> Iterator[tuple[QListWidgetItem, PaperText]]:
        for number, one in enumerate(self._texts):
            yield self.item(number), one

    @property
    def withheld(self) -> frozenset[str]:
        """The ids of the texts without a tick."""
        off = Qt.CheckState.Unchecked
        return frozenset(one.id for item, one in self._items() if item.checkState() == off)

    def leave_out_marked(self) -> None:
        """Take the tick from every text that looks like a person or a case."""
        for item, one in self._items():
            if one.warnings:
                item.setCheckState(Qt.CheckState.Unchecked)

    def tick_all(self) -> None:
        """Tick every text."""
        for item, _ in self._items():
            item.setCheckState(Qt.CheckState.Checked)
