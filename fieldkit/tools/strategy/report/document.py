"""The strategy on paper: one page for who decides, then everything, with the marks it must bear."""

from collections.abc import Iterator, Sequence

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId
from fieldkit.reports.document import (
    Block,
    Cell,
    Document,
    Heading,
    LevelCell,
    Note,
    PageBreak,
    Para,
    Table,
)
from fieldkit.tools.assessment.rules.wording import shown_day
from fieldkit.tools.engagement.rules import footnotes, marks, marks_line
from fieldkit.tools.strategy import rules
from fieldkit.tools.strategy.model import NO_ID, Action, Priority
from fieldkit.tools.strategy.report.paper import Paper, shown_draft
from fieldkit.tools.strategy.rules import Draft, action_code, priority_code

ON_FRONT = 7
LEAD, TITLE, STEP = 420, 110, 150
NONE = "–"


def strategy_document(draft: Draft, paper: Paper, words: Words) -> Document:
    """Return the paper of a strategy in a language; texts withheld leave no trace in it."""
    shown = shown_draft(draft, paper)
    found = marks(paper.engagement, paper.lists)
    said = (paper.agency(words), paper.place(words), shown.strategy.period)
    return Document(
        title=shown.strategy.title or words(N_("Strategy")),
        subtitle=" · ".join(part for part in said if part),
        language=words.language,
        rtl=words.is_rtl,
        label=marks_line(found, words),
        marks=(words(N_("DRAFT")),),
        footnotes=footnotes(found, words),
        footer=_footer(paper, words),
        front=tuple(_front(shown, words)),
        blocks=(
            *_text(words(N_("The problem")), shown.strategy.problem, words),
            *_text(words(N_("The vision")), shown.strategy.vision, words),
            *_priorities(shown, paper, words),
            *_actions(shown, words),
            *_origin(shown, paper, words),
        ),
        sources=_sources(paper, words),
    )


def _footer(paper: Paper, words: Words) -> str:
    parts = [words(N_("Working material to talk about, not an official position"))]
    if paper.printed:
        parts.append(words(N_("printed {day}"), day=shown_day(paper.printed, words)))
    return " · ".join(parts)


def _front(draft: Draft, words: Words) -> Iterator[Block]:
    frame = draft.strategy
    texts = ((N_("The problem"), frame.problem), (N_("The vision"), frame.vision))
    for title, text in texts:
        yield Heading(words(title), 2)
        yield Para(shortened(text, LEAD) or words(N_("Not written yet.")), "lead")
    yield Heading(words(N_("What comes first")), 2)
    if draft.priorities:
        yield _first(draft.priorities[:ON_FRONT], words)
    more = len(draft.priorities) - ON_FRONT
    if more > 0:
        yield Para(
            words.plural(
                N_("{n} more priority stands inside."),
                N_("{n} more priorities stand inside."),
                more,
            ),
            "small",
        )
    if not draft.priorities:
        yield Para(words(N_("No priority is chosen yet.")))
    yield Note(_standing(draft, words), words(N_("How far this draft is")), "info")


def _first(first: Sequence[Priority], words: Words) -> Table:
    head = (N_("Priority"), N_("Now"), N_("Target"), N_("What comes first"))
    rows = tuple(
        (
            priority_code(number),
            shortened(one.title, TITLE),
            _level(one.level),
            _level(one.target),
            shortened(one.why, STEP),
        )
        for number, one in enumerate(first, start=1)
    )
    return Table(("", *(words(text) for text in head)), rows, (0.7, 3.6, 0.8, 0.9, 4), bold=(1,))


def _level(level: int | None) -> Cell:
    return NONE if level is None else LevelCell(str(level), level)


def _standing(draft: Draft, words: Words) -> str:
    confirmed = sum(one.confirmed for one in draft.priorities)
    parts = [
        words(
            N_("Confirmed by people: {n} of {all} priorities."),
            n=confirmed, all=len(draft.priorities),
        ),
        words.plural(N_("{n} action planned."), N_("{n} actions planned."), len(draft.actions)),
    ]  # fmt: skip
    if draft.differing:
        parts.append(
            words.plural(
                N_("{n} text differs between two copies and is to settle; one of them is shown."),
                N_("{n} texts differ between two copies and are to settle; one of each is shown."),
                draft.differing,
            )
        )
    return " ".join(parts)


