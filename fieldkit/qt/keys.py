"""Keys: what a key means by where it sits, so that 1 to 5, N, D and L work on every layout."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

# Positions are evdev codes; Windows counts the same way, X11 and Wayland add eight.
_ROWS: Final = {
    2: "1234567890-+",
    16: "QWERTYUIOP",
    30: "ASDFGHJKL",
    44: "ZXCVBNM",
    71: "789-456+1230",
}
_PLACES: Final = {first + i: key for first, keys in _ROWS.items() for i, key in enumerate(keys)}
_OFFSETS: Final = {"xcb": 8, "wayland": 8, "windows": 0}
_MAC_PLACES: Final = {
    18: "1", 19: "2", 20: "3", 21: "4", 23: "5", 22: "6", 26: "7", 28: "8", 25: "9", 29: "0",
    27: "-", 24: "+", 45: "N", 2: "D", 37: "L", 11: "B", 69: "+", 78: "-", 82: "0", 83: "1",
    84: "2", 85: "3", 86: "4", 87: "5", 88: "6", 89: "7", 91: "8", 92: "9",
}  # fmt: skip
_SPECIAL: Final = 0x01000000
_HELD: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
# Digits that Arabic, Persian, Indian and other layouts type.
_PLAIN: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-")


def physical(event: QKeyEvent, platform: str | None = None) -> str | None:
    """Return what a key means: a digit, a letter A to Z, "+" or "-"; nothing for other keys.

    A Latin layout is taken at its word. Elsewhere the place on the keyboard decides.
    """
    if event.modifiers() & _HELD:
        return None
    said = _said(event)
    return said if said is not None else _placed(event, platform or QGuiApplication.platformName())


def _said(event: QKeyEvent) -> str | None:
    """Return what the layout itself says, where it says a digit, a Latin letter, plus or minus."""
    key = event.key()
    char = chr(key) if 0 < key < _SPECIAL and key <= 0x10FFFF else event.text()[:1]
    if char.isdecimal():
        return str(int(char))
    if char == "=":
        return "+"
    return char if char in _PLAIN and char else None


def _placed(event: QKeyEvent, platform: str) -> str | None:
    if event.key() >= _SPECIAL and event.key() != Qt.Key.Key_unknown and not _is_dead(event):
        return None
    if platform == "cocoa":
        return _MAC_PLACES.get(event.nativeVirtualKey())
    code = event.nativeScanCode() - _OFFSETS.get(platform, 8)
    return _PLACES.get(code)


def _is_dead(event: QKeyEvent) -> bool:
    return Qt.Key.Key_Dead_Grave <= event.key() <= Qt.Key.Key_Dead_Longsolidusoverlay
