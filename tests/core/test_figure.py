"""Figures: pure shapes, so screen and paper paint the same radar."""

import math
from fractions import Fraction

import pytest

from fieldkit.core.figure import Axis, Line, Polygon, Series, Text, radar_shapes, spoke

AXES = tuple(Axis(name, f"go:{name}") for name in "ABCD")


def values(*levels: int | None) -> tuple[Fraction | None, ...]:
    return tuple(None if v is None else Fraction(v) for v in levels)


def test_the_first_spoke_points_straight_up_and_the_others_follow_the_clock() -> None:
    assert spoke(0, 4, 10, (50, 50)) == pytest.approx((50, 40))
    assert spoke(1, 4, 10, (50, 50)) == pytest.approx((60, 50))
    assert spoke(2, 4, 10, (50, 50)) == pytest.approx((50, 60))


def test_every_ring_spoke_and_label_is_there_once() -> None:
    shapes = radar_shapes(AXES, [], 300)
    assert sum(isinstance(s, Polygon) for s in shapes) == 5
    assert sum(isinstance(s, Line) for s in shapes) == 4
    labels = [s for s in shapes if isinstance(s, Text) and s.ref]
    assert [t.text for t in labels] == list("ABCD")
    assert [t.anchor for t in labels] == ["middle", "start", "middle", "end"]


def test_a_whole_series_is_one_closed_outline_at_its_values() -> None:
    shapes = radar_shapes(AXES, [Series("now", values(5, 1, 3, 2), "ink")], 300)
    outline = [s for s in shapes if isinstance(s, Polygon) and s.stroke == "ink"]
    assert len(outline) == 1
    far = [math.dist(p, (150, 150)) for p in outline[0].points]
    assert far == pytest.approx([99 * v / 5 for v in (5, 1, 3, 2)])


@pytest.mark.parametrize(
    ("levels", "edges"),
    [((5, None, 3, 2), 2), ((None, None, None, None), 0), ((1, None, 3, None), 0)],
)
def test_a_missing_score_leaves_a_gap_instead_of_a_zero(
    levels: tuple[int | None, ...], edges: int
) -> None:
    shapes = radar_shapes(AXES, [Series("now", values(*levels), "ink")], 300)
    assert sum(isinstance(s, Line) and s.stroke == "ink" for s in shapes) == edges
    assert not any(isinstance(s, Polygon) and s.stroke == "ink" for s in shapes)
