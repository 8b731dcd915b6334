"""Scores: the whole result of a round on both tracks, with overall and stage (9, 10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import FOUNDATION, SAFEGUARD, Checklist
from fieldkit.tools.assessment.rules.consolidate import (
    NA,
    NO_RESPONSE,
    Consolidated,
    Response,
    consolidate,
)
from fieldkit.tools.assessment.rules.dimensions import DimensionScore, dimension_scores
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.levels import (
    EVIDENCED,
    STATED,
    QuestionScore,
    effective_levels,
)

ENOUGH_DIMENSIONS = Fraction(3, 4)
STAGES = {
    "A": N_("Build foundations"),
    "B": N_("Connect and protect"),
    "C": N_("Use with safeguards"),
    "D": N_("Learn with peers"),
}
STAGE_REASONS = {
    "A": N_("Stage A, build foundations: a foundation is at level 1."),
    "B": N_("Stage B, connect and protect: a foundation or a safeguard is below level 3."),
    "C": N_("Stage C, use with safeguards: all foundations and safeguards are at 3 or more."),
    "D": N_("Stage D, learn with peers: all foundations and safeguards are at 4 or more."),
}


@dataclass(frozen=True, slots=True)
class Track:
    """The result on one track: what was said, or what the evidence supports."""

    name: str
    questions: Mapping[str, QuestionScore]
    dimensions: Mapping[str, DimensionScore]
    overall: Fraction | None
    overall_steps: tuple[Step, ...]
    stage: str | None
    stage_steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The result of a round on both tracks, over the same consolidated answers."""

    base: Mapping[str, Consolidated]
    stated: Track
    evidenced: Track

    def track(self, name: str) -> Track:
        """Return a track by its name."""
        return self.evidenced if name == EVIDENCED else self.stated


def score(checklist: Checklist, responses: Mapping[str, Response]) -> Scores:
    """Score a round; what names no question of the checklist is left aside."""
    base = {q.id: consolidate(q, responses.get(q.id, NO_RESPONSE)) for q in checklist.questions}
    return Scores(base, _track(checklist, base, STATED), _track(checklist, base, EVIDENCED))


def _track(checklist: Checklist, base: Mapping[str, Consolidated], name: str) -> Track:
    questions = effective_levels(checklist, base, name)
    dimensions = dimension_scores(checklist, questions)
    overall, overall_steps = overall_of(tuple(dimensions.values()))
    stage, stage_steps = stage_of(checklist, dimensions)
    return Track(name, questions, dimensions, overall, overall_steps, stage, stage_steps)


def overall_of(
    dimensions: Sequence[DimensionScore],
) -> tuple[Fraction | None, tuple[Step, ...]]:
    """Return the mean of the scored dimensions; nothing where under three quarters have a score."""
    applicable = sum(d.status != NA for d in dimensions)
    scored = [(d.dimension, d.score) for d in dimensions if d.score is not None]
    if not scored or len(scored) < ENOUGH_DIMENSIONS * applicable:
        text = N_(
            "No overall number: {scored} of {applicable} dimensions have a score; "
            "three quarters are needed."
        )
        return None, (step(text, scored=len(scored), applicable=applicable),)
    mean = sum((s for _, s in scored), Fraction(0)) / len(scored)
    steps = [step(N_("{dimension}: {score}"), dimension=d, score=s) for d, s in scored]
    text = N_("Mean of {scored} of {applicable} dimensions: {overall}.")
    steps.append(step(text, scored=len(scored), applicable=applicable, overall=mean))
    return mean, tuple(steps)


def stage_of(
    checklist: Checklist, dimensions: Mapping[str, DimensionScore]
) -> tuple[str | None, tuple[Step, ...]]:
    """Return the stage from the lowest foundation and the lowest safeguard, or nothing."""
    base = [d.id for d in checklist.dimensions if d.cluster == FOUNDATION]
    guards = [d.id for d in checklist.dimensions if d.cluster == SAFEGUARD]
    missing = [name for name in (*base, *guards) if dimensions[name].level is None]
    if missing:
        text = N_("No stage: {dimension} has no level.")
        return None, tuple(step(text, dimension=name) for name in missing)
    if not base or not guards:
        return None, (step(N_("No stage: the question set lacks foundations or safeguards.")),)
    first, lowest = _lowest(base, dimensions)
    second, guard = _lowest(guards, dimensions)
    stage = _stage(lowest, guard)
    text = N_("Lowest foundation: {dimension}, level {level}.")
    text_2 = N_("Lowest safeguard: {dimension}, level {level}.")
    return stage, (
        step(text, dimension=first, level=lowest),
        step(text_2, dimension=second, level=guard),
        step(STAGE_REASONS[stage]),
    )


def _lowest(names: Iterable[str], dimensions: Mapping[str, DimensionScore]) -> tuple[str, int]:
    levels = [(name, dimensions[name].level or 0) for name in names]
    return min(levels, key=lambda pair: pair[1])


def _stage(foundation: int, safeguard: int) -> str:
    if foundation == 1:
        return "A"
    lowest = min(foundation, safeguard)
    if lowest >= 4:
        return "D"
    return "C" if lowest >= 3 else "B"
