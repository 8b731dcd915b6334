"""Theme: colours and stylesheet from resources/themes; follows the system, or light, or dark."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from fieldkit.system.paths import shared_folder

SYSTEM, LIGHT, DARK = "system", "light", "dark"
SMALLEST, LARGEST = 80, 200
_PLACE = re.compile(r"@([a-z0-9.-]+)@")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)px")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look, by token."""

    name: str
    is_dark: bool
    colours: Mapping[str, str]

    def colour(self, token: str) -> QColor:
        """Return a token's colour; an unknown token is a bug."""
        return QColor(self.colours[token])


@lru_cache(8)
def read_theme(folder: Path, name: str) -> Theme:
    """Read one theme file."""
    tree = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    return Theme(tree["theme"]["name"], tree["theme"]["dark"], tree["colours"])


def stylesheet(template: str, theme: Theme, scale: float, icons: Path) -> str:
    """Fill the template's places with colours and with sizes grown by `scale`."""
    tick = "tick-dark.svg" if theme.is_dark else "tick-light.svg"
    known = {**theme.colours, "icons": icons.as_posix(), "tick": tick}

    def fill(place: re.Match[str]) -> str:
        size = _SIZE.fullmatch(place[1])
        return f"{round(float(size[1]) * scale)}px" if size else known[place[1]]

    return _PLACE.sub(fill, template)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


class Look(QObject):
    """The look in force, a child of the application: its theme, text size and icons."""

    def __init__(self, app: QApplication, resources: Path) -> None:
        super().__init__(app)
        self._app = app
        self._folder = resources / "themes"
        self.icons = resources / "icons"
        self.mode = SYSTEM
        self.percent = 100
        self.theme = read_theme(self._folder, LIGHT)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def scale(self) -> float:
        """How much larger than designed texts and targets are."""
        return self.percent / 100

    def use(self, mode: str = SYSTEM, percent: int = 100) -> None:
        """Show everything in this mode (system, light, dark) and text size (80 to 200 percent)."""
        self.mode = mode
        self.percent = min(max(percent, SMALLEST), LARGEST)
        self.theme = read_theme(self._folder, self._wanted())
        self._app.setStyle("Fusion")
        font = self._app.font()
        font.setPixelSize(round(14 * self.scale))
        self._app.setFont(font)
        self._app.setPalette(palette(self.theme))
        template = (self._folder / "style.qss").read_text("utf-8")
        self._app.setStyleSheet(stylesheet(template, self.theme, self.scale, self.icons))

    def _wanted(self) -> str:
        if self.mode in (LIGHT, DARK):
            return self.mode
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    @Slot()
    def _on_system_changed(self) -> None:
        if self.mode == SYSTEM:
            self.use(SYSTEM, self.percent)


def look() -> Look:
    """Return the look in force; without one yet, a light one is put in place, unapplied."""
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a look needs an application with widgets")
    found = app.findChild(Look)
    return found if isinstance(found, Look) else Look(app, shared_folder() / "resources")


def colour(token: str) -> QColor:
    """Return a token's colour in the look in force."""
    return look().theme.colour(token)


def grown(size: float) -> int:
    """Return a length in pixels grown with the text size in force."""
    return round(size * look().scale)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its role in the stylesheet (primary, card, hint ...), at any time."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the stylesheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


_GROUPS = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "primary-ink",
    QPalette.ColorRole.Accent: "primary",
    QPalette.ColorRole.Link: "primary",
    QPalette.ColorRole.LinkVisited: "primary",
    QPalette.ColorRole.PlaceholderText: "ink-3",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Mid: "control-line",
}


def palette(theme: Theme) -> QPalette:
    """Return the theme as a palette, for what no stylesheet reaches."""
    made = QPalette()
    for role, token in _GROUPS.items():
        made.setColor(role, theme.colour(token))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("ink-3"))
    return made
