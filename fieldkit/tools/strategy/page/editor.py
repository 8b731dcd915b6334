"""Editor: labelled fields that save themselves, each with its draft and what is wrong with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.op import Value
from fieldkit.qt.buttons import Button
from fieldkit.qt.drafting import Drafting
from fieldkit.qt.form import ComboBox, Form, FormRow
from fieldkit.qt.layouts import row
from fieldkit.qt.text import Label, LineEdit, PlainEdit
from fieldkit.qt.translate import Language

LINE, CHOICE = 0, -1


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name, its N_ label and help, how many lines it has, or that it is a choice."""

    name: str
    label: str
    help: str = ""
    lines: int = LINE


class Editor(QWidget):
    """Fields below each other; says what is half typed and what was written."""

    kept = Signal(str, object)
    wrote = Signal(str, str)

    def __init__(self, language: Language, specs: Sequence[Spec]) -> None:
        super().__init__()
        self._form = Form(language)
        self.fields: dict[str, LineEdit | PlainEdit] = {}
        self.choices: dict[str, ComboBox] = {}
        self.rows: dict[str, FormRow] = {}
        self._drafts: dict[str, Drafting] = {}
        for spec in specs:
            self._add(language, spec)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    def _add(self, language: Language, spec: Spec) -> None:
        if spec.lines == CHOICE:
            box = ComboBox()
            box.chosen.connect(partial(self._on_chosen, spec.name))
            self.choices[spec.name] = box
            self.rows[spec.name] = self._form.row(spec.label, box, spec.help)
            return
        made = PlainEdit(language, lines=spec.lines) if spec.lines else LineEdit()
        self.fields[spec.name] = made
        self.rows[spec.name] = self._form.row(spec.label, made, spec.help)
        keep, write = partial(self.kept.emit, spec.name), partial(self._on_written, spec.name)
        self._drafts[spec.name] = Drafting(made, keep, write)

    def show_texts(
        self,
        stored: Mapping[str, str],
        drafts: Mapping[str, Value],
        locked: Collection[str] = (),
    ) -> None:
        """Show what is stored or half typed; a field two copies differ in waits for settling."""
        for name, field in self.fields.items():
            held = drafts.get(name)
            self._drafts[name].show(stored[name], held if isinstance(held, str) else None)
            field.setReadOnly(name in locked)

    def offer(self, name: str, choices: Sequence[tuple[object, str]], value: object) -> None:
        """Offer the values of a choice and show the one that stands."""
        self.choices[name].offer(choices)
        self.choices[name].put(value)

    def complain(self, name: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""
        self.rows[name].complain(text)

    def flush(self) -> None:
        """Write what is half typed."""
        for draft in self._drafts.values():
            draft.flush()

    def _on_written(self, name: str, text: str) -> None:
        self.complain(name, "")
        self.wrote.emit(name, text)

    def _on_chosen(self, name: str, value: object) -> None:
        self.wrote.emit(name, "" if value is None else str(value))


class AddRow(QWidget):
    """One line and a button: Enter or a click adds it; nothing is added by leaving the field."""

    asked = Signal(str)
    kept = Signal(object)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.field = LineEdit()
        self.add = Button(icon="add")
        self._wrong = Label("", "error")
        self._wrong.hide()
        self.field.paused.connect(self._on_kept)
        self.field.left.connect(self._on_kept)
        self.field.returnPressed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._wrong)
        column.addLayout(row(self.add, None))

    def set_texts(self, button: str, name: str, hint: str = "") -> None:
        """Name the button and the field; `hint` stands in the field while it is empty."""
        self.add.set_text(button, name)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)

    def show_draft(self, draft: Value) -> None:
        """Show what somebody left half typed."""
        if isinstance(draft, str) and not self.field.text():
            self.field.put(draft)

    def _on_add(self) -> None:
        text = self.field.text().strip()
        self.field.finish()
        self._wrong.setVisible(not text)
        if not text:
            self._wrong.setText(self._language.words(N_("Write a few words first.")))
            self.field.setFocus()
            return
        self.field.clear()
        self.kept.emit(None)
        self.asked.emit(text)

    def _on_kept(self, text: str) -> None:
        self.kept.emit(text or None)
