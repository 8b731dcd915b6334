"""Levels: what each question counts for on a track, after evidence and prerequisites (4, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import Checklist, Question
from fieldkit.tools.assessment.rules.consolidate import Consolidated
from fieldkit.tools.assessment.rules.explain import Step, step

STATED, EVIDENCED = "stated", "evidenced"
CEILINGS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """One question on one track: what it counts for and what holds it.

    `counted` is the level after the evidence ceiling, `effective` after the questions it requires;
    `held_by` names those that hold it, `unverified` those that could but have no level.
    """

    question: str
    base: Consolidated
    counted: int | None
    effective: int | None
    held_by: tuple[str, ...]
    unverified: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def status(self) -> str:
        """Return answered, na, unknown or unanswered."""
        return self.base.status

    @property
    def level(self) -> int | None:
        """Return the level before evidence and prerequisites."""
        return self.base.level

    @property
    def is_held_by_evidence(self) -> bool:
        """Say whether the evidence supports less than was said."""
        return self.counted is not None and self.counted != self.base.level


def effective_levels(
    checklist: Checklist, base: Mapping[str, Consolidated], track: str
) -> dict[str, QuestionScore]:
    """Return every question's score on a track, in model order."""
    found: dict[str, QuestionScore] = {}
    for name in checklist.question_order:
        found[name] = _score(checklist.by_id[name], base[name], track, found)
    return {q.id: found[q.id] for q in checklist.questions}


def _score(
    question: Question, base: Consolidated, track: str, found: Mapping[str, QuestionScore]
) -> QuestionScore:
    if base.level is None:
        return QuestionScore(question.id, base, None, None, (), (), base.steps)
    ceiling = CEILINGS[base.evidence] if track == EVIDENCED else CEILINGS[-1]
    counted = min(base.level, ceiling)
    limits = {p: e + 1 for p in question.requires if (e := found[p].effective) is not None}
    effective = min([counted, *limits.values()])
    held_by = tuple(p for p, limit in limits.items() if limit == effective < counted)
    unverified = tuple(p for p in question.requires if p not in limits)
    steps = [*base.steps]
    if counted < base.level:
        steps.append(_evidence_step(ceiling, base.evidence))
    steps.extend(_held_step(p, effective) for p in held_by)
    steps.extend(_unverified_step(p) for p in unverified)
    steps.append(step(N_("Counts as {level}."), level=effective))
    return QuestionScore(question.id, base, counted, effective, held_by, unverified, tuple(steps))


def _evidence_step(ceiling: int, evidence: int) -> Step:
    text = N_("Held at {limit} because the evidence is: {evidence}.")
    return step(text, limit=ceiling, evidence=f"E{evidence}")


def _held_step(holder: str, limit: int) -> Step:
    text = N_("Held at {limit} because {question} is {level}.")
    return step(text, limit=limit, question=holder, level=limit - 1)


def _unverified_step(holder: str) -> Step:
    text = N_("Not verified whether {question} holds it, because that has no level.")
    return step(text, question=holder)
