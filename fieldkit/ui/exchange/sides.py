"""Sides: what stands on each side of a difference, and what all of them started from."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.op import Value
from fieldkit.qt.cards import Card
from fieldkit.qt.layouts import Columns, empty, row
from fieldkit.qt.levels import LevelDot
from fieldkit.qt.text import Label
from fieldkit.ui.exchange.marked import MarkedText
from fieldkit.ui.exchange.naming import LEVELS, Naming
from fieldkit.workspace.cases import Case, Side


@dataclass(frozen=True, slots=True)
class Place:
    """How a side is called here: its heading, and the words of its button."""

    heading: str
    take: str


class SidesView(QWidget):
    """All sides of one case beside each other, and the common start in a dashed frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    def show_case(self, case: Case, places: Sequence[Place], naming: Naming) -> None:
        """Show a case; `places` name its sides in the same order."""
        empty(self._whole)
        columns = Columns(560)
        for side, place in zip(case.sides, places, strict=True):
            columns.add(_side(case, side, place, naming))
        columns.add(_start(case, naming))
        self._whole.addWidget(columns)


def _side(case: Case, side: Side, place: Place, naming: Naming) -> Card:
    card = Card("card-choice")
    card.setAccessibleName(place.heading)
    card.add(Label(place.heading, "hint"))
    words = naming.words
    if case.is_life:
        deleted = side.version.value is False
        card.add(Label(words("deleted") if deleted else words("kept"), "title"))
    elif side.version.withheld:
        card.add(Label(words("not handed over by the sender"), "secondary"))
    else:
        _fill(card, case, side.values, naming)
    card.body.addStretch(1)
    return card


def _fill(card: Card, case: Case, values: object, naming: Naming) -> None:
    held = values if isinstance(values, dict) else {}
    for name in case.fields:
        if name not in held:
            continue
        if name == case.fields[0]:
            _lead(card, case, held[name], naming)
        elif held[name] not in (None, ""):
            card.add(_beside(case, name, held[name], naming))


def _lead(card: Card, case: Case, value: Value, naming: Naming) -> None:
    name = case.fields[0]
    said = naming.value(case, name, value)
    if (case.lead.kind, name) in LEVELS:
        dot = LevelDot()
        is_level = isinstance(value, int)
        dot.show_level(value if isinstance(value, int) else None, "" if is_level else _sign(value))
        label = Label(said, "title" if value is not None else "secondary")
        line = row(dot, label, spacing=10)
        line.setStretch(1, 1)
        line.setAlignment(dot, Qt.AlignmentFlag.AlignTop)
        card.add(line)
    elif isinstance(value, str) and value and _is_text(case, name, naming):
        text = MarkedText()
        text.show_change(_base_text(case, name), value)
        card.add(text)
    else:
        card.add(Label(said, "strong" if value not in (None, "") else "secondary", by_text=True))


def _beside(case: Case, name: str, value: Value, naming: Naming) -> QWidget:
    if isinstance(value, str) and _is_text(case, name, naming):
        text = MarkedText()
        base = _base_text(case, name)
        text.show_change(base, value) if base else text.show_text(f"“{value}”")
        return text
    words = naming.words
    label = naming.field(case.lead.kind, name)
    said = words("{what}: {value}", what=label, value=naming.value(case, name, value))
    return Label(said, "secondary")


def _is_text(case: Case, name: str, naming: Naming) -> bool:
    return naming.is_text(case.lead.kind, name)


def _base_text(case: Case, name: str) -> str:
    texts = [b for b in case.base.get(name, ()) if isinstance(b, str)]
    return texts[0] if len(texts) == 1 else ""


def _sign(value: Value) -> str:
    return {"dk": "?", "na": "–"}.get(str(value), "")


def _start(case: Case, naming: Naming) -> Card:
    words = naming.words
    card = Card("card-dashed")
    heading = words("Both started from") if len(case.sides) == 2 else words("All started from")
    card.setAccessibleName(heading)
    card.add(Label(heading, "hint"))
    if case.is_life:
        card.add(Label(words("Somebody wrote on it without knowing it was deleted."), "secondary"))
    else:
        _show_start(card, case, naming)
    card.body.addStretch(1)
    return card


def _show_start(card: Card, case: Case, naming: Naming) -> None:
    name = case.fields[0]
    held = case.base.get(name)
    if held is None:
        lead = dict(case.sides[0].values).get(name)
        held = (lead,)
    if len(held) > 1:
        said = naming.words.listing([naming.value(case, name, v) for v in held])
        card.add(Label(said, "secondary"))
    else:
        _lead_of_start(card, case, held[0] if held else None, naming)
    for other in case.fields[1:]:
        for value in case.base.get(other, ()):
            if value not in (None, ""):
                card.add(_plain_beside(case, other, value, naming))


def _lead_of_start(card: Card, case: Case, value: Value, naming: Naming) -> None:
    name = case.fields[0]
    if isinstance(value, str) and value and naming.is_text(case.lead.kind, name):
        text = MarkedText()
        text.show_text(value)
        card.add(text)
    elif isinstance(value, int) and (case.lead.kind, name) in LEVELS:
        _lead(card, case, value, naming)
    else:
        card.add(Label(naming.value(case, name, value), "secondary"))


def _plain_beside(case: Case, name: str, value: Value, naming: Naming) -> QWidget:
    if isinstance(value, str) and naming.is_text(case.lead.kind, name):
        text = MarkedText()
        text.show_text(value)
        return text
    return _beside(case, name, value, naming)
