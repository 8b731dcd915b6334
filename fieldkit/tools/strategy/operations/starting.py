"""Starting: a strategy from the answers of a round, each priority with its source."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_
from fieldkit.core.fractional import placed, spread
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import Value
from fieldkit.core.record import NewScope, Record
from fieldkit.tools.assessment.operations import (
    checklist_of,
    read_scores,
    targets,
)
from fieldkit.tools.assessment.rules.priorities import gaps
from fieldkit.tools.engagement.operations import engagement_of
from fieldkit.tools.strategy import rules
from fieldkit.tools.strategy.model import (
    KIND,
    NO_SCOPE,
    PRIORITY,
    SCOPE,
    Priority,
    frame_id,
)
from fieldkit.tools.strategy.operations.reading import (
    check_title,
    moves,
    priorities,
    strategy,
    written,
)
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided when a strategy starts; prefilled in the language of `words`."""

    title: str
    words: Words
    period: str = ""


def start_from(
    ws: Workspace,
    assessment: ScopeId,
    questions: Sequence[str],
    plan: Plan,
    *,
    by: object | None = None,
) -> tuple[ScopeId, Changes]:
    """Start a strategy from questions of a round, each prefilled and not yet confirmed."""
    scope = ScopeId(new_id())
    found = _carried(ws, assessment, questions, plan.words)
    places = spread(len(found))
    rows = [
        written(replace(p, scope=scope, id=EntityId(new_id()), pos=pos))
        for p, pos in zip(found, places, strict=True)
    ]
    items = _opening(engagement_of(ws, assessment), scope, assessment, plan) + rows
    return scope, ws.commit(items, by=by, label=N_("Strategy started"))


def start_empty(
    ws: Workspace, parent: ScopeId, plan: Plan, *, by: object | None = None
) -> tuple[ScopeId, Changes]:
    """Start a strategy without an assessment."""
    scope = ScopeId(new_id())
    items = _opening(parent, scope, NO_SCOPE, plan)
    return scope, ws.commit(items, by=by, label=N_("Strategy started"))


def carry_over(
    ws: Workspace,
    scope: ScopeId,
    questions: Sequence[str],
    words: Words,
    *,
    by: object | None = None,
) -> Changes:
    """Add more questions of the same round as priorities, those already there left out."""
    held = priorities(ws, scope)
    there = {p.question for p in held}
    source = strategy(ws, scope).source
    found = _carried(ws, source, [q for q in questions if q not in there], words)
    items: list[Item] = []
    order = [(p.id, p.pos) for p in held]
    for one in found:
        ent = EntityId(new_id())
        positions = placed(order, ent)
        made = replace(one, scope=scope, id=ent, pos=positions.pop(ent))
        items.append(written(made))
        items += moves(scope, PRIORITY, positions)
        order = [(i, positions.get(i, p)) for i, p in order] + [(ent, made.pos)]
    return ws.commit(items, by=by, label=N_("Priorities added"))


def _opening(parent: ScopeId, scope: ScopeId, source: ScopeId, plan: Plan) -> list[Item]:
    check_title(plan.title)
    fields: dict[str, Value] = {
        "title": plan.title.strip(),
        "period": plan.period.strip(),
        "source": source,
        "state": "draft",
    }
    return [NewScope(scope, SCOPE, parent), Record(scope, KIND, frame_id(scope), fields)]


def _carried(
    ws: Workspace, assessment: ScopeId, questions: Sequence[str], words: Words
) -> list[Priority]:
    checklist = checklist_of(ws, assessment)
    scores = read_scores(ws, assessment, checklist)
    wanted = gaps(scores.evidenced, targets(ws, assessment))
    found = []
    for name in dict.fromkeys(questions):
        question = checklist.by_id.get(name)
        if question is None:
            continue
        target = wanted[name].target if name in wanted else None
        found.append(rules.prefilled(question, scores.base[name].level, target, words))
    return found
