"""Form: rows that retranslate themselves, and fields that the wheel leaves alone."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fieldkit.qt.layouts import empty
from fieldkit.qt.text import Label
from fieldkit.qt.theme import repolish
from fieldkit.qt.translate import Language


class ComboBox(QComboBox):
    """A choice of values with shown texts; the wheel scrolls the page, not the choice."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setMinimumContentsLength(12)
        self._values: list[object] = []
        self.activated.connect(self._on_activated)

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer (value, shown text) pairs; a value that was chosen stays chosen."""
        held = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([text for _, text in choices])
        self.blockSignals(False)
        self.put(held)

    def value(self) -> object:
        """Return the chosen value, or nothing."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def put(self, value: object) -> None:
        """Show a value without telling anyone; an unknown value shows nothing."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @Slot(int)
    def _on_activated(self, _: int) -> None:
        self.chosen.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class SpinBox(QSpinBox):
    """A whole number; the wheel scrolls the page, not the number."""

    chosen = Signal(int)

    def __init__(self, least: int = 0, most: int = 9999, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.lineEdit().setTextMargins(6, 0, 6, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self._is_putting = False
        self.valueChanged.connect(self._on_changed)

    def put(self, value: int) -> None:
        """Show a number without telling anyone."""
        self._is_putting = True
        self.setValue(value)
        self._is_putting = False

    @Slot(int)
    def _on_changed(self, value: int) -> None:
        if not self._is_putting:
            self.chosen.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class _Beside(Label):
    """The wrapping text beside a box or a circle; a click on it is a click on that."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__("", "dense")
        self._button = button

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click the button."""
        if self._button.isEnabled() and self.rect().contains(event.position().toPoint()):
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
            self._button.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the release."""
        event.accept()


def _line(button: QAbstractButton, text: _Beside) -> QWidget:
    held = QWidget()
    line = QHBoxLayout(held)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(text, 1)
    return held


class Check(QWidget):
    """A box to tick with a text that wraps."""

    chosen = Signal(bool)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self._text = _Beside(self.box)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_line(self.box, self._text))
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self.chosen)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say what is ticked."""
        self._text.setText(text)
        self.box.setAccessibleName(text)

    @property
    def is_on(self) -> bool:
        """Say whether it is ticked."""
        return self.box.isChecked()

    def put(self, on: bool) -> None:
        """Show it ticked or not, without telling anyone."""
        self.box.setChecked(on)


class Choices(QWidget):
    """One of several, each on a line of its own that wraps."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer (value, shown text) pairs; a value that was chosen stays chosen."""
        held = self.value()
        for button in self._group.buttons():
            self._group.removeButton(button)
        empty(self._lines)
        self._values = [value for value, _ in choices]
        for number, (_, text) in enumerate(choices):
            button = QRadioButton()
            button.setAccessibleName(text)
            beside = _Beside(button)
            beside.setText(text)
            self._group.addButton(button, number)
            self._lines.addWidget(_line(button, beside))
        self.put(held)

    def value(self) -> object:
        """Return the chosen value, or nothing."""
        at = self._group.checkedId()
        return self._values[at] if 0 <= at < len(self._values) else None

    def put(self, value: object) -> None:
        """Show a value without telling anyone; an unknown value shows none chosen."""
        at = self._values.index(value) if value in self._values else -1
        self._group.setExclusive(False)
        for number, button in enumerate(self._group.buttons()):
            button.setChecked(number == at)
        self._group.setExclusive(True)

    @Slot(int)
    def _on_clicked(self, at: int) -> None:
        self.chosen.emit(self._values[at])


class FormRow(QWidget):
    """A label above its field, help and complaint below; complains in sign, colour and words."""

    def __init__(self, label: str, field: QWidget, help_text: str, language: Language) -> None:
        super().__init__()
        self.field = field
        self._sources = (label, help_text)
        self._language = language
        self._label = Label("", "hint")
        self._label.setBuddy(field)
        self._help = Label("", "hint")
        self._wrong = Label("", "error")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        for one in (self._label, field, self._help, self._wrong):
            whole.addWidget(one)
        self._wrong.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Show label and help in the language now in use."""
        label, help_text = (self._language.words(text) for text in self._sources)
        self._label.setText(label.replace("&", "&&"))
        self._help.setText(help_text)
        self._help.setVisible(bool(help_text))
        self._name(self.field, label, help_text)

    def complain(self, text: str) -> None:
        """Say what is wrong with the field; an empty text takes it back."""
        self._wrong.setText(f"✕ {text}" if text else "")
        self._wrong.setVisible(bool(text))
        self.field.setProperty("wrong", bool(text))
        repolish(self.field)
        self.field.setAccessibleDescription(text or self._help.text())

    @staticmethod
    def _name(field: QWidget, label: str, help_text: str) -> None:
        field.setAccessibleName(label)
        field.setAccessibleDescription(help_text)


class Form(QWidget):
    """Rows below each other; hand it source texts, it keeps them in the screen's language."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: list[FormRow] = []
        self._sections: list[tuple[Label, str]] = []
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)

    def row(self, label: str, field: QWidget, help: str = "") -> FormRow:  # noqa: A002
        """Add a field under its N_ label, with an N_ help text."""
        made = FormRow(label, field, help, self._language)
        self._rows.append(made)
        self.body.addWidget(made)
        return made

    def section(self, title: str) -> Label:
        """Begin a section under its N_ title."""
        made = Label(self._language.words(title), "heading")
        self._sections.append((made, title))
        self.body.addWidget(made)
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Retranslate every row."""
        if event.type() == QEvent.Type.LanguageChange:
            for made in self._rows:
                made.retranslate()
            for label, title in self._sections:
                label.setText(self._language.words(title))
        super().changeEvent(event)
