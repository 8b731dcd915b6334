"""Dimensions: from the levels of its questions to one score, with what limits it (6 to 8, 11)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import Checklist, Dimension, Question
from fieldkit.tools.assessment.rules.consolidate import NA
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.levels import QuestionScore

INSUFFICIENT, PROVISIONAL, COMPLETE = "insufficient", "provisional", "complete"
BY_QUESTION, BY_GATE, BY_PREREQUISITE = "question", "gate", "prerequisite"
LOW, MEDIUM, HIGH = "low", "medium", "high"
ENOUGH_COVERAGE = Fraction(3, 5)
MEDIUM_FROM, HIGH_FROM = Fraction(2, 5), Fraction(7, 10)


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension on one track, with what limits it and the steps of its sum.

    `gates` and `holders` name the gate questions and the dimensions that hold it; `unverified`
    names what could hold a question or the whole but has no level.
    """

    dimension: str
    status: str
    coverage: Fraction | None
    confidence: Fraction | None
    steps: tuple[Step, ...]
    confidence_steps: tuple[Step, ...] = ()
    raw: Fraction | None = None
    gate_limit: Fraction | None = None
    score: Fraction | None = None
    limited_by: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def level(self) -> int | None:
        """Return the whole level reached."""
        return None if self.score is None else math.floor(self.score)

    @property
    def band(self) -> str | None:
        """Return how far the score can be trusted: low, medium or high."""
        return None if self.confidence is None else confidence_band(self.confidence)


@dataclass(frozen=True)
class _Sum:
    """The parts of one dimension's sum: its applicable and its answered questions."""

    dimension: Dimension
    applicable: tuple[Question, ...]
    answered: tuple[tuple[Question, int], ...]
    scores: Mapping[str, QuestionScore]

    @cached_property
    def weight(self) -> Fraction:
        """The answered weight."""
        return sum((q.weight for q, _ in self.answered), Fraction(0))

    @cached_property
    def coverage(self) -> Fraction:
        """The answered share of the applicable weight."""
        return self.weight / sum((q.weight for q in self.applicable), Fraction(0))

    @cached_property
    def raw(self) -> Fraction:
        """The weighted mean of the effective levels."""
        return sum((q.weight * e for q, e in self.answered), Fraction(0)) / self.weight

    @property
    def gates(self) -> dict[str, int | None]:
        """The applicable gate questions with their effective levels."""
        return {q.id: self.scores[q.id].effective for q in self.applicable if q.gate}


def confidence_band(confidence: Fraction) -> str:
    """Return low under 0.4, medium under 0.7, else high."""
    if confidence < MEDIUM_FROM:
        return LOW
    return MEDIUM if confidence < HIGH_FROM else HIGH


def dimension_scores(
    checklist: Checklist, questions: Mapping[str, QuestionScore]
) -> dict[str, DimensionScore]:
    """Return every dimension's score on the track the question scores are of, in model order."""
    found: dict[str, DimensionScore] = {}
    for name in checklist.dimension_order:
        found[name] = _dimension(checklist.dimension_by_id[name], questions, found)
    return {d.id: found[d.id] for d in checklist.dimensions}


def _dimension(
    dimension: Dimension,
    scores: Mapping[str, QuestionScore],
    found: Mapping[str, DimensionScore],
) -> DimensionScore:
    applicable = tuple(q for q in dimension.questions if scores[q.id].status != NA)
    if not applicable:
        none = step(N_("No score: nothing here applies."))
        return DimensionScore(dimension.id, NA, None, None, (none,))
    answered = tuple((q, e) for q in applicable if (e := scores[q.id].effective) is not None)
    parts = _Sum(dimension, applicable, answered, scores)
    lacking = _lacking_steps(parts)
    if lacking:
        confidence, steps = _confidence(parts)
        return DimensionScore(
            dimension.id, INSUFFICIENT, parts.coverage, confidence, lacking, steps
        )
    return _scored(parts, found)


