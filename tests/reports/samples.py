"""Sample papers for the report tests."""

from fractions import Fraction

from fieldkit.core.figure import Axis, DataTable, Figure, Series, Text, radar_shapes
from fieldkit.reports.document import (
    Block,
    Bullets,
    Document,
    FigureBlock,
    Heading,
    KeyValues,
    LevelCell,
    Note,
    PageBreak,
    Para,
    Table,
)

AREAS = (
    ("Leadership", (1, 1, 2, 1, 1)),
    ("Innovation", (1, 2, 2, 2, 1, 2)),
    ("Processes", (2, 2, 2, 2, 4, 3)),
    ("Data", (2, 2, 1, 1, 2, 2, 2, 2)),
    ("Analysis", (1, 2, 2, None, 1, 5)),
    ("People", (1, 3, 3, 2, 2, 3)),
    ("Culture", (3, 3, 3, 2, 2)),
    ("Law", (2, 2, 1, 2, 3)),
    ("Oversight", (1, 1, 2, 1, 2, 2)),
    ("Rights", (2, 3, 1, 2, 1, 2)),
    ("Community", (2, 2, 3, 2, 3, 3)),
    ("Partners", (2, 2, 2, 3)),
)
REMARK = (
    "Field officers type the same report into three systems; the station server is older than "
    "some of the people who use it, and what is lost when the line drops is typed again."
)


def radar() -> Figure:
    said = tuple(Fraction(sum(x or 1 for x in values), len(values)) for _, values in AREAS)
    evidence = tuple(max(Fraction(1), value - Fraction(1, 3)) for value in said)
    target = (Fraction(3),) * len(AREAS)
    series = (
        Series("said", said, "primary", fill="primary"),
        Series("evidence", evidence, "ink", (1.5, 2.5), width=1.3),
        Series("target", target, "warning", (5, 3), width=1.3),
    )
    rows = tuple(
        (name, f"{float(a):.1f}", f"{float(b):.1f}", "3")
        for (name, _), a, b in zip(AREAS, said, evidence, strict=True)
    )
    shapes = radar_shapes([Axis(name) for name, _ in AREAS], series, 380)
    return Figure(
        380,
        380,
        (
            *shapes,
            Text(
                190, 376, "solid: said · dotted: evidence · dashed: target", 10, "middle", "ink-2"
            ),
        ),
        "Profile of the twelve areas",
        "What people said stands between 1.2 and 2.6; evidence supports a little less everywhere.",
        DataTable(("Area", "Said", "Evid.", "Target"), rows),
    )


def heat() -> Table:
    rows: tuple[tuple[str | LevelCell, ...], ...] = tuple(
        (name, *(LevelCell(str(v) if v else "?", v) for v in values)) for name, values in AREAS
    )
    return Table(
        ("Area", *(str(i) for i in range(1, 9))), rows, (3.2,) + (1.0,) * 8, "Every question"
    )


def first_steps() -> Table:
    return Table(
        ("", "Area", "Now", "Target", "Why it stands here"),
        (
            ("1", "Data quality", "1.3", "3", "Foundation that analysis stands on"),
            ("2", "Human oversight", "1.5", "3", "Needed before any use of AI"),
            ("3", "Problem-first innovation", "1.4", "3", "Quick win: a one-page problem sheet"),
        ),
        (0.4, 2.4, 0.7, 0.8, 3.6),
        numeric=(2, 3),
        bold=(1,),
    )


def front(times: int = 1) -> tuple[Block, ...]:
    return (
        Para("Stage A: build foundations before anything new. " + REMARK * times, "lead"),
        KeyValues(
            (
                ("Questions answered", "67 of 69"),
                ("Stage", "A"),
                ("Agreed at once", "52"),
                ("Evidence seen", "41"),
            ),
            tiles=True,
        ),
        Heading("What to do first", 2),
        first_steps(),
        Heading("What this rests on", 2),
        Bullets(
            (
                "Nineteen people in five groups voted; where they differed they talked until they agreed.",
                "One question does not apply, one nobody could answer: both are listed in the annex.",
                REMARK * times,
            )
        ),
        Note(
            "Results show where to work next. They do not compare agencies or people.",
            "How to read this",
            "info",
        ),
    )


def annex() -> tuple[Block, ...]:
    found: list[Block] = [
        Heading("Profile"),
        FigureBlock(radar()),
        heat(),
        PageBreak(),
        Heading("Every answer"),
    ]
    for name, values in AREAS:
        found += [Heading(name, 2), Para("Why the area matters. " + REMARK)]
        for index, value in enumerate(values, start=1):
            found += [
                Heading(f"{name[:3].upper()}.{index} Is there a plan that people know and use?", 3),
                Table(
                    ("Level", "Reason", "Evidence"),
                    ((LevelCell(str(value or "?"), value), REMARK, "said only"),),
                    (0.6, 3.4, 1.2),
                ),
                Para("A different view: it is better in the capital.", "quote"),
            ]
    return tuple(found)


def whole(title: str = "Digital maturity: where we stand", **changes: object) -> Document:
    values: dict[str, object] = {
        "title": title,
        "subtitle": "Sample Regional Police · first round, March 2026",
        "label": "RESTRICTED: for the agency and the mission",
        "marks": ("PROVISIONAL",),
        "footnotes": (
            "All references to Kosovo are made in the context of the applicable resolution (sample footnote).",
        ),
        "footer": "Checklist 0.3 (draft) · discussion material, not an endorsement",
        "front": front(),
        "blocks": annex(),
        "sources": ("Model checklist, version 0.3.", "Guide to evidence, second edition."),
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]
