"""Figure: the pure shapes of a chart with its table and words; reports and qt only paint it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# Colours are named by theme token ("ink", "line", "level-3"); painters look them up.


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; `dash` is a pattern in points, empty for a solid one."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = "line"
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline with an optional see-through filling."""

    points: tuple[tuple[float, float], ...]
    stroke: str = "line"
    fill: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle with rounded corners; `ref` names what a click on it means."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = "control-line"
    radius: float = 3.0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `anchor` is start, middle or end; `ref` names what a click on it means."""

    x: float
    y: float
    text: str
    size: float = 11.0
    anchor: str = "start"
    colour: str = "ink"
    bold: bool = False
    ref: str = ""


Shape = Line | Polygon | Box | Text


@dataclass(frozen=True, slots=True)
class DataTable:
    """The same numbers as the chart, for readers and screen readers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its shapes in points (y grows downwards), its words and its table."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class Series:
    """One outline of a radar; `values` has one entry per axis, None where there is no score."""

    label: str
    values: tuple[Fraction | None, ...]
    stroke: str
    dash: tuple[float, ...] = ()
    fill: str = ""
    width: float = 2.0


@dataclass(frozen=True, slots=True)
class Axis:
    """One spoke of a radar: its label and what a click on the label means."""

    label: str
    ref: str = ""


def spoke(
    index: int, count: int, radius: float, centre: tuple[float, float]
) -> tuple[float, float]:
    """Return the point at `radius` on spoke `index` of `count`, the first one straight up."""
    angle = 2 * math.pi * index / count - math.pi / 2
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def radar_shapes(
    axes: Sequence[Axis], series: Sequence[Series], size: float, top: int = 5
) -> tuple[Shape, ...]:
    """Return the shapes of a radar from 0 to `top` in a square of `size` points, with labels."""
    centre, radius = (size / 2, size / 2), size * 0.33
    count = len(axes)
    shapes: list[Shape] = []
    for ring in range(1, top + 1):
        corners = tuple(spoke(i, count, radius * ring / top, centre) for i in range(count))
        shapes.append(Polygon(corners))
    for i in range(count):
        x, y = spoke(i, count, radius, centre)
        shapes.append(Line(*centre, x, y))
    for one in series:
        shapes.extend(_outline(one, radius, centre, top))
    shapes.extend(
        Text(centre[0] + 3, centre[1] - radius * ring / top + 4, str(ring), 10, colour="ink-2")
        for ring in range(1, top + 1)
    )
    for i, axis in enumerate(axes):
        x, y = spoke(i, count, radius + 12, centre)
        anchor = "middle" if abs(x - centre[0]) < 2 else "start" if x > centre[0] else "end"
        shapes.append(Text(x, y + 4, axis.label, 11, anchor, ref=axis.ref))
    return tuple(shapes)


def _outline(
    one: Series, radius: float, centre: tuple[float, float], top: int
) -> tuple[Shape, ...]:
    count = len(one.values)
    points = [
        None if value is None else spoke(i, count, radius * float(value) / top, centre)
        for i, value in enumerate(one.values)
    ]
    whole = tuple(p for p in points if p is not None)
    if len(whole) == count:
        return (Polygon(whole, one.stroke, one.fill, one.width, one.dash, 0.25),)
    edges = ((points[i], points[(i + 1) % count]) for i in range(count))
    return tuple(
        Line(*a, *b, stroke=one.stroke, width=one.width, dash=one.dash)
        for a, b in edges
        if a is not None and b is not None
    )
