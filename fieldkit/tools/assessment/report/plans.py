"""The plans: what to do first and why, the ratings, the first step beside each weakness."""

from fieldkit.core.errors import N_
from fieldkit.reports.document import Block, Heading, LevelCell, Para, Table
from fieldkit.tools.assessment.rules.priorities import Priority
from fieldkit.tools.assessment.rules.wording import Wording

LISTED = 12


def plan_blocks(wording: Wording) -> list[Block]:
    """Return priorities, ratings and first steps."""
    words = wording.words
    blocks: list[Block] = []
    if wording.results.priorities:
        blocks += [Heading(words(N_("What to do first"))), _priorities(wording), *_ratings(wording)]
    return blocks + _steps(wording)


def _priorities(wording: Wording) -> Table:
    head = ("", N_("Question"), N_("Now"), N_("Target"), N_("Why it stands here"))
    first = wording.results.priorities[:LISTED]
    rows = tuple(_priority(wording, number, one) for number, one in enumerate(first, start=1))
    titles = tuple(wording.words(text) if text else "" for text in head)
    return Table(titles, rows, (0.4, 4.2, 0.8, 0.9, 3.2))


def _priority(wording: Wording, number: int, one: Priority) -> tuple[str | LevelCell, ...]:
    target = "–" if wording.results.is_indicative else str(one.gap.target)
    return (
        str(number),
        wording.titled(one.question),
        LevelCell(str(one.gap.level), one.gap.level),
        LevelCell(target, None if target == "–" else one.gap.target),
        "\n".join(wording.reasons(one)),
    )


def _ratings(wording: Wording) -> list[Block]:
    words = wording.words
    head = (
        N_("Question"), N_("Need"), N_("Harm if left"), N_("Feasible"), N_("Index of 100"),
    )  # fmt: skip
    rows = tuple(_rated(wording, one) for one in wording.results.priorities[:LISTED])
    text = N_(
        "The index joins the gap, what depends on the question, and three ratings from 1 to 5. "
        "What is not rated counts as 3."
    )
    return [
        Heading(words(N_("Ratings")), 2),
        Para(words(text), "small"),
        Table(tuple(words(t) for t in head), rows, (2, 1.2, 1.2, 1.2, 1.2), numeric=(4,)),
    ]


def _rated(wording: Wording, one: Priority) -> tuple[str, ...]:
    given = wording.results.ratings.get(one.question)
    parts = (given.need, given.harm, given.feasibility) if given else (None, None, None)
    none = wording.words(N_("not rated"))
    shown = (str(part) if part else none for part in parts)
    return (one.question, *shown, wording.words.number(one.index))


def _steps(wording: Wording) -> list[Block]:
    held = wording.results.weaknesses
    if not held:
        return []
    words = wording.words
    head = (N_("Question"), N_("Counts as"), N_("First realistic step"))
    rows = tuple(
        (one.question, LevelCell(str(one.level), one.level), wording.first_step(one.question))
        for one in held
    )
    return [
        Heading(words(N_("A first step for everything at level 1 or 2"))),
        Table(tuple(words(text) for text in head), rows, (0.9, 0.9, 6)),
    ]
