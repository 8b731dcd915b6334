"""Writing: a new answer instead of any side's: a level with its reason, a number, or a text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldkit.core.op import Value
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.form import ComboBox, SpinBox
from fieldkit.qt.layouts import row
from fieldkit.qt.text import Label, PlainEdit
from fieldkit.tools.assessment import operations as assessment
from fieldkit.ui.exchange.naming import Naming
from fieldkit.workspace.cases import Case
from fieldkit.workspace.workspace import Workspace

LEVEL, NUMBER, TEXT = "level", "number", "text"
_MOST = 9999


def manner(case: Case, naming: Naming) -> str:
    """Return how a new answer to a case is written; empty where the sides say all there is."""
    lead, name = case.lead, case.fields[0]
    if case.is_life:
        return ""
    if (lead.kind, name) == ("answer", "level"):
        return LEVEL
    if naming.is_text(lead.kind, name):
        values = [side.values.get(name) for side in case.sides]
        return TEXT if all(v is None or isinstance(v, str) for v in values) else ""
    if (lead.kind, name) == ("group", "heads"):
        return NUMBER
    return ""


class WritingCard(Card):
    """Asks for a new answer; nothing is chosen or filled in beforehand."""

    written = Signal(object)
    dropped = Signal()

    def __init__(self, ws: Workspace, naming: Naming, parent: QWidget | None = None) -> None:
        super().__init__("card-next", parent=parent)
        self._ws, self._naming = ws, naming
        self._case: Case | None = None
        self._manner = ""
        self._level = ComboBox()
        self._number = SpinBox(0, _MOST)
        self._about = Label("", "hint")
        self._text = PlainEdit(self._naming.language, lines=4)
        self._wrong = Label("", "error")
        self.use = Button()
        self._drop = Button(role="quiet")
        self._asked = Label("", "hint")
        self._which = QStackedWidget()
        self._which.addWidget(self._level)
        self._which.addWidget(self._number)
        self.add(self._asked, self._which, self._about, self._text, self._wrong)
        self.add(row(self.use, self._drop, None))
        self._about.setBuddy(self._text)
        self.use.clicked.connect(self._on_use)
        self._drop.clicked.connect(self.dropped)
        self.hide()

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._naming.words
        self.set_title(words("Write a new answer"))
        self.use.set_text(words("Use this answer"))
        self._drop.set_text(words("Do not write one"))
        self._level.setPlaceholderText(words("Choose a level"))
        self._number.setAccessibleName(words("New number"))
        self._level.setAccessibleName(words("New level"))
        self._name_text()

    def _name_text(self) -> None:
        words = self._naming.words
        reason = self._manner == LEVEL
        label = words("Why this level") if reason else words("New text")
        self._about.setText(label)
        self._text.setAccessibleName(label)
        self._asked.setText(words("New number") if self._manner == NUMBER else words("New level"))

    def ask(self, case: Case) -> None:
        """Ask for a new answer to this case."""
        self._case, self._manner = case, manner(case, self._naming)
        self._which.setVisible(self._manner != TEXT)
        self._asked.setVisible(self._manner != TEXT)
        self._which.setCurrentIndex(1 if self._manner == NUMBER else 0)
        self._text.setVisible(self._manner != NUMBER)
        self._about.setVisible(self._manner != NUMBER)
        names = self._naming.level_names()
        words = self._naming.words
        levels: list[tuple[object, str]] = [
            (n, words("{number} {name}", number=n, name=name)) for n, name in enumerate(names, 1)
        ]
        self._level.offer([*levels, ("dk", self._naming.level("dk"))])
        self._level.put(None)
        self._number.put(0)
        self._text.finish()
        self._text.setPlainText("")
        self._wrong.hide()
        self._name_text()
        self.show()
        first = {LEVEL: self._level, NUMBER: self._number, TEXT: self._text}[self._manner or TEXT]
        first.setFocus()

    def _on_use(self) -> None:
        values = self._values()
        if values is not None:
            self.hide()
            self.written.emit(values)

    def _values(self) -> dict[str, Value] | None:
        if self._case is None:
            return None
        name, text = self._case.fields[0], self._text.text().strip()
        if self._manner == NUMBER:
            return {name: self._number.value()}
        if self._manner == TEXT:
            return self._checked({name: text}, "" if text else self._naming.words("Write a text."))
        level = self._level.value()
        if not isinstance(level, int | str):
            return self._checked({}, self._naming.words("Choose a level first."))
        values: dict[str, Value] = {"level": level, "reason": text or None, "na_reason": None}
        return self._checked(values, self._missing_reason(level, text))

    def _missing_reason(self, level: int | str, text: str) -> str:
        case = self._case
        if case is None or text or not isinstance(level, int):
            return ""
        lead = case.lead
        question = self._ws.record(lead.scope, lead.kind, lead.ent).text("question")
        if question and assessment.needs_reason(self._ws, lead.scope, question, level):
            return self._naming.words("Say why it differs from what the room said.")
        return ""

    def _checked(self, values: dict[str, Value], wrong: str) -> dict[str, Value] | None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        return None if wrong else values
