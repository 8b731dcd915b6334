"""Fonts: the bundled faces, so that every script is drawn the same on every machine."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FIRST = "Noto Sans"
LAST = "DejaVu Sans"


def load_fonts(app: QApplication, folder: Path) -> tuple[str, ...]:
    """Load every bundled font and make them the application's; return the families in order."""
    families: set[str] = set()
    for file in sorted(folder.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            families.update(QFontDatabase.applicationFontFamilies(number))
    ordered = tuple(sorted(families, key=_place))
    if ordered:
        font = QFont(app.font())
        font.setFamilies(list(ordered))
        app.setFont(font)
    return ordered


def _place(family: str) -> tuple[int, str]:
    return (0 if family == FIRST else 2 if family == LAST else 1, family)
