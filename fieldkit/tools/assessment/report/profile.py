"""The profile: what the assessment was, the radar with its numbers, every question as a cell."""

from fieldkit.core.errors import N_
from fieldkit.reports.document import (
    Block,
    Bullets,
    Cell,
    FigureBlock,
    Heading,
    KeyValues,
    LevelCell,
    Para,
    Table,
)
from fieldkit.tools.assessment.report.front import legend
from fieldkit.tools.assessment.report.paper import Paper
from fieldkit.tools.assessment.rules.figures import gap_figure, profile_figure
from fieldkit.tools.assessment.rules.levels import EVIDENCED, STATED
from fieldkit.tools.assessment.rules.wording import Wording
from fieldkit.tools.engagement.model import (
    CATEGORIES,
    GIVEN,
    REFERENCE_STATES,
    choice,
    option_label,
)


def about_blocks(wording: Wording, paper: Paper) -> list[Block]:
    """Return what was assessed, by whom it was asked for and who took part."""
    words, held = wording.words, wording.results.round
    items = [*_agency(wording, paper), *_round(wording), *_terms(wording, paper)]
    blocks: list[Block] = [
        Heading(words(N_("About this assessment"))),
        KeyValues(tuple((words(name), text) for name, text in items if text)),
    ]
    if held.summary.strip():
        blocks += [Heading(words(N_("Summary")), 2), Para(held.summary)]
    return blocks + _groups(wording, paper) + _left_out(wording, paper)


def _agency(wording: Wording, paper: Paper) -> list[tuple[str, str]]:
    lists, held = paper.lists, paper.engagement
    kind, size = choice(lists.kinds, held.kind), choice(lists.sizes, held.size)
    return [
        (N_("Agency"), paper.agency(wording)),
        (N_("Place"), paper.place(wording)),
        (N_("Kind"), kind.say(wording.words) if kind else ""),
        (N_("Size"), size.say(wording.words) if size else ""),
    ]


def _round(wording: Wording) -> list[tuple[str, str]]:
    held, words = wording.results.round, wording.words
    modes = {"quick": N_("Quick scan, indicative")}
    states = {"closed": N_("closed")}
    return [
        (N_("Round"), held.title),
        (N_("Unit"), held.unit),
        (N_("Day"), wording.day()),
        (N_("Kind of assessment"), words(modes.get(held.mode, N_("Full assessment")))),
        (N_("State"), words(states.get(held.state, N_("open, numbers can still change")))),
        (N_("Question set"), wording.model()),
        (N_("Answers"), wording.tally()),
        (N_("Differences"), wording.open_differences()),
    ]


def _terms(wording: Wording, paper: Paper) -> list[tuple[str, str]]:
    words, terms = wording.words, paper.engagement.terms
    if paper.engagement.training:
        text = N_("Training: the agency and all answers are made up or used for training only.")
        return [(N_("Request"), words(text))]
    state = words(option_label(REFERENCE_STATES, terms.reference_state))
    told = [paper.told("reference", terms.reference)] if terms.reference_state == GIVEN else [
        paper.told("reference_reason", terms.reference_reason),
        paper.told("reference_role", terms.reference_role),
    ]  # fmt: skip
    request = ": ".join([state, *("; ".join(t for t in told if t),)]).rstrip(": ")
    role = paper.told("consent_role", terms.consent_role)
    given = words(N_("given by: {role}"), role=role) if role else words(N_("given"))
    consent = given if terms.consent else words(N_("not recorded"))
    return [(N_("Request"), request), (N_("Consent"), consent)]


def _groups(wording: Wording, paper: Paper) -> list[Block]:
    words, names = wording.words, paper.group_names()
    if not paper.groups:
        return []
    head = tuple(words(text) for text in (N_("Group"), N_("Category"), N_("People")))
    rows = tuple(
        (names[str(g.id)], words(option_label(CATEGORIES, g.category)), str(g.heads))
        for g in paper.groups
    )
    text = N_(
        "Votes are kept as counts. A group with fewer than {limit} votes on a question is counted "
        "with others, so that nobody's answer can be read or worked out."
    )
    return [
        Heading(words(N_("Who took part")), 2),
        Table(head, rows, (4, 3, 1), numeric=(2,)),
        Para(words(text, limit=wording.results.limit), "small"),
    ]


