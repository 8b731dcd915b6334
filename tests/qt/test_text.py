"""Foreign text stays text, whatever it holds; fields say when typing paused and when they were left."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

import fieldkit
from fieldkit.core.i18n import isolate
from fieldkit.qt.text import (
    CAP,
    Label,
    LineEdit,
    PlainEdit,
    clean,
    is_rtl,
    set_plain,
    set_tip,
    shown,
)
from fieldkit.qt.translate import Language

Typed = Callable[[QWidget, str], None]
PACKAGE = Path(fieldkit.__file__).parent
HOSTILE = ['<img src="SENTINEL">', "<b>bold</b>", "a<b>c", "&lt;b&gt;", "<br>", "&File"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_markup_as_it_is(qtbot, language: Language, text: str) -> None:
    label = Label(text)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text


def test_plain_text_on_buttons_and_actions_hides_no_shortcut(qtbot, language: Language) -> None:
    button, action = QPushButton(), QAction()
    label = QLabel()
    qtbot.addWidget(button)
    qtbot.addWidget(label)
    set_plain(button, "Fish & chips")
    set_plain(action, "Fish & chips")
    set_plain(label, "<b>x</b>")
    assert button.text() == action.text() == "Fish && chips"
    assert button.shortcut().isEmpty()
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_tip_shows_markup_as_it_is(qtbot, language: Language) -> None:
    label = Label("x")
    qtbot.addWidget(label)
    set_tip(label, '<img src="SENTINEL"> & more')
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\r")


def test_shown_text_keeps_the_isolation_of_names_but_no_overrides() -> None:
    assert shown(isolate("Ана")) == isolate("Ана")
    assert shown("exe\u202etxt.") == "exetxt."


@pytest.mark.parametrize(
    ("text", "rtl"),
    [("abc", False), ("123 שלום", True), ("مرحبا abc", True), ("42", None), ("", None)],
)
def test_direction_comes_from_the_first_strong_character(text: str, rtl: bool | None) -> None:
    assert is_rtl(text) is rtl


def test_a_label_by_its_text_takes_the_text_s_direction(qtbot, language: Language) -> None:
    label = Label("שלום", by_text=True)
    qtbot.addWidget(label)
    assert label.layoutDirection() == Qt.LayoutDirection.RightToLeft
    label.setText("hello")
    assert label.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_an_eliding_label_gives_way(qtbot, language: Language) -> None:
    label = Label("A very long name of a very large agency", elide=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.sizeHint().width() / 3
    label.resize(60, 20)
    assert not label.grab().isNull()


def test_typing_pauses_then_leaves_once(qtbot, language: Language, type_text: Typed) -> None:
    field = PlainEdit(language)
    qtbot.addWidget(field)
    paused, left = [], []
    field.paused.connect(paused.append)
    field.left.connect(left.append)
    type_text(field, "Два ")
    type_text(field, "региона")
    qtbot.waitUntil(lambda: paused == ["Два региона"], timeout=2000)
    field.finish()
    field.finish()
    assert left == ["Два региона"]


def test_leaving_an_untouched_field_says_nothing(qtbot, language: Language) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    first, second = LineEdit(), PlainEdit(language)
    column.addWidget(first)
    column.addWidget(second)
    left = []
    first.left.connect(left.append)
    second.left.connect(left.append)
    home.show()
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)
    first.setFocus()
    second.setFocus()
    assert left == []
    first.setFocus()
    qtbot.keyClicks(first, "Kyiv")
    second.setFocus()
    assert left == ["Kyiv"]


def test_a_stored_text_never_disturbs_somebody_typing(
    qtbot, language: Language, type_text: Typed
) -> None:
    for field in (LineEdit(), PlainEdit(language)):
        qtbot.addWidget(field)
        told = []
        field.paused.connect(told.append)
        field.put("stored")
        assert field.text() == "stored"
        type_text(field, "!")
        typed = field.text()
        field.put("from elsewhere")
        assert field.text() == typed
        field.finish()
        field.put("from elsewhere")
        assert field.text() == "from elsewhere"
        assert told == []


def test_enter_in_a_line_counts_as_leaving(qtbot, language: Language) -> None:
    field = LineEdit()
    qtbot.addWidget(field)
    left = []
    field.left.connect(left.append)
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert left == ["x"]


def test_paste_takes_plain_cleaned_text_only(qtbot, language: Language) -> None:
    field = PlainEdit(language)
    qtbot.addWidget(field)
    mime = QMimeData()
    mime.setHtml("<b>bold</b><img src='SENTINEL'>")
    mime.setText("plain\r\ntext\u202e\x07")
    field.insertFromMimeData(mime)
    assert field.text() == "plain\ntext"
    picture = QMimeData()
    picture.setHtml("<img src='SENTINEL'>")
    picture.setImageData(1)
    assert not field.canInsertFromMimeData(QMimeData())


def test_paste_into_a_line_is_cleaned(qtbot, language: Language, dressed: QApplication) -> None:
    field = LineEdit()
    qtbot.addWidget(field)
    dressed.clipboard().setText("a\u202eb\x07c")
    field.paste()
    assert field.text() == "abc"


def test_a_text_over_one_mebibyte_is_refused_whole_and_said(
    qtbot, language: Language, type_text: Typed
) -> None:
    field = PlainEdit(language)
    qtbot.addWidget(field)
    said = []
    field.refused.connect(said.append)
    field.put("я" * (CAP // 2 - 2))
    mime = QMimeData()
    mime.setText("я" * 10)
    field.insertFromMimeData(mime)
    type_text(field, "яяяя")
    assert len(said) == 2
    assert "Nothing was added" in field.findChild(Label).text()
    assert not field.findChild(Label).isHidden()
    assert len(field.text().encode()) == CAP - 4
    type_text(field, "яя")
    assert len(field.text().encode()) == CAP
    assert field.findChild(Label).isHidden()


def test_a_field_turns_to_the_direction_of_what_is_typed(
    qtbot, language: Language, type_text: Typed
) -> None:
    field = PlainEdit(language)
    qtbot.addWidget(field)
    type_text(field, "שלום")
    option = field.document().defaultTextOption()
    assert option.textDirection() == Qt.LayoutDirection.RightToLeft
    field.selectAll()
    type_text(field, "hello")
    option = field.document().defaultTextOption()
    assert option.textDirection() == Qt.LayoutDirection.LeftToRight


def test_tab_leaves_a_field_of_several_lines(qtbot, language: Language) -> None:
    field = PlainEdit(language)
    qtbot.addWidget(field)
    assert field.tabChangesFocus()


def test_no_page_reaches_for_a_widget_that_reads_markup() -> None:
    bare = re.compile(
        r"\b(QLabel|QMessageBox|QTextBrowser|QTextEdit|QErrorMessage|QWhatsThis|QToolTip)\s*[(.]"
        r"|\.setToolTip\(|\.setTextFormat\("
    )
    files = [*PACKAGE.glob("ui/**/*.py"), *PACKAGE.glob("tools/**/*.py")]
    found = [
        f"{file.relative_to(PACKAGE)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []


def test_no_stylesheet_and_no_colour_stands_in_code() -> None:
    files = [
        *PACKAGE.glob("qt/**/*.py"), *PACKAGE.glob("ui/**/*.py"), *PACKAGE.glob("tools/**/*.py"),
    ]  # fmt: skip
    colour = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|setStyleSheet\((?!stylesheet\()""")
    found = [
        f"{file.relative_to(PACKAGE)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if colour.search(line)
    ]
    assert found == []