def _lacking_steps(parts: _Sum) -> tuple[Step, ...]:
    steps: list[Step] = []
    if parts.coverage < ENOUGH_COVERAGE:
        text = N_(
            "No score: {answered} of {applicable} questions have a level; at least 60 of 100 "
            "parts of the weight are needed."
        )
        have, all_of = len(parts.answered), len(parts.applicable)
        steps.append(step(text, answered=have, applicable=all_of))
    text = N_("No score: {question} has no level, and it is a gate question.")
    missing = [name for name, level in parts.gates.items() if level is None]
    steps.extend(step(text, question=name) for name in missing)
    return tuple(steps)


def _scored(parts: _Sum, found: Mapping[str, DimensionScore]) -> DimensionScore:
    raw, coverage = parts.raw, parts.coverage
    gate_levels = {name: level for name, level in parts.gates.items() if level is not None}
    gate_limit = Fraction(min(gate_levels.values()) + 1) if gate_levels else None
    gated = raw if gate_limit is None else min(raw, gate_limit)
    gates = tuple(n for n, e in gate_levels.items() if gated < raw and e + 1 == gate_limit)
    requires = parts.dimension.requires
    limits = {r: level + 1 for r in requires if (level := found[r].level) is not None}
    score = min([gated, *(Fraction(limit) for limit in limits.values())])
    holders = tuple(r for r, limit in limits.items() if limit == score < gated)
    confidence, confidence_steps = _confidence(parts)
    unscored = tuple(r for r in requires if r not in limits)
    return DimensionScore(
        dimension=parts.dimension.id,
        status=COMPLETE if coverage == 1 else PROVISIONAL,
        coverage=coverage,
        confidence=confidence,
        steps=_steps(parts, gates, holders, unscored, score),
        confidence_steps=confidence_steps,
        raw=raw,
        gate_limit=gate_limit,
        score=score,
        limited_by=_limited_by(parts, gates, holders),
        gates=gates,
        holders=holders,
        unverified=_unverified(parts) + unscored,
    )


def _limited_by(parts: _Sum, gates: Sequence[str], holders: Sequence[str]) -> tuple[str, ...]:
    held = any(parts.scores[q.id].held_by for q, _ in parts.answered)
    limits = ((BY_QUESTION, held), (BY_GATE, gates), (BY_PREREQUISITE, holders))
    return tuple(name for name, does in limits if does)


def _unverified(parts: _Sum) -> tuple[str, ...]:
    names = (name for q, _ in parts.answered for name in parts.scores[q.id].unverified)
    return tuple(dict.fromkeys(names))


def _steps(
    parts: _Sum,
    gates: Sequence[str],
    holders: Sequence[str],
    unscored: Sequence[str],
    score: Fraction,
) -> tuple[Step, ...]:
    raw, have, all_of = parts.raw, len(parts.answered), len(parts.applicable)
    steps = [_part_step(q, e) for q, e in parts.answered]
    text = N_("Raw mean of {answered} of {applicable} questions: {raw}.")
    steps.append(step(text, answered=have, applicable=all_of, raw=raw))
    text = N_("Raw {raw}, held at {limit} because {question} is {level}.")
    for name in gates:
        level = parts.gates[name] or 0
        steps.append(step(text, raw=raw, limit=Fraction(level + 1), question=name, level=level))
    text = N_("Raw {raw}, held at {limit} because {dimension} is {level}.")
    level = math.floor(score)
    steps.extend(step(text, raw=raw, limit=score, dimension=n, level=level - 1) for n in holders)
    text = N_("Not verified whether {dimension} holds it, because that has no score.")
    steps.extend(step(text, dimension=name) for name in unscored)
    steps.append(step(N_("Score {score}, level {level}."), score=score, level=level))
    return tuple(steps)


def _part_step(question: Question, level: int) -> Step:
    if question.weight == 1:
        return step(N_("{question}: {level}"), question=question.id, level=level)
    weight = question.weight
    times = weight if weight.denominator > 1 else weight.numerator
    text = N_("{question}: {level}, counted {weight} times")
    return step(text, question=question.id, level=level, weight=times)


def _confidence(parts: _Sum) -> tuple[Fraction, tuple[Step, ...]]:
    bases = [parts.scores[q.id].base for q in parts.applicable]
    mean = sum((b.confidence for b in bases), Fraction(0)) / len(bases)
    steps = [one for b in bases for one in b.confidence_steps]
    text = N_("Mean of {count} questions: {confidence}.")
    steps.append(step(text, count=len(bases), confidence=mean))
    return mean, tuple(steps)
