"""Figures: a chart from its pure shapes, as a picture for formats that know no shapes."""

import io

from fieldkit.core.figure import Figure
from fieldkit.reports.brush import PictureBrush, paint
from fieldkit.reports.fonts import Fonts

PIXELS_PER_POINT = 3.0
OVERSAMPLING = 2


def png(figure: Figure, fonts: Fonts) -> bytes:
    """Return a chart as a PNG with 216 pixels an inch, the same bytes for the same chart."""
    from PIL import Image

    width, height = round(figure.width * PIXELS_PER_POINT), round(figure.height * PIXELS_PER_POINT)
    large = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING), (255, 255, 255))
    brush = PictureBrush(large, fonts, PIXELS_PER_POINT * OVERSAMPLING)
    for shape in figure.shapes:
        paint(shape, brush)
    small = large.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True, dpi=(216, 216))
    return out.getvalue()
