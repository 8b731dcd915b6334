"""Brushes: shapes onto a PDF page or into a picture; the only place that draws text."""

from pathlib import Path
from typing import Any, Protocol

from fieldkit.core.figure import Box, Line, Polygon, Shape, Text
from fieldkit.reports.colours import rgb
from fieldkit.reports.direction import reads_rtl, visual
from fieldkit.reports.fonts import Fonts
from fieldkit.reports.lines import TextLine
from fieldkit.reports.pieces import GOTO
from fieldkit.reports.text import clean

SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Brush(Protocol):
    """Paints one kind of shape each; y grows downwards."""

    def line(self, shape: Line) -> None:
        """Paint a line."""

    def polygon(self, shape: Polygon) -> None:
        """Paint an outline and its filling."""

    def box(self, shape: Box) -> None:
        """Paint a rectangle."""

    def text(self, shape: Text, rtl: bool) -> None:
        """Paint one line of text."""


def paint(shape: Shape, brush: Brush) -> None:
    """Paint a shape with a brush."""
    match shape:
        case Line():
            brush.line(shape)
        case Polygon():
            brush.polygon(shape)
        case Box():
            brush.box(shape)
        case TextLine():
            brush.text(shape, shape.rtl)
        case Text():
            brush.text(shape, reads_rtl(shape.text, False))


class PdfBrush:
    """Paints on a ReportLab canvas."""

    def __init__(self, canvas: Any, fonts: Fonts, height: float) -> None:
        """Take the canvas, the fonts and the height of its pages."""
        self._canvas, self._fonts, self._height = canvas, fonts, height

    def line(self, shape: Line) -> None:
        """Draw a straight line."""
        self._stroke(shape.stroke, shape.width, shape.dash)
        self._canvas.line(shape.x1, self._height - shape.y1, shape.x2, self._height - shape.y2)

    def polygon(self, shape: Polygon) -> None:
        """Draw a closed outline."""
        self._stroke(shape.stroke or "line", shape.width, shape.dash)
        path = self._canvas.beginPath()
        for index, (x, y) in enumerate(shape.points):
            (path.lineTo if index else path.moveTo)(x, self._height - y)
        path.close()
        if shape.fill:
            self._canvas.saveState()
            self._canvas.setFillAlpha(shape.opacity)
            self._fill(shape.fill)
            self._canvas.drawPath(path, stroke=0, fill=1)
            self._canvas.restoreState()
        if shape.stroke:
            self._canvas.drawPath(path, stroke=1, fill=0)

    def box(self, shape: Box) -> None:
        """Draw a rectangle, or a link where it stands for one."""
        bottom = self._height - shape.y - shape.height
        if shape.ref.startswith(GOTO):
            corners = (shape.x, bottom, shape.x + shape.width, bottom + shape.height)
            self._canvas.linkRect("", shape.ref, corners, Border="[0 0 0]")
        if not shape.fill and not shape.stroke:
            return
        if shape.stroke:
            self._stroke(shape.stroke, 0.7, ())
        if shape.fill:
            self._fill(shape.fill)
        self._canvas.roundRect(
            shape.x, bottom, shape.width, shape.height, min(shape.radius, shape.height / 2),
            stroke=int(bool(shape.stroke)), fill=int(bool(shape.fill)),
        )  # fmt: skip

    def text(self, shape: Text, rtl: bool) -> None:
        """Write a line of text; reordered text carries its reading order along."""
        said = clean(shape.text)
        shown = visual(said, rtl)
        width = self._fonts.width(shown, shape.size, shape.bold) if shape.anchor != "start" else 0
        x = shape.x - width * SHIFTS.get(shape.anchor, 0.0)
        writing = self._canvas.beginText(x, self._height - shape.y)
        writing.setFillColorRGB(*(part / 255 for part in rgb(shape.colour)))
        for face, run in self._fonts.runs(shown, shape.bold):
            writing.setFont(face.name, shape.size)
            writing.textOut(run)
        marked = shown != said
        if marked:
            self._mark(f"/Span <</ActualText <FEFF{said.encode('utf-16-be').hex().upper()}>>> BDC")
        self._canvas.drawText(writing)
        if marked:
            self._mark("EMC")

    def _mark(self, code: str) -> None:
        self._canvas._code.append(code)  # noqa: SLF001  (ReportLab has no call for marked content)

    def _stroke(self, token: str, width: float, dash: tuple[float, ...]) -> None:
        self._canvas.setStrokeColorRGB(*(part / 255 for part in rgb(token)))
        self._canvas.setLineWidth(width)
        self._canvas.setDash(list(dash))

    def _fill(self, token: str) -> None:
        self._canvas.setFillColorRGB(*(part / 255 for part in rgb(token)))


