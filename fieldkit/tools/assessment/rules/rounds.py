"""Rounds: two results of one model side by side, question by question, without ranking (14)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fieldkit.core.errors import N_, UserError
from fieldkit.tools.assessment.model import Checklist, Dimension, Question
from fieldkit.tools.assessment.rules.levels import EVIDENCED
from fieldkit.tools.assessment.rules.scores import Scores, Track

CHANGED, NEW, RETIRED, NO_LEVEL = "changed", "new", "retired", "no level"
LEFT_OUT = {
    CHANGED: N_("The question was changed, so it is not compared."),
    NEW: N_("The question is new, so it is not compared."),
    RETIRED: N_("The question was taken out, so it is not compared."),
    NO_LEVEL: N_("The question has no level in one of the rounds, so it is not compared."),
}


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One round as it is compared: its question set, its mode and its scores."""

    checklist: Checklist
    mode: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question in both rounds; `left_out` says why it is not compared, empty where it is."""

    question: str
    before: int | None
    after: int | None
    left_out: str = ""

    @property
    def difference(self) -> int | None:
        """Return the levels gained or lost, where they are compared."""
        if self.left_out or self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """One dimension in both rounds.

    `difference` stands only where both rounds asked the same questions; `common_before` and
    `common_after` are the means over the questions that can be compared.
    """

    dimension: str
    before: Fraction | None
    after: Fraction | None
    difference: Fraction | None
    common_before: Fraction | None
    common_after: Fraction | None
    compared: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds side by side on one track, with how many questions were left out and why."""

    track: str
    questions: Mapping[str, QuestionChange]
    dimensions: Mapping[str, DimensionChange]
    left_out: Mapping[str, int]


def compare(before: RoundResult, after: RoundResult, track: str = EVIDENCED) -> Comparison:
    """Compare two rounds of the same model and major version, both full or both quick."""
    _check_comparable(before, after)
    old, new = before.scores.track(track), after.scores.track(track)
    questions = {
        name: _question(name, before, after, old, new)
        for name in _merged(before.checklist.by_id, after.checklist.by_id)
    }
    dimensions: dict[str, DimensionChange] = {}
    for name in _merged(before.checklist.dimension_by_id, after.checklist.dimension_by_id):
        was, now = (r.checklist.dimension_by_id.get(name) for r in (before, after))
        changes = [questions[n] for n in _merged(_questions(was), _questions(now))]
        dimensions[name] = _dimension(name, changes, (was, now), (old, new))
    left_out = Counter(q.left_out for q in questions.values() if q.left_out)
    return Comparison(track, questions, dimensions, left_out)


def _check_comparable(before: RoundResult, after: RoundResult) -> None:
    if before.mode != after.mode:
        raise UserError(
            "E_ROUNDS_MODE",
            N_("A quick scan and a full assessment are not compared. Choose two of one kind."),
        )
    if before.checklist.id != after.checklist.id:
        raise UserError(
            "E_ROUNDS_MODEL",
            N_(
                "These rounds were made with different question sets and are not compared. "
                "Choose two of one set."
            ),
        )
    if before.checklist.major != after.checklist.major:
        raise UserError(
            "E_ROUNDS_VERSION",
            N_(
                "These rounds were made with versions {old} and {new} of the question set, which "
                "differ too much to compare. Choose two of one main version."
            ),
            old=before.checklist.version,
            new=after.checklist.version,
        )


def _merged(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*after, *before)))


def _questions(dimension: Dimension | None) -> dict[str, Question]:
    return {q.id: q for q in dimension.questions} if dimension else {}


def _question(
    name: str, before: RoundResult, after: RoundResult, old: Track, new: Track
) -> QuestionChange:
    was, now = before.checklist.by_id.get(name), after.checklist.by_id.get(name)
    level_was = old.questions[name].effective if was else None
    level_now = new.questions[name].effective if now else None
    return QuestionChange(name, level_was, level_now, _why_left_out(was, now, level_was, level_now))


def _why_left_out(
    was: Question | None, now: Question | None, level_was: int | None, level_now: int | None
) -> str:
    if was is None:
        return NEW
    if now is None:
        return RETIRED
    if not now.is_same_as(was):
        return CHANGED
    return NO_LEVEL if level_was is None or level_now is None else ""


def _dimension(
    name: str,
    changes: list[QuestionChange],
    dimensions: tuple[Dimension | None, Dimension | None],
    tracks: tuple[Track, Track],
) -> DimensionChange:
    scores = [
        t.dimensions[name].score if d else None for d, t in zip(dimensions, tracks, strict=True)
    ]
    before, after = scores
    same = all(c.left_out in ("", NO_LEVEL) for c in changes) and _stands_alike(*dimensions)
    difference = after - before if same and before is not None and after is not None else None
    common = [c for c in changes if not c.left_out]
    weights = _questions(dimensions[1])
    return DimensionChange(
        name,
        before,
        after,
        difference,
        _mean([(weights[c.question].weight, c.before) for c in common]),
        _mean([(weights[c.question].weight, c.after) for c in common]),
        len(common),
        len(changes) - len(common),
    )


def _stands_alike(was: Dimension | None, now: Dimension | None) -> bool:
    return was is not None and now is not None and set(was.requires) == set(now.requires)


def _mean(pairs: list[tuple[Fraction, int | None]]) -> Fraction | None:
    weight = sum((w for w, _ in pairs), Fraction(0))
    return sum((w * (level or 0) for w, level in pairs), Fraction(0)) / weight if pairs else None
