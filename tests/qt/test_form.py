"""Form rows name their fields, complain in words and retranslate themselves."""

from gettext import NullTranslations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.qt.form import Check, Choices, ComboBox, Form, SpinBox
from fieldkit.qt.text import Label, LineEdit
from fieldkit.qt.translate import Language, use


class German(NullTranslations):
    """A hand-written catalogue."""

    def gettext(self, text: str) -> str:
        return {"Organisation": "Dienststelle", "Terms": "Bedingungen"}.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return one if n == 1 else many

    def pgettext(self, context: str, text: str) -> str:
        return text


def said(widget, what=QAccessible.Text.Name) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(what)


def test_a_row_names_its_field_and_retranslates(
    qtbot, language: Language, dressed: QApplication, turn
) -> None:
    form, field = Form(language), LineEdit()
    qtbot.addWidget(form)
    form.section(N_("Terms"))
    form.row(N_("Organisation"), field, help=N_("Printed on every report."))
    assert said(field) == "Organisation"
    assert said(field, QAccessible.Text.Description) == "Printed on every report."
    use(dressed, language, Words("de", German()))
    turn()
    assert said(field) == "Dienststelle"
    assert "Bedingungen" in [label.text() for label in form.findChildren(Label)]


def test_a_complaint_is_said_in_words_and_to_screen_readers(qtbot, language: Language) -> None:
    form, field = Form(language), LineEdit()
    qtbot.addWidget(form)
    row = form.row(N_("Name"), field)
    row.complain("Give a name.")
    assert "✕ Give a name." in [label.text() for label in row.findChildren(Label)]
    assert said(field, QAccessible.Text.Description) == "Give a name."
    row.complain("")
    assert said(field, QAccessible.Text.Description) == ""


def wheel(widget) -> QWheelEvent:
    here = QPointF(5, 5)
    return QWheelEvent(
        here, widget.mapToGlobal(here), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_the_wheel_never_changes_a_field(qtbot, language: Language) -> None:
    box, number = ComboBox(), SpinBox(0, 10)
    box.offer([("a", "A"), ("b", "B")])
    box.put("a")
    number.put(5)
    for field in (box, number):
        qtbot.addWidget(field)
        field.show()
        field.setFocus()
        QApplication.sendEvent(field, wheel(field))
    assert box.value() == "a"
    assert number.value() == 5


def test_a_choice_is_told_only_when_a_person_chose(qtbot, language: Language) -> None:
    box, told = ComboBox(), []
    qtbot.addWidget(box)
    box.chosen.connect(told.append)
    box.offer([(None, "–"), ("national", "National"), ("local", "Local")])
    box.put("local")
    box.offer([("local", "Lokal"), ("national", "National")])
    assert box.value() == "local"
    assert told == []
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert told == ["national"]
    box.put("gone")
    assert box.value() is None


@pytest.mark.parametrize("value", [0, 2])
def test_one_of_several_wraps_and_names_each(qtbot, language: Language, value: int) -> None:
    choices, told = Choices(), []
    qtbot.addWidget(choices)
    choices.chosen.connect(told.append)
    choices.offer([(n, f"evidence of grade {n}") for n in range(4)])
    assert choices.value() is None
    choices.put(value)
    assert choices.value() == value
    assert told == []
    choices.show()
    label = choices.findChildren(Label)[3]
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert told == [3]
    choices.put(None)
    assert choices.value() is None


def test_a_box_is_ticked_by_its_text_too(qtbot, language: Language) -> None:
    check, told = Check("We have agreed"), []
    qtbot.addWidget(check)
    check.chosen.connect(told.append)
    check.show()
    qtbot.mouseClick(check.findChild(Label), Qt.MouseButton.LeftButton)
    assert told == [True]
    assert check.is_on
    check.put(False)
    assert told == [True]
    assert said(check.box) == "We have agreed"


def test_a_number_is_told_only_when_a_person_changed_it(qtbot, language: Language) -> None:
    number, told = SpinBox(0, 20), []
    qtbot.addWidget(number)
    number.chosen.connect(told.append)
    number.put(7)
    assert told == []
    qtbot.keyClick(number, Qt.Key.Key_Up)
    assert told == [8]
