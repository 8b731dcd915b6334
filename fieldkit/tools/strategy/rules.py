"""The rules of a strategy: what is prefilled and from where, and when its source has changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId
from fieldkit.tools.assessment.model import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Checklist,
    Question,
    Recorded,
)
from fieldkit.tools.engagement.rules import StrategyStanding
from fieldkit.tools.strategy.model import NO_ID, Action, Priority, Strategy

FEW, MANY = 3, 5
TITLE, PROBLEM, VISION = "title", "problem", "vision"
PRIORITIES, ACTIONS, PAPER = "priorities", "actions", "paper"


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
        key = action.priority if action.priority in found else NO_ID
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


def priority_code(number: int) -> str:
    """Return the short name of the n-th priority, the same on screen and on paper."""
    return f"P-{number:02}"


def action_code(number: int) -> str:
    """Return the short name of the n-th action, the same on screen and on paper."""
    return f"A-{number:02}"


def question_name(question: str, checklist: Checklist | None, words: Words) -> str:
    """Name a question by its area and number; by its id where the question set is not here."""
    held = checklist.by_id.get(question) if checklist else None
    if checklist is None or held is None:
        return question
    area = checklist.dimension_by_id[held.dimension]
    name = words.content(area.context("short"), area.short or area.name)
    number = [q.id for q in area.questions].index(question) + 1
    return words(N_("{area}, question {number}"), area=name, number=number)


def said(answer: Recorded, words: Words) -> str:
    """Return what an answer says, in words."""
    if isinstance(answer, int):
        return words(N_("level {level}"), level=answer)
    known = {DONT_KNOW: N_("don't know"), NOT_APPLICABLE: N_("not applicable")}
    return words(known.get(answer or "", N_("not answered")))


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole strategy as it stands: the frame, priorities, actions, and what changed since."""

    strategy: Strategy
    priorities: Sequence[Priority] = ()
    actions: Sequence[Action] = ()
    changes: Mapping[EntityId, Recorded] = field(default_factory=dict)

    @property
    def ordered_actions(self) -> list[Action]:
        """Return the actions as they are numbered: by priority, those without one last."""
        held = actions_by_priority(self.priorities, self.actions)
        return [action for group in held.values() for action in group]

    @property
    def differing(self) -> int:
        """Return how many fields differ between two copies."""
        count = len(self.strategy.differing)
        count += sum(len(one.differing) for one in self.priorities)
        return count + sum(len(one.differing) for one in self.actions)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing still open: the section it stands in, the entry, and a sentence with its code."""

    section: str
    text: str
    code: str = ""
    id: EntityId = NO_ID
    is_difference: bool = False


def open_points(draft: Draft) -> tuple[Point, ...]:
    """Return what is still open in a strategy, in the order of its sections."""
    return (*_frame_points(draft), *_priority_points(draft), *_action_points(draft))


def _frame_points(draft: Draft) -> Iterator[Point]:
    held = draft.strategy
    for name, field_names in ((TITLE, {TITLE, "period"}), (PROBLEM, {PROBLEM}), (VISION, {VISION})):
        if held.differing & field_names:
            yield Point(name, N_("Two copies differ here."), is_difference=True)
    if not held.problem.strip():
        yield Point(PROBLEM, N_("The problem is not written yet."))
    if not held.vision.strip():
        yield Point(VISION, N_("The vision is not written yet."))


def _priority_points(draft: Draft) -> Iterator[Point]:
    held = actions_by_priority(draft.priorities, draft.actions)
    if not draft.priorities:
        yield Point(PRIORITIES, N_("No priority is chosen yet."))
    for number, one in enumerate(draft.priorities, start=1):
        code = priority_code(number)
        if one.differing:
            text = N_("{code}: two copies differ.")
            yield Point(PRIORITIES, text, code, one.id, is_difference=True)
        if one.id in draft.changes:
            yield Point(PRIORITIES, N_("{code}: its answer has changed since."), code, one.id)
        if not one.confirmed:
            yield Point(PRIORITIES, N_("{code} is prefilled, not yet confirmed."), code, one.id)
        if not held[one.id]:
            yield Point(ACTIONS, N_("{code} has no action yet."), code, one.id)


def _action_points(draft: Draft) -> Iterator[Point]:
    known = {one.id for one in draft.priorities}
    for number, one in enumerate(draft.ordered_actions, start=1):
        code = action_code(number)
        if one.differing:
            text = N_("{code}: two copies differ.")
            yield Point(ACTIONS, text, code, one.id, is_difference=True)
        if one.priority not in known:
            yield Point(ACTIONS, N_("{code} belongs to no priority."), code, one.id)
        if not one.owner.strip():
            yield Point(ACTIONS, N_("{code} does not say who is responsible."), code, one.id)
        if not one.due.strip():
            yield Point(ACTIONS, N_("{code} has no date."), code, one.id)
