"""Dialogs never block, say the code, and answer no unless told otherwise."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from fieldkit.core.errors import UserError
from fieldkit.qt.dialogs import (
    ErrorDialog,
    FileKind,
    PreparedDialogs,
    Question,
    QuestionDialog,
    WindowDialogs,
)
from fieldkit.qt.text import Label
from fieldkit.qt.translate import Language

GRAVE = Question("Forget this key?", "This cannot be undone.", "Forget", is_grave=True)
LIGHT = Question("Leave the page?", "What you typed is kept.", "Leave")


def home(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_question_returns_at_once_and_answers_later(qtbot, language: Language) -> None:
    over, said = home(qtbot), []
    WindowDialogs(language).ask(over, LIGHT, said.append)
    assert said == []
    dialog = over.findChild(QuestionDialog)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said == [True])


def test_escape_and_enter_on_a_grave_question_mean_no(qtbot, language: Language) -> None:
    over, said = home(qtbot), []
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        WindowDialogs(language).ask(over, GRAVE, said.append)
        dialog = [d for d in over.findChildren(QuestionDialog) if d.isVisible()][-1]
        qtbot.keyClick(dialog, key)
    assert said == [False, False]
    assert GRAVE.is_grave


def test_a_grave_answer_never_looks_primary(qtbot, language: Language) -> None:
    over = home(qtbot)
    dialog = QuestionDialog(over, GRAVE, "Cancel")
    assert dialog.yes.property("role") == "danger"
    assert dialog.no.isDefault()


def test_an_error_shows_text_and_code_and_copies_both(
    qtbot, language: Language, dressed: QApplication
) -> None:
    error = UserError("E_FULL", "The stick is full. Free {size}. Nothing was lost.", size="12 MB")
    over = home(qtbot)
    dialog = ErrorDialog(over, error, language)
    texts = " ".join(label.text() for label in dialog.findChildren(Label))
    assert "Free 12 MB" in texts
    assert "E_FULL" in texts
    dialog.copy.click()
    assert dressed.clipboard().text() == "E_FULL\nThe stick is full. Free 12 MB. Nothing was lost."


def test_files_are_chosen_through_the_one_door(qtbot, language: Language, tmp_path: Path) -> None:
    over, got = home(qtbot), []
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    file = tmp_path / "sample.fkb"
    file.write_bytes(b"x")
    dialogs = WindowDialogs(language)
    dialogs.open_file(over, "Open", [FileKind("Bundles", ("fkb",))], got.append)
    dialog = over.findChild(QFileDialog)
    assert dialog.nameFilters() == ["Bundles (*.fkb)"]
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(file))
    dialog.accept()
    qtbot.waitUntil(lambda: got == [file])


def test_prepared_dialogs_answer_by_hand(tmp_path: Path, language: Language, qtbot) -> None:
    over, got = home(qtbot), []
    dialogs = PreparedDialogs(yes=False, paths=[tmp_path / "a"])
    dialogs.ask(over, GRAVE, got.append)
    dialogs.save_file(over, "Save", tmp_path / "x", got.append)
    dialogs.open_file(over, "Open", [], got.append)
    dialogs.error(over, UserError("E_X", "x"))
    dialogs.tell(over, "Done", "All sent")
    assert got == [False, tmp_path / "a"]
    assert dialogs.asked == [GRAVE]
    assert dialogs.errors[0].code == "E_X"
    assert dialogs.told == [("Done", "All sent")]
