"""Charts become pictures that show what their shapes say."""

import io
from pathlib import Path

from PIL import Image

from fieldkit.core.figure import Box, DataTable, Figure, Line, Polygon, Text
from fieldkit.reports.brush import dashes
from fieldkit.reports.colours import COLOURS, colour, level_colours, rgb
from fieldkit.reports.figures import PIXELS_PER_POINT, png
from fieldkit.reports.fonts import load_fonts
from tests.reports.samples import radar


def drawn(fonts: Path, *shapes: Line | Polygon | Box | Text) -> Image.Image:
    figure = Figure(100, 50, shapes, "", "", DataTable((), ()))
    return Image.open(io.BytesIO(png(figure, load_fonts(fonts))))


def test_a_box_is_filled_where_it_stands(fonts: Path) -> None:
    picture = drawn(fonts, Box(10, 10, 20, 20, "level-5", "", 0))
    assert picture.getpixel((60, 60)) == rgb("level-5")
    assert picture.getpixel((5, 5)) == (255, 255, 255)
    assert picture.size == (round(100 * PIXELS_PER_POINT), round(50 * PIXELS_PER_POINT))


def test_a_filling_is_see_through_and_its_outline_is_not(fonts: Path) -> None:
    square = ((10.0, 10.0), (40.0, 10.0), (40.0, 40.0), (10.0, 40.0))
    picture = drawn(fonts, Polygon(square, "primary", "primary", 2, opacity=0.25))
    inside, edge = picture.getpixel((75, 75)), picture.getpixel((30, 75))
    assert isinstance(inside, tuple)
    assert isinstance(edge, tuple)
    assert sum(inside) > 600
    assert all(abs(one - other) < 8 for one, other in zip(edge, rgb("primary"), strict=True))


def test_text_leaves_ink_in_every_script(fonts: Path) -> None:
    for text in ("Data", "Данные", "მონაცემები", "Տվյալ", "بيانات", "נתונים", "✓"):
        picture = drawn(fonts, Text(50, 30, text, 14, "middle"))
        assert min(picture.convert("L").tobytes()) < 60


def test_a_dashed_line_has_gaps() -> None:
    found = dashes((0, 0), (10, 0), (2, 3))
    assert found == [((0, 0), (2, 0)), ((5, 0), (7, 0))]
    assert dashes((0, 0), (10, 0), ()) == [((0, 0), (10, 0))]


def test_the_same_chart_gives_the_same_picture(fonts: Path) -> None:
    faces = load_fonts(fonts)
    assert png(radar(), faces) == png(radar(), faces)


def luminance(token: str) -> float:
    parts = [part / 255 for part in rgb(token)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_neighbouring_levels_differ_in_grey() -> None:
    for level in range(1, 5):
        assert contrast(f"level-{level}", f"level-{level + 1}") >= 1.3


def test_the_number_on_every_level_is_readable() -> None:
    for level in (None, 1, 2, 3, 4, 5):
        ground, ink = level_colours(level)
        assert contrast(ground, ink) >= 4.5


def test_an_unknown_token_is_ink() -> None:
    assert colour("no such colour") == COLOURS["ink"]
