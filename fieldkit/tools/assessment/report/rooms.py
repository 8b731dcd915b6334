"""The rooms: where people voted apart, where groups see it differently, what changed since."""

from fieldkit.core.errors import N_
from fieldkit.reports.document import Block, FigureBlock, Heading, Para, Table
from fieldkit.tools.assessment.rules.figures import agreement_figure, agreement_table
from fieldkit.tools.assessment.rules.results import Earlier
from fieldkit.tools.assessment.rules.rounds import LEFT_OUT, QuestionChange
from fieldkit.tools.assessment.rules.wording import Wording, shown_day


def room_blocks(wording: Wording) -> list[Block]:
    """Return the agreement view and the perception gaps; nothing where nobody voted."""
    words, results = wording.words, wording.results
    if not results.agreements:
        return []
    whole = agreement_table(wording)
    blocks: list[Block] = [
        Heading(words(N_("How the room voted"))),
        FigureBlock(agreement_figure(wording), table=False),
        Table(whole.head, whole.rows, (1.4, *[0.6] * 7, 1, 1, 1.6), words(N_("Every vote"))),
        Heading(words(N_("Where groups see it differently")), 2),
    ]
    if not results.perceptions:
        text = N_("No two groups large enough to show are two levels or more apart.")
        return [*blocks, Para(words(text))]
    return [*blocks, _perceptions(wording)]


def _perceptions(wording: Wording) -> Table:
    words = wording.words
    head = (N_("Question"), N_("Levels apart"), N_("Middle of each group"))
    rows = tuple(
        (wording.titled(one.question), str(one.gap), wording.middles(one))
        for one in wording.results.perceptions
    )
    return Table(tuple(words(text) for text in head), rows, (4, 0.9, 3))


def change_blocks(wording: Wording) -> list[Block]:
    """Return this round beside an earlier one; nothing where there is none."""
    earlier, words = wording.results.earlier, wording.words
    if earlier is None:
        return []
    day = shown_day(earlier.day, words)
    title = words(N_("Since {round}, {day}"), round=earlier.title, day=day)
    return [Heading(title), _areas(wording, earlier), *_questions(wording, earlier)]


def _areas(wording: Wording, earlier: Earlier) -> Table:
    words = wording.words
    head = (N_("Area"), N_("Then"), N_("Now"), N_("Questions compared"))
    rows = []
    for one in earlier.comparison.dimensions.values():
        if one.dimension not in wording.results.checklist.dimension_by_id:
            continue
        rows.append(
            (
                wording.name(one.dimension),
                wording.score(one.before),
                wording.score(one.after),
                str(one.compared),
            )
        )
    return Table(tuple(words(text) for text in head), tuple(rows), (4, 1, 1, 1.4))


def _questions(wording: Wording, earlier: Earlier) -> list[Block]:
    words = wording.words
    changed = [c for c in earlier.comparison.questions.values() if c.difference]
    out = earlier.comparison.left_out
    blocks: list[Block] = [Heading(words(N_("What changed")), 2)]
    if changed:
        head = (N_("Question"), N_("Then"), N_("Now"))
        rows = tuple(_change(wording, one) for one in changed)
        blocks.append(Table(tuple(words(text) for text in head), rows, (6, 0.8, 0.8)))
    else:
        blocks.append(Para(words(N_("No question counts for another level than then."))))
    blocks += [
        Para(words(N_("{reason} Questions: {n}."), reason=words(LEFT_OUT[why]), n=n), "small")
        for why, n in out.items()
    ]
    return blocks


def _change(wording: Wording, one: QuestionChange) -> tuple[str, str, str]:
    known = one.question in wording.results.checklist.by_id
    title = wording.titled(one.question) if known else one.question
    return title, str(one.before), str(one.after)
