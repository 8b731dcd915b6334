"""Limits: which question, dimension or lack of evidence holds which others, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.assessment.rules.dimensions import (
    BY_GATE,
    BY_PREREQUISITE,
    BY_QUESTION,
    DimensionScore,
)
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.levels import QuestionScore
from fieldkit.tools.assessment.rules.scores import Track

BY_EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Limit:
    """One holds another: what it holds it at, and where that would stand without it."""

    kind: str
    holder: str
    held: str
    at: Fraction
    without: Fraction
    step: Step


def limits(checklist: Checklist, track: Track) -> list[Limit]:
    """Return everything that holds something else on a track, in model order of what is held."""
    found: list[Limit] = []
    for dimension in checklist.dimensions:
        for question in dimension.questions:
            found.extend(_of_question(track, track.questions[question.id]))
        found.extend(_of_dimension(track, track.dimensions[dimension.id]))
    return found


def by_holder(found: Iterable[Limit]) -> dict[str, list[Limit]]:
    """Return the limits by what holds, the one that holds most first."""
    grouped: dict[str, list[Limit]] = {}
    for limit in found:
        grouped.setdefault(limit.holder, []).append(limit)
    return dict(sorted(grouped.items(), key=lambda pair: -len(pair[1])))


def evidence_limits(track: Track) -> list[Limit]:
    """Return the questions that count for less than was said, for want of evidence."""
    text = N_("{held} was put at {raw}, but the evidence is only: {holder}. It counts as {limit}.")
    found: list[Limit] = []
    for held in track.questions.values():
        if held.is_held_by_evidence and held.counted is not None and held.level is not None:
            grade = f"E{held.base.evidence}"
            said = step(text, held=held.question, raw=held.level, holder=grade, limit=held.counted)
            found.append(
                Limit(
                    BY_EVIDENCE,
                    grade,
                    held.question,
                    Fraction(held.counted),
                    Fraction(held.level),
                    said,
                )
            )
    return found


def _of_question(track: Track, held: QuestionScore) -> list[Limit]:
    at, without = Fraction(held.effective or 0), Fraction(held.counted or 0)
    return [
        _limit(BY_QUESTION, (holder, _question_level(track, holder)), held.question, at, without)
        for holder in held.held_by
    ]


def _of_dimension(track: Track, held: DimensionScore) -> list[Limit]:
    raw, score = held.raw or Fraction(0), held.score or Fraction(0)
    gate_limit = held.gate_limit or raw
    gates = [
        _limit(BY_GATE, (g, _question_level(track, g)), held.dimension, gate_limit, raw)
        for g in held.gates
    ]
    return gates + [
        _limit(
            BY_PREREQUISITE,
            (h, track.dimensions[h].level or 0),
            held.dimension,
            score,
            min(raw, gate_limit),
        )
        for h in held.holders
    ]


def _question_level(track: Track, name: str) -> int:
    return track.questions[name].effective or 0


def _limit(kind: str, holder: tuple[str, int], held: str, at: Fraction, without: Fraction) -> Limit:
    text = N_("{holder} is {level}, so {held} is held at {limit} instead of {raw}.")
    name, level = holder
    said = step(text, holder=name, level=level, held=held, limit=at, raw=without)
    if kind == BY_QUESTION:
        said = step(text, **{**said.values, "limit": int(at), "raw": int(without)})
    return Limit(kind, name, held, at, without, said)
