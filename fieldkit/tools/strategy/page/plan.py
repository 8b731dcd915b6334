"""Plan: the sections of the page, what belongs in each and how far each is."""

from collections.abc import Sequence

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.qt.journey import OutlineRow
from fieldkit.tools.strategy.page.editor import Spec
from fieldkit.tools.strategy.rules import (
    ACTIONS,
    PAPER,
    PRIORITIES,
    PROBLEM,
    TITLE,
    VISION,
    Draft,
    Point,
)

SECTIONS = {
    TITLE: N_("Title and period"),
    PROBLEM: N_("The problem"),
    VISION: N_("The vision"),
    PRIORITIES: N_("Priorities"),
    ACTIONS: N_("Actions"),
    PAPER: N_("Paper"),
}
ABOUT = {
    TITLE: N_("What will be different, and by when."),
    PROBLEM: N_("What keeps people from doing their work well today. No products yet."),
    VISION: N_("What people will notice when it is done."),
    PRIORITIES: N_(
        "Three to five problems this strategy will solve, in the words of those who face them. "
        "No products yet."
    ),
    ACTIONS: N_("What is done about each priority, by which role, until when."),
    PAPER: N_("What goes on paper, and how far the draft is."),
}
FRAME = {
    TITLE: (Spec("title", N_("Title")), Spec("period", N_("Period"), N_("Two to four years."))),
    PROBLEM: (Spec("problem", N_("The problem"), lines=12),),
    VISION: (Spec("vision", N_("The vision"), lines=8),),
}


def outline_rows(draft: Draft, points: Sequence[Point], at: str, words: Words) -> list[OutlineRow]:
    """Return the sections with their state in sign, colour and word."""
    rows = []
    for number, (name, title) in enumerate(SECTIONS.items(), start=1):
        state, word = _state(name, draft, points, at)
        said = words(N_("{number} {title}"), number=number, title=words(title))
        rows.append(OutlineRow(name, said, words(word), state))
    return rows


def _state(name: str, draft: Draft, points: Sequence[Point], at: str) -> tuple[str, str]:
    here = [p for p in points if name in (PAPER, p.section)]
    if any(p.is_difference for p in here) and name != PAPER:
        return "error", N_("to settle")
    if not here:
        return "ok", N_("ready")
    if name == PAPER:
        return "open", N_("last")
    if name == at:
        return "writing", N_("writing")
    begun = {PRIORITIES: draft.priorities, ACTIONS: draft.actions}
    return ("warning", N_("check")) if begun.get(name) else ("open", N_("open"))
