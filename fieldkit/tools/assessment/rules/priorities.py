"""Priorities: targets, gaps, leverage and what to do first, with its reasons (rules 12, 13)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import FOUNDATION, Checklist, Question, Rating
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.levels import QuestionScore
from fieldkit.tools.assessment.rules.scores import Track

QUICK_WIN, FOUNDATION_FIRST = "quick win", "foundation"
LABELS = {QUICK_WIN: N_("Quick win"), FOUNDATION_FIRST: N_("Foundation")}
DEFAULT_RATING = 3
ASKED_FOR_RATING = 12
TOP = 5
EASY = 4
GAP_POINTS, LEVERAGE_POINTS, NEED_POINTS, HARM_POINTS, EASE_POINTS = 30, 20, 20, 15, 15


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a question is from its target; `chosen` where the group set the target itself."""

    question: str
    level: int
    target: int
    chosen: bool

    @property
    def size(self) -> int:
        """The levels still to go."""
        return max(0, self.target - self.level)


@dataclass(frozen=True, slots=True)
class Priority:
    """One question in the order of what to do first, with its index, its sum and its reasons."""

    question: str
    index: Fraction
    gap: Gap
    leverage: int
    rating: Rating
    rated: bool
    labels: tuple[str, ...]
    reasons: tuple[Step, ...]
    steps: tuple[Step, ...]


def default_target(level: int) -> int:
    """Return one level more, five at most."""
    return min(TOP, level + 1)


def gaps(track: Track, targets: Mapping[str, int | None]) -> dict[str, Gap]:
    """Return the distance to the target of every question with a level, also where it is nought."""
    found: dict[str, Gap] = {}
    for name, held in track.questions.items():
        if held.effective is not None:
            chosen = targets.get(name)
            target = chosen or default_target(held.effective)
            found[name] = Gap(name, held.effective, target, bool(chosen))
    return found


def gap_list(track: Track, targets: Mapping[str, int | None]) -> list[Gap]:
    """Return the open gaps, widest first, then in model order."""
    return sorted((g for g in gaps(track, targets).values() if g.size), key=lambda g: -g.size)


def dimension_targets(
    checklist: Checklist, track: Track, targets: Mapping[str, int | None]
) -> dict[str, Fraction | None]:
    """Return what to reach in each dimension: the mean of its questions' targets where one was
    chosen, else one level more than now; nothing where there is no level.
    """
    held = gaps(track, targets)
    found: dict[str, Fraction | None] = {}
    for dimension in checklist.dimensions:
        level = track.dimensions[dimension.id].level
        mine = [(q.weight, held[q.id]) for q in dimension.questions if q.id in held]
        if level is None:
            found[dimension.id] = None
        elif any(gap.chosen for _, gap in mine):
            whole = sum((w for w, _ in mine), Fraction(0))
            found[dimension.id] = sum((w * g.target for w, g in mine), Fraction(0)) / whole
        else:
            found[dimension.id] = Fraction(default_target(level))
    return found


def leverage_counts(checklist: Checklist) -> dict[str, int]:
    """Return how much hangs on each question: dimensions on its own, questions on it, a gate."""
    stand_on = dependants(checklist)
    asking = Counter(name for q in checklist.questions for name in set(q.requires))
    return {q.id: len(stand_on[q.dimension]) + asking[q.id] + q.gate for q in checklist.questions}


def leverage(checklist: Checklist) -> dict[str, Fraction]:
    """Return the leverage of each question as a share of the largest in the model."""
    counts = leverage_counts(checklist)
    most = max(counts.values())
    return {name: Fraction(count, most or 1) for name, count in counts.items()}


def dependants(checklist: Checklist) -> dict[str, tuple[str, ...]]:
    """Return the dimensions that stand on each one, directly or through others, in model order."""
    below: dict[str, set[str]] = {}
    for name in checklist.dimension_order:
        requires = checklist.dimension_by_id[name].requires
        below[name] = {*requires, *(deep for r in requires for deep in below[r])}
    return {
        d.id: tuple(o.id for o in checklist.dimensions if d.id in below[o.id])
        for d in checklist.dimensions
    }


def priorities(
    checklist: Checklist,
    track: Track,
    targets: Mapping[str, int | None],
    ratings: Mapping[str, Rating],
) -> list[Priority]:
    """Return the questions with an open gap, the most pressing first, on the evidenced track."""
    counts = leverage_counts(checklist)
    most = max(counts.values())
    open_gaps = [g for g in gaps(track, targets).values() if g.size]
    ways = _Ways(checklist, track, dependants(checklist), _ai_needs(checklist))
    found = [_priority(ways, gap, counts[gap.question], most, ratings) for gap in open_gaps]
    by_id = checklist.by_id
    return sorted(found, key=lambda p: (-p.index, not by_id[p.question].gate, p.gap.level))


def to_rate(checklist: Checklist, track: Track, targets: Mapping[str, int | None]) -> list[str]:
    """Return the questions a group is asked to rate: the twelve highest with default ratings."""
    first = priorities(checklist, track, targets, {})
    return [p.question for p in first[:ASKED_FOR_RATING]]


