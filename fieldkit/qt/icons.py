"""Icons: the program's own line drawings, tinted with a theme colour."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldkit.qt.theme import colour, grown, look

_SIDES = (16, 20, 24, 32, 48)


def icon(name: str, token: str = "ink") -> QIcon:
    """Return the icon of that name in a theme colour; ask again after a change of theme."""
    made = QIcon()
    for side in _SIDES:
        made.addPixmap(drawn(name, token, side))
    return made


def drawn(name: str, token: str = "ink", side: int = 24, ratio: float = 1.0) -> QPixmap:
    """Return the drawing of that name, `side` pixels square, in a theme colour."""
    return _paint(_source(look().icons / f"{name}.svg"), colour(token).name(), side, ratio)


@lru_cache(128)
def _source(file: Path) -> str:
    return file.read_text("utf-8")


def _paint(source: str, tint: str, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    picture = QPixmap(pixels, pixels)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    svg = source.replace("currentColor", tint)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


class IconMark(QWidget):
    """An icon as a mark beside words, in the colour of the look in force; says nothing itself."""

    def __init__(
        self, name: str, token: str = "ink", side: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._side = name, token, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_token(self, token: str) -> None:
        """Show the icon in another colour."""
        self._token = token
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the icon."""
        return QSize(grown(self._side), grown(self._side))

    def minimumSizeHint(self) -> QSize:
        """Ask for the icon."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        picture = drawn(self._name, self._token, grown(self._side), self.devicePixelRatioF())
        painter.drawPixmap(0, 0, picture)
        painter.end()