def _text(title: str, text: str, words: Words) -> Iterator[Block]:
    yield Heading(title)
    yield Para(text.strip() or words(N_("Not written yet.")))


def _priorities(draft: Draft, paper: Paper, words: Words) -> Iterator[Block]:
    yield Heading(words(N_("Priorities")))
    if not draft.priorities:
        yield Para(words(N_("No priority is chosen yet.")))
    for number, one in enumerate(draft.priorities, start=1):
        yield Heading(f"{priority_code(number)} {one.title}".strip(), 2)
        yield Para(_came_from(one, paper, words), "small")
        if one.why.strip():
            yield Para(one.why)
        yield from _doubts(one, draft, words)


def _came_from(one: Priority, paper: Paper, words: Words) -> str:
    if not one.question:
        return words(N_("Added by the drafters."))
    where = rules.question_name(one.question, paper.checklist, words)
    values = {"where": where, "said": rules.said(one.level, words)}
    if one.target is None:
        return words(N_("From {where}: {said}."), **values)
    return words(N_("From {where}: {said}, target {target}."), target=one.target, **values)


def _doubts(one: Priority, draft: Draft, words: Words) -> Iterator[Block]:
    if one.id in draft.changes:
        now = rules.said(draft.changes[one.id], words)
        text = N_("The answer this came from has changed since; it now says: {now}.")
        yield Note(words(text, now=now), tone="warning")
    if not one.confirmed:
        text = N_("Prefilled from the answers. Nobody has confirmed this text yet.")
        yield Note(words(text), tone="warning")


def _actions(draft: Draft, words: Words) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(words(N_("Actions")))
    if not draft.actions:
        yield Para(words(N_("No action is planned yet.")))
        return
    codes = {one.id: action_code(n) for n, one in enumerate(draft.ordered_actions, start=1)}
    held = rules.actions_by_priority(draft.priorities, draft.actions)
    for number, one in enumerate(draft.priorities, start=1):
        yield Heading(f"{priority_code(number)} {one.title}".strip(), 2)
        yield from _planned(held[one.id], codes, words)
    if NO_ID in held:
        yield Heading(words(N_("Without a priority")), 2)
        yield from _planned(held[NO_ID], codes, words)


def _planned(
    actions: Sequence[Action], codes: dict[EntityId, str], words: Words
) -> Iterator[Block]:
    if not actions:
        yield Para(words(N_("No action is planned yet.")))
        return
    head = (N_("Action"), N_("What is done"), N_("Who is responsible"), N_("Until when"))
    rows = tuple(
        (codes[one.id], one.title, one.text or NONE, one.owner or NONE, one.due or NONE)
        for one in actions
    )
    titles = ("", *(words(text) for text in head))
    yield Table(titles, rows, (0.7, 2.8, 3.4, 1.8, 1.3), bold=(1,))


def _origin(draft: Draft, paper: Paper, words: Words) -> Iterator[Block]:
    yield Heading(words(N_("What this rests on")))
    if not draft.strategy.source:
        yield Para(words(N_("This strategy was started without an assessment.")))
        return
    title = paper.round_title(draft.strategy)
    day = shown_day(paper.round.day, words) if paper.round else ""
    named = " · ".join(part for part in (title, day) if part)
    said = words(N_("The priorities were taken from the answers of an assessment."))
    yield Para(f"{said} {named}".strip())
    text = N_(
        "Texts marked as prefilled are the words of the question set. The levels show where to "
        "work next. They compare neither agencies nor people."
    )
    yield Note(words(text), words(N_("How to read this")))


def _sources(paper: Paper, words: Words) -> tuple[str, ...]:
    held = paper.checklist
    if held is None:
        return ()
    name = words.content(held.context("model.name"), held.name) or held.id
    first = words(N_("Question set: {name}, version {version}."), name=name, version=held.version)
    texts = (("source", held.source), ("status", held.status), ("licence", held.licence))
    said = (words.content(held.context(f"model.{part}"), text) for part, text in texts)
    return (first, *(one for one in said if one))


def shortened(text: str, most: int) -> str:
    """Return the beginning of a text in whole words, in one paragraph; cut ones end in dots."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0] + "…"
