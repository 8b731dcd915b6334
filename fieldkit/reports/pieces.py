"""Pieces: what a page is made of; each knows its height, how to be cut, and its shapes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from fieldkit.core.figure import Box, Line, Polygon, Shape, Text
from fieldkit.reports.lines import Setting, TextLine

GOTO = "goto:"  # a box with this ref is a link to the heading of that number


@dataclass(frozen=True, slots=True)
class Spacing:
    """Air above and below a piece, and whether it must stay with the piece that follows."""

    before: float = 0.0
    after: float = 0.0
    keep: bool = False


class Piece(Protocol):
    """Anything a page can hold."""

    @property
    def spacing(self) -> Spacing:
        """Return the air around the piece."""

    @property
    def height(self) -> float:
        """Return the height of the whole piece in points."""

    @property
    def least(self) -> float:
        """Return the smallest height worth starting at the foot of a page."""

    def split(self, room: float, fresh: bool) -> "tuple[Piece, Piece] | None":
        """Return the part that fits and the rest; none where it should move to the next page."""

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the shapes of the piece with its top left corner at x, y."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where lines stand: the width, the side they start from and how far in."""

    width: float
    rtl: bool = False
    indent: float = 0.0
    align: str = "start"

    def at(self, x: float) -> tuple[float, str]:
        """Return the anchor point and the anchor of a line in a box that begins at x."""
        if self.align == "middle":
            return x + self.width / 2, "middle"
        from_right = self.rtl != (self.align == "end")
        if from_right:
            return x + self.width - self.indent, "end"
        return x + self.indent, "start"


def set_lines(lines: Sequence[Setting], place: Place, x: float, y: float) -> Iterator[Shape]:
    """Yield text shapes for lines from y downwards, capitals centred in their line height."""
    at, anchor = place.at(x)
    for one in lines:
        style = one.style
        base = y + (style.leading + style.size * 0.72) / 2
        yield TextLine(
            at, base, one.text, style.size, anchor, style.colour, style.bold, rtl=one.rtl
        )
        y += style.leading


def height_of(lines: Sequence[Setting]) -> float:
    """Return the height of lines under each other."""
    return sum(one.style.leading for one in lines)


def lines_within(lines: Sequence[Setting], room: float) -> int:
    """Return how many lines fit into a height."""
    used, count = 0.0, 0
    for one in lines:
        used += one.style.leading
        if used > room + 0.01:
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Panel:
    """The ground a text may stand on: a filling, a bar at its start side, and air inside."""

    fill: str = ""
    bar: str = ""
    pad: float = 8.0

    def shapes(self, box: Box, rtl: bool) -> Iterator[Shape]:
        """Yield the ground and the bar for a box."""
        if self.fill:
            yield replace(box, fill=self.fill, stroke="", radius=3.0)
        if self.bar:
            x = box.x + box.width - 2.5 if rtl else box.x
            yield Box(x, box.y, 2.5, box.height, self.bar, "", 0.0)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Lines of text, perhaps with a mark before the first, perhaps on a panel."""

    lines: tuple[Setting, ...]
    place: Place
    spacing: Spacing = field(default_factory=Spacing)
    panel: Panel | None = None
    mark: Setting | None = None
    anchor: int | None = None

    @property
    def _pad(self) -> float:
        return self.panel.pad if self.panel else 0.0

    @property
    def height(self) -> float:
        """Return the height of all lines and the panel's air."""
        return height_of(self.lines) + 2 * self._pad

    @property
    def least(self) -> float:
        """Return the height of the first two lines."""
        count = len(self.lines) if len(self.lines) <= 3 else 2
        return height_of(self.lines[:count]) + 2 * self._pad

    def split(self, room: float, fresh: bool) -> "tuple[TextPiece, TextPiece] | None":
        """Cut between lines; outside a fresh page two lines stay together on either side."""
        count = lines_within(self.lines, room - 2 * self._pad)
        if not fresh:
            count = min(count, len(self.lines) - 2)
        if count < (1 if fresh else 2):
            return None
        head = replace(self, lines=self.lines[:count])
        return head, replace(self, lines=self.lines[count:], mark=None, anchor=None)

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the panel, the mark and the lines."""
        if self.panel:
            box = Box(x, y, self.place.width, self.height)
            yield from self.panel.shapes(box, self.place.rtl)
        if self.mark:
            margin = replace(self.place, indent=2.0)
            yield from set_lines([self.mark], margin, x, y + self._pad)
        yield from set_lines(self.lines, self.place, x, y + self._pad)


@dataclass(frozen=True, slots=True)
class EntryPiece:
    """A line of the contents: a heading, its page, and a link to it; pages are known at last."""

    lines: tuple[Setting, ...]
    place: Place
    number: int
    pages: dict[int, str]
    spacing: Spacing = field(default_factory=Spacing)

    @property
    def height(self) -> float:
        """Return the height of its lines."""
        return height_of(self.lines)

    least = height

    def split(self, room: float, fresh: bool) -> "tuple[EntryPiece, EntryPiece] | None":
        """Stay whole, except where a heading is longer than a page."""
        count = lines_within(self.lines, room) if fresh else 0
        if not 0 < count < len(self.lines):
            return None
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the heading, a fine rule, the page number and the link over them."""
        yield from set_lines(self.lines, self.place, x, y)
        style = self.lines[-1].style
        page = Setting(self.pages.get(self.number, ""), self.place.rtl, replace(style, bold=False))
        opposite = replace(self.place, align="end", indent=0.0)
        yield from set_lines([page], opposite, x, y + self.height - style.leading)
        yield Box(x, y, self.place.width, self.height, "", "", 0.0, f"{GOTO}{self.number}")


@dataclass(frozen=True, slots=True)
class ShapesPiece:
    """Shapes that cannot be cut, painted at a scale."""

    content: tuple[Shape, ...]
    height: float
    spacing: Spacing = field(default_factory=Spacing)

    @property
    def least(self) -> float:
        """Return the whole height."""
        return self.height

    def split(self, room: float, fresh: bool) -> None:
        """Refuse; it was made to fit a page."""

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        """Yield the shapes moved to their place."""
        return (moved(shape, x, y) for shape in self.content)


def moved(shape: Shape, x: float, y: float, scale: float = 1.0) -> Shape:
    """Return a shape scaled about its origin and then moved."""
    if isinstance(shape, Line):
        ends = (x + shape.x1 * scale, y + shape.y1 * scale)
        others = (x + shape.x2 * scale, y + shape.y2 * scale)
        return Line(*ends, *others, shape.stroke, shape.width * scale, shape.dash)
    if isinstance(shape, Polygon):
        points = tuple((x + px * scale, y + py * scale) for px, py in shape.points)
        return replace(shape, points=points, width=shape.width * scale)
    at = (x + shape.x * scale, y + shape.y * scale)
    if isinstance(shape, Text):
        return replace(shape, x=at[0], y=at[1], size=shape.size * scale)
    width, height, radius = shape.width * scale, shape.height * scale, shape.radius * scale
    return replace(shape, x=at[0], y=at[1], width=width, height=height, radius=radius)


@dataclass(frozen=True, slots=True)
class BreakPiece:
    """The start of a new page."""

    spacing: Spacing = field(default_factory=Spacing)
    height: float = 0.0
    least: float = 0.0

    def split(self, room: float, fresh: bool) -> None:
        """Refuse; there is nothing to cut."""

    def shapes(self, x: float, y: float) -> Iterator[Shape]:  # noqa: ARG002
        """Yield nothing."""
        return iter(())