def _left_out(wording: Wording, paper: Paper) -> list[Block]:
    count = len(paper.withheld)
    if not count:
        return []
    return [
        Para(
            wording.words.plural(
                N_("{n} text was left out of this copy on purpose."),
                N_("{n} texts were left out of this copy on purpose."),
                count,
            ),
            "small",
        )
    ]


def profile_blocks(wording: Wording) -> list[Block]:
    """Return the radar with its table, every question as a cell, gaps and what limits what."""
    words = wording.words
    return [
        Heading(words(N_("Profile"))),
        FigureBlock(profile_figure(wording)),
        Para(legend(wording), "small"),
        _areas(wording),
        Heading(words(N_("Every question")), 2),
        _heat(wording),
        Para(words(N_("?: don't know · n/a: not applicable · –: not answered")), "small"),
        *_gaps(wording),
        *_limits(wording),
    ]


def _areas(wording: Wording) -> Table:
    head = (
        N_("Area"), N_("What people said"), N_("What evidence supports"), N_("Answered"),
        N_("How sure"),
    )  # fmt: skip
    rows = []
    for dimension in wording.results.checklist.dimensions:
        held = wording.results.scores.evidenced.dimensions[dimension.id]
        cover = "–" if held.coverage is None else wording.words.percent(held.coverage)
        rows.append(
            (
                wording.name(dimension.id),
                wording.standing(STATED, dimension.id),
                wording.standing(EVIDENCED, dimension.id),
                cover,
                wording.confidence(dimension.id),
            )
        )
    return Table(tuple(wording.words(t) for t in head), tuple(rows), (4, 1.6, 1.9, 1.3, 1.2))


def _heat(wording: Wording) -> Table:
    dimensions = wording.results.checklist.dimensions
    most = max(len(d.questions) for d in dimensions)
    rows: list[tuple[Cell, ...]] = []
    for dimension in dimensions:
        cells: list[Cell] = [
            LevelCell(wording.cell(q.id), wording.results.scores.base[q.id].level)
            for q in dimension.questions
        ]
        rows.append((wording.short(dimension.id), *cells, *[""] * (most - len(cells))))
    head = (wording.words(N_("Area")), *(str(n + 1) for n in range(most)))
    return Table(head, tuple(rows), (3.2, *[1.0] * most))


def _gaps(wording: Wording) -> list[Block]:
    results, words = wording.results, wording.words
    if results.is_indicative:
        return []
    chosen = [g for g in results.gaps if g.chosen]
    text = N_("Where no target was chosen, it is one level more than now.")
    blocks: list[Block] = [
        Heading(words(N_("Gaps to the targets")), 2),
        FigureBlock(gap_figure(wording), share=0.6),
        Para(words(text), "small"),
    ]
    if chosen:
        head = tuple(words(t) for t in (N_("Question"), N_("Now"), N_("Target"), N_("Gap")))
        rows = tuple(
            (
                wording.titled(g.question),
                LevelCell(str(g.level), g.level),
                LevelCell(str(g.target), g.target),
                str(g.size),
            )
            for g in chosen
        )
        title = words(N_("Targets the group chose"))
        blocks.append(Table(head, rows, (6, 0.8, 0.8, 0.6), title, numeric=(3,)))
    return blocks


def _limits(wording: Wording) -> list[Block]:
    results, words = wording.results, wording.words
    holding = [wording.limit(one) for one in results.limits]
    evidence = [wording.limit(one) for one in results.evidence_limits]
    if not holding and not evidence:
        return []
    blocks: list[Block] = [Heading(words(N_("What holds what back")), 2)]
    if holding:
        blocks.append(Bullets(tuple(holding)))
    if evidence:
        text = N_("Where the evidence supports less than was said:")
        blocks += [Para(words(text)), Bullets(tuple(evidence))]
    return blocks
