"""The rules of a strategy: what is prefilled and from where, and when its source has changed."""

from collections.abc import Iterable, Mapping, Sequence

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId
from fieldkit.tools.assessment.model import Question, Recorded
from fieldkit.tools.engagement.rules import StrategyStanding
from fieldkit.tools.strategy.model import Action, Priority, Strategy

FEW, MANY = 3, 5


def prefilled(question: Question, level: int | None, target: int | None, words: Words) -> Priority:
    """Return the priority a question starts: its own words and first step, not yet confirmed."""
    return Priority(
        title=words.content(question.context("text"), question.text),
        why=words.content(question.context("next"), question.next),
        question=question.id,
        level=level,
        target=target,
    )


def is_changed(priority: Priority, now: Recorded) -> bool:
    """Say whether the answer a priority came from now stands elsewhere."""
    return bool(priority.question) and priority.level is not None and now != priority.level


def source_changes(
    priorities: Iterable[Priority], now: Mapping[str, Recorded]
) -> dict[EntityId, Recorded]:
    """Return the priorities whose source changed, with what the answer says now."""
    return {p.id: now.get(p.question) for p in priorities if is_changed(p, now.get(p.question))}


def advice_on_number(count: int) -> str:
    """Return advice where a strategy has too few or too many priorities, as a source text."""
    if count < FEW:
        return N_("Three to five priorities carry a strategy. Add what the room agreed on.")
    if count > MANY:
        return N_("More than five priorities are rarely all done. Keep those that come first.")
    return ""


def actions_by_priority(
    priorities: Sequence[Priority], actions: Iterable[Action]
) -> dict[EntityId, list[Action]]:
    """Return the actions under each priority; those of a deleted one stand under an empty id."""
    found: dict[EntityId, list[Action]] = {p.id: [] for p in priorities}
    for action in actions:
        key = action.priority if action.priority in found else EntityId("")
        found.setdefault(key, []).append(action)
    return found


def standing(
    strategy: Strategy, priorities: Sequence[Priority], actions: Sequence[Action]
) -> StrategyStanding:
    """Return how far a strategy is."""
    held = actions_by_priority(priorities, actions)
    return StrategyStanding(
        strategy.scope,
        strategy.title,
        len(priorities),
        sum(p.confirmed for p in priorities),
        sum(not held[p.id] for p in priorities),
    )
