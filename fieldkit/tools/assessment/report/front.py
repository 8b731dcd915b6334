"""The front: one page for who decides - where we stand, what comes first, what it rests on."""

from collections.abc import Sequence
from dataclasses import replace

from fieldkit.core.errors import N_
from fieldkit.reports.document import (
    Block,
    FigureBlock,
    Heading,
    KeyValues,
    LevelCell,
    Note,
    Para,
    Table,
)
from fieldkit.tools.assessment.report.paper import Paper
from fieldkit.tools.assessment.rules.figures import profile_figure, profile_series
from fieldkit.tools.assessment.rules.priorities import Priority
from fieldkit.tools.assessment.rules.wording import Wording

ON_FRONT = 4
RADAR, TALL = 330.0, 0.82


def front_blocks(wording: Wording, paper: Paper) -> tuple[Block, ...]:
    """Return the blocks of the decision-maker page."""
    words = wording.words
    blocks: list[Block] = [Para(wording.stage(), "lead", bold=True), _tiles(wording)]
    if wording.open_differences():
        blocks.append(Note(wording.open_differences(), tone="warning"))
    now = Wording(replace(wording.results, earlier=None), words)
    blocks += [FigureBlock(profile_figure(now, RADAR, TALL), share=0.6), Para(legend(now), "small")]
    if wording.results.is_indicative:
        text = N_("A quick scan asks a few questions only. It has no targets and no full scores.")
        blocks.append(Note(words(text), tone="warning"))
    first = wording.results.priorities[:ON_FRONT]
    if first:
        blocks += [Heading(words(N_("What to do first")), 2), _first(wording, first)]
    blocks.append(Note(_how_to_read(wording, paper), words(N_("How to read this"))))
    return tuple(blocks)


def _tiles(wording: Wording) -> KeyValues:
    words, held = wording.words, wording.results.tally
    stage = wording.results.scores.evidenced.stage or "–"
    of = N_("{n} of {all}")
    items = [
        (words(N_("Stage")), stage),
        (words(N_("Questions with a level")), words(of, n=held.levels, all=held.total)),
        (words(N_("Evidence seen for")), words(of, n=held.evidence_seen, all=held.levels)),
    ]
    if held.agreed or held.split:
        voted = held.agreed + held.split
        items.append((words(N_("The room agreed on")), words(of, n=held.agreed, all=voted)))
    return KeyValues(tuple(items), tiles=True)


def legend(wording: Wording) -> str:
    """Return what the lines of the radar mean, in words a grey print can be read by."""
    lines = (N_("full line"), N_("dotted"), N_("dashed"), N_("dash and dot"))
    series = profile_series(wording)
    if wording.results.is_indicative:
        lines = (lines[0], lines[1], lines[3], "")
    said = (
        wording.words(N_("{line}: {meaning}"), line=wording.words(line), meaning=one.label)
        for line, one in zip(lines, series, strict=False)
    )
    return " · ".join(said)


def _first(wording: Wording, first: Sequence[Priority]) -> Table:
    words = wording.words
    head = ("", N_("Area"), N_("Now"), N_("Target"), N_("Why it stands here"), N_("First step"))
    rows = tuple(_first_row(wording, number, one) for number, one in enumerate(first, start=1))
    titles = tuple(words(text) if text else "" for text in head)
    return Table(titles, rows, (0.35, 1.8, 0.75, 0.85, 2.2, 4.2), bold=(1,))


def _first_row(wording: Wording, number: int, one: Priority) -> tuple[str | LevelCell, ...]:
    dimension = wording.results.checklist.by_id[one.question].dimension
    target = "–" if wording.results.is_indicative else str(one.gap.target)
    return (
        str(number),
        f"{wording.short(dimension)} ({one.question})",
        LevelCell(str(one.gap.level), one.gap.level),
        LevelCell(target, one.gap.target if target != "–" else None),
        "; ".join(wording.reasons(one)[:2]),
        wording.first_step(one.question),
    )


def _how_to_read(wording: Wording, paper: Paper) -> str:
    words = wording.words
    heads = sum(group.heads for group in paper.groups)
    parts = []
    if heads:
        people = words.plural(N_("{n} person took part"), N_("{n} people took part"), heads)
        groups = words.plural(N_("{n} group"), N_("{n} groups"), len(paper.groups))
        parts.append(
            words(N_("{people} in {groups}; nobody is named."), people=people, groups=groups)
        )
    parts.append(
        words(
            N_(
                "Results show where to work next. They compare neither agencies nor people. Where "
                "evidence supports less than was said, the lower number counts."
            )
        )
    )
    return " ".join(parts)