@dataclass(frozen=True, slots=True)
class _Ways:
    """What the reasons of a priority are told from."""

    checklist: Checklist
    track: Track
    dependants: Mapping[str, Sequence[str]]
    ai_needs: frozenset[str]


def _priority(
    ways: _Ways, gap: Gap, count: int, most: int, ratings: Mapping[str, Rating]
) -> Priority:
    given = ratings.get(gap.question, Rating(gap.question))
    used = Rating(
        gap.question,
        given.need or DEFAULT_RATING,
        given.harm or DEFAULT_RATING,
        given.feasibility or DEFAULT_RATING,
    )
    rated = None not in (given.need, given.harm, given.feasibility)
    points = (
        Fraction(GAP_POINTS * gap.size, TOP - 1),
        Fraction(LEVERAGE_POINTS * count, most or 1),
        _rating_points(NEED_POINTS, used.need),
        _rating_points(HARM_POINTS, used.harm),
        _rating_points(EASE_POINTS, used.feasibility),
    )
    labels = _labels(ways, gap, used)
    return Priority(
        gap.question,
        sum(points, Fraction(0)),
        gap,
        count,
        used,
        rated,
        labels,
        _reasons(ways, gap, labels),
        _steps(gap, used, rated, points),
    )


def _rating_points(most: int, rating: int | None) -> Fraction:
    return Fraction(most * ((rating or DEFAULT_RATING) - 1), TOP - 1)


def _labels(ways: _Ways, gap: Gap, used: Rating) -> tuple[str, ...]:
    question = ways.checklist.by_id[gap.question]
    dimension = ways.checklist.dimension_by_id[question.dimension]
    level = ways.track.dimensions[question.dimension].level
    easy = (used.feasibility or 0) >= EASY and gap.size == 1
    base = dimension.cluster == FOUNDATION and level is not None and level < 2
    return tuple(name for name, on in ((QUICK_WIN, easy), (FOUNDATION_FIRST, base)) if on)


def _reasons(ways: _Ways, gap: Gap, labels: Sequence[str]) -> tuple[Step, ...]:
    question = ways.checklist.by_id[gap.question]
    score = ways.track.dimensions[question.dimension]
    found = _later(ways, question, gap)
    above = ways.dependants[question.dimension]
    if FOUNDATION_FIRST in labels and above:
        found.append(step(N_("Foundation that {dimension} stands on"), dimension=above[0]))
    elif FOUNDATION_FIRST in labels:
        found.append(step(N_("Foundation to build first")))
    if question.id in score.gates:
        found.append(step(N_("Holds back all of {dimension}"), dimension=question.dimension))
    if question.id in ways.ai_needs:
        found.append(step(N_("Needed before any use of AI")))
    if QUICK_WIN in labels:
        found.append(step(N_("Quick win: one level, and feasible")))
    return tuple(found)


def _later(ways: _Ways, question: Question, gap: Gap) -> list[Step]:
    """Say what has to come first where the target cannot count before it."""
    levels = ways.track.questions
    short = [
        p for p in question.requires if (e := levels[p].effective) is not None
        and e + 1 < gap.target
    ]  # fmt: skip
    text = N_("Later: first bring {question} to level {level}")
    found = [step(text, question=p, level=gap.target - 1) for p in short]
    text = N_("Later: first bring {dimension} to level {level}")
    dimensions = ways.track.dimensions
    found.extend(
        step(text, dimension=holder, level=(dimensions[holder].level or 0) + 1)
        for holder in dimensions[question.dimension].holders
    )
    return found


def _ai_needs(checklist: Checklist) -> frozenset[str]:
    return frozenset(r for q in checklist.questions if q.ai for r in q.requires)


def _steps(gap: Gap, used: Rating, rated: bool, points: Sequence[Fraction]) -> tuple[Step, ...]:
    lines = [
        step(
            N_("From {level} to {target}: {points} of 30"),
            level=gap.level,
            target=gap.target,
            points=points[0],
        ),
        step(N_("What depends on it: {points} of 20"), points=points[1]),
        step(N_("Need {rating}: {points} of 20"), rating=used.need or 0, points=points[2]),
        step(N_("Harm if left {rating}: {points} of 15"), rating=used.harm or 0, points=points[3]),
        step(
            N_("Feasible {rating}: {points} of 15"),
            rating=used.feasibility or 0,
            points=points[4],
        ),
    ]
    if not rated:
        lines.append(step(N_("Not rated: what is missing counts as 3.")))
    lines.append(step(N_("Together {index} of 100"), index=sum(points, Fraction(0))))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Weakness:
    """A question at level 1 or 2 with the first realistic step beside it."""

    question: str
    level: int
    next: str


def weaknesses(checklist: Checklist, track: Track) -> list[Weakness]:
    """Return the questions that count as 1 or 2, lowest first, each with its first step."""
    levels = [(q, _level(track.questions[q.id])) for q in checklist.questions]
    weak = [Weakness(q.id, level, q.next) for q, level in levels if 0 < level <= 2]
    return sorted(weak, key=lambda w: w.level)


def _level(held: QuestionScore) -> int:
    return held.effective or 0