class PictureBrush:
    """Paints into a Pillow picture, larger than needed so that it can be made smooth."""

    def __init__(self, picture: Any, fonts: Fonts, scale: float) -> None:
        """Take the picture, the fonts and how many pixels a point has."""
        self._picture, self._fonts, self._scale = picture, fonts, scale
        self._faces: dict[tuple[Path, int], Any] = {}
        self._pen = self._new_pen(picture)

    def _new_pen(self, picture: Any) -> Any:
        from PIL import ImageDraw

        return ImageDraw.Draw(picture, "RGBA")

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self._scale, y * self._scale

    def line(self, shape: Line) -> None:
        """Draw a straight line, cut into dashes where it has any."""
        start, end = (shape.x1, shape.y1), (shape.x2, shape.y2)
        width = max(1, round(shape.width * self._scale))
        for one, other in dashes(start, end, shape.dash):
            ends = [self._at(*one), self._at(*other)]
            self._pen.line(ends, fill=rgb(shape.stroke), width=width)

    def polygon(self, shape: Polygon) -> None:
        """Draw a closed outline."""
        if shape.fill:
            filling = (*rgb(shape.fill), round(255 * shape.opacity))
            self._pen.polygon([self._at(*point) for point in shape.points], fill=filling)
        if shape.stroke:
            ends = zip(shape.points, (*shape.points[1:], shape.points[0]), strict=True)
            for one, other in ends:
                self.line(Line(*one, *other, shape.stroke, shape.width, shape.dash))

    def box(self, shape: Box) -> None:
        """Draw a rectangle."""
        if not shape.fill and not shape.stroke:
            return
        corners = [self._at(shape.x, shape.y)]
        corners.append(self._at(shape.x + shape.width, shape.y + shape.height))
        self._pen.rounded_rectangle(
            corners,
            radius=shape.radius * self._scale,
            fill=rgb(shape.fill) if shape.fill else None,
            outline=rgb(shape.stroke) if shape.stroke else None,
            width=max(1, round(0.7 * self._scale)),
        )

    def text(self, shape: Text, rtl: bool) -> None:
        """Write a line of text."""
        shown = visual(clean(shape.text), rtl)
        width = self._fonts.width(shown, shape.size, shape.bold)
        x, y = self._at(shape.x - width * SHIFTS.get(shape.anchor, 0.0), shape.y)
        for face, run in self._fonts.runs(shown, shape.bold):
            font = self._face(face.path, round(shape.size * self._scale))
            self._pen.text((x, y), run, font=font, fill=rgb(shape.colour), anchor="ls")
            x += font.getlength(run)

    def _face(self, path: Path, size: int) -> Any:
        from PIL import ImageFont

        if (path, size) not in self._faces:
            basic = ImageFont.Layout.BASIC  # the text is in drawing order already
            self._faces[path, size] = ImageFont.truetype(path, size, layout_engine=basic)
        return self._faces[path, size]


Point = tuple[float, float]


def dashes(start: Point, end: Point, pattern: tuple[float, ...]) -> list[tuple[Point, Point]]:
    """Return the stretches of a line that a dash pattern leaves visible."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    if sum(pattern) <= 0 or length == 0:
        return [(start, end)]
    found: list[tuple[Point, Point]] = []
    used, index = 0.0, 0
    while used < length:
        step = min(pattern[index % len(pattern)], length - used)
        if index % 2 == 0:
            found.append(
                (between(start, end, used / length), between(start, end, (used + step) / length))
            )
        used += max(step, 0.01)
        index += 1
    return found


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point at a share of the way."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
