"""The same keys work on every keyboard layout."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from fieldkit.qt.keys import physical

NONE = Qt.KeyboardModifier.NoModifier


def press(key: int, text: str = "", scan: int = 0, virtual: int = 0, held=NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("layout", "char", "evdev", "meaning"),
    [
        ("Russian", "Т", 49, "N"), ("Russian", "В", 32, "D"), ("Russian", "Д", 38, "L"),
        ("Russian", "И", 48, "B"), ("Serbian Cyrillic", "Н", 49, "N"), ("Georgian", "ნ", 49, "N"),
        ("Georgian", "დ", 32, "D"), ("Armenian", "ն", 49, "N"), ("Armenian", "1", 2, "1"),
        ("Arabic", "ى", 49, "N"), ("Arabic", "ي", 32, "D"), ("Arabic", "م", 38, "L"),
        ("Hebrew", "מ", 49, "N"), ("French digits", "&", 2, "1"), ("French digits", "é", 3, "2"),
        ("Bulgarian", "Х", 49, "N"), ("Arabic digits", "٣", 4, "3"), ("Persian digits", "۴", 5, "4"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("platform", "offset"), [("xcb", 8), ("wayland", 8), ("windows", 0)])
def test_a_place_means_the_same_on_every_layout(
    layout: str, char: str, evdev: int, meaning: str, platform: str, offset: int
) -> None:
    event = press(ord(char.upper()[:1]), char, evdev + offset)
    assert physical(event, platform) == meaning, layout


@pytest.mark.parametrize(
    ("key", "text", "meaning"),
    [(Qt.Key.Key_1, "1", "1"), (Qt.Key.Key_5, "5", "5"), (Qt.Key.Key_N, "n", "N"),
     (Qt.Key.Key_Plus, "+", "+"), (Qt.Key.Key_Minus, "-", "-"), (Qt.Key.Key_Equal, "=", "+")],
)  # fmt: skip
def test_a_latin_layout_is_taken_at_its_word(key: int, text: str, meaning: str) -> None:
    assert physical(press(key, text), "offscreen") == meaning


def test_a_latin_letter_elsewhere_than_on_qwerty_keeps_its_meaning() -> None:
    dvorak_n = press(Qt.Key.Key_N, "n", 38 + 8)
    assert physical(dvorak_n, "xcb") == "N"


def test_the_number_pad_works_with_its_lock_on_and_navigates_with_it_off() -> None:
    pad = Qt.KeyboardModifier.KeypadModifier
    assert physical(press(Qt.Key.Key_3, "3", 81 + 8, held=pad), "xcb") == "3"
    assert physical(press(Qt.Key.Key_PageDown, "", 81 + 8, held=pad), "xcb") is None
    assert physical(press(0x663, "٣", 81 + 8, held=pad), "xcb") == "3"


def test_a_mac_is_read_by_its_virtual_keys() -> None:
    assert physical(press(ord("Т"), "т", virtual=45), "cocoa") == "N"
    assert physical(press(ord("£"), "£", virtual=20), "cocoa") == "3"


def test_commands_and_other_keys_mean_nothing_here() -> None:
    assert physical(press(Qt.Key.Key_1, "1", 10, held=Qt.KeyboardModifier.ControlModifier)) is None
    assert physical(press(Qt.Key.Key_Return, "\r", 36), "xcb") is None
    assert physical(press(Qt.Key.Key_F5, "", 71), "xcb") is None
    assert physical(press(ord("Ж"), "ж", 39 + 8), "xcb") is None
