"""Figures: the charts of a round as pure shapes, one radar for the page and for paper."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from fieldkit.core.errors import N_
from fieldkit.core.figure import (
    Axis,
    Box,
    DataTable,
    Figure,
    Line,
    Polygon,
    Series,
    Shape,
    Text,
    radar_shapes,
)
from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.rules.levels import EVIDENCED, STATED
from fieldkit.tools.assessment.rules.results import Agreement
from fieldkit.tools.assessment.rules.wording import Wording

SIZE = 400.0
TOP = 5
DOTS, DASHES, DOT_DASH = (1.5, 2.5), (6.0, 3.0), (7.0, 2.5, 1.5, 2.5)
ROW, HALF_ROW = 24.0, 12.0
BARS = 12
LONGEST_LABEL = 14
RADIUS, WIDE_LETTER = 0.33, 0.66  # of the radar's size; of a letter's size


def profile_series(wording: Wording) -> list[Series]:
    """Return the outlines of the radar: said, supported by evidence, target, an earlier round."""
    results, words = wording.results, wording.words
    order = [d.id for d in results.checklist.dimensions]
    scores = results.scores
    said = tuple(scores.stated.dimensions[d].score for d in order)
    seen = tuple(scores.evidenced.dimensions[d].score for d in order)
    found = [
        Series(words(N_("what people said")), said, "primary", fill="primary"),
        Series(words(N_("what evidence supports")), seen, "ink", DOTS, width=1.6),
    ]
    if not results.is_indicative:
        wanted = tuple(results.dimension_targets[d] for d in order)
        found.append(Series(words(N_("target")), wanted, "warning", DASHES, width=1.6))
    if results.earlier is not None:
        then = results.earlier.result.scores.evidenced.dimensions
        before = tuple(then[d].score if d in then else None for d in order)
        label = words(N_("evidence in {round}"), round=results.earlier.title)
        found.append(Series(label, before, "ok", DOT_DASH, width=1.4))
    return found


def profile_figure(wording: Wording, size: float = SIZE, tall: float = 0.0) -> Figure:
    """Return the radar of a round with its table; a click on a label means its dimension.

    `tall` is the least height as a share of the width, for a table that stands beside it.
    """
    results, words = wording.results, wording.words
    order = [d.id for d in results.checklist.dimensions]
    axes = [Axis(wording.short(d), d) for d in order]
    series = profile_series(wording)
    shapes = [part for one in radar_shapes(axes, series, size, TOP) for part in _wrapped(one)]
    left, right, top, bottom = _edges(shapes, size)
    spare = max((right - left) * tall - (bottom - top), 0.0) / 2
    return Figure(
        right - left,
        bottom - top + 2 * spare,
        tuple(_moved(shapes, -left, spare - top)),
        words(N_("Profile of the areas")),
        f"{wording.stage()} {_lowest_said(wording, order)}",
        DataTable(_profile_head(wording), tuple(_profile_row(wording, d, series) for d in order)),
    )


def _edges(shapes: Iterable[Shape], size: float) -> tuple[float, float, float, float]:
    """Return how far the labels reach: left and right alike, top and bottom."""
    labels = [one for one in shapes if isinstance(one, Text) and one.ref]
    reach = size * RADIUS
    for one in labels:
        wide = len(one.text) * one.size * WIDE_LETTER
        inner = wide / 2 if one.anchor == "middle" else wide
        reach = max(reach, abs(one.x - size / 2) + inner)
    heights = [one.y for one in labels] or [0.0, size]
    return size / 2 - reach, size / 2 + reach, min(heights) - 14, max(heights) + 6


def _profile_head(wording: Wording) -> tuple[str, ...]:
    texts = [N_("Area"), N_("Said"), N_("Seen")]
    if not wording.results.is_indicative:
        texts.append(N_("Target"))
    if wording.results.earlier is not None:
        texts.append(N_("Then"))
    return tuple(wording.words(text) for text in texts)


def _moved(shapes: Iterable[Shape], x: float, y: float) -> Iterable[Shape]:
    for one in shapes:
        if isinstance(one, Line):
            yield replace(one, x1=one.x1 + x, x2=one.x2 + x, y1=one.y1 + y, y2=one.y2 + y)
        elif isinstance(one, Polygon):
            yield replace(one, points=tuple((a + x, b + y) for a, b in one.points))
        else:
            yield replace(one, x=one.x + x, y=one.y + y)


def _wrapped(shape: Shape) -> Iterable[Shape]:
    """Yield a long label as two lines."""
    if not isinstance(shape, Text) or not shape.ref or len(shape.text) <= LONGEST_LABEL:
        return (shape,)
    spaces = [i for i, char in enumerate(shape.text) if char == " "]
    if not spaces:
        return (shape,)
    at = min(spaces, key=lambda i: abs(i - len(shape.text) / 2))
    first = replace(shape, y=shape.y - 6, text=shape.text[:at])
    return (first, replace(shape, y=shape.y + 7, text=shape.text[at + 1 :]))


def _profile_row(wording: Wording, dimension: str, series: Sequence[Series]) -> tuple[str, ...]:
    results = wording.results
    cells = [wording.short(dimension)]
    cells += [wording.standing(STATED, dimension), wording.standing(EVIDENCED, dimension)]
    if not results.is_indicative:
        cells.append(wording.target(results.dimension_targets[dimension]))
    if results.earlier is not None:
        at = [d.id for d in results.checklist.dimensions].index(dimension)
        cells.append(wording.score(series[-1].values[at]))
    return tuple(cells)


def _lowest_said(wording: Wording, order: Sequence[str]) -> str:
    held = wording.results.scores.evidenced.dimensions
    known = [(score, d) for d in order if (score := held[d].score) is not None]
    if not known:
        return wording.words(N_("No area has a score yet."))
    low, high = min(known), max(known)
    return wording.words(
        N_("Evidence supports from {low} ({lowest}) to {high} ({highest})."),
        low=wording.score(low[0]),
        lowest=wording.short(low[1]),
        high=wording.score(high[0]),
        highest=wording.short(high[1]),
    )


def agreement_figure(wording: Wording, width: float = 520.0, most: int = BARS) -> Figure:
    """Return how the room voted, the least agreed questions first, as bars with their counts."""
    words = wording.words
    held = wording.results.agreements[:most]
    label = 62.0
    shapes: list[Shape] = []
    for row, one in enumerate(held):
        y = row * ROW
        shapes.append(Text(0, y + 16, one.question, 12, bold=True, ref=one.question))
        shapes.extend(_votes(one, label, y, width - label - 78, words))
        if one.agreed_level is not None:
            said = words(N_("agreed {level}"), level=one.agreed_level)
            shapes.append(Text(width, y + 16, said, 11, "end", "ink-2"))
    return Figure(
        width,
        max(len(held), 1) * ROW,
        mirrored(shapes, width, words),
        words(N_("How the room voted where it agreed least")),
        words(N_("Each bar is one question; its parts are the levels chosen, with the votes.")),
        agreement_table(wording, most),
    )


def _votes(one: Agreement, x: float, y: float, room: float, words: Words) -> Iterable[Shape]:
    counts = one.votes.counts
    parts = [(str(n + 1), c, f"level-{n + 1}") for n, c in enumerate(counts.levels)]
    parts += [("?", counts.dk, "card"), (words(N_("n/a")), counts.na, "card")]
    total = sum(count for _, count, _ in parts)
    for name, count, fill in parts:
        if not count:
            continue
        wide = room * count / total
        yield Box(x, y + 3, wide, ROW - 6, fill, ref=one.question)
        said = f"{name} × {count}" if wide > 34 else name
        ink = f"{fill}-ink" if fill != "card" else "ink"
        yield Text(x + wide / 2, y + 16, said, 11, "middle", ink)
        x += wide


def agreement_table(wording: Wording, most: int | None = None) -> DataTable:
    """Return the votes of every room that may be shown, the least agreed first."""
    words = wording.words
    head = (
        words(N_("Question")), "1", "2", "3", "4", "5", "?", words(N_("n/a")),
        words(N_("Middle")), words(N_("Agreed")), words(N_("Agreement")),
    )  # fmt: skip
    rows = tuple(_agreement_row(one, words) for one in wording.results.agreements[:most])
    return DataTable(head, rows)


def _agreement_row(one: Agreement, words: Words) -> tuple[str, ...]:
    counts = one.votes.counts
    middle = "–" if one.votes.median is None else str(one.votes.median)
    agreed = "–" if one.agreed_level is None else str(one.agreed_level)
    share = one.votes.agreement
    said = words(N_("all the same")) if one.room.agreed else ""
    said = said or ("–" if share is None else words.percent(share))
    numbers = (*counts.levels, counts.dk, counts.na)
    return (one.question, *(str(n) if n else "" for n in numbers), middle, agreed, said)


def gap_figure(wording: Wording, width: float = 520.0) -> Figure:
    """Return for each area how far it stands and how far the target is, as bars with numbers."""
    results, words = wording.results, wording.words
    label, room = 150.0, width - 150.0 - 60
    shapes: list[Shape] = [
        Line(label + room * n / TOP, 4, label + room * n / TOP, 18 + ROW * _count(wording))
        for n in range(TOP + 1)
    ]
    shapes += [
        Text(label + room * n / TOP, 12, str(n), 10, "middle", "ink-2") for n in range(TOP + 1)
    ]
    rows = []
    for row, dimension in enumerate(results.checklist.dimensions):
        score = results.scores.evidenced.dimensions[dimension.id].score
        target = results.dimension_targets[dimension.id]
        shapes.extend(_gap_bar(wording, dimension.id, 18 + row * ROW, (label, room)))
        cells = (wording.standing(EVIDENCED, dimension.id), wording.target(target))
        rows.append((wording.short(dimension.id), *cells, _to_go(wording, score, target)))
    head = (N_("Area"), N_("What evidence supports"), N_("Target"), N_("Still to go"))
    return Figure(
        width,
        22 + ROW * _count(wording),
        mirrored(shapes, width, words),
        words(N_("How far each area is from its target")),
        words(N_("The full bar is what evidence supports; the outlined part leads to the target.")),
        DataTable(tuple(words(text) for text in head), tuple(rows)),
    )


def _count(wording: Wording) -> int:
    return len(wording.results.checklist.dimensions)


def _gap_bar(
    wording: Wording, dimension: str, y: float, place: tuple[float, float]
) -> Iterable[Shape]:
    label, room = place
    score = wording.results.scores.evidenced.dimensions[dimension].score
    target = wording.results.dimension_targets[dimension]
    yield Text(0, y + 16, wording.short(dimension), 12, ref=dimension)
    if score is None or target is None:
        yield Text(label + 4, y + 16, wording.words(N_("no score")), 11, colour="ink-2")
        return
    shown = score if wording.decimals else Fraction(score.numerator // score.denominator)
    at, to = (float(value) * room / TOP for value in (shown, max(target, shown)))
    yield Box(label, y + 6, to, ROW - 12, "card", "warning", 2)
    yield Box(label, y + 6, at, ROW - 12, "primary", "primary", 2, ref=dimension)
    text = N_("{now} → {target}")
    said = wording.words(text, now=wording.score(score), target=wording.target(target))
    yield Text(label + room + 60, y + 16, said, 11, "end")


def _to_go(wording: Wording, score: Fraction | None, target: Fraction | None) -> str:
    if score is None or target is None:
        return "–"
    whole = Fraction(score.numerator // score.denominator)
    gap = max(target - (score if wording.decimals else whole), Fraction(0))
    return wording.words.number(gap, wording.decimals)


def mirrored(shapes: Sequence[Shape], width: float, words: Words) -> tuple[Shape, ...]:
    """Return shapes turned round for a language that runs from right to left."""
    if not words.is_rtl:
        return tuple(shapes)
    other = {"start": "end", "end": "start", "middle": "middle"}
    found: list[Shape] = []
    for one in shapes:
        if isinstance(one, Line):
            found.append(replace(one, x1=width - one.x1, x2=width - one.x2))
        elif isinstance(one, Polygon):
            found.append(replace(one, points=tuple((width - x, y) for x, y in one.points)))
        elif isinstance(one, Box):
            found.append(replace(one, x=width - one.x - one.width))
        else:
            found.append(replace(one, x=width - one.x, anchor=other[one.anchor]))
    return tuple(found)
